"""Any page as slides: its first screen is one, each of its tabs or parts one more; never more than eight."""

import re
from collections.abc import Iterator, Sequence

from neaspec.blocks import (
    Answer,
    Block,
    Change,
    Chart,
    Entry,
    Heading,
    Linked,
    Map,
    Metric,
    Notice,
    Page,
    Panel,
    Table,
    Tabs,
    Text,
    walk,
)
from neaspec.slides import MOST_FIGURES, Figure, Slide, Story, fitting_words

MOST_SLIDES = 8
MOST_LINES, MOST_LINE_WORDS, MOST_LEAD_WORDS = 5, 22, 45
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9])")
Part = tuple[str, tuple[Block, ...]]


def presented_page(page: Page) -> Story:
    """Return a page as a story."""
    first, parts = parts_of(page)
    slides = [slide_of("first", page.title, first, lead_of(page))]
    for place, (title, blocks) in enumerate(parts, 1):
        slide = slide_of(f"part-{place}", title, blocks, "")
        if slide.picture is not None or slide.figures or slide.lines:
            slides.append(slide)
    most = MOST_SLIDES - (not page.sources.empty)
    return Story(key=page.name, title=page.title, slides=tuple(slides[:most]), sources=page.sources, marks=page.marks)


def lead_of(page: Page) -> str:
    """Return the answer of a page."""
    answers = [block.text for block in page.blocks if isinstance(block, Answer)]
    return shortened((answers or [page.lead])[0], MOST_LEAD_WORDS)


def shortened(text: str, most: int) -> str:
    """Return the first sentences that have no more than so many words; of a longer first one its beginning, marked."""
    sentences = SENTENCE.split(text)
    kept = fitting_words(sentences, most, " ")
    return kept or fitting_words(text.split(), most - 1, " ") + " …"


def parts_of(page: Page) -> tuple[tuple[Block, ...], list[Part]]:
    """Return what stands before tabs and headings, and the tabs, or else the parts under headings."""
    tabs = [block for block in page.blocks if isinstance(block, Tabs)]
    first: list[Block] = []
    parts: list[tuple[str, list[Block]]] = []
    for block in page.blocks:
        if isinstance(block, Tabs):
            continue
        if isinstance(block, Heading) and block.level == 2 and not tabs:
            parts.append((block.text, []))
        elif parts:
            parts[-1][1].append(block)
        else:
            first.append(block)
    listed = [(tab.title, tab.blocks) for block in tabs for tab in block.tabs]
    return tuple(first), listed or [(title, tuple(blocks)) for title, blocks in parts]


def slide_of(key: str, title: str, blocks: Sequence[Block], text: str) -> Slide:
    """Return blocks as one slide: their first picture, else their first figures, else their first lines."""
    inside = list(walk(tuple(blocks)))
    pictures = [block for block in inside if isinstance(block, Chart | Map) and has_rows(block)]
    if pictures:
        line = text or shortened(pictures[0].title, MOST_LINE_WORDS)
        return Slide(key=key, title=title, picture=pictures[0], text=line, document_ids=pictures[0].document_ids)
    metrics = [block for block in inside if isinstance(block, Metric)][:MOST_FIGURES]
    if metrics:
        cited = tuple(dict.fromkeys(document_id for block in metrics for document_id in block.document_ids))
        return Slide(key=key, title=title, figures=tuple(map(figure_of, metrics)), text=text, document_ids=cited)
    lines = tuple(dict.fromkeys(shortened(line, MOST_LINE_WORDS) for line in lines_of(inside) if line))
    cited = tuple(dict.fromkeys(document_id for block in inside for document_id in cited_by(block)))
    return Slide(key=key, title=title, lines=lines[:MOST_LINES], text=text, document_ids=cited)


def cited_by(block: Block) -> Iterator[str]:
    """Give the documents a block cites; of a table those of its first rows."""
    if isinstance(block, Table):
        for column in block.columns:
            if column.kind == "documents":
                for cell in block.rows[column.name].dropna().astype(str).head(MOST_LINES):
                    yield from cell.split()
    else:
        yield from getattr(block, "document_ids", ())


def has_rows(picture: Chart | Map) -> bool:
    """Tell whether there is anything to draw."""
    return not picture.rows.empty if isinstance(picture, Chart) else any(len(part.rows) for part in picture.layers)


def figure_of(block: Metric) -> Figure:
    """Return a card as a figure of a slide; of several areas the first, with how it is counted."""
    if block.lines:
        area, value = block.lines[0]
        return Figure(label=f"{block.label}: {area}", value=value, below=block.unit)
    below = " · ".join(part for part in (block.unit, block.period) if part)
    return Figure(label=block.label, value=block.value, below=below)


def lines_of(blocks: Sequence[Block]) -> Iterator[str]:
    """Give what can be read as lines, in order."""
    for block in blocks:
        match block:
            case Entry() | Panel():
                yield block.title
            case Linked():
                yield from (" ".join(part for part in (item.sign, item.title) if part) for item in block.items)
            case Change():
                yield f"{block.what}: {block.after}"
            case Table() if len(block.rows):
                texts = [column.name for column in block.columns if column.kind == "text"][:2]
                rows = block.rows[texts].fillna("").astype(str).head(MOST_LINES)
                yield from (": ".join(cell for cell in row if cell) for row in rows.itertuples(index=False))
            case Text() | Notice() if getattr(block, "style", "") != "note":
                yield block.text
