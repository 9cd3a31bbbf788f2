"""Pictures of slides as vectors, in type that a room can read: no script library, no request."""

import re
from dataclasses import dataclass, replace

from markupsafe import Markup

from neaspec.blocks import Chart, Map, Points
from neaspec.palette import Palette
from neaspec.render.charts.layout import HALL_SIZES
from neaspec.render.charts.plotly import make_figure
from neaspec.render.maps.frame import fitted
from neaspec.render.maps.legend import map_legend
from neaspec.render.pdf.figures import figure_svg
from neaspec.render.pdf.maps import map_svg, svg_height
from neaspec.render.pdf.svg import xml
from neaspec.text import Words

LEAST_TEXT = 24  # pixels on a slide of 1280 x 720
CHART_ZOOM = 1.36  # type of 18 is then 24.5 pixels high
MAP_ZOOM = 2.2  # names of 11 are then 24 pixels high
WIDTH, HEIGHT = 1184, 440  # pixels of a chart on a slide
MAP_WIDTH, MAP_HEIGHT = 800, 440
SIZES = replace(HALL_SIZES, plot_height=180, name_gap=4, row_gap=5)
ROWS = frozenset({"bars", "stacked_bars", "timeline", "pairs"})  # kinds whose height grows with their rows
FEWEST_ROWS = 2
NAMED = re.compile(r'(\bid="|url\(#)(\w+)')


@dataclass(frozen=True)
class Drawn:
    """A picture: SVG, its size on the slide in pixels, its legend (colour, sign, words), how many rows it shows."""

    svg: Markup
    width: float
    height: float
    legend: tuple[tuple[str, str, str], ...] = ()
    rows: int = 0


def draw(picture: Chart | Map, palette: Palette, words: Words, name: str) -> Drawn:
    """Draw a picture for a slide. name: of the slide; what one drawing calls its parts, no other in the file does."""
    drawn = draw_map(picture, palette, words) if isinstance(picture, Map) else draw_chart(picture, palette, words)
    own = NAMED.sub(lambda match: f"{match[1]}{name}-{match[2]}", drawn.svg)
    return replace(drawn, svg=Markup(own))


def draw_chart(chart: Chart, palette: Palette, words: Words) -> Drawn:
    """Draw a chart in type for a room; of a chart of many rows the first ones that fit."""
    shown = chart
    while True:
        svg = figure_svg(make_figure(shown, palette, words, SIZES), WIDTH / CHART_ZOOM)
        high = svg_height(svg)
        if high * CHART_ZOOM <= HEIGHT or shown.kind not in ROWS or len(shown.rows) <= FEWEST_ROWS:
            zoom = min(CHART_ZOOM, HEIGHT / high)
            return Drawn(Markup(svg), WIDTH / CHART_ZOOM * zoom, high * zoom, rows=len(shown.rows))
        shown = replace(shown, rows=shown.rows.head(len(shown.rows) - 1))


def draw_map(block: Map, palette: Palette, words: Words) -> Drawn:
    """Draw a map whose signs can be pointed at; it is zoomed as a drawing."""
    width, height = MAP_WIDTH / MAP_ZOOM, MAP_HEIGHT / MAP_ZOOM
    svg = map_svg(block, palette, words, width, height, has_legend=False)
    paper = fitted(block, width, height)
    signs = []
    for part in block.layers:
        if isinstance(part, Points):
            for row in part.rows.to_dict("records"):
                x, y = paper.place(float(row["longitude"]), float(row["latitude"]))
                said = xml(f"{row['name']}: {str(row.get('tooltip', '')).splitlines()[0]}")
                signs.append(
                    f'<circle class="s-sign" cx="{x:.1f}" cy="{y:.1f}" r="7" fill="transparent" tabindex="-1" '
                    f'data-said="{said.replace(chr(34), "&quot;")}"/>'
                )
    legend = tuple(item for item in map_legend(block, palette, words) if item[1] not in ("⊙", "○"))
    drawing = svg.removesuffix("</svg>") + "".join(signs) + "</svg>"
    return Drawn(Markup(drawing), paper.width * MAP_ZOOM, MAP_HEIGHT, legend)
