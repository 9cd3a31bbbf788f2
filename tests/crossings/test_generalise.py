"""Exact positions become the place that may be told; names of taxa become species; texts pass the gate."""

import re
import time

import hypothesis.strategies as st
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from neaspec.crossings.geo.earth import distance_m
from neaspec.crossings.model.parameters import Parameters
from neaspec.crossings.model.records import PLACED_COLUMNS, as_records
from neaspec.crossings.privacy.generalise import cells, generalise_places, landscapes_of_sites, wider_place
from neaspec.crossings.privacy.redact import WITHHELD, redact, redact_all
from neaspec.crossings.privacy.rules import GROUPS, RECORD_KINDS, TIME_LEVELS, load_rules
from neaspec.crossings.privacy.taxa import meanings

# From the most exact to the widest place a rule may allow.
LEVELS = ("degree_0_1", "site_or_degree_1", "degree_1", "protected_area", "country")


@pytest.fixture(scope="module")
def rules(ask):
    return load_rules(ask)


def near_russia(longitude, latitude, country_code, borders, parameters):
    """A border along 131 degrees east; nothing beyond landscape_m of it is near."""
    distance = np.abs(longitude - 131) * 111_195 * np.cos(np.radians(latitude))
    other = np.where(country_code == "CHN", "RUS", "CHN")
    return np.where(distance <= parameters.landscape_m, other, "")


def place_of(rules, country="CHN", **given):
    columns = {
        "data_set": "Survey",
        "source": "a.csv",
        "row": 2,
        "individual": "T-1",
        "taxon": "Panthera tigris altaica",
        "time": pd.Timestamp("2015-06-01 03:00"),
        "evidence": "camera",
        "longitude": 130.7,
        "latitude": 42.9,
    } | given
    records = as_records(columns, 1).assign(individual_key="T-1")
    countries = pd.DataFrame(
        {"country_code": [country], "basis": ["declared"], "zone": ["inside"], "is_contradicted": [False]}
    )
    return generalise_places(records, countries, rules, None, Parameters(), near_russia).iloc[0]


NOWHERE = {"longitude": np.nan, "latitude": np.nan}
BIRD = {"taxon": "Grus monacha", "longitude": 117.123456, "latitude": 47.654321, "country": "MNG"}
TAGGED = BIRD | {"evidence": "gps"}


@pytest.mark.parametrize(
    ("given", "place_id"),
    [
        ({"site": "Hunchun Nature Reserve"}, "site:hunchun"),
        ({"site": " HUNCHUN  nature reserve "}, "site:hunchun"),
        ({"site": "hunchun"}, "site:hunchun"),
        ({"site": "Ridge above the village"}, "landscape:CHN-RUS"),
        ({}, "landscape:CHN-RUS"),
        ({"country": "RUS"}, "landscape:RUS-CHN"),
        ({"site": "hunchun", "country": "RUS"}, "landscape:RUS-CHN"),
        ({"site": "Furugelm Island", "country": "RUS"}, "landscape:RUS-CHN"),
        ({"evidence": "gps"}, "landscape:CHN-RUS"),
        ({"behaviour": "nest"}, "landscape:CHN-RUS"),
        ({"longitude": 120.0}, "country:CHN"),
        ({"longitude": np.nan, "latitude": np.nan}, "country:CHN"),
        ({"country": ""}, ""),
        ({"taxon": "Panthera pardus japonensis", "longitude": 113.5}, "country:CHN"),
        (TAGGED, "cell:1:47.5:117.5"),
        (BIRD, "cell:1:47.5:117.5"),
        (TAGGED | {"country": ""}, "cell:1:47.5:117.5"),
        (BIRD | {"behaviour": "nest"}, "cell:0.1:47.65:117.15"),
        (BIRD | {"behaviour": "roost", "evidence": "gps"}, "cell:0.1:47.65:117.15"),
        (TAGGED | {"longitude": 110.62, "latitude": 48.33}, "site:khurkh_khuiten"),
        (TAGGED | {"longitude": 110.62, "latitude": 48.33, "behaviour": "nest"}, "cell:0.1:48.35:110.65"),
        (TAGGED | {"longitude": 110.62, "latitude": 48.33, "country": "CHN"}, "cell:1:48.5:110.5"),
        (TAGGED | {"longitude": 110.62, "latitude": 48.42}, "cell:1:48.5:110.5"),
        (BIRD | NOWHERE, "country:MNG"),
        (BIRD | NOWHERE | {"site": "Khurkh-Khuiten River Valleys"}, "site:khurkh_khuiten"),
        (
            BIRD
            | {"taxon": "Platalea minor", "country": "RUS", "site": "furugelm", "longitude": 130.9, "latitude": 42.4},
            "cell:1:42.5:130.5",
        ),
        # What is not known to be harmless is told like a big cat.
        (TAGGED | {"taxon": "Cuculus canorus", "longitude": 110.57, "latitude": 48.3}, "country:MNG"),
        (BIRD | {"taxon": "Cuculus canorus", "behaviour": "nest"}, "country:MNG"),
        (BIRD | {"taxon": ""}, "country:MNG"),
    ],
)
def test_a_record_is_told_by_the_place_its_rule_allows(rules, given, place_id):
    assert place_of(rules, **given)["place_id"] == place_id


def test_a_placed_record_has_no_coordinate_no_station_and_no_site(rules):
    record = place_of(rules, station="43.123456N", site="Camp at 43.123456", uncertainty_m=3.25, sample_id="S1")
    assert list(record.index) == list(PLACED_COLUMNS)
    assert not any("43.1234" in str(value) for value in record)


@pytest.mark.parametrize(
    ("longitude", "latitude", "size", "cell"),
    [
        (130.7, 42.3, 0.1, "cell:0.1:42.35:130.75"),
        (130.69999, 42.29999, 0.1, "cell:0.1:42.25:130.65"),
        (-0.05, -0.05, 0.1, "cell:0.1:-0.05:-0.05"),
        (-0.5, -0.5, 1, "cell:1:-0.5:-0.5"),
        (180.0, 90.0, 1, "cell:1:89.5:-179.5"),
        (-180.0, -90.0, 1, "cell:1:-89.5:-179.5"),
        (179.99, 71.2, 0.1, "cell:0.1:71.25:179.95"),
        (np.nan, 42.0, 1, ""),
        (130.0, np.inf, 1, ""),
    ],
)
def test_a_cell_is_written_by_its_middle(longitude, latitude, size, cell):
    assert list(cells(pd.Series([longitude]), pd.Series([latitude]), size)) == [cell]


@given(st.floats(-180, 179.999), st.floats(-90, 89.999), st.sampled_from([0.1, 1.0]))
@settings(max_examples=200, deadline=None)
def test_a_position_lies_in_its_cell_and_a_cell_says_nothing_else(longitude, latitude, size):
    (name,) = cells(pd.Series([longitude]), pd.Series([latitude]), size)
    _, _, north, east = name.split(":")
    assert abs(float(north) - latitude) <= size / 2 + 1e-9
    assert abs(float(east) - longitude) <= size / 2 + 1e-9
    assert list(cells(pd.Series([float(east)]), pd.Series([float(north)]), size)) == [name]


def test_many_records_of_one_place_have_one_place_whatever_their_order(rules):
    rng = np.random.default_rng(1)
    spread = {"longitude": 117 + rng.uniform(0.01, 0.99, 500), "latitude": 47 + rng.uniform(0.01, 0.99, 500)}
    records = as_records({"taxon": "Grus vipio", "evidence": "gps"} | spread, 500).assign(individual_key="W")
    countries = pd.DataFrame(
        {"country_code": "MNG", "basis": "position", "zone": "inside", "is_contradicted": False}, index=records.index
    )
    made = generalise_places(records, countries, rules, None, Parameters(), near_russia)
    assert made["place_id"].unique().tolist() == ["cell:1:47.5:117.5"]
    order = rng.permutation(500)
    again = generalise_places(records.iloc[order], countries.iloc[order], rules, None, Parameters(), near_russia)
    pd.testing.assert_frame_equal(again.sort_index(), made)


def test_a_wider_place_is_the_next_on_the_way_to_the_country(rules):
    of_sites = landscapes_of_sites(rules, None, Parameters(), near_russia)
    assert of_sites["site:wangqing", "CHN"] == "landscape:CHN-RUS"
    assert ("site:zhalong", "CHN") not in of_sites
    assert wider_place("site:wangqing", "CHN", of_sites) == "landscape:CHN-RUS"
    assert wider_place("site:zhalong", "CHN", of_sites) == "country:CHN"
    assert wider_place("landscape:CHN-RUS", "CHN", of_sites) == "country:CHN"
    assert wider_place("cell:0.1:47.65:117.15", "MNG", of_sites) == "cell:1:47.5:117.5"
    assert wider_place("cell:1:47.5:117.5", "MNG", of_sites) == "country:MNG"
    assert wider_place("country:MNG", "MNG", of_sites) == "country:MNG"
    assert wider_place("cell:1:47.5:117.5", "", of_sites) == ""


def test_a_site_at_the_very_edge_of_its_reach_is_found(rules):
    site = rules.sites.set_index("site_id").loc["khurkh_khuiten"]
    # Degrees of latitude; site_m of the sphere that distances are measured on lie between them.
    for north, place_id in ((0.0899, "site:khurkh_khuiten"), (0.0900, "cell:1:48.5:110.5")):
        there = {"longitude": float(site["longitude"]), "latitude": float(site["latitude"]) + north}
        assert place_of(rules, **(TAGGED | there))["place_id"] == place_id


def test_distances_are_those_of_the_sphere():
    (found,) = distance_m(np.array([-179.9]), np.array([0.0]), 179.9, 0.0)
    assert found == pytest.approx(22_239, rel=1e-3)


def test_every_group_and_kind_of_record_has_one_rule(rules):
    found = list(zip(rules.levels["taxon_group"], rules.levels["record_kind"], strict=True))
    assert sorted(found) == sorted((group, kind) for group in GROUPS for kind in RECORD_KINDS)
    assert set(rules.levels["time_level"]) <= set(TIME_LEVELS)
    assert set(rules.levels["public_level"]) <= set(LEVELS)


def test_the_levels_of_species_are_the_most_exact_of_their_rules(real_connection, rules):
    columns = "select taxon_group, public_place_level, sensitivity_reason, sensitivity_review_date from species"
    with real_connection.cursor() as cursor:
        said = cursor.execute(columns).fetchall()
    assert len(said) == 6
    for group, level, reason, review in said:
        of_group = rules.levels[rules.levels["taxon_group"] == group]
        finest = min(of_group["public_level"], key=LEVELS.index)
        assert finest == level
        assert (reason, review) in set(zip(of_group["reason"], of_group["review_date"], strict=True))
        assert reason in set(of_group["reason"][of_group["public_level"] == finest])


@pytest.mark.parametrize(
    ("written", "species_id", "group"),
    [
        ("Grus vipio", "white_naped_crane", "migratory_bird"),
        ("Antigone vipio (Pallas, 1811)", "white_naped_crane", "migratory_bird"),
        ("Uncia uncia", "snow_leopard", "big_cat"),
        ("Panthera (Uncia) uncia (Schreber, 1775)", "snow_leopard", "big_cat"),
        ("Panthera tigris altaica Temminck, 1844", "amur_tiger", "big_cat"),
        ("PANTHERA TIGRIS", "amur_tiger", "big_cat"),
        ("panthera_tigris subsp. altaica", "amur_tiger", "big_cat"),
        ("Panthera pardus orientalis", "amur_leopard", "big_cat"),
        ("Platalea minor Temminck & Schlegel, 1849", "black_faced_spoonbill", "migratory_bird"),
        ("<i>Grus monacha</i>", "hooded_crane", "migratory_bird"),
        ("Grus monacha monacha", "hooded_crane", "migratory_bird"),
        ("Амурский  тигр", "amur_tiger", "big_cat"),
        ("东北豹", "amur_leopard", "big_cat"),
        ("재두루미", "white_naped_crane", "migratory_bird"),
        ("Panthera tigris tigris", "", "big_cat"),
        ("Panthera sp.", "", "big_cat"),
        ("Panthera cf. tigris", "", "big_cat"),
        ("Felidae", "", "big_cat"),
        ("Platalea leucorodia", "", "other"),
        ("Cuculus canorus Linnaeus, 1758", "", "other"),
        ("", "", "other"),
        ("?", "", "other"),
    ],
)
def test_a_written_taxon_is_taken_for_a_species_and_a_group(rules, written, species_id, group):
    found = meanings(pd.Series([written]), rules.names).iloc[0]
    assert (found["species_id"], found["taxon_group"]) == (species_id, group)


def test_the_taxon_shown_is_the_accepted_name_or_the_name_without_author_and_never_a_position(rules):
    written = pd.Series(["Grus vipio Pallas", "Cuculus canorus Linnaeus, 1758", "bird at 43.123456, 131.654321"])
    assert meanings(written, rules.names)["taxon"].tolist()[:2] == ["Antigone vipio", "Cuculus canorus"]
    assert "43.1" not in meanings(written, rules.names)["taxon"].tolist()[2]


def test_accepted_names_are_the_scientific_names_of_the_species(real_connection, rules):
    with real_connection.cursor() as cursor:
        said = dict(cursor.execute("select species_id, scientific_name from species").fetchall())
        groups = dict(cursor.execute("select species_id, taxon_group from species").fetchall())
    accepted = rules.names[rules.names["relation"] == "accepted"]
    assert dict(zip(accepted["species_id"], accepted["name"], strict=True)) == said
    known = rules.names[rules.names["species_id"].notna()]
    assert (known["taxon_group"] == known["species_id"].map(groups)).all()


@pytest.mark.parametrize(
    "text",
    [
        "43.123456",
        "cam 43.123",
        "43,1234 131,4567",
        "43.12, 131.45",
        "43.1_131.2",
        "43°07'24.4\"N 131°25'30\"E",
        "43 07 24 N",
        "N43 07.407 E131 25.300",
        "430724N1312530E",
        "52TGP1234567890",
        "52T GP 12345 67890",
        "612345 4774123",
        "612345E 4774123N",
        "easting 612345 northing 4774123",
        "43123456_131456789",
        "lat=43.1 lon=131.4",
        "４３．１２３４５６",
        "43.12N131.45E",
        "POINT(131.45 43.12)",
        "8Q9V4C2R+XM",
        "x612345.5,y4774123.2",
        "geohash:wyzg8",
        "10.12345/43.123456",
        "-43.123",
        "широта 43.12",
        "43度07分24秒",
        "201410 4774123",
        "4.3123456E1",
    ],
)
def test_the_gate_withholds_what_could_tell_a_position(text):
    made = redact(f"Station {text} north")
    assert WITHHELD in made
    assert made.startswith("Station ") and made.endswith(" north")
    assert sum(letter.isdecimal() for letter in made) <= 1


@pytest.mark.parametrize(
    "name",
    [
        "Leo 52M",
        "T-15",
        "Kuzya",
        "A23 (left leg)",
        "F8/Agnes cub1",
        "Superman Cub #2 or #3?",
        "M06",
        "KO1",
        "Movebank 10.5441/001/1.598 White-naped crane",
        "camtrap-dp-1.0.2-example.zip",
        "data_2014-10-22.csv",
        "obs_20141012_20150130.csv",
        "20141012 153000",
        "1,200 animals",
        "v1.0.2",
        "ring 123-45678",
        "12.03.2014",
        "Sample 16-08-2010 00:00:00",
        "GSM04 12345678",
        "E12-34",
        "2013-2014",
        "192.168.1.10",
        "Ирбис № 7",
        "虎12",
        "",
        "1.0, 2.3",
    ],
)
def test_the_gate_leaves_names_alone(name):
    assert redact(name) == name


@given(st.floats(18, 80), st.floats(70, 179), st.sampled_from([", ", " ", "_", "/", ";", " / "]), st.integers(3, 8))
@settings(max_examples=200, deadline=None)
def test_no_decimals_of_a_position_pass_the_gate(latitude, longitude, between, digits):
    made = redact(f"cat{between}{latitude:.{digits}f}{between}{longitude:.{digits}f}{between}A")
    assert f"{latitude:.{digits}f}" not in made
    assert f"{longitude:.{digits}f}" not in made


def test_texts_are_cleared_row_by_row_with_their_index():
    made = redact_all(pd.Series(["Kuzya", "43.123456", "Kuzya"], index=[7, 3, 5]))
    assert made.to_dict() == {7: "Kuzya", 3: WITHHELD, 5: "Kuzya"}


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_text_passes_the_gate_once_and_is_the_same_the_second_time(text):
    once = redact(text)
    assert redact(once) == once


@given(st.text(alphabet="0123456789.,:;_-/°'\"NSEWndmx \u0664", max_size=60))
@settings(max_examples=500, deadline=None)
def test_texts_of_digits_and_signs_pass_the_gate_once(text):
    once = redact(text)
    assert redact(once) == once
    assert not re.search(r"(?<![\d.,])\d{2,3}\.\d{4,}(?![\d.])", once.replace("10.", ""))


@pytest.mark.parametrize(
    "piece", ["1 ", "N", "1,1", "1.1,", "43.1 ", "0_", "lat", "1111111 ", "A1", "° 1", "[position"]
)
def test_the_gate_is_quick_with_texts_made_to_slow_it(piece):
    started = time.perf_counter()
    redact(piece * 4000)
    assert time.perf_counter() - started < 2
