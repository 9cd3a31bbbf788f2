"""Tables on slides: native tables whose rows never leave the slide and whose header is repeated."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from typing import Any
from xml.sax.saxutils import quoteattr

from pptx.oxml import parse_xml

from neaspec.files import plain_text
from neaspec.render.pptx.text import (
    LINE_HEIGHT,
    POINT,
    SPACES,
    Run,
    cut,
    line_count,
    line_spacing,
    run_xml,
    text_width,
)

MOST_ROWS = 15  # on one slide
REPEATED = 2  # columns on each slide of a table whose columns are split: the number of the row and its name
MOST_COLUMNS = 8  # more are split over slides, or set small
STRETCH = 1.6  # a narrow table is not drawn out over the whole slide
PAD_X, PAD_Y = 5.0, 3.0
_URI = "http://schemas.openxmlformats.org/drawingml/2006/table"
_EDGE = '<a:ln{side} w="{width}">{fill}</a:ln{side}>'


@dataclass(frozen=True)
class TableGrid:
    """Some columns of a table on one slide: positions of the columns, their widths, and rows as (number, texts)."""

    columns: tuple[int, ...]
    widths: tuple[float, ...]
    size: float
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def lay_out(head: Sequence[str], rows: Sequence[Sequence[str]], width: float, room: float) -> list[TableGrid]:
    """Share a table out over slides: the largest letters that do not cost many more slides."""
    head = [plain_text(text) for text in head]
    rows = [[plain_text(text) for text in row] for row in rows]
    filled = [number for number in range(len(head)) if any(row[number] for row in rows)] or list(range(len(head)))
    best: list[TableGrid] = []
    best_cost = float("inf")
    for size in (12, 11, 10, 9):
        for groups in _groupings(filled, size):
            grids = [grid for group in groups for grid in _pages(group, head, rows, size, (width, room))]
            cost = len(grids) * (1 + 0.08 * (12 - size))
            if cost < best_cost - 1e-9:
                best, best_cost = grids, cost
    return best


def _groupings(columns: Sequence[int], size: float) -> list[list[list[int]]]:
    """Return the ways to share columns out over slides: all at once where that can be read, else in groups."""
    if len(columns) <= MOST_COLUMNS:
        return [[list(columns)]]
    ways: list[list[list[int]]] = []
    first, others = columns[:REPEATED], columns[REPEATED:]
    count = ceil(len(others) / (MOST_COLUMNS - REPEATED))
    each = ceil(len(others) / count)
    ways.append([[*first, *others[start : start + each]] for start in range(0, len(others), each)])
    if size <= 10 and len(columns) <= 2 * MOST_COLUMNS - 3:
        ways.append([list(columns)])
    return ways


def _widths(texts: Sequence[Sequence[str]], size: float, width: float) -> tuple[float, ...]:
    """Return the widths of columns by what stands in them; no word is broken if that can be helped."""
    least, wanted = [], []
    for column in texts:
        # The first is the header, whose bold letters are wider.
        longest = max((text_width(word, size) for text in column for word in text.split()), default=size)
        longest = max([longest, *(text_width(word, size * 1.1) for word in column[0].split())])
        lengths = [text_width(text, size) for text in column] or [size]
        least.append(min(longest, width * 0.3) + 2 * PAD_X + 2)
        wanted.append((max(lengths) + 2 * PAD_X + 2, sqrt(max(lengths) * (sum(lengths) / len(lengths) + 1))))
    full = sum(wide for wide, _ in wanted)
    if full <= width:
        return tuple(wide * min(width / full, STRETCH) for wide, _ in wanted)
    spare = width - sum(least)
    if spare <= 0:
        return tuple(narrow * width / sum(least) for narrow in least)
    needs = [max(0.0, min(full, demand * 2) - low) for (full, demand), low in zip(wanted, least, strict=True)]
    total = sum(needs) or 1.0
    return tuple(low + spare * need / total for low, need in zip(least, needs, strict=True))


def _pages(
    columns: Sequence[int], head: Sequence[str], rows: Sequence[Sequence[str]], size: float, place: tuple[float, float]
) -> list[TableGrid]:
    own = [[head[number], *(row[number] for row in rows)] for number in columns]
    widths = _widths(own, size, place[0])
    # Bold letters of the header are wider.
    top = row_height([head[number] for number in columns], widths, size * 1.06)
    room = place[1] - top
    left = [(index, tuple(row[number] for number in columns)) for index, row in enumerate(rows)]
    left.reverse()
    grids: list[TableGrid] = []
    page: list[tuple[int, tuple[str, ...]]] = []
    used = 0.0
    while left:
        index, texts = left.pop()
        needed = row_height(texts, widths, size)
        if needed > room and not page:
            start, end = _split(texts, widths, size, room)
            if any(end):
                left.append((index, end))
            texts, needed = start, room
        if page and (used + needed > room or len(page) == MOST_ROWS):
            grids.append(TableGrid(tuple(columns), widths, size, tuple(page)))
            page, used = [], 0.0
            left.append((index, texts))
            continue
        page.append((index, texts))
        used += needed
    grids.append(TableGrid(tuple(columns), widths, size, tuple(page)))
    return grids


def row_height(texts: Sequence[str], widths: Sequence[float], size: float) -> float:
    """Return the height of a row in points."""
    lines = max(
        line_count(text, width - 2 * PAD_X - 1, size) if text else 1 for text, width in zip(texts, widths, strict=True)
    )
    return lines * size * LINE_HEIGHT + 2 * PAD_Y


def grid_height(grid: TableGrid, head: Sequence[str]) -> float:
    """Return the height of a table on its slide in points."""
    top = row_height([plain_text(head[column]) for column in grid.columns], grid.widths, grid.size * 1.06)
    return top + sum(row_height(texts, grid.widths, grid.size) for _, texts in grid.rows)


def _split(
    texts: Sequence[str], widths: Sequence[float], size: float, room: float
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Split a row that is taller than a slide."""
    lines = max(1, int((room - 2 * PAD_Y) / (size * LINE_HEIGHT)))
    parts = [
        (text, "")
        if line_count(text, width - 2 * PAD_X - 1, size) <= lines
        else cut(text, width - 2 * PAD_X - 1, size, lines)
        for text, width in zip(texts, widths, strict=True)
    ]
    return tuple(start for start, _ in parts), tuple(end for _, end in parts)


def table_xml(
    number: int,
    name: str,
    grid: TableGrid,
    head: Sequence[str],
    is_number: Sequence[bool],
    corner: tuple[float, float],
    colours: tuple[str, str],
) -> Any:
    """Return a native table as an element of a slide; colours: of the header and of the lines."""
    ink, line = colours
    aligns = ["r" if is_number[column] else "l" for column in grid.columns]
    heads = [plain_text(head[column]) for column in grid.columns]
    bodies = [_row(heads, aligns, grid, row_height(heads, grid.widths, grid.size * 1.06), ink, line)]
    bodies += [_row(texts, aligns, grid, row_height(texts, grid.widths, grid.size), "", line) for _, texts in grid.rows]
    height = sum(tall for _, tall in bodies)
    cols = "".join(f'<a:gridCol w="{round(width * POINT)}"/>' for width in grid.widths)
    left, top = (round(part * POINT) for part in corner)
    return parse_xml(
        f'<p:graphicFrame {SPACES}><p:nvGraphicFramePr><p:cNvPr id="{number}" name={quoteattr(plain_text(name))}/>'
        '<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>'
        f'<p:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{round(sum(grid.widths) * POINT)}" '
        f'cy="{round(height * POINT)}"/></p:xfrm><a:graphic><a:graphicData uri="{_URI}"><a:tbl>'
        f'<a:tblPr firstRow="1"/><a:tblGrid>{cols}</a:tblGrid>{"".join(xml for xml, _ in bodies)}'
        "</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )


def _row(
    texts: Sequence[str], aligns: Sequence[str], grid: TableGrid, height: float, ink: str, line: str
) -> tuple[str, float]:
    """Write a row; ink: colour of the header's letters, empty for other rows."""
    cells = "".join(_cell(text, align, grid.size, ink, line) for text, align in zip(texts, aligns, strict=True))
    return f'<a:tr h="{round(height * POINT)}">{cells}</a:tr>', height


def _cell(text: str, align: str, size: float, ink: str, line: str) -> str:
    none = "".join(_EDGE.format(side=side, width=0, fill="<a:noFill/>") for side in ("L", "R", "T"))
    fill = f'<a:solidFill><a:srgbClr val="{ink or line}"/></a:solidFill>'
    below = _EDGE.format(side="B", width=12700 if ink else 6350, fill=fill)
    runs = run_xml(Run(text, size, bool(ink), ink)) if text else ""
    end = f'<a:endParaRPr lang="en" sz="{round(size * 100)}"/>' if not text else ""
    x, y = round(PAD_X * POINT), round(PAD_Y * POINT)
    look = f'<a:pPr algn="{align}">{line_spacing(size)}</a:pPr>'
    return (
        f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/><a:p>{look}{runs}{end}</a:p></a:txBody>"
        f'<a:tcPr marL="{x}" marR="{x}" marT="{y}" marB="{y}">{none}{below}<a:noFill/></a:tcPr></a:tc>'
    )
