"""From exact positions to the place that may be told: the last step that sees a coordinate or a station.

A place is written as a key:

    site:hunchun            a protected area or wetland of data/sites.csv
    cell:0.1:42.35:130.65   a cell of a grid: its size in degrees, latitude and longitude of its middle
    cell:1:47.5:117.5
    landscape:CHN-RUS       China, near the border with the Russian Federation
    country:CHN
    (empty)                 nothing is known that may be told

All records of one position have one place, so that nothing can be averaged back. Nothing is moved at random.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from neaspec.crossings.geo.earth import DEGREE_OF_SPHERE_M, distance_m
from neaspec.crossings.model.parameters import Parameters
from neaspec.crossings.model.records import PLACED_COLUMNS
from neaspec.crossings.privacy.redact import redact_all, redact_distinctly
from neaspec.crossings.privacy.rules import Rules, kinds_of_records
from neaspec.crossings.privacy.taxa import meanings, plain

# Sites a bird may be told by, and how exact their public point must be: a coarser one may lie in another valley.
BIRD_SITES = ("wetland", "protected_area")
COARSEST_SITE_DEG = 0.1
LANDSCAPE_CELL_DEG = 0.1

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]
# (longitude, latitude, country_code, borders, parameters) -> alpha-3 of the nearest other country, empty = none near
Neighbours = Callable[[Floats, Floats, npt.NDArray[Any], Any, Parameters], npt.NDArray[Any]]


def generalise_places(
    records: pd.DataFrame,
    countries: pd.DataFrame,
    rules: Rules,
    borders: Any,
    parameters: Parameters,
    neighbours: Neighbours,
) -> pd.DataFrame:
    """Give each record the most exact place its rule allows, and leave its position, station and site behind.

    Args:
        records: RECORD_COLUMNS and individual_key.
        countries: country_code, basis, zone, is_contradicted, aligned with `records`.
        rules: the tables of sensitivity.
        borders: handed on to `neighbours`.
        parameters: site_m and landscape_m, metres.
        neighbours: tells the nearest other country (countries.neighbour_of).

    Returns:
        PLACED_COLUMNS, aligned with `records`.
    """
    taxa = meanings(records["taxon"], rules.names)
    home = _Categories.of(countries["country_code"])
    level = _levels(taxa["taxon_group"], kinds_of_records(records["behaviour"], records["evidence"]), rules)
    chosen = _ChosenPlaces(len(records))
    stated = _stated_sites(_Categories.of(records["site"]), home, rules)
    for_birds = set(_keys(rules.sites, BIRD_SITES))

    chosen.fill(chosen.open(level == "protected_area"), stated)
    rows = chosen.open(level == "protected_area")
    chosen.fill(rows, _landscapes(records, home, rows, borders, parameters, neighbours))
    chosen.fill(chosen.open(level == "site_or_degree_1"), stated.only(for_birds))
    rows = chosen.open(level == "site_or_degree_1")
    chosen.fill(rows, _near_sites(records, home, rows, rules, parameters))
    for wanted, size in (("degree_0_1", 0.1), ("degree_1", 1.0), ("site_or_degree_1", 1.0)):
        rows = chosen.open(level == wanted)
        chosen.fill(
            rows, _cells(records["longitude"].to_numpy(float)[rows], records["latitude"].to_numpy(float)[rows], size)
        )
    chosen.fill(
        chosen.open(level != ""), _Categories(home.codes, [f"country:{code}" if code else "" for code in home.words])
    )

    columns = {
        **{name: records[name] for name in PLACED_COLUMNS if name in records.columns},
        **{name: countries[name] for name in ("country_code", "basis", "zone", "is_contradicted")},
        # Names go on without positions, too: what is made here may be written to disk.
        **{name: redact_distinctly(records[name]) for name in ("individual_key", "data_set")},
        **{name: redact_all(records[name]) for name in ("individual", "source")},
        "species_id": taxa["species_id"],
        "taxon": taxa["taxon"],
        "place_id": chosen.series(records.index, chosen.words),
        "place_kind": chosen.series(records.index, [kind_of_place(word) for word in chosen.words]),
    }
    columns["doubts"] = records["doubts"]
    columns["offset_minutes"] = pd.Series(0, index=records.index)  # filled in by who knows the clocks (pipeline.place)
    kinds: dict[str, Any] = dict(PLACED_COLUMNS)
    return pd.DataFrame({name: columns[name].astype(kind) for name, kind in kinds.items()}, index=records.index)


@dataclass(frozen=True)
class _Categories:
    """Texts as numbers: many rows, few different words."""

    codes: Codes
    words: list[str]

    @classmethod
    def of(cls, texts: pd.Series) -> "_Categories":
        codes, words = pd.factorize(texts.fillna(""))
        return cls(codes.astype("int64"), [str(word) for word in words])

    def only(self, allowed: set[str]) -> "_Categories":
        return _Categories(self.codes, [word if word in allowed else "" for word in self.words])


class _ChosenPlaces:
    """The place of each row; empty until a rule fills it."""

    def __init__(self, rows: int) -> None:
        self.words = [""]
        self.codes: Codes = np.zeros(rows, "int64")

    def open(self, is_wanted: npt.NDArray[np.bool_]) -> Codes:
        """Return the rows wanted that have no place yet."""
        return np.flatnonzero(is_wanted & (self.codes == 0))

    def fill(self, rows: Codes, places: _Categories) -> None:
        """Give rows their place; `places` is of these rows, or of all rows."""
        if not len(rows):
            return
        codes = places.codes if len(places.codes) == len(rows) else places.codes[rows]
        start = len(self.words)
        self.words += places.words
        of_words = np.array([start + number if word else 0 for number, word in enumerate(places.words)], dtype="int64")
        self.codes[rows] = of_words[codes]

    def series(self, index: pd.Index, words: list[str]) -> pd.Series:
        return pd.Series(_texts(words).take(self.codes), index=index)


def kind_of_place(place_id: str) -> str:
    """Return the PlaceKind of a place."""
    form, _, rest = place_id.partition(":")
    if form == "cell":
        return "degree_0_1" if rest.startswith("0.1:") else "degree_1"
    return form or "none"


def wider_place(place_id: str, country_code: str, of_sites: Mapping[tuple[str, str], str]) -> str:
    """Return the next wider place in a country: site, landscape, country; or 0.1 degree, 1 degree, country.

    Args:
        place_id: a place; that of a country stays, there is nothing wider.
        country_code: of the record.
        of_sites: (site, country) -> its landscape; see `landscapes_of_sites`.
    """
    country = f"country:{country_code}" if country_code else ""
    kind = kind_of_place(place_id)
    if kind == "site":
        return of_sites.get((place_id, country_code)) or country
    if kind == "degree_0_1":
        _, _, latitude, longitude = place_id.split(":")
        return str(cells(pd.Series([float(longitude)]), pd.Series([float(latitude)]), 1.0)[0])
    return country


def landscapes_of_sites(
    rules: Rules, borders: Any, parameters: Parameters, neighbours: Neighbours
) -> dict[tuple[str, str], str]:
    """Return (site, country) -> landscape by the public point of the site, for sites near a border."""
    sites = rules.sites.assign(country_code=rules.sites["country_codes"].str.split()).explode("country_code")
    home = _Categories.of(sites["country_code"])
    landscapes = _landscapes(sites, home, np.arange(len(sites)), borders, parameters, neighbours)
    keys = zip("site:" + sites["site_id"], sites["country_code"], landscapes.codes.tolist(), strict=True)
    return {(site, code): landscapes.words[number] for site, code, number in keys if landscapes.words[number]}


def cells(longitude: pd.Series, latitude: pd.Series, size: float) -> npt.NDArray[Any]:
    """Return the cell of each position, empty where there is none.

    Args:
        longitude: degrees, -180 to 180 (180 is the same meridian as -180).
        latitude: degrees.
        size: of a cell, 1 or 0.1 degrees.
    """
    places = _cells(longitude.to_numpy(float), latitude.to_numpy(float), size)
    return np.array(places.words, dtype=object)[places.codes]


def _cells(east: Floats, north: Floats, size: float) -> _Categories:
    parts = round(1 / size)  # cells in a degree
    is_known = np.isfinite(east) & np.isfinite(north)
    east, north = np.where(is_known, east, 0.0), np.where(is_known, north, 0.0)
    column = np.floor(np.where(east >= 180, east - 360, east) * parts).astype("int64") + 180 * parts
    row = np.clip(np.floor(north * parts).astype("int64") + 90 * parts, 0, 180 * parts - 1)
    width = 360 * parts
    codes, different = pd.factorize(np.where(is_known, row * width + column, -1))
    decimals = 1 if parts == 1 else 2

    def middle(number: int, degrees: int) -> str:
        return f"{(number + 0.5) / parts - degrees:.{decimals}f}"

    names = [
        f"cell:{size:g}:{middle(cell // width, 90)}:{middle(cell % width, 180)}" if cell >= 0 else ""
        for cell in different.tolist()
    ]
    return _Categories(codes.astype("int64"), names)


def _texts(values: list[str]) -> Any:
    return pd.array(values, dtype="str")


def _levels(groups: pd.Series, kinds: pd.Series, rules: Rules) -> npt.NDArray[Any]:
    """Return the public level of each record."""
    group, kind = _Categories.of(groups), _Categories.of(kinds)
    of_pairs = [str(rules.of(animals, record)["public_level"]) for animals in group.words for record in kind.words]
    levels: npt.NDArray[Any] = np.array(of_pairs, dtype=object)[group.codes * len(kind.words) + kind.codes]
    return levels


def _keys(sites: pd.DataFrame, kinds: tuple[str, ...]) -> list[str]:
    return [f"site:{key}" for key in sites["site_id"][sites["site_kind"].isin(kinds)]]


def _stated_sites(stated: _Categories, home: _Categories, rules: Rules) -> _Categories:
    """Return the known site each data set names, if it lies in the country of the record; empty otherwise."""
    known: dict[str, tuple[str, set[str]]] = {}
    for site in rules.sites.itertuples():
        for name in (site.site_id, *str(site.names).split(" | ")):
            known.setdefault(plain(str(name)), (f"site:{site.site_id}", set(str(site.country_codes).split())))
    places = []
    for name in stated.words:
        key, where = known.get(plain(name), ("", set()))
        places += [key if code in where else "" for code in home.words]
    return _Categories(stated.codes * len(home.words) + home.codes, places)


def _landscapes(
    records: pd.DataFrame, home: _Categories, rows: Codes, borders: Any, parameters: Parameters, neighbours: Neighbours
) -> _Categories:
    """Return the border landscape of rows, empty where their country is not known or no border is near.

    It is that of the middle of the cell of LANDSCAPE_CELL_DEG: positions that near to each other are told alike, and
    each cell is asked once.
    """
    east, north = records["longitude"].to_numpy(float)[rows], records["latitude"].to_numpy(float)[rows]
    east, north = ((np.floor(side / LANDSCAPE_CELL_DEG) + 0.5) * LANDSCAPE_CELL_DEG for side in (east, north))
    codes, countries = home.codes[rows], np.array(home.words, dtype=object)
    known = np.flatnonzero(np.isfinite(east) & np.isfinite(north) & (countries[codes] != ""))
    places, _ = pd.factorize(east[known] + 1j * north[known])
    asked, _ = pd.factorize(places * len(countries) + codes[known])
    first = known[np.unique(asked, return_index=True)[1]]
    near = neighbours(east[first], north[first], countries[codes[first]], borders, parameters)
    names = [
        f"landscape:{own}-{other}" if other else "" for own, other in zip(countries[codes[first]], near, strict=True)
    ]
    numbers = np.zeros(len(rows), "int64")
    numbers[known] = asked + 1
    return _Categories(numbers, ["", *names])


def _near_sites(
    records: pd.DataFrame, home: _Categories, rows: Codes, rules: Rules, parameters: Parameters
) -> _Categories:
    """Return the nearest public wetland or protected area within site_m in the same country, empty where none is."""
    sites = rules.sites
    may_be = sites["site_kind"].isin(BIRD_SITES) & (sites["coordinate_precision_deg"] <= COARSEST_SITE_DEG)
    public = sites[may_be & sites["latitude"].notna()].sort_values("site_id")
    east, north = records["longitude"].to_numpy(float)[rows], records["latitude"].to_numpy(float)[rows]
    codes = home.codes[rows]
    best, nearest = np.full(len(rows), np.inf), np.zeros(len(rows), "int64")
    reach = parameters.site_m / DEGREE_OF_SPHERE_M
    points = zip(
        public["country_codes"], public["longitude"].astype(float), public["latitude"].astype(float), strict=True
    )
    for number, (countries, site_east, site_north) in enumerate(points, start=1):
        close = np.flatnonzero(np.abs(north - site_north) <= reach)
        away = distance_m(east[close], north[close], site_east, site_north)
        is_home = np.array([code in str(countries).split() for code in home.words], dtype=bool)[codes[close]]
        is_nearest = (away <= parameters.site_m) & (away < best[close]) & is_home
        best[close[is_nearest]] = away[is_nearest]
        nearest[close[is_nearest]] = number
    return _Categories(nearest, ["", *("site:" + public["site_id"])])
