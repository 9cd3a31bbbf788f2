"""A chart as plain series, for programs that draw it themselves: slide decks and spreadsheets.

Zero, not surveyed and not reported stay three things: a zero is a value, the others are told in words beside the name
of their row, or below the picture where rows have no names.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from neaspec.blocks import Chart
from neaspec.palette import Palette
from neaspec.render.charts.flow import first_day, last_day
from neaspec.render.charts.layout import ABSENT, HOLLOW, Drawing
from neaspec.render.charts.native import (
    LONG_LABEL,
    MOST_DRAWN,
    ChartData,
    Series,
    axis_of_years,
    drawn_range,
    written,
)
from neaspec.render.charts.native_points import points, stacked_areas
from neaspec.text import Words


def chart_data(chart: Chart, palette: Palette, words: Words) -> ChartData:
    """Return the series of a chart."""
    shown = chart
    if len(chart.rows) > MOST_DRAWN:
        shown = replace(chart, rows=chart.rows.head(MOST_DRAWN))
    data = _KINDS[chart.kind](Drawing(shown, palette, words))
    if shown is not chart:
        note = words("take.first_drawn", shown=MOST_DRAWN, count=words.number(len(chart.rows), 0))
        data = replace(data, notes=(*data.notes, note))
    return data


def _bars(drawing: Drawing) -> ChartData:
    columns: dict[str, list[Any]] = {role: drawing.texts(role) for role in ("category", "mark", "label", "species")}
    columns |= {role: drawing.numbers(role) for role in ("value", "low", "high")}
    colour = drawing.palette.series(0).colour
    names, labels, drawn, colours, hollow = [], [], [], [], []
    for cells in zip(*columns.values(), strict=True):
        row = dict(zip(columns, cells, strict=True))
        text = written(drawing, row)
        is_absent = row["mark"] in ABSENT
        has_range = row["low"] is not None and row["high"] is not None  # a label would lie on the range
        beside = is_absent or has_range or len(text) > LONG_LABEL
        names.append(f"{row['category']}: {text}" if beside and text else row["category"])
        labels.append("" if beside else text)
        drawn.append((None, 0.0, 0.0) if is_absent else drawn_range(row["value"], row["low"], row["high"]))
        species = row["species"]
        colours.append(drawing.palette.group("species", species).colour if species else colour)
        hollow.append(row["mark"] in HOLLOW or (row["value"] is None and not is_absent))
    series = Series(
        name=drawing.chart.unit or drawing.chart.value_title,
        colour=colour,
        marker="circle",
        values=tuple(value for value, _, _ in drawn),
        labels=tuple(labels),
        more=tuple(more for _, more, _ in drawn),
        less=tuple(less for _, _, less in drawn),
        colours=tuple(colours),
        hollow=tuple(hollow),
    )
    return ChartData("bars", tuple(names), (series,))


def _stacked_bars(drawing: Drawing) -> ChartData:
    categories, parts = drawing.texts("category"), drawing.texts("part")
    values, marks, labels = drawing.numbers("value"), drawing.texts("mark"), drawing.texts("label")
    names, kinds = list(dict.fromkeys(categories)), list(dict.fromkeys(parts))
    notes_of: dict[str, list[str]] = {name: [] for name in names}
    series, number = [], 0
    for kind in kinds:
        own: dict[str, float | None] = {}
        texts: dict[str, str] = {}
        is_rest = kind == "not_itemised"
        title = drawing.words.term("mark", kind) if is_rest else kind
        for index, part in enumerate(parts):
            if part != kind:
                continue
            name, mark = categories[index], marks[index]
            is_rest = is_rest or mark == "not_itemised"
            figure = {"value": values[index], "low": None, "high": None, "mark": mark, "label": labels[index]}
            text = written(drawing, figure, title)
            if mark in ABSENT:
                notes_of[name].append(f"{title}: {text}")
            elif values[index] is not None:
                own[name] = (own.get(name) or 0.0) + values[index]  # type: ignore[operator]
                texts[name] = f"{texts[name]}, {text}" if name in texts else text
        colour = drawing.colour("text_soft") if is_rest else drawing.palette.series(number).colour
        number += not is_rest
        series.append(
            Series(
                name=title,
                colour=colour,
                marker="square",
                values=tuple(own.get(name) for name in names),
                labels=tuple(texts.get(name, "") for name in names),
                hollow=(is_rest,) * len(names),
            )
        )
    titles = [f"{name} ({'; '.join(notes_of[name])})" if notes_of[name] else name for name in names]
    return ChartData("stacked", tuple(titles), tuple(series))


def _timeline(drawing: Drawing) -> ChartData:
    """Periods from partial dates, as years: where each begins and how long it is."""
    words = drawing.words
    columns = [drawing.texts(role) for role in ("category", "part", "label", "species", "mark", "start", "end")]
    rows = [row for row in zip(*columns, strict=True) if row[5] or row[6]]
    order = list(dict.fromkeys(row[0] for row in rows))
    rows.sort(key=lambda row: order.index(row[0]))
    names, starts, lengths, colours = [], [], [], []
    for category, part, label, species, mark, start, end in rows:
        parts_of_name = [category, label or part, drawing.mark_words(mark), words.period(start or None, end or None)]
        names.append(" · ".join(text for text in parts_of_name if text))
        begin, finish = year_of(first_day(start or end)), year_of(last_day(end or start) + timedelta(days=1))
        starts.append(round(begin, 4))
        lengths.append(round(finish - begin, 4))
        colours.append((drawing.palette.group("species", species) if species else drawing.palette.series(0)).colour)
    series = [Series(words("take.begin"), "#FFFFFF", "square", tuple(starts), is_hidden=True)]
    for mark in dict.fromkeys(row[4] for row in rows):
        is_own = [row[4] == mark for row in rows]
        series.append(
            Series(
                name=drawing.words.term("mark", mark) or words("take.length_years"),
                colour=drawing.palette.series(0).colour,
                marker="square",
                values=tuple(length if own else None for length, own in zip(lengths, is_own, strict=True)),
                colours=tuple(colours),
                hollow=(mark in ("planned", "tentative"),) * len(rows),
            )
        )
    ends = [start + length for start, length in zip(starts, lengths, strict=True)]
    return ChartData("stacked", tuple(names), tuple(series), (), *axis_of_years([*starts, *ends]))


def _pairs(drawing: Drawing) -> ChartData:
    first, second = drawing.numbers("first"), drawing.numbers("second")
    names = [
        f"{name} ({label})" if label else name
        for name, label in zip(drawing.texts("category"), drawing.texts("label"), strict=True)
    ]
    absent = drawing.words.term("mark", "not_reported")
    both = zip(names, first, second, strict=True)
    names = [f"{name}: {absent}" if value is None and other is None else name for name, value, other in both]
    labels = {column.name: column.label for column in drawing.chart.table.columns}
    series = []
    for number, (role, values) in enumerate((("first", first), ("second", second))):
        column = drawing.chart.roles[role]
        style = drawing.palette.series(number)
        texts = tuple(drawing.words.number(value) for value in values)
        series.append(Series(labels.get(column, column), style.colour, style.marker, tuple(values), texts))
    return ChartData("bars", tuple(names), tuple(series))


def _nothing(drawing: Drawing) -> ChartData:
    return ChartData("none")


def year_of(day: date) -> float:
    """Return a day as a year with its fraction: 1 July 2021 is about 2021.5."""
    first = date(day.year, 1, 1)
    return day.year + (day - first).days / (date(day.year + 1, 1, 1) - first).days


_KINDS = {
    "bars": _bars,
    "stacked_bars": _stacked_bars,
    "stacked_areas": stacked_areas,
    "lines": points,
    "fan": points,
    "ranges": points,
    "timeline": _timeline,
    "schedule": _timeline,
    "pairs": _pairs,
    "network": _nothing,
}
