"""A page as slides, a story as an address, papers that fit: what is kept, shortened, counted and refused."""

import zipfile
from collections.abc import Sequence
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from neaspec.blocks import (
    Answer,
    Block,
    Change,
    Column,
    Entry,
    Heading,
    Item,
    Linked,
    Metric,
    Notice,
    Page,
    PageLink,
    Panel,
    Side,
    Tab,
    Table,
    Tabs,
    Text,
)
from neaspec.briefs.documents import as_known_words, file_stem, without_link_rows
from neaspec.briefs.formats import FORMATS, format_of
from neaspec.briefs.pack import Made, Order, Pack, fill, orders_of, pack_name
from neaspec.briefs.papers import first_that_fits
from neaspec.briefs.presented import lead_of, lines_of, parts_of, presented_page, shortened, slide_of
from neaspec.briefs.stories import StoryChoices, story_address, story_choices, story_file, story_query
from neaspec.errors import AddressError, OutputError
from neaspec.sections.briefs.choices import BriefsChoices
from neaspec.sections.delegation.page import CountryChoices
from neaspec.text import load_words
from tests.support.said import made_up_map
from tests.support.small_charts import small

WORDS = load_words("en")


def page(*blocks: Block, lead: str = "The lead.", sources: int = 1) -> Page:
    listed = pd.DataFrame({"document_id": [f"d{n}" for n in range(sources)]})
    return Page(
        name="demo", title="The page", lead=lead, blocks=blocks, marks={}, sources=listed, caveats=pd.DataFrame()
    )


def bars(**given: Any) -> Any:
    return small("bars", {"category": "a", "value": 1.0}, **given)


@pytest.mark.parametrize(
    ("text", "most", "kept"),
    [
        ("One two. Three four.", 4, "One two. Three four."),
        ("One two. Three four.", 3, "One two."),
        ("One two three four", 4, "One two three four"),
        ("One two three four five", 4, "One two three …"),
        ("At 3.5 ha. Five more.", 3, "At 3.5 ha."),
        ("e.g. small letters go on.", 9, "e.g. small letters go on."),
        ("Is it? It is!", 2, "Is it?"),
    ],
)
def test_the_first_sentences_are_kept_and_a_long_one_is_marked(text: str, most: int, kept: str) -> None:
    assert shortened(text, most) == kept


def test_the_answer_of_a_page_goes_before_its_lead() -> None:
    assert lead_of(page(Answer(text="Yes."), Answer(text="No."))) == "Yes."
    assert lead_of(page()) == "The lead."
    assert lead_of(page(lead="word " * 50)).split()[-1] == "…"
    assert len(lead_of(page(lead="word " * 50)).split()) == 45
    assert lead_of(page(lead="word " * 45)).split() == ["word"] * 45


def test_a_page_has_its_parts_under_headings_of_the_second_level() -> None:
    blocks = (Text(text="a"), Heading(text="P"), Text(text="b"), Heading(text="inner", level=3), Heading(text="Q"))
    first, parts = parts_of(page(*blocks))
    assert first == blocks[:1]
    assert parts == [("P", blocks[2:4]), ("Q", ())]


def test_where_there_are_tabs_they_are_the_parts() -> None:
    tab = Tab(key="t", title="T", blocks=(Text(text="in"),))
    blocks = (Text(text="a"), Tabs(tabs=(tab,)), Heading(text="P"), Text(text="b"))
    first, parts = parts_of(page(*blocks))
    assert first == (blocks[0], *blocks[2:])
    assert parts == [("T", tab.blocks)]


def test_a_page_becomes_at_most_eight_slides_with_that_of_its_sources() -> None:
    parts = [block for n in range(9) for block in (Heading(text=f"P{n}"), Text(text=f"t{n}"))]
    assert [slide.title for slide in presented_page(page(*parts)).slides] == ["The page", *(f"P{n}" for n in range(6))]
    assert len(presented_page(page(*parts, sources=0)).slides) == 8
    story = presented_page(page(Heading(text="Empty"), Heading(text="P"), Text(text="t")))
    assert [(slide.key, slide.title) for slide in story.slides] == [("first", "The page"), ("part-2", "P")]
    assert (story.key, story.title) == ("demo", "The page")


def test_a_slide_has_the_first_picture_that_has_rows() -> None:
    empty = small("bars", {"category": "a", "value": 1.0}, title="Second picture", document_ids=("d1",))
    nothing = Table(title="t", columns=(), rows=pd.DataFrame(), file_name="n")
    bare = type(empty)(
        title="Bare", kind="bars", rows=empty.rows.head(0), roles=empty.roles, value_title="", alt="", table=nothing
    )
    slide = slide_of("k", "T", (Metric(label="m", value="1"), bare, empty), "")
    assert slide.picture is empty and slide.text == "Second picture" and slide.document_ids == ("d1",)
    assert slide_of("k", "T", (empty,), "Given.").text == "Given."
    assert slide_of("k", "T", (bare,), "").picture is None
    picture = made_up_map()
    assert slide_of("k", "T", (picture,), "").picture is picture


def test_a_slide_without_a_picture_has_its_first_figures() -> None:
    metrics = [
        Metric(label=f"L{n}", value=str(n), unit="animals", period="2020", document_ids=(f"d{n % 2}",))
        for n in range(9)
    ]
    slide = slide_of("k", "T", (Text(text="t"), *metrics), "Said.")
    first = slide.figures[0]
    assert (first.label, first.value, first.below) == ("L0", "0", "animals · 2020")
    assert slide.document_ids == ("d0", "d1") and slide.text == "Said."
    assert 1 < len(slide.figures) < 9
    lines = Metric(label="Cubs", value="", lines=(("North", "5"), ("South", "7")), unit="animals")
    (figure,) = slide_of("k", "T", (lines,), "").figures
    assert (figure.label, figure.value, figure.below) == ("Cubs: North", "5", "animals")


def test_a_slide_without_figures_has_five_lines_each_once() -> None:
    entries = [Entry(title=f"Ask {n % 6}", document_ids=(f"d{n}",)) for n in range(8)]
    slide = slide_of("k", "T", entries, "")
    assert slide.lines == ("Ask 0", "Ask 1", "Ask 2", "Ask 3", "Ask 4")
    assert slide.document_ids == tuple(f"d{n}" for n in range(8))
    (long,) = slide_of("k", "T", [Text(text="word " * 30)], "").lines
    assert len(long.split()) == 22 and long.endswith("…")


def test_what_can_be_read_as_lines() -> None:
    frame = pd.DataFrame(
        {"name": [f"n{n}" for n in range(7)], "more": ["m0", None, *["m"] * 5], "third": "x", "size": 5}
    )
    kinds: dict[str, Any] = {"size": "number"}
    table = Table(
        title="t",
        columns=tuple(Column(name=n, label=n, kind=kinds.get(n, "text")) for n in frame),
        rows=frame,
        file_name="t",
    )
    empty = Table(title="t", columns=table.columns, rows=frame.head(0), file_name="t")
    items = (Item(id="a", title="A", sign="●"), Item(id="b", title="B"))
    blocks = [
        Panel(title="Park"),
        Linked(name="n", title="t", items=items),
        Change(what="Adults", after="129"),
        empty,
        Text(text="body"),
        Text(text="small", style="note"),
        Notice(text="notice"),
        Heading(text="no"),
        table,
    ]
    assert list(lines_of(blocks)) == [
        "Park",
        "● A",
        "B",
        "Adults: 129",
        "body",
        "notice",
        "n0: m0",
        "n1",
        "n2: m",
        "n3: m",
        "n4: m",
    ]


def test_documents_of_the_first_rows_of_a_table_are_cited() -> None:
    frame = pd.DataFrame({"name": list("abcdefg"), "source": ["d0 d1", None, "d2", "d3", "d4", "d5", "d6"]})
    kinds: dict[str, Any] = {"source": "documents"}
    columns = tuple(Column(name=n, label=n, kind=kinds.get(n, "text")) for n in frame)
    slide = slide_of("k", "T", [Table(title="t", columns=columns, rows=frame, file_name="t")], "")
    assert slide.document_ids == ("d0", "d1", "d2", "d3", "d4", "d5")


def test_rows_of_links_are_left_out_with_what_announces_them() -> None:
    link = PageLink(text="Open", page="sites")
    row = Side(cells=((link,), (link, link)), weights=(1, 1))
    mixed = Side(cells=((link,), (Text(text="t"),)), weights=(1, 1))
    kept = [
        block.text for block in without_link_rows((Text(text="See:"), row, Text(text="a"))) if isinstance(block, Text)
    ]
    assert kept == ["a"]
    assert [getattr(block, "text", "") for block in without_link_rows((Text(text="See."), row))] == ["See."]
    assert without_link_rows((Heading(text="Links:"), row))[0].text == "Links:"  # type: ignore[union-attr]
    assert without_link_rows((Text(text="See:"), mixed))[1] is mixed
    assert without_link_rows((row,)) == ()


@pytest.mark.parametrize(
    ("choices", "stem"),
    [
        (BriefsChoices("som", length="full"), "neaspec-som-paper-full"),
        (BriefsChoices("country", country_code="MNG", length="1"), "neaspec-country-paper-MNG-1-page"),
        (BriefsChoices("species", species_id="amur_tiger", length="2"), "neaspec-species-paper-amur_tiger-2-pages"),
        (BriefsChoices("site", site_id="rason", length="2"), "neaspec-site-paper-rason-2-pages"),
        (BriefsChoices("area", area_id="a/b", length="2"), "neaspec-area-paper-a_b-2-pages"),
        (BriefsChoices("issue", length="2"), "neaspec-issue-paper-newest-2-pages"),
        (BriefsChoices("issue", issue_id="x", country_code="JPN", length="2"), "neaspec-issue-paper-x-JPN-2-pages"),
    ],
)
def test_a_file_is_named_for_what_it_is(choices: BriefsChoices, stem: str) -> None:
    assert file_stem("briefs", choices) == stem


def test_a_file_of_a_page_names_its_choices_and_the_meeting_and_is_not_too_long() -> None:
    assert file_stem("country", CountryChoices("MNG"), "som_27") == "neaspec-country-MNG-som_27"
    assert len(file_stem("country", CountryChoices("x" * 200))) == 120


def test_a_document_says_as_of_when_it_knows(ask: Any) -> None:
    newest = str(ask("data_version")["newest_seen_date"].iloc[0])[:10]
    assert as_known_words(ask, WORDS, "") == WORDS("take.as_known_now", date=WORDS.date(newest))
    assert as_known_words(ask.at("som_27"), WORDS, "som_27") == WORDS(
        "take.as_known_som", name="SOM-27", date="13 December 2024"
    )


def test_formats_are_five_and_each_has_its_kind_of_file() -> None:
    kinds = {name: form.media_type for name, form in FORMATS.items()}
    office = "application/vnd.openxmlformats-officedocument"
    assert kinds == {
        "pdf": "application/pdf",
        "docx": f"{office}.wordprocessingml.document",
        "pptx": f"{office}.presentationml.presentation",
        "xlsx": f"{office}.spreadsheetml.sheet",
        "html": "text/html; charset=utf-8",
    }
    assert format_of("pdf") is FORMATS["pdf"]


@pytest.mark.parametrize(
    ("stages", "fitting", "chosen", "most_tries"),
    [
        ([["a", "b"]], {"a", "b"}, "a", 1),
        ([["a", "b"]], {"b"}, "b", 2),
        ([["a"], ["b", "c"]], {"b", "c"}, "b", 2),
        ([[f"{n}" for n in range(9)]], {f"{n}" for n in range(5, 9)}, "5", 6),
        ([[f"{n}" for n in range(9)]], {"8"}, "8", 6),
        ([[f"{n}" for n in range(9)]], {f"{n}" for n in range(1, 9)}, "1", 6),
        ([["a", "b"], ["c", "d"]], set(), "d", 4),  # at worst the barest
    ],
)
def test_the_fullest_selection_that_fits_is_found_by_halving(
    stages: list[list[str]], fitting: set[str], chosen: str, most_tries: int
) -> None:
    tried: list[Any] = []

    def fits(cut: Any) -> bool:
        tried.append(cut)
        return cut in fitting

    every: Sequence[Any] = stages
    assert first_that_fits(every, fits) == chosen
    assert len(tried) <= most_tries


def test_a_paper_has_at_least_one_stage() -> None:
    with pytest.raises(ValueError, match="at least one stage"):
        first_that_fits([], lambda _: True)


@pytest.mark.parametrize(
    ("query", "choices"),
    [
        ({}, StoryChoices()),
        ({"story": "tumen", "slides": "3,a1,,2"}, StoryChoices("tumen", ("3", "a1", "2"))),
        (
            {"note.3": "x" * 141, "note.1": "", "add.2": "b", "add.1": "a"},
            StoryChoices("som", (), (("3", "x" * 140),), (("1", "a"), ("2", "b"))),
        ),
        ({"slides": ",".join(["1"] * 40)}, StoryChoices("som", ("1",) * 30)),
        ({f"add.{n}": "x" for n in range(9)}, StoryChoices("som", (), (), tuple((str(n), "x") for n in range(8)))),
    ],
)
def test_an_address_says_what_is_shown_of_a_story(query: dict[str, str], choices: StoryChoices) -> None:
    assert story_choices(query) == choices


@pytest.mark.parametrize("slides", ["0", "a0", "b1", "100", "1;2", "aa1"])
def test_slides_are_named_by_numbers(slides: str) -> None:
    with pytest.raises(AddressError, match="slides are named by numbers"):
        story_choices({"slides": slides})


def test_a_story_that_there_is_not_is_refused() -> None:
    with pytest.raises(AddressError, match="there is no story 'atlantis'; there are"):
        story_choices({"story": "atlantis"})


def test_a_story_has_an_address_and_files() -> None:
    choices = StoryChoices("tumen", ("3", "a1"), (("3", "a & b"),), (("1", "sites/x.csv"),))
    query = {"story": "tumen", "slides": "3,a1", "note.3": "a & b", "add.1": "sites/x.csv"}
    assert story_query(choices) == query
    assert story_query(StoryChoices()) == {"story": "som"}
    assert story_query(choices, "som_24") == query | {"as_known": "som_24"}
    assert story_address(choices, present="1") == (
        "/briefs?story=tumen&slides=3,a1&note.3=a+%26+b&add.1=sites%2Fx.csv&present=1"
    )
    assert story_file(StoryChoices(), "pptx", "som_24") == "/take/story.pptx?story=som&as_known=som_24"
    assert story_choices(story_query(choices)) == choices


def test_a_pack_orders_each_paper_in_each_format_and_names_its_folder() -> None:
    orders = orders_of(
        [BriefsChoices("country", country_code="MNG"), BriefsChoices("som", length="full")], "som_27", ("pdf", "docx")
    )
    assert [order.path for order in orders] == [
        "country/neaspec-country-paper-MNG-2-pages-som_27.pdf",
        "country/neaspec-country-paper-MNG-2-pages-som_27.docx",
        "som/neaspec-som-paper-full-som_27.pdf",
        "som/neaspec-som-paper-full-som_27.docx",
    ]
    assert (pack_name("som_27"), pack_name("")) == ("neaspec-pack-som_27", "neaspec-pack-today")


def test_a_file_that_fails_is_told_with_its_reason_and_the_next_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def paper(_of: Any, _words: Any, choices: BriefsChoices, _as_known: str) -> Any:
        asked.append(choices.country_code)
        if choices.country_code == "JPN":
            raise AddressError("no such paper")
        if choices.country_code == "KOR":
            raise ValueError("odd")
        return choices.country_code

    monkeypatch.setattr("neaspec.briefs.pack.paper_document", paper)
    monkeypatch.setattr(
        "neaspec.briefs.pack.format_of",
        lambda name: SimpleNamespace(make=lambda document: f"{document}.{name}".encode()),
    )
    orders = [
        Order(BriefsChoices("country", country_code=code), form)
        for code, form in (("MNG", "pdf"), ("MNG", "docx"), ("JPN", "pdf"), ("KOR", "pdf"), ("CHN", "pdf"))
    ]
    found = list(fill(None, WORDS, orders))  # type: ignore[arg-type]
    assert [(file.data, file.problem) for file in found] == [
        (b"MNG.pdf", ""),
        (b"MNG.docx", ""),
        (b"", "no such paper"),
        (b"", "ValueError: odd"),
        (b"CHN.pdf", ""),
    ]
    assert asked == ["MNG", "JPN", "KOR", "CHN"]  # the formats of one paper share it


def test_a_pack_lists_what_it_holds_and_what_could_not_be_made(ask: Any) -> None:
    pack = Pack("")
    pack.take(Made("b.txt", b"hello"))
    pack.take(Made("a.pdf", b"%PDF"))
    pack.take(Made("c.pdf", problem="no room"))
    data, lists = pack.close(ask)
    assert list(pack.problems.items()) == [("c.pdf", "no room")]
    with zipfile.ZipFile(BytesIO(data)) as archive:
        infos = {info.filename: info for info in archive.infolist()}
    assert list(infos) == [f"neaspec-pack-today/{name}" for name in ("b.txt", "a.pdf", "manifest.json", "SHA256SUMS")]
    assert infos["neaspec-pack-today/a.pdf"].compress_type == zipfile.ZIP_STORED
    assert infos["neaspec-pack-today/b.txt"].compress_type == zipfile.ZIP_DEFLATED
    manifest = lists["manifest.json"].decode()
    assert manifest.index('"a.pdf"') < manifest.index('"b.txt"') and '"bytes": 5' in manifest
    assert '"as_known_on": null' in manifest and '"why": "no room"' in manifest
    sums = lists["SHA256SUMS"].decode().splitlines()
    assert [line.split("  ")[1] for line in sums] == ["a.pdf", "b.txt", "manifest.json"]
    assert sums[1] == "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824  b.txt"


def test_a_format_keeps_errors_of_ours_and_names_others() -> None:
    form = FORMATS["pdf"]
    with pytest.raises(OutputError, match="pdf: "):
        form.make(None)  # type: ignore[arg-type]
