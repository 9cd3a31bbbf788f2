"""Names of animals that a Camtrap DP package gives on its pictures and not on its events.

The names on pictures of an event (same deploymentID, eventID and scientificName) that none of its event rows has are
the names of animals of its rows without a name:

- one name and one row: the row has this name; its count, sex and age stay;
- otherwise each name is a record of one animal with time and place of the first such row and neither sex nor age, and
  the counts of the rows are less by as many, the first row first. What is left stays without a name; a row of which
  nothing is left is gone. No count of a picture is used.

A picture of no event names nothing here, nor does a name that says nobody knows the animal.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from neaspec.crossings.identity.identities import even_spaces
from neaspec.crossings.identity.unidentified import are_unidentified
from neaspec.crossings.input.csv_tables import chunks, header_of
from neaspec.crossings.input.members import Member
from neaspec.crossings.input.values import numbers, trim_cells
from neaspec.crossings.model.reading import Part
from neaspec.crossings.readers.camtrap_files import names_in
from neaspec.crossings.readers.camtrap_levels import EVENT, row_levels

Hashes = npt.NDArray[np.uint64]
_EVENT = ("deploymentID", "eventID", "scientificName")
_ROW = (*_EVENT, "observationID", "eventStart")
_COLUMNS = (*_ROW, "observationLevel", "observationType", "cameraSetupType", "mediaID", "individualID", "count")
_ROWS_AT_ONCE = 200_000


def _no_rests() -> pd.DataFrame:
    return pd.DataFrame({"rest": pd.Series(dtype="float64"), "is_gone": pd.Series(dtype="bool")}, index=_no_hashes())


def _no_names() -> "pd.Series[str]":
    return pd.Series(dtype="str", index=_no_hashes())


def _no_hashes() -> "pd.Index[Any]":
    return pd.Index(np.empty(0, dtype=np.uint64))


@dataclass
class NamedEvents:
    """Which event rows have names from pictures.

    Attributes:
        alone: what tells a row (a number made of it) -> the one name it has.
        names: what tells a row -> names that are records of their own beside it; one row for each name.
        rests: what tells a row -> rest, the count that is left (not a number: not stated), and is_gone, none is.
    """

    alone: "pd.Series[str]" = field(default_factory=_no_names)
    names: "pd.Series[str]" = field(default_factory=_no_names)
    rests: pd.DataFrame = field(default_factory=_no_rests)

    @property
    def is_empty(self) -> bool:
        """Whether no picture gives a name that is needed."""
        return self.alone.empty and self.names.empty

    def name_records(self, part: Part, own: Mapping[str, "pd.Series[str]"]) -> Part:
        """Give records their names.

        Args:
            part: records of events.
            own: columns of the observations, aligned with the records.
        """
        if self.is_empty or part.records.empty:
            return part
        keys = _hashes(own, _ROW)
        records = part.records
        is_unnamed = (records["individual"] == "").to_numpy()
        name = pd.Series(self.alone.reindex(keys).fillna("").to_numpy(), index=records.index, dtype="str")
        records = records.assign(individual=records["individual"].where(~is_unnamed, name))
        rests = self.rests.reindex(keys)
        has_rest = is_unnamed & np.isin(keys, self.rests.index.to_numpy())
        is_gone = has_rest & (rests["is_gone"] == True).to_numpy()  # noqa: E712  # missing where there is no rest
        count = np.where(has_rest, rests["rest"].to_numpy(), records["count"].to_numpy())
        others = pd.DataFrame({"at": np.arange(len(records)), "key": keys})[is_unnamed]
        others = others.merge(self.names.rename("name").rename_axis("key").reset_index(), on="key")
        more = records.iloc[others["at"]].assign(individual=others["name"].to_numpy(), count=1.0, sex="", age="")
        named = pd.concat([records.assign(count=count)[~is_gone], more])
        order = np.concatenate([np.flatnonzero(~is_gone), others["at"].to_numpy()])
        named = named.iloc[np.argsort(order, kind="stable")].reset_index(drop=True)
        return replace(part, records=named, recognised=replace(part.recognised, records=len(named)))


def names_of_events(member: Member) -> NamedEvents:
    """Look through the observations for names on pictures, and if there are any, for the rows of their events."""
    names = names_in("observations", header_of(member))
    if not {"individualID", "eventID"} <= set(names):
        return NamedEvents()
    on_pictures = _together(
        own.loc[~own["is_event"] & (own["name"] != "") & ~are_unidentified(own["name"]), ["event", "name"]]
        for own in _animals(member, names)
    )
    if on_pictures.empty:
        return NamedEvents()
    events = set(on_pictures["event"])
    rows = _together(own[own["is_event"] & own["event"].isin(events)] for own in _animals(member, names))
    on_events = pd.MultiIndex.from_frame(rows[["event", "name"]])
    new = on_pictures[~pd.MultiIndex.from_frame(on_pictures).isin(on_events)]
    unnamed = rows[(rows["name"] == "") & rows["event"].isin(set(new["event"]))]
    # Rows that nothing tells apart cannot be given a name each.
    unnamed = unnamed[~unnamed["event"].isin(unnamed.loc[unnamed["row"].duplicated(), "event"])]
    new = new[new["event"].isin(set(unnamed["event"]))].sort_values(["event", "name"])
    unnamed = unnamed.sort_values(["event", "start", "observation", "row"])
    rows_of, names_there = unnamed.groupby("event")["row"].transform("size"), new.groupby("event")["name"].size()
    is_alone = (rows_of == 1) & (unnamed["event"].map(names_there) == 1)
    alone, several = unnamed[is_alone], unnamed[~is_alone]
    first = several.drop_duplicates("event").set_index("event")["row"]
    of_alone = new[new["event"].isin(set(alone["event"]))].set_index("event")["name"].reindex(alone["event"])
    others = new[new["event"].isin(first.index)]
    return NamedEvents(
        alone=pd.Series(of_alone.to_numpy(), index=pd.Index(alone["row"].to_numpy()), dtype="str"),
        names=pd.Series(
            others["name"].to_numpy(), index=pd.Index(first.reindex(others["event"]).to_numpy()), dtype="str"
        ),
        rests=_rests(several, names_there),
    )


def _rests(several: pd.DataFrame, names_there: "pd.Series[int]") -> pd.DataFrame:
    """Take the named animals off the counts of rows that are in order; a row without a count keeps none."""
    count = several["count"].fillna(0)
    before = count.groupby(several["event"]).cumsum() - count
    left = (several["event"].map(names_there) - before).clip(lower=0)
    rest = (count - left).clip(lower=0)
    is_stated = several["count"] >= 1
    return pd.DataFrame(
        {"rest": rest.where(is_stated).to_numpy(), "is_gone": (is_stated & (rest == 0)).to_numpy()},
        index=pd.Index(several["row"].to_numpy()),
    )


def _animals(member: Member, names: Mapping[str, str]) -> Iterator[pd.DataFrame]:
    """Give the observations of animals in events, in pieces: event, row (numbers), is_event, name, count, order."""
    wanted = [names[name] for name in _COLUMNS if name in names]
    for table in chunks(member, _ROWS_AT_ONCE, wanted):
        blank = pd.Series("", index=table.frame.index, dtype="str")
        own = {name: trim_cells(table.frame[names[name]]) if name in names else blank for name in _COLUMNS}
        is_setup = ~own["cameraSetupType"].str.lower().isin(["", "false", "f", "0", "no"])
        animals = pd.DataFrame(
            {
                "event": _hashes(own, _EVENT),
                "row": _hashes(own, _ROW),
                "name": even_spaces(own["individualID"]),
                "is_event": (row_levels(own["observationLevel"], own["mediaID"]) == EVENT).to_numpy(),
                "count": numbers(own["count"]).values,
                "start": own["eventStart"],
                "observation": own["observationID"],
            }
        )
        yield animals[
            ((own["observationType"].str.lower() == "animal") & (own["eventID"] != "") & ~is_setup).to_numpy()
        ]


def _together(pieces: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Put pieces together, most of which are small; names of pictures come again and again and are kept once."""
    distinct = [piece.drop_duplicates() if "row" not in piece else piece for piece in pieces]
    whole = pd.concat(distinct, ignore_index=True)
    return whole if "row" in whole else whole.drop_duplicates(ignore_index=True)


def _hashes(own: Mapping[str, "pd.Series[str]"], columns: tuple[str, ...]) -> Hashes:
    frame = pd.DataFrame({name: own[name] for name in columns})
    return np.asarray(pd.util.hash_pandas_object(frame, index=False), dtype=np.uint64)
