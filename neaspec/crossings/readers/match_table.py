"""Tables that say which animal is which: stated, never computed.

* A match table of genetics (sample_id, individual_id, method, loci_compared, loci_matched, laboratory): each sample is
  of the animal its laboratory matched it to. Its key is "match: laboratory: individual_id", since laboratories number
  their animals apart from each other; without a laboratory the name of the table stands there. Two more columns,
  data_set and individual, say which animal of a data set this is; individual_key gives a key of one's own instead.
* A table of identities (data_set, individual, individual_key): animals of two data sets with one key are one animal.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from neaspec.crossings.identity.identities import even_spaces
from neaspec.crossings.identity.unidentified import are_unidentified
from neaspec.crossings.input.csv_tables import chunks, header_of
from neaspec.crossings.input.members import Member
from neaspec.crossings.input.values import Mask, numbers, trim_cells
from neaspec.crossings.model.reading import IDENTITY_COLUMNS, SAMPLE_COLUMNS
from neaspec.crossings.privacy.redact import redact
from neaspec.crossings.readers.package import Package, data_set_of
from neaspec.errors import InputError

STANDARD = "match_table"
SIGNS = "match table (sample_id, individual_id, method) or identities (data_set, individual, individual_key)"
MATCH = {"sample_id", "individual_id"}
IDENTITY = {"data_set", "individual", "individual_key"}
MOST_PROBLEMS = 50
_MOST_LINES = 20
_LOCI = ("loci_compared", "loci_matched")


def plain(column: str) -> str:
    """Return a column name in our spelling: "Sample ID" is sample_id."""
    return "_".join(column.replace("-", " ").replace("_", " ").replace(".", " ").lower().split())


def packages(members: Sequence[Member], headers: Mapping[str, tuple[str, ...]]) -> list[Package]:
    """Return match tables and tables of identities (IdentityReader.packages)."""
    by_name = {member.name: member for member in members}
    recognised = []
    for name, header in headers.items():
        has = {plain(column) for column in header}
        if (has >= MATCH or has >= IDENTITY) and not has & {"taxon", "time", "evidence"}:
            recognised.append(Package(STANDARD, "samples" if has >= MATCH else "identities", "", by_name[name]))
    return recognised


def identities(package: Package) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read one table (they are small: all at once).

    Returns:
        Rows of IDENTITY_COLUMNS and rows of SAMPLE_COLUMNS, all texts.

    Raises:
        InputError: with all rows that cannot be right.
    """
    member = package.main
    tables = list(chunks(member))
    frame = pd.concat([table.frame for table in tables], ignore_index=True)
    lines = pd.concat([table.rows for table in tables], ignore_index=True)
    unread = [
        f"{member.name}, line {example.row}: {example.found}"
        for table in tables
        for examples in table.dropped.examples.values()
        for example in examples
    ]
    names = [plain(column) for column in header_of(member)]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise InputError([f"{member.name}, header: columns with the same name ({', '.join(twice)}); one is needed"])
    frame = frame.rename(columns={column: plain(str(column)) for column in frame})
    if set(names) >= MATCH:
        return check_matches(member.name, data_set_of(member), frame, lines, unread)
    return check_identities(member.name, frame, lines, unread), pd.DataFrame(columns=list(SAMPLE_COLUMNS), dtype="str")


def check_matches(
    source: str, table: str, frame: pd.DataFrame, lines: "pd.Series[int]", unread: Sequence[str] = ()
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Check a match table and return its statements.

    Args:
        source: the file (and sheet), for errors.
        table: its name, for keys of matches of no laboratory.
        frame: texts under our names; columns that may be missing are those of loci, laboratory, data_set, individual
            and individual_key.
        lines: where each row stands.
        unread: problems found before.

    Returns:
        Identities and samples; a row that says nobody knows the animal states nothing.

    Raises:
        InputError: with all problems.
    """
    if "method" not in frame:
        raise InputError([*unread, f"{source}, header: no column method; each match must say how it was made"])
    own = _own(frame, (*SAMPLE_COLUMNS, "individual_id", "data_set", "individual"))
    problems = [*unread]
    for name in ("sample_id", "individual_id", "method"):
        problems += _at(source, lines, own[name] == "", name, "empty; a match needs it")
    problems += _loci_problems(source, own, lines)
    half = (own["data_set"] == "") != (own["individual"] == "")
    problems += _at(source, lines, half, "data_set, individual", "one of the two is empty; both or none are needed")
    laboratory = own["laboratory"].where(own["laboratory"] != "", table)
    own_key = "match: " + laboratory + ": " + own["individual_id"]
    own["individual_key"] = own["individual_key"].where(own["individual_key"] != "", own_key)
    problems += _two(source, own, lines, ["sample_id"], "sample", "matched to")
    problems += _two(source, own, lines, ["data_set", "individual"], "animal", "matched to")
    _raise(problems)
    known = own[~are_unidentified(own["individual_id"])]
    animals = known[known["individual"] != ""][list(IDENTITY_COLUMNS)]
    return _once(animals), _once(known[list(SAMPLE_COLUMNS)])


def check_identities(
    source: str, frame: pd.DataFrame, lines: "pd.Series[int]", unread: Sequence[str] = ()
) -> pd.DataFrame:
    """Check a table of identities and return its statements (arguments as `check_matches`).

    A key that says nobody knows the animal (unknown) is kept: it takes the animal out.

    Raises:
        InputError: with all problems.
    """
    own = _own(frame, IDENTITY_COLUMNS)
    problems = [*unread]
    for name in ("data_set", "individual", "individual_key"):
        problems += _at(source, lines, own[name] == "", name, "empty; an identity needs it")
    problems += _loci_problems(source, own, lines)
    problems += _two(source, own, lines, ["data_set", "individual"], "animal", "stated to be")
    _raise(problems)
    return _once(own[list(IDENTITY_COLUMNS)])


def _own(frame: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    blank = pd.Series("", index=frame.index, dtype="str")
    # "NA" may be the name of an animal; for numbers and laboratories it means nothing is there.
    return pd.DataFrame(
        {
            name: even_spaces(trim_cells(frame[name], empty_words=name in (*_LOCI, "laboratory", "method")))
            if name in frame
            else blank
            for name in columns
        }
    )


def _once(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.astype("str").drop_duplicates().sort_values(list(frame.columns), ignore_index=True)


def _at(source: str, lines: "pd.Series[int]", rows: "Mask | pd.Series[bool]", column: str, what: str) -> list[str]:
    return [f"{source}, line {line}, {column}: {what}" for line in lines[np.asarray(rows, dtype=bool)]]


def _loci_problems(source: str, own: pd.DataFrame, lines: "pd.Series[int]") -> list[str]:
    problems = []
    read = {name: numbers(own[name]) for name in _LOCI}
    for name, counts in read.items():
        with np.errstate(invalid="ignore"):
            is_no_count = counts.unreadable | (counts.values < 0) | (counts.values % 1 != 0) & ~np.isnan(counts.values)
        problems += _at(source, lines, is_no_count, name, "not a whole number from 0 up, or empty")
    compared, matched = (read[name].values for name in _LOCI)
    problems += _at(source, lines, matched > compared, "loci_matched", "more loci matched than were compared")
    alone = ~np.isnan(matched) & np.isnan(compared)
    problems += _at(source, lines, alone, "loci_compared", "empty, though a number of matched loci is given")
    return problems


def _two(
    source: str, own: pd.DataFrame, lines: "pd.Series[int]", columns: list[str], what: str, verb: str
) -> list[str]:
    """Find samples or animals that have two keys."""
    stated = own.assign(line=lines.to_numpy())[(own[columns] != "").all(axis=1)]
    keys = stated.groupby(columns)["individual_key"].transform("nunique")
    problems = []
    for _, rows in stated[keys > 1].groupby(columns, sort=True):
        named = " of ".join(repr(part[:60]) for part in reversed(rows[columns].iloc[0].tolist()))
        at = ", ".join(str(line) for line in rows["line"].tolist()[:_MOST_LINES])
        keys_stated = " and ".join(repr(key[:80]) for key in sorted(rows["individual_key"].unique())[:5])
        problems.append(f"{source}, lines {at}: {what} {named} is {verb} {keys_stated}; one is allowed")
    return problems


def _raise(problems: list[str]) -> None:
    if problems:
        more = [f"… and {len(problems) - MOST_PROBLEMS} more problems"] if len(problems) > MOST_PROBLEMS else []
        raise InputError([redact(problem) for problem in problems[:MOST_PROBLEMS]] + more)
