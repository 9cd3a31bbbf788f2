"""Runs of words that stand in a source document as well: sentences are written anew, official names may stand."""

import re
from collections.abc import Iterable, Iterator

RUN = 12  # words; shorter runs are terms, lists of States, names
# Columns that hold names and titles as documents print them, addresses and printed coordinates.
NAMES = {
    ("documents", "title"),
    ("documents", "published_title"),
    ("documents", "url"),
    ("meetings", "name"),
    ("names", "name"),
    ("projects", "title"),
    ("components", "title"),
    ("agreements", "agreement"),
    ("frameworks", "name"),
    ("organisations", "name"),
    ("countries", "name"),
    ("countries", "official_name"),
    ("outputs", "url"),
    ("site_extents", "printed"),
}


def words_in(text: str) -> list[str]:
    """Return the words and numbers of a text in small letters."""
    return re.findall(r"[a-z0-9]+", text.lower())


def runs_of(texts: Iterable[str]) -> set[str]:
    """Return every run of RUN words of some texts."""
    return {" ".join(found[at : at + RUN]) for found in map(words_in, texts) for at in range(len(found) - RUN + 1)}


def copied_runs(text: str, names: Iterable[str], runs: set[str]) -> Iterator[str]:
    """Give the runs of a text that stand among others, names of things left out.

    A name counts as one break: what stands before and after it is no run.
    """
    rest = " ".join(words_in(text))
    for name in names:
        rest = re.sub(rf"\b{name}\b", "|", rest)
    for part in rest.split("|"):
        yield from sorted(runs_of([part]) & runs)
