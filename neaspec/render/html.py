"""Pieces of HTML, shared by the screen and the HTML file: what the templates of assets/templates need of each block."""

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote
from zlib import crc32

import pandas as pd
from markupsafe import Markup, escape

from neaspec.blocks import (
    Answer,
    Change,
    Chart,
    Column,
    Entry,
    Heading,
    Map,
    Metric,
    Notice,
    Page,
    PageLink,
    Panel,
    Table,
    Text,
)
from neaspec.palette import Palette
from neaspec.render.cells import NUMBERS, cell_text, column_title, keys_of, link_parts, page_address, taken_address
from neaspec.render.citations import Citations
from neaspec.render.lowered import chip_words
from neaspec.render.source_control import ScreenCitations, source_control
from neaspec.render.sparkline import sparkline_svg, sparkline_words
from neaspec.render.templates import from_template
from neaspec.text import Words, is_empty

LONG_CELL = 60  # characters as HTML writes them (an apostrophe is six); a longer text gets a wider column
LOCATOR = "locator"  # the column that says where in its document a row stands
LONG_VALUE = 24  # letters; a longer value of a figure is set smaller
NOTICE_SIGNS = {"empty": "○", "caution": "▲", "information": "●"}

Attributes = Mapping[str, object]  # further attributes of an element; None = it has not that one
NO_ATTRIBUTES: Attributes = {}


def together(pieces: Iterable[Markup]) -> Markup:
    """Return pieces of HTML after each other."""
    return Markup("").join(pieces)


def cited(
    marks: Citations,
    document_ids: Iterable[str],
    caveat_ids: Iterable[str] = (),
    places: Mapping[str, str] | None = None,
    is_narrow: bool = False,
) -> Markup:
    """Return what a block cites: on the screen as a control, in a file as links to the lists at its end.

    places: document_id -> place in it, where the block states one. is_narrow: the control is the word alone.
    """
    if isinstance(marks, ScreenCitations):
        return source_control(marks, document_ids, caveat_ids, places, is_narrow)
    shown, more = marks.shown(document_ids)
    documents = [
        (marks.numbers[key], marks.grade_mark(key), marks.words("common.source_mark", number=marks.numbers[key]))
        for key in shown
    ]
    caveats = [
        (marks.letters[key], marks.words("common.caveat_mark", letter=marks.letters[key]), marks.names.get(key, ""))
        for key in caveat_ids
        if key in marks.letters
    ]
    if not documents and not caveats and not more:
        return Markup("")
    rest = marks.words("common.more_sources", count=more) if more else ""
    return from_template("links", "citations", documents, rest, caveats)


def anchor(link: PageLink, link_params: Mapping[str, str] | None) -> Markup:
    """Return a link to a page of ours; as plain text where our pages cannot be reached (link_params None)."""
    address = "" if link_params is None else page_address(link.page, {**link.choices, **link_params})
    if link.form and link_params is not None:
        address = taken_address(link.page, link.form, {**link.choices, **link_params})
    return from_template("links", "page_link", link.text, address)


def anchors(links: Iterable[PageLink], link_params: Mapping[str, str]) -> Markup:
    """Return links to pages of ours beside each other; nothing for none."""
    listed = [anchor(link, link_params) for link in links]
    return from_template("links", "page_links", listed) if listed else Markup("")


def anchor_alone(link: PageLink, link_params: Mapping[str, str]) -> Markup:
    """Return a link to a page of ours as a paragraph."""
    return from_template("links", "alone", anchor(link, link_params))


def heading(block: Heading, attributes: Attributes = NO_ATTRIBUTES) -> Markup:
    """Return a heading."""
    return from_template("text", "heading", block, attributes)


def text(block: Text, marks: Citations) -> Markup:
    """Return a paragraph with its marks."""
    return from_template("text", "paragraph", block, cited(marks, block.document_ids, block.caveat_ids))


def notice(block: Notice) -> Markup:
    """Return a sentence that stands out; its kind is told by a shape too."""
    return from_template("text", "notice", block, NOTICE_SIGNS[block.kind])


def metrics(blocks: Sequence[Metric], marks: Citations, palette: Palette, link_params: Mapping[str, str]) -> Markup:
    """Return figures as cards in a grid."""
    return grid([_metric(block, marks, palette, link_params) for block in blocks])


def grid(cards: Sequence[Markup]) -> Markup:
    """Return cards beside each other."""
    return from_template("metric", "metrics", cards)


def _metric(block: Metric, marks: Citations, palette: Palette, link_params: Mapping[str, str]) -> Markup:
    colour = metric_colour(block, palette)
    soft = palette.surface("text_soft")
    trend = sparkline(block.trend, colour, soft)
    lines = [sparkline(points, colour, soft) for points in block.line_trends]
    return metric(block, marks, f"border-top-color:{colour}", trend, link_params, line_trends=lines)


def metric_colour(block: Metric, palette: Palette) -> str:
    """Return the colour of a figure's card."""
    return palette.group("species", block.species_id).colour if block.species_id else palette.surface("accent")


def metric(
    block: Metric,
    marks: Citations,
    style: str,
    trend: Markup,
    link_params: Mapping[str, str] | None,
    line_trends: Sequence[Markup] = (),
) -> Markup:
    """Return one figure as a card with the small line of its trend, or of the trend of each of its lines."""
    is_long = len(block.value) > LONG_VALUE  # figures of several States side by side
    citations = cited(marks, block.document_ids, block.caveat_ids, is_narrow=bool(block.lines))
    link = anchor(block.link, link_params) if block.link else ""
    name, link = (link, "") if block.link and block.link.text == block.label else (block.label, link)
    chips = chip_words(block.chips, marks.words)
    trends = [*line_trends, *[Markup("")] * (len(block.lines) - len(line_trends))]
    lines = [(area, figure, drawn) for (area, figure), drawn in zip(block.lines, trends, strict=True)]
    return from_template("metric", "metric", block, name, lines, chips, is_long, style, trend, citations, link)


def sparkline(trend: Sequence[tuple[float, float]], colour: str, soft: str, look: str = "") -> Markup:
    """Return a small line of figures as a picture inside the page; nothing for fewer than two figures."""
    drawing = sparkline_svg(trend, colour, soft)
    if not drawing:
        return Markup("")
    return from_template("metric", "sparkline", sparkline_words(trend), f"data:image/svg+xml,{quote(drawing)}", look)


def title(text: str) -> Markup:
    """Return the title above a table, or above a picture in a file."""
    return from_template("picture", "title", text, "")


def picture_title(block: Chart | Map) -> Markup:
    """Return the title above a picture; style.css knows by its class which map may be too narrow."""
    look = "nc-wide-chart" if isinstance(block, Chart) and block.kind == "network" else ""
    if isinstance(block, Map) and block.view == "region":
        look = "nc-small-map" if block.size == "small" else "nc-wide-map"
    return from_template("picture", "title", block.title, look)


def picture_line(block: Chart | Map, marks: Citations, more: Markup | str = "") -> Markup:
    """Return the line below a picture: unit · counted · period · what it cites · more."""
    parts = [part for part in (block.unit, block.counted, block.period) if part]
    places = places_in(block.table)
    return from_template("picture", "line", parts, cited(marks, block.document_ids, block.caveat_ids, places), more)


def places_in(table: Table) -> dict[str, str]:
    """Return document_id -> its places named in the rows of a table; nothing where it has no such columns."""
    names = {column.name for column in table.columns}
    documents = [column.name for column in table.columns if column.kind == "documents"]
    if LOCATOR not in names or len(documents) != 1:
        return {}
    places: dict[str, dict[str, None]] = {}
    for keys, place in zip(table.rows[documents[0]].tolist(), table.rows[LOCATOR].tolist(), strict=True):
        for key in keys_of(keys):
            if not is_empty(place):
                places.setdefault(key, {})[str(place)] = None
    return {key: "; ".join(listed) for key, listed in places.items()}


def legend(groups: Sequence[tuple[str, str, str]], look: str = "") -> Markup:
    """Return the legend of a map: style, sign and label of each group; nothing for none."""
    return from_template("picture", "legend", groups, look) if groups else Markup("")


def entry(block: Entry, marks: Citations) -> Markup:
    """Return an item of a list."""
    return from_template("entry", "entry", block, cited(marks, block.document_ids, block.caveat_ids))


def box(content: Markup) -> Markup:
    """Return an item inside a border."""
    return from_template("entry", "box", content)


def fold(title: str, content: Markup) -> Markup:
    """Return HTML shown on demand."""
    return from_template("text", "fold", title, content)


def download(address: str, title: str, words: Words, more: Markup | str = "") -> Markup:
    """Return the link that takes a table away, and what else can be done with it."""
    return from_template("text", "download", address, words("common.download"), title, more)


def story_link(address: str, title: str, words: Words) -> Markup:
    """Return the link that adds a picture to a story."""
    return from_template("links", "story", address, words("common.add_to_story"), title)


def link(value: object, link_params: Mapping[str, str] | None) -> str:
    """Return a cell of a `link` column as a link; as plain text where our pages cannot be reached."""
    shown, target = link_parts(value, link_params or {})
    if not target:
        return ""
    if link_params is None and target.startswith("/"):
        return shown
    return from_template("links", "cell_link", shown, target)


def static_table(
    table: Table, marks: Citations, link_params: Mapping[str, str] | None, has_keys: bool = False, look: str = ""
) -> Markup:
    """Return a table as HTML.

    link_params: choices that links take along; None = our pages cannot be reached. has_keys: numbers and dates tell how
    they are sorted. look: a further class.
    """
    is_screen = isinstance(marks, ScreenCitations)
    shown_columns = [column for column in table.columns if not is_screen or not is_proof(column)]
    head = [(_number_look(column), column_title(column)) for column in shown_columns]
    columns = [
        [
            (*_cell(column, value, marks, link_params), _sort_key(column, value) if has_keys else "")
            for value in table.rows[column.name].tolist()
        ]
        for column in shown_columns
    ]
    if isinstance(marks, ScreenCitations) and len(shown_columns) < len(table.columns):
        head.append(("nc-proof", marks.words("source_control.control_narrow")))
        columns.append([("nc-proof", control, "") for control in row_controls(table, marks)])
    return from_template("table", "table", table.title, head, list(zip(*columns, strict=True)), look)


def is_proof(column: Column) -> bool:
    """Tell whether a column says what a row rests on; on the screen its source control does."""
    return column.kind in ("documents", "caveats") or column.name == LOCATOR


def row_controls(table: Table, marks: ScreenCitations) -> Iterator[Markup]:
    """Give the source control of each row; where there are several columns of documents, it names that of each."""
    columns = {kind: [c.name for c in table.columns if c.kind == kind] for kind in ("documents", "caveats")}
    has_places = any(column.name == LOCATOR for column in table.columns)
    labels = {column.name: column.label for column in table.columns}
    for row in table.rows.to_dict("records"):
        documents, caveats = (
            [key for name in columns[kind] for key in keys_of(row[name])] for kind in ("documents", "caveats")
        )
        places = dict.fromkeys(documents, str(row[LOCATOR])) if has_places and not is_empty(row[LOCATOR]) else {}
        if len(columns["documents"]) > 1 and not has_places:
            named = [(key, labels[name]) for name in columns["documents"] for key in keys_of(row[name])]
            places = {key: "; ".join(label for other, label in named if other == key) for key in documents}
        yield source_control(marks, documents, caveats, places, is_narrow=True)


def _cell(column: Column, value: Any, marks: Citations, link_params: Mapping[str, str] | None) -> tuple[str, str]:
    """Return the class and the content of a cell."""
    if column.kind == "documents":
        return "", cited(marks, keys_of(value))
    if column.kind == "caveats":
        return "", cited(marks, (), keys_of(value))
    if column.kind == "link":
        return "", link(value, link_params)
    shown = cell_text(column, value, marks.words, {})
    is_long = column.kind == "text" and len(html.escape(shown)) > LONG_CELL
    return "nc-long" if is_long else _number_look(column), shown


def _sort_key(column: Column, value: Any) -> str:
    if (column.kind not in NUMBERS and column.kind != "date") or value is None or pd.isna(value) or value == "":
        return ""
    return str(value)[:10] if column.kind == "date" else f"{float(value):.15g}"


def _number_look(column: Column) -> str:
    return "nc-number" if column.kind in NUMBERS else ""


def caveats(page: Page, marks: Citations, words: Words, attributes: Attributes = NO_ATTRIBUTES) -> Markup:
    """Return the list of caveats the page carries."""
    if page.caveats.empty:
        return Markup("")
    rows = [(marks.letters[row["caveat_id"]], row["name"], row["meaning"]) for row in page.caveats.to_dict("records")]
    return from_template("lists", "caveats", words("common.caveats_title"), rows, attributes)


def answer(block: Answer, marks: Citations) -> Markup:
    """Return the sentence that answers a question, its figures bold."""
    return from_template("text", "answer", bold_figures(block.text), cited(marks, block.document_ids, block.caveat_ids))


_FIGURE = re.compile(r"(?<![\w-])(?:[A-Z]{3} )?\d(?:[\d,.–]*\d)?(?![\w-])")
_YEAR = re.compile(r"(?:19|20)\d\d(?:–(?:19|20)?\d\d)?")
_DATE = re.compile(r"\b\d{1,2}(?:–\d{1,2})? [A-Z][a-z]+ (?:19|20)\d\d\b")


def bold_figures(text: str) -> Markup:
    """Return a sentence with its figures bold; years stay as they are."""
    pieces, last = [], 0
    dates = [date.span() for date in _DATE.finditer(text)]
    for figure in _FIGURE.finditer(text):
        if _YEAR.fullmatch(figure[0]) or any(start <= figure.start() < end for start, end in dates):
            continue
        pieces += [escape(text[last : figure.start()]), Markup("<b>{}</b>").format(figure[0])]
        last = figure.end()
    return Markup("").join([*pieces, escape(text[last:])])


def panel(block: Panel, marks: Citations, link_params: Mapping[str, str]) -> Markup:
    """Return the facts of what is selected."""
    places = {key: block.place for key in block.document_ids[:1] if block.place}
    citations = cited(marks, block.document_ids, block.caveat_ids, places)
    links = [anchor(link, link_params) for link in block.links]
    return from_template("panel", "panel", block, chip_words(block.chips, marks.words), citations, links)


def change(block: Change, marks: Citations) -> Markup:
    """Return what was stated before and what is stated now; its parts open on demand."""
    parts = [change(part, marks) for part in block.parts]
    title = marks.words("common.parts", count=len(parts)) if parts else ""
    kind = marks.words.term("change", block.kind)
    return from_template(
        "panel", "change", block, kind, cited(marks, block.document_ids, block.caveat_ids), title, parts
    )


def boundary_note(text: str, scope: str, words: Words) -> Markup:
    """Return the control that opens the notes on a map's boundaries."""
    name = f"nc-{scope}-{crc32(text.encode()):08x}"
    content = from_template("text", "plain", text)
    return from_template("source", "over", name, words("source_control.boundary"), "nc-src", content)
