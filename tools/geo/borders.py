"""Make the land and lines that give a record its country; run by hand when the source changes (data/geo/README.md).

    python -m tools.geo.borders FOLDER      FOLDER holds the unpacked packages, as for make_basemap

Land comes from @geo-maps/countries-land-100m 0.6.0 (OpenStreetMap, 2017). The source cuts rivers and lakes out of the
land, lets neighbours overlap or miss each other by some metres, and ends Chukotka at 180 degrees; here inland water
belongs to a country, neighbours share their edges exactly, and longitudes go on beyond 180.
"""

import json
import sys
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import box

from neaspec.paths import GEO_DIR
from neaspec.region import PARTS_OF_STATES, REGION_BOUNDS
from tools.geo.basemap import UNSETTLED, across_the_antimeridian, read_layer, read_topology
from tools.geo.lines import lines_of
from tools.geo.water import inland_water

Shapes = npt.NDArray[np.object_]
Texts = npt.NDArray[np.str_]

REGION = box(*REGION_BOUNDS)
# Neighbours miss each other by some metres; gaps as narrow as this (degrees, about 400 m) are closed before water is
# shared out, each to the neighbour with the longest edge.
GAP_DEG = 0.004
SLIVERS_DEG2 = 0.05  # square degrees, about 500 square kilometres along all borders of a country together
GRID_DEG = 1e-5  # about 1 m; the source has 1e-4
# A part lying in another country's part by this share is an exclave the other country's outline forgot to leave out.
EXCLAVE_SHARE = 0.9
# Areas whose status is not settled and that the United Nations units do not hold: every piece of land in these boxes,
# and for rocks that the source does not draw the box itself. Bounds in degrees: west, south, east, north.
UNSETTLED_LAND = (
    (145.3, 43.6, 149.0, 45.62),
    (145.85, 43.3, 147.1, 44.0),
    (111.0, 15.4, 113.2, 17.4),
    (111.5, 7.5, 116.4, 12.0),
)
UNSETTLED_BOXES = (
    (131.84, 37.22, 131.89, 37.26),
    (123.40, 25.70, 123.72, 25.96),
    (124.53, 25.91, 124.59, 25.94),
    (117.70, 15.08, 117.86, 15.24),
)
# The United Nations units are drawn to about 2 km; a position this near to one (degrees) has no sure country either.
UNSETTLED_MARGIN_DEG = 0.03


def read_parts(land: Path) -> tuple[Texts, Shapes]:
    """Read the parts of countries in the region, made valid, their own lakes filled, unwrapped at 180 degrees."""
    codes, parts = [], []
    for item in json.loads(land.read_text(encoding="utf-8"))["features"]:
        given = item["geometry"]["coordinates"]
        for rings in [given] if item["geometry"]["type"] == "Polygon" else given:
            corners = np.asarray(rings[0])
            if corners[:, 0].max() < -168.0:
                corners = corners + [360.0, 0.0]
            west, south = corners.min(axis=0)
            east, north = corners.max(axis=0)
            if east > REGION.bounds[0] and west < REGION.bounds[2] and north > REGION.bounds[1]:
                codes.append(PARTS_OF_STATES.get(item["properties"]["A3"], item["properties"]["A3"]))
                parts.append(shapely.Polygon(corners))
    return np.array(codes), shapely.make_valid(np.array(parts, dtype=object))


def remove_exclaves(codes: Texts, parts: Shapes) -> Shapes:
    """Take the parts of other countries out of the parts around them."""
    tree = shapely.STRtree(parts)
    inner, outer = tree.query(parts, predicate="intersects")
    areas = shapely.area(parts)
    # Territories that are drawn twice, alike, stay with the smaller of the two owners.
    _, place = np.unique(codes, return_inverse=True)
    whole = np.bincount(place, weights=areas)[place]
    is_smaller = (areas[inner] < areas[outer]) | ((areas[inner] == areas[outer]) & (whole[inner] < whole[outer]))
    asked = (codes[inner] != codes[outer]) & is_smaller
    inner, outer = inner[asked], outer[asked]
    shared = shapely.area(shapely.intersection(parts[inner], parts[outer]))
    inside = shared > EXCLAVE_SHARE * areas[inner]
    cleaned = parts.copy()
    for exclave, around in zip(inner[inside], outer[inside], strict=True):
        cleaned[around] = shapely.difference(cleaned[around], parts[exclave])
    return cleaned


def polygons_only(shape: Any) -> Any:
    """Drop lines and points that cutting leaves behind."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    return shapely.multipolygons(np.array(parts, dtype=object)) if parts else shapely.MultiPolygon()


def by_country(codes: Texts, parts: Shapes) -> tuple[Texts, Shapes]:
    """Join the parts of each country and cut them to the region."""
    names, shapes = [], []
    for code in sorted(set(codes.tolist())):
        joined = shapely.union_all(parts[codes == code])
        cut = polygons_only(joined if REGION.contains(box(*joined.bounds)) else shapely.intersection(joined, REGION))
        if not cut.is_empty:
            names.append(code)
            shapes.append(cut)
    return np.array(names), np.array(shapes, dtype=object)


def clean(shapes: Shapes, gap_deg: float) -> Shapes:
    """Make neighbours share their edges exactly and share out narrow gaps.

    Raises:
        ValueError: if the result is not a valid coverage, or a country has lost or won more than slivers.
    """
    given = shapely.set_precision(shapes, GRID_DEG)
    cleaned: Any = shapely.coverage_clean(given, gap_width=gap_deg, snapping_distance=0)  # type: ignore[attr-defined]
    if not (shapely.coverage_is_valid(cleaned) and shapely.is_valid(cleaned).all()):
        raise ValueError("the countries do not fit together")
    if (np.abs(shapely.area(cleaned) - shapely.area(given)) > SLIVERS_DEG2).any():
        raise ValueError("land of one country went to another")
    return np.array([polygons_only(shape) for shape in cleaned], dtype=object)


def unsettled_area(shapes: Shapes, units: gpd.GeoDataFrame) -> Any:
    """Return the areas that get no country by position."""
    pieces = [shape.buffer(UNSETTLED_MARGIN_DEG) for shape in units.geometry[units["id"].isin(UNSETTLED)]]
    parts = shapely.get_parts(shapes)
    tree = shapely.STRtree(shapely.envelope(parts))
    for bounds in UNSETTLED_LAND:
        pieces += list(parts[tree.query(box(*bounds), predicate="contains")])
    pieces += [box(*bounds) for bounds in UNSETTLED_BOXES]
    return polygons_only(shapely.union_all(pieces))


def with_water(shapes: Shapes, codes: Texts, water: tuple[Texts, Shapes]) -> Shapes:
    """Give every country its inland water."""
    owners, pieces = water
    joined = [shapely.union_all([shape, *pieces[owners == code]]) for code, shape in zip(codes, shapes, strict=True)]
    return np.array(joined, dtype=object)


def write(name: str, frame: gpd.GeoDataFrame) -> None:
    """Write one layer as GeoParquet."""
    path = GEO_DIR / f"{name}.parquet"
    frame.to_parquet(path, index=False, compression="zstd", compression_level=19, geometry_encoding="geoarrow")
    print(f"{path.name}: {len(frame)} rows, {path.stat().st_size / 1e6:.2f} MB", flush=True)


def main() -> None:
    """Make land and lines."""
    folder = Path(sys.argv[1])
    units = read_layer(read_topology(next(folder.rglob("plotly-geo-assets.js"))), "countries")
    units.geometry = [across_the_antimeridian(shape) for shape in units.geometry]
    codes, parts = read_parts(next(folder.rglob("map.geo.json")))
    names, shapes = by_country(codes, remove_exclaves(codes, parts))
    print(f"{len(names)} countries", flush=True)
    shapes = clean(shapes, GAP_DEG)
    shapes = with_water(shapes, names, inland_water(names, shapes, units.geometry.to_numpy(), REGION))
    unsettled = unsettled_area(shapes, units)
    settled = [polygons_only(shapely.difference(shape, unsettled)) for shape in shapes]
    # Land and water of a country share edges; a second pass makes the edges of neighbours one again.
    names, shapes = np.append(names, ""), clean(np.array([*settled, unsettled], dtype=object), GAP_DEG / 10)
    is_left = ~shapely.is_empty(shapes)
    print("no land of their own left:", *names[~is_left], flush=True)
    names, shapes = names[is_left], shapes[is_left]
    write("crossing_land", gpd.GeoDataFrame({"country_code": names, "kind": "land"}, geometry=shapes, crs=4326))
    for kind, frame in lines_of(names, shapes, REGION_BOUNDS).items():
        write(f"crossing_{kind}", frame)


if __name__ == "__main__":
    main()
