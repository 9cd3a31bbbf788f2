"""Files for secr and oSCR, read line by line: what stands in them, what is left out, what both programs are told."""

from collections.abc import Sequence

import pandas as pd
import pytest

from neaspec.crossings.joint.capture_files import capture_files, slug
from neaspec.crossings.joint.histories import CAPTURE_COLUMNS, TRAP_COLUMNS, USAGE_COLUMNS, CaptureHistory
from neaspec.text import Words

NAN = float("nan")
TRAPS = [
    ("T001", "site:a", "CHN", -1500.0, 20_000.4),
    ("T002", "site:b", "RUS", 2500.0, 0.0),
    ("T003", "landscape:CHN-RUS", "CHN", NAN, NAN),
]
USAGE = [
    ("2019", "T001", 1, 10.5),
    ("2019", "T001", 2, 30.0),
    ("2020", "T002", 4, 7.0),
    ("2020", "T001", 3, 0.0),
    ("2020", "T003", 1, 5.0),
    ("2020", "T002", 2, 3.0),
    ("2021", "T003", 1, 9.0),
]
CAPTURES = [
    ("2019", "A001", "a: F1", "female", 1, "T001"),
    ("2019", "A002", "a: M1", "male", 2, "T001"),
    ("2019", "A003", "a: X", "", 2, "T001"),
    ("2019", "A001", "a: F1", "female", 3, "T001"),  # no effort then
    ("2020", "A001", "a: F1", "female", 3, "T001"),  # effort of no days
    ("2021", "A002", "a: M1", "male", 1, "T003"),  # a place without a point
]


def history(
    captures: Sequence[tuple[object, ...]] = CAPTURES,
    usage: Sequence[tuple[object, ...]] = USAGE,
    is_exact: bool = False,
    taxon: str = "Panthera tigris",
    species: str = "amur_tiger",
) -> CaptureHistory:
    return CaptureHistory(
        species,
        taxon,
        pd.DataFrame(captures, columns=list(CAPTURE_COLUMNS)),
        pd.DataFrame(TRAPS, columns=list(TRAP_COLUMNS)),
        pd.DataFrame(usage, columns=list(USAGE_COLUMNS)),
        {"2019": 4, "2020": 4, "2021": 4},
        (43.0, 131.0),
        is_exact,
    )


def texts(given: CaptureHistory, words: Words) -> dict[str, list[str]]:
    files = {}
    for name, content in capture_files(given, words):
        assert content.endswith(b"\n") and not content.endswith(b"\n\n")
        files[name] = content.decode("utf-8").splitlines()
    return files


@pytest.fixture(scope="module")
def files(words: Words) -> dict[str, list[str]]:
    return texts(history(), words)


def rows(lines: list[str]) -> list[str]:
    return [line for line in lines if not line.startswith("#")]


def test_sessions_without_a_trap_that_has_a_point_have_no_files(files: dict[str, list[str]]) -> None:
    assert list(files) == [
        "secr-captures.txt",
        "oscr-edf.csv",
        "secr-traps-2019.txt",
        "oscr-tdf-1.csv",
        "secr-traps-2020.txt",
        "oscr-tdf-2.csv",
        "README.txt",
    ]


def test_captures_stand_with_session_animal_occasion_trap_and_sex(files: dict[str, list[str]]) -> None:
    assert rows(files["secr-captures.txt"]) == [
        "2019 A001 1 T001 F",
        "2019 A002 2 T001 M",
        "2019 A003 2 T001 NA",
        "2020 NONE 2 T002 NA",  # cameras and no animal: the first occasion of the session
    ]
    assert files["oscr-edf.csv"] == [
        "session,id,occasion,trap,sex",
        "1,A001,1,T001,F",
        "1,A002,2,T001,M",
        "1,A003,2,T001,NA",
    ]


def test_a_capture_of_the_second_session_has_its_number(words: Words) -> None:
    given = history([*CAPTURES, ("2020", "A002", "a: M1", "male", 4, "T002")])
    files = texts(given, words)
    assert files["oscr-edf.csv"][-1] == "2,A002,4,T002,M"
    assert rows(files["secr-captures.txt"])[-1] == "2020 A002 4 T002 M"  # and no NONE then


def test_traps_stand_in_whole_metres_with_the_days_of_each_occasion(files: dict[str, list[str]]) -> None:
    assert rows(files["secr-traps-2019.txt"]) == ["T001 -1500 20000 10.5 30 0 0"]
    assert rows(files["secr-traps-2020.txt"]) == ["T002 2500 0 0 3 0 7"]
    assert files["oscr-tdf-1.csv"] == ["Detector,X,Y,1,2,3,4", "T001,-1500,20000,1,1,0,0"]
    assert files["oscr-tdf-2.csv"] == ["Detector,X,Y,1,2,3,4", "T002,2500,0,0,1,0,1"]


def test_the_line_of_a_session_without_animals_is_of_the_first_trap_of_its_first_occasion(words: Words) -> None:
    usage: list[tuple[object, ...]] = [("2019", "T002", 2, 1.0), ("2019", "T001", 2, 1.0), ("2019", "T001", 3, 1.0)]
    assert rows(texts(history(captures=[], usage=usage), words)["secr-captures.txt"]) == ["2019 NONE 2 T001 NA"]


def test_days_of_one_trap_and_occasion_are_added_up(words: Words) -> None:
    files = texts(history(usage=[("2019", "T001", 1, 1.5), ("2019", "T001", 1, 2.0)]), words)
    assert rows(files["secr-traps-2019.txt"]) == ["T001 -1500 20000 3.5 0 0 0"]


def test_the_head_says_whose_they_are_where_zero_is_and_what_was_left_out(
    files: dict[str, list[str]], words: Words
) -> None:
    head = [line for line in files["secr-captures.txt"] if line.startswith("#")]
    assert head[0] == "# Panthera tigris"
    assert head[1] == f"# {words('joint.histories_public')}"
    assert head[2] == "# X and Y: metres east and north of 43 N, 131 E"
    assert head[3].startswith("# 3 captures left out")
    assert head[4:] == ["# Session ID Occasion Detector Sex"]
    traps = [line for line in files["secr-traps-2020.txt"] if line.startswith("#")]
    assert traps[:4] == head[:4] and traps[4:] == ["# session 2020", "# Detector X Y effort"]


def test_exact_ones_say_that_they_are_for_their_holder_alone(words: Words) -> None:
    files = texts(history(is_exact=True), words)
    assert files["secr-captures.txt"][1].startswith("# EXACT")
    assert files["README.txt"][2].startswith("EXACT")


def test_a_name_over_two_lines_stays_one_line_of_the_head(words: Words) -> None:
    assert texts(history(taxon="Panthera\n tigris"), words)["secr-captures.txt"][0] == "# Panthera tigris"


def test_the_read_me_gives_the_calls_that_read_the_files(files: dict[str, list[str]], words: Words) -> None:
    said = files["README.txt"]
    assert said[:6] == [
        "Panthera tigris",
        "",
        words("joint.histories_public"),
        words("joint.histories_read_me"),
        "",
        "library(secr)",
    ]
    assert said[6] == (
        'CH <- read.capthist("secr-captures.txt", c("secr-traps-2019.txt", "secr-traps-2020.txt"), '
        'detector = "proximity", fmt = "trapID", noccasions = c(4, 4), covnames = "Sex", binary.usage = FALSE)'
    )
    assert said[7:9] == ["", "library(oSCR)"]
    assert said[9] == (
        'data <- data2oscr(read.csv("oscr-edf.csv"), sess.col = 1, id.col = 2, occ.col = 3, trap.col = 4, '
        'tdf = list(read.csv("oscr-tdf-1.csv"), read.csv("oscr-tdf-2.csv")), K = c(4, 4), ntraps = rep(NA, 2), '
        'sex.nacode = "NA")'
    )
    assert len(said) == 10


@pytest.mark.parametrize(
    ("species", "taxon", "name"),
    [
        ("amur_tiger", "Panthera tigris", "amur_tiger"),
        ("", "Panthera tigris", "panthera_tigris"),
        ("", "東北虎 9", "____9"),
        ("", "", "animals"),
        ("", "x" * 61, "x" * 60),
    ],
)
def test_the_folder_of_a_history_has_a_plain_name(species: str, taxon: str, name: str) -> None:
    assert slug(history(species=species, taxon=taxon)) == name
