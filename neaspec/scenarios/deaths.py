"""How deaths are entered: as a share, as birds a year, as kilometres of line, as turbines, in bands of distance."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from neaspec.scenarios.chance import Array
from neaspec.scenarios.model import Band, Scenario


@dataclass(frozen=True)
class Effect:
    """What a scenario does in a year at full strength.

    shares: of each age group that die in addition. number: birds that die in addition whatever their number is.
    young_loss: share of fledged young.
    """

    shares: tuple[float, float, float]
    number: float
    young_loss: float


def line_deaths(km: float, found_per_km: float, found_share: float = 1.0, marker_effect: float = 0.0) -> float:
    """Return birds a year that die at a line, from what is found below it."""
    return km * found_per_km / found_share * (1 - marker_effect)


def turbine_deaths(units: float, deaths_per_unit: float, avoidance: float = 0.0) -> float:
    """Return birds a year that die at turbines (units: turbines or megawatts)."""
    return units * deaths_per_unit * (1 - avoidance)


def rotor_passages(birds: float, turbines: float, rotor_radius_m: float, front_km: float) -> float:
    """Return how many passages through rotors a broad front of migrants makes: an order of size, not deaths."""
    in_height = birds / (front_km * 1000) / (2 * rotor_radius_m)
    return in_height * turbines * math.pi * rotor_radius_m**2


def of_bands(bands: Iterable[Band]) -> tuple[float, float]:
    """Return the share of young and of birds lost over all bands, each weighed by its share of pairs."""
    listed = tuple(bands)
    young = sum(band.pairs * band.young_loss for band in listed)
    return young, sum(band.pairs * band.extra_mortality for band in listed)


def counted_deaths(scenario: Scenario) -> float:
    """Return the deaths a year that a scenario counts in birds: entered as birds, at lines, at turbines."""
    line = line_deaths(scenario.line_km, scenario.deaths_per_km, scenario.found_share, scenario.marker_effect)
    turbines = turbine_deaths(scenario.units, scenario.deaths_per_unit, scenario.avoidance)
    return scenario.birds + line + turbines


def effect_of(scenario: Scenario, birds: float) -> Effect:
    """Return what a scenario does to a population of so many birds at the start."""
    counted = counted_deaths(scenario)
    young, extra = of_bands(scenario.bands)
    share = extra if scenario.is_number else extra + counted / birds
    first, immature, adult = (own + share for own in scenario.extra_mortality)
    return Effect((first, immature, adult), counted if scenario.is_number else 0.0, young + scenario.young_loss)


def strengths(scenario: Scenario, years: int) -> Array:
    """Return how strong the effect is in each year: 0 outside its years, less from the year of mitigation on."""
    year = np.arange(1, years + 1)
    last = years if scenario.end_year is None else scenario.end_year
    strength = ((year >= scenario.start_year) & (year <= last)).astype(float)
    if scenario.mitigation_year is not None:
        strength[year >= scenario.mitigation_year] *= 1 - scenario.mitigation
    return strength
