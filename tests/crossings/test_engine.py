"""Stays and crossings: one made-up case for each rule of the definition, then properties that hold for any records."""

import string

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neaspec.crossings.engine import stays_and_crossings
from neaspec.crossings.model.parameters import Parameters
from neaspec.errors import InputError
from tests.support.placed import BEYOND, CAMERA, COAST, EDGE, SEA, placed

PLAIN = {}


def found(*rows, **parameters):
    return stays_and_crossings(placed(rows), Parameters(**parameters))


def told(answer):
    """Give crossings as short tuples: from, to, grade."""
    columns = ["from_country_code", "to_country_code", "grade"]
    return [tuple(row) for row in answer.crossings[columns].itertuples(index=False)]


def test_two_fixes_on_each_side_are_a_confirmed_crossing_with_its_times_gap_and_records():
    answer = found(
        ("crane", "2020-03-01", "CHN", PLAIN),
        ("crane", "2020-03-02", "CHN", PLAIN),
        ("crane", "2020-03-05 12:00", "MNG", PLAIN),
        ("crane", "2020-03-06", "MNG", PLAIN),
    )
    assert told(answer) == [("CHN", "MNG", "confirmed")]
    crossing = answer.crossings.iloc[0]
    assert (crossing.left_at, crossing.arrived_at) == (pd.Timestamp("2020-03-02"), pd.Timestamp("2020-03-05 12:00"))
    assert crossing.gap_days == 3.5
    assert (crossing.from_source, crossing.from_row, crossing.to_row) == ("fixes.csv", 3, 4)


def test_a_stay_of_one_fix_makes_a_crossing_probable_and_says_on_which_side():
    answer = found(
        ("crane", "2020-03-01", "CHN", PLAIN),
        ("crane", "2020-03-02", "CHN", PLAIN),
        ("crane", "2020-03-05", "MNG", PLAIN),
    )
    assert told(answer) == [("CHN", "MNG", "probable")]
    assert answer.crossings["reasons"].tolist() == ["few_fixes_after"]


def test_one_picture_with_its_country_declared_is_enough_on_each_side():
    answer = found(("tiger", "2014-01-01", "CHN", CAMERA), ("tiger", "2015-01-01", "RUS", CAMERA))
    assert told(answer) == [("CHN", "RUS", "confirmed")]


def test_a_declared_country_the_map_contradicts_makes_it_probable():
    wrong = CAMERA | {"is_contradicted": True}
    answer = found(("tiger", "2014-01-01", "CHN", wrong), ("tiger", "2015-01-01", "RUS", CAMERA))
    assert told(answer) == [("CHN", "RUS", "probable")]
    assert "contradicted_before" in answer.crossings["reasons"].iloc[0]


def test_a_fix_on_the_line_makes_no_crossing_but_is_told_as_border_zone_only():
    answer = found(
        ("tiger", "2020-01-01", "CHN", PLAIN),
        ("tiger", "2020-01-02", "CHN", PLAIN),
        ("tiger", "2020-01-03", "RUS", EDGE),
        ("tiger", "2020-01-04", "CHN", PLAIN),
    )
    assert told(answer) == [("CHN", "RUS", "border_zone_only"), ("RUS", "CHN", "border_zone_only")]
    assert answer.stays["is_solid"].tolist() == [True, False, True]


def test_wavering_on_the_line_before_a_crossing_does_not_multiply_it():
    answer = found(
        ("tiger", "2020-01-01", "CHN", PLAIN),
        ("tiger", "2020-01-02", "CHN", PLAIN),
        ("tiger", "2020-01-03", "RUS", EDGE),
        ("tiger", "2020-01-04", "CHN", EDGE),
        ("tiger", "2020-01-05", "RUS", PLAIN),
        ("tiger", "2020-01-06", "RUS", PLAIN),
    )
    grades = [row[2] for row in told(answer)]
    assert grades.count("confirmed") == 1
    assert grades.count("border_zone_only") == 3
    real = answer.crossings[answer.crossings["grade"] == "confirmed"].iloc[0]
    assert (real.left_at, real.arrived_at) == (pd.Timestamp("2020-01-02"), pd.Timestamp("2020-01-05"))


def test_fixes_on_both_sides_of_a_touch_of_the_border_zone_count_as_one_presence():
    answer = found(
        ("tiger", "2020-01-01", "CHN", PLAIN),
        ("tiger", "2020-01-02", "RUS", EDGE),
        ("tiger", "2020-01-03", "CHN", PLAIN),
        ("tiger", "2020-02-05", "RUS", PLAIN),
        ("tiger", "2020-02-06", "RUS", PLAIN),
    )
    assert ("CHN", "RUS", "confirmed") in told(answer)


def test_the_last_land_country_is_carried_over_the_sea():
    answer = found(
        ("crane", "2020-10-01", "RUS", PLAIN),
        ("crane", "2020-10-02", "RUS", PLAIN),
        ("crane", "2020-10-03", "", SEA),
        ("crane", "2020-10-04", "RUS", PLAIN),
        ("crane", "2020-10-05", "", SEA),
        ("crane", "2020-10-06", "JPN", PLAIN),
        ("crane", "2020-10-07", "JPN", PLAIN),
    )
    assert told(answer) == [("RUS", "JPN", "confirmed")]
    assert answer.stays["sea_records"].tolist() == [2, 0]
    assert answer.crossings["left_at"].iloc[0] == pd.Timestamp("2020-10-04")


def test_sea_before_any_land_is_no_stay():
    answer = found(("crane", "2020-10-03", "", SEA), ("crane", "2020-10-06", "JPN", PLAIN))
    assert answer.stays["country_code"].tolist() == ["JPN"]
    assert answer.crossings.empty


def test_a_stay_known_only_from_the_coast_makes_a_crossing_probable():
    answer = found(
        ("spoonbill", "2020-10-01", "CHN", PLAIN),
        ("spoonbill", "2020-10-02", "CHN", PLAIN),
        ("spoonbill", "2020-10-06", "KOR", COAST),
        ("spoonbill", "2020-10-07", "KOR", COAST),
    )
    assert told(answer) == [("CHN", "KOR", "probable")]
    assert answer.crossings["reasons"].iloc[0] == "coast_after"


def test_a_coast_within_the_border_zone_supports_no_country():
    answer = found(
        ("spoonbill", "2020-04-01", "KOR", PLAIN),
        ("spoonbill", "2020-04-02", "KOR", PLAIN),
        ("spoonbill", "2020-04-03", "PRK", COAST | EDGE),
    )
    assert told(answer) == [("KOR", "PRK", "border_zone_only")]


def test_an_animal_that_was_beyond_the_map_in_between_did_not_cross_directly():
    answer = found(
        ("cuckoo", "2020-08-01", "MNG", PLAIN),
        ("cuckoo", "2020-08-02", "MNG", PLAIN),
        ("cuckoo", "2020-11-01", "", BEYOND),
        ("cuckoo", "2021-05-01", "CHN", PLAIN),
        ("cuckoo", "2021-05-02", "CHN", PLAIN),
    )
    assert answer.stays["country_code"].tolist() == ["MNG", "", "CHN"]
    assert answer.crossings.empty


def test_countries_between_two_fixes_are_never_listed():
    answer = found(
        ("crane", "2020-08-01", "RUS", PLAIN),
        ("crane", "2020-08-02", "RUS", PLAIN),
        ("crane", "2020-10-01", "CHN", PLAIN),
        ("crane", "2020-10-02", "CHN", PLAIN),
    )
    assert set(answer.stays["country_code"]) == {"RUS", "CHN"}


def test_a_gap_of_months_does_not_end_a_stay_but_is_told():
    answer = found(("tiger", "2014-01-01", "CHN", CAMERA), ("tiger", "2014-09-01", "CHN", CAMERA))
    assert len(answer.stays) == 1
    assert answer.stays["longest_gap_days"].iloc[0] == 243


def test_twins_of_one_time_in_one_country_are_one_record_and_counted():
    answer = found(
        ("tiger", "2014-01-01", "CHN", CAMERA),
        ("tiger", "2014-01-01", "CHN", EDGE),
        ("tiger", "2014-01-01", "CHN", PLAIN),
    )
    assert answer.stays["records"].tolist() == [1]
    assert answer.stays["evidence"].tolist() == ["camera"]
    assert answer.dropped.counts == {("fixes.csv", "duplicate"): 2}


def test_an_animal_at_one_time_in_two_countries_is_in_neither():
    answer = found(
        ("tiger", "2014-01-01", "CHN", CAMERA),
        ("tiger", "2014-01-01", "RUS", CAMERA),
        ("tiger", "2014-02-01", "RUS", CAMERA),
    )
    assert answer.stays["country_code"].tolist() == ["RUS"]
    assert answer.crossings.empty
    assert answer.dropped.counts == {("fixes.csv", "same_time_two_countries"): 2}
    assert [example.row for example in answer.dropped.examples["fixes.csv", "same_time_two_countries"]] == [2, 3]


def test_the_order_of_two_records_a_day_apart_is_uncertain_if_a_time_has_no_offset():
    about = CAMERA | {"time_quality": "utc_assumed"}
    answer = found(("tiger", "2014-01-01 02:00", "CHN", about), ("tiger", "2014-01-01 20:00", "RUS", CAMERA))
    assert answer.crossings["grade"].tolist() == ["probable"]
    assert answer.crossings["reasons"].tolist() == ["order_uncertain"]


def test_more_fixes_can_be_asked_for():
    rows = [("crane", f"2020-03-0{day}", "CHN" if day < 4 else "MNG", PLAIN) for day in range(1, 7)]
    assert found(*rows, fixes_for_confirmed=3).crossings["grade"].tolist() == ["confirmed"]
    assert found(*rows, fixes_for_confirmed=4).crossings["grade"].tolist() == ["probable"]


def test_fixes_of_one_moment_do_not_confirm():
    start = [("crane", "2020-03-01", "CHN", PLAIN), ("crane", "2020-03-02", "CHN", PLAIN)]
    moment = [("crane", "2020-03-05 12:00:00", "MNG", PLAIN), ("crane", "2020-03-05 12:00:01", "MNG", PLAIN)]
    answer = found(*start, *moment)
    assert told(answer) == [("CHN", "MNG", "probable")]
    assert answer.crossings["reasons"].tolist() == ["short_after"]
    assert told(found(*start, *moment, ("crane", "2020-03-05 12:30", "MNG", PLAIN))) == [("CHN", "MNG", "confirmed")]
    assert told(found(*start, *moment, minutes_for_confirmed=0)) == [("CHN", "MNG", "confirmed")]


def test_a_crossing_lies_between_the_records_that_support_its_countries():
    answer = found(
        ("tiger", "2020-01-01", "CHN", PLAIN),
        ("tiger", "2020-01-02", "CHN", PLAIN),
        ("tiger", "2020-01-03", "CHN", EDGE),
        ("tiger", "2020-01-04", "RUS", EDGE),
        ("tiger", "2020-01-05", "RUS", PLAIN),
        ("tiger", "2020-01-06", "RUS", PLAIN),
    )
    assert told(answer) == [("CHN", "RUS", "confirmed")]
    crossing = answer.crossings.iloc[0]
    assert (crossing.left_at, crossing.arrived_at) == (pd.Timestamp("2020-01-02"), pd.Timestamp("2020-01-05"))
    assert (crossing.from_row, crossing.to_row) == (3, 6)
    assert answer.stays["left_at"].iloc[0] == pd.Timestamp("2020-01-03")


def test_two_animals_never_make_one_crossing():
    answer = found(("tiger", "2014-01-01", "CHN", CAMERA), ("another", "2014-02-01", "RUS", CAMERA))
    assert answer.crossings.empty


def test_a_sex_stated_in_two_ways_is_not_stated():
    answer = found(
        ("a", "2014-01-01", "CHN", CAMERA | {"sex": "female"}),
        ("a", "2014-02-01", "RUS", CAMERA | {"sex": "male"}),
        ("b", "2014-01-01", "CHN", CAMERA | {"sex": ""}),
        ("b", "2014-02-01", "RUS", CAMERA | {"sex": "male"}),
    )
    assert answer.crossings["sex"].tolist() == ["", "male"]


def test_no_records_give_no_stays():
    answer = found()
    assert answer.stays.empty
    assert answer.crossings.empty
    assert "grade" in answer.crossings


CASES = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.integers(0, 30).map(lambda day: str(pd.Timestamp("2020-01-01") + pd.Timedelta(days=day))),
        st.sampled_from(["CHN", "RUS", "MNG", ""]),
        st.sampled_from([PLAIN, EDGE, CAMERA, COAST]),
    ).map(lambda row: (*row[:2], row[2], row[3] if row[2] else SEA)),
    min_size=12,  # few and rich: each run of the engine has a fixed cost
    max_size=60,
)


@settings(max_examples=12, deadline=None)
@given(CASES, st.randoms(use_true_random=False))
def test_neither_the_order_of_rows_nor_threads_nor_memory_change_the_answer(rows, random):
    records = placed(rows)
    shuffled = list(range(len(records)))
    random.shuffle(shuffled)
    first = stays_and_crossings(records, Parameters(), threads=1)
    second = stays_and_crossings(records.iloc[shuffled], Parameters(), threads=2, memory="200MB")
    pd.testing.assert_frame_equal(first.stays, second.stays)
    pd.testing.assert_frame_equal(first.crossings, second.crossings)
    pd.testing.assert_frame_equal(first.presences, second.presences)
    assert first.dropped.counts == second.dropped.counts


@settings(max_examples=12, deadline=None)
@given(CASES)
def test_what_a_crossing_says_is_in_the_records(rows):
    records = placed(rows)
    answer = stays_and_crossings(records, Parameters())
    by_line = records.set_index("row")
    for crossing in answer.crossings.itertuples():
        start, end = by_line.loc[crossing.from_row], by_line.loc[crossing.to_row]
        assert (start.country_code, end.country_code) == (crossing.from_country_code, crossing.to_country_code)
        assert crossing.from_country_code != crossing.to_country_code
        assert start.time == crossing.left_at < crossing.arrived_at == end.time
        assert start.individual == end.individual == crossing.individual
    used = answer.stays["records"].sum() + answer.stays["sea_records"].sum()
    left_out = sum(answer.dropped.counts.values())
    before_land = len(records) - used - left_out
    assert before_land <= (records["country_code"] == "").sum()


@pytest.mark.parametrize("pieces", [1, 2, 7])
def test_files_give_the_answer_of_the_frame_whatever_their_number(tmp_path, pieces):
    rows = [
        (
            string.ascii_lowercase[(place * 7) % 5],
            str(pd.Timestamp("2020-01-01") + pd.Timedelta(hours=place)),
            ("CHN", "RUS", "MNG")[(place // 9) % 3],
            PLAIN,
        )
        for place in range(200)
    ]
    records = placed(rows)
    for piece in range(pieces):
        records.iloc[piece::pieces].to_parquet(tmp_path / f"{piece}.parquet", index=False)
    from_files = stays_and_crossings(sorted(tmp_path.glob("*.parquet")), Parameters(), spill=tmp_path)
    in_memory = stays_and_crossings(records, Parameters())
    assert len(in_memory.crossings) > 20
    pd.testing.assert_frame_equal(from_files.crossings, in_memory.crossings)
    pd.testing.assert_frame_equal(from_files.stays, in_memory.stays)


def test_an_identity_that_joins_a_female_and_a_male_joins_nothing_and_is_told():
    one = CAMERA | {"individual_key": "joint: 7", "data_set": "north", "sex": "female", "individual": "N7"}
    other = CAMERA | {"individual_key": "joint: 7", "data_set": "south", "sex": "male", "individual": "S1"}
    answer = found(("", "2014-01-01", "CHN", other), ("", "2015-01-01", "RUS", one))
    assert answer.crossings.empty
    assert answer.stays["individual_key"].tolist() == ["north: N7", "south: S1"]
    assert answer.conflicts["column"].tolist() == ["sex"]
    same = found(("", "2014-01-01", "CHN", other | {"sex": "female"}), ("", "2015-01-01", "RUS", one))
    assert told(same) == [("CHN", "RUS", "confirmed")]
    assert same.conflicts.empty


def test_too_little_memory_is_an_error_that_says_what_to_do():
    rows = placed((f"A{number}", "2024-01-10T00:00", "CHN", {}) for number in range(20_000))
    with pytest.raises(InputError, match=r"too many animals or records for 2MB of memory; .* --memory"):
        stays_and_crossings(rows, Parameters(), memory="2MB")
