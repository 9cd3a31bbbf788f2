"""Pieces of an HTML file that the screen does not have: two colours in one, first sheet, contents, list of sources."""

from collections.abc import Sequence

import pandas as pd

from neaspec.blocks import Map, Metric
from neaspec.palette import SURFACE, Palette
from neaspec.render import html as made
from neaspec.render.citations import Citations
from neaspec.render.document import Document, source_line
from neaspec.render.html import escape
from neaspec.render.maps.legend import map_legend
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


def card(block: Metric, marks: Citations, palettes: Palettes, number: str) -> str:
    """Return a figure as a card in the colours of both grounds."""
    colours = [made.metric_colour(block, palette) for palette in palettes]
    trends = "".join(
        made.sparkline(block.trend, colour, palette.surface("text_soft")).replace(
            'class="nc-trend"', f'class="nc-trend nc-on-{scheme}"'
        )
        for colour, palette, scheme in zip(colours, palettes, ("light", "dark"), strict=True)
    )
    return made.metric(block, marks, two(colours[0], colours[1]), trends, None, number)


def legend(block: Map, palettes: Palettes, words: Words) -> str:
    """Return the legend of a map in the colours of both grounds."""
    groups = zip(*(map_legend(block, palette, words) for palette in palettes), strict=True)
    items = "".join(
        f'<span><span class="nc-two" style="{two(light, dark)}" aria-hidden="true">{escape(sign)}</span> '
        f"{escape(label)}</span>"
        for (light, sign, label), (dark, _, _) in groups
    )
    return f'<p class="nc-legend">{items}</p>' if items else ""


def first_sheet(document: Document) -> str:
    """Return kind, title, lead, what was chosen, of which date, and what holds for the whole document."""
    words = document.words
    facts = "".join(f"<div><dt>{escape(label)}</dt><dd>{escape(value)}</dd></div>" for label, value in document.facts())
    notes = "".join(f'<p class="nc-note">{escape(note)}</p>' for note in document.notes)
    return (
        f'<header class="nc-first" id="top"><p class="nc-kind">{escape(document.kind)}</p>'
        f'<h1>{escape(document.page.title)}</h1><p class="nc-lead">{escape(document.page.lead)}</p>'
        f'<dl class="nc-facts" aria-label="{escape(words("take.about"))}">{facts}</dl>{notes}</header>'
    )


def contents(headings: Sequence[tuple[int, str, str]], words: Words) -> str:
    """Return the list of headings: (level, address, text)."""
    items = "".join(
        f'<li class="nc-level{level}"><a href="#{address}">{escape(text)}</a></li>' for level, address, text in headings
    )
    title = escape(words("take.contents"))
    return (
        f'<nav class="nc-contents" aria-label="{title}"><details open><summary>{title}</summary>'
        f"<ol>{items}</ol></details></nav>"
    )


def sources(document: Document, number: str) -> str:
    """Return the numbered list of all documents, each with the address of the original."""
    words = document.words
    rows = []
    for found in document.page.sources.to_dict("records"):
        row = {str(name): value for name, value in found.items()}
        url = row.get("url")
        is_address = not pd.isna(url) and str(url).startswith(("https://", "http://"))
        original = (
            f' · <a target="_blank" rel="noopener noreferrer" href="{escape(str(url))}">{escape(str(url))}</a>'
            if is_address
            else ""
        )
        rows.append(
            f'<li id="source-{row["number"]}" value="{row["number"]}"><b>[{row["number"]}]</b> '
            f"{escape(source_line(row, words))}{original}</li>"
        )
    if not rows:
        return ""
    title = escape(words("common.sources_title"))
    return f'<section class="nc-sources" id="sources"{number}><h2>{title}</h2><ol>{"".join(rows)}</ol></section>'
