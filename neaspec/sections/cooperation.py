"""Cooperation: meetings since 1993, decisions, agreements, goals, frameworks, partners, the Tumen delta feedback."""

from dataclasses import dataclass

import pandas as pd

from neaspec.blocks import Block, Chart, Columns, Details, Heading, Notice, Page, Text
from neaspec.data.queries import Ask
from neaspec.sections.common import compose, folded, keys_in, make_table
from neaspec.sections.documented import programme_record
from neaspec.sections.projects import agreements
from neaspec.text import Words


@dataclass(frozen=True)
class CooperationChoices:
    """What the reader chose: one kind of meeting (None = all)."""

    meeting_kind: str | None = None


def page(ask: Ask, words: Words, choices: CooperationChoices) -> Page:
    """Make the page of cooperation."""
    meetings = ask("meetings_held", kind=choices.meeting_kind)
    held = meetings[(meetings["state"] == "held") & meetings["start_date"].notna()]
    dated = held["start_date"]
    lead = (
        words(
            "cooperation.lead", meetings=len(held), soms=int((held["kind"] == "som").sum()), since=str(dated.min())[:4]
        )
        if len(dated)
        else words("cooperation.lead_none")
    )
    blocks: list[Block] = [
        *meeting_blocks(words, meetings),
        *decision_blocks(ask, words),
        *agreements(words, outside_projects(ask("agreements_stated", project_id=None))),
        *goal_blocks(ask, words),
        *framework_blocks(ask, words),
        *feedback_blocks(ask, words),
        *partner_blocks(ask, words),
        *recommendation_blocks(ask, words),
        *programme_record(ask, words),
    ]
    return compose(ask, "cooperation", words("cooperation.title"), lead, blocks)


def outside_projects(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the agreements that belong to no project; those of a project stand on the page of projects."""
    return rows[rows["project_id"].isna()]


def five_years(year: int) -> str:
    """Name the five years a year lies in, counted from the first meeting in 1993."""
    begin = 1993 + (year - 1993) // 5 * 5
    return f"{begin}–{begin + 4}"


def meeting_blocks(words: Words, meetings: pd.DataFrame) -> list[Block]:
    """Draw the meetings by year and list them."""
    blocks: list[Block] = [Heading(text=words("cooperation.meetings"))]
    if meetings.empty:
        return [*blocks, Notice(text=words("cooperation.no_meetings"), kind="empty")]
    rows = meetings.copy()
    rows["kind_words"] = [words.term("kind", kind) for kind in rows["kind"]]
    rows["state_words"] = [words.term("state", state) for state in rows["state"]]
    rows["modality_words"] = [words.term("modality", modality) for modality in rows["modality"]]
    rows["where"] = rows["place"].fillna("")
    columns: Columns = {
        "name": "text",
        "kind_words": "text",
        "start_date": "date",
        "end_date": "date",
        "where": "text",
        "host_name": "text",
        "modality_words": "text",
        "state_words": "text",
        "relevance": "text",
        "document_id": "documents",
        "caveat_ids": "caveats",
    }
    table = make_table(words, words("cooperation.meetings_table"), rows, columns, "meetings")
    drawn = rows[rows["start_date"].notna() & (rows["state"] == "held")]
    undated = rows[rows["start_date"].isna()]  # planned or unconfirmed ones are in the table alone
    if drawn.empty:
        return [*blocks, table]
    years = [int(str(date)[:4]) for date in drawn["start_date"]]
    first, last = str(min(years)), str(max(years))
    drawn = drawn.assign(years=[five_years(year) for year in years])
    counted = drawn.groupby(["years", "kind_words"], sort=True).size().rename("meetings").reset_index()
    chart = Chart(
        title=words("cooperation.meetings_title"),
        kind="stacked_bars",
        rows=counted,
        roles={"category": "years", "value": "meetings", "part": "kind_words"},
        value_title=words("cooperation.axis_meetings"),
        category_title=words("cooperation.axis_year"),
        alt=words("cooperation.meetings_alt", count=len(drawn), first=first, last=last),
        table=table,
        unit=words("cooperation.unit_meetings"),
        counted=words("cooperation.meetings_counted"),
        period=words.period(first, last),
        document_ids=keys_in(drawn["document_id"]),
        caveat_ids=keys_in(drawn["caveat_ids"]),
    )
    notes: list[Block] = []
    if len(undated):
        notes.append(Text(text=words("cooperation.undated", names="; ".join(undated["name"])), style="note"))
    return [*blocks, chart, *notes]


def decision_blocks(ask: Ask, words: Words) -> list[Block]:
    """List what meetings decided, noted or asked for."""
    rows = ask("decisions_taken", meeting_id=None, project_id=None)
    blocks: list[Block] = [Heading(text=words("cooperation.decisions"))]
    if rows.empty:
        return [*blocks, Notice(text=words("cooperation.no_decisions"), kind="empty")]
    rows = rows.assign(kind_words=[words.term("kind", kind) for kind in rows["kind"]])
    columns: Columns = {
        "meeting_name": "text",
        "meeting_date": "date",
        "kind_words": "text",
        "subject": "text",
        "what": "text",
        "document_id": "documents",
        "locator": "text",
        "caveat_ids": "caveats",
    }
    return [*blocks, make_table(words, words("cooperation.decisions_table"), rows, columns, "decisions")]


def goal_blocks(ask: Ask, words: Words) -> list[Block]:
    """List the goals and approaches as each document states them."""
    rows = ask("goals_stated")
    blocks: list[Block] = [Heading(text=words("cooperation.goals"))]
    if rows.empty:
        return [*blocks, Notice(text=words("cooperation.no_goals"), kind="empty")]
    rows = rows.assign(kind_words=[words.term("goal_kind", kind) for kind in rows["goal_kind"]])
    columns: Columns = {
        "kind_words": "text",
        "number": "integer",
        "what": "text",
        "document_id": "documents",
        "locator": "text",
    }
    table = make_table(words, words("cooperation.goals_table"), rows, columns, "goals")
    return [*blocks, folded(words, table)]


def framework_blocks(ask: Ask, words: Words) -> list[Block]:
    """Draw how many links each framework has, stated ones apart from our reading, and list them."""
    rows = ask("framework_links_stated")
    blocks: list[Block] = [Heading(text=words("cooperation.frameworks"))]
    if rows.empty:
        return [*blocks, Notice(text=words("cooperation.no_frameworks"), kind="empty")]
    rows = rows.assign(
        basis_words=[words.term("basis", basis) for basis in rows["basis"]],
        linked_words=[words.term("linked_kind", kind) for kind in rows["linked_kind"]],
    )
    columns: Columns = {
        "framework_name": "text",
        "element": "text",
        "linked_words": "text",
        "linked_name": "text",
        "what": "text",
        "basis_words": "text",
        "document_id": "documents",
        "locator": "text",
        "caveat_ids": "caveats",
    }
    table = make_table(words, words("cooperation.frameworks_table"), rows, columns, "framework_links")
    counted = rows.groupby(["acronym", "basis_words"], sort=True).size().rename("links").reset_index()
    chart = Chart(
        title=words("cooperation.frameworks_title"),
        kind="stacked_bars",
        rows=counted,
        roles={"category": "acronym", "value": "links", "part": "basis_words"},
        value_title=words("cooperation.axis_links"),
        table=table,
        alt=words("cooperation.frameworks_alt", count=len(rows), frameworks=counted["acronym"].nunique()),
        unit=words("cooperation.unit_links"),
        counted=words("cooperation.frameworks_counted"),
        document_ids=keys_in(rows["document_id"]),
        caveat_ids=keys_in(rows["caveat_ids"]),
    )
    return [*blocks, chart]


def feedback_blocks(ask: Ask, words: Words) -> list[Block]:
    """Draw causes and effects in the Tumen delta."""
    rows = ask("feedbacks_stated")
    blocks: list[Block] = [Heading(text=words("cooperation.feedback"))]
    if rows.empty:
        return [*blocks, Notice(text=words("cooperation.no_feedback"), kind="empty")]
    rows = rows.assign(side_words=[words.term("side", side) for side in rows["side"]])
    columns: Columns = {
        "cause": "text",
        "effect": "text",
        "mechanism": "text",
        "side_words": "text",
        "document_id": "documents",
        "locator": "text",
        "caveat_ids": "caveats",
    }
    table = make_table(words, words("cooperation.feedback_table"), rows, columns, "feedbacks")
    chart = Chart(
        title=words("cooperation.feedback_title"),
        kind="network",
        rows=rows,
        roles={"source": "cause", "target": "effect", "label": "mechanism", "group": "side_words"},
        value_title="",
        alt=words("cooperation.feedback_alt", count=len(rows)),
        table=table,
        unit=words("cooperation.unit_feedback"),
        counted=words("cooperation.feedback_counted"),
        document_ids=keys_in(rows["document_id"]),
        caveat_ids=keys_in(rows["caveat_ids"]),
    )
    return [*blocks, chart]


def partner_blocks(ask: Ask, words: Words) -> list[Block]:
    """List the organisations that take part, with their roles."""
    rows = ask("organisations_named")
    blocks: list[Block] = [Heading(text=words("cooperation.partners"))]
    if rows.empty:
        return [*blocks, Notice(text=words("cooperation.no_partners"), kind="empty")]
    rows = rows.assign(
        kind_words=[words.term("kind", kind) for kind in rows["kind"]],
        roles_words=[", ".join(words.term("role", role) for role in roles.split()) for roles in rows["roles"]],
    )
    columns: Columns = {
        "name": "text",
        "kind_words": "text",
        "country_name": "text",
        "roles_words": "text",
        "projects": "text",
        "meetings": "text",
        "document_ids": "documents",
        "caveat_ids": "caveats",
    }
    table = make_table(words, words("cooperation.partners_table"), rows, columns, "organisations")
    return [*blocks, folded(words, table)]


def recommendation_blocks(ask: Ask, words: Words) -> list[Block]:
    """List what projects, studies and meetings recommend."""
    rows = ask("recommendations_made", project_id=None)
    if rows.empty:
        return []
    columns: Columns = {
        "subject": "text",
        "what": "text",
        "addressee": "text",
        "project_title": "text",
        "meeting_name": "text",
        "document_id": "documents",
        "locator": "text",
        "caveat_ids": "caveats",
    }
    table = make_table(words, words("cooperation.recommendations"), rows, columns, "recommendations")
    return [
        Heading(text=words("cooperation.recommendations")),
        Details(title=words("cooperation.recommendations_count", count=len(rows)), blocks=(table,)),
    ]
