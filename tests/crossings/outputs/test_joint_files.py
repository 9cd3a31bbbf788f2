"""Files and report of a joint study written by hand: which there are, whose they are, what stands in them."""

import csv
import io
from types import SimpleNamespace
from typing import cast

import numpy as np
import pandas as pd

from neaspec.crossings.joint.genotypes import LOCUS_COLUMNS, PAIR_COLUMNS, SHIFT_COLUMNS, GenotypeComparison
from neaspec.crossings.joint.histories import CAPTURE_COLUMNS, TRAP_COLUMNS, USAGE_COLUMNS, CaptureHistory
from neaspec.crossings.joint.network import LINK_COLUMNS
from neaspec.crossings.joint.study import JointStudy
from neaspec.crossings.outputs.joint_files import joint_files, joint_report
from neaspec.crossings.privacy.rules import Rules
from neaspec.text import Words

SITES = pd.DataFrame(
    [("a", "Park A", 43.0, 131.0, 0.1), ("b", "Park B", 43.5, 131.0, 0.1)],
    columns=["site_id", "name", "latitude", "longitude", "coordinate_precision_deg"],
)
COUNTRIES = pd.DataFrame(
    [("CHN", "China", 35.0, 105.0)], columns=["country_code", "name", "label_latitude", "label_longitude"]
)
RULES = cast(Rules, SimpleNamespace(sites=SITES, countries=COUNTRIES))


def history(x: float = 0.0, is_exact: bool = False) -> CaptureHistory:
    return CaptureHistory(
        "amur_tiger",
        "Panthera tigris",
        pd.DataFrame([("2020", "A001", "43.12345 131.12345", "female", 1, "T001")], columns=list(CAPTURE_COLUMNS)),
        pd.DataFrame([("T001", "site:a", "CHN", x, x)], columns=list(TRAP_COLUMNS)),
        pd.DataFrame([("2020", "T001", 1, 5.0)], columns=list(USAGE_COLUMNS)),
        {"2020": 4},
        (43.0, 131.0),
        is_exact,
    )


def files(study: JointStudy, words: Words) -> dict[str, list[dict[str, str]]]:
    """Return the tables of the files: name -> rows."""
    return {
        name: list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
        for name, content in joint_files(study, RULES, words)
    }


FOLDER = "capture_histories/amur_tiger"


def test_a_history_has_its_tables_and_the_files_of_both_programs(words: Words) -> None:
    found = files(JointStudy(histories=[history()]), words)
    assert list(found) == [
        f"{FOLDER}/{name}"
        for name in (
            "captures.csv",
            "traps.csv",
            "effort.csv",
            "secr-captures.txt",
            "oscr-edf.csv",
            "secr-traps-2020.txt",
            "oscr-tdf-1.csv",
            "README.txt",
        )
    ]
    (trap,) = found[f"{FOLDER}/traps.csv"]
    assert (trap["place_name"], trap["origin_latitude"], trap["origin_longitude"]) == ("Park A", "43", "131")
    assert trap["note"] == words("joint.histories_public")
    (capture,) = found[f"{FOLDER}/captures.csv"]
    assert (capture["animal"], capture["animal_id"]) == ("[position withheld]", "A001")
    (effort,) = found[f"{FOLDER}/effort.csv"]
    assert (effort["camera_days"], effort["note"]) == ("5", words("joint.histories_public"))


def test_without_a_point_there_are_no_files_of_programs(words: Words) -> None:
    found = files(JointStudy(histories=[history(np.nan)]), words)
    assert list(found) == [f"{FOLDER}/{name}.csv" for name in ("captures", "traps", "effort")]


def test_exact_histories_stand_in_a_folder_that_says_whose_they_are(words: Words) -> None:
    found = files(JointStudy(exact=[history(is_exact=True)]), words)
    assert {name.rpartition("/")[0] for name in found} == {"exact_for_their_holder_only/amur_tiger"}
    assert found["exact_for_their_holder_only/amur_tiger/traps.csv"][0]["note"].startswith("EXACT")


def test_tables_with_rows_are_files_with_a_note_and_names_of_places(words: Words) -> None:
    links = pd.DataFrame(
        [("amur_tiger", "Panthera tigris", "CHN", "site:a", "RUS", "site:b", 2)], columns=list(LINK_COLUMNS)
    )
    identities = pd.DataFrame({"data_set": ["CN"], "individual": ["C1"], "individual_key": ["pictures 1"]})
    found = files(JointStudy(links=links, identities=identities), words)
    assert list(found) == ["network_of_places.csv", "identities_confirmed_by_both_sides.csv"]
    (link,) = found["network_of_places.csv"]
    assert (link["place_a_name"], link["place_b_name"], link["animals"]) == ("Park A", "Park B", "2")
    assert link["note"] == words("joint.row_note")
    (identity,) = found["identities_confirmed_by_both_sides.csv"]
    assert list(identity) == ["data_set", "individual", "individual_key"]  # to be given back as it is


def compared() -> GenotypeComparison:
    pairs = pd.DataFrame([dict.fromkeys(PAIR_COLUMNS, "x")])
    loci = pd.DataFrame([dict.fromkeys(LOCUS_COLUMNS, "x")])
    return GenotypeComparison(pairs, loci, pd.DataFrame(columns=list(SHIFT_COLUMNS)), 6, 2, 1)


def test_genotypes_have_files_of_what_there_is(words: Words) -> None:
    assert list(files(JointStudy(genotypes=compared()), words)) == ["genotype_pairs.csv", "loci.csv"]


def test_the_report_counts_histories_and_genotypes() -> None:
    told = joint_report(JointStudy(sides=("CHN",), histories=[history(), history(np.nan)], undated=3))
    assert (told["sides"], told["deployments_without_dates"]) == (["CHN"], 3)
    assert [(one["captures"], one["traps"], one["traps_with_point"]) for one in told["capture_histories"]] == [
        (1, 1, 1),
        (1, 1, 0),
    ]
    assert told["capture_histories"][0]["sessions"] == {"2020": 4}
    assert "genotypes" not in told
    genotypes = joint_report(JointStudy(genotypes=compared()))["genotypes"]
    counted = ("pairs_compared", "pairs_with_too_few_loci", "pairs_left_out")
    assert [genotypes[name] for name in counted] == [6, 2, 1]
    assert (len(genotypes["pairs"]), genotypes["laboratory_shifts"]) == (1, [])
