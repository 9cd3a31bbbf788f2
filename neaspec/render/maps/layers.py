"""What maps draw over each other, as layers of deck.gl: our ground, signs, lines with their heads.

Nothing is drawn to the size of an area: a circle would cover ground of a neighbour. Signs, heads of arrows and lines
keep their size on the screen at every zoom.
"""

import base64
import json
import math
from collections.abc import Hashable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import pandas as pd

from neaspec.blocks import Arrows, Map, Points
from neaspec.palette import Palette, Style, rgb
from neaspec.render.maps.basemap import FINE_FROM, FINE_ZOOM, LAYERS, View, layer, layer_version
from neaspec.render.maps.fine_ground import version
from neaspec.render.maps.shapes import bend, dashes, data_address, head_svg, heading, marker_svg
from neaspec.urls import base_path

Row = Mapping[Hashable, Any]

MARKER_PIXELS = (10, 13, 16)  # a marker is small, medium or large, at every zoom
SIGN_PIXELS = 13  # the sign of its group on an arrow
HEAD_PIXELS = 12  # of an arrow
LINE_PIXELS = (1.5, 3)  # narrowest and widest arrow
JUST_BELOW = 0.001  # zoom: two layers are never shown at the same one
DASHES = 12  # of a line that has no direction
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


@lru_cache(maxsize=16)
def ground(view: View, is_dark: bool, server: str | None = None) -> str:
    """Return the basemap layers of a view as JSON (without the brackets of the list), encoded once.

    server: what stands before every address of ours, where the browser fetches the ground from; None = it is inside.
    """
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
            layers.append(ground_layer(name, kind, palette, server))
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


def ground_layer(name: str, kind: str, palette: Palette, server: str | None) -> dict[str, Any]:
    """Return one layer of land, water or lines."""
    data = layer(name) if server is None else f"{server}/ground/{layer_version(name)}/base/{name}.json"
    base = {"@@type": "GeoJsonLayer", "id": name, "data": data, "lineWidthUnits": "pixels", "pickable": False}
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


def is_unsized(row: Row) -> bool:
    """Tell whether a row has a place for its size, but none is stated: its marker has a dot."""
    return "size" in row and bool(pd.isna(row["size"]))


def marker_pixels(row: Row) -> float:
    """Return the size of the marker of a row."""
    share = 0.0 if is_unsized(row) else number_or(row, "size", 0.5)
    return MARKER_PIXELS[round(min(max(share, 0), 1) * (len(MARKER_PIXELS) - 1))]


def draw_points(block: Map, number: int, points: Points, palette: Palette) -> list[dict[str, Any]]:
    """Return the markers."""
    edge = palette.surface("background")
    markers = []
    for row in points.rows.to_dict("records"):
        style = palette.group(block.group_kind, str(row.get("group", "")))
        icon = marker_icon(style, is_true(row, "is_approximate"), edge, has_dot=is_unsized(row))
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


def one_tile(name: str, features: list[dict[str, Any]], limits: tuple[float | None, float | None]) -> dict[str, Any]:
    """Return a layer that is shown between two zooms only (None: no limit): one tile of the whole earth.

    Its rows are its address, so that nothing is fetched.
    """
    text = json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"), ensure_ascii=False)
    return {
        "@@type": "TileLayer",
        "id": name,
        "data": "data:application/json;base64," + base64.b64encode(text.encode()).decode(),
        "minZoom": 0,
        "maxZoom": 0,
        "visibleMinZoom": limits[0],
        "visibleMaxZoom": None if limits[1] is None else limits[1] - JUST_BELOW,
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


def draw_arrows(
    block: Map, number: int, arrows: Arrows, palette: Palette, selected: frozenset[str] = frozenset()
) -> list[dict[str, Any]]:
    """Return bent lines between two ends: whole with a head where the direction is known, else dashed without one.

    Where one of them is selected, the others are pale; so is a row with `is_pale`.
    """
    paths, heads, signs = [], [], []
    has_selected = "id" in arrows.rows and bool(set(arrows.rows["id"].astype(str)) & selected)
    for row, path, share in bent_lines(arrows):
        style = palette.group(block.group_kind, str(row.get("group", "")))
        is_strong = str(row.get("id", "")) in selected
        is_pale = (has_selected and not is_strong) or is_true(row, "is_pale")
        ink = [*rgb(style.colour), PALE if is_pale else 255 if is_strong else 220]
        width = LINE_PIXELS[1] if is_strong else LINE_PIXELS[0] + (LINE_PIXELS[1] - LINE_PIXELS[0]) * share
        properties = {"c": ink, "w": round(width, 1), **tooltip_fields(row)}
        is_directed = is_true(row, "is_directed")
        paths += [{"path": piece, **properties} for piece in ([path] if is_directed else dashes(path, DASHES))]
        if is_pale:
            continue
        if str(row.get("group", "")) in arrows.groups:
            icon = marker_icon(style, False, palette.surface("background"))
            signs.append({"p": path[len(path) // 2], "i": icon})
        if is_directed:
            heads.append({"p": path[-1], "i": head_icon(style.colour), "a": heading(path)})
    return [
        line_layer(f"arrows{number}", paths),
        icon_layer(f"heads{number}", heads, HEAD_PIXELS, is_pickable=False),
        icon_layer(f"signs{number}", signs, SIGN_PIXELS, is_pickable=False),
    ]


PALE = 70  # opacity of a line beside the selected one, of 255


def head_icon(ink: str) -> dict[str, Any]:
    """Return the head of an arrow as an icon of a layer."""
    address = data_address(head_svg(ink))
    return {"url": address, "width": 64, "height": 64, "anchorX": 64, "anchorY": 32, "id": f"head{ink}"}


def line_layer(name: str, paths: list[dict[str, Any]]) -> dict[str, Any]:
    """Return lines that keep their width in pixels."""
    return {
        "@@type": "PathLayer",
        "id": name,
        "data": paths,
        "getPath": "@@=path",
        "getColor": "@@=c",
        "widthUnits": "pixels",
        "getWidth": "@@=w",
        "pickable": True,
        "capRounded": True,
    }


SELECTED_PIXELS = (13, 3)  # radius and width of the ring around what is selected


def selection_layers(block: Map, selected: frozenset[str], palette: Palette) -> list[dict[str, Any]]:
    """Return the ring around a selected sign, or the broad line below a selected arrow; nothing where none is."""
    ink = [*rgb(palette.surface("accent")), 255]
    rings: list[list[float]] = []
    lines: list[list[list[float]]] = []
    for part in block.layers:
        if not selected or "id" not in part.rows:
            continue
        chosen = part.rows["id"].astype(str).isin(selected)
        if isinstance(part, Points):
            rows = part.rows[chosen]
            rings += [[float(row["longitude"]), float(row["latitude"])] for row in rows.to_dict("records")]
        elif isinstance(part, Arrows):
            lines += [path for row, path, _ in bent_lines(part) if str(row["id"]) in selected]
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
        "getWidth": 6,
        "capRounded": True,
        "pickable": False,
    }
    return ([ring] if rings else []) + ([line] if lines else [])
