"""Meetings and decisions: the time line of meetings, what each decided, and behind tabs what the work is linked to."""

from dataclasses import dataclass

import pandas as pd

from neaspec.blocks import Block, Notice, Page, Tab, Tabs
from neaspec.data.queries import Ask
from neaspec.sections.common import compose
from neaspec.sections.cooperation.frameworks import framework_blocks
from neaspec.sections.cooperation.meetings import meeting_list, som_label, timeline
from neaspec.sections.cooperation.record import partner_blocks, record_blocks
from neaspec.sections.cooperation.tumen import feedback_blocks
from neaspec.sections.projects.results import agreements
from neaspec.text import Words


@dataclass(frozen=True)
class CooperationChoices:
    """What the reader chose: one kind of meeting (None = all)."""

    meeting_kind: str | None = None


def page(ask: Ask, words: Words, choices: CooperationChoices) -> Page:
    """Make the page of meetings and decisions."""
    meetings = ask("meetings_held", kind=choices.meeting_kind)
    blocks: list[Block] = (
        [Notice(text=words("cooperation.no_meetings"), kind="empty")] if meetings.empty else timeline(words, meetings)
    )
    blocks.append(Tabs(tabs=tabs(ask, words, meetings)))
    return compose(ask, "cooperation", words("cooperation.title"), lead(words, meetings), blocks)


def lead(words: Words, meetings: pd.DataFrame) -> str:
    """Say how many SOMs there were since when, and when and where the last one met."""
    held = meetings[(meetings["state"] == "held") & meetings["start_date"].notna()]
    if held.empty:
        return words("cooperation.lead_none")
    soms = held[held["kind"] == "som"].sort_values("number")
    first = str(held["start_date"].min())[:4]
    if soms.empty:
        last = held.sort_values("start_date").iloc[-1]
        return words("cooperation.lead_others", count=len(held), since=first, date=words.date(last["start_date"]))
    last = soms.iloc[-1]
    met = words(
        "cooperation.lead_last" if pd.isna(last["place"]) else "cooperation.lead_last_place",
        som=som_label(words, last["number"]),
        place=last["place"],
        date=words.period(last["start_date"], last["end_date"]),
    )
    count = words("cooperation.lead_soms", count=int(last["number"]), since=str(soms["start_date"].min())[:4])
    return words.sentences(count, met)


def tabs(ask: Ask, words: Words, meetings: pd.DataFrame) -> tuple[Tab, ...]:
    """Make the tabs; one without anything in it is left out."""
    stated = ask("agreements_stated", project_id=None)
    others = stated[stated["project_id"].isna()]  # those of a project stand on the page of projects
    parts: list[tuple[str, list[Block]]] = [
        ("decisions", meeting_list(ask, words, meetings)),
        ("agreements", agreements(words, others)),
        ("frameworks", framework_blocks(ask, words)),
        ("tumen", feedback_blocks(ask, words)),
        ("organisations", partner_blocks(ask, words)),
        ("record", record_blocks(ask, words)),
    ]
    return tuple(
        Tab(key=key, title=words(f"cooperation.tab_{key}"), blocks=tuple(blocks)) for key, blocks in parts if blocks
    )
