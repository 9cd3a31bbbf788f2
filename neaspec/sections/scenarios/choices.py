"""What a reader chose for a scenario, as the address has it, and the case that it asks for."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from neaspec.data.queries import Ask
from neaspec.scenarios.defaults import population_from
from neaspec.scenarios.fit import fitted
from neaspec.scenarios.model import (
    MOST_SCENARIOS,
    Case,
    Density,
    DensityDependence,
    Population,
    Quantity,
    Scenario,
    Spread,
)

WAYS = ("share", "birds", "line", "units")
AGES_HIT = {"all": (1.0, 1.0, 1.0), "young": (1.0, 1.0, 0.0), "adults": (0.0, 0.0, 1.0)}
PARTS = ("way", "amount", "rate", "ages", "start", "end", "marked", "effect", "young_loss")
OWN_INPUTS = ("birds", "age", "adult_survival", "young_survival", "young_per_pair", "breeding_share")
LETTERS = "ABCD"
FIRST_AMOUNT = {"share": "1", "birds": "100", "line": "100", "units": "50"}
FIRST_RATE = {"line": "0.31", "units": "0.1"}
PART_SIGN, SCENARIO_SIGN, OWN_SIGN = "_", "~", ":"


@dataclass(frozen=True)
class ScenariosChoices:
    """All choices of the page, as text.

    way, amount, rate, ages, start, end, marked, effect, young_loss: of the first scenario. others: up to three more of
    them, each its parts with _ between, and ~ between scenarios. own: inputs of the reader, name:middle:sd with ~
    between. fit: 1 = survival of the young is fitted to the growth on record. result: what the chart of inputs shows.
    """

    species_id: str = ""
    way: str = "share"
    amount: str = ""
    rate: str = ""
    ages: str = "all"
    start: str = "1"
    end: str = ""
    marked: str = ""
    effect: str = "0.66"
    young_loss: str = ""
    others: str = ""
    horizon: str = "30"
    runs: str = "10000"
    seed: str = "1"
    spread: str = "half"
    density: str = "none"
    size: str = ""
    below: str = ""
    own: str = ""
    fit: str = ""
    result: str = "growth"


def species_of(ask: Ask, choices: ScenariosChoices) -> dict[str, str]:
    """Return the species that can be chosen: key -> name."""
    rows = ask("scenario_species")
    return dict(zip(rows["species_id"], rows["name"], strict=True))


def number_of(text: str, empty: float = 0.0) -> float:
    """Return a number of the address; what is none is not a number, and is refused later."""
    if not text.strip():
        return empty
    try:
        return float(text)
    except ValueError:
        return math.nan


def case_of(ask: Ask, choices: ScenariosChoices, observed: float | None) -> Case | None:
    """Return the case that is asked for; None if there are no inputs for the species.

    observed: growth on record that inputs are fitted to, where that is asked for.
    """
    species = species_of(ask, choices)
    key = choices.species_id if choices.species_id in species else next(iter(species), "")
    population = population_from(ask("scenario_inputs", species_id=key), key) if key else None
    if population is None:
        return None
    population = with_own(population, choices.own)
    if choices.fit and observed is not None:
        population = fitted(population, observed) or population
    return Case(
        population,
        tuple(scenarios_of(choices)),
        horizon_years=whole(choices.horizon),
        runs=whole(choices.runs),
        seed=whole(choices.seed),
        spread=cast(Spread, choices.spread),
        density=DensityDependence(cast(Density, choices.density), number_of(choices.size)),
        below=number_of(choices.below) if choices.below else None,
    )


def whole(text: str) -> int:
    """Return a whole number of the address; any other number and text as what is refused later."""
    value = number_of(text, empty=math.nan)
    return int(value) if math.isfinite(value) and value.is_integer() else cast(int, value)


def optional_year(text: str) -> int | None:
    """Return a year of the address; nothing for none."""
    return whole(text) if text.strip() else None


def scenarios_of(choices: ScenariosChoices) -> list[Scenario]:
    """Return the scenarios of the address, the first one first, by the letters A to D."""
    first = {part: str(getattr(choices, part)) for part in PARTS}
    parts = [first, *(parts_of(text) for text in choices.others.split(SCENARIO_SIGN) if text)]
    return [scenario_of(given, letter) for given, letter in zip(parts, LETTERS, strict=False)][:MOST_SCENARIOS]


def parts_of(text: str) -> dict[str, str]:
    """Return the parts of a scenario from its line in the address; what is missing is as in a first one."""
    given = text.split(PART_SIGN)
    defaults = {part: str(getattr(ScenariosChoices, part)) for part in PARTS}
    return defaults | {part: value for part, value in zip(PARTS, given, strict=False) if value}


def line_of(parts: Mapping[str, str]) -> str:
    """Return a scenario as a line of the address."""
    return PART_SIGN.join(parts[part] for part in PARTS)


def scenario_of(parts: Mapping[str, str], name: str) -> Scenario:
    """Return a scenario from its parts."""
    way = parts["way"] if parts["way"] in WAYS else "share"
    amount = number_of(parts["amount"] or FIRST_AMOUNT[way])
    rate = number_of(parts["rate"] or FIRST_RATE.get(way, ""))
    hit = AGES_HIT.get(parts["ages"], AGES_HIT["all"])
    marked = optional_year(parts["marked"])
    scenario = Scenario(
        name,
        start_year=whole(parts["start"]),
        end_year=optional_year(parts["end"]),
        mitigation_year=marked,
        mitigation=number_of(parts["effect"]) if marked is not None else 0.0,
        young_loss=number_of(parts["young_loss"]) / 100,
    )
    match way:
        case "share":
            first, immature, adult = (share * amount / 100 if share else 0.0 for share in hit)
            return replace(scenario, extra_mortality=(first, immature, adult))
        case "birds":
            return replace(scenario, birds=amount)
        case "line":
            return replace(scenario, line_km=amount, deaths_per_km=rate)
    return replace(scenario, units=amount, deaths_per_unit=rate)


def with_own(population: Population, own: str) -> Population:
    """Return a population with the inputs of the reader, marked as theirs."""
    given: dict[str, Any] = {}
    for text in own.split("~"):
        name, _, rest = text.partition(OWN_SIGN)
        if name not in OWN_INPUTS:
            continue
        middle, _, spread = rest.partition(OWN_SIGN)
        mean, sd = number_of(middle, math.nan), number_of(spread)
        most = 1.0 if name in ("adult_survival", "young_survival", "breeding_share") else math.inf
        low, high = max(mean - 2 * sd, 0.0), min(mean + 2 * sd, most)
        if name in ("birds", "age"):
            low = high = mean
        given[name] = Quantity(mean, sd, low if math.isfinite(mean) else mean, high, "yours")
    return replace(population, **given)
