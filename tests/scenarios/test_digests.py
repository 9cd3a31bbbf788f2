"""One small case to the last byte: another version of NumPy, SciPy or pandas of the range shows here if it differs.

A digest changes only where the model is changed on purpose; the changelog then says so, as equal files give other
results from then on. Tried on 2026-11-30 with NumPy 2.4.6 (Python 3.11) and NumPy 2.5.5 (Python 3.12).
"""

import hashlib

from neaspec.scenarios.engine import simulate
from neaspec.scenarios.files import results_csv, runs_csv
from neaspec.scenarios.model import Band, Case, Scenario
from neaspec.scenarios.outcome import run_ends
from neaspec.scenarios.results import results
from tests.scenarios.made import cranes

RESULTS = "db47bdedde8c77378889f44ebe9905a0bad549d760e8f5897828479897900124"
RUNS = "3a7698df3faf322810889fe5e165105c4e58b0a8b77524949c8e53b266de5e6c"


def small_case() -> Case:
    """Return a case that takes every way: exact and worked-out quantiles, years, shares, a number, bands."""
    scenarios = (
        Scenario("share", (0.02, 0.01, 0.03), start_year=2),
        Scenario("number", birds=6, is_number=True, end_year=8),
        Scenario("line", line_km=20, deaths_per_km=0.3, mitigation_year=4, mitigation=0.5),
        Scenario("bands", bands=(Band(0.3, 0.2, 0.05, 5), Band(0.7))),
    )
    return Case(cranes(700), scenarios, horizon_years=12, runs=300, seed=11, correlation=0.3, below=500)


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_results_of_a_small_case_are_the_same_to_the_last_byte() -> None:
    case = small_case()
    assert digest(results_csv(results(case, simulate(case)))) == RESULTS


def test_runs_of_a_small_case_are_the_same_to_the_last_byte() -> None:
    assert digest(runs_csv(run_ends(small_case()))) == RUNS
