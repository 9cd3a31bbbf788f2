"""Slides of a story: what each holds in HTML and PowerPoint, one name for one thing, hostile text stays text."""

import io
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from pptx import Presentation

from neaspec.blocks import Points
from neaspec.render.slides.deck import render_story_deck
from neaspec.render.slides.html import SOURCE_LINES, render_story, source_items
from neaspec.render.slides.pictures import CHART_ZOOM, HEIGHT, LEAST_TEXT, MAP_ZOOM, SIZES, draw
from neaspec.slides import Figure, Slide, Story
from tests.support.demo_page import all_charts, demo_palette
from tests.support.said import HOSTILE, made_up_map

MARK = '<img src=x onerror="alert(1)">'


def made_story(*slides: Slide) -> Story:
    sources = pd.DataFrame(
        {
            "number": [1, 2],
            "document_id": ["paper", "news"],
            "publisher": ["A university", MARK],
            "published_date": ["2020-05", None],
            "grade": ["scientific", "press"],
        }
    )
    return Story(key="x", title=MARK, slides=slides, sources=sources, marks={"paper": 1, "news": 2})


SLIDES = (
    Slide(key="figures", title=MARK, figures=(Figure(label=MARK, value="12", below=MARK),), document_ids=("paper",)),
    Slide(key="map", title="Where", picture=made_up_map(), text=MARK, note="A note", document_ids=("paper", "news")),
    Slide(key="chart", title="How many", picture=all_charts()[0], document_ids=("news",)),
    Slide(key="lines", title="Said", lines=(MARK, HOSTILE[1])),
)


@pytest.fixture(scope="module")
def html(words) -> str:
    return render_story(made_story(*SLIDES), demo_palette(), words, "/briefs?story=x").decode()


def test_each_slide_has_title_picture_or_figures_words_note_and_source(html, words):
    sections = html.split("<section")[1:]
    assert len(sections) == len(SLIDES) + 1
    assert "s-value" in sections[0] and "Source: A university, May 2020" in sections[0]
    assert words("maps.disclaimer") in sections[1] and "A note" in sections[1]
    assert 'role="img"' in sections[2] and "<svg" in sections[2]
    assert words("stories.no_source") in sections[3]
    assert "A university: 2020" in sections[4]


def test_hostile_text_stays_text_and_the_file_asks_nobody(html):
    assert "<img" not in html and "onerror=&#34;" in html.replace("&quot;", "&#34;")
    assert "default-src &#39;none&#39;" in html or "default-src 'none'" in html
    assert not re.search(r"(src|href)=\"https?:", html)


def test_names_on_a_drawing_are_never_markup(words):
    block, bars = made_up_map(), next(chart for chart in all_charts() if chart.kind == "bars")
    spots = block.layers[0].rows.assign(name=MARK, tooltip=f"{MARK}\nmore")
    rows = bars.rows.assign(site=[f"{MARK} {number}" for number in range(len(bars.rows))])
    for picture in (replace(block, layers=(Points(rows=spots),)), replace(bars, rows=rows)):
        drawing = draw(picture, demo_palette(), words, "x").svg
        assert "<img" not in drawing and "&lt;img" in drawing
        ET.fromstring(drawing)


def test_no_two_drawings_share_the_name_of_a_part(html):
    names = re.findall(r'\bid="([^"]+)"', html)
    assert len(names) == len(set(names))


def test_type_in_pictures_is_large_enough_for_a_room():
    assert SIZES.small * CHART_ZOOM >= LEAST_TEXT
    assert 11 * MAP_ZOOM >= LEAST_TEXT


@pytest.mark.parametrize("chart", [chart for chart in all_charts() if chart.kind != "network"], ids=lambda c: c.kind)
def test_a_chart_fits_its_slide_without_being_made_smaller(chart, words):
    drawn = draw(chart, demo_palette(), words, "x")
    assert drawn.height <= HEIGHT + 1
    assert drawn.width > 0 and drawn.rows > 0


def test_the_last_slide_says_how_many_publishers_it_leaves_out(words):
    many = pd.DataFrame(
        {"document_id": range(90), "publisher": [f"Publisher {n}" for n in range(90)], "published_date": "2020"}
    )
    items = source_items(Story(key="x", title="x", slides=(), sources=many, marks={}), words)
    assert len(items) < SOURCE_LINES and re.fullmatch(r"and \d+ more publishers", items[-1])
    assert int(items[-1].split()[1]) + len(items) - 1 == 90


def test_the_deck_has_the_same_slides_with_native_charts_described_maps_and_sources_in_the_notes(words):
    deck = Presentation(io.BytesIO(render_story_deck(made_story(*SLIDES), demo_palette(), words, date(2026, 11, 20))))
    slides = list(deck.slides)
    assert [slide.shapes.title.text_frame.text for slide in slides][1:3] == ["Where", "How many"]
    assert len(slides) == len(SLIDES) + 1
    (picture,) = [shape for shape in slides[1].shapes if shape.shape_type == 13]
    assert picture._element.nvPicPr.cNvPr.get("descr") == made_up_map().alt
    assert [shape for shape in slides[2].shapes if shape.has_chart]
    assert "A university" in slides[1].notes_slide.notes_text_frame.text
    for slide in slides:
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= deck.slide_width
            assert shape.top >= 0 and shape.top + shape.height <= deck.slide_height
    assert deck.core_properties.created.date() == date(2026, 11, 20)
