"""Shapes on maps: markers as drawings, circles of a true size, bent lines and their heads. Pure geometry."""

import base64
import math
from collections.abc import Sequence

from neaspec.palette import Style

KM_PER_DEGREE = 111.32
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
    "pentagon": '<path d="M16 2 30 12.5 24.7 29H7.3L2 12.5Z"/>',
}


def marker_svg(style: Style, is_hollow: bool, edge: str, has_dot: bool = False) -> str:
    """Return the marker of a group; hollow where the position is approximate, with a dot where no area is stated."""
    fill = "none" if is_hollow else style.colour
    stroke = style.colour if is_hollow else edge
    width = 4 if is_hollow else 1.6
    shape = SHAPES.get(style.marker, SHAPES["circle"])
    if has_dot:
        shape += f'<circle cx="16" cy="16" r="5" stroke="none" fill="{style.colour if is_hollow else edge}"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64" viewBox="-2 -2 36 36" '
        f'fill="{fill}" stroke="{stroke}" stroke-width="{width}">{shape}</svg>'
    )


def data_address(svg: str) -> str:
    """Return an SVG as an address that needs no request."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def ring(position: Sequence[float], radius_km: float, corners: int = 48) -> list[list[float]]:
    """Return a circle of a true size as a closed line of longitude and latitude."""
    longitude, latitude = position
    per_longitude = KM_PER_DEGREE * math.cos(math.radians(latitude))
    turns = [2 * math.pi * corner / corners for corner in range(corners + 1)]
    return [
        [
            round(longitude + radius_km / per_longitude * math.cos(turn), 4),
            round(latitude + radius_km / KM_PER_DEGREE * math.sin(turn), 4),
        ]
        for turn in turns
    ]


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
        curve.append([
            round(sum(weight * point[axis] for weight, point in zip(weights, (start, middle, end), strict=True)), 3)
            for axis in (0, 1)
        ])  # fmt: skip
    return curve


def head(path: list[list[float]], size: float) -> list[list[float]]:
    """Return the head of an arrow as a triangle at the end of its path."""
    (x, y), (before_x, before_y) = path[-1], path[-3]
    flat = math.cos(math.radians(y))
    length = math.hypot((x - before_x) * flat, y - before_y) or 1
    along = ((x - before_x) * flat / length, (y - before_y) / length)
    corners = [(0.0, 0.0), (-size, size * 0.42), (-size, -size * 0.42)]
    return [
        [round(x + (a * along[0] - b * along[1]) / flat, 3), round(y + a * along[1] + b * along[0], 3)]
        for a, b in corners
    ]


def upward(latitude: float) -> float:
    """Return how far up a latitude lies on a web map, in degrees of longitude."""
    return math.degrees(math.asinh(math.tan(math.radians(latitude))))
