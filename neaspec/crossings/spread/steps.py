"""The steps that a worker is called with: what was sent is opened once for a process."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import pyarrow as pa

from neaspec.crossings.spread.packets import unpack
from neaspec.crossings.spread.work import Kit, Placing, Publishing, public_rows, work_group


@lru_cache(maxsize=4)
def _opened(sent: bytes, key: bytes) -> Any:
    return unpack(sent, key)


@lru_cache(maxsize=2)
def _placing(sent: bytes, key: bytes) -> Placing:
    kit: Kit = _opened(sent, key)
    return Placing(kit, key)


def place_pieces(batches: Iterator[pa.RecordBatch], sent: Any, key: bytes) -> Iterator[pa.RecordBatch]:
    """Place pieces that the driver read."""
    return _placing(sent.value, key).pieces(batches)


def place_tables(batches: Iterator[pa.RecordBatch], sent: Any, key: bytes) -> Iterator[pa.RecordBatch]:
    """Place rows of tables that workers read."""
    return _placing(sent.value, key).tables(batches)


def work_animals(packets: pa.Table, sent: Any, key: bytes) -> pa.Table:
    """Work the animals of a bucket."""
    return work_group(packets, _opened(sent.value, key), key)


def make_public(
    batches: Iterator[pa.RecordBatch], sent: Any, key: bytes, name: str, schema: pa.Schema
) -> Iterator[pa.RecordBatch]:
    """Make rows public: `name` is crossings or stays."""
    publishing: Publishing = _opened(sent.value, key)
    for rows in public_rows(batches, name, publishing, key):
        yield from pa.Table.from_pandas(rows, schema, preserve_index=False).to_batches()
