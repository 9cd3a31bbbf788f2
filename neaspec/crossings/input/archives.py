"""Files given by a person, opened as members: zips and gz looked into with limits, nothing written to disk.

A zip is a set of members; so is a gz file of one. Damaged, encrypted and nested archives, paths that lead out of an
archive, links, and archives that grow beyond the limits are refused.
"""

import gzip
import io
import re
import stat
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO, cast

from neaspec.crossings.input.members import COMMAND_LINE, FREE_OF_RATIO, Input, InputLimits, Member, reading_errors
from neaspec.errors import InputError
from neaspec.files import MEGABYTE

NOT_OURS = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._)", re.IGNORECASE)
# How files begin that hold others: zip (also an empty one or one in parts), gz, Parquet.
ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
GZ = b"\x1f\x8b"
PARQUET = b"PAR1"


class _LimitedStream(io.RawIOBase):
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
            raise InputError(
                [
                    f"{self.title}: unpacks to more than {self.most // MEGABYTE} MB, which is more than is taken from "
                    "an archive of its size; give the unpacked file"
                ]
            )
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
    opened, problems = list_members(inputs, limits)
    if problems:
        raise InputError(problems)
    return opened


def list_members(inputs: Sequence[Input], limits: InputLimits = COMMAND_LINE) -> tuple[list[Member], list[str]]:
    """Return what `members` does, and what is wrong with the others."""
    problems = [
        f"{name}: {times} files of this name were given; rename them, so that a report can tell them apart"
        for name, times in sorted(Counter(file.name for file in inputs).items())
        if times > 1
    ]
    opened: list[Member] = []
    for file in sorted(inputs, key=lambda file: file.name):
        try:
            opened.extend(_members_of(file, limits))
        except InputError as error:
            problems.extend(error.problems)
    return sorted(opened, key=lambda member: member.name), problems


def _members_of(file: Input, limits: InputLimits) -> list[Member]:
    with reading_errors(file.name):
        size = len(file.data) if isinstance(file.data, bytes) else file.data.stat().st_size
    if limits.input_bytes is not None and size > limits.input_bytes:
        raise InputError(
            [
                f"{file.name}: {size / MEGABYTE:,.0f} MB; up to {limits.input_bytes // MEGABYTE} MB are taken here. "
                "Larger files: python -m neaspec.crossings"
            ]
        )
    path = file.data if isinstance(file.data, Path) else None
    plain = Member(file.name, size, lambda: _open(file), path=path, limits=limits)
    if plain.start.startswith(ZIP):
        return _of_zip(file, plain, limits)
    if plain.start.startswith(GZ):
        return [_of_gz(file, size, limits)]
    return [plain]


def _open(file: Input) -> BinaryIO:
    with reading_errors(file.name):
        return io.BytesIO(file.data) if isinstance(file.data, bytes) else file.data.open("rb")


def _of_gz(file: Input, size: int, limits: InputLimits) -> Member:
    most = min(limits.unpacked_bytes, max(FREE_OF_RATIO, size * limits.ratio))

    def opened() -> BinaryIO:
        packed = _open(file)
        return cast(
            BinaryIO, io.BufferedReader(_LimitedStream(file.name, gzip.GzipFile(fileobj=packed), most, [packed]))
        )

    member = Member(file.name, 0, opened, limits=limits)
    if member.start.startswith((ZIP[0], GZ, PARQUET)):
        raise InputError([f"{file.name}: holds {member.signature or 'an archive'} packed again; unpack it once"])
    return member


def _of_zip(file: Input, plain: Member, limits: InputLimits) -> list[Member]:
    with reading_errors(file.name), _open(file) as stream, zipfile.ZipFile(stream) as archive:
        entries = archive.infolist()
    if len(entries) > limits.members:
        raise InputError([f"{file.name}: {len(entries):,} files in the zip; up to {limits.members:,} are taken"])
    problems = _problems_of_zip(file.name, entries, limits)
    if problems:
        raise InputError(problems)
    names = {info.filename for info in entries}
    if "[Content_Types].xml" in names and "xl/workbook.xml" in names:
        return [plain]  # a workbook is a zip for its own reader; sizes have been checked above
    taken = [info for info in entries if not info.is_dir() and not NOT_OURS.search(info.filename)]
    if not taken:
        raise InputError([f"{file.name}: the zip holds no files"])
    inside = [
        Member(f"{file.name}/{info.filename}", info.file_size, _opener(file, info), file.name, limits=limits)
        for info in taken
    ]
    inside = [_unpacked(member, limits) if member.start.startswith(GZ) else member for member in inside]
    nested = [member.name for member in inside if member.start.startswith((*ZIP[:2], GZ))]
    if nested:
        raise InputError([f"{name}: an archive or workbook in a zip; give it alone" for name in nested])
    return inside


def _unpacked(member: Member, limits: InputLimits) -> Member:
    """Return a gz file of a zip as its content: packages of data hold their large tables so."""
    most = min(limits.unpacked_bytes, max(FREE_OF_RATIO, member.size * limits.ratio))

    def opened() -> BinaryIO:
        packed = member.open()
        stream = _LimitedStream(member.name, gzip.GzipFile(fileobj=packed), most, [packed])
        return cast(BinaryIO, io.BufferedReader(stream))

    return replace(member, size=0, opener=opened, remembered={})


def _opener(file: Input, info: zipfile.ZipInfo) -> Callable[[], BinaryIO]:
    title = f"{file.name}/{info.filename}"

    def opened() -> BinaryIO:
        with reading_errors(title):
            stream = _open(file)
            archive = zipfile.ZipFile(stream)
            inner = archive.open(info)
        return cast(BinaryIO, io.BufferedReader(_LimitedStream(title, inner, info.file_size, [archive, stream])))

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
