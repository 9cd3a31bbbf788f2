"""Map blocks as deck.gl drawings over our own basemap: no tiles, no request to anyone.

What is an outline and what is not stays visible: a filled marker is a stated position, a hollow one an approximate or
generalised one; a ring is a circle of the stated area; an arrow joins two sites, places or countries and is no route.
"""

import json
import math
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from textwrap import fill
from typing import Any

import pandas as pd

from neaspec.basemap import LAYERS, SMALL_MAP_ZOOM, VIEWS, View, layer
from neaspec.blocks import Arrows, Map, Points
from neaspec.palette import Palette, Style, rgb
from neaspec.render.map_frame import FULL_WIDTH, Paper, fitted
from neaspec.render.map_shapes import bend, data_address, head, marker_svg, ring
from neaspec.text import Words

# What the screen reads as "no map style"; an empty one would make it ask a map service for its own.
NO_MAP_STYLE = "__MAP_STYLE__"
Row = Mapping[Hashable, Any]

MARKER_PIXELS = (15, 26)  # smallest and largest marker
FRAME_PIXELS = {"full": 520, "small": 330}  # heights of maps on the screen
SIGN_PIXELS = 15  # the sign of its group on an arrow
NAME_PIXELS = {"full": 13, "small": 11}
NAME_CHARACTERS = 18  # a longer name goes on lines, so that it stays near its country
SMALL_MAP_NAMES = {
    "Democratic People's Republic of Korea": ("Democratic\nPeople's Republic\nof Korea", (0, -6)),
    "Republic of Korea": ("Republic of Korea", (-16, 8)),
}
MOST_NAMED = 8  # places whose names a map that opens on them still has room for
CLOSEST = 6.2  # zoom of a map that opens on its places: its outlines are coarse
HEAD_DEG = {"region": 0.75, "tumen": 0.02}
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


def colour(name: str, palette: Palette, opacity: float = 1) -> list[int]:
    """Return a colour of the ground as red, green, blue and opacity (0 to 255)."""
    return [*rgb(GROUND[name][palette.is_dark]), round(255 * opacity)]


@lru_cache(maxsize=8)
def ground(view: View, is_dark: bool) -> str:
    """Return the basemap layers of a view as JSON (without the brackets of the list), encoded once."""
    palette = Palette(is_dark=is_dark)
    sea = [[40, -10], [200, -10], [200, 80], [40, 80]]
    layers: list[dict[str, Any]] = [
        {"@@type": "SolidPolygonLayer", "id": "sea", "data": [{"p": sea}], "getPolygon": "@@=p",
         "getFillColor": colour("sea", palette)}
    ]  # fmt: skip
    for name in LAYERS[view]:
        kind = name.partition("_")[2]
        if kind != "labels":
            layers.append(ground_layer(name, kind, palette))
    return json.dumps(layers, separators=(",", ":"), ensure_ascii=False)[1:-1]


@lru_cache(maxsize=8)
def names(view: View, is_dark: bool, is_small: bool) -> str:
    """Return the names of the States as JSON; they are drawn above all else, so that lines do not strike them out."""
    palette = Palette(is_dark=is_dark)
    layers = [labels(layer(name), palette, is_small) for name in LAYERS[view] if name.partition("_")[2] == "labels"]
    return json.dumps(layers, separators=(",", ":"), ensure_ascii=False)[1:-1]


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


def labels(places: dict[str, Any], palette: Palette, is_small: bool) -> dict[str, Any]:
    """Return the names of the member States."""
    size = NAME_PIXELS["small" if is_small else "full"]
    rows = []
    for item in places["features"]:
        name = item["properties"]["name"]
        # On a small map the two States in Korea lie closer to each other than their names are tall.
        apart = SMALL_MAP_NAMES.get(name) if is_small else None
        text, offset = apart or (fill(name, NAME_CHARACTERS), (0, 0))
        rows.append({"p": item["geometry"]["coordinates"], "t": text, "a": "middle", "o": list(offset)})
    return text_layer("names", rows, colour("text", palette), palette, size)


def text_layer(name: str, rows: list[dict[str, Any]], ink: list[int], palette: Palette, size: int) -> dict[str, Any]:
    """Return texts with a halo in the colour of the land."""
    return {
        "@@type": "TextLayer", "id": name, "data": rows, "getPosition": "@@=p", "getText": "@@=t", "getColor": ink,
        "getSize": size, "fontFamily": "Source Sans, Arial, sans-serif", "fontWeight": 600, "characterSet": "auto",
        "pickable": False,
        "getTextAnchor": "@@=a" if rows and "a" in rows[0] else "middle",
        "getPixelOffset": "@@=o" if rows and "o" in rows[0] else [0, 0],
        "fontSettings": {"sdf": True, "fontSize": 96, "buffer": 12, "radius": 16, "smoothing": 0.12},
        "outlineWidth": 2.5, "outlineColor": colour("member", palette),
    }  # fmt: skip


def tooltip_text(row: Row) -> str:
    """Return name and details as HTML; data are never interpreted."""
    lines = [line for line in str(row.get("tooltip") or "").split("\n") if line]
    return "<b>" + escape(str(row["name"])) + "</b>" + "".join(f"<br>{escape(line)}" for line in lines)


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


def draw_points(block: Map, number: int, points: Points, palette: Palette) -> list[dict[str, Any]]:
    """Return rings of stated areas and, over them, the markers."""
    rows = points.rows.to_dict("records")
    edge = palette.surface("background")
    markers, rings = [], []
    for row in rows:
        style = palette.group(block.group_kind, str(row.get("group", "")))
        hollow = is_true(row, "is_approximate")
        position = [float(row["longitude"]), float(row["latitude"])]
        smallest, largest = MARKER_PIXELS
        unsized = "size" in row and pd.isna(row["size"])
        share = 0.0 if unsized else number_or(row, "size", 0.3)
        size = smallest + (largest - smallest) * min(max(share, 0), 1)
        icon = marker_icon(style, hollow, edge, has_dot=unsized)
        markers.append({"p": position, "i": icon, "s": round(size, 1), "tip": tooltip_text(row)})
        radius_km = number_or(row, "radius_m", 0) / 1000
        if radius_km > 0:
            rings.append({"path": ring(position, radius_km), "c": [*rgb(style.colour), 200]})
    return [
        {"@@type": "PathLayer", "id": f"rings{number}", "data": rings, "getPath": "@@=path", "getColor": "@@=c",
         "widthUnits": "pixels", "getWidth": 1.2, "pickable": False},
        {"@@type": "IconLayer", "id": f"points{number}", "data": markers, "getPosition": "@@=p", "getIcon": "@@=i",
         "getSize": "@@=s", "sizeUnits": "pixels", "pickable": True, "alphaCutoff": 0.01},
    ]  # fmt: skip


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
    head_deg = HEAD_DEG[block.view]
    if block.opens_on == "places":
        head_deg *= 2 ** (VIEWS[block.view]["zoom"] - opening_zoom(block))
    for row, path, share in bent_lines(arrows):
        style = palette.group(block.group_kind, str(row.get("group", "")))
        ink = [*rgb(style.colour), 230]
        width = 1.6 + 2.4 * share
        paths.append({"path": path, "c": ink, "w": round(width, 1), "tip": tooltip_text(row)})
        if str(row.get("group", "")) in arrows.groups:
            icon = marker_icon(style, False, palette.surface("background"))
            signs.append({"p": path[len(path) // 2], "i": icon})
        if is_true(row, "is_directed"):
            heads.append({"polygon": head(path, head_deg), "c": ink})
    return [
        {"@@type": "PathLayer", "id": f"arrows{number}", "data": paths, "getPath": "@@=path", "getColor": "@@=c",
         "widthUnits": "pixels", "getWidth": "@@=w", "pickable": True, "capRounded": True},
        {"@@type": "SolidPolygonLayer", "id": f"heads{number}", "data": heads, "getPolygon": "@@=polygon",
         "getFillColor": "@@=c", "pickable": False},
        {"@@type": "IconLayer", "id": f"signs{number}", "data": signs, "getPosition": "@@=p", "getIcon": "@@=i",
         "getSize": SIGN_PIXELS, "sizeUnits": "pixels", "pickable": False, "alphaCutoff": 0.01},
    ]  # fmt: skip


def site_names(points: Points, number: int, palette: Palette) -> dict[str, Any]:
    """Return the names of the points of an inset, on the side where they have room."""
    rows = []
    middle = points.rows["longitude"].mean() if len(points.rows) else 0
    for row in points.rows.drop_duplicates(["name", "latitude", "longitude"]).to_dict("records"):
        is_east = float(row["longitude"]) >= middle
        rows.append({"p": [float(row["longitude"]), float(row["latitude"])], "t": fill(str(row["name"]), 14),
                     "a": "start" if is_east else "end", "o": [20 if is_east else -20, 0]})  # fmt: skip
    return text_layer(f"sitenames{number}", rows, [*rgb(palette.surface("text")), 255], palette, size=13)


def opening_zoom(block: Map) -> float:
    """Return the zoom with which a map opens."""
    if block.opens_on == "places":
        return frame_of(block).zoom
    return VIEWS[block.view]["zoom"] - (SMALL_MAP_ZOOM if block.size == "small" else 0)


def frame_of(block: Map) -> Paper:
    """Return the ground that holds all places of a map; the reader of a screen can go out again, so it goes near."""
    return fitted(block, FULL_WIDTH, FRAME_PIXELS[block.size], CLOSEST - VIEWS[block.view]["zoom"])


def over_layers(block: Map, palette: Palette) -> list[dict[str, Any]]:
    """Return what a map draws over the ground."""
    drawn: list[dict[str, Any]] = []
    for number, part in enumerate(block.layers):
        if isinstance(part, Points):
            drawn += draw_points(block, number, part, palette)
            is_near = block.opens_on == "places" and part.rows["name"].nunique() <= MOST_NAMED
            if block.view == "tumen" or is_near:
                drawn.append(site_names(part, number, palette))
        else:
            drawn += draw_arrows(block, number, part, palette)
    return drawn


def opening_state(block: Map) -> dict[str, float]:
    """Return the part of the ground a map opens on."""
    view, zoom = VIEWS[block.view], opening_zoom(block)
    middle = (view["latitude"], view["longitude"])
    if block.opens_on == "places":
        middle = (frame_of(block).latitude, frame_of(block).longitude)
    return {"latitude": middle[0], "longitude": middle[1], "zoom": zoom,
            "minZoom": min(view["min_zoom"], zoom), "maxZoom": view["max_zoom"], "pitch": 0, "bearing": 0}  # fmt: skip


def draw_map(block: Map, palette: Palette, words: Words) -> MapDrawing:
    """Draw a map block for the screen."""
    views = [{"@@type": "MapView", "controller": {"dragRotate": False, "touchRotate": False, "keyboard": True}}]
    over = json.dumps(over_layers(block, palette), separators=(",", ":"), ensure_ascii=False)[1:-1]
    parts = (ground(block.view, palette.is_dark), over, names(block.view, palette.is_dark, block.size == "small"))
    specification = (
        f'{{"initialViewState":{json.dumps(opening_state(block))},"views":{json.dumps(views)},'
        f'"mapStyle":"{NO_MAP_STYLE}","layers":[{",".join(part for part in parts if part)}]}}'
    )
    return MapDrawing(specification, {"html": "{tip}", "style": tooltip_style(palette)})


def tooltip_style(palette: Palette) -> dict[str, str]:
    """Return the look of the box beside the pointer."""
    return {
        "backgroundColor": palette.surface("panel"), "color": palette.surface("text"), "fontSize": "14px",
        "maxWidth": "320px", "border": f"1px solid {palette.surface('line')}", "borderRadius": "4px",
    }  # fmt: skip
