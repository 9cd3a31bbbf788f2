"""Which signs of a map stand apart at which zoom, and which stand as one with a count. Pure geometry.

Signs that would lie on each other are one sign with the number of its places until a reader goes near enough; it stands
where one of its places is, so that it never leaves their land. Places of equal coordinates never come apart.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from neaspec.render.maps.shapes import upward

Group = tuple[int, ...]  # numbers of places; the group stands where the first one is
APART_PIXELS = 13  # between the middles of two signs that can be told apart
STEP = 0.5  # zoom, between two looks at the signs
NEAREST = 11.0  # zoom of the look from which on nothing comes apart


@dataclass(frozen=True)
class Sign:
    """One sign: the places it stands for (the first is where it stands), and the zooms at which it is shown."""

    members: tuple[int, ...]
    from_zoom: float | None  # None: however far
    to_zoom: float | None  # None: however near


def grouped(places: Sequence[tuple[float, float]], farthest: float = 2.0) -> list[Sign]:
    """Return the signs of places (longitude, latitude): going out from the nearest zoom, neighbours become one.

    farthest: the zoom beyond which no reader goes out.
    """
    at = [(longitude, upward(latitude)) for longitude, latitude in places]
    groups: list[Group] = [(number,) for number in range(len(at))]
    since: dict[Group, float | None] = {}
    signs: list[Sign] = []
    first = math.floor(farthest / STEP) * STEP
    steps = round((NEAREST - first) / STEP)
    for step in range(steps, -1, -1):
        zoom = first + step * STEP
        reach = APART_PIXELS * 360 / (512 * 2**zoom)
        merged = _merged(groups, at, reach)
        upper = None if step == steps else zoom + STEP
        for group in set(groups) - set(merged):
            if upper is not None:
                signs.append(Sign(group, upper, since.pop(group, None)))
        for group in set(merged) - set(groups):
            since[group] = upper
        groups = merged
    signs += [Sign(group, None, since.get(group)) for group in groups]
    return sorted(signs, key=lambda sign: (min(sign.members), len(sign.members)))


def _merged(groups: list[Group], at: Sequence[tuple[float, float]], reach: float) -> list[Group]:
    """Return the groups with those joined whose signs stand nearer than a reach; the largest takes the others."""
    left = sorted(groups, key=lambda group: (-len(group), group))
    joined: list[Group] = []
    while left:
        group, *left = left
        near = [other for other in left if math.dist(at[group[0]], at[other[0]]) < reach]
        left = [other for other in left if other not in near]
        joined.append((*group, *(member for other in near for member in other)))
    return joined
