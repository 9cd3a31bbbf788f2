"""A paper before it is set: an answer, pictures, and lists whose last rows may be dropped until its pages hold.

A page limit holds by choosing, never by smaller type. What is dropped, and in which order, is stated here: `stages`
gives one selection after the other.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from neaspec.blocks import Block, Chart, Columns, Heading, Map, Page, Text
from neaspec.data.queries import Ask
from neaspec.sections.briefs.choices import Length
from neaspec.sections.common import compose, keys_in, make_table
from neaspec.text import Words

# How many rows of each list a paper has at most, by the pages of its front.
MOST_ROWS: dict[Length, Mapping[str, int]] = {
    "1": {
        "facts": 6,
        "issues": 4,
        "own": 3,
        "links": 3,
        "trail": 2,
        "options": 2,
        "home": 2,
        "sites": 4,
        "changes": 3,
        "money": 2,
        "projects": 2,
        "threats": 2,
        "gaps": 2,
    },
    "2": {
        "facts": 6,
        "issues": 8,
        "own": 6,
        "links": 6,
        "trail": 6,
        "options": 6,
        "home": 4,
        "sites": 10,
        "changes": 8,
        "money": 4,
        "projects": 6,
        "threats": 4,
        "gaps": 4,
    },
    "6": {
        "facts": 12,
        "issues": 14,
        "own": 12,
        "links": 12,
        "trail": 12,
        "options": 12,
        "home": 6,
        "sites": 24,
        "changes": 30,
        "money": 10,
        "projects": 16,
        "threats": 8,
        "gaps": 8,
    },
}
MOST_PICTURES: dict[Length, int] = {"1": 1, "2": 2, "6": 4}
# What is dropped first stands first: down to the rows that each list keeps, then pictures, then the rest.
DROPPED = (
    "links",
    "threats",
    "gaps",
    "projects",
    "money",
    "changes",
    "sites",
    "home",
    "trail",
    "own",
    "options",
    "issues",
    "facts",
)
KEPT = {
    "facts": 6,
    "issues": 4,
    "options": 4,
    "home": 2,
    "trail": 2,
    "own": 2,
    "sites": 4,
    "changes": 3,
    "money": 2,
    "gaps": 1,
}
LAST = {"facts": 3}
MOST_DOCUMENTS = 2  # cited beside one row: the first ones; the annex and the dashboard have all


@dataclass(frozen=True, eq=False, kw_only=True)
class Listed:
    """One list of a paper, its weightiest rows first. key: which list (see MOST_ROWS)."""

    key: str
    rows: pd.DataFrame
    columns: Columns

    def block(self, words: Words, count: int) -> Block:
        """Return the first rows; gaps are one sentence, and never more than that."""
        rows = self.rows.head(count)
        if self.key == "gaps":
            listed = words.listed((str(what).rstrip(".") for what in rows["what"]), "semicolon")
            return Text(text=words("briefs.gaps", listed=listed), document_ids=keys_in(rows["document_ids"]))
        return make_table(words, words(f"briefs.part_{self.key}"), rows, self.columns, self.key)


@dataclass(frozen=True)
class Cut:
    """What of a draft is shown: so many pictures, and of each list so many rows."""

    pictures: int
    rows: tuple[tuple[str, int], ...]

    def less(self, key: str) -> "Cut":
        """Return the same with one row less of a list."""
        return replace(self, rows=tuple((name, count - (name == key)) for name, count in self.rows))


@dataclass(frozen=True, eq=False, kw_only=True)
class Draft:
    """All that a paper may say. annex: made only for a full paper. has_position: Word leaves room for a position."""

    title: str
    lead: str
    pictures: tuple[Chart | Map, ...] = ()
    lists: tuple[Listed, ...] = ()
    annex: Callable[[], Sequence[Block]] = tuple
    note: str = ""
    has_position: bool = False
    shown: tuple[Chart | Map, ...] = field(init=False)  # pictures as the front has them; made once, so drawn once

    def __post_init__(self) -> None:
        """Make the pictures of the front."""
        object.__setattr__(self, "shown", tuple(without_citations(picture) for picture in self.pictures))

    def blocks(self, words: Words, cut: Cut) -> list[Block]:
        """Return what a cut leaves, in reading order: picture, facts, further pictures, the other lists."""
        counts = dict(cut.rows)
        lists = [part.block(words, counts[part.key]) for part in self.lists if counts[part.key] > 0]
        pictures: list[Block] = [*self.shown[: cut.pictures]]
        note: list[Block] = [Text(text=self.note)] if self.note else []
        return [*note, *pictures[:1], *lists[:1], *pictures[1:], *lists[1:]]


def without_citations(picture: Chart | Map) -> Chart | Map:
    """Return a picture whose rows name no documents: on counted pages they are not shown, nor are their sources."""
    table = picture.table
    kept = tuple(column for column in table.columns if column.kind not in ("documents", "caveats"))
    return replace(picture, table=replace(table, columns=kept), caveat_ids=())


def stages(draft: Draft, length: Length) -> Iterator[list[Cut]]:
    """Give selections of a draft, the better ones first; in each stage each holds less than the one before it.

    First with all pictures and lists down to what they keep, then with one picture less and full lists again, and so
    on; last with lists down to nothing but three facts.
    """
    most = MOST_ROWS[length]
    rows = tuple((part.key, min(len(part.rows), most[part.key])) for part in draft.lists)
    pictures = min(len(draft.pictures), MOST_PICTURES[length])
    for shown in range(pictures, min(pictures, 1) - 1, -1):
        yield list(_shorter(Cut(shown, rows), KEPT))
    yield list(_shorter(Cut(min(pictures, 1), rows), LAST))
    yield list(_shorter(Cut(0, rows), LAST))


def _shorter(cut: Cut, least: Mapping[str, int]) -> Iterator[Cut]:
    """Give a selection, then the same with one row less at a time."""
    yield cut
    for key in DROPPED:
        while dict(cut.rows).get(key, 0) > least.get(key, 0):
            cut = cut.less(key)
            yield cut


def page_of(ask: Ask, words: Words, draft: Draft, cut: Cut, is_full: bool) -> tuple[Page, int]:
    """Return a paper as a page, and the number of its block that opens the annex (0 = it has none)."""
    front = draft.blocks(words, cut)
    annex: list[Block] = []
    if is_full:
        annex = [Heading(text=words("briefs.annex")), *draft.annex(), *(picture.table for picture in draft.pictures)]
    page = compose(ask, "briefs", draft.title, draft.lead, [*front, *annex])
    return page, len(front) if is_full else 0


def listed(key: str, rows: Sequence[Mapping[str, object]], columns: Columns) -> list[Listed]:
    """Make a list of rows; none where there are none. Each row cites its first documents."""
    if not rows:
        return []
    frame = pd.DataFrame(list(rows))
    frame["document_ids"] = [" ".join(keys_in([keys])[:MOST_DOCUMENTS]) for keys in frame["document_ids"]]
    return [Listed(key=key, rows=frame, columns={**columns, "document_ids": "documents"})]
