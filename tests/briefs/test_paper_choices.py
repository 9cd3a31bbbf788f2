"""Papers cut to their pages, stories edited by their address, choices in words: what is kept and what is refused."""

import argparse
import dataclasses
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from neaspec.blocks import Answer, Block, Chart, Column, Details, Heading, Page, Table, Text
from neaspec.briefs import __main__ as command
from neaspec.briefs.choices import OF_BRIEFS, names_of, stated_choices
from neaspec.briefs.joint_paper import LEVELS, _chosen, _cut
from neaspec.briefs.scenario_paper import _thinned, _without_rows
from neaspec.briefs.stories import StoryChoices, added_slide, edited_story
from neaspec.errors import AddressError
from neaspec.sections import PAGES
from neaspec.sections.briefs.choices import BriefsChoices
from neaspec.sections.compare.page import CompareChoices
from neaspec.sections.sites.page import SitesChoices
from neaspec.slides import Slide, Story
from neaspec.text import load_words
from neaspec.urls import choices_class, choices_from
from tests.support.small_charts import small

WORDS = load_words("en")


def table(count: int, file_name: str = "rows", **more: Any) -> Table:
    frame = pd.DataFrame({"name": [f"n{n}" for n in range(count)]} | more)
    columns = tuple(Column(name=str(name), label=str(name)) for name in frame)
    return Table(title=f"T {file_name}", columns=columns, rows=frame, file_name=file_name)


def bars(title: str = "How many?", **given: Any) -> Chart:
    return small("bars", {"category": "a", "value": 1.0}, title=title, **given)


def kept(blocks: list[Block], rows: int, charts: int) -> list[str]:
    """Name the blocks that a paper keeps, with the count of rows of tables."""
    names = {Table: lambda b: f"{b.file_name} {len(b.rows)}", Chart: lambda b: f"{b.title} {len(b.table.rows)}"}
    return [names.get(type(b), lambda b: b.text)(b) for b in _chosen(blocks, rows, charts)]  # type: ignore[no-untyped-call]


def test_a_paper_cuts_tables_but_keeps_that_of_the_study_whole() -> None:
    blocks: list[Block] = [table(9), table(9, "joint_table"), table(0, "empty"), Heading(text="H")]
    assert kept(blocks, 4, 0) == ["rows 4", "joint_table 9", "H"]
    assert kept(blocks, 0, 0) == ["joint_table 9", "H"]


def test_only_the_fullest_paper_has_tables_that_charts_tell_too() -> None:
    assert LEVELS[0][0] == 24
    dropped: list[Block] = [
        table(3, name) for name in ("known_alive", "joint_links", "capture_histories", "loci", "picture_pairs")
    ]
    assert len(kept(dropped, 24, 0)) == 5
    assert kept(dropped, 12, 0) == []


def test_a_paper_has_so_many_charts_without_their_rows_and_opens_what_is_folded() -> None:
    inner = (bars("inside"), Text(text="left out"), table(5, "in"))
    blocks: list[Block] = [
        bars("one"),
        bars("two"),
        bars("three"),
        Details(title="d", blocks=inner),
        Answer(text="Yes."),
    ]
    assert kept(blocks, 4, 2) == ["one 0", "two 0", "in 4", "Yes."]
    (answer,) = _chosen([Answer(text="Yes.")], 4, 2)
    assert isinstance(answer, Text) and answer.style == "lead"


def test_of_seasons_the_last_rows_are_kept_and_of_other_tables_the_first() -> None:
    assert list(_cut(table(5), 2).rows["name"]) == ["n0", "n1"]
    seasons = table(5, season_words=["s"] * 5)
    assert list(_cut(seasons, 2).rows["name"]) == ["n3", "n4"]


def test_levels_of_a_joint_paper_become_barer_and_barer() -> None:
    assert list(LEVELS) == sorted(LEVELS, reverse=True)
    assert LEVELS[-1] == (0, 0)


def test_a_table_of_years_on_a_slide_has_one_in_ten() -> None:
    chart = replace(bars(), table=table(31, year=list(range(31))))
    assert list(_thinned(chart).table.rows["year"]) == [0, 10, 20, 30]
    assert _thinned(bars()).table.rows.columns.tolist() == ["category", "value"]


def test_a_chart_on_counted_pages_names_no_documents() -> None:
    frame = pd.DataFrame({"category": ["a"], "value": [1.0], "source": ["d"], "caveat": ["c"]})
    kinds: dict[str, Any] = {"source": "documents", "caveat": "caveats"}
    columns = tuple(Column(name=n, label=n, kind=kinds.get(n, "text")) for n in frame)
    chart = replace(bars(caveat_ids=("c",)), table=Table(title="t", columns=columns, rows=frame, file_name="t"))
    shown = _without_rows(chart)
    assert [column.name for column in shown.table.columns] == ["category", "value"]
    assert shown.caveat_ids == ()


def ready() -> Story:
    slides = tuple(Slide(key=f"k{n}", title=f"S{n}", lines=("l",), document_ids=()) for n in (1, 2, 3))
    return Story(key="tumen", title="Tumen", slides=slides, sources=pd.DataFrame(), marks={})


@pytest.fixture
def stories(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("neaspec.briefs.stories.ready_story", lambda of, words, key: ready())
    monkeypatch.setattr(
        "neaspec.briefs.stories.story_of", lambda of, key, title, slides: replace(ready(), slides=tuple(slides))
    )
    monkeypatch.setattr(
        "neaspec.briefs.stories.added_slide", lambda of, words, address, compose: Slide(key="x", title=address)
    )


def edited(choices: StoryChoices) -> list[tuple[str, str, str]]:
    return [(s.key, s.title, s.note) for s in edited_story(None, WORDS, choices).slides]  # type: ignore[arg-type]


def test_a_story_is_shown_in_the_order_asked_for_with_its_notes(stories: None) -> None:
    assert edited(StoryChoices("tumen")) == [("k1", "S1", ""), ("k2", "S2", ""), ("k3", "S3", "")]
    assert edited(StoryChoices("tumen", ("3", "1", "3"), (("1", "note"),))) == [("k3", "S3", ""), ("k1", "S1", "note")]


def test_an_added_picture_comes_last_or_where_it_is_asked_for(stories: None) -> None:
    added = (("1", "sites/x.csv"),)
    assert edited(StoryChoices("tumen", (), (), added))[-1] == ("added-1", "sites/x.csv", "")
    assert edited(StoryChoices("tumen", ("a1", "2"), (("a1", "new"),), added)) == [
        ("added-1", "sites/x.csv", "new"),
        ("k2", "S2", ""),
    ]
    with pytest.raises(AddressError, match=r"this story has no slide '4'; it has \['1', '2', '3', 'a1'\]"):
        edited(StoryChoices("tumen", ("4",), (), added))


class _Of:
    """Stands for what asks the database; remembers the meeting it looks back to."""

    def __init__(self, meeting: str = "") -> None:
        self.meeting = meeting

    def at(self, meeting: str) -> "_Of":
        return _Of(meeting)


def test_a_picture_is_added_by_the_address_of_its_rows() -> None:
    asked: list[Any] = []
    picture = bars("A finding of " + "many " * 12 + "words", counted="adults", period="2020", document_ids=("d",))
    lonely = table(2, "alone")

    def compose(name: str, choices: Any, of: Any) -> Page:
        asked.append((name, choices, of.meeting))
        frame = pd.DataFrame()
        return Page(name=name, title="t", lead="", blocks=(picture, lonely), marks={}, sources=frame, caveats=frame)

    of: Any = _Of()
    slide = added_slide(of, WORDS, "https://host/dash/table/sites/rows.csv?level=none&as_known=som_24", compose)
    assert asked == [("sites", SitesChoices(level="none"), "som_24")]
    assert (slide.key, slide.picture, slide.text, slide.document_ids) == ("rows", picture, "adults · 2020", ("d",))
    assert slide.title.split() == picture.title.split()[:12]
    added_slide(of, WORDS, "sites/rows.csv", compose)
    assert asked[-1] == ("sites", SitesChoices(), "")
    with pytest.raises(AddressError, match=r"sites has no picture 'alone.csv'; it has \['rows'\]"):
        added_slide(of, WORDS, "sites/alone.csv", compose)
    with pytest.raises(AddressError, match="sites has no table 'none.csv'"):
        added_slide(of, WORDS, "/table/sites/none.csv", compose)


def test_choices_of_lists_and_terms_have_their_names(ask: Any) -> None:
    for field in ("country_code", "other_code"):
        assert names_of(ask, WORDS, field)["MNG"] == "Mongolia"
    assert names_of(ask, WORDS, "species_id")["amur_tiger"] == "Amur tiger"
    groups = {str(group) for group in ask("species_groups")["group_id"]}
    assert groups <= set(names_of(ask, WORDS, "species_id"))
    assert names_of(ask, WORDS, "grade")["press"] == WORDS.term("grade", "press")
    assert names_of(ask, WORDS, "search") == names_of(ask, WORDS, "q") == {}
    assert names_of(ask, WORDS, "meeting_id")["som_24"] == "24th Senior Officials Meeting of NEASPEC"


# Every page whose choices are codes: what a file made of it says of them.
@pytest.mark.parametrize(
    ("page", "given", "said"),
    [
        ("sites", {"level": "none"}, [("Protection", WORDS("sites.no_protection"))]),
        (
            "sites",
            {"level": "not_known", "view": "table"},
            [("Protection", WORDS("sites.not_known")), ("Shown as", "Table")],
        ),
        ("map", {"level": "national"}, [("Layers", "Sites, Movements"), ("Protection", WORDS("sites.national"))]),
        ("map", {"layers": "meetings"}, [("Layers", "Meetings")]),
        ("movements", {"other_code": "JPN", "month": "3"}, [("And", "Japan"), ("Month", "March")]),
        ("sources", {"part": "statements"}, [("Shown", "Records")]),
        ("cooperation", {"meeting_kind": "som"}, [("Kind of meeting", WORDS.term("kind", "som"))]),
        ("checklist", {"found_in": "two"}, [("On record in", "Two States")]),
        ("search", {"q": "tiger", "group": "sites"}, [("Searched for", "tiger"), ("Shown", "Sites")]),
    ],
)
def test_a_file_states_every_choice_in_words(ask: Any, page: str, given: dict[str, str], said: Any) -> None:
    stated = stated_choices(ask, WORDS, page, choices_from(page, given))
    assert [pair for pair in stated if pair[0] != "Shared area"] == said


@pytest.mark.parametrize(
    ("page", "given", "why"),
    [
        (
            "sites",
            {"level": "high"},
            "there is no Protection 'high'; there are international, national, none, not_known",
        ),
        ("map", {"layers": "sites,roads"}, "there is no Layers 'roads'; there are meetings, movements"),
        ("search", {"q": "x", "group": "birds"}, "there is no Shown 'birds'"),
        ("movements", {"month": "13"}, "there is no Month '13'"),
    ],
)
def test_a_file_of_a_choice_that_there_is_not_is_refused(ask: Any, page: str, given: dict[str, str], why: str) -> None:
    with pytest.raises(AddressError, match=why):
        stated_choices(ask, WORDS, page, choices_from(page, given))


def test_every_choice_of_every_page_is_called_something_in_its_files() -> None:
    own = ("scenarios", "compare", "briefs")  # these state theirs themselves
    fields = {field.name for page in PAGES if page not in own for field in dataclasses.fields(choices_class(page))}
    assert [field for field in sorted(fields) if f"take.{field}" not in WORDS.texts] == []


def test_a_paper_states_only_the_choices_of_its_kind(ask: Any) -> None:
    assert OF_BRIEFS == {
        "som": (),
        "country": ("country_code",),
        "species": ("species_id",),
        "site": ("site_id",),
        "area": ("area_id",),
        "issue": ("issue_id", "country_code"),
    }
    given = BriefsChoices("species", country_code="MNG", species_id="amur_tiger", length="1")
    assert stated_choices(ask, WORDS, "briefs", given) == ((WORDS("take.species_id"), "Amur tiger"),)
    assert stated_choices(ask, WORDS, "briefs", BriefsChoices("som", country_code="MNG")) == ()


def test_a_comparison_states_its_kind_and_refuses_another(ask: Any) -> None:
    label, kind = stated_choices(ask, WORDS, "compare", CompareChoices())[0]
    assert (label, kind) == (WORDS("compare.choose_kind"), WORDS(f"compare.kind_{CompareChoices().kind}"))
    with pytest.raises(AddressError, match="nothing of the kind 'planets' is compared"):
        stated_choices(ask, WORDS, "compare", replace(CompareChoices(), kind="planets"))


def arguments(**given: Any) -> argparse.Namespace:
    named = dict.fromkeys(("country", "species", "issue", "site", "area", "kind", "format"))
    return argparse.Namespace(**named | {"length": "2"} | given)


def test_the_command_writes_all_papers_unless_some_are_named(ask: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "all_choices", lambda of, kinds=("all",): [f"every {kind}" for kind in kinds])

    def chosen(**given: Any) -> Any:
        return command._chosen(ask, WORDS, arguments(**given))

    assert chosen() == (["every all"], True)
    assert chosen(format=["pdf"]) == (["every all"], False)
    assert chosen(kind=["species"]) == (["every species"], False)
    mongolia = BriefsChoices("country", country_code="MNG", length="1")
    assert chosen(country=["MNG"], length="1") == ([mongolia], False)
    tiger = BriefsChoices("species", species_id="amur_tiger", length="2")
    assert chosen(species=["amur_tiger"], kind=["species", "som"]) == (["every som", tiger], False)
    with pytest.raises(AddressError, match="'ATL'"):
        chosen(country=["ATL"])


def test_the_command_looks_back_only_to_meetings_there_were(ask: Any) -> None:
    assert command._as_known(ask, None) is ask
    assert str(command._as_known(ask, 27).as_known_on) == "2024-12-13"
    with pytest.raises(AddressError, match="--som 3: no brief can look back to it; there are"):
        command._as_known(ask, 3)


def test_the_command_reads_its_arguments() -> None:
    given = command._read(["--out", "x", "--som", "27", "--country", "MNG", "--country", "JPN", "--format", "pdf"])
    assert (str(given.out), given.som, given.country, given.format, given.length, given.language) == (
        "x",
        27,
        ["MNG", "JPN"],
        ["pdf"],
        "2",
        "en",
    )
    with pytest.raises(SystemExit):
        command._read(["--som", "27"])
    with pytest.raises(SystemExit):
        command._read(["--out", "x", "--format", "doc"])


def test_the_command_tells_what_it_could_not_make(
    ask: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [
        SimpleNamespace(path="a.pdf", data=b"abc", problem=""),
        SimpleNamespace(path="b.pdf", data=b"", problem="no room"),
    ]
    monkeypatch.setattr(command, "_chosen", lambda *_: ([], False))
    monkeypatch.setattr(command, "fill", lambda *_: files)
    assert command._write_all(ask, WORDS, arguments(out=tmp_path, som=None)) == 1
    said = capsys.readouterr()
    assert "         3  a.pdf" in said.out and said.err == "not made: b.pdf: no room\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["SHA256SUMS", "a.pdf", "manifest.json"]
    files.pop()
    assert command._write_all(ask, WORDS, arguments(out=tmp_path, som=None)) == 0
