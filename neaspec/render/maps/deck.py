"""Map blocks as deck.gl drawings over our own basemap: no map service, no request to anyone but our server.

A filled marker is a stated position, a hollow one an approximate or generalised one; an arrow joins two sites, places
or countries and is no route.
"""

import json
import re
import zlib
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

from neaspec.blocks import Arrows, Map, Outlines, Points
from neaspec.palette import Palette
from neaspec.render.maps.basemap import VIEWS
from neaspec.render.maps.frame import opening_frame, shown_places
from neaspec.render.maps.layers import draw_arrows, draw_points, fine_ground, ground, selection_layers
from neaspec.render.maps.name_layers import live_names, name_layers
from neaspec.render.maps.outlines import outline_layers
from neaspec.render.maps.signs import sign_layers
from neaspec.text import Words
from neaspec.urls import base_path

# What the screen reads as "no map style"; an empty one would make it ask a map service for its own.
NO_MAP_STYLE = "__MAP_STYLE__"
NUMBER = re.compile(r"-?\d{1,3}(\.\d{1,6})?")
FRAME_PIXELS = {"full": 520, "small": 330, "middle": 430, "tall": 560}  # heights of maps on the screen
# What a reader sees beside the pointer. The markup is here; fields of the data are always shown as text.
TOOLTIP = '<b>{name}</b><div style="white-space: pre-line; overflow-wrap: anywhere">{details}</div>'


@dataclass(frozen=True)
class MapDrawing:
    """A finished drawing in the form st.pydeck_chart accepts: JSON once, tooltip, no map service."""

    specification: str
    _tooltip: Any
    layers: tuple[Any, ...] = ()
    mapbox_key: None = None
    map_provider: None = None

    def to_json(self) -> str:
        """Return the drawing as JSON."""
        return self.specification


class ViewAsked(NamedTuple):
    """The part of a map that a reader looked at: centre in degrees, zoom of the map."""

    longitude: float
    latitude: float
    zoom: float


def view_asked(text: str) -> ViewAsked | None:
    """Return the part of a map that an address names (longitude_latitude_zoom), None if it names none there is."""
    numbers = text.split("_")
    if len(numbers) != len(ViewAsked._fields) or not all(NUMBER.fullmatch(number) for number in numbers):
        return None
    view = ViewAsked(*map(float, numbers))
    return view if abs(view.longitude) <= 180 and abs(view.latitude) <= 85 and view.zoom <= 20 else None


def over_layers(block: Map, palette: Palette) -> list[dict[str, Any]]:
    """Return what a still map draws over the ground: every sign where its place is."""
    drawn: list[dict[str, Any]] = []
    for number, part in enumerate(block.layers):
        if isinstance(part, Points):
            drawn += draw_points(block, number, part, palette)
        elif isinstance(part, Outlines):
            drawn += outline_layers(number, part, palette)
        else:
            drawn += draw_arrows(block, number, part, palette)
    return [*drawn, *name_layers(block, palette)]


def opening_state(block: Map) -> dict[str, float]:
    """Return the part of the ground a map opens on: what it shows."""
    view, frame = VIEWS[block.view], opening_frame(block)
    zoom = round(frame.zoom, 3)
    return {
        "latitude": round(frame.latitude, 4),
        "longitude": round(frame.longitude, 4),
        "zoom": zoom,
        "minZoom": min(view["min_zoom"], zoom),
        "maxZoom": view["max_zoom"],
        "pitch": 0,
        "bearing": 0,
    }


def within(block: Map, view: ViewAsked) -> dict[str, float]:
    """Return what was looked at, no nearer and no farther than the map can be zoomed."""
    opening = opening_state(block)
    return view._asdict() | {"zoom": min(max(view.zoom, opening["minZoom"]), opening["maxZoom"])}


def view_name(block: Map) -> str:
    """Return a name of what is shown: a browser moves to where a map opens when the name of its view is another one."""
    shown = json.dumps([opening_state(block), shown_places(block)])
    return f"view{zlib.crc32(shown.encode()):08x}"


class LiveMap:
    """A map for the screen: signs that lie on each other are one with a count; redrawn as things are selected.

    What no selection changes is drawn once.
    """

    def __init__(self, block: Map, palette: Palette, words: Words) -> None:
        """Take what is drawn, for which background, and the wording."""
        self.block, self.palette, self.words = block, palette, words

    def drawing(self, selected: str = "", month: int = 0, view: ViewAsked | None = None) -> MapDrawing:
        """Return the map; `selected` are the ids of what is marked, separated by commas; month: 1 to 12, or 0 for all.

        In a month the lines that state other months are left out, and those that state none are pale. view: what it
        opens on, None for all it shows.
        """
        marked = frozenset(key for key in selected.split(",") if key)
        lines = [
            layer
            for number, part in enumerate(self.block.layers)
            if isinstance(part, Arrows)
            for layer in draw_arrows(self.block, number, in_month(part, month), self.palette, marked)
        ]
        parts = (
            self._ground,
            self._outlines,
            listed([*selection_layers(self.block, marked, self.palette), *lines]),
            self._signs_and_names,
        )
        specification = f'{self._head(view)}"layers":[{",".join(part for part in parts if part)}]}}'
        return MapDrawing(specification, {"html": TOOLTIP, "style": tooltip_style(self.palette)})

    @cached_property
    def view_name(self) -> str:
        """What the map shows, by a name that is another one when it shows other places."""
        return view_name(self.block)

    def _head(self, view: ViewAsked | None) -> str:
        controller = {"dragRotate": False, "touchRotate": False, "keyboard": True}
        views = [{"@@type": "MapView", "id": self.view_name, "controller": controller}]
        state = json.dumps(opening_state(self.block) | (within(self.block, view) if view else {}))
        return f'{{"initialViewState":{state},"views":{json.dumps(views)},"mapStyle":"{NO_MAP_STYLE}",'

    @cached_property
    def _ground(self) -> str:
        coarse = ground(self.block.view, self.palette.is_dark, base_path())
        return f"{coarse},{listed([fine_ground(self.palette)])}" if self.block.view == "region" else coarse

    @cached_property
    def _outlines(self) -> str:
        return listed(
            [
                layer
                for number, part in enumerate(self.block.layers)
                if isinstance(part, Outlines)
                for layer in outline_layers(number, part, self.palette)
            ]
        )

    @cached_property
    def _signs_and_names(self) -> str:
        farthest = opening_state(self.block)["minZoom"]
        signs = [
            layer
            for number, part in enumerate(self.block.layers)
            if isinstance(part, Points)
            for layer in sign_layers(self.block, number, part, self.palette, self.words, farthest)
        ]
        return listed([*signs, *live_names(self.block, self.palette)])


def in_month(arrows: Arrows, month: int) -> Arrows:
    """Return the arrows of a month, and pale those that state none; all of them where no month is chosen."""
    if not month or "months" not in arrows.rows:
        return arrows
    months = arrows.rows["months"].str.split()
    rows = arrows.rows.assign(is_pale=[not own for own in months])
    return replace(arrows, rows=rows[rows["is_pale"] | months.map(lambda own: str(month) in own)])


def listed(layers: list[dict[str, Any]]) -> str:
    """Return layers as JSON, without the brackets of the list."""
    return json.dumps(layers, separators=(",", ":"), ensure_ascii=False)[1:-1]


def draw_map(block: Map, palette: Palette, words: Words, selected: str = "") -> MapDrawing:
    """Draw a map block for the screen; `selected` are the ids of what is marked, separated by commas."""
    return LiveMap(block, palette, words).drawing(selected)


def tooltip_style(palette: Palette) -> dict[str, str]:
    """Return the look of the box beside the pointer."""
    return {
        "backgroundColor": palette.surface("panel"),
        "color": palette.surface("text"),
        "fontSize": "14px",
        "maxWidth": "320px",
        "border": f"1px solid {palette.surface('line')}",
        "borderRadius": "4px",
    }
