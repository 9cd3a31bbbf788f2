"""What is made public: times as coarse as the rule, small cells merged, counts that add up, names without positions."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from neaspec.crossings.engine import stays_and_crossings
from neaspec.crossings.model.parameters import Parameters
from neaspec.crossings.privacy.periods import gaps, lengths, periods
from neaspec.crossings.privacy.redact import WITHHELD, redact_distinctly
from neaspec.crossings.privacy.rules import TIME_LEVELS, load_rules
from neaspec.crossings.publish import CELL_COLUMNS, CROSSING_COLUMNS, STAY_COLUMNS, public_results
from tests.support.placed import CAMERA, EDGE, placed

TIGER = CAMERA | {"species_id": "amur_tiger", "taxon": "Panthera tigris altaica"}
HUNCHUN = TIGER | {"place_kind": "site", "place_id": "site:hunchun", "data_set": "North"}
PARK = TIGER | {"place_kind": "site", "place_id": "site:land_of_the_leopard", "data_set": "South"}
SOUTH_SIDE = TIGER | {"place_kind": "landscape", "place_id": "landscape:RUS-CHN", "data_set": "South"}
OF_SITES = {
    ("site:hunchun", "CHN"): "landscape:CHN-RUS",
    ("site:land_of_the_leopard", "RUS"): "landscape:RUS-CHN",
}


@pytest.fixture(scope="module")
def rules(ask):
    return load_rules(ask)


def shown(rules, rows, smallest=3):
    parameters = Parameters(smallest_cell=smallest)
    return public_results(stays_and_crossings(placed(rows), parameters), rules, parameters, OF_SITES)


def both_ways(animals, first=HUNCHUN, then=PARK):
    """Tigers in one country in January, in the other in June."""
    return [
        row
        for number in range(animals)
        for row in (
            (f"T{number}", f"2015-01-{number + 3:02d} 10:11:12", "CHN", first),
            (f"T{number}", f"2015-06-{number + 3:02d} 13:14:15", "RUS", then),
        )
    ]


def test_a_crossing_of_a_big_cat_is_told_by_sites_and_seasons(rules):
    row = shown(rules, both_ways(3)).crossings.iloc[0]
    assert tuple(row.index) == CROSSING_COLUMNS
    assert (row["left_period"], row["arrived_period"]) == ("winter 2014/15", "summer 2015")
    assert (row["start"], row["end"]) == ("2014-12", "2015-08")
    assert (row["from_place_id"], row["to_place_id"]) == ("site:hunchun", "site:land_of_the_leopard")
    assert pd.isna(row["gap_days"]) and row["gap_months"] == 6
    assert row["rule_ids"] == "big_cat_seen" and row["review_date"] == "2028-12" and "poaching" in row["reason"]


def test_a_crossing_of_a_tagged_bird_is_told_by_days(rules):
    rows = [
        ("B", f"2016-03-0{day} 05:06:07", country, {"place_id": place})
        for day, country, place in (
            (1, "MNG", "cell:1:47.5:117.5"),
            (2, "MNG", "cell:1:47.5:117.5"),
            (6, "CHN", "cell:1:40.5:117.5"),
            (7, "CHN", "cell:1:40.5:117.5"),
        )
    ]
    row = shown(rules, rows, smallest=1).crossings.iloc[0]
    assert (row["left_period"], row["arrived_period"], row["gap_days"]) == ("2016-03-02", "2016-03-06", 4)
    assert pd.isna(row["gap_months"])
    assert (row["from_place_id"], row["to_place_id"]) == ("cell:1:47.5:117.5", "cell:1:40.5:117.5")


def test_a_nest_makes_the_time_of_a_bird_a_season(rules):
    nest = {"place_kind": "degree_0_1", "place_id": "cell:0.1:47.65:117.15"}
    rows = [
        ("B", "2016-05-01", "MNG", nest),
        ("B", "2016-05-02", "MNG", nest),
        ("B", "2016-10-01", "CHN", {}),
        ("B", "2016-10-02", "CHN", {}),
    ]
    results = shown(rules, rows, smallest=1)
    row = results.crossings.iloc[0]
    assert (row["left_period"], row["arrived_period"]) == ("spring 2016", "autumn 2016")
    assert row["from_place_id"] == "cell:0.1:47.65:117.15"
    assert row["rule_ids"] == "migratory_bird_nest_or_roost migratory_bird_tagged"
    assert results.stays["time_level"].tolist() == ["season", "day"]


@pytest.mark.parametrize(("kind", "shows_year"), [("nest_or_roost", True), ("tagged", False)])
def test_the_rule_of_nests_holds_for_the_cells_of_nests_and_for_no_other(rules, kind, shows_year):
    """Today's rules allow a season everywhere; a made-up one that allows nests a year alone tells them apart."""
    levels = rules.levels.copy()
    is_nest = (levels["taxon_group"] == "migratory_bird") & (levels["record_kind"] == "nest_or_roost")
    levels.loc[is_nest, "time_level"] = "year"
    nest = {"place_kind": "degree_0_1", "place_id": "cell:0.1:47.65:117.15"}
    place = nest if kind == "nest_or_roost" else {}
    rows = [("B", f"2016-05-0{day}", "MNG", place) for day in (1, 2)]
    rows += [("B", f"2016-10-0{day}", "CHN", place) for day in (1, 2)]
    results = shown(replace(rules, levels=levels), rows, smallest=1)
    years, seasons = {"2016"}, {"spring 2016", "autumn 2016"}
    assert set(results.cells["period"]) == (years if shows_year else seasons)
    assert not results.crossings[["from_is_merged", "to_is_merged"]].to_numpy().any()
    told = results.crossings[["from_place_id", "to_place_id"]].values.tolist()
    wanted = nest["place_id"] if shows_year else "cell:1:47.5:117.5"
    assert told == [[wanted, wanted]]


def test_of_one_animal_each_place_is_judged_by_its_own_rule(rules):
    levels = rules.levels.copy()
    is_nest = (levels["taxon_group"] == "migratory_bird") & (levels["record_kind"] == "nest_or_roost")
    levels.loc[is_nest, "time_level"] = "year"
    nest = {"place_kind": "degree_0_1", "place_id": "cell:0.1:47.65:117.15"}
    rows = [
        ("B", "2016-05-01", "MNG", nest),
        ("B", "2016-05-02", "MNG", nest),
        ("B", "2016-10-01", "CHN", {}),
        ("B", "2016-10-02", "CHN", {}),
    ]
    results = shown(replace(rules, levels=levels), rows, smallest=1)
    periods_of = dict(zip(results.cells["place_id"], results.cells["period"], strict=True))
    assert periods_of == {"cell:0.1:47.65:117.15": "2016", "cell:1:47.5:117.5": "autumn 2016"}
    row = results.crossings.iloc[0]
    assert (row["from_place_id"], row["to_place_id"]) == ("cell:0.1:47.65:117.15", "cell:1:47.5:117.5")


def test_no_table_holds_a_time_of_day_and_none_of_a_big_cat_a_day(rules):
    results = shown(rules, both_ways(4))
    for name in ("crossings", "stays", "cells", "pairs", "matrix", "lists", "both_sides", "sexes"):
        text = getattr(results, name).to_csv(index=False)
        assert "2015-01-0" not in text and "10:11" not in text and "13:14" not in text, name
        assert not any(kind.kind == "M" for kind in getattr(results, name).dtypes if isinstance(kind, np.dtype)), name


def test_few_animals_of_a_place_and_season_are_told_one_level_wider(rules):
    assert shown(rules, both_ways(3)).crossings["from_place_id"].unique().tolist() == ["site:hunchun"]
    two = shown(rules, both_ways(2)).crossings
    assert two["from_place_id"].unique().tolist() == ["country:CHN"]  # nobody else was in the landscape
    assert two["from_is_merged"].all()


def test_what_comes_together_in_the_wider_place_is_counted_there(rules):
    rows = [*both_ways(2), ("L", "2015-06-20", "RUS", SOUTH_SIDE)]
    results = shown(rules, rows)
    assert results.crossings["to_place_id"].unique().tolist() == ["landscape:RUS-CHN"]
    summer = results.cells[results.cells["period"] == "summer 2015"]
    assert summer[["place_id", "animals"]].values.tolist() == [["landscape:RUS-CHN", 3]]


def test_an_animal_in_two_places_that_merge_is_one_animal(rules):
    rows = [*both_ways(2), ("T0", "2015-06-20", "RUS", SOUTH_SIDE), ("T1", "2015-06-20", "RUS", SOUTH_SIDE)]
    summer = shown(rules, rows).cells
    assert summer[summer["country_code"] == "RUS"][["place_id", "animals"]].values.tolist() == [["country:RUS", 2]]


def test_a_rule_that_tells_nests_by_the_year_holds_for_nests_and_for_nothing_else(rules):
    levels = rules.levels.copy()
    levels.loc[levels["record_kind"] == "nest_or_roost", "time_level"] = "year"
    nest = {"place_kind": "degree_0_1", "place_id": "cell:0.1:47.65:117.15"}
    # Only the whole year has three animals at the nest.
    rows = [
        row
        for number, month in enumerate(("04", "05", "07"))
        for row in (
            (f"N{number}", f"2016-{month}-01", "MNG", nest),
            (f"N{number}", f"2016-{month}-02", "MNG", nest),
            (f"N{number}", "2016-10-01", "CHN", {"place_id": "cell:1:40.5:117.5"}),
            (f"N{number}", "2016-10-02", "CHN", {"place_id": "cell:1:40.5:117.5"}),
        )
    ]
    results = shown(replace(rules, levels=levels), rows)
    cells = results.cells.set_index("place_id")[["period", "time_level", "animals"]]
    assert cells.loc[nest["place_id"]].tolist() == ["2016", "year", 3]
    assert cells.loc["cell:1:40.5:117.5"].tolist() == ["autumn 2016", "season", 3]
    assert len(cells) == 2
    for table, end in ((results.crossings, "from"), (results.stays[results.stays["country_code"] == "MNG"], "last")):
        assert set(table[f"{end}_place_id"]) == {nest["place_id"]}
        assert not table[f"{end}_is_merged"].any()
        assert set(table["left_period"]) == {"2016"}
    assert set(results.crossings["to_place_id"]) == {"cell:1:40.5:117.5"}


def test_cells_of_nests_widen_to_one_degree_and_then_to_the_country(rules):
    def nests(animals, others):
        nest = {"place_kind": "degree_0_1", "place_id": "cell:0.1:47.65:117.15"}
        rows = [(f"N{number}", "2016-05-01", "MNG", nest) for number in range(animals)]
        return rows + [(f"O{number}", "2016-05-01", "MNG", {}) for number in range(others)]

    def places(animals, others):
        return shown(rules, nests(animals, others)).cells["place_id"].tolist()

    assert places(3, 3) == ["cell:0.1:47.65:117.15", "cell:1:47.5:117.5"]
    assert places(2, 1) == ["cell:1:47.5:117.5"]
    assert places(2, 0) == ["country:MNG"]
    assert places(3, 2) == ["country:MNG", "cell:0.1:47.65:117.15"]


def test_no_place_but_a_country_has_fewer_animals_than_the_number_whatever_is_subtracted(rules):
    rng = np.random.default_rng(4)
    named = ("site:hunchun", "site:wangqing", "landscape:CHN-RUS", "country:CHN")
    spots = [HUNCHUN | {"place_kind": name.partition(":")[0], "place_id": name} for name in named]
    rows = [
        (
            f"T{rng.integers(12)}",
            f"2015-{rng.integers(1, 13):02d}-{rng.integers(1, 28):02d}",
            "CHN",
            spots[rng.integers(4)],
        )
        for _ in range(60)
    ]
    of_sites = OF_SITES | {("site:wangqing", "CHN"): "landscape:CHN-RUS"}
    parameters = Parameters(smallest_cell=3)
    exact = stays_and_crossings(placed(rows), parameters)
    results = public_results(exact, rules, parameters, of_sites)
    finer = results.cells[results.cells["place_kind"] != "country"]
    assert (finer["animals"] >= 3).all() and len(finer)
    # Stays tell no place of a season that the cells do not tell.
    known = set(zip(results.cells["start"], results.cells["place_id"], strict=True))
    assert set(zip(results.stays["start"], results.stays["first_place_id"], strict=True)) <= known
    # What is left of the animals of a country, after all that is told more exactly, is told by the country alone.
    for _, cells in results.cells.groupby("start"):
        assert (cells["place_id"] == "country:CHN").sum() <= 1


def test_the_answer_does_not_depend_on_the_order_of_rows(rules):
    rows = [*both_ways(4), ("L", "2015-06-20", "RUS", SOUTH_SIDE), ("E", "2015-01-02", "RUS", TIGER | EDGE)]
    records = placed(rows)
    parameters = Parameters()
    one = public_results(stays_and_crossings(records, parameters), rules, parameters, OF_SITES)
    mixed = records.sample(frac=1, random_state=3)
    other = public_results(stays_and_crossings(mixed, parameters, threads=1), rules, parameters, OF_SITES)
    for name in ("crossings", "stays", "cells", "pairs", "matrix", "lists", "both_sides", "sexes"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))


def test_national_lists_add_up_to_more_than_there_are_animals(rules):
    rows = [*both_ways(3), ("C", "2015-01-01", "CHN", HUNCHUN)]
    lists = shown(rules, rows).lists
    told = {(row.part, row.data_set, row.country_code): row.animals for row in lists.itertuples()}
    assert told == {
        ("list", "North", "CHN"): 4,
        ("list", "South", "RUS"): 3,
        ("country", "", "CHN"): 4,
        ("country", "", "RUS"): 3,
        ("sum_of_lists", "", ""): 7,
        ("distinct", "", ""): 4,
        ("overlap", "", ""): 3,
    }


def test_sex_and_age_add_up_in_every_country(rules):
    rows = [
        ("A", "2015-01-01", "CHN", HUNCHUN | {"sex": "female", "age": "subadult"}),
        ("A", "2015-06-01", "RUS", PARK | {"age": "adult"}),
        ("B", "2015-01-01", "CHN", HUNCHUN | {"sex": "male"}),
        ("B", "2015-01-02", "CHN", HUNCHUN | {"sex": "female"}),
        ("C", "2015-01-02", "CHN", HUNCHUN | {"sex": "male", "age": "juvenile"}),
    ]
    sexes = shown(rules, rows).sexes
    assert (sexes[["female", "male", "sex_not_stated"]].sum(axis=1) == sexes["animals"]).all()
    assert (sexes[["adult", "subadult", "juvenile", "age_not_stated"]].sum(axis=1) == sexes["animals"]).all()
    told = sexes.set_index("country_code")[["animals", "female", "male", "sex_not_stated", "adult", "subadult"]]
    assert told.loc["CHN"].tolist() == [3, 1, 1, 1, 0, 1]
    assert told.loc["RUS"].tolist() == [1, 1, 0, 0, 1, 0]
    assert told.loc[""].tolist() == [3, 1, 1, 1, 1, 0]


def test_pairs_count_each_animal_once_under_its_best_grade(rules):
    touch = TIGER | EDGE | {"evidence": "gps", "basis": "position"}
    back = [
        ("T0", "2015-10-01", "CHN", HUNCHUN),
        ("E", "2015-01-01", "CHN", HUNCHUN),
        ("E", "2015-02-01", "RUS", touch),
        ("E", "2015-03-01", "CHN", HUNCHUN),
    ]
    results = shown(rules, [*both_ways(3), *back])
    (pair,) = results.pairs.to_dict("records")
    assert (pair["country_a"], pair["country_b"], pair["animals"]) == ("CHN", "RUS", 4)
    assert (pair["confirmed"], pair["probable"], pair["border_zone_only"]) == (3, 0, 1)
    assert (pair["a_to_b"], pair["b_to_a"]) == (3, 1)
    matrix = {(row.from_country_code, row.grade): row.crossings for row in results.matrix.itertuples()}
    assert matrix["CHN", "confirmed"] == 3 and matrix["RUS", "confirmed"] == 1
    assert sum(matrix.values()) == len(results.crossings)
    both = results.both_sides.set_index("individual_key")
    # E only touched the border zone: no record says that it was known to the other side.
    assert both["grade"].to_dict() == {f"study: T{number}": "confirmed" for number in range(3)}
    assert both.loc["study: T0", "data_sets_a"] == "North" and both.loc["study: T0", "data_sets_b"] == "South"


def test_names_that_tell_a_position_are_replaced_and_their_animals_stay_apart(rules):
    names = ["cam 43.123456 131.654321", "cam 43.123457 131.654321", "cam 43.12, 131.66"]
    rows = placed([(name, f"2015-01-0{number + 1}", "CHN", HUNCHUN) for number, name in enumerate(names)])
    rows["individual_key"] = redact_distinctly(rows["individual_key"])
    parameters = Parameters()
    stays = public_results(stays_and_crossings(rows, parameters), rules, parameters).stays
    assert sorted(stays["individual_key"]) == [f"study: cam {WITHHELD} ({number})" for number in (1, 2, 3)]
    assert stays.sort_values("individual_key")["first_row"].tolist() == [2, 3, 4]
    assert not stays.to_csv().count("43.1")


def test_nothing_gives_tables_without_rows(rules):
    results = shown(rules, [])
    assert tuple(results.crossings.columns) == CROSSING_COLUMNS and tuple(results.stays.columns) == STAY_COLUMNS
    assert tuple(results.cells.columns) == CELL_COLUMNS
    for name in ("crossings", "stays", "cells", "pairs", "matrix", "lists", "both_sides", "sexes"):
        assert getattr(results, name).empty


def test_a_cell_has_its_middle_a_country_its_label_and_a_landscape_no_point(rules):
    birds = [(f"B{number}", "2015-01-05", "MNG", {}) for number in range(3)]
    landscape = HUNCHUN | {"place_kind": "landscape", "place_id": "landscape:CHN-RUS"}
    rows = [*both_ways(3, first=landscape), *birds, ("C", "2015-01-05", "MNG", HUNCHUN)]
    cells = shown(rules, rows).cells.set_index("place_id")
    assert cells.loc["cell:1:47.5:117.5", ["latitude", "longitude"]].tolist() == [47.5, 117.5]
    assert cells.loc["landscape:CHN-RUS", ["latitude", "longitude"]].isna().all()
    assert cells.loc["country:MNG", "latitude"] == 46.9 and np.isnan(cells.loc["country:MNG", "uncertainty_m"])
    # The circle reaches the far corner: half a degree north and half a degree east of 47.0.
    assert cells.loc["cell:1:47.5:117.5", "uncertainty_m"] == pytest.approx(67_300, rel=0.01)


@pytest.mark.parametrize(
    ("time", "told"),
    [
        ("2014-11-30 23:59:59", ["2014-11-30", "2014-11", "autumn 2014", "2014"]),
        ("2014-12-01 00:00:00", ["2014-12-01", "2014-12", "winter 2014/15", "2014"]),
        ("2015-02-28 12:00:00", ["2015-02-28", "2015-02", "winter 2014/15", "2015"]),
        ("2016-02-29 12:00:00", ["2016-02-29", "2016-02", "winter 2015/16", "2016"]),
        ("1999-12-31 12:00:00", ["1999-12-31", "1999-12", "winter 1999/00", "1999"]),
        ("2015-03-01 00:00:00", ["2015-03-01", "2015-03", "spring 2015", "2015"]),
        ("2015-08-31 00:00:00", ["2015-08-31", "2015-08", "summer 2015", "2015"]),
        (None, ["", "", "", ""]),
    ],
)
def test_a_time_is_told_at_its_level(time, told):
    times = pd.Series([pd.Timestamp(time)] * 4, dtype="datetime64[us]")
    assert periods(times, pd.Series(TIME_LEVELS))["period"].tolist() == told


def test_a_period_begins_and_ends_with_whole_months():
    times = pd.Series([pd.Timestamp("2015-01-15"), pd.Timestamp("2015-11-02")], dtype="datetime64[us]")
    found = periods(times, pd.Series(["season", "season"]))
    assert found[["start", "end"]].values.tolist() == [["2014-12", "2015-02"], ["2015-09", "2015-11"]]


def test_a_gap_says_no_more_than_the_two_periods():
    left = pd.Series([pd.Timestamp("2015-02-27 23:00")] * 2, dtype="datetime64[us]")
    arrived = pd.Series([pd.Timestamp("2015-03-02 01:00"), pd.Timestamp("2015-05-30")], dtype="datetime64[us]")
    levels = pd.Series(["season", "season"])
    made = gaps(periods(left, levels), periods(arrived, levels), levels)
    assert made["gap_months"].tolist() == [3, 3] and made["gap_days"].isna().all()
    levels = pd.Series(["day", "month"])
    made = gaps(periods(left, levels), periods(arrived, levels), levels)
    assert made["gap_days"].tolist()[0] == 3 and made["gap_months"].tolist()[1] == 3


def test_a_length_is_rounded_to_whole_periods():
    made = lengths(pd.Series([10.2, 40.0, 50.0, 400.0]), pd.Series(["day", "season", "season", "year"]))
    assert made["days"].tolist()[0] == 11 and made["months"].tolist()[1:] == [0, 3, 12]


def test_an_animal_that_only_touched_the_border_zone_is_in_no_list_of_that_country(rules):
    rows = [("tiger", f"2020-01-0{day}", "CHN", {}) for day in (1, 2)] + [("tiger", "2020-01-03", "RUS", EDGE)]
    results = shown(rules, rows)
    assert set(results.lists["country_code"]) <= {"CHN", ""}
    assert results.both_sides.empty
    assert results.matrix["grade"].tolist() == ["border_zone_only"]
