"""What a draft holds: areas by State, land, inland water and sea, its edge, and what lies around it in bands.

Land is that of the finest map kept (crossing_land, about 100 m). A part of a State that nowhere reaches farther than
that from its border with another State is not told apart from the line itself: it is given as zero within the
precision of the map.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry import MultiPolygon, Point, Polygon, box

from neaspec.boundary.drafts import Draft
from neaspec.errors import DataError
from neaspec.paths import GEO_DIR
from neaspec.shapes.geodesics import on_geodesics
from neaspec.shapes.local_map import LocalMap
from neaspec.shapes.measures import HECTARE, geodesic_area, geodesic_edge

MAP_PRECISION_M = 100.0
BANDS_KM = (1, 5, 10)
INSIDE = 0  # the band of what lies in the draft
LAND = "crossing_land.parquet"
INSET = "tumen_land.geojson"  # the one map on which inland water is drawn finely
NARROWEST_WATER_M = 80.0  # narrower than this the shores of two maps differ
METRES_A_DEGREE = 111_320.0
SEA, UNSETTLED = "sea", ""
DEGREES_AROUND = 0.3  # around a draft: more than the widest band at any latitude of the region


@dataclass(frozen=True)
class StateArea:
    """What a draft holds of one State (or of the sea): square metres, and whether the map can tell it from zero."""

    code: str
    area_m2: float
    is_within_precision: bool = False


@dataclass(frozen=True)
class Measures:
    """Sizes of a draft.

    area_m2, edge_m: geodesic. states: by code, sea last. inland_water_m2: of the land; None = not known here. bands:
    kilometres -> what lies in that distance outside the draft, by code.
    """

    area_m2: float
    edge_m: float
    states: tuple[StateArea, ...]
    inland_water_m2: float | None
    bands: Mapping[int, tuple[StateArea, ...]] = field(default_factory=dict)

    def area_of(self, code: str) -> StateArea | None:
        """Return the area in a State, or None."""
        return next((area for area in self.states if area.code == code), None)


@lru_cache(maxsize=1)
def inset() -> tuple[Any, Any]:
    """Return the land of the finer inset without its inland water, and its limits."""
    frame = gpd.read_file(GEO_DIR / INSET)
    land = shapely.union_all(shapely.make_valid(np.asarray(frame.geometry.array)))
    return land, box(*land.bounds)


def measure(draft: Draft) -> Measures:
    """Measure a draft."""
    shape = on_geodesics(draft.shape)
    local = LocalMap(shape)
    near = land_around(shape)
    lines = borders_between(near, local)
    return Measures(
        area_m2=geodesic_area(draft.shape),
        edge_m=geodesic_edge(draft.shape),
        states=by_state(shape, near, local, lines),
        inland_water_m2=inland_water(shape, near, local),
        bands={km: by_state(around(shape, local, km), near, local, {}) for km in BANDS_KM},
    )


def land_around(shape: MultiPolygon) -> dict[str, Any]:
    """Return the land of each State near a draft: code -> shape."""
    west, south, east, north = shape.bounds
    aside = DEGREES_AROUND / max(np.cos(np.radians(min(abs(north) + DEGREES_AROUND, 85))), 0.1)
    limits = (west - aside, south - DEGREES_AROUND, east + aside, north + DEGREES_AROUND)
    near = {}
    for code, land in countries().items():
        reach = land.bounds
        if reach[0] <= limits[2] and reach[2] >= limits[0] and reach[1] <= limits[3] and reach[3] >= limits[1]:
            piece = shapely.clip_by_rect(land, *limits)
            if not piece.is_empty:
                near[code] = polygons_in(shapely.make_valid(piece))
    return near


@lru_cache(maxsize=1)
def countries() -> dict[str, Any]:
    """Return the land of each country on the finest map kept, inland water included: code -> shape.

    Raises:
        DataError: if the map is missing or damaged.
    """
    try:
        land = gpd.read_parquet(GEO_DIR / LAND)
        return dict(zip(land["country_code"], land.geometry.array, strict=True))
    except (OSError, KeyError, ValueError) as problem:
        raise DataError([f"geo/{LAND}: {problem}"]) from problem


def borders_between(near: Mapping[str, Any], local: LocalMap) -> dict[str, Any]:
    """Return, for each State, the land within the precision of the map from its border with another, in metres."""
    codes = sorted(near)
    lines: dict[str, list[Any]] = {code: [] for code in codes}
    for place, code in enumerate(codes):
        for other in codes[place + 1 :]:
            line = near[code].boundary.intersection(near[other].boundary)
            if not line.is_empty:
                lines[code].append(line)
                lines[other].append(line)
    return {
        code: local.metres(shapely.union_all(shared)).buffer(MAP_PRECISION_M)
        for code, shared in lines.items()
        if shared
    }


def by_state(shape: Any, near: Mapping[str, Any], local: LocalMap, lines: Mapping[str, Any]) -> tuple[StateArea, ...]:
    """Return what a shape holds of each State, and of the sea."""
    areas, rest = [], shape
    for code in sorted(near):
        part = polygons_in(shape.intersection(near[code]))
        rest = rest.difference(near[code])
        if part.is_empty:
            continue
        is_line = code in lines and lines[code].contains(local.metres(part))
        areas.append(StateArea(code, geodesic_area(part), is_line))
    sea = polygons_in(rest)
    if not sea.is_empty:
        areas.append(StateArea(SEA, geodesic_area(sea)))
    return tuple(areas)


def polygons_in(shape: Any) -> MultiPolygon:
    """Return the areas of a shape; lines and points in it have none."""
    parts = [part for part in getattr(shape, "geoms", [shape]) if not part.is_empty]
    return MultiPolygon([inner for part in parts for inner in areas_in(part)])


def areas_in(part: Any) -> list[Polygon]:
    """Return the polygons in a part."""
    if part.geom_type == "Polygon":
        return [part]
    return [inner for inner in getattr(part, "geoms", []) if inner.geom_type == "Polygon"]


def around(shape: MultiPolygon, local: LocalMap, kilometres: float) -> Any:
    """Return what lies within so many kilometres outside a draft."""
    flat = local.metres(shape)
    return local.degrees(flat.buffer(kilometres * 1000).difference(flat))


def inland_water(shape: MultiPolygon, near: Mapping[str, Any], local: LocalMap) -> float | None:
    """Return the area of lakes and rivers in a draft; None where no map kept draws them finely enough."""
    land, limits = inset()
    if not limits.contains(shape):
        return None
    wet = local.metres(shape.intersection(shapely.union_all(list(near.values()))).difference(land))
    open_water = wet.buffer(-NARROWEST_WATER_M / 2).buffer(NARROWEST_WATER_M / 2)
    return geodesic_area(polygons_in(local.degrees(open_water)))


@dataclass(frozen=True)
class SitePlace:
    """Where a site lies to a draft: band in kilometres (INSIDE, 1, 5, 10; None = farther), and whether that is sure.

    is_sure: the stated point may be as far off as its precision says, and would still lie in the same band.
    precision_km: that precision.
    """

    site_id: str
    band: int | None
    is_sure: bool
    precision_km: float


def site_places(draft: Draft, sites: pd.DataFrame) -> list[SitePlace]:
    """Return where sites lie to a draft; sites without a point are left out.

    Args:
        draft: the draft.
        sites: site_id, longitude, latitude, coordinate_precision_deg.
    """
    shape = on_geodesics(draft.shape)
    local = LocalMap(shape)
    flat = local.metres(shape)
    placed = sites[sites["latitude"].notna()]
    places = []
    for row in placed.to_dict("records"):
        point = local.metres(Point(row["longitude"], row["latitude"]))
        away = point.distance(flat)
        signed = away if away else -point.distance(flat.boundary)
        precision = float(row["coordinate_precision_deg"] or 0) * METRES_A_DEGREE
        nearest, farthest = band_of(signed - precision), band_of(signed + precision)
        places.append(SitePlace(str(row["site_id"]), band_of(signed), nearest == farthest, precision / 1000))
    return places


def band_of(metres: float) -> int | None:
    """Return the band of a distance; below zero is inside."""
    if metres <= 0:
        return INSIDE
    return next((km for km in BANDS_KM if metres <= km * 1000), None)


def overlap_ha(draft: Draft, limits: tuple[float, float, float, float]) -> float:
    """Return how much of an area between printed limits (west, south, east, north) lies in a draft, in hectares."""
    return geodesic_area(polygons_in(on_geodesics(draft.shape).intersection(box(*limits)))) / HECTARE
