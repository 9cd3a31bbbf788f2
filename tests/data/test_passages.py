"""Passages are cut as locators name them, and what must stand in them is found: on made-up text, faults included."""

import pytest

from neaspec.data.passages import (
    NoPassageError,
    component_columns,
    cut_marked_up,
    cut_paper,
    cut_sections,
    items,
    locate,
)
from tests.support.own_words import copied_runs, runs_of
from tests.support.passage_check import columns_of, misses
from tests.support.passage_words import (
    Names,
    date_tokens,
    is_said,
    numbers_in,
    row_tokens,
    said_in,
    states_in,
    text_tokens,
)

LONG = "These are words of a paragraph that runs on for longer than any cell of any table does,"
PAPER = f"""
 I. BACKGROUND
1.

The pond was surveyed in 2011.1 It has two islets and many more words, so that the line is a long one.

Ponds and their frogs
2. Frogs were counted by Finland and
 3
Sweden (see Table 1):
i.

in spring; and

ii.

in autumn

Table 1 Frogs of the pond
Spring
 12 frogs

3.

 Autumn
15 frogs
{LONG}
and gives 27 frogs in all.
 Book of Ponds (2012)
http://example.org/ponds.pdf
 II. (A) PROGRESS OF THE WORK

Workshop on ponds

The workshop of May 2013 had 61 guests. {LONG}
5. The Meeting may wish to (a) welcome the pond, (i) as it is, (ii) as it was; and (b) build a second one.
4 A title of a note
"""
NOTE = """
Ponds of the North
Concept note
It tells of ponds.
1. Background
The pond is old.
[Table 1] Ponds
Area 12 ha
1.1. [Frogs] What is known
i. Frogs in (i) the pond and (ii) the lake
ii. Frogs elsewhere
[Table 2] Frogs
27 frogs
[Figure 1] Where frogs are
The report is under preparation.
2.1 Objectives
To count again.
"""
SLIDES = """
## Note
### Workshop on ponds
3 May 2013
#### Background
Frogs are **many**.

<sup>2</sup> Book of frogs, 2012

**Table 1. Ponds**

Pond\tComponent 1\tComponent 2
When\tMay 2013\tJune 2014
Who\tYes\tFrogs\tToads
Sum\t12\t15\t
After the table.
## Programme
\tSession 1. Frogs\n\t14:00
\tSession 2. Toads
# WAY FORWARD
May 2015\tcount again
\\*\\* L-a frog; M-a toad; R- a newt
"""


def test_paragraphs_are_cut_where_their_numbers_stand():
    paper = cut_paper(PAPER, first_footnote=3)
    assert "2011" in locate(paper, "para. 1")
    assert "Frogs" not in locate(paper, "para. 1")
    assert "Finland" in locate(paper, "para. 2")
    assert "workshop" not in locate(paper, "para. 2")


def test_a_number_inside_a_table_leaves_its_cells_to_the_table():
    paper = cut_paper(PAPER, first_footnote=3)
    assert {"12", "15"} <= set(locate(paper, "Table 1").split())
    assert "27" in locate(paper, "para. 3")
    assert "15" not in locate(paper, "para. 3")
    assert "27" not in locate(paper, "Table 1")


def test_a_paragraph_whose_number_is_lost_is_the_text_below_its_heading():
    assert "61 guests" in locate(cut_paper(PAPER, first_footnote=3), "para. 4")


def test_headings_are_passages_and_stand_before_what_is_under_them():
    paper = cut_paper(PAPER, first_footnote=3)
    assert locate(paper, "heading before para. 2").strip() == "Ponds and their frogs"
    assert locate(paper, "para. 2").startswith("Ponds and their frogs")


def test_footnotes_have_the_number_they_bear_or_the_next_one():
    paper = cut_paper(PAPER, first_footnote=3)
    assert "example.org" in locate(paper, "footnote 3")
    assert locate(paper, "footnote 4") == "4 A title of a note"
    assert "example.org" not in locate(paper, "para. 3")


def test_several_passages_and_parts_of_them_can_be_named():
    paper = cut_paper(PAPER, first_footnote=3)
    both = locate(paper, "paras. 1 and 3; Table 1, component 3")
    assert {"2011.1", "27", "12"} <= set(both.split())
    assert locate(paper, "paras. 1-3").count("frogs") >= 1
    assert "autumn" in locate(paper, "para. 2(ii)")
    assert "spring" not in locate(paper, "para. 2(ii)")
    assert locate(paper, "para. 5(a)(ii)").endswith("(ii) as it was; and")
    assert "second" in locate(paper, "para. 5(b)")
    assert locate(paper, "para. 5 (study partner)") == locate(paper, "para. 5")


@pytest.mark.parametrize("locator", ["para. 9", "Table 7", "para. 1(c)", "slide Nothing", "paras. x"])
def test_a_passage_that_is_not_there_is_an_error(locator):
    with pytest.raises(NoPassageError):
        locate(cut_paper(PAPER), locator)


def test_sections_tables_and_what_follows_a_figure_are_told_apart():
    note = cut_sections(NOTE)
    assert "It tells" in locate(note, "Introduction")
    assert "old" in locate(note, "section 1") and "12 ha" not in locate(note, "section 1")
    assert "12 ha" in locate(note, "1 Background; Table 1")
    assert "under preparation" in locate(note, "section 1.1 (end)")
    assert "27" in locate(note, "Table 2") and "27" not in locate(note, "section 1.1")
    assert "elsewhere" not in locate(note, "sect. 1.1 (i)")
    assert "lake" in locate(note, "section 1.1 i")
    assert "count again" in locate(note, "section 2.1")


def test_slides_are_found_by_words_of_their_headings():
    slides = cut_marked_up(SLIDES)
    assert "many" in locate(slides, "Background") and "After the table" in locate(slides, "Background")
    assert "12" not in locate(slides, "Background")
    assert "count again" in locate(slides, "slide Way forward")
    assert "newt" in locate(slides, "slide photos")
    assert "2012" in locate(slides, "footnote 2")
    assert "Toads" in locate(slides, "Programme, session 2")
    assert "Frogs" not in locate(slides, "Programme, session 2")
    assert "3 May 2013" in locate(slides, "Title")


def test_a_table_with_a_column_for_each_component_is_cut_by_component():
    slides = cut_marked_up(SLIDES)
    first, second = (locate(slides, f"Table 1, component {number}") for number in (1, 2))
    assert "May 2013" in first and "June 2014" not in first
    assert "Toads" in second and "Frogs" not in second
    assert "15" in second and "12" not in second
    assert component_columns("Pond\tArea\nA\t12") == {}


def test_an_item_comes_with_the_words_before_its_list():
    assert items("Asked are: (a) one; (b) two.", ["b"]) == "Asked are: (b) two."


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1,416.13 ha and 8,000 ha", {1416.13, 8000}),
        ("in 2007.1 and 2014,5 of 2007)11", {2007, 2014, 11}),
        ("thirty-seven countries, the twenty-second meeting", {37, 22}),
        ("SOM-12, COP15, 28-29 May", {12, 15, 28, 29}),
        ("42°30′00″N", {42.5}),
        ("both sides, a single letter, the third edition", {2, 1, 3}),
        ("no individuals", {0}),
    ],
)
def test_numbers_are_found_in_any_way_of_writing(text, numbers):
    assert numbers <= numbers_in(text)


def test_states_are_found_by_all_their_names():
    assert states_in("the DPRK and Mongolian\nborders; Sino-\nRussian") == {"PRK", "MNG", "CHN", "RUS"}
    assert states_in("the Democratic People's Republic of Korea") == {"PRK"}
    assert states_in("the Republic of Korea") == {"KOR"}
    assert len(states_in("All member States agreed")) == 6
    assert "State:JPN" in text_tokens("Asked of all member States.", set())
    assert text_tokens("Sites in five member States.", set()) == ["number:5"]


def test_dates_are_year_month_and_day():
    assert date_tokens("2024-08-28") == ["number:2024", "month:8", "number:28"]
    assert date_tokens("2020") == ["number:2020"]


def test_our_words_ask_for_numbers_states_and_names():
    tokens = text_tokens(
        "Rason has 49 frogs since May, says SOM-22; three ponds lie in Mongolia by Khan Lake.", {"rason"}
    )
    assert tokens == [
        "number:3",
        "number:49",
        "meeting:22",
        "State:MNG",
        "name:Rason",
        "month:5",
        "name:Khan",
        "name:Lake",
    ]
    assert text_tokens("Ponds are old.", {"rason"}) == []


NAMES = Names(
    things={
        "sites pond": ("Old Pond Reserve", "OPR"),
        "organisations hall": ("Government of Mongolia",),
        "species frog": ("Marsh frog",),
    },
    states={"sites pond": frozenset({"JPN"})},
    short={"opr": ("Old Pond Reserve",)},
)


@pytest.mark.parametrize(
    ("token", "passage", "said"),
    [
        ("number:49", "49 frogs", True),
        ("number:49", "48 frogs", False),
        ("month:7", "since late July", True),
        ("month:7", "since June", False),
        ("State:JPN", "the Old Pond", True),  # it lies there
        ("State:MNG", "the Old Pond", False),
        ("thing:sites pond", "in the OPR", True),
        ("thing:sites pond", "in the New Pond", False),
        ("thing:organisations hall", "paid by Mongolia", True),
        ("thing:organisations hall", "paid by Japan", False),
        ("thing:species frog", "Marsh frogs", True),
        ("thing:species frog", "Tree frogs", False),
        ("name:Khan", "by Khan's lake", True),
        ("name:Khan", "by another lake", False),
        ("name:Pond", "in the OPR", True),
        ("whole:Old-Pond Reserve", "the Old Pond\nReserve", True),
        ("whole:Old Pond Reserve", "the Reserve of the Old Pond", False),
        ("meeting:22", "the twenty-second Senior Officials Meeting", True),
        ("meeting:22", "22 frogs", False),
        ("name:COP14", "at Ramsar COP-14", True),
        ("name:COP14", "at Ramsar COP-15", False),
    ],
)
def test_a_token_is_said_or_not(token, passage, said):
    assert is_said(token, said_in(passage), NAMES) is said


def test_a_row_asks_for_its_figures_dates_states_and_things():
    row = {
        "count_id": "a",
        "value": "49",
        "date_from": "2016-03",
        "country_codes": "CHN RUS",
        "site_id": "pond",
        "component_id": "x_c2",
        "meeting_id": "som_22",
        "note": "Seen in 1999.",
    }
    assert row_tokens(row, columns_of("counts", row, "count_id"), set()) == [
        "number:49",
        "number:2016",
        "month:3",
        "State:CHN",
        "State:RUS",
        "thing:sites pond",
        "number:2",
        "meeting:22",
    ]


def test_what_was_worked_out_and_what_is_missing_need_not_be_in_the_document():
    derived = {"count_id": "a", "value": "49", "is_derived": "true"}
    gap = {"gap_id": "a", "what": "Nothing is told of Atlantis.", "site_id": "pond"}
    assert row_tokens(derived, columns_of("counts", derived, "count_id"), set()) == []
    assert row_tokens(gap, columns_of("gaps", gap, "gap_id"), set()) == ["thing:sites pond"]


@pytest.mark.parametrize(
    ("change", "missed"),
    [
        ({}, []),
        ({"value": "16"}, ["number:16"]),
        ({"year_from": "2012"}, ["number:2012"]),
        ({"what": "Told by the Frog Council."}, ["name:Council"]),
        ({"species_id": "wolf"}, ["thing:species wolf"]),
        ({"country_code": "MNG"}, ["State:MNG"]),
        ({"locator": "para. 1"}, ["number:27", "thing:species frog"]),
        ({"locator": "para. 77"}, ["locator"]),
    ],
)
def test_planted_faults_are_found_in_a_row(change, missed):
    names = Names({"species frog": ("Frog",), "species wolf": ("Wolf",)}, {}, {})
    row = {
        "count_id": "frogs",
        "value": "27",
        "document_id": "som_24_paper",
        "locator": "para. 3",
        "species_id": "frog",
    }
    sources = {"som_24_paper": cut_paper(PAPER)}
    found = misses("counts", "frogs", row | change, sources, names, set())
    assert [miss.token for miss in found] == missed


def test_a_sentence_as_printed_is_found_and_one_written_anew_or_a_name_is_not():
    printed = "The two parks agreed to exchange the pictures of all their cameras once a year from then on."
    runs = runs_of([printed])
    assert next(
        copied_runs("It is said that the two parks agreed to exchange the pictures of all their cameras.", (), runs)
    )
    assert not list(copied_runs("Each year the two parks give each other the pictures of their cameras.", (), runs))
    name = "forum on the exchange of pictures of all cameras of both parks across the border of the two states"
    assert list(copied_runs(f"Held: {name}.", (), runs_of([name])))
    assert not list(copied_runs(f"Held: {name}.", (name,), runs_of([name])))
