"""Lists of species: a State's own list read and matched with the working list, the working list as an archive."""
