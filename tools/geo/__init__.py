"""Makers of data/geo/: basemap, finer ground, borders, grid, lines, water."""
