"""Axes of drawings: where a value lies, and which ticks are written."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

STEPS = (1, 2, 5, 10)
YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100)


@dataclass(frozen=True)
class Axis:
    """A direction of a drawing: values from first to last lie between start and end (pixels)."""

    kind: str  # linear, date or category
    first: float
    last: float
    start: float
    end: float
    names: tuple[str, ...] = ()

    def value(self, given: Any) -> float:
        """Return a cell as a number: days become milliseconds, names their place."""
        if self.kind == "category":
            return float(self.names.index(str(given)))
        return milliseconds(given) if self.kind == "date" else float(given)

    def place(self, given: Any) -> float:
        """Return where a value lies, in pixels."""
        share = (self.value(given) - self.first) / ((self.last - self.first) or 1)
        return self.start + share * (self.end - self.start)

    def ticks(
        self, most: int, step: float | None = None, origin: float = 0, is_grouped: bool = True
    ) -> list[tuple[float, str]]:
        """Return (pixels, words) of at most so many ticks."""
        low, high = sorted((self.first, self.last))
        if self.kind == "category":
            return [(self.place(name), name) for name in self.names]
        if self.kind == "date":
            return [(self.place(day.isoformat()), words) for day, words in date_ticks(low, high, most)]
        size = step or nice_step(high - low, most)
        first = origin + -(-(low - origin) // size) * size
        values = []
        while first <= high + size * 1e-9:
            values.append(first)
            first += size
        return [(self.place(value), number_words(value, is_grouped)) for value in values]


def milliseconds(given: Any) -> float:
    """Return a day (ISO text) or a number of milliseconds as milliseconds since 1970."""
    if isinstance(given, int | float):
        return float(given)
    return datetime.fromisoformat(str(given)[:10]).replace(tzinfo=UTC).timestamp() * 1000


def nice_step(span: float, most: int) -> float:
    """Return a step of 1, 2 or 5 times a power of ten that gives at most so many ticks."""
    rough = span / max(most, 1) or 1.0
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step * power for step in STEPS if step * power >= rough * 0.999)


def number_words(value: float, is_grouped: bool) -> str:
    """Write the number of a tick, thousands set apart or not (years)."""
    text = f"{value:{',' if is_grouped else ''}.6f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def date_ticks(low: float, high: float, most: int) -> list[tuple[date, str]]:
    """Return first days of years, or of months where the span is short."""
    first, last = (datetime.fromtimestamp(end / 1000, UTC).date() for end in (low, high))
    years = last.year - first.year
    if years >= 2:
        step = next((step for step in YEAR_STEPS if years / step <= most), YEAR_STEPS[-1])
        start = -(-first.year // step) * step
        days = [date(year, 1, 1) for year in range(start, last.year + 1, step)]
        return [(day, str(day.year)) for day in days if first <= day <= last]
    months = [date(year, month, 1) for year in range(first.year, last.year + 1) for month in range(1, 13)]
    inside = [day for day in months if first <= day <= last]
    return [(day, f"{day:%b %Y}") for day in inside[:: max(1, -(-len(inside) // most))]]


def span_of(values: Sequence[float], pad: float = 0.05) -> tuple[float, float]:
    """Return the ends of an axis that holds all values with some room."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    room = (high - low) * pad or 1.0
    return low - room, high + room
