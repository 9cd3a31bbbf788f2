"""What is refused before anything is run: all reasons at once, each one sentence of the wording."""

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from neaspec.scenarios.deaths import counted_deaths, effect_of
from neaspec.scenarios.model import (
    AGES,
    BASELINE,
    DENSITIES,
    MOST_AGE,
    MOST_BIRDS,
    MOST_NUMBERS,
    MOST_RUNS,
    MOST_SCENARIOS,
    MOST_SEED,
    MOST_YEARS,
    MOST_YOUNG,
    PARTNERS,
    SHARES,
    SLOPES,
    SPREADS,
    Band,
    Case,
    Population,
    Quantity,
    Scenario,
)
from neaspec.text import Words

SHARES_OF_SCENARIO = ("young_loss", "marker_effect", "avoidance", "mitigation")
AMOUNTS_OF_SCENARIO = ("birds", "line_km", "deaths_per_km", "units", "deaths_per_unit")
MOST_PARTS = 1 + 1e-9


@dataclass(frozen=True)
class Refusal:
    """One reason: its key in the wording, and what the sentence names. `term` values are words of the wording too."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)

    def sentence(self, words: Words) -> str:
        """Return the reason in words."""
        named = {name: _worded(words, name, value) for name, value in self.values.items()}
        return words(f"scenarios.refuse_{self.key}", **named)


def _worded(words: Words, name: str, value: object) -> str:
    if name in ("what", "partner"):
        return words.text(f"scenarios.input_{value}")
    if name == "allowed" or isinstance(value, str):
        return str(value)
    number = float(str(value))
    return words.number(number) if math.isfinite(number) else words.text("scenarios.no_number")


def refusals(case: Case, baseline: str = BASELINE) -> list[Refusal]:
    """Return why a case cannot be run; nothing if it can.

    Args:
        case: the case.
        baseline: what a reader sees the future without more deaths named as; no scenario can be named so.
    """
    reasons = [*_frame(case), *_population(case.population), *_density(case)]
    if not case.scenarios:
        reasons.append(Refusal("no_scenario"))
    if len(case.scenarios) > MOST_SCENARIOS:
        reasons.append(Refusal("scenarios", {"most": MOST_SCENARIOS, "count": len(case.scenarios)}))
    names = [scenario.name for scenario in case.scenarios]
    if len(set(names)) < len(names):
        reasons.append(Refusal("same_name"))
    taken = {BASELINE.casefold(), baseline.casefold()}
    reasons += [Refusal("taken_name", {"name": name}) for name in names if name.strip().casefold() in taken]
    for scenario in case.scenarios:
        reasons += _scenario(scenario, case)
    return reasons


def _frame(case: Case) -> Iterator[Refusal]:
    reasons = [
        Refusal("whole_range", {"what": what, "low": 1, "high": most, "value": value})
        for what, value, most in (
            ("horizon_years", case.horizon_years, MOST_YEARS),
            ("runs", case.runs, MOST_RUNS),
        )
        if not _is_whole(value) or not 1 <= value <= most
    ]
    yield from reasons
    if not reasons and case.runs * case.numbers_a_run() > MOST_NUMBERS:
        most = MOST_NUMBERS // case.numbers_a_run()
        futures = len(case.scenarios) + 1
        yield Refusal("numbers", {"runs": case.runs, "years": case.horizon_years, "futures": futures, "most": most})
    if not _is_whole(case.seed) or not 0 <= case.seed <= MOST_SEED:
        yield Refusal("whole_range", {"what": "seed", "low": 0, "high": MOST_SEED, "value": case.seed})
    if case.spread not in SPREADS:
        yield Refusal("one_of", {"what": "spread", "allowed": ", ".join(SPREADS)})
    if not -1 <= case.correlation <= 1:
        yield Refusal("range", {"what": "correlation", "low": -1, "high": 1, "value": case.correlation})
    if case.below is not None and not 0 < case.below <= MOST_BIRDS:
        yield Refusal("range", {"what": "below", "low": 1, "high": MOST_BIRDS, "value": case.below})


def _population(population: Population) -> Iterator[Refusal]:
    birds = population.birds.mean
    if not (math.isfinite(birds) and 1 <= birds <= MOST_BIRDS):
        yield Refusal("range", {"what": "birds", "low": 1, "high": MOST_BIRDS, "value": birds})
    yield from _age(population.age)
    for name in SHARES:
        yield from _rate(name, getattr(population, name), 1.0)
    yield from _rate("young_per_pair", population.young_per_pair, MOST_YOUNG)


def _age(age: Quantity) -> Iterator[Refusal]:
    values = dict.fromkeys((age.mean, *age.ends()))
    wrong = [value for value in values if not _is_whole(value) or not 1 <= value <= MOST_AGE]
    for value in wrong:
        yield Refusal("whole_range", {"what": "age", "low": 1, "high": MOST_AGE, "value": value})
    if not wrong and not age.is_ordered():
        yield Refusal("order", {"what": "age"})


def _rate(name: str, quantity: Quantity, most: float) -> Iterator[Refusal]:
    for value in dict.fromkeys((quantity.mean, *quantity.ends())):
        if not 0 <= value <= most:
            yield Refusal("range", {"what": name, "low": 0, "high": most, "value": value})
            return
    if not quantity.is_ordered():
        yield Refusal("order", {"what": name})
    if name == "breeding_share":
        return
    if not (math.isfinite(quantity.sd) and quantity.sd >= 0):
        yield Refusal("spread_number", {"what": name})
    elif name in SHARES and quantity.sd and quantity.sd**2 >= quantity.mean * (1 - quantity.mean):
        largest = math.floor(1000 * math.sqrt(quantity.mean * (1 - quantity.mean))) / 1000
        yield Refusal("spread", {"what": name, "sd": quantity.sd, "most": largest, "mean": quantity.mean})


def _density(case: Case) -> Iterator[Refusal]:
    density = case.density
    if density.kind not in DENSITIES:
        yield Refusal("one_of", {"what": "density", "allowed": ", ".join(DENSITIES)})
    elif density.kind in ("ceiling", "beverton_holt") and not 1 <= density.size <= MOST_BIRDS:
        yield Refusal("range", {"what": "density_size", "low": 1, "high": MOST_BIRDS, "value": density.size})
    elif density.kind == "log_linear" and not any(getattr(density, name) for name in SLOPES):
        yield Refusal("slopes")
    for slope in (density.young_slope, density.survival_slope):
        if not -MOST_YOUNG <= slope <= MOST_YOUNG:
            yield Refusal("range", {"what": "slope", "low": -MOST_YOUNG, "high": MOST_YOUNG, "value": slope})


def _scenario(scenario: Scenario, case: Case) -> Iterator[Refusal]:
    name = scenario.name
    if not name.strip():
        yield Refusal("no_name")
    reasons = list(_amounts(scenario))
    yield from reasons
    years = case.horizon_years
    for what, year in (
        ("start_year", scenario.start_year),
        ("end_year", scenario.end_year),
        ("mitigation_year", scenario.mitigation_year),
    ):
        if year is not None and (not _is_whole(year) or not 1 <= year <= max(years, 1)):
            yield Refusal("year", {"name": name, "what": what, "last": years, "value": year})
    if scenario.end_year is not None and scenario.end_year < scenario.start_year:
        yield Refusal("years", {"name": name})
    birds = case.population.birds.mean
    if not reasons and math.isfinite(birds) and birds >= 1:
        yield from _whole_effect(scenario, birds)


def _amounts(scenario: Scenario) -> Iterator[Refusal]:
    """Give the numbers of a scenario that are none, negative, or above the whole."""
    name = scenario.name
    for age, share in zip(AGES, scenario.extra_mortality, strict=True):
        if not 0 <= share <= 1:
            yield Refusal("scenario_share", {"name": name, "what": f"extra_{age}", "value": 100 * share})
    for what in SHARES_OF_SCENARIO:
        if not 0 <= getattr(scenario, what) <= 1:
            yield Refusal("scenario_share", {"name": name, "what": what, "value": 100 * getattr(scenario, what)})
    for what in AMOUNTS_OF_SCENARIO:
        value = getattr(scenario, what)
        if not (math.isfinite(value) and 0 <= value <= MOST_BIRDS):
            yield Refusal("scenario_amount", {"name": name, "what": what, "most": MOST_BIRDS, "value": value})
    yield from _alone(scenario)
    if not 0 < scenario.found_share <= 1:
        yield Refusal("found_share", {"name": name, "value": 100 * scenario.found_share})
    parts = [band.pairs for band in scenario.bands]
    inside = [value for band in scenario.bands for value in (band.pairs, band.young_loss, band.extra_mortality)]
    if any(not 0 <= value <= 1 for value in inside):
        yield Refusal("band", {"name": name})
    elif parts and not 1 / MOST_PARTS <= sum(parts) <= MOST_PARTS:
        yield Refusal("bands", {"name": name, "value": 100 * sum(parts)})
    if not _are_ordered(scenario.bands):
        yield Refusal("band_ends", {"name": name})


def _are_ordered(bands: Sequence[Band]) -> bool:
    """Tell whether bands of distance follow each other: no end at all is stated, or each one but the last lies farther.

    The last band may have no end (0).
    """
    ends = [band.to_km for band in bands]
    if not all(math.isfinite(end) and end >= 0 for end in ends):
        return False
    stated = ends if ends and ends[-1] else ends[:-1]
    return not any(ends) or all(first < second for first, second in itertools.pairwise([0.0, *stated]))


def _alone(scenario: Scenario) -> Iterator[Refusal]:
    """Give a quantity whose partner is missing: none is not taken for unknown."""
    for (first, second), _ in PARTNERS:
        value = getattr(scenario, first)
        if value is not None and value > 0 and getattr(scenario, second) == 0:
            yield Refusal("alone", {"name": scenario.name, "what": first, "partner": second, "value": value})
    if scenario.mitigation > 0 and scenario.mitigation_year is None:
        values = {"what": "mitigation", "partner": "mitigation_year", "value": 100 * scenario.mitigation}
        yield Refusal("alone_share", {"name": scenario.name} | values)


def _whole_effect(scenario: Scenario, birds: float) -> Iterator[Refusal]:
    """Give what is too much only when all ways of dying are taken together."""
    effect = effect_of(scenario, birds)
    if max(effect.shares) > 1 or (scenario.is_number and counted_deaths(scenario) > birds):
        yield Refusal("too_many", {"name": scenario.name, "value": 100 * max(*effect.shares, effect.number / birds)})
    if effect.young_loss > 1:
        yield Refusal("too_many_young", {"name": scenario.name, "value": 100 * effect.young_loss})


def _is_whole(value: float) -> bool:
    return math.isfinite(value) and float(value).is_integer()
