"""One file that may be a table: its bytes, what they are by how they begin, and how much is taken of it.

Files are opened in memory and nothing is written to disk. Declared sizes are checked when an archive is listed, real
ones while a file is read.
"""

import gzip
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Literal, cast

from neaspec.errors import InputError
from neaspec.files import MEGABYTE, MOST_MEGABYTES

START = 65_536  # bytes looked at to tell what a file is
Kind = Literal["text", "workbook", "parquet", "binary", "empty"]
SIGNATURES = {
    b"PAR1": "Parquet file",
    b"PK\x03\x04": "zip file",
    b"PK\x05\x06": "empty zip file",
    b"PK\x07\x08": "zip in parts",
    b"\x1f\x8b": "gz file",
    b"\x89PNG": "PNG picture",
    b"\xff\xd8\xff": "JPEG picture",
    b"GIF8": "GIF picture",
    b"%PDF": "PDF document",
    b"\xd0\xcf\x11\xe0": "old Office file (.xls, .doc): save it as .xlsx or CSV",
    b"7z\xbc\xaf": "7z archive",
    b"Rar!": "RAR archive",
    b"BZh": "bz2 archive",
    b"\xfd7zXZ": "xz archive",
    b"SQLite format 3": "SQLite database",
    b"\x28\xb5\x2f\xfd": "zstd archive",
}


@dataclass(frozen=True)
class InputLimits:
    """How much is taken; None = any amount.

    Attributes:
        input_bytes: of one file as given.
        unpacked_bytes: of everything in one archive.
        ratio: unpacked to packed bytes of one member; the first 10 MB are free of it.
        members: in one archive.
        rows: of all inputs together where all records are held at once.
    """

    input_bytes: int | None = None
    unpacked_bytes: int = 1_000_000 * MEGABYTE
    ratio: int = 1_000
    members: int = 10_000
    rows: int | None = None


COMMAND_LINE = InputLimits()
PAGE = InputLimits(
    input_bytes=MOST_MEGABYTES * MEGABYTE, unpacked_bytes=1_000 * MEGABYTE, ratio=200, members=1_000, rows=2_000_000
)
FREE_OF_RATIO = 10 * MEGABYTE


@dataclass(frozen=True)
class Input:
    """One file as given: its name as the reader of a report knows it, and its bytes or where it is."""

    name: str
    data: bytes | Path


@dataclass(eq=False)
class Member:
    """One file that may be a table: given as it is, or in a zip or gz.

    Attributes:
        name: as the report tells it, for example "pack.zip/deployments.csv".
        size: bytes, unpacked; as declared where it is packed in a zip, 0 = not known (gz).
        archive: name of the zip it is in; "" = none.
        path: of the file on disk, if it is one; for readers that need to jump in it.
    """

    name: str
    size: int
    opener: Callable[[], BinaryIO]
    archive: str = ""
    path: Path | None = None
    limits: InputLimits = COMMAND_LINE
    remembered: dict[str, Any] = field(default_factory=dict, repr=False)

    def open(self) -> BinaryIO:
        """Open it from its start. What is wrong with an archive is an InputError, also while it is read."""
        return self.opener()

    @property
    def start(self) -> bytes:
        """The first bytes."""
        if "start" not in self.remembered:
            with self.open() as stream:
                self.remembered["start"] = stream.read(START)
        return cast(bytes, self.remembered["start"])

    @property
    def kind(self) -> Kind:
        """What it is, told by its first bytes."""
        start = self.start
        if not start:
            return "empty"
        if start.startswith(b"PAR1"):
            return "parquet"
        if start.startswith(b"PK\x03\x04"):
            return "workbook"  # other zips have been looked into or refused
        return (
            "binary"
            if self.signature or (b"\0" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")))
            else "text"
        )

    @property
    def signature(self) -> str:
        """What a file that is not text is, in words; empty = nothing known."""
        return next((words for mark, words in SIGNATURES.items() if self.start.startswith(mark)), "")

    def bytes(self, most: int = 20 * MEGABYTE) -> bytes:
        """Read all of a small file.

        Raises:
            InputError: it has more than `most` bytes.
        """
        with self.open() as stream:
            read = stream.read(most + 1)
        if len(read) > most:
            raise InputError([f"{self.name}: more than {most // MEGABYTE} MB; a file of this kind is small"])
        return read


@contextmanager
def reading_errors(name: str) -> Iterator[None]:
    """Turn what the libraries for archives raise into an InputError that names the file."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, gzip.BadGzipFile, struct.error, IndexError) as error:
        raise InputError([f"{name}: the archive is damaged ({_plain(error)}); download or pack it again"]) from error
    except (NotImplementedError, RuntimeError) as error:
        raise InputError([f"{name}: packed in a way that is not read ({_plain(error)}); pack as plain zip"]) from error
    except (OSError, ValueError, UnicodeError, OverflowError) as error:
        raise InputError([f"{name}: cannot be read ({_plain(error)})"]) from error


def _plain(error: BaseException) -> str:
    return type(error).__name__ if isinstance(error, OSError) else (str(error) or type(error).__name__)[:100]
