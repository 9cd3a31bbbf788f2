"""Our own workbook: what is handed out comes back as records, and no workbook is a trap."""

import io
import re
import zipfile
from datetime import date, datetime, time

import numpy as np
import openpyxl
import pandas as pd
import pytest

from neaspec.crossings.identity.identities import assign_keys
from neaspec.crossings.input.members import Input
from neaspec.crossings.model.reading import Answers
from neaspec.crossings.model.records import Example
from neaspec.crossings.readers.read import read
from neaspec.crossings.readers.template_workbook import (
    EITHER,
    IDENTITIES,
    LISTS,
    NEEDED,
    RECORDS,
    name_of,
    template_file,
)
from neaspec.crossings.readers.workbooks import text_of
from neaspec.errors import InputError
from neaspec.text import load_words

WORDS = load_words("en")
SOURCE = "made_up.xlsx/Records"
ROW = {
    "individual": "MADE-UP-03",
    "taxon": "Panthera pardus",
    "date": date(2024, 5, 31),
    "time_of_day": time(8, 15),
    "utc_offset": "+10:00",
    "longitude": 131.4,
    "latitude": 43.1,
    "evidence": "camera trap",
    "declared_country": "Russian Federation",
}


def label(name: str) -> str:
    return WORDS(f"field_template.{name}_label")


def filled(*rows: dict, identities: tuple[dict, ...] = (), change=None) -> Input:
    """Fill in the template as a person would, with another program."""
    book = openpyxl.load_workbook(io.BytesIO(template_file()))
    for sheet, columns, lines in (("Records", RECORDS, rows), ("Identities", IDENTITIES, identities)):
        for line, row in enumerate(lines, start=2):
            for name, value in row.items():
                book[sheet].cell(line, columns.index(name) + 1).value = value
    if change:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return Input("made_up.xlsx", out.getvalue())


def reading(*changes: dict, answers: Answers | None = None, **how):
    return read([filled(*(ROW | change for change in changes), **how)], answers or Answers())


def sheet_of(columns: tuple[str, ...], *rows: dict) -> Input:
    """Write a sheet of somebody's own with some of our columns."""
    book = openpyxl.Workbook()
    book.active.append([label(name) for name in columns])
    for row in rows:
        book.active.append([row[name] for name in columns])
    out = io.BytesIO()
    book.save(out)
    return Input("made_up.xlsx", out.getvalue())


def left_out(*changes: dict) -> dict[str, int]:
    return {reason: rows for (_, reason), rows in reading(*changes).dropped.counts.items()}


def test_the_template_is_the_same_bytes_at_every_call():
    assert template_file() == template_file()
    with zipfile.ZipFile(io.BytesIO(template_file())) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_fewest_columns_that_can_be_used_are_recognised_and_one_less_is_not():
    fewest = ("individual", "taxon", "date", "evidence", "declared_country")
    assert read([sheet_of(fewest, ROW)]).records["individual"].tolist() == ["MADE-UP-03"]
    with pytest.raises(InputError, match="no reader recognises"):
        read([sheet_of(fewest[1:], ROW)])
    animal = {"data_set": "North", "individual": "M1", "individual_key": "tiger 1"}
    assert read([sheet_of(tuple(animal), animal)]).identities["individual_key"].tolist() == ["tiger 1"]
    with pytest.raises(InputError, match="no reader recognises"):
        read([sheet_of(("individual", "individual_key"), animal)])


def test_the_template_has_every_column_and_explains_each():
    book = openpyxl.load_workbook(io.BytesIO(template_file()))
    assert book.sheetnames == ["Records", "Explanation", "Identities"]
    for sheet, columns in (("Records", RECORDS), ("Identities", IDENTITIES)):
        assert [name_of(cell.value) for cell in book[sheet][1]] == list(columns)
        assert book[sheet].max_row == 1
    told = [[cell.value for cell in row] for row in book["Explanation"].iter_rows(min_row=8)]
    assert [name_of(row[1]) for row in told] == [*RECORDS, *IDENTITIES]
    assert all(row[3] and row[4] for row in told)
    needed = {(row[0], name_of(row[1])) for row in told if row[2] == "yes"}
    assert needed == {(kind.title(), name) for kind, names in NEEDED.items() for name in names}


def test_examples_of_the_explanation_say_that_they_are_made_up():
    book = openpyxl.load_workbook(io.BytesIO(template_file()))
    assert "made up" in book["Explanation"]["G7"].value
    individual = next(row for row in book["Explanation"].iter_rows(values_only=True) if row[1] == label("individual"))
    assert individual[-1].startswith("MADE-UP")


def test_columns_with_few_values_have_drop_down_lists():
    book = openpyxl.load_workbook(io.BytesIO(template_file()))
    lists = {
        str(rule.sqref).split(":")[0]: rule.formula1
        for rule in book["Records"].data_validations.dataValidation
        if rule.type == "list"
    }
    for name, values in LISTS.items():
        cell = f"{openpyxl.utils.get_column_letter(RECORDS.index(name) + 1)}2"
        assert lists[cell].strip('"').split(",") == [WORDS(f"field_template.{name}_{value}") for value in values]
    countries = lists[f"{openpyxl.utils.get_column_letter(RECORDS.index('declared_country') + 1)}2"]
    assert "Democratic People's Republic of Korea" in countries and countries.count(",") == 5


def test_an_empty_template_is_read_as_no_records():
    made = read([Input("made_up.xlsx", template_file())])
    assert made.records.empty and not made.dropped.counts
    assert [(one.source, one.standard, one.rows) for one in made.recognised] == [(SOURCE, "template", 0)]


def test_a_filled_row_is_a_record():
    more = {
        "sex": "female",
        "age": "subadult",
        "count": 2,
        "uncertainty_m": 100,
        "behaviour": "nest",
        "site": "Park",
        "station": 7,
        "sample_id": "S1",
        "data_set": "made up",
    }
    made = reading(more).records.iloc[0]
    assert made["time"] == pd.Timestamp("2024-05-30 22:15") and made["time_quality"] == "offset_given"
    assert (made["longitude"], made["latitude"], made["uncertainty_m"], made["count"]) == (131.4, 43.1, 100, 2)
    assert (made["declared_country"], made["evidence"], made["station"]) == ("RUS", "camera", "7")
    assert (made["sex"], made["age"], made["behaviour"], made["site"]) == ("female", "subadult", "nest", "Park")
    assert (made["data_set"], made["individual"], made["sample_id"]) == ("made up", "MADE-UP-03", "S1")
    assert (made["source"], made["row"]) == (SOURCE, 2)
    assert reading({}).records["data_set"].tolist() == ["made_up"]


@pytest.mark.parametrize(
    ("change", "at", "quality"),
    [
        ({"utc_offset": None}, "2024-05-31 08:15", "utc_assumed"),
        ({"time_of_day": None}, "2024-05-31 12:00", "day_only"),
        ({"utc_offset": 8}, "2024-05-31 00:15", "offset_given"),
        ({"utc_offset": 5.5}, "2024-05-31 02:45", "offset_given"),
        ({"utc_offset": time(8)}, "2024-05-31 00:15", "offset_given"),
        ({"utc_offset": "UTC-03:30"}, "2024-05-31 11:45", "offset_given"),
        ({"utc_offset": "UTC"}, "2024-05-31 08:15", "offset_given"),
        ({"date": "2024-05-31", "time_of_day": "8:15"}, "2024-05-30 22:15", "offset_given"),
        ({"date": "31.05.2024", "time_of_day": "08:15"}, "2024-05-30 22:15", "offset_given"),
        ({"date": datetime(2024, 5, 31, 8, 15), "time_of_day": None}, "2024-05-30 22:15", "offset_given"),
        ({"date": "2024-05-31T08:15:00Z", "time_of_day": None}, "2024-05-31 08:15", "offset_given"),
        ({"time_of_day": time(0, 0)}, "2024-05-30 14:00", "offset_given"),
    ],
)
def test_date_time_and_offset_make_the_time_in_utc(change, at, quality):
    made = reading(change).records.iloc[0]
    assert made["time"] == pd.Timestamp(at) and made["time_quality"] == quality


@pytest.mark.parametrize(
    ("change", "reason", "column"),
    [
        ({"date": None}, "no_time", "Date"),
        ({"date": "31/31/2024"}, "time_unreadable", "Date"),
        ({"date": 45123}, "time_unreadable", "Date"),
        ({"time_of_day": "25:99"}, "time_unreadable", "Date"),
        ({"utc_offset": "+25:00"}, "cell_unreadable", "Offset from UTC"),
        ({"utc_offset": "Beijing"}, "cell_unreadable", "Offset from UTC"),
        ({"evidence": "hearsay"}, "cell_unreadable", "Evidence"),
        ({"evidence": None}, "cell_unreadable", "Evidence"),
        ({"latitude": 143.1}, "coordinates_impossible", "Latitude, Longitude"),
        ({"latitude": "north"}, "coordinates_unreadable", "Latitude, Longitude"),
        ({"latitude": 0, "longitude": 0}, "coordinates_zero", "Latitude, Longitude"),
        ({"latitude": None, "longitude": None, "declared_country": None}, "no_coordinates", "Latitude, Longitude"),
        ({"count": "many"}, "cell_unreadable", "Number of animals"),
        ({"count": 0}, "absent", "Number of animals"),
    ],
)
def test_a_row_that_cannot_be_read_is_told_with_sheet_row_and_column(change, reason, column):
    made = reading({}, change)
    assert len(made.records) == 1
    ((source, told), examples) = next(iter(made.dropped.examples.items()))
    assert (source, told) == (SOURCE, reason)
    assert (examples[0].row, examples[0].column) == (3, column)
    assert "143" not in examples[0].found


def test_a_place_may_be_left_out_where_the_country_is_declared():
    made = reading({"latitude": None, "longitude": None}).records
    assert made["declared_country"].tolist() == ["RUS"] and np.isnan(made["latitude"].iloc[0])


def test_words_of_lists_may_be_ours_or_common_spellings_and_others_are_noted():
    made = reading({"evidence": "gps", "sex": "M"}, {"evidence": "GPS tag", "sex": "hermaphrodite", "age": "cub"})
    assert made.records["evidence"].tolist() == ["gps", "gps"]
    assert made.records["sex"].tolist() == ["male", ""] and made.records["age"].tolist() == ["", "juvenile"]
    assert made.recognised[0].notes == ("sex_not_known",)


def test_dates_as_text_that_do_not_tell_are_asked_about():
    made = reading({"date": "03/04/2024"})
    assert [(one.kind, one.source, one.column) for one in made.questions] == [("day_or_month_first", SOURCE, "Date")]
    answered = reading({"date": "03/04/2024"}, answers=Answers(day_first={SOURCE: True}))
    assert answered.records["time"].dt.month.tolist() == [4]


def test_columns_may_be_moved_taken_out_or_added_and_empty_rows_count_for_line_numbers():
    def change(book):
        sheet = book["Records"]
        sheet.delete_cols(RECORDS.index("station") + 1)
        sheet.insert_cols(1)
        sheet["A1"] = "Remark"
        sheet["A2"] = '=HYPERLINK("https://example.org")'
        sheet.insert_rows(3, 4)

    made = reading({}, {"individual": "007"}, change=change)
    assert made.records["row"].tolist() == [2, 7]
    assert made.records["individual"].tolist() == ["MADE-UP-03", "007"]


def test_numbers_in_names_keep_their_form():
    assert [text_of(value) for value in (3.0, 2.5, True, "007", 1e20)] == ["3", "2.5", "true", "007", "1e+20"]


def test_identities_of_the_workbook_join_animals():
    stated = (
        {"data_set": "made_up", "individual": "MADE-UP-03", "individual_key": "leopard 3"},
        {"data_set": "other", "individual": "B", "individual_key": "leopard 3"},
    )
    made = reading({}, {"data_set": "other", "individual": "B"}, identities=stated)
    assert assign_keys(made.records, made)[0]["individual_key"].tolist() == ["leopard 3"] * 2


def test_identities_that_cannot_be_right_name_sheet_row_and_column():
    stated = (
        {"data_set": "made_up", "individual": "A"},
        {"data_set": "x", "individual": "A", "individual_key": "b", "loci_compared": 3, "loci_matched": 4},
    )
    with pytest.raises(InputError) as told:
        reading({}, identities=stated)
    assert told.value.problems[0].startswith("made_up.xlsx/Identities, line 2, individual_key: empty")
    assert told.value.problems[1].startswith("made_up.xlsx/Identities, line 3, loci_matched: more")


def test_columns_that_are_needed_and_missing_are_told_together():
    def change(book):
        for name in ("evidence", "latitude", "declared_country"):
            column = next(cell.column for cell in book["Records"][1] if cell.value == label(name))
            book["Records"].delete_cols(column)

    with pytest.raises(InputError, match="sheet Records, row 1: columns that are needed are missing: evidence") as told:
        reading({}, change=change)
    assert " or ".join(EITHER[2]) in str(told.value)


def test_a_column_that_is_there_twice_is_an_error():
    def change(book):
        book["Records"]["Z1"] = label("date")

    with pytest.raises(InputError, match="sheet Records, row 1: columns that are there twice: Date"):
        reading({}, change=change)


def test_two_sheets_of_records_are_an_error():
    with pytest.raises(InputError, match="sheet Records has these columns too"):
        reading({}, change=lambda book: book.copy_worksheet(book["Records"]))


def test_a_workbook_that_is_not_ours_is_told_as_one():
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(InputError, match="a workbook that no reader recognises"):
        read([Input("other.xlsx", out.getvalue())])


def changed_sheet(pattern: bytes, by: bytes) -> bytes:
    """Return the filled template with something in the first sheet replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(filled(ROW).data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                assert re.search(pattern, content)
                content = re.sub(pattern, by, content)
            new.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("cell", [b"XFD1048576", b"A1048576", b"ALM2", b"zz200000"])
def test_a_cell_far_away_takes_no_memory(cell):
    with pytest.raises(InputError, match="columns and 5,000,000 cells are read"):
        read([Input("made_up.xlsx", changed_sheet(rb'r="D2"', b"r='" + cell + b"'"))])


@pytest.mark.parametrize(
    "written",
    [
        b'r="&#88;FD1048576"',
        b'r="A-1"',
        b'r="1"',
        b'r="ABCD1"',
        b's=">" r="XFD1048576"',
        b'x:r="A1"\0',
        b"s=\"r='A1'\" t='<'",
    ],
)
def test_a_cell_numbered_in_no_known_way_is_refused(written):
    with pytest.raises(InputError, match="save it again as .xlsx"):
        read([Input("made_up.xlsx", changed_sheet(rb'r="D2"', written))])


def test_a_far_row_of_cells_without_numbers_takes_no_memory():
    far = b'<row r="1048576"><c t="b"><v>1</v></c><c><v>2</v></c><c><v>2</v></c><c><v>2</v></c><c><v>2</v></c></row>'
    with pytest.raises(InputError, match="cells are read"):
        read([Input("made_up.xlsx", changed_sheet(rb"</sheetData>", far + b"</sheetData>"))])


def test_a_decoy_in_quotes_is_not_taken_for_the_place_of_a_cell():
    written = b'cm="0 r=\'A1\'" r="XFD1048576"'
    with pytest.raises(InputError, match="cells are read"):
        read([Input("made_up.xlsx", changed_sheet(rb'r="D2"', written))])


def test_formatted_cells_without_content_may_reach_as_far_as_they_like():
    far = b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    assert len(read([Input("made_up.xlsx", changed_sheet(rb"</sheetData>", far))]).records) == 1


@pytest.mark.parametrize("keep", [100, 3_000, 9_000])
def test_a_damaged_workbook_is_an_error(keep):
    with pytest.raises(InputError):
        read([Input("made_up.xlsx", filled(ROW).data[:keep])])


@pytest.mark.parametrize("content", [b"<worksheet", b"", b"\0\0\0", b"<worksheet><sheetData><row r='0'><c r='A0'>"])
def test_a_sheet_of_nonsense_is_an_error(content):
    with pytest.raises(InputError):
        read([Input("made_up.xlsx", changed_sheet(rb"(?s)^.*$", content))])


def test_formulas_are_read_as_the_values_their_program_left():
    made = changed_sheet(rb"(?s)<c r=\"D2\"[^>]*>.*?</c>", b'<c r="D2" t="str"><f>1/0</f><v>Panthera tigris</v></c>')
    assert read([Input("made_up.xlsx", made)]).records["taxon"].tolist() == ["Panthera tigris"]
    text = reading({"individual": "'=1+1"}).records["individual"].tolist()
    assert text == ["'=1+1"]


def test_the_size_of_pieces_changes_nothing():
    given = [
        filled(*(ROW | {"individual": f"A{number}", "latitude": 143 if number % 3 == 0 else 43} for number in range(8)))
    ]
    whole, small = read(given), read(given, chunk_rows=3)
    pd.testing.assert_frame_equal(whole.records, small.records)
    assert whole.dropped == small.dropped and whole.recognised == small.recognised
    assert len(whole.records) == 5
    told = whole.dropped.examples[(SOURCE, "coordinates_impossible")]
    assert told[0] == Example(2, "Latitude, Longitude", "a latitude beyond 90")
    assert [one.row for one in told] == [2, 5, 8]
