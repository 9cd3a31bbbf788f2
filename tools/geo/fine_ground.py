"""Make the finer ground of the region map in data/geo; run by hand after make_crossing_borders or make_basemap.

    python -m tools.geo.fine_ground

Land and borders are those of the map of field data, simplified so that neighbours still share their edges exactly;
lakes and rivers are those of the region map. All are cut into the tiles a browser asks for when a reader goes near.
Needs no download; equal inputs give equal bytes.
"""

from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import box, shape

from neaspec.paths import GEO_DIR
from neaspec.region import MEMBERS
from neaspec.render.maps.basemap import FINE_FILE, FINE_TILES, layer, tile_bounds
from neaspec.render.maps.fine_ground import DECIMALS
from tools.geo.basemap import DASHED_PAIR, areas_only, dashes

SIMPLIFIED_DEG = 0.004  # about 400 m: a pixel and a half at the nearest zoom
SMALLEST_DEG2 = 0.0002  # square degrees, about 2 square kilometres; a smaller island is left out
# Land without a country east of this lies between member States only: drawn as land of members, without naming one.
MEMBERS_EAST_OF = 118.0
ALONG_BORDER_DEG = 0.06  # a coarse river this near to a border would cross and cross it again
Row = tuple[int, int, str, bool, Any]  # tile x, tile y, kind, is land of a member, geometry


def coverage() -> gpd.GeoDataFrame:
    """Return land by country inside the finer ground, simplified; neighbours share their edges."""
    land = gpd.read_parquet(GEO_DIR / "crossing_land.parquet")[["country_code", "geometry"]]
    corners = [tile_bounds(*FINE_TILES[:2]), tile_bounds(*FINE_TILES[2:])]
    around = box(corners[0][0], corners[1][1], corners[1][2], corners[0][3]).buffer(1.0, join_style="mitre")
    land.geometry = [areas_only(shapely.make_valid(item).intersection(around)) for item in land.geometry]
    land = land[~land.geometry.is_empty].sort_values("country_code", ignore_index=True)
    land.geometry = shapely.coverage_simplify(land.geometry.values, SIMPLIFIED_DEG)
    return land


def remove_specks(item: Any) -> Any:
    """Leave the smallest islands out."""
    parts = shapely.get_parts(item)
    return shapely.multipolygons(parts[shapely.area(parts) > SMALLEST_DEG2])


def round_degrees(places: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Round places; neighbours are rounded alike."""
    return np.round(places, DECIMALS)


def borders(land: gpd.GeoDataFrame) -> tuple[Any, Any]:
    """Return the lines two countries share as one: those not settled in dashes; and all of them whole."""
    lines, whole = [], []
    for place, (code, item) in enumerate(zip(land["country_code"], land.geometry, strict=True)):
        for other, neighbour in list(zip(land["country_code"], land.geometry, strict=True))[place + 1 :]:
            if not item.intersects(neighbour):
                continue
            shared = shapely.get_parts(item.boundary.intersection(neighbour.boundary))
            line = shapely.line_merge(shapely.union_all([part for part in shared if part.geom_type == "LineString"]))
            if line.is_empty:
                continue
            is_dashed = "" in (code, other) or frozenset({code, other}) == DASHED_PAIR
            lines.append(dashes(line, 0.06) if is_dashed else line)
            whole.append(line)
    return shapely.union_all(lines), shapely.union_all(whole)


def coarse(name: str) -> Any:
    """Return a layer of the region map as one shape."""
    return shapely.union_all([shapely.make_valid(shape(item["geometry"])) for item in layer(name)["features"]])


def tiles() -> list[tuple[int, int]]:
    """Return the tiles of the finer ground."""
    first_x, first_y, last_x, last_y = FINE_TILES
    return [(x, y) for x in range(first_x, last_x + 1) for y in range(first_y, last_y + 1)]


def rows() -> list[Row]:
    """Return all pieces of all tiles, in the order in which they are drawn."""
    land = coverage()
    lines, whole = borders(land)
    pieces: list[tuple[str, bool, Any]] = []
    for code, item in zip(land["country_code"], land.geometry, strict=True):
        parts = shapely.get_parts(remove_specks(item))
        is_member = code in MEMBERS if code else shapely.get_x(shapely.centroid(parts)) > MEMBERS_EAST_OF
        for chosen in (True, False):
            part = parts[np.broadcast_to(np.asarray(is_member) == chosen, parts.shape)]
            if len(part):
                pieces.append(("land", chosen, shapely.union_all(part)))
    pieces.append(("water", False, coarse("region_lakes")))
    pieces.append(("river", False, coarse("region_rivers").difference(whole.buffer(ALONG_BORDER_DEG))))
    pieces.append(("line", False, lines))
    tiles_made: list[Row] = []
    for x, y in tiles():
        for kind, is_member, item in pieces:
            cut = shapely.clip_by_rect(item, *tile_bounds(x, y))
            wanted = "Polygon" if kind in ("land", "water") else "LineString"
            kept = [part for part in shapely.get_parts(cut) if part.geom_type == wanted]
            if kept:
                joined = shapely.multipolygons(kept) if wanted == "Polygon" else shapely.multilinestrings(kept)
                tiles_made.append((x, y, kind, is_member, shapely.transform(joined, round_degrees)))
    return tiles_made


def main() -> None:
    """Write the finer ground."""
    written = rows()
    x, y, kind, is_member, geometry = zip(*written, strict=True)
    frame = gpd.GeoDataFrame(
        {"x": np.array(x, "int16"), "y": np.array(y, "int16"), "kind": kind, "is_member": is_member},
        geometry=list(geometry),
        crs="EPSG:4326",
    )
    path = GEO_DIR / FINE_FILE
    frame.to_parquet(path, compression="zstd", compression_level=19, index=False)
    print(f"{path.name}: {len(frame)} pieces of {len(tiles())} tiles, {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
