"""Files are whole or not there; the same content gives the same bytes, whatever the clock said."""

import io
import zipfile
from pathlib import Path

import pytest

from neaspec.files import DANGEROUS, MEGABYTE, MOST_FILES, MOST_MEGABYTES, atomic_write, plain_text, reproducible_zip
from neaspec.paths import ROOT

CORE = '<x><dcterms:created a="b">{}</dcterms:created><dcterms:modified>{}</dcterms:modified></x>'


def zipped(*entries: tuple[str, bytes], day: tuple[int, ...] = (2026, 1, 2, 3, 4, 6)) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in entries:
            archive.writestr(zipfile.ZipInfo(name, day), content)  # type: ignore[arg-type]
    return out.getvalue()


def entries(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_file_is_put_in_its_place_in_one_step_and_folders_are_made(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "c.txt"
    atomic_write(path, b"one")
    atomic_write(path, b"two")
    assert path.read_bytes() == b"two"
    assert [inner.name for inner in path.parent.iterdir()] == ["c.txt"]


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "c.txt"
    atomic_write(path, b"one")

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        atomic_write(path, b"two")
    assert path.read_bytes() == b"one"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("a\r\nb\rc\nd\te", "a\nb\nc\nd\te"),
        ("\x00\x08a\x0b\x0c\x0e\x1fb\x7f", "ab"),
        ("\ud800a\ufffe\uffff", "a"),
        ("é Ө 鶴 \u200b", "é Ө 鶴 \u200b"),
        (5, "5"),
    ],
)
def test_a_text_loses_only_what_no_xml_may_hold(text: object, plain: str) -> None:
    assert plain_text(text) == plain


def test_the_order_of_entries_and_the_clock_do_not_change_a_file() -> None:
    one = zipped(("b.xml", b"b"), ("[Content_Types].xml", b"t"), ("a.png", b"p"))
    other = zipped(("a.png", b"p"), ("b.xml", b"b"), ("[Content_Types].xml", b"t"), day=(2001, 1, 1, 0, 0, 0))
    assert reproducible_zip(one) == reproducible_zip(other)
    assert list(entries(reproducible_zip(one))) == ["[Content_Types].xml", "a.png", "b.xml"]


def test_entries_have_one_time_one_system_and_readers_of_their_own() -> None:
    data = reproducible_zip(zipped(("b.xml", b"b" * 99), ("a.PNG", b""), ("a.png", b"p"), ("c.jpeg", b"j")))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = {info.filename: info for info in archive.infolist()}
    assert {info.date_time for info in infos.values()} == {(1980, 1, 1, 0, 0, 0)}
    assert {info.external_attr >> 16 for info in infos.values()} == {0o600}
    assert {info.create_system for info in infos.values()} == {3}
    stored = [name for name, info in infos.items() if info.compress_type == zipfile.ZIP_STORED]
    assert stored == ["a.png", "c.jpeg"]  # what is compressed already


def test_a_file_says_of_when_it_was_made_what_it_is_told() -> None:
    data = zipped(("docProps/core.xml", CORE.format("2026-05-06T07:08:09Z", "2026-05-07T00:00:00Z").encode()))
    core = entries(reproducible_zip(data, b"2020-01-02T00:00:00Z"))["docProps/core.xml"].decode()
    assert core == CORE.format("2020-01-02T00:00:00Z", "2020-01-02T00:00:00Z")
    assert entries(reproducible_zip(data)) == entries(data)


def test_a_workbook_inside_a_file_says_what_the_file_says() -> None:
    inner = zipped(("docProps/core.xml", CORE.format("2001-01-01T00:00:00Z", "2001-01-01T00:00:00Z").encode()))
    outer = zipped(
        ("docProps/core.xml", CORE.format("2026-05-06T07:08:09Z", "2026-05-06T07:08:09Z").encode()),
        ("chart.xlsx", inner),
    )
    for data, when in (
        (reproducible_zip(outer), "2026-05-06T07:08:09Z"),
        (reproducible_zip(outer, b"2020-01-02T00:00:00Z"), "2020-01-02T00:00:00Z"),
        (reproducible_zip(zipped(("chart.xlsx", inner))), "1980-01-01T00:00:00Z"),
    ):
        core = entries(entries(data)["chart.xlsx"])["docProps/core.xml"].decode()
        assert core == CORE.format(when, when)


def test_what_a_spreadsheet_would_run_is_known_and_sizes_are_what_the_framework_allows() -> None:
    assert DANGEROUS == ("=", "+", "-", "@", "\t", "\r")
    assert MEGABYTE == 1_048_576 and MOST_FILES == 20
    config = (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    assert f"maxUploadSize = {MOST_MEGABYTES}" in config
