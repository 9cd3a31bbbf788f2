"""The shapes everything in this package shares, and the numbers of the definition."""
