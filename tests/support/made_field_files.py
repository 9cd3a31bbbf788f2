"""Field files made for tests, written the way the programs that export them write them."""

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping

from neaspec.crossings.input.members import Input

DWC = "http://rs.tdwg.org/dwc/terms/"
OCCURRENCE_TERMS = (
    "organismID",
    "eventDate",
    "decimalLatitude",
    "decimalLongitude",
    "basisOfRecord",
    "samplingProtocol",
    "countryCode",
    "occurrenceStatus",
    "sex",
    "lifeStage",
    "individualCount",
    "scientificName",
    "coordinateUncertaintyInMeters",
)
GBIF_NAMES = (
    "gbifID datasetKey occurrenceID kingdom phylum class order family genus species infraspecificEpithet taxonRank "
    "scientificName verbatimScientificName verbatimScientificNameAuthorship countryCode locality stateProvince "
    "occurrenceStatus individualCount publishingOrgKey decimalLatitude decimalLongitude coordinateUncertaintyInMeters "
    "coordinatePrecision elevation elevationAccuracy depth depthAccuracy eventDate day month year taxonKey speciesKey "
    "basisOfRecord institutionCode collectionCode catalogNumber recordNumber identifiedBy dateIdentified license "
    "rightsHolder recordedBy typeStatus establishmentMeans lastInterpreted mediaType issue"
)
GBIF_COLUMNS = GBIF_NAMES.split()


def csv(name: str, *rows: Iterable[object], encoding: str = "utf-8", delimiter: str = ",", end: str = "\n") -> Input:
    """A loose table; the first row is its header."""
    return Input(name, end.join(delimiter.join(map(str, row)) for row in (*rows, ())).encode(encoding))


def zipped(name: str, files: Mapping[str, str | bytes]) -> Input:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return Input(name, held.getvalue())


def meta_xml(terms, header_lines=1, mark="\\t", quote="", location="occurrence.txt", extra="", encoding="UTF-8"):
    fields = "".join(f'<field index="{place}" term="{DWC}{term}"/>' for place, term in enumerate(terms, start=1))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<archive xmlns="http://rs.tdwg.org/dwc/text/" metadata="eml.xml">'
        f'<core encoding="{encoding}" linesTerminatedBy="\\n" fieldsTerminatedBy="{mark}" fieldsEnclosedBy="{quote}" '
        f'ignoreHeaderLines="{header_lines}" rowType="{DWC}Occurrence"><files><location>{location}</location></files>'
        f'<id index="0"/>{fields}{extra}</core></archive>'
    )


def archive(name, rows, terms=OCCURRENCE_TERMS, header=True, delimiter="\t", quote="", encoding="utf-8", **said):
    """A Darwin Core Archive of one core table."""
    lines = [delimiter.join(("id", *terms))] if header else []
    lines += [delimiter.join(map(str, (number, *row))) for number, row in enumerate(rows, start=1)]
    mark = {"\t": "\\t"}.get(delimiter, delimiter)
    said = {"quote": quote.replace('"', "&quot;"), "mark": mark, "header_lines": int(header), **said}
    return zipped(
        name,
        {
            "meta.xml": meta_xml(terms, **said),
            "eml.xml": "<eml/>",
            "occurrence.txt": "".join(line + "\n" for line in lines).encode(encoding),
        },
    )


def gbif(name, *rows):
    """A simple download; rows are column -> cell."""
    lines = ["\t".join(GBIF_COLUMNS)] + ["\t".join(row.get(column, "") for column in GBIF_COLUMNS) for row in rows]
    return Input(name, "\n".join([*lines, ""]).encode())


def with_declared_size(data, size):
    """The same zip, its first member said to unpack to another size."""
    changed = bytearray(data)
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = changed.index(mark)
        changed[at + place : at + place + 4] = struct.pack("<I", size)
    return bytes(changed)
