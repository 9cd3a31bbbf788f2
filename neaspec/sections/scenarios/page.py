"""Scenarios: what more deaths a year at energy infrastructure would do to one of the flagship birds."""

import math
from dataclasses import dataclass, replace

import pandas as pd

from neaspec.blocks import Block, Metric, Notice, Page, Side, Tab, Tabs, Text
from neaspec.data.queries import Ask
from neaspec.scenarios.fit import Growth, newest_growth, rows_behind
from neaspec.scenarios.model import Case
from neaspec.scenarios.outcome import FIRST_RUNS, Outcome, outcome_of
from neaspec.scenarios.refusals import refusals
from neaspec.sections.common import compose, keys_in
from neaspec.sections.scenarios import evidence, parts
from neaspec.sections.scenarios import sentences as say
from neaspec.sections.scenarios.choices import ScenariosChoices, case_of, species_of
from neaspec.sections.scenarios.pictures import fan_chart
from neaspec.text import Words

__all__ = ["ScenariosChoices", "page"]


@dataclass(frozen=True, eq=False)
class Known:
    """What the data hold of a species: its name, the rows that inputs rest on, its growth on record."""

    name: str
    rows: pd.DataFrame
    growth: pd.DataFrame


def page(ask: Ask, words: Words, choices: ScenariosChoices) -> Page:
    """Make the page; what cannot be run is refused with a sentence for each reason."""
    title = words.text("scenarios.title")
    case = asked_case(ask, choices)
    if case is None:
        nothing: list[Block] = [Notice(text=words.text("scenarios.no_inputs"), kind="empty")]
        return compose(ask, "scenarios", title, words.text("scenarios.lead_refused"), nothing)
    reasons = [refusal.sentence(words) for refusal in refusals(case)]
    if reasons:
        notices: list[Block] = [Notice(text=reason, kind="caution") for reason in reasons]
        return compose(ask, "scenarios", title, words.text("scenarios.lead_refused"), notices)
    outcome, known = outcome_of(case), known_of(ask, case)
    lead = say.left_sentence(words, outcome, say.birds_of(words, case.population.key, known.name))
    tabs = tabs_of(ask, words, outcome, known, choices.result)
    blocks = [*first_screen(words, outcome, known), *not_fitted(words, choices, case, known.growth), Tabs(tabs=tabs)]
    return compose(ask, "scenarios", title, lead, blocks)


def asked_case(ask: Ask, choices: ScenariosChoices) -> Case | None:
    """Return the case of the choices; None if there are no inputs for a species."""
    return case_of(ask, choices, growth_of(ask, choices))


def first_case(case: Case) -> Case:
    """Return the same case with as many runs as a first answer has."""
    return replace(case, runs=min(case.runs, FIRST_RUNS))


def growth_of(ask: Ask, choices: ScenariosChoices) -> Growth | None:
    """Return the growth on record that inputs may be fitted to; None where none is on record."""
    species = species_of(ask, choices)
    key = choices.species_id if choices.species_id in species else next(iter(species), "")
    return newest_growth(ask("scenario_growth", species_id=key))


def not_fitted(words: Words, choices: ScenariosChoices, case: Case, growth: pd.DataFrame) -> list[Block]:
    """Say why inputs are not fitted although a reader asked for it; nothing where they are, or nobody asked."""
    if not choices.fit or case.population.young_survival.mark == "fitted":
        return []
    newest = newest_growth(growth)
    if newest is None:
        return [Notice(text=words.text("scenarios.fit_none"), kind="caution")]
    return [Notice(text=words("scenarios.fit_cannot", growth=say.growth_named(words, newest)), kind="caution")]


def known_of(ask: Ask, case: Case) -> Known:
    """Return what the data hold of the species of a case."""
    names = ask("species_styles").set_index("species_id")["name"]
    key = case.population.key
    growth = ask("scenario_growth", species_id=key)
    rows = rows_behind(case.population, ask("scenario_inputs", species_id=key), growth)
    return Known(str(names.get(key, key)), rows, growth)


def first_screen(words: Words, outcome: Outcome, known: Known) -> list[Block]:
    """Show the futures, what is left, and what the answer rests on."""
    cited = keys_in(known.rows["document_id"])
    metrics: list[Block] = []
    for scenario in outcome.case.scenarios:
        median, low, high = outcome.figure(scenario.name, "cps")
        ends = say.share_range(words, low, high)
        is_answer = len(outcome.case.scenarios) == 1  # then the answer above has its range and its deaths
        metrics.append(
            Metric(
                label=words("scenarios.card_left", name=scenario.name),
                value=say.left_words(words, median),
                counted="" if is_answer or math.isnan(median) else words("scenarios.card_range", range=ends),
                period="" if is_answer else say.deaths_of(words, scenario),
                status=say.first_deaths(words, scenario, outcome.case.population),
                document_ids=cited,
                caveat_ids=keys_in(known.rows["caveat_ids"]),
            )
        )
    rests = say.rests_sentence(words, outcome.case.population, known.growth)
    note = words.sentences(words.text("scenarios.not_a_forecast"), rests)
    beside_results = (say.crowding_sentence(words, outcome), say.left_out_sentence(words, outcome))
    beside: tuple[Block, ...] = (
        *metrics,
        *(Text(text=sentence) for sentence in beside_results if sentence),
        Text(text=say.depends_sentence(words, outcome)),
        Text(text=note, style="note"),
    )
    if outcome.case.runs <= FIRST_RUNS:
        beside = (
            *beside,
            Text(text=words("scenarios.first_answer", runs=words.number(outcome.case.runs)), style="note"),
        )
    return [Side(cells=((fan_chart(words, outcome, cited),), beside), weights=(2.2, 1.0))]


def tabs_of(ask: Ask, words: Words, outcome: Outcome, known: Known, result: str) -> tuple[Tab, ...]:
    """Make the tabs."""
    filled = {
        "matters": parts.matters(ask, words, outcome, result, known.rows),
        "results": parts.all_results(words, outcome, known.growth),
        "inputs": parts.inputs(ask, words, outcome, known.rows, known.growth),
        "evidence": evidence.evidence(ask, words, outcome.case.population.key),
        "check": parts.cross_check(words, outcome),
        "how": parts.how_it_works(words),
    }
    return tuple(
        Tab(key=key, title=words.text(f"scenarios.tab_{key}"), blocks=tuple(blocks)) for key, blocks in filled.items()
    )


def stated(ask: Ask, words: Words, choices: ScenariosChoices) -> tuple[tuple[str, str], ...]:
    """Return (label, value) of what a case is, in words; nothing for one that cannot be run."""
    case = asked_case(ask, choices)
    return () if case is None or refusals(case) else stated_case(words, case, known_of(ask, case))


def stated_case(words: Words, case: Case, known: Known) -> tuple[tuple[str, str], ...]:
    """Return (label, value) of a case, in words."""
    fit = say.fitted_to(words, case.population.young_survival, known.growth)
    scenarios = words.listed((say.scenario_words(words, scenario) for scenario in case.scenarios), "semicolon")
    spread = words.text(f"scenarios.spread_{case.spread}")
    return (
        (words.text("scenarios.stated_species"), known.name),
        (words.text("scenarios.stated_scenarios"), scenarios),
        (words.text("scenarios.stated_years"), words.number(case.horizon_years)),
        (
            words.text("scenarios.stated_runs"),
            words("scenarios.runs_seed", runs=words.number(case.runs), seed=case.seed),
        ),
        (words.text("scenarios.stated_spread"), spread),
        *([(words.text("scenarios.input_correlation"), words.number(case.correlation))] if case.correlation else []),
        *([(words.text("scenarios.choose_fit"), fit)] if fit else []),
        (words.text("scenarios.stated_crowding"), words.text(f"scenarios.density_{case.density.kind}")),
    )
