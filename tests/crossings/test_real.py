"""Real files beside the project, which are not part of it: without them these tests skip themselves."""

import os
from pathlib import Path

import pandas as pd
import pytest
import shapely

from neaspec.crossings.engine import stays_and_crossings
from neaspec.crossings.geo.borders import area_names, load_borders
from neaspec.crossings.input.members import Input
from neaspec.crossings.model.parameters import Parameters
from neaspec.crossings.pipeline import make_context, place
from neaspec.crossings.privacy.rules import load_rules
from neaspec.crossings.readers.read import read
from neaspec.data.queries import Ask
from neaspec.paths import ROOT
from tests.support.stays_oracle import COLUMNS, stays_of_movingpandas

DATA = Path(os.environ.get("NEASPEC_SHARED", ROOT.parent / "shared")) / "data"
TRACKS = DATA / "movebank" / "icarus_mongolia_cuckoos_nymba.csv"
CAMERAS = DATA / "camtrap-dp-1.0.2-example"
# The definition the expected numbers below were found with; it is the one the project starts with.
PARAMETERS = Parameters(border_zone_m=5_000, coast_m=22_224, fixes_for_confirmed=2)


@pytest.fixture(scope="module")
def context(real_connection):
    return make_context(load_rules(Ask(real_connection, None, "real")), PARAMETERS)


@pytest.fixture(scope="module")
def tracks():
    if not TRACKS.is_file():
        pytest.skip("the real tracks are not here")
    return read([Input(TRACKS.name, TRACKS)])


@pytest.fixture(scope="module")
def found(tracks, context):
    placed = place(tracks.records, tracks, context).records
    return stays_and_crossings(placed, context.parameters)


def expected(name):
    """Give the crossings others found in the file, as (animal, from, to, left, arrived) with codes of our map."""
    codes = {name: code for code, name in area_names().items()}
    rows = pd.read_csv(TRACKS.parent / f"icarus_mongolia_crossings_{name}.csv", parse_dates=["left_at", "arrived_at"])
    return {
        (row.ind, codes.get(row.from_c, row.from_c), codes.get(row.to_c, row.to_c), row.left_at, row.arrived_at)
        for row in rows.itertuples()
    }


def as_rows(crossings):
    columns = ["individual", "from_country_code", "to_country_code", "left_at", "arrived_at"]
    return {tuple(row) for row in crossings[columns].itertuples(index=False)}


def test_every_row_of_the_tracks_is_accounted_for(tracks):
    assert tracks.recognised[0].rows == 2_334
    assert len(tracks.records) == 1_193
    assert sum(tracks.dropped.counts.values()) == 2_334 - 1_193


def test_changes_of_country_inside_the_map_are_those_found_before(found):
    on_map = set(area_names()) - {"IRN"}  # the map holds only the east of it, where no fix lies
    wanted = {row for row in expected("naive_ne10m") if row[1] in on_map and row[2] in on_map}
    assert len(wanted) == 27
    stays = found.stays
    after = stays.groupby("individual_key").shift(-1)
    is_change = (stays["country_code"] != "") & after["country_code"].notna() & (after["country_code"] != "")
    changes = stays[is_change].assign(
        from_country_code=stays["country_code"], to_country_code=after["country_code"], arrived_at=after["arrived_at"]
    )
    assert as_rows(changes) == wanted
    assert {row[:3] for row in as_rows(found.crossings)} == {row[:3] for row in wanted}


def test_confirmed_are_those_with_two_fixes_five_kilometres_deep_on_both_sides(found):
    confirmed = found.crossings[found.crossings["grade"] == "confirmed"]
    wanted = expected("n2_depth5km_ne10m") & as_rows(found.crossings)
    assert len(wanted) == 18
    assert as_rows(confirmed) == wanted
    pairs = confirmed.groupby(["from_country_code", "to_country_code"]).size()
    assert (pairs["MNG", "CHN"], pairs["MNG", "RUS"], pairs["RUS", "MNG"]) == (8, 1, 1)


def test_stays_in_each_country_are_as_many_as_found_before(found):
    counted = found.stays.groupby("country_code").size()
    assert counted[["CHN", "MNG", "IND", "RUS"]].to_dict() == {"CHN": 8, "MNG": 12, "IND": 7, "RUS": 1}


def test_stays_are_those_of_movingpandas(tracks, found, context):
    lands = {code: context.borders.land[place] for place, code in enumerate(context.borders.codes) if code}
    fixes = tracks.records
    on_land = shapely.contains_xy(shapely.union_all(list(lands.values())), fixes["longitude"], fixes["latitude"])
    assert on_land.sum() == 720
    ours = found.stays[(found.stays["records"] > 1) & (found.stays["country_code"] != "")]
    theirs = stays_of_movingpandas(fixes, lands)
    assert ours[COLUMNS].to_numpy().tolist() == theirs[COLUMNS].to_numpy().tolist()


@pytest.mark.skipif(not CAMERAS.is_dir(), reason="the real camera-trap package is not here")
def test_the_camera_trap_example_counts_56_animals_and_is_in_no_country_of_the_map(context):
    reading = read([Input(path.name, path) for path in sorted(CAMERAS.iterdir())])
    assert reading.records["count"].sum() == 56
    placed = place(reading.records.assign(individual="somebody"), reading, context).records
    assert set(placed["zone"]) == {"outside"}
    assert set(placed["country_code"]) == {""}
    assert "NLD" not in load_borders(PARAMETERS).codes
