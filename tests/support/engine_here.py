"""What a run asks of the engine, done in this process: the steps of workers without Spark and Java."""

from types import SimpleNamespace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from neaspec.crossings.spread import steps
from neaspec.crossings.spread.tables import Table
from neaspec.crossings.spread.work import FILE, LINE


class Frame:
    """Rows as a table of Arrow, given to steps in batches."""

    def __init__(self, table, batch_rows):
        self.table, self.batch_rows = table, batch_rows

    def mapInArrow(self, step, columns):  # noqa: N802
        """Each batch is one that an engine might give."""
        given = self.table.combine_chunks().to_batches(max_chunksize=self.batch_rows)
        return Frame(pa.Table.from_batches(list(step(iter(given)))), self.batch_rows)

    def unionAll(self, other):  # noqa: N802
        return Frame(pa.concat_tables([self.table, other.table]), self.batch_rows)

    def groupBy(self, name):  # noqa: N802
        groups = [
            self.table.filter(pc.equal(self.table[name], value))
            for value in reversed(np.unique(self.table[name]).tolist())
        ]
        return SimpleNamespace(
            applyInArrow=lambda step, columns: Frame(pa.concat_tables([step(group) for group in groups]), 1)
        )

    def select(self, *names):
        return Frame(self.table.select(list(names)), self.batch_rows)

    def toArrow(self):  # noqa: N802
        return self.table

    def unpersist(self):
        return self


def session_here(batch_rows):
    """Return what a run uses of a session."""
    return SimpleNamespace(
        sparkContext=SimpleNamespace(broadcast=lambda value: SimpleNamespace(value=value), defaultParallelism=2),
        conf=SimpleNamespace(set=lambda name, value: None),
        createDataFrame=lambda table, columns: Frame(table, batch_rows),
    )


def on_workers_here(step, *given):
    """Stand for session.on_workers."""
    return lambda rows: getattr(steps, step)(rows, *given)


class TableHere(Table):
    """Parquet files given as bytes; rows come in the order of files, batches across them."""

    def rows_with_places(self):
        return self.frame.rows

    @classmethod
    def of(cls, files, batch_rows):
        """Return a table of Input files."""
        parts = []
        for number, file in enumerate(files):
            rows = pq.read_table(pa.BufferReader(file.data))
            places = {FILE: np.full(len(rows), number), LINE: np.arange(len(rows))}
            for name, values in places.items():
                rows = rows.append_column(name, pa.array(values))
            parts.append(rows)
        whole = pa.concat_tables(parts, promote_options="permissive")
        columns = [name for name in whole.column_names if name not in (FILE, LINE)]
        frame = SimpleNamespace(columns=columns, rows=Frame(whole, batch_rows))
        names = [file.name for file in files]
        return cls(frame, dict(zip(names, names, strict=True)), {name: place for place, name in enumerate(names)}, 0)
