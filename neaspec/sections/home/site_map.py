"""The map of sites with the facts of the one that is selected."""

from dataclasses import replace
from typing import Any, Literal

import pandas as pd

from neaspec.blocks import Block, Item, Linked, Notice, PageLink, Panel
from neaspec.data.queries import Ask
from neaspec.sections.common import keys_in, rows_of
from neaspec.sections.sites.map import draw_sites, site_table
from neaspec.sections.sites.wording import capital, level_words
from neaspec.text import Words, is_empty

Size = Literal["full", "small", "middle", "tall"]


def linked_sites(ask: Ask, words: Words, sites: pd.DataFrame, title: str, size: Size = "middle") -> list[Block]:
    """Draw sites by protection; selecting one, on the map or in the list of names, shows its facts."""
    placed = int(sites["latitude"].notna().sum())
    if placed == 0:
        return [Notice(text=words("home.no_sites"), kind="empty")]
    table = site_table(words, words("home.sites_table"), sites, "sites")
    drawn = draw_sites(ask, words, sites, title, words("home.map_alt", count=placed), table)
    items = tuple(site_item(words, row) for row in rows_of(sites))
    return [
        Linked(
            name="site",
            title=words("home.choose_site", count=len(items)),
            items=items,
            picture=replace(drawn, size=size, unit="", counted="", period=""),
            is_over=True,
        )
    ]


def site_item(words: Words, row: Any) -> Item:
    """Make the line of a site in the list, and its facts."""
    level = level_words(words, row.level, None if is_empty(row.standing) else row.standing)
    facts = [(words("home.protection"), capital(level))]
    for column in ("designations", "recognitions", "proposals", "species_names"):
        if not is_empty(getattr(row, column)):
            facts.append((words(f"home.{column}"), str(getattr(row, column))))
    if not is_empty(row.area_ha):
        facts.append((words("home.area"), words.unit(words.number(row.area_ha), words.term("unit", "ha"))))
    panel = Panel(
        title=row.name,
        kind=words.listed((row.country_names, words.term("site_kind", row.site_kind)), "dot"),
        facts=tuple(facts),
        document_ids=keys_in([row.document_ids]),
        caveat_ids=keys_in([row.caveat_ids]),
        links=(PageLink(text=words("home.open_site"), page="sites", choices={"site": row.site_id}),),
    )
    return Item(id=row.site_id, title=row.name, line=row.country_names, blocks=(panel,))
