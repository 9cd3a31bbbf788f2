"""Effort: counted by hand."""

import pandas as pd

from neaspec.crossings.joint.effort import effort_by, spells
from neaspec.crossings.joint.periods import season_marks, season_words, year_marks


def placed(*rows):
    table = pd.DataFrame(rows, columns=["country_code", "station", "begin", "end"])
    return table.assign(begin=pd.to_datetime(table["begin"]), end=pd.to_datetime(table["end"]), row=range(len(table)))


def by_year(*rows):
    table = placed(*rows)
    marks = year_marks(table["begin"].min(), table["end"].max())
    effort = effort_by(spells(table, marks), ["country_code", "period"])
    return effort.drop(columns="country_code").values.tolist()


def test_camera_days_are_shared_out_over_the_years():
    assert by_year(("CHN", 1, "2020-12-22", "2021-01-11")) == [[0, 1, 1, 10, 1], [1, 1, 1, 10, 1]]


def test_a_pair_of_cameras_is_two_and_an_exchanged_camera_is_one():
    pair = [("CHN", 1, "2020-01-01", "2020-02-01"), ("CHN", 1, "2020-01-01", "2020-02-01")]
    after = ("CHN", 1, "2020-02-01", "2020-03-01")
    assert by_year(*pair, after) == [[0, 1, 2, 31 + 31 + 29, 2]]


def test_a_deployment_without_dates_counts_for_nothing():
    assert by_year(("CHN", 1, "2020-01-01", "2020-01-11"), ("CHN", 2, None, None)) == [[0, 1, 1, 10, 1]]


def test_seasons_begin_in_december_march_june_and_september():
    marks = season_marks(pd.Timestamp("2020-01-15"), pd.Timestamp("2020-09-01"))
    assert season_words(marks)["period"].tolist() == [
        "winter 2019/20",
        "spring 2020",
        "summer 2020",
        "autumn 2020",
        "winter 2020/21",
    ]


def test_no_effort_at_all_is_joined_to_sides_by_their_codes():
    """Real downloads have stations whose deployments state no day: their table is empty and joins all the same."""
    none = effort_by(pd.DataFrame(), ["country_code", "period"])
    sides = pd.DataFrame({"country_code": ["CHN", "RUS"], "period": [0, 0]})
    table = sides.merge(none, on=["country_code", "period"], how="left")
    assert table["country_code"].tolist() == ["CHN", "RUS"]
    assert table["stations"].isna().all()
