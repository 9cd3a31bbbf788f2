"""What a reader typed, as an expression that SQL answers: every group must be met, by any of its ways.

An expression is one line: groups separated by a space, the ways of meeting a group by "|", the terms of one way by "+".
`@sites/rason|rason crane` asks for statements that name the reserve under any of its names, or hold the word, and that
speak of cranes.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from neaspec.data.queries import Ask
from neaspec.data.search.terms import Token, joined_forms, plain_number, terms_of, tokens_of

# Words that stand in most texts; they are left out of what is asked unless nothing else is asked.
COMMON_WORDS = frozenset(
    ["a", "an", "and", "as", "at", "by", "for", "from", "in", "is", "of", "on", "or", "the", "to", "with"]
)
MOST_WORDS = 40  # more than anybody types; what follows is not looked at
# 337 081, 337.081 and 3.525,7: numbers as they are written in other languages.
OTHER_NUMBER = re.compile(r"(?<![\d.,])(\d{1,3}(?:[ .]\d{3})+(?:,\d+)?|\d+,\d{1,2})(?![\d.,]*\d)")


@dataclass(frozen=True)
class Phrases:
    """Known names: for the terms of each name the things (table/key) that bear it; its lengths, longest first."""

    things: dict[tuple[str, ...], tuple[str, ...]]
    lengths: dict[str, tuple[int, ...]]

    def at(self, terms: Sequence[str], start: int) -> Iterator[tuple[str, ...]]:
        """Yield the names that begin at a place in a row of terms, the longest first."""
        for length in self.lengths.get(terms[start], ()):
            name = tuple(terms[start : start + length])
            if name in self.things:
                yield name


def make_phrases(rows: Iterable[tuple[str, str]]) -> Phrases:
    """Make the known names from rows of (terms separated by a space, thing)."""
    things: dict[tuple[str, ...], list[str]] = {}
    for phrase, thing in rows:
        things.setdefault(tuple(phrase.split()), []).append(thing)
    lengths: dict[str, set[int]] = {}
    for name in things:
        lengths.setdefault(name[0], set()).add(len(name))
    return Phrases(
        {name: tuple(sorted(set(bearers))) for name, bearers in things.items()},
        {first: tuple(sorted(counts, reverse=True)) for first, counts in lengths.items()},
    )


def known_phrases(ask: Ask) -> Phrases:
    """Return the names the database knows."""
    return make_phrases(ask("search_phrases")[["phrase", "thing"]].itertuples(index=False, name=None))


def things_in(text: str, phrases: Phrases) -> set[str]:
    """Return every thing that a text names under one of its names."""
    terms = [term for token in tokens_of(text) for term in token.terms]
    return {thing for start in range(len(terms)) for name in phrases.at(terms, start) for thing in phrases.things[name]}


def expression(text: str, phrases: Phrases) -> str:
    """Return what a reader typed as an expression; "" if it holds no word."""
    groups = []
    for at, part in enumerate(OTHER_NUMBER.split(text)):
        groups += number_groups(part) if at % 2 else word_groups(tokens_of(part)[:MOST_WORDS], phrases)
    asked = [group for group in groups if group not in COMMON_WORDS]
    return " ".join(list(dict.fromkeys(asked or groups))[:MOST_WORDS])


def number_groups(text: str) -> list[str]:
    """Return a number that another language separates otherwise, with what it means read as English: one group."""
    as_english = "+".join(term for token in tokens_of(text) for term in token.terms)
    as_other = plain_number(re.sub(r"[ .]", "", text).replace(",", "."))
    return ["|".join(dict.fromkeys([as_other, as_english]))]


def word_groups(tokens: Sequence[Token], phrases: Phrases) -> list[str]:
    """Return one group for each known name and each other word of a text."""
    groups = []
    at = 0
    while at < len(tokens):
        length, things = name_at(tokens, at, phrases)
        part = tokens[at : at + length] if things else with_hyphenated(tokens, at)
        at += len(part)
        ways = [f"@{thing}" for thing in things]
        # "SDG 13" as two words would also find an SDG 15 of 13 May: a name with a number counts as a whole only.
        if not things or not any(token.is_number for token in part):
            terms = [term for token in part for term in token.terms]
            ways.append("+".join([term for term in terms if term not in COMMON_WORDS] or terms))
        if len(part) > 1:
            ways += joined_forms("-".join(term for token in part for term in token.terms))
        groups.append("|".join(dict.fromkeys(ways)))
    return groups


def name_at(tokens: Sequence[Token], at: int, phrases: Phrases) -> tuple[int, tuple[str, ...]]:
    """Return the longest known name at a place: how many tokens it takes, and what bears it; (0, ()) if none."""
    terms: list[str] = []
    ends: dict[int, int] = {}  # how many terms -> how many tokens
    for count, token in enumerate(tokens[at:], start=1):
        terms += token.terms
        ends[len(terms)] = count
    for name in phrases.at(terms, 0):
        if len(name) in ends:
            return ends[len(name)], phrases.things[name]
    return 0, ()


def with_hyphenated(tokens: Sequence[Token], at: int) -> Sequence[Token]:
    """Return the token at a place with those that a hyphen joins to it."""
    end = at + 1
    while end < len(tokens) and tokens[end].is_joined:
        end += 1
    return tokens[at:end]


def is_met(wanted: str, text: str, phrases: Phrases) -> bool:
    """Tell whether a text meets an expression; "" is met by every text."""
    if not wanted.strip():
        return True
    there = terms_of(text) | {f"@{thing}" for thing in things_in(text, phrases)}
    return all(any(set(way.split("+")) <= there for way in group.split("|")) for group in wanted.split())


class Searched:
    """What is searched for, asked of texts that no table of statements holds."""

    def __init__(self, search: str, phrases: Phrases) -> None:
        """Take what the reader typed and the names the search knows; nothing typed is met by every text."""
        self._phrases = phrases
        self._wanted = expression(search, phrases)
        self._nothing = bool(search.strip()) and not self._wanted

    def __call__(self, text: str) -> bool:
        """Tell whether a text meets it."""
        return not self._nothing and is_met(self._wanted, text, self._phrases)
