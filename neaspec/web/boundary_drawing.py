"""The map on which a reader draws: a small component of our own, its script served with the page; it asks nobody."""

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import streamlit as st
from shapely import clip_by_rect

from neaspec.boundary.drafts import Draft
from neaspec.palette import Palette
from neaspec.paths import ASSETS_DIR
from neaspec.render.maps.layers import GROUND
from neaspec.render.maps.shapes import upward
from neaspec.render.pdf.maps import near_outlines, outlines
from neaspec.shapes.measures import rings_of
from neaspec.shapes.problems import Problem, ShapeError
from neaspec.text import Words

Bounds = tuple[float, float, float, float]
MOST_CORNERS = 400  # of a ring that is loaded to be changed
INSET: Bounds = (129.6, 41.8, 132.0, 43.2)  # where the finer inset is drawn
HTML = """<div class="draw"><svg role="img" aria-label=""></svg><div class="tools">
<button type="button" data-do="undo"></button><button type="button" data-do="clear"></button>
<button type="button" data-do="closer"></button><button type="button" data-do="wider"></button>
<button type="button" data-do="use"></button><span class="count" aria-live="polite"></span></div></div>"""


@lru_cache(maxsize=1)
def component() -> Callable[..., Any]:
    """Return the component, registered once."""
    made: Callable[..., Any] = st.components.v2.component(
        "neaspec_boundary_draw",
        html=HTML,
        css=(ASSETS_DIR / "boundary_draw.css").read_text(encoding="utf-8"),
        js=(ASSETS_DIR / "boundary_draw.js").read_text(encoding="utf-8"),
    )
    return made


def draw_ring(
    words: Words,
    palette: Palette,
    letter: str,
    bounds: Bounds,
    sites: Sequence[tuple[str, float, float]],
    drafts: Sequence[Draft],
) -> list[tuple[float, float]] | None:
    """Show the map; return the ring that was just taken over, else None.

    Args:
        words: the wording.
        palette: its colours.
        letter: of the draft that is drawn.
        bounds: what the map opens on.
        sites: name, longitude, latitude.
        drafts: those there are; that of the letter is loaded if it is one ring of few corners.
    """
    own = next((draft for draft in drafts if draft.letter == letter), None)
    ring = corners_of(own) if own else []
    shown = component()(
        key=f"boundary draw {letter}",
        data={
            "key": f"{letter} {bounds} {ring}",
            "letter": letter,
            "bounds": bounds,
            "ring": ring,
            "ground": ground_paths(wider(bounds), palette.is_dark),
            "outlines": [
                "".join(path_of(line.coords, True) for line in rings_of(draft.shape))
                for draft in drafts
                if draft.letter != letter or not ring
            ],
            "sites": [{"name": name, "place": [longitude, latitude]} for name, longitude, latitude in sites],
            "ink": {
                "sea": GROUND["sea"][palette.is_dark],
                "text": palette.surface("text"),
                "soft": palette.surface("text_soft"),
                "panel": palette.surface("background"),
                "accent": palette.surface("accent"),
            },
            "words": {
                "alt": words("boundary.draw_alt"),
                "corners": words("boundary.draw_corners"),
                "undo": words("boundary.draw_undo"),
                "clear": words("boundary.draw_clear"),
                "closer": words("boundary.draw_in"),
                "wider": words("boundary.draw_out"),
                "use": words("boundary.draw_use", letter=letter),
            },
        },
        on_shape_change=lambda: None,
    )
    return ring_given(shown.shape, letter) if shown.shape else None


def ring_given(given: Any, letter: str) -> list[tuple[float, float]] | None:
    """Return the ring a browser sent, closed; None if it is of another draft.

    Raises:
        ShapeError: if what came holds anything but pairs of numbers.
    """
    try:
        if given["letter"] != letter:
            return None
        ring = [(float(place[0]), float(place[1])) for place in given["ring"]]
    except (TypeError, ValueError, LookupError):  # a message can be forged
        raise ShapeError([Problem("no_numbers")]) from None
    return [*ring, ring[0]] if ring else []


def corners_of(draft: Draft) -> list[list[float]]:
    """Return the corners of a draft that can be changed on the map; none of one with parts, holes or many corners."""
    if len(draft.shape.geoms) > 1 or draft.holes or draft.points > MOST_CORNERS:
        return []
    return [[float(x), float(y)] for x, y, *_ in draft.shape.geoms[0].exterior.coords[:-1]]


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
