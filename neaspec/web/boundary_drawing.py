"""A draft of a boundary on the map on which readers draw."""

from collections.abc import Sequence

from neaspec.boundary.drafts import Draft
from neaspec.palette import Palette
from neaspec.shapes.measures import rings_of
from neaspec.text import Words
from neaspec.web.drawing import Bounds, Corners, DrawnMap, Mark, draw_on, path_of

MOST_CORNERS = 400  # of a ring that is loaded to be changed


def draw_ring(
    words: Words, palette: Palette, letter: str, bounds: Bounds, sites: Sequence[Mark], drafts: Sequence[Draft]
) -> Corners | None:
    """Show the map; return the ring that was just taken over, closed, else None.

    Args:
        words: the wording.
        palette: its colours.
        letter: of the draft that is drawn.
        bounds: what the map opens on.
        sites: of the area.
        drafts: those there are; that of the letter is loaded if it is one ring of few corners.
    """
    own = next((draft for draft in drafts if draft.letter == letter), None)
    ring = corners_of(own) if own else []
    drawn = DrawnMap(
        letter,
        bounds,
        alt=words("boundary.draw_alt"),
        use=words("boundary.draw_use", letter=letter),
        corners=ring,
        marks=sites,
        others=[
            "".join(path_of(line.coords, True) for line in rings_of(draft.shape))
            for draft in drafts
            if draft.letter != letter or not ring
        ],
    )
    corners = draw_on(words, palette, drawn, f"boundary draw {letter}")
    return [*corners, corners[0]] if corners else corners


def corners_of(draft: Draft) -> list[list[float]]:
    """Return the corners of a draft that can be changed on the map; none of one with parts, holes or many corners."""
    if len(draft.shape.geoms) > 1 or draft.holes or draft.points > MOST_CORNERS:
        return []
    return [[float(x), float(y)] for x, y, *_ in draft.shape.geoms[0].exterior.coords[:-1]]
