"""Tests of which records are of one animal."""
