"""Trends of counts: mean and variance of growth, and the chance that a count falls to a size."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from neaspec.scenarios.chance import Stream


def log_growth(counts: Sequence[float]) -> tuple[float, float]:
    """Return mean and variance of the yearly growth of counts, both of logarithms (one count a year)."""
    steps = np.diff(np.log(np.asarray(counts, dtype=float)))
    return float(steps.mean()), float(steps.var(ddof=1))


def chance_of_falling_to(mean: float, variance: float, first: float, low: float, years: Any) -> NDArray[np.float64]:
    """Return the chance that a count comes down to a size at any time within so many years (diffusion in log size).

    Args:
        mean: of the yearly log growth.
        variance: of the yearly log growth.
        first: the count now.
        low: the size.
        years: one or several.
    """
    distance = np.log(first / low)
    times = np.asarray(years, dtype=float)
    spread = np.sqrt(variance * times)
    reflected = np.exp(-2 * mean * distance / variance) * ndtr((-distance + mean * times) / spread)
    return np.asarray(ndtr((-distance - mean * times) / spread) + reflected, dtype=float)


def counts_with_growth(first: float, growth: float, spread: float, years: int, stream: Stream) -> NDArray[np.float64]:
    """Return counts (year, run) that grow by a factor drawn anew each year (normal, never below 0)."""
    drawn = np.maximum(growth + spread * stream.normals(years), 0.0)
    return np.asarray(np.vstack([np.full(drawn.shape[1], first), first * np.cumprod(drawn, axis=0)]), dtype=float)
