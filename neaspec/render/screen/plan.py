"""Plan a page for the screen: pieces of HTML, and beside them what only the framework can draw.

Planning is pure and done once for a page, a background and what links take along; it is kept as long as the page
lives. Showing a planned page (screen.py) then costs little more than sending it.
"""

import re
import weakref
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from threading import RLock

import pyarrow as pa
from markupsafe import Markup

from neaspec.blocks import (
    Answer,
    Block,
    Change,
    Chart,
    Details,
    Entry,
    Heading,
    Linked,
    Map,
    Metric,
    Notice,
    Page,
    PageLink,
    Panel,
    Side,
    Table,
    Tabs,
    Text,
)
from neaspec.palette import Palette
from neaspec.render import html as shared
from neaspec.render.cells import NUMBERS, column_title, linked_columns, shown_frame
from neaspec.render.charts.plotly import draw_chart
from neaspec.render.maps.deck import LiveMap
from neaspec.render.maps.legend import map_groups, map_notes, map_signs
from neaspec.render.screen.pieces import (
    Box,
    DataTable,
    Expander,
    Html,
    Later,
    Link,
    LinkedView,
    ListItem,
    MapView,
    Months,
    Plot,
    Row,
    ScreenNode,
    TabSet,
)
from neaspec.render.source_control import ScreenCitations, screen_citations
from neaspec.text import Words
from neaspec.urls import adding_address, named_tables

STATIC_ROWS = 25  # longer tables scroll in a frame of their own and can be sorted
# What a page shows stays readable and quick however much the tables hold; where something is left out, a sentence says
# so, and the CSV of the table has every row.
MOST_DRAWN = {"chart": 200, "map": 400}
MOST_ROWS = 1000
MOST_HTML_IN_FOLD = 8_000  # a longer fold is sent when it is opened
MAP_HEIGHT = {"full": 520, "small": 330, "middle": 430, "tall": 560}


FileAddress = Callable[[str], str]
_planned: "weakref.WeakKeyDictionary[Page, dict[tuple[object, ...], tuple[ScreenNode, ...]]]" = (
    weakref.WeakKeyDictionary()
)
_planning: "weakref.WeakKeyDictionary[Page, RLock]" = weakref.WeakKeyDictionary()


def plan(
    page: Page,
    palette: Palette,
    words: Words,
    link_params: Mapping[str, str],
    file_address: FileAddress | None,
    held: frozenset[str] = frozenset(),
) -> tuple[ScreenNode, ...]:
    """Return the pieces of a page below its title; what a tab or a thing of a list holds is planned when it is opened.

    Args:
        page: what a section composed.
        palette: the colours for the reader's background.
        words: the wording.
        link_params: choices that links to other pages take along.
        file_address: gives the address where a table of this page can be downloaded, from its name; None if no table
            has one.
        held: documents whose words can be opened here.
    """
    key = (palette.is_dark, words.language, tuple(sorted(link_params.items())), held)
    kept = _planned.setdefault(page, {})
    with _planning.setdefault(page, RLock()):  # whoever asks meanwhile waits: planned beside each other, each is slower
        if key in kept:
            return kept[key]
        files = {table: file_address(name) for name, table in named_tables(page).items()} if file_address else {}
        planner = _Planner(screen_citations(page, words, link_params, held), palette, words, link_params, files)
        planner.add_all(page.blocks)
        kept[key] = planner.finish()
        return kept[key]


@dataclass
class _Planner:
    """The pieces so far, with the HTML that waits to become one piece."""

    marks: ScreenCitations
    palette: Palette
    words: Words
    link_params: Mapping[str, str]
    files: Mapping[Table, str]
    names: set[str] = field(default_factory=set)
    pieces: list[ScreenNode] = field(default_factory=list)
    waiting: list[Markup] = field(default_factory=list)
    figures: list[Metric] = field(default_factory=list)
    scope: str = ""

    def inside(self) -> "_Planner":
        """Return a planner for pieces inside another piece."""
        inner = _Planner(self.marks, self.palette, self.words, self.link_params, self.files, self.names)
        inner.scope = self.scope
        return inner

    def later(self, scope: str, blocks: tuple[Block, ...]) -> Later:
        """Return pieces of blocks that are planned when they are first shown, in a part of the page of that name."""

        def make() -> tuple[ScreenNode, ...]:
            planner = _Planner(
                self.marks.within(scope), self.palette, self.words, self.link_params, self.files, {*self.names, scope}
            )
            planner.scope = scope
            planner.add_all(blocks)
            return planner.finish()

        return Later(make)

    def write(self, html: Markup) -> None:
        """Add HTML; what follows each other becomes one piece."""
        self._gather()
        self.waiting.append(html)

    def add(self, piece: ScreenNode) -> None:
        """Add a piece that is not HTML."""
        self._flush()
        self.pieces.append(piece)

    def fold(self, title: str, inner: "_Planner") -> None:
        """Add what another planner gathered, to be shown on demand; the framework is needed only for pictures."""
        pieces = inner.finish()
        html = shared.together(piece.html for piece in pieces if isinstance(piece, Html))
        if all(isinstance(piece, Html) for piece in pieces) and len(html) <= MOST_HTML_IN_FOLD:
            self.write(shared.fold(title, html))
        else:
            self.add(Expander(title, pieces, self.name(f"fold {title}")))

    def add_all(self, blocks: tuple[Block, ...]) -> None:
        """Add what blocks become."""
        for block in blocks:
            _ADD[type(block)](self, block)

    def left_out(self, shown: int, count: int) -> None:
        """Say that only the first rows are shown."""
        if count > shown:
            text = self.words("common.first_rows", shown=self.words.number(shown, 0), count=self.words.number(count, 0))
            self.write(shared.text(Text(text=text, style="note"), self.marks))

    def finish(self) -> tuple[ScreenNode, ...]:
        """Return all pieces."""
        self._flush()
        return tuple(self.pieces)

    def name(self, wanted: str) -> str:
        """Return a name that nothing else on this page has."""
        wanted = f"{self.scope} {wanted}".strip()
        name, number = wanted, 1
        while name in self.names:
            number += 1
            name = f"{wanted} {number}"
        self.names.add(name)
        return name

    def _gather(self) -> None:
        if self.figures:
            self.waiting.append(shared.metrics(self.figures, self.marks, self.palette, self.link_params))
            self.figures.clear()

    def _flush(self) -> None:
        self._gather()
        if self.waiting:
            self.pieces.append(Html(shared.together(self.waiting)))
            self.waiting.clear()


def _heading(to: _Planner, block: Heading) -> None:
    to.write(shared.heading(block))


def _text(to: _Planner, block: Text) -> None:
    to.write(shared.text(block, to.marks))


def _notice(to: _Planner, block: Notice) -> None:
    to.write(shared.notice(block))


def _metric(to: _Planner, block: Metric) -> None:
    to.figures.append(block)


def _link(to: _Planner, block: PageLink) -> None:
    if block.form:
        to.write(shared.anchor_alone(block, to.link_params))
        return
    choices = {**block.choices, **to.link_params}
    to.add(Link(block.page, block.text, choices, shared.anchor_alone(block, to.link_params)))


def _chart(to: _Planner, block: Chart) -> None:
    to.write(shared.picture_title(block))
    drawn = block
    if len(block.rows) > MOST_DRAWN["chart"]:
        drawn = replace(block, rows=block.rows.head(MOST_DRAWN["chart"]))
    figure = draw_chart(drawn, to.palette, to.words)
    to.add(Plot(figure, block.alt, to.name(f"chart {block.table.file_name}")))
    to.left_out(MOST_DRAWN["chart"], len(block.rows))
    to.write(shared.picture_line(block, to.marks))
    _rows(to, block.table)


def _map(to: _Planner, block: Map) -> None:
    to.write(shared.picture_title(block))
    groups = map_groups(block, to.palette)
    to.write(shared.legend([(f"color:{colour}", sign, label) for colour, sign, label in groups]))
    most = MOST_DRAWN["map"]
    layers = tuple(replace(layer, rows=layer.rows.head(most)) for layer in block.layers)
    live = LiveMap(replace(block, layers=layers), to.palette, to.words)
    asked = live if _has_ids(block) else None
    name = to.name(f"map {block.table.file_name}")
    to.add(MapView(live.drawing(), MAP_HEIGHT[block.size], block.alt, name, asked, _months(block, to.words)))
    for layer in block.layers:
        to.left_out(most, len(layer.rows))
    signs = [to.words.labelled(sign, label) for _, sign, label in map_signs(block, to.palette, to.words)]
    note = shared.boundary_note(
        to.words.listed([*map_notes(block, to.words), *signs], "space"), f"{to.marks.scope}m{len(to.names)}", to.words
    )
    to.write(shared.picture_line(block, to.marks, note))
    _rows(to, block.table)


def _months(block: Map, words: Words) -> Months | None:
    """Return the words of the slider of months of a map that has one."""
    if not block.month_note:
        return None
    names = tuple(words.term("month", month) for month in range(1, 13))
    labels = (words(f"map.{key}") for key in ("month", "all_months", "play", "stop"))
    label, whole_year, play, stop = labels
    return Months(label, whole_year, names, play, stop, block.month_note)


def _has_ids(block: Map) -> bool:
    """Tell whether the signs of a map can be selected."""
    return any("id" in layer.rows for layer in block.layers)


def _rows(to: _Planner, table: Table) -> None:
    """Add the rows of a picture, to be shown on demand."""
    inner = to.inside()
    _table_body(inner, table, can_be_slide=True)
    to.fold(to.words("common.rows_of", title=table.title), inner)


def _table(to: _Planner, block: Table) -> None:
    to.write(shared.title(block.title))
    _table_body(to, block)


def _table_body(to: _Planner, table: Table, can_be_slide: bool = False) -> None:
    if table.rows.empty:
        to.write(shared.notice(Notice(text=to.words("common.no_rows"), kind="empty")))
        return
    if len(table.rows) <= STATIC_ROWS:
        to.write(shared.static_table(table, to.marks, to.link_params))
    else:
        shown = replace(table, rows=table.rows.head(MOST_ROWS))
        frame = shown_frame(shown, to.words, to.marks.plain(), to.link_params)
        formats = {
            column_title(column): "%d" if column.kind == "year" else "localized"
            for column in table.columns
            if column.kind in NUMBERS
        }
        rows = pa.Table.from_pandas(frame, preserve_index=False)
        to.add(DataTable(rows, formats, linked_columns(shown), table.title, to.name(f"table {table.file_name}")))
    to.left_out(MOST_ROWS, len(table.rows))
    if table in to.files:
        add = adding_address(to.files[table], to.link_params)
        more = shared.story_link(add, table.title, to.words) if can_be_slide else ""
        to.write(shared.download(to.files[table], table.title, to.words, more))


def _entry(to: _Planner, block: Entry) -> None:
    if not block.links and not block.details:
        to.write(shared.entry(block, to.marks))
        return
    inner = to.inside()
    inner.write(shared.entry(block, to.marks) + shared.anchors(block.links, to.link_params))
    if block.details:
        _details(inner, Details(title=to.words("common.more"), blocks=block.details))
    pieces = inner.finish()
    if len(pieces) == 1 and isinstance(pieces[0], Html):
        to.write(shared.box(pieces[0].html))
    else:
        to.add(Box(pieces))


def _side(to: _Planner, block: Side) -> None:
    cells = []
    for cell in block.cells:
        inner = to.inside()
        inner.add_all(cell)
        cells.append(inner.finish())
    to.add(Row(block.weights, tuple(cells)))


def _details(to: _Planner, block: Details) -> None:
    inner = to.inside()
    inner.add_all(block.blocks)
    to.fold(block.title, inner)


def _answer(to: _Planner, block: Answer) -> None:
    to.write(shared.answer(block, to.marks))


def _panel(to: _Planner, block: Panel) -> None:
    to.write(shared.panel(block, to.marks, to.link_params))


def _change(to: _Planner, block: Change) -> None:
    to.write(shared.change(block, to.marks))


def _tabs(to: _Planner, block: Tabs) -> None:
    prefix = f"{to.scope} {block.name}".strip()
    to.add(
        TabSet(
            block.name,
            to.words("common.tabs"),
            {tab.key: tab.title for tab in block.tabs},
            {tab.key: to.later(_scope(prefix, tab.key), tab.blocks) for tab in block.tabs},
        )
    )


def _scope(prefix: str, key: str) -> str:
    """Return the name of a part of a page, such as can stand in an id of HTML."""
    return re.sub(r"[^a-z0-9]+", "-", f"{prefix}-{key}".lower())


def _linked(to: _Planner, block: Linked) -> None:
    picture = to.inside()
    if block.picture is not None:
        picture.add_all((block.picture,))
    items = {
        item.id: ListItem(
            item.id,
            f"{item.sign} {item.title}".strip(),
            item.line,
            to.later(_scope(f"{to.scope} {block.name}".strip(), item.id), item.blocks),
        )
        for item in block.items
    }
    count = to.words.number(len(items), 0)
    to.add(
        LinkedView(
            block.name,
            block.title,
            items,
            picture.finish(),
            block.weights,
            block.first,
            to.words("common.all_items", count=count),
            to.words("common.item_gone"),
            MAP_HEIGHT["tall"],
            to.name(f"linked {block.name}"),
            block.is_over,
        )
    )


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
    Answer: _answer,
    Panel: _panel,
    Change: _change,
    Tabs: _tabs,
    Linked: _linked,
}
