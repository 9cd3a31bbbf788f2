"""Our own columns (RECORD_COLUMNS), as text or as Parquet; Parquet is read in pieces and suits millions of rows."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, get_args

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from neaspec.crossings.input.csv_blocks import MOST_CELL
from neaspec.crossings.input.csv_tables import (
    STR,
    RawTable,
    check_header,
    chunks,
    header_of,
    layout_of,
    notes_of,
)
from neaspec.crossings.input.members import Member
from neaspec.crossings.input.positions import Positions, check_degrees, positions
from neaspec.crossings.input.times import Times, known_times, times
from neaspec.crossings.input.values import Floats, ages, numbers, sexes, trim_cells
from neaspec.crossings.model.reading import Answers, Part, Question
from neaspec.crossings.model.records import RECORD_COLUMNS, Behaviour, Evidence, TimeQuality
from neaspec.crossings.readers.countries import apply_answers, country_codes
from neaspec.crossings.readers.package import Package, data_set_of
from neaspec.crossings.readers.rows import Rows, order_of, question_of
from neaspec.errors import InputError
from neaspec.files import MEGABYTE

STANDARD = "records"
SIGNS = "our own columns (individual, taxon, time, evidence, and longitude and latitude or declared_country)"
NEEDED = {"individual", "taxon", "time", "evidence"}
TEXTS = tuple(name for name, kind in RECORD_COLUMNS.items() if kind == "str" and name != "source")
NUMBERS = ("longitude", "latitude", "uncertainty_m", "count")
READ = (*TEXTS, *NUMBERS, "time")
MOST_UNSIZED = 100 * MEGABYTE  # of a file whose size is not known before it is unpacked
MOST_LETTERS = 1_000  # of a text in a Parquet file, where one long text can stand for a million rows


def packages(members: Sequence[Member], headers: Mapping[str, tuple[str, ...]]) -> list[Package]:
    """Return tables with our own columns (Reader.packages)."""
    recognised = []
    for member in members:
        columns = _schema(member).names if member.kind == "parquet" else headers.get(member.name, ())
        if is_ours(columns):
            check_header(member.name, tuple(columns))
            recognised.append(Package(STANDARD, "", data_set_of(member), member))
    return recognised


def is_ours(columns: Sequence[str]) -> bool:
    """Whether column names are our own."""
    names = set(columns)
    return names >= NEEDED and ({"longitude", "latitude"} <= names or "declared_country" in names)


def questions(package: Package, answers: Answers) -> list[Question]:
    """Return the question of day and month of a table of text (Reader.questions)."""
    if package.main.kind == "parquet":
        return []
    return question_of(order_of(package.main, "time"), package.main.name, "time", answers)


def records(package: Package, answers: Answers, chunk_rows: int) -> Iterator[Part]:
    """Read records (Reader.records)."""
    if package.main.kind == "parquet":
        yield from _of_parquet(package, answers, chunk_rows)
        return
    day_first = order_of(package.main, "time").is_day_first(answers.day_first.get(package.main.name))
    columns = [name for name in READ if name in header_of(package.main)]
    notes = notes_of(layout_of(package.main))
    for table in chunks(package.main, chunk_rows, columns):
        rows = Rows(table)
        when = times(rows.column("time"), day_first, "utc_by_standard")
        where = positions(rows.column("latitude"), rows.column("longitude"))
        measured = {}
        for name in ("uncertainty_m", "count"):
            read = numbers(rows.column(name))
            rows.leave_out(read.unreadable, "cell_unreadable", name, "not a number")
            measured[name] = read.values
        yield _part(rows, package, answers, when, where, measured, notes)


def _part(
    rows: Rows,
    package: Package,
    answers: Answers,
    when: Times,
    where: Positions,
    measured: Mapping[str, Floats],
    notes: tuple[str, ...] = (),
) -> Part:
    def cells(name: str) -> "pd.Series[str]":
        return trim_cells(rows.column(name)) if name in rows.table.frame else rows.column(name)

    evidence = cells("evidence").str.lower()
    rows.leave_out(
        ~evidence.isin(get_args(Evidence)), "cell_unreadable", "evidence", "not one of " + ", ".join(get_args(Evidence))
    )
    rows.leave_out_times(when, "time")
    data_set = cells("data_set")
    data_set = data_set.where(data_set != "", package.data_set)
    rows.leave_out_none_seen(measured["count"], "count")
    declared, is_unknown, is_part = country_codes(rows.column("declared_country"))
    declared = apply_answers(declared, data_set, evidence, answers)
    rows.leave_out_positions(where, "latitude, longitude", declared)
    rows.doubt(is_unknown, "country_not_known", "declared_country")
    stated = cells("time_quality")
    report_notes = [*notes]
    report_notes += ["country_not_known"] if is_unknown.any() else []
    report_notes += ["told_as_china"] if is_part.any() else []
    behaviour = cells("behaviour").str.lower()
    columns: dict[str, object] = {
        "data_set": data_set,
        "time": when.values,
        "longitude": where.longitude,
        "latitude": where.latitude,
        "time_quality": when.quality.where(~stated.isin(get_args(TimeQuality)), stated),
        "uncertainty_m": np.where(measured["uncertainty_m"] > 0, measured["uncertainty_m"], np.nan),
        "count": np.where(measured["count"] > 0, measured["count"], np.nan),
        "evidence": evidence,
        "declared_country": declared,
        "sex": sexes(cells("sex")),
        "age": ages(cells("age")),
        "behaviour": behaviour.where(behaviour.isin(get_args(Behaviour)), ""),
        **{name: cells(name) for name in ("individual", "sample_id", "taxon", "station", "site")},
    }
    return rows.part(columns, STANDARD, "", report_notes)


@contextmanager
def _parquet_errors(member: Member) -> Iterator[None]:
    try:
        yield
    except (pa.ArrowException, OSError, ValueError, KeyError, IndexError) as error:
        raise InputError([f"{member.name}: a Parquet file that cannot be read ({type(error).__name__})"]) from error


def _file(member: Member) -> Any:
    """Open a Parquet file; texts come as dictionaries, so that one long text is there once."""
    with _parquet_errors(member):
        data = None if member.path else pa.py_buffer(member.bytes(member.size or MOST_UNSIZED))
        schema = pq.read_schema(member.path or pa.BufferReader(data))
        texts = [name for name in schema.names if name in TEXTS or name == "time"]
        return pq.ParquetFile(member.path or pa.BufferReader(data), read_dictionary=texts)


def _schema(member: Member) -> Any:
    if "schema" not in member.remembered:
        with _parquet_errors(member):
            member.remembered["schema"] = _file(member).schema_arrow
    return member.remembered["schema"]


def _of_parquet(package: Package, answers: Answers, chunk_rows: int) -> Iterator[Part]:
    member = package.main
    file = _file(member)
    columns = [name for name in _schema(member).names if name in READ]
    total = file.metadata.num_rows
    if member.limits.rows is not None and total > member.limits.rows:
        raise InputError([f"{member.name}: {total:,} rows; up to {member.limits.rows:,} are taken here"])
    line, given = 2, False
    batches = file.iter_batches(batch_size=chunk_rows, columns=columns)
    while True:
        with _parquet_errors(member):
            batch = next(batches, None)
        if batch is None:
            break
        given = True
        yield part_of_batch(package, answers, batch, line)
        line += batch.num_rows
    if not given:
        empty = pa.RecordBatch.from_pylist([], schema=pa.schema([(name, pa.large_string()) for name in columns]))
        yield part_of_batch(package, answers, empty, line)


def part_of_batch(package: Package, answers: Answers, batch: Any, line: int) -> Part:
    """Read rows of a Parquet file.

    Args:
        package: the file.
        answers: as for `records`.
        batch: rows with columns of READ; texts as dictionaries, so that one long text is there once.
        line: of the first row; 2 is the first one of a file.
    """
    member = package.main
    with _parquet_errors(member):
        frame = pd.DataFrame(
            {
                name: pd.Series(_text(member, name, batch.column(name)), dtype=STR)
                for name in batch.schema.names
                if name in TEXTS
            },
            index=range(batch.num_rows),
        )
        lines = pd.Series(np.arange(line, line + batch.num_rows), dtype="int64")
        rows = Rows(RawTable(member.name, tuple(batch.schema.names), frame, lines, read=batch.num_rows))
        when = _times(member, batch.column("time"))
        read = {name: _number(member, name, batch) for name in ("uncertainty_m", "count")}
        where = _positions(member, batch)
    return _part(rows, package, answers, when, where, read)


def _text(member: Member, name: str, column: Any) -> Any:
    """Return texts of a column; numbers that are whole are texts too."""
    if pa.types.is_null(column.type):
        return pa.array([""] * len(column), pa.large_string())
    column.validate(full=True)  # bytes that are no text would go through everything else
    kinds = column.dictionary if pa.types.is_dictionary(column.type) else column
    kinds.validate(full=True)
    if not (pa.types.is_string(kinds.type) or pa.types.is_large_string(kinds.type) or pa.types.is_integer(kinds.type)):
        raise InputError([f"{member.name}, column {name}: {str(kinds.type)[:40]}; texts are expected"])
    most = MOST_LETTERS if pa.types.is_dictionary(column.type) else MOST_CELL
    if not pa.types.is_integer(kinds.type) and (pc.max(pc.binary_length(kinds)).as_py() or 0) > most:
        raise InputError([f"{member.name}, column {name}: a text of more than {most:,} letters"])
    return pc.fill_null(pc.cast(column, pa.large_string()), "")


def _is_text(column: Any) -> bool:
    kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _times(member: Member, column: Any) -> Times:
    if _is_text(column):
        return times(pd.Series(_text(member, "time", column), dtype=STR), None, "utc_by_standard")
    kind = column.type
    if pa.types.is_timestamp(kind):
        values = pc.cast(column, pa.timestamp("us", kind.tz), safe=False)
        moments = np.asarray(values.cast(pa.int64()).fill_null(np.iinfo("int64").min)).view("datetime64[us]")
        return known_times(moments, "offset_given" if kind.tz else "utc_by_standard")
    if pa.types.is_date(kind):
        moments = np.asarray(
            pc.cast(column, pa.timestamp("us"), safe=False).cast(pa.int64()).fill_null(np.iinfo("int64").min)
        ).view("datetime64[us]")
        return known_times(np.asarray(moments + np.timedelta64(12, "h"), dtype="datetime64[us]"), "day_only")
    raise InputError([f"{member.name}, column time: {str(kind)[:40]}; timestamps or texts are expected"])


def _floats(member: Member, name: str, column: Any) -> Floats:
    if not (pa.types.is_floating(column.type) or pa.types.is_integer(column.type) or pa.types.is_null(column.type)):
        raise InputError([f"{member.name}, column {name}: {str(column.type)[:40]}; numbers are expected"])
    filled = pc.fill_null(pc.cast(column, pa.float64(), safe=False), float("nan"))
    values = np.array(filled, dtype="float64")
    return np.where(np.isinf(values), np.nan, values)


def _number(member: Member, name: str, batch: Any) -> Floats:
    if name not in batch.schema.names:
        return np.full(batch.num_rows, np.nan)
    column = batch.column(name)
    if _is_text(column):
        return numbers(pd.Series(_text(member, name, column), dtype=STR)).values
    return _floats(member, name, column)


def _positions(member: Member, batch: Any) -> Positions:
    if not {"longitude", "latitude"} <= set(batch.schema.names):
        blank = pd.Series("", index=range(batch.num_rows), dtype="str")
        return positions(blank, blank)
    latitude, longitude = batch.column("latitude"), batch.column("longitude")
    if _is_text(latitude) and _is_text(longitude):
        texts = [pd.Series(_text(member, "position", column), dtype=STR) for column in (latitude, longitude)]
        return positions(texts[0], texts[1])
    return check_degrees(_floats(member, "latitude", latitude), _floats(member, "longitude", longitude))
