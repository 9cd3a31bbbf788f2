"""Charts over time as plain series: points with ranges, lines, stacked areas."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

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


def points(drawing: Drawing) -> ChartData:
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
                f"{place_text(row['x'])}: {drawing.mark_words(row['mark'])}" + (f" ({name})" if len(names) > 1 else "")
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
    groups.sort(key=lambda group: group[3][0]["y"] is None)  # LibreOffice leaves out a first series of mere ranges
    has_labels = len(rows) <= LABELLED_POINTS and not is_line
    series = []
    for name, title, is_joined, own in groups:
        drawn = [drawn_range(row["y"], row["low"], row["high"]) for row in own]
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
        return ChartData("points", (), tuple(series), tuple(notes), *axis_of_years(places))
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
