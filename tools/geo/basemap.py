"""Make the basemap in data/geo from two packages of vectors; run by hand when they change (see data/geo/README.md).

    python -m tools.geo.basemap FOLDER      FOLDER holds the unpacked packages plotly.js and countries-land-100m

Region view: countries, rivers and lakes of the United Nations geodata that plotly.js 3.7.0 carries. Inset of the Tumen
estuary: land of @geo-maps/countries-land-100m 0.6.0, made from OpenStreetMap; coarser sets put Fangchuan on the wrong
side of the border.
"""

import csv
import json
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely
from shapely.geometry import LineString, Polygon, box
from shapely.geometry.base import BaseGeometry
from shapely.ops import linemerge

from neaspec.paths import DATA_DIR, GEO_DIR
from neaspec.region import MEMBERS, PARTS_OF_STATES

REGION = box(62, 8, 172, 78)
TUMEN = box(128.8, 41.6, 132.8, 43.4)
# The military demarcation line in Korea is drawn dashed, as pieces of line, so that every output draws it alike.
DASHED_PAIR = frozenset({"PRK", "KOR"})
# Units of the United Nations geodata whose status is not settled (in the west of the view): all their lines are dashed.
UNSETTLED = frozenset({"XJK", "XAC", "XAP"})
DASH_DEG = 0.22
SMALLEST_LAKE_DEG = 0.0001  # square degrees, about 0.9 square kilometres; the source knows nothing smaller well


def read_topology(script: Path, name: str = "world_50m") -> dict[str, Any]:
    """Read one topology out of plotly-geo-assets.js, an object literal whose keys have no quotes."""
    text = script.read_text(encoding="utf-8")
    begin = text.index("module.exports = {", text.index(f"require_{name} ="))
    literal = text[text.index("{", begin) : text.index("};", begin) + 1]
    topology: dict[str, Any] = json.loads(re.sub(r"([{,]\s*)([A-Za-z_]\w*):", r'\1"\2":', literal))
    return topology


def read_layer(topology: dict[str, Any], layer: str) -> gpd.GeoDataFrame:
    """Decode one object of a topology (GDAL reads TopoJSON)."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "topology.json"
        path.write_text(json.dumps({**topology, "objects": {layer: topology["objects"][layer]}}), encoding="utf-8")
        frame: gpd.GeoDataFrame = gpd.read_file(path, layer=layer)
    return frame


def round_coordinates(geometry: BaseGeometry, decimals: int) -> dict[str, Any]:
    """Return a geometry as GeoJSON with few decimals."""
    shaped = shapely.set_precision(geometry, 10.0**-decimals)
    description: dict[str, Any] = json.loads(shapely.to_geojson(shaped))
    return description


def feature(geometry: BaseGeometry, decimals: int, **properties: object) -> dict[str, Any]:
    """Return one GeoJSON feature."""
    return {"type": "Feature", "properties": properties, "geometry": round_coordinates(geometry, decimals)}


def write(name: str, features: list[dict[str, Any]]) -> None:
    """Write one layer, compact."""
    path = GEO_DIR / f"{name}.geojson"
    kept = [item for item in features if item["geometry"].get("coordinates")]
    text = json.dumps({"type": "FeatureCollection", "features": kept}, separators=(",", ":"))
    path.write_text(text + "\n", encoding="utf-8")
    print(f"{path.name}: {len(kept)} features, {path.stat().st_size / 1000:.0f} kB")


def areas_only(geometry: BaseGeometry) -> BaseGeometry:
    """Drop lines and points that clipping leaves behind."""
    return shapely.union_all([part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"])


def across_the_antimeridian(geometry: BaseGeometry) -> BaseGeometry:
    """Make a country valid; an outline that crosses 180 degrees east goes on beyond it instead of jumping back."""
    parts = []
    for part in shapely.get_parts(geometry):
        corners = shapely.get_coordinates(part.exterior)
        if abs(corners[1:, 0] - corners[:-1, 0]).max() > 180:
            part = shapely.transform(part, lambda places: places + (places[:, :1] < 0) * [[360.0, 0.0]])
        parts.append(shapely.make_valid(part))
    return shapely.union_all(parts)


def dashes(line: Any, length_deg: float = DASH_DEG) -> BaseGeometry:
    """Cut a line into dashes; length_deg: of a dash with the gap after it."""
    pieces = []
    for part in shapely.get_parts(linemerge(line) if line.geom_type == "MultiLineString" else line):
        steps = int(part.length / length_deg)
        for step in range(steps + 1):
            piece = shapely.ops.substring(part, step * length_deg, (step + 0.55) * length_deg)
            if isinstance(piece, LineString) and piece.length > 0:
                pieces.append(piece)
    return shapely.union_all(pieces)


def borders(countries: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """Return the lines two countries share, the dashed ones in pieces."""
    shapes = dict(zip(countries["country"], countries.geometry, strict=True))
    names = sorted(shapes)
    features = []
    for place, name in enumerate(names):
        for other in names[place + 1 :]:
            if not shapes[name].intersects(shapes[other]):
                continue
            shared = shapes[name].boundary.intersection(shapes[other].boundary)
            lines = [part for part in shapely.get_parts(shared) if part.geom_type == "LineString"]
            if not lines:
                continue
            line = shapely.union_all(lines)
            if frozenset({name, other}) == DASHED_PAIR or {name, other} & UNSETTLED:
                line = dashes(line)
            features.append(feature(line, 2, between=f"{name} {other}"))
    return features


def make_region(script: Path) -> None:
    """Write land, borders, rivers, lakes and labels of the region view."""
    topology = read_topology(script)
    countries = read_layer(topology, "countries")
    countries["country"] = countries["id"].replace(PARTS_OF_STATES)
    countries.geometry = [across_the_antimeridian(shape) for shape in countries.geometry]
    clipped = countries[countries.intersects(REGION)].dissolve("country", as_index=False)
    clipped.geometry = [areas_only(shape.intersection(REGION)) for shape in clipped.geometry]
    write(
        "region_land",
        [
            feature(shape.simplify(0.02), 2, country=country, is_member=country in MEMBERS)
            for country, shape in zip(clipped["country"], clipped.geometry, strict=True)
        ],
    )
    write("region_borders", borders(clipped))
    for layer, target in (("rivers", "region_rivers"), ("lakes", "region_lakes")):
        frame = read_layer(topology, layer)
        shapes = [shape.intersection(REGION).simplify(0.03) for shape in shapely.make_valid(frame.geometry.values)]
        write(target, [feature(shape, 2) for shape in shapes if not shape.is_empty])
    with (DATA_DIR / "countries.csv").open(encoding="utf-8", newline="") as handle:
        rows = [row for row in csv.DictReader(handle) if row["is_member"] == "true"]
    write(
        "region_labels",
        [
            feature(shapely.Point(float(row["label_longitude"]), float(row["label_latitude"])), 1, name=row["name"])
            for row in rows
        ],
    )


def make_tumen(land: Path) -> None:
    """Write land and borders of the inset; its lakes are holes in the land."""
    description = json.loads(land.read_text(encoding="utf-8"))
    wanted = [item for item in description["features"] if item["properties"]["A3"] in MEMBERS]
    features = []
    shapes: dict[str, BaseGeometry] = {}
    for item in wanted:
        polygons = [Polygon(rings[0], rings[1:]) for rings in item["geometry"]["coordinates"]]
        near = [shape for shape in polygons if box(*shape.bounds).intersects(TUMEN)]
        if near:
            # Cut first: the whole outlines have a million corners.
            cut = [shapely.make_valid(shapely.clip_by_rect(shape, *TUMEN.bounds)) for shape in near]
            shape = areas_only(shapely.union_all(cut))
            shapes[item["properties"]["A3"]] = shape
            drawn = round_lakes(shape.simplify(0.0006))
            features.append(feature(drawn, 4, country=item["properties"]["A3"], is_member=True))
    write("tumen_land", features)
    write("tumen_borders", tumen_borders(shapes))


def round_lakes(land: BaseGeometry) -> BaseGeometry:
    """Fill specks of water and round the corners of lakes, which the source draws in steps of a kilometre."""
    parts = []
    for part in shapely.get_parts(land):
        lakes = [Polygon(ring) for ring in part.interiors if Polygon(ring).area > SMALLEST_LAKE_DEG]
        parts.append(Polygon(part.exterior, [round_ring(lake.exterior.coords).exterior.coords for lake in lakes]))
    return shapely.union_all(shapely.make_valid(parts))


def round_ring(corners: Any, times: int = 3) -> Polygon:
    """Cut the corners of a ring, again and again, a quarter of each side off (Chaikin)."""
    places = list(corners)[:-1]
    for _ in range(times):
        pairs = zip(places, [*places[1:], places[0]], strict=True)
        places = [
            (start[0] * near + end[0] * (1 - near), start[1] * near + end[1] * (1 - near))
            for start, end in pairs
            for near in (0.75, 0.25)
        ]
    return Polygon(places)


def tumen_borders(shapes: dict[str, BaseGeometry]) -> list[dict[str, Any]]:
    """Return the lines between neighbours; their outlines meet within some metres only."""
    names = sorted(shapes)
    features = []
    for place, name in enumerate(names):
        for other in names[place + 1 :]:
            line = shapes[name].boundary.intersection(shapes[other].buffer(0.0015)).simplify(0.001)
            if line.length:
                features.append(feature(line, 4, between=f"{name} {other}"))
    return features


def main() -> None:
    """Make all layers."""
    folder = Path(sys.argv[1])
    GEO_DIR.mkdir(exist_ok=True)
    make_region(next(folder.rglob("plotly-geo-assets.js")))
    make_tumen(next(folder.rglob("map.geo.json")))


if __name__ == "__main__":
    main()
