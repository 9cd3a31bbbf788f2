"""Small made-up charts: rows of a few figures, each column named as its role; and what a drawing of one says."""

from typing import Any

import pandas as pd

from neaspec.blocks import Chart, ChartKind, Column, Table
from neaspec.palette import Palette
from neaspec.render.charts.layout import PHONE_SIZES, Drawing, Figure, Measures
from neaspec.render.charts.plotly import make_figure
from neaspec.text import load_words
from tests.support.demo_page import demo_palette

WORDS = load_words("en")


def small(kind: ChartKind, *rows: dict[str, Any], labels: dict[str, str] | None = None, **more: Any) -> Chart:
    """Return a chart of some rows; a role that a row leaves out is empty in it."""
    frame = pd.DataFrame(list(rows))
    named = {name: name.capitalize() for name in frame.columns} | (labels or {})
    columns = tuple(Column(name=name, label=named[name]) for name in frame.columns)
    table = Table(title="Rows", columns=columns, rows=frame, file_name="rows")
    given: dict[str, Any] = {"title": "How many?", "value_title": "Animals (individuals)", "alt": "Made up."} | more
    return Chart(kind=kind, rows=frame, roles={name: name for name in frame.columns}, table=table, **given)


def drawing_of(chart: Chart, size: Measures = PHONE_SIZES, palette: Palette | None = None) -> Drawing:
    """Return a chart with what it is drawn with."""
    return Drawing(chart, palette or demo_palette(), WORDS, size)


def figure_of(chart: Chart, size: Measures = PHONE_SIZES, is_dark: bool = False) -> Figure:
    """Return the figure of a chart."""
    return make_figure(chart, demo_palette(is_dark), WORDS, size)


def traces(figure: Figure, **having: Any) -> list[dict[str, Any]]:
    """Give the traces of a figure that have these values."""
    return [trace for trace in figure["data"] if all(trace.get(key) == value for key, value in having.items())]


def notes_of(figure: Figure) -> dict[str, dict[str, Any]]:
    """Return the labels of a figure by their text."""
    return {note["text"]: note for note in figure["layout"]["annotations"]}


def style_of(thing: dict[str, Any], *path: str) -> list[Any]:
    """Give values inside a trace or a layout by their paths: line.width."""
    found = []
    for name in path:
        value: Any = thing
        for part in name.split("."):
            value = value[part]
        found.append(value)
    return found
