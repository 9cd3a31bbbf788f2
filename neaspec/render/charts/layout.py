"""What all charts share: the house layout, safe text, lanes for rows, labels that keep apart."""

import html
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from neaspec.blocks import Chart
from neaspec.palette import SIGNS as SIGNS
from neaspec.palette import Palette, Style, fade
from neaspec.text import Words

Trace = dict[str, Any]
Figure = dict[str, Any]

FONT = "Source Sans, Source Sans Pro, Noto Sans, Arial, sans-serif"
HOLLOW = frozenset({"about", "preliminary", "planned"})
OPEN = frozenset({"at_least", "more_than"})  # figures that are open upwards
ABSENT = frozenset({"not_surveyed", "not_reported"})


@dataclass(frozen=True)
class Measures:
    """The sizes a chart is drawn in, in pixels of the drawing; labels are placed for the narrowest plot.

    text, small: of the type. line: height of a line. plot_height; plot_widths: of a plot over time without and with
    names of series beside it. name_characters, names_width: of those names. row_characters, name_gap, bar, row_gap: of
    a chart of rows, from the name above a bar to the next name.
    """

    text: int
    small: int
    line: int
    plot_height: int
    plot_widths: tuple[int, int]
    name_characters: int
    names_width: int
    row_characters: int
    name_gap: int
    bar: int
    row_gap: int

    @property
    def character(self) -> float:
        """Return the width of a character of small type."""
        return self.small * 0.538


# The screen: whatever fits a telephone fits everywhere.
PHONE_SIZES = Measures(
    text=14,
    small=13,
    line=17,
    plot_height=300,
    plot_widths=(300, 190),
    name_characters=17,
    names_width=118,
    row_characters=44,
    name_gap=8,
    bar=18,
    row_gap=14,
)
# A presentation: shown 1.56 times as large on 1280 x 720, its type is 28 pixels high there.
HALL_SIZES = Measures(
    text=18,
    small=18,
    line=22,
    plot_height=200,
    plot_widths=(660, 440),
    name_characters=23,
    names_width=232,
    row_characters=66,
    name_gap=6,
    bar=16,
    row_gap=7,
)


@dataclass(frozen=True)
class Drawing:
    """A chart with all it is drawn with; columns are read by role."""

    chart: Chart
    palette: Palette
    words: Words
    size: Measures = PHONE_SIZES

    def has(self, role: str) -> bool:
        """Tell whether the chart has a column for a role."""
        return role in self.chart.roles

    def column(self, role: str) -> list[Any]:
        """Return the cells of the column with a role, None for empty ones; all None if there is no such column."""
        if role not in self.chart.roles:
            return [None] * len(self.chart.rows)
        return [None if pd.isna(value) else value for value in self.chart.rows[self.chart.roles[role]].tolist()]

    def texts(self, role: str) -> list[str]:
        """Return the cells of the column with a role as plain text."""
        return ["" if value is None else str(value) for value in self.column(role)]

    def numbers(self, role: str) -> list[float | None]:
        """Return the cells of the column with a role as numbers."""
        return [None if value is None else float(value) for value in self.column(role)]

    def mark_words(self, mark: str) -> str:
        """Return the words for a mark, nothing for an exact figure."""
        return self.words.term("mark", mark) if mark and mark != "exact" else ""

    def marked_value(self, value: float | None, low: float | None, high: float | None, mark: str) -> str:
        """Write a figure with its mark: 480–540; at least 12; not surveyed."""
        if mark in ABSENT:
            return self.mark_words(mark)
        written = self.words.number(value) if value is not None else self.words.range(low, high)
        prefix = f"{self.mark_words(mark)} " if mark in OPEN | {"about"} else ""
        return prefix + written

    def colour(self, name: str) -> str:
        """Return a colour of the surface."""
        return self.palette.surface(name)


def safe(text: str) -> str:
    """Escape a text so that plotly shows it as it is written."""
    return html.escape(text, quote=False).replace("\n", " ")


def wrapped(text: str, width: int) -> list[str]:
    """Break a text into escaped lines; a word that is too long is broken, nothing is cut."""
    return [safe(line) for line in textwrap.wrap(text, width, break_long_words=True)] or [""]


def hover(*lines: str) -> str:
    """Make the text of a tooltip from plain lines."""
    return "<br>".join("<br>".join(wrapped(line, 60)) for line in lines if line)


def annotation(x: Any, y: Any, text: str, **more: Any) -> dict[str, Any]:
    """Make a label without an arrow; its text is escaped already."""
    return {"x": x, "y": y, "text": text, "showarrow": False, "align": "left"} | more


def row_label(top: float, lines: Sequence[str], colour: str, size: int = 14, is_bold: bool = False) -> dict[str, Any]:
    """Make a label that starts at the left edge, above its row."""
    text = "<br>".join(lines)
    return annotation(
        0,
        top,
        f"<b>{text}</b>" if is_bold else text,
        xref="paper",
        xanchor="left",
        yanchor="top",
        font={"size": size, "color": colour},
    )


def _axis(drawing: Drawing) -> dict[str, Any]:
    soft = drawing.colour("text_soft")
    return {
        "gridcolor": drawing.colour("grid"),
        "linecolor": drawing.colour("line"),
        "zerolinecolor": drawing.colour("line"),
        "tickfont": {"size": drawing.size.small, "color": soft},
        "title": {"font": {"size": drawing.size.text, "color": soft}, "standoff": 8},
        "automargin": True,
        "fixedrange": True,
    }


def house_layout(drawing: Drawing, height: float) -> dict[str, Any]:
    """Return the layout every chart starts from."""
    text, axis = drawing.colour("text"), _axis(drawing)
    return {
        "height": round(height),
        "autosize": True,
        "font": {"family": FONT, "size": 14, "color": text},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 8, "r": 12, "t": 12, "b": 48},
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
        "hoverlabel": {
            "bgcolor": drawing.colour("panel"),
            "bordercolor": drawing.colour("line"),
            "align": "left",
            "font": {"family": FONT, "size": 14, "color": text},
        },
        "legend": {
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "y": 1.0,
            "yanchor": "bottom",
            "font": {"size": drawing.size.text, "color": text},
            "bgcolor": "rgba(0,0,0,0)",
            "itemclick": False,
            "itemdoubleclick": False,
        },
        "xaxis": _axis(drawing) | {"zeroline": False},
        "yaxis": axis,
        "separators": ".,",
        "annotations": [],
        "shapes": [],
    }


def lane_layout(drawing: Drawing, height: float) -> dict[str, Any]:
    """Return the layout of a chart of rows: the vertical axis counts pixels from the top."""
    layout = house_layout(drawing, height + 72)
    layout["yaxis"] |= {"range": [height, 0], "visible": False, "automargin": False}
    layout["margin"] |= {"l": 8, "r": 12, "t": 8, "b": 64}
    return layout


def axis_title(text: str, width: int = 46) -> str:
    """Wrap the title of an axis."""
    return "<br>".join(wrapped(text, width))


def series_styles(drawing: Drawing, names: Sequence[str]) -> dict[str, Style]:
    """Give each series its style: that of its species if it has one of its own, else one of the series."""
    species = dict(zip(drawing.texts("series"), drawing.texts("species"), strict=True))
    taken = [key for key in species.values() if key]
    styles = {}
    for number, name in enumerate(names):
        own = species.get(name, "")
        is_own = bool(own) and taken.count(own) == 1
        styles[name] = drawing.palette.group("species", own) if is_own else drawing.palette.series(number)
    return styles


def spread(wanted: Sequence[float], heights: Sequence[float], bottom: float, top: float) -> list[float]:
    """Move the centres of labels so that none covers another and all stay between bottom and top (pixels)."""
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    placed = list(wanted)
    floor = bottom
    for index in order:
        placed[index] = max(wanted[index], floor + heights[index] / 2)
        floor = placed[index] + heights[index] / 2
    ceiling = top
    for index in reversed(order):
        placed[index] = min(placed[index], ceiling - heights[index] / 2)
        ceiling = placed[index] - heights[index] / 2
    return placed


def hatch(colour: str, background: str, shape: str = "/") -> dict[str, Any]:
    """Return the pattern of a hatched bar."""
    return {
        "shape": shape,
        "fgcolor": colour,
        "bgcolor": background,
        "size": 7,
        "solidity": 0.35,
        "fillmode": "replace",
    }


def soft_fill(colour: str) -> str:
    """Return a colour for the inside of hollow things."""
    return fade(colour, 0.12)
