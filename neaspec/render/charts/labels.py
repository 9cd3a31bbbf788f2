"""Where the figures of a chart over time are written, so that none covers another thing on the narrowest screen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from neaspec.render.charts.layout import ABSENT, OPEN, Drawing, Measures, annotation, safe

LABELLED_POINTS = 14  # more points are labelled only where a figure is not exact
ARROW_SHARE = 0.09  # length of the arrow of an open figure, as a share of the value axis
NOTE_CHARACTERS = 17  # of a word written upwards
# Sides in the order they are tried: how far the label lies from its place, in widths, heights and steps.
SIDES = (
    ("center", "bottom", 0, 8),
    ("right", "bottom", -2, 8),
    ("left", "bottom", 2, 8),
    ("right", "middle", -11, 0),
    ("left", "middle", 11, 0),
    ("center", "top", 0, -8),
    ("right", "top", -4, -8),
    ("left", "top", 4, -8),
)
Box = tuple[float, float, float, float]  # left, right, bottom, top


@dataclass(frozen=True)
class NarrowPlot:
    """The plot as the narrowest screen shows it, in pixels from its lower left corner."""

    rows: Sequence[dict[str, Any]]
    top: float
    size: Measures

    @property
    def width(self) -> int:
        """Return how wide the plot is, with the names of several series beside it."""
        return self.size.plot_widths[len({row["series"] for row in self.rows}) > 1]

    def across(self, x: Any) -> float:
        """Return how far right a year or name lies."""
        places = [row["x"] for row in self.rows]
        if all(isinstance(place, int | float) for place in places):
            first, last = float(min(places)), float(max(places))
            margin = max((last - first) * 0.06, 0.6)
            return (float(x) - first + margin) / (last - first + 2 * margin) * self.width
        names = list(dict.fromkeys(places))
        return (names.index(x) + 0.5) / len(names) * self.width

    def up(self, value: float) -> float:
        """Return how far up a figure lies."""
        return value / self.top * self.size.plot_height

    def marks(self) -> Iterator[Box]:
        """Give the ground of points, ranges, arrows and words written upwards."""
        for row in self.rows:
            x, heights = self.across(row["x"]), [row[role] for role in ("y", "low", "high") if row[role] is not None]
            if row["mark"] in ABSENT:
                yield x - 9, x + 9, 0, NOTE_CHARACTERS * self.size.character
            elif heights:
                tip = self.top * ARROW_SHARE if row["mark"] in OPEN else 0
                yield x - 7, x + 7, self.up(min(heights)) - 6, self.up(max(heights) + tip) + 6

    def lines(self) -> Iterator[Box]:
        """Give the ground of the lines that join figures, in short pieces."""
        for name in dict.fromkeys(row["series"] for row in self.rows):
            own = [row for row in self.rows if row["series"] == name and row["joined"] and row["y"] is not None]
            points = sorted((self.across(row["x"]), self.up(row["y"])) for row in own)
            for (x, y), (next_x, next_y) in zip(points, points[1:], strict=False):
                steps = int(max(abs(next_x - x), abs(next_y - y)) // 5) + 1
                for step in range(steps + 1):
                    at_x, at_y = x + (next_x - x) * step / steps, y + (next_y - y) * step / steps
                    yield at_x - 2, at_x + 2, at_y - 2, at_y + 2


def value_labels(drawing: Drawing, rows: Sequence[dict[str, Any]], top: float) -> list[dict[str, Any]]:
    """Write figures beside their marks, newest first; none where it would cover something."""
    plot = NarrowPlot(rows, top, drawing.size)
    taken = [*plot.marks(), *plot.lines()]
    labels: list[dict[str, Any]] = []
    for _, row in sorted(enumerate(rows), key=lambda pair: (str(pair[1]["x"]), pair[0]), reverse=True):
        heights = [row[role] for role in ("y", "high") if row[role] is not None]
        if not heights or row["mark"] in ABSENT:
            continue
        is_open = row["mark"] in OPEN
        text = row["label"] if not is_open else ""
        text = text or drawing.marked_value(row["y"], row["low"], row["high"], row["mark"])
        height = row["y"] + top * ARROW_SHARE if is_open and row["y"] is not None else max(heights)
        place = (plot.across(row["x"]), plot.up(height))
        free = _free_side(text, place, plot, taken)
        if free is None:
            continue
        (side, level, right, up), box = free
        taken.append(box)
        font = {"size": drawing.size.small, "color": drawing.colour("text")}
        labels.append(
            annotation(row["x"], height, safe(text), xanchor=side, yanchor=level, xshift=right, yshift=up, font=font)
        )
    return labels


def _free_side(
    text: str, place: tuple[float, float], plot: NarrowPlot, taken: Sequence[Box]
) -> tuple[tuple[str, str, int, int], Box] | None:
    """Return the first side on which a label covers nothing and stays inside the plot, and its ground."""
    size = plot.size
    long, x, y = len(text) * size.character, *place
    for side in SIDES:
        left = x + side[2] - {"left": 0.0, "center": long / 2, "right": long}[side[0]]
        low = y + side[3] - {"bottom": 0, "middle": size.line / 2, "top": size.line}[side[1]]
        box = (left, left + long, low, low + size.line)
        is_inside = left >= -2 and box[1] <= plot.width + 2 and low >= 0 and box[3] <= plot.size.plot_height + 16
        if is_inside and not any(_meet(box, other) for other in taken):
            return side, box
    return None


def _meet(first: Box, second: Box) -> bool:
    return first[0] < second[1] and second[0] < first[1] and first[2] < second[3] and second[2] < first[3]
