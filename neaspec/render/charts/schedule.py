"""Schedules: one row a name; periods as bars, what was planned around what was done; days as signs on one axis."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from neaspec.render.charts.flow import MILLISECONDS, first_day, last_day
from neaspec.render.charts.layout import (
    Drawing,
    Figure,
    Trace,
    axis_title,
    hover,
    lane_layout,
    row_label,
    safe,
    soft_fill,
    wrapped,
)

BAR = 9  # pixels
POINT_DAYS = 45  # what lasts shorter is drawn as a sign: a bar of it could not be seen
DISC, TICK = 24, 12
LEVELS = 3  # discs of one row stand on so many lines, so that they come apart on a telephone
SOFT = ("planned", "tentative")


@dataclass(frozen=True)
class Term:
    """A period or a day of one row: its first and last day, how it is marked, what stands in its sign, its words."""

    start: date
    end: date
    mark: str
    label: str
    words: str

    @property
    def is_day(self) -> bool:
        """Tell whether it is drawn as a sign."""
        return (self.end - self.start).days < POINT_DAYS


def schedule(drawing: Drawing) -> Figure:
    """Draw each name once with all its terms; a name without a date keeps its row."""
    rows = _rows(drawing)
    data: list[Trace] = []
    labels: list[dict[str, Any]] = []
    top, size = 3.0, drawing.size
    days = [day for terms in rows.values() for term in terms for day in (term.start, term.end)]
    for number, (name, terms) in enumerate(rows.items()):
        if number and days:
            data.append(_rule(drawing, (min(days), max(days)), top - 1))
        lines = wrapped(name, size.row_characters + 10)
        labels.append(row_label(top, lines, drawing.colour("text"), size.small))
        top += len(lines) * (size.line - 1)
        discs = [term for term in terms if term.label]
        top += 5 if discs else 3  # letters that reach below the line stay clear of the bar
        room = DISC * min(len(discs), LEVELS) + 4 if discs else BAR
        for mark in ("actual", *SOFT):  # what was planned is drawn over what was done
            own = [term for term in terms if (term.mark in SOFT) == (mark in SOFT) and not term.label]
            own = [term for term in own if mark == "actual" or term.mark == mark]
            data += [_bar(drawing, name, term, top + room / 2) for term in own if not term.is_day]
            data += _ticks(drawing, name, [term for term in own if term.is_day], top + room / 2, mark)
        data += _discs(drawing, name, discs, top)
        top += room + 2
    layout = lane_layout(drawing, top)
    layout["xaxis"] |= {"type": "date", "side": "bottom", "nticks": 9, "ticks": "outside", "hoverformat": "%Y"}
    layout["xaxis"]["title"]["text"] = axis_title(drawing.chart.value_title)
    layout |= {"annotations": labels, "barmode": "overlay", "height": round(top + 46)}
    layout["margin"] |= {"b": 40, "r": 16}
    return {"data": data, "layout": layout}


def _rows(drawing: Drawing) -> dict[str, list[Term]]:
    """Return name -> its terms, in the order in which the names are met."""
    columns = [drawing.texts(role) for role in ("category", "start", "end", "mark", "label")]
    rows: dict[str, list[Term]] = {}
    for category, start, end, mark, label in zip(*columns, strict=True):
        terms = rows.setdefault(category, [])
        if not start and not end:
            continue
        parts = [label, drawing.mark_words(mark), drawing.words.period(start or None, end or None)]
        words = " · ".join(part for part in parts if part)
        terms.append(Term(first_day(start or end), last_day(end or start), mark, label, words))
    return rows


def _rule(drawing: Drawing, ends: tuple[date, date], top: float) -> Trace:
    """Return the line between two rows."""
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "rule",
        "x": [day.isoformat() for day in ends],
        "y": [top, top],
        "line": {"color": drawing.colour("grid"), "width": 1},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _bar(drawing: Drawing, name: str, term: Term, middle: float) -> Trace:
    """Return a bar: filled for what was done, its outline alone for what was planned, thinner for a mere suggestion."""
    colour = drawing.colour("text_soft")
    marker: dict[str, Any] = {"color": colour}
    if term.mark in SOFT:
        marker = {"color": soft_fill(colour), "line": {"color": drawing.colour("text"), "width": 1.5}}
    return {
        "type": "bar",
        "orientation": "h",
        "name": safe(term.mark or "period"),
        "base": [term.start.isoformat()],
        "x": [((term.end - term.start).days + 1) * MILLISECONDS],
        "y": [middle],
        "width": BAR + 3 if term.mark == "planned" else BAR - 2 if term.mark == "tentative" else BAR,
        "marker": marker,
        "hoverinfo": "text",
        "hovertext": [hover(name, term.words)],
    }


def _ticks(drawing: Drawing, name: str, terms: list[Term], middle: float, mark: str) -> list[Trace]:
    if not terms:
        return []
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "name": "days",
            "x": [term.start.isoformat() for term in terms],
            "y": [middle] * len(terms),
            "cliponaxis": False,
            "marker": {
                "symbol": "diamond-open" if mark in SOFT else "diamond",
                "size": TICK - 1,
                "color": drawing.colour("text_soft"),
            },
            "hoverinfo": "text",
            "hovertext": [hover(name, term.words) for term in terms],
        }
    ]


def _discs(drawing: Drawing, name: str, terms: list[Term], top: float) -> list[Trace]:
    if not terms:
        return []
    levels = [top + DISC * (number % LEVELS + 0.5) for number in range(len(terms))]
    return [
        {
            "type": "scatter",
            "mode": "markers+text",
            "name": "discs",
            "x": [term.start.isoformat() for term in terms],
            "y": levels,
            "text": [safe(term.label) for term in terms],
            "textposition": ["middle center"] * len(terms),
            "textfont": {"size": drawing.size.small - 1, "color": drawing.colour("background")},
            "cliponaxis": False,
            "marker": {"symbol": "circle", "size": DISC, "color": drawing.colour("accent")},
            "hoverinfo": "text",
            "hovertext": [hover(name, term.words) for term in terms],
        }
    ]
