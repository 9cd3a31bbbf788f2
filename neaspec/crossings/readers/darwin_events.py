"""Archives whose core is a table of events: what an occurrence does not say itself is taken from its event."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from neaspec.crossings.input.csv_tables import RawTable, chunks
from neaspec.crossings.input.values import trim_cells
from neaspec.crossings.readers.darwin_meta import DescribedTable
from neaspec.crossings.readers.darwin_terms import columns_of

# Terms that are taken over together or not at all: half a date of one table and half of another is no date.
TOGETHER = (
    ("eventdate", "eventtime", "year", "month", "day"),
    ("decimallatitude", "decimallongitude", "coordinateuncertaintyinmeters", "coordinateprecision", "geodeticdatum"),
    ("countrycode", "country"),
    ("datasetkey", "datasetname", "datasetid"),
    ("locationid",),
    ("samplingprotocol",),
    ("datageneralizations",),
)
KEY = "key of the event"


@dataclass(frozen=True)
class Events:
    """Events by their key (index), one column for each term, and what meta.xml gives for all of them."""

    frame: pd.DataFrame

    def fill(self, table: RawTable, columns: Mapping[str, str], key: str) -> tuple[RawTable, dict[str, str]]:
        """Return a piece of occurrences with what their events say, and term -> column of it.

        Args:
            table: the piece.
            columns: term -> column of it.
            key: column of it that names the event.
        """
        events = self.frame.reindex(trim_cells(table.frame[key]).to_numpy()).fillna("").set_axis(table.frame.index)
        frame, names = table.frame.copy(), dict(columns)
        for group in TOGETHER:
            own = [columns[term] for term in group if term in columns]
            is_silent = pd.Series(True, index=frame.index)
            for column in own:
                is_silent &= trim_cells(frame[column]) == ""
            for term in group:
                if term in events:
                    name = columns.get(term, f"event {term}")
                    stated = frame[name] if term in columns else pd.Series("", index=frame.index, dtype="str")
                    frame[name] = stated.where(~is_silent, events[term].astype("str"))
                    names[term] = name
        return replace(table, frame=frame), names


def read_events(core: DescribedTable) -> Events:
    """Read a table of events; only the columns of use are held."""
    terms = columns_of(core.header)
    wanted = [*dict.fromkeys([*terms.values(), core.key])]
    pieces = []
    for piece in chunks(core.member, columns=wanted, layout=core.layout, header=core.header):
        frame = pd.DataFrame({term: piece.frame[column] for term, column in terms.items()})
        pieces.append(frame.assign(**{KEY: trim_cells(piece.frame[core.key])}))
    frame = pd.concat(pieces, ignore_index=True)
    for term, value in core.defaults.items():
        if any(term in group for group in TOGETHER):
            have = frame[term] if term in frame else pd.Series("", index=frame.index, dtype="str")
            frame[term] = have.where(have != "", value)
    # The same event twice is one event; which of two different ones is meant must not depend on their order.
    return Events(frame.sort_values(list(frame.columns)).drop_duplicates(KEY).set_index(KEY))
