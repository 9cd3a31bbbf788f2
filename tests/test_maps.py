"""Maps: our own basemap, honest markers, nothing asked of anyone."""

import dataclasses
import json

import pandas as pd
import pytest
import shapely
from shapely.geometry import Point, shape

from neaspec.basemap import LAYERS, VIEWS, layer
from neaspec.blocks import Arrows, Column, Map, Points, Table
from neaspec.palette import Palette, contrast, make_palette
from neaspec.render.map_shapes import bend, head, ring, upward
from neaspec.render.map_words import map_legend, map_notes
from neaspec.render.maps import (
    GROUND,
    NAME_PIXELS,
    draw_map,
    ground,
    opening_zoom,
)

TABLE = Table(title="t", columns=(Column(name="name", label="Name"),), rows=pd.DataFrame({"name": []}), file_name="t")
SPOT = {
    "latitude": 42.4,
    "longitude": 130.6,
    "name": "Park <b>A</b>",
    "tooltip": "26 animals\n<script>x</script>",
    "group": "national",
}
WAY = {"from_latitude": 43.0, "from_longitude": 131.0, "to_latitude": 38.0, "to_longitude": 127.0, "name": "Flight",
       "tooltip": "", "group": "telemetry", "weight": 3, "is_directed": True}  # fmt: skip


def a_map(layers, view="region", kind="protection"):
    return Map(title="t", layers=tuple(layers), alt="a", table=TABLE, view=view, group_kind=kind)


def drawn(block, is_dark=False, words=None):
    return json.loads(draw_map(block, Palette(is_dark=is_dark), words).to_json())


def named(specification, start):
    return next(item for item in specification["layers"] if item["id"].startswith(start))


@pytest.mark.parametrize("view", list(VIEWS))
def test_every_layer_of_the_basemap_is_valid_and_inside_its_frame(view):
    for name in LAYERS[view]:
        features = layer(name)["features"]
        assert features, name
        for item in features:
            geometry = shape(item["geometry"])
            west, south, east, north = geometry.bounds
            assert 60 <= west <= east <= 173, name
            assert 5 <= south <= north <= 79, name
            if name.endswith("land"):
                assert shapely.make_valid(geometry).area == pytest.approx(geometry.area, rel=0.01)


def country_at(latitude, longitude, name="tumen_land"):
    return [item["properties"]["country"] for item in layer(name)["features"]
            if shapely.make_valid(shape(item["geometry"])).contains(Point(longitude, latitude))]  # fmt: skip


def test_the_sites_of_the_estuary_lie_in_their_own_countries():
    assert country_at(42.437, 130.588) == ["CHN"]  # Fangchuan, on a tongue of land two kilometres wide
    assert country_at(42.39, 130.72) == ["RUS"]  # Khasansky
    assert country_at(42.40, 130.45) == ["PRK"]  # north-west of the Rason lagoons
    assert country_at(42.60, 130.55) == ["CHN"]  # Jingxin


def test_the_six_members_are_on_the_region_map_and_told_apart():
    members = {
        item["properties"]["country"] for item in layer("region_land")["features"] if item["properties"]["is_member"]
    }
    assert members == {"CHN", "JPN", "KOR", "MNG", "PRK", "RUS"}
    assert country_at(47.9, 106.9, "region_land") == ["MNG"]
    assert country_at(23.7, 121.0, "region_land") == ["CHN"]


def test_unsettled_lines_are_dashed_and_the_others_are_not():
    lines = {item["properties"]["between"]: shape(item["geometry"]) for item in layer("region_borders")["features"]}
    assert sum(1 for pair in lines if "KOR" in pair) == 1
    for pair, line in lines.items():
        if pair == "KOR PRK" or any(unit in pair for unit in ("XJK", "XAC", "XAP")):
            assert max(part.length for part in shapely.get_parts(line)) < 0.2, pair
    assert len(shapely.get_parts(lines["KOR PRK"])) >= 6


def test_labels_are_names_of_the_members_only():
    names = {item["properties"]["name"] for item in layer("region_labels")["features"]}
    assert names == {
        "China",
        "Democratic People's Republic of Korea",
        "Japan",
        "Mongolia",
        "Republic of Korea",
        "Russian Federation",
    }


def test_land_has_no_outline_that_would_fill_the_gaps_of_the_dashed_line():
    assert not named(drawn(a_map([])), "region_land")["stroked"]


@pytest.mark.parametrize("longitude", [65, 100, 130, 160, 170])
def test_the_north_of_the_russian_federation_is_land(longitude):
    assert country_at(66.5, longitude, "region_land") == ["RUS"]


@pytest.mark.parametrize("is_dark", [False, True])
@pytest.mark.parametrize("view", list(VIEWS))
def test_nothing_in_a_drawing_leads_elsewhere(view, is_dark):
    text = draw_map(a_map([Points(rows=pd.DataFrame([SPOT]))], view), Palette(is_dark=is_dark), None).to_json()
    assert "http:" not in text.replace("http://www.w3.org/2000/svg", "")
    assert "https:" not in text
    assert json.loads(text)["mapStyle"] == "__MAP_STYLE__"
    assert "TileLayer" not in text


def test_names_and_details_are_never_markup():
    tip = named(drawn(a_map([Points(rows=pd.DataFrame([SPOT]))])), "points")["data"][0]["tip"]
    assert tip == "<b>Park &lt;b&gt;A&lt;/b&gt;</b><br>26 animals<br>&lt;script&gt;x&lt;/script&gt;"


def test_an_approximate_position_is_hollow():
    rows = pd.DataFrame([SPOT | {"is_approximate": False}, SPOT | {"is_approximate": True}])
    icons = [item["i"]["id"] for item in named(drawn(a_map([Points(rows=rows)])), "points")["data"]]
    assert icons[0].endswith("False")
    assert icons[1].endswith("True")
    assert icons[0] != icons[1]


def test_a_stated_area_is_a_ring_of_its_true_size():
    path = ring((130.0, 45.0), 50)
    assert path[0] == path[-1]
    north = max(point[1] for point in path)
    assert (north - 45.0) * 111.32 == pytest.approx(50, rel=0.01)
    rings = named(
        drawn(a_map([Points(rows=pd.DataFrame([SPOT | {"radius_m": None}, SPOT | {"radius_m": 5000.0}]))])), "rings"
    )
    assert len(rings["data"]) == 1


def test_only_a_known_direction_has_a_head():
    rows = pd.DataFrame([WAY, WAY | {"is_directed": False, "name": "Both"}])
    specification = drawn(a_map([Arrows(rows=rows)], kind="method"))
    assert len(named(specification, "arrows")["data"]) == 2
    assert len(named(specification, "heads")["data"]) == 1


def test_ways_between_the_same_places_do_not_lie_on_each_other():
    specification = drawn(a_map([Arrows(rows=pd.DataFrame([WAY, WAY]))], kind="method"))
    first, second = (item["path"] for item in named(specification, "arrows")["data"])
    assert first[0] == second[0]
    assert first[12] != second[12]


def test_a_bent_way_begins_and_ends_at_its_ends_and_its_head_points_there():
    path = bend((131.0, 43.0), (127.0, 38.0), 0.2)
    assert (path[0], path[-1]) == ([131.0, 43.0], [127.0, 38.0])
    assert head(path, 0.5)[0] == [127.0, 38.0]


def test_the_ground_is_encoded_once_and_alike():
    assert ground("region", False) is ground("region", False)
    assert ground("region", False) != ground("region", True)
    assert len(ground("region", False)) < 250_000


def test_a_drawing_is_the_same_every_time():
    block = a_map([Points(rows=pd.DataFrame([SPOT])), Arrows(rows=pd.DataFrame([WAY]))])
    assert draw_map(block, Palette(), None).to_json() == draw_map(block, Palette(), None).to_json()


def test_the_legend_names_what_occurs_and_nothing_else(words):
    groups = {"international": "international", "national": "national"}
    rows = pd.DataFrame([SPOT | {"is_approximate": True}])
    labels = [label for _, _, label in map_legend(a_map([Points(rows=rows, groups=groups)]), Palette(), words)]
    assert labels == ["national", words("maps.hollow")]


@pytest.mark.parametrize("view", list(VIEWS))
def test_the_disclaimer_and_the_source_stand_below_every_map(view, words):
    source, disclaimer, *_ = map_notes(a_map([], view), words)
    assert "United Nations" in disclaimer
    assert ("OpenStreetMap" if view == "tumen" else "United Nations Geospatial data") in source


def test_the_notes_say_only_what_the_view_shows(words):
    spot = [Points(rows=pd.DataFrame([SPOT]))]
    assert "Korea" not in " ".join(map_notes(a_map(spot, "tumen"), words))
    assert words("maps.coarse_region") in map_notes(a_map(spot), words)
    assert words("maps.dashed_region") in map_notes(a_map(spot), words)


def test_a_way_that_leaves_the_frame_is_never_silent(words):
    inside, south = Arrows(rows=pd.DataFrame([WAY])), Arrows(rows=pd.DataFrame([WAY | {"to_latitude": 12.6}]))
    assert not any("outside" in note for note in map_notes(a_map([inside], kind="method"), words))
    assert words("maps.outside", count=1) in map_notes(a_map([south], kind="method"), words)


@pytest.mark.parametrize("is_dark", [False, True])
def test_each_species_has_its_own_sign_on_its_lines_and_in_the_legend(is_dark, words, ask):
    palette = make_palette(ask("species_styles"), is_dark)
    rows = pd.DataFrame([WAY | {"group": species} for species in palette.species])
    block = a_map(
        [Arrows(rows=rows, groups={key: style.label for key, style in palette.species.items()})], kind="species"
    )
    legend = map_legend(block, palette, words)
    assert len(legend) == 7
    assert len({sign for _, sign, _ in legend}) == len(legend)
    specification = json.loads(draw_map(block, palette, words).to_json())
    assert len({item["i"]["id"] for item in named(specification, "signs")["data"]}) == 6


def test_a_site_without_a_stated_area_looks_different_from_a_small_one(words):
    rows = pd.DataFrame([SPOT | {"size": 0.0}, SPOT | {"size": None}])
    block = a_map([Points(rows=rows, groups={"national": "national"})])
    small, unknown = (item["i"] for item in named(drawn(block), "points")["data"])
    assert small["url"] != unknown["url"]
    assert small["id"] != unknown["id"]
    assert words("maps.unsized") in [label for _, _, label in map_legend(block, Palette(), words)]
    assert words("maps.unsized") not in [
        label for _, _, label in map_legend(a_map([Points(rows=rows.head(1))]), Palette(), words)
    ]


@pytest.mark.parametrize("is_dark", [False, True])
def test_rivers_are_seen_on_the_land(is_dark):
    assert contrast(GROUND["river"][is_dark], GROUND["member"][is_dark]) >= 1.8


def test_the_names_of_the_two_states_in_korea_keep_apart_on_a_small_map():
    block = dataclasses.replace(a_map([]), size="small")
    scale = 512 * 2 ** opening_zoom(block) / 360
    boxes = {}
    for row in named(drawn(block), "names")["data"]:
        middle = -upward(row["p"][1]) * scale + row["o"][1]
        tall = (row["t"].count("\n") + 1) * NAME_PIXELS["small"]
        boxes[row["t"].replace("\n", " ")] = (middle - tall / 2, middle + tall / 2)
    assert boxes["Democratic People's Republic of Korea"][1] <= boxes["Republic of Korea"][0]


def test_lakes_of_the_inset_have_no_specks_and_no_steps():
    for item in layer("tumen_land")["features"]:
        for part in shapely.get_parts(shape(item["geometry"])):
            for lake in part.interiors:
                assert shapely.Polygon(lake).area > 0.00005
                assert len(lake.coords) > 12
