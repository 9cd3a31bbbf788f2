"""Files that belong together, as a reader recognised them, and what every reader is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Protocol, runtime_checkable

import pandas as pd

from neaspec.crossings.input.members import Member
from neaspec.crossings.model.reading import Answers, Part, Question, Reading


@dataclass(frozen=True)
class Package:
    """One data set in its files.

    Attributes:
        standard: key of the reader.
        version: of the standard, as stated or shown by the header; may be empty.
        data_set: name space of its identities, if the rows do not say one.
        main: the table that records are made of; its name is the source in reports and questions.
        others: role -> file.
        is_named_apart: data_set has the name of the file in it, because another package has the same name.
    """

    standard: str
    version: str
    data_set: str
    main: Member
    others: Mapping[str, Member] = field(default_factory=dict)
    is_named_apart: bool = False

    @property
    def members(self) -> list[Member]:
        """All its files."""
        return [self.main, *self.others.values()]


class Reader(Protocol):
    """What every module in readers/ has.

    STANDARD is its key, SIGNS says in words which columns it is recognised by (for the error about a file that no
    reader recognises).
    """

    STANDARD: str
    SIGNS: str

    def packages(self, members: Sequence[Member], headers: Mapping[str, tuple[str, ...]]) -> list[Package]:
        """Return what it recognises.

        Args:
            members: all files given.
            headers: name of a member -> its column names, for those that are tables of text.

        Raises:
            InputError: files of a package are missing.
        """

    def questions(self, package: Package, answers: Answers) -> list[Question]:
        """Return what must be answered before the package can be read and is not in `answers`."""

    def records(self, package: Package, answers: Answers, chunk_rows: int) -> Iterator[Part]:
        """Read it in pieces; at least one comes."""


@runtime_checkable
class CameraReader(Protocol):
    """A reader that also knows where cameras stood and for how long."""

    STANDARD: str

    def deployments(self, package: Package, answers: Answers) -> pd.DataFrame:
        """Return DEPLOYMENT_COLUMNS (model/deployments.py); dates that cannot be read are not there."""


class StudyReader(Protocol):
    """A reader of what laboratories and lists propose of animals; it makes no records and says no identity."""

    STANDARD: str
    SIGNS: str

    def packages(self, members: Sequence[Member], headers: Mapping[str, tuple[str, ...]]) -> list[Package]:
        """Return what it recognises (as Reader.packages)."""

    def add_to(self, reading: Reading, package: Package) -> int:
        """Put what a package holds into a reading; return how many rows it has."""


class IdentityReader(Protocol):
    """A reader of tables that say which animal is which; it makes no records."""

    STANDARD: str
    SIGNS: str

    def packages(self, members: Sequence[Member], headers: Mapping[str, tuple[str, ...]]) -> list[Package]:
        """Return what it recognises (as Reader.packages)."""

    def identities(self, package: Package) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Return rows of IDENTITY_COLUMNS and rows of SAMPLE_COLUMNS."""


def stem(name: str) -> str:
    """Return the name of a file without folders and endings: "a/pack.zip/birds.csv.gz" is "birds"."""
    last = PurePosixPath(name.replace("\\", "/")).name
    for ending in (".gz", ".csv", ".tsv", ".txt", ".xlsx", ".parquet", ".zip", ".json"):
        if last.lower().endswith(ending) and len(last) > len(ending):
            last = last[: -len(ending)]
    return last


def data_set_of(member: Member) -> str:
    """Return the name space of a file that states none: its archive, or the file itself."""
    return stem(member.archive or member.name)


def plain_names(header: Sequence[str]) -> dict[str, str]:
    """Return plain name -> column name: lower case, without a prefix such as dwc:, marks or the address of a term."""
    names: dict[str, str] = {}
    for column in header:
        plain = column.rsplit("/", 1)[-1] if "://" in column else column
        plain = plain.rsplit(":", 1)[-1] if plain.lower().startswith(("dwc:", "dcterms:", "dc:", "gbif:")) else plain
        names.setdefault("".join(letter for letter in plain.lower() if letter.isalnum()), column)
    return names
