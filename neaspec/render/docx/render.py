"""Word: a document with real headings, tables and lists, the pictures of the PDF, and its sources once at the end."""

import io
from collections.abc import Callable, Sequence
from datetime import datetime, time
from typing import Any

import docx
import pandas as pd
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from neaspec.blocks import Block, Chart, Details, Entry, Heading, Map, Metric, Notice, PageLink, Side, Table, Text
from neaspec.files import plain_text, reproducible_zip
from neaspec.render.charts.plotly import make_figure
from neaspec.render.document import Document, below, naming, short_source_line, source_line
from neaspec.render.docx import parts
from neaspec.render.maps.legend import map_notes
from neaspec.render.pdf.figures import WIDTH, figure_svgs
from neaspec.render.pdf.maps import map_svg, svg_height
from neaspec.render.pdf.render import MAP_WIDTH, PAPER_NOTES, highest_px, map_height, mark_list
from neaspec.render.pdf.tables import table_content
from neaspec.render.pdf.typesetting import picture_png

OUTPUT = "Word"
FONT, EAST_ASIAN_FONT = "Arial", "Microsoft YaHei"  # on every computer that has Word
TEXT, SMALL = 10.5, 9.0  # points
MARGIN_MM, TEXT_WIDTH_MM, HIGHEST_MM = 20, 170, 195
DPI = 220
BREAK = "\u200b"  # where a long word may be broken on paper; Word breaks it itself


def render_docx(document: Document) -> bytes:
    """Return a document as a Word file; equal documents give equal bytes.

    Raises:
        OutputError: if a block cannot be written; the message names it.
    """
    writer = _Writer(document)
    writer.front()
    for number, block in enumerate(document.page.blocks):
        if number and number == document.annex_from:
            writer.position()
            writer.file.add_page_break()
        writer.write([block])
    if not document.annex_from:
        writer.position()
    writer.lists()
    return writer.saved()


class _Writer:
    """Writes blocks one after the other; knows marks, colours and wording of one document."""

    def __init__(self, document: Document) -> None:
        self.document, self.words, self.palette = document, document.words, document.palette
        self.marks = document.marks()
        self.file: Any = docx.Document()
        self.is_nested = False
        self._set_up()

    def _set_up(self) -> None:
        """Set page, styles and footer."""
        section = self.file.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
            setattr(section, side, Mm(MARGIN_MM))
        normal = self.file.styles["Normal"]
        normal.font.name, normal.font.size = FONT, Pt(TEXT)
        normal.element.rPr.rFonts.set(qn("w:eastAsia"), EAST_ASIAN_FONT)
        normal.element.rPr.append(parts.element("lang", val=self.words.language))
        normal.paragraph_format.space_after = Pt(5)
        for name, size in (("Title", 20), ("Heading 1", 14), ("Heading 2", 11.5), ("Heading 3", TEXT)):
            style = self.file.styles[name]
            style.font.size, style.font.bold, style.font.name = Pt(size), True, FONT
            style.font.color.rgb = self.colour("accent" if name == "Heading 1" else "text")
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{theme}"), None)
            style.paragraph_format.keep_with_next = True
        self._foot(section.footer.paragraphs[0])

    def _foot(self, paragraph: Any) -> None:
        """Write date of records, page n of m."""
        said = self.words("take.page", page="\n", pages="\n").split("\n")
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(TEXT_WIDTH_MM), WD_TAB_ALIGNMENT.RIGHT)
        date = self.words("take.records_to", date=self.words.date(self.document.data_date))
        self.run(paragraph, f"{date}\t{said[0]}", size=SMALL, colour="text_soft")
        parts.add_field(paragraph, "PAGE", "1")
        self.run(paragraph, said[1], size=SMALL, colour="text_soft")
        parts.add_field(paragraph, "NUMPAGES", "1")

    def colour(self, name: str) -> Any:
        """Return a colour of the surface."""
        return RGBColor.from_string(self.palette.surface(name).lstrip("#"))

    def run(self, paragraph: Any, text: str, **look: Any) -> Any:
        """Add text to a paragraph. look: size (points), bold, colour (of the surface)."""
        run = paragraph.add_run(plain_text(text.replace(BREAK, "")))
        if "size" in look:
            run.font.size = Pt(look["size"])
        run.font.bold = look.get("bold")
        if "colour" in look:
            run.font.color.rgb = self.colour(look["colour"])
        return run

    def paragraph(self, text: str, style: str = "Normal", **look: Any) -> Any:
        """Add a paragraph."""
        paragraph = self.file.add_paragraph(style=style)
        self.run(paragraph, text, **look)
        return paragraph

    def cite(self, paragraph: Any, document_ids: Sequence[str], caveat_ids: Sequence[str] = ()) -> None:
        """Add the marks of what is cited."""
        cited = self.marks.text(document_ids, caveat_ids)
        if cited:
            self.run(paragraph, f" {cited}", size=SMALL, colour="text_soft")

    def front(self) -> None:
        """Write kind, title, lead and what was chosen."""
        document = self.document
        self.paragraph(document.kind, bold=True, colour="accent")
        self.file.add_heading(plain_text(document.page.title), 0)
        self.paragraph(document.page.lead, size=12)
        if document.is_paper:
            facts = " · ".join(f"{label}: {value}" for label, value in document.facts())
            self.paragraph(facts, size=SMALL, colour="text_soft")
            return
        self.pairs(document.facts())
        for note in document.notes:
            self.paragraph(note, size=SMALL, colour="text_soft")

    def write(self, blocks: Sequence[Block]) -> None:
        """Write blocks in reading order."""
        for block in blocks:
            with naming(OUTPUT, block):
                _WRITE[type(block)](self, block)

    def pairs(self, facts: Sequence[tuple[str, str]]) -> None:
        """Write (label, value) pairs as a table of two columns."""
        kept = [fact for fact in facts if fact[1]]
        if not kept:
            return
        table = self.file.add_table(rows=len(kept), cols=2)
        parts.lines_of_table(table, self.palette.surface("line").lstrip("#"))
        for row, (label, value) in zip(table.rows, kept, strict=True):
            self.run(row.cells[0].paragraphs[0], label, size=SMALL, colour="text_soft")
            self.run(row.cells[1].paragraphs[0], value, size=SMALL)
            row.cells[0].width, row.cells[1].width = Mm(50), Mm(TEXT_WIDTH_MM - 50)
        self._space()

    def _space(self) -> None:
        """Keep a table and what follows apart: Word joins tables that touch."""
        paragraph = self.file.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.line_spacing = Pt(6)

    def position(self) -> None:
        """Add the empty field for a position, where the document asks for one."""
        if self.document.position:
            self.file.add_heading(plain_text(self.document.position), 1)
            hint = self.words("take.position_hint")
            line = self.palette.surface("text_soft").lstrip("#")
            parts.add_position_field(self.file.element.body, self.document.position, hint, line)

    def part_title(self, title: str) -> None:
        """Write the title of a table or picture; on counted pages it is a heading of the paper."""
        is_part = self.document.is_paper and not self.is_nested
        self.file.add_heading(plain_text(title), 2 if is_part else 3)

    def heading(self, block: Heading) -> None:
        """Write a heading."""
        self.file.add_heading(plain_text(block.text), 3 if self.is_nested else block.level - 1)

    def text(self, block: Text) -> None:
        """Write a paragraph."""
        size = {"lead": 12, "note": SMALL}.get(block.style, TEXT)
        colour = {"colour": "text_soft"} if block.style == "note" else {}
        self.cite(self.paragraph(block.text, size=size, **colour), block.document_ids, block.caveat_ids)

    def notice(self, block: Notice) -> None:
        """Write a sentence that stands out."""
        sign = {"empty": "○", "caution": "▲", "information": "●"}[block.kind]
        self.paragraph(f"{sign} {block.text}")

    def metric(self, block: Metric) -> None:
        """Write a figure with what it needs to be quoted."""
        paragraph = self.paragraph(block.label, bold=True)
        paragraph.paragraph_format.keep_with_next = True
        paragraph = self.paragraph(" ".join(part for part in (block.value, block.unit) if part), size=13, bold=True)
        line = " · ".join(part for part in (below(block, self.marks, is_marked=False), block.status) if part)
        if line:
            paragraph.paragraph_format.keep_with_next = True
            paragraph = self.paragraph(line, size=SMALL, colour="text_soft")
        self.cite(paragraph, block.document_ids, block.caveat_ids)

    def link(self, _block: PageLink) -> None:
        """Leave out a link to a page of the dashboard: paper cannot follow it."""

    def chart(self, block: Chart) -> None:
        """Draw a chart; its rows follow where the document has room for them."""
        drawings = figure_svgs(make_figure(block, self.palette, self.words), highest_px(WIDTH))
        self._picture(block, drawings, WIDTH, ())

    def map(self, block: Map) -> None:
        """Draw a map with what must be said of its lines."""
        svg = map_svg(block, self.palette, self.words, MAP_WIDTH, map_height(block, self.document))
        notes = map_notes(block, self.words, is_still=True)[: PAPER_NOTES if self.document.is_paper else None]
        self._picture(block, [svg], MAP_WIDTH, notes)

    def _picture(self, block: Chart | Map, drawings: Sequence[str], width: float, notes: Sequence[str]) -> None:
        self.part_title(block.title)
        for svg in drawings:
            height_mm = svg_height(svg) / width * TEXT_WIDTH_MM
            wide = TEXT_WIDTH_MM * min(1.0, HIGHEST_MM / height_mm)
            paragraph = self.file.add_paragraph()
            paragraph.paragraph_format.keep_with_next = True
            png = picture_png(svg, wide / 25.4, DPI)
            picture = paragraph.add_run().add_picture(io.BytesIO(png), width=Mm(wide))
            parts.describe(picture, f"{type(block).__name__} {block.table.file_name}", block.alt)
        line_below = self.paragraph(below(block, self.marks, is_marked=False), size=SMALL, colour="text_soft")
        self.cite(line_below, block.document_ids, block.caveat_ids)
        if notes:
            self.paragraph(" ".join(notes), size=SMALL, colour="text_soft")
        if not self.document.is_paper:
            self.table(block.table)

    def table(self, block: Table) -> None:
        """Write a table; columns that do not fit stand on a line below their row, each with its label."""
        self.part_title(block.title)
        content = table_content(block, self.marks, mark_list)
        if not content["rows"]:
            self.paragraph(self.words("common.no_rows"), colour="text_soft")
            return
        columns = content["columns"]
        table = self.file.add_table(rows=1, cols=len(columns))
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
        parts.lines_of_table(table, self.palette.surface("line").lstrip("#"))
        share = TEXT_WIDTH_MM / sum(column["width"] for column in columns)
        for cell, column in zip(table.rows[0].cells, columns, strict=True):
            self.run(cell.paragraphs[0], column["label"], size=SMALL, bold=True)
            parts.shade(cell, self.palette.surface("panel").lstrip("#"))
        parts.repeat_head(table.rows[0])
        for number, texts in enumerate(content["rows"]):
            row = table.add_row()
            for cell, text in zip(row.cells, texts, strict=True):
                shown = text if isinstance(text, str) else " ".join(mark["text"] for mark in text)
                self.run(cell.paragraphs[0], shown, size=SMALL)
            if not content["is_long"][number]:
                parts.keep_whole(row)
            if content["under"] and content["under"][number]:
                joined = table.add_row().cells
                line = " · ".join(f"{label}: {text}" for label, text in content["under"][number])
                self.run(joined[0].merge(joined[-1]).paragraphs[0], line, size=SMALL, colour="text_soft")
        for row in table.rows:
            for cell, column in zip(row._tr.tc_lst, columns, strict=False):
                if len(row._tr.tc_lst) == len(columns):
                    cell.width = Mm(column["width"] * share)
            for cell in row.cells:
                cell.paragraphs[0].paragraph_format.space_after = Pt(1)
        self._space()

    def entry(self, block: Entry) -> None:
        """Write an item of a list with all its details."""
        tags = " · ".join(tag for tag in block.tags if tag)
        paragraph = self.paragraph(block.title, bold=True)
        paragraph.paragraph_format.keep_with_next = bool(block.text or tags)
        self.cite(paragraph, block.document_ids, block.caveat_ids)
        if tags:
            self.paragraph(tags, size=SMALL, colour="text_soft")
        if block.text:
            self.paragraph(block.text)
        self.pairs(block.facts)
        self._inside(block.details)

    def side(self, block: Side) -> None:
        """Write blocks that stand side by side on the screen, one below the other."""
        self.write([inner for cell in block.cells for inner in cell])

    def details(self, block: Details) -> None:
        """Write blocks that the screen shows on demand, in full."""
        self.file.add_heading(plain_text(block.title), 3)
        self._inside(block.blocks)

    def _inside(self, blocks: Sequence[Block]) -> None:
        before, self.is_nested = self.is_nested, True
        self.write(blocks)
        self.is_nested = before

    def lists(self) -> None:
        """Write caveats and sources, once, small."""
        page, words = self.document.page, self.words
        if not page.caveats.empty:
            self.file.add_heading(words("common.caveats_title"), 1)
            for row in page.caveats.to_dict("records"):
                line = f"{self.marks.letters[row['caveat_id']]}  {row['name']}: {row['meaning']}"
                self.paragraph(line, size=SMALL)
        if page.sources.empty:
            return
        self.file.add_heading(words("common.sources_title"), 1)
        is_run_in = self.document.is_paper and not self.document.annex_from
        line_of = short_source_line if is_run_in else source_line
        lines = []
        for row in page.sources.to_dict("records"):
            url = "" if pd.isna(row["url"]) or is_run_in else f" · {row['url']}"
            mark = self.marks.of_document(row["document_id"])
            lines.append(f"{mark} {line_of({str(name): value for name, value in row.items()}, words)}{url}")
        for line in ["; ".join(lines)] if is_run_in else lines:
            self.paragraph(line, size=SMALL).paragraph_format.space_after = Pt(1)

    def saved(self) -> bytes:
        """Return the file, with the date of the data for every date in it."""
        document = self.document
        core = self.file.core_properties
        core.created = core.modified = datetime.combine(document.data_date, time())
        core.title, core.subject = plain_text(document.page.title)[:250], plain_text(document.kind)[:250]
        core.author = core.last_modified_by = plain_text(self.words("take.author"))
        core.language, core.revision, core.comments, core.keywords = self.words.language, 1, "", document.version
        out = io.BytesIO()
        self.file.save(out)
        return reproducible_zip(out.getvalue())


_WRITE: dict[type, Callable[..., None]] = {
    Heading: _Writer.heading,
    Text: _Writer.text,
    Notice: _Writer.notice,
    Metric: _Writer.metric,
    PageLink: _Writer.link,
    Chart: _Writer.chart,
    Map: _Writer.map,
    Table: _Writer.table,
    Entry: _Writer.entry,
    Side: _Writer.side,
    Details: _Writer.details,
}
