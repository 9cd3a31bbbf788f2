"""A page as one HTML file: to read without any network, or to present.

The file asks nobody: style, scripts and libraries are inside it, and its policy forbids every request. Text and tables
are there without scripts; a script draws the pictures and sorts the tables (assets/offline.js). What it presents are
the slides of the page (neaspec/render/slides), the same as the server shows.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from markupsafe import Markup

from neaspec.blocks import Block, Chart, Details, Entry, Heading, Map, Metric, Notice, PageLink, Side, Table, Text
from neaspec.palette import Palette
from neaspec.render import html as shared
from neaspec.render.citations import Citations
from neaspec.render.document import Document, naming
from neaspec.render.html_file import html as own
from neaspec.render.html_file.files import asset, packed_library, script_json
from neaspec.render.html_file.pictures import Pictures
from neaspec.render.maps.legend import map_notes
from neaspec.render.screen.plan import MOST_DRAWN, STATIC_ROWS
from neaspec.render.slides.html import render_story
from neaspec.render.templates import from_template
from neaspec.text import Words

# What the file may do: run what is inside it, ask nobody.
POLICY = (
    "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval' blob:; style-src 'unsafe-inline'; "
    "img-src data: blob:; font-src data:; worker-src blob:; connect-src data: blob:; base-uri 'none'; "
    "form-action 'none'"
)
READING = "?"  # where the presentation leads back to: this file, without the number of a slide
MOST_SIDE = 3  # cells beside each other on a wide screen


def render_html_file(document: Document) -> bytes:
    """Return a page as one HTML file that opens without a network.

    Raises:
        OutputError: if a block cannot be written; the message names it.
    """
    writer = _Writer(document)
    body = writer.body()
    libraries = [
        from_template("file/page", "packed_library", name, packed_library(name)) for name in writer.pictures.libraries()
    ]
    words = document.words
    script_words = {key: words(f"take.{key}") for key in ("no_pictures", "colours", "present")}
    script_words["sort_by"] = words("take.sort_by", column="{column}")
    slides = render_story(document.slides, document.palette, words, READING).decode() if document.slides else ""
    data = script_json(writer.pictures.data() | {"words": script_words, "slides": slides})
    html = from_template(
        "file/page",
        "page",
        document,
        POLICY,
        # Of our own making, not text: style, JSON and scripts stand in the file as they are.
        Markup(own.surface_style() + asset("offline.css")),
        own.contents(writer.headings, words),
        body,
        Markup(data),
        libraries,
        Markup(asset("offline.js")),
    )
    return html.encode()


@dataclass
class _Writer:
    """Writes blocks in reading order."""

    document: Document
    headings: list[tuple[int, str, str]] = field(default_factory=list)
    addresses: int = 0  # of headings so far, those that the list of contents leaves out included
    marks: Citations = field(init=False)
    words: Words = field(init=False)
    pictures: Pictures = field(init=False)

    def __post_init__(self) -> None:
        """Number what the page cites."""
        self.marks, self.words = self.document.marks(), self.document.words
        self.pictures = Pictures(self.palettes, self.words)

    @property
    def palettes(self) -> tuple[Palette, Palette]:
        """Return the colours for light and for dark ground."""
        return self.document.palette, self.document.dark

    def body(self) -> Markup:
        """Return first sheet, blocks, caveats and sources."""
        page = self.document.page
        parts = [own.first_sheet(self.document), self.write(page.blocks)]
        if not page.caveats.empty:
            self.headings.append((2, "caveats", self.words("common.caveats_title")))
            parts.append(shared.caveats(page, self.marks, self.words, {"id": "caveats"}))
        if not page.sources.empty:
            self.headings.append((2, "sources", self.words("common.sources_title")))
            parts.append(own.sources(self.document))
        return shared.together(parts)

    def write(self, blocks: tuple[Block, ...]) -> Markup:
        """Return blocks below each other; figures that follow each other share a grid."""
        parts: list[Markup] = []
        cards: list[Markup] = []
        for block in blocks:
            with naming("HTML", block):
                if isinstance(block, Metric):
                    shown = replace(block, link=None)  # it leads to a page that cannot be reached from here
                    cards.append(own.card(shown, self.marks, self.palettes))
                    continue
                _gather(cards, parts)
                parts.append(_WRITE[type(block)](self, block))
        _gather(cards, parts)
        return shared.together(parts)

    def picture(self, block: Chart | Map, name: str, above: Markup, below: Markup) -> Markup:
        """Return a picture with its title, its line, and its rows to be opened."""
        kind = "chart" if isinstance(block, Chart) else "map"
        content = from_template(
            "file/blocks",
            "picture",
            kind,
            name,
            block.alt,
            _height(self.pictures, name),
            shared.title(block.title),
            above,
            self.words("take.no_script"),
            shared.picture_line(block, self.marks) + below,
        )
        title = f"{self.words('common.rows_title')}: {block.table.title}"
        return _block(content) + shared.fold(title, self.table_body(block.table))

    def link(self, block: PageLink) -> Markup:
        """Say where in the dashboard more is found; it cannot be reached from a file."""
        return from_template("file/blocks", "page_link", self.words("take.in_dashboard", page=block.text))

    def table_body(self, table: Table) -> Markup:
        """Return all rows of a table."""
        if table.rows.empty:
            return shared.notice(Notice(text=self.words("common.no_rows"), kind="empty"))
        look = "nc-tall" if len(table.rows) > STATIC_ROWS else ""
        return shared.static_table(table, self.marks, None, has_keys=True, look=look)

    def left_out(self, most: int, count: int) -> Markup:
        """Say that a picture shows only the first rows."""
        if count <= most:
            return Markup("")
        text = self.words("take.first_drawn", shown=self.words.number(most, 0), count=self.words.number(count, 0))
        return shared.text(Text(text=text, style="note"), self.marks)


def _block(content: Markup) -> Markup:
    return from_template("file/blocks", "block", content)


def _gather(cards: list[Markup], parts: list[Markup]) -> None:
    if cards:
        parts.append(shared.grid(cards))
        cards.clear()


def _height(pictures: Pictures, name: str) -> str:
    if name in pictures.maps:
        return f"height:{pictures.maps[name]['height']}px"
    return f"height:{pictures.charts[name]['light']['layout']['height']}px"


def _heading(to: _Writer, block: Heading) -> Markup:
    to.addresses += 1
    address = f"part-{to.addresses}"
    to.headings.append((block.level, address, block.text))
    return shared.heading(block, {"id": address})


def _text(to: _Writer, block: Text) -> Markup:
    return _block(shared.text(block, to.marks))


def _notice(_to: _Writer, block: Notice) -> Markup:
    return _block(shared.notice(block))


def _link(to: _Writer, block: PageLink) -> Markup:
    return to.link(block)


def _chart(to: _Writer, block: Chart) -> Markup:
    left_out = to.left_out(MOST_DRAWN["chart"], len(block.rows))
    return to.picture(block, to.pictures.add_chart(block), Markup(""), left_out)


def _map(to: _Writer, block: Map) -> Markup:
    notes = shared.text(Text(text=" ".join(map_notes(block, to.words, is_still=True)), style="note"), to.marks)
    left_out = shared.together(to.left_out(MOST_DRAWN["map"], len(layer.rows)) for layer in block.layers)
    legend = own.legend(block, to.palettes, to.words)
    return to.picture(block, to.pictures.add_map(block), legend, left_out + notes)


def _table(to: _Writer, block: Table) -> Markup:
    return _block(shared.title(block.title) + to.table_body(block))


def _entry(to: _Writer, block: Entry) -> Markup:
    links = shared.together(to.link(link) for link in block.links)
    entry = _block(shared.entry(block, to.marks) + links)
    if not block.details:
        return entry
    listed = len(to.headings)
    more = to.write(block.details)
    del to.headings[listed:]  # the list of contents leaves out headings inside an item
    return from_template("file/blocks", "entry", entry, more)


def _side(to: _Writer, block: Side) -> Markup:
    cells = [to.write(cell) for cell in block.cells]
    widths = " ".join(f"minmax(0,{weight:g}fr)" for weight in block.weights)
    return from_template("file/blocks", "side", widths, len(cells) > MOST_SIDE, cells)


def _details(to: _Writer, block: Details) -> Markup:
    return from_template("file/blocks", "details", block.title, to.write(block.blocks))


_WRITE: dict[type, Callable[..., Markup]] = {
    Heading: _heading,
    Text: _text,
    Notice: _notice,
    PageLink: _link,
    Chart: _chart,
    Map: _map,
    Table: _table,
    Entry: _entry,
    Side: _side,
    Details: _details,
}
