"""What maps draw: the look of signs, lines and outlines, legend and notes, what a selection and a month change."""

import base64
import json
from typing import Any

import numpy as np
import pandas as pd
import pytest

from neaspec.blocks import Arrows, Column, Map, Outlines, Points, Table
from neaspec.palette import METHODS, PROTECTION, SURFACE, Palette, Style, rgb
from neaspec.render.maps.deck import (
    LiveMap,
    ViewAsked,
    draw_map,
    in_month,
    listed,
    opening_state,
    over_layers,
    tooltip_style,
    view_asked,
    view_name,
    within,
)
from neaspec.render.maps.fine_ground import pieces, tile
from neaspec.render.maps.frame import Paper
from neaspec.render.maps.layers import (
    GROUND,
    bent_lines,
    colour,
    draw_arrows,
    draw_points,
    fine_ground,
    ground,
    is_true,
    marker_pixels,
    number_or,
    one_tile,
    selection_layers,
    tooltip_fields,
)
from neaspec.render.maps.legend import map_groups, map_legend, map_notes, map_signs
from neaspec.render.maps.outlines import dashed, outline_layers, outline_svg, top_of
from neaspec.render.maps.signs import Atlas, count_sign, placed_sign, sign_layers
from neaspec.text import load_words

WORDS = load_words("en")
LIGHT = Palette()
INK = list(rgb(SURFACE["text_soft"][0]))
TABLE = Table(title="t", columns=(Column(name="name", label="Name"),), rows=pd.DataFrame({"name": []}), file_name="t")
BOX = [(130.0, 42.0), (131.0, 42.0), (131.0, 43.0), (130.0, 43.0), (130.0, 42.0)]


def spot(**given: Any) -> dict[str, Any]:
    return {"longitude": 130.5, "latitude": 42.5, "name": "Park", "tooltip": "", "group": "national"} | given


def way(**given: Any) -> dict[str, Any]:
    ends = {"from_longitude": 130.0, "from_latitude": 40.0, "to_longitude": 140.0, "to_latitude": 40.0}
    return ends | {"name": "Way", "tooltip": "", "group": "ring", "weight": 1, "is_directed": True} | given


def points(*rows: dict[str, Any], **groups: str) -> Points:
    return Points(rows=pd.DataFrame(list(rows)), groups=groups)


def arrows(*rows: dict[str, Any], **groups: str) -> Arrows:
    return Arrows(rows=pd.DataFrame(list(rows)), groups=groups)


def outline() -> Outlines:
    return Outlines(rows=pd.DataFrame([{"name": "Draft", "tooltip": "5 ha", "label": "A <b>", "parts": [[BOX]]}]))


def a_map(*layers: Any, **given: Any) -> Map:
    named: dict[str, Any] = {"group_kind": "protection"} | given
    return Map(title="t", layers=layers, alt="a", table=TABLE, **named)


@pytest.mark.parametrize(
    ("row", "fields"),
    [
        ({"name": "Park", "tooltip": " one \n\n two"}, {"name": "Park", "details": "one\ntwo"}),
        ({"name": "a{b}", "tooltip": None}, {"name": "a{\u2060b}", "details": ""}),
        ({"name": "Park", "id": 5}, {"name": "Park", "details": "", "id": "5"}),
    ],
)
def test_the_pointer_is_told_the_name_and_lines_without_empty_ones(row: Any, fields: dict[str, str]) -> None:
    assert tooltip_fields(row) == fields


def test_optional_cells_have_a_meaning_when_they_are_empty() -> None:
    row: dict[Any, Any] = {"yes": True, "no": False, "none": None, "nan": float("nan"), "three": 3}
    assert [is_true(row, name) for name in ("yes", "no", "none", "nan", "missing")] == [
        True,
        False,
        False,
        False,
        False,
    ]
    assert [number_or(row, name, 7) for name in ("three", "none", "nan", "missing")] == [3.0, 7, 7, 7]


@pytest.mark.parametrize(
    ("row", "pixels"),
    [
        ({}, 13),
        ({"size": None}, 10),
        ({"size": 0.0}, 10),
        ({"size": 0.24}, 10),
        ({"size": 0.26}, 13),
        ({"size": 0.76}, 16),
        ({"size": 9.0}, 16),
        ({"size": -1.0}, 10),
    ],
)
def test_a_marker_is_small_medium_or_large(row: dict[Any, Any], pixels: int) -> None:
    assert marker_pixels(row) == pixels


def test_a_colour_of_the_ground_has_its_opacity() -> None:
    assert colour("sea", LIGHT) == [*rgb(GROUND["sea"][0]), 255]
    assert colour("sea", Palette(is_dark=True), 0.5) == [*rgb(GROUND["sea"][1]), 128]


def test_the_ground_is_sea_land_waters_and_lines_each_in_its_colour() -> None:
    layers = {item["id"]: item for item in json.loads(f"[{ground('region', False, '')}]")}
    assert list(layers) == ["sea", "region_land", "region_lakes", "region_rivers", "region_borders"]
    assert layers["sea"]["data"][0]["p"] == [[40, -10], [200, -10], [200, 80], [40, 80]]
    land = layers["region_land"]
    assert land["getFillColor"] == f"@@=properties.is_member ? {colour('member', LIGHT)} : {colour('land', LIGHT)}"
    assert (land["stroked"], land["filled"]) == (False, True)
    lakes, rivers, borders = (layers[f"region_{name}"] for name in ("lakes", "rivers", "borders"))
    assert (lakes["stroked"], lakes["filled"], lakes["getLineWidth"]) == (True, True, 0.8)
    assert (lakes["getFillColor"], lakes["getLineColor"]) == (colour("water", LIGHT), colour("river", LIGHT))
    assert (rivers["filled"], rivers["stroked"], rivers["getLineWidth"], rivers["getLineColor"]) == (
        False,
        True,
        1,
        colour("river", LIGHT),
    )
    assert (borders["filled"], borders["stroked"], borders["getLineWidth"], borders["getLineColor"]) == (
        False,
        True,
        1.3,
        colour("line", LIGHT),
    )
    assert not any(item.get("pickable") for item in layers.values())


def test_the_finer_ground_is_asked_for_from_a_zoom_of_five_and_a_half_on() -> None:
    fine = fine_ground(LIGHT)
    assert (fine["minZoom"], fine["maxZoom"], fine["tileSize"], fine["maxRequests"]) == (5.5, 6, 512, 12)
    assert (fine["pickable"], fine["stroked"], fine["filled"]) == (False, False, True)
    assert fine["getFillColor"] == (
        f"@@=properties.kind == 'sea' ? {colour('sea', LIGHT)} : "
        f"properties.kind == 'water' ? {colour('water', LIGHT)} : "
        f"properties.is_member ? {colour('member', LIGHT)} : {colour('land', LIGHT)}"
    )
    assert fine["getLineColor"] == f"@@=properties.kind == 'river' ? {colour('river', LIGHT)} : {colour('line', LIGHT)}"
    assert fine["getLineWidth"] == "@@=properties.kind == 'river' ? 1 : 1.3"


@pytest.mark.parametrize(
    ("x", "y", "is_there"),
    [(47, 18, True), (58, 29, True), (46, 18, False), (59, 29, False), (47, 17, False), (58, 30, False)],
)
def test_a_tile_of_the_finer_ground_begins_with_its_sea(x: int, y: int, is_there: bool) -> None:
    features = json.loads(tile(x, y))["features"]
    assert bool(features) is is_there
    if is_there:
        assert features[0]["properties"] == {"kind": "sea", "is_member": False}
        ring = features[0]["geometry"]["coordinates"][0]
        assert len(ring) == 5 and ring[0] == ring[-1]
        west, east = ring[0][0], ring[1][0]
        assert east - west == pytest.approx(5.625, abs=0.002) and ring[2][1] > ring[1][1]
        assert len(features) == 1 + len(pieces().get((x, y), []))


def test_a_marker_has_its_place_size_and_icon() -> None:
    (layer,) = draw_points(a_map(), 3, points(spot(size=1.0), spot(size=None, is_approximate=True)), LIGHT)
    assert (layer["id"], layer["getSize"], layer["getAngle"], layer["pickable"]) == ("points3", "@@=s", 0, True)
    assert (layer["sizeUnits"], layer["alphaCutoff"]) == ("pixels", 0.01)
    large, unsized = layer["data"]
    assert (large["p"], large["s"], unsized["s"]) == ([130.5, 42.5], 16, 10)
    assert (large["i"]["width"], large["i"]["height"]) == (64, 64)
    assert large["i"]["id"] == f"{PROTECTION['national'][0]}circleFalse"
    assert unsized["i"]["id"] == f"{PROTECTION['national'][0]}circledotTrue"


def test_ways_between_the_same_ends_are_bent_further_and_further() -> None:
    same, back, other = way(), way(from_longitude=140.0, to_longitude=130.0), way(to_latitude=50.0)
    middles = [path[12] for _, path, _ in bent_lines(arrows(same, same, back, other))]
    assert middles[0][1] == pytest.approx(40 + 10 * 0.12, abs=0.001)
    assert middles[1][1] == pytest.approx(40 + 10 * 0.19, abs=0.001)
    assert middles[2][1] == pytest.approx(40 - 10 * 0.26, abs=0.001)  # to the left of its own direction
    assert middles[3] == pytest.approx([135 - 1.2, 45 + 1.2], abs=0.001)


@pytest.mark.parametrize(
    ("weight", "share"),
    [(0, 0), (-3, 0), (39, 1), (1000, 1), (None, np.log(2) / np.log(40)), (3, np.log(4) / np.log(40))],
)
def test_a_way_of_many_animals_is_wider(weight: float | None, share: float) -> None:
    ((_, _, found),) = bent_lines(arrows(way(weight=weight)))
    assert found == pytest.approx(share)


def test_a_line_has_the_colour_of_its_group_a_width_and_a_head_at_its_end() -> None:
    block = a_map(group_kind="method")
    lines, heads, signs = draw_arrows(
        block, 1, arrows(way(weight=39), way(weight=0, to_latitude=50.0), ring="ring"), LIGHT
    )
    assert [item["id"] for item in (lines, heads, signs)] == ["arrows1", "heads1", "signs1"]
    first, second = lines["data"]
    assert (first["c"], first["w"], second["w"]) == ([*rgb(METHODS["ring"][0]), 220], 3.0, 1.5)
    assert heads["data"][0]["p"] == [140.0, 40.0] and heads["getSize"] == 12
    icon = heads["data"][0]["i"]
    assert (icon["width"], icon["height"], icon["anchorX"], icon["anchorY"]) == (64, 64, 64, 32)
    assert heads["getAngle"] == "@@=a" and not heads["pickable"] and not signs["pickable"]
    assert heads["data"][0]["a"] == pytest.approx(-30, abs=0.1)
    assert signs["data"][0]["p"] == first["path"][12] and signs["getSize"] == 13
    assert lines["pickable"] and lines["capRounded"] and lines["widthUnits"] == "pixels"
    assert draw_arrows(block, 1, arrows(way()), LIGHT)[2]["data"] == []  # a group that is not named has no sign


def test_beside_a_selected_way_the_others_are_pale_and_without_heads() -> None:
    rows = arrows(way(id="a"), way(id="b", to_latitude=50.0), ring="ring")
    lines, heads, signs = draw_arrows(a_map(group_kind="method"), 0, rows, LIGHT, frozenset({"a"}))
    strong, pale = lines["data"]
    assert (strong["c"][3], strong["w"], pale["c"][3]) == (255, 3, 70)
    assert len(heads["data"]) == len(signs["data"]) == 1
    untouched = draw_arrows(a_map(group_kind="method"), 0, rows, LIGHT, frozenset({"elsewhere"}))[0]["data"]
    assert [row["c"][3] for row in untouched] == [220, 220]
    pale_ones = draw_arrows(a_map(group_kind="method"), 0, arrows(way(is_pale=True)), LIGHT)
    assert pale_ones[0]["data"][0]["c"][3] == 70 and pale_ones[1]["data"] == []


def test_what_is_selected_has_a_ring_or_a_broad_line() -> None:
    block = a_map(points(spot(id="a"), spot(id="b")), arrows(way(id="w"), way(id="v")), outline())
    accent = [*rgb(SURFACE["accent"][0]), 255]
    ring, line = selection_layers(block, frozenset({"b", "w"}), LIGHT)
    assert ring["data"] == [{"p": [130.5, 42.5]}]
    assert (ring["getRadius"], ring["getLineWidth"], ring["getLineColor"]) == (13, 3, accent)
    assert (ring["stroked"], ring["filled"], ring["pickable"]) == (True, False, False)
    assert len(line["data"]) == 1 and (line["getWidth"], line["getColor"]) == (6, accent)
    assert line["capRounded"] is True and line["pickable"] is False
    assert selection_layers(block, frozenset(), LIGHT) == []
    assert [item["id"] for item in selection_layers(block, frozenset({"w"}), LIGHT)] == ["selected-line"]
    assert selection_layers(a_map(points(spot())), frozenset({"a"}), LIGHT) == []


@pytest.mark.parametrize(
    ("limits", "shown"), [((None, None), (None, None)), ((2.0, None), (2.0, None)), ((None, 5.0), (None, 4.999))]
)
def test_a_layer_between_two_zooms_is_one_tile_with_its_rows_in_its_address(limits: Any, shown: Any) -> None:
    layer = one_tile("n", [{"type": "Feature"}], limits)
    assert (layer["visibleMinZoom"], layer["visibleMaxZoom"]) == shown
    assert (layer["minZoom"], layer["maxZoom"]) == (0, 0)
    assert layer["data"].startswith("data:application/json;base64,")


def test_signs_are_drawn_once_in_rows_of_eight() -> None:
    atlas = Atlas()
    assert [atlas.name(f"<g>{number % 9}</g>") for number in range(10)] == [f"s{number}" for number in (*range(9), 0)]
    assert atlas.mapping()["s7"] == {"x": 504, "y": 0, "width": 72, "height": 72}
    assert atlas.mapping()["s8"] == {"x": 0, "y": 72, "width": 72, "height": 72}

    drawing = base64.b64decode(atlas.address().partition(",")[2]).decode()
    assert 'width="576" height="144"' in drawing
    assert '<svg x="504" y="0" width="72" height="72" viewBox="0 0 24 24"><g>7</g></svg>' in drawing
    assert '<svg x="0" y="72" width="72" height="72"' in drawing
    assert 'width="72" height="72">' in base64.b64decode(Atlas().address().partition(",")[2]).decode()


@pytest.mark.parametrize(("count", "size", "level"), [(9, 20, "23.2"), (10, 16, "21.76")])
def test_a_group_shows_its_number_in_a_disc(count: int, size: int, level: str) -> None:
    sign = count_sign(count, LIGHT)
    assert f'font-size="{size}"' in sign and f'y="{level}"' in sign and f">{count}</text>" in sign
    assert '<svg x="4" y="4" width="16" height="16" viewBox="-1 -1 34 34">' in sign
    assert 'cx="16" cy="16" r="15"' in sign and f'stroke="{SURFACE["text_soft"][0]}"' in sign


def test_a_sign_stands_in_the_middle_of_the_square_that_answers() -> None:
    sign = placed_sign(Style("#112233", "circle"), False, LIGHT, False, 10)
    assert sign.startswith('<svg x="7" y="7" width="10" height="10"')
    assert f'stroke="{SURFACE["background"][0]}"' in sign


@pytest.mark.parametrize(("size", "dots"), [(None, 1), (float("nan"), 1), (0.0, 0), (1.0, 0)])
def test_only_a_sign_without_a_stated_size_has_a_dot_however_its_cell_is_empty(size: float | None, dots: int) -> None:
    block = a_map(points(spot(size=size)))
    (layer,) = sign_layers(block, 0, block.layers[0], LIGHT, WORDS, 2.0)  # type: ignore[arg-type]
    drawing = base64.b64decode(layer["iconAtlas"].partition(",")[2]).decode()
    assert drawing.count('r="5"') == dots
    (still,) = draw_points(block, 0, block.layers[0], LIGHT)  # type: ignore[arg-type]
    assert ("dot" in still["data"][0]["i"]["id"]) is bool(dots)


def test_a_group_names_four_of_its_places_and_how_many_more() -> None:
    rows = [spot(name=f"P{number}", id=f"k{number}") for number in range(6)]
    block = a_map(points(*rows))
    (layer,) = sign_layers(block, 2, block.layers[0], LIGHT, WORDS, 2.0)  # type: ignore[arg-type]
    (sign,) = layer["data"]
    assert layer["id"] == "points2-0" and layer["getSize"] == 24
    assert sign["name"] == WORDS("maps.group", count=6)
    assert sign["details"].split("\n") == ["P0", "P1", "P2", "P3", WORDS("maps.group_more", count=2)]
    assert sign["id"] == "k0,k1,k2,k3,k4,k5"
    four = points(*[{key: value for key, value in row.items() if key != "id"} for row in rows[:4]])
    (alone,) = sign_layers(block, 2, four, LIGHT, WORDS, 2.0)[0]["data"]
    assert alone["details"] == "P0\nP1\nP2\nP3" and "id" not in alone


def test_the_legend_has_the_groups_that_occur_and_what_signs_mean() -> None:
    block = a_map(
        points(spot(size=None, is_approximate=True), national="national", none="none"),
        arrows(way(), ring="ring", genetic="genetic"),
        group_kind="method",
    )
    grey = METHODS["ring"][0]
    assert map_groups(block, LIGHT) == [("#6B747D", "✖", "national"), (grey, "─■─", "ring")]
    soft = SURFACE["text_soft"][0]
    assert map_signs(block, LIGHT, WORDS) == [
        (soft, "○", WORDS("maps.hollow")),
        (soft, "⊙", WORDS("maps.unsized")),
        (soft, "⤳", WORDS("maps.arrow")),
    ]
    assert [sign for _, sign, _ in map_legend(block, LIGHT, WORDS)] == ["✖", "─■─", "○", "⊙", "⤳"]


@pytest.mark.parametrize("size", ["small", "middle"])
def test_beside_other_blocks_hollow_signs_are_told_in_the_note(size: Any) -> None:
    block = a_map(points(spot(size=None, is_approximate=True)), outline(), size=size)
    assert [sign for _, sign, _ in map_signs(block, LIGHT, WORDS)] == ["– –"]
    notes = map_notes(block, WORDS)
    assert WORDS("maps.hollow") in notes and WORDS("maps.unsized") in notes
    assert WORDS("maps.hollow") not in map_notes(a_map(points(spot())), WORDS)


def test_signs_that_do_not_occur_are_not_explained() -> None:
    empty = Arrows(rows=pd.DataFrame(columns=list(way())))
    assert map_signs(a_map(points(spot(size=0.5, is_approximate=False)), empty), LIGHT, WORDS) == []
    assert map_signs(a_map(Outlines(rows=outline().rows.head(0))), LIGHT, WORDS) == []
    assert map_signs(a_map(points(spot(is_approximate=None))), LIGHT, WORDS) == []


def notes(*places: tuple[float, float], is_still: bool = False, **given: Any) -> list[str]:
    rows = [spot(longitude=x, latitude=y) for x, y in places]
    keys = (
        "source_near",
        "source_region",
        "source_tumen",
        "disclaimer",
        "dashed_korea",
        "dashed_region",
        "source_fine",
        "coarse_region",
        "names",
    )
    found = map_notes(a_map(points(*rows), **given) if rows else a_map(**given), WORDS, is_still)
    return [next(key for key in keys if WORDS(f"maps.{key}") == note) for note in found]


def test_the_notes_of_a_map_say_what_its_ground_shows() -> None:
    far = ((90.0, 45.0), (130.0, 42.0))
    assert notes(*far) == ["source_region", "disclaimer", "dashed_region", "source_fine"]
    assert notes(*far, is_still=True) == ["source_region", "disclaimer", "dashed_region", "coarse_region", "names"]
    assert notes(is_still=True) == ["source_region", "disclaimer", "dashed_region"]
    assert notes((130.7, 42.4), view="tumen") == ["source_tumen", "disclaimer"]
    assert notes((130.7, 42.4), view="tumen", is_still=True) == ["source_tumen", "disclaimer", "names"]


@pytest.mark.parametrize(
    ("place", "has_line"),
    [
        ((127.0, 38.0), True),
        ((127.0, 42.2), True),
        ((127.0, 42.4), False),
        ((127.0, 34.4), True),
        ((127.0, 34.2), False),
        ((135.4, 38.0), True),
        ((135.6, 38.0), False),
        ((119.6, 38.0), True),
        ((119.4, 38.0), False),
    ],
)
def test_a_near_map_on_paper_tells_of_the_line_in_korea_where_it_may_be_seen(place: Any, has_line: bool) -> None:
    assert notes(place, is_still=True) == ["source_near", "disclaimer", *["dashed_korea"] * has_line]


def test_an_outline_is_dashed_filled_lightly_and_named_at_its_northern_corner() -> None:
    fill, line, label = outline_layers(2, outline(), LIGHT)
    assert [item["id"] for item in (fill, line, label)] == ["outlines2", "outlinedashes2", "outlinenames2"]
    assert fill["getFillColor"] == [*INK, 36] and fill["pickable"] is True
    assert fill["data"][0]["polygon"][0][0] == [130.0, 42.0]
    assert (fill["data"][0]["name"], fill["data"][0]["details"]) == ("Draft", "5 ha")
    assert len(line["data"]) == 48 and (line["data"][0]["c"], line["data"][0]["w"]) == ([*INK, 255], 2.2)
    assert label["data"] == [{"p": [131.0, 43.0], "t": "A <b>"}]
    assert (label["getSize"], label["getPixelOffset"], label["backgroundPadding"]) == (12, [0, -4], [3, 1])
    assert label["getColor"] == [*rgb(SURFACE["text"][0]), 255] and label["background"] is True
    assert label["getBackgroundColor"] == [*rgb(SURFACE["background"][0]), 210] and label["pickable"] is False


def test_dashes_of_a_ring_are_of_one_length_and_keep_its_corners() -> None:
    pieces_of_ring = dashed(BOX)
    assert len(pieces_of_ring) == 48
    assert pieces_of_ring[0] == [[130.0, 42.0], [pytest.approx(130 + 4 / 96, abs=1e-6), 42.0]]
    assert pieces_of_ring[1][0][0] == pytest.approx(130 + 8 / 96, abs=1e-6)
    lengths = [np.abs(np.diff(piece, axis=0)).sum() for piece in pieces_of_ring]
    assert lengths == pytest.approx([4 / 96] * 48, abs=1e-5)
    turned = dashed([(0.0, 0.0), (1.0, 0.0), (1.0, 0.01), (0.0, 0.01)])
    assert max(map(len, turned)) >= 3
    assert top_of({"parts": [[BOX], [[(1.0, 50.0), (2.0, 44.0)]]]}) == (1.0, 50.0)


def test_an_outline_on_paper_has_its_name_above_it_or_at_the_upper_edge() -> None:
    paper = Paper(400, 300, 130.5, 42.5, 6)
    svg = outline_svg(outline(), paper, LIGHT)
    x, y = paper.place(131.0, 43.0)
    assert f'<text x="{x:.1f}" y="{y - 5:.1f}" font-size="12" text-anchor="middle"' in svg
    assert "A &lt;b&gt;</text>" in svg
    assert f'fill="{SURFACE["text_soft"][0]}" fill-opacity="0.14"' in svg and 'stroke-dasharray="7 4"' in svg
    assert svg.startswith('<path d="M') and svg.partition('"')[2].partition('"')[0].endswith("Z")
    low = Paper(400, 300, 130.5, 40.0, 6)
    assert 'y="12.0"' in outline_svg(outline(), low, LIGHT)


@pytest.mark.parametrize(
    ("text", "view"),
    [
        ("130.5_42.25_6", ViewAsked(130.5, 42.25, 6)),
        ("-180_-85_20", ViewAsked(-180, -85, 20)),
        ("181_42_6", None),
        ("130_86_6", None),
        ("130_42_21", None),
        ("130_42", None),
        ("130_42_6_1", None),
        ("130_42_x", None),
        ("1e5_42_6", None),
        ("", None),
    ],
)
def test_an_address_names_the_part_of_a_map_that_was_looked_at(text: str, view: ViewAsked | None) -> None:
    assert view_asked(text) == view


def test_a_map_can_be_moved_within_its_zooms() -> None:
    block = a_map(points(spot()))
    state = opening_state(block)
    assert state == {
        "latitude": 42.5,
        "longitude": 130.5,
        "zoom": 6.5,
        "minZoom": 2.2,
        "maxZoom": 8.0,
        "pitch": 0,
        "bearing": 0,
    }
    assert opening_state(a_map(size="small"))["minZoom"] == pytest.approx(1.7)
    assert [within(block, ViewAsked(1, 2, zoom))["zoom"] for zoom in (1, 5, 9)] == [2.2, 5, 8.0]
    assert within(block, ViewAsked(1, 2, 5)) == {"longitude": 1, "latitude": 2, "zoom": 5}
    live = LiveMap(block, LIGHT, WORDS)
    assert json.loads(live.drawing("", 0, ViewAsked(131, 42, 7)).to_json())["initialViewState"]["zoom"] == 7
    assert live.view_name == view_name(block) != view_name(a_map(points(spot(latitude=43.0))))


def test_a_map_cannot_be_turned() -> None:
    drawing = json.loads(draw_map(a_map(points(spot())), LIGHT, WORDS).to_json())
    assert drawing["views"][0]["controller"] == {"dragRotate": False, "touchRotate": False, "keyboard": True}
    names = [item["id"] for item in drawing["layers"]]
    assert names.index("fine") < names.index("points0-0") < names.index("statenames")
    assert "fine" not in [
        item["id"] for item in json.loads(draw_map(a_map(view="tumen"), LIGHT, WORDS).to_json())["layers"]
    ]


def test_outlines_lie_below_lines_and_lines_below_signs() -> None:
    block = a_map(points(spot(id="a")), arrows(way()), outline(), group_kind="method")
    names = [item["id"] for item in json.loads(draw_map(block, LIGHT, WORDS, "a").to_json())["layers"]]
    order = [names.index(name) for name in ("fine", "outlines2", "selected", "arrows1", "points0-0")]
    assert order == sorted(order)
    still = [item["id"] for item in over_layers(block, LIGHT)]
    assert still == [
        "points0",
        "arrows1",
        "heads1",
        "signs1",
        "outlines2",
        "outlinedashes2",
        "outlinenames2",
        "leaders",
        "statenames",
        "placenames",
    ]


def test_a_month_keeps_its_own_ways_and_pales_those_that_state_none() -> None:
    rows = arrows(way(name="Oct", months="10"), way(name="Jan", months="1 2"), way(name="none", months=""))
    assert in_month(rows, 0) is rows
    october = in_month(rows, 10).rows
    assert list(zip(october["name"], october["is_pale"], strict=True)) == [("Oct", False), ("none", True)]
    assert list(in_month(rows, 1).rows["name"]) == ["Jan", "none"]
    unstated = arrows(way())
    assert in_month(unstated, 3) is unstated


def test_layers_are_listed_without_brackets() -> None:
    assert listed([{"a": 1}, {"b": "ü"}]) == '{"a":1},{"b":"ü"}'
    assert listed([]) == ""
    assert tooltip_style(LIGHT)["border"] == f"1px solid {SURFACE['line'][0]}"
