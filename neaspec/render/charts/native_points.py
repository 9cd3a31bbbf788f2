"""Charts over time as plain series: points with ranges, lines, stacked areas."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from neaspec.palette import Style
from neaspec.render.charts.labels import LABELLED_POINTS
from neaspec.render.charts.layout import ABSENT, HOLLOW, Drawing, series_styles
from neaspec.render.charts.native import (
    PLAIN_MARKS,
    ChartData,
    Series,
    Shape,
    axis_of_years,
    drawn_range,
    place_text,
    written,
)
from neaspec.render.charts.time_axis import time_rows

JOINED = ("lines", "fan")  # kinds whose figures are one line
Figure = dict[str, Any]  # one row of the chart by role, as time_rows gives it


def stacked_areas(drawing: Drawing) -> ChartData:
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
    return ChartData(shape, tuple(place_text(year) for year in years), tuple(series))


@dataclass(frozen=True)
class _Group:
    """Rows that become one series; `style`: the name of the series in the chart whose colour and marker it has."""

    style: str
    title: str
    rows: list[Figure]
    is_joined: bool = False

    @property
    def is_bare(self) -> bool:
        """Tell whether these are mere ranges, without a figure between."""
        return self.rows[0]["y"] is None


def points(drawing: Drawing) -> ChartData:
    """Figures over time: joined ones, single ones, and ranges without a middle, apart."""
    rows = [row for row in time_rows(drawing) if row["x"] is not None]
    names = list(dict.fromkeys(row["series"] for row in rows))
    of_names = {
        name: sorted((row for row in rows if row["series"] == name), key=lambda row: row["x"]) for name in names
    }
    is_line = drawing.chart.kind in JOINED
    notes = () if is_line else tuple(note for own in of_names.values() for note in _absent_notes(drawing, own, names))
    groups = [group for name, own in of_names.items() for group in _groups(drawing, name, own)]
    groups.sort(key=lambda group: group.is_bare)  # LibreOffice leaves out a first series of mere ranges
    styles = series_styles(drawing, names)
    has_labels = len(rows) <= LABELLED_POINTS and not is_line
    series = [_series(drawing, group, styles[group.style], has_labels) for group in groups]
    places = list(dict.fromkeys(row["x"] for row in rows))
    if all(isinstance(place, int | float) for place in places):
        in_years = tuple(replace(line, places=tuple(float(place) for place in line.places)) for line in series)
        return ChartData("points", (), in_years, notes, *axis_of_years(places))
    categories = tuple(str(place) for place in places)
    return ChartData("lines", categories, tuple(_aligned(line, categories) for line in series), notes)


def _absent_notes(drawing: Drawing, rows: Sequence[Figure], names: Sequence[str]) -> list[str]:
    """Say of which years there is no figure, and why: not surveyed, not reported."""
    return [
        f"{place_text(row['x'])}: {drawing.mark_words(row['mark'])}" + (f" ({row['series']})" if len(names) > 1 else "")
        for row in rows
        if row["mark"] in ABSENT
    ]


def _groups(drawing: Drawing, name: str, rows: Sequence[Figure]) -> list[_Group]:
    """Part the figures of one series: those joined by a line, the others, and ranges without a figure."""
    is_line, title = drawing.chart.kind in JOINED, name or drawing.chart.unit
    known = [row for row in rows if row["mark"] not in ABSENT]
    figures = [row for row in known if row["y"] is not None]
    joined = [row for row in figures if is_line or row["joined"]]
    joined = joined if is_line or len(joined) > 1 else []
    single = [row for row in figures if row not in joined]
    bare = [row for row in known if row["y"] is None and (row["low"] is not None or row["high"] is not None)]
    alone = drawing.words("take.single_figures", name=title) if joined else title
    groups = (
        _Group(name, title, joined, is_joined=True),
        _Group(name, alone, single),
        _Group(name, drawing.words("take.ranges", name=title), bare),
    )
    return [group for group in groups if group.rows]


def _series(drawing: Drawing, group: _Group, style: Style, has_labels: bool) -> Series:
    """Write the figures of a group as a series; where figures are many, only those that need words have a label."""
    ranges = [drawn_range(row["y"], row["low"], row["high"]) for row in group.rows]
    is_labelled = [has_labels or row["label"] or row["mark"] not in PLAIN_MARKS for row in group.rows]
    return Series(
        name=group.title,
        colour=style.colour,
        marker=style.marker,
        values=tuple(value for value, _, _ in ranges),
        labels=tuple(
            written(drawing, row | {"value": row["y"]}) if labelled else ""
            for row, labelled in zip(group.rows, is_labelled, strict=True)
        ),
        places=tuple(row["x"] for row in group.rows),
        more=tuple(more for _, more, _ in ranges),
        less=tuple(less for _, _, less in ranges),
        hollow=tuple(row["mark"] in HOLLOW or row["y"] is None for row in group.rows),
        is_joined=group.is_joined,
        has_markers=not group.is_bare,
    )


def _aligned(series: Series, categories: Sequence[str]) -> Series:
    """Put the figures of a series below their categories."""
    at = {str(place): number for number, place in enumerate(series.places)}
    indices = [at.get(name) for name in categories]
    return replace(
        series,
        places=(),
        values=tuple(None if index is None else series.values[index] for index in indices),
        labels=tuple("" if index is None else series.labels[index] for index in indices),
        more=tuple(0.0 if index is None else series.more[index] for index in indices),
        less=tuple(0.0 if index is None else series.less[index] for index in indices),
        hollow=tuple(index is not None and series.hollow[index] for index in indices),
    )
