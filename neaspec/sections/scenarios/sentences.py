"""Sentences made by rule from a result: what a scenario is, what is left, what it depends on, what it rests on."""

import math
from collections.abc import Sequence

import pandas as pd

from neaspec.scenarios.fit import Growth, growths
from neaspec.scenarios.model import SHARES, Band, Population, Quantity, Scenario
from neaspec.scenarios.outcome import Outcome
from neaspec.scenarios.projection import deaths_at_start
from neaspec.scenarios.tornado import Bar
from neaspec.text import Words

CHANCES = r"p_decline(_\d+)?|p_below_.*"  # results that are shares of runs
SMALL = 9.95  # per cent: a smaller share has a decimal
FEWEST_TOLD = 10  # runs: a chance of fewer is told as fewer than so many


def birds_of(words: Words, species_id: str, name: str) -> str:
    """Name the birds of a species in the plural; a species without a wording of its own by its name."""
    key = f"scenarios.many_{species_id}"
    return words.text(key) if key in words.texts else name


def deaths_of(words: Words, scenario: Scenario) -> str:
    """Say which deaths a scenario adds: 1 % more deaths a year."""
    parts = []
    shares = scenario.extra_mortality
    if any(shares):
        hit = "all" if len(set(shares)) == 1 else "young" if not shares[2] else "adults" if not shares[0] else "mixed"
        parts.append(words(f"scenarios.deaths_{hit}", share=words.percent(round(100 * max(shares), 6))))
    if scenario.birds:
        parts.append(words("scenarios.deaths_birds", count=words.number(scenario.birds)))
    if scenario.line_km:
        parts.append(
            words(
                "scenarios.deaths_line",
                km=words.number(scenario.line_km),
                rate=words.number(scenario.deaths_per_km),
            )
        )
    if scenario.units:
        parts.append(
            words(
                "scenarios.deaths_units",
                units=words.number(scenario.units),
                rate=words.number(scenario.deaths_per_unit),
            )
        )
    if scenario.bands:
        parts.append(words("scenarios.deaths_bands", count=len(scenario.bands)))
    if scenario.young_loss:
        parts.append(words("scenarios.deaths_fledged", share=words.percent(round(100 * scenario.young_loss, 6))))
    if len(parts) > 1:
        return words("scenarios.deaths_and", first=words.listed(parts[:-1]), last=parts[-1])
    return parts[0] if parts else words.text("scenarios.deaths_none")


def years_of(words: Words, scenario: Scenario) -> str:
    """Say in which years; nothing where it is from the first year for ever."""
    parts = []
    if scenario.start_year != 1:
        parts.append(words("scenarios.from_year", year=scenario.start_year))
    if scenario.end_year is not None:
        parts.append(words("scenarios.to_year", year=scenario.end_year))
    if scenario.mitigation_year is not None:
        fewer = words.percent(round(100 * scenario.mitigation, 6))
        parts.append(words("scenarios.marked_year", year=scenario.mitigation_year, fewer=fewer))
    return words.listed(parts)


def scenario_words(words: Words, scenario: Scenario) -> str:
    """Say what a scenario is: A: 1 % more deaths a year, from year 5."""
    description = words.listed([deaths_of(words, scenario), years_of(words, scenario)])
    return words.labelled(scenario.name, description)


def band_words(words: Words, bands: Sequence[Band], place: int) -> str:
    """Name a band of distance: 1–5 km, beyond 10 km; by its number where no end is stated."""
    first = bands[place - 1].to_km if place else 0.0
    last = bands[place].to_km
    if last:
        return words("scenarios.band_between", range=words.range(first, last))
    if first:
        return words("scenarios.band_beyond", km=words.number(first))
    return words("scenarios.band_number", number=place + 1)


def left_sentence(words: Words, outcome: Outcome, birds: str) -> str:
    """Say what would be left beside the same years without the deaths: the answer of the page."""
    scenario = outcome.case.scenarios[0]
    median, low, high = outcome.figure(scenario.name, "cps")
    if math.isnan(median):
        return words("scenarios.left_nothing", birds=birds, years=outcome.case.horizon_years)
    if len(outcome.case.scenarios) > 1:
        name = scenario.name
        return words(
            "scenarios.left_named",
            name=name,
            birds=birds,
            share=percent(words, median),
            years=outcome.case.horizon_years,
            range=share_range(words, low, high),
        )
    return words(
        "scenarios.left",
        deaths=deaths_of(words, scenario),
        birds=birds,
        share=percent(words, median),
        years=outcome.case.horizon_years,
        range=share_range(words, low, high),
    )


def left_words(words: Words, share: float) -> str:
    """Write what is left; words where no run has birds to compare with."""
    return words.text("scenarios.nothing_to_compare") if math.isnan(share) else percent(words, share)


def left_out_sentence(words: Words, outcome: Outcome) -> str:
    """Say in how many runs there are no birds to compare with; nothing where all have some, or none has."""
    count = outcome.figure(outcome.case.scenarios[0].name, "runs_without_birds_left_out")[0]
    if not 0 < count < outcome.case.runs:
        return ""
    return words("scenarios.left_out", count=words.number(count, 0), runs=words.number(outcome.case.runs, 0))


def crowding_sentence(words: Words, outcome: Outcome) -> str:
    """Say what is left with and without density dependence; nothing where there is none, or not both are known yet."""
    if outcome.without_crowding is None:
        return ""
    name = outcome.case.scenarios[0].name
    return words(
        "scenarios.crowding_both",
        name=name,
        crowded=left_words(words, outcome.figure(name, "cps")[0]),
        free=left_words(words, outcome.free_share(name)),
    )


def depends_sentence(words: Words, outcome: Outcome) -> str:
    """Say whether growth is known, and what it depends on most, from the longest bar."""
    bars = outcome.bars["growth"]
    if not bars:
        return ""
    lowest = min(min(bar.at_low, bar.at_high) for bar in bars)
    highest = max(max(bar.at_low, bar.at_high) for bar in bars)
    low, _, high = _growth_ends(outcome)
    bar = bars[0]
    name = words.text(f"scenarios.input_{bar.name}").lower()
    ends = ends_of(words, bar)
    if min(low, lowest) < 1 < max(high, highest):
        return words("scenarios.depends_open", input=name, range=ends)
    key = "scenarios.depends_grows" if low >= 1 else "scenarios.depends_shrinks"
    return words(key, input=name, range=ends)


def _growth_ends(outcome: Outcome) -> tuple[float, float, float]:
    median, low, high = outcome.figure(outcome.case.scenarios[0].name, "growth")
    return low, median, high


def ends_of(words: Words, bar: Bar) -> str:
    """Write between which values an input was put."""
    return range_words(words, bar.name, bar.low, bar.high)


def range_words(words: Words, name: str, low: float, high: float) -> str:
    """Write a range of an input: shares as hundredths."""
    if name in SHARES:
        first, last = (round(100 * end, 1) for end in (low, high))
        return words("common.range", low=words.number(first), high=words.percent(last))
    return words.range(round(low, 2), round(high, 2))


def growth_named(words: Words, growth: Growth) -> str:
    """Name a growth on record by its figure and years: +1.3 % a year, 2024-2025."""
    return words.listed([words("scenarios.growth_yearly", growth=growth_words(words, growth.factor)), growth.period])


def fitted_to(words: Words, quantity: Quantity, growth: pd.DataFrame) -> str:
    """Name the growth on record that an input is fitted to; nothing where it is not fitted."""
    if quantity.mark != "fitted":
        return ""
    named = [growth_named(words, own) for own in growths(growth) if own.row in quantity.rows]
    return named[0] if named else words.text("scenarios.fitted_unnamed")


def why_words(words: Words, quantity: Quantity, growth: pd.DataFrame) -> str:
    """Say why an input is taken or assumed, or to which growth it is fitted."""
    named = fitted_to(words, quantity, growth)
    return words("scenarios.fitted_note", growth=named) if named else quantity.note


def rests_sentence(words: Words, population: Population, growth: pd.DataFrame) -> str:
    """Say which inputs rest on relatives, on assumptions of ours, on the reader; nothing where all are documents."""
    parts = []
    for mark in ("relative", "assumption", "yours"):
        names = [
            words.text(f"scenarios.input_{name}").lower()
            for name, quantity in population.inputs().items()
            if quantity.mark == mark and not (name == "breeding_share" and quantity.ends() == (1.0, 1.0))
        ]
        if names:
            parts.append(words(f"scenarios.rests_{mark}", inputs=words.listed(names)))
    for name, quantity in population.inputs().items():
        if named := fitted_to(words, quantity, growth):
            known_as = words.text(f"scenarios.input_{name}").lower()
            parts.append(words("scenarios.rests_fitted", growth=named, input=known_as))
    return words.sentences(*parts)


def percent(words: Words, share: float) -> str:
    """Write a share: 74 %; of small ones with one decimal."""
    value = 100 * share
    return words.percent(value, 0 if value >= SMALL or value == 0 else 1)


def share_range(words: Words, low: float, high: float) -> str:
    """Write between which shares runs lie, both with the same decimals; one where both are the same when written."""
    decimals = 1 if any(0 < 100 * end < SMALL for end in (low, high)) else 0
    first, last = (words.percent(100 * end, decimals) for end in (low, high))
    return first if first == last else words("common.range", low=words.number(100 * low, decimals), high=last)


def chance_words(words: Words, share: float, runs: int) -> str:
    """Write a chance; fewer runs than can be told as fewer than so many in a thousand."""
    least = FEWEST_TOLD / runs
    if share < least:
        return words("scenarios.chance_least", least=words.percent(100 * least))
    if share > 1 - least:
        return words("scenarios.chance_most", most=words.percent(100 * (1 - least)))
    return percent(words, share)


def points_words(words: Words, difference: float) -> str:
    """Write a difference of two chances in percentage points: +12 points."""
    value = round(100 * difference, 1)
    key = "scenarios.points_up" if value > 0 else "scenarios.points_down" if value < 0 else "scenarios.points_none"
    return words(key, number=words.number(abs(value)))


def exactness_sentence(words: Words, outcome: Outcome) -> str:
    """Say how exact a chance from so many runs is, for the least exact one of those that are shown."""
    shown = outcome.results[outcome.results["result"].str.fullmatch(CHANCES)]
    points = 100 * float(((shown["high"] - shown["low"]) / 2).max())
    runs = words.number(outcome.case.runs, 0)
    return words("scenarios.exactness", runs=runs, points=words.number(round(points, 1)))


def growth_words(words: Words, factor: float) -> str:
    """Write a growth factor as growth a year: +4.8 %, −1.2 %."""
    value = round(100 * (factor - 1), 1)
    key = "scenarios.growth_up" if value > 0 else "scenarios.growth_down" if value < 0 else "scenarios.growth_none"
    return words(key, number=words.percent(abs(value), 1))


def quantity_words(words: Words, name: str, value: float) -> str:
    """Write a value of an input: shares as hundredths, birds as whole numbers."""
    if name in SHARES:
        return words.percent(round(100 * value, 1))
    return words.number(round(value, 2))


def spread_words(words: Words, name: str, quantity: Quantity) -> str:
    """Write the range of an input; nothing where it is one value."""
    low, high = quantity.ends()
    return "" if low == high else range_words(words, name, low, high)


def first_deaths(words: Words, scenario: Scenario, population: Population) -> str:
    """Say how many birds a year the deaths are at the start, with their share of all birds."""
    counted = deaths_at_start(population, scenario)
    share = words.percent(round(100 * counted / population.birds.mean, 2))
    return words("scenarios.deaths_at_start", count=words.number(round(counted), 0), share=share)
