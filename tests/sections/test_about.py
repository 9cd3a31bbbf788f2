"""About: short, with all that a reader must know; an office is named, no person."""

from neaspec.blocks import Entry
from neaspec.sections.about import AboutChoices, page
from tests.support.on_page import blocks_of


def test_it_tells_what_holds_for_all_pages(ask, words):
    made = page(ask, words, AboutChoices())
    titles = [entry.title for entry in blocks_of(made, Entry)]
    assert titles == [
        "What this is",
        "How figures are to be read",
        "As of",
        "Words for protection",
        "Boundaries and names",
        "Licence",
        "Privacy",
        "Contact",
    ]
    said = " ".join(entry.text for entry in blocks_of(made, Entry))
    assert "do not imply official endorsement or acceptance by the United Nations" in said
    assert "secretariat" in said and "@" not in said
    assert len(said.split()) < 300


def test_the_day_of_the_records_is_told(ask, words):
    day = str(ask("data_version")["newest_seen_date"].iloc[0])
    assert words.date(day) in page(ask, words, AboutChoices()).lead
