"""Pairs of pictures: parties of a cell, states, order, groups of pictures and the keys proposed for them."""

import pandas as pd
import pytest

from neaspec.crossings.joint.pictures import SUMMARY_COLUMNS, parties, proposals, public_pairs, summary, told_pairs
from neaspec.crossings.model.reading import PICTURE_PAIR_COLUMNS, no_picture_pairs

SURE = "a | b"


def pairs(*rows: tuple[str, str, str, str, str]) -> pd.DataFrame:
    """Make told pairs of (id_a, id_b, flank, score, confirmed_by) between data sets CN and RU."""
    table = pd.DataFrame(
        [("CN", one, "RU", two, flank, score, by) for one, two, flank, score, by in rows],
        columns=list(PICTURE_PAIR_COLUMNS),
        dtype="str",
    )
    return told_pairs(table)


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("", ()),
        (" ; | ", ()),
        ("NCTLNP", ("NCTLNP",)),
        ("b;a", ("a", "b")),
        ("Park  North|park north", ("park north",)),
        ("B | a ; c", ("a", "B", "c")),
    ],
)
def test_parties_of_a_cell_count_once_whatever_their_case_and_spaces(cell: str, names: tuple[str, ...]) -> None:
    assert parties(cell) == names


def test_confirmed_pairs_stand_first_then_the_highest_scores_then_those_without() -> None:
    told = pairs(
        ("1", "1", "left", "", ""),
        ("2", "2", "left", "0,5", ""),
        ("3", "3", "left", "0.9", ""),
        ("4", "4", "left", "0.1", "x"),
        ("5", "5", "left", "0.2", "y;x"),
        ("6", "6", "right", "0.9", ""),
    )
    assert told[["id_a", "state"]].values.tolist() == [
        ["5", "by_both_sides"],
        ["4", "by_one_side"],
        ["3", "proposed"],
        ["6", "proposed"],
        ["2", "proposed"],
        ["1", "proposed"],
    ]
    assert told["confirmed_by"].tolist()[:2] == ["x | y", "x"]
    assert told["score"].tolist()[4] == "0,5"  # as written


def test_pairs_of_one_score_stand_in_the_order_of_their_names() -> None:
    told = pairs(
        ("b", "2", "right", "1", ""),
        ("b", "2", "left", "1", ""),
        ("b", "1", "left", "1", ""),
        ("a", "9", "left", "1", ""),
    )
    assert told[["id_a", "id_b", "flank"]].values.tolist() == [
        ["a", "9", "left"],
        ["b", "1", "left"],
        ["b", "2", "left"],
        ["b", "2", "right"],
    ]


def test_the_summary_has_a_line_for_each_flank_that_is_there() -> None:
    told = pairs(
        ("1", "1", "right", "1", SURE),
        ("2", "1", "right", "1", SURE),
        ("3", "3", "right", "1", "a"),
        ("4", "4", "left", "1", ""),
        ("5", "5", "both", "1", SURE),
        ("6", "6", "", "1", SURE),
    )
    table = summary(told)
    assert tuple(table.columns) == SUMMARY_COLUMNS
    # flank, pairs, confirmed by both, by one, proposed, animals, of these joined with the other flank
    assert table.values.tolist() == [
        ["left", 1, 0, 0, 1, 0, 0],
        ["right", 3, 2, 1, 0, 1, 0],
        ["both", 1, 1, 0, 0, 1, 1],
        ["", 1, 1, 0, 0, 1, 0],
    ]


def test_a_pair_of_both_flanks_joins_the_lists_of_its_animals() -> None:
    told = pairs(("1", "1", "left", "1", SURE), ("1", "1", "both", "1", SURE), ("2", "2", "left", "1", SURE))
    left = summary(told).set_index("flank").loc["left"]
    assert (left["animals"], left["joined_animals"]) == (2, 1)


def test_a_flank_that_is_not_stated_joins_nothing() -> None:
    told = pairs(("1", "1", "left", "1", SURE), ("1", "1", "", "1", SURE))
    assert summary(told).set_index("flank").loc["left", "joined_animals"] == 0
    assert proposals(told).empty  # each of the two lists would give the animal a key of its own


def test_what_pairs_put_together_is_one_animal_whatever_their_order() -> None:
    told = pairs(("1", "1", "left", "1", SURE), ("2", "2", "left", "1", SURE), ("2", "1", "left", "1", SURE))
    keys = proposals(told)
    assert keys["individual_key"].tolist() == ["pictures left 1"] * 4
    assert keys[["data_set", "individual"]].values.tolist() == [["CN", "1"], ["CN", "2"], ["RU", "1"], ["RU", "2"]]


def test_each_proposal_says_by_what_and_numbers_its_list() -> None:
    told = pairs(
        ("9", "9", "both", "1", SURE),
        ("8", "8", "both", "1", SURE),
        ("1", "1", "left", "1", SURE),
        ("2", "2", "left", "1", SURE),
        ("3", "3", "right", "1", SURE),
        ("4", "4", "", "1", SURE),
        ("5", "5", "left", "1", "a"),
    )
    table = proposals(told)
    lines = table[table["data_set"] == "CN"][["individual", "individual_key", "method"]].values.tolist()
    by = "pictures confirmed by both sides"
    assert lines == [
        ["8", "pictures 1", f"{by} (both flanks)"],
        ["9", "pictures 2", f"{by} (both flanks)"],
        ["1", "pictures left 1", f"{by} (left)"],
        ["2", "pictures left 2", f"{by} (left)"],
        ["3", "pictures right 1", f"{by} (right)"],
        ["4", "pictures flank not stated 1", by],
    ]
    assert table[["loci_compared", "loci_matched", "laboratory"]].values.tolist() == [["", "", ""]] * 12


def test_a_picture_in_two_lists_that_are_not_joined_gets_no_key() -> None:
    told = pairs(("1", "1", "left", "1", SURE), ("1", "2", "right", "1", SURE))
    assert proposals(told)[["data_set", "individual", "individual_key"]].values.tolist() == [
        ["RU", "1", "pictures left 1"],
        ["RU", "2", "pictures right 1"],
    ]


def test_pairs_for_the_public_hold_no_position() -> None:
    told = pairs(("43.12345 N 131.12345 E", "R1", "left", "1", "Park 43.12345, 131.12345|b"))
    public = public_pairs(told)
    assert not public.astype("str").apply(lambda column: column.str.contains("12345")).to_numpy().any()
    assert public[["id_b", "flank", "score", "state"]].values.tolist() == [["R1", "left", "1", "by_both_sides"]]


def test_no_pairs_say_nothing() -> None:
    told = told_pairs(no_picture_pairs())
    assert told.empty and summary(told).empty and proposals(told).empty
