"""What of a page is no table, as rows of a spreadsheet in reading order."""

from collections.abc import Iterator

from neaspec.blocks import Block, Chart, Details, Entry, Heading, Map, Metric, Notice, PageLink, Table, Text, walk
from neaspec.render.cells import page_address
from neaspec.render.citations import Citations
from neaspec.render.document import Document, below, naming
from neaspec.render.maps.legend import map_notes

# What, text, value, unit, what was counted, period, status and tags, facts, sources and caveats.
Row = tuple[str, str, str, str, str, str, str, str, str]


def text_rows(document: Document, marks: Citations) -> Iterator[Row]:
    """Give the rows of the tab for text."""
    for block in walk(document.page.blocks):
        with naming("Excel", block):
            rows = list(_rows(block, document, marks))
        yield from rows


def _row(what: str, text: str, marks: str = "", **more: str) -> Row:
    names = ("value", "unit", "counted", "period", "status", "facts")
    value, unit, counted, period, status, facts = (more.get(name, "") for name in names)
    return what, text, value, unit, counted, period, status, facts, marks


def _rows(block: Block, document: Document, marks: Citations) -> Iterator[Row]:
    words = document.words
    if isinstance(block, Heading):
        yield _row(words("take.kind_heading"), block.text)
    elif isinstance(block, Text):
        yield _row(words("take.kind_text"), block.text, marks.text(block.document_ids, block.caveat_ids))
    elif isinstance(block, Notice):
        yield _row(words("take.kind_notice"), block.text)
    elif isinstance(block, PageLink):
        yield _link(block, document)
    elif isinstance(block, Metric):
        trend = ", ".join(f"{year:g}: {words.number(figure)}" for year, figure in sorted(block.trend))
        yield _row(
            words("take.kind_metric"),
            block.label,
            marks.text(block.document_ids, block.caveat_ids),
            value=block.value,
            unit=block.unit,
            counted=block.counted,
            period=block.period,
            status=block.status,
            facts=words("take.trend", figures=trend) if len(block.trend) > 1 else "",
        )
        if block.link:
            yield _link(block.link, document)
    elif isinstance(block, Entry):
        yield _row(
            words("take.kind_entry"),
            "\n".join(text for text in (block.title, block.text) if text),
            marks.text(block.document_ids, block.caveat_ids),
            status=" · ".join(tag for tag in block.tags if tag),
            facts="\n".join(f"{label}: {value}" for label, value in block.facts if value),
        )
        for link in block.links:
            yield _link(link, document)
    elif isinstance(block, Details):
        yield _row(words("take.kind_details"), block.title)
    elif isinstance(block, Chart | Map):
        kind = words("take.kind_chart" if isinstance(block, Chart) else "take.kind_map")
        yield _row(kind, f"{block.title}\n{block.alt}", below(block, marks))
        if isinstance(block, Map):
            for note in map_notes(block, words, is_still=True):
                yield _row(words("take.kind_text"), note)
    elif isinstance(block, Table):
        yield _row(words("take.kind_table"), block.title)


def _link(link: PageLink, document: Document) -> Row:
    address = page_address(link.page, dict(link.choices))
    return _row(document.words("take.kind_link"), f"{link.text}: {address}")
