"""Compare: two or three States, species, sites or SOM dates beside each other, line by line."""
