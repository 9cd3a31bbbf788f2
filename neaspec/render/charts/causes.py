"""Diagrams of what acts on what: boxes from left to right, an arrow from each cause to its effect."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from neaspec.render.charts.layout import (
    Drawing,
    Figure,
    Trace,
    annotation,
    hover,
    lane_layout,
    row_label,
    wrapped,
)

ROOM = 88  # letters of all columns beside each other
LEAST = 12  # letters of a line in a box
GAP = 14  # pixels between two boxes of a column
PADDING = 6  # pixels above and below the text of a box
BETWEEN = 0.34  # of a column: the room for arrows beside its boxes

Link = tuple[str, str]


@dataclass(frozen=True)
class Box:
    """A name in its place: left and right edge (0 to 1), its middle and height (pixels), its lines."""

    left: float
    right: float
    middle: float
    height: float
    lines: tuple[str, ...]


def network(drawing: Drawing) -> Figure:
    """Draw causes and effects from left to right, each chain by itself; what leads back is dashed."""
    links = [link for link in zip(drawing.texts("source"), drawing.texts("target"), strict=True) if link[0] != link[1]]
    groups = _groups(drawing)
    boxes, labels, height = _placed(drawing, links, groups)
    sides = list(dict.fromkeys(groups.values()))
    colours = {side: drawing.colour(("accent", "text_soft")[min(number, 1)]) for number, side in enumerate(sides)}
    layout = lane_layout(drawing, height)
    layout |= {"annotations": labels, "height": round(height + 16), "margin": {"l": 4, "r": 4, "t": 8, "b": 8}}
    layout["xaxis"] |= {"range": [0, 1], "visible": False}
    pairs = zip(drawing.texts("source"), drawing.texts("target"), drawing.texts("label"), strict=True)
    said = {(source, target): label for source, target, label in pairs}
    data: list[Trace] = []
    for source, target in links:
        start, end = boxes[source], boxes[target]
        colour = colours[groups[source]]
        text = hover(f"{source} → {target}", said[source, target])
        data.append(_line(start, end, colour, text))
        layout["annotations"].append(_head(start, end, colour))
    for name, box in boxes.items():
        data.append(_outline(box, colours[groups[name]]))
        layout["annotations"].append(_text(drawing, box))
    return {"data": data, "layout": layout}


def order_nodes(links: Sequence[Link]) -> list[str]:
    """Order names so that most causes stand before their effects: next always the one with fewest causes left."""
    nodes = list(dict.fromkeys(name for link in links for name in link))
    causes = {node: {source for source, target in links if target == node and source != node} for node in nodes}
    ordered: list[str] = []
    while len(ordered) < len(nodes):
        left = [node for node in nodes if node not in ordered]
        near = set(ordered[-1:])
        ordered.append(
            min(left, key=lambda node: (len(causes[node] - set(ordered)), -len(causes[node] & near), nodes.index(node)))
        )
    return ordered


def steps_of(links: Sequence[Link]) -> dict[str, int]:
    """Return how many steps each name stands from the first cause of its chain; a way back counts no step."""
    steps: dict[str, int] = {}
    for node in order_nodes(links):
        before = [steps[source] for source, target in links if target == node and source in steps and source != node]
        steps[node] = max(before, default=-1) + 1
    return steps


def chains_of(links: Sequence[Link]) -> list[list[str]]:
    """Return the names that hang together, in the order in which the first of them is met."""
    chains: list[set[str]] = []
    for link in links:
        touching = [chain for chain in chains if chain & set(link)]
        joined = set(link).union(*touching)
        place = chains.index(touching[0]) if touching else len(chains)
        chains = [chain for chain in chains if chain not in touching]
        chains.insert(min(place, len(chains)), joined)
    order = list(dict.fromkeys(name for link in links for name in link))
    return [[name for name in order if name in chain] for chain in chains]


def _groups(drawing: Drawing) -> dict[str, str]:
    """Give each name the group of the first row that names it as a cause, else as an effect."""
    groups: dict[str, str] = {}
    for role in ("source", "target"):
        for name, group in zip(drawing.texts(role), drawing.texts("group"), strict=True):
            groups.setdefault(name, group)
    return groups


def _placed(
    drawing: Drawing, links: Sequence[Link], groups: Mapping[str, str]
) -> tuple[dict[str, Box], list[dict[str, Any]], float]:
    """Place the boxes chain below chain, those of one side together under its name; return them with the height."""
    steps = steps_of(links)
    columns = max(steps.values(), default=0) + 1
    letters = max(ROOM // columns - 2, LEAST)
    size, labels, boxes, top, side = drawing.size, list[dict[str, Any]](), dict[str, Box](), 6.0, ""
    chains = sorted(chains_of(links), key=lambda chain: list(dict.fromkeys(groups.values())).index(groups[chain[0]]))
    for chain in chains:
        if groups[chain[0]] != side:
            side = groups[chain[0]]
            labels.append(row_label(top, wrapped(side, 60), drawing.colour("text"), size.text, is_bold=True))
            top += size.line + 12
        lines = {name: tuple(wrapped(name, letters)) for name in chain}
        heights = {name: len(lines[name]) * size.line + 2 * PADDING for name in chain}
        stacks = [[name for name in chain if steps[name] == step] for step in range(columns)]
        tall = max(sum(heights[name] + GAP for name in stack) - GAP for stack in stacks if stack)
        for step, stack in enumerate(stacks):
            at = top + (tall - (sum(heights[name] + GAP for name in stack) - GAP)) / 2
            for name in stack:
                edges = _edges(step, columns)
                boxes[name] = Box(*edges, at + heights[name] / 2, heights[name], lines[name])
                at += heights[name] + GAP
        top += tall + GAP + 6
    return boxes, labels, top


def _edges(step: int, columns: int) -> tuple[float, float]:
    """Return the edges of the boxes of a column; the first one starts at the left edge, the last ends at the right."""
    width = 1 / (columns + BETWEEN * (columns - 1))
    left = step * width * (1 + BETWEEN)
    return left + 0.002, left + width - 0.002


def _sides(start: Box, end: Box) -> tuple[float, float]:
    """Return where an arrow leaves one box and where it meets the other."""
    if start.right <= end.left:
        return start.right, end.left
    return (start.left, end.right) if end.right <= start.left else (start.right, end.right)


def _line(start: Box, end: Box, colour: str, text: str) -> Trace:
    first, last = _sides(start, end)
    steps = [number / 8 for number in range(9)]
    return {
        "type": "scatter",
        "mode": "lines",
        "showlegend": False,
        "hoverinfo": "text",
        "hovertext": [text] * len(steps),
        "x": [first + (last - first) * step for step in steps],
        "y": [start.middle + (end.middle - start.middle) * step for step in steps],
        "line": {"color": colour, "width": 1.8, "dash": "solid" if start.right <= end.left else "dash"},
    }


def _head(start: Box, end: Box, colour: str) -> dict[str, Any]:
    """Return the head of an arrow: the last piece of its line."""
    first, last = _sides(start, end)
    return {
        "x": last,
        "y": end.middle,
        "ax": last + (first - last) * 0.2,
        "ay": end.middle + (start.middle - end.middle) * 0.2,
        "axref": "x",
        "ayref": "y",
        "text": "",
        "showarrow": True,
        "arrowhead": 2,
        "arrowsize": 1.2,
        "arrowwidth": 1.8,
        "arrowcolor": colour,
    }


def _outline(box: Box, colour: str) -> Trace:
    top, bottom = box.middle - box.height / 2, box.middle + box.height / 2
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "box",
        "showlegend": False,
        "hoverinfo": "skip",
        "x": [box.left, box.right, box.right, box.left, box.left],
        "y": [top, top, bottom, bottom, top],
        "line": {"color": colour, "width": 1.6},
    }


def _text(drawing: Drawing, box: Box) -> dict[str, Any]:
    return annotation(
        (box.left + box.right) / 2,
        box.middle,
        "<br>".join(box.lines),
        xanchor="center",
        yanchor="middle",
        align="center",
        font={"size": drawing.size.text, "color": drawing.colour("text")},
    )
