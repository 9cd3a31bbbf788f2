"""Names on maps of the screen: placed once for the frame in which a map opens, where they cover no sign."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from neaspec.blocks import Arrows, Map, Points
from neaspec.palette import Palette, rgb
from neaspec.render.maps.frame import Paper, opening_frame
from neaspec.render.maps.grouping import grouped
from neaspec.render.maps.layers import SIGN_PIXELS, bent_lines, colour, marker_pixels, one_tile
from neaspec.render.maps.names import Box, Name, covered_by_line, leader, place_name, point_names, square, state_names

NAME_PIXELS = {"full": 13, "small": 11, "middle": 13, "tall": 13}
NAMED_FROM = (6.0, 7.5)  # zooms from which places are named, as far as there is room, instead of States
WHOLE = 4_000_000  # pixels: a frame that holds the whole region at such a zoom
FONT = {"sdf": True, "fontSize": 96, "buffer": 12, "radius": 16, "smoothing": 0.12}
MOST_NAMED = 8  # places whose names a map has room for


def covered(block: Map, paper: Paper) -> tuple[list[Box], list[Box]]:
    """Return what signs and what lines of a map cover in a frame (pixels)."""
    taken: list[Box] = []
    lines: list[Box] = []
    for part in block.layers:
        if isinstance(part, Points):
            for row in part.rows.to_dict("records"):
                place = paper.place(float(row["longitude"]), float(row["latitude"]))
                taken.append(square(place, marker_pixels(row)))
            continue
        for line, path, _ in bent_lines(part) if isinstance(part, Arrows) else ():
            placed = [paper.place(*place) for place in path]
            if str(line.get("group", "")) in part.groups:
                taken.append(square(placed[len(placed) // 2], SIGN_PIXELS))
            lines += covered_by_line(placed)
    return taken, lines


def placed_names(block: Map) -> tuple[Paper, list[Name], list[Name]]:
    """Return the frame of a map, the names of States in it, and of places where they are few."""
    paper = opening_frame(block)
    taken, lines = covered(block, paper)
    size = NAME_PIXELS[block.size]
    # Of a small map the names would leave their land, and a line to one State would cross another.
    of_states = [] if block.size == "small" else state_names(paper, block.view, taken, lines, size)
    of_places = []
    taken += lines
    for part in block.layers:
        if isinstance(part, Points) and (block.view == "tumen" or part.rows["name"].nunique() <= MOST_NAMED):
            of_places += point_names(part, paper, taken, size)
    return paper, of_states, of_places


def name_layers(block: Map, palette: Palette) -> list[dict[str, Any]]:
    """Return the names; they are drawn above all else, so that no line strikes them out."""
    paper, of_states, of_places = placed_names(block)
    ink, place_ink = colour("text", palette), [*rgb(palette.surface("text")), 255]
    ends = [[list(paper.ground(*place)) for place in leader(name)] for name in of_states if name.towards]
    lines = {
        "@@type": "PathLayer",
        "id": "leaders",
        "data": [{"path": rounded(end)} for end in ends],
        "getPath": "@@=path",
        "getColor": ink,
        "widthUnits": "pixels",
        "getWidth": 1,
        "pickable": False,
    }
    size = NAME_PIXELS[block.size]
    return [
        lines,
        text_layer("statenames", text_rows(of_states, paper), ink, palette, size),
        text_layer("placenames", text_rows(of_places, paper), place_ink, palette, size),
    ]


def live_names(block: Map, palette: Palette) -> list[dict[str, Any]]:
    """Return the names of a map that can be moved: of the States, and from a near zoom on of places instead."""
    if block.view != "region" or block.size == "small":
        return name_layers(block, palette)
    paper, of_states, of_places = placed_names(block)
    size = NAME_PIXELS[block.size]
    ink, place_ink = colour("text", palette), [*rgb(palette.surface("text")), 255]
    far: list[dict[str, Any]] = [
        _feature({"type": "LineString", "coordinates": rounded([paper.ground(*place) for place in leader(name)])}, {})
        for name in of_states
        if name.towards
    ]
    for names, letters in ((of_states, ink), (of_places, place_ink)):
        for row in text_rows(names, paper):
            properties = {"t": row["t"], "a": row["a"], "c": letters, "o": [0, 0]}
            far.append(_feature({"type": "Point", "coordinates": row["p"]}, properties))
    has_places = any(isinstance(part, Points) for part in block.layers)
    layers = [_named_between("statenames", far, (None, NAMED_FROM[0] if has_places else None), palette, size)]
    for number, part in enumerate(block.layers):
        named: dict[int, Name] = {}
        if isinstance(part, Points):
            for tier, zoom in enumerate(NAMED_FROM):
                near = _near_names(part, zoom, named, place_ink, size)
                layers.append(_named_between(f"placenames{number}-{tier}", near, (zoom, None), palette, size))
    return [layer for layer in layers if layer]


def _near_names(points: Points, zoom: float, named: dict[int, Name], ink: list[int], size: int) -> list[dict[str, Any]]:
    """Return names beside the signs that stand alone at a zoom, where they cover nothing; adds them to those named."""
    texts = [str(name) for name in points.rows["name"]]
    places = [
        (float(longitude), float(latitude))
        for longitude, latitude in zip(points.rows["longitude"], points.rows["latitude"], strict=True)
    ]
    paper = Paper(WHOLE, WHOLE, 120.0, 45.0, zoom)
    at = [paper.place(*place) for place in places]
    taken = [square(place, marker_pixels({})) for place in at]
    taken += [_moved(name, at[number]).box() for number, name in named.items()]
    beside = []
    for sign in grouped(places):
        number = sign.members[0]
        is_alone = len(sign.members) == 1 and (sign.from_zoom is None or sign.from_zoom <= zoom)
        if number in named or not is_alone:
            continue
        name = place_name(texts[number], at[number], paper, taken, size)
        if name:
            named[number] = replace(name, x=name.x - at[number][0], y=name.y - at[number][1])
            properties = {"t": "\n".join(name.lines), "a": name.anchor, "c": ink}
            properties["o"] = [round(named[number].x), round(named[number].y)]
            beside.append(_feature({"type": "Point", "coordinates": list(places[number])}, properties))
    return beside


def _moved(name: Name, by: tuple[float, float]) -> Name:
    return replace(name, x=name.x + by[0], y=name.y + by[1])


def _feature(geometry: dict[str, Any], properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _named_between(
    name: str, features: list[dict[str, Any]], limits: tuple[float | None, float | None], palette: Palette, size: int
) -> dict[str, Any]:
    """Return names, with the lines to their land, shown between two zooms only; nothing where there are none."""
    if not features:
        return {}
    return {
        **one_tile(name, features, limits),
        "pointType": "text",
        "pickable": False,
        "stroked": True,
        "filled": False,
        "getLineColor": colour("text", palette),
        "lineWidthUnits": "pixels",
        "getLineWidth": 1,
        "getText": "@@=properties.t",
        "getTextColor": "@@=properties.c",
        "getTextAnchor": "@@=properties.a",
        "getTextPixelOffset": "@@=properties.o",
        "getTextSize": size,
        "textSizeUnits": "pixels",
        "textCharacterSet": "auto",
        "textFontFamily": "Source Sans, Arial, sans-serif",
        "textFontWeight": 600,
        "textFontSettings": FONT,
        "textOutlineWidth": 2.5,
        "textOutlineColor": colour("member", palette),
    }


def text_rows(names: Sequence[Name], paper: Paper) -> list[dict[str, Any]]:
    """Return names as rows of a layer of texts."""
    rows = []
    for name in names:
        at = rounded([list(paper.ground(name.x, name.y))])[0]
        rows.append({"p": at, "t": "\n".join(name.lines), "a": name.anchor})
    return rows


def rounded(places: Sequence[Sequence[float]]) -> list[list[float]]:
    """Return places with the decimals a screen can show."""
    return [[round(number, 4) for number in place] for place in places]


def text_layer(name: str, rows: list[dict[str, Any]], ink: list[int], palette: Palette, size: int) -> dict[str, Any]:
    """Return texts with a halo in the colour of the land."""
    return {
        "@@type": "TextLayer",
        "id": name,
        "data": rows,
        "getPosition": "@@=p",
        "getText": "@@=t",
        "getColor": ink,
        "getSize": size,
        "fontFamily": "Source Sans, Arial, sans-serif",
        "fontWeight": 600,
        "characterSet": "auto",
        "pickable": False,
        "getTextAnchor": "@@=a" if rows else "middle",
        "fontSettings": FONT,
        "outlineWidth": 2.5,
        "outlineColor": colour("member", palette),
    }
