"""Values between two of our processes: each in a frame that says how long it is, and holding nothing but itself."""

import io
import pickle
import struct
from typing import Any

import pyarrow as pa

HEAD = struct.Struct("<Q")  # how many bytes follow


def framed(value: object) -> bytes:
    """Return a value as a frame: how long it is, then what it is."""
    data = dumps(value)
    return HEAD.pack(len(data)) + data


class _Pickler(pickle.Pickler):
    """Pickles a column of Arrow as its own rows: by itself it would take along all it was cut out of."""

    def reducer_override(self, value: Any) -> Any:
        """Say how a value is told where that is not as usual."""
        if isinstance(value, pa.ChunkedArray):
            out = pa.BufferOutputStream()
            table = pa.table({"column": value})
            with pa.ipc.new_stream(out, table.schema) as writer:
                writer.write_table(table)
            return _column, (out.getvalue().to_pybytes(),)
        if isinstance(value, pa.Array):
            return _array, (pa.chunked_array([value]),)
        return NotImplemented


def _column(data: bytes) -> pa.ChunkedArray:
    return pa.ipc.open_stream(data).read_all().column(0)


def _array(column: pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks()


def dumps(value: object) -> bytes:
    """Return a value as bytes that hold nothing but it."""
    out = io.BytesIO()
    _Pickler(out, protocol=5).dump(value)
    return out.getvalue()
