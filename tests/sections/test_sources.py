"""The page of sources: documents, statements, contradictions, dictionary; searching, one document, looking back."""

import re
from datetime import date

import pytest

from neaspec.blocks import (
    Details,
    Entry,
    Metric,
    Notice,
    Page,
    PageLink,
    Table,
    Tabs,
    Text,
    link_cell,
    read_link_cell,
    walk,
)
from neaspec.data.queries import Ask
from neaspec.sections.sources.page import MOST_STATEMENTS, RECORDS, SourcesChoices, page

SOM_24 = date(2020, 10, 13)
PAPERS = ["som_24_paper", "workshop_2016_note", "som_27_paper", "workshop_2021_note", "som_24_slides"]


def at(ask: Ask, day: date | None) -> Ask:
    return Ask(ask.connection, day, ask.version)


def blocks_of(made: Page, kind: type) -> list:
    return [block for block in walk(made.blocks) if isinstance(block, kind)]


def table(made: Page, file_name: str) -> Table:
    return next(block for block in blocks_of(made, Table) if block.file_name == file_name)


def differences(made: Page) -> dict[str, Table]:
    return {
        weight: block
        for block in blocks_of(made, Table)
        for weight in ("significant", "small")
        if block.file_name == f"differences_{weight}"
    }


def test_the_answer_tells_what_all_rests_on_and_a_card_the_newest_document(ask, words):
    made = page(ask, words, SourcesChoices())
    total = ask("sources_statements", document_id=None, grade=None, search="", most=1)["found"].iloc[0]
    assert f"{total:,} records" in made.lead
    figures = {block.label: block.value for block in made.blocks if isinstance(block, Metric)}
    newest = max(day for day in ask("sources_documents", grade=None)["published_date"].dropna().astype(str))
    assert figures == {"Newest document": words.date(newest)}
    assert table(made, "documents").rows["statements"].sum() == total
    assert table(made, "statements_by_table").rows["statements"].sum() == total


def test_the_parts_are_tabs(ask, words):
    (tabs,) = blocks_of(page(ask, words, SourcesChoices()), Tabs)
    assert [tab.key for tab in tabs.tabs] == ["documents", "differences", "dictionary", "download"]
    count = sum(len(block.rows) for block in differences(page(ask, words, SourcesChoices())).values())
    assert tabs.tabs[1].title == f"Differences ({count})"


def test_a_document_is_named_by_publisher_kind_and_date_outside_its_own_view(ask, words):
    rows = table(page(ask, words, SourcesChoices()), "documents").rows
    (cell,) = [cell for cell in rows["document"] if cell.endswith("|sources?document=som_24_paper")]
    assert cell.startswith("NEASPEC secretariat (ESCAP), meeting paper, ")
    titles = set(ask("sources_documents", grade=None)["published_title"].dropna())
    assert not titles & {cell.partition("|")[0] for cell in rows["document"]}


def test_a_grade_keeps_only_documents_of_that_grade(ask, words):
    rows = table(page(ask, words, SourcesChoices(grade="scientific")), "documents").rows
    assert len(rows) > 5
    assert set(rows["grade_words"]) == {"peer-reviewed"}


def test_each_document_can_be_opened_here_and_where_it_was_published(ask, words):
    rows = table(page(ask, words, SourcesChoices()), "documents").rows
    cells = rows["document"].tolist()
    assert all(read_link_cell(cell).page == "sources" for cell in cells)
    assert [read_link_cell(url) for url in rows["url"].dropna()] == [None] * rows["url"].notna().sum()


def test_a_link_cell_reads_as_it_was_written():
    link = PageLink(text="Tigers | and leopards", page="sources", choices={"search": "a & b", "kind": "statements"})
    read = read_link_cell(link_cell(link))
    assert (read.text, read.page, read.choices) == ("Tigers / and leopards", link.page, link.choices)
    assert link_cell(PageLink(text="All", page="issues")) == "All|issues"


@pytest.mark.parametrize("document_id", PAPERS)
def test_a_document_shows_all_that_was_taken_from_it(ask, words, document_id):
    made = page(ask, words, SourcesChoices(document_id=document_id))
    with ask.connection.cursor() as cursor:
        taken = cursor.execute(
            "select table_name, count(*) from all_statements(null) where document_id = $1 group by all", [document_id]
        ).fetchall()
    rows = table(made, "statements").rows
    assert len(rows) == sum(count for _, count in taken)
    assert set(rows["document_id"]) == {document_id}
    assert len(table(made, "statements_by_table").rows) == len(taken)
    assert made.marks[document_id] == 1


def test_a_document_shows_where_it_disagrees_with_others(ask, words):
    entries = blocks_of(page(ask, words, SourcesChoices(document_id="workshop_2016_note")), Entry)
    sexes = next(entry for entry in entries if entry.title.startswith("Sexes of Amur tigers"))
    assert (
        "Treated here as",
        "19 tigers. The split by sex is kept as printed, marked, and never drawn.",
    ) in sexes.facts
    assert all("workshop_2016_note" in entry.document_ids for entry in entries)


def test_a_document_that_was_not_known_yet_says_so_with_the_nearest_ones(ask, words):
    made = page(at(ask, SOM_24), words, SourcesChoices(document_id="som_27_paper"))
    assert blocks_of(made, Notice)[0].kind == "empty"
    links = blocks_of(made, PageLink)
    assert {"document": "som_24_paper"} in [link.choices for link in links]
    assert links[-1].choices == {}  # all documents
    assert not blocks_of(made, Table)


def test_every_language_of_a_document_has_a_name(ask, words):
    languages = set(ask("sources_documents", grade=None)["language"])
    assert {"en", "ru", "zh", "ja", "ko"} <= languages
    assert all(words(f"sources.language_{code}") for code in languages)


def test_a_search_finds_statements_that_hold_every_word_in_any_case(ask, words):
    made = page(ask, words, SourcesChoices(search="337,081 BIG cats"))
    rows = table(made, "statements").rows
    assert len(rows) > 0
    for row in rows.itertuples():
        text = f"{row.about} {row.said} {row.note} {row.locator}".lower()
        assert "337,081" in text
        assert "big cat" in text


def test_a_search_that_finds_nothing_is_a_sentence(ask, words):
    made = page(ask, words, SourcesChoices(search="no such thing % _ '"))
    assert made.lead == "0 records contain “no such thing % _ '”."
    assert [block.kind for block in made.blocks if isinstance(block, Notice)] == ["empty"]


def test_a_search_within_a_document_keeps_to_the_document(ask, words):
    rows = table(page(ask, words, SourcesChoices(document_id="som_27_paper", search="tiger")), "statements").rows
    assert len(rows) > 0
    assert set(rows["document_id"]) == {"som_27_paper"}


def test_a_long_list_is_cut_and_says_so(ask, words):
    made = page(ask, words, SourcesChoices(part="statements"))
    assert len(table(made, "statements").rows) == MOST_STATEMENTS
    assert f"the first {MOST_STATEMENTS} are listed" in blocks_of(made, Notice)[0].text


def test_differences_stand_side_by_side_the_significant_in_full_view(ask, words):
    made = page(ask, words, SourcesChoices())
    tab = blocks_of(made, Tabs)[0].tabs[1]
    assert isinstance(tab.blocks[0], Table) and tab.blocks[0].file_name == "differences_significant"
    assert [block.title.split(" (")[0] for block in tab.blocks if isinstance(block, Details)] == [
        "Small differences",
        "Names that documents spell in several ways",
    ]
    rows = differences(made)["significant"].rows.set_index("subject")
    tigers = rows.loc["National counts of Amur tigers, camera traps"]
    assert "Russian Federation 49, China 26" in tigers["statement_a"]
    assert "19" in tigers["statement_b"]
    assert tigers["treated_as"] and tigers["why_so"]


def test_names_spelt_in_several_ways_are_a_table(ask, words):
    rows = table(page(ask, words, SourcesChoices()), "spellings").rows
    assert any(name.startswith("Land of Big Cats") for name in rows["spelt"])


def test_differences_can_be_searched(ask, words):
    found = differences(page(ask, words, SourcesChoices(search="fangchuan")))
    assert 3 <= sum(len(block.rows) for block in found.values()) < 20
    (tabs,) = blocks_of(page(ask, words, SourcesChoices(search="no such thing")), Tabs)
    assert tabs.tabs[1].title == "Differences (0)"
    assert [type(block) for block in tabs.tabs[1].blocks] == [Notice]


def test_the_dictionary_names_the_tables_that_keys_belong_to(ask, words):
    rows = table(page(ask, words, SourcesChoices()), "data_dictionary").rows
    counts = rows[rows["table_title"] == "Counts"].set_index("column_name")
    assert counts.loc["species_id", "allowed"] == "a key of Species"
    assert counts.loc["caveat_ids", "allowed"] == "keys of Caveats, separated by a space"
    assert "camera_trap" in counts.loc["method", "allowed"]
    assert counts.loc["count_id", "is_required_words"] == words.term("boolean", "true")


def test_the_dictionary_can_be_searched(ask, words):
    rows = table(page(ask, words, SourcesChoices(search="designations AREA")), "data_dictionary").rows
    assert "area_ha" in set(rows["column_name"])
    empty = page(ask, words, SourcesChoices(search="no such thing"))
    assert words("sources.no_columns") in [block.text for block in blocks_of(empty, Notice)]


def test_a_page_that_looks_back_says_that_the_data_set_is_that_of_today(ask, words):
    notes = {day: blocks_of(page(at(ask, day), words, SourcesChoices()), Text)[-1].text for day in (None, SOM_24)}
    assert words("sources.dataset_today") in notes[SOM_24]
    assert words("sources.dataset_today") not in notes[None]


@pytest.mark.parametrize("part", ["", RECORDS])
@pytest.mark.parametrize("day", [None, SOM_24, date(1990, 1, 1)])
def test_every_part_can_be_read_at_every_day(ask, words, part, day):
    made = page(at(ask, day), words, SourcesChoices(part=part))
    known = set(at(ask, day)("sources_documents", grade=None)["document_id"])
    assert made.lead
    # A page that bears only a year is cited for a meeting of that year, known from the day of the meeting.
    dated = made.sources[made.sources["published_date"] != str(day and day.year)]
    assert set(dated["document_id"]) <= known


def test_dates_and_categories_of_differences_are_words_and_papers_of_the_press_are_not_named(ask, words):
    found = differences(page(ask, words, SourcesChoices()))
    said = [text for block in found.values() for name in ("statement_a", "statement_b") for text in block.rows[name]]
    assert not [text for text in said if re.search(r"\b20\d\d-\d\d\b|\(not final\)|\b(EN|VU) \(", text)]
    assert any("January 2021 to December 2022 (suggested)" in text for text in said)
    assert any(text.startswith("Press report, 2025, article text") for text in said)


def test_matters_of_printing_are_kept_and_not_shown(ask, words):
    assert "Misread characters in the SOM-27 paper" in set(ask("readings_taken")["subject"])
    found = differences(page(ask, words, SourcesChoices()))
    assert "Misread characters in the SOM-27 paper" not in {
        subject for block in found.values() for subject in block.rows["subject"]
    }
