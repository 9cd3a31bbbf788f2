"""Tables of genotypes and of matches: forms that are read, limits, and every message with its line."""

import pytest

from neaspec.crossings.input.members import Input
from neaspec.crossings.model.genotypes import GenotypeTable
from neaspec.crossings.readers import genotype_table, match_table, picture_pairs
from neaspec.crossings.readers.genotype_table import _is_genalex
from neaspec.crossings.readers.read import read
from neaspec.errors import InputError
from tests.support.made_field_files import csv


def genotypes(name: str, text: str) -> GenotypeTable:
    return read([Input(name, text.encode())]).genotypes[0]


def problems(name: str, text: str) -> list[str]:
    with pytest.raises(InputError) as refused:
        read([Input(name, text.encode())])
    return refused.value.problems


@pytest.mark.parametrize(
    ("rows", "is_one"),
    [
        ([["1", "2", "1"], ["t"], ["s", "p", "L1"]], True),
        ([["1", "2", "1"], ["t"], ["s", "p"]], False),
        ([["2", "2", "1"], ["t"], ["s", "p", "a", "b"]], False),
        ([["2", "2", "1"], ["t"], ["s", "p", "a", "b", "c"]], True),
        ([["0", "2", "1"], ["t"], ["s", "p", "L1"]], False),
        ([["1", "0", "1"], ["t"], ["s", "p", "L1"]], False),
        ([["1", "1", "0"], ["t"], ["s", "p", "L1"]], False),
        ([["1.0", '"2"', " 1 "], ["t"], ["s", "p", "L1"]], True),
        ([["1", "2"], ["t"], ["s", "p", "L1"]], False),
        ([["1", "2", "x"], ["t"], ["s", "p", "L1"]], False),
        ([["1", "2", "1"], ["t"]], False),
        ([["201", "2", "1"], ["t"], ["s"] * 500], False),
        ([["200", "2", "1"], ["t"], ["s"] * 401], True),
    ],
)
def test_the_first_rows_of_genalex_count_what_follows(rows: list[list[str]], is_one: bool) -> None:
    assert _is_genalex(rows) is is_one


GENALEX = "2,2,1\nt\nSample,Pop,FCA1,,,\nS1,CHN,124,120,200,204\nS2,CHN,-1,120,?,na\n"


def test_genotypes_of_genalex_have_the_smaller_allele_first_and_no_halves() -> None:
    found = genotypes("lab.csv", GENALEX)
    assert (found.loci, found.samples, found.populations) == (("FCA1", "locus 2"), ("S1", "S2"), ("CHN", "CHN"))
    assert found.alleles.tolist() == [[[120, 124], [200, 204]], [[0, 0], [0, 0]]]


def test_as_many_samples_are_read_as_the_first_row_counts() -> None:
    assert genotypes("lab.csv", GENALEX + "S3,CHN,120,120,200,200\n").samples == ("S1", "S2")
    assert genotypes("lab.csv", GENALEX.replace("S2,", "\nS2,")).samples == ("S1", "S2")


GENEPOP = "Title\nL1\nL2\nPop\nS1 , 0102 0304\n , 0000 0303\nPOP\nS3,100101 102103\n"


def test_populations_of_genepop_are_numbered_and_digits_are_two_or_three() -> None:
    found = genotypes("lab.gen", GENEPOP.replace("POP\nS3,100101 102103\n", ""))
    assert (found.loci, found.samples, found.populations) == (("L1", "L2"), ("S1", "line 6"), ("1", "1"))
    assert found.alleles.tolist() == [[[1, 2], [3, 4]], [[0, 0], [3, 3]]]
    assert genotypes("lab.gen", GENEPOP).populations == ("1", "1", "2")
    assert genotypes("lab.gen", GENEPOP).alleles[2].tolist() == [[100, 101], [102, 103]]


def test_what_is_wrong_in_genepop_is_told_by_line() -> None:
    assert problems("lab.gen", "Title\nPop\nS1, 0102\n") == ["lab.gen: no names of loci before the first POP"]
    text = "Title\nL1\nL2\nPop\nS1 , 0102\nS2 0102 0304\nS3 , 012 0304\nS4 , 0102 0304\n"
    assert problems("lab.gen", text) == [
        f"lab.gen, line {line}: not `name , ` and 2 genotypes of 4 or 6 digits" for line in (5, 6, 7)
    ]


def test_more_samples_or_problems_than_are_taken_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(genotype_table, "MOST_SAMPLES", 1)
    (told,) = problems("lab.csv", GENALEX)
    assert told == "lab.csv: more than 1 samples; each is held against every other"
    monkeypatch.setattr(genotype_table, "MOST_SAMPLES", 2)
    assert len(genotypes("lab.csv", GENALEX).samples) == 2
    monkeypatch.setattr(genotype_table, "MOST_PROBLEMS", 1)
    text = "Title\nL1\nPop\nS1 0102\nS2 0102\nS3 0102\nx, 0102\n"
    monkeypatch.setattr(genotype_table, "MOST_SAMPLES", 9)
    assert problems("lab.gen", text)[1:] == ["… and 2 more problems"]


MATCH = "sample_id,individual_id,method,loci_compared,loci_matched,laboratory"


def matches(*lines: str, header: str = MATCH) -> list[str]:
    return problems("m.csv", "\n".join([header, *lines, ""]))


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (",T,SNP,,,", "m.csv, line 2, sample_id: empty; a match needs it"),
        ("S,,SNP,,,", "m.csv, line 2, individual_id: empty; a match needs it"),
        ("S,T,,,,", "m.csv, line 2, method: empty; a match needs it"),
        ("S,T,SNP,x,,", "m.csv, line 2, loci_compared: not a whole number from 0 up, or empty"),
        ("S,T,SNP,5.5,,", "m.csv, line 2, loci_compared: not a whole number from 0 up, or empty"),
        ("S,T,SNP,5,-1,", "m.csv, line 2, loci_matched: not a whole number from 0 up, or empty"),
        ("S,T,SNP,5,6,", "m.csv, line 2, loci_matched: more loci matched than were compared"),
        ("S,T,SNP,,6,", "m.csv, line 2, loci_compared: empty, though a number of matched loci is given"),
    ],
)
def test_a_match_that_cannot_be_right_is_told(line: str, problem: str) -> None:
    assert matches(line) == [problem]


@pytest.mark.parametrize("line", ["S,T,SNP,5,5,", "S,T,SNP,5,0,", "S,T,SNP,0,0,", "S,T,SNP,5,,", "S,T,SNP,NA,NA,NA"])
def test_a_match_that_can_be_right_is_read(line: str) -> None:
    assert len(read([Input("m.csv", f"{MATCH}\n{line}\n".encode())]).samples) == 1


def test_a_sample_or_an_animal_of_two_keys_is_told_with_all_its_lines() -> None:
    assert matches("S,T2,SNP,,,", "S,T1,SNP,,,", "S,T2,SNP,,,") == [
        "m.csv, lines 2, 3, 4: sample 'S' is matched to 'match: m: T1' and 'match: m: T2'; one is allowed"
    ]
    header = "data_set,individual,individual_key"
    assert matches("a,x,k1", "a,x,k2", "b,x,k1", header=header) == [
        "m.csv, lines 2, 3: animal 'x' of 'a' is stated to be 'k1' and 'k2'; one is allowed"
    ]
    assert matches(",x,k1", "a,,k1", "a,y,", header=header) == [
        "m.csv, line 2, data_set: empty; an identity needs it",
        "m.csv, line 3, individual: empty; an identity needs it",
        "m.csv, line 4, individual_key: empty; an identity needs it",
    ]


def test_of_many_problems_the_first_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(match_table, "MOST_PROBLEMS", 2)
    assert matches(",T,SNP,,,", ",T,SNP,,,", ",T,SNP,,,")[2:] == ["… and 1 more problems"]
    assert len(matches(",T,SNP,,,", ",T,SNP,,,")) == 2


def pairs(*lines: str, header: str = "id_a,id_b,flank,score,confirmed_by") -> Input:
    return csv("p.csv", header.split(","), *(line.split(",") for line in lines))


@pytest.mark.parametrize(
    ("flank", "told"),
    [("L", "left"), ("right side", "right"), ("Left Flank", "left"), ("b", "both"), ("L+R", "both"), ("", "")],
)
def test_flanks_are_known_in_many_words(flank: str, told: str) -> None:
    found = read([pairs(f"1,2,{flank},0.5,")]).picture_pairs
    assert found[["flank", "data_set_a", "data_set_b"]].values.tolist() == [[told, "p", "p"]]


def test_a_pair_twice_is_one_and_pictures_called_na_keep_their_name() -> None:
    assert len(read([pairs("1,2,left,0.5,", "1,2,left,0.5,")]).picture_pairs) == 1
    assert read([pairs("NA,2,left,NA,")]).picture_pairs[["id_a", "score"]].values.tolist() == [["NA", ""]]


def test_more_pairs_or_problems_than_are_taken_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture_pairs, "MOST_ROWS", 1)
    assert len(read([pairs("1,2,left,,")]).picture_pairs) == 1
    with pytest.raises(InputError, match="p.csv: more than 1 pairs; give those that a person has looked at"):
        read([pairs("1,2,left,,", "1,3,left,,")])
    monkeypatch.setattr(picture_pairs, "MOST_ROWS", 9)
    monkeypatch.setattr(picture_pairs, "MOST_PROBLEMS", 1)
    with pytest.raises(InputError) as refused:
        read([pairs(",2,left,,", ",3,left,,")])
    assert refused.value.problems == ["p.csv, line 2, id_a: empty; a pair needs two sides", "… and 1 more problems"]


def test_a_header_that_nobody_knows_is_told_up_to_twelve_columns() -> None:
    header = ",".join(f"column {letter}" for letter in "abcdefghijklm")
    told = problems("x.csv", f"{header}\n{',' * 12}1\n")
    assert told[0].startswith("x.csv, header: not recognised. Found: column a, column b") and told[0].endswith(
        "column l and 1 more"
    )
    assert told[1].startswith("Looked for: ")
