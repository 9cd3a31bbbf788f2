"""A story as one HTML page for the room: slides of 1280 x 720, keys, no library and no request."""

import pandas as pd
from markupsafe import Markup

from neaspec.blocks import Chart, Map
from neaspec.palette import SURFACE, Palette
from neaspec.render.document import short_source_line
from neaspec.render.html_file.files import asset
from neaspec.render.slides.pictures import Drawn, draw
from neaspec.render.templates import from_template
from neaspec.slides import Slide, Story
from neaspec.text import Words

LONGEST_LINE = 84  # characters of a source line; the last slide lists all documents
SOURCE_LINES, LINE = 38, 46  # of the last slide in two columns; characters of a line
POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'"


def render_story(story: Story, palette: Palette, words: Words, leave: str) -> bytes:
    """Return a story as HTML.

    Args:
        story: its slides and documents.
        palette: of the light ground.
        words: the wording.
        leave: the address that Esc leads to; empty where there is none, as in a file.
    """
    named = {
        row["document_id"]: short_source_line({str(name): value for name, value in row.items()}, words)
        for row in story.sources.to_dict("records")
    }
    count = len(story.slides) + (not story.sources.empty)
    slides = [slide_html(slide, palette, words, named) for slide in story.slides]
    if not story.sources.empty:
        slides.append(from_template("slides", "sources", words, source_items(story, words)))
    style = ";".join(f"--{name.replace('_', '-')}:{pair[0]}" for name, pair in SURFACE.items())
    page = from_template(
        "slides",
        "page",
        story.title,
        words,
        POLICY,
        Markup(f":root{{{style}}}" + asset("slides.css")),
        Markup(asset("slides.js")),
        slides,
        count,
        leave,
    )
    return page.encode()


def slide_html(slide: Slide, palette: Palette, words: Words, named: dict[str, str]) -> Markup:
    """Return one slide."""
    drawn: Drawn | None = draw(slide.picture, palette, words, slide.key) if slide.picture is not None else None
    alt = slide.picture.alt if slide.picture is not None else ""
    boundary = words("maps.disclaimer") if isinstance(slide.picture, Map) else ""
    source = source_line(slide, words, named)
    if drawn and isinstance(slide.picture, Chart) and drawn.rows < len(slide.picture.rows):
        source = f"{source} · {words('stories.shown', shown=drawn.rows, count=len(slide.picture.rows))}"
    return from_template("slides", "slide", slide, drawn, alt, boundary, source, words)


def source_line(slide: Slide, words: Words, named: dict[str, str]) -> str:
    """Name the first documents of a slide, and how many more there are."""
    cited = list(dict.fromkeys(named[key] for key in slide.document_ids if key in named))
    if not cited:
        return words("stories.no_source")
    count = next((n for n in range(len(cited), 1, -1) if len("; ".join(cited[:n])) <= LONGEST_LINE), 1)
    listed, more = "; ".join(cited[:count]), len(cited) - count
    key = "stories.source_more" if more > 0 else "stories.source_line"
    return words(key, listed=listed, count=more)


def source_items(story: Story, words: Words) -> list[str]:
    """Return the documents of a story as lines, each once: publisher, dates."""
    lines: dict[str, list[str]] = {}
    for row in story.sources.to_dict("records"):
        published = row["published_date"]
        when = words.date(None if pd.isna(published) else str(published)[:4]) or words("common.source_undated")
        lines.setdefault(str(row["publisher"]), []).append(when)
    items = [f"{publisher}: {', '.join(dict.fromkeys(years))}" for publisher, years in lines.items()]
    kept: list[str] = []
    room = SOURCE_LINES - 2.0  # a column may end before an item that does not fit
    for item in items:
        room -= 1 + len(item) // LINE + 0.28
        if room < 1 and len(kept) < len(items) - 1:
            return [*kept, words("stories.more_sources", count=len(items) - len(kept))]
        kept.append(item)
    return kept
