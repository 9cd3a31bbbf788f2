"""What matters: one input at a time at its low and its high, the others in their middle, with the same luck."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from scipy.stats import rankdata

from neaspec.scenarios.chance import Array
from neaspec.scenarios.engine import Runs, simulate
from neaspec.scenarios.matrices import growth, life_cycle
from neaspec.scenarios.model import Case, Mark, Population
from neaspec.scenarios.results import future_of, share_left, spread

TORNADO_RUNS = 1000
VARIED = ("adult_survival", "young_survival", "young_per_pair", "breeding_share", "age")
RESULTS = ("growth", "cps", "p_decline")
Tell = Callable[[int], None]


@dataclass(frozen=True)
class Bar:
    """One input: the result with it at its low, at its high, in the middle of all; and where the input comes from."""

    name: str
    low: float
    high: float
    at_low: float
    at_high: float
    middle: float
    mark: Mark
    rows: tuple[str, ...]

    @property
    def length(self) -> float:
        """Return how far apart both results are."""
        return abs(self.at_high - self.at_low)


def implied_growth(population: Population) -> float:
    """Return the growth factor of the middle of all inputs."""
    age = int(population.age.mean)
    lives = population.survival(age)
    return growth(life_cycle(lives, population.young_per_pair.mean, population.breeding_share.mean))


def at_end(population: Population, name: str, is_high: bool) -> Population:
    """Return a population with one input at its low or high end (for the age the high one is the later one)."""
    quantity = getattr(population, name)
    return replace(population, **{name: quantity.fixed(quantity.ends()[is_high])})


def all_ends(population: Population, is_high: bool) -> Population:
    """Return a population with all inputs at the end that makes it grow less, or more."""
    for name in VARIED:
        population = at_end(population, name, is_high is not (name == "age"))
    return population


def in_the_middle(population: Population) -> Population:
    """Return a population whose inputs are known: their middle, without spread."""
    fixed = {name: getattr(population, name).fixed(getattr(population, name).mean) for name in VARIED}
    return replace(population, **fixed)


def tornado(case: Case, result: str = "growth", tell: Tell = lambda _done: None) -> list[Bar]:
    """Return the inputs that have a range, the one that matters most first; none at whose ends no birds are left.

    Growth is that of the mean; the others come of runs in which only years and single birds differ.
    """
    population = case.population
    middle_of = in_the_middle(population)
    middle = _result(case, middle_of, result)
    bars = []
    for name in VARIED:
        quantity = getattr(population, name)
        low, high = quantity.ends()
        if low == high:
            continue
        ends = [replace(middle_of, **{name: quantity.fixed(end)}) for end in (low, high)]
        at_low, at_high = (_result(case, population_at_end, result) for population_at_end in ends)
        if math.isfinite(at_low) and math.isfinite(at_high):
            bars.append(Bar(name, low, high, at_low, at_high, middle, quantity.mark, quantity.rows))
        tell(len(bars))
    return sorted(bars, key=lambda bar: -bar.length)


def _result(case: Case, population: Population, result: str) -> float:
    if result == "growth":
        return implied_growth(population)
    future = future_of(case, simulate(replace(case, population=population, runs=TORNADO_RUNS)), 0)
    if result == "cps":
        return spread(share_left(future.birds[future.shown], future.baseline[future.shown]))[0]
    return float(np.mean(future.birds[future.shown] < future.birds[future.before]))


def rank_correlations(runs: Runs, values: Array) -> dict[str, float]:
    """Return how the rank of each input goes with the rank of a result over all runs; none where an input is fixed."""
    if not len(values):
        return {}
    ranks = rankdata(values)
    return {
        name: float(np.corrcoef(rankdata(given), ranks)[0, 1])
        for name, given in runs.inputs.items()
        if np.ptp(given) > 0 and np.ptp(ranks) > 0
    }
