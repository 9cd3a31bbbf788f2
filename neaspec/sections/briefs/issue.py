"""The paper of an issue for consideration: status, facts that bear on it, elements for a response of one State."""

from typing import Any

import pandas as pd

from neaspec.blocks import Chart, Map
from neaspec.data.queries import Ask
from neaspec.sections.briefs import facts as say
from neaspec.sections.briefs import pictures
from neaspec.sections.briefs.draft import Draft, Listed, listed
from neaspec.sections.briefs.subjects import annex, count_facts, projects_at
from neaspec.sections.common import joined_keys, rows_of
from neaspec.sections.elements import home_points, record_entries
from neaspec.sections.sites.wording import level_words
from neaspec.text import Words, is_empty


def issue_names(ask: Ask) -> dict[str, str]:
    """Return key -> subject and meeting of every issue, those of nature conservation first."""
    asked = say.put_issues(ask).sort_values("is_nature_conservation", ascending=False, kind="stable")
    return {row.issue_id: f"{row.subject} ({row.meeting_name})" for row in rows_of(asked)}


def issue_draft(ask: Ask, words: Words, issue_id: str | None, country_code: str) -> Draft:
    """Make the paper of one issue; without a key, of the first one of the newest meeting."""
    asked = say.put_issues(ask)
    chosen = asked[asked["issue_id"] == issue_id] if issue_id else say.newest_issues(ask).head(1)
    if chosen.empty:
        title = words("briefs.title_issue_unknown" if issue_id else "briefs.title_issue_none")
        return Draft(title=title, lead=words("briefs.lead_none"))
    row = chosen.iloc[0]
    key = row["issue_id"]
    evidence = ask("evidence_of", from_table="issues", from_id=None)
    evidence = evidence[evidence["from_id"] == key]
    keys = {table: list(dict.fromkeys(rows["subject_id"])) for table, rows in evidence.groupby("subject_table")}
    subjects = {("issues", key)} | {(table, subject_key) for table, ones in keys.items() for subject_key in ones}
    options = ask("issues_options", issue_id=None)
    lists = (
        *listed("facts", bearing_facts(ask, words, keys), say.FACTS),
        *(own_rows(ask, words, key, country_code) if country_code else []),
        *option_rows(words, options, key),
        *home_rows(words, row, int((options["issue_id"] == key).sum())),
        *trail_rows(words, ask("issues_trail", issue_id=None), key),
        *say.project_rows(words, projects_of(ask, keys)),
    )
    return Draft(
        title=words("briefs.title_issue", subject=row["subject"], meeting=say.som_name(words, row["meeting_id"])),
        lead=issue_lead(words, row),
        pictures=issue_pictures(ask, words, keys),
        lists=lists,
        annex=lambda: annex(ask, words, lists, subjects),
        note=issue_note(ask, words, country_code),
        has_position=True,
    )


def issue_lead(words: Words, row: pd.Series) -> str:
    """Say what the issue is, by whom it is put, and its status."""
    paragraph = "" if is_empty(row["paragraph"]) else words("briefs.paragraph", paragraph=row["paragraph"])
    sentence = words(
        "briefs.lead_issue",
        kind=words.term("ask_kind", row["ask_kind"]),
        meeting=say.som_name(words, row["meeting_id"]),
        paragraph=paragraph,
        asked=str(row["asked"]).rstrip("."),
    )
    return f"{sentence} {words('briefs.lead_status', status=say.status_words(words, row['state']))}"


def issue_note(ask: Ask, words: Words, country_code: str) -> str:
    """Say for whom elements of a response are put together, and that they are no position."""
    names = dict(zip(*(ask("member_states")[column] for column in ("country_code", "name")), strict=True))
    whom = names.get(country_code, words("briefs.all_states"))
    return words("briefs.elements", whom=whom)


def issue_pictures(ask: Ask, words: Words, keys: dict[str, list[str]]) -> tuple[Chart | Map, ...]:
    """Draw the sites an issue is about, and its first species over time."""
    sites = pictures.of_keys(pictures.all_sites(ask), keys.get("sites", []))
    if sites.empty and keys.get("species"):
        used = [ask("species_sites", species_id=key)["site_id"] for key in keys["species"]]
        sites = pictures.of_keys(pictures.all_sites(ask), pd.concat(used))
    drawn: list[Chart | Map] = [*pictures.sites_map(words, words("briefs.map_issue"), sites)]
    names = ask("species_styles").set_index("species_id")["name"]
    for key in keys.get("species", []):
        series = pictures.joined_series(ask("species_counts", species_id=key))
        drawn += pictures.series_chart(words, words("briefs.series", name=names[key]), key, series)
    return tuple(drawn)


def bearing_facts(ask: Ask, words: Words, keys: dict[str, list[str]]) -> list[say.Row]:
    """State the facts that bear on an issue: of each species the first ones in turn, then of its sites and money."""
    names = ask("species_styles").set_index("species_id")["name"]
    by_species = [
        [{**row, "fact": words("briefs.of_area", area=names[key], figure=row["fact"])} for row in rows]
        for key in keys.get("species", [])
        if (rows := say.species_facts(ask, words, key))
    ]
    longest = max((len(rows) for rows in by_species), default=0)
    rows = [rows[place] for place in range(longest) for rows in by_species if place < len(rows)]
    every = pictures.all_sites(ask).set_index("site_id")
    of_sites = []
    for key in keys.get("sites", []):
        if key in every.index:
            site = every.loc[key]
            cited = (
                site["document_ids"] if is_empty(site["protection_document_ids"]) else site["protection_document_ids"]
            )
            of_sites.append(
                say.fact(str(site["name"]), level_words(words, str(site["level"]), site["standing"]), cited)
            )
            of_sites += [
                {**row, "fact": words("briefs.of_area", area=site["name"], figure=row["fact"])}
                for row in count_facts(ask, words, key)
            ]
    of_projects = [
        say.fact(row.short_title, words("briefs.project_said", **project_said(words, row)), row.document_ids)
        for row in rows_of(projects_of(ask, keys))
    ]
    return [*rows[:3], *of_sites[:3], *of_projects[:2], *rows[3:], *of_sites[3:], *of_projects[2:]]


def project_said(words: Words, row: Any) -> dict[str, str]:
    """Give status and period of a project in words."""
    period = words.period(row.start_date, row.end_date) or words("briefs.no_date")
    return {"status": words.term("state", row.state), "period": period}


def own_rows(ask: Ask, words: Words, issue_id: str, country_code: str) -> list[Listed]:
    """List what one State is on record with, as the page of the issue does."""
    records = ask("elements_on_record", issue_id=issue_id, country_code=country_code)
    rows = [
        say.fact(
            entry.title,
            words.listed([*entry.tags, entry.text, *(value for _, value in entry.facts)], "dot"),
            joined_keys(entry.document_ids),
        )
        for entry in record_entries(words, records, None)
    ]
    return listed("own", rows, say.FACTS)


def projects_of(ask: Ask, keys: dict[str, list[str]]) -> pd.DataFrame:
    """Return the projects an issue is about; where it names none, those at its sites."""
    projects = ask("projects_found", species_id=None, country_code=None)
    if keys.get("projects"):
        return projects[projects["project_id"].isin(keys["projects"])]
    return projects_at(ask, set(keys.get("sites", [])))


def option_rows(words: Words, options: pd.DataFrame, issue_id: str) -> list[Listed]:
    """List the options a paper names and what follows from each."""
    rows = [
        {
            "option": row.option,
            "consequence": "" if is_empty(row.consequence) else row.consequence,
            "document_ids": row.document_id,
        }
        for row in rows_of(options[options["issue_id"] == issue_id])
    ]
    return listed("options", rows, {"option": "text", "consequence": "text"})


def home_rows(words: Words, row: pd.Series, options: int) -> list[Listed]:
    """List points to settle at home, as the page of the issue does."""
    points = [*home_points(words, row, options), words("briefs.home_facts")]
    rows = [
        {"what": point, "document_ids": row["document_id"] if not place else ""} for place, point in enumerate(points)
    ]
    return listed("home", rows, {"what": "text"})


def trail_rows(words: Words, trail: pd.DataFrame, issue_id: str) -> list[Listed]:
    """List what was asked before, what followed and what was asked again, the newest first."""
    steps = trail[trail["of_issue_id"] == issue_id].sort_values(
        "date", ascending=False, na_position="last", kind="stable"
    )
    rows = [
        {
            "when": (say.som_name(words, row.meeting_id) if not is_empty(row.meeting_id) else words.date(row.date))
            or words("briefs.no_date"),
            "step_words": words(f"briefs.step_{row.step}"),
            "what": row.what,
            "document_ids": row.document_id,
        }
        for row in rows_of(steps)
    ]
    return listed("trail", rows, {"when": "text", "step_words": "text", "what": "text"})
