"""Scenario analysis: what more deaths do to a population of birds, beside the same years without them."""
