"""PDF: a document set by Typst on A4, from its blocks; charts and maps are vectors, nothing needs a browser."""

import weakref
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, time
from textwrap import shorten
from typing import Any

import pandas as pd

from neaspec.blocks import Block, Chart, Details, Entry, Heading, Map, Metric, Notice, PageLink, Side, Table, Text
from neaspec.palette import Palette
from neaspec.paths import ASSETS_DIR
from neaspec.render.charts.plotly import make_figure
from neaspec.render.citations import Citations
from neaspec.render.document import Document, below, naming, short_source_line, source_line
from neaspec.render.maps.legend import map_notes
from neaspec.render.pdf.figures import WIDTH, figure_svgs
from neaspec.render.pdf.maps import map_svg, svg_height
from neaspec.render.pdf.tables import table_content
from neaspec.render.pdf.typesetting import FAMILIES, page_png, pages_of, pdf_of
from neaspec.render.sparkline import sparkline_svg, sparkline_words
from neaspec.text import Words

TEMPLATE = ASSETS_DIR / "brief.typ"
OUTPUT = "PDF"
MAP_WIDTH, MAP_HEIGHT = 760, {"full": 470, "small": 400, "middle": 430, "tall": 470}
COUNTED_MAP_HEIGHT = {1: 300, 2: 380, 6: 380}  # of a document of so many pages at most
PAPER_NOTES = 3  # source, disclaimer, lines; where pages are counted the rest stays in the dashboard
CARDS = 3  # figures side by side
TEXT_WIDTH_MM, HIGHEST_MM = 170, 195  # of a picture on A4 with its title, its line below and a heading above it
MOST_RUNNING = 72  # characters of the title in the head of a sheet
LONG_ENTRY = 1800  # characters; a longer one may go on over the page
LONG = 6  # headings from which a document has a table of contents
Content = dict[str, Any]
_DRAWN: "weakref.WeakKeyDictionary[Block, dict[tuple[object, ...], list[str]]]" = weakref.WeakKeyDictionary()


def highest_px(width: float) -> float:
    """Return how high a drawing of a width may be to fit a sheet."""
    return HIGHEST_MM / TEXT_WIDTH_MM * width


def map_height(block: Map, document: Document) -> float:
    """Return how high a map is drawn: less where pages are counted."""
    return COUNTED_MAP_HEIGHT.get(document.most_pages, MAP_HEIGHT[block.size])


def render_pdf(document: Document) -> bytes:
    """Return a document as PDF; equal documents give equal bytes.

    Raises:
        OutputError: if a block cannot be set; the message names it.
    """
    midnight = datetime.combine(document.data_date, time(), UTC)
    return pdf_of(TEMPLATE, content_of(document), int(midnight.timestamp()))


def page_count(document: Document) -> int:
    """Return how many pages a document has as it is set, its annex and what is listed after that included.

    Raises:
        OutputError: if a block cannot be set; the message names it.
    """
    return pages_of(TEMPLATE, content_of(document))


def first_page_png(document: Document, dpi: int) -> bytes:
    """Return the first page of a document as it will be printed, as a picture.

    Raises:
        OutputError: if a block cannot be set; the message names it.
    """
    return page_png(TEMPLATE, content_of(document), dpi)


def content_of(document: Document) -> Content:
    """Return what the template needs, as plain data."""
    words, palette, page = document.words, document.palette, document.page
    setting = _Setting(document)
    front = setting.all(page.blocks[: document.annex_from or None])
    annex = setting.all(page.blocks[document.annex_from :]) if document.annex_from else []
    blocks = stepped([*front, *annex])
    marks = setting.marks
    caveats = [
        {
            "letter": marks.letters[row["caveat_id"]],
            "text": f"{row['name']}: {row['meaning']}",
            "target": f"caveat-{marks.letters[row['caveat_id']]}",
        }
        for row in page.caveats.to_dict("records")
    ]
    is_run_in = document.is_paper and not document.annex_from
    sources = [_source(row, marks, words, is_run_in) for row in page.sources.to_dict("records")]
    headings = sum(1 for block in blocks if block["kind"] == "heading")
    return {
        "lang": words.language,
        "title": page.title,
        "kind": document.kind,
        "lead": page.lead,
        "author": words("take.author"),
        "fonts": list(FAMILIES),
        "facts": [list(pair) for pair in document.facts()],
        "highest_mm": HIGHEST_MM,
        "running": shorten(f"{document.kind} · {page.title}", MOST_RUNNING, placeholder=" …"),
        "notes": list(document.notes),
        "head": _head(document),
        "foot": words("take.records_to", date=words.date(document.data_date)),
        "is_paper": document.is_paper,
        "is_run_in": is_run_in,
        "annex_from": len(front) if annex else -1,
        "has_contents": headings >= LONG and not document.is_paper,
        "blocks": blocks,
        "caveats": caveats,
        "sources": sources,
        "targets": [item["target"] for item in [*caveats, *sources]],
        "ink": {
            name: palette.surface(colour)
            for name, colour in (
                ("text", "text"),
                ("soft", "text_soft"),
                ("accent", "accent"),
                ("line", "line"),
                ("panel", "panel"),
            )
        },
        "words": {
            "page": words("take.page", page="{page}", pages="{pages}"),
            "continued": words("take.continued", title="{title}"),
            "contents": words("take.contents"),
            "no_rows": words("common.no_rows"),
            "caveats": words("common.caveats_title"),
            "sources": words("common.sources_title"),
        },
    }


def stepped(blocks: list[Content]) -> list[Content]:
    """Let no heading lie more than one level below the one before it, as readers of tagged files expect."""
    level = 0
    for block in blocks:
        if block["kind"] == "heading":
            level = block["level"] = min(block["level"], level + 1)
    return blocks


def _head(document: Document) -> str:
    words = document.words
    return words("take.head", date=words.date(document.data_date), version=document.version)


def _source(row: dict[Any, Any], marks: Citations, words: Words, is_short: bool) -> Content:
    url = "" if pd.isna(row["url"]) else str(row["url"])
    language = "" if pd.isna(row["language"]) else str(row["language"])
    return {
        "mark": marks.of_document(row["document_id"]),
        "target": f"source-{row['number']}",
        "text": (short_source_line if is_short else source_line)(row, words),
        "url": url if url.startswith(("https://", "http://")) else "",
        "url_shown": url,
        "lang": language[:2] if language[:2].isalpha() else words.language,
    }


def mark_list(marks: Citations, document_ids: Iterable[str], caveat_ids: Iterable[str] = ()) -> list[Content]:
    """Return marks with the places in the file they lead to."""
    shown, more = marks.shown(document_ids)
    citations = [
        {"kind": "source", "target": f"source-{marks.numbers[key]}", "text": marks.of_document(key)} for key in shown
    ]
    if more:
        citations.append({"kind": "text", "target": "", "text": marks.words("common.more_sources", count=more)})
    letters = [marks.letters[key] for key in caveat_ids if key in marks.letters]
    return citations + [{"kind": "caveat", "target": f"caveat-{letter}", "text": letter} for letter in letters]


class _Setting:
    """Turns blocks into content; knows the marks and colours of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.marks = document.marks()
        self.palette: Palette = document.palette
        self.words: Words = document.words

    def all(self, blocks: Sequence[Block]) -> list[Content]:
        """Return the content of blocks; figures that follow each other stand side by side."""
        contents: list[Content] = []
        figures: list[Content] = []
        for block in blocks:
            if isinstance(block, Metric):
                with naming(OUTPUT, block):
                    figures.append(self.figure(block))
                continue
            if figures:
                contents.append(_figures(figures))
                figures = []
            with naming(OUTPUT, block):
                contents += _SET[type(block)](self, block)
        return [*contents, _figures(figures)] if figures else contents

    def figure(self, block: Metric) -> Content:
        """Return a figure with what it needs to be quoted."""
        style = self.palette.group("species", block.species_id) if block.species_id else None
        colour = style.colour if style else self.palette.surface("accent")
        soft = self.palette.surface("text_soft")
        trend = sparkline_svg(block.trend, colour, soft) or None
        return {
            "label": block.label,
            "value": block.value,
            "unit": block.unit,
            "status": block.status,
            "colour": colour,
            "trend": trend,
            "trend_alt": sparkline_words(block.trend),
            **self.below(block),
        }

    def below(self, block: Chart | Map | Metric) -> Content:
        """Return the line below a figure or picture, its marks apart."""
        return {
            "below": below(block, self.marks, is_marked=False),
            "marks": mark_list(self.marks, block.document_ids, block.caveat_ids),
        }

    def heading(self, block: Heading) -> list[Content]:
        """Return a heading."""
        return [{"kind": "heading", "level": block.level - 1, "text": block.text}]

    def text(self, block: Text) -> list[Content]:
        """Return a paragraph."""
        cited = mark_list(self.marks, block.document_ids, block.caveat_ids)
        return [{"kind": "text", "style": block.style, "text": block.text, "marks": cited}]

    def notice(self, block: Notice) -> list[Content]:
        """Return a sentence that stands out; its kind is told by a sign too."""
        sign = {"empty": "○", "caution": "▲", "information": "●"}[block.kind]
        colour = self.palette.surface("caution" if block.kind == "caution" else "line")
        return [{"kind": "notice", "text": block.text, "sign": sign, "colour": colour}]

    def link(self, _block: PageLink) -> list[Content]:
        """Leave out a link to a page of the dashboard: paper cannot follow it."""
        return []

    def table(self, block: Table) -> list[Content]:
        """Return a table."""
        return [table_content(block, self.marks, mark_list)]

    def chart(self, block: Chart) -> list[Content]:
        """Return a chart as a vector drawing, and its rows."""
        drawings = self.drawn(
            block, lambda: figure_svgs(make_figure(block, self.palette, self.words), highest_px(WIDTH))
        )
        return [self.picture(block, drawings, WIDTH, ()), *self.rows_of(block)]

    def map(self, block: Map) -> list[Content]:
        """Return a map as a vector drawing with what must be said of its lines, and its rows."""
        height = map_height(block, self.document)
        drawings = self.drawn(block, lambda: [map_svg(block, self.palette, self.words, MAP_WIDTH, height)])
        notes = map_notes(block, self.words, is_still=True)[: PAPER_NOTES if self.document.is_paper else None]
        return [self.picture(block, drawings, MAP_WIDTH, notes), *self.rows_of(block)]

    def rows_of(self, block: Chart | Map) -> list[Content]:
        """Return the rows of a picture; a paper whose pages are counted has none."""
        return [] if self.document.is_paper else self.table(block.table)

    def drawn(self, block: Chart | Map, draw: Callable[[], list[str]]) -> list[str]:
        """Return the drawings of a picture; a paper is set several times until it fits, and drawn once."""
        if not self.document.is_paper:
            return draw()
        kept = _DRAWN.setdefault(block, {})
        key = (self.document.most_pages, self.palette.is_dark, self.words.language)
        if key not in kept:
            kept[key] = draw()
        return kept[key]

    def picture(self, block: Chart | Map, drawings: Sequence[str], width: float, notes: Sequence[str]) -> Content:
        """Return a picture, in parts if one sheet cannot hold it, with its alternative in words and the line below."""
        pictures = [{"svg": svg, "height_mm": svg_height(svg) / width * TEXT_WIDTH_MM} for svg in drawings]
        return {
            "kind": "picture",
            "title": block.title,
            "drawings": pictures,
            "alt": block.alt,
            "notes": list(notes),
            **self.below(block),
        }

    def entry(self, block: Entry) -> list[Content]:
        """Return an item of a list with all its details."""
        length = len(block.text) + sum(len(value) for _, value in block.facts)
        return [
            {
                "kind": "entry",
                "is_long": length > LONG_ENTRY,
                "title": block.title,
                "text": block.text,
                "tags": [tag for tag in block.tags if tag],
                "facts": [list(fact) for fact in block.facts if fact[1]],
                "marks": mark_list(self.marks, block.document_ids, block.caveat_ids),
                "blocks": self.all(block.details),
            }
        ]

    def side(self, block: Side) -> list[Content]:
        """Return blocks that stand side by side on the screen, one below the other."""
        return self.all([inner for cell in block.cells for inner in cell])

    def details(self, block: Details) -> list[Content]:
        """Return blocks that the screen shows on demand, in full."""
        return [{"kind": "group", "title": block.title, "blocks": self.all(block.blocks)}]


def _figures(items: list[Content]) -> Content:
    return {"kind": "figures", "items": items, "columns": min(CARDS, len(items))}


_SET: dict[type, Callable[..., list[Content]]] = {
    Heading: _Setting.heading,
    Text: _Setting.text,
    Notice: _Setting.notice,
    PageLink: _Setting.link,
    Table: _Setting.table,
    Chart: _Setting.chart,
    Map: _Setting.map,
    Entry: _Setting.entry,
    Side: _Setting.side,
    Details: _Setting.details,
}
