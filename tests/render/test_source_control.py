"""What a figure rests on: the words of the control beside it, and the list that it opens."""

import re
from dataclasses import replace

import pytest

from neaspec.render.source_control import (
    ScreenCitations,
    SourceRecord,
    control_label,
    page_sources,
    screen_citations,
    short_publisher,
    source_control,
)
from neaspec.text import load_words
from tests.support.demo_page import demo_page

WORDS = load_words("en")


def marks(held: tuple[str, ...] = ()) -> ScreenCitations:
    return screen_citations(demo_page(), WORDS, {"as_known": "som_24"}, held)


def many(count: int) -> tuple[ScreenCitations, list[str]]:
    """Return citations of so many documents."""
    first = marks()
    records = {
        f"d{n}": SourceRecord(f"d{n}", f"line {n}", f"P{n}", "official", "official", f"/a{n}", f"c{n}", "")
        for n in range(count)
    }
    return replace(first, records=records), list(records)


def test_a_document_is_named_by_publisher_kind_and_date_and_never_by_its_title() -> None:
    records = marks().records
    paper, news = records["paper"], records["news"]
    assert paper.line == "Secretariat, report, 12 October 2020"
    assert (paper.short, news.short) == ("Secretariat 2020", "A newspaper undated")
    assert news.line == "A newspaper, news, undated"
    assert (paper.grade, paper.grade_words) == ("official", WORDS.term("grade", "official"))
    assert (news.grade, news.grade_words) == ("press", "press report")
    assert paper.address == "/sources?document=paper&as_known=som_24"
    assert paper.citation == "Secretariat, report, 12 October 2020. https://example.org/a"
    assert news.citation == "A newspaper, news, undated."  # it has no address
    assert (paper.url, news.url) == ("https://example.org/a", "")


def test_the_words_of_a_document_can_be_opened_only_where_it_is_held() -> None:
    held = marks(held=("paper",)).records
    assert (held["paper"].passage, held["news"].passage) == ("/passage/paper?at=", "")


@pytest.mark.parametrize(
    ("publisher", "shown"),
    [
        ("WWF Russia (Amur branch)", "WWF Russia"),
        ("Ministry of X, Department", "Ministry of X"),
        ("One; Two", "One"),
        ("x" * 34, "x" * 34),
        ("x" * 35, "x" * 33 + "…"),
        ("x" * 32 + " " + "y" * 9, "x" * 32 + "…"),
    ],
)
def test_the_name_of_a_publisher_is_short_beside_a_figure(publisher: str, shown: str) -> None:
    assert short_publisher(publisher) == shown


def grades(*given: str) -> list[SourceRecord]:
    return [SourceRecord(f"d{n}", "", f"P{n}", grade, "", "", "", "") for n, grade in enumerate(given)]


@pytest.mark.parametrize(
    ("records", "is_narrow", "label"),
    [
        (grades(), False, "Note"),
        (grades(), True, "Note"),
        (grades("official"), True, "Source"),
        (grades("press"), True, "Source"),
        (grades("official"), False, "Source: P0"),
        (grades("official", "press"), False, "Source: P0 and 1 more"),
        (grades("press", "press"), False, "Source: P0 and 1 more · press only"),
        (grades("web_page"), False, "Source: P0 · web pages only"),
        (grades("web_page", "press"), False, "Source: P0 and 1 more · press only"),
        (grades(*["official"] * 10), False, "Source: P0 and 9 more"),
        (grades(*["official"] * 11), False, "Sources: 11"),
    ],
)
def test_a_control_says_how_many_documents_and_that_only_the_press_says_so(
    records: list[SourceRecord], is_narrow: bool, label: str
) -> None:
    assert control_label(records, WORDS, is_narrow) == label


def test_a_figure_without_documents_and_caveats_has_no_control() -> None:
    assert source_control(marks(), []) == ""
    assert source_control(marks(), ["unknown"], ["unknown"]) == ""


def test_a_caveat_alone_is_a_note() -> None:
    html = source_control(marks(), [], ["range_only"])
    assert ">Note</button>" in html
    assert "<li><b>Range only:</b> The document gives only a range.</li>" in html
    assert "nc-src-list" not in html


def test_a_list_is_written_once_and_opened_by_every_control_that_needs_it() -> None:
    cited = marks()
    first, again, other = (source_control(cited, keys) for keys in (["paper"], ["paper", "paper"], ["news"]))
    (name,) = re.findall('popovertarget="([^"]+)"', first)
    assert f'id="{name}"' in first and f'popovertarget="{name}"' in again
    assert "popover class" not in again
    assert name not in other
    assert f'id="{name}"' not in source_control(cited.within("tab-b"), ["paper"])
    assert source_control(cited.within("tab-b"), ["paper"]).count("nc-tab-b-") == 2


def test_equal_documents_at_other_places_or_with_other_caveats_have_lists_of_their_own() -> None:
    cited = marks()
    names = {
        re.findall('popovertarget="([^"]+)"', source_control(cited, ["paper"], caveats, places))[0]
        for caveats, places in (((), {}), (("range_only",), {}), ((), {"paper": "p. 3"}), ((), {"paper": "p. 4"}))
    }
    assert len(names) == 4


def test_a_place_in_a_document_stands_in_the_list_and_leads_to_its_words() -> None:
    html = source_control(marks(held=("paper",)), ["paper", "news"], (), {"paper": "p. 3 & 4"})
    assert '<span class="nc-src-at">p. 3 &amp; 4</span>' in html
    assert 'href="/passage/paper?at=p.%203%20%26%204">Read it in the paper</a>' in html
    assert html.count("nc-src-at") == 1 and html.count("Read it in the paper") == 1
    assert "Read it in the paper" not in source_control(marks(held=("paper",)), ["paper"])


def test_in_a_cell_the_control_is_one_word() -> None:
    narrow = source_control(marks(), ["paper"], is_narrow=True)
    assert 'class="nc-src nc-narrow"' in narrow and ">Source</button>" in narrow
    assert 'class="nc-src"' in source_control(marks(), ["paper"])


@pytest.mark.parametrize(("count", "below_all"), [(5, 0), (6, 1), (9, 4)])
def test_five_documents_are_listed_and_the_others_open_below(count: int, below_all: int) -> None:
    cited, keys = many(count)
    html = source_control(cited, keys)
    before, _, after = html.partition("<details>")
    assert (before.count("nc-src-line"), after.count("nc-src-line")) == (5, below_all)
    assert (f"All ({count})" in html) == (below_all > 0)


def test_the_toolbar_lists_everything_a_page_cites() -> None:
    html = page_sources(marks())
    assert [line in html for line in ("Secretariat, report", "A newspaper, news", "An encyclopaedia")] == [True] * 3
    assert html.count("<li><b>") == 2
    assert "nc-src-at" not in html


def test_long_tables_name_documents_and_caveats_in_words() -> None:
    plain = marks().plain()
    assert (plain["paper"], plain["news"], plain["range_only"]) == (
        "Secretariat 2020",
        "A newspaper undated",
        "Range only",
    )
