"""Workbooks: all that a page says, numbers as numbers, text as text, native charts."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import datetime

import pandas as pd
import pytest
from openpyxl import load_workbook

from neaspec.blocks import Column, Table, link_cell, read_link_cell
from neaspec.blocks import PageLink as Link
from neaspec.errors import OutputError
from neaspec.render.charts.native_bars import chart_data
from neaspec.render.xlsx.render import render_xlsx
from neaspec.render.xlsx.sheets import sheet_name
from tests.support.demo_page import all_charts, demo_palette
from tests.support.said import HOSTILE, REAL, hostile_document, made_up_document, missing, real_document


def cells_of(data: bytes) -> list:
    book = load_workbook(io.BytesIO(data))
    return [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]


def texts_of(data: bytes, words) -> str:
    """Return all that is written; numbers and days as a reader sees them."""
    found = []
    for cell in cells_of(data):
        value = cell.value
        if isinstance(value, datetime):
            found.append(words.date(value.date()))
        elif isinstance(value, int | float):
            found += [words.number(value), f"{value:g}", f"{words.number(value)} %"]
        else:
            found.append(str(value))
    return "\n".join(found)


def assert_all_said(document, data: bytes) -> None:
    assert missing(document, texts_of(data, document.words))[:5] == []


def test_a_workbook_says_all_that_its_page_says(words):
    document = made_up_document()
    data = render_xlsx(document)
    assert_all_said(document, data)
    book = load_workbook(io.BytesIO(data))
    assert book.sheetnames[:2] == ["Contents", "Text"]
    assert book.sheetnames[-3:] == ["Sources", "Caveats", "Columns"]
    assert book.properties.created == datetime(2026, 11, 20)


@pytest.mark.parametrize(("page", "given"), [*REAL, ("sources", {})], ids=[*[name for name, _ in REAL], "sources"])
def test_a_real_page_becomes_a_workbook(page, given):
    document = real_document(page, **given)
    assert_all_said(document, render_xlsx(document))


def charted(data: bytes) -> list[list]:
    """Return the values that the charts of a workbook draw, reference by reference."""
    book = load_workbook(io.BytesIO(data))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        charts = [archive.read(name).decode() for name in sorted(archive.namelist()) if "/charts/chart" in name]
    found = []
    for reference in re.findall(r"<c:f>(.+?)</c:f>", "".join(charts)):
        tab, _, cells = reference.replace("&amp;", "&").rpartition("!")
        rows = book[tab.strip("'=")][cells.replace("$", "")]
        found.append([cell.value for row in (rows if isinstance(rows, tuple) else ((rows,),)) for cell in row])
    return found


def test_lines_that_head_every_sheet_move_nothing_out_of_its_chart_or_filter():
    document = made_up_document()
    plain, headed = render_xlsx(document), render_xlsx(replace(document, sheet_head=("Draft", "A note.")))
    assert charted(plain) and charted(headed) == charted(plain)
    before, after = load_workbook(io.BytesIO(plain)), load_workbook(io.BytesIO(headed))
    for sheet in after.worksheets:
        assert (sheet["A1"].value, sheet["A2"].value) == ("Draft", "A note.")
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
        assert rows[0][0] == before[sheet.title]["A1"].value
        assert sheet.max_row == before[sheet.title].max_row + 2


@pytest.mark.filterwarnings("error")
def test_hostile_text_stays_text(words):
    document = hostile_document()
    data = render_xlsx(document)
    assert_all_said(document, data)
    assert not [cell.coordinate for cell in cells_of(data) if cell.data_type == "f"]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        charts = [archive.read(name).decode() for name in archive.namelist() if "/charts/chart" in name]
        assert charts and not [chart for chart in charts if re.search(r"<c:f>(?!'?[^<!]*'?!\$)", chart)]


def test_names_of_tabs_are_short_allowed_and_apart():
    taken: set[str] = set()
    for text in [*HOSTILE, *HOSTILE, "'quoted'", "History", "a/b:c?", "", "Counts", "counts"]:
        name = sheet_name(text, taken)
        assert 1 <= len(name) <= 31 and not set(name) & set("[]:*?/\\") and name.casefold() not in taken
        assert not name.startswith("'") and not name.endswith("'") and name.casefold() != "history"
        taken.add(name.casefold())


def test_cells_have_the_form_of_their_column(words):
    link = link_cell(Link(text="The park", page="sites", choices={"site": "park"}))
    assert read_link_cell(link) is not None
    rows = pd.DataFrame(
        {
            "year": [2020, 2021],
            "money": [141081.0, None],
            "share": [15.61, 2.0],
            "count": [1416, 3],
            "day": ["2020-10-12", "2020-10"],
            "documents": ["paper news", ""],
            "caveats": ["range_only", ""],
            "link": ["https://example.org/a", link],
            "text": ["=1+1", "-3"],
        }
    )
    kinds = ("year", "money", "percent", "integer", "date", "documents", "caveats", "link", "text")
    columns = tuple(Column(name=name, label=name, kind=kind) for name, kind in zip(rows, kinds, strict=True))
    table = Table(title="Forms", columns=columns, rows=rows, file_name="forms")
    page = replace(made_up_document().page, blocks=(table,))
    sheet = load_workbook(io.BytesIO(render_xlsx(made_up_document(page))))["forms"]
    assert sheet["A1"].value == "Forms"
    first, second = list(sheet.iter_rows(min_row=4, max_row=5))
    assert [cell.value for cell in first] == [
        2020,
        141081,
        15.61,
        1416,
        datetime(2020, 10, 12),
        "[1] [2 press]",
        "a",
        "https://example.org/a",
        "=1+1",
    ]
    assert [cell.number_format for cell in first[:4]] == ["0", "#,##0", '0.00" %"', "#,##0"]
    assert first[7].hyperlink.target == "https://example.org/a"
    assert (second[4].value, second[7].value, second[7].hyperlink) == ("October 2020", "The park", None)
    assert first[8].data_type == "s" and second[8].value == "-3"
    assert sheet.freeze_panes == "A4" and sheet.auto_filter.ref == "A3:I5"


@pytest.mark.parametrize("block", all_charts()[:-1], ids=lambda block: block.kind)
def test_every_kind_of_chart_stands_beside_its_rows_with_its_values(block, words):
    page = replace(made_up_document().page, blocks=(block,))
    book = load_workbook(io.BytesIO(render_xlsx(made_up_document(page))))
    sheet = book[block.table.file_name]
    (chart,) = sheet._charts
    data = chart_data(block, demo_palette(), words)
    assert len(chart.series) == len(data.series)
    for native, wanted in zip(chart.series, data.series, strict=True):
        where = (native.val or native.yVal).numRef.f.split("!")[1].replace("$", "")
        values = sheet[where]
        values = [row[0].value for row in values] if isinstance(values, tuple) else [values.value]
        assert values == list(wanted.values)


def test_a_network_has_its_table_and_a_sentence(words):
    block = all_charts()[-1]
    page = replace(made_up_document().page, blocks=(block,))
    data = render_xlsx(made_up_document(page))
    assert words("take.no_native_chart") in [cell.value for cell in cells_of(data)]


def test_a_failure_names_the_block(words):
    document = made_up_document()
    table = document.page.blocks[-1].table
    broken = replace(table, columns=(replace(table.columns[0], kind="number"),))
    with pytest.raises(OutputError, match=r"Excel: Table 'Rows of the map'"):
        render_xlsx(replace(document, page=replace(document.page, blocks=(broken,))))
