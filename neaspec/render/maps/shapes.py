"""Shapes on maps: markers and heads of arrows as drawings, bent lines. Pure geometry."""

import base64
import math
from collections.abc import Sequence

from neaspec.palette import Style

SHAPES = {
    "circle": '<circle cx="16" cy="16" r="11"/>',
    "square": '<rect x="6" y="6" width="20" height="20"/>',
    "diamond": '<path d="M16 2 30 16 16 30 2 16Z"/>',
    "triangle-up": '<path d="M16 3 30 28H2Z"/>',
    "cross": '<path d="M11 3h10v8h8v10h-8v8H11v-8H3V11h8Z"/>',
    "star": '<path d="M16 2l4.2 9.3 10 1-7.5 6.8 2.2 10L16 24l-8.9 5.1 2.2-10L1.8 12.3l10-1Z"/>',
    "hexagon": '<path d="M16 2 28 9v14l-12 7-12-7V9Z"/>',
    "x": '<path d="M8 3l8 8 8-8 5 5-8 8 8 8-5 5-8-8-8 8-5-5 8-8-8-8Z"/>',
    "triangle-down": '<path d="M16 29 30 4H2Z"/>',
    "square-open": '<path fill-rule="evenodd" d="M4 4h24v24H4ZM9 9h14v14H9Z"/>',
    "pentagon": '<path d="M16 2 30 12.5 24.7 29H7.3L2 12.5Z"/>',
}


def marker_shapes(style: Style, is_hollow: bool, edge: str, has_dot: bool = False) -> str:
    """Return the shapes of a marker, in a square of 32 units; hollow where the position is approximate."""
    fill = "none" if is_hollow else style.colour
    stroke = style.colour if is_hollow else edge
    width = 4 if is_hollow else 1.6
    shape = SHAPES[style.marker]
    if has_dot:
        shape += f'<circle cx="16" cy="16" r="5" stroke="none" fill="{style.colour if is_hollow else edge}"/>'
    return f'<g fill="{fill}" stroke="{stroke}" stroke-width="{width}">{shape}</g>'


def marker_svg(style: Style, is_hollow: bool, edge: str, has_dot: bool = False) -> str:
    """Return the marker of a group; hollow where the position is approximate, with a dot where no area is stated."""
    shapes = marker_shapes(style, is_hollow, edge, has_dot)
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64" viewBox="-2 -2 36 36">{shapes}</svg>'


def data_address(svg: str) -> str:
    """Return an SVG as an address that needs no request."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def bend(start: tuple[float, float], end: tuple[float, float], amount: float, steps: int = 24) -> list[list[float]]:
    """Return a curve between two ends, bent to the left of its direction by a share of its length."""
    middle = (
        (start[0] + end[0]) / 2 - (end[1] - start[1]) * amount * 2,
        (start[1] + end[1]) / 2 + (end[0] - start[0]) * amount * 2,
    )
    curve = []
    for step in range(steps + 1):
        share = step / steps
        weights = ((1 - share) ** 2, 2 * share * (1 - share), share**2)
        curve.append(
            [
                round(sum(weight * point[axis] for weight, point in zip(weights, (start, middle, end), strict=True)), 3)
                for axis in (0, 1)
            ]
        )
    return curve


def dashes(path: Sequence[Sequence[float]], count: int) -> list[list[list[float]]]:
    """Return every other piece of a line that is cut into twice as many pieces, less one, as there are dashes."""
    step = (len(path) - 1) / (2 * count - 1)
    cut = []
    for number in range(count):
        first, last = round(2 * number * step), round((2 * number + 1) * step)
        cut.append([list(point) for point in path[first : max(last, first + 1) + 1]])
    return cut


def head_svg(colour: str) -> str:
    """Return the head of an arrow that points to the right, its tip at the right edge of the drawing."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64" viewBox="0 0 32 32" '
        f'fill="{colour}"><path d="M32 16 2 27V5Z"/></svg>'
    )


def heading(path: Sequence[Sequence[float]]) -> float:
    """Return the direction of the end of a path on a web map, in degrees from the right against the clock."""
    (x, y), (before_x, before_y) = path[-1], path[-3]
    return round(math.degrees(math.atan2(upward(y) - upward(before_y), x - before_x)), 1)


def upward(latitude: float) -> float:
    """Return how far up a latitude lies on a web map, in degrees of longitude."""
    return math.degrees(math.asinh(math.tan(math.radians(latitude))))
