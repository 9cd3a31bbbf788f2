"""Show a page on the screen. The only renderer that knows Streamlit."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import streamlit as st
from streamlit.errors import StreamlitAPIException

from neaspec.blocks import (
    Block,
    Chart,
    Details,
    Entry,
    Heading,
    Map,
    Metric,
    Notice,
    Page,
    PageLink,
    Side,
    Table,
    Text,
)
from neaspec.palette import Palette
from neaspec.render import screen_html as made
from neaspec.render.charts import CONFIG, draw_chart
from neaspec.render.screen_tables import NUMBERS, column_title, shown_frame, table_csv
from neaspec.text import Words

STATIC_ROWS = 25  # longer tables scroll in a frame of their own and can be sorted
FRAME_HEIGHT = 520
MAP_HEIGHT = {"full": 520, "small": 330}
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&^=\"'])")


def plain(text: str) -> str:
    """Escape a text for the places where Streamlit reads markdown: labels, titles, messages."""
    return _MARKDOWN.sub(r"\\\1", text.replace("\n", " "))


@dataclass
class _Screen:
    """What is shown on, with the pieces of HTML that wait to be sent together."""

    marks: made.Marks
    palette: Palette
    words: Words
    carried: Mapping[str, str]
    waiting: list[str] = field(default_factory=list)
    figures: list[Metric] = field(default_factory=list)
    names: set[str] = field(default_factory=set)

    def write(self, html: str) -> None:
        """Add a piece of HTML; pieces that follow each other are sent as one element."""
        self._gather()
        self.waiting.append(html)

    def flush(self) -> None:
        """Send what waits."""
        self._gather()
        if self.waiting:
            st.html("".join(self.waiting))
            self.waiting.clear()

    def name(self, wanted: str) -> str:
        """Return a name for a widget that no other on this page has."""
        name, number = wanted, 1
        while name in self.names:
            number += 1
            name = f"{wanted} {number}"
        self.names.add(name)
        return name

    def _gather(self) -> None:
        if self.figures:
            self.waiting.append(made.metrics(self.figures, self.marks, self.palette, self.carried))
            self.figures.clear()


def show(page: Page, palette: Palette, words: Words, carried: Mapping[str, str] | None = None) -> None:
    """Show a page below its title: blocks, caveats, sources.

    Args:
        page: what a section composed.
        palette: the colours for the reader's background.
        words: the wording.
        carried: choices that links to other pages take along.
    """
    screen = _Screen(made.make_marks(page, words), palette, words, carried or {})
    _show_all(screen, page.blocks)
    screen.write(made.caveats(page, screen.marks, words))
    screen.write(made.sources(page, words, screen.carried))
    screen.flush()


def show_title(page: Page, notes: Sequence[str] = ()) -> None:
    """Show the question a page answers, the sentence with its main figure, and what must be said before all else."""
    said = "".join(made.notice(Notice(text=note)) for note in notes)
    st.html(f'<h1>{made.escape(page.title)}</h1><p class="nc-lead">{made.escape(page.lead)}</p>{said}')


def _show_all(screen: _Screen, blocks: tuple[Block, ...]) -> None:
    for block in blocks:
        _SHOW[type(block)](screen, block)


def _show_heading(screen: _Screen, block: Heading) -> None:
    screen.write(made.heading(block))


def _show_text(screen: _Screen, block: Text) -> None:
    screen.write(made.text(block, screen.marks))


def _show_notice(screen: _Screen, block: Notice) -> None:
    screen.write(made.notice(block))


def _show_metric(screen: _Screen, block: Metric) -> None:
    screen.figures.append(block)


def _show_link(screen: _Screen, block: PageLink) -> None:
    screen.flush()
    target = f"pages/{block.page}.py"
    try:
        st.page_link(target, label=plain(block.text), query_params={**block.choices, **screen.carried})
    except (StreamlitAPIException, KeyError):  # shown outside the front door
        screen.write(f"<p>{made.anchor(block, screen.carried)}</p>")


def _show_chart(screen: _Screen, block: Chart) -> None:
    screen.write(made.picture_title(block))
    screen.flush()
    figure = draw_chart(block, screen.palette, screen.words)
    st.plotly_chart(figure, theme=None, config=CONFIG, alt=block.alt, key=screen.name(f"chart {block.table.file_name}"))
    screen.write(made.picture_line(block, screen.marks))
    _show_rows(screen, block.table)


def _show_map(screen: _Screen, block: Map) -> None:
    from neaspec.render.maps import draw_map, map_legend, map_notes

    screen.write(made.picture_title(block) + made.legend(map_legend(block, screen.palette, screen.words)))
    screen.flush()
    drawn = draw_map(block, screen.palette, screen.words)
    st.pydeck_chart(
        drawn, height=MAP_HEIGHT[block.size], alt=block.alt, key=screen.name(f"map {block.table.file_name}")
    )
    screen.write(made.picture_line(block, screen.marks))
    for note in map_notes(block, screen.words):
        screen.write(made.text(Text(text=note, style="note"), screen.marks))
    _show_rows(screen, block.table)


def _show_rows(screen: _Screen, table: Table) -> None:
    """Show the rows of a picture on demand."""
    screen.flush()
    with st.expander(plain(f"{screen.words('common.rows_title')}: {table.title}")):
        _show_table_body(screen, table)


def _show_table(screen: _Screen, block: Table) -> None:
    screen.write(f'<p class="nc-picture">{made.escape(block.title)}</p>')
    _show_table_body(screen, block)


def _show_table_body(screen: _Screen, table: Table) -> None:
    if table.rows.empty:
        screen.write(made.notice(Notice(text=screen.words("common.no_rows"), kind="empty")))
        screen.flush()
        return
    if len(table.rows) <= STATIC_ROWS:
        screen.write(made.static_table(table, screen.marks))
        screen.flush()
    else:
        screen.flush()
        config = {
            column_title(column): st.column_config.NumberColumn(format="%d" if column.kind == "year" else "localized")
            for column in table.columns
            if column.kind in NUMBERS
        }
        st.dataframe(
            shown_frame(table, screen.words, screen.marks.plain()),
            hide_index=True,
            placeholder="",
            column_config=config,
            height=FRAME_HEIGHT,
            alt=table.title,
            key=screen.name(f"table {table.file_name}"),
        )
    st.download_button(
        plain(screen.words("common.download")),
        partial(table_csv, table),
        file_name=f"{table.file_name}.csv",
        mime="text/csv",
        on_click="ignore",
        key=screen.name(f"download {table.file_name}"),
    )


def _show_entry(screen: _Screen, block: Entry) -> None:
    if not block.links and not block.details:
        screen.write(made.entry(block, screen.marks))
        return
    screen.flush()
    with st.container(border=True):
        screen.write(made.entry(block, screen.marks))
        if block.links:
            links = " · ".join(made.anchor(link, screen.carried) for link in block.links)
            screen.write(f'<p class="nc-links">{links}</p>')
        screen.flush()
        if block.details:
            _show_details(screen, Details(title=screen.words("common.more"), blocks=block.details))


def _show_side(screen: _Screen, block: Side) -> None:
    screen.flush()
    for place, cell in zip(st.columns(list(block.weights), gap="medium"), block.cells, strict=True):
        with place:
            _show_all(screen, cell)
            screen.flush()


def _show_details(screen: _Screen, block: Details) -> None:
    screen.flush()
    with st.expander(plain(block.title)):
        _show_all(screen, block.blocks)
        screen.flush()


_SHOW: dict[type, Callable[..., None]] = {
    Heading: _show_heading,
    Text: _show_text,
    Notice: _show_notice,
    Metric: _show_metric,
    PageLink: _show_link,
    Chart: _show_chart,
    Map: _show_map,
    Table: _show_table,
    Entry: _show_entry,
    Side: _show_side,
    Details: _show_details,
}
