"""What cannot be run is refused before it is, with a sentence for each reason, all at once."""

import math
from dataclasses import replace

import pytest

from neaspec.scenarios.model import Band, DensityDependence, Quantity, Scenario
from neaspec.scenarios.refusals import refusals
from neaspec.text import load_words
from tests.scenarios.made import case, cranes, share

WORDS = load_words()


def told(made) -> list[str]:
    return [reason.sentence(WORDS) for reason in refusals(made)]


def test_what_can_be_run_is_not_refused():
    assert told(case(share(1.0), Scenario("none"))) == []


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (case(share(1.01)), "101 %"),
        (case(share(-0.1)), "-10 %"),
        (case(share(math.nan)), "no number"),
        (case(share(math.inf)), "no number"),
        (case(Scenario("birds", birds=20_000)), "157.48"),
        (case(Scenario("sum", (0.6,) * 3, birds=6000)), "all deaths together"),
        (case(Scenario("number", birds=20_000, is_number=True)), "all deaths together"),
        (case(Scenario("line", line_km=1, found_share=0)), "are found"),
        (case(Scenario("line", line_km=-1)), "kilometres of line"),
        (
            case(Scenario("line", line_km=300)),
            "line: kilometres of line is 300, but deaths per kilometre is missing or 0; enter both or neither.",
        ),
        (case(Scenario("marks", mitigation=0.4)), "share avoided is 40 %, but year of marking is missing"),
        (case(density=DensityDependence("log_linear")), "at least one slope that is not 0"),
        (case(Scenario(" ")), "has no name"),
        (case(share(0.1), share(0.2)), "one name"),
        (case(*(share(0.1, str(number)) for number in range(5))), "at most 4"),
        (case(Scenario("bands", bands=(Band(0.5), Band(0.2)))), "add up to 70 %"),
        (case(Scenario("bands", bands=(Band(1.5),))), "band of distance"),
        (case(Scenario("young", young_loss=0.7, bands=(Band(1, 0.7),))), "losses of young"),
        (case(share(0.1, start_year=0)), "whole year from 1 to 20"),
        (case(share(0.1, start_year=10, end_year=5)), "before the first"),
        (case(share(0.1, mitigation_year=30)), "year of marking"),
        (case(years=10_000), "10,000"),
        (case(years=0), "Number of years"),
        (case(runs=10**9), "Number of runs"),
        (case(seed=-1), "Seed"),
        (case(spread="all"), "one of"),
        (case(correlation=2), "Correlation"),
        (case(below=-5), "Size to compare with"),
        (case(density=DensityDependence("ceiling", 0)), "Size for density dependence"),
        (replace(case(), scenarios=()), "no scenario"),
        (replace(case(), population=cranes(10**9)), "1,000,000,000"),
        (replace(case(), population=cranes(0)), "Number of birds"),
        (replace(case(), population=cranes(math.nan)), "no number"),
        (replace(case(), population=cranes(age=Quantity(0))), "Age of first breeding"),
        (replace(case(), population=cranes(age=Quantity(4.5))), "Age of first breeding"),
        (replace(case(), population=cranes(adult_survival=Quantity(0.9, 0.31))), "too large"),
        (replace(case(), population=cranes(adult_survival=Quantity(1.2))), "Survival of adults"),
        (replace(case(), population=cranes(young_per_pair=Quantity(-1))), "Young per pair"),
        (replace(case(), population=cranes(young_per_pair=Quantity(1, -1))), "standard deviation"),
        (replace(case(), population=cranes(breeding_share=Quantity(0.5, low=0.9, high=0.1))), "low end"),
    ],
)
def test_each_reason_is_a_sentence(made, words):
    sentences = told(made)
    assert sentences
    assert any(words in sentence for sentence in sentences), sentences
    assert all(sentence.endswith(".") for sentence in sentences)


def test_all_reasons_are_told_at_once():
    made = replace(case(share(2.0), years=10_000), population=cranes(0, age=Quantity(0)))
    assert len(told(made)) >= 4


def test_no_spread_is_no_reason_to_refuse():
    assert told(replace(case(), population=cranes(adult_survival=Quantity(0.9), young_per_pair=Quantity(1)))) == []
