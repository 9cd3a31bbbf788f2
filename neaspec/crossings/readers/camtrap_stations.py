"""Tables of camera stations as camtrapR keeps them: where a station stands, from when to when."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from neaspec.crossings.input.csv_tables import chunks, header_of
from neaspec.crossings.input.members import Member
from neaspec.crossings.input.positions import Positions, from_utm, positions, utm_zone
from neaspec.crossings.input.times import DateOrder, times
from neaspec.crossings.input.values import trim_cells
from neaspec.crossings.model.reading import Answers, Question
from neaspec.crossings.model.records import DoubtfulRows
from neaspec.crossings.readers.countries import country_codes
from neaspec.crossings.readers.package import plain_names
from neaspec.crossings.readers.rows import order_of, question_of
from neaspec.errors import InputError

UTM = (("utmx", "utmy"), ("x", "y"))
DEGREES = (("longitude", "latitude"), ("long", "lat"), ("lon", "lat"))
SET_UP = ("setupdate", "setup", "start", "startdate", "datestart")
TAKEN_DOWN = ("retrievaldate", "retrieval", "end", "enddate", "dateend")
TWO_POSITIONS = "the table of stations gives this station two positions"


@dataclass(frozen=True)
class Stations:
    """Stations, one row for each key (station, or station and session).

    Attributes:
        places: key -> longitude, latitude, reason, found, country, site, doubts; index is the key.
        periods: key, begin, end (datetime64[us], not a time = open); several for a key if it was set up again.
        has_sessions: whether a key holds the session.
        notes: for the report.
        doubts: stations that contradict themselves, or declare a country that is not known.
    """

    places: pd.DataFrame
    periods: pd.DataFrame
    has_sessions: bool
    notes: tuple[str, ...] = ()
    doubts: DoubtfulRows = field(default_factory=DoubtfulRows)

    def of(self, station: "pd.Series[str]", session: "pd.Series[str]", time: "pd.Series[Any]") -> pd.DataFrame:
        """Return the place of each record, and whether its time is outside the station's.

        Returns:
            longitude, latitude, reason, found, country, site, doubts, is_outside; aligned with `station`.
        """
        key = _keys(station, session if self.has_sessions else None)
        places = self.places.reindex(key.to_numpy()).set_axis(station.index)
        unknown = places["reason"].isna()
        text = {
            name: places[name].fillna("").astype("str") for name in ("reason", "found", "country", "site", "doubts")
        }
        text["reason"] = text["reason"].where(~unknown, "unknown_deployment")
        text["found"] = text["found"].where(~unknown, "no table of stations has it")
        return places.assign(**text, is_outside=self._is_outside(key, time))

    def _is_outside(self, key: "pd.Series[str]", time: "pd.Series[Any]") -> Any:
        rows = pd.DataFrame({"key": key.to_numpy(), "time": time.to_numpy(), "row": np.arange(len(key))})
        pairs = rows.merge(self.periods, on="key", how="inner")
        before, after = pairs["time"] < pairs["begin"], pairs["time"] > pairs["end"]
        inside = ~(before | after)
        is_inside = np.zeros(len(key), dtype=bool)
        is_inside[pairs.loc[inside, "row"].to_numpy()] = True
        has_period = np.zeros(len(key), dtype=bool)
        has_period[pairs["row"].to_numpy()] = True
        return has_period & ~is_inside & ~np.isnat(time.to_numpy().astype("datetime64[us]"))


def _keys(station: "pd.Series[str]", session: "pd.Series[str] | None") -> "pd.Series[str]":
    plain = station.str.casefold()
    return plain if session is None else plain + "\n" + session.str.casefold()


def stations_by(member: Member) -> set[str]:
    """Return the names of all stations of a table, in lower case."""
    column = plain_names(header_of(member))["station"]
    return {
        name for table in chunks(member, columns=[column]) for name in trim_cells(table.frame[column]).str.casefold()
    }


def _pair(columns: dict[str, str], pairs: tuple[tuple[str, str], ...]) -> tuple[str, str] | None:
    return next(((columns[x], columns[y]) for x, y in pairs if x in columns and y in columns), None)


def _first(columns: dict[str, str], names: tuple[str, ...]) -> str:
    return next((columns[name] for name in names if name in columns), "")


def station_questions(member: Member, answers: Answers) -> list[Question]:
    """Return what a table of stations leaves open: the zone of its UTM metres, day and month of its dates.

    Raises:
        InputError: an answer is no UTM zone.
    """
    columns = plain_names(header_of(member))
    asked = []
    if _pair(columns, DEGREES) is None and "utmzone" not in columns:
        if member.name not in answers.utm_zone:
            pair = _pair(columns, UTM)
            asked.append(Question("utm_zone", member.name, ", ".join(pair or ()), ""))
        else:
            try:
                utm_zone(answers.utm_zone[member.name])
            except ValueError as error:
                raise InputError([f"{member.name}: {answers.utm_zone[member.name][:10]!r}: {error}"]) from error
    column = _first(columns, SET_UP) or _first(columns, TAKEN_DOWN)
    if column:
        asked += question_of(_order(member, columns), member.name, column, answers)
    return asked


def _order(member: Member, columns: dict[str, str]) -> DateOrder:
    """Both dates of a table are written in one order: what one column settles holds for the other."""
    orders = [order_of(member, column) for names in (SET_UP, TAKEN_DOWN) if (column := _first(columns, names))]
    return orders[0].together(orders[1]) if len(orders) == 2 else orders[0]


def read_stations(member: Member | None, answers: Answers, has_sessions: bool) -> Stations:
    """Read a table of stations whole.

    Args:
        member: the table; None = there is none, and no station has a place.
        answers: the zone of UTM metres, the order of day and month.
        has_sessions: whether the records say a session too.

    Raises:
        InputError: rows of it cannot be read as a table.
    """
    if member is None:
        places = pd.DataFrame(
            {name: pd.Series(dtype="str") for name in ("reason", "found", "country", "site", "doubts")}
        )
        places["longitude"], places["latitude"] = pd.Series(dtype="float64"), pd.Series(dtype="float64")
        blank = pd.Series(dtype="datetime64[us]")
        return Stations(places, pd.DataFrame({"key": pd.Series(dtype="str"), "begin": blank, "end": blank}), False)
    columns = plain_names(header_of(member))
    frames, notes, line_numbers = [], [], []
    for table in chunks(member):
        if table.dropped.counts:
            first = next(iter(table.dropped.examples.values()))[0]
            raise InputError([f"{member.name}, line {first.row}: {first.found}"])
        frames.append(table.frame)
        line_numbers.append(table.rows)
    frame = pd.concat(frames, ignore_index=True)

    def cells(*names: str) -> "pd.Series[str]":
        column = _first(columns, names)
        return trim_cells(frame[column]) if column else pd.Series("", index=frame.index, dtype="str")

    where = _positions(member, frame, columns, answers)
    has_sessions = has_sessions and "session" in columns
    key = _keys(cells("station"), cells("session") if has_sessions else None)
    country, unknown, part = country_codes(cells("country", "countrycode"))
    notes += (["country_not_known"] if unknown.any() else []) + (["told_as_china"] if part.any() else [])
    all_places = pd.DataFrame(
        {
            "key": key,
            "longitude": where.longitude,
            "latitude": where.latitude,
            "reason": where.reason,
            "found": where.found,
            "country": country,
            "site": cells("site", "protectedarea"),
        }
    )
    places = all_places.sort_values(list(all_places.columns)).drop_duplicates("key").set_index("key")
    different = all_places.dropna(subset=["longitude"]).drop_duplicates(["key", "longitude", "latitude"])
    moved = places.index.isin(different["key"][different["key"].duplicated()])
    places.loc[moved, ["longitude", "latitude"]] = np.nan
    places.loc[moved, ["reason", "found"]] = ["coordinates_unreadable", TWO_POSITIONS]
    day_first = None
    if _first(columns, SET_UP) or _first(columns, TAKEN_DOWN):
        day_first = _order(member, columns).is_day_first(answers.day_first.get(member.name))
    begin, end = times(cells(*SET_UP), day_first), times(cells(*TAKEN_DOWN), day_first)
    if ((begin.reason == "time_unreadable") | (end.reason == "time_unreadable")).any():
        notes.append("station_dates_not_read")
    periods = pd.DataFrame(
        {
            "key": key,
            "begin": begin.values.where(begin.quality != "day_only", begin.values.dt.normalize()),
            "end": end.values.where(end.quality != "day_only", end.values.dt.normalize() + pd.Timedelta("1D")),
        }
    )
    is_turned = (periods["end"] < periods["begin"]).to_numpy()
    lines = pd.concat(line_numbers, ignore_index=True)
    doubts = DoubtfulRows()
    doubts.add(member.name, "deployment_contradicts_itself", lines[is_turned], _first(columns, TAKEN_DOWN) or "")
    doubts.add(member.name, "country_not_known", lines[np.asarray(unknown, dtype=bool)])
    periods.loc[is_turned, ["begin", "end"]] = pd.NaT
    places["doubts"] = np.where(places.index.isin(periods["key"][is_turned]), "deployment_contradicts_itself", "")
    periods = periods.sort_values(["key", "begin", "end"])
    return Stations(places, periods, has_sessions, tuple(notes), doubts)


def _positions(member: Member, frame: pd.DataFrame, columns: dict[str, str], answers: Answers) -> Positions:
    degrees = _pair(columns, DEGREES)
    if degrees is not None:
        return positions(frame[degrees[1]], frame[degrees[0]])
    utm = _pair(columns, UTM)
    if utm is None:
        raise InputError([f"{member.name}: no columns of positions"])
    if "utmzone" not in columns:
        return from_utm(frame[utm[0]], frame[utm[1]], answers.utm_zone[member.name])
    zones = trim_cells(frame[columns["utmzone"]])
    longitude, latitude = np.full(len(frame), np.nan), np.full(len(frame), np.nan)
    reason, found = np.full(len(frame), "", dtype=object), np.full(len(frame), "", dtype=object)
    for zone in sorted(zones.unique()):
        rows = (zones == zone).to_numpy()
        try:
            part = from_utm(frame[utm[0]][rows], frame[utm[1]][rows], zone)
        except ValueError:
            reason[rows], found[rows] = "coordinates_unreadable", "no UTM zone that is known"
            continue
        longitude[rows], latitude[rows] = part.longitude, part.latitude
        reason[rows], found[rows] = part.reason.to_numpy(dtype=object), part.found.to_numpy(dtype=object)
    return Positions(longitude, latitude, pd.Series(reason, dtype="str"), pd.Series(found, dtype="str"))
