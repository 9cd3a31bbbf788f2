"""Events and pictures of a Camtrap DP package: the same animals told twice, of which one telling is taken.

A package that holds events is read by its events. One that holds pictures only is read by them, and of the pictures of
one event (eventID) that show the same animal the first one stands for the event: how many animals it says is the
largest number on one of its pictures, never their sum.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

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
_COLUMNS = (*_SAME, "observationID", "observationLevel", "mediaID", "eventStart", "count")
_ROWS_AT_ONCE = 200_000


@dataclass
class Level:
    """Which rows of a package are taken.

    Attributes:
        has_events: there are rows of events, and only these are taken.
        firsts: without events: what tells an event and its animal (a number made of it) -> the row that stands for it
            and the largest number of animals on one picture.
    """

    has_events: bool
    firsts: pd.DataFrame = field(default_factory=lambda: pd.DataFrame({"first": [], "count": []}))

    def is_first_of_its_event(self, own: Mapping[str, "pd.Series[str]"]) -> Mask:
        """Tell which rows stand for their event; a picture of no event stands for itself."""
        firsts = self.firsts["first"].reindex(_key(own)).to_numpy()
        return np.asarray((own["eventID"] == "").to_numpy() | (firsts == _row_key(own)), dtype=bool)

    def counts(self, own: Mapping[str, "pd.Series[str]"], count: Floats) -> Floats:
        """Return the number of animals of each row's event."""
        largest = self.firsts["count"].reindex(_key(own)).to_numpy()
        counts = np.where((own["eventID"] == "").to_numpy(), count, largest)
        return np.where(counts >= 1, counts, np.nan)


def row_levels(level: "pd.Series[str]", media: "pd.Series[str]") -> "pd.Series[str]":
    """Return event or media for each row. In 0.1.6, which has no levels, a row that names a picture is of it."""
    return level.str.lower().where(level != "", pd.Series(np.where(media == "", EVENT, MEDIA), dtype="str"))


def levels_of(member: Member) -> Level:
    """Look through the observations; at the first event it is known that events are taken."""
    names = names_in("observations", header_of(member))
    wanted = [names[name] for name in _COLUMNS if name in names]
    pictures = pd.DataFrame({"key": pd.Series(dtype="uint64"), "time": pd.Series(dtype="str")})
    for table in chunks(member, _ROWS_AT_ONCE, wanted):
        own = {
            name: trim_cells(table.frame[names[name]])
            if name in names
            else pd.Series("", index=table.frame.index, dtype="str")
            for name in _COLUMNS
        }
        if (row_levels(own["observationLevel"], own["mediaID"]) == EVENT).any():
            return Level(has_events=True)
        piece = pd.DataFrame(
            {
                "key": _key(own), "time": own["eventStart"], "first": _row_key(own),
                "count": numbers(own["count"]).values,
            }
        )[own["eventID"] != ""]  # fmt: skip
        pictures = _firsts(pd.concat([pictures, piece], ignore_index=True) if len(pictures) else piece)
    return Level(False, pictures.set_index("key")) if len(pictures) else Level(False)


def _firsts(pictures: pd.DataFrame) -> pd.DataFrame:
    """Keep the first picture of each event and the largest number of animals. The order of rows changes nothing."""
    largest = pictures.groupby("key")["count"].max()
    first = pictures.sort_values(["key", "time", "first"]).drop_duplicates("key")
    return first.assign(count=largest.reindex(first["key"]).to_numpy())


def _key(own: Mapping[str, "pd.Series[str]"]) -> Hashes:
    frame = pd.DataFrame({name: own[name] for name in _SAME})
    return np.asarray(pd.util.hash_pandas_object(frame, index=False), dtype=np.uint64)


def _row_key(own: Mapping[str, "pd.Series[str]"]) -> Hashes:
    return np.asarray(pd.util.hash_pandas_object(own["observationID"], index=False), dtype=np.uint64)
