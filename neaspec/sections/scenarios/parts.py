"""The tabs of the page: what matters, all results, inputs, evidence, cross-check, how it works."""

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from neaspec.blocks import (
    Block,
    Column,
    Columns,
    Details,
    Heading,
    Item,
    Linked,
    Notice,
    PageLink,
    Panel,
    Table,
    Text,
)
from neaspec.data.queries import Ask
from neaspec.scenarios.levels import one_percent_level
from neaspec.scenarios.limits import largest_growth, removal_limit, smallest_population
from neaspec.scenarios.model import BASELINE, Population
from neaspec.scenarios.outcome import Outcome
from neaspec.scenarios.tornado import RESULTS, all_ends, implied_growth
from neaspec.sections.common import joined_keys, keys_in, make_table
from neaspec.sections.figures import figure_words
from neaspec.sections.scenarios import sentences as say
from neaspec.sections.scenarios.evidence import given_bands
from neaspec.sections.scenarios.pictures import tornado_chart
from neaspec.text import Words, is_empty

CHANCES = ("p_decline", "p_decline_10", "p_decline_30", "p_decline_50", "p_below_any_year", "p_below_last_year")
RULE_SHARES, RULE_YEARS = (0.005, 0.01, 0.02, 0.05), (10, 30, 50)
RECOVERIES = (0.1, 0.3, 0.5)
VARIATION = 0.1  # of a count, for the cross-check; an assumption
EXPLAINED = ("model", "chance", "matched", "years", "crowding", "entering", "not_done")


def matters(ask: Ask, words: Words, outcome: Outcome, result: str, rows: pd.DataFrame) -> list[Block]:
    """Tell what matters: bars, each with its source, and how inputs go with the result over all runs."""
    shown = result if result in outcome.bars else RESULTS[0]
    documents = dict(zip(rows["row_id"].astype(str), rows["document_id"].fillna("").astype(str), strict=True))
    chart = tornado_chart(words, outcome.bars[shown], shown, documents)
    if chart is None:
        why = "nothing_to_show" if outcome.bars["growth"] else "nothing_varies"
        return [Notice(text=words.text(f"scenarios.{why}"), kind="empty")]
    items = tuple(
        Item(
            id=bar.name,
            title=words.text(f"scenarios.input_{bar.name}"),
            line=say.ends_of(words, bar),
            blocks=(input_panel(words, outcome.case.population, bar.name, rows),),
        )
        for bar in outcome.bars[shown]
    )
    blocks: list[Block] = [
        Linked(
            name="input",
            title=words.text("scenarios.inputs_list"),
            items=items,
            picture=chart,
            weights=(2.0, 1.0),
            first=items[0].id,
        ),
        Text(text=words.text(f"scenarios.tornado_note_{shown}"), style="note"),
    ]
    if not outcome.correlations.empty:
        blocks.append(Details(title=words.text("scenarios.correlations"), blocks=(correlations(words, outcome),)))
    return blocks


def correlations(words: Words, outcome: Outcome) -> Table:
    """List how the rank of each input goes with results over all runs."""
    frame = outcome.correlations.round(2).reset_index(names="input")
    frame["input_words"] = [words.text(f"scenarios.input_{name}") for name in frame["input"]]
    columns: Columns = {"input_words": "text", "share_left": "number", "birds": "number"}
    return make_table(words, words.text("scenarios.correlations"), frame, columns, "rank_correlations")


def input_panel(words: Words, population: Population, name: str, rows: pd.DataFrame) -> Panel:
    """Tell one input: its value, its mark, and the rows it is taken from."""
    quantity = population.inputs()[name]
    own = rows[rows["row_id"].isin(quantity.rows)]
    facts = [
        (words.text("scenarios.fact_middle"), say.quantity_words(words, name, quantity.mean)),
        (words.text("scenarios.fact_range"), say.spread_words(words, name, quantity)),
        (words.text("scenarios.fact_mark"), words.text(f"scenarios.mark_{quantity.mark}")),
    ]
    facts += [(str(row["what"]), row_words(words, row)) for row in own.to_dict("records")]
    return Panel(
        title=words.text(f"scenarios.input_{name}"),
        kind=words.text(f"scenarios.mark_{quantity.mark}"),
        text=quantity.note,
        facts=tuple((label, value) for label, value in facts if value),
        document_ids=keys_in(own["document_id"]),
        caveat_ids=keys_in(own["caveat_ids"]),
        place="" if own.empty else str(own["locator"].iloc[0]),
    )


def row_words(words: Words, row: Mapping[Any, Any]) -> str:
    """Write a row of the data as a fact: figure, birds, period."""
    figure = figure_words(words, {**row, "qualifier": "exact"})
    return words.listed(
        [figure, *("" if is_empty(row[name]) else str(row[name]) for name in ("taxon_name", "measured"))]
    )


def all_results(words: Words, outcome: Outcome, growth: pd.DataFrame) -> list[Block]:
    """List all results: what is left first; then chances with what they rest on, and growth beside that on record."""
    blocks: list[Block] = [left_table(words, outcome), Text(text=words.text("scenarios.left_note"), style="note")]
    rests = say.rests_sentence(words, outcome.case.population, growth)
    blocks += [Heading(text=words.text("scenarios.chances"), level=3)]
    blocks += [Notice(text=words.sentences(words.text("scenarios.chances_caution"), rests), kind="caution")]
    blocks += [chances_table(words, outcome), Text(text=say.exactness_sentence(words, outcome), style="note")]
    if outcome.without_crowding is not None:
        blocks += [
            Heading(text=words.text("scenarios.crowding_beside"), level=3),
            Text(text=words.text("scenarios.crowding_hides")),
            crowding_table(words, outcome),
        ]
    blocks += [
        Heading(text=words.text("scenarios.growth_heading"), level=3),
        growth_table(words, outcome.case.population, growth),
        Text(text=words.text("scenarios.growth_note"), style="note"),
    ]
    rule = rule_of_thumb(words)
    return [*blocks, Details(title=rule.title, blocks=(rule,))]


def left_table(words: Words, outcome: Outcome) -> Table:
    """List what is left of the birds there would be, and how growth changes, by scenario."""
    rows = []
    for scenario in outcome.case.scenarios:
        median, low, high = outcome.figure(scenario.name, "cps")
        cgr = outcome.figure(scenario.name, "cgr")
        rows.append(
            {
                "scenario": say.scenario_words(words, scenario),
                "left": say.left_words(words, median)
                if math.isnan(median)
                else words(
                    "scenarios.with_range", value=say.percent(words, median), range=say.share_range(words, low, high)
                ),
                "growth_change": "" if math.isnan(cgr[0]) else say.growth_words(words, cgr[0]),
                "rank": "" if math.isnan(median) else words.number(outcome.figure(scenario.name, "q50")[0], 0),
                "fewer_from": year_words(words, outcome, scenario.name),
                "left_out": words.number(outcome.figure(scenario.name, "runs_without_birds_left_out")[0], 0),
            }
        )
    columns: Columns = dict.fromkeys(("scenario", "left", "growth_change", "rank", "fewer_from", "left_out"), "text")
    title = words("scenarios.left_table", years=outcome.case.horizon_years)
    return make_table(words, title, pd.DataFrame(rows), columns, "share_left")


def year_words(words: Words, outcome: Outcome, name: str) -> str:
    """Write from which year on a tenth fewer birds are there than without."""
    try:
        return words("scenarios.year_number", year=int(outcome.figure(name, "years_until_10_percent_fewer")[0]))
    except KeyError:
        return words.text("scenarios.not_within")


def chances_table(words: Words, outcome: Outcome) -> Table:
    """List chances and sizes of every future."""
    names = {BASELINE: words.text("scenarios.baseline")}
    names |= {scenario.name: scenario.name for scenario in outcome.case.scenarios}
    kinds = [kind for kind in CHANCES if outcome.case.below is not None or not kind.startswith("p_below")]
    rows: list[tuple[str, dict[str, str]]] = []
    for kind in kinds:
        cells = {name: say.chance_words(words, outcome.figure(name, kind)[0], outcome.case.runs) for name in names}
        below = words.number(outcome.case.below)
        rows.append((words(f"scenarios.result_{kind}", below=below), cells))
        if kind == "p_decline":
            rows.append((words.text("scenarios.result_p_decline_difference"), more_often(words, outcome)))
    of_growth = {name: growth_words_with_range(words, outcome, name) for name in names}
    rows.append((words.text("scenarios.result_growth"), of_growth))
    for result, key in (("birds", "result_birds"), ("birds_lowest_20_percent", "result_birds_lowest")):
        cells = {name: words.number(outcome.figure(name, result)[0], 0) for name in names}
        rows.append((words.text(f"scenarios.{key}"), cells))
    columns: Columns = {"result_words": "text", **{f"future_{place}": "text" for place in range(len(names))}}
    # by place: a scenario of a file may be named as a column is
    frame = pd.DataFrame([(label, *(cells[name] for name in names)) for label, cells in rows], columns=list(columns))
    title = words("scenarios.chances_table", years=outcome.case.horizon_years)
    labels = [words.column("result_words"), *names.values()]
    named = tuple(Column(name=name, label=label) for name, label in zip(columns, labels, strict=True))
    return Table(title=title, columns=named, rows=frame, file_name="chances")


def more_often(words: Words, outcome: Outcome) -> dict[str, str]:
    """Write by how many percentage points each scenario raises the chance of fewer birds."""
    return {BASELINE: ""} | {
        scenario.name: say.points_words(words, outcome.figure(scenario.name, "p_decline_difference")[0])
        for scenario in outcome.case.scenarios
    }


def growth_words_with_range(words: Words, outcome: Outcome, name: str) -> str:
    """Write growth a year with the ends of 95 of 100 runs."""
    median, low, high = outcome.figure(name, "growth")
    ends = words("scenarios.from_to", low=say.growth_words(words, low), high=say.growth_words(words, high))
    return words("scenarios.with_range", value=say.growth_words(words, median), range=ends)


def crowding_table(words: Words, outcome: Outcome) -> Table:
    """List what is left with density dependence and without it, side by side."""
    rows = [
        {
            "scenario": say.scenario_words(words, scenario),
            "with_crowding": say.left_words(words, outcome.figure(scenario.name, "cps")[0]),
            "without_crowding": say.left_words(words, outcome.free_share(scenario.name)),
        }
        for scenario in outcome.case.scenarios
    ]
    columns: Columns = dict.fromkeys(("scenario", "with_crowding", "without_crowding"), "text")
    return make_table(words, words.text("scenarios.crowding_table"), pd.DataFrame(rows), columns, "crowding")


def rule_of_thumb(words: Words) -> Table:
    """List what is left after years of deaths that hit all ages alike: exact, whatever the population."""
    rows = [
        {"more_deaths": words.percent(100 * share)}
        | {f"after_{years}": say.percent(words, (1 - share) ** years) for years in RULE_YEARS}
        for share in RULE_SHARES
    ]
    columns: Columns = dict.fromkeys(("more_deaths", *(f"after_{years}" for years in RULE_YEARS)), "text")
    return make_table(words, words.text("scenarios.rule"), pd.DataFrame(rows), columns, "rule_of_thumb")


def inputs(ask: Ask, words: Words, outcome: Outcome, rows: pd.DataFrame, growth: pd.DataFrame) -> list[Block]:
    """List the inputs with their marks and rows, and the bands of distance of the reader."""
    population = outcome.case.population
    documents = dict(zip(rows["row_id"].astype(str), rows["document_id"].fillna("").astype(str), strict=True))
    caveats = dict(zip(rows["row_id"].astype(str), rows["caveat_ids"].fillna("").astype(str), strict=True))
    listed = [
        {
            "input_words": words.text(f"scenarios.input_{name}"),
            "middle": say.quantity_words(words, name, quantity.mean),
            "between": say.spread_words(words, name, quantity),
            "mark_words": words.text(f"scenarios.mark_{quantity.mark}"),
            "why": say.why_words(words, quantity, growth),
            "rows": words.listed(quantity.rows),
            "document_ids": joined_keys(documents.get(row, "") for row in quantity.rows),
            "caveat_ids": joined_keys(caveats.get(row, "") for row in quantity.rows),
        }
        for name, quantity in population.inputs().items()
    ]
    columns: Columns = {
        "input_words": "text",
        "middle": "text",
        "between": "text",
        "mark_words": "text",
        "why": "text",
        "document_ids": "documents",
        "caveat_ids": "caveats",
    }
    level = words.number(one_percent_level(population.birds.mean))
    return [
        make_table(words, words.text("scenarios.inputs_table"), pd.DataFrame(listed), columns, "inputs"),
        Text(text=words("scenarios.inputs_note", level=level), style="note"),
        *given_bands(ask, words, outcome.case.scenarios),
    ]


def growth_table(words: Words, population: Population, growth: pd.DataFrame) -> Table:
    """List implied beside observed growth."""
    low, high = (implied_growth(all_ends(population, is_high)) for is_high in (False, True))
    ends = words("scenarios.from_to", low=say.growth_words(words, low), high=say.growth_words(words, high))
    rows = [
        {
            "growth_kind": words.text("scenarios.growth_implied"),
            "growth_a_year": say.growth_words(words, implied_growth(population)),
            "between": ends,
            "measured": "",
            "document_ids": "",
            "locator": "",
        }
    ]
    basis = {key for quantity in population.inputs().values() for key in quantity.rows}
    rows += [
        {
            "growth_kind": words.text(f"scenarios.growth_{'fitted' if row['row_id'] in basis else 'observed'}"),
            "growth_a_year": say.growth_words(words, row["value"]),
            "between": ""
            if is_empty(row["low"])
            else words(
                "scenarios.from_to", low=say.growth_words(words, row["low"]), high=say.growth_words(words, row["high"])
            ),
            "measured": "" if is_empty(row["measured"]) else str(row["measured"]),
            "document_ids": row["document_id"],
            "locator": row["locator"],
        }
        for row in growth.to_dict("records")
    ]
    if growth.empty:
        none = words.text("scenarios.growth_not_on_record")
        rows.append(dict.fromkeys(rows[0], "") | {"growth_kind": none})
    columns: Columns = {
        "growth_kind": "text",
        "growth_a_year": "text",
        "between": "text",
        "measured": "text",
        "document_ids": "documents",
        "locator": "text",
    }
    return make_table(words, words.text("scenarios.growth_heading"), pd.DataFrame(rows), columns, "growth")


def cross_check(words: Words, outcome: Outcome) -> list[Block]:
    """Show the removal limit others use, folded, with its warning."""
    population = outcome.case.population
    birds, age = population.birds.mean, population.age.mean
    growth = largest_growth(population.adult_survival.mean, age)
    rows = [
        {
            "recovery": words.number(recovery),
            "removal": words.number(round(removal_limit(birds, VARIATION, growth - 1, recovery), 0), 0),
        }
        for recovery in RECOVERIES
    ]
    columns: Columns = {"recovery": "text", "removal": "text"}
    table = make_table(words, words.text("scenarios.limit_table"), pd.DataFrame(rows), columns, "removal_limit")
    sentence = words(
        "scenarios.limit_told",
        growth=say.growth_words(words, growth),
        smallest=words.number(round(smallest_population(birds, VARIATION)), 0),
        variation=words.percent(100 * VARIATION, 0),
    )
    caution = Notice(text=words.text("scenarios.limit_caution"), kind="caution")
    return [caution, Details(title=words.text("scenarios.limit_table"), blocks=(Text(text=sentence), table))]


def how_it_works(words: Words) -> list[Block]:
    """Explain the model, chance, what is not done; where to read on."""
    texts: list[Block] = []
    for key in EXPLAINED:
        texts += [Heading(text=words.text(f"scenarios.how_{key}_title"), level=3)]
        texts += [Text(text=words.text(f"scenarios.how_{key}"))]
    return [*texts, PageLink(text=words.text("scenarios.to_sources"), page="sources")]
