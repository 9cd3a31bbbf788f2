"""Words of drafts: sizes in three significant digits, places."""

from math import floor, log10

from neaspec.boundary.drafts import Draft
from neaspec.boundary.measure import INSIDE, MAP_PRECISION_M, SEA, UNSETTLED, Measures, SitePlace, StateArea
from neaspec.region import MEMBERS
from neaspec.sections.common import in_sentence
from neaspec.shapes.measures import HECTARE
from neaspec.text import Words

DIGITS = 3


def significant(value: float, digits: int = DIGITS) -> float:
    """Return a number cut to so many significant digits.

    >>> significant(18_345.6), significant(0.012345), significant(0)
    (18300.0, 0.0123, 0.0)
    """
    if value == 0:
        return 0.0
    return round(value, digits - 1 - floor(log10(abs(value))))


def sized(words: Words, value: float, unit: str) -> str:
    """Write a size with three significant digits."""
    cut = significant(value)
    decimals = 0 if cut == 0 else max(0, DIGITS - 1 - floor(log10(abs(cut))))
    return str(words.unit(words.number(cut, decimals), unit))


def hectares(words: Words, square_metres: float) -> str:
    """Write an area in hectares."""
    return sized(words, square_metres / HECTARE, "ha")


def kilometres(words: Words, metres: float) -> str:
    """Write a length in kilometres."""
    return sized(words, metres / 1000, "km")


def state_area(words: Words, area: StateArea | None) -> str:
    """Write what a draft holds of a State; a real zero is one, and one the map cannot tell says so."""
    if area is None:
        return str(words("boundary.no_part"))
    if area.is_within_precision:
        return str(words("boundary.within_precision", precision=f"{MAP_PRECISION_M:g}"))
    return hectares(words, area.area_m2)


def area_name(words: Words, code: str, names: dict[str, str]) -> str:
    """Name a State, the sea, or land without a State on the map."""
    if code == SEA:
        return str(words("boundary.sea"))
    return str(words("boundary.unsettled")) if code == UNSETTLED else names.get(code, code)


def short_name(words: Words, code: str, names: dict[str, str]) -> str:
    """Name a State in a table: its short form where it is a member State."""
    if code in MEMBERS:
        return str(words.term("state_short", code))
    return area_name(words, code, names)


def band_words(words: Words, place: SitePlace | None) -> str:
    """Write where a site lies to a draft, never nearer than its point says."""
    if place is None:
        return str(words("boundary.no_point"))
    if place.band == INSIDE:
        position = words("boundary.band_inside")
    elif place.band is None:
        position = words("boundary.band_far")
    else:
        position = words("boundary.band_within", km=place.band)
    if place.is_sure:
        return str(position)
    return str(words("boundary.band_unsure", place=position, km=words.number(significant(place.precision_km, 1))))


def draft_title(words: Words, draft: Draft) -> str:
    """Write the letter of a draft, with the name that was typed."""
    letter = words("boundary.draft", letter=draft.letter)
    return str(words.labelled(letter, draft.name) if draft.name else letter)


def parts_sentence(words: Words, draft: Draft, measures: Measures, names: dict[str, str]) -> str:
    """Say how large a draft is, and how much of it lies in which State."""
    parts = [
        words(
            "boundary.in_state",
            area=state_area(words, area),
            state=area_name(words, area.code, names)
            if area.code == SEA
            else in_sentence(words, area.code, area_name(words, area.code, names)),
        )
        for area in measures.states
        if not area.is_within_precision
    ]
    return str(
        words("boundary.answer", letter=draft.letter, area=hectares(words, measures.area_m2), parts=words.listed(parts))
    )
