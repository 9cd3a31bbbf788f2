"""Pairs of pictures proposed as one animal, as programs for stripes and spots list them after a person has looked.

Columns: id_a, id_b (a picture or an animal of a list), flank (left, right, both or empty), score (of the program, as
written), confirmed_by (who has confirmed it, several parted by | or ;); where two lists are meant, data_set_a and
data_set_b. A pair is a proposal: it joins no animals. What both sides confirmed can be given back as a table of
identities.
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from neaspec.crossings.input.csv_tables import chunks
from neaspec.crossings.input.members import Member
from neaspec.crossings.input.values import numbers, trim_cells, words
from neaspec.crossings.model.reading import PICTURE_PAIR_COLUMNS, Reading
from neaspec.crossings.privacy.redact import redact
from neaspec.crossings.readers.package import Package, data_set_of
from neaspec.errors import InputError

STANDARD = "picture_pairs"
SIGNS = "pairs of pictures (id_a, id_b, flank, score, confirmed_by)"
NEEDED = {"id_a", "id_b", "flank"}
MOST_ROWS = 100_000
MOST_PROBLEMS = 20
FLANKS = {
    "left": "left",
    "l": "left",
    "right": "right",
    "r": "right",
    "both": "both",
    "b": "both",
    "l+r": "both",
    "left side": "left",
    "right side": "right",
    "left flank": "left",
    "right flank": "right",
}


def plain(column: str) -> str:
    """Return a column name in our spelling: "ID A" is id_a."""
    return "_".join(column.replace("-", " ").replace("_", " ").replace(".", " ").lower().split())


def packages(members: Sequence[Member], headers: Mapping[str, tuple[str, ...]]) -> list[Package]:
    """Return tables of pairs (StudyReader.packages)."""
    by_name = {member.name: member for member in members}
    return [
        Package(STANDARD, "", data_set_of(by_name[name]), by_name[name])
        for name, header in headers.items()
        if {plain(column) for column in header} >= NEEDED
    ]


def add_to(reading: Reading, package: Package) -> int:
    """Add the pairs of a table (StudyReader.add_to).

    Raises:
        InputError: a pair without its two sides, a flank or a score that cannot be read; all of them at once.
    """
    member = package.main
    frames, lines, total = [], [], 0
    for table in chunks(member):
        total += len(table.rows)
        if total > MOST_ROWS:
            raise InputError([f"{member.name}: more than {MOST_ROWS:,} pairs; give those that a person has looked at"])
        frames.append(table.frame.rename(columns={name: plain(str(name)) for name in table.frame}))
        lines.append(table.rows)
    frame, line = pd.concat(frames, ignore_index=True), pd.concat(lines, ignore_index=True)
    own = pd.DataFrame(
        {
            name: trim_cells(frame[name], empty_words=name not in ("id_a", "id_b")) if name in frame else ""
            for name in PICTURE_PAIR_COLUMNS
        },
        index=frame.index,
    ).astype("str")
    flank = words(own["flank"], FLANKS).astype("str")
    problems = _problems(member.name, own, flank, line)
    if problems:
        raise InputError(problems)
    for name in ("data_set_a", "data_set_b"):
        own[name] = own[name].where(own[name] != "", package.data_set)
    own = own.assign(flank=flank)
    reading.picture_pairs = pd.concat([reading.picture_pairs, own], ignore_index=True).drop_duplicates(
        ignore_index=True
    )
    return total


def _problems(source: str, own: pd.DataFrame, flank: "pd.Series[str]", lines: "pd.Series[int]") -> list[str]:
    wrong = {
        "id_a": (own["id_a"] == "", "empty; a pair needs two sides"),
        "id_b": (own["id_b"] == "", "empty; a pair needs two sides"),
        "flank": ((flank == "") & (own["flank"] != ""), "not left, right or both"),
        "score": (pd.Series(numbers(own["score"]).unreadable, index=own.index), "not a number"),
    }
    problems = [
        redact(f"{source}, line {line}, {column}: {what}")
        for column, (rows, what) in wrong.items()
        for line in lines[rows.to_numpy()]
    ]
    more = [f"… and {len(problems) - MOST_PROBLEMS} more problems"] if len(problems) > MOST_PROBLEMS else []
    return problems[:MOST_PROBLEMS] + more
