"""Results as a GeoPackage, written by GDAL: the same results give the same bytes.

Layers: `places`, the middle of a cell or the public point of a site with its uncertainty; `crossings`, lines between
two such places. Rows whose place is a landscape or a country have no geometry: a point in the middle of them would
mislead.
"""

from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely

from neaspec.crossings.model.records import POINT_KINDS
from neaspec.crossings.privacy.place_names import generalisations, names, points
from neaspec.crossings.publish import PublicResults
from neaspec.text import Words

CRS = "EPSG:4326"
VERSION = "1.3"  # newer ones are not read by all the tools our readers have
PLACE_COLUMNS = (
    "place_id",
    "place_name",
    "place_kind",
    "species_id",
    "taxon",
    "country_code",
    "period",
    "period_start",
    "period_end",
    "animals",
    "dataGeneralizations",
    "informationWithheld",
    "coordinatePrecision",
    "coordinateUncertaintyInMeters",
    "reason",
    "review_date",
    "licence",
)
CROSSING_COLUMNS = (
    "individual_key",
    "individual",
    "species_id",
    "taxon",
    "from_country_code",
    "to_country_code",
    "grade",
    "reasons",
    "left_period",
    "arrived_period",
    "period_start",
    "period_end",
    "from_place_id",
    "from_place_name",
    "to_place_id",
    "to_place_name",
    "evidence",
    "sex",
    "age",
    "dataGeneralizations",
    "informationWithheld",
    "coordinatePrecision",
    "coordinateUncertaintyInMeters",
    "reason",
    "review_date",
    "licence",
)
_NAMES_IN_LAYERS = {
    "start": "period_start",
    "end": "period_end",
    "coordinate_precision_deg": "coordinatePrecision",
    "uncertainty_m": "coordinateUncertaintyInMeters",
}
# GDAL takes the time that it writes into a file from a setting of the whole process: one file at a time is written.
CURRENT_DATE = "OGR_CURRENT_DATE"
WRITING = Lock()


def geopackage(results: PublicResults, crossings: pd.DataFrame, words: Words) -> bytes:
    """Return the results as a GeoPackage.

    GDAL needs a file. It stands in a folder that nobody else may open and that goes when the file is read; nothing in
    it is more exact than the public results.

    Args:
        results: the public results.
        crossings: with names and terms of Darwin Core (outputs.tables.named_table).
        words: the wording.
    """
    layers = (
        ("places", "Point", _places(results, words), PLACE_COLUMNS),
        ("crossings", "LineString", _lines(crossings, results), CROSSING_COLUMNS),
    )
    with TemporaryDirectory(prefix="neaspec-") as folder, WRITING:
        path = Path(folder) / "crossings.gpkg"
        pyogrio.set_gdal_config_options({CURRENT_DATE: _date_of(results)})
        try:
            for layer, geometry_type, rows, columns in layers:
                _write_layer(path, layer, geometry_type, rows.rename(columns=_NAMES_IN_LAYERS), columns, words)
        finally:
            pyogrio.set_gdal_config_options({CURRENT_DATE: None})
        return path.read_bytes()


def _write_layer(
    path: Path, layer: str, geometry_type: str, rows: pd.DataFrame, columns: tuple[str, ...], words: Words
) -> None:
    licence, withheld = words("crossings.licence"), words("crossings.withheld")
    shapes = rows["geometry"].to_numpy(dtype=object)
    pyogrio.write_dataframe(
        gpd.GeoDataFrame(rows.assign(licence=licence)[list(columns)], geometry=shapes, crs=CRS),
        path,
        layer=layer,
        driver="GPKG",
        geometry_type=geometry_type,
        dataset_metadata={"licence": licence, "informationWithheld": withheld},
        dataset_options={"VERSION": VERSION},
        layer_options={"DESCRIPTION": withheld, "SPATIAL_INDEX": "NO"},
    )


def _places(results: PublicResults, words: Words) -> pd.DataFrame:
    cells = results.cells
    smallest = results.parameters.smallest_cell
    generalised = generalisations(cells["place_id"], cells["is_merged"], smallest, results.rules, words)
    times = [words(f"crossings.generalised_time_{level}") for level in cells["time_level"]]
    is_point = (cells["place_kind"].isin(POINT_KINDS) & cells["latitude"].notna()).to_numpy()
    shapes = np.full(len(cells), None, dtype=object)
    shapes[is_point] = shapely.points(cells.loc[is_point, ["longitude", "latitude"]].to_numpy(float))
    return cells.assign(
        place_name=names(cells["place_id"], results.rules, words),
        dataGeneralizations=[f"{place} {time}" for place, time in zip(generalised, times, strict=True)],
        informationWithheld=words("crossings.withheld"),
        geometry=shapes,
    )


def _lines(crossings: pd.DataFrame, results: PublicResults) -> pd.DataFrame:
    """Add a line from place to place where both have a point and the two differ."""
    ends = []
    for end in ("from", "to"):
        there = points(crossings[f"{end}_place_id"], results.rules)
        there = there.where(crossings[f"{end}_place_kind"].isin(POINT_KINDS))
        ends.append(there[["longitude", "latitude"]].to_numpy(float))
    both = np.stack(ends, axis=1)
    is_line = np.isfinite(both).all(axis=(1, 2)) & (ends[0] != ends[1]).any(axis=1)
    shapes = np.full(len(crossings), None, dtype=object)
    shapes[is_line] = shapely.linestrings(both[is_line])
    return crossings.assign(geometry=shapes)


def _date_of(results: PublicResults) -> str:
    """Return the date of the data: the end of the last stay, as exactly as it may be told, never that of the clock."""
    last = max((text for text in results.stays["end"] if text), default="1970-01-01")
    return f"{last}{'-01-01'[len(last) - 10 :] if len(last) < 10 else ''}T00:00:00.000Z"
