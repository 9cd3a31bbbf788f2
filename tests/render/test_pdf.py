"""The PDF says all that the blocks say, loses no letter, and is made to be kept and read aloud."""

import io
from datetime import UTC, datetime
from functools import lru_cache

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from neaspec.blocks import Chart
from neaspec.errors import OutputError
from neaspec.paths import DATA_DIR, TEXT_DIR
from neaspec.render.pdf import render as made
from neaspec.render.pdf.typesetting import FONTS
from tests.support.said import NAMES, hostile_document, made_up_document, missing, real_document, squeezed

REAL = [
    ("country", {"country_code": "MNG"}),
    ("species", {"species_id": "black_faced_spoonbill"}),
    ("issues", {}),
    ("projects", {}),
    ("cooperation", {}),
    ("overview", {}),
    ("briefs", {"kind": "som"}),
    ("briefs", {"kind": "issue", "issue_id": "som_24_tumen_decision"}),
]


@lru_cache(maxsize=32)
def pdf_of(name: str, **given: str) -> bytes:
    """Return the PDF of a page of the real data, set once for all tests."""
    return made.render_pdf(real_document(name, **given))


@lru_cache(maxsize=1)
def hostile_text() -> str:
    """Return what the PDF of hostile text and of the names of the region says."""
    return text_of(made.render_pdf(hostile_document()))


def text_of(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


@pytest.mark.parametrize(("name", "given"), REAL, ids=[f"{name} {given}" for name, given in REAL])
def test_every_figure_unit_mark_and_caveat_of_a_page_is_in_its_pdf(name: str, given: dict[str, str]) -> None:
    document = real_document(name, **given)
    assert missing(document, text_of(pdf_of(name, **given)))[:5] == []


def test_the_made_up_page_and_hostile_text_come_through_as_they_are_written() -> None:
    assert missing(made_up_document(), text_of(made.render_pdf(made_up_document())))[:5] == []
    assert missing(hostile_document(), hostile_text())[:5] == []


def test_the_same_document_gives_the_same_bytes() -> None:
    assert made.render_pdf(made_up_document()) == made.render_pdf(made_up_document())


def test_the_file_has_title_language_tags_bookmarks_date_and_its_own_fonts() -> None:
    document = real_document("briefs", kind="som")
    reader = PdfReader(io.BytesIO(pdf_of("briefs", kind="som")))
    root = reader.trailer["/Root"]
    assert reader.metadata.title == document.page.title
    assert reader.metadata.creation_date == datetime.combine(document.data_date, datetime.min.time(), UTC)
    assert root["/Lang"].startswith("en")
    assert root["/MarkInfo"]["/Marked"]
    outline = [item.title for item in reader.outline if not isinstance(item, list)]
    assert "Issues for consideration" in outline
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in reader.pages
        for font in page["/Resources"].get("/Font", {}).values()
    }
    assert fonts and all("+Noto" in font for font in fonts), fonts  # cut to what is used, so embedded


def test_marks_lead_to_the_list_of_sources_and_every_source_is_in_it() -> None:
    document = real_document("country", country_code="MNG")
    reader = PdfReader(io.BytesIO(pdf_of("country", country_code="MNG")))
    links = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    inside = [link for link in links if "/A" not in link or link["/A"].get("/S") == "/GoTo"]
    assert len(inside) > len(document.page.sources)


def test_a_long_table_repeats_its_header_and_no_sheet_is_empty() -> None:
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf_of("changes"))).pages]
    assert len(pages) > 8
    header = squeezed("Known from")
    assert sum(header in squeezed(page) for page in pages) > 4
    assert all(len(page) > 200 for page in pages)


def test_a_block_that_cannot_be_set_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> str:
        raise ValueError("no such axis")

    monkeypatch.setattr(made, "figure_svgs", fail)
    with pytest.raises(OutputError, match="PDF: Chart .*no such axis"):
        made.render_pdf(made_up_document())


@lru_cache(maxsize=1)
def covered() -> set[int]:
    """Return the signs that the fonts set into every file have."""
    return {sign for path in FONTS.iterdir() if path.suffix in (".ttf", ".otf") for sign in TTFont(path).getBestCmap()}


def test_no_sign_of_the_data_or_the_wording_lacks_a_glyph() -> None:
    signs: dict[str, str] = {}
    for path in [*DATA_DIR.glob("*.csv"), *TEXT_DIR.rglob("*.toml")]:
        signs |= dict.fromkeys(path.read_text(encoding="utf-8-sig"), path.name)
    signs |= dict.fromkeys("".join(NAMES.values()), "names")
    unseen = set("\n\r\t")
    lacking = {sign: where for sign, where in signs.items() if sign not in unseen and ord(sign) not in covered()}
    assert lacking == {}


@pytest.mark.parametrize("language", NAMES)
def test_names_in_the_languages_of_the_region_are_set_and_can_be_copied(language: str) -> None:
    assert squeezed(NAMES[language]) in squeezed(hostile_text())


def test_no_picture_is_higher_than_its_sheet_allows() -> None:
    for name in ("movements", "projects", "cooperation"):
        pictures = [
            block for block in flat(made.content_of(real_document(name))["blocks"]) if block["kind"] == "picture"
        ]
        assert pictures
        assert all(part["height_mm"] <= 240 for block in pictures for part in block["drawings"])


def flat(blocks: list[dict]) -> list[dict]:
    return [inner for block in blocks for inner in (block, *flat(block.get("blocks", [])))]


def test_every_chart_is_a_drawing_not_a_picture_of_dots() -> None:
    document = real_document("species", species_id="black_faced_spoonbill")
    charts = [block for block in document.page.blocks if isinstance(block, Chart)]
    reader = PdfReader(io.BytesIO(pdf_of("species", species_id="black_faced_spoonbill")))
    assert charts
    assert [image for page in reader.pages for image in page.images] == []
