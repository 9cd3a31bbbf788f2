"""Genotypes of several laboratories: loci, products, dropout, shifts, order and limits, counted by hand."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from neaspec.crossings.joint import genotypes
from neaspec.crossings.joint.genotypes import (
    GenotypeComparison,
    alleles_apart,
    compare_genotypes,
    frequencies,
    may_be_dropout,
    pid,
    pid_sib,
)
from neaspec.crossings.model.genotypes import GenotypeTable
from neaspec.crossings.model.parameters import Parameters

Pair = tuple[int, int]
FEW = Parameters(loci_least=2, loci_mismatches=1, shift_samples=2)


def table(laboratory: str, samples: dict[str, list[Pair]], loci: tuple[str, ...] = ("L1", "L2", "L3")) -> GenotypeTable:
    alleles = np.array(list(samples.values()), dtype=np.int64)
    return GenotypeTable(f"{laboratory}.csv", laboratory, loci, tuple(samples), ("",) * len(samples), alleles)


def pair(compared: GenotypeComparison, one: str, other: str) -> dict[str, Any]:
    rows = compared.pairs
    (row,) = rows[(rows["sample_a"] == one) & (rows["sample_b"] == other)].to_dict("records")
    return {str(name): value for name, value in row.items()}


@pytest.mark.parametrize(
    ("one", "two", "apart"),
    [
        ((100, 102), (100, 102), 0),
        ((100, 102), (102, 104), 1),
        ((100, 100), (100, 102), 1),
        ((100, 100), (102, 102), 2),
        ((100, 102), (104, 106), 2),
    ],
)
def test_alleles_that_differ_are_counted(one: Pair, two: Pair, apart: int) -> None:
    assert alleles_apart(np.array(one), np.array(two)) == apart


@pytest.mark.parametrize(
    ("one", "two", "may_be"),
    [
        ((100, 100), (100, 102), True),
        ((100, 102), (102, 102), True),
        ((100, 100), (102, 104), False),  # they share nothing
        ((100, 100), (102, 102), False),  # both with one allele
        ((100, 102), (102, 104), False),  # both with two
    ],
)
def test_one_allele_that_was_not_amplified_may_be_dropout(one: Pair, two: Pair, may_be: bool) -> None:
    assert may_be_dropout(np.array(one), np.array(two)) is may_be


def test_probabilities_of_a_locus_of_two_equal_alleles() -> None:
    half = frequencies(np.array([[100, 102], [0, 0]]))
    assert half.tolist() == [0.5, 0.5]
    assert pid(half) == pytest.approx(2 * 0.25 - 0.125)
    assert pid_sib(half) == pytest.approx(0.25 + 0.25 + 0.125 - 0.03125)


def test_a_pair_tells_how_many_loci_it_rests_on_and_the_product_of_these() -> None:
    compared = compare_genotypes(
        [table("a", {"S1": [(1, 2), (3, 4), (0, 0)], "S2": [(1, 2), (3, 3), (5, 6)], "S3": [(1, 2), (0, 0), (5, 6)]})],
        FEW,
    )
    told = pair(compared, "S1", "S2")
    assert (told["loci_compared"], told["loci_missing"], told["loci_mismatched"]) == (2, 1, 1)
    assert (told["mismatched_loci"], told["alleles_mismatched"], told["dropout_possible"]) == ("L2", 1, 1)
    # L1: two alleles, each half; L2: three of allele 3 and one of 4.
    assert told["pid"] == pytest.approx(0.375 * (2 * 0.625**2 - (0.75**4 + 0.25**4)))
    sibling = 0.25 + 0.5 * 0.625 + 0.5 * 0.625**2 - 0.25 * (0.75**4 + 0.25**4)
    assert told["pid_sib"] == pytest.approx(0.59375 * sibling)
    assert compared.compared == 3 and compared.too_few == 1  # S1 and S3 share one locus


@pytest.mark.parametrize(("least", "pairs", "too_few"), [(1, 1, 0), (2, 1, 0), (3, 0, 1)])
def test_as_many_loci_as_it_takes_are_enough(least: int, pairs: int, too_few: int) -> None:
    given = table("a", {"S1": [(1, 2), (3, 4), (0, 0)], "S2": [(1, 2), (3, 4), (5, 6)]})
    compared = compare_genotypes([given], Parameters(loci_least=least, loci_mismatches=0))
    assert (len(compared.pairs), compared.too_few) == (pairs, too_few)


@pytest.mark.parametrize(("mismatches", "pairs"), [(0, 0), (1, 0), (2, 1), (3, 1)])
def test_a_pair_may_differ_at_as_many_loci_as_are_allowed(mismatches: int, pairs: int) -> None:
    given = table("a", {"S1": [(1, 2), (3, 4), (5, 6)], "S2": [(1, 1), (3, 3), (5, 6)]})
    compared = compare_genotypes([given], Parameters(loci_least=3, loci_mismatches=mismatches))
    assert len(compared.pairs) == pairs


def test_the_likest_pairs_stand_first_and_of_these_those_with_more_loci() -> None:
    given = table(
        "a",
        {
            "B": [(1, 2), (3, 4), (5, 6)],
            "A": [(1, 2), (3, 4), (5, 6)],
            "C": [(1, 2), (3, 4), (0, 0)],
            "D": [(1, 2), (3, 4), (5, 7)],
        },
    )
    pairs = compare_genotypes([given], FEW).pairs
    assert pairs[["sample_a", "sample_b", "loci_mismatched", "loci_compared"]].values.tolist() == [
        ["B", "A", 0, 3],
        ["A", "C", 0, 2],
        ["B", "C", 0, 2],
        ["C", "D", 0, 2],
        ["A", "D", 1, 3],
        ["B", "D", 1, 3],
    ]


def test_no_more_pairs_are_listed_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(genotypes, "MOST_PAIRS", 2)
    same = [(1, 2), (3, 4), (5, 6)]
    compared = compare_genotypes([table("a", {"S1": same, "S2": same, "S3": same, "S4": same})], FEW)
    assert compared.pairs[["sample_a", "sample_b"]].values.tolist() == [["S1", "S2"], ["S1", "S3"]]
    assert (compared.compared, compared.left_out) == (6, 4)


def test_loci_are_told_for_each_laboratory_and_for_all_together() -> None:
    north = table("north", {"S1": [(1, 2), (3, 4), (0, 0)], "S2": [(1, 1), (0, 0), (0, 0)]})
    south = table("south", {"S3": [(1, 2), (9, 9)]}, loci=("l1", "L9"))
    loci = compare_genotypes([south, north], FEW).loci
    assert loci[["laboratory", "locus", "samples"]].values.tolist() == [
        ["north", "l1", 2],
        ["north", "L2", 1],
        ["north", "", 2],
        ["south", "l1", 1],
        ["south", "L9", 1],
        ["south", "", 1],
        ["", "l1", 3],
        ["", "L9", 1],
        ["", "L2", 1],
        ["", "", 3],
    ]
    own = loci.set_index(["laboratory", "locus"])
    assert list(own.loc[("north", "L2"), ["missing", "alleles"]]) == [1, 2]
    assert list(own.loc[("", "l1"), ["missing", "alleles"]]) == [0, 2]
    assert own.loc[("", ""), ["missing", "alleles"]].isna().all()
    quarter = np.array([0.75, 0.25])
    assert own.loc[("north", ""), "pid"] == pytest.approx(pid(quarter) * pid(np.array([0.5, 0.5])))
    assert own.loc[("north", ""), "pid_sib"] == pytest.approx(pid_sib(quarter) * pid_sib(np.array([0.5, 0.5])))


def test_one_laboratory_is_told_once() -> None:
    loci = compare_genotypes([table("north", {"S1": [(1, 2), (3, 4), (5, 6)]})], FEW).loci
    assert loci["laboratory"].tolist() == [""] * 4


BASE = {
    "S1": [(10, 12), (20, 22), (30, 32)],
    "S2": [(14, 16), (24, 26), (34, 36)],
    "S3": [(18, 18), (28, 28), (38, 38)],
}


def moved(by: dict[str, int], locus: int = 0) -> dict[str, list[Pair]]:
    """Return BASE with one locus of some samples shifted."""
    return {
        name: [
            (one + by.get(name, 0), two + by.get(name, 0)) if place == locus else (one, two)
            for place, (one, two) in enumerate(pairs)
        ]
        for name, pairs in BASE.items()
    }


@pytest.mark.parametrize(
    ("by", "shifts"),
    [
        ({"S1": 2, "S2": 2, "S3": 2}, [["L1", 3, 2, 3]]),
        ({"S1": -2, "S2": -2, "S3": 0}, [["L1", 3, -2, 2]]),
        ({"S1": 2, "S2": 0, "S3": 4}, []),  # three ways in three samples
        ({"S1": 2, "S2": 0, "S3": 0}, []),  # most show none
        ({}, []),
    ],
)
def test_a_shift_is_what_more_than_half_of_the_shared_samples_show(
    by: dict[str, int], shifts: list[list[object]]
) -> None:
    compared = compare_genotypes([table("north", BASE), table("south", moved(by))], FEW)
    assert compared.shifts[["locus", "samples", "shift", "samples_with_shift"]].values.tolist() == shifts


def test_half_of_the_samples_are_no_majority() -> None:
    by = {"S1": 2, "S2": 4}
    own = {name: BASE[name] for name in ("S1", "S2")}
    other = {name: moved(by)[name] for name in ("S1", "S2")}
    assert compare_genotypes([table("north", own), table("south", other)], Parameters(shift_samples=1)).shifts.empty


def test_a_shift_holds_in_both_directions_and_for_its_locus_alone() -> None:
    by = {"S1": 2, "S2": 2, "S3": 2}
    first = compare_genotypes([table("north", BASE), table("south", moved(by, locus=1))], FEW)
    second = compare_genotypes([table("south", moved(by, locus=1)), table("north", BASE)], FEW)
    for compared in (first, second):
        assert compared.shifts[["laboratory_a", "laboratory_b", "locus", "shift"]].values.tolist() == [
            ["north", "south", "L2", 2]
        ]
        told = pair(compared, "S1", "S1")
        assert (told["loci_mismatched"], told["mismatched_after_shift"]) == (1, 0)


def test_a_pair_of_one_laboratory_has_nothing_to_say_of_shifts() -> None:
    by = {"S1": 2, "S2": 2, "S3": 2}
    twin = {**BASE, "S4": BASE["S1"]}
    compared = compare_genotypes([table("north", twin), table("south", moved(by))], FEW)
    assert pd.isna(pair(compared, "S1", "S4")["mismatched_after_shift"])


def test_a_sample_that_one_laboratory_did_not_type_tells_no_shift() -> None:
    other = moved({"S1": 2, "S2": 2, "S3": 2})
    other["S3"] = [(0, 0), *other["S3"][1:]]
    shifts = compare_genotypes([table("north", BASE), table("south", other)], FEW).shifts
    assert shifts[["samples", "samples_with_shift"]].values.tolist() == [[2, 2]]
    other["S2"] = [(0, 0), *other["S2"][1:]]
    assert compare_genotypes([table("north", BASE), table("south", other)], FEW).shifts.empty


def test_samples_are_shared_whatever_the_case_of_their_names_and_the_first_of_a_name_counts() -> None:
    lower = {name.lower(): pairs for name, pairs in moved({"S1": 2, "S2": 2, "S3": 2}).items()}
    again = {**lower, "S1": BASE["S1"]}
    shifts = compare_genotypes([table("north", BASE), table("south", again)], FEW).shifts
    assert shifts[["samples", "samples_with_shift"]].values.tolist() == [[3, 3]]


def test_names_that_hold_a_position_are_not_repeated() -> None:
    given = table(
        "43.12345 N 131.12345 E", {"43.12345, 131.12345": [(1, 2), (3, 4), (5, 6)], "S": [(1, 2), (3, 4), (5, 6)]}
    )
    compared = compare_genotypes([given], FEW)
    assert "12345" not in compared.pairs.to_csv() + compared.loci.to_csv()
    assert len(compared.pairs) == 1


def test_nothing_given_and_one_sample_alone_compare_nothing() -> None:
    for tables in ([], [table("a", {"S1": [(1, 2), (3, 4), (5, 6)]})]):
        compared = compare_genotypes(tables, FEW)
        assert (compared.compared, compared.too_few, compared.left_out, len(compared.pairs)) == (0, 0, 0, 0)
