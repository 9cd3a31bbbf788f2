"""Geometry of maps: frames around places, signs that become one, bent and dashed lines, where names find room."""

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest

from neaspec.blocks import Arrows, Column, Map, Outlines, Points, Table
from neaspec.palette import Style
from neaspec.render.maps.basemap import VIEWS, tile_bounds
from neaspec.render.maps.frame import (
    GROUND_DEG,
    NEAREST,
    OPENS,
    Paper,
    around,
    fitted,
    is_near,
    on_the_ground,
    opening_frame,
    shown_places,
)
from neaspec.render.maps.grouping import grouped
from neaspec.render.maps.names import (
    Land,
    Name,
    covered_by_line,
    crosses,
    foreign_land,
    half_of,
    leader,
    name_box,
    overlaps,
    place_name,
    point_names,
    square,
)
from neaspec.render.maps.shapes import SHAPES, bend, dashes, heading, marker_shapes, marker_svg, upward

TABLE = Table(title="t", columns=(Column(name="name", label="Name"),), rows=pd.DataFrame({"name": []}), file_name="t")
SQUARE = 512 / 360  # pixels a degree at zoom 0


def spots(*places: tuple[float, float]) -> Points:
    rows = [{"longitude": x, "latitude": y, "name": f"P{n}", "tooltip": ""} for n, (x, y) in enumerate(places)]
    return Points(rows=pd.DataFrame(rows))


def a_map(*layers: Any, **given: Any) -> Map:
    return Map(title="t", layers=layers, alt="a", table=TABLE, **given)


def test_a_place_lies_on_paper_as_on_maps_of_the_web() -> None:
    paper = Paper(600, 400, 120.0, 0.0, 2)
    assert paper.place(120, 0) == (300, 200)
    assert paper.place(121, 0)[0] == pytest.approx(300 + 4 * SQUARE)
    x, y = paper.place(120, 40)
    assert (x, y) == pytest.approx((300, 200 - upward(40) * 4 * SQUARE))
    assert paper.ground(*paper.place(128, 41)) == pytest.approx((128, 41))
    west, south, east, north = paper.bounds()
    assert paper.place(west, north) == pytest.approx((-18, -18))
    assert paper.place(east, south) == pytest.approx((618, 418))


@pytest.mark.parametrize(("latitude", "up"), [(0, 0), (45, 50.4989), (-45, -50.4989), (60, 75.4561)])
def test_degrees_grow_towards_the_poles(latitude: float, up: float) -> None:
    assert upward(latitude) == pytest.approx(up, abs=1e-4)


def test_a_line_outside_the_paper_is_left_out() -> None:
    paper = Paper(600, 400, 120.0, 0.0, 0)
    assert paper.path([(120, 0), (130, 0)], False) == "M300.0 200.0L314.2 200.0"
    assert paper.path([(120, 0), (130, 0)], True).endswith("Z")
    far = [(120 + 300 / SQUARE + 1, 0), (120 + 300 / SQUARE + 9, 0)]
    assert paper.path(far, False) == ""
    assert paper.path([(120 - 300 / SQUARE - 9, 0), (120 - 300 / SQUARE - 1, 0)], False) == ""
    assert paper.path([(120, 60), (121, 60)], False) != ""
    small = Paper(600, 10, 120.0, 0.0, 0)
    assert small.path([(120, 20), (121, 20)], False) == small.path([(120, -20), (121, -20)], False) == ""
    assert paper.path([far[0], (0, 0)], False) != ""  # it crosses the paper


def test_places_are_points_ends_of_arrows_and_corners_of_outer_rings() -> None:
    arrows = Arrows(rows=pd.DataFrame([{"from_longitude": 1, "from_latitude": 2, "to_longitude": 3, "to_latitude": 4}]))
    ring, hole = [(5, 6), (7, 6), (7, 8), (5, 6)], [(5.5, 6.5), (6, 6.5), (6, 7), (5.5, 6.5)]
    outline = Outlines(rows=pd.DataFrame({"parts": [[[ring, hole]]], "label": ["A"], "name": ["A"], "tooltip": [""]}))
    block = a_map(spots((9, 10), (float("nan"), 1), (1, float("nan"))), arrows, outline)
    assert sorted(shown_places(block)) == sorted([(9, 10), (1, 2), (3, 4), *ring])


def test_a_frame_holds_its_places_as_large_as_it_can() -> None:
    wide = around([(100.0, 40.0), (110.0, 40.0)], 500, 400, 50, 99)
    assert (wide.longitude, wide.latitude) == pytest.approx((105, 40))
    assert 2**wide.zoom * SQUARE * 10 == pytest.approx(400)
    tall = around([(100.0, 0.0), (101.0, 40.0)], 500, 400, 50, 99)
    assert 2**tall.zoom * SQUARE * upward(40) == pytest.approx(300)
    assert upward(tall.latitude) == pytest.approx(upward(40) / 2)
    assert around([(100.0, 40.0)], 500, 400, 50, 6.5).zoom == 6.5
    assert around([(100.0, 40.0), (110.0, 40.0)], 500, 400, 50, 3.0).zoom == 3.0


def test_a_frame_is_kept_on_the_ground_there_is() -> None:
    west, east = GROUND_DEG["region"]
    scale = 2**3 * SQUARE
    for longitude, kept in ((60.0, west + 300 / scale), (180.0, east - 300 / scale), (120.0, 120.0)):
        paper = on_the_ground(Paper(600, 400, longitude, 40, 3), "region")
        assert (paper.longitude, paper.width) == pytest.approx((kept, 600))
    narrow = on_the_ground(Paper(600, 400, 100.0, 40, 0), "region")
    assert narrow.width == pytest.approx((east - west) * SQUARE)
    assert narrow.longitude == pytest.approx((east + west) / 2)


@pytest.mark.parametrize(
    ("places", "near"),
    [
        ([(125.0, 38.0), (130.0, 40.0)], True),
        ([(120.0, 38.0), (131.0, 40.0)], True),  # eleven degrees apart
        ([(120.0, 38.0), (131.1, 40.0)], False),
        ([(125.0, 30.0), (126.0, 41.1)], False),
        ([(91.9, 40.0)], False),
        ([(93.0, 40.0)], True),
        ([(144.5, 40.0)], False),
        ([(143.0, 40.0)], True),
        ([(125.0, 15.9)], False),
        ([(125.0, 57.0)], False),
        ([], False),
    ],
)
def test_places_near_each_other_inside_the_finer_ground_are_printed_on_it(places: list[Any], near: bool) -> None:
    block = a_map(spots(*places)) if places else a_map()
    assert is_near(block) is near
    if places:
        assert not is_near(a_map(spots(*places), view="tumen"))


def test_a_printed_map_without_places_shows_the_whole_view() -> None:
    paper = fitted(a_map(), 500, 300)
    view = VIEWS["region"]
    assert (paper.longitude, paper.latitude) == (view["longitude"], view["latitude"])
    assert paper.zoom == pytest.approx(view["zoom"] - 1)  # half as wide as a screen of 1,000 pixels
    assert (paper.width, paper.height) == (500, 300)


def test_a_printed_map_goes_in_as_near_as_its_ground_allows() -> None:
    assert fitted(a_map(spots((125.0, 38.0))), 1000, 300).zoom == 7.0
    assert fitted(a_map(spots((85.0, 48.0))), 1000, 300).zoom == pytest.approx(VIEWS["region"]["zoom"] + 2)
    assert fitted(a_map(spots((130.7, 42.4)), view="tumen"), 1000, 300).zoom == pytest.approx(8.6)


@pytest.mark.parametrize("size", list(OPENS))
def test_a_map_opens_in_the_frame_of_its_size(size: Any) -> None:
    frame = opening_frame(a_map(spots((120.0, 40.0)), size=size))
    assert (frame.width, frame.height) == OPENS[size]
    assert frame.zoom == NEAREST["region"] == 6.5
    empty = opening_frame(a_map(size=size))
    assert empty.zoom == pytest.approx(1.7 if size == "small" else 2.9)
    assert (empty.longitude, empty.latitude) == (119.0, 42.2)


def test_the_frames_of_maps_and_how_near_they_go() -> None:
    assert OPENS == {"full": (560, 520), "small": (246, 330), "middle": (560, 430), "tall": (560, 560)}
    assert NEAREST == {"region": 6.5, "tumen": 8.9}


def test_a_wide_screen_shows_no_ground_that_is_not_there() -> None:
    edge = GROUND_DEG["region"][1]
    frame = opening_frame(a_map(spots((edge - 1, 50.0))))
    half_a_screen = 500 / (2**6.5 * SQUARE)
    assert frame.longitude == pytest.approx(edge - half_a_screen)
    small = opening_frame(a_map(spots((edge - 1, 50.0)), size="small"))
    assert small.longitude == pytest.approx(edge - 1, abs=123 / (2**6.5 * SQUARE))


@pytest.mark.parametrize(
    ("x", "y", "bounds"),
    [
        (32, 32, (0, -5.616, 5.625, 0)),
        (0, 0, (-180, 84.541, -174.375, 85.051)),
        (55, 23, (129.375, 40.980, 135.0, 45.089)),
    ],
)
def test_a_tile_covers_its_degrees(x: int, y: int, bounds: tuple[float, ...]) -> None:
    assert tile_bounds(x, y) == pytest.approx(bounds, abs=1e-3)


def test_a_bent_line_lies_to_the_left_of_its_direction() -> None:
    path = bend((0.0, 0.0), (10.0, 0.0), 0.2, steps=2)
    assert path == [[0.0, 0.0], [5.0, 2.0], [10.0, 0.0]]
    assert bend((0.0, 0.0), (0.0, 10.0), 0.2, steps=2)[1] == [-2.0, 5.0]
    assert len(bend((0.0, 0.0), (10.0, 0.0), 0.2)) == 25
    assert bend((0.0, 0.0), (10.0, 10.0), 0.0, steps=4)[1] == [2.5, 2.5]


@pytest.mark.parametrize(
    ("count", "pieces"),
    [(1, [(0, 10)]), (3, [(0, 2), (4, 6), (8, 10)]), (2, [(0, 3), (7, 10)])],
)
def test_a_line_is_cut_into_dashes_with_gaps_between(count: int, pieces: list[tuple[int, int]]) -> None:
    path = [[float(step), 0.0] for step in range(11)]
    assert [(piece[0][0], piece[-1][0]) for piece in dashes(path, count)] == pieces


def test_a_dash_of_a_short_line_has_two_ends() -> None:
    assert [len(piece) for piece in dashes([[0.0, 0.0], [1.0, 0.0]], 2)][0] == 2


def test_the_head_of_an_arrow_looks_along_the_end_of_its_line() -> None:
    assert heading([[0, 0], [1, 0], [1, 1], [1, 2]]) == pytest.approx(90)
    assert heading([[0, 0], [5, 0], [5, 1], [6, 1]]) == pytest.approx(45, abs=0.1)
    assert heading([[2, 0], [1, 0], [0, 0]]) == 180


def test_a_marker_is_hollow_where_its_place_is_approximate_and_has_a_dot_without_an_area() -> None:
    style = Style("#112233", "circle")
    full, hollow = marker_shapes(style, False, "#FFFFFF"), marker_shapes(style, True, "#FFFFFF")
    assert full == f'<g fill="#112233" stroke="#FFFFFF" stroke-width="1.6">{SHAPES["circle"]}</g>'
    assert hollow == f'<g fill="none" stroke="#112233" stroke-width="4">{SHAPES["circle"]}</g>'
    dot = '<circle cx="16" cy="16" r="5" stroke="none" fill="{}"/>'
    assert dot.format("#FFFFFF") in marker_shapes(style, False, "#FFFFFF", has_dot=True)
    assert dot.format("#112233") in marker_shapes(style, True, "#FFFFFF", has_dot=True)
    frame = Style("#112233", "square-open")
    assert marker_shapes(frame, False, "#FFFFFF", has_dot=True) == marker_shapes(frame, False, "#FFFFFF")
    assert 'width="64" height="64" viewBox="-2 -2 36 36"' in marker_svg(style, False, "#FFFFFF")
    assert "none" not in marker_svg(style, False, "#FFFFFF") and dot.format("#FFFFFF") not in marker_svg(
        style, False, "#FFFFFF"
    )


def near(*apart: float) -> list[tuple[float, float]]:
    """Return places on the equator that lie so many pixels apart at zoom 5."""
    pixel = 360 / (512 * 2**5)
    return [(float(at * pixel), 0.0) for at in np.cumsum([0, *apart])]


def test_two_signs_are_one_until_they_stand_13_pixels_apart() -> None:
    together, *apart = sorted(grouped(near(13.0)), key=lambda sign: -len(sign.members))
    assert (together.members, together.from_zoom, together.to_zoom) == ((0, 1), None, 5.0)
    assert [(sign.members, sign.from_zoom, sign.to_zoom) for sign in apart] == [((0,), 5.0, None), ((1,), 5.0, None)]
    later = max(grouped(near(12.9)), key=lambda sign: len(sign.members))
    assert later.to_zoom == 5.5


def test_places_far_apart_are_always_two_signs() -> None:
    assert [(s.members, s.from_zoom, s.to_zoom) for s in grouped([(0.0, 0.0), (90.0, 0.0)])] == [
        ((0,), None, None),
        ((1,), None, None),
    ]
    assert grouped([]) == []


def test_signs_beyond_the_farthest_zoom_are_not_joined() -> None:
    pair = near(13.0)
    assert all(len(sign.members) == 1 for sign in grouped(pair, farthest=5.0))
    assert any(len(sign.members) == 2 for sign in grouped(pair, farthest=4.9))
    assert any(len(sign.members) == 2 for sign in grouped(pair, farthest=4.6))


def test_a_group_grows_step_by_step_and_each_place_is_in_one_sign_at_each_zoom() -> None:
    signs = grouped(near(13.0, 26.0))
    sizes = sorted((len(sign.members), sign.from_zoom or 0, sign.to_zoom or 99) for sign in signs)
    assert sizes == [(1, 3.5, 99), (1, 5.0, 99), (1, 5.0, 99), (2, 3.5, 5.0), (3, 0, 3.5)]
    assert [min(sign.members) for sign in signs] == sorted(min(sign.members) for sign in signs)


def test_lines_of_a_name_cover_a_box_from_their_start_middle_or_end() -> None:
    wide, tall = 4 * 10 * 0.56, 2 * 10 * 1.22
    assert name_box(["abcd", "ab"], 100, 50, 10, "start") == pytest.approx(
        (100, 50 - tall / 2, 100 + wide, 50 + tall / 2)
    )
    assert name_box(["abcd", "ab"], 100, 50, 10, "middle")[0] == pytest.approx(100 - wide / 2)
    assert name_box(["abcd", "ab"], 100, 50, 10, "end")[::2] == pytest.approx((100 - wide, 100))
    assert half_of(["abcd", "ab"], 10) == pytest.approx((wide / 2 + 2, tall / 2 + 2))
    assert square((10, 20), 6) == (7, 17, 13, 23)


def test_a_line_is_covered_by_small_squares() -> None:
    boxes = covered_by_line([(0, 0), (13, 0)])
    assert [box[0] for box in boxes] == pytest.approx([-1.5, 13 / 3 - 1.5, 26 / 3 - 1.5])
    assert all(box[2] - box[0] == pytest.approx(3) for box in boxes)
    assert len(covered_by_line([(0, 0), (0, 0)])) == 1
    assert [box[1] for box in covered_by_line([(0, 0), (0, 12)])] == pytest.approx([-1.5, 4.5])


def test_what_boxes_share_is_counted_in_square_pixels() -> None:
    at = np.array([[10.0, 10.0], [100.0, 100.0], [15.0, 10.0]])
    assert overlaps(at, (5, 5), [(12, 8, 20, 20)]).tolist() == [3 * 7, 0, 8 * 7]
    assert overlaps(at, (5, 5), [(12, 8, 20, 20), (12, 8, 20, 20)]).tolist() == [42, 0, 112]
    assert overlaps(at, (5, 5), []).tolist() == [0, 0, 0]
    assert overlaps(np.zeros((0, 2)), (5, 5), [(0, 0, 1, 1)]).tolist() == []
    assert overlaps(np.array([[10.0, 10.0]]), (5, 5), [(15, 5, 20, 15)]).tolist() == [0]  # they touch


def test_a_line_through_other_land_is_seen() -> None:
    cells = {(2, 0)}  # 16 to 24 pixels across, the first 8 down
    assert crosses((0, 4), (40, 4), cells)
    assert not crosses((0, 12), (40, 12), cells)
    assert not crosses((0, 4), (15, 4), cells)
    assert crosses((20, 4), (20, 4), cells)


def test_land_near_a_state_that_is_not_its_own_is_foreign() -> None:
    own, every = np.array([[4.0, 4.0]]), np.array([[4.0, 4.0], [12.0, 4.0]])
    land = Land("A", (4.0, 4.0), own, np.zeros((0, 2)), every)
    assert foreign_land(land).tolist() == [[12.0, 4.0]]
    assert len(foreign_land(Land("A", (4.0, 4.0), own, own, np.zeros((0, 2))))) == 0


PAPER = Paper(400, 300, 120, 40, 4)


@pytest.mark.parametrize(
    ("at", "taken", "anchor", "x", "y"),
    [
        ((200, 150), [], "start", 214, 150),
        ((200, 150), [(210, 140, 260, 160)], "end", 186, 150),
        ((380, 150), [], "end", 366, 150),
        ((200, 150), [(210, 140, 260, 160), (140, 140, 190, 160)], "middle", 200, 132),
        ((200, 150), [(210, 140, 260, 160), (140, 140, 190, 160), (190, 120, 210, 140)], "middle", 200, 168),
    ],
)
def test_a_name_stands_on_the_first_side_of_its_sign_that_is_free(
    at: tuple[float, float], taken: list[Any], anchor: str, x: float, y: float
) -> None:
    before = list(taken)
    name = place_name("Rason", at, PAPER, taken, 11)
    assert name is not None
    assert (name.anchor, name.x, name.y, name.lines, name.size) == (anchor, x, y, ("Rason",), 11)
    assert taken == [*before, name.box()]


def test_a_name_without_room_or_place_is_left_out() -> None:
    everything = [(0.0, 0.0, 400.0, 300.0)]
    assert place_name("Rason", (200, 150), PAPER, everything, 11) is None
    assert place_name("", (200, 150), PAPER, [], 11) is None
    assert place_name("Rason", (math.nan, 150), PAPER, [], 11) is None
    assert place_name("Rason", (200, 4), PAPER, [], 11).y == 22  # type: ignore[union-attr]  # below: no other room
    assert len(everything) == 1


def test_a_long_name_goes_on_lines_that_stay_clear_of_the_sign() -> None:
    blocked = [(210.0, 145.0, 399.0, 155.0), (1.0, 145.0, 190.0, 155.0)]
    above = place_name("a park with a name of many words", (200, 150), PAPER, list(blocked), 10)
    assert above is not None and above.lines == ("a park with a name of many", "words")
    assert above.anchor == "middle" and above.y == pytest.approx(150 - 18 - 6.1)
    below = place_name(
        "a park with a name of many words", (200, 150), PAPER, [*blocked, (150.0, 110.0, 250.0, 140.0)], 10
    )
    assert below is not None and below.y == pytest.approx(150 + 18 + 6.1)


def test_names_of_points_give_way_to_each_other() -> None:
    first, second = point_names(spots((120, 40), (120, 40)), PAPER, [], 11)
    assert (first.anchor, second.anchor) == ("start", "end")
    assert point_names(spots((0, 40)), PAPER, [], 11) == []


def test_a_line_leads_from_the_edge_of_a_name_to_its_land() -> None:
    name = Name(("abcd",), 100, 100, "middle", 10, towards=(200.0, 100.0))
    assert leader(name) == [(pytest.approx(100 + 11.2 + 2), 100), (200, 100)]
    assert leader(Name(("abcd",), 100, 100, "middle", 10, towards=(100.0, 10.0)))[0] == pytest.approx(
        (100, 100 - 6.1 - 2)
    )
    assert leader(Name(("abcd",), 100, 100, "middle", 10)) == []
