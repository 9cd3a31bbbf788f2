"""My delegation: what is put to one State, its species and sites, and behind tabs all that is on record of it."""

from dataclasses import dataclass

import pandas as pd

from neaspec.blocks import Block, Notice, Page, PageLink, Side, Tab, Tabs
from neaspec.data.queries import Ask
from neaspec.sections.common import compose
from neaspec.sections.delegation import tabs
from neaspec.sections.delegation.figures import own_cards, own_states, present_species, protected_shares
from neaspec.sections.delegation.news import own_news
from neaspec.sections.home.site_map import linked_sites
from neaspec.sections.issues.listing import issue_table
from neaspec.sections.issues.standing import all_issues, nature, newest_meeting, som_names
from neaspec.text import Words


@dataclass(frozen=True)
class CountryChoices:
    """What the reader chose: one member State; none at first, because nobody's view opens on another State."""

    country_code: str = ""


def page(ask: Ask, words: Words, choices: CountryChoices) -> Page:
    """Make the page of one delegation."""
    code = choices.country_code
    members = ask("member_states")
    names = dict(zip(members["country_code"], members["name"], strict=True))
    if code not in names:
        question: list[Block] = [Notice(text=words("delegation.choose"))]
        return compose(ask, "country", words("delegation.title"), words("delegation.lead_choose"), question)
    sites = ask("sites_protected", country_code=code, species_id=None, level=None)
    projects = ask("projects_found", species_id=None, country_code=code)
    states = own_states(ask, code)
    issues = put_to(ask, code)
    first = Side(
        cells=(
            tuple(issue_blocks(ask, words, issues, code)),
            (*own_cards(ask, words, states), *no_species(words, states), *own_news(ask, words, code)),
            (*linked_sites(ask, words, sites, words("home.map"), "small"), *protected_shares(ask, words, code)),
        ),
        weights=(1.1, 1.3, 1.2),
    )
    numbers = {
        "species": present_species(states)["species_id"].nunique(),
        "sites": len(sites),
        "projects": len(projects),
    }
    return compose(
        ask,
        "country",
        names[code],
        lead(ask, words, names[code], numbers, issues),
        [first, all_tabs(ask, words, code, sites, projects, states, names)],
    )


def put_to(ask: Ask, code: str) -> pd.DataFrame:
    """Return the issues on nature conservation of the newest meeting that are addressed to the State."""
    meeting_id = newest_meeting(all_issues(ask))
    own = nature(all_issues(ask, code))
    return own[own["meeting_id"] == meeting_id]


def lead(ask: Ask, words: Words, state: str, numbers: dict[str, int], issues: pd.DataFrame) -> str:
    """Say in one sentence how much is on record of the State and how many issues are addressed to it."""
    if issues.empty:
        return words("delegation.lead_no_issues", state=state, **numbers)
    meeting_id = str(issues["meeting_id"].iloc[0])
    som = som_names(ask, words).get(meeting_id, str(issues["meeting_name"].iloc[0]))
    return words("delegation.lead", state=state, issues=len(issues), meeting=som, **numbers)


def issue_blocks(ask: Ask, words: Words, issues: pd.DataFrame, code: str) -> list[Block]:
    """List the issues addressed to the State, with what can be drawn on to respond and the paper of the delegation."""
    paper = PageLink(text=words("delegation.paper"), page="briefs", choices={"kind": "country", "country": code})
    if issues.empty:
        return [Notice(text=words("delegation.no_issues"), kind="empty"), paper]
    first = issues.iloc[0]
    som = som_names(ask, words).get(first["meeting_id"], first["meeting_name"])
    elements = PageLink(text=words("issues.elements"), page="issues", choices={"meeting": first["meeting_id"]})
    return [issue_table(words, words("issues.list", meeting=som), issues), elements, paper]


def no_species(words: Words, states: pd.DataFrame) -> list[Block]:
    """Say it where no document names a flagship species of the State."""
    return [] if len(present_species(states)) else [Notice(text=words("country.no_species"), kind="empty")]


def all_tabs(
    ask: Ask,
    words: Words,
    code: str,
    sites: pd.DataFrame,
    projects: pd.DataFrame,
    states: pd.DataFrame,
    names: dict[str, str],
) -> Tabs:
    """Give what is on record of the State, one subject at a time; a subject with nothing in it is left out."""
    bodies = {
        "sites": tabs.site_blocks(words, sites),
        "figures": tabs.figure_blocks(words, ask("country_counts", country_code=code)),
        "movements": tabs.movement_blocks(ask, words, code),
        "projects": tabs.project_blocks(words, projects, names),
        "meetings": tabs.meeting_blocks(ask, words, code),
        "gaps": tabs.gap_blocks(ask, words, code, states),
    }
    return Tabs(
        tabs=tuple(
            Tab(key=key, title=words(f"delegation.tab_{key}"), blocks=tuple(blocks))
            for key, blocks in bodies.items()
            if blocks
        )
    )
