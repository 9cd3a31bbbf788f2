"""Tentative boundary of a shared area: what is on record of one, and how drafts are made here."""

from dataclasses import dataclass

import pandas as pd

from neaspec.blocks import Block, Details, Notice, Page, PageLink, Panel, Tab, Tabs, Text
from neaspec.data.queries import Ask
from neaspec.sections.boundary.gaps import recorded_gaps
from neaspec.sections.boundary.said import said_of
from neaspec.sections.common import compose, keys_in
from neaspec.sections.sites.map import draw_sites, site_table
from neaspec.sections.sites.wording import level_totals
from neaspec.text import Words

FIRST_AREA = "tumen_estuary"
HOW = ("areas", "states", "water", "around", "sites", "files")


@dataclass(frozen=True)
class BoundaryChoices:
    """What the reader chose: a shared area."""

    area_id: str = FIRST_AREA


def shared_areas(ask: Ask) -> dict[str, str]:
    """Return the shared areas: key -> name."""
    areas = ask("shared_areas")
    return dict(zip(areas["shared_area_id"], areas["name"], strict=True))


def page(ask: Ask, words: Words, choices: BoundaryChoices) -> Page:
    """Make the page before there is a draft: the sites of the area, what is on record, how drafts are measured."""
    areas = ask("shared_areas")
    area = areas[areas["shared_area_id"] == choices.area_id]
    title = words("boundary.title")
    if area.empty:
        nothing: list[Block] = [Notice(text=words("boundary.no_area"), kind="empty")]
        return compose(ask, "boundary", title, words("boundary.lead_none"), nothing)
    row = area.iloc[0]
    tabs = [
        Tab(key="sites", title=words("boundary.tab_sites"), blocks=tuple(area_map(ask, words, row))),
        Tab(key="record", title=words("boundary.tab_record"), blocks=tuple(on_record(ask, words, row))),
        Tab(key="how", title=words("boundary.tab_how"), blocks=how_it_works(words)),
    ]
    shown = Tabs(tabs=tuple(tab for tab in tabs if tab.blocks))
    return compose(ask, "boundary", title, words("boundary.lead", name=row["name"]), [shown])


def area_map(ask: Ask, words: Words, area: pd.Series) -> list[Block]:
    """Show the sites of the area, which a draft can start from."""
    every = ask("sites_protected", country_code=None, species_id=None, level=None)
    own = every[every["site_id"].isin(keys_in([area["site_ids"]]))]
    placed = own[own["latitude"].notna()]
    if placed.empty:
        return []
    title = words("sites.shared_map", name=area["name"])
    table = site_table(words, title, own, f"boundary_sites_{area['shared_area_id']}")
    alt = words("sites.shared_alt", name=area["name"], count=len(placed), levels=level_totals(words, placed))
    view = "tumen" if bool(placed["is_tumen"].all()) else "region"
    return [draw_sites(ask, words, own, title, alt, table, view)]


def on_record(ask: Ask, words: Words, area: pd.Series) -> list[Block]:
    """Show what documents say of a boundary, and what is not on record."""
    panel = Panel(
        title=str(area["name"]),
        kind=str(area["country_names"]),
        text=words("boundary.on_record", sites=int(area["sites"]), stated=int(area["sites_stated"])),
        document_ids=keys_in([area["document_id"]]),
        caveat_ids=keys_in([area["caveat_ids"]]),
        links=(PageLink(text=words("boundary.to_list"), page="checklist", choices={"area": area["shared_area_id"]}),)
        if area["shared_area_id"] == FIRST_AREA
        else (),
    )
    return [panel, *recorded_gaps(ask, words, area), *said_of(ask, words, area)]


def how_it_works(words: Words) -> tuple[Block, ...]:
    """Say how drafts are measured and what the files say."""
    return (
        *(Text(text=words(f"boundary.how_{key}")) for key in HOW),
        Details(
            title=words("boundary.how_clearance_title"),
            blocks=(Text(text=words("boundary.how_clearance")),),
        ),
    )
