"""Papers hold what a delegation needs; the pack proves which data were seen; nothing half made is left."""

import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest

from neaspec.blocks import PageLink, walk
from neaspec.briefs import __main__ as command
from neaspec.briefs import pack
from neaspec.briefs.choices import stated_choices
from neaspec.briefs.documents import file_stem
from neaspec.briefs.formats import FORMATS, Format, format_of
from neaspec.data.queries import Ask
from neaspec.errors import AddressError, OutputError
from neaspec.sections.briefs.choices import BriefsChoices
from neaspec.sections.briefs.page import issue_names
from neaspec.sections.delegation.page import CountryChoices
from neaspec.web.page_cache import composed_page, newest_ask
from tests.support.said import WORDS, real_document


def at(meeting: str) -> Ask:
    now = newest_ask()
    return now.at(meeting)


def test_the_paper_for_a_som_names_the_meeting_it_is_for() -> None:
    assert "SOM-27" in composed_page("briefs", BriefsChoices(), at("som_27")).title
    assert "SOM-29" in composed_page("briefs", BriefsChoices(), newest_ask()).title


def test_every_issue_has_a_paper_at_every_date_it_is_known() -> None:
    asked = issue_names(newest_ask())
    assert len(asked) > 10
    for place, meeting in enumerate(("", *newest_ask().soms())):
        of = at(meeting) if meeting else newest_ask()
        known = issue_names(of)
        for number, issue_id in enumerate(asked):
            if meeting and issue_id in known and (number + place) % 3:
                continue  # today all; at a meeting each time another third of those it knows
            page = composed_page("briefs", BriefsChoices("issue", issue_id=issue_id), of)
            assert not any(isinstance(block, PageLink) for block in page.blocks)
            assert bool(page.blocks) == (issue_id in known)


def test_choices_are_stated_in_words_and_unknown_ones_are_refused_with_what_is_allowed() -> None:
    of = newest_ask()
    stated = stated_choices(of, WORDS, "briefs", BriefsChoices("country", country_code="KOR"))
    assert stated == (("Country", "Republic of Korea"),)
    with pytest.raises(AddressError, match="length '7'; there are"):
        stated_choices(of, WORDS, "briefs", BriefsChoices(length="7"))
    with pytest.raises(AddressError, match="Shared area 'atlantis'; there are altai_sayan"):
        stated_choices(of, WORDS, "briefs", BriefsChoices("area", area_id="atlantis"))
    with pytest.raises(AddressError, match="Country ''; there are CHN"):
        stated_choices(of, WORDS, "briefs", BriefsChoices("country"))
    with pytest.raises(AddressError, match="'XXX'; there are CHN, JPN"):
        stated_choices(of, WORDS, "country", CountryChoices("XXX"))
    with pytest.raises(AddressError, match="kind 'nothing'"):
        stated_choices(of, WORDS, "briefs", BriefsChoices("nothing"))


def test_a_paper_states_what_was_chosen_and_no_address_or_version_while_a_page_states_all() -> None:
    facts = dict(real_document("briefs", "som_27", kind="country", country_code="MNG").facts())
    assert facts["Country"] == "Mongolia"
    assert facts["As of"].startswith("SOM-27, ")
    assert set(facts) == {"Country", "As of"}
    document = real_document("country", "som_27", country_code="MNG")
    assert newest_ask().version.startswith(dict(document.facts())["Data version"])
    assert WORDS("take.disclaimer") in document.notes


def test_names_of_files_say_what_is_in_them_and_nothing_that_a_disc_refuses() -> None:
    assert file_stem("briefs", BriefsChoices("country", country_code="MNG"), "som_27") == (
        "neaspec-country-paper-MNG-2-pages-som_27"
    )
    assert (
        file_stem("briefs", BriefsChoices("area", area_id="dauria", length="full")) == "neaspec-area-paper-dauria-full"
    )
    assert file_stem("country", CountryChoices("../x y")) == "neaspec-country-___x_y"


def test_a_format_that_fails_says_why_and_an_unknown_one_what_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(AddressError, match="'doc'; there are"):
        format_of("doc")
    broken = Format("pdf", "math", "sqrt", "application/pdf")
    with pytest.raises(OutputError, match="pdf: TypeError"):
        broken.make(real_document("country", country_code="MNG"))


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a pack be two briefs in one format."""
    monkeypatch.setattr(
        pack, "all_choices", lambda of, kinds=(): [BriefsChoices("country", country_code=c) for c in ("JPN", "MNG")]
    )
    monkeypatch.setattr(command, "all_choices", pack.all_choices)
    one = {"pdf": FORMATS["pdf"]}
    monkeypatch.setattr(pack.orders_of, "__defaults__", (tuple(one),))
    monkeypatch.setattr(command, "FORMATS", one)


def test_a_pack_lists_all_its_files_with_sums_and_is_the_same_every_time(small: None) -> None:
    of, told = at("som_27"), []
    made, problems = pack.make_pack(of, WORDS, "som_27", lambda *step: told.append(step))
    again, _ = pack.make_pack(of, WORDS, "som_27")
    assert made == again
    assert problems == {}
    assert [step[0] for step in told] == [0, 1, 2]
    with zipfile.ZipFile(io.BytesIO(made)) as opened:
        files = {name.partition("/")[2]: opened.read(name) for name in opened.namelist()}
    listed = json.loads(files.pop("manifest.json"))
    sums = dict(reversed(line.split("  ")) for line in files.pop("SHA256SUMS").decode().splitlines())
    assert {item["path"] for item in listed["files"]} == set(files) == set(sums) - {"manifest.json"}
    for item in listed["files"]:
        data = files[item["path"]]
        assert (item["bytes"], item["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
        assert sums[item["path"]] == item["sha256"]
    assert listed["data_version"] == of.version
    assert listed["as_known_on"] == "2024-12-13"
    assert "data/neaspec-nature-conservation.zip" in files


def test_what_cannot_be_made_is_named_and_the_others_are_made(small: None, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = FORMATS["pdf"].make

    def fail(self: Format, document) -> bytes:
        if "Japan" in document.page.title:
            raise OutputError("PDF: Chart 'x': no axis")
        return whole(document)

    monkeypatch.setattr(Format, "make", fail)
    made, problems = pack.make_pack(newest_ask(), WORDS, "")
    assert list(problems) == ["country/neaspec-country-paper-JPN-2-pages.pdf"]
    with zipfile.ZipFile(io.BytesIO(made)) as opened:
        names = {name.partition("/")[2] for name in opened.namelist()}
        listed = json.loads(opened.read("neaspec-pack-today/manifest.json"))
    assert "country/neaspec-country-paper-MNG-2-pages.pdf" in names
    assert "country/neaspec-country-paper-JPN-2-pages.pdf" not in names
    assert listed["not_made"] == [
        {"path": "country/neaspec-country-paper-JPN-2-pages.pdf", "why": "PDF: Chart 'x': no axis"}
    ]


def test_the_command_writes_files_manifest_and_zip_and_nothing_half(small: None, tmp_path: Path) -> None:
    assert command.main(["--som", "27", "--out", str(tmp_path)]) == 0
    found = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert found == {
        "country/neaspec-country-paper-JPN-2-pages-som_27.pdf",
        "country/neaspec-country-paper-MNG-2-pages-som_27.pdf",
        "manifest.json",
        "SHA256SUMS",
        "data/neaspec-nature-conservation.zip",
        "neaspec-pack-som_27.zip",
    }
    zipped, _ = pack.make_pack(at("som_27"), WORDS, "som_27")
    assert (tmp_path / "neaspec-pack-som_27.zip").read_bytes() == zipped


def test_the_command_makes_only_what_is_asked_for(tmp_path: Path) -> None:
    assert command.main(["--country", "MNG", "--format", "pdf", "--out", str(tmp_path)]) == 0
    found = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert found == {"country/neaspec-country-paper-MNG-2-pages.pdf", "manifest.json", "SHA256SUMS"}


def test_the_command_refuses_what_there_is_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--som", "3", "--out", str(tmp_path)]) == 2
    assert command.main(["--species", "unicorn", "--out", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert "--som 3" in said
    assert "'unicorn'" in said
    assert list(tmp_path.iterdir()) == []


def test_an_ask_newer_than_the_date_is_not_taken_for_no_ask_at_all() -> None:
    page = composed_page("briefs", BriefsChoices("issue", issue_id="som_27_cats_views"), at("som_24"))
    assert page.title == WORDS("briefs.title_issue_unknown")


def test_a_printed_address_names_what_it_is_about_even_where_it_is_the_default() -> None:
    assert real_document("briefs", kind="issue").address.startswith("/briefs?kind=issue&issue=som_")
    assert "length=2" in real_document("briefs", kind="issue").address
    assert real_document("species").address == "/species?species=amur_tiger"


def test_links_nobody_can_follow_on_paper_are_left_out_with_their_announcement() -> None:
    blocks = list(walk(real_document("country", country_code="MNG").page.blocks))
    assert WORDS("country.species_more") not in [getattr(block, "text", "") for block in blocks]
    assert len(blocks) > 20
