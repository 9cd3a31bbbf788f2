"""Our own workbook for field data (see template_workbook.py), recognised by the headers of its sheets."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from neaspec.crossings.input.csv_tables import MOST_COLUMNS, RawTable
from neaspec.crossings.input.members import Member
from neaspec.crossings.input.positions import positions
from neaspec.crossings.input.times import Times, order_of_dates, times
from neaspec.crossings.input.values import Floats, Mask, ages, numbers, sexes, trim_cells, words
from neaspec.crossings.model.reading import IDENTITY_COLUMNS, SAMPLE_COLUMNS, Answers, Part, Question
from neaspec.crossings.readers.countries import apply_answers, country_codes
from neaspec.crossings.readers.match_table import check_identities
from neaspec.crossings.readers.package import Package, data_set_of
from neaspec.crossings.readers.rows import Rows, question_of
from neaspec.crossings.readers.template_workbook import (
    EITHER,
    IDENTITIES,
    LISTS,
    NEEDED,
    RECORDS,
    list_words,
    name_of,
)
from neaspec.crossings.readers.workbooks import sheets_of, text_of
from neaspec.errors import InputError

STANDARD = "template"
SIGNS = "our workbook (.xlsx with a sheet that has the columns Animal, Species, Date, Evidence)"
_TELLS = {"records": ({"date", "evidence"}, 5), "identities": ({"individual_key"}, 3)}
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+\u2212-]?)\s*(\d{1,2})(?:[:.]?(\d{2}))?(?::00)?", re.IGNORECASE)
_HALVES = {"5": 30, "25": 15, "75": 45}  # 5.5 hours
_ALSO = {"sex": sexes, "age": ages}  # other spellings that are read
_MOST_AHEAD, _MOST_BEHIND = 14 * 60, -12 * 60  # minutes


def packages(members: Sequence[Member], headers: Mapping[str, tuple[str, ...]]) -> list[Package]:
    """Return workbooks with a sheet of ours (Reader.packages).

    Raises:
        InputError: a sheet of ours lacks columns that are needed, or there are two of a kind.
    """
    recognised: list[Package] = []
    problems: list[str] = []
    for member in members:
        if member.kind != "workbook":
            continue
        try:
            if _sheets(member):
                recognised.append(Package(STANDARD, "", data_set_of(member), member))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    return recognised


def questions(package: Package, answers: Answers) -> list[Question]:
    """Return the question of day and month if dates were written as text (Reader.questions)."""
    sheet = _table(package, "records")
    if sheet is None:
        return []
    source, table, labels = sheet
    return question_of(order_of_dates(table.frame["date"]), source, labels["date"], answers)


def records(package: Package, answers: Answers, chunk_rows: int) -> Iterator[Part]:
    """Read the sheet of records (Reader.records)."""
    sheet = _table(package, "records")
    if sheet is None:
        source = package.main.name
        nothing = RawTable(source, (), pd.DataFrame(), pd.Series(dtype="int64"))
        yield Rows(nothing).part({}, STANDARD, "", ("no_records_sheet",))
        return
    source, table, labels = sheet
    day_first = order_of_dates(table.frame["date"]).is_day_first(answers.day_first.get(source))
    for start in range(0, max(len(table.rows), 1), chunk_rows):
        piece = slice(start, start + chunk_rows)
        frame = table.frame.iloc[piece].reset_index(drop=True)
        lines = table.rows.iloc[piece].reset_index(drop=True)
        rows = Rows(RawTable(source, table.header, frame, lines, read=len(lines)))
        yield _part(rows, package, answers, day_first, labels)


def identities(package: Package) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what the sheet of identities states (IdentityReader.identities)."""
    samples = pd.DataFrame(columns=list(SAMPLE_COLUMNS), dtype="str")
    sheet = _table(package, "identities")
    if sheet is None:
        return pd.DataFrame(columns=list(IDENTITY_COLUMNS), dtype="str"), samples
    source, table, _ = sheet
    return check_identities(source, table.frame, table.rows), samples


def _part(rows: Rows, package: Package, answers: Answers, day_first: bool | None, labels: Mapping[str, str]) -> Part:
    own = {name: trim_cells(rows.column(name), empty_words=name != "individual") for name in RECORDS}
    label = {name: labels.get(name, name) for name in RECORDS}
    values: dict[str, object] = {}
    notes = []
    for name in LISTS:
        known = words(own[name], list_words(name))
        if name in _ALSO:
            known = known.where(known != "", _ALSO[name](own[name]))
        values[name] = known
        if name == "evidence":
            rows.leave_out(known == "", "cell_unreadable", label[name], "not one of " + ", ".join(list_words(name)))
        elif ((known == "") & (own[name] != "")).any():
            notes.append(f"{name}_not_known")
    ahead, is_bad = _offsets(own["utc_offset"])
    rows.leave_out(is_bad, "cell_unreadable", label["utc_offset"], own["utc_offset"], is_cell=True)
    when = _times(own["date"], own["time_of_day"], ahead, day_first)
    rows.leave_out_times(when, label["date"])
    data_set = own["data_set"].where(own["data_set"] != "", package.data_set)
    declared, is_unknown_country, is_part = country_codes(rows.column("declared_country"))
    evidence = values["evidence"]
    assert isinstance(evidence, pd.Series)
    declared = apply_answers(declared, data_set, evidence, answers)
    where = positions(own["latitude"], own["longitude"])
    rows.leave_out_positions(where, f"{label['latitude']}, {label['longitude']}", declared)
    for name in ("uncertainty_m", "count"):
        read = numbers(own[name])
        rows.leave_out(read.unreadable, "cell_unreadable", label[name], "not a number")
        if name == "count":
            rows.leave_out_none_seen(read.values, label[name])
        values[name] = np.where(read.values > 0, read.values, np.nan)
    notes += ["country_not_known"] if is_unknown_country.any() else []
    notes += ["told_as_china"] if is_part.any() else []
    columns: dict[str, object] = {
        "data_set": data_set,
        "time": when.values,
        "time_quality": when.quality,
        "longitude": where.longitude,
        "latitude": where.latitude,
        "declared_country": declared,
        **values,
        **{name: own[name] for name in ("individual", "sample_id", "taxon", "station", "site")},
    }
    return rows.part(columns, STANDARD, "", notes)


def _times(dates: "pd.Series[str]", clocks: "pd.Series[str]", ahead: Floats, day_first: bool | None) -> Times:
    """Put date, time of day and offset together, as UTC."""
    codes, different = pd.factorize(clocks)
    plain = [_clock(str(text)) for text in different]
    clock = pd.Series(plain, dtype="str").take(codes).set_axis(clocks.index)
    has_clock = (clock != "").to_numpy() & ~dates.str.contains(":", regex=False).to_numpy(dtype=bool)
    written = dates.where(~has_clock | (dates == ""), dates + " " + clock)
    when = times(written, day_first)
    is_local = (when.quality == "utc_assumed").to_numpy() & ~np.isnan(ahead)
    minutes = np.where(is_local, np.nan_to_num(ahead), 0).astype("timedelta64[m]")
    quality = when.quality.mask(is_local, "offset_given")
    return Times(when.values - minutes, quality, when.reason, when.found)


def _clock(text: str) -> str:
    """Return a time of day as 08:15:00; what is no time of day as it is, so that it is told."""
    match = _CLOCK.fullmatch(text)
    return f"{int(match[1]):02d}:{match[2]}:{match[3] or '00'}" if match else text


def _offsets(column: "pd.Series[str]") -> tuple[Floats, Mask]:
    """Return minutes ahead of UTC (not a number where empty), and which cells say no offset there is."""
    codes, different = pd.factorize(column)
    minutes = np.array([_minutes(str(text)) for text in different], dtype="float64")
    is_bad = np.array([bool(str(text)) for text in different], dtype=bool) & np.isnan(minutes)
    return minutes[codes], is_bad[codes]


def _minutes(text: str) -> float:
    if text.upper() in ("Z", "UTC", "GMT"):
        return 0.0
    hours, point, part = text.partition(".")
    if point and part in _HALVES:
        text = f"{hours}:{_HALVES[part]}"
    match = _OFFSET.fullmatch(text)
    if match is None:
        return float("nan")
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    minutes = -minutes if match[1] in ("-", "\u2212") else minutes
    return float(minutes) if _MOST_BEHIND <= minutes <= _MOST_AHEAD and int(match[3] or 0) < 60 else float("nan")


def _sheets(member: Member) -> dict[str, str]:
    """Return kind -> name of the sheet that is of this kind.

    Raises:
        InputError: a sheet lacks columns, a column is there twice, or two sheets are of one kind.
    """
    sheets: dict[str, str] = {}
    problems: list[str] = []
    for title, cells in sheets_of(member).items():
        names = [name_of(cell) for cell in (cells[0] if cells else [])[:MOST_COLUMNS]]
        has = set(names) - {""}
        for kind, columns in (("records", RECORDS), ("identities", IDENTITIES)):
            tell, at_least = _TELLS[kind]
            if len(has & set(columns)) < at_least or not has & tell:
                continue
            where = f"{member.name}, sheet {title}, row 1"
            if kind in sheets:
                problems.append(f"{where}: sheet {sheets[kind]} has these columns too; put both into one")
                continue
            sheets[kind] = title
            problems += _header_problems(where, kind, names, cells[0])
            break
    if problems:
        raise InputError(problems)
    return sheets


def _header_problems(where: str, kind: str, names: list[str], header: list[Any]) -> list[str]:
    has = set(names)
    missing = [name for name in NEEDED[kind] if name not in has]
    if kind == "records":
        missing += [" or ".join(either) for either in EITHER if not has & set(either)]
    problems = [f"{where}: columns that are needed are missing: {', '.join(missing)}"] if missing else []
    twice = sorted({text_of(header[place])[:40] for place, name in enumerate(names) if name and names.count(name) > 1})
    return problems + ([f"{where}: columns that are there twice: {', '.join(twice)}"] if twice else [])


def _table(package: Package, kind: str) -> tuple[str, RawTable, dict[str, str]] | None:
    """Return a sheet as a table of texts under our names, with its source and the labels of its columns."""
    member = package.main
    key = f"table {kind}"
    if key not in member.remembered:
        title = _sheets(member).get(kind)
        member.remembered[key] = None if title is None else _as_table(member, title)
    table: tuple[str, RawTable, dict[str, str]] | None = member.remembered[key]
    return table


def _as_table(member: Member, title: str) -> tuple[str, RawTable, dict[str, str]]:
    cells = sheets_of(member)[title]
    header = [text_of(cell) for cell in cells[0]]
    ours = {name_of(cell): place for place, cell in enumerate(header) if name_of(cell)}
    filled = [(line, row) for line, row in enumerate(cells[1:], start=2) if any(cell != "" for cell in row)]
    frame = pd.DataFrame(
        {name: _texts([row[place] for _, row in filled]) for name, place in ours.items()},
        index=range(len(filled)),
    )
    lines = pd.Series([line for line, _ in filled], dtype="int64")
    source = f"{member.name}/{title}"
    return source, RawTable(source, tuple(header), frame, lines), {name: header[place] for name, place in ours.items()}


def _texts(cells: list[Any]) -> "pd.Series[str]":
    return pd.Series([cell if type(cell) is str else text_of(cell) for cell in cells], dtype="str")
