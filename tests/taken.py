"""What the tests of slides and workbooks share: documents, hostile text, and what every output must hold."""

import io
import struct
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from importlib import import_module

import pandas as pd

from neaspec.addresses import choices_from
from neaspec.blocks import Chart, Column, Entry, Map, Metric, Notice, Page, Points, Table, Text, walk
from neaspec.palette import make_palette
from neaspec.queries import Ask
from neaspec.render.document import Document, below, table_texts
from neaspec.render.fixed_zip import plain_text
from neaspec.render.marks import Marks
from neaspec.text import Words
from tests.demo_page import bars_chart, demo_page, demo_palette

REAL = [
    ("country", {"country_code": "MNG"}),
    ("species", {"species_id": "amur_leopard"}),
    ("movements", {}),
    ("issues", {}),
    ("changes", {}),
]
HOSTILE = [
    "x" * 300,
    "A long sentence with many words. " * 40,
    "=cmd|' /C calc'!A0",
    "<b>&amp; bold</b> & #set ]]> {y} {{z}} %s",
    "سور الصين العظيم و الحياة البرية",
    "שלום עולם",
    "control \x00\x01\x0b\x1f\ufffe characters",
    "line one\nline two",
    "@SUM(1)+1",
    "https://example.org/?a=1&b=<x>",
]


def document_of(page: Page, words: Words, palette=None) -> Document:
    return Document(
        page=page,
        kind="Country brief",
        choices=(("Country", "Mongolia"), ("As known at", "Today")),
        data_date=date(2026, 11, 20),
        version="abcdef12",
        address="/country?country=MNG",
        notes=("Boundaries do not imply endorsement.",),
        palette=palette or demo_palette(),
        words=words,
    )


def demo_map() -> Map:
    rows = pd.DataFrame(
        {"latitude": [47.0], "longitude": [104.0], "name": ["A park"], "tooltip": ["A park"], "area": [12.5]}
    )
    table = Table(
        title="Rows of the map",
        columns=(Column(name="name", label="Name"), Column(name="area", label="Area", kind="number", unit="ha")),
        rows=rows,
        file_name="map",
    )
    return Map(
        title="Where is the park?",
        layers=(Points(rows=rows),),
        alt="A made-up map with one park.",
        table=table,
        unit="parks",
        document_ids=("paper",),
    )


def demo_document(words: Words) -> Document:
    page = demo_page()
    return document_of(replace(page, blocks=(*page.blocks, demo_map())), words)


def real_document(connection, ask, words: Words, name: str, given: dict[str, str]) -> Document:
    section = import_module(f"neaspec.sections.{name}")
    page = section.page(Ask(connection, None, ask.version), words, choices_from(name, given))
    return document_of(page, words, make_palette(ask("species_styles"), False))


def hostile_document(words: Words) -> Document:
    """Return a page that says every hostile text in every place."""
    blocks: list = []
    for text in HOSTILE:
        rows = pd.DataFrame({"name": [text], "value": [1.0], "more": [text]})
        table = Table(
            title=text,
            columns=(
                Column(name="name", label=text),
                Column(name="value", label="Value", kind="number", unit=text),
                Column(name="more", label="More"),
            ),
            rows=rows,
            file_name=text,
        )
        chart = bars_chart()
        drawn = pd.DataFrame({"site": [text, "other"], "value": [3, 4]})
        blocks += [
            Text(text=text),
            Notice(text=text, kind="caution"),
            Metric(label=text, value=text[:40], unit=text[:60], counted=text, period=text[:30], status=text),
            Entry(title=text, text=text, tags=(text,), facts=((text, text),)),
            table,
            replace(
                chart,
                title=text,
                rows=drawn,
                roles={"category": "site", "value": "value"},
                value_title=text,
                category_title=text,
                alt=text,
                table=table,
            ),
        ]
    page = replace(demo_page(), title=HOSTILE[1], lead=" ".join(HOSTILE[2:]), blocks=tuple(blocks))
    made = document_of(page, words)
    return replace(made, kind=HOSTILE[3], notes=tuple(HOSTILE), choices=tuple((text, text) for text in HOSTILE))


def png(block: Map, document: Document, width_in: float, height_in: float, dpi: int) -> bytes:
    """Draw nothing, in the size that is asked for."""
    width, height = round(width_in * dpi), round(height_in * dpi)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\x00" + b"\xee" * width for _ in range(height)), 1)
    physical = chunk(b"pHYs", struct.pack(">IIB", round(dpi / 0.0254), round(dpi / 0.0254), 1))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + physical + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def flat(text: object) -> str:
    """Return a text in which only what can be read counts, not how it is broken into lines."""
    return " ".join(plain_text(text).split())


def said(document: Document, most_rows: int) -> Iterator[str]:
    """Give every text, figure, unit, mark and caveat an output of a page must hold."""
    marks: Marks = document.marks()
    yield from (document.kind, document.page.title, document.page.lead, *document.notes)
    yield from (part for fact in document.facts() for part in fact)
    for block in walk(document.page.blocks):
        yield from (getattr(block, name, "") for name in ("text", "title", "label", "alt"))
        if isinstance(block, Text | Entry):
            yield marks.text(block.document_ids, block.caveat_ids)
        if isinstance(block, Entry):
            yield from block.tags
            yield from (part for label, value in block.facts if value for part in (label, value))
        if isinstance(block, Metric):
            yield from (block.value, block.unit, block.counted, block.period, block.status)
            yield marks.text(block.document_ids, block.caveat_ids)
        if isinstance(block, Chart | Map):
            yield below(block, marks)
        if isinstance(block, Table):
            cells = list(table_texts(block, marks))[:most_rows]
            filled = {index for row in cells for index, cell in enumerate(row) if cell}
            yield from (block.columns[index].label for index in filled)
            yield from (cell for row in cells for cell in row)
    for row in document.page.sources.to_dict("records"):
        yield from (row["title"], row["publisher"])
    for row in document.page.caveats.to_dict("records"):
        yield from (row["name"], row["meaning"])


def same_twice(make, document: Document) -> bytes:
    first, second = make(document), make(document)
    assert first == second
    return first


def stream(data: bytes) -> io.BytesIO:
    return io.BytesIO(data)
