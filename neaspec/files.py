"""Files: whole or not there, the same bytes for the same content, how large, and what no cell may begin with."""

import io
import re
import zipfile
from pathlib import Path

MEGABYTE = 1024 * 1024  # bytes, as server.maxUploadSize of the framework counts them
MOST_MEGABYTES = 200  # of all files of one session together; .streamlit/config.toml says the same
MOST_FILES = 20  # of one session
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run: a cell of ours never begins so
FIRST = "[Content_Types].xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_STORED = (".png", ".jpg", ".jpeg", ".xlsx")  # compressed already
_CREATED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms)")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def atomic_write(path: Path, data: bytes) -> None:
    """Write a file under another name beside its place, then put it there in one step; folders are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(data)
    part.replace(path)


def plain_text(text: object) -> str:
    """Return a text without the characters that no XML may hold; nothing else is changed."""
    return _FORBIDDEN.sub("", str(text).replace("\r\n", "\n").replace("\r", "\n"))


def reproducible_zip(data: bytes, created: bytes = b"") -> bytes:
    """Re-pack an office file with a fixed order and fixed times; workbooks inside it too.

    Args:
        data: the file.
        created: what the file says of when it was made; by default as it is. Files inside get that of the outer one.
    """
    parts = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            parts[name] = archive.read(name)
    core = parts.get("docProps/core.xml", b"")
    if created:
        parts["docProps/core.xml"] = _CREATED.sub(rb"\g<1>" + created + rb"\g<3>", core)
    else:
        stated = _CREATED.search(core)
        created = stated.group(0).partition(b">")[2].partition(b"<")[0] if stated else b"1980-01-01T00:00:00Z"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(parts, key=lambda name: (name != FIRST, name)):
            content = reproducible_zip(parts[name], created) if name.endswith(".xlsx") else parts[name]
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(_STORED) else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            entry.create_system = 3
            archive.writestr(entry, content)
    return out.getvalue()
