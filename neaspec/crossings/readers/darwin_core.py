"""Darwin Core: an archive with its meta.xml (header line or not), or a loose table of occurrences."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from neaspec.crossings.input.csv_tables import chunks, header_of, layout_of, notes_of
from neaspec.crossings.input.members import Member
from neaspec.crossings.input.times import DateOrder
from neaspec.crossings.model.reading import Answers, Part, Question
from neaspec.crossings.readers.darwin_events import read_events
from neaspec.crossings.readers.darwin_meta import EVENT, OCCURRENCE, DescribedTable, is_meta, read_description
from neaspec.crossings.readers.darwin_terms import columns_of, date_column, part_of_terms
from neaspec.crossings.readers.package import Package, data_set_of, plain_names
from neaspec.crossings.readers.rows import Rows, order_of, question_of
from neaspec.errors import InputError

STANDARD = "darwin_core"
SIGNS = "Darwin Core (meta.xml, or basisOfRecord or occurrenceID with eventDate and decimalLatitude or countryCode)"
META = "meta"


def packages(members: Sequence[Member], headers: Mapping[str, tuple[str, ...]]) -> list[Package]:
    """Return archives and loose tables of occurrences (Reader.packages)."""
    complete, problems = [], []
    by_name = {member.name: member for member in members}
    folders = set()
    for meta in members:
        if not is_meta(meta):
            continue
        folders.add(PurePosixPath(meta.name).parent)
        try:
            tables = _tables(meta, read_description(meta, by_name))
        except InputError as error:
            problems.extend(error.problems)
            continue
        main = tables.occurrences.member
        main.remembered["described"] = tables
        others = {META: meta} | ({EVENT: tables.events.member} if tables.events else {})
        complete.append(Package(STANDARD, "", data_set_of(meta), main, others))
    for member in members:
        names = set(plain_names(headers.get(member.name, ())))
        if PurePosixPath(member.name).parent not in folders and is_loose(names):
            complete.append(Package(STANDARD, "", data_set_of(member), member))
    if problems:
        raise InputError(problems)
    return complete


def is_loose(names: set[str]) -> bool:
    """Whether column names are those of a table of occurrences that is no GBIF simple download."""
    who = {"occurrenceid", "basisofrecord", "organismid", "individualid"} & names
    when = "eventdate" in names or "year" in names
    where = {"decimallatitude", "decimallongitude"} <= names or "countrycode" in names
    return bool(who) and when and where and not is_simple_download(names)


def is_simple_download(names: set[str]) -> bool:
    """Whether column names are those of GBIF's SIMPLE_CSV, which has no organismID."""
    return {"gbifid", "datasetkey", "specieskey"} <= names and not {"organismid", "individualid"} & names


@dataclass(frozen=True)
class _Tables:
    """What a package is read from: occurrences, and events they belong to."""

    occurrences: DescribedTable
    events: DescribedTable | None = None

    @property
    def columns(self) -> dict[str, str]:
        return columns_of(self.occurrences.header)

    def order(self, source: Member) -> DateOrder:
        """What the dates of both tables say about day and month, once for a file."""
        if "order of both" not in source.remembered:
            order = DateOrder()
            for table in (self.occurrences, self.events):
                if table is not None:
                    column = date_column(columns_of(table.header))
                    order = order.together(order_of(table.member, column, table.layout, table.header))
            source.remembered["order of both"] = order
        of_both: DateOrder = source.remembered["order of both"]
        return of_both


def _tables(meta: Member, tables: Sequence[DescribedTable]) -> _Tables:
    occurrences = [table for table in tables if table.kind == OCCURRENCE]
    if not occurrences:
        kinds = ", ".join(table.kind or "no row type" for table in tables)
        raise InputError([f"{meta.name}: describes no table of occurrences (found: {kinds})"])
    core = tables[0]
    if occurrences[0] is core:
        return _Tables(core)
    if core.kind != EVENT or not core.key or not occurrences[0].key:
        raise InputError(
            [f"{meta.name}: occurrences belong to a core of {core.kind or 'no row type'}; events are read"]
        )
    return _Tables(occurrences[0], core)


def _of(package: Package) -> _Tables:
    tables = package.main.remembered.get("described")
    if META in package.others and isinstance(tables, _Tables):
        return tables
    return _Tables(DescribedTable(package.main, OCCURRENCE, layout_of(package.main), header_of(package.main), {}, ""))


def questions(package: Package, answers: Answers) -> list[Question]:
    """Return the question of day and month, if its dates leave it open (Reader.questions)."""
    tables = _of(package)
    column = date_column(tables.columns) or (date_column(columns_of(tables.events.header)) if tables.events else "")
    return question_of(tables.order(package.main), package.main.name, column, answers)


def records(package: Package, answers: Answers, chunk_rows: int) -> Iterator[Part]:
    """Read occurrences (Reader.records)."""
    tables = _of(package)
    table, columns = tables.occurrences, tables.columns
    events = read_events(tables.events) if tables.events else None
    day_first = tables.order(package.main).is_day_first(answers.day_first.get(package.main.name))
    wanted = [*columns.values(), *([table.key] if events else [])]
    for piece in chunks(package.main, chunk_rows, wanted, table.layout, table.header):
        filled, terms = events.fill(piece, columns, table.key) if events else (piece, columns)
        yield part_of_terms(Rows(filled), terms, package, answers, day_first, table.defaults, notes_of(table.layout))
