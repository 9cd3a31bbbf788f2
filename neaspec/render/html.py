"""Pieces of HTML for the screen. Every text goes through `escape`: what the data say is never markup."""

import html
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

import pandas as pd

from neaspec.blocks import Chart, Column, Entry, Heading, Map, Metric, Notice, Page, PageLink, Table, Text
from neaspec.palette import Palette
from neaspec.render.cells import NUMBERS, cell_text, column_title, keys_of, link_parts, page_address
from neaspec.render.citations import Citations, grade_name
from neaspec.render.sparkline import sparkline_svg, sparkline_words
from neaspec.text import Words

MOST_SOURCES = 200  # listed at the end of a page
LONG_CELL = 60  # characters; a longer text gets a wider column
LONG_VALUE = 24  # letters; a longer value of a figure is set smaller


def escape(text: str) -> str:
    """Return a text as HTML that shows it as it is written."""
    return html.escape(text)


def cited(marks: Citations, document_ids: Iterable[str], caveat_ids: Iterable[str] = ()) -> str:
    """Return the marks of what a block cites as links to the lists at the end of the page."""
    parts = []
    shown, more = marks.shown(document_ids)
    for key in shown:
        number = marks.numbers[key]
        grade = escape(marks.grade_mark(key))
        name = escape(marks.words("common.source_mark", number=number))
        parts.append(f'<a class="nc-mark" href="#source-{number}" aria-label="{name}{grade}">[{number}{grade}]</a>')
    if more:
        parts.append(escape(marks.words("common.more_sources", count=more)))
    for key in caveat_ids:
        if key in marks.letters:
            letter = marks.letters[key]
            title = escape(marks.names.get(key, ""))
            label = escape(marks.words("common.caveat_mark", letter=letter))
            parts.append(
                f'<sup><a class="nc-mark nc-caveat" href="#caveat-{letter}" title="{title}" '
                f'aria-label="{label}: {title}">{letter}</a></sup>'
            )
    return " ".join(parts)


def anchor(link: PageLink, link_params: Mapping[str, str] | None) -> str:
    """Return a link to a page of ours; as plain text where our pages cannot be reached (carried None)."""
    if link_params is None:
        return f'<span class="nc-link">{escape(link.text)}</span>'
    target = escape(page_address(link.page, {**link.choices, **link_params}))
    return f'<a class="nc-link" target="_self" href="{target}">{escape(link.text)}</a>'


def heading(block: Heading) -> str:
    """Return a heading."""
    return f"<h{block.level}>{escape(block.text)}</h{block.level}>"


def text(block: Text, marks: Citations) -> str:
    """Return a paragraph with its marks."""
    marked = cited(marks, block.document_ids, block.caveat_ids)
    return f'<p class="nc-{block.style}">{escape(block.text)} {marked}</p>'


def notice(block: Notice) -> str:
    """Return a sentence that stands out; its kind is told by a shape too."""
    sign = {"empty": "○", "caution": "▲", "information": "●"}[block.kind]
    return f'<p class="nc-notice nc-{block.kind}"><span aria-hidden="true">{sign}</span> {escape(block.text)}</p>'


def metrics(blocks: Sequence[Metric], marks: Citations, palette: Palette, link_params: Mapping[str, str]) -> str:
    """Return figures as cards in a grid."""
    return (
        '<div class="nc-metrics">' + "".join(_metric(block, marks, palette, link_params) for block in blocks) + "</div>"
    )


def _metric(block: Metric, marks: Citations, palette: Palette, link_params: Mapping[str, str]) -> str:
    colour = metric_colour(block, palette)
    trend = sparkline(block.trend, colour, palette.surface("text_soft"))
    return metric(block, marks, f"border-top-color:{colour}", trend, link_params)


def metric_colour(block: Metric, palette: Palette) -> str:
    """Return the colour of a figure's card."""
    return palette.group("species", block.species_id).colour if block.species_id else palette.surface("accent")


def metric(
    block: Metric, marks: Citations, style: str, trend: str, link_params: Mapping[str, str] | None, more: str = ""
) -> str:
    """Return one figure as a card; style, the small line and further attributes are HTML already."""
    long = " nc-long" if len(block.value) > LONG_VALUE else ""  # figures of several States side by side
    value = f'<span class="nc-value{long}">{escape(block.value)}</span>'
    unit = f' <span class="nc-unit">{escape(block.unit)}</span>' if block.unit else ""
    below = " · ".join(escape(part) for part in (block.counted, block.period) if part)
    status = f'<p class="nc-status">{escape(block.status)}</p>' if block.status else ""
    link = f"<p>{anchor(block.link, link_params)}</p>" if block.link else ""
    return (
        f'<div class="nc-metric" style="{style}"{more}><p class="nc-label">{escape(block.label)}</p>'
        f'<div class="nc-figure"><p>{value}{unit}</p>{trend}</div>'
        f'<p class="nc-below">{below} {cited(marks, block.document_ids, block.caveat_ids)}</p>{status}{link}</div>'
    )


def sparkline(trend: Sequence[tuple[float, float]], colour: str, soft: str) -> str:
    """Return a small line of figures as a picture inside the page: Streamlit takes drawings out of HTML."""
    drawing = sparkline_svg(trend, colour, soft)
    if not drawing:
        return ""
    title, source = sparkline_words(trend), f"data:image/svg+xml,{quote(drawing)}"
    return f'<img class="nc-trend" width="90" height="46" alt="{escape(title)}" src="{source}">'


def picture_title(block: Chart | Map) -> str:
    """Return the title above a picture; style.css knows by its class which map may be too narrow."""
    look = ""
    if isinstance(block, Map) and block.view == "region":
        look = " nc-small-map" if block.size == "small" else " nc-wide-map"
    return f'<p class="nc-picture{look}">{escape(block.title)}</p>'


def picture_line(block: Chart | Map, marks: Citations) -> str:
    """Return the line below a picture: unit · counted · period · source marks · caveat marks."""
    parts = [escape(part) for part in (block.unit, block.counted, block.period) if part]
    parts.append(cited(marks, block.document_ids, block.caveat_ids))
    return f'<p class="nc-below">{" · ".join(part for part in parts if part)}</p>'


def legend(groups: Sequence[tuple[str, str, str]]) -> str:
    """Return the legend of a map: colour, sign and label of each group."""
    items = "".join(
        f'<span><span style="color:{colour}" aria-hidden="true">{escape(sign)}</span> {escape(label)}</span>'
        for colour, sign, label in groups
    )
    return f'<p class="nc-legend">{items}</p>' if groups else ""


def entry(block: Entry, marks: Citations) -> str:
    """Return an item of a list."""
    tags = "".join(f'<span class="nc-tag">{escape(tag)}</span>' for tag in block.tags if tag)
    facts = "".join(f"<dt>{escape(label)}</dt><dd>{escape(value)}</dd>" for label, value in block.facts if value)
    body = f"<p>{escape(block.text)}</p>" if block.text else ""
    listed = f"<dl>{facts}</dl>" if facts else ""
    marked = cited(marks, block.document_ids, block.caveat_ids)
    return (
        f'<div class="nc-entry"><p class="nc-tags">{tags}</p><p class="nc-entry-title">{escape(block.title)} '
        f"{marked}</p>{body}{listed}</div>"
    )


def fold(title: str, inside: str) -> str:
    """Return HTML shown on demand."""
    return f'<details class="nc-fold"><summary>{escape(title)}</summary>{inside}</details>'


def download(address: str, title: str, words: Words) -> str:
    """Return the link that takes a table away."""
    said = escape(words("common.download"))
    return (
        f'<p class="nc-download"><a download target="_self" href="{escape(address)}" '
        f'aria-label="{said}: {escape(title)}">{said}</a></p>'
    )


def link(value: object, link_params: Mapping[str, str] | None) -> str:
    """Return a cell of a `link` column as a link; another site opens beside ours and learns nothing of us."""
    shown, target = (escape(part) for part in link_parts(value, link_params or {}))
    if not target:
        return ""
    if link_params is None and target.startswith("/"):
        return shown
    where = 'target="_self"' if target.startswith("/") else 'target="_blank" rel="noopener noreferrer"'
    return f'<a {where} href="{target}">{shown}</a>'


def static_table(table: Table, marks: Citations, link_params: Mapping[str, str] | None, has_keys: bool = False) -> str:
    """Return a table as HTML; it scrolls sideways inside its own frame on a phone.

    carried: choices that links take along; None = our pages cannot be reached. has_keys: numbers and dates tell how
    they are sorted.
    """
    plain = marks.plain()
    head = "".join(
        f'<th scope="col"{_align(column.kind)}>{escape(column_title(column))}</th>' for column in table.columns
    )
    body = []
    for values in zip(*(table.rows[column.name].tolist() for column in table.columns), strict=True):
        cells = []
        for column, value in zip(table.columns, values, strict=True):
            if column.kind in ("documents", "caveats"):
                keys = keys_of(value)
                shown = cited(marks, keys) if column.kind == "documents" else cited(marks, (), keys)
            elif column.kind == "link":
                shown = link(value, link_params)
            else:
                shown = escape(cell_text(column, value, marks.words, plain))
            is_long = column.kind == "text" and len(shown) > LONG_CELL
            look = ' class="nc-long"' if is_long else _align(column.kind)
            cells.append(f"<td{look}{_sort_key(column, value) if has_keys else ''}>{shown}</td>")
        body.append(f"<tr>{''.join(cells)}</tr>")
    name = escape(table.title)
    return (
        f'<div class="nc-table" role="region" aria-label="{name}" tabindex="0"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(body)}</tbody></table></div>"
    )


def _sort_key(column: Column, value: Any) -> str:
    if (column.kind not in NUMBERS and column.kind != "date") or value is None or pd.isna(value) or value == "":
        return ""
    key = str(value)[:10] if column.kind == "date" else f"{float(value):.15g}"
    return f' data-sort="{escape(key)}"'


def _align(kind: str) -> str:
    return ' class="nc-number"' if kind in NUMBERS else ""


def sources(page: Page, words: Words, link_params: Mapping[str, str]) -> str:
    """Return the numbered list of documents, each with a link to its entry on the Sources page."""
    if page.sources.empty:
        return ""
    rows = []
    for row in page.sources.head(MOST_SOURCES).to_dict("records"):
        when = words.date(row["published_date"]) or words("common.source_undated")
        grade = grade_name(row["grade"], words)
        link = page_address("sources", {"document": row["document_id"], **link_params})
        shown = " · ".join(escape(str(part)) for part in (row["publisher"], when))
        rows.append(
            f'<li id="source-{row["number"]}" value="{row["number"]}"><a target="_self" href="{escape(link)}">'
            f"{escape(str(row['title']))}</a> · {shown} · "
            f'<span class="nc-grade nc-{row["grade"]}">{escape(grade)}</span></li>'
        )
    title = escape(words("common.sources_title"))
    more = len(page.sources) - MOST_SOURCES
    rest = f"<p>{escape(words('common.more_documents', count=words.number(more, 0)))}</p>" if more > 0 else ""
    return f'<section class="nc-sources"><h2>{title}</h2><ol>{"".join(rows)}</ol>{rest}</section>'


def caveats(page: Page, marks: Citations, words: Words) -> str:
    """Return the list of caveats the page carries."""
    if page.caveats.empty:
        return ""
    rows = "".join(
        f'<li id="caveat-{marks.letters[row["caveat_id"]]}"><b>{marks.letters[row["caveat_id"]]}</b> '
        f"{escape(str(row['name']))}: {escape(str(row['meaning']))}</li>"
        for row in page.caveats.to_dict("records")
    )
    return f'<section class="nc-sources"><h2>{escape(words("common.caveats_title"))}</h2><ul>{rows}</ul></section>'
