"""Fit to observed: the survival of the young with which the middle of all inputs grows as counts did."""

from dataclasses import replace

from scipy.optimize import brentq

from neaspec.scenarios.model import Population
from neaspec.scenarios.tornado import implied_growth


def fitted(population: Population, observed_growth: float) -> Population | None:
    """Return the population with the survival of the young fitted and marked; None if no survival gives that growth."""

    def with_survival(value: float) -> Population:
        young = population.young_survival
        return replace(population, young_survival=replace(young, mean=value, low=value, high=value, sd=0.0))

    def missing(value: float) -> float:
        return implied_growth(with_survival(value)) - observed_growth

    if missing(0.0) > 0 or missing(1.0) < 0:
        return None
    survival = float(brentq(missing, 0.0, 1.0, xtol=1e-10))
    young = population.young_survival
    spread = min(young.sd, 0.99 * (survival * (1 - survival)) ** 0.5)
    return replace(
        population, young_survival=replace(young, mean=survival, low=survival, high=survival, sd=spread, mark="fitted")
    )
