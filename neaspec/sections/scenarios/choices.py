"""What a reader chose for a scenario, as the address has it, and the case that it asks for."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from neaspec.data.queries import Ask
from neaspec.scenarios.defaults import population_from
from neaspec.scenarios.fit import Growth, fitted
from neaspec.scenarios.model import (
    INPUTS,
    MOST_SCENARIOS,
    Band,
    Case,
    Density,
    DensityDependence,
    Population,
    Scenario,
    Spread,
    of_reader,
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
LETTERS = "ABCD"
FIRST_AMOUNT = {"share": "1", "birds": "100", "line": "100", "units": "50"}
FIRST_RATE = {"line": "0.31", "units": "0.1"}
PART_SIGN, SCENARIO_SIGN, OWN_SIGN, BAND_SIGN = "_", "~", ":", ","
OWN_PARTS = ("mean", "sd", "low", "high")
BAND_PARTS = ("to", "pairs", "young", "deaths")  # end in km, then hundredths; after them a case on record may stand
FIRST_BANDS = "1:5:30:3,5:15:10:1,10:20:0:0,0:60:0:0"  # an example to be changed, as the other first amounts are


@dataclass(frozen=True)
class ScenariosChoices:
    """All choices of the page, as text.

    way to bands: of the first scenario (found, avoided, young_loss in hundredths; stays: 1 = deaths stay a number;
    bands: to:pairs:young:deaths, and :key of the case on record they are taken after, a comma between two). others: up
    to three more scenarios, each its parts with _ between, and ~ between scenarios. own: inputs of the reader,
    name:middle:sd:low:high with ~ between; what is left out of the last three follows from the others. fit: 1 =
    survival of the young is fitted to the newest growth on record. correlation: of good years for survival and for
    young, -1 to 1. size, young_slope, survival_slope: of density dependence. result: what the chart of inputs shows.
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
    correlation: str = "0"
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


def case_of(ask: Ask, choices: ScenariosChoices, observed: Growth | None) -> Case | None:
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
        correlation=number_of(choices.correlation),
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
    given = text.split(PART_SIGN, len(PARTS) - 1)  # the last part, the bands, may hold the sign
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
        *numbers, evidence = parts_between(line, OWN_SIGN, len(BAND_PARTS) + 1)
        to_km, *shares = map(number_of, numbers)
        pairs, young, deaths = (share / 100 for share in shares)
        bands.append(Band(pairs, young, deaths, to_km, evidence))
    return tuple(bands) if any(band.pairs for band in bands) else ()


def parts_between(text: str, sign: str, count: int) -> list[str]:
    """Return so many parts of a text with a sign between them; what is missing is empty."""
    parts = text.split(sign, count - 1)
    return parts + [""] * (count - len(parts))


def own_lines(own: str) -> dict[str, dict[str, str]]:
    """Return what a reader gives of inputs, from the address: input -> mean, sd, low, high, as text."""
    lines = (line.partition(OWN_SIGN) for line in own.split(SCENARIO_SIGN))
    return {
        name: dict(zip(OWN_PARTS, parts_between(rest, OWN_SIGN, len(OWN_PARTS)), strict=True))
        for name, _, rest in lines
        if name in INPUTS
    }


def own_text(lines: Mapping[str, Mapping[str, str]]) -> str:
    """Return what a reader gives of inputs as the address has it."""
    return SCENARIO_SIGN.join(
        OWN_SIGN.join((name, *(parts.get(part, "") for part in OWN_PARTS))).rstrip(OWN_SIGN)
        for name, parts in lines.items()
    )


def with_own(population: Population, own: str) -> Population:
    """Return a population with the inputs of the reader, marked as theirs."""
    given: dict[str, Any] = {}
    for name, parts in own_lines(own).items():
        low, high = (number_of(parts[end]) if parts[end].strip() else None for end in ("low", "high"))
        given[name] = of_reader(name, number_of(parts["mean"], math.nan), number_of(parts["sd"]), low, high)
    return replace(population, **given)
