"""Sites: how they are protected, how large they are, and which species use them."""

from collections import Counter
from dataclasses import dataclass

import pandas as pd

from neaspec.blocks import Block, Columns, Details, Linked, Notice, Page, Tab, Table, Tabs, Text
from neaspec.data.queries import Ask
from neaspec.sections.common import compose, in_sentence, make_table
from neaspec.sections.figures import figure_with_kind, season_or_years
from neaspec.sections.sites.coverage import coverage
from neaspec.sections.sites.detail import all_disagreements, one_site
from neaspec.sections.sites.map import draw_sites, site_table
from neaspec.sections.sites.panel import site_items, site_records
from neaspec.sections.sites.shared import shared_tab
from neaspec.sections.sites.wording import filled, level_totals, level_words
from neaspec.text import Words

UNPROTECTED = ["none", "not_known"]
SAYS_NOTHING = ["proposed", "signed", "one_side"]  # beside which a site of no level still has no protection on record


@dataclass(frozen=True)
class SitesChoices:
    """What the reader chose: one site, one State, one species or group of species, one level (None = all).

    view: table, else the map.
    """

    site_id: str | None = None
    country_code: str | None = None
    species_id: str | None = None
    level: str | None = None
    view: str = ""


def page(ask: Ask, words: Words, choices: SitesChoices) -> Page:
    """Make the page of sites, or of one site."""
    if choices.site_id is not None:
        return compose(ask, "sites", *one_site(ask, words, choices.site_id))
    title = words("sites.title")
    sites = sites_chosen(ask, choices)
    if sites.empty:
        nothing: list[Block] = [Notice(text=words("sites.none"), kind="empty")]
        return compose(ask, "sites", title, words("sites.lead_none"), nothing)
    blocks = [main_picture(ask, words, sites, choices), Tabs(tabs=tuple(tabs(ask, words, sites, choices)))]
    return compose(ask, "sites", title, lead(ask, words, sites, choices), blocks)


def sites_chosen(ask: Ask, choices: SitesChoices) -> pd.DataFrame:
    """Give the sites of the choices; a group of species means the sites of any of them."""
    groups = ask("species_groups")
    members = set(groups.loc[groups["group_id"] == choices.species_id, "species_id"])
    sites = ask(
        "sites_protected",
        country_code=choices.country_code,
        species_id=None if members else choices.species_id,
        level=choices.level,
    )
    if not members:
        return sites
    newest = ask("sites_newest")
    used = newest.loc[newest["species_id"].isin(members), "site_id"]
    return sites[sites["site_id"].isin(used)].reset_index(drop=True)


def lead(ask: Ask, words: Words, sites: pd.DataFrame, choices: SitesChoices) -> str:
    """Say how many sites have a protection on record, and for how many of which States none is."""
    bare = sites["level"].isin(UNPROTECTED) & (sites["standing"].isna() | sites["standing"].isin(SAYS_NOTHING))
    without = int(bare.sum())
    names = {
        **{str(group): words.term("species_group", group) for group in ask("species_groups")["group_id"]},
        **dict(ask("species_styles")[["species_id", "name"]].itertuples(index=False)),
    }
    user = names.get(choices.species_id or "", "")
    protected = words(
        "sites.lead_used_by" if user else "sites.lead_of_all",
        count=len(sites) - without,
        sites=len(sites),
        species=user,
    )
    if not without:
        return protected
    is_of_one = ~sites["country_codes"].str.contains(" ")
    of_one = sites[bare & is_of_one]
    by_state = Counter(zip(of_one["country_names"].astype(str), of_one["country_codes"].astype(str), strict=True))
    counted = [
        words("sites.lead_in_state", count=count, country=in_sentence(words, code, name))
        for (name, code), count in sorted(by_state.items())  # by name: States are never ranked
    ]
    shared = without - by_state.total()
    counted += [words("sites.lead_shared", count=shared)] if shared else []
    return words.sentences(protected, words("sites.lead_without", states=words.listed(counted)))


def main_picture(ask: Ask, words: Words, sites: pd.DataFrame, choices: SitesChoices) -> Block:
    """Show the sites as a map with their list, or as a table."""
    placed = sites["latitude"].notna()
    items = site_items(words, sites, site_records(ask, words))
    if choices.view == "table" or not placed.any():
        return short_table(words, sites)
    without = int((~placed).sum())
    alt = words("sites.map_alt", count=int(placed.sum()), levels=level_totals(words, sites), without=without)
    table = site_table(words, words("sites.table"), sites, "sites")
    drawn = draw_sites(ask, words, sites, words("sites.map"), alt, table, size="tall")
    return Linked(
        name="selected", title=words("sites.list", count=len(items)), items=items, picture=drawn, weights=(2.3, 1.0)
    )


def short_table(words: Words, sites: pd.DataFrame) -> Table:
    """Make the table a reader looks through; the data under the map have every column."""
    rows = sites.assign(
        level_words=[level_words(words, row["level"], row["standing"]) for _, row in sites.iterrows()],
    )
    columns: Columns = {
        "name": "text",
        "country_names": "text",
        "level_words": "text",
        "species_names": "text",
        "area_ha": "number",
        "document_ids": "documents",
        "caveat_ids": "caveats",
    }
    return make_table(words, words("sites.table"), rows, columns, "sites_short", {"area_ha": "ha"})


def tabs(ask: Ask, words: Words, sites: pd.DataFrame, choices: SitesChoices) -> list[Tab]:
    """Make the tabs below the picture; one without anything in it is left out."""
    keys = set(sites["site_id"])
    low = ask("sites_unprotected", country_code=choices.country_code, species_id=None)
    low = low[low["site_id"].isin(keys)]
    differences = all_disagreements(ask, words, keys)
    named_tabs = [
        ("all", words("sites.tab_all"), all_tab(words, sites, choices)),
        ("attention", words("sites.tab_attention"), [*unprotected(words, sites, low), how_to_read(words, sites)]),
        *((tab.key, tab.title, list(tab.blocks)) for tab in shared_tab(ask, words, sites)),
        ("links", words("sites.tab_links"), border_links(ask, words, keys)),
        ("shares", words("sites.tab_shares"), coverage_chosen(ask, words, choices)),
        ("differences", words("sites.tab_differences", count=len(differences)), differences),
    ]
    return [Tab(key=key, title=title, blocks=tuple(blocks)) for key, title, blocks in named_tabs if blocks]


def all_tab(words: Words, sites: pd.DataFrame, choices: SitesChoices) -> list[Block]:
    """List all sites; beside the table itself, or where no map can be drawn, it would say the same twice."""
    is_shown = choices.view == "table" or bool(sites["latitude"].isna().all())
    return [] if is_shown else [short_table(words, sites)]


def how_to_read(words: Words, sites: pd.DataFrame) -> Block:
    """Say what "not on record" means, and name the sites a map cannot show."""
    without = sites[sites["latitude"].isna()]
    sentences = [words("sites.map_unknown")]
    if not without.empty:
        sentences.append(words("sites.map_without", names=words.listed(without["name"])))
    return Details(title=words("sites.how_to_read"), blocks=tuple(Text(text=text, style="note") for text in sentences))


def coverage_chosen(ask: Ask, words: Words, choices: SitesChoices) -> list[Block]:
    """Show the protected share of the State chosen; States are not set side by side to be ranked."""
    return [] if choices.country_code is None else coverage(ask, words, choices.country_code)


def unprotected(words: Words, sites: pd.DataFrame, low: pd.DataFrame) -> list[Block]:
    """List the sites of flagship species whose protection is partial, proposed or to be confirmed, with figures."""
    if low.empty:
        return without_species(words, sites)
    rows = low.assign(
        level_words=[level_words(words, row["level"], row["standing"]) for _, row in low.iterrows()],
        use_words=[words.listed(words.term("role", role) for role in roles.split()) for roles in low["roles"]],
        figure=[figure_with_kind(words, row) for _, row in low.iterrows()],
        period_words=[season_or_years(words, row) for _, row in low.iterrows()],
        method_words=[words.term("method", method) for method in low["method"]],
    )
    columns: Columns = {
        "site_name": "text",
        "level_words": "text",
        "species_name": "text",
        "figure": "text",
        "period_words": "text",
        "country_names": "text",
        "document_ids": "documents",
        "caveat_ids": "caveats",
    }
    table = make_table(words, words("sites.gap_table"), rows, filled(rows, columns), "sites_low_protection")
    return [Text(text=words("sites.gap_figures")), table, *without_species(words, sites)]


def without_species(words: Words, sites: pd.DataFrame) -> list[Block]:
    """Name the sites of no or subnational protection for which no flagship species is named; no list has them."""
    left_out = sites[sites["level"].isin(["none", "subnational"]) & sites["species_names"].isna()]
    if left_out.empty:
        return []
    named = words.listed(
        (
            words("sites.gap_site", name=row["name"], level=level_words(words, row["level"], row["standing"]))
            for _, row in left_out.iterrows()
        ),
        "semicolon",
    )
    return [Text(text=words("sites.gap_without_species", names=named), style="note")]


def border_links(ask: Ask, words: Words, keys: set[str]) -> list[Block]:
    """List the links between the sites shown and sites of other States."""
    rows = ask("sites_links", site_id=None)
    rows = rows[rows["crosses_border"] & (rows["from_site_id"].isin(keys) | rows["to_site_id"].isin(keys))]
    if rows.empty:
        return []
    rows = rows.assign(kind_words=[words.term("link_kind", kind) for kind in rows["link_kind"]])
    columns: Columns = {
        "from_site_name": "text",
        "to_site_name": "text",
        "kind_words": "text",
        "species_name": "text",
        "as_of": "date",
        "what": "text",
        "document_id": "documents",
        "locator": "text",
        "caveat_ids": "caveats",
    }
    title = words("sites.borders_table", count=len(rows))
    return [make_table(words, title, rows, columns, "sites_links_across_borders")]
