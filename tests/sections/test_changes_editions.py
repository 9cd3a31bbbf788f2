"""Two editions are compared: what was added, changed and removed is told in words, with its sources."""

import shutil
from pathlib import Path

import pytest

from neaspec.briefs.documents import make_document
from neaspec.data.database import database_path, open_database, version_of
from neaspec.data.editions import ARCHIVE, Edition
from neaspec.data.queries import Ask
from neaspec.edition import in_reading
from neaspec.errors import AddressError
from neaspec.sections.changes import ChangesChoices, page
from tests.support.kept_editions import REPORTED, write
from tests.support.kept_editions import rows as rows_of
from tests.support.mini import mini_package
from tests.support.on_page import said, table

LATE = {"from_edition": "1", "to_edition": "2"}


def edited(folder: Path) -> Path:
    """Change one figure and a cell that no sentence tells; add a report with a count; remove a count and its report."""
    columns, rows = rows_of(folder / "counts.csv")
    like = rows[0]
    changed = rows[1] | {"value": "61"}
    unsaid = [dict(row) for row in rows[2:] if row["count_id"] != "marsh_alone"]
    unsaid[0]["locator"] = "Table 9"
    added = like | {"count_id": "cats_new", "year_from": "2025", "year_to": "2025", "value": "77"}
    added |= {"document_id": "report_mng", "locator": "report", "series_id": ""}
    write(folder / "counts.csv", columns, [rows[0], changed, *unsaid, added])
    columns, documents = rows_of(folder / "documents.csv")
    report = dict.fromkeys(columns, "") | REPORTED | {"document_id": "report_mng"}
    kept = [row for row in documents if row["document_id"] != "paper_gone"]
    write(folder / "documents.csv", columns, [*kept, report])
    return folder


def with_more(folder: Path) -> Path:
    """Add the count and its report that the later edition has not."""
    path = folder / "counts.csv"
    columns, rows = rows_of(path)
    first = rows[0]
    gone = first | {"count_id": "marsh_alone", "year_from": "2024", "year_to": "2024", "value": "33"}
    gone |= {"document_id": "paper_gone", "series_id": ""}
    write(path, columns, [*rows, gone])
    path = folder / "documents.csv"
    columns, documents = rows_of(path)
    paper = documents[0] | {
        "document_id": "paper_gone",
        "title": "Paper that was withdrawn",
        "publisher": "Gone Office",
    }
    write(path, columns, [*documents, paper])
    return folder


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Edition]:
    folder = tmp_path_factory.mktemp("compared")
    first = with_more(mini_package(folder / "edition-0001"))
    second = edited(Path(shutil.copytree(first, folder / "edition-0002")))
    return {
        "1": Edition(1, "for SOM-91", "2026-04-01", False, first, ""),
        "2": Edition(2, "for SOM-92", "2026-05-02", False, second, ""),
    }


@pytest.fixture(scope="module")
def asks(editions) -> dict[str, Ask]:
    paths = {
        number: database_path(each.package, each.package.parent / "db" / number) for number, each in editions.items()
    }
    return {number: Ask(open_database(path), None, version_of(path)) for number, path in paths.items()}


@pytest.fixture(autouse=True)
def kept(editions, asks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ARCHIVE, "known", lambda: tuple(editions.values()))
    monkeypatch.setattr(ARCHIVE, "open_one", lambda edition: asks[str(edition.number)])


@pytest.fixture
def compared(mini, words):
    return page(mini, words, ChangesChoices(**LATE))


def test_the_answer_says_how_many_rows_differ_between_which_editions(compared):
    assert compared.lead == (
        "From edition 1 (for SOM-91, 1 April 2026) to edition 2 (for SOM-92, 2 May 2026): "
        "2 rows added, 2 changed, 2 removed."
    )


def test_rows_are_told_in_words_with_their_sources(compared):
    added = table(compared, "added").rows
    of_count = added[added["document_id"] == "report_mng"]
    assert "77" in of_count["new_said"].str.cat(sep=" ")
    assert "Reported by Mongolia, 1 May 2026" in list(added["new_said"])
    removed = table(compared, "removed").rows
    assert "33" in removed["old_said"].str.cat(sep=" ")
    assert {"report_mng", "paper_gone"} <= set(compared.sources["document_id"])
    assert set(compared.sources["number"]) == set(range(1, len(compared.sources) + 1))
    assert "Gone Office" in set(compared.sources["publisher"])


def test_a_changed_row_stands_before_and_after_and_a_cell_no_sentence_tells_by_its_column(compared):
    changed = table(compared, "changed").rows
    figures = changed[changed["new_said"].str.contains("61")].iloc[0]
    assert "60" in figures["old_said"]
    cell = changed[changed["new_said"].str.contains("Table 9")].iloc[0]
    assert cell["new_said"] == "Place: Table 9"
    assert cell["old_said"].startswith("Place: ")


def test_an_edition_is_compared_with_the_tables_the_page_reads(asks, words):
    with in_reading("en", "2"):
        shown = page(asks["2"], words, ChangesChoices(from_edition="1"))
        assert "to edition 2 (for SOM-92, 2 May 2026)" in shown.lead
        same = page(asks["2"], words, ChangesChoices(from_edition="2"))
    assert "0 rows added, 0 changed, 0 removed" in same.lead
    assert "The two editions have the same rows." in said(same)


def test_an_edition_that_is_not_there_is_refused(mini, words):
    with pytest.raises(AddressError, match="no edition '9'"):
        page(mini, words, ChangesChoices(from_edition="9", to_edition="1"))


def test_a_paper_of_the_comparison_names_both_editions(mini, words, compared):
    document = make_document(mini, words, "changes", ChangesChoices(**LATE), compared)
    assert dict(document.choices)["Changes from"] == "edition 1 (for SOM-91, 1 April 2026)"
    assert document.address == "/changes?from_edition=1&to_edition=2"
    with pytest.raises(AddressError, match="9"):
        make_document(mini, words, "changes", ChangesChoices(from_edition="9"), compared)
