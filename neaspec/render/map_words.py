"""What stands in words around every map: its legend, its boundary notes, and what its frame leaves out."""

from neaspec.blocks import Map, Points
from neaspec.palette import Palette
from neaspec.render.charts_parts import SIGNS
from neaspec.render.map_shapes import upward
from neaspec.render.maps import FRAME_PIXELS, opening_state, opening_zoom
from neaspec.text import Words


def map_legend(block: Map, palette: Palette, words: Words) -> list[tuple[str, str, str]]:
    """Return (colour, sign, label) of the groups that occur, and of hollow markers, rings and arrows."""
    items: dict[str, tuple[str, str, str]] = {}
    soft = palette.surface("text_soft")
    for part in block.layers:
        occurring = set(part.rows["group"].astype(str)) if "group" in part.rows else set()
        for group, label in part.groups.items():
            if group in occurring:
                style = palette.group(block.group_kind, group)
                sign = SIGNS.get(style.marker, "●")
                items.setdefault(group, (style.colour, sign if isinstance(part, Points) else f"─{sign}─", label))
        if isinstance(part, Points):
            if "is_approximate" in part.rows and part.rows["is_approximate"].fillna(False).astype(bool).any():
                items.setdefault("hollow", (soft, "○", words("maps.hollow")))
            if "size" in part.rows and part.rows["size"].isna().any():
                items.setdefault("unsized", (soft, "⊙", words("maps.unsized")))
            if "radius_m" in part.rows and part.rows["radius_m"].notna().any():
                items.setdefault("ring", (soft, "◎", words("maps.ring")))
        elif not part.rows.empty:
            items.setdefault("arrow", (soft, "⤳", words("maps.arrow")))
    return list(items.values())


def map_notes(block: Map, words: Words, is_fitted: bool = False) -> tuple[str, ...]:
    """Return the sentences below a map: boundary source, disclaimer, and what its view cuts off or blurs.

    is_fitted: the frame holds every place, as on paper; the one of the screen may not.
    """
    notes = [words(f"maps.source_{block.view}"), words("maps.disclaimer")]
    if block.view == "region":
        has_points = any(isinstance(part, Points) and not part.rows.empty for part in block.layers)
        notes.append(words("maps.dashed_region"))
        notes += [words("maps.coarse_region")] if has_points else []
    if is_fitted and any(isinstance(part, Points) and not part.rows.empty for part in block.layers):
        notes.append(words("maps.names"))
    count = 0 if is_fitted else count_outside(block)
    return (*notes, words("maps.outside", count=count)) if count else tuple(notes)


def count_outside(block: Map) -> int:
    """Count the places drawn north or south of the frame in which the map opens on a wide screen."""
    half = (
        FRAME_PIXELS[block.size] / 2 / 512 * 360 / 2 ** opening_zoom(block)
    )  # in degrees of longitude, as tall on the map
    places: set[tuple[float, float]] = set()
    for part in block.layers:
        for start in ("",) if isinstance(part, Points) else ("from_", "to_"):
            places |= set(zip(part.rows[f"{start}latitude"], part.rows[f"{start}longitude"], strict=True))
    middle = upward(opening_state(block)["latitude"])
    return sum(1 for latitude, _ in places if abs(upward(float(latitude)) - middle) > half)
