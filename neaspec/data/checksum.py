"""A database file proves itself whole: its SHA-256 stands beside it, in a file of the usual form of `sha256sum`.

DuckDB notices a damaged block only when a page reads it, so a file that opens is not yet a file that serves.
"""

import hashlib
from pathlib import Path

import duckdb


def checksum_path(path: Path) -> Path:
    """Return the file beside a database that holds its checksum."""
    return path.with_name(f"{path.name}.sha256")


def log_path(path: Path) -> Path:
    """Return the write-ahead log of a database; a finished one has none."""
    return path.with_name(f"{path.name}.wal")


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def write_checksum(path: Path, checksum: str) -> None:
    """Write the checksum of a database beside its place, in one step."""
    target = checksum_path(path)
    temporary = target.with_name(f"{target.name}.tmp")
    temporary.write_text(f"{checksum}  {path.name}\n", encoding="utf-8")
    temporary.replace(target)


def is_whole(path: Path) -> bool:
    """Tell whether a file is a database of this kind, byte for byte as it was built."""
    try:
        stated = checksum_path(path).read_text(encoding="utf-8").split()
        if stated != [sha256_of(path), path.name] or log_path(path).exists():
            return False
        with duckdb.connect(str(path), read_only=True) as connection:
            connection.execute("select fingerprint from build").fetchone()
            return True
    except (OSError, UnicodeDecodeError, duckdb.Error):
        return False
