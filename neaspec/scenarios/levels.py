"""The 1 % level of a population by the published rule of rounding: worked out here, never official."""

import math

LARGEST = 20_000
STEPS = ((10, 1), (100, 5), (1_000, 10), (math.inf, 100))  # up to so many, to the nearest of these


def one_percent_level(estimate: float) -> int:
    """Return the 1 % level of an estimate: to the nearest 1 up to 10, 5 up to 100, 10 up to 1,000, then 100."""
    share = estimate / 100
    step = next(step for end, step in STEPS if share <= end)
    return min(math.floor(share / step + 0.5) * step, LARGEST)
