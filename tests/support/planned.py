"""What a planned page shows when every tab, item and fold of it is opened."""

from collections.abc import Iterator, Sequence

from neaspec.render.screen.pieces import (
    Box,
    DataTable,
    Expander,
    Html,
    Later,
    Link,
    LinkedView,
    MapView,
    Row,
    ScreenNode,
    TabSet,
)


def opened(nodes: Sequence[ScreenNode]) -> Iterator[ScreenNode]:
    """Give all pieces of a page, in reading order."""
    for node in nodes:
        yield node
        for inner in _inside(node):
            yield from opened(inner.pieces() if isinstance(inner, Later) else inner)


def _inside(node: ScreenNode) -> list[Sequence[ScreenNode] | Later]:
    match node:
        case Expander() | Box():
            return [node.pieces]
        case Row():
            return list(node.cells)
        case TabSet():
            return list(node.bodies.values())
        case LinkedView():
            return [node.picture, *(item.body for item in node.items.values())]
    return []


def html_of(nodes: Sequence[ScreenNode]) -> str:
    """Return all HTML of a page, and the drawings of its maps as text."""
    pieces = list(opened(nodes))
    maps = [repr(node.drawing) for node in pieces if isinstance(node, MapView)]
    return " ".join([*(str(node.html) for node in pieces if isinstance(node, Html | Link)), *maps])


def links_of(nodes: Sequence[ScreenNode]) -> list[str]:
    """Return the addresses in the long tables of a page."""
    tables = [node for node in opened(nodes) if isinstance(node, DataTable)]
    cells = [cell for node in tables for title in node.links for cell in node.rows[title].to_pylist()]
    return [cell for cell in cells if cell]
