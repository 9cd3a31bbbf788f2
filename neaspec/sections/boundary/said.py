"""Which State of an area is on record with what, in the requests to meetings that are about its sites."""

import pandas as pd

from neaspec.blocks import Block, Columns, Text
from neaspec.data.queries import Ask
from neaspec.sections.briefs.facts import issues_about
from neaspec.sections.common import in_sentence, joined_keys, keys_in, make_table, rows_of
from neaspec.sections.elements import Group, grouped, money_words, told_as
from neaspec.text import Words, is_empty

COLUMNS: Columns = {
    "country_names": "text",
    "record_kind": "text",
    "what": "text",
    "period_words": "text",
    "document_ids": "documents",
    "caveat_ids": "caveats",
}


def requests_about(ask: Ask, site_ids: set[str]) -> list[str]:
    """Return the requests that are about some sites and the projects at them, and about no other site or project."""
    own = {("sites", key) for key in site_ids}
    own |= {("projects", key) for site_id in site_ids for key in ask("sites_projects", site_id=site_id)["project_id"]}
    evidence = ask("evidence_of", from_table="issues", from_id=None)
    named = evidence[evidence["subject_table"].isin(("sites", "projects"))]
    elsewhere = {row.from_id for row in rows_of(named) if (row.subject_table, row.subject_id) not in own}
    issues = issues_about(ask, {("sites", key) for key in site_ids})["issue_id"]
    return [key for key in issues if key not in elsewhere]


def records_of(ask: Ask, area: pd.Series) -> pd.DataFrame:
    """Return what States of an area are on record with in requests about it alone, each record once."""
    issues = requests_about(ask, set(keys_in([area["site_id"], area["site_ids"]])))
    if not issues:
        return pd.DataFrame()
    rows = pd.concat([ask("elements_on_record", issue_id=key, country_code=None) for key in issues])
    rows = rows.drop_duplicates(["table_name", "record_id"])
    own = set(keys_in([area["country_codes"]]))
    return rows[[bool(own & set(keys_in([codes]))) for codes in rows["country_codes"]]]


def said_of(ask: Ask, words: Words, area: pd.Series) -> list[Block]:
    """Show who of the States of an area is on record with what; a State without a record is named as such."""
    names: dict[str, str] = dict(ask("countries_named")[["country_code", "name"]].itertuples(index=False))
    records = records_of(ask, area)
    if records.empty:
        return [Text(text=words("boundary.said_by_none"))]
    rows = pd.DataFrame([record_row(words, group, names) for group in grouped(records, told_as)])
    title = words("boundary.said_table", count=len(rows))
    with_record = keys_in(records["country_codes"])
    without = [code for code in keys_in([area["country_codes"]]) if code not in with_record]
    listed = words.listed(in_sentence(words, code, names[code]) for code in without)
    silent: list[Block] = [Text(text=words("boundary.said_nothing", names=listed))] if without else []
    return [make_table(words, title, rows, COLUMNS, "boundary_said"), *silent]


def record_row(words: Words, group: Group, names: dict[str, str]) -> dict[str, str]:
    """Write one record: who, what kind of record, its words and day, and every document that states it."""
    first = group[0]
    parts = [text for text in (first.name, first.what) if not is_empty(text)]
    if not is_empty(first.amount):
        parts.append(money_words(words, first.currency, first.amount))
    has_day = not (is_empty(first.date_from) and is_empty(first.date_to))
    return {
        "country_names": words.listed((names[code] for code in keys_in([first.country_codes])), "semicolon"),
        "record_kind": words(f"issues.on_record_{first.record_kind}"),
        "what": words.listed(dict.fromkeys(parts), "semicolon"),
        "period_words": words.period(first.date_from, first.date_to) if has_day else "",
        "document_ids": joined_keys(row.document_id for row in group),
        "caveat_ids": joined_keys(row.caveat_ids for row in group),
    }
