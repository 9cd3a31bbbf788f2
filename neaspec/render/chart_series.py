"""A chart as plain series, for programs that draw it themselves: slide decks and spreadsheets.

Zero, not surveyed and not reported stay three things: a zero is a value, the others are told in words beside the name
of their row, or below the picture where rows have no names.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil, floor
from typing import Any, Literal

from neaspec.blocks import Chart
from neaspec.palette import Palette
from neaspec.render.charts_flow import first_day, last_day
from neaspec.render.charts_parts import ABSENT, HOLLOW, Drawing, series_styles
from neaspec.render.charts_time import time_rows
from neaspec.text import Words

Shape = Literal["bars", "stacked", "columns", "areas", "points", "lines", "none"]
MOST_DRAWN = 200  # rows of a chart; its table holds all
LABELLED_POINTS = 14  # more points are labelled only where a figure is not exact
LONG_LABEL = 34  # characters; a longer one stands beside the name of its row
PLAIN_MARKS = frozenset({"", "exact", "actual"})


@dataclass(frozen=True)
class Series:
    """One series. `more` and `less`: how far the range goes above and below each value; 0 = no range.

    places: the years of points, for charts without categories. colours, hollow: of single bars or points.
    is_hidden: holds others away from the edge, is not seen. labels: an empty one is not shown.
    """

    name: str
    colour: str
    marker: str
    values: tuple[float | None, ...]
    labels: tuple[str, ...] = ()
    places: tuple[float, ...] = ()
    more: tuple[float, ...] = ()
    less: tuple[float, ...] = ()
    colours: tuple[str, ...] = ()
    hollow: tuple[bool, ...] = ()
    is_joined: bool = False
    is_hidden: bool = False
    has_markers: bool = True


@dataclass(frozen=True)
class ChartData:
    """A chart as series; `notes`: what no bar or point can say. `least` and `most`: ends of an axis of time."""

    shape: Shape
    categories: tuple[str, ...] = ()
    series: tuple[Series, ...] = ()
    notes: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None

    def portions(self, most: int) -> "list[ChartData]":
        """Split rows of bars into portions that can be read."""
        if self.shape not in ("bars", "stacked") or len(self.categories) <= most:
            return [self]
        count = ceil(len(self.categories) / most)
        size = ceil(len(self.categories) / count)
        return [_portion(self, slice(start, start + size)) for start in range(0, len(self.categories), size)]


def _portion(data: ChartData, part: slice) -> ChartData:
    names = ("values", "labels", "more", "less", "colours", "hollow")
    series = [replace(one, **{name: getattr(one, name)[part] for name in names}) for one in data.series]
    tops = [sum(values) for values in zip(*([v or 0.0 for v in one.values] for one in data.series), strict=True)]
    most = data.most
    if most is None and data.shape == "stacked":
        most = max(tops, default=1.0)
    elif most is None:
        most = max((v or 0.0 for one in data.series for v in one.values), default=1.0)
    return replace(data, categories=data.categories[part], series=tuple(series), most=most)


def chart_data(chart: Chart, palette: Palette, words: Words) -> ChartData:
    """Return the series of a chart."""
    shown = chart
    if len(chart.rows) > MOST_DRAWN:
        shown = replace(chart, rows=chart.rows.head(MOST_DRAWN))
    data = _KINDS[chart.kind](Drawing(shown, palette, words))
    if shown is not chart:
        said = words("take.first_drawn", shown=MOST_DRAWN, count=words.number(len(chart.rows), 0))
        data = replace(data, notes=(*data.notes, said))
    return data


def written(drawing: Drawing, figure: dict[str, Any], beside: str = "") -> str:
    """Write a figure with its range and its mark: about 520 (480–540); 27–55 (preliminary); 0 (zero found)."""
    value, low, high, mark = figure["value"], figure["low"], figure["high"], figure["mark"]
    text = figure["label"] or drawing.figure_words(value, low, high, mark)
    if not figure["label"] and value is not None and (low is not None or high is not None) and mark not in ABSENT:
        text += f" ({drawing.words.range(low, high)})"
    said = drawing.mark_words(mark)
    if mark not in PLAIN_MARKS and said and said not in f"{text} {beside}":
        text = f"{text} ({said})" if text else said
    return text


def _range(value: float | None, low: float | None, high: float | None) -> tuple[float | None, float, float]:
    """Return where a value is drawn and how far its range goes up and down; without a value from its lower end."""
    drawn = value if value is not None else low if low is not None else high
    if drawn is None:
        return None, 0.0, 0.0
    return drawn, max((high or drawn) - drawn, 0.0), max(drawn - (low if low is not None else drawn), 0.0)


def _bars(drawing: Drawing) -> ChartData:
    columns = {role: drawing.texts(role) for role in ("category", "mark", "label", "species")}
    columns |= {role: drawing.numbers(role) for role in ("value", "low", "high")}  # type: ignore[dict-item]
    colour = drawing.palette.series(0).colour
    names, labels, drawn, colours, hollow = [], [], [], [], []
    for cells in zip(*columns.values(), strict=True):
        row = dict(zip(columns, cells, strict=True))
        text = written(drawing, row)
        is_absent = row["mark"] in ABSENT
        beside = is_absent or len(text) > LONG_LABEL
        names.append(f"{row['category']}: {text}" if beside and text else row["category"])
        labels.append("" if beside else text)
        drawn.append((None, 0.0, 0.0) if is_absent else _range(row["value"], row["low"], row["high"]))  # type: ignore[arg-type]
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
    said: dict[str, list[str]] = {name: [] for name in names}
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
                said[name].append(f"{title}: {text}")
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
    titles = [f"{name} ({'; '.join(said[name])})" if said[name] else name for name in names]
    return ChartData("stacked", tuple(titles), tuple(series))


def _stacked_areas(drawing: Drawing) -> ChartData:
    """Stack parts over time; with years between that have no figures it is columns, for an area would cross them."""
    rows = [row for row in time_rows(drawing) if row["x"] is not None]
    names = list(dict.fromkeys(row["series"] for row in rows))
    styles = series_styles(drawing, names)
    given = sorted({row["x"] for row in rows})
    is_whole = all(isinstance(x, int | float) and float(x).is_integer() for x in given)
    years = [float(year) for year in range(int(given[0]), int(given[-1]) + 1)] if given and is_whole else given
    values = {(row["x"], row["series"]): row["y"] for row in rows}
    series = [
        Series(
            name=name,
            colour=styles[name].colour,
            marker="square",
            values=tuple((values.get((year, name)) or 0.0) if year in given else None for year in years),
        )
        for name in names
    ]
    shape: Shape = "areas" if len(years) == len(given) and len(given) > 1 else "columns"
    return ChartData(shape, tuple(_place(year) for year in years), tuple(series))


def _points(drawing: Drawing) -> ChartData:
    """Figures over time: joined ones, single ones, and ranges without a middle, apart."""
    rows = [row for row in time_rows(drawing) if row["x"] is not None]
    is_line = drawing.chart.kind == "lines"
    names = list(dict.fromkeys(row["series"] for row in rows))
    styles = series_styles(drawing, names)
    notes = []
    groups: list[tuple[str, str, bool, list[dict[str, Any]]]] = []
    for name in names:
        own = sorted((row for row in rows if row["series"] == name), key=lambda row: row["x"])
        known = [row for row in own if row["mark"] not in ABSENT]
        if not is_line:
            notes += [
                f"{_place(row['x'])}: {drawing.mark_words(row['mark'])}" + (f" ({name})" if len(names) > 1 else "")
                for row in own
                if row["mark"] in ABSENT
            ]
        joined = [row for row in known if row["y"] is not None and (is_line or row["joined"])]
        joined = joined if is_line or len(joined) > 1 else []
        single = [row for row in known if row["y"] is not None and row not in joined]
        bare = [row for row in known if row["y"] is None and (row["low"] is not None or row["high"] is not None)]
        title = name or drawing.chart.unit
        groups += [(name, title, True, joined)] if joined else []
        alone = drawing.words("take.single_figures", name=title) if joined else title
        groups += [(name, alone, False, single)] if single else []
        groups += [(name, drawing.words("take.ranges", name=title), False, bare)] if bare else []
    has_labels = len(rows) <= LABELLED_POINTS and not is_line
    series = []
    for name, title, is_joined, own in groups:
        drawn = [_range(row["y"], row["low"], row["high"]) for row in own]
        series.append(
            Series(
                name=title,
                colour=styles[name].colour,
                marker=styles[name].marker,
                values=tuple(value for value, _, _ in drawn),
                labels=tuple(
                    written(drawing, row | {"value": row["y"]})
                    if has_labels or row["label"] or row["mark"] not in PLAIN_MARKS
                    else ""
                    for row in own
                ),
                places=tuple(row["x"] for row in own),
                more=tuple(more for _, more, _ in drawn),
                less=tuple(less for _, _, less in drawn),
                hollow=tuple(row["mark"] in HOLLOW or row["y"] is None for row in own),
                is_joined=is_joined,
                has_markers=own[0]["y"] is not None,
            )
        )
    places = list(dict.fromkeys(row["x"] for row in rows))
    if all(isinstance(place, int | float) for place in places):
        series = [replace(one, places=tuple(float(place) for place in one.places)) for one in series]
        margin = max((max(places) - min(places)) * 0.06, 1) if places else 1
        least, most = (floor(min(places) - margin), ceil(max(places) + margin)) if places else (None, None)
        return ChartData("points", (), tuple(series), tuple(notes), least, most)
    by_name = [_aligned(one, [str(place) for place in places]) for one in series]
    return ChartData("lines", tuple(str(place) for place in places), tuple(by_name), tuple(notes))


def _aligned(series: Series, categories: Sequence[str]) -> Series:
    """Put the figures of a series below their categories."""
    at = {str(place): number for number, place in enumerate(series.places)}
    found = [at.get(name) for name in categories]
    return replace(
        series,
        places=(),
        values=tuple(None if index is None else series.values[index] for index in found),
        labels=tuple("" if index is None else series.labels[index] for index in found),
        more=tuple(0.0 if index is None else series.more[index] for index in found),
        less=tuple(0.0 if index is None else series.less[index] for index in found),
        hollow=tuple(index is not None and series.hollow[index] for index in found),
    )


def _timeline(drawing: Drawing) -> ChartData:
    """Periods from partial dates, as years: where each begins and how long it is."""
    words = drawing.words
    columns = [drawing.texts(role) for role in ("category", "part", "label", "species", "mark", "start", "end")]
    rows = [row for row in zip(*columns, strict=True) if row[5] or row[6]]
    order = list(dict.fromkeys(row[0] for row in rows))
    rows.sort(key=lambda row: order.index(row[0]))
    names, starts, lengths, colours = [], [], [], []
    for category, part, label, species, mark, start, end in rows:
        told = [category, label or part, drawing.mark_words(mark), words.period(start or None, end or None)]
        names.append(" · ".join(text for text in told if text))
        begin, finish = year_of(first_day(start or end)), year_of(last_day(end or start) + timedelta(days=1))
        starts.append(round(begin, 4))
        lengths.append(round(finish - begin, 4))
        colours.append((drawing.palette.group("species", species) if species else drawing.palette.series(0)).colour)
    series = [Series(words("take.begin"), "#FFFFFF", "square", tuple(starts), is_hidden=True)]
    for mark in dict.fromkeys(row[4] for row in rows):
        is_own = [row[4] == mark for row in rows]
        series.append(
            Series(
                name=drawing.words.term("mark", mark) or words("take.length"),
                colour=drawing.palette.series(0).colour,
                marker="square",
                values=tuple(length if own else None for length, own in zip(lengths, is_own, strict=True)),
                colours=tuple(colours),
                hollow=(mark in ("planned", "tentative"),) * len(rows),
            )
        )
    ends = [start + length for start, length in zip(starts, lengths, strict=True)]
    least, most = (floor(min(starts)), ceil(max(ends))) if rows else (None, None)
    return ChartData("stacked", tuple(names), tuple(series), (), least, most)


def _pairs(drawing: Drawing) -> ChartData:
    first, second = drawing.numbers("first"), drawing.numbers("second")
    names = [
        f"{name} ({label})" if label else name
        for name, label in zip(drawing.texts("category"), drawing.texts("label"), strict=True)
    ]
    absent = drawing.words.term("mark", "not_reported")
    both = zip(names, first, second, strict=True)
    names = [f"{name}: {absent}" if one is None and other is None else name for name, one, other in both]
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


def _place(place: Any) -> str:
    return f"{place:g}" if isinstance(place, int | float) else str(place)


_KINDS = {
    "bars": _bars,
    "stacked_bars": _stacked_bars,
    "stacked_areas": _stacked_areas,
    "lines": _points,
    "ranges": _points,
    "timeline": _timeline,
    "pairs": _pairs,
    "network": _nothing,
}
