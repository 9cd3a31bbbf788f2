"""Drawings for paper show what the charts and maps of the screen show, as vectors."""

import re
import xml.etree.ElementTree as ElementTree

import pandas as pd
import pytest
from shapely.geometry import Point

from neaspec.blocks import Arrows, Chart, Map, Points, walk
from neaspec.errors import OutputError
from neaspec.render.charts.plotly import make_figure
from neaspec.render.maps.frame import GROUND_DEG, MARGIN, fitted, shown_places
from neaspec.render.maps.names import lands, states
from neaspec.render.pdf.axes import Axis, date_ticks, milliseconds, nice_step
from neaspec.render.pdf.figures import WIDTH, figure_svg, figure_svgs
from neaspec.render.pdf.maps import map_png, map_svg, svg_height
from neaspec.render.pdf.svg import text_block, text_lines
from tests.support import demo_page as demo
from tests.support.said import WORDS, made_up_document, real_document

SVG = "{http://www.w3.org/2000/svg}"
CHARTS = demo.all_charts()
PAGES = [("species", "amur_tiger"), ("species", "hooded_crane")]


def drawn(chart) -> ElementTree.Element:
    return ElementTree.fromstring(figure_svg(make_figure(chart, demo.demo_palette(), WORDS)))


def words_in(picture: ElementTree.Element) -> str:
    return " ".join(text.text or "" for text in picture.iter(f"{SVG}text"))


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.kind)
def test_every_kind_of_chart_is_drawn_inside_its_picture_with_all_its_words(chart) -> None:
    figure = make_figure(chart, demo.demo_palette(), WORDS)
    picture = drawn(chart)
    height = float(picture.attrib["height"])
    for shape in picture.iter():
        for name, most in (("x", WIDTH), ("x1", WIDTH), ("x2", WIDTH), ("cx", WIDTH), ("y1", height), ("y2", height)):
            assert -1 <= float(shape.attrib.get(name, 0)) <= most + 1, (shape.tag, shape.attrib)
    shown = re.sub(r"\s", "", words_in(picture))
    notes = [note["text"] for note in figure["layout"]["annotations"]]
    labels = [text for trace in figure["data"] for text in trace.get("text") or []]
    for label in [*notes, *labels, figure["layout"]["xaxis"]["title"].get("text") or ""]:
        for line in text_lines(label):
            assert re.sub(r"\s", "", line) in shown, line


def test_a_bar_is_as_long_as_its_figure() -> None:
    chart = next(chart for chart in CHARTS if chart.kind == "bars")
    values = [value for value in chart.rows[chart.roles["value"]].tolist() if not pd.isna(value)]
    bars = [shape for shape in drawn(chart).iter(f"{SVG}rect") if "stroke-dasharray" not in shape.attrib]
    lengths = sorted(float(shape.attrib["width"]) for shape in bars if float(shape.attrib["width"]) > 0)
    per_unit = {round(length / value, 1) for length, value in zip(lengths, sorted(v for v in values if v), strict=True)}
    assert max(per_unit) - min(per_unit) <= 0.2


def test_a_chart_higher_than_a_sheet_goes_on_in_parts_that_hold_every_name_once() -> None:
    document = real_document("movements")
    found = [block for block in walk(document.page.blocks) if isinstance(block, Chart) and block.kind == "timeline"]
    figure = make_figure(found[0], document.palette, WORDS)
    parts = figure_svgs(figure, 240)
    assert len(parts) > 1
    assert all(svg_height(part) <= 240 for part in parts)
    words = [words_in(ElementTree.fromstring(part)) for part in parts]
    names = [text_lines(note["text"])[0] for note in figure["layout"]["annotations"]]
    assert all(sum(name in part for part in words) >= 1 for name in names)
    whole = ElementTree.fromstring(figure_svg(figure))
    shapes = [sum(1 for _ in ElementTree.fromstring(part).iter(f"{SVG}g")) for part in parts]
    assert sum(shapes) >= sum(1 for _ in whole.iter(f"{SVG}g"))


def test_a_trace_nobody_can_draw_is_an_error_not_a_hole() -> None:
    figure = make_figure(CHARTS[0], demo.demo_palette(), WORDS)
    figure = {**figure, "data": [*figure["data"], {"type": "pie", "x": []}]}
    with pytest.raises(OutputError, match="pie"):
        figure_svg(figure)


@pytest.mark.parametrize(
    ("span", "most", "step"), [(800, 6, 200), (32, 4, 10), (1, 5, 0.2), (360_000, 6, 100_000), (7, 8, 1), (0.9, 4, 0.5)]
)
def test_steps_of_an_axis_are_round_and_few(span: float, most: int, step: float) -> None:
    assert nice_step(span, most) == pytest.approx(step)
    assert span / nice_step(span, most) <= most


def test_axes_of_names_and_days_place_what_they_hold() -> None:
    names = Axis("category", -0.5, 1.5, 0, 200, ("2001/02", "2002/03"))
    assert names.ticks(8) == [(50, "2001/02"), (150, "2002/03")]
    days = Axis("date", milliseconds("2020-01-01"), milliseconds("2024-01-01"), 0, 1461)
    assert days.place("2021-01-01") == pytest.approx(366, abs=0.1)
    short = date_ticks(milliseconds("2021-01-15"), milliseconds("2021-04-15"), 8)
    assert [words for _, words in short] == ["Feb 2021", "Mar 2021", "Apr 2021"]


def test_text_of_a_label_is_never_markup() -> None:
    made = text_block("a &lt;b&gt; &amp; <br>]]&gt; \x07", 0, 0, 14, "#000000", "start", "top")
    lines = [line.text for line in ElementTree.fromstring(made)]
    assert lines == ["a <b> & ", "]]> "]


def maps_of(name: str, **given: str) -> list[Map]:
    return [block for block in walk(real_document(name, **given).page.blocks) if isinstance(block, Map)]


@pytest.mark.parametrize("name", ["sites", "movements", "overview"])
def test_a_printed_map_holds_every_place_its_legend_and_names(name: str) -> None:
    document = real_document(name)
    for block in maps_of(name):
        paper = fitted(block, 760, 470)
        for longitude, latitude in shown_places(block):
            x, y = paper.place(longitude, latitude)
            assert MARGIN - 1 <= x <= 760 - MARGIN + 1
            assert MARGIN - 1 <= y <= 470 - MARGIN + 1
        picture = ElementTree.fromstring(map_svg(block, document.palette, WORDS, 760, 470))
        shown = " ".join("".join(text.itertext()) for text in picture.iter(f"{SVG}text"))
        for part in block.layers:
            present = set(part.rows["group"].astype(str)) if "group" in part.rows else set()
            assert all(label in shown for group, label in part.groups.items() if group in present)
        named = [row for part in block.layers if isinstance(part, Points) for row in part.rows["name"]]
        assert not named or sum(name.split()[0] in shown for name in named) >= len(named) / 3


@pytest.mark.parametrize("width", [760, 1250])
def test_a_frame_never_leaves_the_ground_and_names_lie_on_the_land_of_their_state(width: int) -> None:
    for name, given in (("sites", {}), ("movements", {}), ("movements", {"species_id": "snow_leopard"})):
        for block in maps_of(name, **given):
            paper = fitted(block, width, 430)
            west, east = GROUND_DEG[block.view]
            assert west - 0.01 <= paper.ground(0, 0)[0]
            assert paper.ground(paper.width, 0)[0] <= east + 0.01
            for found in lands(paper, block.view):
                land = next(land for known, _, land in states(block.view)[0] if known == found.name)
                assert all(land.contains(Point(paper.ground(*spot))) for spot in found.on_land[::40]), found.name


def test_a_map_of_one_state_goes_closer_than_the_region() -> None:
    whole, one = maps_of("sites")[0], maps_of("country", country_code="MNG")[0]
    assert fitted(one, 760, 470).zoom > fitted(whole, 760, 470).zoom


def test_markers_and_arrows_are_as_many_as_rows() -> None:
    document = real_document("movements")
    block = maps_of("movements")[0]
    picture = ElementTree.fromstring(map_svg(block, document.palette, WORDS, 760, 470))
    arrows = next(part for part in block.layers if isinstance(part, Arrows))
    strokes = [path for path in picture.iter(f"{SVG}path") if float(path.attrib.get("stroke-width", 0)) >= 1.2]
    assert len(strokes) == len(arrows.rows)


def test_a_map_for_a_slide_has_the_size_asked_for_at_two_hundred_dots_an_inch() -> None:
    block = maps_of("country", country_code="JPN")[0]
    picture = map_png(block, real_document("country", country_code="JPN"), 9.0, 5.0)
    width, height = (int.from_bytes(picture[at : at + 4], "big") for at in (16, 20))
    assert picture.startswith(b"\x89PNG")
    assert width == pytest.approx(9 * 220, abs=2)
    assert height <= 5 * 220 + 2


def test_an_svg_says_how_tall_it_is() -> None:
    assert svg_height(map_svg(maps_of("overview")[0], made_up_document().palette, WORDS, 500, 300)) > 300


def test_a_sign_in_a_label_is_set_in_the_font_that_has_it():
    drawn = text_block("✚ D: more deaths", 0, 0, 14, "#000000", "start", "top")
    assert '<tspan font-family="Noto Sans Symbols2" font-weight="normal">✚</tspan> D: more deaths' in drawn
