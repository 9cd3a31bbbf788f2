"""Tests of the readers of standards."""
