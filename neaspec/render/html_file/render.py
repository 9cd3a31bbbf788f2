"""A page as one HTML file: to read without any network, or to present one block a screen.

The file asks nobody: style, scripts and libraries are inside it, and its policy forbids every request. Text and tables
are there without scripts; scripts draw the pictures, sort the tables and show the presentation (assets/offline.js,
assets/present.js and its parts). The presentation takes its screens from the same HTML.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from neaspec.blocks import Block, Chart, Details, Entry, Heading, Map, Metric, Notice, PageLink, Side, Table, Text
from neaspec.palette import Palette
from neaspec.render import html as made
from neaspec.render.citations import Citations
from neaspec.render.document import Document, naming
from neaspec.render.html import escape
from neaspec.render.html_file import html as own
from neaspec.render.html_file.files import asset, library_address, packed_library, script_json
from neaspec.render.html_file.pictures import Pictures
from neaspec.render.maps.legend import map_notes
from neaspec.render.screen.plan import MOST_DRAWN, STATIC_ROWS
from neaspec.text import Words

# What the file may do: run what is inside it, ask nobody. On our own server (self) it may load the two libraries.
POLICY = (
    "default-src 'none'; script-src {self}'unsafe-inline' 'unsafe-eval' blob:; style-src 'unsafe-inline'; "
    "img-src data: blob:; font-src data:; worker-src blob:; connect-src {self}data: blob:; base-uri 'none'; "
    "form-action 'none'"
)
SCRIPTS = ("offline.js", "present_parts.js", "present_screens.js", "present.js")
MOST_SIDE = 3  # cells beside each other on a wide screen


def render_html_file(document: Document) -> bytes:
    """Return a page as one HTML file that opens without a network.

    Raises:
        OutputError: if a block cannot be written; the message names it.
    """
    writer = _Writer(document)
    body = writer.body()
    packed = "".join(
        f'<script type="text/plain" id="library-{name}">{packed_library(name)}</script>'
        for name in writer.pictures.libraries()
    )
    return _file(writer, body, packed, POLICY.format(self=""), "")


def render_presentation(document: Document) -> bytes:
    """Return a page as HTML that our server shows as a presentation; Esc leads to the address of the document.

    Raises:
        OutputError: if a block cannot be written; the message names it.
    """
    writer = _Writer(document)
    body = writer.body()
    addresses = [library_address(name) for name in writer.pictures.libraries()]
    needed = "".join(f'<script defer src="{escape(address)}"></script>' for address in addresses)
    root = f' class="nc-presenting" data-address="{escape(document.address)}"'
    return _file(writer, body, needed, POLICY.format(self="'self' "), root)


def _file(writer: "_Writer", body: str, libraries: str, policy: str, root: str) -> bytes:
    document, words = writer.document, writer.document.words
    said = {key: words(f"take.{key}") for key in ("no_pictures", "colours", "present", "contents")} | {
        "sort_by": words("take.sort_by", column="{column}"),
        "rows": words("take.part_rows", first="{first}", last="{last}", count="{count}"),
        "columns": words("take.part_columns", columns="{columns}", count="{count}"),
    }
    data = script_json(writer.pictures.data() | {"words": said})
    html = (
        f'<!DOCTYPE html>\n<html lang="{words.language}"{root}><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer">'
        f"<title>{escape(document.page.title)} · {escape(words('common.app_title'))}</title>"
        f"<style>{own.surface_style()}{asset('offline.css')}</style></head><body>"
        f'<a class="nc-skip" href="#text">{escape(words("take.skip"))}</a>'
        f"{own.contents(writer.headings, words)}"
        f'<main id="text">{body}</main>'
        f'<script type="application/json" id="pictures">{data}</script>{libraries}'
        f"{''.join(f'<script>{asset(name)}</script>' for name in SCRIPTS)}</body></html>\n"
    )
    return html.encode()


@dataclass
class _Writer:
    """Writes blocks in reading order; every block has its number, which the address of a presentation keeps."""

    document: Document
    count: int = 0
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

    def body(self) -> str:
        """Return first sheet, blocks, caveats and sources."""
        parts = [own.first_sheet(self.document), self.write(self.document.page.blocks)]
        caveats = made.caveats(self.document.page, self.marks, self.words)
        if caveats:
            self.headings.append((2, "caveats", self.words("common.caveats_title")))
            parts.append(caveats.replace("<section ", f'<section id="caveats"{self.number("list")} ', 1))
        sources = own.sources(self.document, self.number("list"))
        if sources:
            self.headings.append((2, "sources", self.words("common.sources_title")))
            parts.append(sources)
        return "".join(parts)

    def write(self, blocks: tuple[Block, ...]) -> str:
        """Return blocks below each other; figures that follow each other share a grid."""
        parts: list[str] = []
        cards: list[str] = []
        for block in blocks:
            with naming("HTML", block):
                if isinstance(block, Metric):
                    shown = replace(block, link=None)  # it leads to a page that cannot be reached from here
                    cards.append(own.card(shown, self.marks, self.palettes, self.number("metric")))
                    continue
                _gather(cards, parts)
                parts.append(_WRITE[type(block)](self, block))
        _gather(cards, parts)
        return "".join(parts)

    def number(self, kind: str) -> str:
        """Return the attributes that number a block."""
        self.count += 1
        return f' data-block="{self.count}" data-kind="{kind}"'

    def block(self, kind: str, html: str) -> str:
        """Return the HTML of a block with its number."""
        return f'<div class="nc-block"{self.number(kind)}>{html}</div>'

    def picture(self, block: Chart | Map, name: str, above: str, below: str) -> str:
        """Return a picture with its title, its line, and its rows to be opened."""
        kind = "chart" if isinstance(block, Chart) else "map"
        shown = self.block(
            kind,
            f'<p class="nc-picture">{escape(block.title)}</p>{above}'
            f'<figure class="nc-{kind}" data-picture="{name}" role="img" aria-label="{escape(block.alt)}" '
            f'style="{_height(self.pictures, name)}"></figure>'
            f'<noscript><p class="nc-note">{escape(self.words("take.no_script"))}</p></noscript>'
            f'<div class="nc-under">{made.picture_line(block, self.marks)}{below}</div>',
        )
        title = f"{self.words('common.rows_title')}: {block.table.title}"
        return shown + made.fold(title, self.table_body(block.table))

    def link(self, block: PageLink) -> str:
        """Say where in the dashboard more is found; it cannot be reached from a file."""
        return f'<p class="nc-link">{escape(self.words("take.in_dashboard", page=block.text))}</p>'

    def table_body(self, table: Table) -> str:
        """Return all rows of a table."""
        if table.rows.empty:
            return made.notice(Notice(text=self.words("common.no_rows"), kind="empty"))
        html = made.static_table(table, self.marks, None, has_keys=True)
        return (
            html.replace('class="nc-table"', 'class="nc-table nc-tall"', 1) if len(table.rows) > STATIC_ROWS else html
        )

    def left_out(self, most: int, count: int) -> str:
        """Say that a picture shows only the first rows."""
        if count <= most:
            return ""
        text = self.words("take.first_drawn", shown=self.words.number(most, 0), count=self.words.number(count, 0))
        return made.text(Text(text=text, style="note"), self.marks)


def _gather(cards: list[str], parts: list[str]) -> None:
    if cards:
        parts.append(f'<div class="nc-metrics">{"".join(cards)}</div>')
        cards.clear()


def _height(pictures: Pictures, name: str) -> str:
    if name in pictures.maps:
        return f"height:{pictures.maps[name]['height']}px"
    return f"height:{pictures.charts[name]['light']['layout']['height']}px"


def _heading(to: _Writer, block: Heading) -> str:
    to.addresses += 1
    address = f"part-{to.addresses}"
    to.headings.append((block.level, address, block.text))
    number = to.number("heading")
    return made.heading(block).replace(f"<h{block.level}>", f'<h{block.level} id="{address}"{number}>', 1)


def _text(to: _Writer, block: Text) -> str:
    return to.block("text", made.text(block, to.marks))


def _notice(to: _Writer, block: Notice) -> str:
    return to.block("text", made.notice(block))


def _link(to: _Writer, block: PageLink) -> str:
    return to.link(block)


def _chart(to: _Writer, block: Chart) -> str:
    left_out = to.left_out(MOST_DRAWN["chart"], len(block.rows))
    return to.picture(block, to.pictures.add_chart(block), "", left_out)


def _map(to: _Writer, block: Map) -> str:
    notes = made.text(Text(text=" ".join(map_notes(block, to.words, is_still=True)), style="note"), to.marks)
    left_out = "".join(to.left_out(MOST_DRAWN["map"], len(layer.rows)) for layer in block.layers)
    legend = own.legend(block, to.palettes, to.words)
    return to.picture(block, to.pictures.add_map(block), legend, left_out + notes)


def _table(to: _Writer, block: Table) -> str:
    return to.block("table", f'<p class="nc-picture">{escape(block.title)}</p>{to.table_body(block)}')


def _entry(to: _Writer, block: Entry) -> str:
    links = "".join(to.link(link) for link in block.links)
    entry = to.block("entry", made.entry(block, to.marks) + links)
    if not block.details:
        return entry
    listed = len(to.headings)
    more = to.write(block.details)
    del to.headings[listed:]  # the list of contents leaves out headings inside an item
    return f'<div class="nc-box">{entry}<div class="nc-more">{more}</div></div>'


def _side(to: _Writer, block: Side) -> str:
    cells = "".join(f'<div class="nc-cell">{to.write(cell)}</div>' for cell in block.cells)
    widths = " ".join(f"minmax(0,{weight:g}fr)" for weight in block.weights)
    look = "nc-side" if len(block.cells) <= MOST_SIDE else "nc-side nc-many"
    return f'<div class="{look}" style="--widths:{widths}">{cells}</div>'


def _details(to: _Writer, block: Details) -> str:
    inside = f'<details class="nc-fold nc-details" open><summary>{escape(block.title)}</summary>'
    return f"{inside}{to.write(block.blocks)}</details>"


_WRITE: dict[type, Callable[..., str]] = {
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
