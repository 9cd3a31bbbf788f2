"""What a document says: every text that each output must hold, and documents to try outputs on."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache

import pandas as pd

from neaspec.addresses import choices_from
from neaspec.blocks import Block, Chart, Column, Details, Entry, Heading, Map, Metric, Notice, Page, Table, Text, walk
from neaspec.briefs.documents import make_document
from neaspec.composed import composed, newest_ask, som_days
from neaspec.queries import Ask
from neaspec.render.document import Document, source_line, table_texts
from neaspec.render.screen_tables import column_title
from neaspec.text import load_words
from tests import demo_page as demo

WORDS = load_words("en")
_UNSEEN = re.compile(r"[\s\u200b\u00ad\u2010\u202f-]+")
# Text that tries to be something else: markup of every output, formulas, right to left, control characters, length.
HOSTILE = (
    '=cmd|"/c calc"!A1',
    "#set page(width: 1pt) $x$ *bold* _it_ `raw` @ref <label> \\u{41}",
    '<script>alert("x")</script> & <b>b</b> ]]> <!-- --> </script> {{x}}',
    "+1 -1 @x",
    "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 \u202eright to left",
    "control \x07\x0b\x1f characters",
    "long " + "transboundary " * 22 + "unbroken" * 12,
)
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
    """Return a text without what a layout may change: spaces, line ends, hyphens, invisible signs."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\u202e]", "", _UNSEEN.sub("", text))


def said_by(document: Document) -> Iterator[tuple[str, str]]:
    """Give (block, text) for every figure, unit, mark and caveat that an output must hold."""
    page, marks = document.page, document.marks()
    yield from (("first sheet", text) for text in (page.title, page.lead, document.kind, *document.notes))
    for label, value in document.facts():
        yield "first sheet", label
        yield "first sheet", value
    for block in walk(page.blocks):
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
        yield "sources", source_line(row, document.words)
    for row in page.caveats.to_dict("records"):
        yield "caveats", f"{row['name']}: {row['meaning']}"


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
    of = Ask(now.connection, som_days(now).get(as_known), now.version)
    choices = choices_from(name, given)
    return make_document(of, WORDS, name, choices, composed(name, choices, of), as_known)


def made_up_document(page: Page | None = None) -> Document:
    """Return the made-up page, or another, as a document."""
    return Document(
        page=page or demo.demo_page(), kind="Brief", choices=(("Country", "Nowhere"),), data_date=date(2026, 1, 31),
        version="0123456789abcdef", address="/demo?country=X", notes=("A note on boundaries.",),
        palette=demo.demo_palette(), words=WORDS,
    )  # fmt: skip


def hostile_document() -> Document:
    """Return the made-up page with hostile text in every kind of place, and the names of the region."""
    texts = [*HOSTILE, *NAMES.values()]
    rows = pd.DataFrame({"name": texts, "value": range(len(texts)), "second": texts})
    columns = (
        Column(name="name", label=HOSTILE[0]), Column(name="value", label="Value", kind="integer", unit=HOSTILE[2]),
        Column(name="second", label=HOSTILE[1]),
    )  # fmt: skip
    table = Table(title=HOSTILE[1], columns=columns, rows=rows, file_name="hostile")
    chart = Chart(
        title=HOSTILE[2], kind="bars", rows=rows, roles={"category": "name", "value": "value"}, value_title=HOSTILE[0],
        alt=HOSTILE[2], table=table, unit=HOSTILE[1],
    )  # fmt: skip
    blocks: list[Block] = [Heading(text=HOSTILE[2]), chart]
    for text in texts:
        blocks += [
            Text(text=text, document_ids=("paper",), caveat_ids=("range_only",)),
            Notice(text=text, kind="caution"),
            Metric(label=text[:40], value=text[:40], unit=text[:40], status=text),
            Entry(title=text, text=text, tags=(text[:40],), facts=((text[:40], text),)),
        ]
    page = replace(demo.demo_page(), title=HOSTILE[2], lead=HOSTILE[1], blocks=tuple(blocks))
    return made_up_document(page)
