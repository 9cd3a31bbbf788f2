"""Files that are whole or not there: nobody ever finds half of one."""

from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Write a file under another name beside its place, then put it there in one step; folders are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(data)
    part.replace(path)
