"""The basemap all maps share: vectors from data/geo, loaded once. No tiles, no network."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from neaspec.errors import DataError

GEO_DIR = Path(__file__).parent.parent / "data" / "geo"
View = Literal["region", "tumen"]

# Centre and zoom of each view; zoom as in web maps (each step doubles the scale).
VIEWS: dict[View, dict[str, float]] = {
    "region": {"latitude": 42.2, "longitude": 119.0, "zoom": 2.9, "min_zoom": 2.2, "max_zoom": 8.0},
    "tumen": {"latitude": 42.47, "longitude": 130.7, "zoom": 8.2, "min_zoom": 7.6, "max_zoom": 11.0},
}
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
        made: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError) as problem:
        raise DataError([f"geo/{name}.geojson: {problem}"]) from problem
    return made
