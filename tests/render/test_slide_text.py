"""Text and tables on slides: how wide, on how many lines, where they are cut, and how they are written."""

from typing import Any

import pytest

from neaspec.render.pptx.tables import _groupings, _widths, grid_height, lay_out, row_height, table_xml
from neaspec.render.pptx.text import (
    Paragraph,
    Run,
    box,
    cut,
    height_of,
    line_count,
    pages,
    paragraph,
    paragraph_xml,
    run_xml,
    split,
    text_width,
)

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("i", 0.35),
        (" ", 0.35),
        ("m", 0.8),
        ("—", 0.8),
        ("a", 0.6),
        ("é", 0.6),
        ("鶴", 1.05),
        ("и", 0.66),
        ("\u200b", 0.0),
        ("\u0301", 0.0),
        ("аи", 1.32),
    ],
)
def test_letters_are_taken_as_rather_too_wide(text: str, share: float) -> None:
    assert text_width(text, 10) == pytest.approx(10 * share)


# At size 10 a word of five letters takes 30 points and the space after it 3.3.
@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("aaaaa", 30, 1),
        ("aaaaa aaaaa", 63.3, 1),
        ("aaaaa aaaaa", 63.2, 2),
        ("aaaaa aaaaa aaaaa", 66, 2),
        ("aaaaa\naaaaa", 100, 2),
        ("", 50, 1),
        ("a" * 10, 30, 3),  # a word of 60 points: broken, with a letter to spare on each line
        ("a" * 10 + " a", 30, 3),
        ("aaaaa " + "a" * 10, 40, 3),
    ],
)
def test_a_text_goes_on_as_many_lines_as_it_needs(text: str, width: float, lines: int) -> None:
    assert line_count(text, width, 10) == lines


def test_a_paragraph_is_as_high_as_its_lines_and_what_stands_before_it() -> None:
    assert paragraph("aaaaa", 10, before=5).height(100) == pytest.approx(5 + 12.2)
    assert Paragraph((Run("a", 10), Run("b", 20))).height(100) == pytest.approx(24.4)
    bold = paragraph("aaaaa aaaaa", 10, True)
    assert (bold.height(64), paragraph("aaaaa aaaaa", 10).height(64)) == pytest.approx((24.4, 12.2))
    assert height_of([bold, bold], 100) == pytest.approx(24.4)
    sign = Run("●", 16)
    assert paragraph("a").after(sign).runs == (sign, Run("a", 14))


@pytest.mark.parametrize(
    ("text", "lines", "parts"),
    [
        ("aaaaa bbbbb ccccc", 1, ("aaaaa bbbbb", "ccccc")),
        ("aaaaa bbbbb ccccc", 2, ("aaaaa bbbbb ccccc", "")),
        ("a" * 40, 1, ("a" * 6, "a" * 34)),
        ("a" * 40, 2, ("a" * 12, "a" * 28)),
    ],
)
def test_a_text_is_cut_after_the_last_word_that_fits(text: str, lines: int, parts: tuple[str, str]) -> None:
    assert cut(text, 66, 10, lines) == parts


def test_a_paragraph_is_split_in_its_longest_run() -> None:
    whole = Paragraph((Run("T: ", 10, True), Run("aaaaa " * 20, 10), Run(" [1]", 10)), 4)
    first, rest = split(whole, 66, 50)
    assert [run.text for run in first.runs][0] == "T: " and len(first.runs) == 2
    assert first.space_before == 4 and rest.space_before == 0
    assert [run.text for run in rest.runs][-1] == " [1]"
    assert (first.runs[1].text + " " + rest.runs[0].text).split() == ["aaaaa"] * 20
    assert first.height(66) <= 50
    assert line_count(first.runs[1].text, 66, 10.5) == 2  # of three lines one is kept for what stands before


def items(*counts: int) -> list[list[Paragraph]]:
    """Return items of so many lines of 12.2 points."""
    return [[paragraph(f"i{number}", 10) for _ in range(count)] for number, count in enumerate(counts)]


@pytest.mark.parametrize(
    ("counts", "shared"),
    [
        ((2, 2), [[0, 0, 1, 1]]),
        ((3, 2), [[0, 0, 0], [1, 1]]),  # an item stays together
        ((1, 5), [[0, 1, 1, 1], [1, 1]]),  # unless it is too long for any slide
        ((3, 5), [[0, 0, 0], [1, 1, 1, 1], [1]]),
        ((), []),
        ((4, 1), [[0, 0, 0, 0], [1]]),
    ],
)
def test_items_are_shared_out_over_slides(counts: tuple[int, ...], shared: list[list[int]]) -> None:
    assert [positions for _, positions in pages(items(*counts), 100, 50)] == shared


def test_a_paragraph_higher_than_a_slide_goes_on() -> None:
    long = [[paragraph("aaaaa " * 12, 10)]]
    texts = ["".join(run.text for p in page for run in p.runs) for page, _ in pages(long, 66, 50)]
    assert [text.split() for text in texts] == [["aaaaa"] * 3, ["aaaaa"] * 3, ["aaaaa"] * 6]


@pytest.mark.parametrize(
    ("run", "xml"),
    [
        (Run("a<b", 14), '<a:r><a:rPr lang="en" sz="1400" b="0" dirty="0"></a:rPr><a:t>a&lt;b</a:t></a:r>'),
        (
            Run("a", 10.5, True, "accent"),
            '<a:r><a:rPr lang="en" sz="1050" b="1" dirty="0"><a:solidFill>'
            '<a:schemeClr val="accent1"/></a:solidFill></a:rPr><a:t>a</a:t></a:r>',
        ),
        (
            Run("a", 14, False, "#123456"),
            '<a:r><a:rPr lang="en" sz="1400" b="0" dirty="0"><a:solidFill>'
            '<a:srgbClr val="123456"/></a:solidFill></a:rPr><a:t>a</a:t></a:r>',
        ),
    ],
)
def test_a_run_is_written_as_text_in_its_look(run: Run, xml: str) -> None:
    assert run_xml(run) == xml


def test_line_ends_and_spaces_before_paragraphs_are_kept() -> None:
    assert run_xml(Run("a\nb")).count("<a:br>") == 1
    xml = paragraph_xml(Paragraph((Run("a", 10), Run("b", 20)), 5), "r")
    assert 'algn="r"' in xml and '<a:lnSpc><a:spcPts val="2440"/></a:lnSpc><a:spcBef><a:spcPts val="500"/>' in xml
    assert '<a:spcPts val="1708"/>' in paragraph_xml(Paragraph(()))


def test_a_box_has_its_place_fill_and_inset() -> None:
    shape = box(7, "A & B", (10, 20, 30, 40), [paragraph("t")], fill="112233", line="445566", inset=2, anchor="ctr")
    xml = shape.xml
    assert 'id="7" name="A &amp; B"' in xml
    assert (shape.x, shape.y, shape.cx, shape.cy) == (127000, 254000, 381000, 508000)
    assert xml.index("112233") < xml.index("445566")
    assert 'lIns="25400" tIns="25400" rIns="25400" bIns="25400" anchor="ctr"' in xml
    plain = box(7, "n", (0, 0, 1, 1), []).xml
    assert plain.count("<a:noFill/>") == 2 and 'anchor="t"' in plain and 'lIns="0"' in plain
    assert '<a:endParaRPr lang="en"/>' in plain


@pytest.mark.parametrize(
    ("count", "size", "ways"),
    [
        (8, 12, [[list(range(8))]]),
        (9, 12, [[[0, 1, 2, 3, 4, 5], [0, 1, 6, 7, 8]]]),
        (14, 12, [[[0, 1, *range(2, 8)], [0, 1, *range(8, 14)]]]),
        (15, 12, [[[0, 1, *range(2, 7)], [0, 1, *range(7, 12)], [0, 1, *range(12, 15)]]]),
        (13, 10, [[[0, 1, *range(2, 8)], [0, 1, *range(8, 13)]], [list(range(13))]]),
        (14, 10, [[[0, 1, *range(2, 8)], [0, 1, *range(8, 14)]]]),
        (13, 11, [[[0, 1, *range(2, 8)], [0, 1, *range(8, 13)]]]),
    ],
)
def test_more_than_eight_columns_are_shared_out_or_set_small(count: int, size: float, ways: Any) -> None:
    assert _groupings(list(range(count)), size) == ways


def test_columns_that_fit_are_drawn_out_but_not_over_the_whole_slide() -> None:
    wide = _widths([["a", "aaaaa"], ["b", "aaaaa"]], 10, 1000)
    assert wide == pytest.approx((42 * 1.6, 42 * 1.6))
    assert _widths([["a", "aaaaa"], ["b", "aaaaa"]], 10, 100) == pytest.approx((50, 50))
    assert sum(_widths([["a", "aaaaa " * 9], ["b", "aaaaa"]], 10, 200)) == pytest.approx(200)
    narrow = _widths([["a", "aaaaa"], ["b", "aaaaa"]], 10, 60)
    assert narrow == pytest.approx((30, 30))


def test_long_texts_get_more_of_the_width_and_no_word_is_broken() -> None:
    first, second = _widths([["a", "aaaaa " * 30], ["b", "aaaaa " * 3]], 10, 300)
    assert first > second >= 42
    head, _ = _widths([["aaaaaaaaaa", "b"], ["b", "aaaaa " * 60]], 10, 200)
    assert head >= 60 * 1.1 * 0.9


@pytest.mark.parametrize(
    ("texts", "widths", "height"),
    [
        (["a"], [100], 18.2),
        (["aaaaa aaaaa"], [74.3], 18.2),
        (["aaaaa aaaaa"], [74.0], 30.4),
        (["", "aaaaa aaaaa aaaaa"], [5, 41.1], 42.6),
    ],
)
def test_a_row_is_as_high_as_its_longest_cell(texts: list[str], widths: list[float], height: float) -> None:
    assert row_height(texts, widths, 10) == pytest.approx(height)


def test_a_small_table_has_one_slide_in_large_letters() -> None:
    (grid,) = lay_out(["#", "Name", "Empty"], [["1", "a", ""], ["2", "b", ""]], 800, 400)
    assert (grid.columns, grid.size) == ((0, 1), 12)
    assert grid.rows == ((0, ("1", "a")), (1, ("2", "b")))
    assert grid_height(grid, ["#", "Name", "Empty"]) == pytest.approx(12 * 1.06 * 1.22 + 6 + 2 * (12 * 1.22 + 6))
    (bare,) = lay_out(["#", "Name"], [], 800, 400)
    assert (bare.columns, bare.rows) == ((0, 1), ())


def test_at_most_fifteen_rows_stand_on_one_slide() -> None:
    rows = [[str(number), "a"] for number in range(31)]
    assert [len(grid.rows) for grid in lay_out(["#", "Name"], rows, 800, 4000)] == [15, 15, 1]
    assert [grid.rows[0][0] for grid in lay_out(["#", "Name"], rows, 800, 4000)] == [0, 15, 30]


def test_a_row_higher_than_a_slide_goes_on_and_loses_no_word() -> None:
    words = " ".join(f"word{number}" for number in range(400))
    grids = lay_out(["#", "Text"], [["1", words], ["2", "b"]], 300, 150)
    assert len(grids) > 1
    texts = [texts[1] for grid in grids for number, texts in grid.rows if number == 0]
    assert " ".join(texts).split() == words.split()
    assert grids[-1].rows[-1] == (1, ("2", "b"))
    for grid in grids:
        assert grid_height(grid, ["#", "Text"]) <= 150 + 1e-6


def test_letters_become_smaller_only_where_that_saves_slides() -> None:
    rows = [[str(number), "aaaaa " * 6] for number in range(14)]
    sizes = {room: lay_out(["#", "Text"], rows, 200, room)[0].size for room in (2000, 480)}
    assert sizes[2000] == 12
    assert sizes[480] < 12


def test_a_table_is_written_natively_with_a_repeated_head() -> None:
    head = ["Name", "Area"]
    (grid,) = lay_out(head, [["a<b", ""], ["c", "5"]], 400, 300)
    frame = table_xml(9, "Table x", grid, head, [False, True], (10, 20), ("112233", "445566"))
    table = frame.graphic.graphicData.tbl
    assert [[cell.text for cell in row.tc_lst] for row in table.tr_lst] == [["Name", "Area"], ["a<b", ""], ["c", "5"]]
    xml = frame.xml
    assert 'id="9" name="Table x"' in xml and 'firstRow="1"' in xml
    assert (frame.x, frame.y) == (127000, 254000)
    assert frame.cx == pytest.approx(sum(grid.widths) * 12700, abs=2)
    assert frame.cy == pytest.approx(grid_height(grid, head) * 12700, abs=4)
    first, second, _ = (row.xml for row in table.tr_lst)
    assert [row.count("112233") for row in (first, second)] == [4, 0]  # letters and line of the head
    assert 'w="12700"' in first and 'w="6350"' in second and "445566" in second
    assert ['algn="l"' in cell.xml for cell in table.tr_lst[2].tc_lst] == [True, False]
    assert 'marL="63500" marR="63500" marT="38100" marB="38100"' in second
    assert 'b="1"' in first and 'b="0"' in second
    assert [cell.xml.count("endParaRPr") > 0 for cell in table.tr_lst[1].tc_lst] == [False, True]
