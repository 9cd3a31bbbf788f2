"""Maps: our own basemap, honest markers, nothing asked of anyone."""

import base64
import json
import re

import pandas as pd
import pytest
import shapely
from shapely.geometry import Point, shape

from neaspec.blocks import Arrows, Column, Map, Points, Table, walk
from neaspec.palette import Palette, contrast, make_palette
from neaspec.render.maps.basemap import FINE_FROM, LAYERS, VIEWS, layer, layer_version
from neaspec.render.maps.deck import draw_map, opening_state, view_asked, view_name
from neaspec.render.maps.fine_ground import version
from neaspec.render.maps.frame import NEAREST, OPENS, OPENS_MARGIN, shown_places
from neaspec.render.maps.layers import DASHES, GROUND, ground, marker_pixels
from neaspec.render.maps.legend import map_legend, map_notes
from neaspec.render.maps.name_layers import placed_names
from neaspec.render.maps.names import SHORTER, square, states
from neaspec.render.maps.shapes import bend, heading, upward
from neaspec.sections import movements
from neaspec.sections.movements import MovementsChoices
from tests.support.maps_of_pages import maps_of_pages

TABLE = Table(title="t", columns=(Column(name="name", label="Name"),), rows=pd.DataFrame({"name": []}), file_name="t")
SPOT = {
    "latitude": 42.4,
    "longitude": 130.6,
    "name": "Park <b>A</b>",
    "tooltip": "26 animals\n<script>x</script>",
    "group": "national",
}
WAY = {
    "from_latitude": 43.0,
    "from_longitude": 131.0,
    "to_latitude": 38.0,
    "to_longitude": 127.0,
    "name": "Flight",
    "tooltip": "",
    "group": "telemetry",
    "weight": 3,
    "is_directed": True,
}


@pytest.fixture(scope="module")
def every_map(ask):
    return list(maps_of_pages(ask))


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
    return [
        item["properties"]["country"]
        for item in layer(name)["features"]
        if shapely.make_valid(shape(item["geometry"])).contains(Point(longitude, latitude))
    ]


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
    fetched = [address for address in re.findall(r'"data":"([^"]*)"', text) if not address.startswith("data:")]
    finer = [f"/ground/{version()}/{{x}}/{{y}}.json"] * (view == "region")
    coarse = [f"/ground/{layer_version(name)}/base/{name}.json" for name in LAYERS[view] if "labels" not in name]
    assert fetched == [*coarse, *finer]


def test_the_markup_of_a_tooltip_is_in_its_template_and_the_data_are_plain_text():
    drawing = draw_map(a_map([Points(rows=pd.DataFrame([SPOT]))]), Palette(), None)
    spot = named(json.loads(drawing.to_json()), "points")["data"][0]
    assert spot["name"] == "Park <b>A</b>"
    assert spot["details"] == "26 animals\n<script>x</script>"
    assert set(re.findall(r"{(\w+)}", drawing._tooltip["html"])) == {"name", "details"}


@pytest.mark.parametrize("kind", ["points", "arrows"])
def test_everything_that_answers_the_pointer_has_all_fields_of_the_tooltip(kind):
    bare = {"name": "Place", "tooltip": None}
    block = a_map([Points(rows=pd.DataFrame([SPOT | bare])), Arrows(rows=pd.DataFrame([WAY | bare]))], kind="method")
    for item in drawn(block)["layers"]:
        if item["id"].startswith(kind):
            assert item["pickable"]
            assert [(row["name"], row["details"]) for row in item["data"]] == [("Place", "")]
        elif not item["id"].startswith(("points", "arrows")):
            assert not item.get("pickable", False), item["id"]


def test_a_name_cannot_stand_for_a_field_of_the_tooltip():
    rows = pd.DataFrame([SPOT | {"name": "Bay {details} <x>"}])
    assert "{details}" not in named(drawn(a_map([Points(rows=rows)])), "points")["data"][0]["name"]


def test_an_approximate_position_is_hollow():
    far = SPOT | {"latitude": 20.0, "longitude": 100.0, "is_approximate": True}
    rows = pd.DataFrame([SPOT | {"is_approximate": False}, far])
    signs = named(drawn(a_map([Points(rows=rows)])), "points")
    assert len({row["i"] for row in signs["data"]}) == 2
    drawing = base64.b64decode(signs["iconAtlas"].partition(",")[2]).decode()
    assert drawing.count('fill="none"') == 1


def test_signs_lines_and_names_keep_their_size_at_every_zoom():
    specification = drawn(a_map([Points(rows=pd.DataFrame([SPOT])), Arrows(rows=pd.DataFrame([WAY]))], kind="method"))
    kinds = [item["@@type"] for item in specification["layers"]]
    assert kinds.count("IconLayer") == 3
    for item in specification["layers"]:
        if item["@@type"] == "TileLayer" and item["id"] != "fine":
            assert {"iconSizeUnits", "textSizeUnits"} & set(item)
        elif item["@@type"] == "IconLayer":
            assert item["sizeUnits"] == "pixels", item["id"]
        elif item["@@type"] == "PathLayer":
            assert item["widthUnits"] == "pixels", item["id"]
        elif item["@@type"] == "TextLayer":
            assert item.get("sizeUnits", "pixels") == "pixels"
        else:
            assert item["id"] == "sea" or item["lineWidthUnits"] == "pixels", item["id"]


def test_no_area_is_drawn_that_could_cover_a_neighbour(every_map, words):
    for block in every_map:
        for item in drawn(block, words=words)["layers"]:
            if item["id"] not in ("sea", "fine") and not item["id"].endswith(("_land", "_lakes")):
                assert not item.get("filled", False), item["id"]
                assert "Polygon" not in item["@@type"] and "Scatter" not in item["@@type"], item["id"]


def test_only_a_known_direction_has_a_head():
    rows = pd.DataFrame([WAY, WAY | {"is_directed": False, "name": "Both"}])
    specification = drawn(a_map([Arrows(rows=rows)], kind="method"))
    lines = named(specification, "arrows")["data"]
    assert [row["name"] for row in lines] == ["Flight", *["Both"] * DASHES]  # what has no direction is dashed
    assert len(named(specification, "heads")["data"]) == 1


def test_ways_between_the_same_places_do_not_lie_on_each_other():
    specification = drawn(a_map([Arrows(rows=pd.DataFrame([WAY, WAY]))], kind="method"))
    first, second = (item["path"] for item in named(specification, "arrows")["data"])
    assert first[0] == second[0]
    assert first[12] != second[12]


def test_a_bent_way_begins_and_ends_at_its_ends_and_its_head_points_there():
    path = bend((131.0, 43.0), (127.0, 38.0), 0.2)
    assert (path[0], path[-1]) == ([131.0, 43.0], [127.0, 38.0])
    assert -180 < heading(path) < -90  # to the south-west
    assert heading([[0, 0], [1, 0], [2, 0]]) == 0
    assert heading([[0, 0], [0, 1], [0, 2]]) == 90


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
    spot = [Points(rows=pd.DataFrame([SPOT, SPOT | {"longitude": 90.0}]))]  # far apart: a map of the whole region
    assert "Korea" not in " ".join(map_notes(a_map(spot, "tumen"), words))
    assert words("maps.coarse_region") in map_notes(a_map(spot), words, is_still=True)
    assert words("maps.source_fine") in map_notes(a_map(spot), words)
    assert words("maps.dashed_region") in map_notes(a_map(spot), words)


def in_frame(block, width=560, height=520):
    state = opening_state(block)
    scale = 512 * 2 ** state["zoom"] / 360
    across = [(place[0] - state["longitude"]) * scale + width / 2 for place in shown_places(block)]
    down = [(upward(state["latitude"]) - upward(place[1])) * scale + height / 2 for place in shown_places(block)]
    return all(0 < x < width for x in across) and all(0 < y < height for y in down), across, down


def test_every_map_opens_on_what_it_shows_on_a_telephone_too(every_map):
    for block in every_map:
        width, height = OPENS[block.size]
        is_inside, across, down = in_frame(block, width, height)
        assert is_inside, (block.title, across, down)
        free = 2 * OPENS_MARGIN[block.size] + 1  # what is shown fills the rest of the frame, one way at least
        fills = max(across) - min(across) >= width - free or max(down) - min(down) >= height - free
        assert fills or opening_state(block)["zoom"] == NEAREST[block.view], block.title


def test_tigers_between_two_states_open_on_their_border_and_not_on_the_region(ask, words):
    whole, tigers = (
        next(block for block in walk(movements.page(ask, words, choices).blocks) if isinstance(block, Map))
        for choices in (MovementsChoices(), MovementsChoices(species_id="amur_tiger"))
    )
    assert opening_state(whole)["zoom"] < 3.2
    state = opening_state(tigers)
    assert state["zoom"] > 4.5
    assert 128 < state["longitude"] < 136
    assert 42 < state["latitude"] < 50
    assert view_name(whole) != view_name(tigers)


def test_one_place_opens_near_but_not_nearer_than_the_ground_allows():
    state = opening_state(a_map([Points(rows=pd.DataFrame([SPOT]))]))
    assert (state["longitude"], state["latitude"], state["zoom"]) == (130.6, 42.4, NEAREST["region"])
    assert state["zoom"] >= FINE_FROM


def test_a_drawing_without_places_opens_on_the_whole_view():
    assert opening_state(a_map([]))["zoom"] == VIEWS["region"]["zoom"]


def test_a_map_is_moved_when_other_places_are_shown_and_only_then():
    first, second = (a_map([Points(rows=pd.DataFrame([SPOT | {"longitude": x}]))]) for x in (130.6, 130.7))
    assert view_name(first) != view_name(second)
    assert drawn(first)["views"][0]["id"] == drawn(first, is_dark=True)["views"][0]["id"] == view_name(first)


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
    rows = pd.DataFrame([SPOT | {"size": 0.0}, SPOT | {"size": None, "latitude": 47.0}])
    block = a_map([Points(rows=rows, groups={"national": "national"})])
    small, unknown = (item["i"] for item in named(drawn(block, words=words), "points")["data"])
    assert small != unknown  # names of drawings
    assert words("maps.unsized") in [label for _, _, label in map_legend(block, Palette(), words)]
    assert words("maps.unsized") not in [
        label for _, _, label in map_legend(a_map([Points(rows=rows.head(1))]), Palette(), words)
    ]


@pytest.mark.parametrize("is_dark", [False, True])
def test_rivers_are_seen_on_the_land(is_dark):
    assert contrast(GROUND["river"][is_dark], GROUND["member"][is_dark]) >= 1.8


def meet(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def test_no_name_covers_a_sign_or_another_name_where_a_map_opens(every_map):
    seen = 0
    for block in every_map:
        paper, of_states, of_places = placed_names(block)
        boxes = [name.box() for name in (*of_states, *of_places)]
        signs = [
            square(paper.place(row.longitude, row.latitude), marker_pixels(row._asdict()))
            for part in block.layers
            if isinstance(part, Points)
            for row in part.rows.itertuples()
        ]
        for number, one in enumerate(boxes):
            seen += 1
            assert not [sign for sign in signs if meet(one, sign)], (block.title, of_states, number)
            assert not [other for other in boxes[number + 1 :] if meet(one, other)], block.title
    assert seen > 30


def full_name(name):
    return next((full for full, short in SHORTER.items() if short == name.lines), " ".join(name.lines))


def test_a_name_that_stands_beside_its_land_has_a_line_to_it(every_map):
    for block in every_map:
        paper, of_states, _ = placed_names(block)
        for name in of_states:
            full = full_name(name)
            land = next(shape for known, _, shape in states(block.view)[0] if known == full)
            at = paper.ground(*(name.towards or (name.x, name.y)))
            assert land.buffer(0.4).contains(Point(at)), (block.title, full)


def test_the_names_of_both_states_in_korea_are_there_on_the_whole_map(every_map):
    for block in every_map:
        if block.view == "region" and opening_state(block)["zoom"] < 3 and block.size != "small":
            names = {full_name(name) for name in placed_names(block)[1]}
            assert {"Republic of Korea", "Democratic People's Republic of Korea"} <= names, block.title


def test_lakes_of_the_inset_have_no_specks_and_no_steps():
    for item in layer("tumen_land")["features"]:
        for part in shapely.get_parts(shape(item["geometry"])):
            for lake in part.interiors:
                assert shapely.Polygon(lake).area > 0.00005
                assert len(lake.coords) > 12


@pytest.mark.parametrize("text", ["", "1_2", "a_b_c", "200_10_3", "1_89_3", "nan_1_2", "1_2_3_4", "1e9_0_3"])
def test_a_view_that_no_map_has_is_not_taken(text):
    assert view_asked(text) is None
