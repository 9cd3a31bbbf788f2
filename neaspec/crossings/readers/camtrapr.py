"""camtrapR: a table of stations and a table of records, the layout most camera-trap projects keep by hand.

Stations stand in UTM metres (the zone is not in the file and is asked) or in degrees. Times are those of the cameras'
clocks, without an offset.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from neaspec.crossings.input.csv_tables import chunks, header_of, layout_of, notes_of
from neaspec.crossings.input.members import Member
from neaspec.crossings.input.times import times
from neaspec.crossings.input.values import ages, sexes, trim_cells
from neaspec.crossings.model.deployments import as_deployments, no_deployments
from neaspec.crossings.model.reading import Answers, Part, Question
from neaspec.crossings.readers.camtrap_stations import Stations, read_stations, station_questions, stations_by
from neaspec.crossings.readers.countries import apply_answers
from neaspec.crossings.readers.package import Package, data_set_of, plain_names
from neaspec.crossings.readers.rows import Rows, order_of, question_of
from neaspec.errors import InputError

STANDARD = "camtrapr"
SIGNS = (
    "camtrapR (records: Station, Species, DateTimeOriginal or Date and Time; stations: Station with utm_x, utm_y or "
    "longitude, latitude)"
)
STATIONS = "stations"
NO_STATION = "no table of stations has it"  # its name may tell the place
NO_STATIONS = "no_station_table"  # note: only an answered country can place these records
INDIVIDUAL = ("individual", "metadataindividual", "individualid", "animalid", "catid")
# Column names of other standards that also say station or species.
OTHERS = {"deploymentid", "basisofrecord", "occurrenceid", "gbifid", "taxonkey", "evidence"}


def packages(members: Sequence[Member], headers: Mapping[str, tuple[str, ...]]) -> list[Package]:
    """Return each table of records with the table of stations it belongs to (Reader.packages).

    A table of stations may serve several tables of records. If several could be meant, the one beside the records (in
    the same archive or folder) is taken, then the one that names most of their stations.

    Raises:
        InputError: stations without records, or two tables of stations that fit equally well.
    """
    by_name = {member.name: member for member in members}
    kinds = {name: _kind(header) for name, header in headers.items()}
    stations = [by_name[name] for name, kind in kinds.items() if kind == STATIONS]
    mains = [by_name[name] for name, kind in kinds.items() if kind == "records"]
    if stations and not mains:
        names = ", ".join(member.name for member in stations)
        raise InputError(
            [f"{names}: a table of camera stations; the table of their records (Station, Species, time) is missing"]
        )
    complete, problems, used = [], [], set()
    for main in mains:
        try:
            station = _belonging(main, stations)
        except InputError as error:
            problems.extend(error.problems)
            continue
        others = {} if station is None else {STATIONS: station}
        used |= {station.name} if station else set()
        complete.append(Package(STANDARD, "", data_set_of(main), main, others))
    problems.extend(
        f"{station.name}: a table of camera stations that no table of records uses"
        for station in stations
        if station.name not in used and not problems
    )
    if problems:
        raise InputError(problems)
    return complete


def _kind(header: Sequence[str]) -> str:
    names = set(plain_names(header))
    if "station" not in names or names & OTHERS:
        return ""
    if "species" in names and ("datetimeoriginal" in names or {"date", "time"} <= names):
        return "records"
    is_placed = {"utmx", "utmy"} <= names or {"longitude", "latitude"} <= names or {"long", "lat"} <= names
    is_placed |= {"x", "y"} <= names or {"lon", "lat"} <= names
    return STATIONS if is_placed and "species" not in names else ""


def _belonging(main: Member, stations: Sequence[Member]) -> Member | None:
    beside = [station for station in stations if _place(station) == _place(main)] or list(stations)
    if len(beside) <= 1:
        return beside[0] if beside else None
    column = plain_names(header_of(main))["station"]
    named: set[str] = set()
    for table in chunks(main, columns=[column]):
        named |= set(trim_cells(table.frame[column]).str.casefold())
    fits = {station.name: len(named & stations_by(station)) for station in beside}
    best = max(fits.values())
    fitting = [station for station in beside if fits[station.name] == best]
    if len(fitting) > 1:
        names = ", ".join(station.name for station in fitting)
        raise InputError([f"{main.name}: several tables of stations fit equally well ({names}); give one of them"])
    return fitting[0]


def _place(member: Member) -> str:
    return member.name.rpartition("/")[0]


def _columns(package: Package) -> dict[str, str]:
    return plain_names(header_of(package.main))


def _date_column(columns: Mapping[str, str]) -> str:
    return columns.get("datetimeoriginal") or columns["date"]


def questions(package: Package, answers: Answers) -> list[Question]:
    """Return the questions of UTM zone and of day and month (Reader.questions)."""
    column = _date_column(_columns(package))
    asked = question_of(order_of(package.main, column), package.main.name, column, answers)
    if STATIONS in package.others:
        asked += station_questions(package.others[STATIONS], answers)
    return asked


def records(package: Package, answers: Answers, chunk_rows: int) -> Iterator[Part]:
    """Read records of cameras (Reader.records)."""
    columns = _columns(package)
    day_first = order_of(package.main, _date_column(columns)).is_day_first(answers.day_first.get(package.main.name))
    stations = read_stations(package.others.get(STATIONS), answers, "session" in columns)
    notes = [*notes_of(layout_of(package.main)), *stations.notes]
    notes += [] if STATIONS in package.others else [NO_STATIONS]
    for number, table in enumerate(chunks(package.main, chunk_rows)):
        part = _part(Rows(table), columns, package, answers, day_first, stations, notes)
        if number == 0:
            part.doubts.merge(stations.doubts)
        yield part


def deployments(package: Package, answers: Answers) -> pd.DataFrame:
    """Return when each station had its cameras (DEPLOYMENT_COLUMNS); a station set up again is there again."""
    if STATIONS not in package.others:
        return no_deployments()
    stations = read_stations(package.others[STATIONS], answers, "session" in _columns(package))
    rows = stations.periods.merge(stations.places, left_on="key", right_index=True, how="left")
    name = rows["key"].str.partition("\n")[0]
    country = apply_answers(rows["country"].fillna(""), package.data_set, "camera", answers)
    return as_deployments(
        {
            "data_set": package.data_set,
            "source": package.others[STATIONS].name,
            "deployment": rows["key"],
            "station": name,
            "longitude": rows["longitude"],
            "latitude": rows["latitude"],
            "declared_country": country,
            "site": rows["site"],
            "begin": rows["begin"],
            "end": rows["end"],
            "time_quality": "utc_assumed",
        },
        len(rows),
    )


def _part(
    rows: Rows,
    columns: Mapping[str, str],
    package: Package,
    answers: Answers,
    day_first: bool | None,
    stations: Stations,
    notes: Sequence[str],
) -> Part:
    def cells(*names: str) -> "pd.Series[str]":
        return trim_cells(rows.column(*(columns.get(name) for name in names)))

    date = cells("datetimeoriginal")
    split = cells("date") + " " + cells("time")
    when = times(date.where(date != "", split.str.strip()), day_first)
    rows.leave_out_times(when, _date_column(columns))
    place = stations.of(cells("station"), cells("session"), when.values)
    evidence = pd.Series("camera", index=rows.table.frame.index, dtype="str")
    declared = apply_answers(place["country"], package.data_set, evidence, answers)
    if STATIONS in package.others:
        unknown = (place["reason"] == "unknown_deployment").to_numpy()
        rows.leave_out(unknown, "unknown_deployment", columns["station"], NO_STATION)
    for reason in ("coordinates_zero", "coordinates_impossible", "coordinates_unreadable"):
        rows.leave_out((place["reason"] == reason).to_numpy(), reason, columns["station"], place["found"])
    nowhere = place["longitude"].isna() & (declared == "")
    rows.leave_out(nowhere, "no_coordinates", columns["station"], place["found"])
    rows.leave_out(
        place["is_outside"].to_numpy(),
        "outside_deployment",
        _date_column(columns),
        "not between setting up and taking down of the station",
    )
    columns_made: dict[str, object] = {
        "data_set": package.data_set,
        "individual": cells(*INDIVIDUAL),
        "taxon": cells("species"),
        "time": when.values,
        "time_quality": when.quality,
        "longitude": place["longitude"].to_numpy(),
        "latitude": place["latitude"].to_numpy(),
        "evidence": "camera",
        "declared_country": declared,
        "station": cells("station"),
        "site": place["site"],
        "doubts": place["doubts"],
        "sex": sexes(cells("sex", "metadatasex")),
        "age": ages(cells("age", "metadataage", "lifestage")),
        "count": np.nan,
    }
    return rows.part(columns_made, STANDARD, "", notes)
