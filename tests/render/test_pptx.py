"""Slide decks: all that a page says, native charts with the right values, nothing off the slide."""

import io
import zipfile
from dataclasses import replace

import pandas as pd
import pytest
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from neaspec.blocks import Chart, Table, Text
from neaspec.errors import OutputError
from neaspec.render.charts.native_bars import chart_data
from neaspec.render.pptx.render import render_pptx
from neaspec.render.xlsx.render import render_xlsx
from tests.support.demo_page import all_charts, bars_chart, demo_palette, mean_table, ranges_chart
from tests.support.said import REAL, hostile_document, made_up_document, missing, real_document


def made(document, template=None):
    return render_pptx(document, template=template)


def opened(data: bytes):
    return Presentation(io.BytesIO(data))


def texts_of(deck) -> str:
    found = []
    for slide in deck.slides:
        for shape in slide.shapes:
            found.append(shape._element.xpath("string(.//p:cNvPr/@descr)"))
            if shape.has_text_frame:
                found.append(shape.text_frame.text)
            if shape.has_table:
                found += [cell.text for row in shape.table.rows for cell in row.cells]
            if shape.has_chart:
                found += [str(name) for plot in shape.chart.plots for name in plot.categories]
                found += [series.name for plot in shape.chart.plots for series in plot.series]
        if slide.has_notes_slide:
            found.append(slide.notes_slide.notes_text_frame.text)
    return "\n".join(found).replace("\v", " ")


def assert_all_said(document, data: bytes) -> None:
    assert missing(document, texts_of(opened(data)))[:5] == []


def assert_nothing_leaves(deck) -> None:
    for number, slide in enumerate(deck.slides, 1):
        for shape in slide.shapes:
            where = (number, shape.name, shape.left, shape.top, shape.width, shape.height)
            assert shape.left >= 0 and shape.top >= 0 and shape.width >= 0 and shape.height >= 0, where
            assert shape.left + shape.width <= deck.slide_width + 1, where
            assert shape.top + shape.height <= deck.slide_height + 1, where
            if shape.has_table:
                assert shape.top + sum(row.height for row in shape.table.rows) <= deck.slide_height, where
        assert slide.shapes.title is not None and slide.shapes.title.text_frame.text.strip(), number


def test_a_deck_says_all_that_its_page_says(words):
    document = made_up_document()
    data = made(document)
    assert_all_said(document, data)
    deck = opened(data)
    assert_nothing_leaves(deck)
    assert (deck.slide_width, deck.slide_height) == (Inches(40 / 3), Inches(7.5))
    assert deck.core_properties.created.isoformat() == "2026-11-20T00:00:00"


@pytest.mark.parametrize(("page", "given"), REAL, ids=[name for name, _ in REAL])
def test_a_real_page_becomes_a_deck(page, given):
    document = real_document(page, **given)
    data = made(document)
    assert_all_said(document, data)
    assert_nothing_leaves(opened(data))


def test_hostile_text_stays_text(words):
    document = hostile_document()
    data = made(document)
    deck = opened(data)
    assert_nothing_leaves(deck)
    assert_all_said(document, data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist()[0] == "[Content_Types].xml"
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


KINDS = {
    "ranges": XL_CHART_TYPE.XY_SCATTER,
    "bars": XL_CHART_TYPE.BAR_CLUSTERED,
    "stacked_bars": XL_CHART_TYPE.BAR_STACKED,
    "stacked_areas": XL_CHART_TYPE.COLUMN_STACKED,  # years are missing between
    "lines": XL_CHART_TYPE.XY_SCATTER,
    "fan": XL_CHART_TYPE.XY_SCATTER,
    "timeline": XL_CHART_TYPE.BAR_STACKED,
    "schedule": XL_CHART_TYPE.BAR_STACKED,
    "pairs": XL_CHART_TYPE.BAR_CLUSTERED,
}


def charts_of(block: Chart, words) -> list:
    page = replace(made_up_document().page, blocks=(block,))
    deck = opened(made(made_up_document(page)))
    return [shape for slide in deck.slides for shape in slide.shapes if shape.has_chart]


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_kind_of_chart_is_native_and_has_its_values(kind, words):
    block = next(chart for chart in all_charts() if chart.kind == kind)
    (shape,) = charts_of(block, words)
    data = chart_data(block, demo_palette(), words)
    chart = shape.chart
    assert chart.chart_type == KINDS[kind] or kind in ("ranges", "lines", "fan")
    series = [one for plot in chart.plots for one in plot.series]
    assert [one.name for one in series] == [one.name for one in data.series]
    for native, wanted in zip(series, data.series, strict=True):
        assert list(native.values) == list(wanted.values)
    assert shape._element.xpath("string(.//p:cNvPr/@descr)") == block.alt
    assert chart.part.chart_workbook.xlsx_part is not None


def test_areas_without_a_gap_are_areas(words):
    block = next(chart for chart in all_charts() if chart.kind == "stacked_areas")
    block = replace(block, rows=block.rows[block.rows["year"].isin((2003, 2004, 2005))])
    (shape,) = charts_of(block, words)
    assert shape.chart.chart_type == XL_CHART_TYPE.AREA_STACKED


def test_zero_not_surveyed_and_not_reported_stay_three_things(words):
    (shape,) = charts_of(bars_chart(), words)
    names = [str(name) for name in shape.chart.plots[0].categories]
    values = list(shape.chart.plots[0].series[0].values)
    assert names[2] == "Third reserve" and values[2] == 0
    assert "none found when counted" in shape.chart._chartSpace.xpath("string(.)")
    assert names[3].endswith("not surveyed") and values[3] is None
    assert names[5] == "Sixth reserve: not reported" and values[5] is None
    assert "at least 7" in shape.chart._chartSpace.xpath("string(.)")


def test_ranges_are_bars_of_error_and_what_is_absent_is_told(words):
    page = replace(made_up_document().page, blocks=(ranges_chart(),))
    deck = opened(made(made_up_document(page)))
    (shape,) = [shape for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    plus = [float(value) for value in shape.chart._chartSpace.xpath(".//c:errBars/c:plus//c:v/text()")]
    assert plus == [22.0, 20.0, 28.0]
    assert "2010: not surveyed" in texts_of(deck) and "2020: not reported" in texts_of(deck)


def test_a_network_is_boxes_joined_by_arrows(words):
    block = all_charts()[-1]
    page = replace(made_up_document().page, blocks=(block,))
    deck = opened(made(made_up_document(page)))
    arrows = [shape for slide in deck.slides for shape in slide.shapes if shape.shape_type == 9]
    assert len(arrows) == len(block.rows)


def test_a_long_table_shows_its_first_rows_and_says_so(words, monkeypatch):
    monkeypatch.setattr("neaspec.render.pptx.render.MOST_SLIDE_ROWS", 60)
    rows = pd.DataFrame({"name": [f"row {number}" for number in range(70)]})
    table = Table(title="Long", columns=(mean_table().columns[0],), rows=rows, file_name="long")
    table = replace(table, columns=(replace(table.columns[0], name="name"),))
    page = replace(made_up_document().page, blocks=(table,))
    deck = opened(made(made_up_document(page)))
    text = texts_of(deck)
    assert "row 59" in text and "row 60" not in text
    assert words("take.slide_rows", shown=60, count="70") in text
    tables = [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]
    assert all(table.cell(0, 0).text for table in tables)


def test_the_notes_name_the_sources_and_caveats_of_their_slide(words):
    page = replace(made_up_document().page, blocks=(Text(text="Said.", document_ids=("news",)), ranges_chart()))
    deck = opened(made(made_up_document(page)))
    notes = [slide.notes_slide.notes_text_frame.text for slide in deck.slides if slide.has_notes_slide]
    assert any("[2 press] An article · A newspaper · undated · press report" in note for note in notes)
    assert any("a Range only: The document gives only a range." in note for note in notes)


def test_a_template_gives_its_layouts_and_its_size(words, tmp_path):
    template = Presentation()
    template.slides.add_slide(template.slide_layouts[0])
    template.save(tmp_path / "template.pptx")
    document = made_up_document()
    data = made(document, tmp_path / "template.pptx")
    deck = opened(data)
    assert deck.slide_width == Inches(10)
    assert deck.slides[0].slide_layout.name == "Title Slide"
    assert {slide.slide_layout.name for slide in list(deck.slides)[1:]} == {"Title Only"}
    assert_nothing_leaves(deck)
    assert_all_said(document, data)


def test_a_failure_names_the_block(words):
    def broken(*_):
        raise ValueError("no colour")

    with pytest.raises(OutputError, match=r"PowerPoint: Map 'Where is the park\?': ValueError: no colour"):
        render_pptx(made_up_document(), draw_map=broken)


@pytest.mark.parametrize("block", all_charts(), ids=lambda block: block.kind)
def test_a_chart_without_rows_is_no_failure(block, words):
    empty = replace(block, rows=block.rows.head(0), table=replace(block.table, rows=block.table.rows.head(0)))
    page = replace(made_up_document().page, blocks=(empty,))
    text = texts_of(opened(made(made_up_document(page))))
    assert block.title in text and words("common.no_rows") in text
    assert render_xlsx(made_up_document(page))


def test_a_chart_of_which_nothing_is_known_says_so(words):
    block = ranges_chart()
    absent = replace(block, rows=block.rows[block.rows["mark"].isin(("not_surveyed", "not_reported"))])
    page = replace(made_up_document().page, blocks=(absent,))
    deck = opened(made(made_up_document(page)))
    assert not [shape for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    assert "2010: not surveyed" in texts_of(deck) and render_xlsx(made_up_document(page))
