"""One member State: its species, sites, movements, projects, asks, what disagrees about it and what is not known."""

from dataclasses import dataclass

import pandas as pd

from neaspec.blocks import Block, Columns, Heading, Notice, Page, PageLink, Side, Text
from neaspec.data.queries import Ask
from neaspec.sections.common import compose, folded, keys_in, make_table, rows_of
from neaspec.sections.contradictions import contradiction_entries, weightiest_first
from neaspec.sections.figures import figure_words, period_words
from neaspec.sections.movements import described_movements
from neaspec.sections.projects import project_period
from neaspec.sections.sites.coverage import coverage
from neaspec.sections.sites.map import draw_sites, site_table
from neaspec.sections.species.counts import series_label
from neaspec.sections.species.known import finer, with_figures
from neaspec.text import Words, is_empty

NOT_KNOWN = "not_known"


@dataclass(frozen=True)
class CountryChoices:
    """What the reader chose: one member State, always."""

    country_code: str = "MNG"


def page(ask: Ask, words: Words, choices: CountryChoices) -> Page:
    """Make the page of one member State."""
    code = choices.country_code
    names = dict(zip(*(ask("member_states")[column] for column in ("country_code", "name")), strict=True))
    sites = ask("sites_protected", country_code=code, species_id=None, level=None)
    projects = ask("projects_found", species_id=None, country_code=code)
    counts = ask("country_counts", country_code=code)
    states = species_states(ask, code)
    asked = ask("issues_asked", meeting_id=None, country_code=code, ask_kind=None)
    waiting = asked[~asked["is_agenda_item"].astype(bool) & ~asked["state"].isin(["done", "superseded"])]
    present = named_species(states)
    lead = words("country.lead", species=", ".join(present), sites=len(sites), projects=len(projects))
    if not present:
        lead = words("country.lead_no_species", sites=len(sites), projects=len(projects))
    blocks: list[Block] = [
        *species(words, states, counts),
        *site_blocks(ask, words, sites),
        *movements(ask, words, code),
        *project_blocks(words, projects, names),
        Heading(text=words("country.coverage")),
        *coverage(ask, words, code)[1:],  # its own heading speaks of all six
        *asks(words, waiting, som_names(ask, words)),
        *disagreements(ask, words, code, sites, projects, counts),
        *gaps(ask, words, code, states),  # last: a State is told first by what is on record
    ]
    return compose(ask, "country", words("country.title", name=names[code]), lead, blocks)


def named_species(states: pd.DataFrame) -> list[str]:
    """Name the species that a document says are present; one whose presence is not known is not named."""
    rows = [row for row in rows_of(states) if not is_empty(row.presences) and row.presences != NOT_KNOWN]
    return list(dict.fromkeys(row.species_name for row in rows))


def species_states(ask: Ask, code: str) -> pd.DataFrame:
    """Collect, for each species, whether it lives in the country and what is counted there."""
    states = ask("species_states", species_id=None)
    return states[states["country_code"] == code].reset_index(drop=True)


def species(words: Words, states: pd.DataFrame, counts: pd.DataFrame) -> list[Block]:
    """Tell which flagship species live there and their latest figures; what has none is told with the gaps."""
    blocks: list[Block] = [Heading(text=words("country.species"))]
    if states.empty:
        return [*blocks, Notice(text=words("country.no_species"), kind="empty")]
    rows = with_figures(words, states).assign(
        presence_words=[presence(words, row.presences) for row in rows_of(states)],
    )
    rows.loc[rows["unit"].isna(), "figure"] = ""
    rows = rows.assign(
        by_area=rows["figure"],
        order=pd.factorize(rows["species_id"])[0],  # species stay in their order
        is_part=[not str(row.area_name).startswith(row.country_name) for row in rows_of(rows)],
        is_other_unit=rows["unit"] != "individuals",
        size=-rows["value"].fillna(rows["high"]).fillna(rows["low"]).fillna(0),
    ).sort_values(["order", "is_part", "is_other_unit", "size"], kind="stable")
    known = rows["presences"].fillna(NOT_KNOWN) != NOT_KNOWN  # what is on record stands first
    rows = pd.concat([rows[known], rows[~known]])
    columns: Columns = {
        "species_name": "text",
        "presence_words": "text",
        "by_area": "text",
        "unit_words": "text",
        "area_name": "text",
        "period_words": "text",
        "kind_words": "text",
        "document_ids": "documents",
        "caveat_ids": "caveats",
    }
    blocks.append(make_table(words, words("country.species_table"), rows, columns, "species"))
    links = [
        PageLink(text=str(name), page="species", choices={"species": str(species_id)})
        for species_id, name in dict(zip(states["species_id"], states["species_name"], strict=True)).items()
    ]
    side = Side(cells=tuple((link,) for link in links), weights=(1.0,) * len(links))
    return [*blocks, *current_figures(words, counts), Text(text=words("country.species_more"), style="note"), side]


def presence(words: Words, presences: object) -> str:
    """Write how a species is present; nothing stated is said as such."""
    if is_empty(presences):
        return words("country.presence_unknown")
    return ", ".join(words.term("presence", value) for value in finer(str(presences).split()))


def current_figures(words: Words, counts: pd.DataFrame) -> list[Block]:
    """List the current figures for this country alone."""
    if counts.empty:
        return []
    rows = counts.assign(
        figure=[figure_words(words, row) for _, row in counts.iterrows()],
        period_words=[period_words(words, row) for _, row in counts.iterrows()],
        kind_words=[series_label(words, row) for _, row in counts.iterrows()],
        unit_words=[words.term("unit", unit) for unit in counts["unit"]],
    )
    columns: Columns = {
        "species_name": "text",
        "area_name": "text",
        "figure": "text",
        "unit_words": "text",
        "period_words": "text",
        "kind_words": "text",
        "document_id": "documents",
        "locator": "text",
        "caveat_ids": "caveats",
    }
    table = make_table(words, words("country.counts"), rows, columns, "counts")
    return [Text(text=words("country.counts_note"), style="note"), folded(words, table)]


def site_blocks(ask: Ask, words: Words, sites: pd.DataFrame) -> list[Block]:
    """Draw and list the sites of the country."""
    blocks: list[Block] = [Heading(text=words("country.sites"))]
    if sites.empty:
        return [*blocks, Notice(text=words("country.no_sites"), kind="empty")]
    table = site_table(words, words("country.sites_table"), sites, "sites")
    if sites["latitude"].notna().sum() == 0:
        return [*blocks, table]
    alt = words("country.sites_alt", count=int(sites["latitude"].notna().sum()))
    return [*blocks, draw_sites(ask, words, sites, words("country.sites_map"), alt, table)]


def movements(ask: Ask, words: Words, code: str) -> list[Block]:
    """List the movements into and out of the country."""
    blocks: list[Block] = [Heading(text=words("country.movements"))]
    moves = ask("movements_found", species_id=None, country_code=code, method=None)
    if moves.empty:
        return [*blocks, Notice(text=words("country.no_movements"), kind="empty")]
    rows = described_movements(words, moves).assign(
        start=[end_name(words, row.from_name, row.from_country_name) for row in rows_of(moves)],
        reached=[end_name(words, row.to_name, row.to_country_name) for row in rows_of(moves)],
        period_words=[words.period(row.date_from, row.date_to) for row in rows_of(moves)],
    )
    columns: Columns = {
        "species_name": "text",
        "animals": "text",
        "start": "text",
        "reached": "text",
        "kind_words": "text",
        "method_words": "text",
        "period_words": "text",
        "document_id": "documents",
        "locator": "text",
        "caveat_ids": "caveats",
    }
    table = make_table(words, words("country.movements_table"), rows, columns, "movements")
    link = PageLink(text=words("country.movements_map"), page="movements", choices={"country": code})
    return [*blocks, folded(words, table), link]


def end_name(words: Words, place: str, country: str) -> str:
    """Name one end of a movement: the place with its country, or the country alone."""
    return country if place == country else words("country.end", place=place, country=country)


def project_blocks(words: Words, projects: pd.DataFrame, names: dict[str, str]) -> list[Block]:
    """List the projects the country takes part in; shared money is not its own."""
    blocks: list[Block] = [Heading(text=words("country.projects"))]
    if projects.empty:
        return [*blocks, Notice(text=words("country.no_projects"), kind="empty")]
    rows = projects.assign(
        period_words=[project_period(words, row.start_date, row.end_date) for row in rows_of(projects)],
        shared_with=[shared_with(words, str(row.country_codes).split(), names) for row in rows_of(projects)],
        state_words=[words.term("state", state) for state in projects["state"]],
    )
    columns: Columns = {
        "title": "text",
        "period_words": "text",
        "period_document_id": "documents",
        "state_words": "text",
        "shared_with": "text",
        "document_ids": "documents",
        "caveat_ids": "caveats",
    }
    table = make_table(words, words("country.projects_table"), rows, columns, "projects")
    return [*blocks, Text(text=words("country.projects_note"), style="note"), table]


def shared_with(words: Words, codes: list[str], names: dict[str, str]) -> str:
    """Name the member States of a project; all six in short."""
    if set(names) <= set(codes):
        return words("country.all_members")
    return ", ".join(sorted(names[code] for code in codes if code in names))


def som_names(ask: Ask, words: Words) -> dict[str, str]:
    """Give the short names of the Senior Officials Meetings."""
    held = ask("meetings_held", kind="som")
    return {row.meeting_id: words("country.som", number=int(row.number)) for row in rows_of(held)}


def asks(words: Words, waiting: pd.DataFrame, soms: dict[str, str]) -> list[Block]:
    """List the asks to all member States or to this one that are not known to be done; unknown is not open."""
    blocks: list[Block] = [Heading(text=words("country.asks"))]
    if waiting.empty:
        return [*blocks, Notice(text=words("country.no_asks"), kind="empty")]
    rows = waiting.assign(
        meeting_name=waiting["meeting_id"].map(soms).fillna(waiting["meeting_name"]),
        kind_words=[words.term("ask_kind", kind) for kind in waiting["ask_kind"]],
        requested_for=waiting["due_date"],
        state_words=[words.term("status", state) for state in waiting["state"]],
    )
    columns: Columns = {
        "meeting_name": "text",
        "subject": "text",
        "kind_words": "text",
        "asked": "text",
        "addressee": "text",
        "requested_for": "date",
        "state_words": "text",
        "document_ids": "documents",
        "caveat_ids": "caveats",
    }
    table = make_table(words, words("country.asks_table"), rows, columns, "asks")
    return [*blocks, Text(text=words("country.asks_note"), style="note"), table]


def gaps(ask: Ask, words: Words, code: str, states: pd.DataFrame) -> list[Block]:
    """Say what is not surveyed, not reported, not known or not found for the country; the last thing on the page."""
    stated = ask("gaps_stated", species_id=None, country_code=code, site_id=None, project_id=None, meeting_id=None)
    stated = stated[stated["country_code"] == code]
    blocks: list[Block] = [Heading(text=words("country.gaps"))]
    if stated.empty:
        return [*blocks, Notice(text=words("country.no_gaps"), kind="empty")]
    rows = together(words, stated, states).assign(
        state_words=lambda gaps: [words.term("state", state) for state in gaps["state"]],
        table_words=lambda gaps: [words.term("table_name", name) for name in gaps["subject_table"]],
    )
    columns: Columns = {
        "what": "text",
        "species_name": "text",
        "site_name": "text",
        "state_words": "text",
        "table_words": "text",
        "document_id": "documents",
        "locator": "text",
        "caveat_ids": "caveats",
    }
    table = make_table(words, words("country.gaps_table"), rows, columns, "gaps")
    return [*blocks, folded(words, table)]


def together(words: Words, stated: pd.DataFrame, states: pd.DataFrame) -> pd.DataFrame:
    """Tell species without any figure for the country in one row; other gaps stay as they are."""
    without = set(states.loc[states["finding"] == "not_found", "species_id"])
    is_same = stated["species_id"].isin(without) & (stated["subject_table"] == "counts") & stated["site_name"].isna()
    same = stated[is_same & (stated["state"] == "not_found")]
    if len(same) < 2:
        return stated
    listed = ", ".join(dict.fromkeys(same["species_name"]))
    row = same.iloc[[0]].assign(
        what=words("country.no_figure_of", species=listed),
        species_name=listed,
        document_id=" ".join(keys_in(same["document_id"])),
        locator="",
        caveat_ids=" ".join(keys_in(same["caveat_ids"])),
    )
    return pd.concat([row, stated.drop(index=same.index)])


def disagreements(
    ask: Ask, words: Words, code: str, sites: pd.DataFrame, projects: pd.DataFrame, counts: pd.DataFrame
) -> list[Block]:
    """Show figures about the country that disagree: of its sites, projects, counts and movements."""
    moved = ask("movements_found", species_id=None, country_code=code, method=None)
    subjects = {("sites", key) for key in sites["site_id"]} | {("projects", key) for key in projects["project_id"]}
    subjects |= {("counts", key) for key in counts["count_id"]} | {("movements", key) for key in moved["movement_id"]}
    entries = contradiction_entries(ask, words, subjects)
    return [Heading(text=words("country.disagree")), *weightiest_first(words, entries)]
