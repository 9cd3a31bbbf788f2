"""Labels of native charts: beside which figure, on which side of it, and in which words."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from neaspec.files import plain_text
from neaspec.palette import Palette, contrast
from neaspec.render.charts.native import ChartData, Series
from neaspec.render.pptx.text import text_width

LABEL = 11
_SIDES = {"bars": "outEnd", "stacked": "ctr", "columns": "ctr", "areas": "", "lines": "t"}
# Where the middle of a label lies from its point, in widths and heights of the label.
_AROUND = {"t": (0.0, 0.95), "b": (0.0, -0.95), "r": (0.62, 0.0), "l": (-0.62, 0.0)}


def label_places(data: ChartData, width: float, height: float) -> list[list[str]]:
    """Return the side of each label of each series; labels of points avoid each other where they can."""
    if data.shape != "points":
        return [[_SIDES[data.shape]] * len(series.values) for series in data.series]
    least, most = data.least or 0.0, data.most or 1.0
    tops = [(v or 0.0) + up for series in data.series for v, up in zip(series.values, series.more, strict=True)]
    across, up = width * 0.88 / ((most - least) or 1.0), height * 0.6 / (max(tops, default=1.0) * 1.1 or 1.0)
    placed: list[tuple[float, float, float]] = [
        ((x - least) * across, (v or 0.0) * up, 10.0)
        for series in data.series
        for x, v in zip(series.places, series.values, strict=True)
    ]
    chosen = []
    for series in data.series:
        own = []
        for x, value, text, more in zip(series.places, series.values, series.labels, series.more, strict=True):
            wide = text_width(text, LABEL)
            order = ("r", "l", "b", "t") if more and not series.is_joined else ("t", "b", "r", "l")
            spots = {
                side: ((x - least) * across + _AROUND[side][0] * wide, (value or 0.0) * up + _AROUND[side][1] * 16)
                for side in order
            }
            free = [side for side in order if _is_free(spots[side], wide, placed, width)]
            side = free[0] if free else order[0]
            own.append(side)
            if text:
                placed.append((*spots[side], wide))
        chosen.append(own)
    return chosen


def _is_free(
    spot: tuple[float, float], wide: float, placed: Sequence[tuple[float, float, float]], width: float
) -> bool:
    """Tell whether a label covers no other and stays beside the axis."""
    x, y = spot
    if x - wide / 2 < 0 or x + wide / 2 > width * 0.92 or y < -8:
        return False
    return all(abs(x - a) >= (wide + w) / 2 or abs(y - b) >= 13 for a, b, w in placed)


def labels_xml(series: Series, data: ChartData, palette: Palette, places: Sequence[str]) -> str:
    """Write the labels: a figure alone follows its cell when it is edited, words stay as they are."""
    if series.is_hidden or not any(series.labels):
        return ""
    ink = palette.surface("text")
    parts = []
    for index, text in enumerate(series.labels):
        if not text or series.values[index] is None:
            continue
        colour = series.colours[index] if series.colours else series.colour
        is_hollow = bool(series.hollow) and series.hollow[index]
        if data.shape in ("stacked", "columns"):
            if _is_number(text) and _is_narrow(series.values[index] or 0.0, text, data):
                continue
            ink = ink if is_hollow else max(("#FFFFFF", "#11161C"), key=lambda candidate: contrast(candidate, colour))
        is_plain = _is_number(text)
        rich = (
            ""
            if is_plain
            else "<c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:r>"
            f'<a:rPr lang="en" sz="{LABEL}00">{solid(ink)}</a:rPr><a:t>{escape(plain_text(text))}</a:t></a:r></a:p>'
            "</c:rich></c:tx>"
        )
        look = f"<c:spPr>{_white(is_hollow and data.shape in ('stacked', 'columns'))}<a:ln><a:noFill/></a:ln></c:spPr>"
        look += f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{LABEL}00">{solid(ink)}</a:defRPr></a:pPr>'
        look += '<a:endParaRPr lang="en"/></a:p></c:txPr>'
        where = f'<c:dLblPos val="{places[index]}"/>' if places[index] else ""
        parts.append(f'<c:dLbl><c:idx val="{index}"/>{rich}{look}{where}{_shows(1)}</c:dLbl>')
        ink = palette.surface("text")
    return f"<c:dLbls %s>{''.join(parts)}{_shows(0)}</c:dLbls>" if parts else ""


def _shows(value: int) -> str:
    kinds = "".join(f'<c:show{kind} val="0"/>' for kind in ("CatName", "SerName", "Percent", "BubbleSize"))
    return f'<c:showLegendKey val="0"/><c:showVal val="{value}"/>{kinds}'


def _is_number(text: str) -> bool:
    return text.replace(",", "").replace(".", "", 1).isdigit()


def _is_narrow(value: float, text: str, data: ChartData) -> bool:
    """Tell whether a label is wider than its part of a stacked bar; the table below has the figure."""
    least = data.least or 0.0
    totals = [sum(cells) for cells in zip(*([v or 0.0 for v in series.values] for series in data.series), strict=True)]
    span = (data.most if data.most is not None else max(totals, default=1.0)) - least
    return value / (span or 1.0) * 540 < text_width(text, LABEL) + 4


def hex_of(colour: str) -> str:
    """Return a colour as the format writes it."""
    return colour.lstrip("#")


def solid(colour: str) -> str:
    """Write a fill in one colour."""
    return f'<a:solidFill><a:srgbClr val="{hex_of(colour)}"/></a:solidFill>'


def _white(is_wanted: bool) -> str:
    return solid("#FFFFFF") if is_wanted else "<a:noFill/>"
