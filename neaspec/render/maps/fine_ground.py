"""The finer ground of the region map, tile by tile: what a browser asks for when a reader goes near (/ground/…)."""

import gzip
import hashlib
import json
from functools import lru_cache
from typing import Any

import pyarrow.parquet as pq
import shapely

from neaspec.errors import AddressError
from neaspec.paths import GEO_DIR
from neaspec.render.maps.basemap import FINE_FILE, FINE_TILES, FINE_ZOOM, tile_bounds

Feature = dict[str, Any]
DECIMALS = 3  # of degrees, for land and sea alike: tiles meet without a seam


@lru_cache(maxsize=1)
def version() -> str:
    """Return a name of the content, so that browsers may keep tiles for good."""
    return hashlib.sha256((GEO_DIR / FINE_FILE).read_bytes()).hexdigest()[:12]


@lru_cache(maxsize=1)
def pieces() -> dict[tuple[int, int], list[Feature]]:
    """Return the features of every tile that holds land, in the order in which they are drawn."""
    tiles: dict[tuple[int, int], list[Feature]] = {}
    table = pq.read_table(GEO_DIR / FINE_FILE).to_pydict()
    texts = shapely.to_geojson(shapely.from_wkb(table["geometry"]))
    for x, y, kind, is_member, text in zip(
        table["x"], table["y"], table["kind"], table["is_member"], texts, strict=True
    ):
        shown = {"kind": kind, "is_member": is_member}
        tiles.setdefault((x, y), []).append({"type": "Feature", "properties": shown, "geometry": json.loads(text)})
    return tiles


def tile(x: int, y: int) -> bytes:
    """Return one tile as GeoJSON: sea, land, water, rivers, borders; nothing where there is no finer ground.

    Raises:
        AddressError: if there is no such tile.
    """
    if not (0 <= x < 2**FINE_ZOOM and 0 <= y < 2**FINE_ZOOM):
        raise AddressError(f"there is no ground {FINE_ZOOM}/{x}/{y}")
    if not (FINE_TILES[0] <= x <= FINE_TILES[2] and FINE_TILES[1] <= y <= FINE_TILES[3]):
        return b'{"type":"FeatureCollection","features":[]}'
    west, south, east, north = (round(edge, DECIMALS) for edge in tile_bounds(x, y))
    around = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    sea = {
        "type": "Feature",
        "properties": {"kind": "sea", "is_member": False},
        "geometry": {"type": "Polygon", "coordinates": [around]},
    }
    collection = {"type": "FeatureCollection", "features": [sea, *pieces().get((x, y), [])]}
    return json.dumps(collection, separators=(",", ":")).encode()


@lru_cache(maxsize=256)
def packed(x: int, y: int) -> bytes:
    """Return one tile compressed (gzip)."""
    return gzip.compress(tile(x, y), mtime=0)
