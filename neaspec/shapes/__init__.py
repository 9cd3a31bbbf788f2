"""Shapes a reader gives: read from files, checked, measured on the ellipsoid."""
