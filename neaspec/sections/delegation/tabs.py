"""The tables of one State, one subject each: sites, figures, movements, projects, meetings, gaps."""

from dataclasses import replace

import pandas as pd

from neaspec.blocks import Block, Columns, Notice, PageLink, Text, link_cell
from neaspec.data.queries import Ask
from neaspec.sections.common import folded, joined_keys, make_table, rows_of
from neaspec.sections.figures import figure_words, period_words
from neaspec.sections.movements import described_movements
from neaspec.sections.projects import project_period
from neaspec.sections.sites.wording import level_words
from neaspec.sections.species.counts import series_label
from neaspec.text import Words

MOST_SITES = 8  # in sight; the others are folded below them


def site_blocks(words: Words, sites: pd.DataFrame) -> list[Block]:
    """List the sites of the State with their protection on its side of a border."""
    if sites.empty:
        return [Notice(text=words("country.no_sites"), kind="empty")]
    rows = sites.assign(
        site_link=[
            link_cell(PageLink(text=row.name, page="sites", choices={"site": row.site_id})) for row in rows_of(sites)
        ],
        level_words=[level_words(words, row["level"], row["standing"]) for _, row in sites.iterrows()],
    )
    columns: Columns = {
        "site_link": "link",
        "level_words": "text",
        "area_ha": "number",
        "species_names": "text",
        "document_ids": "documents",
        "caveat_ids": "caveats",
    }
    table = make_table(words, words("country.sites_table"), rows, columns, "own_sites", {"area_ha": "ha"})
    if len(rows) <= MOST_SITES:
        return [table]
    more = replace(
        table, title=words("delegation.more_sites"), rows=table.rows.tail(-MOST_SITES), file_name="own_sites_more"
    )
    return [replace(table, rows=table.rows.head(MOST_SITES)), folded(words, more)]


def figure_blocks(words: Words, counts: pd.DataFrame) -> list[Block]:
    """List the newest figures of areas in the State."""
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
    return [Text(text=words("country.counts_note"), style="note"), table]


def movement_blocks(ask: Ask, words: Words, code: str) -> list[Block]:
    """List the movements into and out of the State."""
    moves = ask("movements_found", species_id=None, country_code=code, method=None)
    if moves.empty:
        return [Notice(text=words("country.no_movements"), kind="empty")]
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
        "method_words": "text",
        "period_words": "text",
        "document_id": "documents",
        "locator": "text",
        "caveat_ids": "caveats",
    }
    link = PageLink(text=words("country.movements_map"), page="movements", choices={"country": code})
    return [link, make_table(words, words("country.movements_table"), rows, columns, "movements")]


def end_name(words: Words, place: str, country: str) -> str:
    """Name one end of a movement: the place with its country, or the country alone."""
    return country if place == country else words("country.end", place=place, country=country)


def project_blocks(words: Words, projects: pd.DataFrame, names: dict[str, str]) -> list[Block]:
    """List the projects the State takes part in; shared money is not its own."""
    if projects.empty:
        return [Notice(text=words("country.no_projects"), kind="empty")]
    rows = projects.assign(
        project_link=[
            link_cell(PageLink(text=row.title, page="projects", choices={"project": row.project_id}))
            for row in rows_of(projects)
        ],
        period_words=[project_period(words, row.start_date, row.end_date) for row in rows_of(projects)],
        shared_with=[shared_with(words, str(row.country_codes).split(), names) for row in rows_of(projects)],
        state_words=[words.term("state", state) for state in projects["state"]],
    )
    columns: Columns = {
        "project_link": "link",
        "period_words": "text",
        "state_words": "text",
        "shared_with": "text",
        "period_document_id": "documents",
        "document_ids": "documents",
        "caveat_ids": "caveats",
    }
    table = make_table(words, words("country.projects_table"), rows, columns, "projects")
    return [Text(text=words("country.projects_note"), style="note"), table]


def shared_with(words: Words, codes: list[str], names: dict[str, str]) -> str:
    """Name the member States of a project; all six in short."""
    if set(names) <= set(codes):
        return words("country.all_members")
    return words.listed(sorted(names[code] for code in codes if code in names))


def meeting_blocks(ask: Ask, words: Words, code: str) -> list[Block]:
    """List the meetings the State hosted, and those whose record names it as present, the newest first."""
    meetings = ask("meetings_held", kind=None)
    is_host = meetings["host_country_code"] == code
    is_present = pd.Series(
        [code in str(present).split() for present in meetings["present"]], index=meetings.index, dtype=bool
    )
    rows = meetings[is_host | is_present].sort_values("start_date", ascending=False, na_position="last", kind="stable")
    if rows.empty:
        return [Notice(text=words("delegation.no_meetings"), kind="empty")]
    roles = {True: "delegation.hosted", False: ""}, {True: "delegation.attended", False: ""}
    rows = rows.assign(
        when=[words.period(row.start_date, row.end_date) for row in rows_of(rows)],
        role=[
            words.listed([words(key) for key in (roles[0][bool(is_host[at])], roles[1][bool(is_present[at])]) if key])
            for at in rows.index
        ],
        state_words=[words.term("state", state) for state in rows["state"]],
    )
    columns: Columns = {
        "name": "text",
        "when": "text",
        "place": "text",
        "role": "text",
        "state_words": "text",
        "document_id": "documents",
        "locator": "text",
        "caveat_ids": "caveats",
    }
    note = Text(text=words("delegation.meetings_note"), style="note")
    return [note, make_table(words, words("delegation.meetings_table"), rows, columns, "meetings")]


def gap_blocks(ask: Ask, words: Words, code: str, states: pd.DataFrame) -> list[Block]:
    """Say what is not surveyed, not reported, not known or not found for the State: the last thing told of it."""
    stated = ask("gaps_stated", species_id=None, country_code=code, site_id=None, project_id=None, meeting_id=None)
    stated = stated[stated["country_code"] == code]
    if stated.empty:
        return []
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
    return [make_table(words, words("country.gaps_table"), rows, columns, "gaps")]


def together(words: Words, stated: pd.DataFrame, states: pd.DataFrame) -> pd.DataFrame:
    """Tell species without any figure for the State in one row; other gaps stay as they are."""
    without = set(states.loc[states["finding"] == "not_found", "species_id"])
    is_same = stated["species_id"].isin(without) & (stated["subject_table"] == "counts") & stated["site_name"].isna()
    same = stated[is_same & (stated["state"] == "not_found")]
    if len(same) < 2:
        return stated
    listed = words.listed(dict.fromkeys(same["species_name"]))
    row = same.iloc[[0]].assign(
        what=words("country.no_figure_of", species=listed),
        species_name=listed,
        document_id=joined_keys(same["document_id"]),
        locator="",
        caveat_ids=joined_keys(same["caveat_ids"]),
    )
    return pd.concat([row, stated.drop(index=same.index)])
