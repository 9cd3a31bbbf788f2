"""The basemap all maps share: vectors from data/geo, loaded once. No tiles, no network."""

import gzip
import hashlib
import json
import math
from functools import lru_cache
from typing import Any, Literal

from neaspec.errors import AddressError, DataError
from neaspec.paths import GEO_DIR

View = Literal["region", "tumen"]

# Centre and zoom of each view; zoom as in web maps (each step doubles the scale).
VIEWS: dict[View, dict[str, float]] = {
    "region": {"latitude": 42.2, "longitude": 119.0, "zoom": 2.9, "min_zoom": 2.2, "max_zoom": 8.0},
    "tumen": {"latitude": 42.47, "longitude": 130.7, "zoom": 8.2, "min_zoom": 7.6, "max_zoom": 11.0},
}
# The finer ground of the region: cut into tiles of one zoom, which browsers show from half a step below it on.
FINE_FILE = "region_fine.parquet"
FINE_ZOOM = 6
FINE_FROM = FINE_ZOOM - 0.5
FINE_TILES = (47, 18, 58, 29)  # first and last tile across and down: 84 to 152 degrees east, 11 to 62 degrees north
SMALL_MAP_ZOOM = 1.2  # a small map shows the same ground at a smaller scale
LAYERS: dict[View, tuple[str, ...]] = {
    "region": ("region_land", "region_lakes", "region_rivers", "region_borders", "region_labels"),
    "tumen": ("tumen_land", "tumen_borders"),
}


@lru_cache(maxsize=16)
def layer(name: str) -> dict[str, Any]:
    """Return one layer of data/geo as GeoJSON; treat it as read-only.

    Raises:
        DataError: if the file is missing or not GeoJSON.
    """
    path = GEO_DIR / f"{name}.geojson"
    try:
        collection: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError) as problem:
        raise DataError([f"geo/{name}.geojson: {problem}"]) from problem
    return collection


@lru_cache(maxsize=16)
def layer_version(name: str) -> str:
    """Return a name of the content of a layer, so that browsers may keep it for good."""
    return hashlib.sha256((GEO_DIR / f"{name}.geojson").read_bytes()).hexdigest()[:12]


@lru_cache(maxsize=16)
def packed_layer(name: str) -> bytes:
    """Return one layer as GeoJSON, compressed (gzip).

    Raises:
        AddressError: if there is no such layer.
    """
    if name not in {known for names in LAYERS.values() for known in names}:
        raise AddressError(f"there is no ground {name!r}")
    return gzip.compress(json.dumps(layer(name), separators=(",", ":"), ensure_ascii=False).encode(), mtime=0)


def tile_bounds(x: int, y: int) -> tuple[float, float, float, float]:
    """Return west, south, east and north of a tile of the finer ground, in degrees."""
    count = 2**FINE_ZOOM

    def latitude(down: int) -> float:
        return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * down / count))))

    return x / count * 360 - 180, latitude(y + 1), (x + 1) / count * 360 - 180, latitude(y)
