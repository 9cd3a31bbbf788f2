"""Maps on paper and slides: names on land and sea, heads of arrows, legends in lines, markers; pictures of stories."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import numpy as np
import pandas as pd
import pytest
from pptx import Presentation
from pptx.util import Pt
from shapely import from_wkt

from neaspec.blocks import Arrows, Column, Map, Points, Table
from neaspec.palette import METHODS, PROTECTION, SURFACE, Palette
from neaspec.render.maps.frame import Paper
from neaspec.render.maps.layers import GROUND
from neaspec.render.maps.name_layers import covered, name_layers, placed_names, rounded, text_layer, text_rows
from neaspec.render.maps.names import Land, Name, _on_land, _on_sea, lands, state_names, states
from neaspec.render.pdf.maps import (
    _arrows,
    _commands,
    _halo,
    _legend,
    _points,
    arrow_head,
    ground,
    map_svg,
    near_ground,
    near_outlines,
    svg_height,
)
from neaspec.render.slides.deck import render_story_deck
from neaspec.render.slides.html import render_story, source_items, source_line
from neaspec.render.slides.pictures import draw_chart, draw_map
from neaspec.slides import Figure, Slide, Story
from neaspec.text import load_words
from tests.support.demo_page import demo_palette
from tests.support.small_charts import small

WORDS = load_words("en")
LIGHT = Palette()
TABLE = Table(title="t", columns=(Column(name="name", label="Name"),), rows=pd.DataFrame({"name": []}), file_name="t")
PAPER = Paper(400, 300, 130.0, 40.0, 4)
Spots = list[tuple[float, float]]
LOOKS_NEAR = (("member", 0.8), ("line", 1.1))


def spot(**given: Any) -> dict[str, Any]:
    return {"longitude": 130.0, "latitude": 40.0, "name": "Park", "tooltip": "5 ha\nmore", "group": "national"} | given


def way(**given: Any) -> dict[str, Any]:
    ends = {"from_longitude": 128.0, "from_latitude": 40.0, "to_longitude": 132.0, "to_latitude": 40.0}
    return ends | {"name": "Way", "tooltip": "", "group": "ring", "weight": 39, "is_directed": True} | given


def a_map(*layers: Any, **given: Any) -> Map:
    named: dict[str, Any] = {"group_kind": "protection"} | given
    return Map(title="t", layers=layers, alt="A map.", table=TABLE, **named)


def points(*rows: dict[str, Any], **groups: str) -> Points:
    return Points(rows=pd.DataFrame(list(rows)), groups=groups)


def arrows(*rows: dict[str, Any], **groups: str) -> Arrows:
    return Arrows(rows=pd.DataFrame(list(rows)), groups=groups)


def test_the_head_of_an_arrow_points_along_its_end_and_is_smaller_on_a_short_one() -> None:
    assert arrow_head([(0, 0), (90, 0), (100, 0)], "#1") == '<polygon points="100.0,0.0 91.0,3.8 91.0,-3.8" fill="#1"/>'
    assert arrow_head([(0, 0), (0, 90), (0, 100)], "#1") == '<polygon points="0.0,100.0 -3.8,91.0 3.8,91.0" fill="#1"/>'
    assert 'points="10.0,0.0 6.0,1.7 6.0,-1.7"' in arrow_head([(0, 0), (9, 0), (10, 0)], "#1")
    assert "polygon" in arrow_head([(0, 0), (5, 5), (5, 5)], "#1")


def test_a_legend_goes_on_a_new_line_where_the_map_is_too_narrow() -> None:
    items = [("#111111", "●", "national"), ("#222222", "─■─", "a <way>"), ("#333333", "○", "about")]
    wide, height = _legend(items, LIGHT, 760, 300)
    assert height == 28
    assert re.findall('y="([^"]+)"', wide) == ["320.0"] * 3
    first = (8 + 1 + 2) * 13 * 0.56 + 14
    assert re.findall('x="([^"]+)"', wide)[:2] == ["2.0", f"{2 + first:.1f}"]
    assert '<tspan fill="#222222">–■–</tspan> a &lt;way&gt;' in wide
    assert f'fill="{SURFACE["text"][0]}"' in wide
    narrow, tall = _legend(items, LIGHT, 200, 300)
    assert re.findall('y="([^"]+)"', narrow) == ["320.0", "339.5", "339.5"] or tall > 28
    assert tall == pytest.approx(28 + 19.5 * (len(set(re.findall('y="([^"]+)"', narrow))) - 1))
    assert _legend([], LIGHT, 760, 300) == ("", 0.0)
    just = first + 2 + (7 + 3 + 2) * 13 * 0.56 + 14
    assert len(set(re.findall('y="([^"]+)"', _legend(items[:2], LIGHT, just + 0.01, 300)[0]))) == 1
    assert len(set(re.findall('y="([^"]+)"', _legend(items[:2], LIGHT, just - 0.01, 300)[0]))) == 2


def test_markers_on_paper_are_a_little_smaller_and_take_their_place() -> None:
    taken: list[Any] = []
    drawn = _points(a_map(), points(spot(size=1.0)), PAPER, LIGHT, taken)
    assert taken == [(200 - 6.4, 150 - 6.4, 200 + 6.4, 150 + 6.4)]
    assert f'fill="{PROTECTION["national"][0]}"' in drawn and '<circle cx="16"' in drawn
    assert f"scale({12.8 / 24:.3f})" in drawn
    hollow = _points(a_map(), points(spot(size=None, is_approximate=True)), PAPER, LIGHT, [])
    assert 'fill="none"' in hollow
    assert f'<circle cx="200.0" cy="150.0" r="1.6" fill="{PROTECTION["national"][0]}"/>' in hollow
    full = _points(a_map(), points(spot(size=None)), PAPER, LIGHT, [])
    assert f'r="1.6" fill="{SURFACE["background"][0]}"/>' in full
    for nowhere in (spot(longitude=float("nan")), spot(latitude=float("inf"))):
        assert _points(a_map(), points(nowhere), PAPER, LIGHT, taken) == ""
    assert len(taken) == 1


def test_ways_on_paper_are_whole_with_a_head_or_dashed() -> None:
    lines: list[Any] = []
    block = a_map(group_kind="method")
    drawn = _arrows(block, arrows(way(), ring="ring"), PAPER, LIGHT, lines)
    assert f'stroke="{METHODS["ring"][0]}" stroke-width="3.0"/>' in drawn
    assert drawn.count("<polygon") == 1 and drawn.count("<rect") == 1  # its head, and the sign of its group
    assert len(lines) > 10
    dashed = _arrows(block, arrows(way(is_directed=False, weight=0)), PAPER, LIGHT, [])
    assert 'stroke-width="1.2" stroke-dasharray="6 4"/>' in dashed
    assert "<polygon" not in dashed and "<rect" not in dashed


def test_a_name_has_an_edge_and_its_line_to_its_land() -> None:
    name = Name(("one", "two"), 100, 50, "middle", 10, towards=(200.0, 50.0))
    drawn = _halo(name, LIGHT, "#123456")
    assert re.findall('<text x="([^"]+)" y="([^"]+)">', drawn) == [
        ("100.0", f"{50 - 12.2 + 8.6:.1f}"),
        ("100.0", f"{50 - 12.2 + 12.2 + 8.6:.1f}"),
    ]
    assert f'stroke="{GROUND["member"][0]}" stroke-width="2.6"' in drawn
    assert '<polyline points="110.4,50.0 200.0,50.0" fill="none" stroke="#123456" stroke-width="0.8"/>' in drawn
    assert "polyline" not in _halo(replace(name, towards=None), LIGHT, "#123456")


def test_shapes_become_paths_with_their_holes() -> None:
    paper = Paper(400, 300, 0.0, 0.0, 2)
    ring = "POLYGON ((-10 -10, 10 -10, 10 10, -10 -10), (-1 -2, 1 -2, 1 -1, -1 -2))"
    assert _commands(from_wkt(ring), paper).count("M") == 2
    assert _commands(from_wkt(ring), paper).endswith("Z")
    assert _commands(from_wkt("MULTILINESTRING ((0 0, 1 1), (2 2, 3 3))"), paper).count("M") == 2
    assert "Z" not in _commands(from_wkt("LINESTRING (0 0, 1 1)"), paper)
    for nothing in ("POINT (0 0)", "POLYGON EMPTY", "LINESTRING EMPTY"):
        assert _commands(from_wkt(nothing), paper) == ""


@pytest.mark.parametrize("is_dark", [False, True])
def test_the_ground_on_paper_has_the_colours_of_the_screen(is_dark: bool) -> None:
    far = ground(Paper(400, 300, 119.0, 42.0, 2), "region", is_dark)
    assert far.startswith(f'<rect width="400" height="300" fill="{GROUND["sea"][is_dark]}"/>')
    looks = {key: pair[is_dark] for key, pair in GROUND.items()}
    for look in (
        f'fill="{looks["member"]}"',
        f'fill="{looks["land"]}"',
        f'fill="none" stroke="{looks["river"]}" stroke-width="0.7"',
        f'fill="{looks["water"]}" stroke="{looks["river"]}" stroke-width="0.6"',
        f'fill="none" stroke="{looks["line"]}" stroke-width="0.9"',
    ):
        assert look in far, look
    near = near_ground(Paper(300, 200, 130.0, 42.5, 6), "region", is_dark)
    assert f'fill="{looks["member"]}" stroke="{looks["member"]}" stroke-width="0.8"' in near
    land, line = (near.index(f'stroke="{looks[key]}" stroke-width="{wide}"') for key, wide in LOOKS_NEAR)
    assert land < line


def test_only_tiles_that_the_picture_may_show_are_drawn() -> None:
    west, south, east, north = 129.5, 41.5, 131.0, 43.0
    shapes = list(near_outlines((west, south, east, north)))
    assert {kind for _, kind, _ in shapes} >= {"land"}
    for shape, _, _ in shapes:
        left, low, right, high = shape.bounds
        assert left >= 129.375 - 0.01 and right <= 135.01 and low >= 40.97 and high <= 45.1
    assert list(near_outlines((0, 0, 1, 1))) == []


def test_a_printed_map_has_its_frame_and_its_legend_below() -> None:
    block = a_map(points(spot(), national="national"))
    svg = map_svg(block, LIGHT, WORDS, 400, 300)
    assert svg_height(svg) == 328
    assert '<rect x="0.5" y="0.5" width="399" height="299" fill="none"' in svg
    assert ">national</text>" in svg.replace("</tspan> ", ">")
    assert svg_height(map_svg(block, LIGHT, WORDS, 400, 300, has_legend=False)) == 300
    assert ">Park</text>" in svg


def land(own: Spots, sea: Spots = [], every: Spots | None = None, anchor: tuple[float, float] = (100.0, 100.0)) -> Land:  # noqa: B006
    def array(spots: Spots) -> Any:
        return np.asarray(spots, dtype=float).reshape(-1, 2)

    return Land("A", anchor, array(own), array(sea), array(own if every is None else every))


def grid(left: int, right: int, top: int, bottom: int) -> Spots:
    return [(x + 4.0, y + 4.0) for x in range(left, right, 8) for y in range(top, bottom, 8)]


WIDE = Paper(400, 300, 0, 0, 0)


def test_a_name_stands_at_its_usual_place_where_that_is_free() -> None:
    country = land(grid(40, 200, 40, 200))
    name = _on_land(country, ("abcd",), WIDE, [], 10, 90, True)
    assert name is not None and (name.x, name.y, name.anchor, name.towards) == (100, 100, "middle", None)
    moved = _on_land(country, ("abcd",), WIDE, [(95, 95, 105, 105)], 10, 90, True)
    assert moved is not None and (moved.x, moved.y) != (100, 100)
    assert abs(moved.x - 100) + abs(moved.y - 100) < 40
    assert _on_land(country, ("abcd",), WIDE, [(0, 0, 400, 300)], 10, 90, True) is None


def test_a_name_lies_better_with_both_ends_on_its_land() -> None:
    country = land([(100.0, 100.0), *grid(160, 240, 96, 104)], anchor=(100.0, 100.0))
    name = _on_land(country, ("abcdefgh",), WIDE, [], 10, 90, True)
    assert name is not None and 180 < name.x < 220


def test_a_name_on_the_sea_has_a_line_to_its_land_and_is_not_too_far() -> None:
    country = land(grid(96, 104, 96, 104), grid(150, 300, 80, 120))
    name = _on_sea(country, ("abcd",), WIDE, [], 10, 90, True)
    assert name is not None
    assert name.towards == (100, 100) and name.x < 170 and abs(name.y - 100) <= 8
    assert _on_sea(country, ("abcd",), WIDE, [], 10, 20, True) is None
    assert _on_sea(land(grid(96, 104, 96, 104)), ("abcd",), WIDE, [], 10, 90, True) is None
    assert _on_sea(land([], grid(150, 300, 80, 120)), ("abcd",), WIDE, [], 10, 90, True) is None


def test_a_line_to_a_land_never_crosses_another_and_a_name_stands_nearer_to_its_own() -> None:
    own, other = grid(96, 104, 96, 104), grid(120, 128, 40, 160)
    walled = land(own, grid(150, 300, 96, 104), [*own, *other])
    assert _on_sea(walled, ("abcd",), WIDE, [], 10, 400, False) is None
    beside = land(own, grid(150, 300, 160, 168), [*own, *grid(200, 208, 190, 198)])
    loose = _on_sea(beside, ("abcd",), WIDE, [], 10, 400, False)
    strict = _on_sea(beside, ("abcd",), WIDE, [], 10, 400, True)
    assert loose is not None
    assert strict is None or strict.x <= loose.x


def test_every_member_state_is_named_on_a_map_of_the_region_and_covers_no_other_name() -> None:
    taken: list[Any] = []
    names = state_names(Paper(1000, 520, 119.0, 42.2, 2.9), "region", taken, [], 13)
    said = {" ".join(name.lines) for name in names}
    assert {"China", "Mongolia", "Japan"} <= said and len(names) == 6
    assert len(taken) == 6
    for number, one in enumerate(taken):
        for other in taken[:number]:
            assert one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] or other[1] >= one[3]


def test_lands_of_a_frame_have_their_spots_and_only_small_ones_those_of_the_sea() -> None:
    found = {known.name: known for known in lands(Paper(560, 520, 119.0, 42.2, 2.9), "region")}
    assert len(found["Japan"].on_sea) > 0 and len(found["China"].on_sea) == 0
    assert {known for known, _, _ in states("region")[0]} == set(found)
    assert found["Mongolia"].on_land.min() >= 4
    assert all(((spots % 8) == 4).all() for spots in (found["Japan"].on_land, found["Japan"].on_sea))


def test_signs_and_lines_are_ground_that_names_keep_clear_of() -> None:
    block = a_map(points(spot()), arrows(way(), way(group="odd"), ring="ring"), group_kind="method")
    taken, lines = covered(block, PAPER)
    assert taken[0] == (200 - 6.5, 150 - 6.5, 200 + 6.5, 150 + 6.5)
    assert len(taken) == 2  # the place, and the sign of the group that is named
    assert taken[1][2] - taken[1][0] == pytest.approx(13)
    assert len(lines) > 10


@pytest.mark.parametrize(("count", "are_named"), [(8, True), (9, False)])
def test_up_to_eight_places_are_named(count: int, are_named: bool) -> None:
    rows = [spot(longitude=120.0 + 3 * n, latitude=35.0 + n, name=f"P{n}") for n in range(count)]
    _, of_states, of_places = placed_names(a_map(points(*rows)))
    assert bool(of_places) is are_named
    assert of_states != []
    assert placed_names(a_map(points(spot()), size="small"))[1] == []


def test_names_are_written_with_an_edge_in_the_colour_of_the_land() -> None:
    rows = text_rows([Name(("one", "two"), 200, 150, "middle", 10)], PAPER)
    assert rows == [{"p": [130.0, 40.0], "t": "one\ntwo", "a": "middle"}]
    layer = text_layer("n", rows, [1, 2, 3, 255], LIGHT, 13)
    assert (layer["getSize"], layer["getColor"], layer["outlineWidth"], layer["fontWeight"]) == (
        13,
        [1, 2, 3, 255],
        2.5,
        600,
    )
    assert layer["fontSettings"] == {"sdf": True, "fontSize": 96, "buffer": 12, "radius": 16, "smoothing": 0.12}
    assert layer["getTextAnchor"] == "@@=a" and layer["pickable"] is False
    assert text_layer("n", [], [1], LIGHT, 13)["getTextAnchor"] == "middle"
    assert rounded([[1.23456, 2.0]]) == [[1.2346, 2.0]]
    leaders, _, places = name_layers(a_map(points(spot())), LIGHT)
    assert (leaders["getWidth"], leaders["widthUnits"], leaders["pickable"]) == (1, "pixels", False)
    assert [row["t"] for row in places["data"]] == ["Park"]


def story(*slides: Slide, sources: pd.DataFrame | None = None) -> Story:
    listed = pd.DataFrame(
        {
            "document_id": ["paper", "news"],
            "publisher": ["A university", "A newspaper"],
            "published_date": ["2020-05", None],
            "grade": ["scientific", "press"],
        }
    )
    return Story(key="x", title="Story", slides=slides, sources=listed if sources is None else sources, marks={})


def test_a_source_line_names_as_many_documents_as_fit() -> None:
    named = {"a": "A" * 40, "b": "B" * 42, "c": "C"}

    def line(*keys: str) -> str:
        return source_line(Slide(key="k", title="t", document_ids=keys), WORDS, named)

    assert line() == line("unknown") == WORDS("stories.no_source")
    assert line("a", "b") == WORDS("stories.source_line", listed=f"{'A' * 40}; {'B' * 42}", count=0)  # 84 signs
    assert line("a", "b", "c") == WORDS("stories.source_more", listed=f"{'A' * 40}; {'B' * 42}", count=1)
    assert line("a", "a", "c") == WORDS("stories.source_line", listed=f"{'A' * 40}; C", count=0)
    long = {"a": "A" * 99, "b": "B"}
    assert source_line(Slide(key="k", title="t", document_ids=("a", "b")), WORDS, long) == WORDS(
        "stories.source_more", listed="A" * 99, count=1
    )


def test_documents_of_one_publisher_are_one_line_with_their_years_each_once() -> None:
    rows = pd.DataFrame({"publisher": ["U", "N", "U", "U"], "published_date": ["2020-05", None, "2021", "2020-07"]})
    assert source_items(story(sources=rows), WORDS) == ["U: 2020, 2021", f"N: {WORDS('common.source_undated')}"]


@pytest.mark.parametrize(("count", "kept"), [(27, 27), (28, 28), (30, 28)])
def test_the_last_slide_has_room_for_so_many_publishers(count: int, kept: int) -> None:
    rows = pd.DataFrame({"publisher": [f"P{n}" for n in range(count)], "published_date": "2020"})
    items = source_items(story(sources=rows), WORDS)
    assert len(items) == min(kept, len(items)) and items[0] == "P0: 2020"
    listed = [item for item in items if item.startswith("P")]
    assert len(listed) == count or items[-1] == WORDS("stories.more_sources", count=count - len(listed))


def test_a_chart_for_a_room_keeps_the_rows_that_fit() -> None:
    many = small("bars", *({"category": f"n{n}", "value": 1.0} for n in range(30)))
    drawn = draw_chart(many, demo_palette(), WORDS)
    assert 2 < drawn.rows < 30
    assert drawn.height <= 440 and drawn.width == pytest.approx(1184)
    more = draw_chart(replace(many, rows=many.rows.head(drawn.rows + 1)), demo_palette(), WORDS)
    assert more.rows == drawn.rows
    two = draw_chart(replace(many, rows=many.rows.head(2)), demo_palette(), WORDS)
    assert two.rows == 2


def test_signs_of_a_map_for_a_room_can_be_pointed_at() -> None:
    block = a_map(points(spot(name='A "b" <c>', is_approximate=True, size=None), national="national"))
    drawn = draw_map(block, LIGHT, WORDS)
    assert (round(drawn.width), drawn.height) == (800, 440)
    (said,) = re.findall('data-said="([^"]+)"', drawn.svg)
    assert said == "A &quot;b&quot; &lt;c&gt;: 5 ha"
    assert 'class="s-sign" cx="181.8" cy="100.0" r="7"' in drawn.svg
    assert [sign for _, sign, _ in drawn.legend] == ["●"]


def test_a_presented_slide_says_how_many_rows_it_shows() -> None:
    many = small("bars", *({"category": f"n{n}", "value": 1.0} for n in range(30)))
    shown = draw_chart(many, demo_palette(), WORDS).rows
    html = render_story(story(Slide(key="k", title="t", picture=many)), demo_palette(), WORDS, "").decode()
    assert WORDS("stories.shown", shown=shown, count=30) in html
    few = render_story(
        story(Slide(key="k", title="t", picture=replace(many, rows=many.rows.head(2)))), demo_palette(), WORDS, ""
    )
    assert WORDS("stories.shown", shown=2, count=2) not in few.decode()


@pytest.fixture(scope="module")
def deck() -> Any:
    figures = (Figure(label="Adults", value="129", below="animals"), Figure(label="Cubs", value="20", below="2020"))
    bars = small("bars", *({"category": f"n{n}", "value": 1.0} for n in range(9)))
    slides = (
        Slide(key="f", title="Figures", figures=figures, document_ids=("paper",)),
        Slide(key="l", title="Lines", lines=("one", "two"), text="text", note="note"),
        Slide(key="c", title="Chart", picture=bars, document_ids=("news",)),
    )
    return Presentation(BytesIO(render_story_deck(story(*slides), demo_palette(), WORDS, date(2026, 11, 20))))


def texts(slide: Any) -> dict[str, tuple[float, float, float]]:
    """Return text -> left, top and size of its letters, in points."""
    return {
        shape.text_frame.text: (shape.left.pt, shape.top.pt, shape.text_frame.paragraphs[0].runs[0].font.size.pt)
        for shape in slide.shapes
        if shape.has_text_frame and shape.text_frame.text
    }


def test_figures_of_a_slide_stand_beside_each_other_in_large_letters(deck: Any) -> None:
    said = texts(deck.slides[0])
    assert said["Figures"] == (36, 20, 27)
    assert (said["Adults"], said["129"], said["animals"]) == ((36, 150, 20), (36, 220, 44), (36, 290, 18))
    assert (said["Cubs"], said["20"], said["2020"]) == ((480, 150, 20), (480, 220, 44), (480, 290, 18))
    assert said[WORDS("stories.source_line", listed="A university, May 2020", count=0)] == (36, 502, 18)
    assert deck.slides[0].notes_slide.notes_text_frame.text == "A university, May 2020"
    assert (deck.slide_width, deck.slide_height) == (Pt(960), Pt(540))


def test_lines_text_and_note_stand_below_each_other(deck: Any) -> None:
    said = texts(deck.slides[1])
    assert (said["one"], said["two"]) == ((36, 90, 20), (36, 152, 20))
    assert (said["text"], said["note"]) == ((36, 416, 20), (36, 470, 18))


def test_a_chart_of_a_slide_has_at_most_six_bars_in_type_for_a_room(deck: Any) -> None:
    (frame,) = [shape for shape in deck.slides[2].shapes if shape.has_chart]
    assert len(list(frame.chart.plots[0].categories)) == 5  # nine shared out over two
    assert frame.chart.font.size == Pt(18)
    assert (frame.left.pt, frame.top.pt, frame.width.pt, frame.height.pt) == (36, 90, 888, 320)


def test_documents_stand_in_two_columns_on_the_last_slide(deck: Any) -> None:
    said = texts(deck.slides[3])
    assert said["A university: 2020"] == (36, 86, 18)
    assert said[f"A newspaper: {WORDS('common.source_undated')}"] == (498, 86, 18)
    assert len(deck.slides) == 4
    bare = story(
        Slide(key="l", title="t"), sources=pd.DataFrame(columns=["document_id", "publisher", "published_date", "grade"])
    )
    alone = Presentation(BytesIO(render_story_deck(bare, demo_palette(), WORDS, date(2026, 11, 20))))
    assert len(alone.slides) == 1
