"""Names of animals joined, kept apart, contradicted or unused; words that name nobody; stated matches."""

import pandas as pd
import pytest

from neaspec.crossings.identity.identities import (
    SEEN_COLUMNS,
    assign_keys,
    even_set_names,
    even_spaces,
    final_keys,
    find_conflicts,
    find_joined_names,
    find_names_of_two_species,
    stated_keys,
    without_decimals,
)
from neaspec.crossings.identity.matches import add_samples_of, find_contradicted, find_joining_matches, find_unused
from neaspec.crossings.identity.unidentified import are_classes, are_unidentified, names_a_class, says_unidentified
from neaspec.crossings.model.reading import IDENTITY_COLUMNS, SAMPLE_COLUMNS, SAMPLED_COLUMNS, Reading
from neaspec.crossings.model.records import as_records
from neaspec.errors import InputError

TIGER, LEOPARD = "Panthera tigris", "Panthera pardus"


def statements(*rows: tuple[str, ...]) -> pd.DataFrame:
    """Make statements of (key, data set, name[, taxon[, sex]])."""
    return pd.DataFrame([(*row, *[""] * (5 - len(row))) for row in rows], columns=list(SEEN_COLUMNS), dtype="str")


def reading(
    identities: tuple[tuple[str, str, str], ...] = (),
    samples: tuple[tuple[str, str], ...] = (),
    sampled: tuple[tuple[str, str, str], ...] = (),
) -> Reading:
    return Reading(
        identities=pd.DataFrame(
            [(*row, "", "", "", "") for row in identities], columns=list(IDENTITY_COLUMNS), dtype="str"
        ),
        samples=pd.DataFrame([(*row, "", "", "", "") for row in samples], columns=list(SAMPLE_COLUMNS), dtype="str"),
        sampled=pd.DataFrame(sampled, columns=list(SAMPLED_COLUMNS), dtype="str"),
    )


def test_white_space_is_evened_and_a_colon_in_a_data_set_cannot_be_taken_for_the_end_of_it() -> None:
    texts = pd.Series([" a  b ", "a\u00a0b", "a\tb\n", ""], index=[5, 6, 7, 8])
    assert even_spaces(texts).to_dict() == {5: "a b", 6: "a b", 7: "a b", 8: ""}
    assert even_set_names(pd.Series(["a: b: c", "a:b"])).tolist() == ["a:\u00a0b:\u00a0c", "a:b"]


def keys(*rows: dict[str, str], given: Reading | None = None) -> list[tuple[str, str]]:
    usual = {"data_set": "a", "source": "a.csv", "individual": "", "sample_id": "", "evidence": "camera"}
    table = pd.DataFrame([usual | row for row in rows])
    made, _ = assign_keys(as_records({str(name): table[name] for name in table}, len(table)), given or Reading())
    return list(zip(made["individual_key"], made["individual"], strict=True))


def test_two_data_sets_whose_names_run_into_each_other_are_two() -> None:
    first, second = keys({"data_set": "a: b", "individual": "c"}, {"data_set": "a", "individual": "b: c"})
    assert first[0] != second[0]


def test_a_stated_name_comes_before_a_sample_and_a_sample_before_the_own_name() -> None:
    given = reading((("a", "T1", "k1"),), (("S1", "k2"),))
    rows = (
        {"individual": "T1", "sample_id": "S1"},
        {"individual": "T2", "sample_id": "S1"},
        {"sample_id": "S1"},
        {"individual": "T3"},
    )
    assert keys(*rows, given=given) == [("k1", "T1"), ("k2", "T2"), ("k2", "sample S1"), ("a: T3", "T3")]


def test_a_class_that_a_table_names_is_an_animal() -> None:
    assert keys({"individual": "male"}, {"individual": "Female 2"}, given=reading((("a", "male", "k"),))) == [
        ("k", "male"),
        ("a: Female 2", "Female 2"),
    ]


def test_one_statement_twice_is_no_contradiction_and_two_are_told_with_both() -> None:
    assert stated_keys(reading((("a", "T1", "k"), ("a ", " T1", "k")), (("S", "k"), ("S", "k")))) == (
        {("a", "T1"): "k"},
        {"S": "k"},
    )
    with pytest.raises(InputError) as refused:
        stated_keys(reading((("a", "T1", "k2"), ("a", "T1", "k1")), (("S", "k2"), ("S", "k1"))))
    assert refused.value.problems == [
        "Identities: animal 'T1' of 'a' is stated to be 'k1' and 'k2': which one?",
        "Samples: sample 'S' is stated to be of 'k1' and of 'k2'; one is right.",
    ]


def test_a_conflict_names_column_and_what_each_data_set_says() -> None:
    found = find_conflicts(
        statements(
            ("k", "a", "T1", TIGER, "female"),
            ("k", "b", "T2", LEOPARD, "male"),
            ("x", "a", "T3", TIGER, "female"),
        )
    )
    assert found.values.tolist() == [
        ["k", "sex", "a: T1 = female; b: T2 = male"],
        ["k", "taxon", f"a: T1 = {TIGER}; b: T2 = {LEOPARD}"],
    ]


def test_a_sample_of_one_name_in_two_data_sets_joins_nothing() -> None:
    found = find_conflicts(statements(("k", "a", "sample S1"), ("k", "b", "sample S1"), ("x", "a", "sample S2")))
    assert found.values.tolist() == [["k", "sample_id", "a: sample S1; b: sample S1"]]
    assert find_conflicts(statements(("k", "a", "sample S1"), ("k", "b", "sample S2"))).empty


def test_a_name_of_two_species_is_found_and_a_subspecies_is_none() -> None:
    found = find_names_of_two_species(
        statements(
            ("a: F1", "a", "F1", TIGER),
            ("a: F1", "a", "F1", LEOPARD),
            ("a: F2", "a", "F2", TIGER),
            ("a: F2", "a", "F2", "Panthera tigris altaica"),
            ("a: F3", "a", "F3", TIGER),
            ("a: F3", "a", "F3", ""),
        )
    )
    assert found.values.tolist() == [["a: F1", "taxon", f"a: F1 = {LEOPARD}; a: F1 = {TIGER}"]]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("17001.0", "17001"),
        ("a: 17001.00", "a: 17001"),
        ("17001.5", "17001.5"),
        ("T7.0", "T7.0"),
        ("a: b: 7.0", "a: b: 7"),
        (".0", ".0"),
    ],
)
def test_a_whole_number_with_decimals_is_that_number(text: str, whole: str) -> None:
    assert without_decimals(pd.Series([text])).tolist() == [whole]


def test_two_ways_of_one_number_are_joined_unless_they_are_of_two_species() -> None:
    both = statements(("a: 7", "a", "7", TIGER), ("a: 7.0", "a", "7.0", TIGER))
    assert find_joined_names(both).values.tolist() == [["a: 7.0", "a: 7"]]
    assert find_joined_names(statements(("a: 7", "a", "7", TIGER), ("a: 7.0", "a", "7.0", LEOPARD))).empty
    assert find_joined_names(statements(("a: 7", "a", "7", TIGER), ("b: 7.0", "b", "7.0", TIGER))).empty
    assert find_joined_names(statements(("a: 7.0", "a", "7.0", TIGER))).empty
    assert find_joined_names(
        statements(("k", "a", "7", TIGER), ("a: 7.0", "a", "7.0", TIGER))
    ).empty  # stated is stated
    alone = find_joined_names(statements(("a: 7.0", "a", "7.0"), ("a: 7.00", "a", "7.00", TIGER)))
    assert alone.values.tolist() == [["a: 7.0", "a: 7"], ["a: 7.00", "a: 7"]]


def test_in_the_end_refused_names_stay_apart_doubled_ones_are_parted_and_numbers_are_one() -> None:
    given = statements(
        ("k", "a", "T1", TIGER),
        ("k", "b", "T2", LEOPARD),
        ("a: F1", "a", "F1", TIGER),
        ("a: F1", "a", "F1", ""),
        ("a: 7.0", "a", "7.0", TIGER),
        ("ok", "a", "T9", TIGER),
    )
    refused = pd.DataFrame({"individual_key": ["k"]})
    doubled = pd.DataFrame({"individual_key": ["a: F1"]})
    joined = pd.DataFrame({"individual_key": ["a: 7.0"], "joined_key": ["a: 7"]})
    assert final_keys(given, refused, doubled, joined).tolist() == [
        "a: T1",
        "b: T2",
        f"a: F1 ({TIGER})",
        "a: F1",
        "a: 7",
        "ok",
    ]


def test_samples_that_records_name_are_kept_once_and_only_stated_ones() -> None:
    given = reading(samples=(("S1", "k"),), sampled=(("a", "", "S1"),))
    records = as_records(
        {"data_set": ["a", "b", "a"], "sample_id": ["S1", " S1 ", "S9"], "individual": ["", "T1", ""]}, 3
    )
    assert add_samples_of(records, given).values.tolist() == [["a", "", "S1"], ["b", "T1", "S1"]]
    assert add_samples_of(records, reading()).empty


def test_statements_that_no_record_has_are_told_with_animals_before_samples() -> None:
    given = reading((("a", "T1", "k"), ("a", "T2", "k")), (("S1", "k"), ("S2", "k")), (("a", "", "S1"),))
    found = find_unused(statements(("k", "a", "T1")), given)
    assert found[["data_set", "individual", "sample_id", "individual_key"]].values.tolist() == [
        ["", "", "S2", "k"],
        ["a", "T2", "", "k"],
    ]


def test_matches_that_join_are_told_and_others_are_not() -> None:
    given = reading(
        (("a", "T1", "k"), ("b", "T2", "k"), ("a", "T3", "alone")),
        (("S1", "k"), ("S2", "k")),
        (("a", "", "S1"), ("a", "T1", "S2")),
    )
    seen = statements(("k", "a", "T1"), ("k", "b", "T2"), ("k", "a", "sample S1"), ("alone", "a", "T3"))
    found = find_joining_matches(seen, given)
    # T1 is the animal its own statement says, whatever its sample S2 says beside it
    assert found[["individual_key", "data_set", "individual", "sample_id"]].values.tolist() == [
        ["k", "a", "", "S1"],
        ["k", "a", "T1", ""],
        ["k", "b", "T2", ""],
    ]
    conflict = statements(("k", "a", "T1", TIGER, "female"), ("k", "b", "T2", TIGER, "male"))
    assert find_joining_matches(conflict, given).empty


def test_a_row_whose_name_and_sample_are_stated_to_be_two_animals_is_told() -> None:
    given = reading(
        (("a", "T1", "k1"), ("a", "T2", "k2")),
        (("S1", "k1"), ("S2", "k9")),
        (("a", "T1", "S1"), ("a", "T2", "S2"), ("a", "", "S2"), ("a", "T3", "S2")),
    )
    assert find_contradicted(given).values.tolist() == [["k2", "sample_id", "a: T2 = k2; sample S2 = k9"]]


@pytest.mark.parametrize(
    ("name", "is_unidentified"),
    [
        ("unknown", True),
        ("unknowns", False),
        ("unidentifiable", True),
        ("unrecognised", True),
        ("undetermined", True),
        ("unnamed", True),
        ("indet", True),
        ("not recognized", True),
        ("not known", True),
        ("noid", True),
        ("no id", True),
        ("T1 or T2", True),
        ("Orion", False),
        ("T1 или T2", True),
        ("unk 3", True),
        ("unk-3", True),
        ("uid#4", True),
        ("nid 4", False),
        ("na", True),
        ("na 4", False),
        ("none", True),
        ("none 2", False),
        ("tbd", True),
        ("n.a", True),
        ("н/о", True),
        ("нд 3", False),
        ("无", True),
        ("なし", True),
        ("(nan)", True),
        ("T1 (probably)", True),
        ("likely T1", True),
        ("presumed T1", True),
        ("suspected T1", True),
        ("unsure", True),
        ("unconfirmed T1", True),
        ("doubtful T1", True),
        ("aff. T1", True),
        ("similar to T1", True),
        ("сомнительный", True),
        ("не уверен", True),
        ("магадгүй", True),
        ("疑似 T1", True),
        ("多分", True),
        ("추정", True),
        ("Possum", False),
        ("Maya", False),
    ],
)
def test_words_of_not_knowing_and_of_doubt(name: str, is_unidentified: bool) -> None:
    assert says_unidentified(name) is is_unidentified


@pytest.mark.parametrize(
    ("name", "is_class"),
    [
        ("adult male", True),
        ("two cubs", True),
        ("Amur tiger", True),
        ("Amur", False),
        ("snow", False),
        ("young", False),
        ("female 2", False),
        ("2F", False),
        ("F-2", False),
        ("M", True),
        ("female with 3 cubs", True),
        ("mother and cub", True),
        ("tigress", True),
        ("white-naped crane", True),
        ("самец", True),
        ("детёныш", True),
        ("эм бар", True),
        ("成年雌虎", True),
        ("새끼", True),
        ("3 頭", True),
        ("big cat Bob", False),
        ("123", False),
        ("12 34", False),
        ("", False),
    ],
)
def test_a_value_of_words_for_kinds_alone_names_a_class(name: str, is_class: bool) -> None:
    assert names_a_class(name) is is_class


def test_many_names_are_told_each_in_its_place() -> None:
    names = pd.Series(["T1", "unknown", "T1", "male"], index=[3, 1, 4, 2])
    assert are_unidentified(names).to_dict() == {3: False, 1: True, 4: False, 2: False}
    assert are_classes(names).to_dict() == {3: False, 1: False, 4: False, 2: True}
    assert are_unidentified(names[:0]).empty
