"""Names set side by side, and what a record shows alone: clocks, rounding, obscured positions, weak matches."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest

from neaspec.crossings.doubts import names
from neaspec.crossings.doubts.kinds import KINDS, OF_CLOCKS, WITHHOLDING
from neaspec.crossings.doubts.names import skeleton, tell_names
from neaspec.crossings.doubts.records import add_doubts
from neaspec.crossings.model.parameters import Parameters
from neaspec.crossings.model.reading import IDENTITY_COLUMNS, SAMPLE_COLUMNS, Reading
from neaspec.crossings.model.records import DOUBT_CODES, as_records

NOBODY = pd.DataFrame({"individual_key": [], "joined_key": []})


def statements(*rows: tuple[str, str, str]) -> pd.DataFrame:
    """Make statements of (key in the end, data set, name)."""
    return pd.DataFrame(rows, columns=["final_key", "data_set", "individual"])


def alike(*rows: tuple[str, str, str]) -> list[str]:
    told = tell_names(statements(*rows), NOBODY, NOBODY)
    return [example.found for example in told.examples["", "names_alike"]]


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("T-007", "t7"),
        ("17001.00", "17001"),
        ("17001.5", "170015"),
        ("0", "0"),
        ("000", "0"),
        ("10", "10"),
        ("T_03 / b", "t3b"),
        ("№ 5", "no5"),
        ("Тигр", "tигp"),
        ("β1", "b1"),
        ("", ""),
        ("---", ""),
    ],
)
def test_the_form_of_a_name_is_without_its_ways_of_writing(name: str, form: str) -> None:
    assert skeleton(name) == form


def test_names_written_alike_in_one_data_set_are_told_in_order() -> None:
    assert alike(("a: T3", "a", "T3"), ("a: t-03", "a", "t-03"), ("a: T4", "a", "T4")) == ["a: T3 | a: t-03"]


@pytest.mark.parametrize(
    ("one", "other", "is_told"), [("ABC1", "abc 1", True), ("AB1", "ab 1", False), ("AB12", "ab 12", True)]
)
def test_short_names_of_two_data_sets_are_alike_too_often(one: str, other: str, is_told: bool) -> None:
    assert bool(alike((f"a: {one}", "a", one), (f"b: {other}", "b", other))) is is_told


def test_one_animal_under_two_names_and_samples_are_not_told() -> None:
    assert alike(("k", "a", "T3"), ("k", "a", "t-03")) == []
    assert alike(("a: sample S1", "a", "sample S1"), ("a: sample s-1", "a", "sample s-1")) == []
    assert alike(("a: -", "a", "-"), ("a: --", "a", "--")) == []


def test_one_long_name_of_two_data_sets_is_told() -> None:
    assert alike(("a: Victor", "a", "Victor"), ("b: Victor", "b", "Victor")) == ["a: Victor | b: Victor"]


def test_every_pair_of_a_form_is_counted_and_the_first_five_are_named() -> None:
    rows = [(f"a: T{'-' * number}3", "a", f"T{'-' * number}3") for number in range(5)]
    told = tell_names(statements(*rows), NOBODY, NOBODY)
    assert told.counts == {("", "names_alike"): 10} and len(told.examples["", "names_alike"]) == 5


def test_of_very_many_names_no_list_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = (("a: T3", "a", "T3"), ("a: t-03", "a", "t-03"))
    monkeypatch.setattr(names, "MOST_NAMES", 2)
    assert len(alike(*rows)) == 1
    monkeypatch.setattr(names, "MOST_NAMES", 1)
    assert alike(*rows) == []


def test_names_of_one_form_are_set_side_by_side_up_to_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "MOST_ALIKE", 2)
    rows = [(f"a: T{'-' * number}3", "a", f"T{'-' * number}3") for number in range(5)]
    assert tell_names(statements(*rows), NOBODY, NOBODY).counts == {("", "names_alike"): 1}


def test_joined_names_and_same_fixes_are_told_without_positions() -> None:
    joined = pd.DataFrame({"individual_key": ["a: 7.0"], "joined_key": ["a: 7"]})
    same = pd.DataFrame({"individual_key": ["43.12345 131.12345"], "other_key": ["b: x"]})
    told = tell_names(statements(), joined, same)
    assert [example.found for example in told.examples["", "names_joined"]] == ["a: 7.0 | a: 7"]
    assert [example.found for example in told.examples["", "same_fixes"]] == ["[position withheld] | b: x"]
    assert told.counts == {("", "names_joined"): 1, ("", "same_fixes"): 1}


def test_every_doubt_has_an_effect_and_the_lists_follow_from_it() -> None:
    assert tuple(KINDS) == DOUBT_CODES
    assert {"clock_said_wrong", "clock_reset", "before_the_device"} == OF_CLOCKS
    told_only = {"rounded", "lone_beyond_the_map", "same_fixes", "names_joined", "names_alike", "country_not_known"}
    assert set(KINDS) - WITHHOLDING == told_only


def records(*rows: Mapping[str, object]) -> pd.DataFrame:
    usual = {
        "evidence": "gps",
        "longitude": 131.12345,
        "latitude": 43.12345,
        "source": "a.csv",
        "time": "2021-05-05",
        "individual": "x",
        "data_set": "a",
        "individual_key": "a: x",
        "doubts": "",
        "sample_id": "",
    }
    table = pd.DataFrame([usual | {"row": number} | dict(row) for number, row in enumerate(rows, start=2)])
    times = pd.to_datetime(table["time"], format="ISO8601").astype("datetime64[us]")
    columns = {name: table[name] for name in table.columns if name != "individual_key"} | {"time": times}
    return as_records(columns, len(rows)).assign(individual_key=table["individual_key"])


def doubts(
    *rows: Mapping[str, object], reading: Reading | None = None, **parameters: float
) -> tuple[list[str], dict[str, int]]:
    doubted, counted = add_doubts(records(*rows), reading or Reading(), Parameters(**parameters))  # type: ignore[arg-type]
    return doubted["doubts"].tolist(), {code: count for (_, code), count in counted.counts.items()}


@pytest.mark.parametrize(
    ("time", "code"),
    [
        ("1970-01-01 23:59", "clock_reset"),
        ("1980-01-01", "clock_reset"),
        ("1980-01-06", "clock_reset"),
        ("2000-01-01 12:00", "clock_reset"),
        ("2000-01-02", ""),
        ("1999-12-31 23:59", ""),
        ("1989-12-31 23:59", "before_the_device"),
        ("1990-01-01", ""),
    ],
)
def test_days_that_devices_begin_with_and_years_before_them(time: str, code: str) -> None:
    assert doubts({"time": time})[0] == [code]
    assert doubts({"time": time, "evidence": "camera"})[0] == [code]
    assert doubts({"time": time, "evidence": "ring"})[0] == [""]


def test_the_year_of_devices_is_a_parameter() -> None:
    assert doubts({"time": "1995-01-01"}, device_year=1995)[0] == [""]
    assert doubts({"time": "1995-01-01"}, device_year=1996)[0] == ["before_the_device"]


@pytest.mark.parametrize(
    ("row", "metres"),
    [
        ({"longitude": 131.1, "latitude": 43.2}, 6_888.0),  # half the diagonal of a tenth of a degree there
        ({"longitude": 131.0, "latitude": 43.0}, 68_970.0),
        ({"longitude": 131.1, "latitude": 43.25}, None),
        ({"longitude": 131.15, "latitude": 43.2}, None),
        ({"longitude": 131.1, "latitude": 43.2, "declared_country": "RUS"}, None),
        ({"longitude": -131.5, "latitude": -43.5}, 6_876.0),
    ],
)
def test_a_position_of_few_decimals_is_as_wide_as_its_cell(row: dict[str, object], metres: float | None) -> None:
    doubted, counted = add_doubts(records(row), Reading(), Parameters())
    assert bool(counted.counts) is (metres is not None)
    assert doubted["doubts"].tolist() == [""]
    found = doubted["uncertainty_m"].iloc[0]
    assert np.isnan(found) if metres is None else found == pytest.approx(metres, rel=0.001)


@pytest.mark.parametrize(("stated", "metres"), [(None, 30_000.0), (100.0, 30_000.0), (90_000.0, 90_000.0)])
def test_an_obscured_position_is_at_least_as_wide_as_its_cell_of_obscuring(stated: float | None, metres: float) -> None:
    doubted, counted = add_doubts(
        records({"doubts": "obscured", "uncertainty_m": stated, "longitude": 131.1, "latitude": 43.2}),
        Reading(),
        Parameters(),
    )
    assert doubted["uncertainty_m"].tolist() == [metres]
    assert {code for _, code in counted.counts} == {"obscured"}  # and not rounded once more


def test_a_record_bears_all_its_doubts_in_their_order_and_each_is_counted_by_file() -> None:
    rows = [
        {"doubts": "specimen clock_said_wrong", "time": "1970-01-01"},
        {"source": "b.csv", "doubts": "specimen"},
        {},
    ]
    doubted, counted = add_doubts(records(*rows), Reading(), Parameters())
    assert doubted["doubts"].tolist() == ["clock_said_wrong clock_reset specimen", "specimen", ""]
    assert counted.counts == {
        ("a.csv", "specimen"): 1,
        ("a.csv", "clock_said_wrong"): 1,
        ("a.csv", "clock_reset"): 1,
        ("b.csv", "specimen"): 1,
    }
    assert counted.examples["b.csv", "specimen"][0].row == 3


def test_what_is_only_told_leaves_no_doubt_on_the_record() -> None:
    assert doubts({"doubts": "country_not_known"}) == ([""], {"country_not_known": 1})


def stated(compared: str, matched: str) -> Reading:
    table = pd.DataFrame(
        [("a", "x", "k", "genetic", compared, matched, "")], columns=list(IDENTITY_COLUMNS), dtype="str"
    )
    return Reading(identities=table)


@pytest.mark.parametrize(
    ("compared", "matched", "is_weak"),
    [
        ("6", "6", False),
        ("5", "5", True),
        ("10", "8", False),
        ("10", "7", True),
        ("", "", False),
        ("10", "", False),
        ("", "3", False),
        ("5", "", True),
        ("much", "3", False),
    ],
)
def test_a_match_is_weak_by_its_own_numbers(compared: str, matched: str, is_weak: bool) -> None:
    found, counted = doubts({}, {"individual": "y"}, reading=stated(compared, matched))
    assert found == ["weak_match" if is_weak else "", ""]
    assert bool(counted) is is_weak


def test_a_weak_match_of_a_sample_is_of_the_records_that_rest_on_it() -> None:
    table = pd.DataFrame([("S 1", "k", "genetic", "3", "3", "")], columns=list(SAMPLE_COLUMNS), dtype="str")
    rows = [
        {"sample_id": "S  1", "individual_key": "k"},
        {"sample_id": "S 1", "individual_key": "a: x"},
        {"sample_id": "S2", "individual_key": "k"},
    ]
    assert doubts(*rows, reading=Reading(samples=table))[0] == ["weak_match", "", ""]


def test_no_records_have_no_doubts() -> None:
    doubted, counted = add_doubts(records({})[:0], Reading(), Parameters())
    assert doubted.empty and not counted.counts
