"""The page of sources: documents, statements, contradictions, dictionary; searching, one document, looking back."""

import re
from datetime import date

import pytest

from neaspec.blocks import (
    Chart,
    Details,
    Entry,
    Heading,
    Notice,
    Page,
    PageLink,
    Table,
    Text,
    link_cell,
    read_link_cell,
    walk,
)
from neaspec.data.queries import Ask
from neaspec.sections.sources.page import MOST_STATEMENTS, PARTS, SourcesChoices, page

SOM_24 = date(2020, 10, 13)
PAPERS = ["som_24_paper", "workshop_2016_note", "som_27_paper", "workshop_2021_note", "som_24_slides"]


def at(ask: Ask, day: date | None) -> Ask:
    return Ask(ask.connection, day, ask.version)


def blocks_of(made: Page, kind: type) -> list:
    return [block for block in walk(made.blocks) if isinstance(block, kind)]


def table(made: Page, file_name: str) -> Table:
    return next(block for block in blocks_of(made, Table) if block.file_name == file_name)


def test_the_papers_that_most_was_taken_from_are_listed_with_links_to_their_statements(ask, words):
    made = page(ask, words, SourcesChoices())
    entries = blocks_of(made, Entry)
    assert [entry.document_ids[0] for entry in entries] == PAPERS
    assert [entry.links[0].choices for entry in entries] == [{"document": key} for key in PAPERS]


def test_the_statements_of_the_grades_are_all_statements(ask, words):
    made = page(ask, words, SourcesChoices())
    chart = blocks_of(made, Chart)[0]
    total = ask("sources_statements", document_id=None, grade=None, search="", most=1)["found"].iloc[0]
    assert chart.rows["grade"].tolist() == ["official", "scientific", "organisation", "press", "web_page"]
    assert chart.rows["statements"].sum() == total
    assert f"{total:,} records" in made.lead
    assert table(made, "documents").rows["statements"].sum() == total
    assert table(made, "statements_by_table").rows["statements"].sum() == total


def test_a_grade_keeps_only_documents_of_that_grade(ask, words):
    rows = table(page(ask, words, SourcesChoices(grade="scientific")), "documents").rows
    assert len(rows) > 5
    assert set(rows["grade_words"]) == {"peer-reviewed"}


def test_each_document_can_be_opened_here_and_where_it_was_published(ask, words):
    rows = table(page(ask, words, SourcesChoices()), "documents").rows
    cells = rows["taken_link"].tolist()
    assert "Open|sources?document=som_24_paper" in cells
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


def test_a_document_that_was_not_known_yet_says_so(ask, words):
    made = page(at(ask, SOM_24), words, SourcesChoices(document_id="som_27_paper"))
    assert blocks_of(made, Notice)[0].kind == "empty"
    assert blocks_of(made, PageLink)[0].page == "sources"
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
    assert [block.kind for block in blocks_of(made, Notice)] == ["empty"]


def test_a_search_within_a_document_keeps_to_the_document(ask, words):
    rows = table(page(ask, words, SourcesChoices(document_id="som_27_paper", search="tiger")), "statements").rows
    assert len(rows) > 0
    assert set(rows["document_id"]) == {"som_27_paper"}


def test_a_long_list_is_cut_and_says_so(ask, words):
    made = page(ask, words, SourcesChoices(part="statements"))
    assert len(table(made, "statements").rows) == MOST_STATEMENTS
    assert f"the first {MOST_STATEMENTS} are listed" in blocks_of(made, Notice)[0].text


def test_differences_are_grouped_by_weight_the_significant_in_full_view(ask, words):
    made = page(ask, words, SourcesChoices(part="contradictions"))
    assert [block.title.split(" (")[0] for block in made.blocks if isinstance(block, Details)] == [
        "Small differences",
        "Found by review, because no comparison can find them",
        "Names that documents spell in several ways",
    ]
    heading = next(block for block in blocks_of(made, Heading) if block.level == 3)
    shown = [block for block in made.blocks if isinstance(block, Entry)]
    assert heading.text == f"Significant differences ({len(shown)})"
    assert "National counts of Amur tigers, camera traps" in [entry.title for entry in shown]
    assert all("significant" in entry.tags for entry in shown)


def test_each_statement_of_a_difference_stands_under_its_document(ask, words):
    made = page(ask, words, SourcesChoices(part="contradictions"))
    entry = next(entry for entry in blocks_of(made, Entry) if entry.title.startswith("Delivery for Tumen"))
    labels = [label for label, _ in entry.facts]
    assert labels[:3] == [
        "Paper for SOM-24, para. 20",
        "Paper for SOM-27, para. 11",
        "Slides for SOM-24, slide Way forward",
    ]
    assert labels[3:] == ["Treated here as", "Why"]
    sexes = next(entry for entry in blocks_of(made, Entry) if entry.title.startswith("Sexes of Amur tiger"))
    assert ("Worked out here", "The sexes make 23.") in sexes.facts


def test_names_spelt_in_several_ways_are_a_table(ask, words):
    rows = table(page(ask, words, SourcesChoices(part="contradictions")), "spellings").rows
    assert any(name.startswith("Land of Big Cats") for name in rows["spelt"])


def test_a_finding_without_a_reading_is_marked_as_not_settled(ask, words):
    made = page(at(ask, SOM_24), words, SourcesChoices(part="contradictions"))
    still = [entry for entry in blocks_of(made, Entry) if "not settled" in entry.tags]
    notice = blocks_of(made, Notice)[0].text
    assert notice == (words("sources.open_note", still=len(still)) if still else words("sources.none_open"))


def test_contradictions_can_be_searched(ask, words):
    entries = blocks_of(page(ask, words, SourcesChoices(part="contradictions", search="fangchuan")), Entry)
    assert 3 <= len(entries) < 20
    nothing = page(ask, words, SourcesChoices(part="contradictions", search="no such thing"))
    assert not blocks_of(nothing, Entry)
    assert blocks_of(nothing, Notice)[-1].kind == "empty"


def test_the_dictionary_names_the_tables_that_keys_belong_to(ask, words):
    rows = table(page(ask, words, SourcesChoices(part="dictionary")), "data_dictionary").rows
    counts = rows[rows["table_title"] == "Counts"].set_index("column_name")
    assert counts.loc["species_id", "allowed"] == "a key of Species"
    assert counts.loc["caveat_ids", "allowed"] == "keys of Caveats, separated by a space"
    assert "camera_trap" in counts.loc["method", "allowed"]
    assert counts.loc["count_id", "is_required_words"] == words.term("boolean", "true")


def test_the_dictionary_can_be_searched(ask, words):
    rows = table(
        page(ask, words, SourcesChoices(part="dictionary", search="designations AREA")), "data_dictionary"
    ).rows
    assert "area_ha" in set(rows["column_name"])
    empty = page(ask, words, SourcesChoices(part="dictionary", search="no such thing"))
    assert blocks_of(empty, Notice)[0].kind == "empty"


def test_a_page_that_looks_back_says_that_the_data_set_is_that_of_today(ask, words):
    notes = {day: blocks_of(page(at(ask, day), words, SourcesChoices()), Text)[-1].text for day in (None, SOM_24)}
    assert words("sources.dataset_today") in notes[SOM_24]
    assert words("sources.dataset_today") not in notes[None]


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("day", [None, SOM_24, date(1990, 1, 1)])
def test_every_part_can_be_read_at_every_day(ask, words, part, day):
    made = page(at(ask, day), words, SourcesChoices(part=part))
    known = set(at(ask, day)("sources_documents", grade=None)["document_id"])
    assert made.lead
    # A page that bears only a year is cited for a meeting of that year, known from the day of the meeting.
    dated = made.sources[made.sources["published_date"] != str(day and day.year)]
    assert set(dated["document_id"]) <= known


def test_dates_and_categories_of_differences_are_words_and_papers_of_the_press_are_not_named(ask, words):
    made = page(ask, words, SourcesChoices(part="contradictions"))
    said = [f"{label} {value}" for entry in blocks_of(made, Entry) for label, value in entry.facts]
    assert not [text for text in said if re.search(r"\b20\d\d-\d\d\b|\(not final\)|\b(EN|VU) \(", text)]
    assert any("January 2021 to December 2022 (suggested)" in text for text in said)
    assert any("January 2021 to December 2022 (tbc)" in text for text in said)
    assert any(text.startswith("Press report, 2025, article text Vulnerable (2025)") for text in said)


def test_matters_of_printing_are_kept_and_not_shown(ask, words):
    assert "Misread characters in the SOM-27 paper" in set(ask("readings_taken")["subject"])
    titles = [entry.title for entry in blocks_of(page(ask, words, SourcesChoices(part="contradictions")), Entry)]
    assert "Misread characters in the SOM-27 paper" not in titles
