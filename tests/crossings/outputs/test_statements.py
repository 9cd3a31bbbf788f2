"""Rows for data/movements.csv from public crossings written by hand: ways, sites, dates, sexes, methods, notes."""

from types import SimpleNamespace
from typing import Any, cast

import pandas as pd
import pytest

from neaspec.crossings.outputs.statement_rows import statement_rows
from neaspec.crossings.publish import PublicResults
from neaspec.text import Words

USUAL = {
    "species_id": "amur_tiger",
    "grade": "confirmed",
    "from_country_code": "CHN",
    "to_country_code": "RUS",
    "from_place_id": "site:hunchun",
    "to_place_id": "site:land_of_the_leopard",
    "start": "2014-12",
    "end": "2015-02",
    "evidence": "camera",
    "sex": "female",
}


def rows(words: Words, *crossings: dict[str, str], stays: tuple[tuple[str, str], ...] = ()) -> list[dict[str, Any]]:
    """Return the rows of crossings that differ from the usual, each of another animal unless it is named."""
    table = pd.DataFrame(
        [
            USUAL | {"individual_key": f"k{number}", "individual": f"F{number}"} | crossing
            for number, crossing in enumerate(crossings)
        ]
    )
    held = pd.DataFrame(stays or [("k0", "North")], columns=["individual_key", "data_sets"])
    results = cast(PublicResults, SimpleNamespace(crossings=table, stays=held))
    return [
        {str(name): value for name, value in row.items()} for row in statement_rows(results, words).to_dict("records")
    ]


BACK = {
    "from_country_code": "RUS",
    "to_country_code": "CHN",
    "from_place_id": "site:land_of_the_leopard",
    "to_place_id": "site:hunchun",
}


def test_one_animal_is_named_and_many_are_not(words: Words) -> None:
    (row,) = rows(words, {})
    assert (row["animal_name"], row["individuals"]) == ("F0", "1")
    (row,) = rows(words, {}, {})
    assert (row["animal_name"], row["individuals"]) == ("", "2")


def test_an_animal_that_crossed_twice_counts_once(words: Words) -> None:
    (row,) = rows(words, {}, {"individual_key": "k0", "individual": "F0", "start": "2016-03", "end": "2016-05"})
    assert (row["individuals"], row["females"], row["animal_name"]) == ("1", "1", "F0")
    assert (row["date_from"], row["date_to"], row["as_of"]) == ("2014-12", "2016-05", "2016-05")


def test_a_journey_goes_the_way_it_went(words: Words) -> None:
    (row,) = rows(words, BACK)
    assert row["movement_kind"] == "journey"
    assert (row["from_country_code"], row["to_country_code"]) == ("RUS", "CHN")
    assert (row["from_site_id"], row["to_site_id"]) == ("land_of_the_leopard", "hunchun")
    assert row["movement_id"] == "amur_tiger_rus_chn_2014_12_2015_02"


def test_both_ways_are_both_sides_in_the_order_of_the_alphabet(words: Words) -> None:
    (row,) = rows(words, BACK, {})
    assert (row["movement_kind"], row["from_country_code"], row["to_country_code"]) == ("both_sides", "CHN", "RUS")
    assert (row["from_site_id"], row["to_site_id"]) == ("hunchun", "land_of_the_leopard")


@pytest.mark.parametrize(
    ("crossing", "site"),
    [
        ({}, "hunchun"),
        ({"from_place_id": "landscape:CHN-RUS"}, ""),
        ({"from_place_id": "country:CHN"}, ""),
        ({"from_place_id": "cell:1:42.5:130.5"}, ""),
    ],
)
def test_only_a_site_is_a_site(words: Words, crossing: dict[str, str], site: str) -> None:
    assert rows(words, crossing)[0]["from_site_id"] == site


def test_two_sites_of_a_country_are_no_site_of_the_row(words: Words) -> None:
    (row,) = rows(words, {}, {"from_place_id": "site:wangqing"})
    assert (row["from_site_id"], row["to_site_id"]) == ("", "land_of_the_leopard")
    (row,) = rows(words, {}, BACK | {"to_place_id": "site:wangqing"})
    assert row["from_site_id"] == ""


def test_sexes_add_up_to_the_animals(words: Words) -> None:
    (row,) = rows(words, {}, {"sex": "male"}, {"sex": "male"}, {"sex": ""})
    assert (row["females"], row["males"], row["unknown_sex"], row["individuals"]) == ("1", "2", "1", "4")


def test_dates_are_as_exact_as_the_coarsest_of_them(words: Words) -> None:
    (row,) = rows(words, {"start": "2016-03-01", "end": "2016-04-07"}, {"start": "2015-06", "end": "2016-05"})
    assert (row["date_from"], row["date_to"]) == ("2015-06", "2016-05")
    (row,) = rows(words, {"start": "2016-03-01", "end": "2016-04-07"})
    assert (row["date_from"], row["date_to"]) == ("2016-03-01", "2016-04-07")
    (row,) = rows(words, {"start": "2016-03-01", "end": "2016"})
    assert (row["date_from"], row["date_to"]) == ("2016", "2016")


@pytest.mark.parametrize(
    ("evidence", "method"),
    [
        ("camera", "camera_trap"),
        ("genetic", "genetic"),
        ("gps", "telemetry"),
        ("ring", "ring"),
        ("sighting", "observation"),
        ("tracks", "tracks"),
        ("", "not_stated"),
        ("hearsay", "not_stated"),
    ],
)
def test_each_kind_of_evidence_has_its_method(words: Words, evidence: str, method: str) -> None:
    assert rows(words, {"evidence": evidence})[0]["method"] == method


def test_the_method_is_what_most_animals_rest_on_and_others_are_told(words: Words) -> None:
    (row,) = rows(words, {"evidence": "camera genetic"}, {"evidence": "genetic"}, {"evidence": "ring"})
    assert row["method"] == "genetic"
    also = f"{words.term('method', 'camera_trap')}, {words.term('method', 'ring')}"
    assert f"Also by: {also}." in row["note"]
    (alone,) = rows(words, {"evidence": "camera"})
    assert "Also by" not in alone["note"]


def test_the_note_names_the_data_sets_of_its_animals_alone(words: Words) -> None:
    stays = (("k0", "South | North"), ("k1", "North"), ("k9", "Elsewhere"), ("k0", ""))
    (row,) = rows(words, {}, {}, stays=stays)
    assert row["note"].startswith("Worked out from field data (North; South); probable crossings are not counted. ")
    assert row["note"].endswith(words("crossings.statement_open"))


def test_rows_are_apart_by_species_and_pair_of_countries_and_in_order(words: Words) -> None:
    crane = {"species_id": "white_naped_crane"}
    found = rows(
        words, crane, {"to_country_code": "PRK"}, {}, crane | {"from_country_code": "MNG", "to_country_code": "CHN"}
    )
    assert [(row["species_id"], row["from_country_code"], row["to_country_code"]) for row in found] == [
        ("amur_tiger", "CHN", "PRK"),
        ("amur_tiger", "CHN", "RUS"),
        ("white_naped_crane", "MNG", "CHN"),
        ("white_naped_crane", "CHN", "RUS"),
    ]


@pytest.mark.parametrize("crossing", [{"grade": "probable"}, {"grade": "border_zone_only"}, {"species_id": ""}])
def test_what_is_not_confirmed_or_no_species_of_these_data_makes_no_row(words: Words, crossing: dict[str, str]) -> None:
    assert rows(words, crossing) == []
    assert len(rows(words, crossing, {})) == 1


def test_what_nobody_works_out_stays_empty(words: Words) -> None:
    (row,) = rows(words, {})
    empty = ("from_place_id", "to_place_id", "distance_km", "via", "document_id", "locator")
    assert {row[name] for name in empty} == {""}
    assert (row["qualifier"], row["caveat_ids"]) == ("exact", "place_generalised")
