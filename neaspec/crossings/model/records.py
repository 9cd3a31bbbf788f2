"""The one shape every reader makes: a record, and what was recognised and left out on the way to it.

A record says: this animal (as its data set writes it) was here then. Frames of records have exactly the columns of
RECORD_COLUMNS. They hold exact positions and therefore never leave memory; countries.py and generalise.py turn them
into placed records (PLACED_COLUMNS), which hold none.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeVar, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

Evidence = Literal["gps", "camera", "genetic", "ring", "sighting", "tracks"]
# offset_given: the value says its offset. utc_by_standard: the standard says it is UTC. utc_assumed: nobody says.
# day_only: a date without time of day (kept as noon). interval: two ends were given (kept as the first).
# long_interval: the two are more than a day apart, or the second cannot be read.
TimeQuality = Literal["offset_given", "utc_by_standard", "utc_assumed", "day_only", "interval", "long_interval"]
Behaviour = Literal["", "nest", "roost"]
Zone = Literal["inside", "border_zone", "sea", "outside", "unsettled", "none"]
Basis = Literal["declared", "position", "coast", "none"]
PlaceKind = Literal["site", "degree_0_1", "degree_1", "landscape", "country", "none"]
# Kinds of places that may be drawn as a point; the middle of a landscape or a country would mislead.
POINT_KINDS: tuple[PlaceKind, ...] = ("site", "degree_0_1", "degree_1")
Grade = Literal["confirmed", "probable", "border_zone_only"]
GRADES: tuple[Grade, ...] = get_args(Grade)  # of crossings, from the best

# Why a row is not a record, or a record is not used.
Reason = Literal[
    "no_coordinates",
    "coordinates_zero",
    "coordinates_impossible",
    "coordinates_unreadable",
    "not_visible",
    "no_time",
    "time_unreadable",
    "outside_deployment",
    "before_or_after_tag",
    "not_an_animal",
    "media_level",
    "absent",
    "status_not_understood",
    "captive",
    "unidentified",
    "duplicate",
    "same_time_two_countries",
    "unknown_deployment",
    "setup_or_calibration",
    "cell_unreadable",
    "no_country",
    "after_today",
]
REASONS: tuple[Reason, ...] = get_args(Reason)

# Why a record, a name or a statement is doubtful although it is used. What each does: doubts/kinds.py.
DoubtCode = Literal[
    "too_fast",
    "two_places_at_once",
    "clock_said_wrong",
    "clock_reset",
    "clock_rollover",
    "long_silence",
    "before_the_device",
    "deployment_contradicts_itself",
    "contradicted_country",
    "obscured",
    "rounded",
    "specimen",
    "lone_beyond_the_map",
    "weak_match",
    "same_fixes",
    "names_joined",
    "names_alike",
    "country_not_known",
]
DOUBT_CODES: tuple[DoubtCode, ...] = get_args(DoubtCode)

RECORD_COLUMNS: dict[str, str] = {
    "data_set": "str",  # name space of identities: study, package or file
    "source": "str",  # file as the reader of a report knows it
    "row": "int64",  # line of the table in that file; the header is line 1
    "individual": "str",  # as written; empty = none given
    "sample_id": "str",  # genetic sample; a match table turns it into an individual
    "taxon": "str",  # scientific name as written
    "time": "datetime64[us]",  # UTC, without zone
    "time_quality": "str",
    "longitude": "float64",  # WGS84 degrees; not a number where only a country is declared
    "latitude": "float64",
    "uncertainty_m": "float64",
    "evidence": "str",
    "declared_country": "str",  # ISO 3166 alpha-3; empty = not declared
    "station": "str",
    "site": "str",  # protected area as the data set states it
    "sex": "str",  # female, male or empty
    "age": "str",  # adult, subadult, juvenile or empty
    "count": "float64",  # animals in the record; not a number = not stated
    "behaviour": "str",  # nest, roost or empty
    "doubts": "str",  # DoubtCodes of the row, separated by a space
}

PLACED_COLUMNS: dict[str, str] = {
    "data_set": "str",
    "source": "str",
    "row": "int64",
    "individual_key": "str",
    "individual": "str",
    "species_id": "str",
    "taxon": "str",
    "time": "datetime64[us]",
    "time_quality": "str",
    "evidence": "str",
    "country_code": "str",  # ISO 3166 alpha-3; empty = none (at sea, outside the map, not settled)
    "basis": "str",
    "zone": "str",
    "is_contradicted": "bool",
    "place_kind": "str",
    "place_id": "str",  # see generalise.py; never finer than the rule of the species
    "sex": "str",
    "age": "str",
    "count": "float64",
    "doubts": "str",  # those that keep the record from supporting a confirmed crossing (doubts/kinds.py)
    "offset_minutes": "int16",  # from UTC to the time of the place (geo/local_time.py)
}

MOST_EXAMPLES = 5
Why = TypeVar("Why", bound=str)


def empty_records() -> pd.DataFrame:
    """Return a frame of no records, with every column of its type."""
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in RECORD_COLUMNS.items()})


def as_records(columns: Mapping[str, Any], length: int) -> pd.DataFrame:
    """Make a frame of records from the columns a reader knows; the others are empty.

    Args:
        columns: name -> values (one each row, or one for all rows).
        length: number of rows.
    """
    blank: dict[str, Any] = {"str": "", "float64": float("nan"), "datetime64[us]": pd.NaT, "int64": 0}
    kinds: dict[str, Any] = dict(RECORD_COLUMNS)
    filled = {
        name: pd.Series(columns.get(name, blank[kind]), index=range(length)).astype(kind)
        for name, kind in kinds.items()
    }
    return pd.DataFrame(filled)


@dataclass(frozen=True)
class Example:
    """One row that was left out: where it is and what was found (never a coordinate)."""

    row: int
    column: str
    found: str


@dataclass
class CountedRows(Generic[Why]):
    """Rows of files by file and reason: how many there are, and the first of them."""

    counts: Counter[tuple[str, Why]] = field(default_factory=Counter)
    examples: defaultdict[tuple[str, Why], list[Example]] = field(default_factory=lambda: defaultdict(list))

    def add(self, source: str, reason: Why, rows: "pd.Series[int]", column: str = "", found: object = "") -> None:
        """Count rows of a file, and keep the first ones.

        Args:
            source: the file.
            reason: why.
            rows: line numbers in the file.
            column: of the file.
            found: what stood there: one text for all rows, or a series aligned with `rows`. Texts that a person wrote
                are never given here; see input/values.py, coded.
        """
        if not len(rows):
            return
        key = (source, reason)
        self.counts[key] += len(rows)
        first = rows.nsmallest(MOST_EXAMPLES)
        texts = found[first.index] if isinstance(found, pd.Series) else pd.Series(str(found), index=first.index)
        firsts = [Example(int(row), column, str(text)[:80]) for row, text in zip(first, texts, strict=True)]
        self._keep(key, firsts)

    def merge(self, other: "CountedRows[Why]") -> None:
        """Add those of another part of the same input."""
        self.counts.update(other.counts)
        for key, examples in other.examples.items():
            self._keep(key, examples)

    def _keep(self, key: tuple[str, Why], examples: list[Example]) -> None:
        kept = sorted([*self.examples[key], *examples], key=lambda one: (one.row, one.column, one.found))
        self.examples[key] = kept[:MOST_EXAMPLES]


RejectedRows = CountedRows[Reason]  # left out
DoubtfulRows = CountedRows[DoubtCode]  # used, and doubtful


@dataclass(frozen=True)
class Recognised:
    """One input table as it was understood."""

    source: str
    standard: str  # STANDARD of its reader; empty = none
    version: str  # of the standard as the file states it or its header shows; may be empty
    rows: int  # rows read
    records: int  # records made of them
    notes: tuple[str, ...] = ()  # keys of sentences, for example dates_read_as_stated


def without(frame: pd.DataFrame, rows: npt.NDArray[np.bool_]) -> pd.DataFrame:
    """Return a frame without rows; itself where there are none, as copying millions of texts takes its time."""
    return frame[~rows] if rows.any() else frame


def distinct_rows(frame: pd.DataFrame) -> tuple[npt.NDArray[Any], pd.DataFrame]:
    """Return the number of each row among the rows that differ, and these; missing values are equal."""
    if frame.empty:
        return np.zeros(0, dtype="int64"), frame
    numbers = frame.groupby(list(frame.columns), sort=False, dropna=False).ngroup().to_numpy()
    return numbers, frame.iloc[np.unique(numbers, return_index=True)[1]]
