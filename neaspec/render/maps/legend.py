"""What stands in words around every map: its legend, its boundary notes."""

from neaspec.blocks import Map, Outlines, Points
from neaspec.palette import Palette
from neaspec.render.charts.layout import SIGNS
from neaspec.render.maps.frame import is_near, shown_places
from neaspec.text import Words

BESIDE = ("small", "middle")  # maps beside other blocks: what signs tell beside their group stands in the note


def map_legend(block: Map, palette: Palette, words: Words) -> list[tuple[str, str, str]]:
    """Return (colour, sign, label) of the groups that occur, and of hollow markers and arrows."""
    return [*map_groups(block, palette), *map_signs(block, palette, words)]


def map_groups(block: Map, palette: Palette) -> list[tuple[str, str, str]]:
    """Return (colour, sign, label) of the groups that occur."""
    items: dict[str, tuple[str, str, str]] = {}
    for part in block.layers:
        occurring = set(part.rows["group"].astype(str)) if "group" in part.rows else set()
        for group, label in part.groups.items():
            if group in occurring:
                style = palette.group(block.group_kind, group)
                sign = SIGNS[style.marker]
                items.setdefault(group, (style.colour, sign if isinstance(part, Points) else f"─{sign}─", label))
    return list(items.values())


def map_signs(block: Map, palette: Palette, words: Words) -> list[tuple[str, str, str]]:
    """Return (colour, sign, label) of what hollow markers, dots and lines mean."""
    items: dict[str, tuple[str, str, str]] = {}
    soft = palette.surface("text_soft")
    for part in block.layers:
        if isinstance(part, Points):
            if "is_approximate" in part.rows and part.rows["is_approximate"].fillna(False).astype(bool).any():
                items.setdefault("hollow", (soft, "○", words("maps.hollow")))
            if "size" in part.rows and part.rows["size"].isna().any():
                items.setdefault("unsized", (soft, "⊙", words("maps.unsized")))
        elif isinstance(part, Outlines):
            if not part.rows.empty:
                items.setdefault("outline", (soft, "– –", words("maps.outline")))
        elif not part.rows.empty:
            items.setdefault("arrow", (soft, "⤳", words("maps.arrow")))
    if block.size in BESIDE:
        for key in ("hollow", "unsized"):
            items.pop(key, None)
    return list(items.values())


def map_notes(block: Map, words: Words, is_still: bool = False) -> tuple[str, ...]:
    """Return the sentences around a map: boundary source, disclaimer, and what its ground blurs.

    is_still: the map has one ground only and may leave names out, as on paper; on the screen of the dashboard a finer
    ground is drawn when the reader goes near.
    """
    if is_still and is_near(block):
        latitudes, longitudes = zip(*((place[1], place[0]) for place in shown_places(block)), strict=True)
        has_line = min(latitudes) - 4 < 38.3 < max(latitudes) + 4 and min(longitudes) - 8 < 127.5 < max(longitudes) + 8
        line = (words("maps.dashed_korea"),) if has_line else ()
        return (words("maps.source_near"), words("maps.disclaimer"), *line)
    notes = [words(f"maps.source_{block.view}"), words("maps.disclaimer")]
    if block.size in BESIDE:
        notes += [words(f"maps.{key}") for key in ("hollow", "unsized")]
    has_points = any(isinstance(part, Points) and not part.rows.empty for part in block.layers)
    if block.view == "region":
        notes.append(words("maps.dashed_region"))
        if not is_still:
            notes.append(words("maps.source_fine"))
        elif has_points:
            notes.append(words("maps.coarse_region"))
    if is_still and has_points:
        notes.append(words("maps.names"))
    return tuple(notes)
