"""The page of sites: all of them, and one of them."""
