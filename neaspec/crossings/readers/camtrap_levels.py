"""Events and pictures of a Camtrap DP package: the same animals told twice, of which one telling is taken.

An event that is summed up is read by its row. Pictures of an event that nobody summed up are read themselves: those of
one event (eventID) that show the same animal count once, the first one stands for the event, and how many animals it
says is the largest number on one of its pictures, never their sum. Where other events of the package are summed up, so
that these pictures were left over, those of one minute count once, whatever their event.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from neaspec.crossings.input.csv_tables import chunks, header_of
from neaspec.crossings.input.members import Member
from neaspec.crossings.input.values import Floats, Mask, numbers, trim_cells
from neaspec.crossings.readers.camtrap_files import names_in

Hashes = npt.NDArray[np.uint64]
EVENT, MEDIA = "event", "media"
# Pictures that agree in these show the same animal in the same event.
_SAME = ("deploymentID", "eventID", "observationType", "scientificName", "individualID")
_EVENT = ("deploymentID", "eventID")
_COLUMNS = (*_SAME, "observationID", "observationLevel", "mediaID", "eventStart", "count")
_ROWS_AT_ONCE = 200_000


@dataclass
class Level:
    """Which rows of a package are taken.

    Attributes:
        has_events: there are rows of events.
        summed: numbers of the events that are summed up (made of deployment and eventID), in order.
        deployments: those with an event that is summed up; of these a picture of no event is not taken.
        firsts: what tells pictures of one animal and event (a number made of it) -> the row that stands for them and
            the largest number of animals on one picture.
    """

    has_events: bool
    summed: Hashes = field(default_factory=lambda: np.zeros(0, dtype=np.uint64))
    deployments: frozenset[str] = frozenset()
    firsts: pd.DataFrame = field(default_factory=lambda: pd.DataFrame({"first": [], "count": []}))

    def is_left_over(self, own: Mapping[str, "pd.Series[str]"], levels: "pd.Series[str]") -> Mask:
        """Tell which rows are pictures of an event that nobody summed up."""
        has_event = (own["eventID"] != "").to_numpy()
        is_summed = np.isin(_hash(own, _EVENT), self.summed)
        is_covered = np.where(has_event, is_summed, own["deploymentID"].isin(self.deployments).to_numpy())
        return np.asarray((levels != EVENT).to_numpy() & ~is_covered, dtype=bool)

    def is_first_of_its_event(self, own: Mapping[str, "pd.Series[str]"]) -> Mask:
        """Tell which pictures stand for their event; a picture of no event stands for itself."""
        firsts = self.firsts["first"].reindex(self.key(own)).to_numpy()
        return np.asarray(self.stands_alone(own) | (firsts == _row_key(own)), dtype=bool)

    def counts(self, own: Mapping[str, "pd.Series[str]"], count: Floats) -> Floats:
        """Return the number of animals of each picture's event."""
        largest = self.firsts["count"].reindex(self.key(own)).to_numpy()
        counts = np.where(self.stands_alone(own), count, largest)
        return np.where(counts >= 1, counts, np.nan)

    def key(self, own: Mapping[str, "pd.Series[str]"]) -> Hashes:
        """Return what tells pictures of one animal and event."""
        if not self.has_events:
            return _hash(own, _SAME)
        minute = {"minute": own["eventStart"].str.slice(0, 16)}
        return _hash({**own, **minute}, (*(name for name in _SAME if name != "eventID"), "minute"))

    def stands_alone(self, own: Mapping[str, "pd.Series[str]"]) -> Mask:
        """Tell which pictures are of no event, where there are none."""
        return np.asarray((own["eventID"] == "").to_numpy() & (not self.has_events), dtype=bool)


def row_levels(level: "pd.Series[str]", media: "pd.Series[str]") -> "pd.Series[str]":
    """Return event or media for each row. In 0.1.6, which has no levels, a row that names a picture is of it."""
    return level.str.lower().where(level != "", pd.Series(np.where(media == "", EVENT, MEDIA), dtype="str"))


def levels_of(member: Member) -> Level:
    """Look through the observations for events that are summed up, then for pictures of those that are not."""
    summed, deployments = [np.zeros(0, dtype=np.uint64)], set[str]()
    for own in _pieces(member, (*_EVENT, "observationLevel", "mediaID")):
        is_event = (row_levels(own["observationLevel"], own["mediaID"]) == EVENT).to_numpy()
        summed.append(np.unique(_hash(own, _EVENT)[is_event]))
        deployments |= set(own["deploymentID"][is_event].unique())
    level = Level(bool(deployments), np.unique(np.concatenate(summed)), frozenset(deployments))
    pictures = pd.DataFrame({"key": pd.Series(dtype="uint64"), "time": pd.Series(dtype="str")})
    for own in _pieces(member, _COLUMNS):
        is_left_over = level.is_left_over(own, row_levels(own["observationLevel"], own["mediaID"]))
        is_left_over &= ~level.stands_alone(own)
        piece = pd.DataFrame(
            {
                "key": level.key(own),
                "time": own["eventStart"],
                "first": _row_key(own),
                "count": numbers(own["count"]).values,
            }
        )[is_left_over]
        if len(piece):
            pictures = _firsts(pd.concat([pictures, piece], ignore_index=True) if len(pictures) else piece)
    return replace(level, firsts=pictures.set_index("key")) if len(pictures) else level


def _pieces(member: Member, columns: tuple[str, ...]) -> Iterator[dict[str, "pd.Series[str]"]]:
    names = names_in("observations", header_of(member))
    wanted = [names[name] for name in columns if name in names]
    for table in chunks(member, _ROWS_AT_ONCE, wanted):
        blank = pd.Series("", index=table.frame.index, dtype="str")
        yield {name: trim_cells(table.frame[names[name]]) if name in names else blank for name in columns}


def _firsts(pictures: pd.DataFrame) -> pd.DataFrame:
    """Keep the first picture of each event and the largest number of animals. The order of rows changes nothing."""
    largest = pictures.groupby("key")["count"].max()
    first = pictures.sort_values(["key", "time", "first"]).drop_duplicates("key")
    return first.assign(count=largest.reindex(first["key"]).to_numpy())


def _hash(own: Mapping[str, "pd.Series[str]"], columns: tuple[str, ...]) -> Hashes:
    frame = pd.DataFrame({name: own[name] for name in columns})
    return np.asarray(pd.util.hash_pandas_object(frame, index=False), dtype=np.uint64)


def _row_key(own: Mapping[str, "pd.Series[str]"]) -> Hashes:
    return np.asarray(pd.util.hash_pandas_object(own["observationID"], index=False), dtype=np.uint64)
