"""Who takes part, and what else documents say of the programme: goals, recommendations, events, further records."""

from neaspec.blocks import Block, Columns
from neaspec.data.queries import Ask
from neaspec.sections.common import folded, make_table
from neaspec.sections.documented import programme_record
from neaspec.text import Words


def partner_blocks(ask: Ask, words: Words) -> list[Block]:
    """List the organisations that take part, with their roles."""
    rows = ask("organisations_named")
    if rows.empty:
        return []
    rows = rows.assign(
        kind_words=[words.term("kind", kind) for kind in rows["kind"]],
        roles_words=[words.listed(words.term("role", role) for role in roles.split()) for roles in rows["roles"]],
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
    return [make_table(words, words("cooperation.partners_table"), rows, columns, "organisations")]


def record_blocks(ask: Ask, words: Words) -> list[Block]:
    """Tell goals, recommendations of no project, events and further records on demand."""
    return [*goal_blocks(ask, words), *recommendation_blocks(ask, words), *programme_record(ask, words)]


def goal_blocks(ask: Ask, words: Words) -> list[Block]:
    """List the goals and approaches as each document states them."""
    rows = ask("goals_stated")
    if rows.empty:
        return []
    rows = rows.assign(kind_words=[words.term("goal_kind", kind) for kind in rows["goal_kind"]])
    columns: Columns = {
        "kind_words": "text",
        "number": "integer",
        "what": "text",
        "document_id": "documents",
        "locator": "text",
    }
    return [folded(words, make_table(words, words("cooperation.goals_table"), rows, columns, "goals"))]


def recommendation_blocks(ask: Ask, words: Words) -> list[Block]:
    """List what studies and meetings recommend; recommendations of a project stand on its page."""
    rows = ask("recommendations_made", project_id=None)
    rows = rows[rows["project_title"].isna()]
    if rows.empty:
        return []
    columns: Columns = {
        "subject": "text",
        "what": "text",
        "addressee": "text",
        "meeting_name": "text",
        "document_id": "documents",
        "locator": "text",
        "caveat_ids": "caveats",
    }
    return [folded(words, make_table(words, words("cooperation.recommendations"), rows, columns, "recommendations"))]
