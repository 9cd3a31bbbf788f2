"""Projects: when they ran, what they cost, who took part, what they did, and which agreements they rest on."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from neaspec.blocks import Block, Chart, Columns, Details, Entry, Heading, Notice, Page, Text
from neaspec.data.queries import Ask
from neaspec.sections.common import compose, folded, keys_in, make_table, rows_of
from neaspec.sections.contradictions import contradiction_entries, weightiest_first
from neaspec.sections.documented import component_blocks, project_record
from neaspec.text import Words, is_empty

MONTH = 7  # characters of a date by month
FEW_PROJECTS = 3  # more are told on demand


@dataclass(frozen=True)
class ProjectsChoices:
    """What the reader chose: one project, one species, one country (None = all)."""

    project_id: str | None = None
    species_id: str | None = None
    country_code: str | None = None


def page(ask: Ask, words: Words, choices: ProjectsChoices) -> Page:
    """Make the page of projects."""
    projects = ask("projects_found", species_id=choices.species_id, country_code=choices.country_code)
    if choices.project_id is not None:
        projects = projects[projects["project_id"] == choices.project_id]
    if projects.empty:
        nothing: list[Block] = [Notice(text=words("projects.none"), kind="empty")]
        return compose(ask, "projects", words("projects.title"), words("projects.lead_none"), nothing)
    keys = set(projects["project_id"])
    blocks: list[Block] = [
        *component_blocks(ask, words, keys),
        *timeline(ask, words, keys),
        *money(ask, words, keys),
        *partners(ask, words, keys),
        *work(ask, words, keys),
        *agreements(words, ask("agreements_stated", project_id=choices.project_id).dropna(subset=["project_id"])),
        *project_record(ask, words, keys),
        *project_list(words, projects),
        *disagreements(ask, words, keys),
    ]
    return compose(ask, "projects", words("projects.title"), lead(ask, words, projects, keys), blocks)


def lead(ask: Ask, words: Words, projects: pd.DataFrame, keys: set[str]) -> str:
    """Say how many projects are shown and which money is known, project totals only."""
    budgets = ask("projects_budgets", project_id=None)
    totals = budgets[(budgets["part"] == "whole") & budgets["project_id"].isin(keys)]
    started = projects[projects["state"] != "proposed"]
    sentence = words("projects.lead", projects=len(started), proposals=len(projects) - len(started))
    if totals.empty:
        return sentence + " " + words("projects.lead_no_money")
    money_known = words.number(totals["amount"].sum(), 0)
    return sentence + " " + words("projects.lead_money", budgets=len(totals), amount=money_known)


def row_name(row: pd.Series, words: Words) -> str:
    """Name a project, or a component of it."""
    if pd.isna(row["component_number"]):
        return str(row["short_title"])
    return words("projects.component", project=row["short_title"], number=int(row["component_number"]))


def timeline(ask: Ask, words: Words, keys: set[str]) -> list[Block]:
    """Draw the periods of projects and components: planned, revised, actual."""
    periods = ask("projects_periods", project_id=None)
    periods = periods[periods["project_id"].isin(keys)].copy()
    blocks: list[Block] = [Heading(text=words("projects.when"))]
    if periods.empty:
        return [*blocks, Notice(text=words("projects.no_periods"), kind="empty")]
    periods["name"] = [row_name(row, words) for _, row in periods.iterrows()]
    periods["kind_words"] = [words.term("period_kind", kind) for kind in periods["period_kind"]]
    periods["mark"] = [
        "tentative"
        if row.is_tentative
        else "actual"
        if row.period_kind in ("actual", "stated", "reported")
        else "planned"
        for row in rows_of(periods)
    ]
    columns: Columns = {
        "name": "text",
        "kind_words": "text",
        "start_date": "date",
        "end_date": "date",
        "duration_months": "integer",
        "as_of": "date",
        "document_id": "documents",
        "locator": "text",
        "caveat_ids": "caveats",
        "note": "text",
    }
    table = make_table(words, words("projects.periods"), periods, columns, "periods", {"duration_months": "months"})
    periods["one_end"] = [one_end(row, words) for row in rows_of(periods)]
    has_a_date = periods["start_date"].notna() | periods["end_date"].notna()
    drawn = told_once(periods[has_a_date & (periods["period_kind"] != "covered")])
    if drawn.empty:
        return [*blocks, table]
    dates = sorted(str(date)[:4] for date in [*drawn["start_date"].dropna(), *drawn["end_date"].dropna()])
    chart = Chart(
        title=words("projects.when_title"),
        kind="timeline",
        rows=drawn,
        roles={"category": "name", "start": "start_date", "end": "end_date", "mark": "mark", "label": "one_end"},
        value_title=words("projects.axis_years"),
        alt=words("projects.when_alt", count=len(drawn)),
        table=table,
        unit=words("projects.unit_months"),
        counted=words("projects.when_counted"),
        period=words.period(dates[0], dates[-1]),
        document_ids=keys_in(periods["document_id"]),
        caveat_ids=keys_in(periods["caveat_ids"]),
    )
    return [*blocks, chart]


def project_period(words: Words, start: object, end: object) -> str:
    """Write when a project ran; say it where only the beginning or only the end is stated. Nothing if neither is."""
    if is_empty(start) == is_empty(end):
        return words.period(start, end)
    key, known = ("projects.to_only", end) if is_empty(start) else ("projects.from_only", start)
    return words(key, date=words.date(str(known)))


def one_end(row: Any, words: Words) -> str:
    """Say which end of a period a document states, where it states one only."""
    if is_empty(row.start_date) == is_empty(row.end_date):
        return ""
    if row.period_kind == "reported":
        return str(row.kind_words)
    return words("projects.end_only" if is_empty(row.start_date) else "projects.start_only")


def told_once(periods: pd.DataFrame) -> pd.DataFrame:
    """Draw what several documents say alike once, in the order of the dates of each project.

    A bare year is left out where the same dates are told by month; a mere end where a whole period ends then.
    """
    drawn = periods.drop_duplicates(["name", "mark", "start_date", "end_date"])
    exact = {(row.name, row.mark) for row in rows_of(drawn) if len(str(row.start_date)) >= MONTH}
    whole = {(row.name, row.mark, row.end_date) for row in rows_of(drawn) if not is_empty(row.start_date)}
    keep = [
        (row.name, row.mark, row.end_date) not in whole
        if is_empty(row.start_date)
        else len(str(row.start_date)) >= MONTH or (row.name, row.mark) not in exact
        for row in rows_of(drawn)
    ]
    order = {name: place for place, name in enumerate(dict.fromkeys(drawn["name"]))}
    drawn = drawn[pd.Series(keep, index=drawn.index, dtype=bool)]  # of no row it keeps the columns
    return drawn.assign(place=drawn["name"].map(order)).sort_values(["place", "start_date", "end_date"], kind="stable")


def money(ask: Ask, words: Words, keys: set[str]) -> list[Block]:
    """Draw each project's money once, by component, with the part that no document breaks down."""
    budgets = ask("projects_budgets", project_id=None)
    budgets = budgets[budgets["project_id"].isin(keys)].copy()
    blocks: list[Block] = [Heading(text=words("projects.money"))]
    if budgets.empty:
        return [*blocks, Notice(text=words("projects.no_money"), kind="empty"), *contributions(ask, words)]
    budgets["part_words"] = [part_name(row, words) for _, row in budgets.iterrows()]
    budgets["mark"] = ["not_itemised" if part == "not_itemised" else "exact" for part in budgets["part"]]
    columns: Columns = {
        "short_title": "text",
        "part_words": "text",
        "amount": "money",
        "currency": "text",
        "funder_name": "text",
        "document_ids": "documents",
        "locator": "text",
        "caveat_ids": "caveats",
    }
    table = make_table(words, words("projects.budgets"), budgets, columns, "budgets", {"amount": "USD"})
    itemised = set(budgets.loc[budgets["part"] != "whole", "project_id"])
    drawn = budgets[(budgets["part"] != "whole") | ~budgets["project_id"].isin(itemised)]
    summary = "; ".join(
        f"{row.short_title}, {row.part_words}: {words.number(row.amount, 0)} {row.currency}" for row in rows_of(drawn)
    )
    chart = Chart(
        title=words("projects.money_title"),
        kind="stacked_bars",
        rows=drawn,
        roles={"category": "short_title", "value": "amount", "part": "part_words", "mark": "mark"},
        value_title=words("projects.axis_money"),
        alt=words("projects.money_alt", summary=summary),
        table=table,
        unit=words("projects.unit_money"),
        counted=words("projects.money_counted"),
        document_ids=keys_in(budgets["document_ids"]),
        caveat_ids=keys_in(budgets["caveat_ids"]),
    )
    funders = tuple(dict.fromkeys(str(name) for name in budgets["funder_name"].dropna()))
    notes: list[Block] = (
        [Text(text=words("projects.funders", funders=", ".join(funders)), style="note")] if funders else []
    )
    return [*blocks, chart, *notes, *contributions(ask, words)]


def part_name(row: pd.Series, words: Words) -> str:
    """Name a part of a project's money."""
    if row["part"] == "component":
        return words("projects.part_component", number=int(row["component_number"]))
    return words(f"projects.part_{row['part']}")


def contributions(ask: Ask, words: Words) -> list[Block]:
    """Tell contributions that are larger than the projects, apart from project money."""
    rows = ask("projects_contributions")
    if rows.empty:
        return []
    rows = rows.assign(per_words=[words.term("per", per) for per in rows["per"]])
    columns: Columns = {
        "item": "text",
        "amount": "money",
        "currency": "text",
        "per_words": "text",
        "funder_name": "text",
        "as_of": "date",
        "document_id": "documents",
        "locator": "text",
        "note": "text",
    }
    table = make_table(words, words("projects.contributions"), rows, columns, "contributions", {"amount": "USD"})
    caution = Notice(text=words("projects.contributions_note"), kind="caution")
    return [Details(title=words("projects.contributions"), blocks=(caution, table))]


def partners(ask: Ask, words: Words, keys: set[str]) -> list[Block]:
    """List organisations by project, component and role."""
    rows = ask("projects_partners", project_id=None)
    rows = rows[rows["project_id"].isin(keys)].copy()
    blocks: list[Block] = [Heading(text=words("projects.who"))]
    if rows.empty:
        return [*blocks, Notice(text=words("projects.no_partners"), kind="empty")]
    rows["name"] = [row_name(row, words) for _, row in rows.iterrows()]
    rows["role_words"] = [words.term("role", role) for role in rows["role"]]
    columns: Columns = {
        "name": "text",
        "organisation_name": "text",
        "country_name": "text",
        "role_words": "text",
        "document_ids": "documents",
        "caveat_ids": "caveats",
    }
    return [*blocks, make_table(words, words("projects.partners"), rows, columns, "partners")]


def work(ask: Ask, words: Words, keys: set[str]) -> list[Block]:
    """List activities and products, one group for each project and component."""
    rows = ask("projects_work", project_id=None)
    rows = rows[rows["project_id"].isin(keys)].copy()
    blocks: list[Block] = [Heading(text=words("projects.work"))]
    if rows.empty:
        return [*blocks, Notice(text=words("projects.no_work"), kind="empty")]
    rows["name"] = [row_name(row, words) for _, row in rows.iterrows()]
    rows = work_told_once(rows)
    rows["kind_words"] = [
        words("projects.output") if row.work_kind == "output" else words.term("activity_kind", row.kind)
        for row in rows_of(rows)
    ]
    rows["state_words"] = [words.term("state", state) for state in rows["state"]]
    columns: Columns = {
        "kind_words": "text",
        "what": "text",
        "state_words": "text",
        "due_date": "date",
        "done_date": "date",
        "as_of": "date",
        "url": "link",
        "document_ids": "documents",
        "locator": "text",
        "caveat_ids": "caveats",
        "note": "text",
    }
    for name, group in rows.groupby("name", sort=False):
        table = make_table(words, str(name), group, columns, "work")
        blocks.append(Details(title=words("projects.work_of", name=name, count=len(group)), blocks=(table,)))
    return blocks


def work_told_once(rows: pd.DataFrame) -> pd.DataFrame:
    """Tell what several documents say alike in one line with all of them; the first date of the statements stays."""
    same = ["name", "work_kind", "kind", "what", "state", "due_date", "done_date", "url"]
    return (
        rows.sort_values("as_of", kind="stable")
        .groupby(same, sort=False, dropna=False)
        .agg(
            as_of=("as_of", "first"),
            document_ids=("document_id", lambda keys: " ".join(keys_in(keys))),
            locator=("locator", lambda places: "; ".join(dict.fromkeys(places.dropna()))),
            caveat_ids=("caveat_ids", lambda keys: " ".join(keys_in(keys))),
            note=("note", lambda notes: " ".join(dict.fromkeys(notes.dropna()))),
        )
        .reset_index()
    )


def agreements(words: Words, rows: pd.DataFrame) -> list[Block]:
    """List agreements and letters with their state: those of a project on its page, the others under cooperation."""
    blocks: list[Block] = [Heading(text=words("projects.agreements"))]
    if rows.empty:
        return [*blocks, Notice(text=words("projects.no_agreements"), kind="empty")]
    rows = rows.assign(
        kind_words=[words.term("agreement_kind", kind) for kind in rows["agreement_kind"]],
        state_words=[words.term("state", state) for state in rows["state"]],
    )
    columns: Columns = {
        "agreement": "text",
        "kind_words": "text",
        "date": "date",
        "state_words": "text",
        "what": "text",
        "number_of_documents": "integer",
        "as_of": "date",
        "document_id": "documents",
        "locator": "text",
        "caveat_ids": "caveats",
    }
    table = make_table(words, words("projects.agreements_table"), rows, columns, "agreements")
    return [*blocks, folded(words, table)]


def project_list(words: Words, projects: pd.DataFrame) -> list[Block]:
    """Tell each project in a few words."""
    entries: list[Block] = []
    for row in rows_of(projects):
        facts = [
            (
                words("projects.period"),
                project_period(words, row.start_date, row.end_date) or words("projects.no_period"),
            )
        ]
        entries.append(
            Entry(
                title=row.title,
                text="" if pd.isna(row.summary) else row.summary,
                tags=tuple(
                    tag for tag in (words.term("project_kind", row.project_kind), words.term("state", row.state)) if tag
                ),
                facts=tuple(facts),
                document_ids=tuple(row.document_ids.split()),
                caveat_ids=keys_in([row.caveat_ids]),
            )
        )
    heading = Heading(text=words("projects.all"))
    if len(entries) <= FEW_PROJECTS:
        return [heading, *entries]
    return [heading, Details(title=words("projects.all_count", count=len(entries)), blocks=tuple(entries))]


def disagreements(ask: Ask, words: Words, keys: set[str]) -> list[Block]:
    """Show what documents say differently about the projects on the page."""
    periods = ask("projects_periods", project_id=None)
    components = {str(row.component_id) for row in rows_of(periods) if row.project_id in keys}
    subjects = {("projects", key) for key in keys} | {("components", key) for key in components}
    entries = contradiction_entries(ask, words, subjects)
    return [Heading(text=words("projects.disagree")), *weightiest_first(words, entries)]
