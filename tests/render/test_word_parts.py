"""Word files: levels of headings, sizes of type, tables that may break, pictures, lists, the position field."""

import io
from dataclasses import replace
from typing import Any

import docx
import pandas as pd
import pytest
from docx.shared import Mm, Pt

from neaspec.blocks import Block, Column, Details, Entry, Heading, Metric, Notice, PageLink, Side, Table, Text
from neaspec.palette import SURFACE
from neaspec.render.docx.render import render_docx
from neaspec.text import load_words
from tests.support.said import made_up_document
from tests.support.small_charts import small

WORDS = load_words("en")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SOFT, PANEL, LINE = (SURFACE[name][0].lstrip("#") for name in ("text_soft", "panel", "line"))


def file_of(*blocks: Block, **given: Any) -> Any:
    document = made_up_document()
    page = replace(document.page, blocks=blocks, title="The page", lead="Its lead.")
    return docx.Document(io.BytesIO(render_docx(replace(document, page=page, kind="Brief", **given))))


def said(file: Any) -> list[tuple[str, str]]:
    """Give style and text of the paragraphs behind the front, up to the caveats."""
    found = [(p.style.name, p.text) for p in file.paragraphs if p.text]
    texts = [text for _, text in found]
    start = (
        texts.index("Boundaries do not imply endorsement.") + 1
        if "Boundaries do not imply endorsement." in texts
        else 4
    )
    return found[start : texts.index(WORDS("common.caveats_title"))]


def paragraph(file: Any, text: str) -> Any:
    return next(p for p in file.paragraphs if p.text.startswith(text))


def look(part: Any) -> tuple[float | None, bool | None, str | None]:
    run = part.runs[0]
    colour = run.font.color.rgb if run.font.color is not None and run.font.color.type else None
    return (run.font.size.pt if run.font.size else None, run.font.bold, str(colour) if colour else None)


def test_the_front_says_kind_title_lead_facts_and_notes() -> None:
    file = file_of()
    texts = [p.text for p in file.paragraphs if p.text][:4]
    assert texts == ["Brief", "The page", "Its lead.", "Boundaries do not imply endorsement."]
    assert look(paragraph(file, "Brief")) == (None, True, SURFACE["accent"][0].lstrip("#"))
    assert look(paragraph(file, "Its lead."))[0] == 12
    facts = [[cell.text for cell in row.cells] for row in file.tables[0].rows]
    assert facts[0] == ["Country", "Mongolia"] and facts[-1] == [WORDS("take.address"), "/country?country=MNG"]
    assert file.tables[0].rows[0].cells[0].width == pytest.approx(Mm(50), abs=Mm(0.1))
    assert file.tables[0].rows[0].cells[1].width == pytest.approx(Mm(120), abs=Mm(0.1))


def test_a_paper_states_its_choices_in_one_line() -> None:
    texts = [p.text for p in file_of(most_pages=2).paragraphs if p.text]
    assert texts[3] == "Country: Mongolia · As of: Today"
    assert "Boundaries do not imply endorsement." not in texts


def test_headings_have_their_levels_and_those_inside_lie_below() -> None:
    inner = (Heading(text="inner"), Text(text="t"))
    file = file_of(
        Heading(text="H"), Heading(text="h", level=3), Details(title="D", blocks=inner), Heading(text="after")
    )
    assert said(file) == [
        ("Heading 1", "H"),
        ("Heading 2", "h"),
        ("Heading 3", "D"),
        ("Heading 3", "inner"),
        ("Normal", "t"),
        ("Heading 1", "after"),
    ]


def test_styles_of_headings_have_sizes_of_their_own() -> None:
    styles = file_of().styles
    assert [styles[name].font.size for name in ("Title", "Heading 1", "Heading 2", "Heading 3", "Normal")] == [
        Pt(20),
        Pt(14),
        Pt(11.5),
        Pt(10.5),
        Pt(10.5),
    ]
    assert str(styles["Heading 1"].font.color.rgb) == SURFACE["accent"][0].lstrip("#")
    assert str(styles["Heading 2"].font.color.rgb) == SURFACE["text"][0].lstrip("#")
    assert styles["Heading 1"].font.bold is True and styles["Heading 1"].paragraph_format.keep_with_next is True
    assert styles["Normal"].paragraph_format.space_after == Pt(5)
    assert set(styles["Heading 1"].element.rPr.rFonts.attrib.keys()) == {f"{W}ascii", f"{W}hAnsi"}


def test_paragraphs_have_the_size_of_their_style_and_small_marks() -> None:
    file = file_of(
        Text(text="lead", style="lead"), Text(text="body", document_ids=("paper",)), Text(text="note", style="note")
    )
    assert [look(paragraph(file, text)) for text in ("lead", "body", "note")] == [
        (12, None, None),
        (10.5, None, None),
        (9, None, SOFT),
    ]
    body = paragraph(file, "body")
    assert body.text == "body [1]" and body.runs[1].font.size == Pt(9)


@pytest.mark.parametrize(("kind", "sign"), [("empty", "○"), ("caution", "▲"), ("information", "●")])
def test_a_notice_is_told_by_its_sign(kind: Any, sign: str) -> None:
    assert said(file_of(Notice(text="n", kind=kind))) == [("Normal", f"{sign} n")]


def test_a_figure_has_its_line_and_its_marks_at_the_end() -> None:
    metric = Metric(
        label="L",
        value="5",
        unit="animals",
        counted="adults",
        period="2020",
        status="open",
        document_ids=("paper",),
        caveat_ids=("range_only",),
    )
    file = file_of(metric)
    assert [text for _, text in said(file)] == ["L", "5 animals", "adults · 2020 · open [1] a"]
    assert look(paragraph(file, "5 animals")) == (13, True, None)
    assert (
        paragraph(file, "L").paragraph_format.keep_with_next
        and paragraph(file, "5 animals").paragraph_format.keep_with_next
    )
    assert look(paragraph(file, "adults")) == (9, None, SOFT)
    bare = file_of(Metric(label="L", value="5", document_ids=("paper",)))
    assert [text for _, text in said(bare)] == ["L", "5 [1]"]
    assert not paragraph(bare, "5 [1]").paragraph_format.keep_with_next


def test_an_entry_has_tags_text_facts_and_details_below_it() -> None:
    entry = Entry(
        title="E", text="e", tags=("a", "", "b"), facts=(("Due", "May"), ("x", "")), details=(Heading(text="d"),)
    )
    file = file_of(entry, PageLink(text="left out", page="sites"))
    assert said(file) == [("Normal", "E"), ("Normal", "a · b"), ("Normal", "e"), ("Heading 3", "d")]
    assert [[cell.text for cell in row.cells] for row in file.tables[1].rows] == [["Due", "May"]]
    assert paragraph(file, "E").paragraph_format.keep_with_next is True
    assert paragraph(file_of(Entry(title="E")), "E").paragraph_format.keep_with_next is False
    assert paragraph(file_of(Entry(title="E", text="t")), "E").paragraph_format.keep_with_next is True
    assert paragraph(file_of(Entry(title="E", tags=("t",))), "E").paragraph_format.keep_with_next is True


def test_cells_side_by_side_follow_each_other() -> None:
    assert [text for _, text in said(file_of(Side(cells=((Text(text="l"),), (Text(text="r"),)), weights=(1, 1))))] == [
        "l",
        "r",
    ]


def table(**cells: list[Any]) -> Table:
    frame = pd.DataFrame(cells)
    kinds: dict[str, Any] = {"source": "documents"}
    columns = tuple(Column(name=str(n), label=str(n).capitalize(), kind=kinds.get(str(n), "text")) for n in frame)
    return Table(title="Rows", columns=columns, rows=frame, file_name="rows")


def test_a_table_has_a_repeated_head_and_rows_that_stay_whole() -> None:
    file = file_of(table(name=["a", "x" * 501], more=["b", "c"], source=["paper news", ""]))
    native = file.tables[1]
    assert [[cell.text for cell in row.cells] for row in native.rows][:2] == [
        ["Name", "More", "Source"],
        ["a", "b", "[1] [2 press]"],
    ]
    head, first, long = (row._tr for row in native.rows)
    assert head.find(f".//{W}tblHeader") is not None
    assert first.find(f".//{W}cantSplit") is not None and long.find(f".//{W}cantSplit") is None
    assert [cell.get(f"{W}fill") for cell in head.iter(f"{W}shd")] == [PANEL] * 3
    assert native._tbl.tblPr.find(f".//{W}insideH").get(f"{W}color") == LINE
    assert native.rows[0].cells[0].paragraphs[0].runs[0].font.bold is True
    assert native.rows[1].cells[0].paragraphs[0].paragraph_format.space_after == Pt(1)
    assert sum(cell.width for cell in native.rows[1].cells) == pytest.approx(Mm(170), abs=Mm(0.5))
    assert paragraph(file, "Rows").style.name == "Heading 3"


def test_a_table_on_counted_pages_is_a_part_of_the_paper() -> None:
    assert paragraph(file_of(table(name=["a"]), most_pages=2), "Rows").style.name == "Heading 2"
    inside = file_of(Details(title="D", blocks=(table(name=["a"]),)), most_pages=2)
    assert paragraph(inside, "Rows").style.name == "Heading 3"


def test_columns_that_do_not_fit_stand_on_a_line_below_their_row() -> None:
    file = file_of(table(**{f"column{n}": ["fifteen letters", "fifteenletters1"] for n in range(6)}))
    rows = file.tables[1].rows
    assert len(rows) == 1 + 2 * 2
    assert rows[2].cells[0].text == "Column5: fifteen letters"
    assert look(rows[2].cells[0].paragraphs[0]) == (9, None, SOFT)


def test_a_table_without_rows_says_so() -> None:
    assert said(file_of(table(name=[]))) == [("Heading 3", "Rows"), ("Normal", WORDS("common.no_rows"))]


def test_a_picture_is_described_and_has_its_line_and_rows() -> None:
    chart = small("bars", {"category": "a", "value": 1.0}, unit="animals", document_ids=("paper",))
    file = file_of(chart)
    (picture,) = file.inline_shapes
    assert picture.width == Mm(170)
    assert (picture._inline.docPr.get("name"), picture._inline.docPr.get("descr")) == ("Chart rows", "Made up.")
    assert [text for _, text in said(file)] == ["How many?", "animals [1]", "Rows"]
    assert len(file.tables) == 2
    assert len(file_of(chart, most_pages=2).tables) == 0


def test_caveats_and_sources_stand_once_at_the_end() -> None:
    texts = [p.text for p in file_of().paragraphs if p.text]
    start = texts.index(WORDS("common.caveats_title"))
    assert texts[start + 2] == "b  Press only: Only a press report says so."
    sources = texts[texts.index(WORDS("common.sources_title")) + 1 :]
    assert sources[0].endswith(" · https://example.org/a") and sources[0].startswith("[1] P ")
    assert sources[1] == "[2 press] An article · A newspaper · undated · press report"
    run_in = [p.text for p in file_of(most_pages=2).paragraphs if p.text][-1]
    assert run_in.startswith(
        "[1] Secretariat, 12 October 2020; [2 press] A newspaper, undated, press report; [3 web page]"
    )


def test_the_field_for_a_position_stands_before_the_annex_or_at_the_end() -> None:
    blocks = (Text(text="front"), Text(text="annex"))
    body = file_of(*blocks, position="Our position", most_pages=2, annex_from=1).element.body.xml
    order = [body.index(part) for part in (">front<", 'w:val="Our position"', 'w:type="page"', ">annex<")]
    assert order == sorted(order)
    end = file_of(*blocks, position="Our position", most_pages=2).element.body.xml
    assert end.index(">annex<") < end.index("<w:sdt>")
    assert body.count("<w:sdt>") == end.count("<w:sdt>") == 1
    assert WORDS("take.position_hint") in body
    assert f'w:color="{SOFT}"' in body and 'w:before="60" w:after="240"' in body
    assert "<w:sdt>" not in file_of(*blocks).element.body.xml


def test_the_foot_of_a_page_has_its_number_and_the_date_of_the_records() -> None:
    foot = file_of().sections[0].footer.paragraphs[0]
    assert foot.text.startswith(f"{WORDS('take.records_to', date='20 November 2026')}\t")
    assert [field.get(f"{W}instr").strip() for field in foot._p.iter(f"{W}fldSimple")] == ["PAGE", "NUMPAGES"]
    assert foot.paragraph_format.tab_stops[0].position == pytest.approx(Mm(170), abs=1000)
