"""A State's own list of species, as a file: CSV, workbook, or Darwin Core Archive; read in memory, never kept."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from neaspec.checklist.archive import COUNTRY_CODES
from neaspec.checklist.presence import ELSEWHERE, PRESENT, of_all, presence_of
from neaspec.crossings.input.archives import members
from neaspec.crossings.input.csv_tables import chunks, header_of
from neaspec.crossings.input.members import Input, InputLimits, Member
from neaspec.crossings.readers.darwin_meta import DescribedTable, is_meta, read_description
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
    "vernacular": ("vernacularname", "commonname", "englishname", "english", "中文名", "국명", "русскоеназвание"),
    "status": ("occurrencestatus", "presence"),
    "key": ("taxonid", "id"),
    "accepted_key": ("acceptednameusageid",),
}
DISTRIBUTION = "distribution"
# Where a row of a distribution is: columns in small letters, the first that a table has.
PLACES = ("countrycode", "locationid", "country")
STATUS = "occurrencestatus"


@dataclass(frozen=True)
class ListedName:
    """One row of a list as its file has it: its line, its name, synonyms it gives for it, what it says of presence."""

    line: int
    name: str
    vernacular: str = ""
    presence: str = PRESENT
    synonyms: tuple[str, ...] = ()


def read_own_list(file_name: str, data: bytes, country_code: str = "") -> tuple[ListedName, ...]:
    """Return the names in a list; a synonym stands with the name that the list accepts for it.

    Args:
        file_name: of the list.
        data: its bytes.
        country_code: ISO 3166-1 alpha-3 of the State whose list it is: of an archive with a table of distribution, its
            rows of that State say what is present.

    Raises:
        InputError: what is wrong, in one sentence each: no table, no column of names, no row, too large.
    """
    if not data:
        raise InputError([f"{file_name}: the file is empty"])
    files = [member for member in members([Input(file_name, data)], LIMITS) if member.kind != "empty"]
    core, distribution = core_of(files)
    tables = [table for member in core for table in tables_of(member)]
    chosen = next((table for table in tables if table_columns(table[1])), None)
    if chosen is None:
        known = "scientificName, species, taxon, name"
        headers = "; ".join(", ".join(header[:6]) for _, header, _ in tables if any(header)) or "no header"
        raise InputError([f"{file_name}: no column of scientific names ({known}); found: {headers[:200]}"])
    presences = None
    if distribution is not None:
        _, header, rows = next(tables_of(distribution.member))
        presences = presence_by_taxon(header, rows, distribution.key, country_code)
    listed = tuple(rows_of_table(*chosen, presences))
    if not listed:
        raise InputError([f"{file_name}: the column of names has no row"])
    if len(listed) > MOST_ROWS:
        raise InputError([f"{file_name}: {len(listed):,} rows; up to {MOST_ROWS:,} are read"])
    return listed


def core_of(members: Sequence[Member]) -> tuple[list[Member], DescribedTable | None]:
    """Return the table of taxa of a Darwin Core Archive and that of their distribution; of other files all tables.

    Raises:
        InputError: if the archive describes no taxa.
    """
    meta = next((member for member in members if is_meta(member)), None)
    if meta is None:
        return list(members), None
    core, *others = read_description(meta, {member.name: member for member in members}, (DISTRIBUTION,))
    if core.kind != TAXON:
        raise InputError(
            [f"{meta.name}: the core of the archive is {core.kind or 'not named'}; a core of taxa is read"]
        )
    for table in (core, *others):
        table.member.remembered["described"] = table
    return [core.member], others[0] if others else None


def presence_by_taxon(
    header: Sequence[str], rows: Iterable[Sequence[str]], key: str, country_code: str
) -> dict[str, str] | None:
    """Return key of a taxon -> what the rows of a State say of it; None where the table has no status to read.

    Rows without a column of countries are about all of it.
    """
    plain = [name.casefold() for name in header]
    if STATUS not in plain or key not in header:
        return None
    place = next((plain.index(name) for name in PLACES if name in plain), -1)
    codes = {country_code.casefold(), COUNTRY_CODES.get(country_code, "").casefold()} - {""}
    said: dict[str, set[str]] = {}
    for row in rows:
        where = row[place].strip().casefold().rpartition(":")[2] if place >= 0 else ""  # ISO3166-1:CN and the like
        if place < 0 or where in codes:
            said.setdefault(row[header.index(key)].strip(), set()).add(presence_of(row[plain.index(STATUS)]))
    return {taxon: of_all(kinds) for taxon, kinds in said.items()}


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


def rows_of_table(
    first: int,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    presences: Mapping[str, str] | None = None,
) -> Iterator[ListedName]:
    """Give the rows that have a name; those of synonyms go with the row of the name that is accepted for them.

    presences: key of a taxon -> what a table of distribution says of it.
    """
    places = table_columns(header)

    def cell(row: Sequence[str], column: str) -> str:
        place = places.get(column, len(row))
        return " ".join(row[place].split()) if place < len(row) else ""

    named = [(line, row) for line, row in enumerate(rows, first) if cell(row, "name") or cell(row, "vernacular")]
    keys = {cell(row, "key") for _, row in named} - {""}
    synonyms: dict[str, list[str]] = {}
    accepted = []
    for line, row in named:
        of = cell(row, "accepted_key")
        if of in keys and of != cell(row, "key"):
            synonyms.setdefault(of, []).append(cell(row, "name"))
        else:
            accepted.append((line, row))
    for line, row in accepted:
        key = cell(row, "key")
        yield ListedName(
            line=line,
            name=cell(row, "name") or cell(row, "vernacular"),
            vernacular=cell(row, "vernacular"),
            presence=presence_of(cell(row, "status")) if presences is None else presences.get(key, ELSEWHERE),
            synonyms=tuple(synonyms.get(key, ())),
        )
