"""Tests of how field files and their cells are read."""
