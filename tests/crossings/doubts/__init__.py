"""Tests of what is doubtful in field data."""
