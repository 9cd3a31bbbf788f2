"""Who takes part: organisations by project, what each one does there."""

import pandas as pd

from neaspec.blocks import Block, Column, Columns, Details, Notice, Table
from neaspec.data.queries import Ask
from neaspec.sections.common import joined_keys, make_table, rows_of
from neaspec.sections.projects.wording import row_name
from neaspec.text import Words

GUESTS = ("expected_participant", "planned_speaker")  # of a workshop about the project: told where nothing else is


def partners(ask: Ask, words: Words, keys: set[str]) -> list[Block]:
    """Show organisations against projects with their roles; all statements stand in the list below."""
    rows = ask("projects_partners", project_id=None)
    rows = rows[rows["project_id"].isin(keys)].copy()
    if rows.empty:
        return [Notice(text=words("projects.no_partners"), kind="empty")]
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
    table = make_table(words, words("projects.partners"), rows, columns, "partners")
    return [matrix(words, rows), Details(title=words("projects.partners_all", count=len(rows)), blocks=(table,))]


def matrix(words: Words, rows: pd.DataFrame) -> Table:
    """Return organisations against projects, the roles in the cells."""
    titles = dict.fromkeys(rows["short_title"])
    lines = []
    for (organisation, seat), group in rows.fillna({"country_name": ""}).groupby(
        ["organisation_name", "country_name"], sort=True
    ):
        line: dict[str, object] = {"organisation_name": words.bracketed(str(organisation), str(seat))}
        for number, title in enumerate(titles):
            line[f"project_{number}"] = words.listed(roles_in(words, group[group["short_title"] == title]))
        line |= {
            "document_ids": joined_keys(group["document_ids"]),
            "caveat_ids": joined_keys(group["caveat_ids"]),
        }
        lines.append(line)
    columns = (
        Column(name="organisation_name", label=words.column("organisation_name")),
        *(Column(name=f"project_{number}", label=title) for number, title in enumerate(titles)),
        Column(name="document_ids", label=words.column("document_ids"), kind="documents"),
        Column(name="caveat_ids", label=words.column("caveat_ids"), kind="caveats"),
    )
    return Table(
        title=words("projects.matrix"), columns=columns, rows=pd.DataFrame(lines), file_name="partners_by_project"
    )


def roles_in(words: Words, group: pd.DataFrame) -> list[str]:
    """Return the roles of an organisation in a project; invitations to a workshop only where it has no other."""
    roles = list(dict.fromkeys(row.role for row in rows_of(group)))
    own = [role for role in roles if role not in GUESTS] or roles
    return [words.term("role", role) for role in own]
