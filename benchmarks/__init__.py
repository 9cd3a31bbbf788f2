"""How fast it is, measured as ratios in one run: `make bench` writes results.md. Never part of the tests."""
