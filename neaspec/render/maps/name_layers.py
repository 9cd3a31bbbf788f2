"""Names on maps of the screen: placed once for the frame in which a map opens, where they cover no sign."""

from collections.abc import Sequence
from typing import Any

from neaspec.blocks import Map, Points
from neaspec.palette import Palette, rgb
from neaspec.render.maps.frame import Paper, opening_frame
from neaspec.render.maps.layers import SIGN_PIXELS, bent_lines, colour, marker_pixels
from neaspec.render.maps.names import Box, Name, covered_by_line, leader, point_names, square, state_names

NAME_PIXELS = {"full": 13, "small": 11, "middle": 13, "tall": 13}
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
        for line, path, _ in bent_lines(part):
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
        "fontSettings": {"sdf": True, "fontSize": 96, "buffer": 12, "radius": 16, "smoothing": 0.12},
        "outlineWidth": 2.5,
        "outlineColor": colour("member", palette),
    }
