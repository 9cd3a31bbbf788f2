"""What a planned page is made of: HTML, and beside it what only the framework can draw."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go
import pyarrow as pa
from markupsafe import Markup

from neaspec.render.maps.deck import MapDrawing


@dataclass(frozen=True, eq=False)
class Html:
    """Text, figures and short tables."""

    html: Markup


@dataclass(frozen=True, eq=False)
class Link:
    """A link to a page of ours; `html` is the same for where the framework does not know the page."""

    page: str
    text: str
    choices: Mapping[str, str]
    html: Markup


@dataclass(frozen=True, eq=False)
class Plot:
    """A chart."""

    figure: go.Figure
    alt: str
    key: str


@dataclass(frozen=True, eq=False)
class MapView:
    """A map; height in pixels."""

    drawing: MapDrawing
    height: int
    alt: str
    key: str


@dataclass(frozen=True, eq=False)
class DataTable:
    """A long table that scrolls and sorts.

    formats: column title -> how its numbers are written. links: titles of columns that hold addresses.
    """

    rows: pa.Table
    formats: Mapping[str, str]
    links: Sequence[str]
    alt: str
    key: str


@dataclass(frozen=True, eq=False)
class Expander:
    """Pieces sent when the reader opens them: pictures and long tables, which cost the reader's machine time."""

    title: str
    pieces: "tuple[ScreenNode, ...]"
    key: str


@dataclass(frozen=True, eq=False)
class Box:
    """Pieces inside one border."""

    pieces: "tuple[ScreenNode, ...]"


@dataclass(frozen=True, eq=False)
class Row:
    """Pieces side by side."""

    weights: tuple[float, ...]
    cells: "tuple[tuple[ScreenNode, ...], ...]"


ScreenNode = Html | Link | Plot | MapView | DataTable | Expander | Box | Row
