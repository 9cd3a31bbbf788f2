"""Movements of animals between countries: map and list, what is counted on both sides, journeys in time."""

from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from neaspec.blocks import Arrows, Block, Chart, Columns, Details, Linked, Map, Notice, Page, Side, Tab, Tabs, Text
from neaspec.data.queries import Ask
from neaspec.sections.common import compose, in_sentence, keys_in, make_table, rows_of
from neaspec.sections.contradictions import contradiction_entries, weightiest_first
from neaspec.sections.movement_parts import (
    animals as animals,
)
from neaspec.sections.movement_parts import (
    described_movements as described_movements,
)
from neaspec.sections.movement_parts import movement_items, movement_table, way_words
from neaspec.text import Words, is_empty

MOST_TIP_WORDS = 25  # of a sign with its name; the panel and the table have all


@dataclass(frozen=True)
class MovementsChoices:
    """What the reader chose: one species, one or two States, one method, one month (None = all)."""

    species_id: str | None = None
    country_code: str | None = None
    other_code: str | None = None
    method: str | None = None
    month: str | None = None


def page(ask: Ask, words: Words, choices: MovementsChoices) -> Page:
    """Make the page of movements."""
    moves, without_month = movements_chosen(ask, words, choices)
    title = words("movements.title")
    if moves.empty:
        nothing: list[Block] = [Notice(text=words("movements.none"), kind="empty"), *unknown(ask, words, choices)]
        return compose(ask, "movements", title, words("movements.lead_none"), nothing)
    signs: dict[str, str] = dict(ask("species_styles")[["species_id", "marker"]].itertuples(index=False))
    items = movement_items(words, moves, signs)
    maps = [block for block in movement_map(words, moves) if isinstance(block, Map)]
    linked = Linked(
        name="movement",
        title=words("movements.list", count=len(items)),
        items=items,
        picture=maps[0] if maps else None,
        first="" if maps else items[0].id,
        weights=(2.4, 1.0),
    )
    notes: list[Block] = []
    if without_month:
        notes.append(Text(text=words("movements.without_month", count=without_month), style="note"))
    blocks = [linked, *notes, Tabs(tabs=tuple(tabs(ask, words, moves, choices)))]
    return compose(ask, "movements", title, lead(ask, words, moves, choices), blocks)


def movements_chosen(ask: Ask, words: Words, choices: MovementsChoices) -> tuple[pd.DataFrame, int]:
    """Give the movements of the choices, and how many of them state no month where one is chosen."""
    movements = ask(
        "movements_found", species_id=choices.species_id, country_code=choices.country_code, method=choices.method
    )
    if choices.other_code is not None:
        movements = movements[(movements[["from_country_code", "to_country_code"]] == choices.other_code).any(axis=1)]
        if choices.other_code == choices.country_code:
            movements = movements[movements["from_country_code"] == movements["to_country_code"]]
    moves = described_movements(words, movements.reset_index(drop=True))
    if choices.month is None:
        return moves, 0
    in_month = moves["months"].str.split().map(lambda months: choices.month in months)
    return moves[in_month].reset_index(drop=True), int((moves["months"] == "").sum())


def lead(ask: Ask, words: Words, moves: pd.DataFrame, choices: MovementsChoices) -> str:
    """Say how many journeys are on record, between whom and when, and how many animals were found on both sides."""
    journeys = moves[moves["movement_kind"] == "journey"]
    pairs = {
        frozenset(((row.from_country_name, row.from_country_code), (row.to_country_name, row.to_country_code)))
        for row in rows_of(moves)
    }
    dates = sorted(str(date)[:4] for column in ("date_from", "date_to") for date in journeys[column].dropna())
    ends = sorted(next(iter(pairs))) if len(pairs) == 1 else []
    names = [in_sentence(words, code, name) for name, code in ends]
    is_pair = len(names) == 2
    key = "movements.lead_pair" if is_pair else "movements.lead_pairs"
    first = words(
        key if len(journeys) else f"{key}_records",
        species=moves["species_name"].iloc[0] if len(set(moves["species_id"])) == 1 else words("movements.all_species"),
        count=len(journeys) or len(moves),
        pairs=len(pairs),
        first=names[0] if is_pair else "",
        second=names[-1] if is_pair else "",
        period=words.period(dates[0], dates[-1]) if dates else words("movements.not_dated"),
    )
    shared = ask("movements_shared_counts", species_id=choices.species_id)
    shared = shared[shared["movement_id"].isin(moves["movement_id"]) & (shared["in_both"] > 0)]
    if choices.species_id is None or shared.empty:
        return first
    most = shared.sort_values("in_both").iloc[-1]
    both = words(
        "movements.lead_both",
        number=words.number(most["in_both"]),
        period=words.period(most["year_from"], most["year_to"]),
        method=words.term("method", most["method"]),
    )
    return words.sentences(first, both)


def movement_map(words: Words, moves: pd.DataFrame, size: Literal["full", "tall"] = "tall") -> list[Block]:
    """Draw an arrow for each movement whose two ends are known, coloured by species; say how many cannot be drawn."""
    drawn = moves[moves["is_drawn"]]
    table = movement_table(words, words("movements.table"), moves, "movements")
    left_out = len(moves) - len(drawn)
    note = Text(text=words("movements.not_drawn", count=left_out, total=len(moves)), style="note")
    notes: list[Block] = [note] if left_out else []
    if drawn.empty:
        return [*notes, table]
    dates = sorted(str(date)[:4] for date in moves["date_from"].dropna())
    names = words.listed(sorted(set(drawn["species_name"])))
    alt = words("movements.map_alt", count=len(drawn), listed=names)
    groups = dict(zip(drawn["species_id"], drawn["species_name"], strict=True))
    return [
        Map(
            title=words("movements.map", count=len(drawn), total=len(moves)),
            layers=(Arrows(rows=arrow_rows(words, drawn), groups=groups),),
            alt=alt,
            table=table,
            size=size,
            group_kind="species",
            period=words.period(dates[0], dates[-1]) if dates else "",
            document_ids=keys_in(moves["document_id"]),
            caveat_ids=keys_in(moves["caveat_ids"]),
        ),
        *notes,
    ]


def arrow_rows(words: Words, drawn: pd.DataFrame) -> pd.DataFrame:
    """Make the rows of the lines of a map."""
    return pd.DataFrame(
        {
            "id": drawn["movement_id"],
            "from_latitude": drawn["from_latitude"],
            "from_longitude": drawn["from_longitude"],
            "to_latitude": drawn["to_latitude"],
            "to_longitude": drawn["to_longitude"],
            "name": [words.labelled(row.species_name, row.animals) for row in rows_of(drawn)],
            "tooltip": [tooltip(words, row) for row in rows_of(drawn)],
            "group": drawn["species_id"],
            "weight": drawn["individuals"].astype("Float64"),
            "is_directed": drawn["movement_kind"] == "journey",
            "months": drawn["months"],
        }
    ).reset_index(drop=True)


def tooltip(words: Words, row: Any) -> str:
    """Say from where to where, when and how it was recorded; how only where that is still read at a glance."""
    way, name = way_words(words, row), words.labelled(row.species_name, row.animals)
    whole = "\n".join([way, words.listed([row.period_words, row.method_words], "dot")])
    return whole if len(f"{name} {whole}".split()) <= MOST_TIP_WORDS else "\n".join([way, row.period_words])


def tabs(ask: Ask, words: Words, moves: pd.DataFrame, choices: MovementsChoices) -> list[Tab]:
    """Make the tabs below the picture; one without anything in it is left out."""
    left_out = int((~moves["is_drawn"]).sum())
    note = Text(text=words("movements.not_drawn", count=left_out, total=len(moves)), style="note")
    differences = disagreements(ask, words, moves)
    parts: list[tuple[str, str, list[Block]]] = [
        ("time", words("movements.tab_time"), journeys(words, moves)),
        ("both", words("movements.tab_both"), joint_results(ask, words, choices)),
        (
            "data",
            words("movements.tab_data"),
            [
                movement_table(words, words("movements.table"), moves, "movements_chosen"),
                *([note] if left_out else []),
            ],
        ),
        ("gaps", words("movements.tab_gaps"), unknown(ask, words, choices)),
        (
            "differences",
            words("movements.tab_differences", count=len(differences)),
            weightiest_first(words, differences) if differences else [],
        ),
    ]
    return [Tab(key=key, title=title, blocks=tuple(blocks)) for key, title, blocks in parts if blocks]


def joint_results(ask: Ask, words: Words, choices: MovementsChoices) -> list[Block]:
    """Show the animals identified in each country beside those recorded in both, and the sexes as printed."""
    shared = ask("movements_shared_counts", species_id=choices.species_id)
    if choices.method is not None:
        shared = shared[shared["method"] == choices.method]
    if choices.country_code is not None:
        codes = shared[["first_country_code", "second_country_code"]]
        shared = shared[(codes == choices.country_code).any(axis=1)]
    if shared.empty:
        return []
    charts = [joint_chart(words, str(method), rows) for method, rows in shared.groupby("method", sort=True)]
    caution = Notice(text=words("movements.overlap"), kind="caution")
    side = Side(cells=tuple((chart,) for chart in charts), weights=(1.0,) * len(charts))
    return [caution, side, *sexes(ask, words, set(shared["movement_id"]))]


def joint_chart(words: Words, method: str, shared: pd.DataFrame) -> Chart:
    """Draw the two counts of one method, those recorded in both, and the distinct animals; methods are not mixed."""
    parts = []
    for row in rows_of(shared):
        for name, value in (
            (words("movements.in_country", country=row.first_country), row.first_count),
            (words("movements.in_country", country=row.second_country), row.second_count),
            (words("movements.in_both"), row.in_both),
            (words("movements.distinct"), row.distinct_animals),
        ):
            if is_empty(value):  # none recorded in both: there is nothing to take off, so nothing is worked out
                continue
            category = words("movements.joint_row", species=row.species_name, what=name)
            mark = "zero" if value == 0 else "exact"
            parts.append({"category": category, "value": value, "mark": mark, "species": row.species_id})
    how = words.term("method", method)
    columns: Columns = {
        "species_name": "text",
        "first_country": "text",
        "first_count": "integer",
        "second_country": "text",
        "second_count": "integer",
        "in_both": "integer",
        "distinct_animals": "integer",
        "document_id": "documents",
        "locator": "text",
        "caveat_ids": "caveats",
    }
    title = words("movements.joint_table", method=how)
    table = make_table(words, title, shared, columns, f"joint_results_{method}")
    listed = words.listed((words.labelled(part["category"], part["value"]) for part in parts), "semicolon")
    return Chart(
        title=words("movements.joint_title", method=how),
        kind="bars",
        rows=pd.DataFrame(parts),
        roles={"category": "category", "value": "value", "mark": "mark", "species": "species"},
        value_title=words("movements.axis"),
        alt=words("movements.joint_alt", method=how, listed=listed),
        table=table,
        unit=words("movements.unit_animals"),
        counted=words("movements.joint_counted"),
        period=words.listed(dict.fromkeys(words.period(row.year_from, row.year_to) for row in rows_of(shared))),
        document_ids=keys_in(shared["document_id"]),
        caveat_ids=(*keys_in(shared["caveat_ids"]), "overlapping_counts"),
    )


def sexes(ask: Ask, words: Words, keys: set[str]) -> list[Block]:
    """List the sexes of animals recorded in both countries, only as printed."""
    both = ask("movements_found", species_id=None, country_code=None, method=None)
    both = both[both["movement_id"].isin(keys) & (both["individuals"] > 1) & both["females"].notna()]
    if both.empty:
        return []
    rows = described_movements(words, both)
    rows["sex_sum"] = rows[["females", "males", "unknown_sex"]].sum(axis=1)
    rows["sum_words"] = [
        words("movements.adds_up")
        if row.sex_sum == row.individuals
        else words("movements.adds_to", total=int(row.sex_sum), printed=int(row.individuals))
        for row in rows_of(rows)
    ]
    columns: Columns = {
        "species_name": "text",
        "method_words": "text",
        "individuals": "integer",
        "females": "integer",
        "males": "integer",
        "unknown_sex": "integer",
        "sum_words": "text",
        "document_id": "documents",
        "locator": "text",
        "caveat_ids": "caveats",
    }
    table = make_table(words, words("movements.sexes"), rows, columns, "sexes")
    return [Details(title=table.title, blocks=(table,))]


def journeys(words: Words, moves: pd.DataFrame) -> list[Block]:
    """Draw dated journeys on one axis, one lane a species, as exactly as their dates are known."""
    dated = moves[(moves["movement_kind"] == "journey") & moves["date_from"].notna()]
    if dated.empty:
        return []
    rows = dated.assign(
        told=[words.listed([row.animals, way_words(words, row)], "dot") for row in rows_of(dated)],
        end=[row.date_from if is_empty(row.date_to) else row.date_to for row in rows_of(dated)],
    )
    rows = rows.assign(lane=rows["species_name"]).sort_values(["species_name", "date_from", "movement_id"])
    return [
        Chart(
            title=words("movements.journeys_title", count=len(rows)),
            kind="timeline",
            rows=rows,
            roles={"category": "lane", "start": "date_from", "end": "end", "told": "told", "species": "species_id"},
            value_title=words("movements.axis_years"),
            alt=words("movements.journeys_alt", count=len(rows)),
            table=movement_table(words, words("movements.journeys_table"), rows, "journeys"),
            counted=words("movements.journeys_counted"),
            document_ids=keys_in(rows["document_id"]),
            caveat_ids=keys_in(rows["caveat_ids"]),
        )
    ]


def unknown(ask: Ask, words: Words, choices: MovementsChoices) -> list[Block]:
    """Say what is not known about movements."""
    gaps = ask(
        "gaps_stated",
        species_id=choices.species_id,
        country_code=choices.country_code,
        site_id=None,
        project_id=None,
        meeting_id=None,
    )
    gaps = gaps[gaps["subject_table"] == "movements"]
    return [
        Text(text=gap_words(words, row), document_ids=(row.document_id,), caveat_ids=keys_in([row.caveat_ids]))
        for row in rows_of(gaps)
    ]


def gap_words(words: Words, gap: Any) -> str:
    """Write what is missing, with the species and the State where the sentence does not name them."""
    about = [name for name in (gap.species_name, gap.country_name) if not is_empty(name)]
    unnamed = [name for name in about if name.lower() not in gap.what.lower()]
    return words.bracketed(gap.what, words.listed([*unnamed, words.term("state", gap.state)], "semicolon"))


def disagreements(ask: Ask, words: Words, moves: pd.DataFrame) -> list[Block]:
    """Give what documents say differently about these movements."""
    return contradiction_entries(ask, words, {("movements", key) for key in moves["movement_id"]})
