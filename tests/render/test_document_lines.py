"""What every output says of a document: its facts, the line below a picture, its sources; screen blocks made plain."""

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest

from neaspec.blocks import (
    Answer,
    Change,
    Column,
    Details,
    Entry,
    Heading,
    Item,
    Linked,
    Metric,
    PageLink,
    Panel,
    Side,
    Tab,
    Table,
    Tabs,
    Text,
    link_cell,
)
from neaspec.errors import BlockError, OutputError
from neaspec.render.document import Document, below, name_of, naming, short_source_line, source_line, table_texts
from neaspec.render.lowered import lowered
from neaspec.render.sparkline import sparkline_svg, sparkline_words
from neaspec.text import load_words
from tests.support.demo_page import demo_page, demo_palette
from tests.support.small_charts import small

WORDS = load_words("en")


def document(**given: Any) -> Document:
    named: dict[str, Any] = {
        "page": demo_page(),
        "kind": "Country brief",
        "choices": (("Country", "Mongolia"),),
        "data_date": date(2026, 11, 20),
        "version": "0123",
        "address": "/country?country=MNG",
        "notes": (),
        "palette": demo_palette(),
        "dark": demo_palette(True),
        "words": WORDS,
    }
    return Document(**named | given)


def test_the_first_sheet_states_choices_date_version_and_address() -> None:
    assert document().facts() == (
        ("Country", "Mongolia"),
        (WORDS("take.data_date"), "20 November 2026"),
        (WORDS("take.version"), "0123"),
        (WORDS("take.address"), "/country?country=MNG"),
    )


@pytest.mark.parametrize(("most_pages", "is_paper"), [(0, False), (1, True), (2, True)])
def test_a_paper_of_counted_pages_states_only_its_choices(most_pages: int, is_paper: bool) -> None:
    paper = document(most_pages=most_pages)
    assert paper.is_paper is is_paper
    assert (len(paper.facts()) == 1) is is_paper


def test_the_line_below_a_picture_has_its_parts_in_one_order() -> None:
    marks = document().marks()
    chart = small(
        "bars",
        {"category": "a", "value": 1.0},
        unit="animals",
        counted="adults",
        period="2020",
        document_ids=("paper", "news"),
        caveat_ids=("range_only",),
    )
    assert below(chart, marks) == "animals · adults · 2020 · [1] [2 press] a"
    assert below(chart, marks, is_marked=False) == "animals · adults · 2020"
    assert below(replace(chart, counted="", unit=""), marks, is_marked=False) == "2020"
    figure = Metric(label="l", value="1", unit="animals", counted="adults", period="2020")
    assert below(figure, marks) == "adults · 2020"  # its unit stands beside it


def test_cells_of_a_row_are_text_and_a_link_is_its_words() -> None:
    rows = pd.DataFrame(
        {
            "name": ["Park"],
            "area": [1416.0],
            "document_id": ["paper"],
            "caveats": ["press_only"],
            "more": [link_cell(PageLink(text="Open", page="sites"))],
            "site": ["https://example.org"],
        }
    )
    kinds: dict[str, Any] = {
        "area": "integer",
        "document_id": "documents",
        "caveats": "caveats",
        "more": "link",
        "site": "link",
    }
    columns = tuple(Column(name=str(name), label=str(name), kind=kinds.get(str(name), "text")) for name in rows)
    table = Table(title="t", columns=columns, rows=rows, file_name="t")
    assert list(table_texts(table, document().marks())) == [
        ["Park", "1,416", "[1]", "b", "Open", "https://example.org"]
    ]


@pytest.mark.parametrize(
    ("given", "line", "short"),
    [
        ({}, "A title · Secretariat · 12 October 2020 · official", "Secretariat, 12 October 2020"),
        ({"published_date": None}, "A title · Secretariat · undated · official", "Secretariat, undated"),
        (
            {"grade": "press"},
            "A title · Secretariat · 12 October 2020 · press report",
            "Secretariat, 12 October 2020, press report",
        ),
    ],
)
def test_a_source_is_a_line_and_an_endnote_is_shorter(given: dict[str, Any], line: str, short: str) -> None:
    row = {"title": "A title", "publisher": "Secretariat", "published_date": "2020-10-12", "grade": "official"} | given
    assert source_line(row, WORDS) == line.replace("official", WORDS.term("grade", "official"))
    assert short_source_line(row, WORDS) == short


@pytest.mark.parametrize(
    ("block", "name"),
    [
        (Heading(text="Parks"), "Heading 'Parks'"),
        (Metric(label="Cubs", value="1"), "Metric 'Cubs'"),
        (Entry(title="A question", text="its text"), "Entry 'A question'"),
        (Text(text="x" * 90), f"Text '{'x' * 80}'"),
        (Side(cells=(), weights=()), "Side ''"),
    ],
)
def test_a_block_is_named_in_errors(block: Any, name: str) -> None:
    assert name_of(block) == name


def test_a_failure_says_which_output_and_which_block() -> None:
    with (
        pytest.raises(OutputError, match=r"^PDF: Heading 'Parks': ValueError: no room$"),
        naming("PDF", Heading(text="Parks")),
    ):
        raise ValueError("no room")
    with (
        pytest.raises(OutputError, match=r"^PDF: Heading 'Parks': no such role$"),
        naming("PDF", Heading(text="Parks")),
    ):
        raise BlockError("no such role")
    with pytest.raises(OutputError, match=r"^Word: inner$"), naming("PDF", Heading(text="Parks")):
        raise OutputError("Word: inner")


def plain(*blocks: Any) -> tuple[Any, ...]:
    return lowered(blocks, WORDS)


def test_an_answer_becomes_a_leading_paragraph() -> None:
    (text,) = plain(Answer(text="More.", document_ids=("paper",), caveat_ids=("about",)))
    assert (text.text, text.style, text.document_ids, text.caveat_ids) == ("More.", "lead", ("paper",), ("about",))


def test_a_panel_becomes_an_entry_with_its_kind_and_chips_as_tags() -> None:
    panel = Panel(
        title="Park",
        kind="site",
        text="t",
        facts=(("Area", "5 ha"),),
        chips=("about", "press_only"),
        document_ids=("paper",),
        caveat_ids=("range_only",),
    )
    (entry,) = plain(panel)
    assert (entry.title, entry.text, entry.facts) == ("Park", "t", (("Area", "5 ha"),))
    assert entry.tags == ("site", WORDS.term("chip", "about"), WORDS.term("chip", "press_only"))
    assert (entry.document_ids, entry.caveat_ids) == (("paper",), ("range_only",))
    assert plain(Panel(title="Park"))[0].tags == ()


def test_a_change_says_before_and_after_and_its_parts_are_inside() -> None:
    part = Change(what="North", after="40", kind="new", document_ids=("news",))
    (entry,) = plain(Change(what="Adults", before="84", after="129", date="2024", kind="ended", parts=(part,)))
    assert (entry.title, entry.text) == ("Adults", WORDS("common.before_after", before="84", after="129"))
    assert entry.tags == (WORDS.term("change", "ended"), "2024")
    (inner,) = entry.details
    assert (inner.title, inner.text, inner.tags) == ("North", "40", (WORDS.term("change", "new"),))
    assert inner.document_ids == ("news",)


def test_a_card_of_lines_becomes_an_entry_and_one_with_chips_a_plain_figure() -> None:
    (card,) = plain(
        Metric(
            label="Animals",
            value="",
            lines=(("North", "5"),),
            chips=("about",),
            counted="adults",
            period="2020",
            status="open",
            document_ids=("paper",),
            caveat_ids=("about",),
        )
    )
    assert (card.title, card.text, card.facts) == ("Animals", "adults · 2020 · open", (("North", "5"),))
    assert (card.tags, card.document_ids) == ((WORDS.term("chip", "about"),), ("paper",))
    (figure,) = plain(Metric(label="Animals", value="5", chips=("about", "planned"), status="open"))
    assert isinstance(figure, Metric) and figure.chips == ()
    assert figure.status == f"open · {WORDS.term('chip', 'about')} · {WORDS.term('chip', 'planned')}"
    alone = Metric(label="Animals", value="5")
    assert plain(alone) == (alone,)


def test_tabs_become_headings_and_headings_in_them_stand_one_level_lower() -> None:
    tabs = Tabs(
        tabs=(
            Tab(key="a", title="First", blocks=(Heading(text="Inner"), Text(text="t"))),
            Tab(key="b", title="Empty", blocks=()),
        )
    )
    outer, inner, text = plain(tabs)
    assert [(outer.text, outer.level), (inner.text, inner.level), text.text] == [("First", 2), ("Inner", 3), "t"]


def test_a_linked_list_becomes_its_picture_and_all_its_items() -> None:
    picture = small("bars", {"category": "a", "value": 1.0})
    items = (
        Item(id="a", title="Park A", blocks=(Panel(title="Park A", text="facts"),)),
        Item(id="b", title="Park B", blocks=(PageLink(text="Open", page="sites"), Text(text="words"))),
        Item(id="c", title="Park C", line="nothing on record"),
        Item(id="d", title="Park D", line="a link", blocks=(PageLink(text="Open", page="sites"),)),
    )
    shown = plain(Linked(name="park", title="Parks", items=items, picture=picture))
    assert shown[0] is picture
    assert (shown[1].title, shown[1].text) == ("Park A", "facts")  # its panel has its name
    assert (shown[2].text, shown[2].level, shown[3].text) == ("Park B", 3, "words")
    assert [(entry.title, entry.text) for entry in shown[4:]] == [("Park C", "nothing on record"), ("Park D", "a link")]
    assert [block.title for block in plain(Linked(name="p", title="t", items=items[2:3]))] == ["Park C"]


def test_blocks_inside_other_blocks_are_made_plain_too() -> None:
    answer = Answer(text="More.")
    (side, details, entry) = plain(
        Side(cells=((answer,), (answer, answer)), weights=(1, 2)),
        Details(title="d", blocks=(answer,)),
        Entry(title="e", details=(answer,)),
    )
    assert [len(cell) for cell in side.cells] == [1, 2] and side.weights == (1, 2)
    for inner in (side.cells[0][0], details.blocks[0], entry.details[0]):
        assert isinstance(inner, Text)


def test_a_small_line_of_figures_goes_from_zero_to_its_highest() -> None:
    drawing = sparkline_svg([(2010, 50.0), (2000, 0.0), (2020, 100.0)], "#111111", "#222222")
    assert 'points="4.0,30.0 45.0,17.0 86.0,4.0"' in drawing
    assert drawing.count("<circle") == 3 and '<circle cx="45.0" cy="17.0" r="2.2" fill="#111111"/>' in drawing
    assert '<text x="2" y="44" font-family="Noto Sans, sans-serif" font-size="11" fill="#222222">2000</text>' in drawing
    assert ">2020</text>" in drawing and 'text-anchor="end"' in drawing
    assert sparkline_words([(2010, 50.0), (2000, 0.5)]) == "2000: 0.5, 2010: 50"


def test_a_line_needs_two_figures_and_zeros_are_a_flat_line() -> None:
    assert sparkline_svg([(2000, 1.0)], "#111111", "#222222") == ""
    assert 'points="4.0,30.0 86.0,30.0"' in sparkline_svg([(2000, 0.0), (2001, 0.0)], "#111111", "#222222")
    assert 'points="4.0,17.0 4.0,4.0"' in sparkline_svg([(2000, 1.0), (2000, 2.0)], "#111111", "#222222")
