"""What is shown of one site beside a map: what it is, its protection, its newest figures, where to go from here."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from neaspec.blocks import Item, PageLink, Panel
from neaspec.data.contradictions import differences_of, find_contradictions
from neaspec.data.queries import Ask
from neaspec.palette import PROTECTION, SIGNS
from neaspec.sections.common import keys_in
from neaspec.sections.figures import Row, chips_of
from neaspec.sections.sites.newest import Newest, latest, newest_of_sites
from neaspec.sections.sites.wording import capital, level_words
from neaspec.text import Words, is_empty

ATTENTION = ["none", "not_known", "subnational", "national", "international"]  # what needs attention stands first
MOST_FIGURES = 3


@dataclass(frozen=True)
class SiteRecords:
    """What is asked once for all sites: newest figures, protection since, projects, issues, differences by site."""

    newest: Mapping[str, list[Newest]]
    since: Mapping[str, str]
    projects: Mapping[str, list[str]]
    issues: Mapping[str, int]
    differences: Mapping[str, int]


def site_records(ask: Ask, words: Words) -> SiteRecords:
    """Ask for what the panels of all sites tell."""
    since = ask("sites_since")
    work = ask("projects_sites")
    evidence = ask("evidence_of", from_table="issues", from_id=None)
    named = evidence[evidence["subject_table"] == "sites"]
    differing = [
        key
        for difference in differences_of(find_contradictions(ask))
        for table, key in difference.subjects
        if table == "sites"
    ]
    return SiteRecords(
        newest=newest_of_sites(ask, words),
        since=dict(zip(since["site_id"], since["since"], strict=True)),
        projects={str(key): list(rows["short_title"]) for key, rows in work.groupby("site_id")},
        issues={str(key): int(rows["from_id"].nunique()) for key, rows in named.groupby("subject_id")},
        differences={key: differing.count(key) for key in differing},
    )


def site_items(words: Words, sites: pd.DataFrame, records: SiteRecords) -> tuple[Item, ...]:
    """Make the list of sites, what needs attention first; each with its panel."""
    rows = sites.to_dict("records")
    return tuple(
        Item(
            id=str(row["site_id"]),
            title=str(row["name"]),
            line=words.listed(
                [states_short(words, row["country_codes"]), latest(records.newest.get(str(row["site_id"]), []))], "dot"
            ),
            sign=SIGNS[PROTECTION[row["level"]][2]],
            blocks=(site_panel(words, row, records),),
        )
        for row in sorted(rows, key=lambda row: (ATTENTION.index(row["level"]), row["name"]))
    )


def states_short(words: Words, codes: object) -> str:
    """Write States in their short forms."""
    return words.listed(words.term("state_short", code) for code in keys_in([codes]))


def site_panel(words: Words, row: Row, records: SiteRecords) -> Panel:
    """Make the panel of one site."""
    site_id = str(row["site_id"])
    newest = records.newest.get(site_id, [])
    protection = capital(level_words(words, row["level"], row["standing"]))
    since = records.since.get(site_id)
    if since:
        protection = words("sites.since", level=protection, date=words.date(since))
    facts = [
        (words("sites.protection"), protection),
        (words.column("designations"), "" if is_empty(row["designations"]) else str(row["designations"])),
        (words("sites.area"), area_words(words, row)),
        (words("sites.panel_species"), words.listed((figure.text for figure in newest[:MOST_FIGURES]), "semicolon")),
        (words("sites.panel_projects"), words.listed(records.projects.get(site_id, []))),
        (words("sites.panel_issues"), counted(words, "sites.panel_issue_count", records.issues.get(site_id, 0))),
        (words("sites.panel_differences"), counted(words, "sites.panel_count", records.differences.get(site_id, 0))),
    ]
    return Panel(
        title=str(row["name"]),
        kind=words.listed([words.term("site_kind", row["site_kind"]), row["country_names"]], "dot"),
        facts=tuple(fact for fact in facts if fact[1]),
        chips=chips_of(key for figure in newest[:1] for key in figure.caveat_ids),
        document_ids=keys_in([row["protection_document_ids"], row["document_ids"]]),
        caveat_ids=keys_in([row["caveat_ids"]]),
        links=(PageLink(text=words("sites.open_site"), page="sites", choices={"site": site_id}),),
    )


def area_words(words: Words, row: Row) -> str:
    """Write the area of a whole site; says so where it is a sum of ours; nothing where none is on record."""
    if is_empty(row["area_ha"]):
        return ""
    area = words.unit(words.number(row["area_ha"]), words.term("unit", "ha"))
    return words("sites.area_sum", area=area) if row["is_area_derived"] else area


def counted(words: Words, key: str, count: int) -> str:
    """Write how many there are; nothing for none."""
    return words(key, count=count) if count else ""
