"""Files given twice under two names: counted as two data sets, they would double every list.

Sizes are compared first, then the first bytes, and only where both are equal a digest of everything, read as a stream.
Small companions of a package (a description, a table of cameras) may be equal in two folders; the tables that records
are made of may not.
"""

import hashlib
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, TypeVar

from neaspec.crossings.input.members import START, Input, Member, reading_errors
from neaspec.errors import InputError

One = TypeVar("One")
_AT_ONCE = 1 << 20
_SAYS = " is the same file as "
_ARCHIVES = (b"PK", b"\x1f\x8b")


@dataclass(frozen=True)
class _File:
    name: str
    size: int
    start: bytes
    opened: Callable[[], BinaryIO]
    beside: Mapping[str, "_File"] = field(default_factory=dict)


def inputs_twice(inputs: Sequence[Input]) -> list[str]:
    """Say which files are other files of the same folder, or other archives, under another name."""
    files: dict[str, list[_File]] = {}
    for size, group in _group_by_size((_size(given), given) for given in inputs):
        if size > 0 and len(group) > 1:
            for given in group:
                file = _of_input(given, size)
                if file is not None:
                    folder = "" if file.start.startswith(_ARCHIVES) else given.name.rpartition("/")[0]
                    files.setdefault(folder, []).append(file)
    return [problem for folder in files.values() for problem in _describe_duplicates(folder)]


def tables_twice(packages: Iterable[tuple[Member, Mapping[str, Member]]], known: Sequence[str] = ()) -> list[str]:
    """Say which tables that records are made of are others under another name. A header alone is no table.

    Equal observations at other cameras are other records: what both packages have beside their table must be equal too,
    but for their descriptions and lists of pictures.

    Args:
        packages: main table of what was recognised, and role -> file beside it.
        known: of `inputs_twice`; what follows from it is not told again.
    """
    mains = {main.name: (main, others) for main, others in packages}.values()
    files: list[_File] = []
    for size, group in _group_by_size((main.size, (main, others)) for main, others in mains):
        if size > 0 and len(group) > 1:
            files.extend(_of_member(main, others) for main, others in group if _has_rows(main))
    again = tuple(problem.partition(_SAYS)[0] for problem in known if _SAYS in problem)
    follows = tuple(f"{name}{end}" for name in again for end in (_SAYS, "/"))
    return [problem for problem in _describe_duplicates(files) if not problem.startswith(follows)]


def _group_by_size(sized: Iterable[tuple[int, One]]) -> list[tuple[int, list[One]]]:
    groups: dict[int, list[One]] = {}
    for size, item in sized:
        groups.setdefault(size, []).append(item)
    return list(groups.items())


def _size(given: Input) -> int:
    """Return the number of bytes; 0 = it cannot be read, which is told elsewhere."""
    if isinstance(given.data, bytes):
        return len(given.data)
    try:
        return given.data.stat().st_size if given.data.is_file() else 0
    except OSError:
        return 0


def _of_input(given: Input, size: int) -> _File | None:
    data = given.data
    if isinstance(data, bytes):
        return _File(given.name, size, data[:START], lambda: io.BytesIO(data))
    path: Path = data
    try:
        with path.open("rb") as stream:
            return _File(given.name, size, stream.read(START), lambda: path.open("rb"))
    except OSError:
        return None


def _of_member(member: Member, others: Mapping[str, Member]) -> _File:
    beside = {
        role: _of_member(other, {})
        for role, other in others.items()
        if not role.startswith(("descriptor", "meta", "media"))
    }
    return _File(member.name, member.size, member.start, member.open, beside)


def _has_rows(member: Member) -> bool:
    return member.kind != "text" or len(member.start.strip().splitlines()) > 1


def _describe_duplicates(files: Iterable[_File]) -> list[str]:
    """Name each file that is an earlier one again, in the order of names."""
    problems = []
    alike: dict[tuple[int, bytes], list[_File]] = {}
    for file in sorted(files, key=lambda earlier: earlier.name):
        alike.setdefault((file.size, file.start), []).append(file)
    for group in alike.values():
        digests: dict[str, bytes] = {}
        for number, file in enumerate(group):
            first = next((earlier for earlier in group[:number] if _are_equal(earlier, file, digests)), None)
            if first is not None:
                problems.append(f"{file.name}{_SAYS}{first.name}: give it once")
    return problems


def _are_equal(one: _File, other: _File, digests: dict[str, bytes]) -> bool:
    """Tell whether two files and what both have beside them are equal; digests are worked out once."""
    if one.size != other.size or one.start != other.start:
        return False
    for file in (one, other):
        if file.name not in digests:
            digests[file.name] = _digest(file)
    both = one.beside.keys() & other.beside.keys()
    is_same = digests[one.name] == digests[other.name] != b""
    return is_same and all(_are_equal(one.beside[role], other.beside[role], digests) for role in both)


def _digest(file: _File) -> bytes:
    """Return what tells a content; empty if it cannot be read to its end, which is told where it is read."""
    digest = hashlib.sha256()
    try:
        with reading_errors(file.name), file.opened() as stream:
            while piece := stream.read(_AT_ONCE):
                digest.update(piece)
    except InputError:
        return b""
    return digest.digest()
