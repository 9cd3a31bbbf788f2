"""Areas that several States share: what is counted to them, who says so, and what is only grouped here."""

import csv
from datetime import date

import pytest

from neaspec.data.validate_links import check_shared_areas
from neaspec.paths import DATA_DIR
from tests.support.mini import mini_ask

SHARED = ["altai_sayan", "dauria", "demilitarized_zone", "land_of_big_cats", "lesser_khingan", "tumen_estuary"]


def numbered(*rows: dict[str, str]) -> list[tuple[int, dict[str, str]]]:
    return list(enumerate(rows, start=2))


def test_the_six_areas_are_there_with_their_states(ask):
    areas = ask("shared_areas").set_index("shared_area_id")
    assert sorted(areas.index) == SHARED
    assert areas.loc["tumen_estuary", "country_codes"] == "CHN PRK RUS"
    assert areas.loc["dauria", "country_names"] == "China; Mongolia; Russian Federation"
    assert areas.loc["land_of_big_cats", "species_ids"].split() == ["amur_leopard", "amur_tiger"]
    assert (areas["sites_stated"] >= 1).all()


def test_the_estuary_has_its_four_wetlands_in_force_or_not(ask):
    sites = ask("shared_area_sites", shared_area_id="tumen_estuary").set_index("site_id")
    assert {"rason", "khasansky", "jingxin", "fangchuan"} <= set(sites.index)
    assert (sites["membership"] == "stated").all()
    assert sites.loc["rason", ["country_codes", "level"]].tolist() == ["PRK", "international"]
    assert sites.loc["jingxin", "level"] == "none"
    assert sites.index[0] == "tumen_estuary"
    assert sites["is_whole"].tolist() == [True] + [False] * (len(sites) - 1)


def test_what_is_grouped_here_says_what_it_rests_on(ask):
    sites = ask("shared_area_sites", shared_area_id=None)
    grouped = sites[sites["membership"] == "grouped_here"]
    assert "sailyugem" in set(grouped["site_id"])
    assert (grouped["why"].str.len() > 20).all()
    assert sites["document_id"].notna().all()


def test_an_area_is_as_large_as_it_was_known_on_a_day():
    mini = mini_ask()
    now, before = (source("shared_area_sites", shared_area_id="steppe") for source in (mini, mini.on(date(2021, 1, 1))))
    assert now["site_id"].tolist() == ["two_banks", "pine_reserve", "steppe_park"]
    assert before["site_id"].tolist() == ["two_banks", "steppe_park"]
    areas = mini.on(date(2021, 1, 1))("shared_areas")
    assert areas[["shared_area_id", "sites", "sites_stated"]].to_numpy().tolist() == [["steppe", 2, 2]]


@pytest.mark.parametrize(
    ("site", "said"),
    [("lake", "lies in JPN, expected a site in MNG RUS alone"), ("park", "counted to steppe in line 2 already")],
)
def test_a_site_outside_the_states_and_one_given_twice_are_told(site, said):
    rows = {
        "sites": numbered({"site_id": "park", "country_codes": "MNG"}, {"site_id": "lake", "country_codes": "JPN"}),
        "shared_areas": numbered({"shared_area_id": "steppe", "country_codes": "MNG RUS"}),
        "shared_area_sites": numbered(
            {"shared_area_id": "steppe", "site_id": "park"}, {"shared_area_id": "steppe", "site_id": site}
        ),
    }
    problems = list(check_shared_areas(rows))
    assert len(problems) == 1
    assert said in problems[0]
    assert problems[0].startswith("shared_area_sites.csv:3: ")


def test_the_tables_are_sorted_by_key():
    for name in ("shared_areas", "shared_area_sites"):
        with (DATA_DIR / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
            keys = [row[0] for row in csv.reader(handle)][1:]
        assert keys == sorted(keys), name
