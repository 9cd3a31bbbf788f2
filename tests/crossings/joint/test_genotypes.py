"""Genotypes held against each other: published figures, dropout, missing alleles, shifts; nothing is joined by them."""

import io

import numpy as np
import openpyxl
import pytest

from neaspec.crossings.input.members import Input
from neaspec.crossings.joint.genotypes import compare_genotypes, frequencies, pid, pid_sib
from neaspec.crossings.model.genotypes import GenotypeTable
from neaspec.crossings.model.parameters import Parameters
from neaspec.crossings.readers.read import read
from neaspec.errors import InputError

# Table 1 of "Panel of polymorphic heterologous microsatellite loci to genotype critically endangered Bengal tiger: a
# pilot study" (SpringerPlus 3:4, 2014): eight tigers, so sixteen alleles. The counts are the only ones that give the
# published number of effective alleles (Ne = 1 / sum p^2). Locus, counts, Ne, PID, PIDsib as printed.
BENGAL_TIGERS = [
    ("6HDZ170", (7, 6, 3), "2.723", "2.12E-01", "4.87E-01"),
    ("6HDZ317", (10, 6), "1.882", "3.92E-01", "6.14E-01"),
    ("6HDZ700", (12, 4), "1.600", "4.61E-01", "6.78E-01"),
    ("6HDZ817", (9, 7), "1.969", "3.79E-01", "5.99E-01"),
    ("6HDZ064", (11, 5), "1.753", "4.18E-01", "6.40E-01"),
    ("6HDZ007", (16,), "1.000", "1.00E+00", "1.00E+00"),
]


@pytest.mark.parametrize(("locus", "counts", "effective", "unrelated", "siblings"), BENGAL_TIGERS)
def test_probabilities_of_identity_are_those_published_for_tigers(locus, counts, effective, unrelated, siblings):
    alleles = np.repeat(np.arange(100, 100 + 2 * len(counts), 2), counts).reshape(8, 2)
    p = frequencies(alleles)
    assert f"{1 / (p**2).sum():.3f}" == effective
    assert f"{pid(p):.2E}" == unrelated
    assert f"{pid_sib(p):.2E}" == siblings


def test_a_locus_nobody_typed_tells_nothing():
    assert frequencies(np.zeros((3, 2), dtype=int)).size == 0
    assert (pid(np.zeros(0)), pid_sib(np.zeros(0))) == (1.0, 1.0)


def table(laboratory, **samples):
    """Make a table of samples given as lists of (allele, allele)."""
    alleles = np.sort(np.array(list(samples.values()), dtype=np.int64), axis=2)
    loci = tuple(f"L{number}" for number in range(1, alleles.shape[1] + 1))
    return GenotypeTable(f"{laboratory}.csv", laboratory, loci, tuple(samples), ("",) * len(samples), alleles)


ONE = [(100, 102), (110, 110), (120, 124), (130, 132), (140, 144), (150, 152), (160, 164)]
OTHER = [(102, 106), (112, 114), (122, 122), (134, 136), (142, 146), (154, 156), (162, 166)]


def test_pairs_that_agree_are_proposed_and_others_are_not():
    compared = compare_genotypes([table("a", S1=ONE, S2=ONE, S3=OTHER)], Parameters())
    assert compared.compared == 3
    assert compared.pairs[["sample_a", "sample_b", "loci_compared", "loci_mismatched"]].values.tolist() == [
        ["S1", "S2", 7, 0]
    ]


def test_what_differs_is_told_by_locus_and_allele_and_dropout_is_marked():
    near = [(100, 100), (110, 112), *ONE[2:]]  # one allele of L1 not amplified; one more at L2
    far = [*ONE[:5], (154, 156), ONE[6]]  # both alleles of L6
    pairs = compare_genotypes([table("a", S1=ONE, S2=near, S3=far)], Parameters()).pairs
    told = pairs.set_index(["sample_a", "sample_b"])
    assert told.loc[("S1", "S2"), "mismatched_loci"] == "L1, L2"
    assert tuple(told.loc[("S1", "S2"), ["alleles_mismatched", "dropout_possible"]]) == (2, 2)
    assert tuple(told.loc[("S1", "S3"), ["loci_mismatched", "alleles_mismatched", "dropout_possible"]]) == (1, 2, 0)


def test_missing_alleles_are_not_compared_and_too_few_loci_tell_nothing():
    gaps = [(0, 0), *ONE[1:]]
    few = [(0, 0), (0, 0), *ONE[2:]]
    compared = compare_genotypes([table("a", S1=ONE, S2=gaps, S3=few)], Parameters())
    assert compared.pairs[["sample_a", "sample_b", "loci_compared", "loci_missing"]].values.tolist() == [
        ["S1", "S2", 6, 1]
    ]
    assert compared.too_few == 2


def test_a_shift_between_laboratories_is_told_and_never_applied_in_silence():
    shifted = [tuple(allele + 2 for allele in pair) if place == 2 else pair for place, pair in enumerate(ONE)]
    other = [tuple(allele + 2 for allele in pair) if place == 2 else pair for place, pair in enumerate(OTHER)]
    third = [(104, 104), (116, 116), (126, 128), (138, 138), (148, 148), (158, 158), (168, 168)]
    moved = [(104, 104), (116, 116), (128, 130), (138, 138), (148, 148), (158, 158), (168, 168)]
    first = table("north", S1=ONE, S2=OTHER, S3=third)
    second = table("south", S1=shifted, S2=other, S3=moved)
    compared = compare_genotypes([first, second], Parameters())
    assert compared.shifts[["laboratory_a", "laboratory_b", "locus", "shift", "samples"]].values.tolist() == [
        ["north", "south", "L3", 2, 3]
    ]
    assert compared.pairs["loci_mismatched"].tolist() == [1, 1, 1]
    assert compared.pairs["mismatched_after_shift"].tolist() == [0, 0, 0]
    few = compare_genotypes([first, second], Parameters(shift_samples=4))
    assert few.shifts.empty and few.pairs["mismatched_after_shift"].isna().all()


def test_loci_of_two_tables_are_the_same_whatever_their_case():
    one, two = table("a", S1=ONE), table("b", S2=ONE)
    lower = GenotypeTable("b.csv", "b", tuple(locus.lower() for locus in two.loci), two.samples, ("",), two.alleles)
    compared = compare_genotypes([one, lower], Parameters())
    assert compared.pairs["loci_compared"].tolist() == [7]
    assert set(compared.loci["laboratory"]) == {"a", "b", ""}


GENALEX = (
    "2,3,2,2,1\nMade up,,,China,Russian Federation\nSample,Pop,FCA1,,FCA2,\nS1,CHN,120,124,200,200\n"
    "S2,CHN,0,0,NA,202\nS3,RUS,120.0,124,200,204\n"
)
GENEPOP = "Made up\nFCA1, FCA2\nPOP\nS1 , 120124 200200\nS2 , 000000 202202\npop\nS 3, 120124 200204\n"


def genotypes(name, data):
    return read([Input(name, data.encode() if isinstance(data, str) else data)]).genotypes[0]


@pytest.mark.parametrize(("name", "text"), [("lab.csv", GENALEX), ("lab.gen", GENEPOP), ("lab.txt", GENEPOP)])
def test_genalex_and_genepop_are_read(name, text):
    found = genotypes(name, text)
    assert (found.laboratory.split(".")[0], found.loci) == ("lab", ("FCA1", "FCA2"))
    assert [sample.replace(" ", "") for sample in found.samples] == ["S1", "S2", "S3"]
    assert found.alleles[0].tolist() == [[120, 124], [200, 200]]
    assert found.alleles[1, 0].tolist() == [0, 0]


def test_half_a_genotype_is_none():
    assert genotypes("lab.csv", GENALEX).alleles[1, 1].tolist() == [0, 0]


def test_a_workbook_of_genalex_is_read():
    book = openpyxl.Workbook()
    for line in GENALEX.splitlines():
        book.active.append([int(cell) if cell.isdigit() else cell for cell in line.split(",")])
    held = io.BytesIO()
    book.save(held)
    assert genotypes("lab.xlsx", held.getvalue()).samples == ("S1", "S2", "S3")


def test_cells_that_are_no_alleles_are_told_with_their_lines():
    with pytest.raises(InputError) as refused:
        read([Input("lab.csv", GENALEX.replace("120.0", "120bp").encode())])
    assert refused.value.problems == ["lab.csv, line 6: '120bp' is no allele (a whole number, 0 where it is missing)"]
    with pytest.raises(InputError, match=r"lab.gen, line 5: not `name , ` and 2 genotypes"):
        read([Input("lab.gen", GENEPOP.replace("000000 ", "").encode())])
