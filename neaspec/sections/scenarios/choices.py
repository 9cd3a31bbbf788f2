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
    Band,
    Case,
    Density,
    DensityDependence,
    Population,
    Quantity,
    Scenario,
    Spread,
)

WAYS = ("share", "birds", "line", "units", "bands")
COUNTED_WAYS = ("birds", "line", "units")  # deaths are counted, and can stay a number
AGES_HIT = {"all": (1.0, 1.0, 1.0), "young": (1.0, 1.0, 0.0), "adults": (0.0, 0.0, 1.0)}
PARTS = (
    "way",
    "amount",
    "rate",
    "ages",
    "start",
    "end",
    "marked",
    "effect",
    "young_loss",
    "found",
    "avoided",
    "stays",
    "bands",
)
OWN_INPUTS = ("birds", "age", "adult_survival", "young_survival", "young_per_pair", "breeding_share")
LETTERS = "ABCD"
FIRST_AMOUNT = {"share": "1", "birds": "100", "line": "100", "units": "50"}
FIRST_RATE = {"line": "0.31", "units": "0.1"}
PART_SIGN, SCENARIO_SIGN, OWN_SIGN, BAND_SIGN = "_", "~", ":", ","
BAND_PARTS = ("to", "pairs", "young", "deaths")  # end in km, then hundredths
FIRST_BANDS = "1:5:30:3,5:15:10:1,10:20:0:0,0:60:0:0"  # an example to be changed, as the other first amounts are


@dataclass(frozen=True)
class ScenariosChoices:
    """All choices of the page, as text.

    way to bands: of the first scenario (found, avoided, young_loss in hundredths; stays: 1 = deaths stay a number;
    bands: to:pairs:young:deaths, a comma between two). others: up to three more scenarios, each its parts with _
    between, and ~ between scenarios. own: inputs of the reader, name:middle:sd with ~ between. fit: 1 = survival of the
    young is fitted to the growth on record. size, young_slope, survival_slope: of density dependence. result: what the
    chart of inputs shows.
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
    found: str = ""
    avoided: str = ""
    stays: str = ""
    bands: str = ""
    others: str = ""
    horizon: str = "30"
    runs: str = "10000"
    seed: str = "1"
    spread: str = "half"
    density: str = "none"
    size: str = ""
    young_slope: str = ""
    survival_slope: str = ""
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
        density=density_of(choices),
        below=number_of(choices.below) if choices.below else None,
    )


def density_of(choices: ScenariosChoices) -> DensityDependence:
    """Return the density dependence of the address: of each kind only what it has."""
    kind = cast(Density, choices.density)
    if kind == "log_linear":
        return DensityDependence(kind, 0.0, number_of(choices.young_slope), number_of(choices.survival_slope))
    return DensityDependence(kind, 0.0 if kind == "none" else number_of(choices.size))


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
    amount = number_of(parts["amount"] or FIRST_AMOUNT.get(way, ""))
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
        is_number=way in COUNTED_WAYS and parts["stays"] == "1",
        bands=bands_of(parts["bands"] or (FIRST_BANDS if way == "bands" else "")),
    )
    match way:
        case "share":
            first, immature, adult = (share * amount / 100 if share else 0.0 for share in hit)
            return replace(scenario, extra_mortality=(first, immature, adult))
        case "birds":
            return replace(scenario, birds=amount)
        case "line":
            found = number_of(parts["found"], empty=100) / 100
            return replace(scenario, line_km=amount, deaths_per_km=rate, found_share=found)
        case "units":
            avoided = number_of(parts["avoided"]) / 100
            return replace(scenario, units=amount, deaths_per_unit=rate, avoidance=avoided)
    return scenario


def bands_of(text: str) -> tuple[Band, ...]:
    """Return bands of distance from the address; none where no pairs are in any."""
    bands = []
    for line in text.split(BAND_SIGN) if text else ():
        given = dict(zip(BAND_PARTS, line.split(OWN_SIGN), strict=False))
        to_km, *shares = (number_of(given.get(part, "")) for part in BAND_PARTS)
        pairs, young, deaths = (share / 100 for share in shares)
        bands.append(Band(pairs, young, deaths, to_km))
    return tuple(bands) if any(band.pairs for band in bands) else ()


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
