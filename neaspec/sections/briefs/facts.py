"""What papers state of species, States, sites, issues and money: rows of lists, each with what it rests on."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from neaspec.blocks import Columns
from neaspec.data.queries import Ask
from neaspec.sections.briefs.draft import Listed, listed
from neaspec.sections.briefs.pictures import joined_series, series_name
from neaspec.sections.common import joined_keys, keys_in, rows_of
from neaspec.sections.figures import chips_of, figure_words, period_words
from neaspec.sections.headlines import beside, leading, place_words
from neaspec.sections.sites.wording import level_words
from neaspec.sections.species.page import category_words
from neaspec.text import Words, is_empty

FACTS: Columns = {"fact": "text", "on_record": "text"}
ISSUES: Columns = {"subject": "text", "kind_words": "text", "meeting": "text", "status_words": "text"}
UNPROTECTED = ("none", "not_known")
Row = Mapping[str, object]


def with_chips(words: Words, figure: str, caveat_ids: object, qualifier: object = None) -> str:
    """Write a figure with the caveats that change its reading; what its words say already is not said again."""
    chips = [chip for chip in chips_of(keys_in([caveat_ids]), qualifier) if chip not in ("about", "minimum")]
    return words.listed([figure, *(words.term("chip", chip) for chip in chips)], "dot")


def fact(what: str, said: str, document_ids: object, caveat_ids: object = None, words: Words | None = None) -> Row:
    """Make the row of one fact."""
    shown = with_chips(words, said, caveat_ids) if words else said
    return {"fact": what, "on_record": shown, "document_ids": "" if is_empty(document_ids) else str(document_ids)}


def figure_said(words: Words, row: Any) -> str:
    """Write a figure with its unit and years: about 80 individuals (2024)."""
    figure = figure_words(words, row)
    return words("briefs.figure", figure=figure, unit=words.term("unit", row["unit"]), period=period_words(words, row))


def species_facts(ask: Ask, words: Words, species_id: str) -> list[Row]:
    """State what stands for a species: its figures by area, its Red List category, animals on both sides, its sites."""
    stands = ask("species_headlines")
    stands = stands[stands["species_id"] == species_id]
    rows = [
        fact(place_of(words, row), figure_said(words, row), row["document_ids"], row["caveat_ids"], words)
        for _, row in pd.concat([leading(stands), beside(stands)]).iterrows()
    ]
    statuses = ask("species_statuses", species_id=species_id)
    for row in rows_of(statuses[(statuses["scheme"] == "iucn") & statuses["standing"].isin(["held", "claim"])]):
        year = "" if is_empty(row.assessed_year) else f" ({int(row.assessed_year)})"
        said = category_words(words, "iucn", row.category) + year
        key = "briefs.red_list" if row.standing == "held" else "briefs.red_list_claim"
        rows.append(fact(words(key), said, row.document_id))
    for row in rows_of(ask("movements_shared_counts", species_id=species_id)):
        if row.in_both > 0:
            said = shared_said(words, row)
            what = words("briefs.both_sides", method=words.term("method", row.method))
            rows.append(fact(what, said, row.document_id))
    used = ask("species_sites", species_id=species_id)
    if len(used):
        without = int(used["protection"].isna().sum() + (used["protection"] == "none").sum())
        said = words("briefs.sites_used", count=used["site_id"].nunique(), without=without)
        rows.append(fact(words("briefs.sites"), said, joined_keys(used["document_ids"])))
    return rows


def place_of(words: Words, row: pd.Series) -> str:
    """Name what a figure that stands for a species is of."""
    return str(row["series_name"]) if row["standing"] == "range" else place_words(words, row)


def shared_said(words: Words, row: Any) -> str:
    """Write how many animals two States each identified and how many of them are the same."""
    return words(
        "briefs.shared",
        first=row.first_country,
        first_count=words.number(row.first_count),
        second=row.second_country,
        second_count=words.number(row.second_count),
        both=words.number(row.in_both),
        period=words.period(int(row.year_from), int(row.year_to)),
    )


def trend_sentence(words: Words, counts: pd.DataFrame) -> str:
    """Write what the like-for-like series that stands for a species says; nothing where there is none."""
    series = joined_series(counts)
    if not series:
        return ""
    first, last = series[0].iloc[0], series[0].iloc[-1]
    return words(
        "briefs.trend",
        area=last["chart_area"],
        first=figure_words(words, first),
        first_year=int(first["year_to"]),
        last=figure_words(words, last),
        last_year=int(last["year_to"]),
        counted=series_name(words, last).partition(" · ")[2].replace(" · ", ", ") or words.term("unit", last["unit"]),
    )


def species_lead(ask: Ask, words: Words, species_id: str) -> str:
    """Write the answer of a species: one sentence an area, with what like-for-like figures say of change."""
    stands = ask("species_headlines")
    lead_rows = leading(stands[stands["species_id"] == species_id]).sort_values("country_name", kind="stable")
    counts = ask("species_counts", species_id=species_id)
    series = joined_series(counts)[:1]
    joined = {str(rows["series_id"].iloc[0]) for rows in series}
    sentences = [
        trend_sentence(words, counts)
        if row["series_id"] in joined
        else words("briefs.of_area", area=place_of(words, row), figure=figure_said(words, row)) + "."
        for _, row in lead_rows.iterrows()
    ]
    if series and not joined & set(lead_rows["series_id"]):
        sentences.append(trend_sentence(words, counts))
    return " ".join(sentences) or words("briefs.no_figure")


def state_species(ask: Ask, words: Words, code: str) -> list[Row]:
    """State the newest figure of each flagship species in one State; one without a figure by how it lives there."""
    states = ask("species_states", species_id=None)
    rows = []
    for species, same in states[states["country_code"] == code].groupby("species_name", sort=False):
        counted = same[same["finding"].isin(["counted", "zero"]) & same["unit"].notna()]
        if len(counted):
            row = counted.sort_values("year_to", ascending=False, kind="stable").iloc[0]
            what = words("briefs.species_in", species=species, area=row["area_name"])
            rows.append(fact(what, figure_said(words, row), row["document_ids"], row["caveat_ids"], words))
        elif not same["presences"].isna().all():
            kinds = dict.fromkeys(" ".join(same["presences"].dropna()).split())
            said = words.listed(words.term("presence", kind) for kind in kinds if kind != "not_known")
            if said:
                rows.append(fact(str(species), said, joined_keys(same["document_ids"])))
    return rows


def issue_rows(words: Words, asked: pd.DataFrame) -> list[Listed]:
    """List issues with kind, meeting and what followed."""
    rows = [
        {
            "subject": row.subject,
            "kind_words": words.term("ask_kind", row.ask_kind),
            "meeting": som_name(words, row.meeting_id),
            "status_words": status_words(words, row.state),
            "document_ids": row.document_ids,
        }
        for row in rows_of(asked)
    ]
    return listed("issues", rows, ISSUES)


def som_name(words: Words, meeting_id: object) -> str:
    """Name a meeting from its key: som_27 is SOM-27."""
    return words("briefs.som", number=str(meeting_id).removeprefix("som_"))


def status_words(words: Words, state: object) -> str:
    """Write the status of an issue; an absence is one on record, never one of a State."""
    if is_empty(state) or state in ("open", "not_found"):
        return words("briefs.no_response")
    return words.term("status", state)


def put_issues(ask: Ask, country_code: str | None = None) -> pd.DataFrame:
    """Return the issues on nature conservation, the newest meeting first; items of agendas are none."""
    asked = ask("issues_asked", meeting_id=None, country_code=country_code, ask_kind=None)
    return asked[~asked["is_agenda_item"].astype(bool)]


def newest_issues(ask: Ask) -> pd.DataFrame:
    """Return the issues on nature conservation of the newest meeting that has any."""
    asked = put_issues(ask)
    asked = asked[asked["is_nature_conservation"].astype(bool)]
    return asked[asked["meeting_id"] == asked["meeting_id"].iloc[0]] if len(asked) else asked


def issues_about(ask: Ask, subjects: set[tuple[str, str]]) -> pd.DataFrame:
    """Return the issues that concern any of the things given as (table, key)."""
    evidence = ask("evidence_of", from_table="issues", from_id=None)
    is_of = [(row.subject_table, row.subject_id) in subjects for row in rows_of(evidence)]
    asked = put_issues(ask)
    return asked[asked["issue_id"].isin(set(evidence[is_of]["from_id"]))]


def site_rows(words: Words, sites: pd.DataFrame) -> list[Listed]:
    """List sites with State, protection and species; those without protection on record first."""
    weight = {"none": 0, "not_known": 1, "subnational": 2, "national": 3, "international": 4}
    ordered = sites.assign(weight=sites["level"].map(weight)).sort_values(["weight", "name"], kind="stable")
    rows = [
        {
            "name": row.name,
            "country_names": row.country_names,
            "level_words": level_words(words, row.level, row.standing),
            "species_names": "" if is_empty(row.species_names) else row.species_names,
            "document_ids": row.document_ids if is_empty(row.protection_document_ids) else row.protection_document_ids,
        }
        for row in rows_of(ordered)
    ]
    columns: Columns = {"name": "text", "country_names": "text", "level_words": "text", "species_names": "text"}
    return listed("sites", rows, columns)


def project_rows(words: Words, projects: pd.DataFrame) -> list[Listed]:
    """List projects with their period and status, the newest first."""
    rows = [
        {
            "short_title": row.title,
            "period_words": words.period(row.start_date, row.end_date),
            "status_words": words.term("state", row.state),
            "document_ids": row.document_ids,
        }
        for row in rows_of(projects.sort_values("start_date", ascending=False, na_position="last", kind="stable"))
    ]
    return listed("projects", rows, {"short_title": "text", "period_words": "text", "status_words": "text"})


def threat_rows(threats: pd.DataFrame) -> list[Listed]:
    """List what documents name as pressures."""
    rows = [{"what": row.what, "document_ids": row.document_id} for row in rows_of(threats.drop_duplicates("what"))]
    return listed("threats", rows, {"what": "text"})


def gap_rows(gaps: pd.DataFrame) -> list[Listed]:
    """List what is not on record; one sentence on paper, the last thing before the sources."""
    rows = [{"what": row.what, "document_ids": row.document_id} for row in rows_of(gaps.drop_duplicates("what"))]
    return listed("gaps", rows, {"what": "text"})


def gaps_of(ask: Ask, **about: str) -> pd.DataFrame:
    """Return the gaps stated of a species, State, site or project."""
    none: dict[str, str | None] = dict.fromkeys(("species_id", "country_code", "site_id", "project_id", "meeting_id"))
    gaps = ask("gaps_stated", **(none | about))
    (field, key), *_ = about.items()
    return gaps[gaps[field] == key]


def money_facts(ask: Ask, words: Words) -> list[Listed]:
    """List stated totals of projects with who funds them; amounts are never added."""
    budgets = ask("projects_budgets", project_id=None)
    whole = budgets[(budgets["part"] == "whole") & (budgets["kind"] != "derived")]
    rows = [
        {
            "short_title": row.short_title,
            "amount_words": words("briefs.amount", currency=row.currency, amount=words.number(row.amount)),
            "funder_name": "" if is_empty(row.funder_name) else row.funder_name,
            "document_ids": row.document_ids,
        }
        for row in rows_of(whole)
    ]
    return listed("money", rows, {"short_title": "text", "amount_words": "text", "funder_name": "text"})
