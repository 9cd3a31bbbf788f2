"""Movebank tables of locations: download (location-long), REST (location_long) and R move (location.long) spellings.

Times are UTC by the standard (or GPS time, seconds apart from it), positions WGS84, and names of animals unique only
within a study. A row that Movebank marks as an outlier is not used. Rows without an animal are of a tag before or after
it was on one. Attributes: https://www.movebank.org/cms/movebank-content/movebank-attribute-dictionary.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from neaspec.crossings.input.csv_tables import RawTable, chunks, header_of, layout_of, notes_of
from neaspec.crossings.input.members import Member
from neaspec.crossings.input.positions import positions
from neaspec.crossings.input.times import times
from neaspec.crossings.input.values import Floats, Mask, numbers, trim_cells, truths, words
from neaspec.crossings.model.reading import Answers, Part, Question
from neaspec.crossings.readers.dates import day_first_of, questions_of
from neaspec.crossings.readers.movebank_reference import Reference, is_reference, reference_of
from neaspec.crossings.readers.package import Package, data_set_of
from neaspec.crossings.readers.rows import Rows
from neaspec.errors import InputError

STANDARD = "movebank"
SIGNS = "Movebank (timestamp, location-long, location-lat, individual-local-identifier)"
# Our name -> names of Movebank in their plain spelling, the better one first.
_COLUMNS = {
    "time": ("timestamp",),
    "longitude": ("location-long", "longitude", "x", "coords-x1"),  # the last as move2, sf and ctmm write them
    "latitude": ("location-lat", "latitude", "y", "coords-x2"),
    "visible": ("visible",),
    "manual": ("manually-marked-outlier",),
    "imported": ("import-marked-outlier",),
    "algorithm": ("algorithm-marked-outlier",),
    "valid": ("manually-marked-valid",),
    "animal": ("individual-local-identifier", "individual-id", "animal-id", "trackid"),
    "tag": ("tag-local-identifier", "tag-id"),
    "study": ("study-name", "study-id"),
    "taxon": ("individual-taxon-canonical-name", "taxon-canonical-name", "animal-taxon"),
    "sensor": ("sensor-type", "sensor-type-id"),
    "error": ("location-error-numerical",),
    "error_text": ("location-error-text",),
    "gps_accuracy": ("gps-horizontal-accuracy-estimate",),
    "eobs_accuracy": ("eobs-horizontal-accuracy-estimate",),
    "argos_radius": ("argos-error-radius",),
    "argos_class": ("argos-lc",),
    "sex": ("individual-sex", "animal-sex"),
}
NOT_ON = "the tag was not on this animal then"  # an exact time is not repeated in reports
_WHOSE = {"animal", "tag", "study"}
# Sensors that tell a place; a number is what the REST interface writes. All are of tags unless said here.
_EVIDENCE = {"bird-ring": "ring", "397": "ring", "natural-mark": "sighting", "2365682": "sighting"}
# Metres a position may be off where its row states nothing. Classes 3 to 1 as their operator gives them; for the others
# it gives no bound, and 10 km is set so that none of them alone makes a crossing at a border.
ARGOS_CLASSES = {"3": 250.0, "2": 500.0, "1": 1_500.0, "0": 10_000.0, "A": 10_000.0, "B": 10_000.0}
# Positions worked out from the length of days are wrong by hundreds of kilometres around the equinoxes.
GEOLOCATOR_M = 200_000.0
_GEOLOCATORS = ("solar-geolocator", "solar geolocator", "3886361")
_UTM = ("utm-easting", "utm-northing", "utm-zone")
_IN_WORDS = re.compile(r"(\d+(?:[.,]\d+)?)\s*(km|m)?\b", re.IGNORECASE)


def plain(column: str) -> str:
    """Return a column name in the spelling of the download: gps:hdop, gps_hdop and gps.hdop are gps-hdop."""
    return re.sub(r"[-_.:\s]+", "-", column.strip().lower())


def columns_of(header: Sequence[str]) -> dict[str, str]:
    """Return our name -> name in this header."""
    plains: dict[str, str] = {}
    for column in header:
        plains.setdefault(plain(column), column)
    return {
        name: next(plains[spelling] for spelling in spellings if spelling in plains)
        for name, spellings in _COLUMNS.items()
        if any(spelling in plains for spelling in spellings)
    }


def packages(members: Sequence[Member], headers: Mapping[str, tuple[str, ...]]) -> list[Package]:
    """Return tables of locations, each with the reference data given beside it.

    Raises:
        InputError: reference data are given without a table of locations.
    """
    by_name = {member.name: member for member in members}
    references = {name: by_name[name] for name, header in headers.items() if is_reference(header)}
    recognised = []
    for name, header in headers.items():
        has = set(columns_of(header))
        plains = {plain(column) for column in header}
        is_track = {"time", "longitude", "latitude"} <= has and bool(
            has & _WHOSE | plains & {"event-id", "sensor-type"}
        )
        has_no_place = {"event-id", "timestamp", "study-name"} <= plains and not {"longitude", "latitude"} & has
        if name not in references and (is_track or has_no_place):
            member = by_name[name]
            beside = {f"reference {number}": reference for number, reference in enumerate(references.values(), start=1)}
            recognised.append(Package(STANDARD, _spelling(header), data_set_of(member), member, beside))
    if references and not recognised:
        raise InputError(
            [
                f"{name}: Movebank reference data say which animal carried which tag; "
                "give the table of locations with them"
                for name in references
            ]
        )
    return recognised


def _spelling(header: Sequence[str]) -> str:
    """Return which of the three spellings a header has."""
    text = " ".join(header).lower()
    spellings = {"location-lat": "download", "location_lat": "REST", "location.lat": "R move"}
    return next((spelling for mark, spelling in spellings.items() if mark in text), "")


def questions(package: Package, answers: Answers) -> list[Question]:
    """Return a question if a spreadsheet has rewritten the times so that day and month cannot be told apart."""
    return questions_of(package.main, [columns_of(header_of(package.main))["time"]], answers)


def records(package: Package, answers: Answers, chunk_rows: int) -> Iterator[Part]:
    """Read locations in pieces."""
    member = package.main
    names = columns_of(header_of(member))
    reference = reference_of([file for role, file in package.others.items() if role.startswith("reference")])
    day_first = day_first_of(member, [names["time"]], answers)
    notes = [*notes_of(layout_of(member))]
    notes += ["utm_columns_ignored"] if set(_UTM) & {plain(name) for name in header_of(member)} else []
    notes += [] if "animal" in names or not reference.animals.empty else ["no_animal_column"]
    back = {column: name for name, column in names.items()}
    for table in chunks(member, chunk_rows, list(names.values())):
        frame = table.frame.rename(columns=back)
        rows = Rows(RawTable(table.name, table.header, frame, table.rows, table.dropped, table.read))
        yield _part(rows, package, names, reference, day_first, notes)


def _part(
    rows: Rows,
    package: Package,
    names: Mapping[str, str],
    reference: Reference,
    day_first: bool | None,
    notes: list[str],
) -> Part:
    blank = rows.column(None)
    own = {name: trim_cells(rows.column(name)) if name in names else blank for name in _COLUMNS}
    visible = truths(own["visible"], True)
    rows.leave_out(~visible, "not_visible", names.get("visible", ""), own["visible"], is_cell=True)
    flagged = truths(own["manual"], False)
    rows.leave_out(flagged, "not_visible", names.get("manual", ""), own["manual"], is_cell=True)
    for flag in ("imported", "algorithm"):
        flagged = truths(own[flag], False) & ~truths(own["valid"], False)
        rows.leave_out(flagged, "not_visible", names.get(flag, ""), own[flag], is_cell=True)
    rows.leave_out(own["argos_class"].str.upper() == "Z", "not_visible", names.get("argos_class", ""), "Z")
    where = positions(own["latitude"], own["longitude"])
    rows.leave_out_positions(where, names.get("latitude", ""), pd.Series("", index=own["time"].index, dtype="str"))
    when = times(own["time"], day_first, "utc_by_standard")
    rows.leave_out_times(when, names["time"])
    study = trim_cells(own["study"], empty_words=False)
    known = reference.of(own["study"], own["animal"], own["tag"], when.values)
    rows.leave_out(known["is_outside"], "before_or_after_tag", names["time"], NOT_ON)
    sensor = own["sensor"].str.lower()
    sex = words(own["sex"], {"f": "female", "female": "female", "m": "male", "male": "male"})
    columns: dict[str, object] = {
        "data_set": study.where(study != "", package.data_set),
        "individual": own["animal"].where(own["animal"] != "", known["animal"]),
        "doubts": known["doubts"],
        "taxon": own["taxon"].where(own["taxon"] != "", known["taxon"]),
        "time": when.values,
        "time_quality": when.quality,
        "longitude": where.longitude,
        "latitude": where.latitude,
        "uncertainty_m": uncertainty(own),
        "evidence": words(sensor.str.replace(" ", "-"), _EVIDENCE).mask(lambda kind: kind == "", "gps"),
        "sex": sex.where(sex != "", known["sex"]),
        "age": known["age"],
    }
    return rows.part(columns, STANDARD, package.version, notes)


def uncertainty(own: Mapping[str, "pd.Series[str]"]) -> Floats:
    """Return metres that positions may be off: the largest that a row states, else what its sensor is known for.

    Not a number where nothing is stated (a satellite fix, good to tens of metres).
    """
    length = len(own["error"])
    numeric = ("error", "gps_accuracy", "eobs_accuracy", "argos_radius")
    stated = [numbers(own[name]).values for name in numeric if (own[name] != "").any()]
    stated.append(_in_words(own["error_text"]))
    with np.errstate(invalid="ignore"):
        usable = [np.where(values > 0, values, np.nan) for values in stated]
    largest = np.fmax.reduce(usable) if length else np.zeros(0)
    by_class = own["argos_class"].str.upper().map(ARGOS_CLASSES).to_numpy(dtype="float64", na_value=np.nan)
    is_geolocator: Mask = own["sensor"].str.lower().isin(_GEOLOCATORS).to_numpy(dtype=bool)
    by_sensor = np.where(is_geolocator, GEOLOCATOR_M, by_class)
    return np.where(np.isnan(largest), by_sensor, largest)


def _in_words(column: "pd.Series[str]") -> Floats:
    """Read errors like ">10m", "10-100 m" or "0.5 km": the largest number of metres in each; no unit means metres."""

    def metres(text: str) -> float:
        lengths = [
            float(number.replace(",", ".")) * (1_000 if unit.lower() == "km" else 1)
            for number, unit in _IN_WORDS.findall(text)
        ]
        return max(lengths, default=float("nan"))

    codes, different = pd.factorize(column)
    return np.array([metres(str(text)) for text in different], dtype="float64")[codes]
