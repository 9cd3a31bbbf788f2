"""Land, borders and coasts of the region: which country a position is in, and how far it is from a border or a coast.

Land is kept as prepared polygons in degrees. Lines are kept in short pieces in Mercator units: the projection keeps
angles, so the nearest point there is the nearest on the ground at the distances asked for (up to about 100 km the
choice between two points can err by 2 % of the distance); the distance itself is the geodesic on WGS84.
"""

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pyproj
import shapely

from neaspec.crossings.geo.earth import SHORTEST_DEGREE_M
from neaspec.crossings.geo.grid import BorderGrid, load_grid
from neaspec.crossings.model.parameters import Parameters
from neaspec.errors import DataError
from neaspec.paths import GEO_DIR
from neaspec.region import REGION_BOUNDS

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Geometries = npt.NDArray[np.object_]

OFF_LAND = -1
ELLIPSOID = pyproj.Geod(ellps="WGS84")
ECCENTRICITY = float(np.sqrt(ELLIPSOID.es))
STEP_DEG = 0.02  # edges are straight in degrees; pieces this short are straight in Mercator to 0.1 m
BAND_DEG = 10.0  # a search radius on the ground is another one in Mercator at each latitude: asked band by band


def unwrap_longitude(longitude: Floats) -> Floats:
    """Return longitudes of the region's east (-180 to -169) as 180 to 191."""
    east: Floats = np.where((longitude >= -180.0) & (longitude <= REGION_BOUNDS[2] - 360.0), longitude + 360, longitude)
    return east


def to_mercator(longitude: Floats, latitude: Floats) -> Floats:
    """Return places on the ellipsoidal Mercator projection, in radians of the equator; shape (n, 2)."""
    sine = np.sin(np.radians(latitude))
    north = np.arctanh(sine) - ECCENTRICITY * np.arctanh(ECCENTRICITY * sine)
    return np.column_stack([np.radians(longitude), north])


def from_mercator(places: Floats) -> tuple[Floats, Floats]:
    """Return longitude and latitude of places on the projection (five steps of Snyder's equation 7-9: under 1 mm)."""
    sine = np.tanh(places[:, 1])
    for _ in range(5):
        sine = np.tanh(places[:, 1] + ECCENTRICITY * np.arctanh(ECCENTRICITY * sine))
    return np.degrees(places[:, 0]), np.degrees(np.arcsin(sine))


def mercator_scale(latitude: Floats) -> Floats:
    """Return Mercator units for one metre on the ground."""
    sine = np.sin(np.radians(latitude))
    units: Floats = np.sqrt(1 - ELLIPSOID.es * sine**2) / (ELLIPSOID.a * np.cos(np.radians(latitude)))
    return units


@dataclass(frozen=True)
class Lines:
    """Pieces of line with the two sides each has (places in Borders.codes; OFF_LAND = sea), and their search tree."""

    shapes: Geometries  # in Mercator units
    one: Integers
    other: Integers
    tree: shapely.STRtree

    @classmethod
    def of(cls, shapes: Geometries, one: Integers, other: Integers) -> "Lines":
        """Make the tree."""
        return cls(shapes, one, other, shapely.STRtree(shapes))

    def nearest(self, longitude: Floats, latitude: Floats, within_m: float) -> tuple[Floats, Integers]:
        """Return the distance in metres to the nearest piece (infinite if none is within) and the piece (else -1).

        Of pieces at the same distance the one with the first country is taken.
        """
        distance = np.full(len(longitude), np.inf)
        piece = np.full(len(longitude), -1)
        if not len(self.shapes):
            return distance, piece
        band = np.floor(latitude / BAND_DEG)
        for zone in np.unique(band):
            chosen = np.flatnonzero(band == zone)
            # One metre is most units at the latitude nearest to a pole that the search can reach.
            reached = np.minimum(np.abs(latitude[chosen]) + within_m / SHORTEST_DEGREE_M, 89.0)
            most = mercator_scale(reached).max() * within_m
            distance[chosen], piece[chosen] = self._nearest(longitude[chosen], latitude[chosen], float(most))
        beyond = distance > within_m
        distance[beyond], piece[beyond] = np.inf, -1
        return distance, piece

    def _nearest(self, longitude: Floats, latitude: Floats, most: float) -> tuple[Floats, Integers]:
        """Return distance and piece within so many Mercator units."""
        points: Geometries = np.atleast_1d(np.asarray(shapely.points(to_mercator(longitude, latitude))))
        positions, pieces = self.tree.query_nearest(points, max_distance=most)
        order = np.lexsort((pieces, self.other[pieces], self.one[pieces], positions))
        positions, pieces = positions[order], pieces[order]
        first = np.append(True, positions[1:] != positions[:-1]) if len(positions) else np.zeros(0, dtype=bool)
        positions, pieces = positions[first], pieces[first]
        links = shapely.get_coordinates(shapely.shortest_line(points[positions], self.shapes[pieces]))
        distance = np.full(len(longitude), np.inf)
        piece = np.full(len(longitude), -1)
        if len(positions):
            east, north = from_mercator(links[1::2])
            distance[positions] = ELLIPSOID.inv(longitude[positions], latitude[positions], east, north)[2]
            piece[positions] = pieces
        return distance, piece


@dataclass(frozen=True)
class Borders:
    """Everything that gives a position its country. `codes` are ISO 3166 alpha-3, the empty code = not settled."""

    codes: tuple[str, ...]
    land: Geometries
    bounds: Floats
    borders: Lines
    coasts: Lines
    grid: BorderGrid | None
    _kept: dict[tuple[str, int], Lines] = field(default_factory=dict, repr=False)

    @property
    def version(self) -> str:
        """Return what tells these borders from others: the start of the SHA-256 of their files."""
        return borders_version()

    @property
    def unsettled(self) -> int:
        """Place of the areas whose status is not settled."""
        return self.codes.index("")

    def country(self, longitude: Floats, latitude: Floats) -> Integers:
        """Return the place in `codes` of the land each position is on, or OFF_LAND.

        A position exactly on a line is on both sides; the first code is taken (the areas not settled come first).
        """
        countries = np.full(len(longitude), OFF_LAND)
        for place, (shape, (west, south, east, north)) in enumerate(zip(self.land, self.bounds, strict=True)):
            near = np.flatnonzero(
                (longitude >= west) & (longitude <= east) & (latitude >= south) & (latitude <= north) & (countries < 0)
            )
            countries[near[shapely.intersects_xy(shape, longitude[near], latitude[near])]] = place
        return countries

    def is_whole(self, place: int) -> bool:
        """Say whether the map holds all land of a country."""
        west, south, east, north = self.bounds[place]
        region = REGION_BOUNDS
        return bool(west > region[0] and south > region[1] and east < region[2] and north < region[3])

    def edges_of(self, place: int) -> Lines:
        """Return all edges of a country's land, kept once asked for."""
        return self._chosen("of", place)

    def edges_beside(self, place: int) -> Lines:
        """Return all edges of land of other countries (settled areas only), kept once asked for."""
        return self._chosen("beside", place)

    def coast_of(self, place: int) -> Lines:
        """Return the coast of a country (or of the areas not settled), kept once asked for."""
        return self._chosen("coast", place)

    def to_other_coast(self, longitude: Floats, latitude: Floats, owner: Integers, within_m: Floats) -> Floats:
        """Return the distance in metres to the nearest coast of another country or of an area not settled.

        Args:
            longitude: degrees, unwrapped.
            latitude: degrees.
            owner: place in `codes` of each position's own country.
            within_m: how far is searched for each position; beyond it the answer is infinite.
        """
        nearest = np.full(len(longitude), np.inf)
        # Searched by powers of two, so that one wide search does not make all searches wide.
        step = np.ceil(np.log2(np.maximum(within_m, 1.0)))
        # Of most countries the bounding box already says that they are too far away (0.01 degrees to be safe).
        up = within_m / SHORTEST_DEGREE_M + 0.01
        aside = up / np.cos(np.radians(np.minimum(np.abs(latitude) + up, 89.0)))
        for place in np.unique(self.coasts.one):
            west, south, east, north = self.bounds[place]
            near = (owner != place) & (longitude >= west - aside) & (longitude <= east + aside)
            near &= (latitude >= south - up) & (latitude <= north + up)
            for width in np.unique(step[near]):
                rows = np.flatnonzero(near & (step == width))
                distance, _ = self.coast_of(int(place)).nearest(
                    longitude[rows], latitude[rows], float(within_m[rows].max())
                )
                nearest[rows] = np.minimum(nearest[rows], distance)
        nearest[nearest > within_m] = np.inf
        return nearest

    def _chosen(self, kind: str, place: int) -> Lines:
        key = (kind, place)
        if key not in self._kept:
            shapes, one, other = zip(*self._sides(kind, place), strict=True)
            self._kept[key] = Lines.of(np.concatenate(shapes), np.concatenate(one), np.concatenate(other))
        return self._kept[key]

    def _sides(self, kind: str, place: int) -> Iterator[tuple[Geometries, Integers, Integers]]:
        """Return pieces, the side that is meant first."""
        for lines in (self.coasts,) if kind == "coast" else (self.borders, self.coasts):
            for one, other in ((lines.one, lines.other), (lines.other, lines.one)):
                wanted = one == place
                if kind == "beside":
                    wanted = ~wanted & (one >= 0) & (one != self.unsettled)
                yield lines.shapes[wanted], one[wanted], other[wanted]


def read_lines(path: Path, codes: tuple[str, ...]) -> Lines:
    """Read pieces of lines."""
    frame = gpd.read_parquet(path)
    shapes = shapely.segmentize(np.asarray(frame.geometry.array), STEP_DEG)
    place = {code: number for number, code in enumerate(codes)}
    one: Integers = np.array([place[code] for code in frame["country_code"]], dtype=np.int64)
    if (frame["kind"] == "coast").all():
        other: Integers = np.full(len(frame), OFF_LAND, dtype=np.int64)
    else:
        other = np.array([place[code] for code in frame["other_code"]], dtype=np.int64)
    bent = shapely.transform(shapes, lambda places: to_mercator(places[:, 0], places[:, 1]))
    return Lines.of(bent, one, other)


@lru_cache(maxsize=1)
def borders_version() -> str:
    """Return what tells this state of the borders: 12 characters of their SHA-256."""
    digest = hashlib.sha256()
    for path in sorted(GEO_DIR.glob("crossing_*.parquet")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@lru_cache(maxsize=1)
def _read() -> Borders:
    try:
        land = gpd.read_parquet(GEO_DIR / "crossing_land.parquet").sort_values("country_code")
        codes = tuple(land["country_code"])
        shapes = np.asarray(land.geometry.array)
        shapely.prepare(shapes)
        borders, coasts = (read_lines(GEO_DIR / f"crossing_{kind}.parquet", codes) for kind in ("border", "coast"))
        return Borders(codes, shapes, shapely.bounds(shapes), borders, coasts, load_grid(GEO_DIR))
    except (OSError, KeyError, ValueError) as problem:
        raise DataError([f"geo/crossing_*.parquet: {problem}"]) from problem


def load_borders(parameters: Parameters) -> Borders:
    """Return the borders, read once; with the grid only if it was made with these parameters.

    Raises:
        DataError: if a file in data/geo is missing or damaged.
    """
    borders = _read()
    if borders.grid is None or borders.grid.is_made_with(parameters):
        return borders
    return Borders(borders.codes, borders.land, borders.bounds, borders.borders, borders.coasts, None, borders._kept)


@lru_cache(maxsize=1)
def area_names() -> dict[str, str]:
    """Return country code -> short name in United Nations usage, for every country on the map."""
    with (GEO_DIR / "areas.csv").open(encoding="utf-8", newline="") as handle:
        return {row["country_code"]: row["name"] for row in csv.DictReader(handle)}
