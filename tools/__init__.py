"""Makers of files that are kept in the project; run by hand, imported by nothing."""
