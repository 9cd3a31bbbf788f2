"""Files given by a person: opened in memory, zips and gz looked into with limits, nothing written to disk.

A zip is a set of members; so is a gz file of one. Damaged, encrypted and nested archives, paths that lead out of an
archive, links, and archives that grow beyond the limits are refused. Declared sizes are checked when an archive is
listed, real ones while it is read.
"""

import gzip
import io
import re
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Literal, cast

from neaspec.errors import InputError
from neaspec.sizes import MEGABYTE, MOST_MEGABYTES

START = 65_536  # bytes looked at to tell what a file is
Kind = Literal["text", "workbook", "parquet", "binary", "empty"]
NOT_OURS = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._)", re.IGNORECASE)
SIGNATURES = {
    b"PAR1": "Parquet file", b"PK\x03\x04": "zip file", b"PK\x05\x06": "empty zip file", b"PK\x07\x08": "zip in parts",
    b"\x1f\x8b": "gz file", b"\x89PNG": "PNG picture", b"\xff\xd8\xff": "JPEG picture", b"GIF8": "GIF picture",
    b"%PDF": "PDF document", b"\xd0\xcf\x11\xe0": "old Office file (.xls, .doc): save it as .xlsx or CSV",
    b"7z\xbc\xaf": "7z archive", b"Rar!": "RAR archive", b"BZh": "bz2 archive", b"\xfd7zXZ": "xz archive",
    b"SQLite format 3": "SQLite database", b"\x28\xb5\x2f\xfd": "zstd archive",
}  # fmt: skip


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
)  # fmt: skip
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


class _Watched(io.RawIOBase):
    """A stream out of an archive that stops when it has given more than it may."""

    def __init__(self, name: str, inner: Any, most: int, also: Sequence[Any] = ()) -> None:
        self.title, self.inner, self.most, self.given, self.also = name, inner, most, 0, also

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        with reading_errors(self.title):
            piece = self.inner.read(len(buffer))
        self.given += len(piece)
        if self.given > self.most:
            raise InputError([
                f"{self.title}: unpacks to more than {self.most // MEGABYTE} MB, which is more than is taken from an "
                "archive of its size; give the unpacked file"
            ])  # fmt: skip
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        if not self.closed:
            for stream in (self.inner, *self.also):
                stream.close()
        super().close()


def members(inputs: Sequence[Input], limits: InputLimits = COMMAND_LINE) -> list[Member]:
    """List everything in the files given, in the order of names.

    Args:
        inputs: files; their order does not matter.
        limits: what is taken; PAGE for uploads.

    Raises:
        InputError: with all problems of all files.
    """
    found, problems = listed(inputs, limits)
    if problems:
        raise InputError(problems)
    return found


def listed(inputs: Sequence[Input], limits: InputLimits = COMMAND_LINE) -> tuple[list[Member], list[str]]:
    """Return what `members` does, and what is wrong with the others."""
    problems = [
        f"{name}: {times} files of this name were given; rename them, so that a report can tell them apart"
        for name, times in sorted(Counter(one.name for one in inputs).items()) if times > 1
    ]  # fmt: skip
    found: list[Member] = []
    for one in sorted(inputs, key=lambda one: one.name):
        try:
            found.extend(_members_of(one, limits))
        except InputError as error:
            problems.extend(error.problems)
    return sorted(found, key=lambda member: member.name), problems


def _members_of(one: Input, limits: InputLimits) -> list[Member]:
    with reading_errors(one.name):
        size = len(one.data) if isinstance(one.data, bytes) else one.data.stat().st_size
    if limits.input_bytes is not None and size > limits.input_bytes:
        raise InputError([
            f"{one.name}: {size / MEGABYTE:,.0f} MB; up to {limits.input_bytes // MEGABYTE} MB are taken here. Larger "
            "files: python -m neaspec.crossings"
        ])  # fmt: skip
    path = one.data if isinstance(one.data, Path) else None
    plain = Member(one.name, size, lambda: _opened(one), path=path, limits=limits)
    if plain.start.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _of_zip(one, plain, limits)
    if plain.start.startswith(b"\x1f\x8b"):
        return [_of_gz(one, size, limits)]
    return [plain]


def _opened(one: Input) -> BinaryIO:
    with reading_errors(one.name):
        return io.BytesIO(one.data) if isinstance(one.data, bytes) else one.data.open("rb")


def _of_gz(one: Input, size: int, limits: InputLimits) -> Member:
    most = min(limits.unpacked_bytes, max(FREE_OF_RATIO, size * limits.ratio))

    def opened() -> BinaryIO:
        packed = _opened(one)
        return cast(BinaryIO, io.BufferedReader(_Watched(one.name, gzip.GzipFile(fileobj=packed), most, [packed])))

    member = Member(one.name, 0, opened, limits=limits)
    if member.start.startswith((b"PK\x03\x04", b"\x1f\x8b", b"PAR1")):
        raise InputError([f"{one.name}: holds {member.signature or 'an archive'} packed again; unpack it once"])
    return member


def _of_zip(one: Input, plain: Member, limits: InputLimits) -> list[Member]:
    with reading_errors(one.name), _opened(one) as stream, zipfile.ZipFile(stream) as archive:
        entries = archive.infolist()
    if len(entries) > limits.members:
        raise InputError([f"{one.name}: {len(entries):,} files in the zip; up to {limits.members:,} are taken"])
    problems = _problems_of_zip(one.name, entries, limits)
    if problems:
        raise InputError(problems)
    names = {info.filename for info in entries}
    if "[Content_Types].xml" in names and "xl/workbook.xml" in names:
        return [plain]  # a workbook is a zip for its own reader; sizes have been checked above
    taken = [info for info in entries if not info.is_dir() and not NOT_OURS.search(info.filename)]
    if not taken:
        raise InputError([f"{one.name}: the zip holds no files"])
    made = [
        Member(f"{one.name}/{info.filename}", info.file_size, _opener(one, info), one.name, limits=limits)
        for info in taken
    ]  # fmt: skip
    nested = [
        member.name for member in made if member.start.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"PAR1"))
    ]
    if nested:
        raise InputError([f"{name}: an archive, workbook or Parquet file in a zip; give it alone" for name in nested])
    return made


def _opener(one: Input, info: zipfile.ZipInfo) -> Callable[[], BinaryIO]:
    title = f"{one.name}/{info.filename}"

    def opened() -> BinaryIO:
        with reading_errors(title):
            stream = _opened(one)
            archive = zipfile.ZipFile(stream)
            inner = archive.open(info)
        return cast(BinaryIO, io.BufferedReader(_Watched(title, inner, info.file_size, [archive, stream])))

    return opened


def _problems_of_zip(name: str, entries: Sequence[zipfile.ZipInfo], limits: InputLimits) -> list[str]:
    problems = []
    total = sum(info.file_size for info in entries)
    if total > limits.unpacked_bytes:
        problems.append(
            f"{name}: would unpack to {total / MEGABYTE:,.0f} MB; "
            f"up to {limits.unpacked_bytes // MEGABYTE:,} MB are taken"
        )
    for info in entries:
        inside = f"{name}/{info.filename[:100]}"
        if info.flag_bits & 0x1:
            problems.append(f"{inside}: encrypted; pack it without a password")
        parts = info.filename.split("/")
        if (
            ".." in parts
            or info.filename.startswith("/")
            or "\\" in info.filename
            or re.match("[A-Za-z]:", info.filename)
        ):
            problems.append(f"{inside}: a path that leads out of the zip or is written with backslashes; pack it again")
        if not info.filename:
            problems.append(f"{name}: a file in the zip has no name; pack it again")
        if "\0" in info.orig_filename or any(ord(letter) < 32 for letter in info.filename):
            problems.append(f"{name}: a file name in the zip holds control characters; pack it again")
        if stat.S_ISLNK(info.external_attr >> 16):
            problems.append(f"{inside}: a link instead of a file; pack the file itself")
        if info.file_size > max(FREE_OF_RATIO, info.compress_size * limits.ratio):
            problems.append(
                f"{inside}: would grow more than {limits.ratio} times when unpacked; give the unpacked file"
            )
    twice = [each for each, times in Counter(info.filename for info in entries).items() if times > 1]
    problems.extend(f"{name}/{each[:100]}: is in the zip more than once; pack it again" for each in sorted(twice))
    return problems
