"""Causes and effects on a slide: boxes joined by arrows, which can be moved (no native chart has this form)."""

from collections.abc import Sequence
from typing import Any

from pptx.enum.shapes import MSO_CONNECTOR
from pptx.oxml import parse_xml
from pptx.util import Pt

from neaspec.blocks import Chart
from neaspec.render.charts.layout import Drawing
from neaspec.render.pptx.charts import colour_of
from neaspec.render.pptx.deck import Place, SlideDeck
from neaspec.render.pptx.text import SPACES, box, height_of, paragraph

MOST_BOXES = 9  # below each other
Link = tuple[str, str, str]  # cause, effect, group of the row


def network_portions(chart: Chart) -> list[list[Link]]:
    """Share links out over slides, so that no side has too many boxes."""
    names = ["source", "target", *(["group"] if "group" in chart.roles else [])]
    rows = chart.rows[[chart.roles[name] for name in names]].fillna("").astype(str).to_numpy().tolist()
    links = [(row[0], row[1], row[2] if len(row) > 2 else "") for row in rows]
    order = list(dict.fromkeys(source for source, _, _ in links))
    links.sort(key=lambda link: order.index(link[0]))
    portions: list[list[Link]] = [[]]
    for link in links:
        wanted = [*portions[-1], link]
        if max(len({pair[side] for pair in wanted}) for side in (0, 1)) > MOST_BOXES:
            portions.append([])
        portions[-1].append(link)
    return [portion for portion in portions if portion]


def add_network(deck: SlideDeck, slide: Any, chart: Chart, links: Sequence[Link], place: Place) -> None:
    """Draw causes at the left, effects at the right, an arrow for each link."""
    left, top, width, height = place
    drawing = Drawing(chart, deck.document.palette, deck.document.words)
    groups = list(dict.fromkeys(drawing.texts("group")))
    styles = {group: drawing.palette.series(number).colour for number, group in enumerate(groups)}
    sources = list(dict.fromkeys(source for source, _, _ in links))
    targets = list(dict.fromkeys(target for _, target, _ in links))
    middle = {
        target: sum(sources.index(s) for s, t, _ in links if t == target) / sum(t == target for _, t, _ in links)
        for target in targets
    }
    targets.sort(key=lambda target: middle[target])
    legend = " · ".join(f"■ {group}" for group in groups if group)
    if len(groups) > 1 and legend:
        runs = tuple(
            paragraph(f"■ {group}    ", 12, True, styles[group].lstrip("#")).runs[0] for group in groups if group
        )
        text = paragraph("", 12)
        deck.write(slide, (left, top, width, 18), [type(text)(runs)], "Legend")
        top, height = top + 24, height - 24
    group_of = {source: group for source, _, group in links}
    boxes: dict[tuple[int, str], Any] = {}
    wide = width * 0.37
    for side, names in enumerate((sources, targets)):
        each = height / max(len(names), 1)
        for number, name in enumerate(names):
            tall = min(each - 6, 44.0)
            size = next((s for s in (14, 12, 11, 10) if height_of([paragraph(name, s)], wide - 14) <= tall - 4), 9)
            corner = (left + side * (width - wide), top + number * each + (each - tall) / 2)
            edge = styles[group_of[name]] if not side else drawing.colour("text_soft")
            shape_id = deck.next_number(slide)
            look = {"line": edge.lstrip("#"), "fill": drawing.colour("panel").lstrip("#"), "anchor": "ctr"}
            slide.shapes._spTree.append(
                box(shape_id, name[:60], (*corner, wide, tall), [paragraph(name, size)], inset=4, **look)
            )
            boxes[side, name] = slide.shapes[-1]
    for source, target, group in links:
        start, end = boxes[0, source], boxes[1, target]
        line = slide.shapes.add_connector(
            MSO_CONNECTOR.STRAIGHT,
            start.left + start.width,
            start.top + start.height // 2,
            end.left,
            end.top + end.height // 2,
        )
        line.begin_connect(start, 3)
        line.end_connect(end, 1)
        line.line.width = Pt(1.25)
        line.line.color.rgb = colour_of(styles[group])
        line.line._ln.append(parse_xml(f'<a:tailEnd {SPACES} type="triangle"/>'))
