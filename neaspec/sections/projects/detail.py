"""One project: its facts in a panel, its components, events and further statements."""

from typing import Any

import pandas as pd

from neaspec.blocks import Block, Details, Item, Linked, PageLink, Panel
from neaspec.data.queries import Ask
from neaspec.sections.common import keys_in, rows_of, short_states
from neaspec.sections.documented import component_entries, event_blocks, fact_blocks
from neaspec.sections.projects.wording import project_period, signs_of, species_signs
from neaspec.text import Words, is_empty

MOST_PARTNERS = 4  # in the panel; the tab of partners has all


def project_list(ask: Ask, words: Words, projects: pd.DataFrame, delegation_code: str | None) -> Linked:
    """List the projects beside the one that is chosen, the newest first."""
    signs = species_signs(ask)
    items = tuple(
        Item(
            id=row.project_id,
            title=" ".join([signs_of(row, signs), row.short_title]).strip(),
            line=item_line(ask, words, row, delegation_code),
            blocks=project_blocks(ask, words, row),
        )
        for row in rows_of(projects)
    )
    return Linked(
        name="project", title=words("projects.tab_projects"), items=items, weights=(1.0, 2.0), first=items[0].id
    )


def item_line(ask: Ask, words: Words, row: Any, delegation_code: str | None) -> str:
    """Say what kind of project it is, which States take part, and whether it concerns the reader's State."""
    concerns = delegation_code is not None and delegation_code in str(row.country_codes).split()
    return words.listed(
        [
            words.term("project_kind", row.project_kind),
            short_states(ask, words, row.country_codes),
            words("common.concerns_you") if concerns else "",
        ],
        "dot",
    )


def project_blocks(ask: Ask, words: Words, row: Any) -> tuple[Block, ...]:
    """Tell one project: a panel, then what its components are for, and what documents tell beside figures."""
    components = component_entries(ask, words, row.project_id)
    events = ask("events_stated", project_id=None)
    stated = ask("facts_stated", subject_tables=["projects", "components"])
    title = words("documented.project_events")
    folds: list[Block] = []
    if components:
        folds.append(Details(title=words("projects.components", count=len(components)), blocks=tuple(components)))
    own_events = events[events["project_id"] == row.project_id]
    return (
        panel(ask, words, row),
        *folds,
        *event_blocks(words, own_events, title, ("meeting_name",), has_heading=False),
        *fact_blocks(words, stated[stated["project_id"] == row.project_id], has_heading=False),
    )


def panel(ask: Ask, words: Words, row: Any) -> Panel:
    """Return the facts of one project."""
    budgets = ask("projects_budgets", project_id=None)
    total = budgets[(budgets["project_id"] == row.project_id) & (budgets["part"] == "whole")]
    named = ask("projects_partners", project_id=row.project_id)
    partners = list(dict.fromkeys(named.loc[named["role"] != "funder", "organisation_name"]))
    funders = list(dict.fromkeys(total["funder_name"].dropna())) or list(
        dict.fromkeys(named.loc[named["role"] == "funder", "organisation_name"])
    )
    more = words("projects.more_partners", count=len(partners) - MOST_PARTNERS)
    listed = partners[:MOST_PARTNERS] + ([more] if len(partners) > MOST_PARTNERS else [])
    names = {species.species_id: species.name for species in rows_of(ask("species_styles"))}
    species = [] if is_empty(row.species_ids) else [names[key] for key in names if key in row.species_ids.split()]
    countries = {country.country_code: country.name for country in rows_of(ask("countries_named"))}
    codes = [] if is_empty(row.country_codes) else row.country_codes.split()
    facts = (
        (words("projects.period"), project_period(words, row.start_date, row.end_date) or words("projects.no_period")),
        (words("projects.states"), words.listed([countries[code] for code in codes], "semicolon")),
        (words("projects.species"), words.listed(species)),
        (words("projects.funded_by"), words.listed(funders)),
        (
            words("projects.total"),
            words("projects.total_value", amount=words.number(total["amount"].iloc[0], 0)) if len(total) else "",
        ),
        (words("projects.who"), words.listed(listed, "semicolon")),
    )
    return Panel(
        title=row.title,
        kind=words.listed([words.term("project_kind", row.project_kind), words.term("state", row.state)], "dot"),
        text="" if pd.isna(row.summary) else row.summary,
        facts=tuple((label, value) for label, value in facts if value),
        document_ids=keys_in([row.document_ids, *total["document_ids"], *named["document_ids"]]),
        caveat_ids=keys_in([row.caveat_ids, *total["caveat_ids"]]),
        links=parent_link(ask, words, row.project_id),
    )


def parent_link(ask: Ask, words: Words, project_id: str) -> tuple[PageLink, ...]:
    """Link the project that another one is a part of or follows."""
    parent = ask("projects_found", species_id=None, country_code=None).set_index("project_id")["parent_project_id"]
    above = parent.get(project_id)
    if is_empty(above):
        return ()
    return (PageLink(text=words("projects.part_of"), page="projects", choices={"project": str(above)}),)
