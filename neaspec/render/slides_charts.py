"""Charts on slides: native ones, whose data are edited in the program that shows them."""

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_AXIS_CROSSES, XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.oxml import parse_xml
from pptx.util import Pt

from neaspec.blocks import Chart
from neaspec.palette import Palette, contrast, rgb
from neaspec.render.chart_data import ChartData, Series
from neaspec.render.fixed_zip import plain_text
from neaspec.render.slides_text import POINT, line_count, text_width

SMALL = 12
LABEL = 11
LEGEND_LINE = 18.0
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_SPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
_TYPES = {
    "bars": XL_CHART_TYPE.BAR_CLUSTERED,
    "stacked": XL_CHART_TYPE.BAR_STACKED,
    "columns": XL_CHART_TYPE.COLUMN_STACKED,
    "areas": XL_CHART_TYPE.AREA_STACKED,
    "points": XL_CHART_TYPE.XY_SCATTER,
    "lines": XL_CHART_TYPE.LINE_MARKERS,
}
_MARKERS = {
    "circle": "circle", "square": "square", "diamond": "diamond", "triangle-up": "triangle", "cross": "plus",
    "star": "star", "hexagon": "circle", "x": "x", "triangle-down": "triangle", "pentagon": "diamond",
}  # fmt: skip


def rows_a_slide(data: ChartData, height: float, width: float) -> int:
    """Return how many rows of bars can be read in a height in points."""
    if not data.categories:
        return 1
    lines = max(line_count(name, width * 0.3, SMALL) for name in data.categories)
    is_split = data.shape == "bars" and len(data.series) > 1
    each = max(lines * SMALL * 1.25 + 5, 34.0 if is_split else 24.0)
    return max(3, int((height - 70) / each))


def add_chart(slide: Any, chart: Chart, data: ChartData, place: Sequence[float], look: tuple[Palette, str]) -> Any:
    """Add a native chart to a slide; look: the palette and the name of the shape. Return its frame."""
    palette, name = look
    left, top, width, height = (round(part * POINT) for part in place)
    values = _values(data)
    frame = slide.shapes.add_chart(_TYPES[data.shape], left, top, width, height, values)
    properties = frame._element.nvGraphicFramePr.cNvPr
    properties.set("descr", plain_text(chart.alt))
    properties.set("name", plain_text(name))
    made = frame.chart
    made.font.size = Pt(SMALL)
    made.font.color.rgb = colour_of(palette.surface("text"))
    made.has_title = False
    shown = [one for one in data.series if not one.is_hidden]
    made.has_legend = len(shown) > 1 and len(shown) == len(data.series)  # a timeline says it beside each row
    if made.has_legend:
        made.legend.position = XL_LEGEND_POSITION.TOP
        made.legend.include_in_layout = False
        made.legend.font.size = Pt(SMALL)
    for series, element in zip(data.series, made._chartSpace.iter(f"{_C}ser"), strict=True):
        _dress(series, element, data, palette)
    _axes(made, chart, data, palette)
    _plot(made, data)
    return frame


def _values(data: ChartData) -> Any:
    form = _number_format(data)
    if data.shape == "points":
        points = XyChartData(number_format=form)
        for one in data.series:
            series = points.add_series(plain_text(one.name))
            for place, value in zip(one.places, one.values, strict=True):
                series.add_data_point(place, value)
        return points
    values = CategoryChartData(number_format=form)
    values.categories = [plain_text(name) for name in data.categories]
    for one in data.series:
        values.add_series(plain_text(one.name), one.values)
    return values


def _number_format(data: ChartData) -> str:
    given = [value for one in data.series for value in one.values if value is not None]
    decimals = max((len(f"{value:.10g}".partition(".")[2]) for value in given), default=0)
    return "#,##0" + ("." + "0" * min(decimals, 4) if decimals else "")


def _dress(series: Series, element: Any, data: ChartData, palette: Palette) -> None:
    """Give a series its look: colours, markers, labels, ranges; in the order the format demands."""
    for name in ("spPr", "marker", "dPt", "dLbls", "errBars"):
        for old in element.findall(f"{_C}{name}"):
            element.remove(old)
    before = element.find(f"{_C}invertIfNegative")
    at = element.find(f"{_C}tx")
    is_dots = data.shape in ("points", "lines")
    look = _line_look(series) if is_dots else _fill(series.colour, series, False)
    at.addnext(_xml(look))
    if series.is_hidden:
        _replace(element, f"{_C}spPr", "<c:spPr %s><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>")
    anchor = before if before is not None else element.find(f"{_C}spPr")
    parts = []
    if is_dots:
        parts.append(_marker(series, False))
    parts += _own_points(series, is_dots)
    parts.append(_labels(series, data, palette))
    if any(series.more) or any(series.less):
        parts.append(_ranges(series, data))
    for part in reversed([one for one in parts if one]):
        anchor.addnext(_xml(part))


def _line_look(series: Series) -> str:
    line = "<a:noFill/>"
    if series.is_joined:
        line = f'<a:solidFill><a:srgbClr val="{_hex(series.colour)}"/></a:solidFill><a:round/>'
    return f'<c:spPr %s><a:ln w="25400" cap="rnd">{line}</a:ln></c:spPr>'


def _fill(colour: str, series: Series, is_hollow: bool) -> str:
    inner = f'<a:solidFill><a:srgbClr val="{_hex(colour)}"/></a:solidFill>'
    if is_hollow:
        inner = (
            f'<a:pattFill prst="ltUpDiag"><a:fgClr><a:srgbClr val="{_hex(colour)}"/></a:fgClr>'
            '<a:bgClr><a:srgbClr val="FFFFFF"/></a:bgClr></a:pattFill>'
        )
    edge = f'<a:ln w="12700"><a:solidFill><a:srgbClr val="{_hex(colour)}"/></a:solidFill></a:ln>'
    return f"<c:spPr %s>{inner}{edge}</c:spPr>"


def _marker(series: Series, is_hollow: bool) -> str:
    colour = _hex(series.colour)
    symbol = _MARKERS.get(series.marker, "circle") if series.has_markers else "dash"
    inner = "<a:noFill/>" if is_hollow else f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
    return (
        f'<c:marker %s><c:symbol val="{symbol}"/><c:size val="9"/><c:spPr>{inner}'
        f'<a:ln w="15875"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:ln></c:spPr></c:marker>'
    )


def _own_points(series: Series, is_dots: bool) -> list[str]:
    """Give single bars and points the look that differs from that of their series."""
    if series.is_hidden:
        return []
    parts = []
    for index, value in enumerate(series.values):
        is_hollow = bool(series.hollow) and series.hollow[index]
        colour = series.colours[index] if series.colours else series.colour
        if value is None or (not is_hollow and colour == series.colour):
            continue
        start = f'<c:dPt %s><c:idx val="{index}"/>'
        if is_dots:
            marker = _marker(series, is_hollow).replace(" %s", "")
            line = _line_look(series).replace(" %s", "")
            parts.append(f'{start}{marker}<c:bubble3D val="0"/>{line}</c:dPt>')
        else:
            look = _fill(colour, series, is_hollow).replace(" %s", "")
            parts.append(f'{start}<c:invertIfNegative val="0"/><c:bubble3D val="0"/>{look}</c:dPt>')
    return parts


def _labels(series: Series, data: ChartData, palette: Palette) -> str:
    """Write the labels: a figure alone follows its cell when it is edited, words stay as they are."""
    if series.is_hidden or not any(series.labels):
        return ""
    position = {"bars": "outEnd", "stacked": "ctr", "columns": "ctr", "areas": "", "points": "t", "lines": "t"}
    where = f'<c:dLblPos val="{position[data.shape]}"/>' if position[data.shape] else ""
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
            ink = ink if is_hollow else max(("#FFFFFF", "#11161C"), key=lambda one: contrast(one, colour))
        is_plain = _is_number(text)
        rich = (
            ""
            if is_plain
            else "<c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:r>"
            f'<a:rPr lang="en" sz="{LABEL}00">{_solid(ink)}</a:rPr><a:t>{escape(plain_text(text))}</a:t></a:r></a:p>'
            "</c:rich></c:tx>"
        )
        look = f"<c:spPr>{_white(is_hollow and data.shape in ('stacked', 'columns'))}<a:ln><a:noFill/></a:ln></c:spPr>"
        look += f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{LABEL}00">{_solid(ink)}</a:defRPr></a:pPr>'
        look += '<a:endParaRPr lang="en"/></a:p></c:txPr>'
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
    totals = [sum(cells) for cells in zip(*([v or 0.0 for v in one.values] for one in data.series), strict=True)]
    span = (data.most if data.most is not None else max(totals, default=1.0)) - least
    return value / (span or 1.0) * 540 < text_width(text, LABEL) + 4


def _ranges(series: Series, data: ChartData) -> str:
    """Write ranges as bars of error with their own values."""
    direction = '<c:errDir val="y"/>' if data.shape == "points" else ""
    parts = []
    for name, values in (("plus", series.more), ("minus", series.less)):
        cells = "".join(f'<c:pt idx="{index}"><c:v>{value:.10g}</c:v></c:pt>' for index, value in enumerate(values))
        parts.append(
            f'<c:{name}><c:numLit><c:formatCode>General</c:formatCode><c:ptCount val="{len(values)}"/>{cells}'
            f"</c:numLit></c:{name}>"
        )
    colour = "1A2027" if data.shape == "bars" else _hex(series.colour)
    return (
        f'<c:errBars %s>{direction}<c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="0"/>'
        f'{"".join(parts)}<c:spPr><a:ln w="19050"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:ln>'
        "</c:spPr></c:errBars>"
    )


def _axes(made: Any, chart: Chart, data: ChartData, palette: Palette) -> None:
    soft, line, grid = (colour_of(palette.surface(name)) for name in ("text_soft", "line", "grid"))
    value, category = made.value_axis, made.category_axis
    for axis, title in ((value, chart.value_title), (category, chart.category_title)):
        axis.has_title = bool(title)
        if title:
            axis.axis_title.text_frame.text = plain_text(title)
            font = axis.axis_title.text_frame.paragraphs[0].runs[0].font
            font.size, font.bold, font.color.rgb = Pt(SMALL), False, soft
        axis.tick_labels.font.size = Pt(SMALL)
        axis.tick_labels.font.color.rgb = soft if axis is value else colour_of(palette.surface("text"))
        axis.format.line.color.rgb = line
        axis.has_major_gridlines = axis is value
    value.major_gridlines.format.line.color.rgb = grid
    form = "#,##0" if _is_large(data) else "General"
    value.tick_labels.number_format, value.tick_labels.number_format_is_linked = form, False
    value.minimum_scale = data.least if data.shape == "stacked" and data.least is not None else 0
    if data.shape == "points":
        category.minimum_scale, category.maximum_scale = data.least, data.most
        category.tick_labels.number_format, category.tick_labels.number_format_is_linked = "0", False
        category.major_unit = data.unit
    if data.shape in ("bars", "stacked"):
        category.reverse_order = True
        category.crosses = XL_AXIS_CROSSES.MAXIMUM
        category.tick_label_position = XL_TICK_LABEL_POSITION.LOW
        value.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
        if data.most is not None and data.shape == "stacked" and data.least is not None:
            value.maximum_scale = data.most
            value.tick_labels.number_format = "0"
            value.major_unit = data.unit


def _is_large(data: ChartData) -> bool:
    return max((value for one in data.series for value in one.values if value is not None), default=0) >= 10


def _plot(made: Any, data: ChartData) -> None:
    plot = made.plots[0]
    plot.vary_by_categories = False
    if data.shape in ("bars", "stacked", "columns"):
        plot.gap_width = 45
        plot.overlap = 100 if data.shape != "bars" else 0
    blanks = made._chartSpace.find(f".//{_C}dispBlanksAs")
    if blanks is not None:
        blanks.set("val", "gap")


def _xml(text: str) -> Any:
    return parse_xml(text.replace("%s", _SPACES, 1))


def _replace(element: Any, name: str, text: str) -> None:
    old = element.find(name)
    old.addnext(_xml(text))
    element.remove(old)


def _solid(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{_hex(colour)}"/></a:solidFill>'


def _white(is_wanted: bool) -> str:
    return _solid("#FFFFFF") if is_wanted else "<a:noFill/>"


def _hex(colour: str) -> str:
    return colour.lstrip("#")


def colour_of(colour: str) -> RGBColor:
    """Return a colour as the library wants it."""
    return RGBColor(*rgb(colour))
