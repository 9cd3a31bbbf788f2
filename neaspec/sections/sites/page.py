"""Sites: how they are protected, how large they are, and which species use them."""

from dataclasses import dataclass

import pandas as pd

from neaspec.blocks import Block, Columns, Details, Heading, Notice, Page, Text
from neaspec.data.queries import Ask
from neaspec.sections.common import compose, make_table
from neaspec.sections.figures import figure_with_kind, season_or_years
from neaspec.sections.sites.coverage import coverage
from neaspec.sections.sites.detail import all_disagreements, one_site
from neaspec.sections.sites.map import region_map, tumen_map
from neaspec.sections.sites.wording import filled, level_totals, level_words
from neaspec.text import Words


@dataclass(frozen=True)
class SitesChoices:
    """What the reader chose: one site, one country, one species, one level of protection (None = all)."""

    site_id: str | None = None
    country_code: str | None = None
    species_id: str | None = None
    level: str | None = None


def page(ask: Ask, words: Words, choices: SitesChoices) -> Page:
    """Make the page of sites, or of one site."""
    if choices.site_id is not None:
        return compose(ask, "sites", *one_site(ask, words, choices.site_id))
    title = words("sites.title")
    sites = ask(
        "sites_protected", country_code=choices.country_code, species_id=choices.species_id, level=choices.level
    )
    if sites.empty:
        nothing: list[Block] = [Notice(text=words("sites.none"), kind="empty"), *coverage_chosen(ask, words, choices)]
        return compose(ask, "sites", title, words("sites.lead_none"), nothing)
    low = ask("sites_unprotected", country_code=choices.country_code, species_id=choices.species_id)
    low = low[low["site_id"].isin(sites["site_id"])]
    blocks = [
        *region_map(ask, words, sites),
        *tumen_map(ask, words, sites),
        *unprotected(words, sites, low),
        *coverage_chosen(ask, words, choices),
        *border_links(ask, words, set(sites["site_id"])),
        *all_disagreements(ask, words, set(sites["site_id"])),
    ]
    lead = words("sites.lead", sites=len(sites), levels=level_totals(words, sites))
    return compose(ask, "sites", title, lead, blocks)


def coverage_chosen(ask: Ask, words: Words, choices: SitesChoices) -> list[Block]:
    """Show the protected share of the State chosen; States are not set side by side to be ranked."""
    return [] if choices.country_code is None else coverage(ask, words, choices.country_code)


def unprotected(words: Words, sites: pd.DataFrame, low: pd.DataFrame) -> list[Block]:
    """List the sites of flagship species whose protection is partial, proposed or to be confirmed, with figures."""
    heading = Heading(text=words("sites.gap"))
    if low.empty:
        return [heading, Notice(text=words("sites.gap_none"), kind="empty"), *without_species(words, sites)]
    rows = low.assign(
        level_words=[level_words(words, row["level"], row["standing"]) for _, row in low.iterrows()],
        use_words=[", ".join(words.term("role", role) for role in roles.split()) for roles in low["roles"]],
        figure=[figure_with_kind(words, row) for _, row in low.iterrows()],
        period_words=[season_or_years(words, row) for _, row in low.iterrows()],
        method_words=[words.term("method", method) for method in low["method"]],
    )
    columns: Columns = {
        "site_name": "text",
        "level_words": "text",
        "species_name": "text",
        "side_name": "text",
        "figure": "text",
        "period_words": "text",
        "use_words": "text",
        "country_names": "text",
        "method_words": "text",
        "document_ids": "documents",
        "caveat_ids": "caveats",
    }
    table = make_table(words, words("sites.gap_table"), rows, filled(rows, columns), "sites_low_protection")
    return [heading, Text(text=words("sites.gap_figures")), table, *without_species(words, sites)]


def without_species(words: Words, sites: pd.DataFrame) -> list[Block]:
    """Name the sites of no or subnational protection for which no flagship species is named; no list has them."""
    left_out = sites[sites["level"].isin(["none", "subnational"]) & sites["species_names"].isna()]
    if left_out.empty:
        return []
    named = "; ".join(
        words("sites.gap_site", name=row["name"], level=level_words(words, row["level"], row["standing"]))
        for _, row in left_out.iterrows()
    )
    return [Text(text=words("sites.gap_without_species", names=named), style="note")]


def border_links(ask: Ask, words: Words, keys: set[str]) -> list[Block]:
    """List the links between the sites shown and sites of other States."""
    rows = ask("sites_links", site_id=None)
    rows = rows[rows["crosses_border"] & (rows["from_site_id"].isin(keys) | rows["to_site_id"].isin(keys))]
    heading = Heading(text=words("sites.borders"))
    if rows.empty:
        return [heading, Notice(text=words("sites.borders_none"), kind="empty")]
    rows = rows.assign(kind_words=[words.term("link_kind", kind) for kind in rows["link_kind"]])
    columns: Columns = {
        "from_site_name": "text",
        "to_site_name": "text",
        "kind_words": "text",
        "what": "text",
        "species_name": "text",
        "as_of": "date",
        "document_id": "documents",
        "locator": "text",
        "caveat_ids": "caveats",
    }
    title = words("sites.borders_table", count=len(rows))
    table = make_table(words, title, rows, columns, "sites_links_across_borders")
    return [heading, Details(title=title, blocks=(table,))]
