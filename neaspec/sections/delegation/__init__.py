"""What concerns one delegation: its issues, species, sites, movements, projects, meetings; what is not on record."""
