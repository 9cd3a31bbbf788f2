"""Word files: all that a page says, real headings and tables, described pictures, page numbers, a position field."""

import io
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.shared import Pt

from neaspec.blocks import Chart, Heading, Map, Table, walk
from neaspec.errors import OutputError
from neaspec.render.docx.render import render_docx
from tests.support.said import REAL, hostile_document, made_up_document, missing, real_document


def opened(data: bytes):
    return docx.Document(io.BytesIO(data))


def texts_of(file) -> str:
    """Return all text of the file in reading order, in tables and footers too."""
    texts = ["".join(node.itertext()) for node in file.element.body.iter() if node.tag.endswith("}p")]
    foot = file.sections[0].footer._element
    return "\n".join([*texts, "".join(foot.itertext())])


def titles_of(file, style: str) -> list[str]:
    return [paragraph.text for paragraph in file.paragraphs if paragraph.style.name == style]


def test_a_word_file_says_all_that_its_page_says():
    document = made_up_document()
    assert missing(document, texts_of(opened(render_docx(document))))[:5] == []


@pytest.mark.parametrize(("page", "given"), REAL[:3], ids=[name for name, _ in REAL[:3]])
def test_a_real_page_becomes_a_word_file(page, given):
    document = real_document(page, **given)
    file = opened(render_docx(document))
    assert missing(document, texts_of(file))[:5] == []
    parts = [block.text for block in document.page.blocks if isinstance(block, Heading) and block.level == 2]
    lists = [document.words("common.caveats_title"), document.words("common.sources_title")]
    assert titles_of(file, "Heading 1") == [*parts, *lists]
    assert titles_of(file, "Title") == [document.page.title]


def test_hostile_text_stays_text():
    document = hostile_document()
    assert missing(document, texts_of(opened(render_docx(document))))[:5] == []


def test_the_page_is_a4_with_its_margins_and_type():
    file = opened(render_docx(made_up_document()))
    section = file.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    margins = (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin)
    assert {round(margin.mm) for margin in margins} == {20}
    assert file.styles["Normal"].font.size == Pt(10.5)


def test_the_footer_has_the_date_and_real_fields_of_page_numbers(words):
    document = made_up_document()
    foot = opened(render_docx(document)).sections[0].footer._element
    fields = [node.values()[0].strip() for node in foot.iter() if node.tag.endswith("}fldSimple")]
    assert fields == ["PAGE", "NUMPAGES"]
    assert "".join(foot.itertext()).startswith(f"Records to {words.date(document.data_date)}")


def test_tables_are_tables_whose_head_comes_again_on_each_page():
    document = made_up_document()
    file = opened(render_docx(document))
    labels = [[cell.text for cell in table.rows[0].cells] for table in file.tables]
    for block in walk(document.page.blocks):
        if isinstance(block, Table):
            assert any(row[0].startswith(block.columns[0].label) for row in labels), block.title
    heads = [table.rows[0]._tr.xpath("./w:trPr/w:tblHeader") for table in file.tables if len(table.columns) > 2]
    assert heads and all(heads)


def test_every_picture_is_told_in_words_and_sharp_enough_for_print():
    document = made_up_document()
    file = opened(render_docx(document))
    told = [shape._inline.docPr.get("descr") for shape in file.inline_shapes]
    pictures = [block for block in walk(document.page.blocks) if isinstance(block, Chart | Map)]
    assert set(told) == {block.alt for block in pictures}
    for shape in file.inline_shapes:
        blip = shape._inline.graphic.graphicData.pic.blipFill.blip.embed
        assert file.part.related_parts[blip].image.px_width / (shape.width / 914400) > 200


def test_sources_are_listed_once_at_the_end_in_small_type(words):
    document = made_up_document()
    file = opened(render_docx(document))
    names = [paragraph.text for paragraph in file.paragraphs]
    place = names.index(words("common.sources_title"))
    listed = file.paragraphs[place + 1 :]
    assert len(listed) == len(document.page.sources)
    assert {run.font.size for paragraph in listed for run in paragraph.runs} == {Pt(9)}


def test_a_position_is_an_empty_field_with_its_heading_before_the_annex():
    plain = made_up_document()
    assert not opened(render_docx(plain)).element.body.xpath("./w:sdt")
    file = opened(render_docx(replace(plain, position="Position", annex_from=3)))
    (field,) = file.element.body.xpath("./w:sdt")
    assert file.element.body.xpath("./w:sdt/w:sdtPr/w:alias/@w:val") == ["Position"]
    assert "Position" in titles_of(file, "Heading 1")
    assert next(field.itersiblings()).xpath(".//w:br[@w:type='page']")


def test_equal_documents_give_equal_bytes_and_no_date_of_today():
    document = made_up_document()
    data = render_docx(document)
    assert data == render_docx(document)
    assert opened(data).core_properties.created.date() == document.data_date
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_failure_names_the_block(monkeypatch):
    def broken(*_):
        raise ValueError("no colour")

    monkeypatch.setattr("neaspec.render.docx.render.map_svg", broken)
    with pytest.raises(OutputError, match=r"Word: Map 'Where is the park\?': ValueError: no colour"):
        render_docx(made_up_document())
