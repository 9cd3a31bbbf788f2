"""Projects and funding: the stated money, one row a project, and behind tabs who took part and what came of it."""

from dataclasses import dataclass

import pandas as pd

from neaspec.blocks import Block, Notice, Page, Tab, Tabs
from neaspec.data.queries import Ask
from neaspec.sections.common import compose, rows_of
from neaspec.sections.contradictions import contradiction_entries, weightiest_first
from neaspec.sections.projects.detail import project_list
from neaspec.sections.projects.funding import budgets_of, figures, money
from neaspec.sections.projects.partners import partners
from neaspec.sections.projects.picture import timeline
from neaspec.sections.projects.results import agreements, results
from neaspec.text import Words


@dataclass(frozen=True)
class ProjectsChoices:
    """What the reader chose: a project, species or State to keep (None = all); for which State the reader is here."""

    project_id: str | None = None
    species_id: str | None = None
    country_code: str | None = None
    delegation_code: str | None = None


def page(ask: Ask, words: Words, choices: ProjectsChoices) -> Page:
    """Make the page of projects."""
    projects = ask("projects_found", species_id=choices.species_id, country_code=choices.country_code)
    if choices.project_id is not None:
        projects = projects[projects["project_id"] == choices.project_id]
    if projects.empty:
        nothing: list[Block] = [Notice(text=words("projects.none"), kind="empty")]
        return compose(ask, "projects", words("projects.title"), words("projects.lead_none"), nothing)
    projects = newest_first(projects)
    keys = set(projects["project_id"])
    budgets = budgets_of(ask, keys)
    blocks: list[Block] = [
        *figures(words, budgets, projects),
        *timeline(ask, words, projects),
        Tabs(tabs=tabs(ask, words, projects, choices.delegation_code)),
    ]
    return compose(ask, "projects", words("projects.title"), lead(words, budgets, projects), blocks)


def newest_first(projects: pd.DataFrame) -> pd.DataFrame:
    """Order projects by their start, the newest first; those under way without a date first, proposals last."""
    order = projects.assign(
        is_proposal=projects["state"] == "proposed",
        begun=projects["start_date"].fillna(projects["end_date"]).fillna("9999").str[:7],
    )
    return order.sort_values(["is_proposal", "begun"], ascending=[True, False], kind="stable").drop(
        columns=["is_proposal", "begun"]
    )


def lead(words: Words, budgets: pd.DataFrame, projects: pd.DataFrame) -> str:
    """Name the stated totals and who pays them, one by one; spending is on record nowhere."""
    totals = budgets[budgets["part"] == "whole"]
    if totals.empty:
        return words("projects.lead_no_money", projects=len(projects))
    named = words.listed(
        words("projects.lead_total", amount=words.number(row.amount, 0), project=row.short_title)
        for row in rows_of(totals)
    )
    funders = words.listed(dict.fromkeys(totals["funder_name"].dropna()))
    money_known = words("projects.lead_money", count=len(totals), totals=named)
    funded = words("projects.lead_funder", funders=funders) if funders else ""
    return words.sentences(money_known, funded, words("projects.lead_spending"))


def tabs(ask: Ask, words: Words, projects: pd.DataFrame, delegation_code: str | None) -> tuple[Tab, ...]:
    """Make the tabs; one without anything in it is left out."""
    keys = set(projects["project_id"])
    stated = ask("agreements_stated", project_id=None)
    own = stated[stated["project_id"].isin(keys)]
    differences = disagreements(ask, words, keys)
    parts: list[tuple[str, str, list[Block]]] = [
        ("projects", words("projects.tab_projects"), [project_list(ask, words, projects, delegation_code)]),
        ("funding", words("projects.money"), money(ask, words, keys)),
        ("partners", words("projects.who"), partners(ask, words, keys)),
        ("results", words("projects.work"), results(ask, words, projects)),
        ("agreements", words("projects.agreements"), agreements(words, own) if len(own) else []),
        ("differences", words("projects.disagree", count=len(differences)), weightiest_first(words, differences)),
    ]
    return tuple(
        Tab(key=key, title=title, blocks=tuple(blocks))
        for key, title, blocks in parts
        if blocks and (key != "differences" or differences)
    )


def disagreements(ask: Ask, words: Words, keys: set[str]) -> list[Block]:
    """Return what documents say differently about the projects on the page."""
    periods = ask("projects_periods", project_id=None)
    components = {str(row.component_id) for row in rows_of(periods) if row.project_id in keys}
    subjects = {("projects", key) for key in keys} | {("components", key) for key in components}
    return contradiction_entries(ask, words, subjects)
