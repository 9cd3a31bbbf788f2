"""What must hold of runs, whatever their numbers: the same luck for all futures, and no future moves another."""

import itertools
import tracemalloc
from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import binom, poisson

from neaspec.scenarios import chance
from neaspec.scenarios.engine import BLOCK, Crowding, simulate
from neaspec.scenarios.model import Band, DensityDependence, Quantity, Scenario
from neaspec.scenarios.projection import course
from neaspec.scenarios.results import before_of, fan, results, share_left
from neaspec.scenarios.tornado import implied_growth
from tests.scenarios.made import case, cranes, share


def last(made, future: int = 1) -> np.ndarray:
    return simulate(made).birds[future, -1]


@pytest.mark.parametrize("more", [0.011, 0.02, 0.2])
def test_more_deaths_leave_fewer_birds(more):
    less, most = last(case(share(0.01))), last(case(share(more)))
    assert np.median(most / less) < 1
    assert (most > less + 1).sum() == 0  # quantiles may be a bird wrong


def test_a_later_start_leaves_more_birds():
    starts = [np.median(last(case(share(0.02, start_year=year)))) for year in (1, 5, 10, 20)]
    assert starts == sorted(starts)
    assert starts[0] < starts[-1]


@pytest.mark.parametrize(
    "stronger_first",
    [
        [share(0.02, start_year=year) for year in (1, 4, 9, 20)],
        [share(0.02), *(share(0.02, mitigation_year=5, mitigation=part) for part in (0.1, 0.66, 1.0))],
        [share(0.02, mitigation_year=year, mitigation=0.66) for year in (19, 5, 2)],
        [share(0.02), share(0.02, end_year=15), share(0.02, end_year=3)],
        [Scenario("line", line_km=km, deaths_per_km=0.4) for km in (900, 500, 10, 0)],
        [Scenario("units", units=400, deaths_per_unit=0.5, avoidance=avoided) for avoided in (0, 0.5, 0.98)],
        [Scenario("young", young_loss=loss) for loss in (0.5, 0.2, 0.0)],
        [Scenario("bands", bands=(Band(near, 0.4, 0.03), Band(1 - near))) for near in (0.9, 0.5, 0.1)],
    ],
    ids=lambda listed: listed[0].name if isinstance(listed, list) else None,
)
def test_what_is_weaker_leaves_no_fewer_birds_in_any_run(stronger_first):
    """Between two scenarios a quantile may be a bird wrong, and it may breed; beside the baseline it never is."""
    ends = [last(case(one, runs=1000)) for one in stronger_first]
    for fewer, more in itertools.pairwise(ends):
        assert (fewer - more).max() <= 5
        assert (fewer > more).mean() < 0.01
        assert fewer.sum() < more.sum()


def test_deaths_never_give_birds_in_any_class_and_what_is_cut_is_a_bird_at_most(monkeypatch):
    cut: list[float] = []

    def watched(crowding: Crowding, birds: np.ndarray) -> np.ndarray:
        cut.append((birds[1:] - birds[0]).max())
        kept = below(crowding, birds)
        assert (kept[1:] <= kept[0]).all()
        return kept

    below = Crowding.below_baseline
    monkeypatch.setattr(Crowding, "below_baseline", watched)
    for birds in (200, 7_000):
        simulate(replace(case(share(0.002), years=30), population=cranes(birds)))
    assert len(cut) == 2 * 30 * 7  # years, classes of six ages and the young of the year
    assert max(cut) <= 1


def test_an_end_and_mitigation_leave_more_birds():
    always = np.median(last(case(share(0.02))))
    ended = np.median(last(case(share(0.02, end_year=10))))
    marked = [np.median(last(case(share(0.02, mitigation_year=5, mitigation=part)))) for part in (0.1, 0.66, 0.78)]
    assert always < marked[0] < marked[1] < marked[2]
    assert always < ended


def test_before_its_start_a_scenario_is_the_baseline():
    birds = simulate(case(share(0.05, start_year=8))).birds
    assert birds[1, :8].tobytes() == birds[0, :8].tobytes()
    assert (birds[1, 8:].sum(axis=1) < birds[0, 8:].sum(axis=1)).all()


def test_another_scenario_changes_no_future():
    one = simulate(case(share(0.01)))
    two = simulate(case(share(0.01), Scenario("line", line_km=100, deaths_per_km=0.3), share(0.05, "most")))
    assert two.birds[:2].tobytes() == one.birds.tobytes()


def test_the_first_thousand_runs_are_those_of_a_thousand():
    few, many = simulate(case(runs=BLOCK)), simulate(case(runs=3 * BLOCK))
    assert many.birds[:, :, :BLOCK].tobytes() == few.birds.tobytes()


def test_runs_need_little_more_memory_than_they_hold():
    made = case(years=30, runs=40_000)
    simulate(case())  # tables that are kept
    tracemalloc.start()
    try:
        held = simulate(made).birds.nbytes
        assert tracemalloc.get_traced_memory()[1] < 1.6 * held
    finally:
        tracemalloc.stop()


def test_another_seed_and_another_species_have_other_luck():
    made = case()
    other = replace(made, population=replace(made.population, key="storks"))
    assert not np.array_equal(last(made), last(replace(made, seed=2)))
    assert not np.array_equal(last(made), last(other))


def test_a_longer_horizon_leaves_the_years_before_as_they_were():
    short, long = simulate(case(years=10)), simulate(case(years=30))
    assert long.birds[:, :11].tobytes() == short.birds.tobytes()


def test_without_spread_the_mean_of_runs_is_the_course_of_the_mean():
    fixed = {name: Quantity(q.mean) for name, q in cranes().inputs().items() if name != "birds"}
    made = replace(case(share(0.01), runs=4000), population=cranes(**fixed))
    runs, exact = simulate(made), course(made, made.scenarios[0])
    assert runs.birds[1].mean(axis=1) == pytest.approx(exact, rel=0.002)
    growth = implied_growth(made.population)
    assert course(made)[-1] == pytest.approx(12_700 * growth**20, rel=1e-9)


def test_years_that_differ_keep_the_mean_of_survival():
    only = cranes(adult_survival=Quantity(0.866, 0.093), breeding_share=Quantity(0.0), age=Quantity(1))
    runs = simulate(replace(case(runs=20_000, years=1), population=only, spread="years"))
    alive = runs.birds[0, 1].mean() / runs.birds[0, 0].mean()
    assert alive == pytest.approx(0.866, abs=0.004)  # no young: all are adults


def test_whole_birds_and_as_many_as_were_counted():
    birds = simulate(case()).birds
    assert (birds == np.floor(birds)).all()
    assert (birds[:, 0] == 12_700).all()


@pytest.mark.parametrize(
    "density",
    [
        DensityDependence("ceiling", 2000),
        DensityDependence("beverton_holt", 8000),
        DensityDependence("log_linear", 0, -0.3, -0.05),
    ],
    ids=lambda density: density.kind,
)
def test_density_dependence_holds_growth_down_and_hides_losses(density):
    free, crowded = simulate(case(years=40)), simulate(case(years=40, density=density))
    assert np.median(crowded.birds[0, -1]) < np.median(free.birds[0, -1])
    left = [np.median(share_left(runs.birds[1, -1], runs.birds[0, -1])) for runs in (free, crowded)]
    assert left[1] > left[0]


def test_a_number_of_birds_is_taken_whatever_their_number_is():
    stays_share = last(case(Scenario("share", birds=200)))
    stays_number = last(case(Scenario("number", birds=200, is_number=True)))
    assert np.median(stays_number) > np.median(stays_share)  # a growing population loses a smaller share
    assert (simulate(case(Scenario("all", birds=12_000, is_number=True))).birds >= 0).all()


def test_only_the_ages_that_are_hit_lose_birds():
    adults = np.median(last(case(Scenario("adults", (0, 0, 0.02)))))
    young = np.median(last(case(Scenario("young", (0.02, 0.02, 0)))))
    everybody = np.median(last(case(share(0.02))))
    assert everybody < adults < young < np.median(last(case(), 0))


def test_bands_weigh_pairs():
    bands = (Band(0.2, 0.5, 0.02), Band(0.8))
    as_bands = last(case(Scenario("bands", bands=bands)))
    as_sum = last(case(Scenario("sum", (0.004,) * 3, young_loss=0.1)))
    assert as_bands == pytest.approx(as_sum)


def test_small_populations_can_die_out_and_are_counted_apart():
    made = replace(case(share(0.5), years=30), population=cranes(40))
    rows = results(made, simulate(made)).set_index(["scenario", "result", "year"])["median"]
    assert rows["more", "p_decline", 30] == pytest.approx(1)
    assert rows["more", "cps", 30] < 0.05
    assert simulate(made).birds[1, -1].min() == 0


def test_quantiles_of_small_numbers_are_exact_and_of_large_ones_a_bird_wrong_at_most():
    draw = np.random.default_rng(3)
    number, share_of = draw.integers(0, 400, 4000).astype(float), draw.uniform(0, 1, 4000)
    uniforms = draw.uniform(size=4000)
    luck, chances = chance.Luck.of(chance.normal_of(uniforms)), chance.Chances.of(share_of)
    wrong = np.abs(chance.binomial(number, chances, luck) - np.maximum(binom.ppf(uniforms, number, share_of), 0))
    assert wrong.max() <= 1
    assert (wrong[number * share_of * (1 - share_of) < 9] == 0).mean() > 0.999
    mean = draw.uniform(0, 60, 4000)
    assert np.abs(chance.poisson(mean, luck) - poisson.ppf(uniforms, mean)).max() <= 1


def test_normal_deviates_follow_their_raw_bits():
    uniforms = chance.Stream((1, 2, 3), (0,), 1000).uniforms(4)
    assert uniforms.shape == (4, 1000)
    assert uniforms[:, 500:] == pytest.approx(1 - uniforms[:, :500])  # twins
    raw = np.random.PCG64(np.random.SeedSequence([1, 2, 3, 0])).random_raw(500)
    assert uniforms[0, :500] == pytest.approx(((raw >> np.uint64(11)) + 0.5) * 2.0**-53)
    exact = chance.ndtri(uniforms)
    assert np.abs(chance.normal_of(uniforms) - exact).max() < 4e-6


def test_a_fan_holds_its_middle():
    frame = fan(simulate(case()).birds[0])
    assert (frame["low95"] <= frame["low50"]).all()
    assert (frame["low50"] <= frame["median"]).all()
    assert (frame["median"] <= frame["high95"]).all()


def test_results_compare_with_the_year_before_the_effect():
    assert before_of(share(0.1, start_year=6)) == 5
