"""Changes that matter between two dates: at most ten, of the world before those of documents, in five groups.

The rule: one change a species (its whole range first, its areas folded below), one a designation, agreement or project,
one a meeting for its new requests, one a request for what followed. The first of each group, then the second of each,
until there are ten. What only became known, and what stands in undated documents, is no change of the world.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest
from typing import Any, Literal

import pandas as pd

from neaspec.blocks import Block, Change, Heading
from neaspec.data.queries import Ask
from neaspec.sections.change_words import count_name, dated, figure
from neaspec.sections.common import keys_in, rows_of
from neaspec.text import Words, is_empty

MOST = 10
GROUPS = ("species", "sites", "agreements", "issues", "projects")
# In which group a statement stands, by what it is about.
GROUP_OF = {
    "status": "species",
    "designation": "sites",
    "agreement": "agreements",
    "period": "projects",
    "budget": "projects",
    "output": "projects",
}


@dataclass(frozen=True)
class RankedChanges:
    """The changes that matter by group, how many there are in all, and how many records are new or undated beside."""

    groups: dict[str, tuple[Change, ...]]
    total: int
    new_records: int
    undated_records: int

    @property
    def shown(self) -> int:
        """Return how many changes are given."""
        return sum(len(changes) for changes in self.groups.values())


def ranked_changes(later: Ask, words: Words, known_from: date, most: int = MOST) -> RankedChanges:
    """Give the changes that matter between a day and the day `later` is asked for.

    Args:
        later: asks as known at the later date.
        words: wording.
        known_from: the earlier date.
        most: how many at most, parts of a change not counted.
    """
    added = later("changes_added", known_from=known_from)
    is_dated = added["is_dated"].astype(bool)
    stated = stated_changes(later, words, known_from)
    everything = {
        "species": [*count_changes(later, words, known_from), *stated["species"]],
        "sites": stated["sites"],
        "agreements": stated["agreements"],
        "issues": [*answered_issues(later, words, known_from), *new_issues(later, words, known_from)],
        "projects": stated["projects"],
    }
    kept = chosen(everything, most)
    return RankedChanges(
        groups={group: kept[group] for group in GROUPS if kept[group]},
        total=sum(len(changes) for changes in everything.values()),
        new_records=int(is_dated.sum()),
        undated_records=int((~is_dated).sum()),
    )


def change_blocks(words: Words, ranked: RankedChanges) -> list[Block]:
    """Give the changes under the names of their groups."""
    blocks: list[Block] = []
    for group, changes in ranked.groups.items():
        blocks += [Heading(text=words(f"changes.group_{group}"), level=3), *changes]
    return blocks


def chosen(everything: dict[str, list[Change]], most: int) -> dict[str, tuple[Change, ...]]:
    """Take the first of each group, then the second of each, until there are enough."""
    turns = zip_longest(*([(group, change) for change in everything[group]] for group in GROUPS))
    taken = [pair for turn in turns for pair in turn if pair][:most]
    return {group: tuple(change for name, change in taken if name == group) for group in GROUPS}


def count_changes(later: Ask, words: Words, known_from: date) -> list[Change]:
    """Give one change a species: its whole range, or the number of its areas, with the areas as parts."""
    rows = later("changes_counts", known_from=known_from)
    changes: list[tuple[bool, Change]] = []
    for _, own in rows.groupby("species_id", sort=False):
        own = own.sort_values(["is_range", "headline_order"], ascending=[False, True], kind="stable")
        parts = tuple(count_change(words, row) for _, row in own.iterrows())
        name = str(own["species_name"].iloc[0])
        if len(parts) == 1 or own["is_range"].iloc[0]:
            head = replace(parts[0], what=words("changes.of_species", species=name, what=parts[0].what))
            changes.append((not own["is_range"].iloc[0], replace(head, parts=parts[1:])))
        else:
            changes.append((True, folded(words, name, words("changes.areas_changed", count=len(parts)), parts)))
    return [change for _, change in sorted(changes, key=lambda pair: pair[0])]


def count_change(words: Words, row: pd.Series) -> Change:
    """Make the change of one figure."""
    return Change(
        what=count_name(words, row),
        before=figure(words, row, "old"),
        after=figure(words, row, "new"),
        date="" if is_empty(row["new_year"]) else str(int(row["new_year"])),
        document_ids=keys_in([row["document_id"], row["old_document_id"]]),
        caveat_ids=keys_in([row["caveat_ids"]]),
    )


def folded(
    words: Words, what: str, after: str, parts: tuple[Change, ...], kind: Literal["new", "updated", "ended"] = "updated"
) -> Change:
    """Make one change of several that belong together."""
    return Change(
        what=what,
        after=after,
        kind=kind,
        document_ids=keys_in(key for part in parts for key in part.document_ids),
        caveat_ids=keys_in(key for part in parts for key in part.caveat_ids),
        parts=parts,
    )


def stated_changes(later: Ask, words: Words, known_from: date) -> dict[str, list[Change]]:
    """Give what documents state anew or otherwise of species, sites, agreements and projects, by group."""
    names = ("changes_new", "changes_claims", "changes_stated", "changes_planned")
    answers = [later(name, known_from=known_from) for name in names]
    rows = pd.concat(answers, ignore_index=True)
    rows = rows[~rows["is_known_only"].astype(bool)]
    changes: dict[str, list[Change]] = {group: [] for group in GROUPS}
    for group in GROUPS:
        own = rows[rows["subject"].map(GROUP_OF) == group]
        if group == "sites":
            changes[group] = by_designation(words, own)
        else:
            changes[group] = together(words, own, "about", lambda row: statement_name(words, row))
    return changes


def statement_name(words: Words, row: Any) -> str:
    """Name what a statement is about its thing; an agreement has its own name alone."""
    if row.subject == "agreement":
        return ""
    return words("changes.statement_name", subject=words(f"changes.subject_{row.subject}"), what=row.what)


def by_designation(words: Words, rows: pd.DataFrame) -> list[Change]:
    """Give one change for a designation of several sites, else one a site with its designations."""
    sites_of = rows.groupby("what")["about"].transform("nunique") if len(rows) else rows["what"]
    shared = rows[sites_of > 1] if len(rows) else rows
    single = rows.drop(shared.index)
    return [
        *together(words, shared, "what", lambda row: row.about, "changes.sites_changed"),
        *together(words, single, "about", lambda row: row.what),
    ]


def together(
    words: Words,
    rows: pd.DataFrame,
    by: str,
    part_name: Callable[[Any], Any],
    counted: str = "changes.statements_changed",
) -> list[Change]:
    """Give one change for all rows that share a cell; a single row is a change of its own."""
    changes = []
    for name, own in rows.groupby(by, sort=False):
        parts = tuple(stated_change(words, row, str(part_name(row))) for row in rows_of(own))
        if len(parts) == 1:
            what = words("changes.of_thing", thing=name, what=parts[0].what) if parts[0].what else str(name)
            changes.append(replace(parts[0], what=what))
        else:
            kinds = {part.kind for part in parts}
            kind = parts[0].kind if len(kinds) == 1 else "updated"
            changes.append(folded(words, str(name), words(counted, count=len(parts)), parts, kind))
    return changes


def stated_change(words: Words, row: Any, what: str) -> Change:
    """Make the change of one statement."""
    before = "" if is_empty(row.old_said) else dated(words, row.old_said)
    return Change(
        what=what,
        before=before,
        after=dated(words, row.new_said),
        kind="ended" if row.is_ended else "updated" if before else "new",
        document_ids=keys_in([row.document_id, row.old_document_id]),
        caveat_ids=keys_in([row.caveat_ids]),
    )


def requests(ask: Ask) -> pd.DataFrame:
    """Return all requests that were put, without items of an agenda."""
    rows = ask("issues_asked", meeting_id=None, country_code=None, ask_kind=None)
    return rows[~rows["is_agenda_item"].astype(bool)]


def answered_issues(later: Ask, words: Words, known_from: date) -> list[Change]:
    """Give the requests known before of which another status is known now."""
    before = requests(later.on(known_from)).set_index("issue_id")["state"]
    rows = requests(later)
    rows = rows[rows["issue_id"].isin(before.index)]
    return [
        Change(
            what=words("changes.of_thing", thing=row.meeting_name, what=row.subject),
            before=status(words, before[row.issue_id]),
            after=status(words, row.state),
            date="" if is_empty(row.state_date) else words.date(row.state_date),
            document_ids=keys_in([row.document_ids]),
            caveat_ids=keys_in([row.caveat_ids]),
        )
        for row in rows_of(rows)
        if row.state != before[row.issue_id]
    ]


def new_issues(later: Ask, words: Words, known_from: date) -> list[Change]:
    """Give one change a meeting that was held since and put requests, its requests as parts."""
    before = set(requests(later.on(known_from))["issue_id"])
    rows = requests(later)
    rows = rows[~rows["issue_id"].isin(before) & (rows["meeting_date"] > known_from.isoformat())]
    changes = []
    for name, own in rows.groupby("meeting_name", sort=False):
        parts = tuple(new_issue(words, row) for row in rows_of(own))
        changes.append(folded(words, str(name), words("changes.requests_put", count=len(parts)), parts, "new"))
    return changes


def new_issue(words: Words, row: Any) -> Change:
    """Make the change of one new request: what it is about, and what is on record."""
    return Change(
        what=row.subject,
        after=status(words, row.state),
        date=words.date(row.meeting_date),
        kind="new",
        document_ids=keys_in([row.document_ids]),
        caveat_ids=keys_in([row.caveat_ids]),
    )


def status(words: Words, state: object) -> str:
    """Write the status of a request; silence is no response on record."""
    return words("changes.no_response") if is_empty(state) or state == "open" else words.term("status", state)


def documents_of(changes: Iterable[Change]) -> tuple[str, ...]:
    """Return the documents of changes and of their parts."""
    return keys_in(key for change in changes for key in (*change.document_ids, *documents_of(change.parts)))
