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
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from neaspec.crossings.parameters import Parameters
from neaspec.crossings.records import PLACED_COLUMNS
from neaspec.crossings.rules import GROUPS, RECORD_KINDS, Rules, kinds_of_records
from neaspec.crossings.taxa import meanings, plain

EARTH_M = 6_371_008.8  # mean radius of the Earth
METRES_OF_A_DEGREE = EARTH_M * np.pi / 180
# Sites a bird may be told by, and how exact their public point must be: a coarser one may lie in another valley.
BIRD_SITES = ("wetland", "protected_area")
COARSEST_SITE_DEG = 0.1

Floats = npt.NDArray[np.float64]
# (longitude, latitude, country_code, borders, parameters) -> alpha-3 of the nearest other country, empty = none near
Neighbours = Callable[[Floats, Floats, npt.NDArray[Any], Any, Parameters], npt.NDArray[Any]]


def placed(
    records: pd.DataFrame, countries: pd.DataFrame, rules: Rules, borders: Any, parameters: Parameters,
    neighbours: Neighbours,
) -> pd.DataFrame:  # fmt: skip
    """Give each record the most exact place its rule allows, and leave its position, station and site behind.

    Args:
        records: RECORD_COLUMNS and individual_key.
        countries: country_code, basis, zone, is_contradicted, aligned with `records`.
        rules: the tables of sensitivity.
        borders: handed on to `neighbours`.
        parameters: site_m and landscape_m, metres.
        neighbours: tells the nearest other country (labels.neighbour_of).

    Returns:
        PLACED_COLUMNS, aligned with `records`.
    """
    taxa = meanings(records["taxon"], rules.names)
    country = countries["country_code"].fillna("")
    level = _levels(taxa["taxon_group"], kinds_of_records(records["behaviour"], records["evidence"]), rules)
    stated = _stated_sites(records["site"], country, rules)
    place = pd.Series("", index=records.index, dtype="str")

    by_area = level == "protected_area"
    place = place.mask(by_area, stated)
    lacks = by_area & (place == "")
    place[lacks] = _landscapes(records[lacks], country[lacks], borders, parameters, neighbours)

    by_site = level == "site_or_degree_1"
    place = place.mask(by_site, stated.where(stated.isin(_keys(rules.sites, BIRD_SITES)), ""))
    lacks = by_site & (place == "")
    place[lacks] = _near_sites(records[lacks], country[lacks], rules, parameters)

    for wanted, size in (("degree_0_1", 0.1), ("degree_1", 1.0), ("site_or_degree_1", 1.0)):
        lacks = (level == wanted) & (place == "")
        place[lacks] = cells(records.loc[lacks, "longitude"], records.loc[lacks, "latitude"], size)

    place = place.mask((place == "") & (country != ""), "country:" + country)
    made = {
        **{name: records[name] for name in PLACED_COLUMNS if name in records.columns},
        **{name: countries[name] for name in ("country_code", "basis", "zone", "is_contradicted")},
        "species_id": taxa["species_id"],
        "taxon": taxa["taxon"],
        "place_id": place,
        "place_kind": kinds_of_places(place),
    }
    kinds: dict[str, Any] = dict(PLACED_COLUMNS)
    return pd.DataFrame({name: made[name].astype(kind) for name, kind in kinds.items()}, index=records.index)


def kinds_of_places(place_ids: pd.Series) -> pd.Series:
    """Return the PlaceKind of each place."""
    codes, different = pd.factorize(place_ids)
    return pd.Series(_texts([kind_of_place(str(one)) for one in different]).take(codes), index=place_ids.index)


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
    sites = sites.reset_index(drop=True)
    found = _landscapes(sites, sites["country_code"], borders, parameters, neighbours)
    keys = zip("site:" + sites["site_id"], sites["country_code"], strict=True)
    return {key: str(place) for key, place in zip(keys, found, strict=True) if place}


def cells(longitude: pd.Series, latitude: pd.Series, size: float) -> npt.NDArray[Any]:
    """Return the cell of each position, empty where there is none.

    Args:
        longitude: degrees, -180 to 180 (180 is the same meridian as -180).
        latitude: degrees.
        size: of a cell, 1 or 0.1 degrees.
    """
    parts = round(1 / size)  # cells in a degree
    east, north = longitude.to_numpy(float), latitude.to_numpy(float)
    is_known = np.isfinite(east) & np.isfinite(north)
    east, north = np.where(is_known, east, 0.0), np.where(is_known, north, 0.0)
    column = np.floor(np.where(east >= 180, east - 360, east) * parts).astype("int64")
    row = np.clip(np.floor(north * parts), -90 * parts, 90 * parts - 1).astype("int64")
    width = 360 * parts
    codes, different = pd.factorize(np.where(is_known, row * width + column, np.iinfo("int64").min))
    decimals = 1 if parts == 1 else 2
    names = []
    for one in different.tolist():
        middle_row = (one + width // 2) // width
        middle_column = one - middle_row * width
        names.append(
            ""
            if one == np.iinfo("int64").min
            else f"cell:{size:g}:{(middle_row + 0.5) / parts:.{decimals}f}:{(middle_column + 0.5) / parts:.{decimals}f}"
        )
    return np.asarray(_texts(names).take(codes), dtype=object)


def distance_m(longitude: Floats, latitude: Floats, to_longitude: float, to_latitude: float) -> Floats:
    """Return great-circle distances on a sphere in metres (haversine; at most 0.6 % off the ellipsoid)."""
    east, north = np.radians(longitude - to_longitude), np.radians(latitude - to_latitude)
    half = (
        np.sin(north / 2) ** 2 + np.cos(np.radians(latitude)) * np.cos(np.radians(to_latitude)) * np.sin(east / 2) ** 2
    )
    made: Floats = 2 * EARTH_M * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    return made


def _texts(values: list[str]) -> Any:
    return pd.array(values, dtype="str")


def _levels(groups: pd.Series, kinds: pd.Series, rules: Rules) -> pd.Series:
    """Return the public level of each record."""
    found = [str(rules.of(group, kind)["public_level"]) for group in GROUPS for kind in RECORD_KINDS]
    codes = pd.Categorical(groups, GROUPS).codes.astype("int64") * len(RECORD_KINDS)
    codes = codes + pd.Categorical(kinds, RECORD_KINDS).codes
    return pd.Series(_texts(found).take(codes), index=groups.index)


def _keys(sites: pd.DataFrame, kinds: tuple[str, ...]) -> list[str]:
    return [f"site:{key}" for key in sites["site_id"][sites["site_kind"].isin(kinds)]]


def _stated_sites(stated: pd.Series, country: pd.Series, rules: Rules) -> pd.Series:
    """Return the known site each data set names, if it lies in the country of the record; empty otherwise."""
    known: dict[str, tuple[str, set[str]]] = {}
    for site in rules.sites.itertuples():
        for name in (site.site_id, *str(site.names).split(" | ")):
            known.setdefault(plain(str(name)), (f"site:{site.site_id}", set(str(site.country_codes).split())))
    codes, pairs = pd.factorize(pd.MultiIndex.from_arrays([stated.fillna(""), country]))
    found = []
    for name, code in pairs:
        key, where = known.get(plain(str(name)), ("", set()))
        found.append(key if code in where else "")
    return pd.Series(_texts(found).take(codes), index=stated.index)


def _landscapes(
    records: pd.DataFrame, country: pd.Series, borders: Any, parameters: Parameters, neighbours: Neighbours
) -> npt.NDArray[Any]:
    """Return the border landscape of each record, empty where its country is not known or no border is near."""
    made = np.full(len(records), "", dtype=object)
    east, north = records["longitude"].to_numpy(float), records["latitude"].to_numpy(float)
    home = country.to_numpy(dtype=object)
    known = np.flatnonzero(np.isfinite(east) & np.isfinite(north) & (home != ""))
    if not len(known):
        return made
    # A camera has many records and one position: each position is asked once.
    codes, _ = pd.factorize(pd.MultiIndex.from_arrays([east[known], north[known], home[known]]))
    first = known[np.unique(codes, return_index=True)[1]]
    near = np.asarray(neighbours(east[first], north[first], home[first], borders, parameters), dtype=object)
    pairs = zip(home[first], near, strict=True)
    names = np.array([f"landscape:{one}-{other}" if other else "" for one, other in pairs], dtype=object)
    made[known] = names[codes]
    return made


def _near_sites(records: pd.DataFrame, country: pd.Series, rules: Rules, parameters: Parameters) -> npt.NDArray[Any]:
    """Return the nearest public wetland or protected area within site_m in the same country, empty where none is."""
    sites = rules.sites
    may_be = sites["site_kind"].isin(BIRD_SITES) & (sites["coordinate_precision_deg"] <= COARSEST_SITE_DEG)
    east, north = records["longitude"].to_numpy(float), records["latitude"].to_numpy(float)
    home = country.to_numpy(dtype=object)
    best = np.full(len(records), np.inf)
    made = np.full(len(records), "", dtype=object)
    reach = parameters.site_m / METRES_OF_A_DEGREE
    told = sites[may_be & sites["latitude"].notna()].sort_values("site_id")
    points = zip(
        told["site_id"],
        told["country_codes"],
        told["longitude"].astype(float),
        told["latitude"].astype(float),
        strict=True,
    )
    for key, codes, site_east, site_north in points:
        close = np.flatnonzero(np.abs(north - site_north) <= reach)
        if not len(close):
            continue
        away = distance_m(east[close], north[close], site_east, site_north)
        is_nearest = (away <= parameters.site_m) & (away < best[close])
        is_nearest &= np.isin(home[close].astype(str), str(codes).split())
        best[close[is_nearest]] = away[is_nearest]
        made[close[is_nearest]] = f"site:{key}"
    return made
