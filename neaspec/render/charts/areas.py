"""Stacked areas: parts of a whole over time."""

from collections.abc import Sequence

from neaspec.palette import fade
from neaspec.render.charts.layout import (
    Drawing,
    Figure,
    Trace,
    hover,
    safe,
    series_styles,
)
from neaspec.render.charts.time_axis import label_series, time_layout, time_rows


def stacked_areas(drawing: Drawing) -> Figure:
    """Draw parts of a whole over time; years without figures stay empty, nothing is drawn across them."""
    rows = time_rows(drawing)
    names = list(dict.fromkeys(row["series"] for row in rows))
    styles = series_styles(drawing, names)
    years = sorted({row["x"] for row in rows})
    values = {(row["x"], row["series"]): row["y"] or 0.0 for row in rows}
    top = max((sum(values.get((year, name), 0.0) for name in names) for year in years), default=1.0) or 1.0
    layout = time_layout(drawing, rows, top * 1.05)
    data: list[Trace] = []
    for number, run in enumerate(_runs(years)):
        for name in names:
            own = [values.get((year, name), 0.0) for year in run]
            alone = len(run) == 1
            data.append(
                {
                    "type": "scatter",
                    "mode": "lines",
                    "name": safe(name),
                    "stackgroup": f"run {number}",
                    "x": [run[0] - 0.3, run[0] + 0.3] if alone else run,
                    "y": own * 2 if alone else own,
                    "line": {"color": drawing.colour("background"), "width": 1},
                    "fillcolor": fade(styles[name].colour, 0.82),
                    "hoverinfo": "text",
                    "hovertext": [
                        hover(name, f"{year:g}: {drawing.words.number(value)}")
                        for year, value in zip(run * 2 if alone else run, own * 2 if alone else own, strict=True)
                    ],
                }
            )
    ends, height = [], 0.0
    for name in names:
        part = values.get((years[-1], name), 0.0) if years else 0.0
        ends.append(height + part / 2)
        height += part
    label_series(drawing, layout, names, styles, ends, top * 1.05, sign="■")
    return {"data": data, "layout": layout}


def _runs(years: Sequence[float]) -> list[list[float]]:
    """Split years into runs without a gap."""
    runs: list[list[float]] = []
    for year in years:
        if runs and year - runs[-1][-1] <= 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return runs
