"""Workbooks: cells in the form of their column, names of tabs, rows of the text tab, and charts with their ranges."""

import io
from dataclasses import replace
from datetime import datetime
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook

from neaspec.blocks import Block, Chart, Column, Details, Entry, Heading, Metric, Notice, PageLink, Table, Text
from neaspec.palette import SURFACE
from neaspec.render.xlsx.charts import _name
from neaspec.render.xlsx.render import render_xlsx
from neaspec.render.xlsx.sheets import sheet_name
from neaspec.text import load_words
from tests.support.said import made_up_document, made_up_map
from tests.support.small_charts import small

WORDS = load_words("en")


def book(*blocks: Block, **given: Any) -> Any:
    document = made_up_document()
    page = replace(document.page, blocks=blocks, title="The page", lead="Its lead.")
    return load_workbook(io.BytesIO(render_xlsx(replace(document, page=page, kind="Brief", **given))))


def rows_of(sheet: Any, first: int = 1) -> list[list[Any]]:
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=first)]
    return [row for row in rows if any(value is not None for value in row)]


def table(file: str = "rows", /, **cells: list[Any]) -> Table:
    frame = pd.DataFrame({key.partition("__")[0]: pd.Series(values, dtype=object) for key, values in cells.items()})
    kinds: dict[str, Any] = {key.partition("__")[0]: key.partition("__")[2] or "text" for key in cells}
    columns = tuple(Column(name=n, label=n.capitalize(), kind=kinds[n], unit="ha" * (n == "area")) for n in frame)
    return Table(title="The rows", columns=columns, rows=frame, file_name=file)


@pytest.mark.parametrize(
    ("wanted", "taken", "name"),
    [
        ("counts", set(), "counts"),
        ("x" * 31, set(), "x" * 31),
        ("x" * 32, set(), "x" * 31),
        ("Counts", {"counts"}, "Counts 2"),
        ("counts", {"counts", "counts 2"}, "counts 3"),
        ("x" * 40, {"x" * 31}, "x" * 29 + " 2"),
        ("a/b:c?", set(), "a b c"),
        ("History", set(), "History -"),
        ("", set(), "-"),
        ("'q'", set(), "q"),
        ("a-b (c).d", set(), "a-b (c).d"),
    ],
)
def test_a_tab_has_a_name_that_is_allowed_and_its_own(wanted: str, taken: set[str], name: str) -> None:
    assert sheet_name(wanted, taken) == name


@pytest.mark.parametrize(
    ("kind", "value", "form"),
    [
        ("integer", 1416, "#,##0"),
        ("number", 1416.0, "#,##0"),
        ("number", 1.5, "#,##0.0"),
        ("number", 1.23456789, "#,##0.0000"),
        ("money", 2.25, "#,##0.00"),
        ("percent", 15.0, '0" %"'),
        ("percent", 15.61, '0.00" %"'),
        ("year", 2020, "0"),
    ],
)
def test_a_number_has_as_many_decimals_as_it_needs(kind: str, value: float, form: str) -> None:
    cell = book(table(**{f"value__{kind}": [value]}))["rows"]["A4"]
    assert (cell.value, cell.number_format) == (value, form)


@pytest.mark.parametrize(
    ("day", "value"),
    [
        ("2020-10-12", datetime(2020, 10, 12)),
        ("1900-03-01", datetime(1900, 3, 1)),
        ("1900-02-28", "28 February 1900"),
        ("2020-10", "October 2020"),
        ("2020", "2020"),
        ("2020-10-12T08:00", datetime(2020, 10, 12)),
    ],
)
def test_only_a_whole_day_that_spreadsheets_know_is_a_date(day: str, value: Any) -> None:
    assert book(table(day__date=[day]))["rows"]["A4"].value == value


def test_an_address_is_a_link_unless_it_is_odd() -> None:
    good, long = "https://example.org/a", "https://example.org/" + "x" * 2000
    sheet = book(table(link__link=[good, long, 'https://a.org/"x"', "http://b.org"]))["rows"]
    cells = [sheet[f"A{row}"] for row in range(4, 8)]
    assert [cell.hyperlink.target if cell.hyperlink else None for cell in cells] == [good, None, None, "http://b.org"]
    assert [cell.value for cell in cells] == [good, long, 'https://a.org/"x"', "http://b.org"]


def test_an_address_of_two_thousand_signs_is_still_a_link() -> None:
    just = "https://example.org/" + "x" * 1980
    assert book(table(link__link=[just]))["rows"]["A4"].hyperlink is not None


def test_a_text_longer_than_a_cell_goes_on_to_the_right() -> None:
    sheet = book(table(note=["x" * 32_768]))["rows"]
    assert (len(sheet["A4"].value), sheet["B4"].value) == (32_767, "x")


def test_empty_cells_stay_empty_and_a_table_without_rows_says_so() -> None:
    sheet = book(table(name=["a", None, ""], size__number=[None, float("nan"), 3.0]))["rows"]
    assert rows_of(sheet, 4) == [["a", None], [None, 3]]
    assert book(table(name=[]))["rows"]["A4"].value == WORDS("common.no_rows")


def test_columns_are_as_wide_as_what_they_hold() -> None:
    sheet = book(table(a=["x" * 20], b=["x" * 99], c=[""], d=["one\n" + "x" * 30], e__date=["2020"]))["rows"]
    widths = [sheet.column_dimensions[letter].width for letter in "ABCDE"]
    assert [round(width) for width in widths] == [23, 61, 10, 33, 15]


def test_titles_of_columns_stay_in_sight_and_filter() -> None:
    sheet = book(table(area=["a", "b"], more=["c", "d"]))["rows"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A4", "A3:B5")
    assert [cell.value for cell in sheet[3]] == ["Area (ha)", "More"]
    assert sheet["A3"].font.bold and sheet["A3"].font.color.rgb == f"FF{SURFACE['accent'][0][1:]}"
    assert book(table(area=[]))["rows"].auto_filter.ref == "A3:A4"


def test_the_first_tab_says_what_the_workbook_is_and_leads_to_its_tabs() -> None:
    made = book(table(name=["a"]), notes=("A note.",))
    sheet = made["Contents"]
    assert [sheet[f"A{row}"].value for row in (1, 2, 3)] == ["Brief", "The page", "Its lead."]
    facts = {sheet[f"A{row}"].value: sheet[f"B{row}"].value for row in range(5, 10)}
    assert facts[WORDS("take.data_date")] == datetime(2026, 11, 20)
    assert facts["Country"] == "Mongolia"
    values = [row[0] for row in rows_of(sheet)]
    assert values.index("A note.") < values.index(WORDS("take.tab"))
    links = {cell.value: cell.hyperlink.location for (cell, *_) in sheet.iter_rows() if cell.hyperlink}
    assert links["rows"] == "'rows'!A1" and list(links) == ["Text", "rows", "Sources", "Caveats", "Columns"]
    assert made.properties.title == "The page" and made.properties.subject == "Brief"


def test_what_is_no_table_stands_in_the_text_tab_in_reading_order() -> None:
    link = PageLink(text="Open", page="sites", choices={"site": "a"})
    metric = Metric(
        label="L",
        value="5",
        unit="animals",
        counted="adults",
        period="2020",
        status="open",
        trend=((2001, 2.5), (2000, 1.0)),
        document_ids=("paper",),
        caveat_ids=("range_only",),
        link=link,
    )
    entry = Entry(
        title="E",
        text="e",
        tags=("a", "", "b"),
        facts=(("Due", "May"), ("x", "")),
        links=(link,),
        document_ids=("news",),
    )
    made = book(
        Heading(text="H"),
        Text(text="t", document_ids=("paper",)),
        Notice(text="n"),
        metric,
        entry,
        Details(title="D", blocks=(Text(text="in"),)),
        link,
        table(name=["a"]),
    )
    kinds = {
        key: WORDS(f"take.kind_{key}")
        for key in ("heading", "text", "notice", "metric", "link", "entry", "details", "table")
    }
    none: list[Any] = [None] * 9
    assert rows_of(made["Text"], 2) == [
        [kinds["heading"], "H", *none[2:]],
        [kinds["text"], "t", *none[3:], "[1]"],
        [kinds["notice"], "n", *none[2:]],
        [
            kinds["metric"],
            "L",
            "5",
            "animals",
            "adults",
            "2020",
            "open",
            WORDS("take.trend", figures="2000: 1, 2001: 2.5"),
            "[1] a",
        ],
        [kinds["link"], "Open: /sites?site=a", *none[2:]],
        [kinds["entry"], "E\ne", None, None, None, None, "a · b", "Due: May", "[2 press]"],
        [kinds["link"], "Open: /sites?site=a", *none[2:]],
        [kinds["details"], "D", *none[2:]],
        [kinds["text"], "in", *none[2:]],
        [kinds["link"], "Open: /sites?site=a", *none[2:]],
        [kinds["table"], "The rows", *none[2:]],
    ]
    (short,) = rows_of(book(Metric(label="L", value="5", trend=((2000, 1.0),)))["Text"], 2)
    assert short[7] is None


def test_a_picture_has_its_words_and_a_map_its_notes() -> None:
    rows = rows_of(book(replace(made_up_map(), unit="parks"))["Text"], 2)
    assert rows[0][:2] == [WORDS("take.kind_map"), "Where is the park?\nA made-up map with one park."]
    assert rows[0][8] == "parks · [1]"
    assert [row[1] for row in rows[1:-1]][1] == WORDS("maps.disclaimer")
    chart = small("bars", {"category": "a", "value": 1.0}, unit="animals")
    assert rows_of(book(chart)["Text"], 2)[0][:2] == [WORDS("take.kind_chart"), "How many?\nMade up."]


def test_sources_and_caveats_have_tabs_of_their_own() -> None:
    made = book()
    paper, news, _ = rows_of(made["Sources"], 2)
    assert (paper[0], paper[2], paper[3], paper[6]) == (
        1,
        "Secretariat",
        datetime(2020, 10, 12),
        "https://example.org/a",
    )
    assert (news[1], news[3], news[4], news[6]) == ("An article", "undated", "press report", None)
    assert rows_of(made["Caveats"], 2)[1] == [
        "b",
        "Press only",
        "Only a press report says so.",
        WORDS.term("severity", "caution"),
    ]


def test_the_last_tab_says_what_each_column_holds() -> None:
    made = book(table("areas", area__number=[5.0], name=["a"]))
    assert rows_of(made["Columns"], 2) == [
        ["areas", "The rows", "Area (ha)", "ha", WORDS("take.kinds_number")],
        ["areas", "The rows", "Name", None, WORDS("take.kinds_text")],
    ]


def native(chart: Chart) -> tuple[Any, Any]:
    """Return the tab of a chart and the chart in it."""
    sheet = book(chart)["rows"]
    return sheet, (sheet._charts[0] if sheet._charts else None)


def test_a_chart_of_bars_stands_beside_its_table_with_its_data_behind_it() -> None:
    sheet, chart = native(
        small(
            "bars",
            {"category": "a", "value": 12.0, "low": 10.0, "high": 15.0},
            {"category": "b", "value": 3.0, "low": None, "high": None},
        )
    )
    assert chart.barDir == "bar" and chart.gapWidth == 45
    (series,) = chart.series
    values, names = series.val.numRef.f, series.cat.strRef.f
    cells = [cell for (cell,) in sheet[values.split("!")[1].replace("$", "")]]
    assert [cell.value for cell in cells] == [12, 3]
    assert [cell.value for (cell,) in sheet[names.split("!")[1].replace("$", "")]] == ["a: 12 (10–15)", "b"]
    left = cells[0].column
    assert sheet.cell(3, left).value == "Animals (individuals)"
    assert sheet.cell(3, left - 1).value == WORDS("take.chart_rows")
    assert [sheet.cell(3, left + n).value for n in (1, 2)] == [
        WORDS(f"take.{key}", name="Animals (individuals)") for key in ("range_more", "range_less")
    ]
    assert [[sheet.cell(row, left + n).value for n in (1, 2)] for row in (4, 5)] == [[3, 2], [0, 0]]
    assert chart.y_axis.scaling.min == 0 and chart.y_axis.number_format.formatCode == "#,##0"
    assert chart.x_axis.scaling.orientation == "maxMin"
    assert chart.legend is None
    anchor = chart.anchor._from
    assert (anchor.row, left - 2 - anchor.col) == (2, 15)  # fifteen columns of the usual width lie below the picture


def test_an_axis_of_small_figures_may_have_decimals() -> None:
    assert native(small("bars", {"category": "a", "value": 9.0}))[1].y_axis.number_format.formatCode == "General"
    assert native(small("bars", {"category": "a", "value": 10.0}))[1].y_axis.number_format.formatCode == "#,##0"


def test_points_over_years_have_round_years_on_their_axis() -> None:
    rows = [{"x": x, "y": 20.0, "series": s} for x, s in ((2000, "A"), (2004, "A"), (2004, "B"))]
    sheet, chart = native(small("lines", *rows))
    assert (chart.x_axis.scaling.min, chart.x_axis.scaling.max, chart.x_axis.majorUnit) == (1999, 2005, 1)
    assert chart.x_axis.number_format.formatCode == "0" and chart.y_axis.scaling.min == 0
    first, second = chart.series
    assert chart.legend.position == "t"
    places = [cell.value for (cell,) in sheet[first.xVal.numRef.f.split("!")[1].replace("$", "")]]
    assert places == [2000, 2004]
    assert first.marker.symbol == "circle" and first.marker.size == 8
    assert second.marker.symbol == "square"


def test_a_timeline_begins_at_its_first_year_and_hides_what_holds_its_bars() -> None:
    row = {"category": "A", "start": "2020", "end": "2021", "mark": "planned"}
    _, chart = native(small("timeline", row))
    assert (chart.y_axis.scaling.min, chart.y_axis.scaling.max, chart.y_axis.majorUnit) == (2019, 2023, 1)
    assert chart.grouping == "stacked" and chart.legend is None
    hidden, planned = chart.series
    assert hidden.graphicalProperties.noFill is True
    assert planned.graphicalProperties.noFill is not True


def test_what_a_chart_cannot_show_stands_above_it() -> None:
    rows = [
        {
            "x": 2000 + n,
            "y": 5.0 if n == 0 else None,
            "series": "A",
            "low": None,
            "high": None,
            "mark": "exact" if n == 0 else "not_surveyed",
        }
        for n in range(4)
    ]
    sheet, chart = native(small("ranges", *rows))
    column = chart.anchor._from.col + 1
    assert sheet.cell(1, column).value == "2001: not surveyed"
    assert sheet.cell(2, column).value == "2002: not surveyed"
    assert sheet.cell(2, column + 4).value == "2003: not surveyed"


def test_an_empty_chart_and_a_network_are_told_in_words() -> None:
    sheet, chart = native(
        replace(small("bars", {"category": "a", "value": 1.0}), rows=pd.DataFrame({"category": [], "value": []}))
    )
    assert chart is None
    assert WORDS("common.no_rows") in [value for row in rows_of(sheet) for value in row]
    sheet, chart = native(small("network", {"source": "a", "target": "b"}))
    assert chart is None
    assert WORDS("take.no_native_chart") in [value for row in rows_of(sheet) for value in row]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("plain", "plain"),
        ("=1+1", " =1+1"),
        ("Sheet!A1", "Sheet! A1"),
        ("x!$B$2", "x! $B$2"),
        ("wow! 5", "wow! 5"),
        ("x" * 300, "x" * 250),
    ],
)
def test_a_name_of_a_chart_is_never_read_as_a_reference(text: str, name: str) -> None:
    assert _name(text) == name
