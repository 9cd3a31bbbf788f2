"""Files of submissions: taken by their content, seen by who may see the submission, in the backup, never half."""

import hashlib
import io
import os
import zipfile

import pytest

from neaspec.desk import attachments, backup
from neaspec.desk.attachments import attach, attachment, attachment_faults, attachments_of, checked_name
from neaspec.desk.errors import ConflictError, DeskError, NotAllowedError
from neaspec.desk.settings import DeskSettings
from neaspec.desk.store import Store
from neaspec.desk.upgrade import open_store
from tests.desk.conftest import EDITOR, EVERYBODY, JAPAN, MONGOLIA, OTHER_MONGOLIA

PDF = b"%PDF-1.7 made up"


def workbook(*more: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("[Content_Types].xml", "xl/workbook.xml", *more):
            archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "kept"),
    [
        ("report.pdf", PDF, "report.pdf"),
        ("../../etc/Report of May.PDF", PDF, "Report of May.pdf"),
        ("c:\\files\\table.xlsx", workbook(), "table.xlsx"),
        ("counts.csv", "area,value\nпарк,9\n".encode(), "counts.csv"),
        ("map.png", b"\x89PNG\r\n\x1a\n...", "map.png"),
        ("photo.jpeg", b"\xff\xd8\xff\xe0", "photo.jpeg"),
        ("a" * 300 + ".pdf", PDF, "a" * 116 + ".pdf"),
    ],
)
def test_a_file_is_taken_under_a_plain_name(words, name, data, kept):
    assert checked_name(name, data, words) == kept


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("report.pdf", b"MZ program"),
        ("report.exe", PDF),
        (".pdf", PDF),
        ("report", PDF),
        ("table.xlsx", workbook("xl/vbaProject.bin")),
        ("table.xlsx", b"PK\x03\x04 no zip"),
        ("page.csv", b"<html><script>"),
        ("page.csv", b"\xff\xfe\x00"),
        ("photo.jpg", b"GIF89a"),
        ("empty.csv", b""),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(words, name, data):
    with pytest.raises(DeskError):
        checked_name(name, data, words)


def test_a_file_that_is_too_large_is_refused(words, monkeypatch):
    monkeypatch.setattr(attachments, "MOST_BYTES", 10)
    with pytest.raises(DeskError, match="larger"):
        checked_name("report.pdf", PDF, words)


@pytest.fixture
def attached(desk, words):
    submission = attach(desk.store, MONGOLIA, desk.settings, desk.count(), "report.pdf", PDF, words)
    return desk, submission


SHA256 = hashlib.sha256(PDF).hexdigest()


def test_the_text_names_the_file_so_that_the_trail_covers_it(attached):
    desk, submission = attached
    (file,) = attachments_of(submission.content)
    assert (file.name, file.sha256, file.size) == ("report.pdf", SHA256, len(PDF))
    assert submission.version == 2
    assert desk.store.faults() == []
    assert (desk.settings.attachments / SHA256).read_bytes() == PDF
    assert desk.settings.attachments not in desk.settings.data_dir.parents
    assert not (desk.settings.data_dir / "attachments").exists()


@pytest.mark.parametrize("state", ["draft", "submitted"])
def test_a_file_is_seen_by_who_may_see_the_submission_and_by_nobody_else(attached, state):
    desk, submission = attached
    seeing = {MONGOLIA}
    if state == "submitted":
        desk.store.lead(MONGOLIA, "submit", submission.submission_id, 2)
        seeing |= {person for person in EVERYBODY if person.role in ("editor", "publisher")}
    for person in EVERYBODY:
        if person in seeing:
            assert attachment(desk.store, person, desk.settings, submission.submission_id, SHA256)[1] == PDF
        else:
            with pytest.raises(NotAllowedError, match="no such submission"):
                attachment(desk.store, person, desk.settings, submission.submission_id, SHA256)


def test_a_file_of_another_submission_or_a_path_is_not_given_away(attached):
    desk, submission = attached
    other = desk.count()
    for key, sha256 in ((other.submission_id, SHA256), (submission.submission_id, "../desk.sqlite")):
        with pytest.raises(NotAllowedError):
            attachment(desk.store, MONGOLIA, desk.settings, key, sha256)


def test_only_the_author_attaches_and_only_while_it_can_be_changed(attached, words):
    desk, submission = attached
    for person in (OTHER_MONGOLIA, JAPAN, EDITOR):
        with pytest.raises(NotAllowedError):
            attach(desk.store, person, desk.settings, submission, "b.pdf", PDF + b"2", words)
    desk.store.lead(MONGOLIA, "submit", submission.submission_id, 2)
    with pytest.raises(NotAllowedError):
        attach(desk.store, MONGOLIA, desk.settings, submission, "b.pdf", PDF + b"2", words)
    assert len(list(desk.settings.attachments.iterdir())) == 1


def test_two_who_attach_at_once_lose_nothing(attached, words):
    desk, submission = attached
    attach(desk.store, MONGOLIA, desk.settings, submission, "b.pdf", PDF + b"2", words)
    with pytest.raises(ConflictError):
        attach(desk.store, MONGOLIA, desk.settings, submission, "c.pdf", PDF + b"3", words)
    texts = desk.store.texts(MONGOLIA, submission.submission_id)
    assert [len(attachments_of(text)) for text in texts.values()] == [0, 1, 2, 2]


def test_a_file_that_was_changed_or_is_gone_is_told_and_what_a_kill_left_is_removed(attached):
    desk, _ = attached
    left = desk.settings.attachments / ("0" * 64)
    left.write_bytes(b"left")
    part = desk.settings.attachments / f"{SHA256}.1-1.part"
    part.write_bytes(b"half")
    young = desk.settings.attachments / ("1" * 64)
    young.write_bytes(b"being attached now")
    for path in (left, part):
        os.utime(path, (1, 1))
    assert attachment_faults(desk.store, desk.settings) == []
    assert not left.exists() and not part.exists() and young.exists()
    (desk.settings.attachments / SHA256).write_bytes(b"changed")
    assert attachment_faults(desk.store, desk.settings) == [
        "report.pdf is not what was attached; what was is in the backup."
    ]
    (desk.settings.attachments / SHA256).unlink()
    assert "is gone" in attachment_faults(desk.store, desk.settings)[0]


def test_backup_restore_and_hand_out_hold_the_files(attached, tmp_path):
    desk, submission = attached
    backup.back_up(desk.store.engine, desk.settings, tmp_path / "desk.tar.gz")
    folder = tmp_path / "other"
    address = f"sqlite:///{folder / 'desk.sqlite'}"
    other = DeskSettings(address, folder / "people.csv", folder / "editions", desk.settings.data_dir)
    backup.restore(other, tmp_path / "desk.tar.gz")
    store = Store(open_store(address))
    assert attachment(store, MONGOLIA, other, submission.submission_id, SHA256)[1] == PDF
    assert attachment_faults(store, other) == []
    backup.export(desk.store.engine, desk.settings, tmp_path / "out")
    assert (tmp_path / "out" / "attachments" / SHA256).read_bytes() == PDF


def test_a_full_disk_attaches_nothing(desk, words, monkeypatch):
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(attachments.os, "fsync", full)
    drafted = desk.count()
    with pytest.raises(DeskError, match="No space left on device"):
        attach(desk.store, MONGOLIA, desk.settings, drafted, "report.pdf", PDF, words)
    monkeypatch.undo()
    assert desk.store.submission(MONGOLIA, drafted.submission_id).version == 1
    assert list(desk.settings.attachments.iterdir()) == []
