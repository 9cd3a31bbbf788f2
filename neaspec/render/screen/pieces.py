"""What a planned page is made of: HTML, and beside it what only the framework can draw."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import plotly.graph_objects as go
import pyarrow as pa
from markupsafe import Markup

from neaspec.render.maps.deck import LiveMap, MapDrawing


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
class Months:
    """The words of a slider of months: its name, for the whole year, of the twelve months, of its button, its note."""

    label: str
    whole_year: str
    names: tuple[str, ...]
    play: str
    stop: str
    note: str


@dataclass(frozen=True, eq=False)
class MapView:
    """A map; height in pixels.

    live: gives the same map with the signs of some ids marked, in one month (0 for all), on what a reader looked at.
    months: for a map that can be seen month by month.
    """

    drawing: MapDrawing
    height: int
    alt: str
    key: str
    live: LiveMap | None = None
    months: "Months | None" = None


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


class Later:
    """Pieces that are made when they are first shown, and then kept."""

    def __init__(self, make: "Callable[[], tuple[ScreenNode, ...]]") -> None:
        """Take what makes them."""
        self._make: Callable[[], tuple[ScreenNode, ...]] | None = make
        self._pieces: tuple[ScreenNode, ...] = ()

    def pieces(self) -> "tuple[ScreenNode, ...]":
        """Return the pieces."""
        make, self._make = self._make, None
        if make is not None:
            self._pieces = make()
        return self._pieces


@dataclass(frozen=True, eq=False)
class TabSet:
    """Peers of which one is shown; `name` is their key in the address."""

    name: str
    label: str
    titles: Mapping[str, str]
    bodies: Mapping[str, Later]


@dataclass(frozen=True, eq=False)
class ListItem:
    """One line of a linked list, and what is shown of it when it is selected."""

    id: str
    title: str
    line: str
    body: Later


@dataclass(frozen=True, eq=False)
class LinkedView:
    """A picture and a list that select each other; `name` is the key of the selection in the address.

    below: pieces under the picture. back: label of the button that leads from one thing back to the list.
    """

    name: str
    title: str
    items: Mapping[str, ListItem]
    picture: "tuple[ScreenNode, ...]"
    weights: tuple[float, float]
    first: str
    back: str
    gone: str
    height: int = 560
    key: str = field(default="")
    is_over: bool = False


ScreenNode = Html | Link | Plot | MapView | DataTable | Expander | Box | Row | TabSet | LinkedView
