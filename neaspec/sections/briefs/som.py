"""The paper for a Senior Officials Meeting: issues, species, changes, sites, money."""

import pandas as pd

from neaspec.blocks import Block, Heading, Text
from neaspec.data.queries import Ask
from neaspec.sections.briefs import facts as say
from neaspec.sections.briefs import pictures
from neaspec.sections.briefs.draft import Draft, Listed, listed
from neaspec.sections.briefs.issue import option_rows, trail_rows
from neaspec.sections.briefs.subjects import annex
from neaspec.sections.common import make_table, rows_of
from neaspec.sections.figures import figure_words
from neaspec.sections.headlines import leading
from neaspec.text import Words, is_empty

FIGURE = ("value", "low", "high", "qualifier")


def som_draft(ask: Ask, words: Words) -> Draft:
    """Make the paper of the SOM looked back to, or of the one after the last that was held."""
    asked = say.newest_issues(ask)
    sites = pictures.all_sites(ask)
    lists = (
        *listed("facts", species_rows(ask, words), say.FACTS),
        *say.issue_rows(words, asked),
        *listed("changes", change_rows(ask, words), {"what": "text", "before": "text", "after": "text"}),
        *say.money_facts(ask, words),
        *say.site_rows(words, sites[sites["level"].isin([*say.UNPROTECTED, "subnational"])]),
    )
    drawn = pictures.sites_map(words, words("briefs.map_region"), sites)
    return Draft(
        title=som_title(ask, words),
        lead=som_lead(words, asked),
        pictures=tuple(drawn),
        lists=lists,
        annex=lambda: som_annex(ask, words, lists, asked, sites),
    )


def som_number(ask: Ask) -> int | None:
    """Return the number of the SOM looked back to, or of the one after the last that was held; None before any."""
    held = held_soms(ask)
    return None if held.empty else int(held["number"].iloc[-1]) + (ask.as_known_on is None)


def held_soms(ask: Ask) -> pd.DataFrame:
    """Return the SOMs that were held by the date, the newest last."""
    soms = ask("meetings_held", kind="som").sort_values("number")
    held = soms[soms["state"] == "held"]
    if ask.as_known_on is None:
        return held
    return held[[str(row.end_date) <= ask.as_known_on.isoformat() for row in rows_of(held)]]


def som_title(ask: Ask, words: Words) -> str:
    """Name the meeting the paper is for."""
    number = som_number(ask)
    return words("briefs.title_som_none") if number is None else words("briefs.title_som", number=number)


def som_lead(words: Words, asked: pd.DataFrame) -> str:
    """Say how many issues the newest papers put, and what is on record of them."""
    if asked.empty:
        return words("briefs.lead_none")
    states = asked["state"].fillna("open")
    return words(
        "briefs.lead_som",
        meeting=som_of(words, asked),
        issues=len(asked),
        done=int(states.isin(["done", "done_unconfirmed", "superseded"]).sum()),
        partly=int((states == "partly").sum()),
        open=int(states.isin(["open", "not_found"]).sum()),
    )


def som_of(words: Words, asked: pd.DataFrame) -> str:
    """Name the meeting of some issues."""
    return say.som_name(words, asked["meeting_id"].iloc[0])


def species_rows(ask: Ask, words: Words) -> list[say.Row]:
    """State the leading figures of each species; those of States stand beside each other and are never added."""
    rows = []
    for name, stands in ask("species_headlines").groupby("species_name", sort=False):
        lead_rows = leading(stands).sort_values("area_name")
        if lead_rows.empty:
            continue
        figures = [
            words("briefs.of_area", area=say.place_of(words, row), figure=say.figure_said(words, row))
            for _, row in lead_rows.iterrows()
        ]
        cited = " ".join(str(keys).split()[0] for keys in lead_rows["document_ids"] if not is_empty(keys))
        rows.append(say.fact(str(name), words.listed(figures, "semicolon"), cited))
    return rows


def before_som(ask: Ask) -> str | None:
    """Return the last day of the SOM that changes are counted from; None where there is none before."""
    days = [str(day) for day in held_soms(ask)["end_date"].dropna()]
    if ask.as_known_on is not None:
        days = [day for day in days if day < ask.as_known_on.isoformat()]
    return days[-1] if days else None


def change_rows(ask: Ask, words: Words) -> list[say.Row]:
    """List what changed in the world since the SOM before: figures of animals, then statuses and designations."""
    start = before_som(ask)
    if start is None:
        return []
    counts = ask("changes_counts", known_from=start)
    rows: list[say.Row] = []
    for _, row in counts.iterrows():
        old, new = (
            words("briefs.in_year", figure=figure_words(words, part_of(row, side)), year=int(row[f"{side}_year"]))
            for side in ("old", "new")
        )
        what = words("briefs.of_area", area=row["species_name"], figure=row["area_name"])
        rows.append({"what": what, "before": old, "after": new, "document_ids": row["document_id"]})
    for query in ("changes_stated", "changes_new"):
        news = ask(query, known_from=start)
        for row in rows_of(news[~news["is_known_only"].astype(bool)]):
            what = words("briefs.of_area", area=row.about, figure=row.what)
            before = getattr(row, "old_said", None)
            rows.append(
                {
                    "what": what,
                    "before": "" if is_empty(before) else before,
                    "after": row.new_said,
                    "document_ids": row.document_id,
                }
            )
    return rows


def part_of(row: pd.Series, side: str) -> pd.Series:
    """Return the old or the new figure of a change."""
    return pd.Series({name: row[f"{side}_{name}"] for name in FIGURE})


def som_annex(
    ask: Ask, words: Words, lists: tuple[Listed, ...], asked: pd.DataFrame, sites: pd.DataFrame
) -> list[Block]:
    """Return each issue with its options and its trail, all sites, and the lists whole."""
    blocks: list[Block] = []
    options, trail = ask("issues_options", issue_id=None), ask("issues_trail", issue_id=None)
    for row in rows_of(asked):
        blocks += [Heading(text=row.subject, level=3), Text(text=row.asked, document_ids=(row.document_id,))]
        for part in (*option_rows(words, options, row.issue_id), *trail_rows(words, trail, row.issue_id)):
            title = words(f"briefs.part_{part.key}")
            blocks.append(make_table(words, title, part.rows, part.columns, f"{part.key}_{row.issue_id}"))
    every = say.site_rows(words, sites)
    blocks += [
        make_table(words, words("briefs.part_all_sites"), part.rows, part.columns, "every_site") for part in every
    ]
    return [*blocks, *annex(ask, words, lists, {("issues", key) for key in asked["issue_id"]})]
