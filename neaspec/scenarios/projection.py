"""A course without chance: every year as the middle of all inputs says, birds in fractions."""

from typing import Any

import numpy as np

from neaspec.scenarios.chance import Array
from neaspec.scenarios.deaths import effect_of, strengths
from neaspec.scenarios.matrices import life_cycle, structure
from neaspec.scenarios.model import Case, DensityDependence, Population, Scenario


def aged(birds: Any, survival: Any) -> Array:
    """Return birds by class (adults last) after deaths and ageing, before any young fledge."""
    lives = np.asarray(birds, dtype=float) * np.asarray(survival, dtype=float)
    out = np.zeros_like(lives)
    out[1:] = lives[:-1]
    out[-1] += lives[-1]
    return np.asarray(out)


def log_linear(middle: float, slope: float, adults: float) -> float:
    """Return a rate that changes by a slope for each tenfold of adults."""
    return middle + slope * float(np.log10(adults + 1))


def course(case: Case, scenario: Scenario | None = None) -> Array:
    """Return the birds of each year (0 = the count), with the deaths of a scenario or without any."""
    population, density = case.population, case.density
    age = int(population.age.mean)
    survival = np.array(population.survival(age))
    share, young = population.breeding_share.mean, population.young_per_pair.mean
    birds = starting_classes(population)
    first = float(birds[-1])
    totals = [float(birds.sum())]
    strength = np.zeros(case.horizon_years) if scenario is None else strengths(scenario, case.horizon_years)
    effect = effect_of(scenario or Scenario(""), population.birds.mean)
    lost = by_class(effect.shares, age)
    for year in range(case.horizon_years):
        lives = survival
        if density.kind == "log_linear":
            lives = np.clip(survival + density.survival_slope * _tenfolds(birds[-1], first), 0.0, 1.0)
        alive = birds * lives * (1 - lost * strength[year])
        alive *= max(1 - effect.number * strength[year] / max(float(alive.sum()), 1.0), 0.0)
        birds = aged(alive, 1.0)
        pairs, raised = _crowded(density, birds[-1] / 2 * share, young, _tenfolds(birds[-1], first))
        birds[0] = pairs * raised * (1 - effect.young_loss * strength[year])
        totals.append(float(birds.sum()))
    return np.array(totals)


def starting_classes(population: Population) -> Array:
    """Return the counted birds by class (adults last), as a stable population has them."""
    survival = population.survival(int(population.age.mean))
    share, young = population.breeding_share.mean, population.young_per_pair.mean
    return np.asarray(population.birds.mean * structure(life_cycle(survival, young, share)))


def by_class(shares: tuple[float, float, float], age: int) -> Array:
    """Return shares of the age groups by class: birds of the first year, immature ones, adults."""
    return np.array([shares[0], *[shares[1]] * (age - 1), shares[2]])


def deaths_at_start(population: Population, scenario: Scenario) -> float:
    """Return how many birds a scenario takes in a year at full strength, from the counted birds of each age."""
    effect = effect_of(scenario, population.birds.mean)
    lost = by_class(effect.shares, int(population.age.mean)) @ starting_classes(population)
    return float(effect.number + lost)


def _tenfolds(adults: float, first: float) -> float:
    return log_linear(-float(np.log10(first + 1)), 1.0, adults)


def _crowded(density: DensityDependence, pairs: float, young: float, tenfolds: float) -> tuple[float, float]:
    """Return pairs that breed and young per pair under density dependence."""
    match density.kind:
        case "ceiling":
            return min(pairs, density.size), young
        case "beverton_holt":
            return pairs, young / (1 + pairs / density.size)
        case "log_linear":
            return pairs, max(young + density.young_slope * tenfolds, 0.0)
    return pairs, young
