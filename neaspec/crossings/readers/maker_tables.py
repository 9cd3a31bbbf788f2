"""Tables of the makers of collars and tags: one description each in makers/<name>.toml, so that the next is one file.

A description states, with the public sample it was made after (source): the columns it is recognised by (signs), the
columns of the animal (the first that has a value), the time (one column, or day and time), its basis (utc or local) and
the position; where there are such, the error in metres (error_m), and the column that says whether a row is a position
(validity) with the words that a valid or an invalid one holds. In names of columns letters and digits matter, nothing
else.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd

from neaspec.crossings.input.csv_tables import chunks, header_of, layout_of, notes_of
from neaspec.crossings.input.members import Member
from neaspec.crossings.input.positions import positions
from neaspec.crossings.input.times import times
from neaspec.crossings.input.values import Mask, by_kind, numbers, trim_cells
from neaspec.crossings.model.reading import Answers, Part, Question
from neaspec.crossings.readers.package import Package, data_set_of, plain_names
from neaspec.crossings.readers.rows import Rows, order_of, question_of

STANDARD = "maker_table"
MAKERS_DIR = Path(__file__).parent / "makers"


@dataclass(frozen=True)
class Maker:
    """How a maker writes its tables; see the fields in the text of this module. Names of columns are plain."""

    name: str
    source: str
    signs: tuple[str, ...]
    animal: tuple[str, ...]
    time: tuple[str, ...]
    time_basis: Literal["utc", "local"]
    latitude: tuple[str, ...]
    longitude: tuple[str, ...]
    taxon: tuple[str, ...] = ()
    error_m: tuple[str, ...] = ()
    validity: str = ""
    valid: tuple[str, ...] = ()
    invalid: tuple[str, ...] = ()


@cache
def makers() -> tuple[Maker, ...]:
    """Return the descriptions, in the order of their names."""
    return tuple(_maker(path) for path in sorted(MAKERS_DIR.glob("*.toml")))


def _plain(column: str) -> str:
    return "".join(letter for letter in column.lower() if letter.isalnum())


def _maker(path: Path) -> Maker:
    stated = tomllib.loads(path.read_text(encoding="utf-8"))
    for name in ("signs", "animal", "time", "latitude", "longitude", "taxon", "error_m"):
        stated[name] = tuple(_plain(column) for column in stated.get(name, ()))
    stated["validity"] = _plain(stated.get("validity", ""))
    for name in ("valid", "invalid"):
        stated[name] = tuple(stated.get(name, ()))
    return Maker(**stated)


SIGNS = "; ".join(f"{maker.name} ({', '.join(maker.signs)})" for maker in makers())


def maker_of(header: Sequence[str]) -> Maker | None:
    """Return whose table a header is of; of two the one with more signs."""
    names = set(plain_names(header))
    fitting = [maker for maker in makers() if names.issuperset(maker.signs)]
    return max(fitting, key=lambda maker: len(maker.signs), default=None)


def packages(members: Sequence[Member], headers: Mapping[str, tuple[str, ...]]) -> list[Package]:
    """Return tables of makers (Reader.packages)."""
    by_name = {member.name: member for member in members}
    recognised = []
    for name, header in headers.items():
        maker = maker_of(header)
        if maker is not None:
            recognised.append(Package(STANDARD, maker.name, data_set_of(by_name[name]), by_name[name]))
    return recognised


def _of(package: Package) -> tuple[Maker, dict[str, str]]:
    header = header_of(package.main)
    maker = maker_of(header)
    assert maker is not None, "packages() recognised it by this header"
    return maker, plain_names(header)


def questions(package: Package, answers: Answers) -> list[Question]:
    """Return the question of day and month (Reader.questions)."""
    maker, columns = _of(package)
    column = columns.get(maker.time[0], "")
    return question_of(order_of(package.main, column), package.main.name, column, answers)


def records(package: Package, answers: Answers, chunk_rows: int) -> Iterator[Part]:
    """Read positions of tags (Reader.records)."""
    maker, columns = _of(package)
    date = columns.get(maker.time[0], "")
    day_first = order_of(package.main, date).is_day_first(answers.day_first.get(package.main.name))
    named = (
        *maker.animal,
        *maker.time,
        *maker.latitude,
        *maker.longitude,
        *maker.taxon,
        *maker.error_m,
        maker.validity,
    )
    wanted = list(dict.fromkeys(columns[name] for name in named if name in columns))
    for table in chunks(package.main, chunk_rows, wanted):
        yield _part(Rows(table), package, maker, columns, day_first)


def _part(rows: Rows, package: Package, maker: Maker, columns: Mapping[str, str], day_first: bool | None) -> Part:
    def cells(names: Sequence[str]) -> "pd.Series[str]":
        """The first of these columns that has a value, row by row."""
        texts = pd.Series("", index=rows.table.frame.index, dtype="str")
        for name in names:
            texts = texts.where(texts != "", trim_cells(rows.column(columns.get(name))))
        return texts

    if maker.validity in columns:
        said = cells([maker.validity])
        rows.leave_out(_are_invalid(said, maker), "not_visible", columns[maker.validity], said, is_cell=True)
    written = cells(maker.time[:1])
    for name in maker.time[1:]:
        written = (written + " " + cells([name])).str.strip()
    when = times(written, day_first, "utc_by_standard" if maker.time_basis == "utc" else "utc_assumed")
    where = positions(cells(maker.latitude), cells(maker.longitude))
    column = columns.get(maker.latitude[0], "")
    rows.leave_out_positions(where, column, pd.Series("", index=rows.table.frame.index, dtype="str"))
    rows.leave_out_times(when, columns.get(maker.time[0], ""))
    error = numbers(cells(maker.error_m)).values
    made: dict[str, object] = {
        "data_set": package.data_set, "individual": cells(maker.animal), "taxon": cells(maker.taxon),
        "time": when.values, "time_quality": when.quality, "longitude": where.longitude, "latitude": where.latitude,
        "uncertainty_m": np.where(error > 0, error, np.nan), "evidence": "gps",
    }  # fmt: skip
    return rows.part(made, STANDARD, maker.name, notes_of(layout_of(package.main)))


def _are_invalid(said: "pd.Series[str]", maker: Maker) -> Mask:
    """Tell which rows are no position; a word that is in neither list is taken as none."""

    def judge(kinds: "pd.Series[str]") -> "pd.Series[str]":
        lowered = [str(kind).lower() for kind in kinds]
        bad = [
            any(word in kind for word in maker.invalid) or not any(word in kind for word in maker.valid)
            for kind in lowered
        ]  # fmt: skip
        return pd.Series(
            ["no" if is_bad and kind else "" for is_bad, kind in zip(bad, lowered, strict=True)], dtype="str"
        )

    return (by_kind(said, judge) == "no").to_numpy()
