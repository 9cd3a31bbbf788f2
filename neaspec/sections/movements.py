"""Movements of animals between countries: map, joint results, journeys, and what is counted on both sides."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from neaspec.blocks import Arrows, Block, Chart, Columns, Heading, Map, Notice, Page, Side, Table, Text
from neaspec.data.queries import Ask
from neaspec.sections.common import compose, keys_in, make_table, rows_of
from neaspec.sections.contradictions import contradiction_entries, weightiest_first
from neaspec.text import Words, is_empty

COLUMNS: Columns = {
    "species_name": "text",
    "animals": "text",
    "from_name": "text",
    "from_country_name": "text",
    "to_name": "text",
    "to_country_name": "text",
    "method_words": "text",
    "kind_words": "text",
    "date_from": "date",
    "date_to": "date",
    "distance_km": "number",
    "via": "text",
    "document_id": "documents",
    "locator": "text",
    "caveat_ids": "caveats",
    "note": "text",
}


@dataclass(frozen=True)
class MovementsChoices:
    """What the reader chose: one species, one country on either side, one method (None = all)."""

    species_id: str | None = None
    country_code: str | None = None
    method: str | None = None


def page(ask: Ask, words: Words, choices: MovementsChoices) -> Page:
    """Make the page of movements."""
    moves = described_movements(
        words,
        ask(
            "movements_found",
            species_id=choices.species_id,
            country_code=choices.country_code,
            method=choices.method,
        ),
    )
    title = words("movements.title")
    if moves.empty:
        nothing: list[Block] = [Notice(text=words("movements.none"), kind="empty"), *unknown(ask, words, choices)]
        return compose(ask, "movements", title, words("movements.lead_none"), nothing)
    pairs = {frozenset((row.from_country_code, row.to_country_code)) for row in rows_of(moves)}
    lead = words("movements.lead", species=moves["species_id"].nunique(), pairs=len(pairs))
    blocks: list[Block] = [
        *movement_map(words, moves, choices),
        *joint_results(ask, words, choices),
        *journeys(words, moves),
        *unknown(ask, words, choices),
        *disagreements(ask, words, moves),
    ]
    return compose(ask, "movements", title, lead, blocks)


def described_movements(words: Words, moves: pd.DataFrame) -> pd.DataFrame:
    """Add what readers see: the animals in words, the method and the kind."""
    return moves.assign(
        animals=[animals(words, row) for row in rows_of(moves)],
        method_words=[words.term("method", method) for method in moves["method"]],
        kind_words=[words.term("movement_kind", kind) for kind in moves["movement_kind"]],
    )


def animals(words: Words, row: object) -> str:
    """Say which or how many animals moved."""
    name, individuals = getattr(row, "animal_name", None), getattr(row, "individuals", None)
    qualifier = getattr(row, "qualifier", "exact")
    if is_empty(individuals) or individuals is None:
        return words("movements.number_unknown") if is_empty(name) else str(name)
    if float(individuals) == 0:
        return words("movements.none_detected")
    if not is_empty(name) and float(individuals) == 1:
        return str(name)
    mark = "" if qualifier in ("exact", "not_stated") else words.term("qualifier", qualifier) + " "
    key = "movements.number_one" if float(individuals) == 1 else "movements.number"
    number = words(key, mark=mark, number=words.number(float(individuals)))
    return number if is_empty(name) else words("movements.named", name=name, number=number)


def movement_map(words: Words, moves: pd.DataFrame, choices: MovementsChoices) -> list[Block]:
    """Draw an arrow for each movement whose two ends are known, coloured by species or, for one species, by method."""
    by_method = choices.species_id is not None
    rows = pd.DataFrame(
        {
            "from_latitude": moves["from_latitude"],
            "from_longitude": moves["from_longitude"],
            "to_latitude": moves["to_latitude"],
            "to_longitude": moves["to_longitude"],
            "name": [f"{row.species_name}: {row.animals}" for row in rows_of(moves)],
            "tooltip": [tooltip(words, row) for row in rows_of(moves)],
            "group": moves["method"] if by_method else moves["species_id"],
            "weight": moves["individuals"].astype("Float64"),
            "is_directed": moves["movement_kind"] == "journey",
        }
    ).reset_index(drop=True)
    ends = ["from_latitude", "from_longitude", "to_latitude", "to_longitude"]
    placed = rows[rows[ends].notna().all(axis=1)]
    apart = (placed["from_latitude"] != placed["to_latitude"]) | (placed["from_longitude"] != placed["to_longitude"])
    drawn = placed[apart & ~placed["weight"].eq(0).fillna(False)]  # none detected is no movement
    label = "method_words" if by_method else "species_name"
    groups = dict(zip(moves["method" if by_method else "species_id"], moves[label], strict=True))
    table = movement_table(words, words("movements.table"), moves, "movements")
    not_drawn = Text(text=words("movements.not_drawn", count=len(rows) - len(placed), total=len(rows)), style="note")
    notes: list[Block] = [not_drawn] if len(placed) < len(rows) else []
    if drawn.empty:
        return [*notes, table]
    dates = sorted(str(date)[:4] for date in moves["date_from"].dropna())
    alt = words("movements.map_alt", count=len(drawn), listed=", ".join(sorted(set(moves["species_name"]))))
    return [
        Map(
            title=words("movements.map"),
            layers=(Arrows(rows=drawn.reset_index(drop=True), groups=groups),),
            alt=alt,
            table=table,
            group_kind="method" if by_method else "species",
            unit=words("movements.unit"),
            counted=words("movements.map_counted"),
            period=words.period(dates[0], dates[-1]) if dates else "",
            document_ids=keys_in(moves["document_id"]),
            caveat_ids=keys_in(moves["caveat_ids"]),
        ),
        *notes,
    ]


def tooltip(words: Words, row: object) -> str:
    """Say from where to where, how it was recorded and when."""
    key = "movements.way" if getattr(row, "movement_kind", "journey") == "journey" else "movements.way_both"
    way = words(key, start=getattr(row, "from_name", ""), end=getattr(row, "to_name", ""))
    when = words.period(getattr(row, "date_from", None), getattr(row, "date_to", None))
    return "\n".join(part for part in (way, getattr(row, "method_words", ""), when) if part)


def movement_table(words: Words, title: str, moves: pd.DataFrame, file_name: str) -> Table:
    """Make the table of movements."""
    return make_table(words, title, moves, COLUMNS, file_name, {"distance_km": "km"})


def joint_results(ask: Ask, words: Words, choices: MovementsChoices) -> list[Block]:
    """Show the animals identified in each country beside those recorded in both, and the sexes as printed."""
    shared = ask("movements_shared_counts", species_id=choices.species_id)
    if choices.method is not None:
        shared = shared[shared["method"] == choices.method]
    if choices.country_code is not None:
        codes = shared[["first_country_code", "second_country_code"]]
        shared = shared[(codes == choices.country_code).any(axis=1)]
    blocks: list[Block] = [Heading(text=words("movements.joint"))]
    if shared.empty:
        return [*blocks, Notice(text=words("movements.no_joint"), kind="empty")]
    charts = [joint_chart(words, str(method), rows) for method, rows in shared.groupby("method", sort=True)]
    caution = Notice(text=words("movements.overlap"), kind="caution")
    side = Side(cells=tuple((chart,) for chart in charts), weights=(1.0,) * len(charts))
    return [*blocks, caution, side, *sexes(ask, words, set(shared["movement_id"]))]


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
    listed = "; ".join(f"{part['category']}: {part['value']}" for part in parts)
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
        period=", ".join(dict.fromkeys(words.period(row.year_from, row.year_to) for row in rows_of(shared))),
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
    return [make_table(words, words("movements.sexes"), rows, columns, "sexes")]


def journeys(words: Words, moves: pd.DataFrame) -> list[Block]:
    """Draw journeys of single animals on a line of time, as exactly as their dates are known."""
    blocks: list[Block] = [Heading(text=words("movements.journeys"))]
    single = moves["individuals"].eq(1).fillna(False) | moves["animal_name"].notna()
    dated = moves[(moves["movement_kind"] == "journey") & moves["date_from"].notna() & single]
    if dated.empty:
        return [*blocks, Notice(text=words("movements.no_journeys"), kind="empty")]
    rows = dated.assign(
        name=[
            # Rows of one name stand together as one animal: those without a name must not look so.
            f"{row.species_name}: {words('movements.unnamed') if is_empty(row.animal_name) else row.animals}"
            for row in rows_of(dated)
        ],
        way=[words("movements.way", start=row.from_name, end=row.to_name) for row in rows_of(dated)],
        end=[row.date_from if is_empty(row.date_to) else row.date_to for row in rows_of(dated)],
    ).sort_values(["date_from", "movement_id"])
    chart = Chart(
        title=words("movements.journeys_title"),
        kind="timeline",
        rows=rows,
        roles={"category": "name", "start": "date_from", "end": "end", "part": "way", "species": "species_id"},
        value_title=words("movements.axis_years"),
        alt=words("movements.journeys_alt", count=len(rows)),
        table=movement_table(words, words("movements.journeys_table"), rows, "journeys"),
        unit=words("movements.unit_dates"),
        counted=words("movements.journeys_counted"),
        document_ids=keys_in(rows["document_id"]),
        caveat_ids=keys_in(rows["caveat_ids"]),
    )
    return [*blocks, chart]


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
    blocks: list[Block] = [Heading(text=words("movements.unknown"))]
    if gaps.empty:
        return [*blocks, Notice(text=words("movements.no_gaps"), kind="empty")]
    listed = [
        Text(text=gap_words(words, row), document_ids=(row.document_id,), caveat_ids=keys_in([row.caveat_ids]))
        for row in rows_of(gaps)
    ]
    return [*blocks, *listed]


def gap_words(words: Words, gap: Any) -> str:
    """Write what is missing, with the species and the State where the sentence does not name them."""
    about = [name for name in (gap.species_name, gap.country_name) if not is_empty(name)]
    unnamed = [name for name in about if name.lower() not in gap.what.lower()]
    return f"{gap.what} ({'; '.join([*unnamed, words.term('state', gap.state)])})"


def disagreements(ask: Ask, words: Words, moves: pd.DataFrame) -> list[Block]:
    """Show what documents say differently about these movements."""
    entries = contradiction_entries(ask, words, {("movements", key) for key in moves["movement_id"]})
    if not entries:
        return []
    return [Heading(text=words("movements.disagree")), *weightiest_first(words, entries)]
