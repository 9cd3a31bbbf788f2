"""Rows on their way to records: which are still in, which were left out and why."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from neaspec.crossings.input.csv_tables import CsvDialect, RawTable, chunks
from neaspec.crossings.input.members import Member
from neaspec.crossings.input.positions import Positions
from neaspec.crossings.input.times import DateOrder, Times, without_clock
from neaspec.crossings.input.values import Floats, Mask, coded
from neaspec.crossings.model.reading import Answers, Part, Question
from neaspec.crossings.model.records import DoubtCode, DoubtfulRows, Reason, Recognised, RejectedRows, as_records


class Rows:
    """Rows of one piece of a table. The first reason to leave a row out is the one that is told."""

    def __init__(self, table: RawTable) -> None:
        self.source, self.table = table.name, table
        self.keep: Mask = np.ones(len(table.rows), dtype=bool)
        self.dropped, self.doubts = RejectedRows(), DoubtfulRows()
        self.dropped.merge(table.dropped)

    def column(self, *names: str | None) -> "pd.Series[str]":
        """Return the first column of these names that the table has, else empty texts."""
        for name in names:
            if name and name in self.table.frame:
                return self.table.frame[name]
        return pd.Series("", index=self.table.frame.index, dtype="str")

    def leave_out(
        self,
        rows: "Mask | pd.Series[bool]",
        reason: Reason,
        column: str = "",
        found: object = "",
        is_cell: bool = False,
    ) -> None:
        """Take rows out.

        Args:
            rows: which, aligned with the table; those that are out already are not counted again.
            reason: why.
            column: of the table.
            found: one text for all, or a series aligned with the table. Never a coordinate.
            is_cell: whether `found` is what stood in the file: then only numbers and codes of it are told.
        """
        out = np.asarray(rows, dtype=bool) & self.keep
        if out.any():
            shown = found[out] if isinstance(found, pd.Series) else found
            shown = coded(shown) if is_cell and isinstance(shown, pd.Series) else shown
            self.dropped.add(self.source, reason, self.table.rows[out], column, shown)
            self.keep &= ~out

    def leave_out_none_seen(self, counts: Floats, column: str) -> None:
        """Take out rows that count no animal: where none was seen, none was."""
        self.leave_out(counts == 0, "absent", column, "a count of 0")

    def leave_out_times(self, times: Times, column: str) -> None:
        """Take out rows without a time that can be read."""
        for reason in ("no_time", "time_unreadable"):
            self.leave_out((times.reason == reason).to_numpy(), reason, column, times.found)

    def leave_out_positions(self, positions: Positions, column: str, declared: "pd.Series[str]") -> None:
        """Take out rows with a wrong position, and rows with none where no country is declared either."""
        for reason in ("coordinates_zero", "coordinates_impossible", "coordinates_unreadable"):
            self.leave_out(positions.where(reason), reason, column, positions.found)
        nowhere = positions.where("no_coordinates") & (declared == "").to_numpy()
        self.leave_out(nowhere, "no_coordinates", column, positions.found)

    def part(self, columns: dict[str, object], standard: str, version: str, notes: Sequence[str] = ()) -> Part:
        """Make records of the rows that are still in.

        Args:
            columns: name in RECORD_COLUMNS -> a value for all rows, or values aligned with the table; source and row
                are filled in here.
            standard, version, notes: for the report.
        """
        chosen: dict[str, object] = {"source": self.source, "row": self._chosen(self.table.rows)}
        for name, values in columns.items():
            chosen[name] = self._chosen(values) if isinstance(values, (pd.Series, np.ndarray)) else values
        records = as_records(chosen, int(self.keep.sum()))
        recognised = Recognised(self.source, standard, version, self.table.read, len(records), tuple(notes))
        return Part(records, self.dropped, recognised, self.doubts)

    def doubt(self, rows: "Mask | pd.Series[bool]", code: DoubtCode, column: str = "") -> None:
        """Count rows that are used, and of which something is told."""
        doubtful = np.asarray(rows, dtype=bool) & self.keep
        self.doubts.add(self.source, code, self.table.rows[doubtful], column)

    def _chosen(self, values: Any) -> "pd.Series[Any]":
        series = values if isinstance(values, pd.Series) else pd.Series(values)
        return series.reset_index(drop=True) if self.keep.all() else series[self.keep].reset_index(drop=True)


def order_of(
    member: Member, column: str, layout: CsvDialect | None = None, header: tuple[str, ...] | None = None
) -> DateOrder:
    """Look through a whole column of dates, once for a member."""
    key = f"order of {column}"
    if key not in member.remembered:
        order = DateOrder()
        if column:
            for table in chunks(member, columns=[column], layout=layout, header=header):
                order.look(table.frame[column])
        member.remembered[key] = order
    order_found: DateOrder = member.remembered[key]
    return order_found


def question_of(order: DateOrder, source: str, column: str, answers: Answers) -> list[Question]:
    """Return the question a column of dates leaves open, if it is not answered yet."""
    if not order.must_be_asked or source in answers.day_first:
        return []
    return [Question("day_or_month_first", source, column, without_clock(order.example))]
