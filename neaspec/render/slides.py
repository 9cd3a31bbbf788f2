"""A page as a slide deck: one block a slide, native tables and charts, sources and caveats in the speaker notes."""

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from pathlib import Path
from typing import Any

from neaspec.blocks import (
    Block,
    Chart,
    Details,
    Entry,
    Heading,
    Map,
    Metric,
    Notice,
    PageLink,
    Side,
    Table,
    Text,
)
from neaspec.render import slides_parts as parts
from neaspec.render.chart_series import chart_data
from neaspec.render.document import Document, below, naming, table_texts
from neaspec.render.fixed_zip import plain_text, same_bytes
from neaspec.render.maps import map_notes
from neaspec.render.screen_tables import NUMBERS, column_title, page_address
from neaspec.render.slides_charts import add_chart, rows_a_slide
from neaspec.render.slides_deck import MARGIN, Deck
from neaspec.render.slides_network import add_network, network_portions
from neaspec.render.slides_tables import lay_out, table_xml
from neaspec.render.slides_text import POINT, Paragraph, height_of, pages, paragraph

OUTPUT = "PowerPoint"
TEMPLATE = Path(__file__).parent.parent.parent / "assets" / "template.pptx"
MOST_SLIDE_ROWS = 60  # of one table; the workbook has all
DPI = 220
MapDrawer = Callable[[Map, Document, float, float, int], bytes]


def slides(document: Document, template: Path | None = None, draw_map: MapDrawer | None = None) -> bytes:
    """Return a page as a PowerPoint file.

    Args:
        document: the page and what its first sheet says.
        template: a file whose layouts are used; by default assets/template.pptx if there is one.
        draw_map: draws a map as PNG from block, document, width and height in inches, and dots per inch.

    Raises:
        OutputError: if a block cannot be made into a slide; the message names it.
    """
    if template is None and TEMPLATE.is_file():
        template = TEMPLATE
    writer = _Writer(Deck(document, template), draw_map or _drawn_map)
    parts.title_slides(writer.deck)
    writer.add_all(document.page.blocks)
    writer.finish()
    parts.caveat_slides(writer.deck)
    parts.source_slides(writer.deck)
    writer.deck.write_notes()
    return _saved(writer.deck.file, document)


def _drawn_map(block: Map, document: Document, width: float, height: float, dpi: int) -> bytes:
    from neaspec.render.map_print import map_png

    made: bytes = map_png(block, document, width, height, dpi)
    return made


def _saved(file: Any, document: Document) -> bytes:
    when = datetime.combine(document.data_date, time())
    core = file.core_properties
    core.created = core.modified = when
    core.title, core.subject = plain_text(document.page.title)[:250], plain_text(document.kind)[:250]
    core.author = core.last_modified_by = plain_text(document.words("common.app_title"))
    core.language, core.revision, core.keywords = document.words.language, 1, plain_text(document.version)
    out = io.BytesIO()
    file.save(out)
    return same_bytes(out.getvalue())


@dataclass
class _Item:
    """Text that waits for a slide; `is_heading`: names what follows."""

    paragraphs: Sequence[Paragraph]
    document_ids: tuple[str, ...] = ()
    caveat_ids: tuple[str, ...] = ()
    links: tuple[PageLink, ...] = ()
    is_heading: bool = False


@dataclass
class _Writer:
    """The deck so far, and the text and figures that wait for a slide."""

    deck: Deck
    draw_map: MapDrawer
    part: str = ""
    sub_part: str = ""
    folds: list[str] = field(default_factory=list)
    waiting: list[_Item] = field(default_factory=list)
    figures: list[Metric] = field(default_factory=list)
    is_named: bool = True  # the heading of this part stands on a slide

    def add_all(self, blocks: Iterable[Block]) -> None:
        """Add what blocks become."""
        for block in blocks:
            with naming(OUTPUT, block):
                if not isinstance(block, Metric):
                    self._flush_figures()
                _ADD[type(block)](self, block)

    def text(self, item: _Item) -> None:
        """Let text wait for a slide."""
        self.waiting.append(item)

    def finish(self) -> None:
        """Write all that waits."""
        self._flush_figures()
        self.flush(is_picture=False)
        self._name_part()

    def above(self) -> str:
        """Return the small text above the title of a picture or table."""
        self.is_named = True
        named = [self.part or self.deck.document.kind, self.sub_part, *self.folds]
        return " · ".join(dict.fromkeys(text for text in named if text))

    def slide(self, title: str, is_first: bool = True) -> tuple[Any, tuple[float, float, float, float]]:
        """Add a slide for a picture or table."""
        title = title if is_first else self.deck.document.words("take.continued", title=title)
        return self.deck.slide(title, self.above())

    def flush(self, is_picture: bool = True) -> None:
        """Write the text that waits; a heading just before a picture stands above the picture."""
        trailing = []
        while self.waiting and self.waiting[-1].is_heading:
            trailing.insert(0, self.waiting.pop())
        if self.waiting:
            page = self.deck.document.page
            title = self.part or page.title
            width = self.deck.size[0] - 2 * MARGIN
            kind = self.deck.document.kind
            above = kind if title == page.title else page.title
            room = self.deck.text_room(title, above)
            items = self.waiting if is_picture else [*self.waiting, *trailing]
            shared = pages([item.paragraphs for item in items], width, room)
            for number, (texts, positions) in enumerate(shared):
                named = title if not number else self.deck.document.words("take.continued", title=title)
                slide, place = self.deck.slide(named, above)
                self.deck.write(slide, (*place[:3], max(place[3], 1.0)), texts)
                for position in dict.fromkeys(positions):
                    self.deck.cite(slide, items[position].document_ids, items[position].caveat_ids)
                    self.links(items[position].links)
            self.is_named = True
        elif not is_picture:
            for item in trailing:
                self.deck.note(self.deck.last(), "headings", item.paragraphs[0].runs[0].text)
        self.waiting.clear()

    def links(self, links: Iterable[PageLink]) -> None:
        """Write links to pages of the dashboard into the notes of the slide before."""
        for link in links:
            address = page_address(link.page, dict(link.choices))
            self.deck.note(self.deck.last(), "links", f"{link.text}: {address}")

    def open_part(self, title: str) -> None:
        """Begin a part of the page."""
        self.flush(is_picture=False)
        self._name_part()
        self.part, self.sub_part, self.is_named = title, "", False

    def _name_part(self) -> None:
        if not self.is_named and self.part:
            self.deck.note(self.deck.last(), "headings", self.part)

    def _flush_figures(self) -> None:
        if not self.figures:
            return
        self.flush()
        deck = self.deck
        rest = list(self.figures)
        self.figures.clear()
        is_first = True
        while rest:
            slide, place = self.slide(self.sub_part or self.part or deck.document.page.title, is_first)
            count = parts.cards(deck, slide, place, rest)
            for one in rest[:count]:
                deck.cite(slide, one.document_ids, one.caveat_ids)
                self.links([one.link] if one.link else [])
            rest, is_first = rest[count:], False


def _heading(to: _Writer, block: Heading) -> None:
    if block.level == 2:
        to.open_part(block.text)
        return
    to.sub_part = block.text
    to.text(_Item([paragraph(block.text, 18, True, "accent", 12)], is_heading=True))


def _text(to: _Writer, block: Text) -> None:
    to.text(_Item(parts.text_paragraphs(to.deck, block), block.document_ids, block.caveat_ids))


def _notice(to: _Writer, block: Notice) -> None:
    to.text(_Item(parts.notice_paragraphs(to.deck, block)))


def _metric(to: _Writer, block: Metric) -> None:
    to.figures.append(block)


def _link(to: _Writer, block: PageLink) -> None:
    if to.waiting and not to.waiting[-1].is_heading:
        to.waiting[-1].links += (block,)
    else:
        to.links([block])


def _entry(to: _Writer, block: Entry) -> None:
    to.text(_Item(parts.entry_paragraphs(to.deck, block), block.document_ids, block.caveat_ids, block.links))
    if block.details:
        to.folds.append(block.title)
        to.add_all(block.details)
        to._flush_figures()
        to.folds.pop()


def _side(to: _Writer, block: Side) -> None:
    for cell in block.cells:
        to.add_all(cell)
        to._flush_figures()


def _details(to: _Writer, block: Details) -> None:
    to.text(_Item([paragraph(block.title, 16, True, "accent", 10)], is_heading=True))
    to.folds.append(block.title)
    to.add_all(block.blocks)
    to._flush_figures()
    to.folds.pop()


def _under(to: _Writer, texts: Sequence[str], size: float = 12) -> list[Paragraph]:
    """Return the lines below a picture."""
    return [paragraph(text, size, colour=to.deck.soft, before=2) for text in texts if text]


def _chart(to: _Writer, block: Chart) -> None:
    to.flush()
    deck, document = to.deck, to.deck.document
    data = chart_data(block, document.palette, document.words)
    line = below(block, deck.marks)
    if data.shape == "none":
        portions: Sequence[Any] = network_portions(block)
        notes: tuple[str, ...] = (line, document.words("take.network_drawn"))
    else:
        width, height = deck.size
        portions, notes = data.portions(rows_a_slide(data, height * 0.66, width)), (line, *data.notes)
    for number, portion in enumerate(portions):
        slide, (left, top, width, room) = to.slide(block.title, not number)
        texts = _under(to, notes)
        tall = min(height_of(texts, width) + 2, room * 0.4)
        place = (left, top, width, room - tall - 6)
        name = f"Chart {block.table.file_name}"
        if data.shape == "none":
            add_network(deck, slide, block, portion, place)
        else:
            add_chart(slide, block, portion, place, (document.palette, name))
        deck.write(slide, (left, top + room - tall, width, tall), texts, "Below")
        deck.cite(slide, block.document_ids, block.caveat_ids)
        deck.note(slide, "picture", block.alt)
    with naming(OUTPUT, block.table):
        _table(to, block.table)


def _map(to: _Writer, block: Map) -> None:
    to.flush()
    deck, document = to.deck, to.deck.document
    slide, (left, top, width, room) = to.slide(block.title)
    texts = _under(to, [below(block, deck.marks)]) + _under(to, map_notes(block, document.words), 10)
    tall = min(height_of(texts, width) + 2, room * 0.45)
    height = room - tall - 6
    image = to.draw_map(block, document, width / 72, height / 72, DPI)
    picture = slide.shapes.add_picture(io.BytesIO(image), 0, 0)
    scale = min(width * POINT / picture.width, height * POINT / picture.height)
    picture.width, picture.height = int(picture.width * scale), int(picture.height * scale)
    picture.left, picture.top = round(left * POINT), round(top * POINT)
    properties = picture._element.nvPicPr.cNvPr
    properties.set("descr", plain_text(block.alt))
    properties.set("name", plain_text(f"Map {block.table.file_name}"))
    deck.write(slide, (left, top + room - tall, width, tall), texts, "Below")
    deck.cite(slide, block.document_ids, block.caveat_ids)
    deck.note(slide, "picture", block.alt)
    with naming(OUTPUT, block.table):
        _table(to, block.table)


def _table(to: _Writer, block: Table) -> None:
    to.flush()
    deck, words = to.deck, to.deck.document.words
    rows = list(table_texts(block, deck.marks))[:MOST_SLIDE_ROWS]
    if not rows:
        slide, place = to.slide(block.title)
        deck.write(slide, place, [paragraph(words("common.no_rows"), 14)])
        return
    head = [column_title(column) for column in block.columns]
    is_number = [column.kind in NUMBERS for column in block.columns]
    cut = ""
    if len(block.rows) > MOST_SLIDE_ROWS:
        count = words.number(len(block.rows), 0)
        cut = words("take.slide_rows", shown=MOST_SLIDE_ROWS, count=count)
    room = deck.text_room(words("take.continued", title=block.title), to.above()) - 20
    grids = lay_out(head, rows, deck.size[0] - 2 * MARGIN, room)
    cited = {kind: [c.name for c in block.columns if c.kind == kind] for kind in ("documents", "caveats")}
    records = block.rows.head(MOST_SLIDE_ROWS).to_dict("records")
    for number, grid in enumerate(grids):
        slide, (left, top, width, _) = to.slide(block.title, not number)
        name = f"Table {block.file_name}"
        looks = (deck.accent, deck.document.palette.surface("line").lstrip("#"))
        where = (left, top)
        slide.shapes._spTree.append(table_xml(deck.next_number(slide), name, grid, head, is_number, where, looks))
        told = [cut] if cut else []
        if len({one.columns for one in grids}) > 1:
            first, last = grid.columns[1] + 1, grid.columns[-1] + 1
            told.insert(0, words("take.slide_part", first=first, last=last, count=len(head)))
        if told:
            deck.write(slide, (left, top + room + 4, width, 16), _under(to, [" ".join(told)], 11), "Below")
        found: dict[str, list[str]] = {"documents": [], "caveats": []}
        for row, _ in grid.rows:
            for kind, names in cited.items():
                found[kind] += [key for one in names for key in str(records[row][one] or "").split()]
        deck.cite(slide, found["documents"], found["caveats"])


_ADD: dict[type, Callable[..., None]] = {
    Heading: _heading,
    Text: _text,
    Notice: _notice,
    Metric: _metric,
    PageLink: _link,
    Chart: _chart,
    Map: _map,
    Table: _table,
    Entry: _entry,
    Side: _side,
    Details: _details,
}
