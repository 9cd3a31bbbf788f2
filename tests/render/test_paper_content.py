"""What the typesetter is given: columns that fit a sheet, words that may break, figures side by side, notes."""

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from neaspec.blocks import (
    Block,
    Column,
    Details,
    Entry,
    Heading,
    Metric,
    Notice,
    PageLink,
    Points,
    Side,
    Table,
    Text,
)
from neaspec.palette import SURFACE
from neaspec.render.document import Document
from neaspec.render.pdf.render import content_of, highest_px, map_height, mark_list, stepped
from neaspec.render.pdf.tables import _share, _width, breakable, table_content
from neaspec.text import load_words
from tests.support.said import made_up_document, made_up_map
from tests.support.small_charts import small

WORDS = load_words("en")
BREAK = "\u200b"


def document(*blocks: Block, **given: Any) -> Document:
    made = made_up_document()
    return replace(made, page=replace(made.page, blocks=blocks, title="The page"), kind="Brief", **given)


MARKS = document().marks()


def content(*blocks: Block, **given: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = content_of(document(*blocks, **given))["blocks"]
    return found


def table(frame: pd.DataFrame, **kinds: Any) -> Table:
    columns = tuple(Column(name=str(n), label=str(n).capitalize(), kind=kinds.get(str(n), "text")) for n in frame)
    return Table(title="Rows", columns=columns, rows=frame, file_name="rows")


def on_paper(frame: pd.DataFrame, **kinds: Any) -> dict[str, Any]:
    return table_content(table(frame, **kinds), MARKS, mark_list)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a" * 22, "a" * 22),
        ("a" * 23, BREAK.join(["a" * 8, "a" * 8, "a" * 7])),
        ("short " + "b" * 24, "short " + BREAK.join(["b" * 8] * 3)),
        ("many short words that stay as they are", "many short words that stay as they are"),
        ("", ""),
    ],
)
def test_only_a_very_long_word_may_be_broken(text: str, shown: str) -> None:
    assert breakable(text) == shown


@pytest.mark.parametrize(
    ("texts", "width"),
    [
        (["ab", "abcd efgh"], (4, 9)),
        (["a"], (3, 1)),
        (["a" * 20], (15, 20)),
        (["a " * 40], (3, 46)),
        (["x"] * 18 + ["long text"] * 2, (4, 1)),  # of many rows nine tenths decide
        (["x"] * 10 + ["long text"], (4, 9)),  # of few the longest
        (["x"] * 11 + ["long text"], (4, 1)),
    ],
)
def test_a_column_asks_for_its_words_and_for_most_of_its_cells(texts: list[str], width: tuple[float, float]) -> None:
    assert _width(texts) == width


@pytest.mark.parametrize(("least", "usual", "share"), [(4, 4, 6.9), (4, 46, 27.9), (10, 0, 12.5), (15, 20, 21.5)])
def test_sentences_get_more_width_than_words(least: float, usual: float, share: float) -> None:
    assert _share(least, usual) == share


def test_a_table_keeps_its_columns_that_have_an_entry() -> None:
    frame = pd.DataFrame({"name": ["a", "b"], "empty": ["", None], "size": [1416.0, None]})
    made = on_paper(frame, size="number")
    assert [column["label"] for column in made["columns"]] == ["Name", "Size"]
    assert [column["is_number"] for column in made["columns"]] == [False, True]
    assert made["rows"] == [["a", "1,416"], ["b", ""]]
    assert (made["under"], made["is_long"], made["title"]) == ([], [False, False], "Rows")
    bare = on_paper(frame.head(0))
    assert [column["label"] for column in bare["columns"]] == ["Name", "Empty", "Size"] and bare["rows"] == []
    nothing = on_paper(pd.DataFrame({"name": [""], "more": [""]}))
    assert [column["label"] for column in nothing["columns"]] == ["Name"]


def test_documents_and_caveats_are_marks_that_lead_to_their_lists() -> None:
    frame = pd.DataFrame({"name": ["a"], "source": ["paper news"], "caveat": ["range_only"]})
    (row,) = on_paper(frame, source="documents", caveat="caveats")["rows"]
    assert row[1] == [
        {"kind": "source", "target": "source-1", "text": "[1]"},
        {"kind": "source", "target": "source-2", "text": "[2 press]"},
    ]
    assert row[2] == [{"kind": "caveat", "target": "caveat-a", "text": "a"}]


def test_columns_that_do_not_fit_stand_below_their_row_each_with_its_label() -> None:
    names = {f"column{n}": ["fifteen letters", "fifteenletters1"] for n in range(6)}
    frame = pd.DataFrame(names | {"last": ["x", ""], "source": ["paper", "paper"]})
    made = on_paper(frame, source="documents")
    across = [column["label"] for column in made["columns"]]
    assert across == ["Column0", "Column1", "Column2", "Column3", "Last", "Source"]
    assert made["under"][0] == [["Column4", "fifteen letters"], ["Column5", "fifteen letters"]]
    assert len(made["rows"][0]) == 6
    only = on_paper(pd.DataFrame({"a": ["b" * 300], "c": ["d" * 300]}))
    assert len(only["columns"]) == 2


def test_a_row_with_a_very_long_cell_may_go_on_over_the_page() -> None:
    assert on_paper(pd.DataFrame({"a": ["x" * 500, "x" * 501]}))["is_long"] == [False, True]


def test_marks_beyond_twelve_are_told_as_a_number() -> None:
    many = replace(MARKS, numbers={f"d{n}": n for n in range(13)}, low_grades={})
    listed = mark_list(many, list(many.numbers), ["range_only", "unknown"])
    assert [mark["kind"] for mark in listed] == ["source"] * 10 + ["text", "caveat"]
    assert listed[10] == {"kind": "text", "target": "", "text": WORDS("common.more_sources", count=3)}


def test_figures_that_follow_each_other_stand_side_by_side() -> None:
    cards = [Metric(label=f"L{n}", value=str(n)) for n in range(4)]
    first, text, last = content(*cards, Text(text="t"), cards[0])
    assert (first["kind"], first["columns"], [item["label"] for item in first["items"]]) == (
        "figures",
        3,
        ["L0", "L1", "L2", "L3"],
    )
    assert text["kind"] == "text" and (last["columns"], len(last["items"])) == (1, 1)


def test_a_figure_has_what_it_needs_to_be_quoted() -> None:
    metric = Metric(
        label="L",
        value="5",
        unit="animals",
        counted="adults",
        period="2020",
        status="open",
        species_id="amur_leopard",
        trend=((2000, 1.0), (2001, 2.0)),
        document_ids=("paper",),
        caveat_ids=("range_only",),
    )
    ((item,),) = [block["items"] for block in content(metric)]
    assert (item["label"], item["value"], item["unit"], item["status"]) == ("L", "5", "animals", "open")
    assert (item["below"], item["colour"], item["trend_alt"]) == ("adults · 2020", "#C869BF", "2000: 1, 2001: 2")
    assert [mark["text"] for mark in item["marks"]] == ["[1]", "a"]
    assert item["trend"].startswith("<svg")
    ((plain,),) = [block["items"] for block in content(Metric(label="L", value="5"))]
    assert (plain["colour"], plain["trend"]) == (SURFACE["accent"][0], None)


def test_blocks_become_content_in_their_order_and_links_are_left_out() -> None:
    link = PageLink(text="Open", page="sites")
    blocks = content(
        Heading(text="Parks"),
        Text(text="t", style="note", document_ids=("paper",)),
        link,
        Notice(text="care", kind="caution"),
        Notice(text="none", kind="empty"),
        Notice(text="know"),
        Side(cells=((Text(text="left"),), (Text(text="right"),)), weights=(1, 1)),
        Details(title="More", blocks=(Text(text="in"),)),
        Entry(title="E", text="e", tags=("open", ""), facts=(("Due", "May"), ("x", "")), details=(Text(text="d"),)),
    )
    assert [block["kind"] for block in blocks] == [
        "heading",
        "text",
        "notice",
        "notice",
        "notice",
        "text",
        "text",
        "group",
        "entry",
    ]
    assert blocks[0] == {"kind": "heading", "level": 1, "text": "Parks"}
    assert (blocks[1]["style"], [mark["text"] for mark in blocks[1]["marks"]]) == ("note", ["[1]"])
    assert [(block["sign"], block["colour"]) for block in blocks[2:5]] == [
        ("▲", SURFACE["caution"][0]),
        ("○", SURFACE["line"][0]),
        ("●", SURFACE["line"][0]),
    ]
    assert [block["text"] for block in blocks[5:7]] == ["left", "right"]
    assert (blocks[7]["title"], blocks[7]["blocks"][0]["text"]) == ("More", "in")
    assert (blocks[8]["tags"], blocks[8]["facts"], blocks[8]["blocks"][0]["text"]) == (["open"], [["Due", "May"]], "d")


@pytest.mark.parametrize(("letters", "is_long"), [(1796, False), (1797, True)])
def test_a_very_long_entry_may_go_on_over_the_page(letters: int, is_long: bool) -> None:
    (entry,) = content(Entry(title="E", text="x" * letters, facts=(("Due", "four"),)))
    assert entry["is_long"] is is_long


def test_no_heading_lies_more_than_one_level_below_the_last() -> None:
    levels = [block["level"] for block in stepped([{"kind": "heading", "level": level} for level in (2, 2, 3, 1, 3)])]
    assert levels == [1, 2, 3, 1, 2]
    assert [block["level"] for block in content(Heading(text="a", level=3), Heading(text="b"))] == [1, 1]


def bars() -> Any:
    return small("bars", {"category": "a", "value": 1.0}, unit="animals", document_ids=("paper",))


def test_a_chart_is_a_drawing_with_its_rows_unless_pages_are_counted() -> None:
    picture, rows = content(bars())
    assert (picture["kind"], picture["title"], picture["alt"], picture["below"]) == (
        "picture",
        "How many?",
        "Made up.",
        "animals",
    )
    (drawing,) = picture["drawings"]
    height = float(drawing["svg"].partition(' height="')[2].partition('"')[0])
    assert drawing["height_mm"] == pytest.approx(height / 880 * 170)
    assert (rows["kind"], rows["title"]) == ("table", "Rows")
    assert [block["kind"] for block in content(bars(), most_pages=2)] == ["picture"]


def test_a_map_keeps_three_notes_where_pages_are_counted() -> None:
    spots = [{"longitude": x, "latitude": 45.0, "name": "P", "tooltip": ""} for x in (90.0, 130.0)]
    block = replace(made_up_map(), layers=(Points(rows=pd.DataFrame(spots)),))
    whole, paper = content(block)[0], content(block, most_pages=2)[0]
    assert len(whole["notes"]) > len(paper["notes"]) == 3
    assert whole["notes"][:3] == paper["notes"]


@pytest.mark.parametrize(
    ("size", "pages", "height"),
    [
        ("full", 0, 470),
        ("small", 0, 400),
        ("middle", 0, 430),
        ("tall", 0, 470),
        ("full", 1, 300),
        ("full", 2, 380),
        ("tall", 6, 380),
        ("small", 3, 400),
    ],
)
def test_maps_are_lower_where_pages_are_counted(size: Any, pages: int, height: float) -> None:
    assert map_height(replace(made_up_map(), size=size), document(most_pages=pages)) == height


def test_the_highest_picture_fits_a_sheet() -> None:
    assert highest_px(170) == 195
    assert highest_px(880) == pytest.approx(1009.4, abs=0.1)


def test_a_document_states_its_title_kind_date_and_lists() -> None:
    made = content_of(document(Text(text="t")))
    assert (made["title"], made["kind"], made["lang"]) == ("The page", "Brief", "en")
    assert made["running"] == "Brief · The page"
    assert made["foot"] == WORDS("take.records_to", date="20 November 2026")
    assert made["head"] == WORDS("take.head", date="20 November 2026", version="0123456789abcdef")
    assert made["facts"][0] == ["Country", "Mongolia"]
    assert [row["text"] for row in made["caveats"]][1] == "Press only: Only a press report says so."
    assert [(row["letter"], row["target"]) for row in made["caveats"]] == [("a", "caveat-a"), ("b", "caveat-b")]
    paper, news, _ = made["sources"]
    assert (paper["mark"], paper["target"], paper["url"], paper["lang"]) == (
        "[1]",
        "source-1",
        "https://example.org/a",
        "en",
    )
    assert (news["url"], news["url_shown"]) == ("", "")
    assert made["targets"] == ["caveat-a", "caveat-b", "source-1", "source-2", "source-3"]
    assert made["ink"] == {
        name: SURFACE[key][0]
        for name, key in (
            ("text", "text"),
            ("soft", "text_soft"),
            ("accent", "accent"),
            ("line", "line"),
            ("panel", "panel"),
        )
    }
    assert (made["is_paper"], made["is_run_in"], made["annex_from"], made["highest_mm"]) == (False, False, -1, 195)


def test_a_long_title_is_shortened_in_the_head_of_a_sheet() -> None:
    made = document()
    long = replace(made, page=replace(made.page, title="word " * 40))
    running = content_of(long)["running"]
    assert running.endswith("word …") and len(running) <= 72


def test_sources_have_an_address_only_on_the_web_and_the_language_of_the_page_where_theirs_is_unknown() -> None:
    made = document()
    rows = made.page.sources.assign(url=["ftp://x", "http://y", None], language=["ru-RU", None, "?"])
    sources = content_of(replace(made, page=replace(made.page, sources=rows)))["sources"]
    assert [(row["url"], row["url_shown"], row["lang"]) for row in sources] == [
        ("", "ftp://x", "ru"),
        ("http://y", "http://y", "en"),
        ("", "", "en"),
    ]


@pytest.mark.parametrize(("count", "pages", "has"), [(5, 0, False), (6, 0, True), (6, 2, False)])
def test_six_headings_make_a_table_of_contents_where_pages_are_not_counted(count: int, pages: int, has: bool) -> None:
    made = content_of(document(*(Heading(text=f"H{n}") for n in range(count)), most_pages=pages))
    assert made["has_contents"] is has


def test_an_annex_begins_behind_the_front_of_a_paper() -> None:
    blocks = (Metric(label="a", value="1"), Metric(label="b", value="2"), Text(text="front"), Text(text="annex"))
    made = content_of(document(*blocks, most_pages=2, annex_from=3))
    assert (made["annex_from"], len(made["blocks"])) == (2, 3)
    assert (made["is_paper"], made["is_run_in"]) == (True, False)
    front = content_of(document(*blocks, most_pages=2))
    assert (front["annex_from"], front["is_run_in"]) == (-1, True)
    assert front["sources"][0]["text"] == "Secretariat, 12 October 2020"
    assert made["sources"][1]["text"].startswith("An article · ")
