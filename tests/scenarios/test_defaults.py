"""Inputs as documents say: each from its rows, with its mark; growth as it was worked out by hand from them."""

import pytest

from neaspec.scenarios.defaults import population_from
from neaspec.scenarios.fit import Growth, fitted, last_year, newest_growth
from neaspec.scenarios.limits import largest_growth
from neaspec.scenarios.model import INPUTS
from neaspec.scenarios.tornado import all_ends, at_end, implied_growth, tornado
from tests.scenarios.made import case

SPECIES = ("black_faced_spoonbill", "hooded_crane", "white_naped_crane")


def population(ask, species_id: str):
    return population_from(ask("scenario_inputs", species_id=species_id), species_id)


def test_the_three_flagship_birds_have_inputs(ask):
    assert sorted(ask("scenario_species")["species_id"]) == sorted(SPECIES)


@pytest.mark.parametrize("species_id", SPECIES)
def test_every_input_has_a_mark_and_rows_or_is_an_assumption(ask, species_id):
    for name, quantity in population(ask, species_id).inputs().items():
        assert quantity.mark in ("own", "relative", "assumption"), name
        assert bool(quantity.rows) == (quantity.mark != "assumption"), name
        low, high = quantity.ends()
        assert low <= quantity.mean <= high, name


@pytest.mark.parametrize(
    ("species_id", "middle", "low", "high"),
    [
        ("black_faced_spoonbill", 1.099, 0.99, 1.20),
        ("white_naped_crane", 1.048, 0.978, 1.267),
        ("hooded_crane", 1.040, 0.966, 1.143),
    ],
)
def test_growth_that_the_inputs_imply(ask, species_id, middle, low, high):
    known = population(ask, species_id)
    assert implied_growth(known) == pytest.approx(middle, abs=0.001)
    assert implied_growth(all_ends(known, False)) == pytest.approx(low, abs=0.003)
    assert implied_growth(all_ends(known, True)) == pytest.approx(high, abs=0.003)


@pytest.mark.parametrize(
    ("name", "at_low", "at_high"),
    [("young_per_pair", 1.040, 1.135), ("breeding_share", 1.025, 1.069), ("young_survival", 1.028, 1.066)],
)
def test_what_one_input_does_to_the_growth_of_white_naped_cranes(ask, name, at_low, at_high):
    known = population(ask, "white_naped_crane")
    assert implied_growth(at_end(known, name, False)) == pytest.approx(at_low, abs=0.0015)
    assert implied_growth(at_end(known, name, True)) == pytest.approx(at_high, abs=0.0015)


def test_the_longest_bar_of_white_naped_cranes_is_young_per_pair(ask):
    made = case()
    bars = tornado(type(made)(population(ask, "white_naped_crane"), made.scenarios))
    assert bars[0].name == "young_per_pair"
    assert [bar.length for bar in bars] == sorted((bar.length for bar in bars), reverse=True)


def test_share_left_hardly_moves_with_inputs():
    for bar in tornado(case(years=30), "cps"):
        assert bar.length < 0.01, bar


def test_fit_gives_the_growth_on_record_and_is_marked(ask):
    known = population(ask, "black_faced_spoonbill")
    made = fitted(known, Growth("a_row", 1.08, "1997-2014"))
    assert implied_growth(made) == pytest.approx(1.08, abs=1e-8)
    assert (made.young_survival.mark, made.young_survival.rows, made.young_survival.note) == ("fitted", ("a_row",), "")
    assert fitted(known, Growth("a_row", 3.0, "")) is None


@pytest.mark.parametrize(
    ("period", "year"),
    [
        ("1991/92-2003/04", 2004),
        ("1997-2014", 2014),
        ("2024-2025", 2025),
        ("winter 1999/00", 2000),
        ("1999-12 to 2000-11", 2000),
        ("2000/2001", 2001),
        ("", 0),
    ],
)
def test_the_last_year_of_a_period(period, year):
    assert last_year(period) == year


def test_the_newest_growth_is_the_one_measured_up_to_the_latest_year_wherever_it_stands(ask):
    rows = ask("scenario_growth", species_id="black_faced_spoonbill")
    for frame in (rows, rows.iloc[::-1]):
        growth = newest_growth(frame)
        assert (growth.factor, growth.period) == (1.013, "2024-2025")
    assert newest_growth(rows.assign(value=float("nan"))) is None
    assert newest_growth(rows.iloc[:0]) is None


def test_observed_growth_of_spoonbills_is_near_the_largest_there_can_be(ask):
    known = population(ask, "black_faced_spoonbill")
    assert largest_growth(known.adult_survival.mean, known.age.mean) == pytest.approx(1.14, abs=0.001)


def test_an_earlier_meeting_has_no_inputs_that_were_not_known(ask):
    names = ask.at("som_24")("scenario_species")["species_id"]
    assert set(names) <= set(SPECIES)
    assert set(INPUTS) >= {"birds", "age"}
