"""The rules of stays and crossings at their limits: which record is used, what supports a State, what confirms."""

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from neaspec.crossings import engine
from neaspec.crossings.doubts.movement import nothing
from neaspec.crossings.doubts.tracks import TracksInMemory
from neaspec.crossings.engine import EngineResult, stays_and_crossings
from neaspec.crossings.model.parameters import Parameters
from tests.support.placed import BEYOND, CAMERA, COAST, EDGE, SEA, placed

Row = tuple[str, str, str, dict[str, Any]]
PLAIN: dict[str, Any] = {}
DOUBTED = {"doubts": "too_fast"}


def work_out(*rows: Row, **parameters: float) -> EngineResult:
    return stays_and_crossings(placed(rows), Parameters(**parameters))  # type: ignore[arg-type]


def days(country: str, *when: str, **more: Any) -> list[Row]:
    """Make records of one animal in a country on days of March 2020, or at whole times."""
    return [("a", f"2020-03-{day}" if len(day) < 10 else day, country, more) for day in when]


def only(answer: EngineResult) -> tuple[str, str]:
    """Return grade and reasons of the one crossing there is."""
    (row,) = answer.crossings[["grade", "reasons"]].itertuples(index=False)
    return str(row.grade), str(row.reasons)


CHINA = days("CHN", "01", "02")
RUSSIA = days("RUS", "10", "11")


@pytest.mark.parametrize(
    ("more", "is_solid", "solid_records"),
    [
        ({}, True, 1),
        (EDGE, False, 0),
        (COAST, True, 0),
        (COAST | EDGE, False, 0),
        (CAMERA | EDGE, True, 1),
        ({"zone": "sea", "basis": "declared"}, True, 1),
        ({"is_contradicted": True}, True, 0),
        (DOUBTED, True, 0),
        ({"zone": "unsettled", "basis": "none"}, False, 0),
    ],
)
def test_a_record_supports_its_state_as_its_zone_and_basis_say(
    more: dict[str, Any], is_solid: bool, solid_records: int
) -> None:
    (stay,) = work_out(("a", "2020-03-01", "CHN", more)).stays.itertuples()
    assert (stay.is_solid, stay.solid_records, stay.records) == (is_solid, solid_records, 1)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({}, COAST),
        (COAST, EDGE),
        ({}, {"is_contradicted": True}),
        ({}, DOUBTED),
        ({"evidence": "camera"}, {"evidence": "gps"}),
        ({"evidence": "ring"}, {"evidence": "gps"}),
        ({"evidence": "camera"}, {"evidence": "ring"}),
        ({"place_kind": "degree_1", "place_id": "cell:1:1.5:1.5"}, {"place_kind": "site", "place_id": "site:b"}),
        ({"place_id": "cell:1:40.5:117.5"}, {"place_id": "cell:1:47.5:117.5"}),
        ({}, {"time_quality": "day_only"}),
        ({"age": "adult"}, {"age": "juvenile"}),
        ({"data_set": "A"}, {"data_set": "B"}),
        ({"source": "a.csv"}, {"source": "b.csv"}),
    ],
)
def test_of_records_of_one_time_the_best_supported_is_used_whatever_their_order(
    better: dict[str, Any], worse: dict[str, Any]
) -> None:
    for first, second in ((better, worse), (worse, better)):
        answer = work_out(("a", "2020-03-01", "CHN", first), ("a", "2020-03-01", "CHN", second))
        left_out = placed([("a", "2020-03-01", "CHN", worse)])["source"].iloc[0]
        assert answer.dropped.counts == {(left_out, "duplicate"): 1}
        (row,) = [example.row for examples in answer.dropped.examples.values() for example in examples]
        assert row == (3 if first is better else 2)


def test_of_two_equal_records_the_first_line_is_used() -> None:
    answer = work_out(("a", "2020-03-01", "CHN", PLAIN), ("a", "2020-03-01", "CHN", PLAIN))
    assert [example.row for example in answer.dropped.examples["fixes.csv", "duplicate"]] == [3]
    assert answer.stays["first_row"].tolist() == [2]


def test_two_records_of_one_time_at_sea_and_on_land_are_one() -> None:
    answer = work_out(("a", "2020-03-01", "CHN", PLAIN), ("a", "2020-03-01", "", SEA), *days("CHN", "02"))
    assert answer.stays[["records", "sea_records"]].values.tolist() == [[2, 0]]


def test_a_stay_tells_its_ends_records_and_longest_gap() -> None:
    answer = work_out(
        *days("CHN", "01", "03", "08"),
        ("a", "2020-03-08 12:00", "", SEA),
        ("a", "2020-03-09", "CHN", EDGE | {"evidence": "camera", "data_set": "other"}),
    )
    (stay,) = answer.stays.itertuples()
    assert (stay.records, stay.sea_records, stay.solid_records, stay.longest_gap_days) == (4, 1, 3, 5)
    assert (stay.arrived_at, stay.left_at) == (pd.Timestamp("2020-03-01"), pd.Timestamp("2020-03-09"))
    assert (stay.first_row, stay.last_row, stay.evidence) == (2, 6, "camera gps")
    assert stay.data_sets == "other | study"


def test_the_age_of_a_stay_is_the_last_one_told() -> None:
    rows = [("a", f"2020-03-0{day}", "CHN", {"age": age}) for day, age in ((1, "adult"), (2, "juvenile"), (3, ""))]
    assert work_out(*rows).stays["age"].tolist() == ["juvenile"]
    assert work_out(("a", "2020-03-01", "CHN", PLAIN)).stays["age"].tolist() == [""]


def test_times_of_the_place_are_beside_those_in_utc() -> None:
    rows = [*days("CHN", "01", "02", offset_minutes=480), *days("RUS", "10", "11", offset_minutes=600)]
    answer = work_out(*rows)
    (crossing,) = answer.crossings.itertuples()
    assert (crossing.left_at, crossing.left_local) == (pd.Timestamp("2020-03-02"), pd.Timestamp("2020-03-02 08:00"))
    assert (crossing.arrived_at, crossing.arrived_local) == (
        pd.Timestamp("2020-03-10"),
        pd.Timestamp("2020-03-10 10:00"),
    )
    assert answer.stays["arrived_local"].dt.hour.tolist() == [8, 10]
    assert answer.stays["left_local"].dt.day.tolist() == [2, 11]


@pytest.mark.parametrize(
    ("fixes", "minutes", "reasons"),
    [
        (2, 29.0, "short_after"),
        (2, 30.0, ""),
        (2, 31.0, ""),
        (1, 0.0, "few_fixes_after"),
        (3, 0.02, "short_after"),
    ],
)
def test_fixes_confirm_if_they_are_enough_and_far_enough_apart(fixes: int, minutes: float, reasons: str) -> None:
    step = pd.Timedelta(minutes=minutes) / max(fixes - 1, 1)
    after = [str(pd.Timestamp("2020-03-10") + number * step) for number in range(fixes)]
    grade = "probable" if reasons else "confirmed"
    assert only(work_out(*CHINA, *days("RUS", *after))) == (grade, reasons)
    before = [str(pd.Timestamp("2020-03-01") + number * step) for number in range(fixes)]
    assert only(work_out(*days("CHN", *before), *RUSSIA)) == (grade, reasons.replace("after", "before"))


@pytest.mark.parametrize("evidence", ["camera", "genetic", "ring"])
def test_one_proof_is_enough(evidence: str) -> None:
    assert only(work_out(*CHINA, *days("RUS", "10", evidence=evidence))) == ("confirmed", "")
    assert only(work_out(*days("CHN", "01", evidence=evidence), *RUSSIA)) == ("confirmed", "")


@pytest.mark.parametrize("evidence", ["sighting", "tracks", "gps"])
def test_what_is_no_proof_counts_as_fixes(evidence: str) -> None:
    assert only(work_out(*CHINA, *days("RUS", "10", evidence=evidence))) == ("probable", "few_fixes_after")


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        (COAST, "coast"),
        ({"is_contradicted": True}, "few_fixes contradicted"),
        (DOUBTED, "few_fixes doubtful"),
        (DOUBTED | {"evidence": "camera"}, "few_fixes doubtful"),
        ({"evidence": "camera", "is_contradicted": True}, "few_fixes contradicted"),
    ],
)
def test_a_presence_known_in_no_better_way_makes_a_crossing_probable(more: dict[str, Any], reason: str) -> None:
    after = " ".join(f"{word}_after" for word in reason.split())
    assert only(work_out(*CHINA, *days("RUS", "10", "11", **more))) == ("probable", after)
    before = " ".join(f"{word}_before" for word in reason.split())
    assert only(work_out(*days("CHN", "01", "02", **more), *RUSSIA)) == ("probable", before)


def test_a_doubtful_record_beside_enough_sound_ones_does_no_harm() -> None:
    assert only(work_out(*CHINA, *days("RUS", "10", **DOUBTED), *days("RUS", "11", "12"))) == ("confirmed", "")
    proof = {"evidence": "camera"}
    assert only(work_out(*CHINA, *days("RUS", "10", **DOUBTED), *days("RUS", "11", **proof))) == ("confirmed", "")
    assert only(work_out(*CHINA, *days("RUS", "10", is_contradicted=True), *days("RUS", "11", "12"))) == (
        "confirmed",
        "",
    )


@pytest.mark.parametrize(
    ("hours", "quality", "is_uncertain"),
    [
        (23.9, "utc_assumed", True),
        (24, "utc_assumed", False),
        (23.9, "day_only", True),
        (23.9, "interval", True),
        (23.9, "offset_given", False),
        (23.9, "utc_by_standard", False),
        (200, "long_interval", True),
    ],
)
def test_the_order_is_uncertain_if_times_are_known_no_better_than_they_are_apart(
    hours: float, quality: str, is_uncertain: bool
) -> None:
    later = str(pd.Timestamp("2020-03-01") + pd.Timedelta(hours=hours))
    expected = ("probable", "order_uncertain") if is_uncertain else ("confirmed", "")
    about = CAMERA | {"time_quality": quality}
    assert only(work_out(("a", "2020-03-01", "CHN", about), ("a", later, "RUS", CAMERA))) == expected
    assert only(work_out(("a", "2020-03-01", "CHN", CAMERA), ("a", later, "RUS", about))) == expected


@pytest.mark.parametrize(("doubt", "reasons"), [("clock_reset", "order_uncertain"), ("too_fast", "")])
def test_a_clock_in_doubt_makes_the_order_uncertain(doubt: str, reasons: str) -> None:
    rows = [*CHINA, *days("RUS", "10", evidence="camera", doubts=doubt), *days("RUS", "11", evidence="camera")]
    assert only(work_out(*rows)) == ("probable" if reasons else "confirmed", reasons)


@pytest.mark.parametrize(
    ("moment", "reasons"),
    [("2020-03-02", ""), ("2020-03-02 00:00:01", "jump"), ("2020-03-10", "jump"), ("2020-03-10 00:00:01", "")],
)
def test_a_crossing_over_a_jump_is_not_confirmed(moment: str, reasons: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for key, expected in (("study: a", reasons), ("study: b", "")):
        jump = pd.DataFrame({"individual_key": [key], "time": [pd.Timestamp(moment)], "code": ["too_fast"]})
        movement = replace(nothing(), jumps=jump.astype({"time": "datetime64[us]"}))
        monkeypatch.setattr(engine, "find", lambda *_, found=movement: found)
        rows = [*CHINA, *RUSSIA, ("b", "2020-03-01", "CHN", PLAIN)]
        answer = stays_and_crossings(placed(rows), Parameters(), tracks=TracksInMemory())
        assert only(answer) == ("probable" if expected else "confirmed", expected)


@pytest.mark.parametrize(
    ("key", "expected"), [("study: a", ("probable", "few_fixes_after doubtful_after")), ("study: b", ("confirmed", ""))]
)
def test_a_record_that_movement_doubts_confirms_nothing(
    key: str, expected: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    doubtful = pd.DataFrame({"individual_key": [key], "time": [pd.Timestamp("2020-03-11")]})
    movement = replace(nothing(), doubtful=doubtful.astype({"time": "datetime64[us]"}))
    monkeypatch.setattr(engine, "find", lambda *_: movement)
    rows = [*CHINA, *RUSSIA, ("b", "2020-03-01", "CHN", PLAIN)]
    assert only(stays_and_crossings(placed(rows), Parameters(), tracks=TracksInMemory())) == expected


def test_all_reasons_are_told_in_their_order() -> None:
    about = {"time_quality": "long_interval"}
    assert only(work_out(*days("CHN", "01", **COAST), *days("RUS", "10", **about))) == (
        "probable",
        "coast_before few_fixes_after order_uncertain",
    )


def test_three_states_one_after_the_other_are_two_crossings() -> None:
    answer = work_out(*CHINA, *days("MNG", "05", "06"), *RUSSIA)
    assert answer.crossings[
        ["from_country_code", "to_country_code", "from_stay", "to_stay", "gap_days"]
    ].values.tolist() == [
        ["CHN", "MNG", 1, 2, 3.0],
        ["MNG", "RUS", 2, 3, 4.0],
    ]


def test_a_touch_of_the_border_zone_is_told_beside_the_crossing_it_belongs_to() -> None:
    answer = work_out(*CHINA, *days("RUS", "05", **EDGE))
    (row,) = answer.crossings.itertuples()
    assert (row.grade, row.reasons, row.from_row, row.to_row) == ("border_zone_only", "", 3, 4)
    assert (row.left_at, row.arrived_at) == (pd.Timestamp("2020-03-02"), pd.Timestamp("2020-03-05"))


def test_of_a_touch_the_outermost_records_are_told() -> None:
    answer = work_out(*CHINA, *days("CHN", "03", **EDGE), *days("RUS", "05", "06", **EDGE))
    (row,) = answer.crossings.itertuples()
    assert (row.from_row, row.to_row) == (4, 5)


@pytest.mark.parametrize(("doubts", "crossings"), [("", 0), ("too_fast", 1)])
def test_beyond_the_map_only_a_sound_record_parts_two_states(doubts: str, crossings: int) -> None:
    beyond = BEYOND | {"doubts": doubts}
    answer = work_out(*CHINA, ("a", "2020-03-05", "", beyond), *RUSSIA)
    assert (answer.crossings["grade"] != "border_zone_only").sum() == crossings
    assert answer.stays["country_code"].tolist() == ["CHN", "", "RUS"]


def test_sea_records_belong_to_the_stay_before_them() -> None:
    rows = [*CHINA, ("a", "2020-03-03", "", SEA), ("a", "2020-03-04", "", SEA), *RUSSIA, ("a", "2020-03-12", "", SEA)]
    assert work_out(*rows, ("b", "2020-03-12", "", SEA)).stays["sea_records"].tolist() == [2, 1]


def test_animals_have_the_species_and_the_sex_that_all_their_records_state() -> None:
    answer = work_out(
        ("a", "2020-03-01", "CHN", {"sex": "female", "species_id": "", "taxon": ""}),
        ("a", "2020-03-02", "CHN", {"sex": "", "species_id": "hooded_crane", "taxon": "Grus monacha"}),
        ("b", "2020-03-01", "CHN", {"sex": "female"}),
        ("b", "2020-03-02", "CHN", {"sex": "male"}),
    )
    assert answer.stays[["individual", "sex", "species_id", "taxon"]].values.tolist() == [
        ["a", "female", "hooded_crane", "Grus monacha"],
        ["b", "", "white_naped_crane", "Antigone vipio"],
    ]


def test_presences_tell_where_an_animal_was_in_which_month() -> None:
    rows = [*CHINA, *days("CHN", "2020-04-05"), *days("RUS", "2020-04-20", **EDGE)]
    seen = work_out(*rows).presences
    assert seen.groupby(["country_code", "month"])["is_supported"].max().to_dict() == {
        ("CHN", pd.Timestamp("2020-03-01")): True,
        ("CHN", pd.Timestamp("2020-04-01")): True,
        ("RUS", pd.Timestamp("2020-04-01")): False,
    }


@pytest.mark.parametrize(
    ("before", "after", "records", "is_told"),
    [(True, True, 1, True), (False, True, 1, False), (True, False, 1, False), (True, True, 2, False)],
)
def test_one_record_beyond_the_map_between_others_is_told(
    before: bool, after: bool, records: int, is_told: bool
) -> None:
    beyond: list[Row] = [("a", f"2020-03-0{day}", "", BEYOND) for day in (4, 5)][:records]
    answer = work_out(*(CHINA if before else []), *beyond, *(RUSSIA if after else []))
    line = 4 if before else 2
    found = answer.doubts.examples.get(("fixes.csv", "lone_beyond_the_map"), [])
    assert [example.row for example in found] == ([line] if is_told else [])
