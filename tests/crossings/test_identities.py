"""One animal is one only where a data set or a stated match says so; nobody's animal is nobody's."""

import time

import numpy as np
import pandas as pd
import pytest

from neaspec.crossings.identity.identities import SEEN_COLUMNS, assign_keys, find_conflicts
from neaspec.crossings.identity.matches import find_unused
from neaspec.crossings.identity.unidentified import are_unidentified, says_unidentified
from neaspec.crossings.model.reading import IDENTITY_COLUMNS, SAMPLE_COLUMNS, Reading
from neaspec.crossings.model.records import as_records
from neaspec.errors import InputError


def records(*rows: dict[str, str]) -> pd.DataFrame:
    names = {name for row in rows for name in row}
    columns = {name: [row.get(name, "china" if name == "data_set" else "") for row in rows] for name in names}
    given = {"data_set": "china", "source": "china.zip"} | columns | {"row": range(2, len(rows) + 2)}
    return as_records(given, len(rows))


def reading(identities: list[tuple[str, str, str]] = (), samples: list[tuple[str, str]] = ()) -> Reading:
    stated = pd.DataFrame([(*row, "", "", "", "") for row in identities], columns=list(IDENTITY_COLUMNS), dtype="str")
    sampled = pd.DataFrame([(*row, "", "", "", "") for row in samples], columns=list(SAMPLE_COLUMNS), dtype="str")
    return Reading(identities=stated, samples=sampled)


def seen(keyed: pd.DataFrame) -> pd.DataFrame:
    return keyed[list(SEEN_COLUMNS)].drop_duplicates(ignore_index=True)


def keys(made: pd.DataFrame) -> list[str]:
    return made["individual_key"].tolist()


JOINED = reading([("china", "T03", "tiger 1"), ("russia", "F-12", "tiger 1")])
PAIR = ({"individual": "T03"}, {"data_set": "russia", "individual": "F-12"})


def test_names_are_unique_only_inside_a_data_set():
    made, dropped = assign_keys(records({"individual": "M1"}, {"data_set": "russia", "individual": "M1"}), Reading())
    assert keys(made) == ["china: M1", "russia: M1"]
    assert not dropped.counts


def test_a_stated_identity_joins_animals_of_two_data_sets():
    assert keys(assign_keys(records(*PAIR), JOINED)[0]) == ["tiger 1", "tiger 1"]


def test_white_space_is_evened_out_but_case_and_spelling_are_never_guessed():
    made, _ = assign_keys(
        records(*({"individual": name} for name in (" T03 ", "T\u00a03", "T  3", "t03", "Shonkor", "Shonkhor"))), JOINED
    )
    assert keys(made) == ["tiger 1", "china: T 3", "china: T 3", "china: t03", "china: Shonkor", "china: Shonkhor"]
    assert made["individual"].tolist()[0] == "T03"


def test_white_space_in_the_stated_table_is_evened_out_too():
    stated = reading([(" china", "T 3 ", "tiger 1")])
    assert keys(assign_keys(records({"individual": "T\t3"}), stated)[0]) == ["tiger 1"]


def test_a_sample_has_the_animal_its_match_table_states_and_a_stated_identity_comes_first():
    given = reading([("china", "T03", "tiger 1")], [("S1", "match: lab T7"), ("S2", "match: lab T8")])
    made, dropped = assign_keys(
        records({"sample_id": "S1"}, {"sample_id": " S2", "individual": "T03"}, {"sample_id": "S9"}), given
    )
    assert keys(made) == ["match: lab T7", "tiger 1"]
    assert made["individual"].tolist() == ["sample S1", "T03"]
    assert dropped.counts == {("china.zip", "unidentified"): 1}


NOBODY = [
    "",
    " ",
    "?",
    "F8?",
    "Superman Cub #2 or #3?",
    "Superman Cub #2 or #3",
    "unknown",
    "UNKNOWN",
    "Unknown male 2",
    "unk",
    "UNK-03",
    "Unidentified",
    "not identified",
    "leopard unidentified",
    "n/a",
    "N/A",
    "NA",
    "nan",
    "None",
    "null",
    "-",
    "—",
    "...",
    "(unknown)",
    "NEC",
    "Not enough cat",
    "no id",
    "indet.",
    "неизвестно",
    "Неизвестный самец",
    "не определён",
    "неопознан",
    "н/д",
    "нет данных",
    "未知",
    "不明",
    "不明个体",
    "未识别",
    "不詳",
    "個体不明",
    "未同定",
    "미상",
    "불명",
    "개체 미확인",
    "알 수 없음",
    "тодорхойгүй",
    "Үл мэдэгдэх",
    "unknown_leopard_1",
    "ＵＮＫＮＯＷＮ",
    "？",
]
SOMEBODY = [
    "MADE-UP-03",
    "F8/Agnes cub1",
    "Superman",
    "T033",
    "NA-03",
    "Nina",
    "Unka",
    "Orlik",
    "Nechto",
    "Victor",
    "NI7",
    "0",
    "B9FE31",
    "Uma",
    "Нарва",
    "Тарзан",
    "Неман",
    "飞飞",
    "無双",
    "한라",
    "Order 66",
    "None the wiser",
    "Agnes cub #1 (2009)",
    "NEC-01",
    "nec 2",
    "Amur",
    "Female 2",
    "F1",
    "2M",
    "Young Chief",
]


@pytest.mark.parametrize("name", NOBODY)
def test_a_name_that_says_nobody_knows_is_nobody(name):
    assert says_unidentified(name)


DOUBT = ["probably T3", "not sure T3", "T3 maybe", "cf. T3", "возможно Т3", "T3 可能", "아마 T3"]
CLASSES = [
    "male",
    "Female",
    "2 cubs",
    "tiger",
    "Adult female",
    "mother with 2 cubs",
    "самка",
    "самка с 2 тигрятами",
    "雌虎",
    "オス",
    "수컷",
    "эр",
    "M",
    "3 adults",
]


@pytest.mark.parametrize("name", DOUBT)
def test_a_name_in_doubt_is_nobody(name):
    assert says_unidentified(name)


@pytest.mark.parametrize("name", CLASSES)
def test_a_word_for_what_was_seen_names_no_animal_unless_it_carries_a_tag(name):
    made, dropped = assign_keys(records({"individual": name, "evidence": "camera"}), Reading())
    assert made.empty and dropped.counts == {("china.zip", "unidentified"): 1}
    assert len(assign_keys(records({"individual": name, "evidence": "gps"}), Reading())[0]) == 1


@pytest.mark.parametrize("name", SOMEBODY)
def test_a_name_that_is_no_class_is_an_animal(name):
    assert len(assign_keys(records({"individual": name, "evidence": "camera"}), Reading())[0]) == 1


@pytest.mark.parametrize("name", SOMEBODY)
def test_a_name_is_a_name(name):
    assert not says_unidentified(name)


def test_unidentified_animals_are_left_out_with_where_they_stand():
    made, dropped = assign_keys(records(*({"individual": name} for name in ("T03", "", "NEC", "T03?"))), Reading())
    assert keys(made) == ["china: T03"]
    assert dropped.counts == {("china.zip", "unidentified"): 3}
    told = dropped.examples[("china.zip", "unidentified")]
    assert [(example.row, example.column, example.found) for example in told] == [
        (3, "individual", ""),
        (4, "individual", ""),
        (5, "individual", ""),  # what stood there is not repeated
    ]


def test_a_person_may_state_who_a_doubtful_animal_is_or_that_nobody_knows_one():
    given = reading([("china", "T03?", "tiger 1"), ("china", "X1", "unknown")])
    made, dropped = assign_keys(records({"individual": "T03?"}, {"individual": "X1"}), given)
    assert keys(made) == ["tiger 1"]
    assert dropped.counts == {("china.zip", "unidentified"): 1}


def test_unidentified_animals_of_two_data_sets_never_become_one():
    made, _ = assign_keys(records({"individual": "unknown"}, {"data_set": "russia", "individual": "unknown"}), JOINED)
    assert made.empty and "individual_key" in made


@pytest.mark.parametrize(
    ("column", "one", "other", "is_conflict"),
    [
        ("sex", "female", "male", True),
        ("sex", "female", "female", False),
        ("sex", "", "male", False),
        ("taxon", "Panthera tigris altaica", "Panthera pardus", True),
        ("taxon", "Amur tiger", "Panthera tigris", False),
        ("taxon", "Panthera tigris", "Panthera tigris altaica", False),
        ("taxon", "Felidae", "Panthera pardus", False),
        ("taxon", "Grus vipio", "Antigone vipio", False),
        ("taxon", "Panthera sp.", "Panthera pardus", False),
        ("taxon", "Grus monacha", "Antigone vipio", True),
        ("taxon", "", "Panthera pardus", False),
    ],
)
def test_an_identity_of_two_species_or_sexes_is_told(column, one, other, is_conflict):
    given = records(PAIR[0] | {column: one}, PAIR[1] | {column: other}, {"individual": "T04", column: one})
    made, _ = assign_keys(given, JOINED)
    assert keys(made) == ["tiger 1", "tiger 1", "china: T04"]
    told = find_conflicts(seen(made))
    assert len(told) == is_conflict
    if is_conflict:
        assert told.iloc[0].tolist() == ["tiger 1", column, f"china: T03 = {one}; russia: F-12 = {other}"]


def test_a_data_set_that_contradicts_itself_proves_nothing_about_a_match():
    given = records(PAIR[0] | {"sex": "female"}, PAIR[0] | {"sex": "male"}, PAIR[1] | {"sex": "male"})
    made, _ = assign_keys(given, JOINED)
    assert keys(made) == ["tiger 1"] * 3
    assert find_conflicts(seen(made)).empty


def test_reading_in_parts_gives_the_keys_of_reading_at_once():
    given = records(
        PAIR[0] | {"sex": "female"},
        {"individual": "T04"},
        {"sample_id": "S1", "sex": "male"},
        PAIR[1] | {"sex": "male"},
        {"individual": "?"},
        {"individual": "T05", "sex": "male"},
    )
    stated = reading(
        [("china", "T03", "tiger 1"), ("russia", "F-12", "tiger 1"), ("china", "T05", "tiger 2")], [("S1", "tiger 2")]
    )
    at_once, dropped = assign_keys(given, stated)
    for size in (1, 2, 5):
        parts = [assign_keys(given[at : at + size], stated) for at in range(0, len(given), size)]
        pd.testing.assert_frame_equal(pd.concat([part for part, _ in parts]), at_once)
        assert sum((part.counts for _, part in parts), dropped.counts.__class__()) == dropped.counts
    assert keys(at_once) == ["tiger 1", "china: T04", "tiger 2", "tiger 1", "tiger 2"]


def test_two_keys_for_one_animal_or_sample_are_an_error_that_names_all():
    stated = reading(
        [("china", "T03", "tiger 1"), ("china", "T03 ", "tiger 2"), ("china", "T04", "a")], [("S1", "a"), ("S1", "b")]
    )
    with pytest.raises(InputError) as told:
        assign_keys(records({"individual": "T04"}), stated)
    assert len(told.value.problems) == 2
    assert "'T03'" in told.value.problems[0] and "'tiger 2'" in told.value.problems[0]
    assert "'S1'" in told.value.problems[1]


def test_statements_no_record_uses_are_found():
    stated = reading([("china", "T03", "tiger 1"), ("China", "T03", "tiger 1"), ("china", "T3", "tiger 1")])
    made, _ = assign_keys(records(PAIR[0]), stated)
    assert find_unused(seen(made), stated)[["data_set", "individual"]].to_numpy().tolist() == [
        ["China", "T03"],
        ["china", "T3"],
    ]


def test_the_order_of_rows_and_statements_changes_nothing():
    given = records(*PAIR, {"individual": "T04"}, {"individual": "unknown"})
    made, dropped = assign_keys(given, JOINED)
    turned = Reading(identities=JOINED.identities[::-1], samples=JOINED.samples)
    again, dropped_again = assign_keys(given[::-1], turned)
    pd.testing.assert_frame_equal(again.sort_index(), made)
    assert dropped == dropped_again


def test_no_records_give_no_records():
    made, dropped = assign_keys(records(), JOINED)
    assert made.empty and "individual_key" in made and not dropped.counts


def test_a_million_records_have_their_keys_in_seconds():
    count = 1_000_000
    number = np.arange(count) % 5_000
    given = as_records({"data_set": "china", "source": "a", "individual": pd.Series(number).astype("str")}, count)
    start = time.perf_counter()
    made, _ = assign_keys(given, JOINED)
    assert time.perf_counter() - start < 10
    assert made["individual_key"].nunique() == 5_000
    assert are_unidentified(given["individual"]).sum() == 0
