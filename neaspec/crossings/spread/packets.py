"""What crosses between machines: values sealed as bytes, so that no file that an engine writes can be read.

Shuffles, spills, caches and event logs of an engine are files on machines that others use. A packet is encrypted by the
standard of Parquet (AES-GCM, as doubts/tracks.py), with a key that is drawn for one run and is never written.
"""

import pickle
import secrets
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow.parquet.encryption import create_decryption_properties, create_encryption_properties

KEY_BYTES = 16
_CELL = "packet"


def new_key() -> bytes:
    """Draw a key."""
    return secrets.token_bytes(KEY_BYTES)


def pack(value: object, key: bytes) -> bytes:
    """Return a value as sealed bytes."""
    data = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    stream = pa.BufferOutputStream()
    pq.write_table(
        pa.table({_CELL: pa.array([data], pa.large_binary())}),
        stream,
        compression="lz4",
        use_dictionary=False,
        write_statistics=False,
        encryption_properties=create_encryption_properties(key),
    )
    sealed: bytes = stream.getvalue().to_pybytes()
    return sealed


def unpack(packet: Any, key: bytes) -> Any:
    """Return the value of a packet.

    Args:
        packet: of `pack`; bytes or a buffer of Arrow.
        key: of the run.

    Raises:
        OSError: if it was sealed with another key, or changed.
    """
    opened = pq.ParquetFile(pa.BufferReader(packet), decryption_properties=create_decryption_properties(key))
    return pickle.loads(opened.read(use_threads=False)[_CELL][0].as_buffer())
