"""What composed pages hold, without a browser: A7 to A10, A15, A17, A18."""

import math
import re
from collections.abc import Iterator

from benchmarks.acceptance.limits import SIGN_PIXELS, TOOLTIP_WORDS, Measure, none_of
from neaspec.blocks import Block, Chart, Map, Metric, Page, Table, walk
from neaspec.render.maps.frame import opening_frame, shown_places
from neaspec.render.maps.layers import MARKER_PIXELS
from neaspec.sections.field_data.watermark import COLUMN

# A column or card of such a name counts rows; a reader would take the number for animals, hectares or money.
COUNTS_ROWS = re.compile(r"\b(figures|statements|rows|records|counts|entries)\b", re.IGNORECASE)
NUMBERS = ("integer", "number", "money")
# Where records themselves are the subject: nobody takes their number for animals, hectares or money.
PAGES_OF_RECORDS = frozenset({"sources", "field_data"})


def tooltips(page: Page) -> Iterator[str]:
    """Give the tooltips that hold markup or more words than fit."""
    for block in walk(page.blocks):
        for layer in block.layers if isinstance(block, Map) else ():
            for name, text in zip(layer.rows["name"], layer.rows["tooltip"], strict=True):
                shown = f"{name} {text}"
                if re.search(r"[<>]", shown) or len(shown.split()) > TOOLTIP_WORDS:
                    yield f"{page.name}: {shown[:80]}"


def outside(page: Page) -> Iterator[str]:
    """Give the places that a map shows and does not open on."""
    for block in walk(page.blocks):
        if not isinstance(block, Map):
            continue
        frame = opening_frame(block)
        for longitude, latitude in shown_places(block):
            x, y = frame.place(longitude, latitude)
            if not (-1 <= x <= frame.width + 1 and -1 <= y <= frame.height + 1) and math.isfinite(x):
                yield f"{page.name}: {longitude}, {latitude}"


def without_source(page: Page) -> Iterator[str]:
    """Give the figures, charts, maps and tables that tell no document."""
    for block in walk(page.blocks):
        if isinstance(block, Metric | Chart | Map) and has_figure(block) and not rests_on(block):
            yield f"{page.name}: {type(block).__name__} {getattr(block, 'title', '') or getattr(block, 'label', '')}"


def has_figure(block: Block) -> bool:
    """Tell whether a figure is stated, or a picture shows anything."""
    if isinstance(block, Metric):
        return any(letter.isdigit() for letter in block.value + " ".join(figure for _, figure in block.lines))
    if isinstance(block, Chart):
        return not block.rows.empty
    return isinstance(block, Map) and any(not layer.rows.empty for layer in block.layers)


def rests_on(block: Metric | Chart | Map) -> bool:
    """Tell whether a block, or the table of its rows, names a document."""
    if block.document_ids or (not isinstance(block, Metric) and COLUMN in block.table.rows):
        return True  # what is made up says so in its title and in every row: no document stands behind it
    return not isinstance(block, Metric) and any(column.kind == "documents" for column in block.table.columns)


def counts_of_rows(page: Page) -> Iterator[str]:
    """Give the columns and cards where a count of rows stands as a number alone."""
    for block in walk(page.blocks) if page.name not in PAGES_OF_RECORDS else ():
        if (
            isinstance(block, Metric)
            and COUNTS_ROWS.search(f"{block.label} {block.unit}")
            and block.value[:1].isdigit()
        ):
            yield f"{page.name}: {block.label} {block.value} {block.unit}"
        elif isinstance(block, Table):
            for column in block.columns:
                if column.kind in NUMBERS and COUNTS_ROWS.search(column.label):
                    yield f"{page.name}: {block.title}: {column.label}"


def sign_sizes() -> Measure:
    """Measure the smallest and the largest sign; they are drawn in pixels, the same at every zoom."""
    low, *_, high = MARKER_PIXELS
    is_met = SIGN_PIXELS[0] <= low <= high <= SIGN_PIXELS[1]
    return Measure("A8", "maps", f"{low:g}-{high:g} px", f"{SIGN_PIXELS[0]}-{SIGN_PIXELS[1]} px", is_met)


def composed_measures(pages: list[Page]) -> Iterator[Measure]:
    """Measure composed pages."""
    views = f"{len(pages)} views"
    yield none_of("A7", views, "tooltips with markup or too long", [text for page in pages for text in tooltips(page)])
    yield sign_sizes()
    yield none_of("A9", views, "rows outside a map", [text for page in pages for text in outside(page)])
    yield none_of("A17", views, "without a source", [text for page in pages for text in without_source(page)])
    yield none_of("A18", views, "counts of rows", [text for page in pages for text in counts_of_rows(page)])
