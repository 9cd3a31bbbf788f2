"""All that is told of a case: results, fans, what matters; small enough to be kept, unlike the runs themselves."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from neaspec.data.cache import SharedCache
from neaspec.scenarios.engine import BLOCK, Runs, simulate
from neaspec.scenarios.model import BASELINE, Case, DensityDependence
from neaspec.scenarios.results import COLUMNS, fan, future_of, results, share_left
from neaspec.scenarios.tornado import Bar, rank_correlations, tornado

FIRST_RUNS = BLOCK  # of the first answer
MOST_KEPT = 40
Tell = Callable[[int], None]


@dataclass(frozen=True, eq=False)
class Outcome:
    """What is told of a case.

    fans: by future. bars: what matters, by result (growth alone in a first answer). correlations: of inputs with the
    share left and with the birds of the last year. without_crowding: results of the same case without density
    dependence, where it has one.
    """

    case: Case
    results: pd.DataFrame
    fans: dict[str, pd.DataFrame]
    bars: dict[str, list[Bar]]
    correlations: pd.DataFrame
    without_crowding: pd.DataFrame | None

    def figure(self, scenario: str, result: str, year: int | None = None) -> tuple[float, float, float]:
        """Return median, low and high of a result; of the last year if none is given.

        Raises:
            KeyError: if there is no such result.
        """
        try:
            return self._figures[scenario, result][year]
        except KeyError:
            raise KeyError(f"{scenario}: no result {result}") from None

    def free_share(self, scenario: str) -> float:
        """Return the share left in the last year without density dependence.

        Raises:
            KeyError: if the case has none, or its other results are not worked out.
        """
        free = self.without_crowding
        if free is None:
            raise KeyError(f"{scenario}: no results without density dependence")
        is_asked = (free["scenario"] == scenario) & (free["result"] == "cps")
        return float(free.loc[is_asked & (free["year"] == self.case.horizon_years), "median"].iloc[0])

    @cached_property
    def _figures(self) -> dict[tuple[str, str], dict[int | None, tuple[float, float, float]]]:
        """Return results by scenario and result, then by year; by None that of the last year."""
        figures: dict[tuple[str, str], dict[int | None, tuple[float, float, float]]] = {}
        columns = (self.results[name].tolist() for name in COLUMNS)
        for scenario, result, year, *ends in zip(*columns, strict=True):
            median, low, high = map(float, ends)
            own = figures.setdefault((str(scenario), str(result)), {})
            own[int(year)] = own[None] = (median, low, high)
        return figures


OUTCOMES: SharedCache[Outcome] = SharedCache(MOST_KEPT)


def outcome_of(case: Case, tell: Tell = lambda _runs: None) -> Outcome:
    """Return what is told of a case; equal ones are worked out once."""
    return OUTCOMES.get_or_make(case, lambda: _worked_out(case, tell))


def is_worked_out(case: Case) -> bool:
    """Tell whether a case was worked out already."""
    return OUTCOMES.get(case) is not None


def run_ends(case: Case) -> pd.DataFrame:
    """Return of each run the birds of the last year in every future, and what is left of the baseline.

    Where the baseline has no birds there is nothing to compare with: that cell is empty, and no result counts the run.
    """
    runs = simulate(case)
    rows = {"run": np.arange(1, case.runs + 1), f"birds_{BASELINE}": runs.birds[0, -1].astype(int)}
    for number, scenario in enumerate(case.scenarios, 1):
        own, other = runs.birds[number, -1], runs.birds[0, -1]
        rows[f"birds_{scenario.name}"] = own.astype(int)
        left = np.divide(own, other, where=other > 0, out=np.full_like(own, np.nan))
        rows[f"share_left_{scenario.name}"] = np.round(left, 5)
    for name, given in runs.inputs.items():
        rows[name] = np.round(given, 5)
    return pd.DataFrame(rows)


def _worked_out(case: Case, tell: Tell) -> Outcome:
    figures, fans, correlations = _of_runs(case, simulate(case, tell))
    # the runs themselves are gone by now: others follow, and both would need twice the memory
    is_first = case.runs <= FIRST_RUNS
    bars = {"growth": tornado(case, "growth")}
    without = None
    if not is_first:
        bars |= {result: tornado(case, result) for result in ("cps", "p_decline")}
        if case.density.kind != "none":
            free = replace(case, density=DensityDependence())
            without = results(free, simulate(free))
    return Outcome(
        case,
        figures,
        fans,
        bars,
        correlations,
        without,
    )


def _of_runs(case: Case, runs: Runs) -> tuple[pd.DataFrame, dict[str, pd.DataFrame], pd.DataFrame]:
    """Return what is told of runs: results, fans by future, and how inputs go with results."""
    names = [BASELINE, *(scenario.name for scenario in case.scenarios)]
    fans = {name: fan(runs.birds[number]) for number, name in enumerate(names)}
    return results(case, runs), fans, _correlations(case, runs)


def _correlations(case: Case, runs: Runs) -> pd.DataFrame:
    """Return how inputs go with the share left and with the birds of the last year of the first scenario."""
    future = future_of(case, runs, 0)
    has_some = future.baseline[-1] > 0
    kept = Runs(runs.birds, {name: given[has_some] for name, given in runs.inputs.items()})
    with_share = rank_correlations(kept, share_left(future.birds[-1], future.baseline[-1]))
    with_birds = rank_correlations(runs, future.birds[-1])
    return pd.DataFrame({"share_left": pd.Series(with_share), "birds": pd.Series(with_birds)}, dtype=float)
