"""Deaths as they are entered, their years, and courses without chance: worked out by hand."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from neaspec.scenarios.deaths import (
    counted_deaths,
    effect_of,
    line_deaths,
    of_bands,
    rotor_passages,
    strengths,
    turbine_deaths,
)
from neaspec.scenarios.levels import one_percent_level
from neaspec.scenarios.limits import largest_growth, removal_limit, smallest_population
from neaspec.scenarios.model import Band, Case, DensityDependence, Population, Quantity, Scenario
from neaspec.scenarios.projection import aged, course, log_linear
from neaspec.scenarios.trend import chance_of_falling_to, log_growth


def test_deaths_at_a_line_are_those_found_those_missed_and_less_those_avoided() -> None:
    assert line_deaths(10, 0.5) == 5
    assert line_deaths(10, 0.5, found_share=0.25) == 20
    assert line_deaths(10, 0.5, found_share=0.25, marker_effect=0.4) == pytest.approx(12)


def test_deaths_at_turbines_are_less_those_that_avoid_them() -> None:
    assert turbine_deaths(20, 0.3) == pytest.approx(6)
    assert turbine_deaths(20, 0.3, avoidance=0.9) == pytest.approx(0.6)


def test_passages_are_the_share_of_the_front_that_rotors_take() -> None:
    # a bird in each 100 m of front and 100 m of height, a rotor of 50 m radius
    assert rotor_passages(100, 1, 50, 10) == pytest.approx(math.pi / 4)
    assert rotor_passages(200, 3, 50, 10) == pytest.approx(6 * math.pi / 4)


def test_bands_are_weighed_by_their_pairs() -> None:
    assert of_bands([Band(0.25, 0.4, 0.1), Band(0.75, 0.0, 0.2)]) == pytest.approx((0.1, 0.175))
    assert of_bands([]) == (0, 0)


ALL_WAYS = Scenario(
    "a",
    (0.01, 0.02, 0.03),
    birds=10,
    line_km=5,
    deaths_per_km=2,
    found_share=0.5,
    marker_effect=0.5,
    units=4,
    deaths_per_unit=5,
    avoidance=0.75,
    bands=(Band(0.5, 0.2, 0.1), Band(0.5)),
    young_loss=0.3,
)


def test_birds_lines_and_turbines_are_counted_together() -> None:
    assert counted_deaths(ALL_WAYS) == pytest.approx(10 + 10 + 5)


def test_what_is_counted_is_a_share_of_the_birds_at_first_or_stays_a_number() -> None:
    effect = effect_of(ALL_WAYS, 1_000)
    assert effect.shares == pytest.approx((0.01 + 0.05 + 0.025, 0.02 + 0.05 + 0.025, 0.03 + 0.05 + 0.025))
    assert effect.number == 0 and effect.young_loss == pytest.approx(0.4)
    kept = effect_of(replace(ALL_WAYS, is_number=True), 1_000)
    assert kept.shares == pytest.approx((0.06, 0.07, 0.08)) and kept.number == pytest.approx(25)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, [1, 1, 1, 1, 1]),
        ({"start_year": 3}, [0, 0, 1, 1, 1]),
        ({"end_year": 2}, [1, 1, 0, 0, 0]),
        ({"start_year": 2, "end_year": 2}, [0, 1, 0, 0, 0]),
        ({"mitigation_year": 4, "mitigation": 0.75}, [1, 1, 1, 0.25, 0.25]),
        ({"start_year": 3, "mitigation_year": 1, "mitigation": 0.5}, [0, 0, 0.5, 0.5, 0.5]),
        ({"mitigation": 0.5}, [1, 1, 1, 1, 1]),
        ({"mitigation_year": 1, "mitigation": 1.0}, [0, 0, 0, 0, 0]),
    ],
)
def test_an_effect_is_as_strong_as_its_years_say(given: dict[str, Any], expected: list[float]) -> None:
    assert strengths(Scenario("a", **given), 5).tolist() == expected


@pytest.mark.parametrize(
    ("estimate", "level"),
    [
        (49, 0),
        (50, 1),
        (149, 1),
        (150, 2),
        (1_000, 10),
        (1_001, 10),
        (1_249, 10),
        (1_250, 15),
        (10_000, 100),
        (10_499, 100),
        (10_500, 110),
        (100_000, 1_000),
        (104_999, 1_000),
        (105_000, 1_100),
        (1_999_999, 20_000),
        (5_000_000, 20_000),
    ],
)
def test_the_one_percent_level_is_rounded_in_steps_and_ends_at_20000(estimate: float, level: int) -> None:
    assert one_percent_level(estimate) == level


def test_the_limit_of_removal_is_half_of_what_the_lowest_fifth_can_grow() -> None:
    assert smallest_population(1_000, 0.0) == 1_000
    assert smallest_population(1_000, 0.3) == pytest.approx(1_000 / math.exp(0.842 * math.sqrt(math.log(1.09))))
    assert removal_limit(1_000, 0.0, 0.1, 0.5) == pytest.approx(25)


def test_the_largest_growth_solves_its_equation() -> None:
    s, age = 0.9, 4.0
    growth = largest_growth(s, age)
    assert growth == pytest.approx(math.exp(1 / (age + s / (growth - s))), rel=0.01)
    assert largest_growth(0.95, 4.0) < growth < largest_growth(0.9, 3.0)


def test_a_trend_is_the_mean_and_the_variance_of_its_steps() -> None:
    mean, variance = log_growth([100, 200, 100, 200])
    assert mean == pytest.approx(math.log(2) / 3)
    assert variance == pytest.approx(math.log(2) ** 2 * (2 * (2 / 3) ** 2 + (4 / 3) ** 2) / 2)


def test_the_chance_of_falling_grows_with_years_and_is_sure_for_a_falling_count() -> None:
    chances = chance_of_falling_to(0.0, 0.1, 100, 10, [1, 10, 100, 1_000])
    assert (np.diff(chances) > 0).all() and chances[0] < 0.0001
    assert chance_of_falling_to(-0.1, 0.01, 100, 10, [1_000])[0] == pytest.approx(1)
    # A rising count may fall at the beginning only: exp(-2 mean distance / variance) in all time.
    assert chance_of_falling_to(0.1, 0.2, 100, 50, [10_000])[0] == pytest.approx(0.5)


def test_birds_grow_older_and_adults_stay() -> None:
    assert aged([10, 20, 30], [0.5, 0.5, 0.9]).tolist() == [0, 5, 10 + 27]
    assert aged([10, 20], 1.0).tolist() == [0, 30]


def test_a_rate_changes_by_its_slope_for_each_tenfold() -> None:
    assert log_linear(0.5, 0.1, 9) == pytest.approx(0.6)
    assert log_linear(0.5, -0.1, 99) == pytest.approx(0.3)


# Every bird breeds in its second year: half a young a bird, all live but a tenth of the young ones.
SIMPLE = Population("simple", Quantity(1_000), Quantity(1), Quantity(0.8), Quantity(0.9), Quantity(0.5), Quantity(1.0))


def totals(scenario: Scenario | None = None, years: int = 2, **given: Any) -> list[float]:
    return [float(value) for value in course(Case(SIMPLE, (), horizon_years=years, **given), scenario)]


def growth() -> float:
    """Return the growth factor: adults n, young y = n/4; next year 0.8 n + 0.9 n/4."""
    return 0.8 + 0.9 / 4


def test_without_deaths_a_population_grows_by_its_factor() -> None:
    assert totals() == pytest.approx([1_000, 1_000 * growth(), 1_000 * growth() ** 2])


def test_a_share_of_all_ages_takes_that_share_each_year_from_its_first_on() -> None:
    assert totals(Scenario("a", (0.1,) * 3)) == pytest.approx([1_000, 900 * growth(), 810 * growth() ** 2])
    assert totals(Scenario("a", (0.1,) * 3, start_year=2)) == pytest.approx([1_000, 1_025, 900 * growth() ** 2])


def test_deaths_of_one_age_are_of_that_age() -> None:
    # At first 800 adults and 200 young.
    young = totals(Scenario("a", (0.5, 0.0, 0.0)), years=1)[1]
    adults = totals(Scenario("a", (0.0, 0.0, 0.5)), years=1)[1]
    assert young == pytest.approx((800 * 0.8 + 100 * 0.9) * 1.25)
    assert adults == pytest.approx((400 * 0.8 + 200 * 0.9) * 1.25)
    assert totals(Scenario("a", (0.0, 0.5, 0.0)), years=1)[1] == pytest.approx(1_025)  # there are none of that age


def test_a_number_of_birds_is_taken_of_all_that_are_alive() -> None:
    taken = totals(Scenario("a", birds=82, is_number=True), years=1)[1]
    assert taken == pytest.approx((820 - 82) * 1.25)
    assert totals(Scenario("a", birds=1_000, is_number=True)) == pytest.approx([1_000, 0, 0])


def test_young_that_are_lost_are_missing_in_the_same_year() -> None:
    assert totals(Scenario("a", young_loss=0.4), years=1)[1] == pytest.approx(820 * (1 + 0.6 * 0.25))


def test_at_most_so_many_pairs_breed_under_a_ceiling() -> None:
    density = DensityDependence("ceiling", 100)
    assert totals(density=density, years=1)[1] == pytest.approx(820 + 100 * 0.5)


def test_young_per_pair_are_halved_at_the_size() -> None:
    density = DensityDependence("beverton_holt", 410)  # as many pairs as there are
    assert totals(density=density, years=1)[1] == pytest.approx(820 * (1 + 0.125))


def test_rates_fall_by_their_slopes_beyond_the_adults_of_the_start() -> None:
    tenfolds = math.log10(821) - math.log10(801)
    density = DensityDependence("log_linear", young_slope=-0.5)
    assert totals(density=density, years=1)[1] == pytest.approx(820 + 410 * (0.5 - 0.5 * tenfolds))
    same = DensityDependence("log_linear", survival_slope=-0.5)  # the first year begins with the adults of the start
    assert totals(density=same, years=1)[1] == pytest.approx(1_025)
    second = totals(density=same, years=2)[2]
    alive = 820 * (0.8 - 0.5 * tenfolds) + 205 * (0.9 - 0.5 * tenfolds)
    assert second == pytest.approx(alive * 1.25)
    none = DensityDependence("log_linear", young_slope=-20.0)
    assert totals(density=none, years=3)[3] < totals(years=3)[3]


@pytest.mark.parametrize("age", [1, 2, 5])
def test_survival_up_to_breeding_is_shared_out_over_the_years(age: int) -> None:
    to_adult = replace(SIMPLE, young_survival=Quantity(0.5), is_to_adult=True)
    classes = to_adult.survival(age)
    assert len(classes) == age + 1 and classes[-1] == 0.8
    assert math.prod(classes[:-1]) == pytest.approx(0.5)
    assert SIMPLE.survival(age) == [0.9] + [0.8] * age


def test_ends_that_are_not_given_are_the_middle() -> None:
    assert Quantity(0.5).ends() == (0.5, 0.5)
    assert Quantity(0.5, low=0.1).ends() == (0.1, 0.5)
    assert Quantity(0.5, high=0.9).ends() == (0.5, 0.9)
    assert Quantity(0.5, 0.1, 0.1, 0.9, "own", ("r",)).fixed(0.3) == Quantity(0.3, 0.0, 0.3, 0.3, "own", ("r",))
