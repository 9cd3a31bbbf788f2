"""Pieces of HTML, shared by the screen and the HTML file: what the templates of assets/templates need of each block."""

import html
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

import pandas as pd
from markupsafe import Markup

from neaspec.blocks import Chart, Column, Entry, Heading, Map, Metric, Notice, Page, PageLink, Table, Text
from neaspec.palette import Palette
from neaspec.render.cells import NUMBERS, cell_text, column_title, keys_of, link_parts, page_address
from neaspec.render.citations import Citations, grade_name
from neaspec.render.sparkline import sparkline_svg, sparkline_words
from neaspec.render.templates import from_template
from neaspec.text import Words

MOST_SOURCES = 200  # listed at the end of a page
LONG_CELL = 60  # characters as HTML writes them (an apostrophe is six); a longer text gets a wider column
LONG_VALUE = 24  # letters; a longer value of a figure is set smaller
NOTICE_SIGNS = {"empty": "○", "caution": "▲", "information": "●"}

Attributes = Mapping[str, object]  # further attributes of an element; None = it has not that one
NO_ATTRIBUTES: Attributes = {}


def together(pieces: Iterable[Markup]) -> Markup:
    """Return pieces of HTML after each other."""
    return Markup("").join(pieces)


def cited(marks: Citations, document_ids: Iterable[str], caveat_ids: Iterable[str] = ()) -> Markup:
    """Return the marks of what a block cites as links to the lists at the end of the page."""
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
    trend = sparkline(block.trend, colour, palette.surface("text_soft"))
    return metric(block, marks, f"border-top-color:{colour}", trend, link_params)


def metric_colour(block: Metric, palette: Palette) -> str:
    """Return the colour of a figure's card."""
    return palette.group("species", block.species_id).colour if block.species_id else palette.surface("accent")


def metric(
    block: Metric,
    marks: Citations,
    style: str,
    trend: Markup,
    link_params: Mapping[str, str] | None,
    attributes: Attributes = NO_ATTRIBUTES,
) -> Markup:
    """Return one figure as a card with the small line of its trend."""
    is_long = len(block.value) > LONG_VALUE  # figures of several States side by side
    citations = cited(marks, block.document_ids, block.caveat_ids)
    link = anchor(block.link, link_params) if block.link else ""
    return from_template("metric", "metric", block, is_long, style, trend, citations, link, attributes)


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
    look = ""
    if isinstance(block, Map) and block.view == "region":
        look = "nc-small-map" if block.size == "small" else "nc-wide-map"
    return from_template("picture", "title", block.title, look)


def picture_line(block: Chart | Map, marks: Citations) -> Markup:
    """Return the line below a picture: unit · counted · period · source marks · caveat marks."""
    parts = [part for part in (block.unit, block.counted, block.period) if part]
    return from_template("picture", "line", parts, cited(marks, block.document_ids, block.caveat_ids))


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


def download(address: str, title: str, words: Words) -> Markup:
    """Return the link that takes a table away."""
    return from_template("text", "download", address, words("common.download"), title)


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
    head = [(_number_look(column), column_title(column)) for column in table.columns]
    columns = [
        [
            (*_cell(column, value, marks, link_params), _sort_key(column, value) if has_keys else "")
            for value in table.rows[column.name].tolist()
        ]
        for column in table.columns
    ]
    return from_template("table", "table", table.title, head, list(zip(*columns, strict=True)), look)


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


def sources(page: Page, words: Words, link_params: Mapping[str, str]) -> Markup:
    """Return the numbered list of documents, each with a link to its entry on the Sources page."""
    if page.sources.empty:
        return Markup("")
    rows = [
        {
            "number": row["number"],
            "address": page_address("sources", {"document": row["document_id"], **link_params}),
            "title": row["title"],
            "publisher": row["publisher"],
            "published": words.date(row["published_date"]) or words("common.source_undated"),
            "grade": row["grade"],
            "grade_name": grade_name(row["grade"], words),
        }
        for row in page.sources.head(MOST_SOURCES).to_dict("records")
    ]
    more = len(page.sources) - MOST_SOURCES
    rest = words("common.more_documents", count=words.number(more, 0)) if more > 0 else ""
    return from_template("lists", "sources", words("common.sources_title"), rows, rest)


def caveats(page: Page, marks: Citations, words: Words, attributes: Attributes = NO_ATTRIBUTES) -> Markup:
    """Return the list of caveats the page carries."""
    if page.caveats.empty:
        return Markup("")
    rows = [(marks.letters[row["caveat_id"]], row["name"], row["meaning"]) for row in page.caveats.to_dict("records")]
    return from_template("lists", "caveats", words("common.caveats_title"), rows, attributes)
