"""What maps draw over each other, as layers of deck.gl: our ground, signs, lines with their heads.

Nothing is drawn to the size of an area: a circle would cover ground of a neighbour. Signs, heads of arrows and lines
keep their size on the screen at every zoom.
"""

import json
import math
from collections.abc import Hashable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import pandas as pd

from neaspec.blocks import Arrows, Map, Points
from neaspec.palette import Palette, Style, rgb
from neaspec.render.maps.basemap import FINE_FROM, FINE_ZOOM, LAYERS, View, layer
from neaspec.render.maps.fine_ground import version
from neaspec.render.maps.shapes import bend, data_address, head_svg, heading, marker_svg
from neaspec.urls import base_path

Row = Mapping[Hashable, Any]

MARKER_PIXELS = (15, 26)  # smallest and largest marker
SIGN_PIXELS = 15  # the sign of its group on an arrow
HEAD_PIXELS = 13  # of an arrow
# Sea, land, member land, lines, text on the map: (light, dark).
GROUND = {
    "sea": ("#DCE6EC", "#0C1116"),
    "land": ("#E9E8E3", "#222A32"),
    "member": ("#FAF9F5", "#313B45"),
    "water": ("#DCE6EC", "#0C1116"),
    "river": ("#9DBCCE", "#4C7690"),
    "line": ("#8C949B", "#7C8791"),
    "text": ("#4B5661", "#AEB8C2"),
}


def colour(name: str, palette: Palette, opacity: float = 1) -> list[int]:
    """Return a colour of the ground as red, green, blue and opacity (0 to 255)."""
    return [*rgb(GROUND[name][palette.is_dark]), round(255 * opacity)]


@lru_cache(maxsize=8)
def ground(view: View, is_dark: bool) -> str:
    """Return the basemap layers of a view as JSON (without the brackets of the list), encoded once."""
    palette = Palette(is_dark=is_dark)
    sea = [[40, -10], [200, -10], [200, 80], [40, 80]]
    layers: list[dict[str, Any]] = [
        {
            "@@type": "SolidPolygonLayer",
            "id": "sea",
            "data": [{"p": sea}],
            "getPolygon": "@@=p",
            "getFillColor": colour("sea", palette),
        }
    ]
    for name in LAYERS[view]:
        kind = name.partition("_")[2]
        if kind != "labels":
            layers.append(ground_layer(name, kind, palette))
    return json.dumps(layers, separators=(",", ":"), ensure_ascii=False)[1:-1]


def fine_ground(palette: Palette) -> dict[str, Any]:
    """Return the finer ground of the region: a browser asks our server for its tiles from a zoom of 5.5 on only.

    An `extent` would make it ask for tiles at every zoom; with the zoom of the tiles as the smallest one, it would ask
    for them half a step before it draws them.
    """
    inks = {name: colour(name, palette) for name in ("sea", "land", "member", "water", "river", "line")}
    kind = "properties.kind == "
    return {
        "@@type": "TileLayer",
        "id": "fine",
        "data": f"{base_path()}/ground/{version()}/{{x}}/{{y}}.json",
        "minZoom": FINE_FROM,
        "maxZoom": FINE_ZOOM,
        "tileSize": 512,
        "maxRequests": 12,
        "pickable": False,
        "stroked": False,
        "filled": True,
        "lineWidthUnits": "pixels",
        "getFillColor": f"@@={kind}'sea' ? {inks['sea']} : {kind}'water' ? {inks['water']} : "
        f"properties.is_member ? {inks['member']} : {inks['land']}",
        "getLineColor": f"@@={kind}'river' ? {inks['river']} : {inks['line']}",
        "getLineWidth": f"@@={kind}'river' ? 1 : 1.3",
    }


def ground_layer(name: str, kind: str, palette: Palette) -> dict[str, Any]:
    """Return one layer of land, water or lines."""
    base = {"@@type": "GeoJsonLayer", "id": name, "data": layer(name), "lineWidthUnits": "pixels", "pickable": False}
    if kind == "land":
        land, member = colour("land", palette), colour("member", palette)
        chosen = f"@@=properties.is_member ? {member} : {land}"
        # No outline: it would draw a full line below the dashed one in Korea.
        return base | {"stroked": False, "filled": True, "getFillColor": chosen}
    if kind == "lakes":
        ink = {"getFillColor": colour("water", palette), "getLineColor": colour("river", palette)}
        return base | {"stroked": True, "filled": True, "getLineWidth": 0.8, **ink}
    if kind == "rivers":
        return base | {"stroked": True, "filled": False, "getLineColor": colour("river", palette), "getLineWidth": 1}
    return base | {"stroked": True, "filled": False, "getLineColor": colour("line", palette), "getLineWidth": 1.3}


def tooltip_fields(row: Row) -> dict[str, str]:
    """Return what the box beside the pointer says of a row, as text."""
    lines = [line.strip() for line in str(row.get("tooltip") or "").split("\n")]
    # The framework fills one field after the other: a name must not hold the mark of the next.
    name = str(row["name"]).replace("{", "{\u2060")
    fields = {"name": name, "details": "\n".join(line for line in lines if line)}
    return fields | ({"id": str(row["id"])} if "id" in row else {})


def is_true(row: Row, name: str) -> bool:
    """Tell whether an optional yes-or-no column says yes."""
    value = row.get(name)
    return value is not None and not pd.isna(value) and bool(value)


def number_or(row: Row, name: str, otherwise: float) -> float:
    """Return a number of an optional column."""
    value = row.get(name)
    return otherwise if value is None or pd.isna(value) else float(value)


def marker_icon(style: Style, is_hollow: bool, edge: str, has_dot: bool = False) -> dict[str, Any]:
    """Return a marker as an icon of a layer."""
    address = data_address(marker_svg(style, is_hollow, edge, has_dot))
    name = f"{style.colour}{style.marker}{'dot' if has_dot else ''}{is_hollow}"
    return {"url": address, "width": 64, "height": 64, "id": name}


def marker_pixels(row: Row) -> float:
    """Return the size of the marker of a row."""
    smallest, largest = MARKER_PIXELS
    unsized = "size" in row and pd.isna(row["size"])
    share = 0.0 if unsized else number_or(row, "size", 0.3)
    return round(smallest + (largest - smallest) * min(max(share, 0), 1), 1)


def draw_points(block: Map, number: int, points: Points, palette: Palette) -> list[dict[str, Any]]:
    """Return the markers."""
    edge = palette.surface("background")
    markers = []
    for row in points.rows.to_dict("records"):
        style = palette.group(block.group_kind, str(row.get("group", "")))
        unsized = "size" in row and pd.isna(row["size"])
        icon = marker_icon(style, is_true(row, "is_approximate"), edge, has_dot=unsized)
        position = [float(row["longitude"]), float(row["latitude"])]
        markers.append({"p": position, "i": icon, "s": marker_pixels(row), **tooltip_fields(row)})
    return [icon_layer(f"points{number}", markers, "@@=s", is_pickable=True)]


def icon_layer(name: str, rows: list[dict[str, Any]], size: float | str, is_pickable: bool) -> dict[str, Any]:
    """Return drawings that keep their size in pixels."""
    return {
        "@@type": "IconLayer",
        "id": name,
        "data": rows,
        "getPosition": "@@=p",
        "getIcon": "@@=i",
        "getSize": size,
        "sizeUnits": "pixels",
        "getAngle": "@@=a" if rows and "a" in rows[0] else 0,
        "pickable": is_pickable,
        "alphaCutoff": 0.01,
    }


def bent_lines(arrows: Arrows) -> Iterator[tuple[Row, list[list[float]], float]]:
    """Give each arrow with its line, bent apart from others between the same ends, and its weight from 0 to 1."""
    used: dict[tuple[float, ...], int] = {}
    for row in arrows.rows.to_dict("records"):
        start = (float(row["from_longitude"]), float(row["from_latitude"]))
        end = (float(row["to_longitude"]), float(row["to_latitude"]))
        between = tuple(sorted((*start, *end)))
        used[between] = used.get(between, -1) + 1
        weight = max(number_or(row, "weight", 1), 0)
        yield row, bend(start, end, 0.12 + 0.07 * used[between]), min(math.log1p(weight) / math.log(40), 1)


def draw_arrows(block: Map, number: int, arrows: Arrows, palette: Palette) -> list[dict[str, Any]]:
    """Return bent lines between two ends, with a head only where the direction is known."""
    paths, heads, signs = [], [], []
    for row, path, share in bent_lines(arrows):
        style = palette.group(block.group_kind, str(row.get("group", "")))
        ink = [*rgb(style.colour), 230]
        width = 1.6 + 2.4 * share
        paths.append({"path": path, "c": ink, "w": round(width, 1), **tooltip_fields(row)})
        if str(row.get("group", "")) in arrows.groups:
            icon = marker_icon(style, False, palette.surface("background"))
            signs.append({"p": path[len(path) // 2], "i": icon})
        if is_true(row, "is_directed"):
            icon = {
                "url": data_address(head_svg(style.colour)),
                "width": 64,
                "height": 64,
                "anchorX": 64,
                "anchorY": 32,
                "id": f"head{style.colour}",
            }
            heads.append({"p": path[-1], "i": icon, "a": heading(path)})
    return [
        {
            "@@type": "PathLayer",
            "id": f"arrows{number}",
            "data": paths,
            "getPath": "@@=path",
            "getColor": "@@=c",
            "widthUnits": "pixels",
            "getWidth": "@@=w",
            "pickable": True,
            "capRounded": True,
        },
        icon_layer(f"heads{number}", heads, HEAD_PIXELS, is_pickable=False),
        icon_layer(f"signs{number}", signs, SIGN_PIXELS, is_pickable=False),
    ]


SELECTED_PIXELS = (16, 3)  # radius and width of the ring around what is selected


def selection_layers(block: Map, selected: str, palette: Palette) -> list[dict[str, Any]]:
    """Return the ring around a selected sign, or the broad line below a selected arrow; nothing where none is."""
    ink = [*rgb(palette.surface("accent")), 255]
    rings: list[list[float]] = []
    lines: list[list[list[float]]] = []
    for part in block.layers:
        if not selected or "id" not in part.rows:
            continue
        chosen = part.rows["id"].astype(str) == selected
        if isinstance(part, Points):
            rows = part.rows[chosen]
            rings += [[float(row["longitude"]), float(row["latitude"])] for row in rows.to_dict("records")]
        else:
            lines += [path for row, path, _ in bent_lines(part) if str(row["id"]) == selected]
    radius, width = SELECTED_PIXELS
    ring = {
        "@@type": "ScatterplotLayer",
        "id": "selected",
        "data": [{"p": place} for place in rings],
        "getPosition": "@@=p",
        "stroked": True,
        "filled": False,
        "radiusUnits": "pixels",
        "getRadius": radius,
        "lineWidthUnits": "pixels",
        "getLineWidth": width,
        "getLineColor": ink,
        "pickable": False,
    }
    line = {
        "@@type": "PathLayer",
        "id": "selected-line",
        "data": [{"path": path} for path in lines],
        "getPath": "@@=path",
        "getColor": ink,
        "widthUnits": "pixels",
        "getWidth": 7,
        "capRounded": True,
        "pickable": False,
    }
    return ([ring] if rings else []) + ([line] if lines else [])
