"""A small line of like-for-like figures beside a figure."""

from collections.abc import Sequence


def sparkline_svg(trend: Sequence[tuple[float, float]], colour: str, soft: str) -> str:
    """Return a line of figures from zero, with its first and last year; nothing for fewer than two figures."""
    if len(trend) < 2:
        return ""
    points = sorted(trend)
    first, last = points[0][0], points[-1][0]
    top = max(value for _, value in points) or 1.0
    placed = [(4 + 82 * (x - first) / ((last - first) or 1), 30 - 26 * value / top) for x, value in points]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in placed)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.2" fill="{colour}"/>' for x, y in placed)
    label = f'font-family="Noto Sans, sans-serif" font-size="11" fill="{soft}"'
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 46" width="90" height="46">'
        f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="1.8"/>{dots}'
        f'<text x="2" y="44" {label}>{first:g}</text>'
        f'<text x="88" y="44" text-anchor="end" {label}>{last:g}</text></svg>'
    )


def sparkline_words(trend: Sequence[tuple[float, float]]) -> str:
    """Return what the line says to a reader who cannot see it."""
    return ", ".join(f"{x:g}: {value:g}" for x, value in sorted(trend))
