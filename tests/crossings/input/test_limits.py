"""Files at their limits, and the words in which they are refused: archives, encodings, headers, cells."""

import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from neaspec.crossings.input import csv_blocks, csv_tables
from neaspec.crossings.input.archives import list_members, members
from neaspec.crossings.input.csv_tables import (
    check_header,
    chunks,
    header_of,
    layout_of,
    notes_of,
    shown_name,
    width_of,
)
from neaspec.crossings.input.duplicates import inputs_twice, tables_twice
from neaspec.crossings.input.encodings import OTHERWISE, STATED, encoding_of, plausibility
from neaspec.crossings.input.members import Input, InputLimits, Member, reading_errors
from neaspec.errors import InputError
from neaspec.files import MEGABYTE
from tests.support.made_field_files import zipped

TABLE = b"a,b\n1,2\n"


def member(content: str | bytes, name: str = "a.csv") -> Member:
    return members([Input(name, content if isinstance(content, bytes) else content.encode())])[0]


def problems(*inputs: Input, limits: InputLimits | None = None) -> list[str]:
    return list_members(inputs, limits or InputLimits())[1]


def refusal(work: Callable[[], object]) -> str:
    with pytest.raises(InputError) as refused:
        work()
    (told,) = refused.value.problems
    return told


def test_as_many_bytes_as_are_taken_are_taken() -> None:
    assert problems(Input("a.csv", TABLE), limits=InputLimits(input_bytes=len(TABLE))) == []
    (told,) = problems(Input("a.csv", TABLE), limits=InputLimits(input_bytes=len(TABLE) - 1))
    assert told == "a.csv: 0 MB; up to 0 MB are taken here. Larger files: python -m neaspec.crossings"


def test_as_many_files_and_bytes_of_a_zip_as_are_taken_are_taken() -> None:
    two = zipped("a.zip", {"1.csv": TABLE, "2.csv": TABLE})
    assert problems(two, limits=InputLimits(members=2, unpacked_bytes=2 * len(TABLE))) == []
    assert problems(two, limits=InputLimits(members=1)) == ["a.zip: 2 files in the zip; up to 1 are taken"]
    (told,) = problems(two, limits=InputLimits(unpacked_bytes=2 * len(TABLE) - 1))
    assert told == "a.zip: would unpack to 0 MB; up to 0 MB are taken"


@pytest.mark.parametrize(("megabytes", "is_refused"), [(10, False), (11, True)])
def test_the_first_ten_megabytes_may_be_packed_as_small_as_they_can(megabytes: int, is_refused: bool) -> None:
    data = b"0" * megabytes * MEGABYTE
    told = problems(zipped("a.zip", {"1.csv": data}), limits=InputLimits(ratio=2))
    expected = ["a.zip/1.csv: would grow more than 2 times when unpacked; give the unpacked file"]
    assert told == (expected if is_refused else [])
    (packed,) = members([Input("a.csv.gz", gzip.compress(data))], InputLimits(ratio=2))
    if is_refused:
        with packed.open() as stream, pytest.raises(InputError, match="unpacks to more than 10 MB"):
            stream.read()
    else:
        with packed.open() as stream:
            assert len(stream.read()) == len(data)


@pytest.mark.parametrize("name", ["a\tb.csv", "a\x1fb.csv"])
def test_control_characters_in_names_of_a_zip_are_refused(name: str) -> None:
    assert problems(zipped("a.zip", {name: TABLE})) == [
        "a.zip: a file name in the zip holds control characters; pack it again"
    ]


@pytest.mark.parametrize("name", ["a b.csv", "a..b.csv", "x/..y/a.csv", "ab:c.csv"])
def test_odd_names_that_lead_nowhere_are_taken(name: str) -> None:
    assert [found.name for found in members([zipped("a.zip", {name: TABLE})])] == [f"a.zip/{name}"]


def test_a_gz_file_in_a_zip_is_its_content() -> None:
    (found,) = members([zipped("a.zip", {"t.csv.gz": gzip.compress(TABLE)})])
    assert (found.name, found.archive, found.size, found.kind) == ("a.zip/t.csv.gz", "a.zip", 0, "text")
    assert found.bytes() == TABLE


def test_a_member_knows_its_size_archive_and_path(tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_bytes(TABLE)
    inside, alone = members([zipped("a.zip", {"t.csv": TABLE}), Input("b.csv", tmp_path / "b.csv")])
    assert (inside.size, inside.archive, inside.path) == (len(TABLE), "a.zip", None)
    assert (alone.size, alone.archive, alone.path) == (len(TABLE), "", tmp_path / "b.csv")


def test_an_empty_workbook_part_alone_makes_no_workbook() -> None:
    found = members([zipped("a.zip", {"[Content_Types].xml": b"<x/>", "t.csv": TABLE})])
    assert [one.name for one in found] == ["a.zip/[Content_Types].xml", "a.zip/t.csv"]


@pytest.mark.parametrize(
    ("start", "kind", "signature"),
    [
        (b"%PDF-1.7", "binary", "PDF document"),
        (b"\xff\xd8\xff\xe0", "binary", "JPEG picture"),
        (b"GIF89a", "binary", "GIF picture"),
        (b"7z\xbc\xaf", "binary", "7z archive"),
        (b"Rar!", "binary", "RAR archive"),
        (b"BZh9", "binary", "bz2 archive"),
        (b"\xfd7zXZ", "binary", "xz archive"),
        (b"SQLite format 3\0", "binary", "SQLite database"),
        (b"\xd0\xcf\x11\xe0", "binary", "old Office file (.xls, .doc): save it as .xlsx or CSV"),
        (b"\x28\xb5\x2f\xfd", "binary", "zstd archive"),
        (b"\xff\xfea\0b\0", "text", ""),
        (b"\xfe\xff\0a\0b", "text", ""),
        (b"a\0b", "binary", ""),
        (b"plain", "text", ""),
    ],
)
def test_what_a_file_is_is_told_by_its_first_bytes(start: bytes, kind: str, signature: str) -> None:
    found = member(start)
    assert (found.kind, found.signature) == (kind, signature)
    if kind == "binary":
        expected = f"a.csv: {signature or 'binary data'}; a table as text (CSV) is expected"
        assert refusal(lambda: layout_of(found)) == expected


def test_a_small_file_is_read_whole_up_to_its_limit() -> None:
    assert member(b"12345").bytes(5) == b"12345"
    assert refusal(lambda: member(b"123456").bytes(5)) == "a.csv: more than 0 MB; a file of this kind is small"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (zipfile.BadZipFile("bad"), "a: the archive is damaged (bad); download or pack it again"),
        (EOFError(), "a: the archive is damaged (EOFError); download or pack it again"),
        (RuntimeError("secret"), "a: packed in a way that is not read (secret); pack as plain zip"),
        (NotImplementedError("x" * 200), f"a: packed in a way that is not read ({'x' * 100}); pack as plain zip"),
        (FileNotFoundError("/home/somebody/a.csv"), "a: cannot be read (FileNotFoundError)"),  # no path of a machine
        (ValueError("odd"), "a: cannot be read (odd)"),
    ],
)
def test_what_libraries_raise_is_told_in_words(error: Exception, words: str) -> None:
    def work() -> None:
        with reading_errors("a"):
            raise error

    assert refusal(work) == words


RUSSIAN, WESTERN = "Тигр;Сихотэ-Алинь и Лазовский заповедник\n", "Zoë;Müller über Brücke\n"


def test_an_encoding_that_was_stated_holds_or_is_refused() -> None:
    text = member(RUSSIAN.encode("koi8-r"))
    text.remembered[STATED] = "koi8-r"
    assert encoding_of(text) == "koi8-r"
    wrong = member(b"\xff\xff\xff;a\n")
    wrong.remembered[STATED] = "utf-8"
    assert refusal(lambda: encoding_of(wrong)) == "a.csv: not utf-8 text, as was stated"


def test_an_encoding_stated_for_the_rest_is_of_what_is_not_utf_8_alone() -> None:
    for text, found in ((RUSSIAN.encode(), "utf-8"), (RUSSIAN.encode("koi8-r"), "koi8-r"), (b"a;b\n", "utf-8")):
        given = member(text)
        given.remembered[OTHERWISE] = "koi8-r"
        assert encoding_of(given) == found
    given = member(b"\xff\xff;a\n")
    given.remembered[OTHERWISE] = "gb18030"
    assert refusal(lambda: encoding_of(given)) == "a.csv: neither UTF-8 nor gb18030 text, as was stated"


def test_a_mark_of_another_encoding_is_believed_or_refused() -> None:
    assert encoding_of(member(RUSSIAN.encode("utf-16"))) == "utf-16"
    assert encoding_of(member(b"\xef\xbb\xbfa;b\n")) == "utf-8-sig"
    told = refusal(lambda: encoding_of(member(b"\xef\xbb\xbfa;\xff\n")))
    assert told.startswith("a.csv: begins like utf-8-sig text but holds bytes that are not; save the file as CSV UTF-8")


def test_binary_data_in_a_text_is_told_by_its_byte() -> None:
    text = b"a;b\n" + b"x" * 70_000 + b"\0"
    assert refusal(lambda: encoding_of(member(text))) == "a.csv: binary data at byte 70,005; not a table"


@pytest.mark.parametrize(
    ("text", "encoding", "low", "high"),
    [
        (RUSSIAN, "cp1251", 0.99, 1),
        (WESTERN, "cp1252", 0.99, 1),
        (RUSSIAN, "cp1252", 0, 0.01),
        ("珲春虎", "gb18030", 0.9, 0.95),
        ("중국호랑이", "cp949", 1, 1),
        ("タイガー", "cp932", 1, 1),
        ("虎", "cp949", 0, 0),
        ("plain", "gb18030", 0, 0),
        ("№«»", "cp1251", 1, 1),
        ("±²³", "cp1252", 1, 1),
        ("ТигрZ", "cp1251", 0, 0.01),
        ("，；。", "gb18030", 0, 0),
    ],
)
def test_a_text_is_plausible_in_the_encoding_of_its_language(text: str, encoding: str, low: float, high: float) -> None:
    assert low <= plausibility(text, encoding) <= high


def test_old_encodings_are_told_in_the_notes() -> None:
    layout = layout_of(member(RUSSIAN.encode("cp1251") * 3))
    assert layout.encoding == "cp1251" and notes_of(layout) == ("read_as_cp1251",)
    assert notes_of(layout_of(member(RUSSIAN * 3))) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "a.csv: the file is empty"),
        ("\n \n", "a.csv: the file holds nothing but empty lines"),
        ("<!DOCTYPE html><p>x", "a.csv: a web page instead of a table. Movebank answers"),
        ("a,b,a\n1,2,3\n", "a.csv, header: columns with the same name (a); each must be there once"),
        ("43.1,131.2,43.1\n", "a.csv, header: columns with the same name ((a number)); each must be there once"),
    ],
)
def test_what_has_no_header_is_told(text: str, words: str) -> None:
    assert refusal(lambda: header_of(member(text))).startswith(words)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("longitude", "longitude"),
        ("", "(no name)"),
        ("43.12", "(a number)"),
        ("7", "(a number)"),
        ("gps_x1", "gps_x1"),
        ("year2020", "(a number)"),
        ("a1:2", "(a number)"),
        ("x" * 50, "x" * 40),
    ],
)
def test_a_header_that_is_a_row_of_numbers_is_not_repeated(name: str, shown: str) -> None:
    assert shown_name(name) == shown


def test_a_thousand_columns_are_read() -> None:
    assert len(check_header("a", tuple(map(str, range(1_000))))) == 1_000
    told = refusal(lambda: check_header("a", tuple(map(str, range(1_001)))))
    assert told == "a: 1,001 columns; up to 1,000 are read"
    assert check_header("a", ("", "", "b")) == ("", "", "b")  # empty names may repeat


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a;b;c\n1,5;2,5;3\n", ";"),
        ("a\tb\n1,2\t3\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ("a,b\n1,2\n", ","),
        ("a\n1,5\n2,5\n", "\t"),
        ("sep=;\na;b\n1;2\n", ";"),
    ],
)
def test_the_delimiter_is_what_splits_most_lines_alike(text: str, delimiter: str) -> None:
    assert layout_of(member(text)).delimiter == delimiter


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("a,b,c\n1,2\n3,4\n", 1),
        ("a,b,c\n1,2\n3,4,5\n", 0),
        ("a,b,c\n1,2,3\n", 0),
        ("a,b\n1\n2\n", 0),
        ("a,b,c\n1\n", 0),
    ],
)
def test_a_header_with_one_name_too_many_is_told(text: str, missing: int) -> None:
    layout = layout_of(member(text))
    assert layout.missing == missing
    if missing:
        (piece,) = chunks(member(text))
        assert piece.frame.values.tolist() == [["1", "2", ""], ["3", "4", ""]]
        assert notes_of(layout) == ("header_longer",)


def test_lines_before_the_header_are_counted() -> None:
    layout = layout_of(member("\n\nsep=,\na,b\n1,2\n"))
    assert layout.lines_before == 4
    (piece,) = chunks(member("\n\nsep=,\na,b\n1,2\n"))
    assert piece.rows.tolist() == [5]
    assert width_of(member("\n1,2,3\n"), layout) == 3 and width_of(member("\n"), layout) == 0


def test_pieces_have_as_many_rows_as_were_asked_for() -> None:
    text = "a,b\n" + "".join(f"{number},x\n" for number in range(7))
    sizes = [len(piece.rows) for piece in chunks(member(text), 3)]
    assert sum(sizes) == 7 and all(size <= 3 for size in sizes)
    assert [piece.read for piece in chunks(member("a,b\n1,2\n1\n3,4\n"), 10)] == [3]


def test_rows_of_other_lengths_are_told_and_empty_cells_behind_are_nothing() -> None:
    (piece,) = chunks(member("a,b\n1,2,,\n1\n1,2,3\n"))
    assert piece.rows.tolist() == [2]
    (examples,) = piece.dropped.examples.values()
    assert [(one.row, one.found) for one in examples] == [(3, "1 cells instead of 2"), (4, "3 cells instead of 2")]


def test_a_quotation_mark_that_is_never_closed_is_told_by_its_line() -> None:
    told = refusal(lambda: list(chunks(member('a,b\n1,2\n3,"x\n5,6\n'))))
    assert told.startswith(
        "a.csv, line 3: a quotation mark that opens here is never closed, so that all 2 lines up to "
    )


def test_a_cell_or_a_line_that_is_too_long_is_no_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_blocks, "MOST_CELL", 50)
    told = refusal(lambda: list(chunks(member("a,b\n1,2\n3," + "x" * 51 + "\n"))))
    assert told.startswith("a.csv, line 3: a cell of more than 50 letters")
    monkeypatch.setattr(csv_blocks, "MOST_LINE", 20)
    assert refusal(lambda: header_of(member("a" * 21 + "\n"))) == "a.csv, line 1: longer than 20 letters; not a table"
    assert header_of(member("a" * 19 + "\n")) == ("a" * 19,)


def test_a_text_that_breaks_off_its_encoding_is_told_by_its_line() -> None:
    given = member("a,b\n" + "1,2\n" * 3)
    given.remembered["layout"] = csv_tables.CsvDialect("ascii", ",")
    given.remembered["header"] = ("a", "b")
    broken = Member("a.csv", 0, lambda: io.BytesIO(b"a,b\n1,\xff\n"), remembered=given.remembered)
    assert refusal(lambda: list(chunks(broken))).endswith("not ascii text")


def test_files_twice_are_found_in_one_folder_and_archives_in_any(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_bytes(TABLE)
    given = [
        Input("x/a.csv", TABLE),
        Input("x/b.csv", TABLE),
        Input("y/c.csv", tmp_path / "c.csv"),
        Input("d.csv", b""),
    ]
    assert inputs_twice(given) == ["x/b.csv is the same file as x/a.csv: give it once"]
    packed = gzip.compress(TABLE)
    assert inputs_twice([Input("y/a.gz", packed), Input("x/b.gz", packed)]) == [
        "y/a.gz is the same file as x/b.gz: give it once"
    ]
    assert inputs_twice([Input("a.csv", tmp_path / "gone"), Input("b.csv", tmp_path / "gone"), Input("e", b"")]) == []


def test_tables_twice_need_rows_and_equal_companions() -> None:
    one, other, header = member(TABLE, "a.csv"), member(TABLE, "b.csv"), member("a,b\n", "c.csv")
    told = "b.csv is the same file as a.csv: give it once"
    assert tables_twice([(one, {}), (other, {})]) == [told]
    assert tables_twice([(one, {}), (one, {})]) == []
    assert tables_twice([(header, {}), (member("a,b\n", "d.csv"), {})]) == []
    cameras = {"deployments": member("x\n1\n", "d1.csv")}, {"deployments": member("x\n2\n", "d2.csv")}
    assert tables_twice([(one, cameras[0]), (other, cameras[1])]) == []
    described = {"descriptor": member("x\n1\n", "d1.json")}, {"descriptor": member("x\n2\n", "d2.json")}
    assert tables_twice([(one, described[0]), (other, described[1])]) == [told]
    assert tables_twice([(one, {}), (other, {})], [told]) == []  # it was told already
