"""Backup, restore and hand-out as open files: everything comes back, nothing is filled twice."""

import csv
import tarfile
from contextlib import contextmanager

import pytest

from neaspec.desk import backup
from neaspec.desk.__main__ import main
from neaspec.desk.archive import editions_kept
from neaspec.desk.editions import before_of, checksum_of, folder_of, publish, withdraw
from neaspec.desk.errors import DeskError
from neaspec.desk.settings import STORE, DeskSettings
from neaspec.desk.store import Store
from neaspec.desk.upgrade import open_store
from tests.desk.conftest import EDITOR, MONGOLIA, PUBLISHER, report_of


@pytest.fixture
def filled(desk):
    desk.count()
    desk.accepted()
    publish(desk.store, PUBLISHER, desk.settings, "for SOM-29", report_of)
    return desk


def fresh(tmp_path, desk) -> DeskSettings:
    folder = tmp_path / "other"
    address = f"sqlite:///{folder / 'desk.sqlite'}"
    return DeskSettings(address, folder / "people.csv", folder / "editions", desk.settings.data_dir)


def test_a_restored_desk_is_the_same_desk(filled, tmp_path):
    backup.back_up(filled.store.engine, filled.settings, tmp_path / "desk.tar.gz")
    other = fresh(tmp_path, filled)
    steps = backup.restore(other, tmp_path / "desk.tar.gz")
    store = Store(open_store(other.store))
    assert store.faults() == []
    assert store.submissions(MONGOLIA) == filled.store.submissions(MONGOLIA)
    assert store.editions() == filled.store.editions()
    key = filled.store.submissions(EDITOR)[0].submission_id
    assert store.trail(EDITOR, key) == filled.store.trail(EDITOR, key)
    assert steps >= 6
    assert checksum_of(folder_of(other, 1)) == checksum_of(folder_of(filled.settings, 1))
    store.lead(MONGOLIA, "submit", store.submissions(MONGOLIA)[0].submission_id, 1)  # work goes on
    assert store.faults() == []


def test_a_store_with_something_in_it_is_not_filled(filled, tmp_path):
    backup.back_up(filled.store.engine, filled.settings, tmp_path / "desk.tar.gz")
    before = filled.store.submissions(MONGOLIA)
    with pytest.raises(DeskError, match="not empty"):
        backup.restore(filled.settings, tmp_path / "desk.tar.gz")
    assert filled.store.submissions(MONGOLIA) == before


def test_a_backup_is_not_written_over_another(filled, tmp_path):
    (tmp_path / "desk.tar.gz").write_bytes(b"precious")
    with pytest.raises(DeskError, match="is there already"):
        backup.back_up(filled.store.engine, filled.settings, tmp_path / "desk.tar.gz")
    assert (tmp_path / "desk.tar.gz").read_bytes() == b"precious"


@pytest.mark.parametrize("kind", ["cut", "no backup", "changed"])
def test_a_backup_that_is_not_whole_fills_nothing(filled, tmp_path, kind):
    path = tmp_path / "desk.tar.gz"
    backup.back_up(filled.store.engine, filled.settings, path)
    if kind == "cut":
        path.write_bytes(path.read_bytes()[:200])
    elif kind == "no backup":
        path.write_bytes(b"not a backup")
    else:
        with tarfile.open(path) as archive:
            archive.extractall(tmp_path / "open", filter="data")
        tables = tmp_path / "open" / "tables.json"
        tables.write_text(tables.read_text(encoding="utf-8").replace(MONGOLIA.address, "x@y.example"), encoding="utf-8")
        path.unlink()
        with tarfile.open(path, "w:gz") as archive:
            archive.add(tables, "tables.json")
    other = fresh(tmp_path, filled)
    with pytest.raises(DeskError):
        backup.restore(other, path)
    assert Store(open_store(other.store)).submissions(MONGOLIA) == []


def test_everything_is_handed_out_as_csv(filled, tmp_path):
    files = {path.stem: path for path in backup.export(filled.store.engine, filled.settings, tmp_path / "out")}
    assert set(files) == {"submissions", "versions", "steps", "editions", "edition_rows"}
    with files["submissions"].open(encoding="utf-8", newline="") as handle:
        assert sorted(row["state"] for row in csv.DictReader(handle)) == ["draft", "published"]


def test_the_commands_do_what_they_say(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv(STORE, f"sqlite:///{tmp_path / 'desk.sqlite'}")
    assert main(["setup"]) == 0
    assert (tmp_path / "desk.sqlite").is_file()
    assert main(["check"]) == 0
    assert "The trail is whole, and what was published is in the tables." in capsys.readouterr().out
    assert main(["backup", str(tmp_path / "desk.tar.gz")]) == 0
    assert main(["backup", str(tmp_path / "desk.tar.gz")]) == 1
    assert "is there already" in capsys.readouterr().err
    assert main(["export", str(tmp_path / "out")]) == 0
    monkeypatch.setenv(STORE, f"sqlite:///{tmp_path / 'second.sqlite'}")
    assert main(["restore", str(tmp_path / "desk.tar.gz")]) == 0
    monkeypatch.delenv(STORE)
    assert main(["check"]) == 1
    assert "The desk is off" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["backup"])


def test_nothing_is_published_while_a_backup_is_written(filled, tmp_path, monkeypatch):
    held = []
    lock = backup.folder_lock

    @contextmanager
    def watched(folder, report):
        with lock(folder, report) as is_held:
            held.append(folder)
            yield is_held

    monkeypatch.setattr(backup, "folder_lock", watched)
    backup.back_up(filled.store.engine, filled.settings, tmp_path / "desk.tar.gz")
    assert held == [filled.settings.editions]


def test_a_restored_edition_can_be_withdrawn_and_opened(filled, tmp_path):
    backup.back_up(filled.store.engine, filled.settings, tmp_path / "desk.tar.gz")
    other = fresh(tmp_path, filled)
    backup.restore(other, tmp_path / "desk.tar.gz")
    store = Store(open_store(other.store))
    kept = editions_kept(store, other)
    assert [(edition.number, edition.is_withdrawn) for edition in kept] == [(0, False), (1, False)]
    withdraw(store, PUBLISHER, other, 1, "Wrong.")
    assert [edition.is_withdrawn for edition in editions_kept(store, other)] == [False, True]
    assert checksum_of(other.data_dir) == checksum_of(before_of(other, 1))


def test_a_restore_that_is_ended_halfway_leaves_an_empty_store_to_be_filled_again(filled, tmp_path, monkeypatch):
    backup.back_up(filled.store.engine, filled.settings, tmp_path / "desk.tar.gz")
    other = fresh(tmp_path, filled)

    def ended(*_given):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(backup, "_fill", ended)
        backup.restore(other, tmp_path / "desk.tar.gz")
    assert Store(open_store(other.store)).submissions(MONGOLIA) == []
    assert backup.restore(other, tmp_path / "desk.tar.gz") >= 6
