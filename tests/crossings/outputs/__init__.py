"""Tests of the files of results."""
