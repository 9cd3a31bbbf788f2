"""Borders, and the country and zone of a position."""
