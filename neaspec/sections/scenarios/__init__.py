"""Scenarios: what more deaths at energy infrastructure would do to a population."""
