"""Every page with every choice as it was known at a meeting, and the texts a reader sees on it."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from neaspec.blocks import (
    Answer,
    Arrows,
    Change,
    Chart,
    Details,
    Entry,
    Heading,
    Linked,
    Map,
    Metric,
    Notice,
    Page,
    PageLink,
    Panel,
    Points,
    Table,
    Tabs,
    Text,
    walk,
)
from neaspec.data.queries import Ask
from neaspec.urls import choices_from

# Columns of tables whose cells hold keys or addresses, not words of ours.
# The papers of NEASPEC; of the other documents test_as_known reads the rows.
PAPERS = ("som_24_paper", "som_24_slides", "som_27_paper", "workshop_2016_note", "workshop_2021_note")
KEYS = ("documents", "caveats")


def choices_of_all_pages(ask: Ask, part: int = 0, parts: int = 1) -> Iterator[tuple[str, Any]]:
    """Give (page, choices) of every page: alone and with each species, State, site, project and paper of NEASPEC.

    Of the choices only one part of several: each meeting reads another part. Species, States and projects are few and
    are read in halves and thirds; sites are many, and those of the Tumen area are read always.
    """
    sites = ask("sites_protected", country_code=None, species_id=None, level=None)

    def some(keys: list[str], most: int) -> list[str]:
        step = min(parts, most)
        return [key for place, key in enumerate(keys) if place % step == part % step]

    keys = {
        "species_id": some(ask("species_styles")["species_id"].tolist(), 2),
        "country_code": some(ask("member_states")["country_code"].tolist(), 3),
        "site_id": [
            row.site_id for place, row in enumerate(sites.itertuples()) if place % parts == part or row.is_tumen
        ],
        "project_id": some(ask("projects_found", species_id=None, country_code=None)["project_id"].tolist(), 3),
        "meeting_id": ask("soms")["meeting_id"].tolist(),
    }
    documents = set(ask("sources_documents", grade=None)["document_id"])
    pages: list[tuple[str, dict[str, str]]] = [
        ("overview", {}),
        ("issues", {}),
        ("cooperation", {}),
        ("changes", {}),
        ("movements", {}),
        ("sites", {}),
        ("projects", {}),
        ("briefs", {"kind": "som"}),
        *(("sources", {"part": part}) for part in ("documents", "contradictions", "data")),
        *(("species", {"species_id": key}) for key in keys["species_id"]),
        *(("country", {"country_code": key}) for key in keys["country_code"]),
        *(("sites", {"site_id": key}) for key in keys["site_id"]),
        *(("projects", {"project_id": key}) for key in keys["project_id"]),
        *(("sources", {"document_id": key}) for key in PAPERS if key in documents),
        *(("changes", {"from_meeting_id": key}) for key in keys["meeting_id"][-1:]),
    ]
    for name, given in pages:
        yield name, choices_from(name, given)


def texts_of(page: Page) -> Iterator[str]:
    """Give every text a reader of a page sees: words, cells, labels of charts and maps, sources, caveats."""
    yield from (page.title, page.lead)
    for block in walk(page.blocks):
        yield from _texts(block)
    for column in ("title", "publisher"):
        yield from page.sources[column].astype(str)
    for column in ("name", "meaning"):
        yield from page.caveats[column].astype(str)


def _texts(block: object) -> Iterator[str]:
    if isinstance(block, Heading | Text | Notice | PageLink):
        yield block.text
    elif isinstance(block, Details):
        yield block.title
    elif isinstance(block, Metric):
        yield from (block.label, block.value, block.unit, block.counted, block.period, block.status)
        yield from (f"{area} | {figure}" for area, figure in block.lines)
        yield from (f"{year:g}" for year, _ in block.trend)
    elif isinstance(block, Entry):
        yield from (block.title, block.text, *block.tags, *(value for _, value in block.facts))
        yield from (link.text for link in block.links)
    elif isinstance(block, Table):
        yield block.title
        shown = [column.name for column in block.columns if column.kind not in KEYS]
        linked = {column.name for column in block.columns if column.kind == "link"}
        for row in block.rows[shown].to_dict("records"):
            yield " | ".join(
                cell(value).partition("|")[0] if name in linked else cell(value) for name, value in row.items()
            )
    elif isinstance(block, Chart):
        yield from (block.title, block.alt, block.unit, block.counted, block.period, block.value_title)
        for row in block.rows[list(dict.fromkeys(block.roles.values()))].to_dict("records"):
            yield " | ".join(cell(value) for value in row.values())
    elif isinstance(block, Map):
        yield from (block.title, block.alt, block.unit, block.counted, block.period)
        for layer in block.layers:
            yield from _layer(layer)
    else:
        yield from _screen_texts(block)


def _screen_texts(block: object) -> Iterator[str]:
    """Give the texts of blocks that the screen alone shows as they are."""
    if isinstance(block, Answer):
        yield block.text
    elif isinstance(block, Panel):
        yield " | ".join((block.title, block.kind, block.text, *(f"{label} {value}" for label, value in block.facts)))
        yield from (link.text for link in block.links)
    elif isinstance(block, Change):
        yield from (block.what, block.before, block.after, block.date)
    elif isinstance(block, Linked):
        yield block.title
        yield from (f"{item.title} | {item.line}" for item in block.items)
    elif isinstance(block, Tabs):
        yield from (tab.title for tab in block.tabs)


def _layer(layer: Points | Arrows) -> Iterator[str]:
    yield from layer.groups.values()
    for name in ("name", "tooltip"):
        if name in layer.rows.columns:
            yield from (cell(value) for value in layer.rows[name])


def cell(value: object) -> str:
    """Write a cell; a whole number without decimals, so that a year is a year."""
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and pd.isna(value)):
        return ""
    return f"{value:g}" if isinstance(value, float) and value.is_integer() else str(value)
