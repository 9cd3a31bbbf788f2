"""meta.xml of a Darwin Core Archive: which file holds what, how it is written, which column is which term."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import NoReturn
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from neaspec.crossings.input.csv_tables import MOST_COLUMNS, CsvDialect, width_of
from neaspec.crossings.input.encodings import ENCODINGS, encoding_of
from neaspec.crossings.input.members import Member
from neaspec.errors import InputError

SPACE = "{http://rs.tdwg.org/dwc/text/}"
OCCURRENCE, EVENT = "occurrence", "event"
ESCAPES = {"\\t": "\t", "\\n": "\n", "\\r": "\r", "\\r\\n": "\r\n", "\\\\": "\\", "&quot;": '"'}


class _Plain(TreeBuilder):
    """Builds a tree of elements; a document type, and with it every entity, is refused."""

    def doctype(self, name: str, pubid: str | None, system: str | None) -> NoReturn:
        raise InputError(["a document type (DTD) is not read"])


def parse_xml(member: Member, most: int = 5_000_000) -> Element:
    """Parse an XML file of at most so many bytes without entities.

    Raises:
        InputError: it is damaged, large, or declares a document type.
    """
    parser = XMLParser(target=_Plain())
    try:
        parser.feed(member.bytes(most))
        root: Element = parser.close()
    except ParseError as error:
        raise InputError([f"{member.name}, line {error.position[0]}: not well-formed XML"]) from error
    except (InputError, ValueError, LookupError) as error:
        raise InputError([f"{member.name}: {str(error)[:100]}"]) from error
    return root


@dataclass(frozen=True)
class DescribedTable:
    """One file as meta.xml describes it.

    Attributes:
        member: the file.
        kind: last word of its row type in lower case, for example occurrence.
        layout: how it is written.
        header: name of each column, "" where meta.xml says nothing; the key column without a term is "id".
        defaults: term -> one value for all rows.
    """

    member: Member
    kind: str
    layout: CsvDialect
    header: tuple[str, ...]
    defaults: Mapping[str, str]
    key: str


def is_meta(member: Member) -> bool:
    """Whether a file describes a Darwin Core Archive."""
    start = member.start[:4000]
    return start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and b"http://rs.tdwg.org/dwc/text/" in start


def read_description(
    meta: Member, members: Mapping[str, Member], kinds: Collection[str] = (OCCURRENCE, EVENT)
) -> list[DescribedTable]:
    """Return the tables an archive is made of, its core first.

    Args:
        meta: the description.
        members: all files given, by name.
        kinds: of the tables beside the core that are read; multimedia, measurements and the like say nothing about
            where an animal was.

    Raises:
        InputError: the description is damaged, or files it names are missing.
    """
    root = parse_xml(meta)
    tables = [*root.findall(f"{SPACE}core"), *root.findall(f"{SPACE}extension")]
    if root.tag != f"{SPACE}archive" or not tables or tables[0].tag != f"{SPACE}core":
        raise InputError([f"{meta.name}: describes no core table of a Darwin Core Archive"])
    folder = PurePosixPath(meta.name).parent
    described_tables, problems = [], []
    for number, table in enumerate(tables):
        kind = (table.get("rowType") or "").rstrip("/").rsplit("/", 1)[-1].rsplit("#", 1)[-1].lower()
        if number and kind not in kinds:
            continue
        try:
            described_tables.append(_table(meta.name, folder, table, kind, members))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    return described_tables


def _table(
    meta: str, folder: PurePosixPath, table: Element, kind: str, members: Mapping[str, Member]
) -> DescribedTable:
    places = [(place.text or "").strip() for place in table.iter(f"{SPACE}location")]
    if len(places) != 1:
        raise InputError([f"{meta}: {len(places)} files for one table ({kind or 'no row type'}); one is read"])
    member = members.get(str(folder / places[0]))
    if member is None:
        raise InputError([f"{meta}: names the file {places[0][:100]}, which is missing"])
    if member.kind != "text":
        raise InputError([f"{member.name}: {'is empty' if member.kind == 'empty' else 'is not a text'}"])
    layout = CsvDialect(
        _encoding(meta, table.get("encoding") or "UTF-8", member),
        _mark(meta, "fieldsTerminatedBy", table.get("fieldsTerminatedBy", ","), False),
        _mark(meta, "fieldsEnclosedBy", table.get("fieldsEnclosedBy", '"'), True),
        _whole(meta, "ignoreHeaderLines", table.get("ignoreHeaderLines") or "0", 1_000),
    )
    width = width_of(member, layout)
    names, defaults = [""] * min(width, MOST_COLUMNS), {}
    for field in table.findall(f"{SPACE}field"):
        term = (field.get("term") or "").rstrip("/").rsplit("/", 1)[-1].rsplit("#", 1)[-1]
        if field.get("index"):
            index = _whole(meta, "index", field.get("index", ""), 100_000)
            if index >= len(names):
                raise InputError(
                    [f"{meta}: {term} is said to be column {index + 1} of {member.name}, which has {width}"]
                )
            if term not in names:
                names[index] = term
        if field.get("default"):
            defaults[term.lower()] = field.get("default", "")
    key = table.find(f"{SPACE}id") if table.tag == f"{SPACE}core" else table.find(f"{SPACE}coreid")
    key_name = ""
    if key is not None and key.get("index"):
        index = _whole(meta, "index", key.get("index", ""), 100_000)
        if index < len(names):
            names[index] = names[index] or "id"
            key_name = names[index]
    return DescribedTable(member, kind, layout, tuple(names), defaults, key_name)


def _encoding(meta: str, stated: str, member: Member) -> str:
    plain = stated.strip().lower()
    if plain in ("utf-8", "utf8", "us-ascii", "ascii", ""):
        return encoding_of(member)
    if plain not in ENCODINGS:
        raise InputError([f"{meta}: encoding {stated[:40]} is not known; save as UTF-8"])
    return ENCODINGS[plain]


def _mark(meta: str, name: str, written: str, may_be_empty: bool) -> str:
    mark = ESCAPES.get(written, written)
    if (not mark and not may_be_empty) or len(mark) > 1 or mark in ("\n", "\r", "\0"):
        raise InputError([f"{meta}: {name} is {written[:20]!r}; one letter is read"])
    return mark


def _whole(meta: str, name: str, written: str, most: int) -> int:
    if not (written.strip().isascii() and written.strip().isdigit()) or int(written) > most:
        raise InputError([f"{meta}: {name} is {written[:20]!r}; a number from 0 to {most:,} is expected"])
    return int(written)
