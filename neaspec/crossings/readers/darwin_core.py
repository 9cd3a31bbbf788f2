"""Darwin Core: an archive with its meta.xml (header line or not), or a loose table of occurrences."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from neaspec.crossings.inputs import Member
from neaspec.crossings.readers.darwin_meta import OCCURRENCE, DescribedTable, described, is_meta
from neaspec.crossings.readers.darwin_terms import columns_of, date_column, part_of_terms
from neaspec.crossings.readers.package import Package, data_set_of, plain_names
from neaspec.crossings.readers.rows import Rows, order_of, question_of
from neaspec.crossings.reading import Answers, Part, Question
from neaspec.crossings.text_tables import chunks, header_of, layout_of, notes_of
from neaspec.errors import InputError

STANDARD = "darwin_core"
SIGNS = "Darwin Core (meta.xml, or basisOfRecord or occurrenceID with eventDate and decimalLatitude or countryCode)"
META = "meta"


def packages(members: Sequence[Member], headers: Mapping[str, tuple[str, ...]]) -> list[Package]:
    """Return archives and loose tables of occurrences (Reader.packages)."""
    found, problems = [], []
    by_name = {member.name: member for member in members}
    folders = set()
    for meta in members:
        if not is_meta(meta):
            continue
        folders.add(PurePosixPath(meta.name).parent)
        try:
            tables = described(meta, by_name)
            occurrences = _occurrences(meta, tables)
        except InputError as error:
            problems.extend(error.problems)
            continue
        occurrences.member.remembered["described"] = occurrences
        found.append(Package(STANDARD, "", data_set_of(meta), occurrences.member, {META: meta}))
    for member in members:
        names = set(plain_names(headers.get(member.name, ())))
        if PurePosixPath(member.name).parent not in folders and is_loose(names):
            found.append(Package(STANDARD, "", data_set_of(member), member))
    if problems:
        raise InputError(problems)
    return found


def is_loose(names: set[str]) -> bool:
    """Whether column names are those of a table of occurrences that is no GBIF simple download."""
    who = {"occurrenceid", "basisofrecord", "organismid", "individualid"} & names
    when = "eventdate" in names or "year" in names
    where = {"decimallatitude", "decimallongitude"} <= names or "countrycode" in names
    return bool(who) and when and where and not is_simple_download(names)


def is_simple_download(names: set[str]) -> bool:
    """Whether column names are those of GBIF's SIMPLE_CSV, which has no organismID."""
    return {"gbifid", "datasetkey", "specieskey"} <= names and not {"organismid", "individualid"} & names


def _occurrences(meta: Member, tables: Sequence[DescribedTable]) -> DescribedTable:
    for table in tables:
        if table.kind == OCCURRENCE:
            return table
    kinds = ", ".join(table.kind or "no row type" for table in tables)
    raise InputError([f"{meta.name}: describes no table of occurrences (found: {kinds})"])


def _table(package: Package) -> DescribedTable:
    described_table = package.main.remembered.get("described")
    if META in package.others and isinstance(described_table, DescribedTable):
        return described_table
    return DescribedTable(package.main, OCCURRENCE, layout_of(package.main), header_of(package.main), {}, "")


def questions(package: Package, answers: Answers) -> list[Question]:
    """Return the question of day and month, if its dates leave it open (Reader.questions)."""
    table = _table(package)
    column = date_column(columns_of(table.header))
    order = order_of(package.main, column, table.layout, table.header)
    return question_of(order, package.main.name, column, answers)


def records(package: Package, answers: Answers, chunk_rows: int) -> Iterator[Part]:
    """Read occurrences (Reader.records)."""
    table = _table(package)
    columns = columns_of(table.header)
    order = order_of(package.main, date_column(columns), table.layout, table.header)
    day_first = order.is_day_first(answers.day_first.get(package.main.name))
    for piece in chunks(package.main, chunk_rows, list(columns.values()), table.layout, table.header):
        yield part_of_terms(Rows(piece), columns, package, answers, day_first, table.defaults, notes_of(table.layout))
