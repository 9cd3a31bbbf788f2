"""Charts for the screen: a Chart block becomes a plotly figure in the colours of one background.

Figures are made from plain dictionaries with graph objects (plotly.express would cost ten times as long). Nothing here
uses geographic subplots, which would ask a third party for outlines. Text of the data is escaped: it is never markup.
"""

import weakref
from collections.abc import Callable

import plotly.graph_objects as go

from neaspec.blocks import Chart
from neaspec.palette import Palette
from neaspec.render.charts import areas as charts_areas
from neaspec.render.charts import bars as charts_rows
from neaspec.render.charts import causes as charts_causes
from neaspec.render.charts import fan as charts_fan
from neaspec.render.charts import flow as charts_flow
from neaspec.render.charts import points as charts_points
from neaspec.render.charts import schedule as charts_schedule
from neaspec.render.charts.layout import PHONE_SIZES, Drawing, Figure, Measures
from neaspec.text import Words

# Given to st.plotly_chart: no tool bar (it would add eight stops to the Tab order of every chart).
CONFIG = {"displayModeBar": False, "responsive": True, "scrollZoom": False, "doubleClick": False}

KINDS: dict[str, Callable[[Drawing], Figure]] = {
    "ranges": charts_points.ranges,
    "lines": charts_points.lines,
    "stacked_areas": charts_areas.stacked_areas,
    "fan": charts_fan.fan,
    "bars": charts_rows.bars,
    "stacked_bars": charts_rows.stacked_bars,
    "pairs": charts_rows.pairs,
    "timeline": charts_flow.timeline,
    "schedule": charts_schedule.schedule,
    "network": charts_causes.network,
}


class Drawn(go.Figure):  # type: ignore[misc]  # plotly has no types
    """A figure that is not changed any more: given away as it is, not copied in depth at every showing."""

    def to_dict(self) -> Figure:
        """Return the figure as a dictionary that everybody shares."""
        if not hasattr(self, "_shared"):
            object.__setattr__(self, "_shared", super().to_dict())
        shared: Figure = self._shared
        return shared


# A block keeps its figures as long as it lives: a page that is shown again does not draw again.
_drawn: "weakref.WeakKeyDictionary[Chart, dict[bool, go.Figure]]" = weakref.WeakKeyDictionary()


def draw_chart(chart: Chart, palette: Palette, words: Words) -> go.Figure:
    """Return the figure of a chart; one and the same object for the same block and background."""
    kept = _drawn.setdefault(chart, {})
    if palette.is_dark not in kept:
        kept[palette.is_dark] = Drawn(make_figure(chart, palette, words))
    return kept[palette.is_dark]


def make_figure(chart: Chart, palette: Palette, words: Words, size: Measures = PHONE_SIZES) -> Figure:
    """Return the figure of a chart as a plain dictionary, in the measures of the screen or of a presentation."""
    return KINDS[chart.kind](Drawing(chart, palette, words, size))
