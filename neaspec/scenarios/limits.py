"""A cross-check that others use: potential biological removal. It is shown folded, and never as a safe number."""

import math

SHARE_20 = 0.842  # standard normal deviate of the lowest fifth


def smallest_population(birds: float, variation: float) -> float:
    """Return the lowest fifth of a count with a coefficient of variation (log-normal)."""
    return birds / math.exp(SHARE_20 * math.sqrt(math.log(1 + variation**2)))


def largest_growth(adult_survival: float, age: float) -> float:
    """Return the largest growth factor of a species by adult survival and age of first breeding (Niel, Lebreton)."""
    s, a = adult_survival, age
    root = math.sqrt((s - s * a - a - 1) ** 2 - 4 * s * a**2)
    return (s * a - s + a + 1 + root) / (2 * a)


def removal_limit(birds: float, variation: float, largest_increase: float, recovery: float) -> float:
    """Return how many a year may be removed by that rule; it assumes that crowding makes up for them."""
    return 0.5 * largest_increase * recovery * smallest_population(birds, variation)
