"""Field data in, movements between countries out: readers, countries of records, stays, crossings, public results."""
