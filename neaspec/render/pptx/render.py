"""A page as a slide deck: one block a slide, native tables and charts, sources and caveats in the speaker notes."""

import io
from collections.abc import Callable, Sequence
from datetime import datetime, time
from importlib import import_module
from pathlib import Path
from typing import Any

from neaspec.blocks import (
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
from neaspec.files import plain_text, reproducible_zip
from neaspec.paths import ASSETS_DIR
from neaspec.render.cells import NUMBERS, column_title
from neaspec.render.charts.native_bars import chart_data
from neaspec.render.document import Document, below, naming, table_texts
from neaspec.render.maps.legend import map_notes
from neaspec.render.pptx import parts as parts
from neaspec.render.pptx.charts import add_chart, chart_height, rows_a_slide
from neaspec.render.pptx.deck import MARGIN, SlideDeck
from neaspec.render.pptx.network import add_network, network_portions
from neaspec.render.pptx.tables import grid_height, lay_out, table_xml
from neaspec.render.pptx.text import POINT, Paragraph, height_of, pages, paragraph
from neaspec.render.pptx.writer import OUTPUT, Item, MapDrawer, Writer

TEMPLATE = ASSETS_DIR / "template.pptx"
ROW_NUMBER = "#"
MOST_SLIDE_ROWS = 500  # of one table; the workbook has all
DPI = 220


def render_pptx(document: Document, template: Path | None = None, draw_map: MapDrawer | None = None) -> bytes:
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
    writer = Writer(SlideDeck(document, template), draw_map or _drawn_map, _ADD)
    parts.title_slides(writer.deck)
    writer.add_all(document.page.blocks)
    writer.finish()
    parts.caveat_slides(writer.deck)
    parts.source_slides(writer.deck)
    writer.deck.write_notes()
    return _saved(writer.deck.file, document)


def _drawn_map(block: Map, document: Document, width: float, height: float, dpi: int) -> bytes:
    # by name: the drawing of maps on paper is loaded only for a document that has one
    png: bytes = import_module("neaspec.render.pdf.maps").map_png(block, document, width, height, dpi)
    return png


def _saved(file: Any, document: Document) -> bytes:
    when = datetime.combine(document.data_date, time())
    core = file.core_properties
    core.created = core.modified = when
    core.title, core.subject = plain_text(document.page.title)[:250], plain_text(document.kind)[:250]
    core.author = core.last_modified_by = plain_text(document.words("common.app_title"))
    core.language, core.revision, core.keywords = document.words.language, 1, plain_text(document.version)
    out = io.BytesIO()
    file.save(out)
    return reproducible_zip(out.getvalue())


def _heading(to: Writer, block: Heading) -> None:
    if block.level == 2:
        to.open_part(block.text)
        return
    to.sub_part = block.text
    to.text(Item([paragraph(block.text, 18, True, "accent", 12)], is_heading=True))


def _text(to: Writer, block: Text) -> None:
    to.text(Item(parts.text_paragraphs(to.deck, block), block.document_ids, block.caveat_ids))


def _notice(to: Writer, block: Notice) -> None:
    to.text(Item(parts.notice_paragraphs(to.deck, block)))


def _metric(to: Writer, block: Metric) -> None:
    to.figures.append(block)


def _link(to: Writer, block: PageLink) -> None:
    if to.waiting and not to.waiting[-1].is_heading:
        to.waiting[-1].links += (block,)
    else:
        to.links([block])


def _entry(to: Writer, block: Entry) -> None:
    to.text(Item(parts.entry_paragraphs(to.deck, block), block.document_ids, block.caveat_ids, block.links))
    if block.details:
        to.add_inside(block.title, block.details)


def _side(to: Writer, block: Side) -> None:
    to.add_all(tuple(inner for cell in block.cells for inner in cell))


def _details(to: Writer, block: Details) -> None:
    to.text(Item([paragraph(block.title, 16, True, "accent", 10)], is_heading=True))
    to.add_inside(block.title, block.blocks)


def _under(to: Writer, texts: Sequence[str], size: float = 12) -> list[Paragraph]:
    """Return the lines below a picture."""
    return [paragraph(text, size, colour=to.deck.soft, before=2) for text in texts if text]


def _fitting(lines: Callable[[float], list[Paragraph]], width: float, room: float) -> list[list[Paragraph]]:
    """Return the lines below a picture as small as they must be; what does not fit even so goes on further slides."""
    for size in (12, 10, 9):
        texts = lines(size)
        if height_of(texts, width) <= room:
            return [texts]
    return [page for page, _ in pages([[text] for text in texts], width, room)]


def _continue(to: Writer, rest: Sequence[Sequence[Paragraph]]) -> None:
    for page in rest:
        to.text(Item(page))


def _chart(to: Writer, block: Chart) -> None:
    items = to.introduce()
    deck, document = to.deck, to.deck.document
    data = chart_data(block, document.palette, document.words)
    line = below(block, deck.marks)
    if data.shape == "none":
        portions: Sequence[Any] = network_portions(block)
        notes: tuple[str, ...] = (line, document.words("take.network_drawn"))
    else:
        width, height = deck.size
        portions, notes = data.portions(rows_a_slide(data, height * 0.66, width - 2 * MARGIN)), (line, *data.notes)
    if block.rows.empty or (data.shape != "none" and data.is_empty):
        portions = [None]
        notes = (document.words("common.no_rows"), *notes) if block.rows.empty else notes
    for number, portion in enumerate(portions):
        slide, (left, top, width, room) = to.slide(block.title, not number)
        used = to.set_above(slide, (left, top, width, room), [] if number else items)
        top, room = top + used, room - used
        texts, *rest = _fitting(lambda size: _under(to, notes, size), width, room * 0.4) or [[]]
        tall = height_of(texts, width) + 2
        free = room - tall - 6
        most = free if data.shape == "none" or portion is None else chart_height(portion)
        place = (left, top, width, min(free, most))
        name = f"Chart {block.table.file_name}"
        if portion is None:
            place = (left, top, width, 0.0)
        elif data.shape == "none":
            add_network(deck, slide, block, portion, place)
        else:
            add_chart(slide, block, portion, place, (document.palette, name))
        deck.write(slide, (left, top + place[3] + 6, width, tall), texts, "Below")
        deck.cite(slide, block.document_ids, block.caveat_ids)
        deck.note(slide, "picture", block.alt)
    _continue(to, rest)
    with naming(OUTPUT, block.table):
        _table(to, block.table)


def _map(to: Writer, block: Map) -> None:
    items = to.introduce()
    deck, document = to.deck, to.deck.document
    slide, (left, top, width, room) = to.slide(block.title)
    used = to.set_above(slide, (left, top, width, room), items)
    top, room = top + used, room - used
    line, notes = below(block, deck.marks), map_notes(block, document.words, is_still=True)
    fitting = _fitting(lambda size: _under(to, [line], size) + _under(to, notes, min(size, 10)), width, room * 0.45)
    texts, *rest = fitting or [[]]
    tall = height_of(texts, width) + 2
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
    _continue(to, rest)
    with naming(OUTPUT, block.table):
        _table(to, block.table)


def _table(to: Writer, block: Table) -> None:
    items = to.introduce()
    deck, words = to.deck, to.deck.document.words
    to.spare = None
    rows = list(table_texts(block, deck.marks))[:MOST_SLIDE_ROWS]
    if not rows:
        slide, place = to.slide(block.title)
        used = to.set_above(slide, place, items)
        deck.write(slide, (place[0], place[1] + used, place[2], place[3] - used), [paragraph(words("common.no_rows"))])
        return
    # The number of a row, repeated where columns go on on another slide, tells which rows belong together.
    head = [ROW_NUMBER, *(column_title(column) for column in block.columns)]
    rows = [[str(number), *row] for number, row in enumerate(rows, 1)]
    is_number = [True, *(column.kind in NUMBERS for column in block.columns)]
    cut = ""
    if len(block.rows) > MOST_SLIDE_ROWS:
        count = words.number(len(block.rows), 0)
        cut = words("take.slide_rows", shown=MOST_SLIDE_ROWS, count=count)
    room = deck.text_room(words("take.continued", title=block.title), to.above()) - 30
    intro = height_of([paragraph for item in items for paragraph in item.paragraphs], deck.size[0] - 2 * MARGIN)
    grids = lay_out(head, rows, deck.size[0] - 2 * MARGIN, room - (intro + 8 if items else 0))
    cited = {kind: [c.name for c in block.columns if c.kind == kind] for kind in ("documents", "caveats")}
    records = block.rows.head(MOST_SLIDE_ROWS).to_dict("records")
    for number, grid in enumerate(grids):
        slide, (left, top, width, tall) = to.slide(block.title, not number)
        bottom = top + tall
        top += to.set_above(slide, (left, top, width, tall), [] if number else items)
        name = f"Table {block.file_name}"
        looks = (deck.accent, deck.document.palette.surface("line").lstrip("#"))
        where = (left, top)
        slide.shapes._spTree.append(table_xml(deck.next_number(slide), name, grid, head, is_number, where, looks))
        notes = [cut] if cut else []
        if len({grid.columns for grid in grids}) > 1:
            first = 1 if grid.columns == grids[0].columns else grid.columns[2]
            notes.insert(0, words("take.slide_part", first=first, last=grid.columns[-1], count=len(block.columns)))
        if notes:
            deck.write(slide, (left, bottom - 18, width, 16), _under(to, [" ".join(notes)], 11), "Below")
        end = top + grid_height(grid, head) + 14
        to.spare = (slide, (left, end, width, bottom - 20 - end))
        keys_cited: dict[str, list[str]] = {"documents": [], "caveats": []}
        for row, _ in grid.rows:
            for kind, names in cited.items():
                keys_cited[kind] += [key for name in names for key in str(records[row][name] or "").split()]
        deck.cite(slide, keys_cited["documents"], keys_cited["caveats"])


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
