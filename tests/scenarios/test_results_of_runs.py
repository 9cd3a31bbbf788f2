"""Results of runs written by hand: what is compared with what, ends, chances, what is left out; inputs from rows."""

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest

from neaspec.scenarios.defaults import population_from, quantity_of
from neaspec.scenarios.engine import Runs, simulate
from neaspec.scenarios.files import runs_csv
from neaspec.scenarios.model import Case, Quantity, Scenario
from neaspec.scenarios.outcome import outcome_of, run_ends
from neaspec.scenarios.results import (
    before_of,
    chance,
    counterfactuals,
    fan,
    future_of,
    monte_carlo_error,
    rank_of_median,
    relative_growth,
    results,
    share_left,
    spread,
    yearly_growth,
    years_until_fewer,
)
from neaspec.scenarios.tornado import rank_correlations
from tests.scenarios.made import cranes

# two years after the count, four runs; the scenario begins in the second year
BASE = [[100, 100, 100, 100], [110, 120, 90, 0], [121, 144, 81, 0]]
MORE = [[100, 100, 100, 100], [110, 120, 90, 0], [99, 72, 0, 0]]
LATE = Scenario("more", (0.1,) * 3, start_year=2)


def case(*scenarios: Scenario, **more: Any) -> Case:
    return Case(cranes(), scenarios or (LATE,), horizon_years=2, runs=4, **more)


def runs(*futures: list[list[int]]) -> Runs:
    return Runs(np.array(futures or (BASE, MORE), dtype=float), {})


def told(given: Case, of: Runs) -> dict[tuple[str, str, int], tuple[float, float, float]]:
    return {
        (scenario, result, year): (median, low, high)
        for scenario, result, year, median, low, high in results(given, of).itertuples(index=False)
    }


def test_runs_without_birds_in_the_baseline_are_left_out_and_counted() -> None:
    found = told(case(), runs())
    assert share_left(np.array(MORE[2]), np.array(BASE[2])).tolist() == pytest.approx([99 / 121, 0.5, 0])
    assert found["more", "cps", 2][0] == pytest.approx(0.5)
    assert found["more", "cps", 1] == (1, 1, 1)
    assert found["more", "runs_without_birds_left_out", 2] == (1, 1, 1)


def test_a_run_without_birds_in_the_baseline_has_an_empty_cell_and_is_in_no_result() -> None:
    made = Case(cranes(8), (Scenario("more", (0.2,) * 3),), horizon_years=30, runs=1000)
    rows = run_ends(made)
    gone = rows["birds_baseline"] == 0
    assert 0 < gone.sum() < 1000
    assert rows["share_left_more"].isna().equals(gone)
    cells = [line.split(",")[3] for line in runs_csv(rows).decode().splitlines()[1:]]
    assert [cell == "" for cell in cells] == gone.tolist()
    found = told(made, simulate(made))
    assert found["more", "runs_without_birds_left_out", 30][0] == gone.sum()
    assert found["more", "cps", 30][0] == pytest.approx(rows["share_left_more"].median(), abs=1e-5)


def test_where_no_run_has_birds_nothing_is_compared() -> None:
    dying = cranes(2, adult_survival=Quantity(0.3), young_per_pair=Quantity(0.1))
    outcome = outcome_of(Case(dying, (Scenario("more", (0.1,) * 3),), horizon_years=40, runs=1500))
    assert all(math.isnan(value) for value in outcome.figure("more", "cps"))
    assert outcome.bars["growth"] and outcome.bars["cps"] == []
    assert outcome.correlations["share_left"].isna().all()


def test_growth_is_counted_from_the_year_before_the_effect() -> None:
    future = future_of(case(), runs(), 0)
    assert (future.before, future.shown, future.name) == (1, 2, "more")
    assert relative_growth(future).tolist() == pytest.approx([99 / 121, 0.5, 0])
    found = told(case(), runs())
    assert found["more", "cgr", 2][0] == pytest.approx(0.5)
    assert found["baseline", "growth", 2][0] == pytest.approx(np.median([1.1, 1.2, 0.9, 0]))
    assert found["more", "growth", 2][0] == pytest.approx(np.median([0.9, 0.6, 0]))


def test_growth_of_two_years_is_the_root() -> None:
    assert yearly_growth(np.array(BASE, dtype=float), 0, 2).tolist() == pytest.approx([1.1, 1.2, 0.9, 0])
    assert yearly_growth(np.array(BASE, dtype=float), 1, 2).tolist() == pytest.approx([1.1, 1.2, 0.9])
    assert counterfactuals(81, 100, 2) == pytest.approx((0.81, 0.9))


def test_a_future_may_be_shown_in_an_earlier_year() -> None:
    future = future_of(case(Scenario("a"), LATE), runs(BASE, BASE, MORE), 1, year=1)
    assert (future.name, future.shown, future.birds.tolist()) == ("more", 1, MORE)
    assert relative_growth(future).tolist() == [1, 1, 1]  # no year has passed: no division by none


@pytest.mark.parametrize(("start", "before"), [(1, 0), (5, 4)])
def test_the_year_before_an_effect(start: int, before: int) -> None:
    assert before_of(Scenario("a", start_year=start)) == before


def test_chances_are_shares_of_runs() -> None:
    found = told(case(below=100), runs())
    shares = {
        name: found["more", name, 2][0]
        for name in (
            "p_decline",
            "p_decline_10",
            "p_decline_30",
            "p_decline_50",
            "p_below_any_year",
            "p_below_last_year",
        )
    }
    # beside the year before the effect: 110 -> 99, 120 -> 72, 90 -> 0, 0 -> 0
    assert shares == {
        "p_decline": 0.75,
        "p_decline_10": 1.0,
        "p_decline_30": 0.75,
        "p_decline_50": 0.5,
        "p_below_any_year": 1.0,
        "p_below_last_year": 1.0,
    }
    base = {
        name: found["baseline", name, 2][0]
        for name in ("p_decline", "p_decline_10", "p_below_any_year", "p_below_last_year")
    }
    assert base == {"p_decline": 0.5, "p_decline_10": 0.5, "p_below_any_year": 0.5, "p_below_last_year": 0.5}


def test_a_size_is_asked_for_only_where_a_reader_names_one_and_below_means_below() -> None:
    assert not any("below" in result for _, result, _ in told(case(), runs()))
    assert told(case(below=121), runs())["baseline", "p_below_last_year", 2][0] == 0.5
    assert told(case(below=122), runs())["baseline", "p_below_last_year", 2][0] == 0.75
    assert told(case(below=101), runs())["more", "p_below_any_year", 2][0] == 1.0
    assert told(case(below=99), runs())["more", "p_below_any_year", 2][0] == 0.75


def test_the_difference_of_chances_has_the_error_of_pairs() -> None:
    middle, low, high = told(case(), runs())["more", "p_decline_difference", 2]
    assert middle == pytest.approx(0.75 - 0.25)  # the baseline falls in one run of four
    assert (high - middle, middle - low) == pytest.approx((1.959964 * 0.5 / 2,) * 2)


def test_a_share_of_runs_has_ends_between_none_and_all() -> None:
    assert chance([True, False, False, False]) == pytest.approx((0.25, 0.0, 0.25 + 1.959964 * math.sqrt(0.1875 / 4)))
    assert chance([True, True]) == (1, 1, 1)
    assert chance([True, True, True, False])[2] == 1.0
    assert monte_carlo_error(0.5, 100) == pytest.approx(0.05)


def test_the_first_year_with_a_tenth_fewer_is_told_or_none() -> None:
    baseline = np.full((4, 3), 100.0)
    birds = np.array([[100] * 3, [91, 95, 60], [90, 80, 99], [10, 10, 10]], dtype=float)
    assert years_until_fewer(birds, baseline) == 2  # nine tenths is enough
    assert years_until_fewer(birds[:2], baseline[:2]) is None
    assert years_until_fewer(birds, np.zeros((4, 3))) is None
    assert told(case(), runs())["more", "years_until_10_percent_fewer", 2] == (2, 2, 2)
    assert ("more", "years_until_10_percent_fewer", 2) not in told(case(), runs(BASE, BASE))


def test_the_middle_of_a_future_has_a_rank_among_the_baseline() -> None:
    assert rank_of_median(np.array([5.0, 6, 7]), np.array([1.0, 6, 7, 8])) == 50
    assert rank_of_median(np.array([0.0]), np.array([1.0, 2])) == 0
    assert told(case(), runs())["more", "q50", 2] == (25, 25, 25)


def test_ends_hold_95_of_100_runs() -> None:
    values = np.arange(1_001, dtype=float)
    assert spread(values) == (500, 25, 975)
    assert all(math.isnan(value) for value in spread(np.array([])))
    row = fan(np.array([values, values * 2])).loc[1]
    assert list(row[["year", "low95", "low50", "median", "high50", "high95"]]) == [1, 50, 500, 1_000, 1_500, 1_950]


def test_sizes_are_told_of_every_year_and_the_lowest_fifth_of_the_last() -> None:
    found = told(case(), runs())
    assert [found["baseline", "birds", year][0] for year in range(3)] == [100, 100, 101]
    assert found["baseline", "birds_lowest_20_percent", 2][0] == pytest.approx(np.quantile(BASE[2], 0.2))
    assert found["more", "birds_lowest_20_percent", 2][0] == 0


def test_ranks_of_inputs_go_with_ranks_of_results() -> None:
    given = Runs(
        np.zeros((1, 1, 4)),
        {
            "up": np.array([1.0, 2, 3, 100]),
            "down": np.array([4.0, 3, 2, 1]),
            "fixed": np.array([1.0, 1, 1, 1]),
        },
    )
    found = rank_correlations(given, np.array([10.0, 20, 30, 40]))
    assert found == {"up": pytest.approx(1), "down": pytest.approx(-1)}
    assert rank_correlations(given, np.zeros(4)) == {}


def row(value: float | None = None, low: float | None = None, high: float | None = None, **more: Any) -> dict[str, Any]:
    usual = {"row_id": "r", "spread": "none", "mark": "own", "input_note": None, "place": 1}
    return usual | {"value": value, "low": low, "high": high} | more


@pytest.mark.parametrize(
    ("rows", "mean", "sd", "ends"),
    [
        ([row(0.9)], 0.9, 0.0, (0.9, 0.9)),
        ([row(0.9, spread="cv")], 0.9, 0.09, (0.72, 1.08)),
        ([row(0.9, 0.8, 0.95, spread="cv")], 0.9, 0.09, (0.8, 0.95)),
        ([row(0.9, 0.88, 0.94, spread="sd")], 0.9, 0.03, (0.88, 0.94)),
        ([row(0.9, 0.86, 0.94, spread="range")], 0.9, 0.02, (0.86, 0.94)),
        ([row(None, 0.6, 0.8)], 0.7, 0.0, (0.6, 0.8)),
        ([row(0.6), row(0.9), row(0.7)], 0.75, 0.0, (0.6, 0.9)),
        ([row(0.6), row(None, 0.5, 0.9)], 0.6, 0.0, (0.5, 0.9)),
        ([row(0.6, 0.4, 0.7), row(0.9)], 0.6, 0.0, (0.4, 0.9)),
    ],
)
def test_an_input_follows_from_its_rows(
    rows: list[dict[str, Any]], mean: float, sd: float, ends: tuple[float, float]
) -> None:
    quantity = quantity_of(rows)
    assert (quantity.mean, quantity.sd) == pytest.approx((mean, sd))
    assert quantity.ends() == pytest.approx(ends)


def test_an_input_names_its_rows_and_why() -> None:
    quantity = quantity_of([row(1.0, row_id="a", input_note="why", mark="relative"), row(2.0, row_id=None)])
    assert (quantity.rows, quantity.note, quantity.mark) == (("a",), "why", "relative")


INPUTS = ("birds", "age", "adult_survival", "young_per_pair", "breeding_share", "first_year_survival")


def table(*names: str, **more: float) -> pd.DataFrame:
    values = dict.fromkeys(names, 0.5) | more
    return pd.DataFrame([row(value, input=name) for name, value in values.items()])


def test_a_population_needs_every_input() -> None:
    known = population_from(table(*INPUTS), "crane")
    assert known is not None and known.key == "crane" and not known.is_to_adult
    for missing in INPUTS:
        assert population_from(table(*(name for name in INPUTS if name != missing)), "crane") is None, missing


def test_survival_up_to_breeding_comes_before_that_of_the_first_year() -> None:
    known = population_from(table(*INPUTS, to_adult_survival=0.3), "crane")
    assert known is not None and known.is_to_adult and known.young_survival.mean == 0.3


def test_the_leading_row_is_the_one_with_the_first_place() -> None:
    rows = pd.concat(
        [
            table(*INPUTS),
            pd.DataFrame([row(0.2, 0.1, 0.3, input="age", place=0, row_id="first")]),
        ]
    )
    known = population_from(rows, "crane")
    assert known is not None and known.age.mean == 0.2 and known.age.rows == ("first", "r")
