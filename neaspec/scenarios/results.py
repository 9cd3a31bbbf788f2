"""What runs say: what is left beside the same years without deaths first, chances and sizes after it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from neaspec.scenarios.chance import Array
from neaspec.scenarios.engine import Runs
from neaspec.scenarios.model import BASELINE, Case, Scenario

LOW, HIGH = 0.025, 0.975
DECLINES = (10, 30, 50)  # per cent
FEWER = 0.9  # share left at which a reader is told the year
CAUTIOUS = 0.2
COLUMNS = ["scenario", "result", "year", "median", "low", "high"]
NORMAL_95 = 1.959964


@dataclass(frozen=True, eq=False)
class Future:
    """One future beside the baseline: birds by year and run of both, and the years that are compared.

    before: the last year without the effect. shown: the year results speak of.
    """

    name: str
    birds: Array
    baseline: Array
    before: int
    shown: int


def future_of(case: Case, runs: Runs, number: int, year: int | None = None) -> Future:
    """Return a future by its place among the scenarios (0 = the first); year: shown, by default the last."""
    scenario = case.scenarios[number]
    shown = case.horizon_years if year is None else year
    return Future(scenario.name, runs.birds[number + 1], runs.birds[0], before_of(scenario), shown)


def before_of(scenario: Scenario) -> int:
    """Return the last year before the effect of a scenario (0 = the count)."""
    return scenario.start_year - 1


def share_left(birds: Array, baseline: Array) -> Array:
    """Return by run what is left of the birds there would be; runs in which there would be none are left out."""
    has_some = baseline > 0
    return np.asarray(birds[has_some] / baseline[has_some], dtype=float)


def relative_growth(future: Future) -> Array:
    """Return by run the yearly growth beside that without the effect."""
    years = max(future.shown - future.before, 1)
    is_some = (future.baseline[future.shown] > 0) & (future.birds[future.before] > 0)
    own = future.birds[future.shown, is_some] / future.birds[future.before, is_some]
    other = future.baseline[future.shown, is_some] / future.baseline[future.before, is_some]
    return np.asarray((own / other) ** (1 / years), dtype=float)


def yearly_growth(birds: Array, before: int, shown: int) -> Array:
    """Return by run the growth factor a year between two years."""
    is_some = birds[before] > 0
    return np.asarray((birds[shown, is_some] / birds[before, is_some]) ** (1 / max(shown - before, 1)), dtype=float)


def counterfactuals(birds: float, baseline: float, years: int) -> tuple[float, float]:
    """Return share left and relative growth of two sizes that were equal so many years before."""
    share = birds / baseline
    return share, share ** (1 / years)


def years_until_fewer(birds: Array, baseline: Array) -> int | None:
    """Return the first year in which the median share left is at most nine tenths; None if there is none."""
    for year in range(1, len(birds)):
        left = share_left(birds[year], baseline[year])
        if len(left) and np.median(left) <= FEWER:
            return year
    return None


def rank_of_median(birds: Array, baseline: Array) -> float:
    """Return where the middle future would rank among those without the effect: 50 = in the middle as they are."""
    return float(100 * np.mean(baseline <= np.median(birds)))


def spread(values: Array) -> tuple[float, float, float]:
    """Return the median and the ends between which 95 of 100 runs lie."""
    if not len(values):
        return float("nan"), float("nan"), float("nan")
    low, median, high = np.quantile(values, [LOW, 0.5, HIGH])
    return float(median), float(low), float(high)


def chance(hits: Any) -> tuple[float, float, float]:
    """Return a share of runs, and the ends of what so many runs can tell of it."""
    share = float(np.mean(hits))
    error = NORMAL_95 * monte_carlo_error(share, len(hits))
    return share, max(share - error, 0.0), min(share + error, 1.0)


def monte_carlo_error(share: float, runs: int) -> float:
    """Return the standard error of a share of runs."""
    return float(np.sqrt(share * (1 - share) / runs))


def results(case: Case, runs: Runs) -> pd.DataFrame:
    """Return all results: scenario, result, year, median, low, high (chances: share, and what the runs can tell)."""
    rows = list(_of_baseline(case, runs))
    for number in range(len(case.scenarios)):
        rows += _of_scenario(case, runs, number)
    return pd.DataFrame(rows, columns=COLUMNS)


def _of_baseline(case: Case, runs: Runs) -> Iterator[tuple[object, ...]]:
    last = case.horizon_years
    yield from _sizes(BASELINE, runs.birds[0])
    yield BASELINE, "growth", last, *spread(yearly_growth(runs.birds[0], 0, last))
    yield from _chances(case, BASELINE, runs.birds[0], 0)


def _of_scenario(case: Case, runs: Runs, number: int) -> Iterator[tuple[object, ...]]:
    future, last = future_of(case, runs, number), case.horizon_years
    name = future.name
    for year in range(1, last + 1):
        yield name, "cps", year, *spread(share_left(future.birds[year], future.baseline[year]))
    yield name, "cgr", last, *spread(relative_growth(future))
    rank = rank_of_median(future.birds[last], future.baseline[last])
    yield name, "q50", last, rank, rank, rank
    fewer = years_until_fewer(future.birds, future.baseline)
    if fewer is not None:
        yield name, "years_until_10_percent_fewer", fewer, *([float(fewer)] * 3)
    yield from _sizes(name, future.birds)
    yield name, "growth", last, *spread(yearly_growth(future.birds, future.before, last))
    yield from _chances(case, name, future.birds, future.before)
    own = future.birds[last] < future.birds[future.before]
    other = future.baseline[last] < future.baseline[future.before]
    difference = float(np.mean(own) - np.mean(other))
    error = NORMAL_95 * float(np.std(own.astype(float) - other) / np.sqrt(len(own)))
    yield name, "p_decline_difference", last, difference, difference - error, difference + error
    left_out = float(np.sum(future.baseline[last] == 0))
    yield name, "runs_without_birds_left_out", last, left_out, left_out, left_out


def _sizes(name: str, birds: Array) -> Iterator[tuple[object, ...]]:
    for year, own in enumerate(birds):
        yield name, "birds", year, *spread(own)
    lowest = float(np.quantile(birds[-1], CAUTIOUS))
    yield name, "birds_lowest_20_percent", len(birds) - 1, lowest, lowest, lowest


def _chances(case: Case, name: str, birds: Array, before: int) -> Iterator[tuple[object, ...]]:
    last = case.horizon_years
    yield name, "p_decline", last, *chance(birds[last] < birds[before])
    for percent in DECLINES:
        yield name, f"p_decline_{percent}", last, *chance(birds[last] <= birds[before] * (1 - percent / 100))
    if case.below is not None:
        yield name, "p_below_any_year", last, *chance(np.asarray((birds[1:] < case.below).any(axis=0)))
        yield name, "p_below_last_year", last, *chance(birds[last] < case.below)


def fan(birds: Array) -> pd.DataFrame:
    """Return by year the median, and the ends of the middle half and of 95 of 100 runs."""
    # a year at a time: quantiles sort a copy of what they are asked about
    ends = np.array([np.quantile(own, [LOW, 0.25, 0.5, 0.75, HIGH]) for own in birds])
    return pd.DataFrame(ends, columns=["low95", "low50", "median", "high50", "high95"]).assign(year=range(len(birds)))
