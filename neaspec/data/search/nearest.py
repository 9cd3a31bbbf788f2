"""The nearest matches of a code or name that nothing has: what a reader may have meant."""

from collections.abc import Mapping
from difflib import SequenceMatcher

from neaspec.data.search.terms import without_marks

MOST_LETTERS = 80  # of what was asked for; comparing takes time with the square of it
LEAST_ALIKE = 0.6


def nearest(code: str, names: Mapping[str, str], most: int = 3) -> list[str]:
    """Return the keys nearest to an unknown one, the nearest first.

    Args:
        code: what an address asked for, of any content.
        names: key -> name of what there is; both are compared, without case, accents and signs between words.
        most: how many at most; none is returned that is not alike.
    """
    asked = plain(code[:MOST_LETTERS])
    if not asked:
        return []
    scored = [(max(alike(asked, plain(key)), alike(asked, plain(name))), key) for key, name in names.items()]
    close = sorted((-score, key) for score, key in scored if score >= LEAST_ALIKE)
    return [key for _, key in close[:most]]


def plain(text: str) -> str:
    """Return a text in small letters, without accents, its words separated by one space."""
    return " ".join("".join(sign if sign.isalnum() else " " for sign in without_marks(text)).split())


def alike(asked: str, name: str) -> float:
    """Return how alike two plain texts are, 0 to 1; one that holds the other as words is alike by its share."""
    if len(asked) > 2 and f" {asked} " in f" {name} ":
        return 0.8 + 0.2 * len(asked) / len(name)
    return SequenceMatcher(None, asked, name, autojunk=False).ratio()
