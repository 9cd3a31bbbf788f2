"""Briefs: what a delegation carries into the room, made of the blocks that the pages are made of."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import pandas as pd

from neaspec.blocks import Block, Details, Entry, Heading, Notice, Page, PageLink, Table, Text
from neaspec.data.queries import Ask
from neaspec.sections import country, movements, overview
from neaspec.sections.changes import ChangesChoices, count_changes, span_of, stated_between, stated_changes
from neaspec.sections.common import compose, rows_of
from neaspec.sections.contradictions import contradiction_entries
from neaspec.sections.issues import parts as issues
from neaspec.sections.projects.funding import money
from neaspec.sections.projects.picture import timeline
from neaspec.sections.sites import page as sites
from neaspec.sections.sites.map import region_map, tumen_map
from neaspec.sections.species import page as species
from neaspec.text import Words

KINDS = ("som", "country", "species", "issue")
MOST_CONTRADICTIONS = 12  # those that weigh most; the page of sources lists all


@dataclass(frozen=True)
class BriefsChoices:
    """What the reader chose: the kind of brief, and what it is about."""

    kind: str = "som"
    country_code: str = "MNG"
    species_id: str = "amur_tiger"
    issue_id: str | None = None


def page(ask: Ask, words: Words, choices: BriefsChoices) -> Page:
    """Make a brief."""
    if choices.kind == "country":
        of_country = country.page(ask, words, country.CountryChoices(country_code=choices.country_code))
        return replace(of_country, name="briefs")
    if choices.kind == "species":
        return species_brief(ask, words, choices.species_id)
    if choices.kind == "issue":
        return issue_brief(ask, words, choices.issue_id)
    return som_brief(ask, words)


def asks_of(ask: Ask) -> pd.DataFrame:
    """Return all asks that are more than an item of an agenda, the newest meeting first."""
    asked = ask("issues_asked", meeting_id=None, country_code=None, ask_kind=None)
    return asked[~asked["is_agenda_item"].astype(bool)]


def ask_names(ask: Ask) -> dict[str, str]:
    """Return key -> subject and meeting of every ask, those of nature conservation first."""
    asked = asks_of(ask).sort_values("is_nature_conservation", ascending=False, kind="stable")
    return {row.issue_id: f"{row.subject} ({row.meeting_name})" for row in rows_of(asked)}


def newest_asks(ask: Ask) -> pd.DataFrame:
    """Return the asks on nature conservation of the newest meeting that has any."""
    asked = asks_of(ask)
    asked = asked[asked["is_nature_conservation"].astype(bool)]
    return asked[asked["meeting_id"] == asked["meeting_id"].iloc[0]] if len(asked) else asked


def lowered(blocks: Iterable[Block]) -> list[Block]:
    """Set the headings of a part one level lower; links to pages stay behind."""
    kept = [block for block in blocks if not isinstance(block, PageLink)]
    return [replace(block, level=3) if isinstance(block, Heading) else block for block in kept]


def part(words: Words, key: str, blocks: Iterable[Block]) -> list[Block]:
    """Make a part of a brief: its heading and its blocks."""
    return [Heading(text=words(f"briefs.{key}")), *lowered(blocks)]


def som_brief(ask: Ask, words: Words) -> Page:
    """Make the brief for a SOM: asks, changes, species, sites, projects and money, contradictions."""
    cards = overview.species_cards(ask, words)
    keys = set(ask("projects_found", species_id=None, country_code=None)["project_id"])
    blocks: list[Block] = [
        *part(words, "asks", asks(ask, words)),
        *part(words, "changes", changes(ask, words)),
        *part(words, "species", [*cards, Text(text=words("overview.species_note"), style="note")]),
        *part(words, "sites", site_blocks(ask, words)),
        *part(words, "projects", [*timeline(ask, words, projects_of(ask, keys)), *money(ask, words, keys)]),
        *part(words, "contradictions", contradictions(ask, words)),
    ]
    return compose(ask, "briefs", som_title(ask, words), overview.lead(ask, words), blocks)


def projects_of(ask: Ask, keys: set[str]) -> pd.DataFrame:
    """Return some projects."""
    projects = ask("projects_found", species_id=None, country_code=None)
    return projects[projects["project_id"].isin(keys)]


def som_title(ask: Ask, words: Words) -> str:
    """Name the meeting the brief is for: the one looked back to, or the one after the last that was held."""
    _, held = overview.soms_held(ask)
    if held.empty:
        return words("briefs.title_som_none")
    number = int(held["number"].iloc[-1]) + (ask.as_known_on is None)
    return words("briefs.title_som", number=number)


def asks(ask: Ask, words: Words) -> list[Block]:
    """List the asks, then each with what it is about and what followed; its own brief has the evidence row by row."""
    latest = newest_asks(ask)
    return [*overview.asks(ask, words, latest), *(short_entry(ask, words, row) for _, row in latest.iterrows())]


def short_entry(ask: Ask, words: Words, row: pd.Series) -> Entry:
    """Make the entry of an ask for a brief that has many: things by name, the trail; no evidence, no contradictions."""
    entry = issues.ask_entry(ask, words, row)
    about = issues.of_issue(ask("evidence_of", from_table="issues", from_id=None), "from_id", row["issue_id"])
    things = about[about["subject_table"].isin(issues.PAGES_OF)]["name"].astype(str)
    named = ((words("briefs.about"), ", ".join(dict.fromkeys(things))),) if len(things) else ()
    kept = tuple(block for block in entry.details if not isinstance(block, Details | Table))
    return replace(entry, facts=(*entry.facts, *named), details=kept, links=())


def changes(ask: Ask, words: Words) -> list[Block]:
    """Tell which figures and statements changed since the SOM before."""
    span = span_of(ask, words, ChangesChoices())
    if span is None:
        return [Notice(text=words("changes.nothing_before"), kind="empty")]
    counts = span.ask("changes_counts", known_from=span.known_from)
    stated = stated_between(span)
    ended, known_only = stated["is_ended"].astype(bool), stated["is_known_only"].astype(bool)
    return [
        Text(text=words("briefs.since", start=span.from_name, end=span.to_name), style="note"),
        *count_changes(words, counts),
        *stated_changes(words, stated[~ended & ~known_only], "changes.stated"),
        *stated_changes(words, stated[~ended & known_only], "changes.became_known"),
        *stated_changes(words, stated[ended], "changes.withdrawn"),
    ]


def site_blocks(ask: Ask, words: Words) -> list[Block]:
    """Draw the sites by protection, and list those that species use without it."""
    site_rows = ask("sites_protected", country_code=None, species_id=None, level=None)
    if site_rows.empty:
        return [Notice(text=words("sites.none"), kind="empty")]
    low = ask("sites_unprotected", country_code=None, species_id=None)
    return [
        *region_map(ask, words, site_rows),
        *tumen_map(ask, words, site_rows),
        *sites.unprotected(words, site_rows, low),
    ]


def contradictions(ask: Ask, words: Words) -> list[Block]:
    """Show the contradictions that weigh most."""
    entries = contradiction_entries(ask, words, most=MOST_CONTRADICTIONS)
    return entries or [Notice(text=words("contradictions.none"), kind="empty")]


def species_brief(ask: Ask, words: Words, species_id: str) -> Page:
    """Make the brief of a species: its page, and its movements between countries."""
    of_species = species.page(ask, words, species.SpeciesChoices(species_id=species_id))
    blocks = [*of_species.blocks, *part(words, "movements", movement_blocks(ask, words, species_id))]
    return compose(ask, "briefs", of_species.title, of_species.lead, blocks)


def movement_blocks(ask: Ask, words: Words, species_id: str) -> list[Block]:
    """Show the movements of a species; what is unknown or disagrees about it the page of the species tells already."""
    choices = movements.MovementsChoices(species_id=species_id)
    moves = movements.described_movements(
        words, ask("movements_found", species_id=species_id, country_code=None, method=None)
    )
    if moves.empty:
        return [Notice(text=words("movements.none"), kind="empty")]
    return [
        *movements.movement_map(words, moves),
        *movements.joint_results(ask, words, choices),
        *movements.journeys(words, moves),
    ]


def issue_brief(ask: Ask, words: Words, issue_id: str | None) -> Page:
    """Make the brief of one ask: what is asked, the figures it is about, options, what followed, what disagrees."""
    asked = asks_of(ask)
    chosen = asked[asked["issue_id"] == issue_id] if issue_id else newest_asks(ask).head(1)
    if chosen.empty:
        title = words("briefs.title_issue_unknown" if issue_id else "briefs.title_issue_none")
        nothing: list[Block] = [Notice(text=words("issues.none"), kind="empty")]
        return compose(ask, "briefs", title, words("issues.lead_none"), nothing)
    row = chosen.iloc[0]
    entry = issues.ask_entry(ask, words, row)
    title = words("briefs.title_issue", subject=row["subject"], meeting=row["meeting_name"])
    blocks: list[Block] = [
        replace(entry, details=(), links=()),
        *part(words, "evidence", figures(ask, words, row["issue_id"])),
        *part(words, "trail", opened(entry)),
    ]
    return compose(ask, "briefs", title, str(row["asked"]), blocks)


def opened(entry: Entry) -> list[Block]:
    """Show what an entry keeps behind it, the contradictions too."""
    blocks: list[Block] = []
    for block in entry.details:
        if isinstance(block, Details):
            blocks += [Heading(text=block.title, level=3), *block.blocks]
        else:
            blocks.append(block)
    return blocks


def figures(ask: Ask, words: Words, issue_id: str) -> list[Block]:
    """Show the figures of the species, sites and projects an ask is about."""
    about = issues.of_issue(ask("evidence_of", from_table="issues", from_id=None), "from_id", issue_id)
    keys = {table: set(rows["subject_id"]) for table, rows in about.groupby("subject_table")}
    headlines = ask("species_headlines")
    blocks: list[Block] = [
        overview.species_card(ask, words, str(key), rows)
        for key, rows in headlines.groupby("species_id", sort=False)
        if key in keys.get("species", ())
    ]
    if "sites" in keys:
        every_site = ask("sites_protected", country_code=None, species_id=None, level=None)
        blocks += region_map(ask, words, every_site[every_site["site_id"].isin(keys["sites"])])
    if "projects" in keys:
        blocks += [*timeline(ask, words, projects_of(ask, keys["projects"])), *money(ask, words, keys["projects"])]
    listed = ", ".join(str(row.name) for row in rows_of(about)) if len(about) else ""
    if not blocks:
        text = words("briefs.no_figures", listed=listed) if listed else words("issues.no_evidence")
        return [Notice(text=text, kind="empty")]
    return blocks
