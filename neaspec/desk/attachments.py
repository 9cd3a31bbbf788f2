"""Files that belong to a submission: kept beside the store under their checksum, never among what is published.

Which files a submission has stands in its text, so the trail covers them: a changed file is found, as a text is.
"""

import hashlib
import io
import os
import re
import time
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from neaspec.desk.clock import now
from neaspec.desk.errors import DeskError, NotAllowedError
from neaspec.desk.people import Person
from neaspec.desk.sentences import sentence
from neaspec.desk.settings import DeskSettings
from neaspec.desk.store import Store, Submission
from neaspec.files import MEGABYTE
from neaspec.text import Words

MOST_BYTES = 20 * MEGABYTE
MOST_FILES = 10  # of one submission
MOST_LETTERS = 120  # of a name
LEFT_SECONDS = 3600  # a file that no text names for so long was left by a kill
PART = ".part"
_NAMED = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Attachment:
    """A file of a submission, as its text names it."""

    name: str
    sha256: str
    size: int


def is_text(data: bytes) -> bool:
    """Tell whether a file is plain text: what begins like a page of the web is none."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return bool(text.strip()) and "\0" not in text and not text.lstrip().startswith("<")


def is_workbook(data: bytes) -> bool:
    """Tell whether a file is a workbook without programs in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
    return {"[Content_Types].xml", "xl/workbook.xml"} <= names and not any("vbaProject" in name for name in names)


# Ending of the name -> whether the content is what the ending says.
TYPES: Mapping[str, Callable[[bytes], bool]] = {
    "pdf": lambda data: data.startswith(b"%PDF-"),
    "xlsx": is_workbook,
    "csv": is_text,
    "jpg": lambda data: data.startswith(b"\xff\xd8\xff"),
    "jpeg": lambda data: data.startswith(b"\xff\xd8\xff"),
    "png": lambda data: data.startswith(b"\x89PNG\r\n\x1a\n"),
}


def checked_name(name: str, data: bytes, words: Words) -> str:
    """Return the name under which a file is kept.

    Raises:
        DeskError: if it is too large, of a kind that is not taken, or not what its name says.
    """
    plain = "".join(letter for letter in re.split(r"[\\/]", name)[-1] if letter.isprintable()).strip(" .")
    ending = plain.rpartition(".")[2].casefold()
    if ending not in TYPES or not plain.rpartition(".")[0]:
        raise DeskError(words("desk.attachment_kind", allowed=words.listed(TYPES, "comma")))
    if len(data) > MOST_BYTES:
        raise DeskError(words("desk.attachment_large", most=MOST_BYTES // MEGABYTE))
    if not TYPES[ending](data):
        raise DeskError(words("desk.attachment_content", ending=ending))
    return f"{plain.rpartition('.')[0][: MOST_LETTERS - len(ending) - 1]}.{ending}"


def attachments_of(content: Mapping[str, Any]) -> list[Attachment]:
    """Return the files that the text of a submission names."""
    return [Attachment(each["name"], each["sha256"], each["size"]) for each in content.get("attachments", ())]


def attach(
    store: Store, person: Person, settings: DeskSettings, submission: Submission, name: str, data: bytes, words: Words
) -> Submission:
    """Add a file to a submission as a new version of it; the file is on the disk before the text names it.

    Raises:
        DeskError: if the file is not taken, or the submission cannot be changed now by this person.
    """
    store.require_change(person, submission.submission_id)
    kept_name = checked_name(name, data, words)
    known = list(submission.content.get("attachments", ()))
    sha256 = hashlib.sha256(data).hexdigest()
    if len(known) >= MOST_FILES:
        raise DeskError(words("desk.attachment_many", most=MOST_FILES))
    keep(settings.attachments, sha256, data, words)
    added = {"name": kept_name, "sha256": sha256, "size": len(data)}
    content = {**submission.content, "attachments": [*known, added]}
    return store.change(person, submission.submission_id, submission.version, content)


def keep(folder: Path, sha256: str, data: bytes, words: Words) -> None:
    """Write a file under its checksum, on the disk before its name."""
    target = folder / sha256
    beside = folder / f"{sha256}.{os.getpid()}-{time.monotonic_ns()}{PART}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
        beside.replace(target)  # the same file given twice is kept once, its age that of the last time
    except OSError as problem:
        beside.unlink(missing_ok=True)
        raise DeskError(words("desk.not_written", why=problem.strerror or "")) from problem


def attachment(
    store: Store, person: Person, settings: DeskSettings, submission_id: str, sha256: str
) -> tuple[Attachment, bytes]:
    """Return a file of a submission, for whoever may see the submission.

    Raises:
        NotAllowedError: if there is none, or it is not theirs to see; in the same words.
        DeskError: if the file is not what was attached.
    """
    for text in store.texts(person, submission_id).values():
        for known in attachments_of(text):
            if known.sha256 == sha256:
                return known, whole(settings.attachments, known)
    raise NotAllowedError(sentence("not_seen"))


def whole(folder: Path, known: Attachment) -> bytes:
    """Return the content of a file.

    Raises:
        DeskError: if it is gone, or not what was attached.
    """
    try:
        data = (folder / known.sha256).read_bytes()
    except OSError as problem:
        raise DeskError(sentence("attachment_gone", name=known.name)) from problem
    if hashlib.sha256(data).hexdigest() != known.sha256:
        raise DeskError(sentence("attachment_changed", name=known.name))
    return data


def attachment_faults(store: Store, settings: DeskSettings) -> list[str]:
    """Tell the files that are gone or changed; remove what a kill left that no text names."""
    named = {known.sha256: known for content in store.all_texts() for known in attachments_of(content)}
    faults = []
    for known in named.values():
        try:
            whole(settings.attachments, known)
        except DeskError as problem:
            faults.append(str(problem))
    for path in settings.attachments.glob("*") if settings.attachments.is_dir() else ():
        is_ours = path.name.endswith(PART) or _NAMED.fullmatch(path.name)
        if is_ours and path.name not in named and now().timestamp() - path.stat().st_mtime > LEFT_SECONDS:
            path.unlink(missing_ok=True)
    return faults
