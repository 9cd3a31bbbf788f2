"""A page on paper: PDF by Typst, charts and maps as vectors."""
