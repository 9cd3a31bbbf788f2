"""What a place is called, where a point may stand for it, and what is said of how it was generalised."""

from typing import Any

import numpy as np
import pandas as pd

from neaspec.crossings.geo.borders import area_names
from neaspec.crossings.geo.earth import distance_m
from neaspec.crossings.model.records import distinct_rows
from neaspec.crossings.privacy.generalise import kind_of_place
from neaspec.crossings.privacy.rules import Rules
from neaspec.text import Words

POINT_COLUMNS = ("latitude", "longitude", "coordinate_precision_deg", "uncertainty_m")


def points(place_ids: pd.Series, rules: Rules) -> pd.DataFrame:
    """Return the point that may stand for each place.

    A cell has its middle, a site its public point, a country the point its name is written at. A landscape has none: a
    point in the middle of it would mislead.

    Returns:
        latitude, longitude (degrees), coordinate_precision_deg (size of the grid), uncertainty_m (metres from the
        middle of a cell to its far corner; not a number for what is no cell), aligned with `place_ids`.
    """
    codes, asked = pd.factorize(place_ids)
    sites = {
        f"site:{key}": (_number(north), _number(east), _number(precision), np.nan)
        for key, north, east, precision in rules.sites[
            ["site_id", "latitude", "longitude", "coordinate_precision_deg"]
        ].itertuples(index=False)
    }
    countries = {
        f"country:{code}": (_number(north), _number(east), np.nan, np.nan)
        for code, north, east in rules.countries[["country_code", "label_latitude", "label_longitude"]].itertuples(
            index=False
        )
    }
    known = sites | countries
    rows = [_of_cell(str(place)) if str(place).startswith("cell:") else known.get(str(place)) for place in asked]
    different_points = pd.DataFrame(
        [row or (np.nan,) * 4 for row in rows], columns=list(POINT_COLUMNS), dtype="float64"
    )
    return different_points.take(codes).set_axis(place_ids.index)


def names(place_ids: pd.Series, rules: Rules, words: Words) -> pd.Series:
    """Return what each place is called; nothing for a place that is not known."""
    known = _Names(rules, words)
    codes, asked = pd.factorize(place_ids)
    written = pd.array([known.of(str(place)) for place in asked], dtype="str")
    return pd.Series(written.take(codes), index=place_ids.index)


def generalisations(place_ids: pd.Series, is_merged: pd.Series, smallest: int, rules: Rules, words: Words) -> pd.Series:
    """Return what was generalised of each place, in a sentence (dwc:dataGeneralizations)."""
    known = _Names(rules, words)
    codes, asked = distinct_rows(pd.DataFrame({"place": place_ids, "is_merged": is_merged.astype(bool)}))
    sentences = []
    for place, was_merged in asked.itertuples(index=False):
        sentence = words(f"crossings.generalised_{kind_of_place(str(place))}", name=known.of(str(place)))
        sentences.append(
            f"{sentence} {words('crossings.generalised_merged', count=smallest)}" if was_merged else sentence
        )
    return pd.Series(pd.array(sentences, dtype="str").take(codes), index=place_ids.index)


class _Names:
    def __init__(self, rules: Rules, words: Words) -> None:
        self._words = words
        self._sites = dict(zip("site:" + rules.sites["site_id"], rules.sites["name"], strict=True))
        named = dict(zip(rules.countries["country_code"], rules.countries["name"], strict=True))
        self._countries = area_names() | named

    def of(self, place: str) -> str:
        form, _, rest = place.partition(":")
        if form == "cell":
            size, north, east = rest.split(":")
            return self._words("crossings.place_cell", size=size, latitude=north, longitude=east)
        if form == "landscape":
            country, _, near = rest.partition("-")
            return self._words("crossings.place_landscape", country=self._country(country), near=self._country(near))
        if form == "country":
            return self._country(rest)
        return str(self._sites.get(place, rest))

    def _country(self, code: str) -> str:
        return str(self._countries.get(code, code))


def _number(value: Any) -> float:
    return float("nan") if value is None or pd.isna(value) else float(value)


def _of_cell(place: str) -> tuple[float, float, float, float]:
    _, written, *middle = place.split(":")
    size, north, east = float(written), float(middle[0]), float(middle[1])
    near_equator = max(abs(north) - size / 2, 0.0) * np.sign(north)
    corners = [
        distance_m(np.array([east + size / 2]), np.array([edge]), east, north)[0]
        for edge in (near_equator, north - size / 2, north + size / 2)
    ]
    return north, east, size, float(np.ceil(max(corners)))
