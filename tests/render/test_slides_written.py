"""Which slide says what: titles, the small text above, what waits for a picture, cards, notes, native charts."""

import io
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from pptx import Presentation
from pptx.util import Pt

from neaspec.blocks import (
    Block,
    Chart,
    Column,
    Details,
    Entry,
    Heading,
    Metric,
    Notice,
    PageLink,
    Side,
    Table,
    Text,
)
from neaspec.palette import SERIES, SURFACE
from neaspec.render.charts.native import ChartData, Series
from neaspec.render.charts.native_bars import chart_data
from neaspec.render.pptx.chart_labels import label_places, labels_xml
from neaspec.render.pptx.charts import add_chart, chart_height, rows_a_slide
from neaspec.render.pptx.network import network_portions
from neaspec.render.pptx.render import render_pptx
from tests.support.demo_page import demo_palette
from tests.support.said import made_up_document
from tests.support.small_charts import WORDS, small

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PALETTE = demo_palette()


def slides_of(*blocks: Block, **given: Any) -> list[Any]:
    """Return the slides of a page of these blocks, without the first one and the lists at the end."""
    document = made_up_document()
    page = replace(document.page, blocks=blocks, title="The page", lead="Its lead.")
    data = render_pptx(replace(document, page=page, kind="Brief", **given))
    return list(Presentation(io.BytesIO(data)).slides)[1:-2]


def title_of(slide: Any) -> str:
    return slide.shapes.title.text_frame.text


def named(slide: Any, name: str) -> list[str]:
    return [shape.text_frame.text for shape in slide.shapes if shape.name == name]


def notes_of(slide: Any) -> list[str]:
    text = slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else ""
    return [line for part in text.split("\n\n") for line in part.split("\n") if line]


def table(count: int = 2, columns: int = 2, name: str = "rows") -> Table:
    frame = pd.DataFrame({f"c{number}": [f"r{row}c{number}" for row in range(count)] for number in range(columns)})
    return Table(
        title="Rows", columns=tuple(Column(name=n, label=n) for n in frame.columns), rows=frame, file_name=name
    )


def bars(count: int = 2) -> Chart:
    return small("bars", *({"category": f"n{n}", "value": float(n)} for n in range(count)), unit="animals")


def test_text_stands_on_a_slide_named_for_its_part_with_the_page_above() -> None:
    (slide,) = slides_of(
        Heading(text="Parks"), Text(text="One.", document_ids=("paper",)), Notice(text="Two.", kind="caution")
    )
    assert (title_of(slide), named(slide, "Part")) == ("Parks", ["The page"])
    assert named(slide, "Text") == ["One. [1]\n▲  Two."]
    assert any(line.startswith("[1] P ") for line in notes_of(slide))


def test_text_before_any_heading_stands_below_the_title_of_the_page() -> None:
    (slide,) = slides_of(Text(text="One."))
    assert (title_of(slide), named(slide, "Part")) == ("The page", ["Brief"])


def test_a_short_text_stands_above_the_picture_that_follows_it() -> None:
    slide, *_ = slides_of(Heading(text="Parks"), Text(text="One."), bars())
    assert title_of(slide) == "How many?"
    assert named(slide, "Part") == ["Parks"]
    assert named(slide, "Text") == ["One."]
    assert [shape.name for shape in slide.shapes if shape.has_chart] == ["Chart rows"]


def test_a_long_text_has_a_slide_of_its_own() -> None:
    first, second, *_ = slides_of(Text(text="One sentence of some words. " * 16), bars())
    assert (title_of(first), title_of(second)) == ("The page", "How many?")
    assert named(second, "Text") == []


def test_the_part_and_the_sub_part_stand_above_a_picture_and_a_fold_too() -> None:
    slides = slides_of(
        Heading(text="Parks"),
        Heading(text="North", level=3),
        Details(title="More", blocks=(table(),)),
        table(name="b"),
    )
    assert [named(slide, "Part") for slide in slides] == [["Parks · North · More"], ["Parks · North"]]


def test_a_heading_inside_a_fold_holds_only_there() -> None:
    slides = slides_of(
        Heading(text="Parks"), Details(title="More", blocks=(Heading(text="Inner", level=3), table())), table(name="b")
    )
    assert [named(slide, "Part") for slide in slides] == [["Parks · Inner · More"], ["Parks"]]


def test_headings_that_no_slide_shows_are_in_the_notes() -> None:
    first, *_ = slides_of(Text(text="One."), Heading(text="Empty"), Heading(text="Parks"), Text(text="Two."))
    assert "Empty" in notes_of(first)
    assert "Parks" not in notes_of(first)


def test_short_text_after_a_small_table_stands_below_it() -> None:
    slides = slides_of(Heading(text="Parks"), table(), Text(text="After."), Heading(text="Next"), Text(text="x"))
    assert [title_of(slide) for slide in slides] == ["Rows", "Next"]
    assert named(slides[0], "Text") == ["After."]


def test_links_and_what_a_picture_shows_are_in_the_notes() -> None:
    link = PageLink(text="Open", page="sites", choices={"site": "park"})
    slide, *_ = slides_of(replace(bars(), caveat_ids=("range_only",)), PageLink(text="Alone", page="sites"))
    notes = notes_of(slide)
    assert "Made up." in notes
    assert "a Range only: The document gives only a range." in notes
    (text,) = slides_of(Text(text="One."), link)
    assert "Open: /sites?site=park" in notes_of(text)
    (entry,) = slides_of(Entry(title="T", links=(link,)))
    assert "Open: /sites?site=park" in notes_of(entry)


def test_an_entry_has_its_tags_text_and_facts_in_this_order() -> None:
    (slide,) = slides_of(
        Entry(title="T", text="words", tags=("open", ""), facts=(("Due", "May"), ("Empty", "")), document_ids=("news",))
    )
    assert named(slide, "Text") == ["T [2 press]\nopen\nwords\nDue: May"]


def test_details_of_an_entry_follow_it() -> None:
    slides = slides_of(Entry(title="T", text="words", details=(table(),)))
    assert title_of(slides[-1]) == "Rows" and named(slides[-1], "Part") == ["Brief · T"]


def figures(count: int, **given: Any) -> list[Metric]:
    return [Metric(label=f"L{n}", value=str(n), unit="animals", **given) for n in range(count)]


@pytest.mark.parametrize(("count", "lefts"), [(1, 1), (2, 2), (3, 3), (4, 2), (6, 3)])
def test_figures_stand_side_by_side_in_rows_of_three_and_four_in_two_rows(count: int, lefts: int) -> None:
    (slide,) = slides_of(*figures(count))
    cards = [shape for shape in slide.shapes if shape.name == "Figure"]
    assert len(cards) == count
    assert len({card.left for card in cards}) == lefts
    assert len({card.top for card in cards}) == -(-count // lefts)
    assert cards[0].left == Pt(46)
    if count > 1:
        assert cards[1].left - cards[0].left == pytest.approx(cards[0].width + Pt(14), abs=2)


def test_a_seventh_figure_stands_on_the_next_slide() -> None:
    first, second = slides_of(*figures(7))
    assert (len(named(first, "Figure")), len(named(second, "Figure"))) == (6, 1)
    assert title_of(second) == WORDS("take.continued", title="The page")


def test_a_card_says_all_that_a_figure_needs_to_be_quoted() -> None:
    (slide,) = slides_of(
        *figures(
            1,
            counted="adults",
            period="2020",
            status="open",
            trend=((2005, 3.0), (2000, 1.5)),
            document_ids=("paper",),
            link=PageLink(text="Open", page="sites"),
        )
    )
    trend = WORDS("take.trend", figures="2000: 1.5, 2005: 3")
    assert named(slide, "Figure") == [f"L0\n0 animals\nadults · 2020 · [1]\nopen\n{trend}"]
    assert "Open: /sites" in notes_of(slide)
    (bar,) = [shape for shape in slide.shapes if shape.name == "Bar"]
    assert bar.height == Pt(3) and str(SURFACE["accent"][0].lstrip("#")) in bar._element.xml
    (leopard,) = slides_of(*figures(1, species_id="amur_leopard"))
    assert "C869BF" in leopard.shapes[-1]._element.xml
    (short,) = slides_of(*figures(1, trend=((2000, 1.0),)))
    assert named(short, "Figure") == ["L0\n0 animals"]


def test_cells_side_by_side_follow_each_other() -> None:
    (slide,) = slides_of(Side(cells=((Text(text="left"),), (Text(text="right"),)), weights=(1, 1)))
    assert named(slide, "Text") == ["left\nright"]


def test_a_long_table_goes_on_and_its_rows_are_numbered() -> None:
    slides = slides_of(table(17))
    assert [title_of(slide) for slide in slides] == ["Rows", WORDS("take.continued", title="Rows")]
    shapes = [next(shape for shape in slide.shapes if shape.has_table) for slide in slides]
    assert [len(shape.table.rows) for shape in shapes] == [16, 3]
    assert [cell.text for cell in shapes[1].table.rows[1].cells] == ["16", "r15c0", "r15c1"]
    assert shapes[0].table.cell(0, 0).text == "#"


def test_a_table_of_many_columns_tells_which_of_them_a_slide_shows() -> None:
    slides = slides_of(table(2, 14))
    assert [named(slide, "Below") for slide in slides] == [
        [WORDS("take.slide_part", first=first, last=last, count=14)] for first, last in ((1, 6), (7, 11), (12, 14))
    ]
    shown = next(shape.table for shape in slides[1].shapes if shape.has_table)
    assert [cell.text for cell in shown.rows[0].cells] == ["#", "c0", "c6", "c7", "c8", "c9", "c10"]


@pytest.mark.parametrize(("count", "is_told"), [(20, False), (21, True)])
def test_a_table_of_too_many_rows_tells_what_is_left_out(
    monkeypatch: pytest.MonkeyPatch, count: int, is_told: bool
) -> None:
    monkeypatch.setattr("neaspec.render.pptx.render.MOST_SLIDE_ROWS", 20)
    last = slides_of(table(count))[-1]
    said = " ".join(named(last, "Below"))
    assert (WORDS("take.slide_rows", shown=20, count="21") in said) is is_told


def test_a_table_without_rows_says_so() -> None:
    (slide,) = slides_of(table(0))
    assert named(slide, "Text") == [WORDS("common.no_rows")]


def test_below_a_chart_stands_what_was_counted_and_what_it_cannot_show() -> None:
    chart = small(
        "ranges",
        {"x": 2000, "y": 5.0, "low": None, "high": None, "series": "A", "mark": "exact"},
        {"x": 2001, "y": None, "low": None, "high": None, "series": "A", "mark": "not_surveyed"},
        unit="animals",
    )
    slide, *_ = slides_of(chart)
    assert named(slide, "Below") == ["animals\n2001: not surveyed"]
    empty = slides_of(replace(bars(), rows=bars().rows.head(0)))[0]
    assert named(empty, "Below")[0].startswith(WORDS("common.no_rows"))
    assert not [shape for shape in empty.shapes if shape.has_chart]


def test_the_first_slide_and_the_lists_at_the_end() -> None:
    document = replace(made_up_document(), kind="Brief", notes=("A note.",))
    data = render_pptx(replace(document, page=replace(document.page, blocks=(), title="The page", lead="Its lead.")))
    slides = list(Presentation(io.BytesIO(data)).slides)
    (front,) = named(slides[0], "Text")
    assert front.split("\n")[:4] == ["Brief", "Its lead.", "Country: Mongolia", "As of: Today"]
    assert front.split("\n")[-1] == "A note."
    assert [title_of(slide) for slide in slides[1:]] == [WORDS("common.caveats_title"), WORDS("common.sources_title")]
    (caveats,) = named(slides[1], "Text")
    assert caveats.split("\n")[1] == "b Press only: Only a press report says so."
    sources = next(shape.table for shape in slides[2].shapes if shape.has_table)
    assert [cell.text for cell in sources.rows[2].cells] == [
        "[2 press]",
        "An article",
        "A newspaper",
        "undated",
        "press report",
        "",
    ]
    assert sources.cell(1, 5).text == "https://example.org/a"


def test_causes_and_effects_are_boxes_joined_by_arrows() -> None:
    links = [{"source": f"c{n}", "target": f"e{n % 2}", "group": f"g{n}"} for n in range(3)]
    chart = small("network", *links)
    slide = slides_of(chart)[0]
    boxes = {shape.name: shape for shape in slide.shapes if shape.name[0] in "ce" and shape.name[1:].isdigit()}
    assert set(boxes) == {"c0", "c1", "c2", "e0", "e1"}
    assert boxes["c0"].left == Pt(46) < boxes["e0"].left
    assert boxes["e0"].left + boxes["e0"].width == pytest.approx(Pt(960 - 46), abs=3)
    assert boxes["c0"].top < boxes["c1"].top < boxes["c2"].top
    lines = [shape for shape in slide.shapes if shape.shape_type is not None and shape.name.startswith("Connector")]
    assert len(lines) == 3 and {line.line.width for line in lines} == {Pt(1.25)}
    assert lines[0].begin_x == boxes["c0"].left + boxes["c0"].width
    assert lines[0].end_x == boxes["e0"].left
    assert named(slide, "Legend") == ["■ g0    ■ g1    ■ g2    "]
    assert {str(line.line.color.rgb) for line in lines} == {SERIES[n][0].lstrip("#") for n in range(3)}


@pytest.mark.parametrize(("count", "portions"), [(9, [9]), (10, [9, 1]), (0, [])])
def test_a_slide_has_at_most_nine_causes(count: int, portions: list[int]) -> None:
    frame = pd.DataFrame({"source": [f"c{n}" for n in range(count)], "target": "e"}, columns=["source", "target"])
    chart = replace(small("network", {"source": "a", "target": "b"}), rows=frame)
    assert [len(portion) for portion in network_portions(chart)] == portions
    assert all(group == "" for portion in network_portions(chart) for _, _, group in portion)


def test_links_of_one_cause_stand_together() -> None:
    rows = [{"source": s, "target": t} for s, t in (("a", "x"), ("b", "y"), ("a", "z"))]
    (portion,) = network_portions(small("network", *rows))
    assert [(source, target) for source, target, _ in portion] == [("a", "x"), ("a", "z"), ("b", "y")]


def native(chart: Chart, width: float = 868.0, height: float = 300.0) -> Any:
    file = Presentation()
    slide = file.slides.add_slide(file.slide_layouts[6])
    data = chart_data(chart, PALETTE, WORDS)
    return add_chart(slide, chart, data, (10, 20, width, height), (PALETTE, "Chart rows"))


def test_a_native_chart_of_bars_keeps_its_order_values_and_look() -> None:
    frame = native(small("bars", {"category": "a", "value": 12.5}, {"category": "b", "value": 3.0}))
    assert (frame.left, frame.top, frame.width, frame.height) == (Pt(10), Pt(20), Pt(868), Pt(300))
    chart = frame.chart
    assert (chart.has_title, chart.has_legend) == (False, False)
    assert list(chart.plots[0].categories) == ["a", "b"]
    assert list(chart.plots[0].series[0].values) == [12.5, 3.0]
    assert chart.plots[0].gap_width == 45 and chart.plots[0].overlap == 0
    assert chart.category_axis.reverse_order is True
    assert chart.value_axis.minimum_scale == 0 and chart.value_axis.maximum_scale is None
    assert chart.value_axis.has_major_gridlines and not chart.category_axis.has_major_gridlines
    assert chart.value_axis.axis_title.text_frame.text == "Animals (individuals)"
    assert not chart.category_axis.has_title
    assert chart.value_axis.tick_labels.number_format == "#,##0"
    assert (chart.font.size, chart.category_axis.tick_labels.font.size) == (Pt(12), Pt(11))
    space = chart._chartSpace
    assert space.find(f".//{C}tickLblSkip").get("val") == "1"
    assert space.find(f".//{C}dispBlanksAs").get("val") == "gap"
    assert space.find(f".//{C}varyColors").get("val") == "0"
    assert chart.plots[0].series[0]._element.find(f".//{C}formatCode").text == "#,##0.0"


@pytest.mark.parametrize(("value", "form"), [(9.0, "General"), (10.0, "#,##0")])
def test_an_axis_of_small_figures_may_have_decimals(value: float, form: str) -> None:
    chart = native(small("bars", {"category": "a", "value": value})).chart
    assert chart.value_axis.tick_labels.number_format == form


def test_single_bars_differ_where_they_are_hollow_or_of_a_species() -> None:
    rows = [
        {"category": c, "value": 5.0, "mark": m, "species": s}
        for c, m, s in (("a", "exact", ""), ("b", "about", ""), ("c", "exact", "amur_leopard"))
    ]
    (series,) = native(small("bars", *rows)).chart._chartSpace.iter(f"{C}ser")
    points = {p.find(f"{C}idx").get("val"): p for p in series.findall(f"{C}dPt")}
    assert set(points) == {"1", "2"}
    assert [point.find(f".//{A}pattFill") is not None for point in points.values()] == [True, False]
    assert points["2"].find(f".//{A}srgbClr").get("val") == "C869BF"
    assert [p.find(f"{C}invertIfNegative").get("val") for p in points.values()] == ["0", "0"]


def test_ranges_are_bars_of_error_with_their_own_ends() -> None:
    (series,) = native(
        small("bars", {"category": "a", "value": 10.0, "low": 7.0, "high": 15.0})
    ).chart._chartSpace.iter(f"{C}ser")
    bars_of_error = series.find(f"{C}errBars")
    ends = {name: bars_of_error.find(f"{C}{name}//{C}v").text for name in ("plus", "minus")}
    assert ends == {"plus": "5", "minus": "3"}
    assert bars_of_error.find(f"{C}errDir") is None
    plain = native(small("bars", {"category": "a", "value": 10.0})).chart._chartSpace
    assert plain.find(f".//{C}errBars") is None


def test_points_over_years_have_round_years_and_their_lines() -> None:
    rows = [
        {"x": x, "y": y, "low": low, "high": high, "series": "A", "mark": mark, "joined": joined}
        for x, y, low, high, mark, joined in (
            (2000, 5.0, None, None, "exact", True),
            (2002, 9.0, 8.0, 11.0, "about", True),
            (2004, 20.0, None, None, "exact", False),
        )
    ]
    chart = native(small("ranges", *rows)).chart
    axis = chart.category_axis
    assert (axis.minimum_scale, axis.maximum_scale, axis.major_unit) == (1999, 2005, 1)
    assert axis.tick_labels.number_format == "0"
    joined, single = chart._chartSpace.iter(f"{C}ser")
    assert chart.has_legend and chart.legend.include_in_layout is False
    marker = joined.find(f"{C}marker")
    assert (marker.find(f"{C}symbol").get("val"), marker.find(f"{C}size").get("val")) == ("circle", "9")
    hollow = joined.findall(f"{C}dPt")
    assert [point.find(f"{C}idx").get("val") for point in hollow] == ["1"]
    assert joined.find(f"{C}errBars/{C}errDir").get("val") == "y"
    assert [ser.find(f"{C}spPr") is not None for ser in (joined, single)] == [True, True]


def test_a_timeline_begins_at_its_first_year() -> None:
    rows = [{"category": "A", "start": "2020", "end": "2021", "mark": "planned"}]
    chart = native(small("timeline", *rows)).chart
    assert (chart.value_axis.minimum_scale, chart.value_axis.maximum_scale) == (2019, 2023)
    assert (chart.value_axis.major_unit, chart.value_axis.tick_labels.number_format) == (1, "0")
    assert chart.has_legend is False
    assert chart.plots[0].overlap == 100


def test_portions_of_rows_share_one_round_axis() -> None:
    file = Presentation()
    slide = file.slides.add_slide(file.slide_layouts[6])
    chart = small("bars", {"category": "a", "value": 12.0})
    data = replace(chart_data(chart, PALETTE, WORDS), most=43.0)
    axis = add_chart(slide, chart, data, (0, 0, 800, 300), (PALETTE, "n")).chart.value_axis
    assert axis.maximum_scale == 50  # in steps of five, with room behind the longest bar


@pytest.mark.parametrize(
    ("shape", "count", "height"), [("bars", 2, 244), ("stacked", 5, 430), ("points", 2, 1000), ("columns", 1, 1000)]
)
def test_few_bars_need_not_be_thick(shape: Any, count: int, height: float) -> None:
    assert chart_height(ChartData(shape, ("a",) * count)) == height


def test_rows_of_bars_that_can_be_read_on_a_slide() -> None:
    one = chart_data(bars(3), PALETTE, WORDS)
    assert rows_a_slide(one, 310, 800) == 10  # 26 points each above the axis of 50
    assert rows_a_slide(one, 100, 800) == 3
    assert rows_a_slide(ChartData("points"), 310, 800) == 1
    pair = chart_data(small("pairs", {"category": "a", "first": 1.0, "second": 2.0}), PALETTE, WORDS)
    assert rows_a_slide(pair, 310, 800) == 7  # 36 points for two bars
    long = replace(one, categories=("a name of many words " * 12,))
    assert rows_a_slide(long, 310, 800) < 6


def series_of(*values: float | None, **given: Any) -> Series:
    labels = tuple("" if value is None else f"{value:g}" for value in values)
    zeros = (0.0,) * len(values)
    named_values: dict[str, Any] = {"labels": labels, "more": zeros, "less": zeros, "hollow": (False,) * len(values)}
    return Series("A", "#0B5C8A", "circle", values, **named_values | given)


@pytest.mark.parametrize(
    ("shape", "side"), [("bars", "outEnd"), ("stacked", "ctr"), ("columns", "ctr"), ("areas", ""), ("lines", "t")]
)
def test_labels_of_bars_stand_at_their_ends_and_of_parts_in_their_middle(shape: Any, side: str) -> None:
    assert label_places(ChartData(shape, ("a", "b"), (series_of(1, 2),)), 500, 300) == [[side, side]]


def test_labels_of_points_avoid_each_other() -> None:
    def places(*series: Series) -> list[list[str]]:
        return label_places(ChartData("points", (), series, least=2000, most=2010), 500, 300)

    assert places(series_of(5, places=(2005,))) == [["t"]]
    assert places(series_of(5, 5, places=(2005, 2005))) == [["t", "b"]]
    ranged: dict[str, Any] = {"places": (2005,), "more": (1.0,), "labels": ("about 5 (3)",)}
    assert places(series_of(5, **ranged)) == [["r"]]
    assert places(series_of(5, **ranged, is_joined=True)) == [["t"]]
    assert places(series_of(5, places=(2005,), more=(1.0,))) == [["b"]]  # beside its range a short one would touch it
    assert places(series_of(5, places=(2010,), more=(1.0,), labels=("a long label",))) == [["l"]]
    assert places(series_of(5, 5, 5, places=(2005, 2005, 2005))) == [["t", "b", "t"]]  # no side is free any more


def label(text: str, shape: Any = "bars", value: float = 5.0, **given: Any) -> str:
    series = series_of(value, labels=(text,), **given)
    rest = series_of(100.0 - value, labels=("",))
    return labels_xml(series, ChartData(shape, ("a",), (series, rest)), PALETTE, ["ctr"])


def test_a_figure_follows_its_cell_and_words_stay_as_they_are() -> None:
    number, words = label("1,200.5"), label("about <5>")
    assert "<c:rich>" not in number and '<c:showVal val="1"/>' in number and 'sz="1100"' in number
    assert "<a:t>about &lt;5&gt;</a:t>" in words and 'sz="1100"' in words
    assert '<c:dLblPos val="ctr"/>' in number and '<c:idx val="0"/>' in number
    assert number.endswith('<c:showBubbleSize val="0"/></c:dLbls>') and number.count('<c:showVal val="0"/>') == 1


def test_what_is_hidden_or_empty_has_no_labels() -> None:
    assert label("5", is_hidden=True) == ""
    assert label("") == ""
    data = ChartData("bars", ("a",), (series_of(None, labels=("x",)),))
    assert labels_xml(data.series[0], data, PALETTE, [""]) == ""


def test_a_figure_wider_than_its_part_is_left_to_the_table() -> None:
    assert label("5,000", "stacked", 5.0) == ""  # 27 points for 33
    assert label("5", "stacked", 5.0) != ""
    assert label("words", "stacked", 5.0) != ""  # words are told nowhere else
    assert label("5,000", "bars", 5.0) != ""


def test_letters_in_a_part_can_be_read_on_its_colour() -> None:
    assert "FFFFFF" in label("50", "stacked", 50.0)
    hollow = label("50", "stacked", 50.0, hollow=(True,))
    assert SURFACE["text"][0].lstrip("#") in hollow and '<a:srgbClr val="FFFFFF"/></a:solidFill><a:ln>' in hollow
    pale = label("50", "stacked", 50.0, colours=("#F0F0F0",))
    assert "11161C" in pale
    assert SURFACE["text"][0].lstrip("#") in label("50", "bars", 50.0)
