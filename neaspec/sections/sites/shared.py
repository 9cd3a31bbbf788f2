"""Areas that several States share: their sites on a map, who names them a part, and what is grouped here."""

import pandas as pd

from neaspec.blocks import Block, Columns, Item, Linked, PageLink, Panel, Tab
from neaspec.data.queries import Ask
from neaspec.sections.common import keys_in, make_table
from neaspec.sections.sites.map import draw_sites, site_table
from neaspec.sections.sites.wording import level_totals, level_words
from neaspec.text import Words, is_empty

FIRST_AREA = "tumen_estuary"


def shared_tab(ask: Ask, words: Words, sites: pd.DataFrame) -> list[Tab]:
    """Make the tab of the shared areas that have a site among those shown; none where there is none."""
    areas = ask("shared_areas")
    every = ask("sites_protected", country_code=None, species_id=None, level=None)
    shown = set(sites["site_id"])
    areas = areas[[bool(shown & set(keys_in([ids]))) for ids in areas["site_ids"]]]
    if areas.empty:
        return []
    items = tuple(
        Item(
            id=row["shared_area_id"],
            title=row["name"],
            line=words("sites.shared_line", states=row["country_names"], sites=int(row["sites"])),
            blocks=area_blocks(ask, words, row, every),
        )
        for _, row in areas.iterrows()
    )
    keys = [item.id for item in items]
    first = FIRST_AREA if FIRST_AREA in keys else keys[0]
    linked = Linked(name="area", title=words("sites.shared"), items=items, weights=(1.0, 2.2), first=first)
    return [Tab(key="shared", title=words("sites.shared"), blocks=(linked,))]


def area_blocks(ask: Ask, words: Words, area: pd.Series, every: pd.DataFrame) -> tuple[Block, ...]:
    """Show one shared area: a sentence, the map of its sites, and the sites with why they are counted to it."""
    members = ask("shared_area_sites", shared_area_id=area["shared_area_id"])
    rows = members.assign(
        membership_words=[words.term("membership", value) for value in members["membership"]],
        level_words=[level_words(words, row["level"], row["standing"]) for _, row in members.iterrows()],
        document_ids=[
            words.listed([row["document_id"], row["protection_document_ids"]], "space") for _, row in members.iterrows()
        ],
    )
    columns: Columns = {
        "name": "text",
        "country_names": "text",
        "level_words": "text",
        "membership_words": "text",
        "why": "text",
        "document_ids": "documents",
        "caveat_ids": "caveats",
    }
    panel = Panel(
        title=str(area["name"]),
        kind=str(area["country_names"]),
        text=words("sites.shared_text", sites=int(area["sites"]), stated=int(area["sites_stated"])),
        facts=((words("sites.shared_note"), str(area["note"])),) if not is_empty(area["note"]) else (),
        document_ids=keys_in([area["document_id"]]),
        caveat_ids=keys_in([area["caveat_ids"]]),
        links=area_links(ask, words, str(area["shared_area_id"])),
    )
    file_name = f"shared_area_{area['shared_area_id']}"
    table = make_table(words, words("sites.shared_table", name=area["name"]), rows, columns, file_name)
    own = every[every["site_id"].isin(members["site_id"])]
    blocks: list[Block] = [panel]
    if own["latitude"].notna().any():
        view = "tumen" if bool(own.loc[own["latitude"].notna(), "is_tumen"].all()) else "region"
        title = words("sites.shared_map", name=area["name"])
        listed = site_table(words, title, own, f"{file_name}_map")
        placed = own[own["latitude"].notna()]
        alt = words("sites.shared_alt", name=area["name"], count=len(placed), levels=level_totals(words, placed))
        blocks.append(draw_sites(ask, words, own, title, alt, listed, view, size="small"))
    return (*blocks, table)


def area_links(ask: Ask, words: Words, area_id: str) -> tuple[PageLink, ...]:
    """Lead to the working list of species of an area that has one, and to drafts of a boundary."""
    boundary = PageLink(text=words("sites.shared_boundary"), page="boundary", choices={"area": area_id})
    if ask("checklist_species", shared_area_id=area_id).empty:
        return (boundary,)
    return (PageLink(text=words("sites.shared_list"), page="checklist", choices={"area": area_id}), boundary)
