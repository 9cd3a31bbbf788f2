"""A State's own list of species, as a file: CSV, workbook, or Darwin Core Archive; read in memory, never kept."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from neaspec.crossings.input.archives import members
from neaspec.crossings.input.csv_tables import chunks, header_of
from neaspec.crossings.input.members import Input, InputLimits, Member
from neaspec.crossings.readers.darwin_meta import is_meta, read_description
from neaspec.crossings.readers.workbooks import sheets_of, text_of
from neaspec.errors import InputError
from neaspec.files import MEGABYTE

FILE_TYPES = ("csv", "tsv", "txt", "xlsx", "zip")
MOST_BYTES = 5 * MEGABYTE
MOST_ROWS = 5_000
LIMITS = InputLimits(input_bytes=MOST_BYTES, unpacked_bytes=50 * MEGABYTE, ratio=100, members=50, rows=MOST_ROWS)
TAXON = "taxon"
# Column -> how lists call it, in small letters without signs. The first of a line that a table has is taken.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": (
        "scientificname",
        "acceptedname",
        "latinname",
        "latin",
        "species",
        "taxon",
        "name",
        "学名",
        "拉丁名",
        "학명",
        "латинскоеназвание",
        "научноеназвание",
    ),
    "authorship": ("scientificnameauthorship", "authorship", "authority", "author"),
    "vernacular": ("vernacularname", "commonname", "englishname", "english", "中文名", "국명", "русскоеназвание"),
    "status": ("occurrencestatus", "presence"),
    "taxonomic_status": ("taxonomicstatus",),
}
SYNONYM = "synonym"


@dataclass(frozen=True)
class ListedName:
    """One row of a list as its file has it: its line, the names in it, and whether it says the species is absent."""

    line: int
    name: str
    authorship: str = ""
    vernacular: str = ""
    is_absent: bool = False
    is_synonym: bool = False


def read_own_list(file_name: str, data: bytes) -> tuple[ListedName, ...]:
    """Return the names in a list.

    Raises:
        InputError: what is wrong, in one sentence each: no table, no column of names, no row, too large.
    """
    if not data:
        raise InputError([f"{file_name}: the file is empty"])
    files = [member for member in members([Input(file_name, data)], LIMITS) if member.kind != "empty"]
    tables = [table for member in core_of(files) for table in tables_of(member)]
    chosen = next((table for table in tables if table_columns(table[1])), None)
    if chosen is None:
        known = "scientificName, species, taxon, name"
        headers = "; ".join(", ".join(header[:6]) for _, header, _ in tables if any(header)) or "no header"
        raise InputError([f"{file_name}: no column of scientific names ({known}); found: {headers[:200]}"])
    listed = tuple(rows_of_table(*chosen))
    if not listed:
        raise InputError([f"{file_name}: the column of names has no row"])
    if len(listed) > MOST_ROWS:
        raise InputError([f"{file_name}: {len(listed):,} rows; up to {MOST_ROWS:,} are read"])
    return listed


def core_of(members: Sequence[Member]) -> list[Member]:
    """Return the table of taxa of a Darwin Core Archive; of other files all tables.

    Raises:
        InputError: if the archive describes no taxa.
    """
    meta = next((member for member in members if is_meta(member)), None)
    if meta is None:
        return list(members)
    core = read_description(meta, {member.name: member for member in members})[0]
    if core.kind != TAXON:
        raise InputError(
            [f"{meta.name}: the core of the archive is {core.kind or 'not named'}; a core of taxa is read"]
        )
    core.member.remembered["described"] = core
    return [core.member]


def tables_of(member: Member) -> Iterator[tuple[int, tuple[str, ...], list[list[str]]]]:
    """Give the tables of a file: line of its first row, names of columns, rows of cells.

    Raises:
        InputError: if the file is no table.
    """
    if member.kind == "workbook":
        for rows in sheets_of(member).values():
            first = next((number for number, row in enumerate(rows) if any(row)), None)
            if first is not None:
                header = tuple(text_of(cell).strip() for cell in rows[first])
                yield first + 2, header, [[text_of(cell) for cell in row] for row in rows[first + 1 :]]
        return
    if member.kind != "text":
        raise InputError([f"{member.name}: no table ({member.signature or 'of unknown kind'})"])
    described = member.remembered.get("described")
    header = described.header if described else header_of(member)
    pieces = chunks(member, MOST_ROWS + 1, layout=described.layout if described else None, header=header)
    piece = next(pieces)
    if next(pieces, None) is not None:
        raise InputError([f"{member.name}: more than {MOST_ROWS:,} rows"])
    names = tuple(piece.frame.columns)
    cells = [["" if cell != cell else str(cell) for cell in row] for row in piece.frame.itertuples(index=False)]
    yield int(piece.rows.iloc[0]) if len(piece.rows) else 2, names, cells


def table_columns(header: Sequence[str]) -> dict[str, int]:
    """Return which column is which; empty if none holds scientific names."""
    plain = ["".join(sign for sign in name.casefold() if sign.isalnum()) for name in header]
    places = {
        column: next((plain.index(name) for name in names if name in plain), -1) for column, names in COLUMNS.items()
    }
    return {column: place for column, place in places.items() if place >= 0} if places["name"] >= 0 else {}


def rows_of_table(first: int, header: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[ListedName]:
    """Give the rows that have a name."""
    places = table_columns(header)
    for line, row in enumerate(rows, first):

        def cell(column: str, row: Sequence[str] = row) -> str:
            place = places.get(column, len(row))
            return " ".join(row[place].split()) if place < len(row) else ""

        name = cell("name") or cell("vernacular")
        if name:
            yield ListedName(
                line=line,
                name=name,
                authorship=cell("authorship"),
                vernacular=cell("vernacular"),
                is_absent=cell("status").casefold() in ("absent", "0", "no", "false"),
                is_synonym=cell("taxonomic_status").casefold().endswith(SYNONYM),
            )
