"""Pieces of an HTML file that the screen does not have: two colours in one, first sheet, contents, list of sources."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup

from neaspec.blocks import Map, Metric
from neaspec.palette import SURFACE, Palette
from neaspec.render import html as shared
from neaspec.render.citations import Citations
from neaspec.render.document import Document, source_line
from neaspec.render.maps.legend import map_legend
from neaspec.render.templates import from_template
from neaspec.text import Words

Palettes = tuple[Palette, Palette]  # light, dark


def two(light: str, dark: str) -> str:
    """Return one colour for light ground and one for dark as the style of an element of the class nc-two."""
    return f"--light:{light};--dark:{dark}"


def surface_style() -> str:
    """Return the colours of the surface as style rules: light first, dark where the reader wants it."""
    rules = [";".join(f"--{name.replace('_', '-')}:{pair[side]}" for name, pair in SURFACE.items()) for side in (0, 1)]
    light, dark = f"color-scheme:light;{rules[0]}", f"color-scheme:dark;{rules[1]}"
    return (
        f":root{{{light}}}@media screen{{:root[data-theme=dark]{{{dark}}}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme]){{{dark}}}}}"
    )


def card(block: Metric, marks: Citations, palettes: Palettes) -> Markup:
    """Return a figure as a card in the colours of both grounds."""
    colours = [shared.metric_colour(block, palette) for palette in palettes]
    trends = [
        shared.sparkline(block.trend, colour, palette.surface("text_soft"), f"nc-on-{scheme}")
        for colour, palette, scheme in zip(colours, palettes, ("light", "dark"), strict=True)
    ]
    return shared.metric(block, marks, two(colours[0], colours[1]), shared.together(trends), None)


def legend(block: Map, palettes: Palettes, words: Words) -> Markup:
    """Return the legend of a map in the colours of both grounds."""
    groups = zip(*(map_legend(block, palette, words) for palette in palettes), strict=True)
    return shared.legend([(two(light, dark), sign, label) for (light, sign, label), (dark, _, _) in groups], "nc-two")


def first_sheet(document: Document) -> Markup:
    """Return kind, title, lead, what was chosen, of which date, and what holds for the whole document."""
    return from_template("file/front", "first_sheet", document)


def contents(headings: Sequence[tuple[int, str, str]], words: Words) -> Markup:
    """Return the list of headings: (level, address, text)."""
    return from_template("file/front", "contents", words("take.contents"), headings)


def sources(document: Document) -> Markup:
    """Return the numbered list of all documents, each with the address of the original."""
    rows = [
        (row["number"], source_line({str(name): value for name, value in row.items()}, document.words), _address(row))
        for row in document.page.sources.to_dict("records")
    ]
    title = document.words("common.sources_title")
    return from_template("lists", "originals", title, rows, {"id": "sources"}) if rows else Markup("")


def _address(row: Any) -> str:
    """Return the address of a document on the web, or nothing."""
    url = row.get("url")
    is_address = not pd.isna(url) and str(url).startswith(("https://", "http://"))
    return str(url) if is_address else ""
