"""Native charts beside the tables of a workbook, from data written to the right of them."""

import re
from collections.abc import Sequence
from typing import Any

from xlsxwriter.utility import xl_range_abs

from neaspec.blocks import Chart
from neaspec.files import plain_text
from neaspec.render.charts.native import ChartData, Series
from neaspec.render.charts.native_bars import chart_data
from neaspec.render.document import Document
from neaspec.render.xlsx.sheets import Sheet
from neaspec.text import Words

FIRST_ROW = 2
CHART_COLUMNS = 15  # of the usual width lie below a chart; its data follow
WIDTH = 860
_TYPES: dict[str, dict[str, str]] = {
    "bars": {"type": "bar"},
    "stacked": {"type": "bar", "subtype": "stacked"},
    "columns": {"type": "column", "subtype": "stacked"},
    "areas": {"type": "area", "subtype": "stacked"},
    "points": {"type": "scatter", "subtype": "straight_with_markers"},
    "lines": {"type": "line"},
}
Range = list[Any]  # tab, first row, first column, last row, last column


def add_chart(book: Any, sheet: Sheet, tab: str, chart: Chart, document: Document, column: int) -> None:
    """Write the data of a chart beside the chart, and the chart from a column on; what it cannot show in words."""
    words, palette = document.words, document.palette
    place, column = column, column + CHART_COLUMNS
    data = chart_data(chart, palette, words)
    sheet.text(FIRST_ROW, column, words("take.chart_rows"), sheet.styles.head)
    if data.shape == "none":
        sheet.text(FIRST_ROW + 1, column, words("take.no_native_chart"), sheet.styles.soft)
        return
    if data.is_empty:
        for row, note in enumerate(data.notes or (words("common.no_rows"),), FIRST_ROW + 1):
            sheet.text(row, column, note, sheet.styles.soft)
        return
    blocks = _points(sheet, tab, data, column) if data.shape == "points" else _rows(sheet, tab, data, column)
    native = book.add_chart(_TYPES[data.shape])
    width = 2 * len(data.series) + 1 if data.shape == "points" else len(data.series) + 1
    for series, (names, categories, values) in zip(data.series, blocks, strict=True):
        ends: tuple[str, ...] = ()
        if any(series.more) or any(series.less):
            ends = _ends(sheet, tab, series, column + width, words)
            width += 2
        native.add_series(_series(series, data, (names, categories, values), ends))
    _look(native, chart, data, document)
    sheet.sheet.set_column(column, column, 44 if data.categories else 12)
    sheet.sheet.set_column(column + 1, column + width - 1, 16)
    options = {"description": plain_text(chart.alt), "object_position": 3}
    sheet.sheet.insert_chart(sheet.top + FIRST_ROW, place, native, options)
    for number, note in enumerate(data.notes):
        sheet.text(0 if not number else 1, place + 4 * (number // 2), note, sheet.styles.soft)


def _rows(sheet: Sheet, tab: str, data: ChartData, column: int) -> list[tuple[Range, Range, Range]]:
    """Write categories and the values of each series beside each other."""
    top, end = FIRST_ROW + 1, FIRST_ROW + max(len(data.categories), 1)
    style = sheet.styles.data
    for row, name in enumerate(data.categories, top):
        sheet.text(row, column, name, style)
    blocks = []
    for number, series in enumerate(data.series, column + 1):
        sheet.text(FIRST_ROW, number, series.name, sheet.styles.head)
        _figures(sheet, series, top, number)
        head, first, last = sheet.top + FIRST_ROW, sheet.top + top, sheet.top + end
        places = [[tab, head, number], [tab, first, column, last, column], [tab, first, number, last, number]]
        blocks.append((places[0], places[1], places[2]))
    return blocks


def _points(sheet: Sheet, tab: str, data: ChartData, column: int) -> list[tuple[Range, Range, Range]]:
    """Write the years and the values of each series beside each other."""
    top = FIRST_ROW + 1
    blocks = []
    for index, series in enumerate(data.series):
        left = column + 1 + 2 * index
        end = FIRST_ROW + max(len(series.values), 1)
        sheet.text(FIRST_ROW, left + 1, series.name, sheet.styles.head)
        for row, place in enumerate(series.places, top):
            sheet.number(row, left, place, sheet.styles.data)
        _figures(sheet, series, top, left + 1)
        head, first, last = sheet.top + FIRST_ROW, sheet.top + top, sheet.top + end
        places = [[tab, head, left + 1], [tab, first, left, last, left], [tab, first, left + 1, last, left + 1]]
        blocks.append((places[0], places[1], places[2]))
    return blocks


def _figures(sheet: Sheet, series: Series, top: int, column: int) -> None:
    for row, value in enumerate(series.values, top):
        if value is not None:
            sheet.number(row, column, value, sheet.styles.data)


def _ends(sheet: Sheet, tab: str, series: Series, column: int, words: Words) -> tuple[str, ...]:
    """Write how far each range goes up and down; return where, as formulas."""
    formulas = []
    top = FIRST_ROW + 1
    for number, (key, values) in enumerate((("range_more", series.more), ("range_less", series.less)), column):
        sheet.text(FIRST_ROW, number, words(f"take.{key}", name=series.name), sheet.styles.head)
        for row, value in enumerate(values, top):
            sheet.number(row, number, value, sheet.styles.data)
        first = sheet.top + top
        formulas.append(f"='{tab}'!{xl_range_abs(first, number, first + len(values) - 1, number)}")
    return tuple(formulas)


def _series(series: Series, data: ChartData, places: tuple[Range, Range, Range], ends: Sequence[str]) -> dict[str, Any]:
    """Return a series as the library wants it."""
    options: dict[str, Any] = dict(zip(("name", "categories", "values"), places, strict=True))
    if data.shape in ("points", "lines"):
        symbol = data.symbols[series.marker] if series.has_markers else "short_dash"
        fill = {"color": series.colour}
        options["marker"] = {"type": symbol, "size": 8, "fill": fill, "border": fill}
        options["line"] = {"color": series.colour, "width": 2} if series.is_joined else {"none": True}
    elif series.is_hidden:
        options |= {"fill": {"none": True}, "border": {"none": True}}
    else:
        options |= {"fill": {"color": series.colour}, "border": {"color": series.colour}}
        own = [_bar(series, index) for index in range(len(series.values))]
        options |= {"points": own} if any(own) else {}
    options |= {"gap": 45} if data.shape in ("bars", "stacked", "columns") else {}
    labels = [{"value": _name(text)} if text else {"delete": True} for text in series.labels]
    if not series.is_hidden and any(series.labels):
        position = {"bars": "outside_end", "stacked": "center", "columns": "center"}.get(data.shape, "above")
        font: dict[str, Any] = {"size": 9}
        if data.shape in ("stacked", "columns") and not any(series.hollow):
            font["color"] = "#FFFFFF"
        options["data_labels"] = {"value": True, "custom": labels, "position": position, "font": font}
    if ends:
        ink: dict[str, Any] = {"color": "#1A2027" if data.shape == "bars" else series.colour, "width": 1.5}
        reach = {"plus_values": ends[0], "minus_values": ends[1]}
        known = {"plus_data": list(series.more), "minus_data": list(series.less)}
        options["y_error_bars"] = {"type": "custom", "line": ink} | reach | known
    return options


def _bar(series: Series, index: int) -> dict[str, Any] | None:
    """Return the look of one bar if it is not that of its series."""
    colour = series.colours[index] if series.colours else series.colour
    if series.hollow and series.hollow[index]:
        pattern = {"pattern": "light_upward_diagonal", "fg_color": colour, "bg_color": "#FFFFFF"}
        return {"pattern": pattern, "border": {"color": colour}}
    if colour != series.colour:
        return {"fill": {"color": colour}, "border": {"color": colour}}
    return None


def _look(native: Any, chart: Chart, data: ChartData, document: Document) -> None:
    """Set title, axes, legend and size."""
    palette = document.palette
    soft, grid = palette.surface("text_soft"), palette.surface("grid")
    native.set_title({"name": _name(chart.title), "name_font": {"size": 13, "bold": True}, "overlay": False})
    font = {"name_font": {"size": 10, "bold": False, "color": soft}, "num_font": {"size": 10}}
    value: dict[str, Any] = font | {"name": _name(chart.value_title), "min": 0}
    value |= {"major_gridlines": {"visible": True, "line": {"color": grid}}, "num_format": "#,##0"}
    other: dict[str, Any] = font | {
        "name": _name(chart.category_title),
        "major_gridlines": {"visible": False},
    }
    if max((v or 0 for series in data.series for v in series.values), default=0) < 10:
        value["num_format"] = "General"
    is_bar = data.shape in ("bars", "stacked")
    if data.shape == "points":
        other |= {"min": data.least, "max": data.most, "major_unit": data.unit, "num_format": "0"}
    elif is_bar:
        other |= {"reverse": True, "label_position": "low", "crossing": "max", "interval_unit": 1}
        value |= {"label_position": "high"}
        if data.least is not None:
            value |= {"min": data.least, "max": data.most, "major_unit": data.unit, "num_format": "0"}
    # Of bars, the library calls the axis of the values x.
    native.set_x_axis(value if is_bar else other)
    native.set_y_axis(other if is_bar else value)
    shown = [series for series in data.series if not series.is_hidden]
    has_legend = len(shown) > 1 and len(shown) == len(data.series)
    native.set_legend({"position": "top", "font": {"size": 10}} if has_legend else {"none": True})
    native.show_blanks_as("gap")
    rows = len(data.categories) * max(len(shown) if data.shape == "bars" else 1, 1) if is_bar else 0
    height = min(max(420, 150 + 40 * rows), 2400)
    if is_bar:  # room for the names of the rows, so that they are not cut
        longest = max((len(name) for name in data.categories), default=0)
        left = min(0.46, max(0.1, (longest * 6.2 + 30) / WIDTH))
        top = (76 if has_legend else 46) / height
        plot = {"x": left, "y": top, "width": 0.95 - left, "height": 1 - top - 70 / height}
        native.set_plotarea({"layout": plot})
    native.set_size({"width": WIDTH, "height": height})


def _name(text: str) -> str:
    """Return a name of a chart as text: the library would read one that looks like a reference to cells as such."""
    clean = plain_text(text)[:250]
    clean = re.sub(r"!(?=\$?[A-Z]+\$?\d)", "! ", clean)
    return f" {clean}" if clean.startswith("=") else clean
