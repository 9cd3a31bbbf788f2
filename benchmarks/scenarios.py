"""How fast scenarios are: matched runs beside the same model with independent draws for each future in plain NumPy.

Run it alone: python -m benchmarks.scenarios. Both are measured in one process, one after the other and again, by
processor time; of each species the best counts. Memory is what arrays take at their peak. The first answer is all the page does
before it shows one: read the choices, run, compose with all its tabs, plan what the screen shows.
"""

import time
import tracemalloc
from collections.abc import Callable

import numpy as np

from benchmarks.report import met, put_section
from neaspec.data.database import open_database, serving_path, version_of
from neaspec.data.queries import Ask
from neaspec.palette import make_palette
from neaspec.render.screen.plan import plan
from neaspec.scenarios.chance import beta_parameters, forget_tables
from neaspec.scenarios.defaults import population_from
from neaspec.scenarios.engine import SHARE_OF_SD, simulate, spread_of_years
from neaspec.scenarios.model import Case, Scenario
from neaspec.scenarios.outcome import FIRST_RUNS
from neaspec.sections.scenarios.choices import ScenariosChoices
from neaspec.sections.scenarios.page import page
from neaspec.text import load_words

RUNS, YEARS, SHARE, TIMES = 10_000, 50, 0.01, 9
TITLE = "## Scenarios"


def cases() -> list[Case]:
    """Return the three species with the inputs of the documents, and one scenario each."""
    path = serving_path()
    ask = Ask(open_database(path), None, version_of(path))
    asked = []
    for species_id in ask("scenario_species")["species_id"]:
        population = population_from(ask("scenario_inputs", species_id=species_id), species_id)
        assert population is not None
        asked.append(Case(population, (Scenario("more", (SHARE,) * 3),), horizon_years=YEARS, runs=RUNS))
    return asked


def independent(case: Case, draw: np.random.Generator) -> list[np.ndarray]:
    """Run the same model with draws of its own for each future."""
    return [_future(case, draw, share) for share in (0.0, SHARE)]


def _future(case: Case, draw: np.random.Generator, share: float) -> np.ndarray:
    known, runs = case.population, case.runs
    part = SHARE_OF_SD[case.spread][0]
    adult = draw.beta(*beta_parameters(known.adult_survival.mean, known.adult_survival.sd * part), runs)
    young = draw.beta(*beta_parameters(known.young_survival.mean, known.young_survival.sd * part), runs)
    mean, sd = known.young_per_pair.mean, known.young_per_pair.sd * part
    per_pair = draw.gamma((mean / sd) ** 2, sd**2 / mean, runs)
    breeding = draw.uniform(*known.breeding_share.ends(), runs)
    first, last = (int(end) for end in known.age.ends())
    age = draw.integers(first, last + 1, runs)
    place = np.arange(last + 1)[:, None]
    is_adult = place >= age
    early = young ** (1 / age) if known.is_to_adult else young
    survival = np.where(place < age if known.is_to_adult else place < 1, early, adult)
    years = spread_of_years(known, case.spread, 0.0)
    logit = np.log(survival / (1 - survival)) * np.sqrt(1 + np.pi * years.survival**2 / 8)
    birds = np.full((last + 1, runs), int(known.birds.mean / (last + 1)))
    totals = np.empty((case.horizon_years + 1, runs))
    totals[0] = birds.sum(axis=0)
    for year in range(case.horizon_years):
        lives = 1 / (1 + np.exp(-(logit + years.survival * draw.standard_normal(runs))))
        raised = per_pair * np.exp(years.young * draw.standard_normal(runs) - years.young**2 / 2)
        alive = draw.binomial(birds, lives * (1 - share))
        birds[1:] = alive[:-1]
        birds[-1] += alive[-1]
        pairs = np.floor((birds * is_adult).sum(axis=0) / 2 * breeding)
        birds[0] = draw.poisson(pairs * raised)
        totals[year + 1] = birds.sum(axis=0)
    return totals


def measured() -> tuple[float, float, float]:
    """Return processor seconds of matched and of independent runs, and the megabytes that matched ones take."""
    asked = cases()
    matched: dict[Case, list[float]] = {case: [] for case in asked}
    plain: dict[Case, list[float]] = {case: [] for case in asked}
    for turn in range(TIMES):
        for case in asked:
            forget_tables()  # a run pays for what it rests on
            matched[case].append(spent(simulate, case))
            plain[case].append(spent(independent, case, np.random.default_rng(turn)))
    tracemalloc.start()
    simulate(asked[-1])
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return sum(map(min, matched.values())), sum(map(min, plain.values())), peak


def spent(work: Callable[..., object], *given: object) -> float:
    """Return the processor seconds of some work."""
    begin = time.process_time()
    work(*given)
    return time.process_time() - begin


def first_answer() -> float:
    """Return processor seconds of a first answer on the page, with luck that nobody asked for before."""
    path = serving_path()
    ask, words = Ask(open_database(path), None, version_of(path)), load_words("en")
    palette = make_palette(ask("species_styles"), False)
    seconds = []
    for seed in range(TIMES + 1):  # the first one warms up
        begin = time.process_time()
        choices = ScenariosChoices(runs=str(FIRST_RUNS), seed=str(seed + 1000))
        plan(page(ask, words, choices), palette, words, {}, None)
        seconds.append(time.process_time() - begin)
    return min(seconds[1:])


def section() -> list[str]:
    """Return the lines of the report."""
    matched, plain, peak = measured()
    first = first_answer()
    ratio = plain / matched
    return [
        TITLE,
        "",
        f"{RUNS:,} runs of {YEARS} years, 3 species, 2 futures, inputs of the documents; processor time, of each species the best of {TIMES} turns in one process.",
        "",
        f"- Matched runs (quantiles at one deviate): {matched:.2f} s. Aim, within 1.0 s: {met(matched <= 1.0)}.",
        f"- The same model with independent draws for each future in plain NumPy: {plain:.2f} s, {ratio:.1f} times as long. "
        f"Aim, 3 times: {met(ratio >= 3)}.",
        f"- Arrays at their peak, one species: {peak:.0f} MB. Aim, under 100 MB: {met(peak < 100)}.",
        f"- First answer of the page from {FIRST_RUNS:,} runs, composed with all tabs and planned for the screen: {first:.2f} s. "
        f"Aim, within 0.3 s: {met(first <= 0.3)}.",
        "",
    ]


if __name__ == "__main__":
    lines = section()
    print("\n".join(lines))
    put_section(TITLE, lines)
