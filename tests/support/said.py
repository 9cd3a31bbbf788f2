"""What a document says: every text that each output must hold, and documents to try outputs on."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache

import pandas as pd

from neaspec.blocks import (
    Block,
    Chart,
    Column,
    Details,
    Entry,
    Heading,
    Map,
    Metric,
    Notice,
    Page,
    Points,
    Table,
    Text,
    walk,
)
from neaspec.briefs.documents import make_document
from neaspec.briefs.papers import paper_document
from neaspec.briefs.presented import presented_page
from neaspec.render.cells import column_title
from neaspec.render.document import Document, short_source_line, source_line, table_texts
from neaspec.render.lowered import lowered
from neaspec.text import load_words
from neaspec.urls import choices_from
from neaspec.web.page_cache import composed_page, newest_ask
from tests.support import demo_page as demo

WORDS = load_words("en")
_UNSEEN = re.compile(r"[\s\u200b\u00ad\u2010\u202f,·-]+")
# Text that tries to be something else: markup of every output, formulas, right to left, control characters, length.
HOSTILE = (
    '=cmd|"/c calc"!A1',
    "#set page(width: 1pt) $x$ *bold* _it_ `raw` @ref <label> \\u{41}",
    '<script>alert("x")</script> & <b>b</b> ]]> <!-- --> </script> {{x}}',
    "+1 -1 @x",
    "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 \u202eright to left",
    "control \x00\x01\x07\x0b\x1f\ufffe characters",
    "long " + "transboundary " * 22 + "unbroken" * 12,
    "x" * 300,
    "A long sentence with many words. " * 40,
    "line one\nline two",
    "https://example.org/?a=1&b=<x>",
)
# Pages that have, together, every kind of block.
REAL = [
    ("country", {"country_code": "MNG"}),
    ("species", {"species_id": "amur_leopard"}),
    ("movements", {}),
    ("issues", {}),
    ("changes", {}),
    ("briefs", {"kind": "som"}),
]
# The names of the region in the six languages that are written there.
NAMES = {
    "zh": "东北虎豹国家公园、黑龙江、吉林珲春",
    "ja": "出水平野のマナヅルとナベヅル、鹿児島県",
    "ko": "두루미와 저어새, 철원 평야, 비무장지대",
    "mn": "Цоохор ирвэс, Өвөрхангай, Үүрэг нуур, ҮӨ үө",
    "ru": "Амурский тигр, Земля леопарда, Ёж ё № 1",
    "en": "Tumen River, Hanka/Xingkai, “figure” – 4 °C ≥ 3 → 2 × 1",
}


def squeezed(text: str) -> str:
    """Return a text without what a layout may change: spaces, line ends, hyphens, commas, invisible signs."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\u202e\ufffe]", "", _UNSEEN.sub("", text))


def said_by(document: Document) -> Iterator[tuple[str, str]]:
    """Give (block, text) for every figure, unit, mark and caveat that an output must hold."""
    page, marks = document.page, document.marks()
    yield from (("first sheet", text) for text in (page.title, page.lead, document.kind, *document.notes))
    for label, value in document.facts():
        yield "first sheet", label
        yield "first sheet", value
    pictures = [block for block in walk(page.blocks) if isinstance(block, Chart | Map)]
    # On counted pages pictures come without their rows, and sources without their titles.
    left_out = {id(block.table) for block in pictures} if document.is_paper else set()
    line_of = short_source_line if document.is_paper and not document.annex_from else source_line
    for block in walk(page.blocks):
        if id(block) in left_out:
            continue
        name = type(block).__name__
        yield from ((name, text) for text in _own(block) if text)
        if isinstance(block, Text | Metric | Chart | Map | Entry):
            shown, _ = marks.shown(block.document_ids)
            yield from ((name, marks.of_document(key)) for key in shown)
            yield from ((name, marks.letters[key]) for key in block.caveat_ids if key in marks.letters)
        if isinstance(block, Table):
            rows = list(table_texts(block, marks))
            full = [place for place in range(len(block.columns)) if any(row[place] for row in rows)]
            yield from ((f"Table {block.file_name}", column_title(block.columns[place])) for place in full)
            for row in rows:
                yield from ((f"Table {block.file_name}", cell) for cell in row if cell)
    for row in page.sources.to_dict("records"):
        yield from (("sources", part) for part in re.split(r" · |, ", line_of(row, document.words)))
    for row in page.caveats.to_dict("records"):
        yield from (("caveats", row[part]) for part in ("name", "meaning"))


def _own(block: Block) -> list[str]:
    if isinstance(block, Heading | Text | Notice):
        return [block.text]
    if isinstance(block, Metric):
        return [block.label, block.value, block.unit, block.counted, block.period, block.status]
    if isinstance(block, Chart | Map):
        return [block.title, block.unit, block.counted, block.period]
    if isinstance(block, Entry):
        return [block.title, block.text, *block.tags, *(text for fact in block.facts if fact[1] for text in fact)]
    return [block.title] if isinstance(block, Table | Details) else []


def missing(document: Document, text: str) -> list[tuple[str, str]]:
    """Return what a document says and a text of an output does not hold."""
    held = squeezed(text)
    return [(block, wanted) for block, wanted in said_by(document) if squeezed(wanted) not in held]


@lru_cache(maxsize=64)
def real_document(name: str, as_known: str = "", **given: str) -> Document:
    """Return a page of the real data as a document."""
    now = newest_ask()
    of = now.at(as_known)
    choices = choices_from(name, given)
    if name == "briefs":
        return paper_document(of, WORDS, choices, as_known)
    return make_document(of, WORDS, name, choices, composed_page(name, choices, of), as_known)


def made_up_map() -> Map:
    """Return a map with one park."""
    rows = pd.DataFrame(
        {"latitude": [47.0], "longitude": [104.0], "name": ["A park"], "tooltip": ["A park"], "area": [12.5]}
    )
    columns = (Column(name="name", label="Name"), Column(name="area", label="Area", kind="number", unit="ha"))
    table = Table(title="Rows of the map", columns=columns, rows=rows, file_name="map")
    return Map(
        title="Where is the park?",
        layers=(Points(rows=rows),),
        alt="A made-up map with one park.",
        table=table,
        unit="parks",
        document_ids=("paper",),
    )


def made_up_document(page: Page | None = None) -> Document:
    """Return the made-up page with a map, or another page, as a document."""
    shown = page or demo.demo_page()
    blocks = shown.blocks if page else (*shown.blocks, made_up_map())
    return Document(
        page=replace(shown, blocks=lowered(blocks, WORDS)),
        kind="Country brief",
        choices=(("Country", "Mongolia"), ("As of", "Today")),
        data_date=date(2026, 11, 20),
        version="0123456789abcdef",
        address="/country?country=MNG",
        notes=("Boundaries do not imply endorsement.",),
        palette=demo.demo_palette(),
        dark=demo.demo_palette(True),
        words=WORDS,
        slides=presented_page(shown),
    )


def hostile_document() -> Document:
    """Return a page that says every hostile text, and the names of the region, in every place."""
    blocks: list[Block] = []
    for text in (*HOSTILE, *NAMES.values()):
        rows = pd.DataFrame({"name": [text], "value": [1.0], "more": [text]})
        columns = (
            Column(name="name", label=text),
            Column(name="value", label="Value", kind="number", unit=text),
            Column(name="more", label="More"),
        )
        table = Table(title=text, columns=columns, rows=rows, file_name=text)
        chart = replace(
            demo.bars_chart(),
            title=text,
            rows=pd.DataFrame({"site": [text, "other"], "value": [3, 4]}),
            roles={"category": "site", "value": "value"},
            value_title=text,
            category_title=text,
            alt=text,
            table=table,
        )
        blocks += [
            Heading(text=text),
            Text(text=text, document_ids=("paper",), caveat_ids=("range_only",)),
            Notice(text=text, kind="caution"),
            Metric(label=text, value=text[:40], unit=text[:60], counted=text, period=text[:30], status=text),
            Entry(title=text, text=text, tags=(text,), facts=((text, text),), details=(Text(text=text),)),
            table,
            chart,
        ]
    page = replace(demo.demo_page(), title=HOSTILE[1], lead=" ".join(HOSTILE[2:6]), blocks=tuple(blocks))
    told = made_up_document(page)
    return replace(told, kind=HOSTILE[3], notes=HOSTILE, choices=tuple((text, text) for text in HOSTILE))
