"""The first page: issues put to the last meeting and how they stand, what changed, the map, the six species."""

from dataclasses import dataclass

import pandas as pd

from neaspec.blocks import Block, Notice, Page, PageLink, Side, Text
from neaspec.data.queries import Ask
from neaspec.sections.common import compose, keys_in, rows_of
from neaspec.sections.home.cards import species_cards
from neaspec.sections.home.news import news
from neaspec.sections.home.site_map import linked_sites
from neaspec.sections.issues.listing import issue_table
from neaspec.sections.issues.standing import all_issues, answer, nature, newest_meeting, som_names
from neaspec.text import Words


@dataclass(frozen=True)
class OverviewChoices:
    """Who reads: the State the reader is here for (None = all member States)."""

    delegation_code: str | None = None


def page(ask: Ask, words: Words, choices: OverviewChoices) -> Page:
    """Make the first page."""
    issues = newest_issues(ask, choices.delegation_code)
    sites = ask("sites_protected", country_code=None, species_id=None, level=None)
    left: list[Block] = [
        *issue_blocks(ask, words, issues),
        *news(ask, words),
    ]
    blocks: list[Block] = [
        Side(cells=(tuple(left), tuple(linked_sites(ask, words, sites, words("home.map")))), weights=(1.0, 2.0)),
        Side(cells=(tuple(species_cards(ask, words, choices.delegation_code)),), weights=(1.0,)),
        Text(text=words.sentences(next_meeting(ask, words), words("home.species_note")), style="note"),
    ]
    return compose(ask, "overview", title(ask, words), lead(ask, words, issues), blocks)


def newest_issues(ask: Ask, delegation_code: str | None) -> pd.DataFrame:
    """Return the issues of the newest meeting with any on nature conservation, those of the reader's State first."""
    issues = all_issues(ask)
    issues = nature(issues[issues["meeting_id"] == newest_meeting(issues)])
    if not delegation_code:
        return issues
    own = set(all_issues(ask, delegation_code)["issue_id"])
    return issues.assign(is_other=~issues["issue_id"].isin(own)).sort_values("is_other", kind="stable")


def soms_held(ask: Ask) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return all SOMs known, and those of them that were held by the date, the newest last."""
    soms = ask("meetings_held", kind="som").sort_values("number")
    held = soms[soms["state"] == "held"]
    if ask.as_known_on is not None:
        held = held[[str(row.end_date) <= ask.as_known_on.isoformat() for row in rows_of(held)]]
    return soms, held


def title(ask: Ask, words: Words) -> str:
    """Name the page by the meeting that is next."""
    _, held = soms_held(ask)
    return words("issues.som", number=int(held["number"].iloc[-1]) + 1) if len(held) else words("home.title")


def next_meeting(ask: Ask, words: Words) -> str:
    """Say when and where the next SOM is, or that this is not on record, and which was the latest."""
    soms, held = soms_held(ask)
    if held.empty:
        return words("home.no_meeting")
    last = held.iloc[-1]
    following = soms[(soms["number"] == last["number"] + 1) & soms["start_date"].notna()]
    number = int(last["number"]) + 1
    if following.empty:
        return words("home.next_open", number=number, last=int(last["number"]), date=words.date(last["end_date"]))
    return words("home.next_dated", number=number, date=words.date(following.iloc[0]["start_date"]))


def lead(ask: Ask, words: Words, issues: pd.DataFrame) -> str:
    """Say how the newest issues stand."""
    if issues.empty:
        return words("home.no_issues")
    meeting_id = str(issues["meeting_id"].iloc[0])
    return answer(words, issues, som_names(ask, words).get(meeting_id, str(issues["meeting_name"].iloc[0])))


def issue_blocks(ask: Ask, words: Words, issues: pd.DataFrame) -> list[Block]:
    """List the newest issues with how they stand, and lead to what can be drawn on to respond."""
    if issues.empty:
        return [Notice(text=words("home.no_issues"), kind="empty")]
    meeting_id = str(issues["meeting_id"].iloc[0])
    som = som_names(ask, words).get(meeting_id, str(issues["meeting_name"].iloc[0]))
    link = PageLink(text=words("home.respond"), page="issues", choices={"meeting": meeting_id})
    note = Text(
        text=skipped_words(ask, words, meeting_id),
        style="note",
        document_ids=keys_in(issues["document_ids"]),
        caveat_ids=keys_in(issues["caveat_ids"]),
    )
    return [issue_table(words, words("issues.list", meeting=som), issues), note, link]


def skipped_words(ask: Ask, words: Words, meeting_id: str) -> str:
    """Name the meetings held after the one whose issues are shown, of which no paper is on record."""
    _, held = soms_held(ask)
    numbers = dict(zip(held["meeting_id"], held["number"], strict=True))
    after = [
        words("issues.som", number=int(number)) for number in held["number"] if number > numbers.get(meeting_id, 0)
    ]
    return words("home.skipped", meetings=words.listed(after)) if after and meeting_id in numbers else ""
