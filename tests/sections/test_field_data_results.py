"""The page of results: the answer, the figures, two lists side by side, what was left out, made-up and long results."""

from types import SimpleNamespace

import pandas as pd
import pytest

from neaspec.blocks import (
    Answer,
    Column,
    Details,
    Entry,
    Heading,
    Metric,
    Notice,
    Side,
    Tab,
    Table,
    Tabs,
    Text,
)
from neaspec.crossings.model.parameters import Parameters
from neaspec.crossings.model.records import DoubtfulRows, Recognised, RejectedRows
from neaspec.sections.field_data import compare, crossings, results, rules
from neaspec.sections.field_data.doubts import doubt_blocks
from neaspec.sections.field_data.page import files, formats
from neaspec.sections.field_data.paper import MOST_ROWS, cut_for_paper
from neaspec.sections.field_data.places import Gazetteer
from neaspec.sections.field_data.report import examples_words, note_words, report
from neaspec.sections.field_data.watermark import marked
from tests.support.made_crossings import CROSSING, STAY, rows
from tests.support.on_page import table

NAMES = {"steppe_cat": "Steppe cat"}
ZONE = {"grade": "border_zone_only"}


@pytest.fixture(scope="module")
def places(mini, words):
    return Gazetteer(mini, words)


@pytest.mark.parametrize(
    ("crossed", "animals", "sentence"),
    [
        ([{}], 1, "1 of 1 identified animals crossed between two countries: 1 crossing confirmed."),
        (
            [{}, {"from_country_code": "RUS", "to_country_code": "MNG"}],
            2,
            "1 of 2 identified animals crossed between two countries: 2 crossings confirmed.",
        ),
        (
            [{"grade": "probable", "individual_key": "T2"}, {}, {"from_country_code": "RUS", "to_country_code": "CHN"}],
            3,
            "2 of 3 identified animals crossed between 2 pairs of countries: 2 crossings confirmed, 1 "
            "crossing probable.",
        ),
        (
            [{}, ZONE | {"individual_key": "T2"}],
            2,
            "1 of 2 identified animals crossed between two countries: 1 crossing confirmed. Besides, 1 "
            "change of country "
            "lies in the border zone only and is not counted.",
        ),
        (
            [ZONE, ZONE],
            2,
            "No crossing: the 2 identified animals of these files were each recorded in one country only. Besides, 2 "
            "changes of country lie in the border zone only and are not counted.",
        ),
        ([], 1, "No crossing: the 1 identified animals of these files were each recorded in one country only."),
        ([], 0, "These files identify no animal, so that no crossing can be told."),
    ],
)
def test_the_answer_counts_animals_pairs_and_grades(words, crossed, animals, sentence):
    stays = rows(STAY, *({"individual_key": f"T{number}"} for number in range(1, animals + 1)))
    assert results.lead_words(words, rows(CROSSING, *crossed), stays) == sentence


def test_an_animal_in_the_border_zone_only_did_not_cross(words):
    told = rows(CROSSING, {}, {"grade": "probable"}, ZONE | {"individual_key": "T2"})
    cards = results.figures(words, told, rows(STAY, {}, {"stay": 2}, {"individual_key": "T2"}))
    assert [(card.label, card.value) for card in cards if isinstance(card, Metric)] == [
        ("Identified animals", "2"),
        ("Animals that crossed", "1"),
        ("Crossings confirmed", "1"),
        ("Crossings probable", "1"),
        ("Crossings in the border zone only", "1"),
    ]


def worked(stays: pd.DataFrame, **more: object) -> SimpleNamespace:
    given = {"stays": stays, "pairs": pd.DataFrame(), "both_sides": pd.DataFrame()} | more
    nothing = pd.DataFrame()
    return SimpleNamespace(
        results=SimpleNamespace(**given),
        matches=more.get("matches", nothing),
        conflicts=more.get("conflicts", nothing),
        unused=more.get("unused", nothing),
        doubts=more.get("doubts", DoubtfulRows()),
    )


PAIRS = pd.DataFrame(
    [
        {
            "species_id": "steppe_cat",
            "taxon": "Felis ficta",
            "country_a": "MNG",
            "country_b": "RUS",
            "confirmed": 2,
            "probable": 1,
            "border_zone_only": 0,
            "animals": 3,
            "a_to_b": 2,
            "b_to_a": 1,
        }
    ]
)
BOTH = pd.DataFrame(
    [
        {
            "individual_key": f"T{number}",
            "species_id": "steppe_cat",
            "taxon": "Felis ficta",
            "sex": sex,
            "country_a": "MNG",
            "country_b": "RUS",
            "data_sets_a": "north",
            "data_sets_b": "south",
            "grade": grade,
        }
        for number, sex, grade in ((1, "male", "confirmed"), (2, "", ""))
    ]
)


def animals(words, places, stays, crossed=({},), **more):
    told = crossings.told_stays(words, places, stays, NAMES)
    none = PAIRS.iloc[:0]
    given = worked(stays, **({"pairs": none, "both_sides": BOTH.iloc[:0]} | more))
    told_crossings = crossings.told_crossings(words, places, rows(CROSSING, *crossed), NAMES)
    return results.animals(words, places, given, told, told_crossings, NAMES)


def test_animals_known_on_both_sides_are_listed_with_their_best_crossing(words, places):
    blocks = animals(words, places, rows(STAY, {}), pairs=PAIRS, both_sides=BOTH)
    assert table(blocks, "pairs").rows[
        ["species_name", "first_country", "second_country", "animals_seen"]
    ].values.tolist() == [
        ["Steppe cat", "Mongolia", "Russian Federation", 3],
    ]
    both = table(blocks, "both_sides").rows
    assert both[["animal", "sex_words", "grade_words"]].values.tolist() == [
        ["T1", "male", "confirmed"],
        ["T2", "", "none from one straight to the other"],
    ]


def test_without_animals_on_both_sides_that_is_said_and_without_animals_nothing_else(words, places):
    blocks = animals(words, places, rows(STAY, {}))
    assert [block.text for block in blocks if isinstance(block, Notice)] == [words("field_data.both_none")]
    (alone,) = animals(words, places, rows(STAY))
    assert alone.text == words("field_data.result_lead_no_animals")


def test_a_crossing_in_the_border_zone_puts_no_animal_on_the_line_of_time(words, places):
    stays = rows(STAY, {}, {"individual_key": "T2", "individual": "T2"})
    chart = animals(words, places, stays, crossed=({}, ZONE | {"individual_key": "T2"}))[0]
    assert chart.rows["animal"].tolist() == ["T1"]


def test_stated_matches_are_folded_and_their_positions_withheld(words):
    stated = pd.DataFrame([dict.fromkeys(crossings.MATCH_COLUMNS, "x") | {"sample_id": "43.123, 131.456"}])
    (folded,) = crossings.matches(words, stated)
    assert folded.title.startswith(words("field_data.matches_table"))
    assert table([folded], "matches").rows["sample_id"].tolist() == ["[position withheld]"]
    assert crossings.matches(words, stated.iloc[:0]) == []


def test_identities_that_joined_nothing_are_listed_by_why(words):
    frame = pd.DataFrame([{"data_set": "north", "individual": "43.123, 131.456", "reason": "hidden"}])
    blocks = results.identities_not_used(words, worked(rows(STAY), conflicts=frame, unused=frame))
    assert [
        table([block], name).rows.values.tolist()
        for block, name in zip(blocks, ("identities_conflicts", "identities_unused"), strict=True)
    ] == [[["north", "[position withheld]"]]] * 2
    assert results.identities_not_used(words, worked(rows(STAY))) == []


def doubtful(**counts: int) -> DoubtfulRows:
    doubts = DoubtfulRows()
    for code, count in counts.items():
        doubts.add("a.csv", code, pd.Series(range(2, 2 + count)), "time", "1990")
    return doubts


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ({}, ""),
        ({"rounded": 2}, ""),
        ({"too_fast": 1, "rounded": 2}, " Doubtful: 1 record, none of which confirms a crossing."),
        ({"too_fast": 1, "clock_reset": 2}, " Doubtful: 3 records, none of which confirms a crossing."),
    ],
)
def test_the_answer_ends_with_what_confirms_no_crossing(words, counts, sentence):
    assert results.doubtful_words(words, worked(rows(STAY), doubts=doubtful(**counts))) == sentence


def test_doubts_that_withhold_come_first_and_say_what_they_do(words):
    heading, notice, listed = doubt_blocks(words, doubtful(rounded=2, clock_reset=1, too_fast=1))
    assert heading.text == "What is doubtful"
    assert notice.text == "2 records are doubtful: they support no confirmed crossing."
    assert listed.rows[["doubt_words", "source", "doubt_count", "first_rows", "doubt_effect"]].values.tolist()[0] == [
        "faster than the animal can be",
        "a.csv",
        1,
        "time: 1990 (line 2)",
        "supports no confirmed crossing",
    ]
    assert listed.rows["doubt_count"].tolist() == [1, 1, 2]
    assert listed.rows["doubt_do"].iloc[0] == f"{words('doubts.why_too_fast')} {words('doubts.do_too_fast')}"
    assert [type(block) for block in doubt_blocks(words, doubtful(rounded=1))] == [Heading, Table]
    assert [block.text for block in doubt_blocks(words, DoubtfulRows())][1] == "Nothing was found that is doubtful."


STAYS = rows(
    STAY,
    {"data_sets": "north | south"},
    {"individual_key": "T2", "data_sets": "north", "sex": "female"},
    {"individual_key": "T2", "stay": 2, "data_sets": "north", "sex": "male"},
    {"individual_key": "T3", "data_sets": "south", "age": "", "sex": ""},
    {"individual_key": "T4", "data_sets": "east"},
    {"individual_key": "T5", "data_sets": "south", "country_code": ""},
)


def test_data_sets_are_named_once_in_their_order():
    assert compare.data_sets(worked(STAYS)) == ["east", "north", "south"]
    assert compare.data_sets(worked(rows(STAY))) == []


def test_two_lists_are_never_added_without_what_they_share(words):
    caution, chart, split = compare.comparison(words, worked(STAYS), ("north", "south"), NAMES)
    assert isinstance(caution, Notice) and caution.kind == "caution"
    assert chart.rows[["category", "value", "mark"]].values.tolist() == [
        ["Steppe cat: in north", 2, "exact"],
        ["Steppe cat: in south", 2, "exact"],
        ["Steppe cat: sum of the two lists (counts some twice)", 4, "exact"],
        ["Steppe cat: distinct animals", 3, "exact"],
        ["Steppe cat: in both", 1, "exact"],
    ]
    assert split.rows.values.tolist() == [
        ["Steppe cat", "male", "adult", 0, 0, 1, 1],
        ["Steppe cat", "not stated", "adult", 1, 0, 0, 1],
        ["Steppe cat", "not stated", "not stated", 0, 1, 0, 1],
        ["Steppe cat", "all", "", 1, 1, 1, 3],
    ]


def test_lists_that_share_nothing_say_zero(words):
    _, chart, _ = compare.comparison(words, worked(STAYS), ("north", "east"), NAMES)
    assert chart.rows[["value", "mark"]].values.tolist()[-1] == [0, "zero"]


@pytest.mark.parametrize("compared", [None, ("west", "far")])
def test_without_two_lists_nothing_is_compared(words, compared):
    (notice,) = compare.comparison(words, worked(STAYS), compared, NAMES)
    assert notice.text == words("field_data.compare_none")


def recognised(source: str, *notes: str) -> Recognised:
    return Recognised(source, "movebank", "1.0", 5, 4, notes)


def test_a_report_lists_files_by_name_and_what_was_left_out_by_reason(words):
    dropped = RejectedRows()
    dropped.add("b.csv", "no_time", pd.Series([4]))
    dropped.add("a.csv", "duplicate", pd.Series([9, 8]), "id", "x")
    dropped.add("a.csv", "no_coordinates", pd.Series([3]))
    files_read, left_out = report(words, [recognised("b.csv"), recognised("a.csv", "not_used")], dropped)
    assert files_read.rows.values.tolist() == [
        ["a.csv", "Movebank", "1.0", 5, 4, words("field_data.note_not_used")],
        ["b.csv", "Movebank", "1.0", 5, 4, ""],
    ]
    assert isinstance(left_out, Table)
    assert left_out.rows[["source", "rows_left_out", "first_rows"]].values.tolist() == [
        ["a.csv", 1, "line 3"],
        ["a.csv", 2, "id: x (line 8), x (line 9)"],
        ["b.csv", 1, "line 4"],
    ]


@pytest.mark.parametrize(("reasons", "kind"), [(12, Table), (13, Details)])
def test_a_long_list_of_what_was_left_out_is_folded(words, reasons, kind):
    dropped = RejectedRows()
    for number in range(reasons):
        dropped.add(f"{number}.csv", "no_time", pd.Series([4]))
    assert isinstance(report(words, [recognised("a.csv")], dropped)[1], kind)


def test_nothing_recognised_and_nothing_left_out_are_sentences(words):
    assert [block.text for block in report(words, [], RejectedRows())] == [words("field_data.nothing_recognised")]
    assert report(words, [recognised("a.csv")], RejectedRows())[1].text == "No row was left out."


@pytest.mark.parametrize(
    ("examples", "said"),
    [
        ([(3, "", "")], "line 3"),
        ([(3, "time", "x")], "time: x (line 3)"),
        ([(0, "", "A and B")], "A and B"),
        ([(1, "a", "x"), (2, "b", ""), (3, "a", "y")], "a: x (line 1), y (line 3); b: line 2"),
        ([(1, "", "x"), (2, "", "x"), (3, "", "x"), (4, "", "x")], "x (line 1), x (line 2), x (line 3)"),
        ([], ""),
    ],
)
def test_the_first_rows_are_told_by_column(words, examples, said):
    from neaspec.crossings.model.records import Example

    assert examples_words(words, [Example(*example) for example in examples]) == said


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("read_as_latin1", "The text was read as latin1."),
        ("read_as_cp1251", "Read as Cyrillic text (Windows-1251), as it is not UTF-8."),
        ("sex_code_not_known", "Some values of sex code are not known and were left out."),
        ("country_not_known", "Some stations declare a country that is not known; it was left out."),
    ],
)
def test_a_note_of_a_reader_is_a_sentence(words, note, said):
    assert note_words(words, note) == said


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("border_zone_m", 5000.0, "5 km"),
        ("coast_m", 22224.0, "22.224 km"),
        ("minutes_for_confirmed", 30.0, "30 minutes"),
        ("silence_days", 1826.0, "1,826 days"),
        ("bird_kmh", 160.0, "160 km/h"),
        ("device_year", 1990, "1990"),
        ("smallest_cell", 3, "3"),
    ],
)
def test_a_number_of_the_definition_has_its_unit(words, name, value, said):
    assert rules.value_words(words, name, value) == said


def test_the_definition_lists_grades_and_numbers_behind_their_titles(words):
    blocks = rules.definition(words)
    assert [block.text for block in blocks[:5]] == [
        words(f"field_data.definition_{part}") for part in ("country", "stay", "crossing", "time", "doubt")
    ]
    assert [block.text for block in blocks[5].blocks] == [
        words(f"field_data.definition_{grade}") for grade in ("confirmed", "probable", "border_zone_only")
    ]
    assert len(table([blocks[6]], "parameters").rows) == len(Parameters().stated())


def test_rules_of_the_public_level_are_told_in_words(mini, words):
    (folded,) = rules.species_rules(mini, words)
    assert table([folded], "rules").rows[
        ["group_words", "record_words", "place_words", "time_words", "reason", "review_date"]
    ].values.tolist() == [
        [
            words.term("taxon_group", "big_cat"),
            words.term("record_kind", "seen"),
            words.term("public_level", "protected_area"),
            "season",
            "Made up.",
            "2030",
        ],
    ]


def test_formats_and_limits_are_stated(words):
    _, listed, sizes = formats(words)
    assert listed.rows[["standard_name", "file_types"]].values.tolist()[0] == [
        "Camtrap DP",
        words("field_data.types_camtrap_dp"),
    ]
    assert "csv, tsv, txt, gen, gz, zip, xlsx, json, xml, gpx, geojson" in sizes.text
    assert "after 2 minutes" in files(words)[1].text


def made_table(count: int) -> Table:
    return Table(
        title="T", columns=(Column(name="a", label="A"),), rows=pd.DataFrame({"a": range(count)}), file_name="t"
    )


@pytest.mark.parametrize(("count", "kept", "notes"), [(2, 2, 0), (3, 3, 0), (4, 3, 1)])
def test_long_tables_end_on_paper_wherever_they_stand_and_say_so(words, count, kept, notes):
    long = made_table(count)
    blocks = cut_for_paper(
        words,
        (
            long,
            Details(title="D", blocks=(long,)),
            Tabs(tabs=(Tab(key="k", title="K", blocks=(long,)),)),
            Side(cells=((long,),), weights=(1.0,)),
            Entry(title="E", details=(long,)),
            Text(text="stays"),
        ),
        3,
    )
    inside = [blocks[: 1 + notes], *(block.blocks for block in blocks if isinstance(block, Details))]
    inside += [block.tabs[0].blocks for block in blocks if isinstance(block, Tabs)]
    inside += [block.cells[0] for block in blocks if isinstance(block, Side)]
    inside += [block.details for block in blocks if isinstance(block, Entry)]
    for shown in inside:
        assert len(shown[0].rows) == kept
        assert [block.text for block in shown[1:]] == [words("field_data.paper_rows", shown="3", count="4")] * notes
    assert len(inside) == 5 and blocks[-1].text == "stays"


def test_a_chart_keeps_its_picture_and_its_list_ends(words, places):
    told = crossings.told_stays(words, places, rows(STAY, {}, {"stay": 2}), NAMES)
    chart, note = cut_for_paper(words, tuple(crossings.timeline(words, told, pd.Series(["T1"]))), 1)
    assert (len(chart.rows), len(chart.table.rows), note.style) == (2, 1, "note")
    assert MOST_ROWS == 500


def test_what_is_made_up_says_so_in_every_title_and_row(words, places):
    told = crossings.told_stays(words, places, rows(STAY, {}), NAMES)
    chart = crossings.timeline(words, told, pd.Series(["T1"]))[0]
    inner = (
        made_table(1),
        Metric(label="M", value="1"),
        Heading(text="H"),
        Answer(text="A"),
        Entry(title="E", details=(made_table(1),)),
        Side(cells=((made_table(1),),), weights=(1.0,)),
        chart,
    )
    tabs, details = marked(
        words, (Tabs(tabs=(Tab(key="k", title="K", blocks=inner),)), Details(title="D", blocks=(Text(text="T"),)))
    )
    listed, card, heading, answer, entry, side, drawn = tabs.tabs[0].blocks
    assert [tabs.tabs[0].title, details.title, listed.title, card.label, heading.text, answer.text, entry.title] == [
        f"MADE UP · {name}" for name in ("K", "D", "T", "M", "H", "A", "E")
    ]
    for made in (listed, entry.details[0], side.cells[0][0], drawn.table):
        assert made.rows.columns[0] == "is_made_up" and set(made.rows["is_made_up"]) == {"MADE UP"}
        assert made.columns[0].label == "Made up" and made.file_name.startswith("MADE-UP-")
    assert drawn.title.startswith("MADE UP · ") and drawn.alt.startswith("MADE UP · ")
    assert details.blocks[0].text == "T"
