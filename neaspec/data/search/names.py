"""Everything that can be found by a name or a word, held in memory for one build and day; one query takes milliseconds.

A thing is found by any of its names (names_known: own, former, short, in other languages). How well decides its place:
a whole name, all words of it, beginnings of its words, letters in it. A site, species or project found by whole words
brings what belongs to it. Records are found as on the page of sources: by queries.expression.
"""

from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
import numpy.typing as npt

from neaspec.data.cache import SharedCache
from neaspec.data.queries import Ask
from neaspec.data.search.nearest import plain
from neaspec.data.search.query import Phrases, expression, make_phrases
from neaspec.data.search.terms import is_unspaced, terms_of

KINDS = ("sites", "species", "movements", "projects", "issues", "meetings", "organisations", "documents")
WHOLE, WORDS, BEGINNINGS, LETTERS, BELONGS = range(5)  # how a thing was found, the best first
SHORTEST, MOST_LETTERS = 2, 100  # of what is typed
FEWEST_INSIDE = 3  # letters that may stand anywhere in a name
MOST_KEPT = 12

Thing = Any  # a row of search_things
Statements = npt.NDArray[np.int64]  # places of statements in the list of all


@dataclass(frozen=True)
class Name:
    """One name of a thing, as it is compared."""

    kind: str
    key: str
    plain: str
    padded: str  # with a space before it, so that every word of it begins after one
    terms: frozenset[str]


@dataclass(frozen=True)
class Found:
    """What is found: for each kind its things, the best first; the records, the newest first."""

    things: dict[str, list[Thing]]
    records: list[Any]  # rows of sources_statements


class NameIndex:
    """All names, links and terms of one build as known on one day."""

    def __init__(self, ask: Ask) -> None:
        """Read what there is to find."""
        rows: list[Thing] = list(ask("search_things", kind=None).itertuples(index=False))
        self.things: dict[tuple[str, str], Thing] = {(row.kind, row.key): row for row in rows}
        states = ask("countries_named")
        self.states: dict[str, str] = dict(zip(states["country_code"], states["name"], strict=True))
        self._order = {key: place for place, key in enumerate(self.things)}
        named: list[tuple[str, str, str]] = [
            (row.kind, row.key, text) for row in rows for text in (row.name, row.detail) if isinstance(text, str)
        ]
        named += ask("search_names", kind=None).itertuples(index=False, name=None)
        distinct = dict.fromkeys((kind, key, plain(text)) for kind, key, text in named if (kind, key) in self.things)
        self._names = [
            Name(kind, key, text, f" {text}", frozenset(terms_of(text))) for kind, key, text in distinct if text
        ]
        self._links: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for thing, kind, key in ask("search_links", thing=None).itertuples(index=False, name=None):
            home, _, home_key = thing.partition("/")
            self._links.setdefault((home, home_key), []).append((kind, key))
        everything = ask("sources_statements", document_id=None, grade=None, search="", most=1_000_000)
        self._records: list[Any] = list(everything.itertuples(index=False))
        place = {(row.table_name, row.statement_id): at for at, row in enumerate(self._records)}
        terms = ask("search_terms", table_name=None)
        at = [place.get(key, -1) for key in zip(terms["table_name"], terms["statement_id"], strict=True)]
        known = terms.assign(at=at)
        groups = known[known["at"] >= 0].groupby("term", sort=False)["at"]
        self._statements: dict[str, Statements] = {str(term): np.unique(numbers) for term, numbers in groups}
        self._phrases: Phrases = make_phrases(
            ask("search_phrases")[["phrase", "thing"]].itertuples(index=False, name=None)
        )

    def find(self, text: str) -> Found:
        """Find everything that a text names or speaks of; nothing for less than two letters."""
        asked = plain(text[:MOST_LETTERS])
        if len(asked) < SHORTEST and not is_unspaced(asked):
            return Found({}, [])
        levels = self._named(asked)
        near = [thing for thing, level in levels.items() if level <= WORDS]
        for thing in near:
            for belonging in self._links.get(thing, []):
                levels.setdefault(belonging, BELONGS)
        places = self._records_of(text[:MOST_LETTERS], near)
        records = [self._records[place] for place in places]
        for record in records:
            levels.setdefault(("documents", record.document_id), BELONGS)
        there = [thing for thing in levels if thing in self.things]
        best = sorted(there, key=lambda thing: (levels[thing], self._order[thing]))
        things: dict[str, list[Thing]] = {kind: [] for kind in KINDS}
        for thing in best:
            things[thing[0]].append(self.things[thing])
        return Found({kind: keys for kind, keys in things.items() if keys}, records)

    def _named(self, asked: str) -> dict[tuple[str, str], int]:
        """Return the things that bear a name like what is asked, each with how well it fits."""
        terms, words = terms_of(asked), [f" {word}" for word in asked.split()]
        levels: dict[tuple[str, str], int] = {}
        for name in self._names:
            level = fit(asked, words, terms, name)
            thing = (name.kind, name.key)
            if level is not None and level < levels.get(thing, BELONGS):
                levels[thing] = level
        return levels

    def _records_of(self, text: str, near: list[tuple[str, str]]) -> Statements:
        """Return the places of the records that meet what is typed; else those that name what was found by it."""
        wanted = expression(text, self._phrases)
        groups = [self._meeting(group) for group in wanted.split()]
        statements: Statements = reduce(np.intersect1d, groups) if groups else np.empty(0, dtype=np.int64)
        if not len(statements) and near:
            return self._with(f"@{near[0][0]}/{near[0][1]}")
        return statements

    def _meeting(self, group: str) -> Statements:
        """Return the statements that meet one group of an expression, by any of its ways."""
        ways = [reduce(np.intersect1d, map(self._with, way.split("+"))) for way in group.split("|")]
        return reduce(np.union1d, ways)

    def _with(self, term: str) -> Statements:
        """Return the statements that hold a term."""
        return self._statements.get(term, np.empty(0, dtype=np.int64))


def fit(asked: str, words: list[str], terms: set[str], name: Name) -> int | None:
    """Tell how well a name fits what is asked; None = not at all. `words` have a space before them, as padded names."""
    if asked == name.plain:
        return WHOLE
    if terms and terms <= name.terms:
        return WORDS
    if words[0] in name.padded and all(word in name.padded for word in words):
        return BEGINNINGS
    return LETTERS if asked in name.plain and (len(asked) >= FEWEST_INSIDE or is_unspaced(asked)) else None


INDEXES: SharedCache[NameIndex] = SharedCache(MOST_KEPT)


def name_index(ask: Ask) -> NameIndex:
    """Return the index of a database as known on a day; made once for a build that says its version."""
    if not ask.version:
        return NameIndex(ask)
    return INDEXES.get_or_make((ask.version, ask.as_known_on), lambda: NameIndex(ask))
