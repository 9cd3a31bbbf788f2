"""The vocabulary of a story: slides with a finding, one picture or few figures, few words, and what they rest on."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from neaspec.blocks import Chart, Map
from neaspec.errors import BlockError

MOST_TITLE_WORDS, MOST_TEXT_WORDS, MOST_FIGURES = 12, 25, 3


@dataclass(frozen=True, eq=False, kw_only=True)
class Figure:
    """One figure of a slide: what it is of, the figure, and what was counted and when."""

    label: str
    value: str
    below: str = ""


@dataclass(frozen=True, eq=False, kw_only=True)
class Slide:
    """One slide: a finding as its title, one picture or at most three figures, few words, its documents.

    key: its name in an address. lines: of a page that is presented and has neither picture nor figure there. note: a
    line of whoever shows it.
    """

    key: str
    title: str
    picture: Chart | Map | None = None
    figures: tuple[Figure, ...] = ()
    lines: tuple[str, ...] = ()
    text: str = ""
    document_ids: tuple[str, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse more than a room can read."""
        if len(self.figures) > MOST_FIGURES:
            raise BlockError(f"slide {self.key!r}: {len(self.figures)} figures; {MOST_FIGURES} can be read")


@dataclass(frozen=True, eq=False, kw_only=True)
class Story:
    """Slides in order, and the documents they rest on (as Page.sources), told on a last slide."""

    key: str
    title: str
    slides: tuple[Slide, ...]
    sources: pd.DataFrame
    marks: Mapping[str, int]


def fitting_words(parts: list[str], most: int, joint: str, more: str = "") -> str:
    """Join the first parts that fit a number of words; `more` says, with {count}, how many are left out."""
    kept: list[str] = []
    for place, part in enumerate(parts):
        rest = len(parts) - place - 1
        tail = more.format(count=rest) if rest and more else ""
        if len(joint.join([*kept, part, tail]).split()) > most:
            break
        kept.append(part)
    left = len(parts) - len(kept)
    return joint.join([*kept, *([more.format(count=left)] if left and more and kept else [])])
