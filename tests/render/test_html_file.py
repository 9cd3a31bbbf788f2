"""A page as one HTML file, to read without a network and to present: whole, safe, and the same every time."""

import html
import re
from dataclasses import replace
from html.parser import HTMLParser

import orjson
import pandas as pd
import pytest

from neaspec.blocks import Chart, Details, Entry, Heading, Map, Points, Side, Text, walk
from neaspec.errors import OutputError
from neaspec.render.document import Document
from neaspec.render.html_file.files import script_json
from neaspec.render.html_file.render import render_html_file
from tests.support import demo_page as demo
from tests.support.said import made_up_document, missing, real_document
from tests.web.test_pages import CHOICES

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


def check_whole(document: Document, made: bytes) -> None:
    reader = read(made)
    assert missing(document, "".join(reader.text))[:5] == []
    named = {attributes.get("aria-label") for _, attributes in reader.tags if attributes.get("role") == "img"}
    assert {block.alt for block in walk(document.page.blocks) if isinstance(block, Chart | Map)} == named
    (data,) = re.findall(r'<script type="application/json" id="pictures">(.*?)</script>', made.decode(), re.DOTALL)
    slides = orjson.loads(data)["slides"]
    assert document.slides is not None
    assert all(f"<h2>{slide.title}</h2>" in html.unescape(slides) for slide in document.slides.slides)
    targets = {attributes["id"] for _, attributes in reader.tags if attributes.get("id")}
    links = [attributes["href"] for tag, attributes in reader.tags if tag == "a"]
    assert {link[1:] for link in links if link.startswith("#")} <= targets
    assert not [link for link in links if not link.startswith(("#", "https://", "http://"))]
    for tag, attributes in reader.tags:
        if tag == "a" and not attributes["href"].startswith("#"):
            assert attributes["rel"] == "noopener noreferrer"


def test_the_file_holds_all_of_the_made_up_page_and_is_the_same_every_time():
    made = render_html_file(made_up_document())
    check_whole(made_up_document(), made)
    assert made == render_html_file(made_up_document())


@pytest.mark.parametrize("name", list(CHOICES))
def test_the_file_holds_all_of_a_real_page_and_stays_small(name):
    document = real_document(name)
    made = render_html_file(document)
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
    document = replace(made_up_document(page), kind=MEAN, address=f'/"{MEAN}')
    made = render_html_file(document)
    reader = read(made)
    assert not [tag for tag, attributes in reader.tags if "onerror" in attributes]
    assert b"<!--" not in made
    assert made.count(b"</script>") == made.count(b"<script")
    assert "".join(reader.text).count(MEAN) > 12


def test_what_is_no_number_becomes_null_in_a_script():
    assert (
        script_json({"b": [float("nan"), float("inf"), 1.5], "a": "<!--"}) == '{"a":"\\u003c!--","b":[null,null,1.5]}'
    )


def test_an_error_names_the_block(words):
    bad = replace(demo.bars_chart(), rows=demo.bars_chart().rows.assign(value="no number"))
    page = replace(demo.demo_page(), blocks=(bad,))
    with pytest.raises(OutputError, match="HTML: Chart 'Where were most seen"):
        render_html_file(made_up_document(page))
