"""The deck itself: places below titles, sizes of titles, templates that lack what the house deck has, the setting."""

import io
import logging
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Pt

from neaspec.errors import OutputError
from neaspec.palette import SERIES
from neaspec.render.pdf import typesetting
from neaspec.render.pdf.maps import map_png
from neaspec.render.pdf.typesetting import page_png, pages_of, pdf_of, picture_png, printable
from neaspec.render.pptx.deck import SlideDeck
from neaspec.render.pptx.text import paragraph
from neaspec.text import load_words
from tests.support.said import made_up_document, made_up_map

WORDS = load_words("en")
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


@pytest.fixture
def deck() -> SlideDeck:
    return SlideDeck(made_up_document(), None)


def title(slide: Any) -> Any:
    return slide.shapes.title


def test_the_house_deck_is_wide_and_has_our_colours_in_its_theme(deck: SlideDeck) -> None:
    assert deck.size == (960, 540)
    theme = next(r.target_part.blob for r in deck.file.slide_master.part.rels.values() if r.reltype.endswith("/theme"))
    for name, colour in (("dk1", "1A2027"), ("accent1", SERIES[0][0]), ("accent6", SERIES[5][0]), ("hlink", "0B5C8A")):
        assert f'<a:{name}><a:srgbClr val="{colour.lstrip("#")}"/></a:{name}>'.encode() in theme
    kinds = {shape.placeholder_format.type for layout in deck.file.slide_layouts for shape in layout.placeholders}
    assert not kinds & {PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.DATE}


def test_a_slide_has_its_title_its_small_text_above_and_a_place_below(deck: SlideDeck) -> None:
    slide, place = deck.slide("Short title", "Part")
    assert (title(slide).left, title(slide).top, title(slide).width) == (Pt(46), Pt(44), Pt(868))
    assert title(slide).text_frame.paragraphs[0].runs[0].font.size == Pt(28)
    assert place == pytest.approx((46, 44 + 28 * 1.22 + 6 + 10, 868, 540 - 40 - 6 - (44 + 28 * 1.22 + 6 + 10)), abs=0.1)
    (above,) = [shape for shape in slide.shapes if shape.name == "Part"]
    assert (above.left, above.top) == (Pt(46), pytest.approx(Pt(44 - 12 * 1.22), abs=2))
    bare, _ = deck.slide("Short title")
    assert [shape.name for shape in bare.shapes if shape.name == "Part"] == []


@pytest.mark.parametrize(
    ("letters", "size"), [(45, 28), (60, 24), (115, 24), (128, 20), (145, 20), (160, 16), (299, 16)]
)
def test_a_long_title_is_set_smaller(deck: SlideDeck, letters: int, size: int) -> None:
    slide, place = deck.slide(("word " * 60)[:letters])
    assert title(slide).text_frame.paragraphs[0].runs[0].font.size.pt == size
    assert place[1] >= title(slide).top.pt + title(slide).height.pt + 9.9


def test_a_very_long_title_is_cut_and_stands_in_full_in_the_notes(deck: SlideDeck) -> None:
    long = "word " * 70
    slide, _ = deck.slide(long)
    shown = title(slide).text_frame.text
    assert shown.endswith("word …") and len(shown) <= 302
    deck.write_notes()
    assert " ".join(["word"] * 70) in slide.notes_slide.notes_text_frame.text
    just, _ = deck.slide("x" * 300)
    assert title(just).text_frame.text == "x" * 300


def test_the_room_below_a_title_is_known_without_adding_a_slide(deck: SlideDeck) -> None:
    before = len(deck.file.slides)
    room = deck.text_room("Short title", "Part")
    assert len(deck.file.slides) == before
    assert room == pytest.approx(deck.slide("Short title", "Part")[1][3])
    assert deck.text_room("word " * 30, "Part") < room


def test_each_slide_shows_its_number(deck: SlideDeck) -> None:
    slide, _ = deck.slide("T")
    fields = [field.get("type") for field in slide.shapes._spTree.iter(f"{A}fld")]
    assert fields == ["slidenum"]
    first, _ = deck.title_slide()
    assert title(first).text_frame.text == deck.document.page.title
    assert deck.last().slide_id == first.slide_id


def test_shapes_have_numbers_of_their_own(deck: SlideDeck) -> None:
    slide, place = deck.slide("T")
    deck.write(slide, place, [paragraph("one")], "One")
    deck.write(slide, place, [paragraph("two")], "Two")
    numbers = [shape.shape_id for shape in slide.shapes]
    assert len(numbers) == len(set(numbers))
    assert deck.next_number(slide) == max(numbers) + 1


def test_notes_have_their_kinds_in_one_order_and_each_thing_once(deck: SlideDeck) -> None:
    slide, _ = deck.slide("T")
    deck.note(slide, "links", "Open: /sites")
    deck.note(slide, "picture", "A picture.")
    deck.cite(slide, ["paper", "unknown", "paper"], ["range_only", "unknown"])
    deck.write_notes()
    parts = slide.notes_slide.notes_text_frame.text.split("\n\n")
    assert [part.split("\n")[0] for part in parts] == [
        WORDS(f"take.notes_{kind}") for kind in ("picture", "sources", "caveats", "links")
    ]
    assert parts[2].split("\n")[1:] == ["a Range only: The document gives only a range."]
    assert len(parts[1].split("\n")) == 2
    other, _ = deck.slide("U")
    deck.write_notes()
    assert not other.has_notes_slide


def template(tmp_path: Path, change: Any) -> Path:
    file = Presentation()
    change(file)
    file.save(tmp_path / "template.pptx")
    return tmp_path / "template.pptx"


def test_slides_of_a_template_are_taken_out_and_its_layouts_used(tmp_path: Path) -> None:
    path = template(tmp_path, lambda file: file.slides.add_slide(file.slide_layouts[0]))
    deck = SlideDeck(made_up_document(), path)
    assert len(deck.file.slides) == 0
    slide, place = deck.slide("T", "Part")
    assert slide.slide_layout.name == "Title Only"
    (above,) = [shape for shape in slide.shapes if shape.name == "Part"]
    assert above.top.pt >= title(slide).top.pt + title(slide).height.pt  # below the title, where templates have room
    assert place[1] > above.top.pt + above.height.pt
    runs = title(slide).text_frame.paragraphs[0].runs
    assert runs[0].font.size is None  # as the template sets it


def test_a_template_whose_layout_has_no_title_gets_one_written(tmp_path: Path) -> None:
    def without_titles(file: Any) -> None:
        for layout in file.slide_layouts:
            for shape in list(layout.placeholders):
                shape._element.getparent().remove(shape._element)

    deck = SlideDeck(made_up_document(), template(tmp_path, without_titles))
    slide, place = deck.slide("Written title")
    (written,) = [shape for shape in slide.shapes if shape.name == "Title"]
    assert written.text_frame.text == "Written title"
    assert (written.left, written.top, written.height) == (Pt(46), Pt(44), Pt(72))
    assert place[1] == 116
    assert [shape.name for shape in slide.shapes if shape.name == "Slide number"] == ["Slide number"]
    (number,) = [shape for shape in slide.shapes if shape.name == "Slide number"]
    width, height = deck.size
    assert (number.left.pt, number.top.pt) == (pytest.approx(width - 46 - 80), pytest.approx(height - 40))


def test_a_layout_is_found_by_its_kind_by_its_name_or_by_its_place(tmp_path: Path) -> None:
    def nameless(file: Any) -> None:
        for layout in file.slide_layouts:
            if layout._element.get("type") == "titleOnly":
                del layout._element.attrib["type"]

    deck = SlideDeck(made_up_document(), template(tmp_path, nameless))
    assert deck.layout("titleOnly", ("title only",), 5).name == "Title Only"
    assert deck.layout("none", ("no such",), 1).name == deck.file.slide_layouts[1].name
    assert deck.layout("none", ("no such",), 99).name == deck.file.slide_layouts[len(deck.file.slide_layouts) - 1].name
    assert deck.layout("title", (), 5).name == "Title Slide"


def test_a_map_for_a_slide_is_a_picture_that_keeps_its_size() -> None:
    for height_in in (5.0, 2.0):
        data = map_png(made_up_map(), made_up_document(), 6.0, height_in)
        width, height = (int.from_bytes(data[at : at + 4], "big") for at in (16, 20))
        assert width == pytest.approx(6 * 220, abs=2)
        assert height <= height_in * 220 + 2


def test_what_cannot_be_printed_is_left_out_everywhere() -> None:
    value = {"a": ["x\x00\u202ey", ("\x7f", 5)], "b": None, "c": "tab\tline\n"}
    assert printable(value) == {"a": ["xy", ["", 5]], "b": None, "c": "tab\tline\n"}


def test_a_drawing_becomes_a_picture_of_its_width() -> None:
    size = 'width="100" height="50" viewBox="0 0 100 50"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size}><rect width="9" height="9"/></svg>'
    data = picture_png(svg, 2.0, 100)
    assert [int.from_bytes(data[at : at + 4], "big") for at in (16, 20)] == [200, 100]
    with pytest.raises(OutputError, match="^picture: "):
        picture_png("no drawing", 2.0, 100)


def typst(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "t.typ"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_template_that_cannot_be_set_says_why(tmp_path: Path) -> None:
    bad = typst(tmp_path, "#nonsense()")
    for made in (lambda: pdf_of(bad, {}, 0), lambda: pages_of(bad, {})):
        with pytest.raises(OutputError, match="^PDF: .*nonsense"):
            made()
    with pytest.raises(OutputError, match="^picture: .*nonsense"):
        page_png(bad, {}, 72)


def test_pages_are_counted_by_the_template_and_the_first_one_is_a_picture(tmp_path: Path) -> None:
    text = (
        "#set page(width: 72pt, height: 36pt)\n#metadata(json(bytes(sys.inputs.content)).n) <pages>\na\n#pagebreak()\nb"
    )
    path = typst(tmp_path, text)
    assert pages_of(path, {"n": 7}) == 7
    data = page_png(path, {"n": 1}, 144)
    assert [int.from_bytes(data[at : at + 4], "big") for at in (16, 20)] == [144, 72]


def test_only_a_file_that_breaks_the_standard_is_made_without_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    asked: list[Any] = []

    def compiled(*_: Any) -> bytes:
        asked.append(_[-1])
        if _[-1]:
            raise typesetting.typst.TypstError("PDF/A-2a standards: glyph")
        return b"%PDF"

    monkeypatch.setattr(typesetting, "_set", compiled)
    with caplog.at_level(logging.WARNING, logger="neaspec"):
        assert pdf_of(tmp_path / "x", {}, 0) == b"%PDF"
    assert asked == [["a-2a", "ua-1"], []] and "without" in caplog.text

    def refused(*_: Any) -> bytes:
        asked.append("once")
        raise typesetting.typst.TypstError("unknown variable")

    monkeypatch.setattr(typesetting, "_set", refused)
    with pytest.raises(OutputError, match="unknown variable"):
        pdf_of(tmp_path / "x", {}, 0)
    assert asked[2:] == ["once"]


def test_a_deck_is_read_again_as_it_was_written(deck: SlideDeck) -> None:
    slide, place = deck.slide("T")
    deck.write(slide, place, [paragraph("one <two>")])
    out = io.BytesIO()
    deck.file.save(out)
    (again,) = Presentation(io.BytesIO(out.getvalue())).slides
    assert [shape.text_frame.text for shape in again.shapes if shape.name == "Text"] == ["one <two>"]
