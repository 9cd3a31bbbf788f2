"""Each limit of a case: the last value that is taken and the first that is refused, with what the sentence names."""

import math
from dataclasses import replace
from typing import Any

import pytest

from neaspec.scenarios.model import Band, Case, DensityDependence, Quantity, Scenario
from neaspec.scenarios.refusals import Refusal, refusals
from neaspec.text import Words
from tests.scenarios.made import case, cranes, share


def keys(given: Case) -> list[str]:
    return [reason.key for reason in refusals(given)]


def reason(given: Case) -> tuple[str, dict[str, object]]:
    (only,) = refusals(given)
    return only.key, dict(only.values)


@pytest.mark.parametrize(
    ("name", "value", "is_refused"),
    [
        ("horizon_years", 1, False),
        ("horizon_years", 100, False),
        ("horizon_years", 101, True),
        ("runs", 1, False),
        ("runs", 0, True),
        ("runs", 100_000, False),
        ("runs", 100_001, True),
        ("runs", 10.5, True),
        ("seed", 0, False),
        ("seed", 2**32 - 1, False),
        ("seed", 2**32, True),
        ("seed", 0.5, True),
        ("correlation", -1.0, False),
        ("correlation", 1.0, False),
        ("correlation", -1.01, True),
        ("correlation", 1.01, True),
        ("below", 1, False),
        ("below", 0, True),
        ("below", 100_000_000, False),
        ("below", 100_000_001, True),
        ("spread", "years", False),
        ("spread", "unknown", False),
        ("spread", "none", True),
    ],
)
def test_the_frame_of_a_case_has_limits(name: str, value: Any, is_refused: bool) -> None:
    assert bool(refusals(replace(case(), **{name: value}))) is is_refused


def test_runs_years_and_futures_together_have_a_limit_that_is_told_in_runs() -> None:
    four = [share(0.01, str(number)) for number in range(4)]
    assert refusals(case(*four, years=100, runs=15_841)) == []
    assert reason(case(*four, years=100, runs=15_842)) == (
        "numbers",
        {"runs": 15_842, "years": 100, "futures": 5, "most": 15_841},
    )
    assert keys(case(*four, years=100, runs=15_841, seed=-1)) == ["whole_range"]
    assert keys(case(*four, years=10_000, runs=100_000)) == ["whole_range"]


def test_a_horizon_of_no_years_is_refused_with_its_limits() -> None:
    assert reason(replace(case(Scenario("none")), horizon_years=0)) == (
        "whole_range",
        {"what": "horizon_years", "low": 1, "high": 100, "value": 0},
    )


@pytest.mark.parametrize(
    ("birds", "is_refused"), [(1, False), (0.99, True), (100_000_000, False), (100_000_001, True), (math.inf, True)]
)
def test_the_number_of_birds_has_limits(birds: float, is_refused: bool) -> None:
    assert bool(refusals(replace(case(), population=cranes(birds)))) is is_refused


@pytest.mark.parametrize(
    ("name", "quantity", "told"),
    [
        ("age", Quantity(1), []),
        ("age", Quantity(15), []),
        ("age", Quantity(16), ["whole_range"]),
        ("age", Quantity(4, low=0, high=16), ["whole_range", "whole_range"]),
        ("age", Quantity(4, low=5, high=3), ["order"]),
        ("age", Quantity(4, low=4, high=4), []),
        ("adult_survival", Quantity(0.0), []),
        ("adult_survival", Quantity(1.0), []),
        ("adult_survival", Quantity(1.01), ["range"]),
        ("adult_survival", Quantity(0.5, low=-0.1, high=0.9), ["range"]),
        ("adult_survival", Quantity(0.5, low=0.1, high=1.1), ["range"]),
        ("adult_survival", Quantity(0.5, low=0.5, high=0.5), []),
        ("adult_survival", Quantity(0.5, low=0.6, high=0.4), ["order"]),
        ("young_survival", Quantity(0.5, -0.1), ["spread_number"]),
        ("young_survival", Quantity(0.5, math.inf), ["spread_number"]),
        ("young_survival", Quantity(0.5, 0.49), []),
        ("young_survival", Quantity(0.5, 0.5), ["spread"]),
        ("breeding_share", Quantity(0.5, 0.9), []),  # it is drawn between its ends, so its spread does not matter
        ("young_per_pair", Quantity(20.0), []),
        ("young_per_pair", Quantity(20.1), ["range"]),
        ("young_per_pair", Quantity(0.0), []),
        ("young_per_pair", Quantity(1.0, math.nan), ["spread_number"]),
    ],
)
def test_inputs_have_limits(name: str, quantity: Quantity, told: list[str]) -> None:
    assert keys(replace(case(), population=replace(cranes(), **{name: quantity}))) == told


def test_a_spread_that_is_too_large_names_the_largest_there_can_be() -> None:
    given = replace(case(), population=cranes(adult_survival=Quantity(0.9, 0.31)))
    assert reason(given) == ("spread", {"what": "adult_survival", "sd": 0.31, "most": 0.3, "mean": 0.9})
    given = replace(case(), population=cranes(young_survival=Quantity(0.3, 0.5)))
    assert reason(given)[1]["most"] == 0.458  # rounded down, never up


@pytest.mark.parametrize(
    ("density", "told"),
    [
        (DensityDependence("ceiling", 1), []),
        (DensityDependence("beverton_holt", 0.9), ["range"]),
        (DensityDependence("ceiling", 100_000_001), ["range"]),
        (DensityDependence("log_linear", 0, young_slope=-0.1), []),
        (DensityDependence("log_linear", 0), ["slopes"]),
        (DensityDependence("log_linear", 0, survival_slope=-0.1), []),
        (DensityDependence("none", 0), []),
        (DensityDependence("log_linear", young_slope=-20, survival_slope=20), []),
        (DensityDependence("log_linear", young_slope=-20.1), ["range"]),
        (DensityDependence("log_linear", survival_slope=20.1), ["range"]),
    ],
)
def test_density_dependence_has_limits(density: DensityDependence, told: list[str]) -> None:
    assert keys(replace(case(), density=density)) == told


def test_a_kind_of_density_nobody_knows_is_refused_with_those_there_are() -> None:
    given = replace(case(), density=DensityDependence("crowd"))  # type: ignore[arg-type]
    assert reason(given) == ("one_of", {"what": "density", "allowed": "none, ceiling, log_linear, beverton_holt"})


def test_four_scenarios_of_four_names_are_taken() -> None:
    four = [share(0.1, str(number)) for number in range(4)]
    assert keys(case(*four)) == []
    assert reason(case(*four, share(0.1, "5"))) == ("scenarios", {"most": 4, "count": 5})
    assert keys(case(share(0.1, "a"), share(0.2, "a"))) == ["same_name"]


@pytest.mark.parametrize("name", ["baseline", "Baseline", " BASELINE "])
def test_no_scenario_has_the_name_of_the_future_without_deaths(name: str) -> None:
    assert reason(case(share(0.1, name))) == ("taken_name", {"name": name})
    assert [told.key for told in refusals(case(share(0.1, "Nobody")), "nobody")] == ["taken_name"]
    assert keys(case(share(0.1, "baseline 2"))) == []


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"start_year": 1}, []),
        ({"start_year": 20}, []),
        ({"start_year": 21}, ["year"]),
        ({"start_year": 1.5}, ["year"]),
        ({"end_year": 20}, []),
        ({"end_year": 21}, ["year"]),
        ({"start_year": 5, "end_year": 5}, []),
        ({"start_year": 5, "end_year": 4}, ["years"]),
        ({"mitigation_year": 20, "mitigation": 0.5}, []),
        ({"mitigation_year": 0, "mitigation": 0.5}, ["year"]),
        ({"mitigation_year": 20}, ["alone"]),
        ({"mitigation": 0.5}, ["alone_share"]),
        ({"line_km": 300}, ["alone"]),
        ({"line_km": 0, "deaths_per_km": 0.3}, []),
        ({"units": 300}, ["alone"]),
        ({"units": 300, "deaths_per_unit": 0.1}, []),
        ({"young_loss": 1.0}, []),
        ({"marker_effect": 1.01}, ["scenario_share"]),
        ({"avoidance": -0.01}, ["scenario_share"]),
        ({"mitigation": 1.01, "mitigation_year": 2}, ["scenario_share"]),
        ({"found_share": 1.0}, []),
        ({"found_share": 0.0}, ["found_share"]),
        ({"found_share": 1.01}, ["found_share"]),
        ({"units": -1.0}, ["scenario_amount"]),
        ({"deaths_per_unit": math.nan}, ["scenario_amount"]),
        ({"deaths_per_km": 100_000_001.0}, ["scenario_amount"]),
        ({"deaths_per_km": 100_000_000.0}, []),
        ({"extra_mortality": (1.0, 0.0, 0.0)}, []),
        ({"extra_mortality": (0.0, 1.01, 0.0)}, ["scenario_share"]),
        ({"extra_mortality": (-0.01, 0.0, 1.01)}, ["scenario_share", "scenario_share"]),
        ({"bands": (Band(0.6), Band(0.4))}, []),
        ({"bands": (Band(0.6), Band(0.5))}, ["bands"]),
        ({"bands": (Band(0.6, to_km=5), Band(0.4, to_km=10))}, []),
        ({"bands": (Band(0.6, to_km=5), Band(0.4))}, []),
        ({"bands": (Band(1.0, to_km=5),)}, []),
        ({"bands": (Band(0.6, to_km=5), Band(0.4, to_km=5))}, ["band_ends"]),
        ({"bands": (Band(0.6, to_km=10), Band(0.4, to_km=5))}, ["band_ends"]),
        ({"bands": (Band(0.6), Band(0.4, to_km=5))}, ["band_ends"]),
        ({"bands": (Band(0.3, to_km=1), Band(0.3), Band(0.4, to_km=5))}, ["band_ends"]),
        ({"bands": (Band(0.6, to_km=-1), Band(0.4))}, ["band_ends"]),
        ({"bands": (Band(0.6, to_km=5), Band(0.4, to_km=-1))}, ["band_ends"]),
        ({"bands": (Band(0.6, to_km=math.nan), Band(0.4))}, ["band_ends"]),
        ({"bands": (Band(0.6, to_km=1), Band(0.4, to_km=math.inf))}, ["band_ends"]),
        ({"bands": (Band(0.9),)}, ["bands"]),
        ({"bands": (Band(1.0, young_loss=1.1),)}, ["band"]),
        ({"bands": (Band(1.0, extra_mortality=-0.1),)}, ["band"]),
        ({"bands": (Band(1.0, 1.0, 1.0),)}, []),
    ],
)
def test_a_scenario_has_limits(given: dict[str, Any], told: list[str]) -> None:
    assert keys(case(Scenario("a", **given))) == told


@pytest.mark.parametrize(
    ("scenario", "told"),
    [
        (Scenario("a", birds=12_700), []),
        (Scenario("a", birds=12_701), ["too_many"]),
        (Scenario("a", birds=12_700, is_number=True), []),
        (Scenario("a", birds=12_701, is_number=True), ["too_many"]),
        (Scenario("a", (0.5,) * 3, birds=6_350), []),
        (Scenario("a", (0.5,) * 3, birds=6_351), ["too_many"]),
        (Scenario("a", (0.5, 0.0, 0.0), bands=(Band(1.0, 0.0, 0.5),)), []),
        (Scenario("a", (0.5, 0.0, 0.0), bands=(Band(1.0, 0.0, 0.51),)), ["too_many"]),
        (Scenario("a", young_loss=0.5, bands=(Band(1.0, 0.5),)), []),
        (Scenario("a", young_loss=0.5, bands=(Band(1.0, 0.51),)), ["too_many_young"]),
    ],
)
def test_all_ways_of_dying_together_leave_no_less_than_nothing(scenario: Scenario, told: list[str]) -> None:
    assert keys(case(scenario)) == told


def test_too_many_deaths_are_told_as_a_share_of_the_birds() -> None:
    assert reason(case(Scenario("a", birds=25_400)))[1] == {"name": "a", "value": 200.0}
    assert reason(case(Scenario("a", birds=25_400, is_number=True)))[1] == {"name": "a", "value": 200.0}


def test_what_is_wrong_alone_is_not_added_up() -> None:
    assert keys(case(Scenario("a", (2.0,) * 3, birds=20_000))) == ["scenario_share"] * 3
    assert keys(replace(case(Scenario("a", birds=5)), population=cranes(0.5))) == ["range"]


@pytest.mark.parametrize(
    ("refusal", "sentence_part"),
    [
        (Refusal("range", {"what": "below", "low": 1, "high": 100_000_000, "value": -5}), "100,000,000"),
        (Refusal("range", {"what": "birds", "low": 1, "high": 2, "value": math.nan}), "no number"),
        (Refusal("one_of", {"what": "spread", "allowed": "half, years"}), "half, years"),
        (Refusal("years", {"name": "7"}), "7"),
    ],
)
def test_a_refusal_is_worded_with_its_numbers(refusal: Refusal, sentence_part: str, words: Words) -> None:
    assert sentence_part in refusal.sentence(words)
