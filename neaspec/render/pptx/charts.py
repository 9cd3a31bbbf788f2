"""Charts on slides: native ones, whose data are edited in the program that shows them."""

from collections.abc import Mapping, Sequence
from math import ceil, floor, log10
from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_AXIS_CROSSES, XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.oxml import parse_xml
from pptx.util import Pt

from neaspec.blocks import Chart
from neaspec.files import plain_text
from neaspec.palette import Palette, rgb
from neaspec.render.charts.native import ChartData, Series
from neaspec.render.pptx.chart_labels import hex_of, label_places, labels_xml
from neaspec.render.pptx.text import POINT, line_count, text_width

SMALL = 12
NAME = 11  # of a row of bars
MOST_NAMES = 0.46  # of the width
FOOT = 50.0  # height of the axis of values with its title
LEGEND_LINE = 19.0
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


def rows_a_slide(data: ChartData, height: float, width: float) -> int:
    """Return how many rows of bars can be read in a height in points."""
    if not data.categories:
        return 1
    each = _row_height(data, width)
    return max(3, int((height - FOOT) / each))


def _name_share(data: ChartData, width: float) -> float:
    """Return the share of the width that the names of rows take."""
    longest = max((text_width(name, NAME) for name in data.categories), default=0.0)
    return min(MOST_NAMES, max(0.08, (longest * 1.08 + 16) / width))


def _row_height(data: ChartData, width: float) -> float:
    room = _name_share(data, width) * width - 12
    lines = max((line_count(name, room, NAME) for name in data.categories), default=1)
    is_split = data.shape == "bars" and len(data.series) > 1
    return max(lines * NAME * 1.3 + 4, 36.0 if is_split else 26.0)


def chart_height(data: ChartData) -> float:
    """Return the height in points beyond which a chart gains nothing: few bars need not be thick."""
    if data.shape not in ("bars", "stacked"):
        return 1000.0
    return 120.0 + 62.0 * len(data.categories)


def add_chart(slide: Any, chart: Chart, data: ChartData, place: Sequence[float], look: tuple[Palette, str]) -> Any:
    """Add a native chart to a slide; look: the palette and the name of the shape. Return its frame."""
    palette, name = look
    left, top, width, height = (round(part * POINT) for part in place)
    values = _values(data)
    frame = slide.shapes.add_chart(_TYPES[data.shape], left, top, width, height, values)
    properties = frame._element.nvGraphicFramePr.cNvPr
    properties.set("descr", plain_text(chart.alt))
    properties.set("name", plain_text(name))
    native = frame.chart
    native.font.size = Pt(SMALL)
    native.font.color.rgb = colour_of(palette.surface("text"))
    native.has_title = False
    shown = [series for series in data.series if not series.is_hidden]
    native.has_legend = len(shown) > 1 and len(shown) == len(data.series)  # a timeline says it beside each row
    if native.has_legend:
        native.legend.position = XL_LEGEND_POSITION.TOP
        native.legend.include_in_layout = False
        native.legend.font.size = Pt(SMALL)
    places = label_places(data, place[2], place[3])
    for series, element, sides in zip(data.series, native._chartSpace.iter(f"{_C}ser"), places, strict=True):
        _dress(series, element, data, palette, sides)
    _axes(native, chart, data, palette)
    _plot(native, data)
    if data.shape in ("bars", "stacked"):
        native.category_axis.tick_labels.font.size = Pt(NAME)
        _lay_out(native, chart, data, (place[2], place[3]))
    return frame


def _values(data: ChartData) -> Any:
    form = _number_format(data)
    if data.shape == "points":
        points = XyChartData(number_format=form)
        for series in data.series:
            drawn = points.add_series(plain_text(series.name))
            for place, value in zip(series.places, series.values, strict=True):
                drawn.add_data_point(place, value)
        return points
    values = CategoryChartData(number_format=form)
    values.categories = [plain_text(name) for name in data.categories]
    for series in data.series:
        values.add_series(plain_text(series.name), series.values)
    return values


def _number_format(data: ChartData) -> str:
    given = [value for series in data.series for value in series.values if value is not None]
    decimals = max((len(f"{value:.10g}".partition(".")[2]) for value in given), default=0)
    return "#,##0" + ("." + "0" * min(decimals, 4) if decimals else "")


def _dress(series: Series, element: Any, data: ChartData, palette: Palette, places: Sequence[str]) -> None:
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
        parts.append(_marker(series, data.symbols, False))
    parts += _own_points(series, data.symbols, is_dots)
    parts.append(labels_xml(series, data, palette, places))
    if any(series.more) or any(series.less):
        parts.append(_ranges(series, data))
    for part in reversed([filled for filled in parts if filled]):
        anchor.addnext(_xml(part))


def _line_look(series: Series) -> str:
    line = "<a:noFill/>"
    if series.is_joined:
        line = f'<a:solidFill><a:srgbClr val="{hex_of(series.colour)}"/></a:solidFill><a:round/>'
    return f'<c:spPr %s><a:ln w="25400" cap="rnd">{line}</a:ln></c:spPr>'


def _fill(colour: str, series: Series, is_hollow: bool) -> str:
    inner = f'<a:solidFill><a:srgbClr val="{hex_of(colour)}"/></a:solidFill>'
    if is_hollow:
        inner = (
            f'<a:pattFill prst="ltUpDiag"><a:fgClr><a:srgbClr val="{hex_of(colour)}"/></a:fgClr>'
            '<a:bgClr><a:srgbClr val="FFFFFF"/></a:bgClr></a:pattFill>'
        )
    edge = f'<a:ln w="12700"><a:solidFill><a:srgbClr val="{hex_of(colour)}"/></a:solidFill></a:ln>'
    return f"<c:spPr %s>{inner}{edge}</c:spPr>"


def _marker(series: Series, symbols: Mapping[str, str], is_hollow: bool) -> str:
    colour = hex_of(series.colour)
    symbol = symbols[series.marker] if series.has_markers else "dash"
    inner = "<a:noFill/>" if is_hollow else f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
    return (
        f'<c:marker %s><c:symbol val="{symbol}"/><c:size val="9"/><c:spPr>{inner}'
        f'<a:ln w="15875"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:ln></c:spPr></c:marker>'
    )


def _own_points(series: Series, symbols: Mapping[str, str], is_dots: bool) -> list[str]:
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
            marker = _marker(series, symbols, is_hollow).replace(" %s", "")
            line = _line_look(series).replace(" %s", "")
            parts.append(f'{start}{marker}<c:bubble3D val="0"/>{line}</c:dPt>')
        else:
            look = _fill(colour, series, is_hollow).replace(" %s", "")
            parts.append(f'{start}<c:invertIfNegative val="0"/><c:bubble3D val="0"/>{look}</c:dPt>')
    return parts


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
    colour = "1A2027" if data.shape == "bars" else hex_of(series.colour)
    return (
        f'<c:errBars %s>{direction}<c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="0"/>'
        f'{"".join(parts)}<c:spPr><a:ln w="19050"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:ln>'
        "</c:spPr></c:errBars>"
    )


def _axes(native: Any, chart: Chart, data: ChartData, palette: Palette) -> None:
    soft, line, grid = (colour_of(palette.surface(name)) for name in ("text_soft", "line", "grid"))
    value, category = native.value_axis, native.category_axis
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
        skip = native._chartSpace.find(f".//{_C}noMultiLvlLbl")
        if skip is not None:
            skip.addprevious(_xml('<c:tickLblSkip %s val="1"/>'))
        category.tick_label_position = XL_TICK_LABEL_POSITION.LOW
        value.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
        if data.most and data.least is None:  # a portion of the rows: all have the same axis
            step = 10 ** floor(log10(data.most)) / 2
            value.maximum_scale = ceil(data.most * 1.08 / step) * step
        if data.most is not None and data.shape == "stacked" and data.least is not None:
            value.maximum_scale = data.most
            value.tick_labels.number_format = "0"
            value.major_unit = data.unit


def _is_large(data: ChartData) -> bool:
    return max((value for series in data.series for value in series.values if value is not None), default=0) >= 10


def _plot(native: Any, data: ChartData) -> None:
    plot = native.plots[0]
    plot.vary_by_categories = False
    if data.shape in ("bars", "stacked", "columns"):
        plot.gap_width = 45
        plot.overlap = 100 if data.shape != "bars" else 0
    blanks = native._chartSpace.find(f".//{_C}dispBlanksAs")
    if blanks is not None:
        blanks.set("val", "gap")


def _lay_out(native: Any, chart: Chart, data: ChartData, size: tuple[float, float]) -> None:
    """Keep room for the names of rows, so that no program cuts them."""
    width, height = size
    left = _name_share(data, width) + (22 / width if chart.category_title else 0)
    entries = sum(text_width(plain_text(series.name), SMALL) + 30 for series in data.series)
    lines = ceil(entries / (width * 0.8))
    top = (6.0 + (LEGEND_LINE * lines + 8 if native.has_legend else 0)) / height
    shares = {"x": left, "y": top, "w": 0.97 - left, "h": max(0.2, 1 - top - FOOT / height)}
    parts = '<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
    parts += "".join(f'<c:{name} val="{share:.4f}"/>' for name, share in shares.items())
    area = native._chartSpace.find(f".//{_C}plotArea")
    for old in area.findall(f"{_C}layout"):
        area.remove(old)
    area.insert(0, _xml(f"<c:layout %s><c:manualLayout>{parts}</c:manualLayout></c:layout>"))


def _xml(text: str) -> Any:
    return parse_xml(text.replace("%s", _SPACES, 1))


def _replace(element: Any, name: str, text: str) -> None:
    old = element.find(name)
    old.addnext(_xml(text))
    element.remove(old)


def colour_of(colour: str) -> RGBColor:
    """Return a colour as the library wants it."""
    return RGBColor(*rgb(colour))
