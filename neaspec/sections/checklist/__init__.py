"""Working species list of a shared area: what is on record State by State, and a State's own list beside it."""
