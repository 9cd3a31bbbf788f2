"""Drafts as files: GeoJSON, GeoPackage, KML. Every feature says that it is tentative and whose it is.

Only the shape of the user is written, nothing cut out of a map: the file carries no duty of the map's licence. Equal
drafts give equal bytes.
"""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

import geopandas as gpd
import pyogrio
from shapely.geometry import mapping

from neaspec.boundary.drafts import Draft
from neaspec.crossings.outputs.geopackage import CURRENT_DATE, VERSION, WRITING
from neaspec.files import plain_text
from neaspec.shapes.problems import CRS

DECIMALS = 7


@dataclass(frozen=True)
class DraftFacts:
    """What a file says of a draft beside its shape.

    status: that it is tentative and not endorsed. sizes: label -> words (area, edge, by State).
    """

    status: str
    note: str
    day: date
    data_version: str
    sources: str
    sizes: Mapping[str, str]

    def properties(self, draft: Draft) -> dict[str, str]:
        """Return what every feature says."""
        return {
            "status": self.status,
            "draft": draft.letter,
            "name": plain_text(draft.name),
            "drawn_by": plain_text(draft.author),
            "kind": draft.kind,
            "date": self.day.isoformat(),
            "data_version": self.data_version,
            "map_note": self.note,
            "sources": self.sources,
            **{f"size_{label}": words for label, words in self.sizes.items()},
        }


Drawn = Sequence[tuple[Draft, DraftFacts]]


def geojson(drafts: Drawn) -> bytes:
    """Return drafts as GeoJSON (RFC 7946)."""
    features = [
        {
            "type": "Feature",
            "id": draft.letter,
            "properties": facts.properties(draft),
            "geometry": rounded(mapping(draft.shape)),
        }
        for draft, facts in drafts
    ]
    collection = {"type": "FeatureCollection", "status": drafts[0][1].status, "features": features}
    return (json.dumps(collection, ensure_ascii=False, indent=1) + "\n").encode()


def rounded(geometry: Mapping[str, object]) -> dict[str, object]:
    """Return a geometry with as many decimals as a centimetre needs."""

    def cut(value: object) -> object:
        if isinstance(value, (list, tuple)):
            return [cut(part) for part in value]
        return round(float(value), DECIMALS) if isinstance(value, (int, float)) else value

    return {"type": geometry["type"], "coordinates": cut(geometry["coordinates"])}


def geopackage(drafts: Drawn) -> bytes:
    """Return drafts as a GeoPackage, written in memory: a draft stands in no file of the server."""
    rows = [facts.properties(draft) for draft, facts in drafts]
    frame = gpd.GeoDataFrame(rows, geometry=[draft.shape for draft, _ in drafts], crs=CRS)
    facts = drafts[0][1]
    written = io.BytesIO()
    with WRITING:
        pyogrio.set_gdal_config_options({CURRENT_DATE: f"{facts.day.isoformat()}T00:00:00.000Z"})
        try:
            pyogrio.write_dataframe(
                frame,
                written,
                layer="tentative_boundary",
                driver="GPKG",
                geometry_type="MultiPolygon",
                dataset_metadata={"status": facts.status, "map_note": facts.note},
                dataset_options={"VERSION": VERSION},
                layer_options={"DESCRIPTION": facts.status, "SPATIAL_INDEX": "NO"},
            )
        finally:
            pyogrio.set_gdal_config_options({CURRENT_DATE: None})
    return written.getvalue()


def kml(drafts: Drawn) -> bytes:
    """Return drafts as KML."""
    places = []
    for draft, facts in drafts:
        data = "".join(
            f'<Data name="{escape(label)}"><value>{escape(words)}</value></Data>'
            for label, words in facts.properties(draft).items()
        )
        parts = "".join(
            "<Polygon>"
            + boundary("outerBoundaryIs", part.exterior.coords)
            + "".join(boundary("innerBoundaryIs", hole.coords) for hole in part.interiors)
            + "</Polygon>"
            for part in draft.shape.geoms
        )
        places.append(
            f"<Placemark><name>{escape(plain_text(draft.name))}</name><description>{escape(facts.status)}</description>"
            f"<styleUrl>#tentative</styleUrl><ExtendedData>{data}</ExtendedData>"
            f"<MultiGeometry>{parts}</MultiGeometry></Placemark>\n"
        )
    style = (
        '<Style id="tentative"><LineStyle><color>ff555555</color><width>2</width></LineStyle>'
        "<PolyStyle><color>33555555</color></PolyStyle></Style>\n"
    )
    status = escape(drafts[0][1].status)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document>\n'
        f"<name>{status}</name><description>{escape(drafts[0][1].note)}</description>\n{style}{''.join(places)}"
        "</Document></kml>\n"
    ).encode()


def boundary(side: str, coordinates: Any) -> str:
    """Return one ring of KML."""
    places = " ".join(f"{point[0]:.{DECIMALS}f},{point[1]:.{DECIMALS}f}" for point in coordinates)
    return f"<{side}><LinearRing><coordinates>{places}</coordinates></LinearRing></{side}>"
