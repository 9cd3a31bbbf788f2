"""Places at the public level in words and, where that may be, as a point: a site, the middle of a cell, a State."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from neaspec.crossings.model.records import distinct_rows
from neaspec.data.queries import Ask
from neaspec.sections.common import rows_of
from neaspec.text import Words


@dataclass(frozen=True)
class Told:
    """How a place is told.

    name: in words. latitude, longitude: degrees, not a number where a point would mislead. is_area: the point stands
    for a cell, a landscape or a State, not for a site.
    """

    name: str
    latitude: float
    longitude: float
    is_area: bool


class Gazetteer:
    """Names and points of sites and States, and what the keys of places (crossings/places.py) mean."""

    def __init__(self, ask: Ask, words: Words) -> None:
        """Ask for sites and States."""
        self._words = words
        self._sites = {
            row.site_id: Told(row.name, _number(row.latitude), _number(row.longitude), False)
            for row in rows_of(ask("sites_open"))
        }
        self._countries = {
            row.country_code: Told(row.name, _number(row.label_latitude), _number(row.label_longitude), True)
            for row in rows_of(ask("countries_named"))
        }

    def country(self, code: str) -> str:
        """Return the name of a country; its code if it has none here, and words for no country."""
        if not code:
            return self._words("field_data.more_countries")
        return self._countries[code].name if code in self._countries else code

    def place(self, place_id: str, country_code: str = "") -> Told:
        """Return how a place is told; one without a point of its own stands where the name of its State stands."""
        form, _, rest = place_id.partition(":")
        if form == "site" and rest in self._sites:
            return self._sites[rest]
        if form == "cell":
            size, latitude, longitude = rest.split(":")
            name = self._words("crossings.place_cell", size=size, latitude=latitude, longitude=longitude)
            return Told(name, float(latitude), float(longitude), True)
        code = rest.partition("-")[0] or country_code
        state = self._countries.get(code, Told(self.country(code), float("nan"), float("nan"), True))
        if form == "landscape":
            near = self.country(rest.partition("-")[2])
            name = self._words("crossings.place_landscape", country=state.name, near=near)
            return Told(name, state.latitude, state.longitude, True)
        return state


def _number(value: object) -> float:
    return float("nan") if value is None or pd.isna(value) else float(value)  # type: ignore[call-overload,arg-type]


def worded(frame: pd.DataFrame, columns: Sequence[str], tell: Callable[[Any], Any]) -> list[Any]:
    """Return what `tell` says of each row by some of its columns; rows that say the same there are asked once."""
    numbers, rows = distinct_rows(frame[list(columns)])
    sentences = [tell(row) for row in rows_of(rows)]
    return [sentences[number] for number in numbers]
