"""Files of field data are opened in memory, with limits, and damaged or hostile ones are refused in clear words."""

import gzip
import io
import stat
import tempfile
import zipfile

import pytest

from neaspec.crossings.input.archives import members
from neaspec.crossings.input.members import PAGE, Input, InputLimits
from neaspec.errors import InputError
from neaspec.files import MEGABYTE, MOST_MEGABYTES
from tests.support.made_field_files import with_declared_size, zipped

TABLE = b"a,b\n1,2\n"


def refusal(*inputs, limits=PAGE):
    with pytest.raises(InputError) as caught:
        for member in members(inputs, limits):
            with member.open() as stream:
                stream.read()
    return caught.value.problems


def bytes_of(member):
    with member.open() as stream:
        return stream.read()


def test_files_come_in_the_order_of_their_names_from_files_on_disk_zips_and_gz(tmp_path):
    on_disk = tmp_path / "d.csv"
    on_disk.write_bytes(TABLE)
    given = [
        Input("d.csv", on_disk),
        zipped("c.zip", {"x/two.csv": TABLE, "one.csv": TABLE}),
        Input("b.csv", TABLE),
        Input("a.csv.gz", gzip.compress(TABLE)),
    ]
    found = members(given)
    assert [member.name for member in found] == ["a.csv.gz", "b.csv", "c.zip/one.csv", "c.zip/x/two.csv", "d.csv"]
    assert [bytes_of(member) for member in found] == [TABLE] * 5
    assert [member.name for member in members(given[::-1])] == [member.name for member in found]


def test_a_member_can_be_opened_again_and_again():
    member = members([zipped("a.zip", {"one.csv": TABLE})])[0]
    assert bytes_of(member) == bytes_of(member) == TABLE


def test_nothing_is_unpacked_to_disk(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for member in members([zipped("a.zip", {"one.csv": TABLE * 100_000}), Input("b.gz", gzip.compress(TABLE))]):
        bytes_of(member)
    assert not list(tmp_path.iterdir())


def test_rubbish_that_computers_add_to_zips_is_passed_over():
    files = {"__MACOSX/._one.csv": b"x", ".DS_Store": b"x", "x/Thumbs.db": b"x", "one.csv": TABLE}
    assert [member.name for member in members([zipped("a.zip", files)])] == ["a.zip/one.csv"]


def test_two_files_of_one_name_are_refused():
    assert "2 files of this name" in refusal(Input("a.csv", TABLE), Input("a.csv", TABLE))[0]


@pytest.mark.parametrize("cut", [10, 40, 60, -30, -1])
def test_a_damaged_zip_is_refused(cut):
    whole = zipped("a.zip", {"one.csv": TABLE * 100}).data
    assert any("damaged" in problem or "cannot be read" in problem for problem in refusal(Input("a.zip", whole[:cut])))


def test_a_zip_with_changed_bytes_inside_is_refused_while_it_is_read():
    whole = bytearray(zipped("a.zip", {"one.csv": bytes(range(65, 91)) * 50}).data)
    whole[45] ^= 0xFF
    assert "a.zip/one.csv" in refusal(Input("a.zip", bytes(whole)))[0]


def test_a_damaged_gz_is_refused():
    whole = gzip.compress(bytes(range(256)) * 1000)
    assert "damaged" in refusal(Input("a.csv.gz", whole[: len(whole) // 2]))[0]


def test_a_zip_that_would_grow_too_much_is_refused_by_its_declared_sizes():
    bomb = zipped("bomb.zip", {"one.csv": b"0" * 20 * MEGABYTE})
    assert "more than 200 times" in refusal(bomb)[0]
    many = zipped("many.zip", {f"{number}.csv": b"0,1\n" * 1000 for number in range(300)})
    assert "1 MB are taken" in refusal(many, limits=InputLimits(unpacked_bytes=MEGABYTE))[0]


def test_a_zip_that_declares_less_than_it_holds_gives_no_more_than_it_declares():
    lying = with_declared_size(zipped("bomb.zip", {"one.csv": b"0" * 20 * MEGABYTE}).data, 1000)
    assert "damaged" in refusal(Input("bomb.zip", lying))[0]


def test_a_gz_that_grows_too_much_is_stopped_while_it_is_read():
    bomb = Input("bomb.csv.gz", gzip.compress(b"0" * 50 * MEGABYTE))
    assert "unpacks to more than 10 MB" in refusal(bomb)[0]


def test_too_many_files_in_a_zip_are_refused():
    assert "1,001 files" in refusal(zipped("a.zip", {f"{number}.csv": b"" for number in range(1001)}))[0]


def test_a_large_upload_is_refused_before_it_is_read(tmp_path):
    large = tmp_path / "large.csv"
    with large.open("wb") as stream:
        stream.truncate(2_000 * MEGABYTE)
    said = refusal(Input("large.csv", large))
    assert said == ["large.csv: 2,000 MB; up to 200 MB are taken here. Larger files: python -m neaspec.crossings"]


def test_a_file_as_large_as_the_page_takes_is_read_to_the_byte(tmp_path):
    large = tmp_path / "large.csv"
    with large.open("wb") as stream:
        stream.truncate(MOST_MEGABYTES * MEGABYTE)
    assert [member.name for member in members([Input("large.csv", large)], PAGE)] == ["large.csv"]
    with large.open("ab") as stream:
        stream.write(b"0")
    assert "up to 200 MB are taken" in refusal(Input("large.csv", large))[0]


@pytest.mark.parametrize("path", ["../up.csv", "x/../../up.csv", "/etc/passwd", "C:/x.csv", "x\\y.csv", "..\\up.csv"])
def test_paths_that_lead_out_of_a_zip_are_refused(path):
    assert "leads out of the zip" in refusal(zipped("a.zip", {path: TABLE}))[0]


def test_links_in_a_zip_are_refused():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        link = zipfile.ZipInfo("one.csv")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    assert "a link" in refusal(Input("a.zip", held.getvalue()))[0]


def test_encrypted_zips_are_refused():
    changed = bytearray(zipped("a.zip", {"one.csv": TABLE}).data)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        changed[changed.index(mark) + place] |= 1
    assert "encrypted" in refusal(Input("a.zip", bytes(changed)))[0]


def test_archives_in_archives_are_refused():
    inner = zipped("inner.zip", {"one.csv": TABLE}).data
    assert "in a zip" in refusal(zipped("a.zip", {"any name": inner}))[0]
    assert "packed again" in refusal(Input("a.gz", gzip.compress(inner)))[0]
    assert "packed again" in refusal(Input("a.gz", gzip.compress(gzip.compress(TABLE))))[0]


def test_one_path_twice_in_a_zip_is_refused():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive, pytest.warns(UserWarning):
        archive.writestr("one.csv", TABLE)
        archive.writestr("one.csv", b"other")
    assert "more than once" in refusal(Input("a.zip", held.getvalue()))[0]


def test_all_files_that_cannot_be_opened_are_told_at_once():
    said = refusal(
        Input("a.zip", b"PK\x03\x04 rubbish"), zipped("b.zip", {"../x": b""}), Input("c.gz", b"\x1f\x8b\x08x")
    )
    assert [problem[:2] for problem in said] == ["a.", "b.", "c."]


def test_a_zip_without_files_is_refused():
    assert "holds no files" in refusal(zipped("a.zip", {}))[0]


def test_what_a_file_is_shows_in_its_first_bytes_not_in_its_name():
    kinds = {b"PAR1xxxx": "parquet", b"\x89PNG\r\n": "binary", b"a,b\0c": "binary", b"a,b": "text", b"": "empty"}
    for start, kind in kinds.items():
        assert members([Input("any.csv", start)])[0].kind == kind


def test_a_workbook_is_one_file_and_under_the_limits_of_zips():
    files = {"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"}
    book = zipped("book.xlsx", files)
    (member,) = members([book])
    assert (member.kind, bytes_of(member)) == ("workbook", book.data)
    assert "200 times" in refusal(zipped("book.xlsx", files | {"xl/sheet.xml": b"0" * 20 * MEGABYTE}))[0]


def test_a_file_that_is_not_there_is_told(tmp_path):
    assert "cannot be read" in refusal(Input("gone.csv", tmp_path / "gone.csv"))[0]
