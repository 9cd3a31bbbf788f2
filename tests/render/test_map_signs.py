"""Signs of maps that can be moved: size and hit area, groups with a count, what is selected, what a month shows."""

import base64
import json
import math

import pandas as pd
import pytest

from neaspec.blocks import Arrows, Column, Map, Points, Table
from neaspec.palette import Palette
from neaspec.render.maps.basemap import layer, packed_layer
from neaspec.render.maps.deck import LiveMap, draw_map
from neaspec.render.maps.grouping import APART_PIXELS, grouped
from neaspec.render.maps.layers import MARKER_PIXELS, ground, marker_pixels
from neaspec.render.maps.shapes import dashes, upward
from neaspec.render.maps.signs import GROUP_PIXELS, HIT_PIXELS
from tests.support.maps_of_pages import maps_of_pages

TABLE = Table(title="t", columns=(Column(name="name", label="Name"),), rows=pd.DataFrame({"name": []}), file_name="t")
SPOTS = [
    {"id": "rason", "latitude": 42.33, "longitude": 130.58, "name": "Rason", "tooltip": "", "group": "international"},
    {"id": "jingxin", "latitude": 42.59, "longitude": 130.55, "name": "Jingxin", "tooltip": "", "group": "none"},
    {"id": "izumi", "latitude": 32.1, "longitude": 130.27, "name": "Izumi", "tooltip": "", "group": "international"},
]
WAYS = [
    {
        "id": "kuzya",
        "from_latitude": 49.0,
        "from_longitude": 133.0,
        "to_latitude": 48.2,
        "to_longitude": 130.7,
        "name": "Kuzya",
        "tooltip": "",
        "group": "amur_tiger",
        "weight": 1,
        "is_directed": True,
        "months": "10",
    },
    {
        "id": "ko1",
        "from_latitude": 38.2,
        "from_longitude": 127.2,
        "to_latitude": 44.9,
        "to_longitude": 132.5,
        "name": "KO1",
        "tooltip": "",
        "group": "white_naped_crane",
        "weight": 1,
        "is_directed": True,
        "months": "3 4",
    },
    {
        "id": "a23",
        "from_latitude": 49.0,
        "from_longitude": 130.4,
        "to_latitude": 32.1,
        "to_longitude": 130.3,
        "name": "A23",
        "tooltip": "",
        "group": "white_naped_crane",
        "weight": 1,
        "is_directed": True,
        "months": "",
    },
]
ZOOMS = (2.2, 3.0, 4.4, 6.0, 7.3, 9.0, 10.9)


def a_map(*layers, kind="protection"):
    return Map(title="t", layers=layers, alt="a", table=TABLE, group_kind=kind)


@pytest.fixture
def sites():
    return a_map(Points(rows=pd.DataFrame(SPOTS)))


def layers_of(block, words, selected=""):
    return json.loads(draw_map(block, Palette(), words, selected).to_json())["layers"]


def told(item):
    """Give the rows of a layer, also of one whose address holds them."""
    if isinstance(item["data"], list):
        return item["data"]
    text = base64.b64decode(item["data"].partition(",")[2])
    return [feature["properties"] for feature in json.loads(text)["features"]]


def shown(item, zoom):
    low, high = item.get("visibleMinZoom"), item.get("visibleMaxZoom")
    return (low is None or zoom >= low) and (high is None or zoom <= high)


def signs_at(layers, zoom):
    return [row for item in layers if item["id"].startswith("points") and shown(item, zoom) for row in told(item)]


@pytest.mark.parametrize("zoom", ZOOMS)
def test_at_every_zoom_each_place_stands_in_one_sign_and_no_two_signs_lie_on_each_other(ask, zoom):
    sites = ask("sites_protected", country_code=None, species_id=None, level=None).dropna(subset=["latitude"])
    places = list(zip(sites["longitude"], sites["latitude"], strict=True))
    visible = [
        sign
        for sign in grouped(places)
        if (sign.from_zoom is None or zoom >= sign.from_zoom) and (sign.to_zoom is None or zoom < sign.to_zoom)
    ]
    assert sorted(member for sign in visible for member in sign.members) == list(range(len(places)))
    pixels = 512 * 2**zoom / 360
    at = [(places[sign.members[0]][0] * pixels, upward(places[sign.members[0]][1]) * pixels) for sign in visible]
    assert all(math.dist(at[a], at[b]) >= APART_PIXELS - 0.01 for a in range(len(at)) for b in range(a))


def test_places_of_equal_coordinates_stay_one_sign_with_their_number():
    assert [sign.members for sign in grouped([(123.1, 39.5), (123.1, 39.5)])] == [(0, 1)]


def test_a_group_names_its_places_and_selects_all_of_them(sites, words):
    layers = layers_of(sites, words)
    far, near = signs_at(layers, 3.0), signs_at(layers, 9.0)
    (group,) = [row for row in far if "," in row["id"]]
    assert (group["id"], group["name"]) == ("rason,jingxin", "2 places close together")
    assert group["details"] == "Rason\nJingxin"
    assert sorted(row["id"] for row in near) == ["izumi", "jingxin", "rason"]


def test_signs_are_8_to_16_pixels_and_answer_the_pointer_in_24(sites, words):
    assert all(8 <= pixels <= 16 for pixels in (*MARKER_PIXELS, GROUP_PIXELS))
    assert {marker_pixels({"size": share}) for share in (0.0, 0.2, 0.5, 0.9, 1.0, float("nan"))} == set(MARKER_PIXELS)
    signs = [item for item in layers_of(sites, words) if item["id"].startswith("points")]
    for item in signs:
        assert item.get("getSize", item.get("getIconSize")) == HIT_PIXELS >= 24
        assert item.get("sizeUnits", item.get("iconSizeUnits")) == "pixels"
        assert item.get("alphaCutoff", item.get("iconAlphaCutoff")) == 0  # the whole square answers


def test_from_a_near_zoom_on_places_are_named_instead_of_states(sites, words):
    layers = {item["id"]: item for item in layers_of(sites, words)}
    names = [row["t"] for row in told(layers["statenames"]) if "t" in row]
    assert "China" in names
    assert shown(layers["statenames"], 5.9) and not shown(layers["statenames"], 6.0)
    places = [item for name, item in layers.items() if name.startswith("placenames")]
    assert {row["t"] for item in places for row in told(item)} == {"Rason", "Jingxin", "Izumi"}
    assert not any(shown(item, 5.9) for item in places)


def test_a_selection_sends_little_and_marks_what_is_selected(every_map, sites, words):
    assert max(len(draw_map(block, Palette(), words).to_json()) for block in every_map) < 140_000
    rings = next(item for item in layers_of(sites, words, "rason,izumi") if item["id"] == "selected")
    assert [row["p"] for row in rings["data"]] == [[130.58, 42.33], [130.27, 32.1]]
    assert not [item for item in layers_of(sites, words) if item["id"] == "selected"]


@pytest.fixture(scope="module")
def every_map(ask):
    return list(maps_of_pages(ask))


def test_the_ground_is_fetched_by_a_page_and_inside_a_file():
    assert "coordinates" not in ground("region", False, "/dash")
    assert '"/dash/ground/' in ground("region", False, "/dash")
    assert "coordinates" in ground("region", False)
    assert len(packed_layer("region_land")) < len(json.dumps(layer("region_land"))) / 2


def test_a_selected_line_is_strong_and_the_others_pale(words):
    block = a_map(Arrows(rows=pd.DataFrame(WAYS)), kind="species")
    lines = {
        row["name"]: row for row in told(next(i for i in layers_of(block, words, "kuzya") if i["id"] == "arrows0"))
    }
    assert lines["Kuzya"]["c"][3] == 255 and lines["Kuzya"]["w"] == 3
    assert lines["KO1"]["c"][3] < 100
    plain = told(next(item for item in layers_of(block, words) if item["id"] == "arrows0"))
    assert all(1.5 <= row["w"] <= 3 and row["c"][3] > 200 for row in plain)


def test_a_month_shows_its_lines_and_leaves_those_without_a_month_pale(words):
    live = LiveMap(a_map(Arrows(rows=pd.DataFrame(WAYS)), kind="species"), Palette(), words)
    lines = json.loads(live.drawing("", 10).to_json())["layers"]
    rows = told(next(item for item in lines if item["id"] == "arrows0"))
    assert [(row["name"], row["c"][3] < 100) for row in rows] == [("Kuzya", False), ("A23", True)]


def test_a_dashed_line_begins_and_ends_where_it_should_and_has_gaps():
    path = [[float(step), 0.0] for step in range(25)]
    pieces = dashes(path, 6)
    assert len(pieces) == 6 and pieces[0][0] == [0.0, 0.0] and pieces[-1][-1] == [24.0, 0.0]
    assert all(before[-1][0] < after[0][0] for before, after in zip(pieces, pieces[1:], strict=False))
