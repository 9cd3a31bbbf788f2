"""The joint study on the page of results: the answer, the table of the sides, who was alive, genotypes, pictures."""

import pandas as pd
import pytest

from neaspec.blocks import Answer, Chart, Details, Heading, Notice, Table, Text, walk
from neaspec.crossings.joint.genotypes import LOCUS_COLUMNS, PAIR_COLUMNS, SHIFT_COLUMNS, GenotypeComparison
from neaspec.crossings.joint.histories import CaptureHistory
from neaspec.crossings.joint.study import JointStudy
from neaspec.crossings.joint.study_table import study_table
from neaspec.sections.field_data import joint
from neaspec.sections.field_data.places import Gazetteer
from tests.support.on_page import table

NAMES = {"steppe_cat": "Steppe cat"}
CAT = {"species_id": "steppe_cat", "taxon": "Felis ficta"}
CRANE = {"species_id": "", "taxon": "Grus aliena"}
SIDES = ("MNG", "RUS")
MONTH = pd.Timestamp("2020-05-01")
EFFORT = {"stations": 3, "cameras": 4, "camera_days": 1200.4, "months": 6}


@pytest.fixture(scope="module")
def places(mini, words):
    return Gazetteer(mini, words)


def seen(*animals: tuple[str, str, str, str, str], of=CAT) -> pd.DataFrame:
    """Give presences: animal, State, sex, age, evidence."""
    names = ("individual_key", "country_code", "sex", "age", "evidence")
    return pd.DataFrame([{**of, "month": MONTH, **dict(zip(names, animal, strict=True))} for animal in animals])


def effort(*codes: str) -> pd.DataFrame:
    one = {"RUS": {"stations": 1, "cameras": 2, "camera_days": 30.0}}
    rows = [
        {
            "country_code": code,
            **{name: EFFORT[name] for name in ("stations", "cameras", "camera_days")},
            **one.get(code, {}),
        }
        for code in codes
    ]
    return pd.DataFrame(rows, columns=["country_code", "stations", "cameras", "camera_days"])


def studied(presences: pd.DataFrame, *with_effort: str, sides=SIDES) -> JointStudy:
    return JointStudy(sides=sides, study=study_table(presences, effort(*with_effort), sides))


ONE_ON_BOTH = seen(
    ("T1", "MNG", "male", "adult", "camera"),
    ("T1", "RUS", "male", "adult", "camera genetic"),
    ("T2", "MNG", "", "juvenile", "camera"),
)


@pytest.mark.parametrize(
    ("presences", "with_effort", "sentence"),
    [
        (ONE_ON_BOTH, SIDES, "Steppe cat: 2 different animals, 1 on both sides (Mongolia, Russian Federation)."),
        (
            seen(("T1", "MNG", "", "", "camera")),
            SIDES,
            "Steppe cat: 1 different animal, 0 on both sides (Mongolia, Russian Federation).",
        ),
        (
            seen(("T1", "MNG", "", "", "camera")),
            ("MNG",),
            "Steppe cat: 1 different animal; nothing is known of a second side (Mongolia, Russian Federation).",
        ),
        (
            pd.concat([seen(("G1", "RUS", "", "", "camera"), of=CRANE), ONE_ON_BOTH]),
            SIDES,
            "Grus aliena: 1 different animal, 0 on both sides; Steppe cat: 2 different animals, 1 on both sides "
            "(Mongolia, Russian Federation).",
        ),
        (seen(("T1", "MNG", "", "", "genetic")), SIDES, "Cameras told no animal that is identified."),
    ],
)
def test_the_answer_tells_different_animals_and_those_on_both_sides(words, places, presences, with_effort, sentence):
    assert joint.answer(words, places, studied(presences, *with_effort), NAMES) == sentence


def test_the_table_of_the_sides_has_parts_by_age_and_sex_and_what_is_shared(words, places):
    told = joint.study(words, places, studied(ONE_ON_BOTH, *SIDES), NAMES)
    assert [column.label for column in told.columns] == [
        "What was counted",
        "Mongolia",
        "Russian Federation",
        "On both sides",
        "Different animals",
    ]
    assert told.rows.values.tolist() == [
        ["Camera traps", "4 at 3 stations; 1,200 camera-days", "2 at 1 station; 30 camera-days", "", ""],
        [
            "Steppe cat identified by cameras",
            "2 (1 adult, 1 cub; 1 M, 1 of sex not stated)",
            "1 (1 adult; 1 M)",
            "",
            "2 (1 adult, 1 cub; 1 M, 1 of sex not stated)",
        ],
        ["Steppe cat on both sides, by cameras", "", "", "1 (1 M; 1 adult)", ""],
        ["Steppe cat identified by genetic samples", "not reported", "1 (1 adult; 1 M)", "", "1 (1 adult; 1 M)"],
        ["Steppe cat on both sides, by genetic samples", "", "", "not reported", ""],
    ]


def test_a_side_without_deployments_has_not_reported_and_a_side_without_animals_has_none(words, places):
    told = joint.study(
        words, places, studied(seen(("T1", "MNG", "", "", "camera")), "MNG", "CHN", sides=("CHN", "MNG", "RUS")), NAMES
    )
    cells = told.rows.set_index("what")
    assert cells.loc["Camera traps", "RUS"] == "not reported"
    assert cells.loc["Steppe cat identified by cameras", ["CHN", "MNG", "RUS"]].tolist() == ["0", "1", "not reported"]


def alive(*rows: dict) -> pd.DataFrame:
    like = {
        **CAT,
        "country_code": "MNG",
        "season": 0,
        "status": "surveyed",
        "known_alive": 3,
        "seen": 2,
        "new": 1,
        "seen_again": 1,
        "not_seen": 1,
        "lost": 0,
        "on_both_sides": 0,
        "period": "spring 2020",
        "start": "2020-03",
        "stations": 3,
        "camera_days": 1200.4,
    }
    frame = pd.DataFrame([like | row for row in rows])
    numbers = ["known_alive", "seen", "new", "seen_again", "not_seen", "lost", "on_both_sides"]
    return frame.astype(dict.fromkeys(numbers, "Int64"))


ALIVE = alive(
    {},
    {"country_code": "RUS", "status": "not_surveyed", "known_alive": pd.NA, "seen": pd.NA},
    {"country_code": "", "known_alive": 4, "seen": 3},
    {"season": 1, "period": "winter 2020", "start": "2020-12", "known_alive": 0, "seen": 0},
    {"season": 1, "period": "winter 2020", "start": "2020-12", "country_code": "", "known_alive": 1, "seen": 1},
)


def test_animals_known_alive_are_points_above_those_seen_at_their_season(words, places):
    chart, listed, note = joint.alive(words, places, JointStudy(alive=ALIVE), NAMES)
    assert isinstance(chart, Chart) and chart.title == words("joint.alive_chart", species="Steppe cat")
    drawn = chart.rows[["study_side", "x", "y", "low", "high", "mark", "joined"]]
    assert drawn.astype(object).where(drawn.notna(), None).values.tolist() == [
        ["Mongolia", 2020.25, 3.0, 2.0, 3.0, "exact", True],
        ["Russian Federation", 2020.25, None, None, None, "not_surveyed", False],
        ["All sides, each animal once", 2020.25, 4.0, 3.0, 4.0, "exact", True],
        ["Mongolia", 2021.0, 0.0, 0.0, 0.0, "zero", True],
        ["All sides, each animal once", 2021.0, 1.0, 1.0, 1.0, "exact", True],
    ]
    assert "At most 4 at one time on all sides; the last season is winter 2020" in chart.alt
    assert [column.name for column in chart.table.columns][:2] == ["study_side", "season_words"]
    assert table([listed], "known_alive").rows["survey_words"].tolist()[1] == "not surveyed"
    assert isinstance(note, Text) and note.style == "note"


def test_where_nothing_is_known_of_all_sides_the_most_is_none(words, places):
    nothing = alive({"country_code": "", "known_alive": pd.NA, "seen": pd.NA, "status": "not_reported"})
    chart = joint.alive(words, places, JointStudy(alive=nothing), NAMES)[0]
    assert "At most 0 at one time" in chart.alt and chart.rows["mark"].tolist() == ["not_reported"]


@pytest.mark.parametrize(("kinds", "drawn"), [(3, 3), (4, 3)])
def test_at_most_three_kinds_of_animals_are_drawn_and_all_are_listed(words, places, kinds, drawn):
    rows = alive(*({"species_id": "", "taxon": f"Avis {number}", "country_code": ""} for number in range(kinds)))
    blocks = joint.alive(words, places, JointStudy(alive=rows), NAMES)
    assert [block.rows["taxon"].tolist() for block in blocks if isinstance(block, Chart)] == [
        [f"Avis {number}"] for number in range(drawn)
    ]
    assert len(table(blocks, "known_alive").rows) == kinds


def counts_of(**cells) -> pd.DataFrame:
    return pd.DataFrame(
        [{**CAT, "country_code": "MNG", "year": 2020, "status": "surveyed", "animals": 2, **EFFORT, **cells}]
    )


@pytest.mark.parametrize(
    ("undated", "notes"),
    [
        (0, []),
        (1, ["1 deployment has no dates that can be used and counts for no effort."]),
        (2, ["2 deployments have no dates that can be used and count for no effort."]),
    ],
)
def test_counts_stand_beside_the_effort_of_their_year(words, places, undated, notes):
    folded = joint.counts(words, places, JointStudy(counts=counts_of(), undated=undated), NAMES)
    assert table([folded], "joint_counts").rows[
        [
            "species_name",
            "study_side",
            "year",
            "animals",
            "survey_words",
            "stations",
            "cameras",
            "camera_days",
            "months",
        ]
    ].values.tolist() == [["Steppe cat", "Mongolia", 2020, 2, "surveyed", 3, 4, 1200.4, 6]]
    assert [block.text for block in folded.blocks[1:] if isinstance(block, Text)] == notes


SECTION = {
    **CAT,
    "country_a": "MNG",
    "place_a": "site:steppe_park",
    "country_b": "RUS",
    "place_b": "none",
    "animals": 2,
    "crossings": 3,
    "a_to_b": 2,
    "b_to_a": 1,
    "first": "2019",
    "last": "2020",
}


def test_sections_of_the_border_are_open_and_the_network_of_places_is_folded(words, places):
    linked = {name: SECTION[name] for name in (*CAT, "country_a", "place_a", "country_b", "place_b", "animals")}
    study = JointStudy(sections=pd.DataFrame([SECTION]), links=pd.DataFrame([linked]))
    heading, sections, links = joint.network(words, places, study, NAMES)
    assert isinstance(heading, Heading) and isinstance(sections, Table) and isinstance(links, Details)
    names = ["species_name", "first_place", "second_place", "animals", "crossings", "a_to_b", "b_to_a"]
    assert sections.rows[names].values.tolist() == [["Steppe cat", "Steppe Park", "Russian Federation", 2, 3, 2, 1]]
    assert table([links], "joint_links").rows[names[:4]].values.tolist() == [
        ["Steppe cat", "Steppe Park", "Russian Federation", 2],
    ]
    assert [type(block) for block in joint.network(words, places, JointStudy(links=study.links), NAMES)] == [
        Heading,
        Details,
    ]
    assert joint.network(words, places, JointStudy(), NAMES) == []


def test_capture_histories_are_counted_with_the_traps_that_have_a_point(words):
    history = CaptureHistory(
        "steppe_cat",
        "Felis ficta",
        pd.DataFrame({"animal_id": ["T1", "T1", "T2"]}),
        pd.DataFrame({"x": [1.0, float("nan"), 3.0]}),
        pd.DataFrame(),
        {"2020": 4, "2021": 4},
        (50.0, 114.0),
    )
    (folded,) = joint.histories(words, JointStudy(histories=[history]), NAMES)
    assert table([folded], "capture_histories").rows.values.tolist() == [["Steppe cat", 2, 3, 2, 3, 2]]
    assert joint.histories(words, JointStudy(), NAMES) == []


PAIR = dict.fromkeys(PAIR_COLUMNS, "") | {"sample_a": "S1", "sample_b": "S2", "pid": 0.0039, "pid_sib": 0.12}
LOCUS = dict.fromkeys(LOCUS_COLUMNS, 0) | {"laboratory": "", "locus": "", "pid": 0.5, "pid_sib": 0.25}
NO_SHIFT = pd.DataFrame(columns=list(SHIFT_COLUMNS))


def compared(pairs: int = 1, shifts: pd.DataFrame = NO_SHIFT, **numbers: int) -> GenotypeComparison:
    frame = pd.DataFrame([PAIR] * pairs, columns=list(PAIR_COLUMNS))
    loci = pd.DataFrame([LOCUS, LOCUS | {"laboratory": "North", "locus": "L1"}])
    return GenotypeComparison(frame, loci, shifts, **numbers)


def test_genotypes_that_agree_are_proposals_with_probabilities_of_the_trade(words):
    blocks = joint.genotypes(words, compared(compared=3, too_few=1))
    assert table(blocks, "genotype_pairs").rows[
        ["sample_a", "sample_b", "pid_words", "pid_sib_words"]
    ].values.tolist() == [
        ["S1", "S2", "3.9e-03", "1.2e-01"],
    ]
    assert table(blocks, "loci").rows[["laboratory", "locus", "pid_words"]].values.tolist() == [
        ["all together", "all loci together", "5.0e-01"],
        ["North", "L1", "5.0e-01"],
    ]
    texts = [block.text for block in blocks if isinstance(block, Text)]
    assert texts == ["3 pairs of samples were compared; 1 of them share too few loci to be told."]
    assert [block.kind for block in blocks if isinstance(block, Notice)] == ["caution"]
    assert not [
        block for block in walk(tuple(blocks)) if isinstance(block, Table) and block.file_name.endswith("shifts")
    ]


def test_what_is_not_listed_of_genotypes_is_told_and_no_pair_is_a_sentence(words):
    left_out = joint.genotypes(words, compared(left_out=1))
    assert any(getattr(block, "text", "").startswith("1 more pairs are alike") for block in left_out)
    none = joint.genotypes(words, compared(pairs=0))
    assert [block.text for block in none if isinstance(block, Notice)][1] == "No two samples agree at enough loci."
    shift = pd.DataFrame([dict.fromkeys(SHIFT_COLUMNS, 1) | {"laboratory_a": "North", "locus": "L1"}])
    shown = table(joint.genotypes(words, compared(shifts=shift)), "laboratory_shifts")
    assert shown.rows["laboratory_a"].tolist() == ["North"]


PICTURES = pd.DataFrame(
    [
        {
            "data_set_a": "north",
            "id_a": "A",
            "data_set_b": "south",
            "id_b": "B",
            "flank": flank,
            "score": "0.9",
            "confirmed_by": "north",
            "state": state,
        }
        for flank, state in (
            ("left", "by_one_side"),
            ("", "proposed"),
            ("both", "by_both_sides"),
            ("right", "proposed"),
        )
    ]
)
SUMMARY = pd.DataFrame(
    [
        {
            "flank": flank,
            "pairs": 1,
            "by_both_sides": 0,
            "by_one_side": 1,
            "proposed": 0,
            "animals": 2,
            "joined_animals": 0,
        }
        for flank in ("left", "right", "both", "")
    ]
)


def test_pairs_of_pictures_are_told_by_flank_with_who_confirmed_them(words):
    blocks = joint.pictures(words, JointStudy(pictures=PICTURES, picture_summary=SUMMARY))
    assert table(blocks, "picture_flanks").rows["flank_words"].tolist() == ["left", "right", "both", "not stated"]
    assert table(blocks, "picture_pairs").rows[["flank_words", "pair_state"]].values.tolist() == [
        ["left", "confirmed by one side"],
        ["not stated", "proposed"],
        ["both", "confirmed by both sides"],
        ["right", "proposed"],
    ]
    assert isinstance(blocks[2], Table) and isinstance(blocks[3], Details)


def test_only_what_there_is_of_a_joint_study_has_a_place(words, places):
    assert joint.joint_blocks(words, places, JointStudy(), NAMES) == []
    full = JointStudy(
        sides=SIDES,
        study=study_table(ONE_ON_BOTH, effort(*SIDES), SIDES),
        alive=ALIVE,
        counts=counts_of(),
        genotypes=compared(),
        pictures=PICTURES,
        picture_summary=SUMMARY,
    )
    blocks = joint.joint_blocks(words, places, full, NAMES)
    assert isinstance(blocks[0], Answer) and isinstance(blocks[1], Table) and isinstance(blocks[2], Chart)
    headings = [block.text for block in blocks if isinstance(block, Heading)]
    assert headings == ["Genotypes held against each other", "Pairs of pictures"]
    only = joint.joint_blocks(words, places, JointStudy(pictures=PICTURES, picture_summary=SUMMARY), NAMES)
    assert [block.text for block in only if isinstance(block, Heading)] == ["Pairs of pictures"]
