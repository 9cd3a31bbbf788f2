"""What is measured, and the limits."""

from dataclasses import dataclass

WORDS, WORDS_HOME = 180, 220
LINKS, STOPS = 25, 12
HEIGHT, HEIGHT_PHONE = 1800, 3400
ENTRIES = 6
PICTURE, PICTURE_HOME = 0.40, 0.30
PICTURE_PAGES = frozenset({"map", "species", "movements", "sites", "projects", "cooperation"})
SECONDS_TO_SHOWN, SECONDS_FIRST_LOAD = 0.5, 2.0
SIGN_PIXELS = (8, 16)
TOOLTIP_WORDS = 25
STORY_SLIDES, PAGE_SLIDES = (8, 12), 8
PAPER_PAGES, SOM_PAGES = 2, 6


@dataclass(frozen=True)
class Measure:
    """One figure: of which measure (A1), where it was taken, what it is, and whether it keeps its limit."""

    code: str
    where: str
    figure: str
    limit: str
    is_met: bool


def at_most(code: str, where: str, what: str, value: float, limit: float) -> Measure:
    """Measure something that may be as large as its limit."""
    return Measure(code, where, f"{what} {value:g}", f"{limit:g}", value <= limit)


def at_least(code: str, where: str, what: str, value: float, limit: float) -> Measure:
    """Measure something that must be as large as its limit."""
    return Measure(code, where, f"{what} {value:g}", f"{limit:g} or more", value >= limit)


def none_of(code: str, where: str, what: str, found: list[str]) -> Measure:
    """Measure something of which there must be none; the first three are named."""
    named = f": {'; '.join(found[:3])}" if found else ""
    return Measure(code, where, f"{what} {len(found)}{named}", "0", not found)
