"""Tables of the makers of collars and tags: one description each in makers/<name>.toml, so that the next is one file.

A description states, with the public sample it was made after (source): the columns it is recognised by (signs), the
columns of the animal (the first that has a value), the time (one column, or day and time), its basis (utc or local) and
the position; where there are such, the error in metres (error_m), and the column that says whether a row is a position
(validity) with the words that a valid or an invalid one holds. Some tables stand below lines that say what they are: of
these `preamble` names the one that tells the animal; a table that tells none is of the animal its file is named after.
Where only a class of error is told (error_class), `classes` gives its metres. In names of columns letters and digits
matter, nothing else.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd

from neaspec.crossings.input.csv_tables import CsvDialect, check_header, chunks, header_of, layout_of, notes_of
from neaspec.crossings.input.encodings import encoding_of
from neaspec.crossings.input.members import Member
from neaspec.crossings.input.positions import positions
from neaspec.crossings.input.times import times
from neaspec.crossings.input.values import Mask, by_kind, numbers, trim_cells
from neaspec.crossings.model.reading import Answers, Part, Question
from neaspec.crossings.readers.package import Package, data_set_of, plain_names, stem
from neaspec.crossings.readers.rows import Rows, order_of, question_of
from neaspec.errors import InputError

STANDARD = "maker_table"
_PREAMBLE_BYTES, _PREAMBLE_LINES, _FEW = 20_000, 60, 3
_ANIMAL = "animal of the preamble"
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
    preamble: str = ""
    evidence: Literal["gps", "sighting"] = "gps"
    error_class: str = ""
    classes: Mapping[str, float] = field(default_factory=dict)


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
    for name in ("validity", "error_class", "preamble"):
        stated[name] = _plain(stated.get(name, ""))
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
    recognised = []
    for member in members:
        maker = maker_of(headers.get(member.name, ())) or (_below_a_preamble(member) if member.kind == "text" else None)
        if maker is not None:
            recognised.append(Package(STANDARD, maker.name, data_set_of(member), member))
    return recognised


def _below_a_preamble(member: Member) -> Maker | None:
    """Find the header of a table below the lines that describe it, and keep where it is and which animal they name."""
    wanted = [maker for maker in makers() if maker.preamble]
    lines = member.start[:_PREAMBLE_BYTES].lstrip(b"\xef\xbb\xbf").decode("latin-1").splitlines()[:_PREAMBLE_LINES]
    animal = ""
    for number, line in enumerate(lines, start=1):
        cells = [cell.strip().strip('"') for cell in re.split(r"[,;\t]", line)]
        maker = maker_of([cell for cell in cells if cell]) if len(cells) > _FEW else None
        if maker in wanted and maker is not None:
            try:
                encoding = encoding_of(member)
                header = check_header(member.name, tuple(cells))
            except InputError:
                return None
            delimiter = max(",;\t", key=line.count)
            member.remembered["layout"] = CsvDialect(encoding, delimiter, '"', number)
            member.remembered["header"] = header
            member.remembered[_ANIMAL] = animal
            return maker
        if len(cells) > 1 and _plain(cells[0]) in {each.preamble for each in wanted}:
            animal = cells[1]
    return None


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
        maker.error_class,
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
    if maker.error_class in columns:
        of_class = cells([maker.error_class]).str.upper().map(dict(maker.classes)).to_numpy(dtype=float)
        error = np.where(error > 0, error, of_class)
    animal = cells(maker.animal)
    named = str(package.main.remembered.get(_ANIMAL) or stem(package.main.name))
    animal = animal if maker.animal else pd.Series(named, index=animal.index, dtype="str")
    part_columns: dict[str, object] = {
        "data_set": package.data_set,
        "individual": animal,
        "taxon": cells(maker.taxon),
        "time": when.values,
        "time_quality": when.quality,
        "longitude": where.longitude,
        "latitude": where.latitude,
        "uncertainty_m": np.where(error > 0, error, np.nan),
        "evidence": maker.evidence,
    }
    return rows.part(part_columns, STANDARD, maker.name, notes_of(layout_of(package.main)))


def _are_invalid(said: "pd.Series[str]", maker: Maker) -> Mask:
    """Tell which rows are no position; a word that is in neither list is taken as none."""

    def judge(kinds: "pd.Series[str]") -> "pd.Series[str]":
        lowered = [str(kind).lower() for kind in kinds]
        bad = [
            any(word in kind for word in maker.invalid) or not any(word in kind for word in maker.valid)
            for kind in lowered
        ]
        return pd.Series(
            ["no" if is_bad and kind else "" for is_bad, kind in zip(bad, lowered, strict=True)], dtype="str"
        )

    return (by_kind(said, judge) == "no").to_numpy()
