"""Numbers of publications, of public files and of identities: each row of oracles.csv is held."""

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from shapely.geometry import MultiPolygon, Polygon

from neaspec.scenarios import matrices
from neaspec.scenarios.chance import Stream, beta_parameters
from neaspec.scenarios.deaths import rotor_passages
from neaspec.scenarios.engine import simulate
from neaspec.scenarios.levels import one_percent_level
from neaspec.scenarios.limits import largest_growth, removal_limit, smallest_population
from neaspec.scenarios.model import Case, Population, Quantity, Scenario
from neaspec.scenarios.projection import aged, course, log_linear
from neaspec.scenarios.results import counterfactuals, results
from neaspec.scenarios.trend import chance_of_falling_to, counts_with_growth, log_growth
from neaspec.shapes.measures import geodesic_area, geodesic_edge

FILE = Path(__file__).with_name("oracles.csv")
ORACLES = {row["id"]: row for row in csv.DictReader(FILE.open(encoding="utf-8"))}
GROWTH = [key for key in ORACLES if key.startswith(("M01", "M03", "M04", "M05"))]


def given(key: str) -> Any:
    return json.loads(ORACLES[key]["inputs_json"])


def expected(key: str) -> Any:
    return json.loads(ORACLES[key]["expected"])


def test_every_oracle_has_a_test():
    text = Path(__file__).read_text(encoding="utf-8")
    assert len(ORACLES) == 38
    assert [key for key in ORACLES if f'"{key}"' not in text and key not in GROWTH] == []


@pytest.mark.parametrize("key", GROWTH)
def test_growth_of_published_matrices(key):
    assert matrices.growth(given(key)["A"]) == pytest.approx(expected(key), abs=float(ORACLES[key]["tolerance"]))


def test_reproductive_values_of_killer_whales():
    assert matrices.reproductive_values(given("M02")["A"]) == pytest.approx(expected("M02"), abs=1e-7)


def test_adults_survive_before_they_breed():
    matrix = given("M06")["A"]
    assert matrices.structure(matrix) == pytest.approx(expected("M06"), abs=1e-7)
    np.testing.assert_allclose(matrices.elasticities(given("M07")["A"]), expected("M07"), atol=1e-7)
    assert matrices.growth(matrix) == pytest.approx(matrices.growth(given("M08")["A"]), abs=1e-12)
    np.testing.assert_allclose(matrices.elasticities(given("M08")["A"]), expected("M08")["elasticity"], atol=1e-7)
    assert matrices.structure(given("M08")["A"]) == pytest.approx(expected("M08")["w"], abs=1e-7)
    own = matrices.life_cycle([0.2, 0.35, 0.5], young_per_pair=7.0, breeding_share=1.0, breeds_from=0)
    np.testing.assert_allclose(own, matrix, atol=1e-12)


def test_a_periodic_matrix_has_a_growth_factor():
    matrix = given("M09")["A"]
    assert matrices.growth(matrix) == pytest.approx(1, abs=1e-7)
    found = matrices.elasticities(matrix)
    assert found[np.array(matrix) > 0] == pytest.approx([expected("M09")["elasticity_nonzero"]] * 3, abs=1e-7)


def test_growth_and_structure_of_three_stages():
    assert matrices.growth(given("M10")["A"]) == pytest.approx(expected("M10")["lambda"], abs=5e-6)
    assert matrices.structure(given("M10")["A"]) == pytest.approx(expected("M10")["w"], abs=1e-6)


def test_net_reproduction_generation_and_life():
    stays, breeds = given("M11")["U"], given("M11")["F"]
    assert matrices.net_reproduction(stays, breeds) == pytest.approx(expected("M11")["R0"], abs=1e-6)
    assert matrices.generation_time(stays, breeds) == pytest.approx(expected("M11")["generation_time"], abs=1e-6)
    assert matrices.life_expectancy(stays) == pytest.approx(expected("M11")["life_expectancy"], abs=1e-6)


def test_sensitivities_to_every_element():
    np.testing.assert_allclose(matrices.sensitivities(given("M12")["A"]), expected("M12"), atol=1e-6)


def test_growth_of_the_grizzly_counts():
    mean, variance = log_growth(given("Q01")["N"])
    assert (mean, variance) == pytest.approx((expected("Q01")["mu"], expected("Q01")["sigma2"]), abs=5e-6)


def test_chance_of_falling_to_a_size():
    q = given("Q02")
    chances = chance_of_falling_to(q["mu"], q["sigma2"], q["N0"], q["Ne"], q["t"])
    assert chances == pytest.approx(expected("Q02"), rel=1e-9)
    normals = np.concatenate([Stream((1, part), range(100), 1000).normals(50) for part in range(5)], axis=1)
    counts = q["N0"] * np.exp(np.cumsum(q["mu"] + np.sqrt(q["sigma2"]) * normals, axis=0))
    simulated = (counts.min(axis=0) <= q["Ne"]).mean()
    assert chances[2] / 2 < simulated < chances[2]


def test_spoonbills_grow_as_published():
    s = given("S01")
    stream = Stream((1,), range(100), 1000)
    counts = counts_with_growth(s["N0"], s["lambda_mean"], s["lambda_sd"], s["years"], stream)
    assert counts[-1].mean() == pytest.approx(4094, rel=0.01)
    assert 860 <= counts[-1].std() <= 1000
    assert 0.05 <= (counts[1:].min(axis=0) < s["N0"]).mean() <= 0.07
    assert 0.97 <= (counts.max(axis=0) >= 2 * s["N0"]).mean() <= 0.995


def peer_sizes(key: str, hits_immatures: bool = True) -> dict[str, float]:
    """Work out the deterministic runs of a peer (N01 to N03) with our year and our density dependence."""
    g = given(key)
    age, most = g["afb"][0], g["mbs"][0]
    is_capped = g["model.prodmax"][0]
    scale = most if is_capped else 1  # the peer counts slope and impact of productivity by brood, where it is capped
    young = (g["demobase.prod"][0][0], g["demobase.prod"][0][2] * scale)
    adult = (g["demobase.survadult"][0][0], g["demobase.survadult"][0][2])
    immature = [(one[0], one[2]) for one in g.get("demobase.survimmat", [])] or [adult] * age
    rates = [*immature, adult]

    def year(birds: Any, impact: tuple[float, list[float]] = (0.0, [0.0] * (age + 1))) -> Any:
        adults = birds[-1]
        lives = [
            log_linear(*rate, adults) - less if adults else 0.0 for rate, less in zip(rates, impact[1], strict=True)
        ]
        out = aged(birds, np.clip(lives, 0, 1))
        pairs = np.floor(out[-1] / 2)
        raised = log_linear(*young, 2 * pairs) - impact[0] * scale if pairs else 0.0
        out[0] = pairs * min(max(raised, 0), most if is_capped else np.inf)
        return out

    sizes: dict[str, float] = {}
    first_of_all = min(g["inipop.years"])
    for future in range(g["nscen"][0] + 1):
        for part in range(g["npop"][0]):
            first, value = g["inipop.years"][part], g["inipop.vals"][part]
            lives = [log_linear(*rate, value) for rate in rates]
            matrix = np.diag(lives[:-1], -1)
            matrix[age, age], matrix[0, age] = lives[-1], log_linear(*young, value) / 2
            shares = matrices.structure(matrix)
            is_pairs = g["inipop.inputformat"][0] == "breeding.pairs"
            birds = np.round(shares / shares[-1] * 2 * value if is_pairs else shares * value)
            burned = birds
            for _ in range(max(g["inipop.years"]) - first + int(g["nburn"][0])):
                burned = year(burned)
            birds = np.round(birds.sum() * burned / burned.sum())
            for now in range(first, g["output.year.end"][0] + 1):
                shown = birds[-1] if g["output.agetype"][0] == "breeding.adults" else birds.sum()
                name = f"{'baseline' if future == 0 else f'scen{future}'} {now}"
                sizes[name] = sizes.get(name, 0.0) + shown
                birds = year(birds, *peer_impact(g, future, part, now + 1, age, hits_immatures))
    assert first_of_all <= g["output.year.start"][0]
    return sizes


def peer_impact(g: Any, future: int, part: int, year: int, age: int, hits_immatures: bool) -> list[Any]:
    """Return what a scenario of the peer takes from rates in a year; counted birds are rounded there, here to none."""
    if not future or not g["impacts.relative"][0]:
        return []
    if not g["impacts.year.start"][0] <= year <= g["impacts.year.end"][0]:
        return []

    def of(name: str) -> float:
        value = g[name][future - 1]
        return value[part] if isinstance(value, list) else value

    adult = of("impacts.survadult.mean")
    immature = of("impacts.survimmat.mean") if "impacts.survimmat.mean" in g else adult * hits_immatures
    return [(of("impacts.prod.mean"), [immature] * age + [adult])]


@pytest.mark.parametrize("key", ["N01", "N02", "N03"])
def test_deterministic_runs_of_a_peer(key):
    sizes = peer_sizes(key, hits_immatures=key != "N03")  # the version behind N03 left immature birds out
    assert {name: sizes[name] for name in expected(key)} == pytest.approx(expected(key), rel=1e-10)


def test_counterfactuals_of_a_peer():
    n4, shares = given("N04"), expected("N04")
    for year, told in shares.items():
        base = {"2029": 0.0183520309314262, "2050": 1.62023464252047e-05}[year]
        share, growth = counterfactuals(n4["scenario"][year], base, int(year) - n4["year_before_impact"])
        assert (share, growth) == pytest.approx((told["CPS"], told["CGR"]), rel=1e-10)
    sizes = expected("N01")
    assert given("N05")["see"] == "N01"
    for year, told in expected("N05").items():
        before = given("N05")["year_before_impact"]
        share, growth = counterfactuals(sizes[f"scen1 {year}"], sizes[f"baseline {year}"], int(year) - before)
        assert (share, growth) == pytest.approx((told["CPS"], told["CGR"]), rel=1e-10)


def test_passages_through_rotors():
    c = given("C01")
    found = rotor_passages(c["birds"], c["turbines"], c["rotor_radius_m"], c["front_km"])
    assert found == pytest.approx(expected("C01"), abs=0.001)


def test_one_percent_levels():
    assert [one_percent_level(value) for value in given("T01")["estimate"]] == expected("T01")


def test_area_and_edge_on_the_ellipsoid():
    a = given("A01")
    shape = MultiPolygon([Polygon(list(zip(a["lon"], a["lat"], strict=True)))])
    assert geodesic_area(shape) == pytest.approx(expected("A01")[0], abs=1)
    assert geodesic_edge(shape) == pytest.approx(expected("A01")[1], abs=0.1)


def test_removal_limit_and_largest_growth():
    p = given("P01")
    assert smallest_population(p["N"], p["CV"]) == pytest.approx(expected("P01")["Nmin"], rel=1e-6)
    assert removal_limit(p["N"], p["CV"], p["Rmax"], p["Fr"]) == pytest.approx(expected("P01")["PBR"], rel=1e-6)
    for key in ("P02", "P03"):
        assert largest_growth(given(key)["s"], given(key)["alpha"]) == pytest.approx(expected(key), rel=1e-9)


def cranes(birds: float = 12_700, spread: bool = True) -> Population:
    """Return made-up cranes, like those of the data."""
    share = float(spread)
    return Population(
        "cranes",
        Quantity(birds),
        Quantity(4, low=3, high=5) if spread else Quantity(4),
        Quantity(0.93, 0.01 * share),
        Quantity(0.765, 0.08 * share),
        Quantity(0.55, 0.17 * share),
        Quantity(0.8, low=0.6, high=1.0) if spread else Quantity(0.8),
    )


@pytest.mark.parametrize("place", range(4))
def test_share_left_where_all_ages_lose_the_same(place):
    share, told = given("I01")["m"][place], expected("I01")[place]
    case = Case(cranes(spread=False), (Scenario("more", (share,) * 3),), horizon_years=50, runs=2000)
    base, more = course(case), course(case, case.scenarios[0])
    assert [more[year] / base[year] for year in given("I01")["T"]] == pytest.approx(told, abs=1e-6)
    assert counterfactuals(more[50], base[50], 50)[1] == pytest.approx(1 - share, abs=1e-12)
    rows = results(case, simulate(case)).set_index(["scenario", "result", "year"])
    for year, left in zip(given("I01")["T"], told, strict=True):
        assert rows.loc[("more", "cps", year), "median"] == pytest.approx(left, abs=0.004)
    assert rows.loc[("more", "cgr", 50), "median"] == pytest.approx(1 - share, abs=2e-4)


def test_no_deaths_change_nothing():
    assert given("I02")["m"] == 0
    runs = simulate(Case(cranes(), (Scenario("nothing"),), horizon_years=50, runs=2000))
    assert runs.birds[1].tobytes() == runs.birds[0].tobytes()


@pytest.mark.parametrize("birds", given("I03")["N0"])
@pytest.mark.parametrize("share", [0.002, 0.02])
def test_deaths_never_give_birds(birds, share):
    runs = simulate(Case(cranes(birds), (Scenario("more", (share,) * 3),), horizon_years=50, runs=given("I03")["runs"]))
    assert int((runs.birds[1] > runs.birds[0]).sum()) == 0


@pytest.mark.parametrize("key", ["M03", "M05_A85", "M07", "M10", "M12"])
def test_elasticities_add_up_to_one(key):
    assert ORACLES["I04"]["kind"] == "identity"
    assert matrices.elasticities(given(key)["A"]).sum() == pytest.approx(1, abs=1e-9)


def test_parameters_of_a_beta_distribution():
    assert beta_parameters(**given("I05")) == pytest.approx(expected("I05"), abs=1e-6)


def test_equal_inputs_give_equal_bytes():
    assert ORACLES["I06"]["expected"] == "equal"
    case = Case(cranes(), (Scenario("more", (0.01,) * 3),), horizon_years=20, runs=3000, **given("I06"))
    assert simulate(case).birds.tobytes() == simulate(case).birds.tobytes()
