"""The map on which a reader draws: a small component of our own, its script served with the page; it asks nobody."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import streamlit as st
from shapely import clip_by_rect

from neaspec.palette import Palette
from neaspec.paths import ASSETS_DIR
from neaspec.render.maps.layers import GROUND
from neaspec.render.maps.shapes import upward
from neaspec.render.pdf.maps import near_outlines, outlines
from neaspec.shapes.problems import Problem, ShapeError
from neaspec.text import Words

Bounds = tuple[float, float, float, float]
Corners = list[tuple[float, float]]
INSET: Bounds = (129.6, 41.8, 132.0, 43.2)  # where the finer inset is drawn
HTML = """<div class="draw"><div class="tools">
<button type="button" data-do="undo"></button><button type="button" data-do="clear"></button>
<button type="button" data-do="closer"></button><button type="button" data-do="wider"></button>
<button type="button" data-do="use"></button><span class="count" aria-live="polite"></span></div>
<svg role="img" aria-label=""></svg></div>"""


@dataclass(frozen=True)
class Mark:
    """A place on the map that helps to draw: a site, or a plant on record."""

    name: str
    longitude: float
    latitude: float
    kind: str = "site"


@dataclass(frozen=True)
class DrawnMap:
    """What a reader draws on.

    name: of what is drawn; another one begins anew. bounds: what the map opens on. corners: those there are. is_line:
    whether corners stay open. others: commands of outlines that are shown and not changed. alt, use: what the map shows
    and the button says.
    """

    name: str
    bounds: Bounds
    alt: str
    use: str
    corners: Sequence[Sequence[float]] = ()
    is_line: bool = False
    marks: Sequence[Mark] = ()
    others: Sequence[str] = field(default=())


@lru_cache(maxsize=1)
def component() -> Callable[..., Any]:
    """Return the component, registered once."""
    registered: Callable[..., Any] = st.components.v2.component(
        "neaspec_draw",
        html=HTML,
        css=(ASSETS_DIR / "draw.css").read_text(encoding="utf-8"),
        js=(ASSETS_DIR / "draw.js").read_text(encoding="utf-8"),
    )
    return registered


def draw_on(words: Words, palette: Palette, drawn: DrawnMap, key: str) -> Corners | None:
    """Show the map; return the corners that were just taken over, else None.

    Raises:
        ShapeError: if what the browser sent holds anything but pairs of numbers.
    """
    corners = [list(place) for place in drawn.corners]
    shown = component()(
        key=key,
        data={
            "key": f"{drawn.name} {drawn.bounds} {drawn.is_line} {corners}",
            "name": drawn.name,
            "isLine": drawn.is_line,
            "bounds": drawn.bounds,
            "corners": corners,
            "ground": ground_paths(wider(drawn.bounds), palette.is_dark),
            "outlines": list(drawn.others),
            "marks": [
                {"name": mark.name, "place": [mark.longitude, mark.latitude], "kind": mark.kind} for mark in drawn.marks
            ],
            "ink": {
                "sea": GROUND["sea"][palette.is_dark],
                "text": palette.surface("text"),
                "soft": palette.surface("text_soft"),
                "panel": palette.surface("background"),
                "accent": palette.surface("accent"),
            },
            "words": {
                "alt": drawn.alt,
                "corners": words("maps.draw_corners"),
                "undo": words("maps.draw_undo"),
                "clear": words("maps.draw_clear"),
                "closer": words("maps.draw_in"),
                "wider": words("maps.draw_out"),
                "use": drawn.use,
            },
        },
        on_shape_change=lambda: None,
    )
    return corners_given(shown.shape, drawn.name) if shown.shape else None


def corners_given(given: Any, name: str) -> Corners | None:
    """Return the corners a browser sent; None if they are of something else that was drawn.

    Raises:
        ShapeError: if what came holds anything but pairs of numbers.
    """
    try:
        if given["name"] != name:
            return None
        return [(float(place[0]), float(place[1])) for place in given["corners"]]
    except (TypeError, ValueError, LookupError):  # a message can be forged
        raise ShapeError([Problem("no_numbers")]) from None


def wider(bounds: Bounds) -> Bounds:
    """Return what is drawn around the opening, so that the map can be moved."""
    west, south, east, north = bounds
    aside, up = max(east - west, 0.5), max(north - south, 0.4)
    return west - aside, south - up, east + aside, north + up


@lru_cache(maxsize=16)
def ground_paths(bounds: Bounds, is_dark: bool) -> list[dict[str, str]]:
    """Return the ground as paths in degrees of longitude and of a web map upwards, with their looks."""
    ink = {name: pair[is_dark] for name, pair in GROUND.items()}
    pieces = []
    for shape, kind, is_member in ground_shapes(bounds):
        commands = commands_of(clip_by_rect(shape, *bounds))
        if not commands:
            continue
        land = ink["member" if is_member else "land"]
        look = {
            "water": f"fill:{ink['water']}",
            "river": f"fill:none;stroke:{ink['river']};stroke-width:.8",
            "line": f"fill:none;stroke:{ink['line']};stroke-width:1.2",
        }.get(kind, f"fill:{land};stroke:{land};stroke-width:.6;fill-rule:evenodd")
        pieces.append({"d": commands, "kind": kind, "style": look})
    order = ("land", "water", "river", "line")
    return sorted(pieces, key=lambda piece: order.index(piece["kind"]) if piece["kind"] in order else 0)


def ground_shapes(bounds: Bounds) -> list[tuple[Any, str, bool]]:
    """Return the shapes of the ground: of the finer inset where it reaches, else of the fine ground of the region."""
    west, south, east, north = bounds
    if west >= INSET[0] - 1 and east <= INSET[2] + 1 and south >= INSET[1] - 0.5 and north <= INSET[3] + 0.5:
        land = [(shape, "land", is_member) for shape, is_member in outlines("tumen_land")]
        return [*land, *((shape, "line", False) for shape, _ in outlines("tumen_borders"))]
    return list(near_outlines(bounds))


def commands_of(shape: Any) -> str:
    """Return the commands of a path for areas and lines."""
    if shape.is_empty:
        return ""
    if hasattr(shape, "geoms"):
        return "".join(commands_of(part) for part in shape.geoms)
    if shape.geom_type == "Polygon":
        return "".join(path_of(line.coords, True) for line in (shape.exterior, *shape.interiors))
    return path_of(shape.coords, False) if shape.geom_type == "LineString" else ""


def path_of(coordinates: Sequence[Sequence[float]], is_closed: bool) -> str:
    """Return the commands of one line."""
    steps = "L".join(f"{place[0]:.4f} {-upward(place[1]):.4f}" for place in coordinates if math.isfinite(place[0]))
    return f"M{steps}{'Z' if is_closed else ''}"
