"""What readers give: parts of records, identities, and questions that must be answered instead of guessed."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from neaspec.crossings.model.deployments import no_deployments
from neaspec.crossings.model.genotypes import GenotypeTable
from neaspec.crossings.model.records import DoubtfulRows, Recognised, RejectedRows, empty_records

# The number of a UTM zone and the letter of its band, or N for north and S for south of the equator.
UTM_ZONE = re.compile(r"^\s*(0?[1-9]|[1-5]\d|60)\s*([C-HJ-NP-X])\s*$", re.IGNORECASE)
QuestionKind = Literal["day_or_month_first", "utm_zone"]

# One row states that an animal of a data set is the animal `individual_key`. Rows of two data sets with the same key
# join their animals; nothing else does.
IDENTITY_COLUMNS = ("data_set", "individual", "individual_key", "method", "loci_compared", "loci_matched", "laboratory")
# One row states that a genetic sample is of an animal.
SAMPLE_COLUMNS = ("sample_id", "individual_key", "method", "loci_compared", "loci_matched", "laboratory")

# One row says that records of an animal of a data set name a sample.
SAMPLED_COLUMNS = ("data_set", "individual", "sample_id")

# One row proposes that two pictures (or two animals of two lists) show one animal, seen from one flank.
PICTURE_PAIR_COLUMNS = ("data_set_a", "id_a", "data_set_b", "id_b", "flank", "score", "confirmed_by")


@dataclass(frozen=True)
class Question:
    """What a file does not say and nobody may guess: asked once for a file."""

    kind: QuestionKind
    source: str
    column: str
    example: str


@dataclass(frozen=True)
class Answers:
    """What the reader of the page or the command line answered; keys are sources (files) or data sets."""

    day_first: Mapping[str, bool] = field(default_factory=dict)  # source -> the day stands before the month
    utm_zone: Mapping[str, str] = field(default_factory=dict)  # source -> for example 52N
    country: Mapping[str, str] = field(default_factory=dict)  # data set -> declared country of all its stations
    # source -> for example gb18030; "" -> of every text that is not UTF-8 and not named itself
    encoding: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """A piece of an input as records. The pieces of an input together are its records, whatever their size."""

    records: pd.DataFrame
    dropped: RejectedRows
    recognised: Recognised  # rows and records are those of this part
    doubts: DoubtfulRows = field(default_factory=DoubtfulRows)  # of what is no record; those of records are in them


@dataclass
class Reading:
    """All inputs, read.

    sampled: which stated samples records name (SAMPLED_COLUMNS, each once); it grows while parts are read.
    sources: all files that an answer can be about.
    deployments: of cameras (model/deployments.py). genotypes: tables of laboratories. picture_pairs:
    PICTURE_PAIR_COLUMNS. None of the three ever says which animal is which.
    """

    records: pd.DataFrame = field(default_factory=empty_records)
    dropped: RejectedRows = field(default_factory=RejectedRows)
    doubts: DoubtfulRows = field(default_factory=DoubtfulRows)
    recognised: list[Recognised] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    identities: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(IDENTITY_COLUMNS), dtype="str"))
    samples: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(SAMPLE_COLUMNS), dtype="str"))
    sampled: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(SAMPLED_COLUMNS), dtype="str"))
    sources: tuple[str, ...] = ()
    deployments: pd.DataFrame = field(default_factory=no_deployments)
    genotypes: list[GenotypeTable] = field(default_factory=list)
    picture_pairs: pd.DataFrame = field(default_factory=lambda: no_picture_pairs())


def no_picture_pairs() -> pd.DataFrame:
    """Return a table of no pairs of pictures."""
    return pd.DataFrame(columns=list(PICTURE_PAIR_COLUMNS), dtype="str")


def sum_by_source(recognised: Iterable[Recognised]) -> list[Recognised]:
    """Put together what pieces say of their source: one Recognised for each, in the order of their names."""
    by_source: dict[str, Recognised] = {}
    for new in recognised:
        old = by_source.get(new.source)
        by_source[new.source] = (
            new
            if old is None
            else Recognised(
                new.source,
                new.standard,
                new.version or old.version,
                old.rows + new.rows,
                old.records + new.records,
                tuple(dict.fromkeys((*old.notes, *new.notes))),
            )
        )
    return [by_source[source] for source in sorted(by_source)]


def join_parts(parts: Iterator[Part]) -> Reading:
    """Put parts together: one frame of records, one Recognised for each source."""
    reading, frames, recognised = Reading(), [], []
    for part in parts:
        frames.append(part.records)
        reading.dropped.merge(part.dropped)
        reading.doubts.merge(part.doubts)
        recognised.append(part.recognised)
    reading.recognised = sum_by_source(recognised)
    if frames:
        reading.records = pd.concat(frames, ignore_index=True)
    return reading
