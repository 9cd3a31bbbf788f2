"""Results as a GeoPackage (OGC 12-128r19, version 1.3): an SQLite file made in memory.

The same results give the same bytes. Layers: `places`, the middle of a cell or the public point of a site with its
uncertainty; `crossings`, lines between two such places. Rows told by a landscape or a country have no geometry: a point
in the middle of them would mislead.
"""

import sqlite3
import struct
from contextlib import closing
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from neaspec.crossings.model.records import POINT_KINDS
from neaspec.crossings.privacy.place_names import generalisations, names, points
from neaspec.crossings.publish import PublicResults
from neaspec.text import Words

WGS84 = 4326
_DEFINITION = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],'
    'UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","4326"]]'
)
_STRUCTURE = """
pragma application_id = 1196444487;
pragma user_version = 10300;
create table gpkg_spatial_ref_sys (
    srs_name text not null, srs_id integer not null primary key, organization text not null,
    organization_coordsys_id integer not null, definition text not null, description text
);
create table gpkg_contents (
    table_name text not null primary key, data_type text not null, identifier text unique, description text default '',
    last_change datetime not null, min_x double, min_y double, max_x double, max_y double, srs_id integer,
    constraint fk_gc_r_srs_id foreign key (srs_id) references gpkg_spatial_ref_sys (srs_id)
);
create table gpkg_geometry_columns (
    table_name text not null, column_name text not null, geometry_type_name text not null, srs_id integer not null,
    z tinyint not null, m tinyint not null,
    constraint pk_geom_cols primary key (table_name, column_name),
    constraint fk_gc_tn foreign key (table_name) references gpkg_contents (table_name),
    constraint fk_gc_srs foreign key (srs_id) references gpkg_spatial_ref_sys (srs_id)
);
create table gpkg_extensions (
    table_name text, column_name text, extension_name text not null, definition text not null, scope text not null,
    constraint ge_tce unique (table_name, column_name, extension_name)
);
create table gpkg_metadata (
    id integer constraint m_pk primary key asc not null, md_scope text not null default 'dataset',
    md_standard_uri text not null, mime_type text not null default 'text/xml', metadata text not null default ''
);
create table gpkg_metadata_reference (
    reference_scope text not null, table_name text, column_name text, row_id_value integer, timestamp datetime not null,
    md_file_id integer not null, md_parent_id integer,
    constraint crmr_mfi_fk foreign key (md_file_id) references gpkg_metadata (id),
    constraint crmr_mpi_fk foreign key (md_parent_id) references gpkg_metadata (id)
);
create table places (
    fid integer primary key autoincrement not null, geom point, place_id text, place_name text, place_kind text,
    species_id text, taxon text, country_code text, period text, period_start text, period_end text, animals integer,
    dataGeneralizations text, informationWithheld text, coordinatePrecision double,
    coordinateUncertaintyInMeters double, reason text, review_date text, licence text
);
create table crossings (
    fid integer primary key autoincrement not null, geom linestring, individual_key text, individual text,
    species_id text, taxon text, from_country_code text, to_country_code text, grade text, reasons text,
    left_period text, arrived_period text, period_start text, period_end text, from_place_id text,
    from_place_name text, to_place_id text, to_place_name text, evidence text, sex text, age text,
    dataGeneralizations text, informationWithheld text, coordinatePrecision double,
    coordinateUncertaintyInMeters double, reason text, review_date text, licence text
);
"""
_PLACE = "insert into places values (null, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_PLACE_COLUMNS = (
    "place_id", "place_name", "place_kind", "species_id", "taxon", "country_code", "period", "start", "end", "animals",
    "dataGeneralizations", "informationWithheld", "coordinate_precision_deg", "uncertainty_m", "reason", "review_date",
)  # fmt: skip
_CROSSING = (
    "insert into crossings values "
    "(null, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_CROSSING_COLUMNS = (
    "individual_key", "individual", "species_id", "taxon", "from_country_code", "to_country_code", "grade", "reasons",
    "left_period", "arrived_period", "start", "end", "from_place_id", "from_place_name", "to_place_id", "to_place_name",
    "evidence", "sex", "age", "dataGeneralizations", "informationWithheld", "coordinatePrecision",
    "coordinateUncertaintyInMeters", "reason", "review_date",
)  # fmt: skip


def geopackage(results: PublicResults, crossings: pd.DataFrame, words: Words) -> bytes:
    """Return the results as a GeoPackage.

    Args:
        results: the public results.
        crossings: with names and terms of Darwin Core (outputs.told_table).
        words: the wording.
    """
    licence = words("crossings.licence")
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(_STRUCTURE)
        database.executemany(
            "insert into gpkg_spatial_ref_sys values (?, ?, ?, ?, ?, ?)",
            [
                ("Undefined cartesian SRS", -1, "NONE", -1, "undefined", None),
                ("Undefined geographic SRS", 0, "NONE", 0, "undefined", None),
                ("WGS 84 geodetic", WGS84, "EPSG", WGS84, _DEFINITION, "longitude and latitude in decimal degrees"),
            ],
        )
        changed = _newest(results)
        _put(database, _PLACE, _places(results, words), _PLACE_COLUMNS, licence)
        _put(database, _CROSSING, _lines(crossings, results), _CROSSING_COLUMNS, licence)
        for table, kind in (("places", "POINT"), ("crossings", "LINESTRING")):
            database.execute(
                "insert into gpkg_contents values (?, 'features', ?, ?, ?, null, null, null, null, ?)",
                (table, table, words("crossings.withheld"), changed, WGS84),
            )
            database.execute("insert into gpkg_geometry_columns values (?, 'geom', ?, ?, 0, 0)", (table, kind, WGS84))
        _describe(database, words, licence, changed)
        database.commit()
        return database.serialize()


def _put(
    database: sqlite3.Connection, statement: str, rows: pd.DataFrame, columns: tuple[str, ...], licence: str
) -> None:
    cells = [rows[name].astype(object).where(rows[name].notna(), None).tolist() for name in columns]
    database.executemany(statement, [(*row, licence) for row in zip(rows["geom"], *cells, strict=True)])


def _places(results: PublicResults, words: Words) -> pd.DataFrame:
    cells = results.cells
    smallest = results.parameters.smallest_cell
    generalised = generalisations(cells["place_id"], cells["is_merged"], smallest, results.rules, words)
    times = [words(f"crossings.generalised_time_{level}") for level in cells["time_level"]]
    is_point = (cells["place_kind"].isin(POINT_KINDS) & cells["latitude"].notna()).to_numpy()
    there = cells.loc[is_point, ["longitude", "latitude"]].to_numpy(float)
    return cells.assign(
        place_name=names(cells["place_id"], results.rules, words),
        dataGeneralizations=[f"{place} {time}" for place, time in zip(generalised, times, strict=True)],
        informationWithheld=words("crossings.withheld"),
        geom=_geometries(is_point, shapely.points(there), cells.index),
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
    return crossings.assign(geom=_geometries(is_line, shapely.linestrings(both[is_line]), crossings.index))


def _geometries(is_there: npt.NDArray[np.bool_], shapes: Any, index: pd.Index) -> pd.Series:
    """Write geometries as GeoPackage does: a head without envelope, then WKB, both with the small end first."""
    made = np.full(len(index), None, dtype=object)
    head = b"GP\x00\x01" + struct.pack("<i", WGS84)
    made[is_there] = [head + shape for shape in np.atleast_1d(shapely.to_wkb(shapes, byte_order=1)).tolist()]
    return pd.Series(made, index=index, dtype="object")


def _newest(results: PublicResults) -> str:
    """Return the date of the data: the end of the last stay, as exactly as it may be told, never that of the clock."""
    last = max((text for text in results.stays["end"] if text), default="1970-01-01")
    return f"{last}{'-01-01'[len(last) - 10 :] if len(last) < 10 else ''}T00:00:00.000Z"


def _describe(database: sqlite3.Connection, words: Words, licence: str, changed: str) -> None:
    standard = "http://www.geopackage.org/spec121/#extension_metadata"
    database.executemany(
        "insert into gpkg_extensions values (?, null, 'gpkg_metadata', ?, 'read-write')",
        [("gpkg_metadata", standard), ("gpkg_metadata_reference", standard)],
    )
    said = f"{licence} {words('crossings.withheld')}"
    database.execute(
        "insert into gpkg_metadata values (1, 'dataset', 'http://purl.org/dc/terms/', 'text/plain', ?)", (said,)
    )
    database.execute(
        "insert into gpkg_metadata_reference values ('geopackage', null, null, null, ?, 1, null)", (changed,)
    )
