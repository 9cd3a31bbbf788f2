"""A page as one HTML file, to read without a network and to present: whole, safe, and the same every time."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pandas as pd
import pytest

from neaspec.blocks import Chart, Details, Entry, Heading, Map, Metric, Notice, Points, Side, Table, Text, walk
from neaspec.errors import OutputError
from neaspec.palette import make_palette
from neaspec.render.document import Document, below, table_texts
from neaspec.render.offline import offline, present
from neaspec.render.offline_files import script_json
from tests import demo_page as demo
from tests.test_pages import CHOICES, composed

LIBRARIES = {"plotly": "/take/plotly.js", "deck": "/take/deck.js"}
MOST_BYTES = 12_000_000
MEAN = "</script><!-- <img src=x onerror=alert(1)> \u202eright to left " + "long" * 75


class Reader(HTMLParser):
    """All text a reader finds, and the addresses and names of elements."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag in ("script", "style"):
            self.inside.append(tag)

    def handle_endtag(self, tag):
        if tag in ("script", "style"):
            self.inside.pop()

    def handle_data(self, data):
        if not self.inside:
            self.text.append(data)


def read(made: bytes) -> Reader:
    reader = Reader()
    reader.feed(made.decode())
    return reader


def plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


def document_of(page, palette, words) -> Document:
    return Document(
        page=page,
        kind="Country brief",
        choices=(("Country", "Mongolia"), ("As known at", "Today")),
        data_date=date(2026, 11, 20),
        version="abcdef12",
        address="/country?country=MNG",
        notes=("The boundaries on these maps are there for orientation only.",),
        palette=palette,
        words=words,
    )


@pytest.fixture(scope="module")
def demo_document(words) -> Document:
    return document_of(demo.demo_page(), demo.demo_palette(), words)


def real_document(name, ask, connection, words) -> Document:
    return document_of(composed(name, connection, words, None), make_palette(ask("species_styles"), False), words)


def expected(document: Document) -> Iterator[str]:
    """Give every text that must be in the file."""
    page, marks = document.page, document.marks()
    yield from (document.kind, page.title, page.lead, *document.notes, *(value for _, value in document.facts()))
    for block in walk(page.blocks):
        if isinstance(block, Heading | Notice):
            yield block.text
        elif isinstance(block, Text):
            yield f"{block.text} {marks.text(block.document_ids, block.caveat_ids).replace(',', '')}"
        elif isinstance(block, Metric):
            yield from (block.label, block.value, block.unit, block.status, below(block, marks).replace(",", ""))
        elif isinstance(block, Chart | Map):
            yield from (block.title, block.unit, block.counted, block.period)
        elif isinstance(block, Table):
            yield block.title
            yield from (cell for row in table_texts(block, marks) for cell in row)
        elif isinstance(block, Entry):
            yield from (
                block.title,
                block.text,
                *block.tags,
                *(part for pair in block.facts for part in pair if all(pair)),
            )
        elif isinstance(block, Details):
            yield block.title
    for row in page.caveats.to_dict("records"):
        yield f"{row['name']}: {row['meaning']}"
    for row in page.sources.to_dict("records"):
        yield f"[{row['number']}] {row['title']}"
        yield "" if pd.isna(row["url"]) else str(row["url"])


def check_whole(document: Document, made: bytes) -> None:
    reader = read(made)
    said = plain("".join(reader.text)).replace(",", "").replace("·", "")
    missing = [text for text in expected(document) if plain(text).replace(",", "").replace("·", "") not in said]
    assert missing == []
    named = {attributes.get("aria-label") for _, attributes in reader.tags if attributes.get("role") == "img"}
    assert {block.alt for block in walk(document.page.blocks) if isinstance(block, Chart | Map)} == named
    targets = {attributes["id"] for _, attributes in reader.tags if attributes.get("id")}
    links = [attributes["href"] for tag, attributes in reader.tags if tag == "a"]
    assert {link[1:] for link in links if link.startswith("#")} <= targets
    assert not [link for link in links if not link.startswith(("#", "https://", "http://"))]
    for tag, attributes in reader.tags:
        if tag == "a" and not attributes["href"].startswith("#"):
            assert attributes["rel"] == "noopener noreferrer"


def test_the_file_holds_all_of_the_demo_page(demo_document):
    made = offline(demo_document, demo.demo_palette(True))
    check_whole(demo_document, made)
    assert made == offline(demo_document, demo.demo_palette(True))


@pytest.mark.parametrize("name", list(CHOICES))
def test_the_file_holds_all_of_a_real_page_and_stays_small(name, ask, real_connection, words):
    document = real_document(name, ask, real_connection, words)
    made = offline(document, make_palette(ask("species_styles"), True))
    check_whole(document, made)
    assert len(made) < MOST_BYTES
    pictures = [block for block in walk(document.page.blocks) if isinstance(block, Chart | Map)]
    assert (b'id="library-plotly"' in made) == any(isinstance(block, Chart) for block in pictures)
    assert (b'id="library-deck"' in made) == any(isinstance(block, Map) for block in pictures)


def test_text_of_the_data_is_never_markup(words):
    table = replace(demo.mean_table(), title=MEAN)
    chart = replace(demo.bars_chart(), title=MEAN, alt=MEAN, rows=demo.bars_chart().rows.assign(site=MEAN))
    spot = {"latitude": 42.4, "longitude": 130.6, "name": MEAN, "tooltip": MEAN, "group": "national"}
    place = Map(
        title=MEAN, layers=(Points(rows=pd.DataFrame([spot]), groups={"national": MEAN}),), alt=MEAN, table=table
    )
    entry = Entry(title=MEAN, text=MEAN, tags=(MEAN,), facts=((MEAN, MEAN),), details=(Text(text=MEAN),))
    blocks = (Heading(text=MEAN), Text(text=MEAN), chart, place, entry, Details(title=MEAN, blocks=(table,)))
    page = replace(demo.demo_page(), title=MEAN, lead=MEAN, blocks=(*blocks, Side(cells=((table,),), weights=(1,))))
    document = replace(document_of(page, demo.demo_palette(), words), kind=MEAN, address=f'/"{MEAN}')
    for made in (offline(document, demo.demo_palette(True)), present(document, demo.demo_palette(True), LIBRARIES)):
        reader = read(made)
        assert not [tag for tag, attributes in reader.tags if "onerror" in attributes]
        assert b"<!--" not in made
        assert made.count(b"</script>") == made.count(b"<script")
        assert "".join(reader.text).count(MEAN) > 12


def test_what_is_no_number_becomes_null_in_a_script():
    assert (
        script_json({"b": [float("nan"), float("inf"), 1.5], "a": "<!--"}) == '{"a":"\\u003c!--","b":[null,null,1.5]}'
    )


def test_the_presentation_asks_only_our_own_server(ask, real_connection, words):
    document = real_document("country", ask, real_connection, words)
    reader = read(present(document, make_palette(ask("species_styles"), True), LIBRARIES))
    asked = [attributes["src"] for tag, attributes in reader.tags if tag == "script" and "src" in attributes]
    assert asked == list(LIBRARIES.values())
    root = dict(reader.tags[0][1])
    assert root["data-address"] == document.address
    policy = next(attributes["content"] for _, attributes in reader.tags if attributes.get("http-equiv"))
    assert "default-src 'none'" in policy and "http" not in policy


def test_an_error_names_the_block(words):
    bad = replace(demo.bars_chart(), rows=demo.bars_chart().rows.assign(value="no number"))
    page = replace(demo.demo_page(), blocks=(bad,))
    with pytest.raises(OutputError, match="HTML: Chart 'Where were most seen"):
        offline(document_of(page, demo.demo_palette(), words), demo.demo_palette(True))
