"""A story as a PowerPoint file: native charts, maps as pictures, sources in the notes and on the last slide."""

import io
from datetime import date, datetime, time
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.util import Pt

from neaspec.blocks import Chart, Map
from neaspec.files import plain_text, reproducible_zip
from neaspec.palette import Palette
from neaspec.render.charts.native_bars import chart_data
from neaspec.render.document import short_source_line
from neaspec.render.pdf.typesetting import picture_png
from neaspec.render.pptx.charts import add_chart
from neaspec.render.slides.html import source_items, source_line
from neaspec.render.slides.pictures import MAP_HEIGHT, MAP_WIDTH, ROWS, draw
from neaspec.slides import Slide, Story
from neaspec.text import Words

WIDE, HIGH = 960.0, 540.0  # points: 1280 x 720 pixels
PIXEL = 0.75  # points
LEFT, TITLE, TEXT, SMALL = 36.0, 27.0, 20.0, 18.0  # points; 27 is 36 pixels, 18 is 24
BOUNDARY = 12.0
FIGURE = 44.0
DPI = 200
TITLE_ONLY = 5
MOST_BARS = 6


def render_story_deck(story: Story, palette: Palette, words: Words, day: date) -> bytes:
    """Return a story as a PowerPoint file; equal stories give equal bytes.

    Args:
        story: its slides and documents.
        palette: of the light ground.
        words: the wording.
        day: of the data, for the dates in the file.
    """
    writer = _Writer(story, palette, words)
    for slide in story.slides:
        writer.add(slide)
    writer.sources()
    core = writer.file.core_properties
    core.created = core.modified = datetime.combine(day, time())
    core.title, core.author = plain_text(story.title)[:250], plain_text(words("take.author"))
    core.last_modified_by, core.revision = core.author, 1
    out = io.BytesIO()
    writer.file.save(out)
    return reproducible_zip(out.getvalue())


class _Writer:
    """Adds slides; knows colours and wording."""

    def __init__(self, story: Story, palette: Palette, words: Words) -> None:
        self.story, self.palette, self.words = story, palette, words
        self.file: Any = Presentation()
        self.file.slide_width, self.file.slide_height = Pt(WIDE), Pt(HIGH)
        self.named = {
            row["document_id"]: short_source_line({str(name): value for name, value in row.items()}, words)
            for row in story.sources.to_dict("records")
        }

    def write(self, slide: Any, place: tuple[float, float, float, float], text: str, size: float, **look: Any) -> None:
        """Write a text into a box. look: bold, colour (of the surface)."""
        shape = slide.shapes.add_textbox(*(Pt(part) for part in place))
        self._fill(shape.text_frame, text, size, **look)

    def _fill(self, frame: Any, text: str, size: float, **look: Any) -> None:
        frame.word_wrap = True
        run = frame.paragraphs[0].add_run()
        run.text = plain_text(text)
        run.font.size, run.font.bold = Pt(size), look.get("bold", False)
        run.font.color.rgb = RGBColor.from_string(self.palette.surface(look.get("colour", "text")).lstrip("#"))

    def _open(self, title: str) -> Any:
        slide = self.file.slides.add_slide(self.file.slide_layouts[TITLE_ONLY])
        shape = slide.shapes.title
        shape.left, shape.top, shape.width, shape.height = Pt(LEFT), Pt(20), Pt(WIDE - 2 * LEFT), Pt(66)
        self._fill(shape.text_frame, title, TITLE, bold=True)
        shape.text_frame.paragraphs[0].alignment = 1
        return slide

    def add(self, slide: Slide) -> None:
        """Add one slide of the story."""
        page = self._open(slide.title)
        top = 90.0
        if isinstance(slide.picture, Map):
            self._map(page, slide, top)
        elif slide.picture is not None:
            self._chart(page, slide.picture, (LEFT, top, WIDE - 2 * LEFT, 320.0))
        elif slide.figures:
            wide = (WIDE - 2 * LEFT) / len(slide.figures)
            for number, figure in enumerate(slide.figures):
                left = LEFT + number * wide
                self.write(page, (left, 150, wide - 12, 70), figure.label, TEXT)
                self.write(page, (left, 220, wide - 12, 70), figure.value, FIGURE, bold=True)
                self.write(page, (left, 290, wide - 12, 40), figure.below, SMALL, colour="text_soft")
        for number, line in enumerate(slide.lines):
            self.write(page, (LEFT, top + number * 62, WIDE - 2 * LEFT, 56), line, TEXT)
        if slide.text:
            self.write(page, (LEFT, 416, WIDE - 2 * LEFT, 56), slide.text, TEXT)
        if slide.note:
            self.write(page, (LEFT, 470, WIDE - 2 * LEFT, 26), slide.note, SMALL, colour="accent")
        source = source_line(slide, self.words, self.named)
        self.write(page, (LEFT, 502, WIDE - 2 * LEFT, 28), source, SMALL, colour="text_soft")
        cited = [self.named[key] for key in slide.document_ids if key in self.named]
        page.notes_slide.notes_text_frame.text = plain_text("\n".join(dict.fromkeys(cited)))

    def _map(self, page: Any, slide: Slide, top: float) -> None:
        assert isinstance(slide.picture, Map)
        drawn = draw(slide.picture, self.palette, self.words, slide.key)
        wide, high = MAP_WIDTH * PIXEL * 0.95, MAP_HEIGHT * PIXEL * 0.95
        self._picture(page, str(drawn.svg), slide.picture, (LEFT, top, wide, high))
        for number, (_, sign, label) in enumerate(drawn.legend):
            place = (LEFT + wide + 10, top + number * 52, WIDE - 2 * LEFT - wide - 10, 50)
            self.write(page, place, f"{sign} {label}", SMALL)
        place = (LEFT, 480, WIDE - 2 * LEFT, 20)
        self.write(page, place, self.words("maps.disclaimer"), BOUNDARY, colour="text_soft")

    def _picture(self, page: Any, svg: str, block: Chart | Map, place: tuple[float, float, float, float]) -> None:
        left, top, wide, high = place
        png = picture_png(svg, wide / 72, DPI)
        picture = page.shapes.add_picture(io.BytesIO(png), Pt(left), Pt(top))
        scale = min(Pt(wide) / picture.width, Pt(high) / picture.height)
        picture.width, picture.height = int(picture.width * scale), int(picture.height * scale)
        properties = picture._element.nvPicPr.cNvPr
        properties.set("descr", plain_text(block.alt))
        properties.set("name", plain_text(f"{type(block).__name__} {block.table.file_name}"))

    def _chart(self, page: Any, chart: Chart, place: tuple[float, float, float, float]) -> None:
        data = chart_data(chart, self.palette, self.words)
        if data.shape == "none" or data.is_empty:
            drawn = draw(chart, self.palette, self.words, "chart")
            self._picture(page, str(drawn.svg), chart, place)
            return
        portion = data.portions(MOST_BARS)[0] if chart.kind in ROWS else data
        frame = add_chart(page, chart, portion, place, (self.palette, f"Chart {chart.table.file_name}"))
        if frame is not None:
            frame.chart.font.size = Pt(SMALL)

    def sources(self) -> None:
        """Add the last slide: all documents in two columns."""
        items = source_items(self.story, self.words)
        if not items:
            return
        page = self._open(self.words("stories.sources"))
        half = (len(items) + 1) // 2
        for column, part in enumerate((items[:half], items[half:])):
            left = LEFT + column * (WIDE / 2 - LEFT / 2)
            shape = page.shapes.add_textbox(Pt(left), Pt(86), Pt(WIDE / 2 - 1.5 * LEFT), Pt(430))
            shape.text_frame.word_wrap = True
            for number, item in enumerate(part):
                paragraph = shape.text_frame.paragraphs[0] if not number else shape.text_frame.add_paragraph()
                run = paragraph.add_run()
                run.text = plain_text(item)
                run.font.size = Pt(SMALL if len(items) <= 24 else 14)
