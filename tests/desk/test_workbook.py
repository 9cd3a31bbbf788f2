"""The workbook to report with offline: it comes back as drafts, or all that is wrong is told and nothing kept."""

from io import BytesIO

import openpyxl
import pytest

from neaspec.data.description import read_description
from neaspec.desk.__main__ import main
from neaspec.desk.changes import changes_of, problems_of, read_tables
from neaspec.desk.errors import SubmissionError
from neaspec.desk.filled_in import submissions_in
from neaspec.desk.kinds import KINDS
from neaspec.desk.settings import PEOPLE, STORE
from neaspec.desk.store import Store
from neaspec.desk.upgrade import open_store
from neaspec.desk.workbook import workbook
from tests.desk.conftest import COUNT, MONGOLIA, report_of
from tests.support.made_up import write_package

CORRECTION = {"table": "counts", "key": "cats_2018", "column": "value", "value": "8", "reason": "A misprint."}


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory):
    return write_package(tmp_path_factory.mktemp("workbook") / "data")


@pytest.fixture(scope="module")
def empty(data_dir, words) -> bytes:
    return workbook(read_description(data_dir), read_tables(data_dir), words)


def filled(empty: bytes, rows: dict[str, list[dict[str, object]]], extra: str = "") -> bytes:
    """Write rows into the sheets of the workbook, as somebody with a spreadsheet does."""
    book = openpyxl.load_workbook(BytesIO(empty))
    for name, lines in rows.items():
        sheet = book[name]
        places = {cell.value: cell.column for cell in sheet[2]}
        for number, line in enumerate(lines, start=3):
            for column, value in line.items():
                sheet.cell(number, places[column], value)
    if extra:
        book.create_sheet(extra)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def read(data: bytes, data_dir, words):
    return submissions_in(data, data_dir, words, "MNG")


def refused(data: bytes, data_dir, words) -> list[str]:
    with pytest.raises(SubmissionError) as caught:
        read(data, data_dir, words)
    return caught.value.problems


def test_each_kind_has_a_sheet_whose_columns_say_what_they_hold(empty, words):
    book = openpyxl.load_workbook(BytesIO(empty))
    assert set(KINDS) <= set(book.sheetnames)
    sheet = book["count"]
    places = {cell.value: cell.column_letter for cell in sheet[2]}
    assert "document_id" not in places and "count_id" not in places
    note = sheet[f"{places['value']}1"].comment.text
    assert "Type: number" in note
    method = sheet[f"{places['method']}1"].comment.text
    assert "camera_trap" in method.split("Allowed: ")[1]
    ruled = {str(rule.sqref).partition(":")[0] for rule in sheet.data_validations.dataValidation}
    assert {f"{places['method']}3", f"{places['species_id']}3"} <= ruled


def test_the_same_tables_give_the_same_workbook(empty, data_dir, words):
    assert workbook(read_description(data_dir), read_tables(data_dir), words) == empty


def test_what_is_filled_in_comes_back_as_submissions_that_the_checks_pass(empty, data_dir, words, tmp_path):
    count = COUNT | {"value": 9, "year_from": 2024, "country_code": ""}
    second = CORRECTION | {"column": "locator", "value": "Table 2"}
    objection = {"table": "sites", "key": "made_up_park", "reason": "Not its border."}
    rows = {"count": [count, COUNT | {"value": "11"}], "correction": [CORRECTION, second], "objection": [objection]}
    contents = read(filled(empty, rows), data_dir, words)
    assert [kind for kind, _ in contents] == ["count", "count", "objection", "correction"]
    assert {name: contents[0][1]["row"][name] for name in COUNT} == COUNT
    assert contents[-1][1]["row"] == {"value": "8", "locator": "Table 2"}
    assert contents[-1][1]["before"] == {"value": "7", "locator": "Table 1"}
    store = Store(open_store(f"sqlite:///{tmp_path / 'desk.sqlite'}"))
    for drafted in store.draft_all(MONGOLIA, contents):
        assert problems_of(data_dir, changes_of(drafted, read_tables(data_dir), *report_of(drafted))) == []


def test_everything_wrong_is_told_at_once_with_sheet_row_column_found_and_allowed(empty, data_dir, words):
    rows = {
        "count": [COUNT | {"method": "guess", "value": "many"}, COUNT | {"species_id": "", "year_from": "2024.5"}],
        "movement": [{"species_id": "unicorn"}],
    }
    problems = refused(filled(empty, rows), data_dir, words)
    assert any(text.startswith("sheet count, row 3, column value: found many; allowed: ") for text in problems)
    assert any(text.startswith("sheet count, row 3, column method: found guess; allowed: ") for text in problems)
    assert any(text.startswith("sheet count, row 4, column species_id: found nothing; allowed: ") for text in problems)
    assert any(text.startswith("sheet count, row 4, column year_from: found 2024.5") for text in problems)
    assert any(text.startswith("sheet movement, row 3, column species_id: found unicorn") for text in problems)


def test_what_only_the_checks_of_the_build_see_is_told_by_sheet_and_row(empty, data_dir, words):
    low = COUNT | {"value": "9", "low": "20", "high": "10"}
    problems = refused(filled(empty, {"count": [COUNT, low]}), data_dir, words)
    assert problems and all(text.startswith("sheet count, row 4: ") for text in problems), problems


def test_a_row_for_another_state_or_of_no_row_on_record_is_told(empty, data_dir, words):
    rows = {"count": [COUNT | {"country_code": "JPN"}], "correction": [CORRECTION | {"key": "gone"}]}
    problems = refused(filled(empty, rows), data_dir, words)
    assert any(text.startswith("sheet count, row 3: ") and "reports for itself" in text for text in problems)
    assert any(text.startswith("sheet correction, row 3: key is 'gone'") for text in problems)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no workbook"),
        (b"%PDF-1.7", "no workbook"),
        (b"PK\x03\x04 and nothing", "cannot be read|damaged|not a zip"),
    ],
)
def test_another_file_is_refused(data_dir, words, data, said):
    with pytest.raises(SubmissionError, match=said):
        read(data, data_dir, words)


def test_a_workbook_with_a_sheet_of_its_own_or_with_nothing_in_it_is_refused(empty, data_dir, words):
    assert refused(filled(empty, {}, extra="Plan"), data_dir, words)[0].startswith(
        "sheet Plan: not known; allowed: count"
    )
    assert refused(empty, data_dir, words) == ["No row of the workbook is filled in."]


def test_the_command_line_takes_all_or_nothing(data_dir, words, tmp_path, monkeypatch, capsys):
    (tmp_path / "people.csv").write_text(f"address,role,country_code\n{MONGOLIA.address},focal_point,MNG\n")
    monkeypatch.setenv(STORE, f"sqlite:///{tmp_path / 'desk.sqlite'}")
    monkeypatch.setenv(PEOPLE, str(tmp_path / "people.csv"))
    assert main(["workbook", str(tmp_path / "empty.xlsx")]) == 0
    given = tmp_path / "filled.xlsx"
    row = {"table": "counts", "key": "none_such", "reason": "x"}
    good = {"title": "Plan", "publisher": "Mongolia", "seen_date": "2026-05-01", "kind": "report", "grade": "official"}
    good |= {"language": "en"}
    given.write_bytes(filled((tmp_path / "empty.xlsx").read_bytes(), {"document": [good], "objection": [row]}))
    assert main(["take-in", str(given), "--as", MONGOLIA.address]) == 1
    store = Store(open_store(f"sqlite:///{tmp_path / 'desk.sqlite'}"))
    assert store.submissions(MONGOLIA) == []
    assert "sheet objection, row 3" in capsys.readouterr().err
    given.write_bytes(filled((tmp_path / "empty.xlsx").read_bytes(), {"document": [good]}))
    assert main(["take-in", str(given), "--as", MONGOLIA.address]) == 0
    assert [submission.kind for submission in store.submissions(MONGOLIA)] == ["document"]
    assert main(["take-in", str(given), "--as", "nobody@x.example"]) == 1
