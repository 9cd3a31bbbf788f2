"""Tables of text are read whatever wrote them: encodings, delimiters, ends of lines, quotation marks, pieces."""

import csv as csv_module
import io
import tracemalloc
from contextlib import suppress

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from neaspec.crossings.input import csv_blocks
from neaspec.crossings.input.archives import members
from neaspec.crossings.input.csv_blocks import HASHTAG
from neaspec.crossings.input.csv_tables import CsvDialect, chunks, header_of, layout_of, notes_of
from neaspec.crossings.input.members import Input
from neaspec.errors import InputError

RUSSIAN = "животное;место\nТигр 7;Сихотэ-Алинь\nГорный;Лазовский заповедник\n"
CHINESE = "个体;地点\n东北虎七号;珲春自然保护区\n雌虎;汪清林区\n"
KOREAN = "개체;장소\n저어새;강화도 남단 갯벌과 석모도\n두루미;철원 평야와 민통선 지역에서 월동하는 개체\n"
JAPANESE = "個体;場所\nクロツラヘラサギ;福岡の和白干潟にいる\nタンチョウの雛;北海道の釧路湿原\n"


def member(content, name="a.csv"):
    return members([Input(name, content if isinstance(content, bytes) else content.encode())])[0]


def table(content, rows=200_000):
    pieces = list(chunks(member(content), rows))
    return [
        (line, *cells)
        for piece in pieces
        for line, cells in zip(piece.rows, piece.frame.itertuples(index=False, name=None), strict=True)
    ]


def dropped(content, rows=200_000):
    found = []
    for piece in chunks(member(content), rows):
        found += [(example.row, example.found) for examples in piece.dropped.examples.values() for example in examples]
    return sorted(found)


def refusal(content):
    with pytest.raises(InputError) as caught:
        list(chunks(member(content)))
    return "\n".join(caught.value.problems)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", RUSSIAN),
        ("utf-8", CHINESE),
        ("utf-8-sig", CHINESE),
        ("utf-16", CHINESE),
        ("utf-16", RUSSIAN),
        ("utf-32", RUSSIAN),
        ("cp1251", RUSSIAN),
        ("cp1251", RUSSIAN.upper()),
        ("gb18030", CHINESE),
        ("cp949", KOREAN),
        ("cp932", JAPANESE),
    ],
)
def test_a_table_reads_the_same_in_every_encoding(encoding, text):
    read = member(text.encode(encoding))
    assert (header_of(read), table(text.encode(encoding))) == (header_of(member(text)), table(text))
    old = encoding in ("cp1251", "gb18030", "cp949", "cp932")
    assert notes_of(layout_of(read)) == ((f"read_as_{encoding}",) if old else ())


def test_an_encoding_is_told_by_the_whole_file_not_by_its_beginning():
    rows = "a;b\n" + "1;x\n" * 300_000
    read = member((rows + "2;Сихотэ-Алинь\n").encode("cp1251"))
    *_, last = chunks(read)
    assert last.frame["b"].iloc[-1] == "Сихотэ-Алинь"


def test_text_that_could_be_two_languages_is_refused_instead_of_guessed():
    assert "could be" in refusal("a;b\n1;ТИГР\n".encode("cp1251"))


def test_text_in_no_known_encoding_is_refused():
    assert "encoding that is not known" in refusal(b"a;b\n1;\xff\xfe\xfd\x81\n")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_ends_of_lines_make_no_difference(delimiter, end):
    lines = ["id{}place{}note", '007{}43{}"a{}b"', "8{}44{}"]
    assert table(end.join(line.replace("{}", delimiter) for line in lines)) == [
        (2, "007", "43", f"a{delimiter}b"),
        (3, "8", "44", ""),
    ]


def test_decimal_commas_do_not_split_a_table_with_semicolons():
    assert table("id;x, m;y, m\n1;2,5;3,5\n") == [(2, "1", "2,5", "3,5")]


def test_a_line_that_tells_a_spreadsheet_the_delimiter_is_passed_over():
    assert table("sep=;\na;b\n1;2\n") == [(3, "1", "2")]


def test_lines_are_counted_exactly_over_line_breaks_in_cells_and_empty_lines():
    text = 'a,b\n1,"two\nlines"\n\n2,"x\r\ny\rz"\n,\n3,c\n'
    for rows in (1, 2, 100):
        assert [row[:2] for row in table(text, rows)] == [(2, "1"), (5, "2"), (9, "3")]


def test_rows_with_other_numbers_of_cells_are_left_out_and_told_by_line():
    text = "a,b,c\n1,2,3\n1,2\n1,2,3,4\n1,2,3,,\n"
    assert [row[0] for row in table(text)] == [2, 5]
    assert dropped(text) == [(3, "2 cells instead of 3"), (4, "4 cells instead of 3")]


def test_a_row_of_hashtags_under_the_header_is_no_data():
    assert table("country,n\n#country+code,#affected +num\nCHN,1\n") == [(3, "CHN", "1")]
    assert table("country,n\n#7,1\n") == [(2, "#7", "1")]


def test_a_table_with_a_header_only_gives_one_empty_piece():
    (piece,) = chunks(member("a,b\n"))
    assert (piece.header, len(piece.frame), list(piece.frame)) == (("a", "b"), 0, ["a", "b"])
    assert piece.frame["a"].dtype == "str"


def test_only_the_columns_asked_for_are_held():
    (piece,) = chunks(member("a,b,c\n1,2,3\n"), columns=["c"])
    assert list(piece.frame) == ["c"]


def test_all_cells_are_text_as_written():
    assert table("id,n\n007,1e5\nNA,\n") == [(2, "007", "1e5"), (3, "NA", "")]


def test_formulas_and_html_are_plain_text():
    assert table('a,b\n=1+1,"<script>x</script>"\n') == [(2, "=1+1", "<script>x</script>")]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty"),
        (b"\n \n\n", "nothing but empty lines"),
        (b"\x89PNG\r\n\x1a\n", "PNG picture"),
        (b"%PDF-1.7 ...", "PDF document"),
        (b"\xd0\xcf\x11\xe0....", "old Office file"),
        (b"a,b\n1,\0\n", "binary data"),
        (b"a,b\n" + b"1,2\n" * 100_000 + b"\0", "binary data at byte 400,005"),
        (b"PAR1....", "Parquet file"),
        (b"<!DOCTYPE html><html>", "accepted"),
        (b"\n<html><body>", "a web page"),
        (b"a,b,a\n", "columns with the same name (a)"),
        (b"43.12,x,43.12\n", "columns with the same name ((a number))"),
        (",".join(f"c{place}" for place in range(10_000)).encode(), "10,000 columns"),
        (b"a,b\n" + b"x" * 2_000_000, "line 2: longer than"),
        (b'a,b\n1,"' + b"x\n" * 100_000, "line 2: a cell of more"),
        ("a,b\n".encode("utf-16") + b"\x00\xd8", "holds bytes that are not"),
    ],
)
def test_what_is_no_table_is_refused_in_words(content, words):
    assert words in refusal(content)


CELLS = some.text(some.sampled_from("ab1;, \"\n|\t'=Яの"), max_size=6)


@settings(max_examples=60, deadline=None)
@given(some.lists(some.tuples(CELLS, CELLS, CELLS), max_size=12), some.sampled_from([1, 2, 5, 100]))
def test_what_a_csv_writer_writes_is_read_back_in_pieces_of_any_size(rows, size):
    held = io.StringIO()
    csv_module.writer(held, lineterminator="\n", quoting=csv_module.QUOTE_ALL).writerows([("a", "b", "c"), *rows])
    expected, line = [], 2
    for row in rows:
        if any(row):
            expected.append((line, *row))
        line += 1 + sum(cell.count("\n") for cell in row)
    assert table(held.getvalue(), size) == expected


@settings(max_examples=300, deadline=None)
@given(some.text(some.sampled_from('ab",;\n\n#\t 1'), max_size=60), some.sampled_from([1, 3, 100]), some.booleans())
def test_blocks_read_by_arrow_are_what_the_csv_reader_of_python_reads(body, size, is_quoted):
    layout = CsvDialect(quote='"' if is_quoted else "")
    expected, begins, is_first = [], 2, True
    reader = csv_module.reader(io.StringIO(body, newline="\n"), **layout.dialect)
    for row in reader:
        if any(row):
            if not (is_first and all(HASHTAG.match(cell) for cell in row if cell)):
                fits = len(row) == 2 or (len(row) > 2 and not any(row[2:]))
                expected.append((begins, *row[:2]) if fits else (begins, f"{len(row)} cells instead of 2"))
            is_first = False
        begins = 2 + reader.line_num
    beyond = csv_module.reader(io.StringIO(body + "\nlast,row", newline="\n"), **layout.dialect)
    if list(beyond)[-1] != ["last", "row"]:
        # A cell is open at the end: one line of it is a wrong row, more are refused.
        with suppress(InputError):
            list(chunks(member("x,y\n" + body), size, layout=layout, header=("x", "y")))
        return
    found = []
    for piece in chunks(member("x,y\n" + body), size, layout=layout, header=("x", "y")):
        found += [(line, *cells) for line, cells in zip(piece.rows, piece.frame.to_numpy().tolist(), strict=True)]
        found += [(each.row, each.found) for some_rows in piece.dropped.examples.values() for each in some_rows]
    limit = [row for row in expected if len(row) == 3], [row for row in expected if len(row) == 2]
    assert sorted(row for row in found if len(row) == 3) == limit[0]
    assert {row for row in found if len(row) == 2} <= set(limit[1])


def test_blocks_join_without_a_seam(monkeypatch):
    rows = [(f"00{number}", 'with "quotes"' * (number % 3), "two\nlines" * (number % 5 == 0)) for number in range(400)]
    held = io.StringIO()
    csv_module.writer(held, lineterminator="\n").writerows([("a", "b", "c"), *rows])
    expected = table(held.getvalue())
    assert [row[1:] for row in expected] == rows
    for size in (7, 64, 1000):
        monkeypatch.setattr(csv_blocks, "BLOCK", size)
        assert table(held.getvalue()) == expected
        assert table(held.getvalue().replace("\n", "\r\n")) == expected


def test_memory_does_not_grow_with_the_table():
    def most(rows):
        read = member(b"a,b\n" + b"1,some text of a cell\n" * rows)
        header_of(read)
        tracemalloc.start()
        before = pa.total_allocated_bytes()
        arrow = 0
        for piece in chunks(read, 20_000):
            arrow = max(arrow, pa.total_allocated_bytes() - before)
            del piece
        taken = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return taken + arrow

    assert most(1_200_000) < 1.5 * most(400_000)
