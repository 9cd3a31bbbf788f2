"""What a chart is as plain series, and how its figures are written beside them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil, floor
from typing import Any, Literal

from neaspec.render.charts.layout import ABSENT, Drawing
from neaspec.render.charts.markers import office_symbols

Shape = Literal["bars", "stacked", "columns", "areas", "points", "lines", "none"]
MOST_DRAWN = 200  # rows of a chart; its table holds all
LONG_LABEL = 34  # characters; a longer one stands beside the name of its row
PLAIN_MARKS = frozenset({"", "exact", "actual"})


@dataclass(frozen=True)
class Series:
    """One series. `more` and `less`: how far the range goes above and below each value; 0 = no range.

    places: the years of points, for charts without categories. colours, hollow: of single bars or points.
    is_hidden: holds others away from the edge, is not seen. labels: an empty one is not shown.
    """

    name: str
    colour: str
    marker: str
    values: tuple[float | None, ...]
    labels: tuple[str, ...] = ()
    places: tuple[float, ...] = ()
    more: tuple[float, ...] = ()
    less: tuple[float, ...] = ()
    colours: tuple[str, ...] = ()
    hollow: tuple[bool, ...] = ()
    is_joined: bool = False
    is_hidden: bool = False
    has_markers: bool = True


@dataclass(frozen=True)
class ChartData:
    """A chart as series; `notes`: what no bar or point can say. `least`, `most`, `unit`: ends and steps of its axis."""

    shape: Shape
    categories: tuple[str, ...] = ()
    series: tuple[Series, ...] = ()
    notes: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None
    unit: float | None = None

    @property
    def symbols(self) -> dict[str, str]:
        """Return marker -> symbol of PowerPoint and Excel for the series of this chart."""
        return office_symbols(series.marker for series in self.series)

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to draw; what is known stands in the notes."""
        return not self.series or (self.shape != "points" and not self.categories)

    def portions(self, most: int) -> "list[ChartData]":
        """Split rows of bars into portions that can be read."""
        if self.shape not in ("bars", "stacked") or len(self.categories) <= most:
            return [self]
        count = ceil(len(self.categories) / most)
        size = ceil(len(self.categories) / count)
        return [_portion(self, slice(start, start + size)) for start in range(0, len(self.categories), size)]


def _portion(data: ChartData, part: slice) -> ChartData:
    names = ("values", "labels", "more", "less", "colours", "hollow")
    series = [replace(item, **{name: getattr(item, name)[part] for name in names}) for item in data.series]
    tops = [sum(values) for values in zip(*([v or 0.0 for v in item.values] for item in data.series), strict=True)]
    most = data.most
    if most is None and data.shape == "stacked":
        most = max(tops, default=1.0)
    elif most is None:
        most = max((v or 0.0 for item in data.series for v in item.values), default=1.0)
    return replace(data, categories=data.categories[part], series=tuple(series), most=most)


def written(drawing: Drawing, figure: dict[str, Any], beside: str = "") -> str:
    """Write a figure with its range and its mark: about 520 (480–540); 27–55 (preliminary); 0 (none found)."""
    value, low, high, mark = figure["value"], figure["low"], figure["high"], figure["mark"]
    text = figure["label"] or drawing.marked_value(value, low, high, mark)
    if not figure["label"] and value is not None and (low is not None or high is not None) and mark not in ABSENT:
        text += f" ({drawing.words.range(low, high)})"
    mark_text = drawing.mark_words(mark)
    if mark not in PLAIN_MARKS and mark_text and mark_text not in f"{text} {beside}":
        text = f"{text} ({mark_text})" if text else mark_text
    return text


def drawn_range(value: float | None, low: float | None, high: float | None) -> tuple[float | None, float, float]:
    """Return where a value is drawn and how far its range goes up and down; without a value from its lower end."""
    drawn = value if value is not None else low if low is not None else high
    if drawn is None:
        return None, 0.0, 0.0
    return drawn, max((high or drawn) - drawn, 0.0), max(drawn - (low if low is not None else drawn), 0.0)


def axis_of_years(places: Sequence[float]) -> tuple[float | None, float | None, float | None]:
    """Return the ends and the steps of an axis on which all these years lie."""
    if not places:
        return None, None, None
    first, last = min(places), max(places)
    unit = next((step for step in (1, 2, 5, 10, 20, 50) if (last - first) / step <= 10), 100)
    margin = unit * 0.2
    return floor((first - margin) / unit) * unit, ceil((last + margin) / unit) * unit, unit


def place_text(place: Any) -> str:
    """Write a year or a name on the axis."""
    return f"{place:g}" if isinstance(place, int | float) else str(place)
