"""The country of a record: the declared country wins and the map checks it; undeclared, the position gives it.

The border zone is what is nearer to a land border than border_zone_m, or than the position's own uncertainty. A
position at sea has the country of the nearest coast within coast_m. No maritime boundary is known and none is made up:
it is in the border zone too where the coast of another country, or of an area not settled, is less than the same width
farther away than its own. So it is where a land border ends at the sea (the mouths of the Tumen and the Yalu, whose
last kilometres count as sea), and near the middle of a narrow strait.
"""

from dataclasses import dataclass
from typing import Any, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from neaspec.crossings.geo.borders import OFF_LAND, Borders, unwrap_longitude
from neaspec.crossings.geo.grid import NEAR as NEAR_CODE
from neaspec.crossings.model.parameters import Parameters
from neaspec.crossings.model.records import Basis, Zone
from neaspec.region import PARTS_OF_STATES, REGION_BOUNDS

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Places = npt.NDArray[np.int16]
Small = npt.NDArray[np.int8]

ZONES: tuple[str, ...] = get_args(Zone)
BASES: tuple[str, ...] = get_args(Basis)
INSIDE, BORDER_ZONE, SEA, OUTSIDE, UNSETTLED, NO_ZONE = (
    ZONES.index(zone) for zone in ("inside", "border_zone", "sea", "outside", "unsettled", "none")
)
DECLARED, POSITION, COAST, NO_BASIS = (BASES.index(basis) for basis in ("declared", "position", "coast", "none"))
NOWHERE = -1  # no country
FAR, ASK, NEAR = -1, 0, 1  # what a grid cell knows of the border
CHUNK = 1 << 20  # positions looked up at once: what is worked on stays in the processor's memory


@dataclass
class CountryLabels:
    """What positions alone say: place in Borders.codes (NOWHERE = none), place in ZONES, place in BASES."""

    country: Places
    zone: Small
    basis: Small

    @classmethod
    def nothing(cls, length: int) -> "CountryLabels":
        """Return answers for records without position."""
        return cls(
            np.full(length, NOWHERE, dtype=np.int16),
            np.full(length, NO_ZONE, dtype=np.int8),
            np.full(length, NO_BASIS, dtype=np.int8),
        )

    def put(self, rows: Integers, other: "CountryLabels") -> None:
        """Write answers into some rows."""
        self.country[rows], self.zone[rows], self.basis[rows] = other.country, other.zone, other.basis


def is_near_border(longitude: Floats, latitude: Floats, radius_m: Floats, borders: Borders) -> npt.NDArray[np.bool_]:
    """Say which positions are nearer to a land border than their radius."""
    is_near = np.zeros(len(longitude), dtype=bool)
    # Searched by powers of two, so that one position of great uncertainty does not make all searches wide.
    step = np.ceil(np.log2(np.maximum(radius_m, 1.0)))
    for width in np.unique(step):
        chosen = np.flatnonzero(step == width)
        within = float(radius_m[chosen].max())
        distance, _ = borders.borders.nearest(longitude[chosen], latitude[chosen], within)
        is_near[chosen] = distance < radius_m[chosen]
    return is_near


def is_between_coasts(
    longitude: Floats, latitude: Floats, radius_m: Floats, owner: Integers, to_coast_m: Floats, borders: Borders
) -> npt.NDArray[np.bool_]:
    """Say for which positions at sea another coast is less than their radius farther away than their own."""
    within = to_coast_m + radius_m
    is_between: npt.NDArray[np.bool_] = borders.to_other_coast(longitude, latitude, owner, within) < within
    return is_between


def label_exactly(
    longitude: Floats,
    latitude: Floats,
    radius_m: Floats,
    borders: Borders,
    coast_m: float,
    border: Small | None = None,
) -> CountryLabels:
    """Work out positions in the region from polygons and distances.

    Args:
        longitude: degrees, unwrapped.
        latitude: degrees.
        radius_m: how near a border makes the border zone, for each position; at sea also how much farther away than
            the own coast another one may be.
        borders: the map.
        coast_m: how near a coast gives a position at sea its country.
        border: what is known of each position already: FAR from the border zone (with its radius), NEAR or ASK.
    """
    labels = CountryLabels.nothing(len(longitude))
    land = borders.country(longitude, latitude)
    on_land = land != OFF_LAND
    labels.country[on_land], labels.basis[on_land], labels.zone[on_land] = land[on_land], POSITION, INSIDE
    sea = np.flatnonzero(~on_land)
    labels.zone[sea] = SEA
    to_coast, piece = borders.coasts.nearest(longitude[sea], latitude[sea], coast_m)
    is_owned = piece >= 0
    near, owner, to_coast = sea[is_owned], borders.coasts.one[piece[is_owned]], to_coast[is_owned]
    labels.country[near], labels.basis[near] = owner, COAST
    known = np.full(len(longitude), ASK, dtype=np.int8) if border is None else border
    asked = np.flatnonzero((labels.country >= 0) & (known == ASK))
    is_near = is_near_border(longitude[asked], latitude[asked], radius_m[asked], borders)
    labels.zone[asked[is_near]] = BORDER_ZONE
    labels.zone[(labels.country >= 0) & (known == NEAR)] = BORDER_ZONE
    rest = (known[near] == ASK) & (labels.zone[near] == SEA) & (owner != borders.unsettled)
    near, owner, to_coast = near[rest], owner[rest], to_coast[rest]
    is_between = is_between_coasts(longitude[near], latitude[near], radius_m[near], owner, to_coast, borders)
    labels.zone[near[is_between]] = BORDER_ZONE
    unsettled = labels.country == borders.unsettled
    labels.country[unsettled], labels.zone[unsettled], labels.basis[unsettled] = NOWHERE, UNSETTLED, NO_BASIS
    return labels


def label_by_grid(
    longitude: Floats, latitude: Floats, radius_m: Floats, borders: Borders, parameters: Parameters
) -> CountryLabels:
    """Look positions in the region up in the grid; only those it does not know are worked out."""
    grid = borders.grid
    if grid is None:
        return label_exactly(longitude, latitude, radius_m, borders, parameters.coast_m)
    places = {code: place for place, code in enumerate(borders.codes)}
    table = CountryLabels.nothing(256)
    for number, (country, zone, basis) in enumerate(grid.answers):
        table.country[number] = places[country] if country else NOWHERE
        table.zone[number], table.basis[number] = ZONES.index(zone), BASES.index(basis)
    asks_border = (table.country >= 0) & (table.zone != BORDER_ZONE)
    labels = CountryLabels.nothing(len(longitude))
    unknown, border = [], []
    for begin in range(0, len(longitude), CHUNK):
        part = slice(begin, begin + CHUNK)
        code, border_km = grid.look_up(longitude[part], latitude[part])
        labels.country[part], labels.zone[part], labels.basis[part] = (
            table.country[code],
            table.zone[code],
            table.basis[code],
        )
        is_far = border_km * 1000.0 >= radius_m[part]
        wider = (radius_m[part] > parameters.border_zone_m) & asks_border[code] & ~is_far
        rows = np.flatnonzero((code >= len(grid.answers)) | wider)
        unknown.append(rows + begin)
        border.append(np.where(is_far[rows], FAR, np.where(code[rows] == NEAR_CODE, NEAR, ASK)).astype(np.int8))
    if unknown:
        rows = np.concatenate(unknown)
        worked_out = label_exactly(
            longitude[rows], latitude[rows], radius_m[rows], borders, parameters.coast_m, np.concatenate(border)
        )
        labels.put(rows, worked_out)
    return labels


def label_by_position(
    longitude: Floats, latitude: Floats, uncertainty_m: Floats, borders: Borders, parameters: Parameters
) -> CountryLabels:
    """Return what positions say; not-a-number and impossible positions say nothing.

    Args:
        longitude: degrees; -180 to -169 is taken as 180 to 191.
        latitude: degrees.
        uncertainty_m: metres; not a number = none stated.
        borders: the map.
        parameters: widths of the border zone and of the coast.
    """
    labels = CountryLabels.nothing(len(longitude))
    east = unwrap_longitude(longitude)
    stated = np.isfinite(longitude) & np.isfinite(latitude)
    west_edge, south_edge, east_edge, north_edge = REGION_BOUNDS
    within = (east >= west_edge) & (east <= east_edge) & (latitude >= south_edge) & (latitude <= north_edge)
    labels.zone[stated & ~within] = OUTSIDE
    radius = np.fmax(uncertainty_m, parameters.border_zone_m)
    if within.all():
        return label_by_grid(east, latitude, radius, borders, parameters)
    rows = np.flatnonzero(within)
    labels.put(rows, label_by_grid(east[rows], latitude[rows], radius[rows], borders, parameters))
    return labels


def find_contradictions(
    longitude: Floats,
    latitude: Floats,
    uncertainty_m: Floats,
    declared: Integers,
    labels: CountryLabels,
    borders: Borders,
    parameters: Parameters,
) -> npt.NDArray[np.bool_]:
    """Say which declared countries the position contradicts.

    It does if it is farther from the declared country's land than contradiction_m and its own uncertainty together (at
    sea: and coast_m). Positions in areas not settled contradict nothing; positions beyond the map do so only if the
    map holds all land of the declared country.

    Args:
        declared: place of the declared country in Borders.codes; beyond it, a country that is not on the map.
    """
    is_contradicted = np.zeros(len(declared), dtype=bool)
    doubtful = (labels.zone != UNSETTLED) & (labels.zone != NO_ZONE)
    doubtful &= (labels.country != declared) | (labels.basis == COAST)
    limit = parameters.contradiction_m + np.fmax(uncertainty_m, 0.0)
    limit = limit + np.where(labels.basis == POSITION, 0.0, parameters.coast_m)
    for place in np.unique(declared[doubtful]):
        rows = np.flatnonzero(doubtful & (declared == place))
        beyond = labels.zone[rows] == OUTSIDE
        if place >= len(borders.codes):  # a country that is not on the map
            is_contradicted[rows] = labels.basis[rows] == POSITION
            continue
        is_contradicted[rows[beyond]] = borders.is_whole(int(place))
        rows = rows[~beyond]
        if len(rows):
            distance, _ = borders.edges_of(int(place)).nearest(
                longitude[rows], latitude[rows], float(limit[rows].max())
            )
            is_contradicted[rows] = distance > limit[rows]
    return is_contradicted


def text_of(places: npt.NDArray[np.integer], texts: list[str], index: pd.Index) -> pd.Series:
    """Return texts by place, -1 = empty, without a Python object for each row."""
    dictionary = pa.DictionaryArray.from_arrays(
        pa.array(np.where(places < 0, len(texts), places).astype(np.int32)), pa.array([*texts, ""], pa.large_string())
    )
    dtype: Any = pd.StringDtype("pyarrow", na_value=np.nan)
    return pd.Series(dtype.__from_arrow__(dictionary.cast(pa.large_string())), index=index)


def assign_countries(records: pd.DataFrame, borders: Borders, parameters: Parameters) -> pd.DataFrame:
    """Return the country of every record.

    Args:
        records: with the columns longitude, latitude (degrees, WGS84; not a number = no position), uncertainty_m (not a
            number = not stated) and declared_country (ISO 3166 alpha-3; empty = not declared).
        borders: from `load_borders` with the same parameters.
        parameters: border_zone_m, coast_m and contradiction_m are used.

    Returns:
        A frame aligned with `records`: country_code (empty = none), basis, zone, is_contradicted, map_code (what the
        position alone says). The zone is told by the position, also where the country is declared.
    """
    longitude, latitude, uncertainty = (
        records[name].to_numpy(dtype=np.float64) for name in ("longitude", "latitude", "uncertainty_m")
    )
    by_map = label_by_position(longitude, latitude, uncertainty, borders, parameters)
    number, written = pd.factorize(records["declared_country"].fillna(""))
    declared_codes = [PARTS_OF_STATES.get(code, code) for code in written]
    names = [*borders.codes, *sorted(set(declared_codes) - set(borders.codes))]
    place_of = {name: place for place, name in enumerate(names) if name} | {"": NOWHERE}
    is_contradicted = np.zeros(len(records), dtype=bool)
    country, basis = by_map.country, by_map.basis
    if set(declared_codes) - {""}:
        declared = np.array([place_of[code] for code in declared_codes], dtype=np.int64)[number]
        rows = np.flatnonzero(declared >= 0)
        is_contradicted[rows] = check_declared(
            longitude, latitude, uncertainty, declared, by_map, rows, borders, parameters
        )
        country, basis = by_map.country.copy(), by_map.basis.copy()
        country[rows], basis[rows] = declared[rows], DECLARED
    return pd.DataFrame(
        {
            "country_code": text_of(country, names, records.index),
            "basis": text_of(basis, list(BASES), records.index),
            "zone": text_of(by_map.zone, list(ZONES), records.index),
            "is_contradicted": is_contradicted,
            "map_code": text_of(by_map.country, names, records.index),
        },
        index=records.index,
    )


def check_declared(
    longitude: Floats,
    latitude: Floats,
    uncertainty_m: Floats,
    declared: Integers,
    labels: CountryLabels,
    rows: Integers,
    borders: Borders,
    parameters: Parameters,
) -> npt.NDArray[np.bool_]:
    """Check declared countries, each station once: thousands of records come from one."""
    east = unwrap_longitude(longitude)
    columns: tuple[npt.NDArray[Any], ...] = (
        east,
        latitude,
        np.nan_to_num(uncertainty_m),
        declared,
        labels.country,
        labels.zone,
        labels.basis,
    )
    table = pd.DataFrame({place: column[rows] for place, column in enumerate(columns)})
    station = table.groupby(list(table.columns), sort=False, dropna=False).ngroup().to_numpy()
    first = rows[np.unique(station, return_index=True)[1]]
    once = find_contradictions(
        east[first],
        latitude[first],
        uncertainty_m[first],
        declared[first],
        CountryLabels(labels.country[first], labels.zone[first], labels.basis[first]),
        borders,
        parameters,
    )
    return once[station]


def neighbour_of(
    longitude: Floats,
    latitude: Floats,
    country_code: npt.NDArray[np.str_] | pd.Series,
    borders: Borders,
    parameters: Parameters,
) -> npt.NDArray[np.str_]:
    """Return for each position the nearest country other than its own within landscape_m, else an empty text.

    Args:
        longitude: degrees.
        latitude: degrees.
        country_code: the country of each record; none has no neighbour.
        borders: the map.
        parameters: landscape_m is used.
    """
    neighbours = np.full(len(longitude), "", dtype="<U3")
    own = np.asarray(country_code, dtype=object)
    east = unwrap_longitude(np.asarray(longitude, dtype=np.float64))
    north = np.asarray(latitude, dtype=np.float64)
    table = pd.DataFrame({"east": east, "north": north, "own": own})
    asked = table[
        (label_by_position(east, north, np.zeros(len(east)), borders, parameters).zone <= SEA) & (table["own"] != "")
    ]
    for written, group in asked.drop_duplicates().groupby("own"):
        code = PARTS_OF_STATES.get(str(written), str(written))
        if code not in borders.codes:
            continue
        place = borders.codes.index(code)
        beside = borders.edges_beside(place)
        x, y = group["east"].to_numpy(), group["north"].to_numpy()
        _, piece = beside.nearest(x, y, parameters.landscape_m)
        land = borders.country(x, y)
        is_abroad = (land >= 0) & (land != place) & (land != borders.unsettled)
        other = np.where(is_abroad, land, np.append(beside.one, -1)[piece])
        named = np.array([*borders.codes, ""])[other]
        answers = dict(zip(zip(x, y, strict=True), named, strict=True))
        rows = np.flatnonzero(own == written)
        neighbours[rows] = [answers.get(where, "") for where in zip(east[rows], north[rows], strict=True)]
    return neighbours
