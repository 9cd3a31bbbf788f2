"""One movement in words: which animals, when, from where to where, how it is known; and its panel beside a map."""

from typing import Any

import pandas as pd

from neaspec.blocks import Columns, Item, Panel, Table
from neaspec.palette import SIGNS
from neaspec.sections.common import keys_in, make_table, rows_of
from neaspec.text import Words, is_empty

MONTH = len("2014-03")  # characters of a date that states its month
ENDS = ["from_latitude", "from_longitude", "to_latitude", "to_longitude"]
COLUMNS: Columns = {
    "species_name": "text",
    "animals": "text",
    "from_name": "text",
    "to_name": "text",
    "period_words": "text",
    "method_words": "text",
    "kind_words": "text",
    "distance_km": "number",
    "via": "text",
    "document_id": "documents",
    "locator": "text",
    "caveat_ids": "caveats",
    "note": "text",
}


def described_movements(words: Words, moves: pd.DataFrame) -> pd.DataFrame:
    """Add what readers see: the animals, the time, the method and the kind in words, and the months covered."""
    return moves.assign(
        animals=[animals(words, row) for row in rows_of(moves)],
        period_words=[words.period(row.date_from, row.date_to) for row in rows_of(moves)],
        method_words=[words.term("method", method) for method in moves["method"]],
        kind_words=[words.term("movement_kind", kind) for kind in moves["movement_kind"]],
        months=[months_of(row.date_from, row.date_to) for row in rows_of(moves)],
        is_drawn=is_drawn(moves),
    )


def is_drawn(moves: pd.DataFrame) -> pd.Series:
    """Tell which movements a map can show: both ends known and apart, and an animal that moved."""
    known = moves[ENDS].notna().all(axis=1)
    apart = (moves["from_latitude"] != moves["to_latitude"]) | (moves["from_longitude"] != moves["to_longitude"])
    none_detected = moves["individuals"].astype("Float64").eq(0).fillna(False).astype(bool)
    return known & apart & ~none_detected


def months_of(start: object, end: object) -> str:
    """Give the numbers of the months of a period, with a space between; nothing where its months are not stated."""
    given = [str(value) for value in (start, end) if not is_empty(value)]
    if not given or any(len(value) < MONTH for value in given):
        return ""
    first, last = given[0], given[-1]
    count = (int(last[:4]) - int(first[:4])) * 12 + int(last[5:7]) - int(first[5:7])
    months = dict.fromkeys((int(first[5:7]) + step - 1) % 12 + 1 for step in range(min(count, 11) + 1))
    return " ".join(map(str, months))


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


def way_words(words: Words, row: Any) -> str:
    """Say from where to where, or between which two sides."""
    key = "movements.way" if row.movement_kind == "journey" else "movements.way_both"
    return words(key, start=row.from_name, end=row.to_name)


def movement_items(words: Words, moves: pd.DataFrame, signs: dict[str, str]) -> tuple[Item, ...]:
    """Make the list of movements, the dated first by their date; each with its panel.

    signs: species -> its marker; a movement that no map can show has none.
    """
    rows = moves.sort_values(["date_from", "movement_id"], na_position="last")
    return tuple(
        Item(
            id=str(row.movement_id),
            title=words.listed([row.animals, str(row.date_from)[:4] if not is_empty(row.date_from) else ""], "dot"),
            line=way_words(words, row),
            sign=SIGNS[signs[row.species_id]] if row.is_drawn else "–",
            blocks=(movement_panel(words, row),),
        )
        for row in rows_of(rows)
    )


def movement_panel(words: Words, row: Any) -> Panel:
    """Make the panel of one movement."""
    is_journey = row.movement_kind == "journey"
    facts = [
        (words("movements.panel_from" if is_journey else "movements.panel_one_side"), row.from_name),
        (words("movements.panel_to" if is_journey else "movements.panel_other_side"), row.to_name),
        (words("movements.panel_when"), row.period_words),
        (words("movements.panel_how"), row.method_words),
        (
            words("movements.panel_distance"),
            "" if is_empty(row.distance_km) else distance_words(words, row.distance_km),
        ),
        (words("movements.panel_via"), "" if is_empty(row.via) else str(row.via)),
        (words("movements.panel_map"), "" if row.is_drawn else words("movements.not_on_map")),
    ]
    return Panel(
        title=words.labelled(str(row.species_name), str(row.animals)),
        kind=str(row.kind_words),
        text="" if is_empty(row.note) else str(row.note),
        facts=tuple((label, str(value)) for label, value in facts if value),
        document_ids=keys_in([row.document_id]),
        caveat_ids=keys_in([row.caveat_ids]),
    )


def distance_words(words: Words, distance_km: float) -> str:
    """Write a distance as stated."""
    return words.unit(words.number(distance_km), words.term("unit", "km"))


def movement_table(words: Words, title: str, moves: pd.DataFrame, file_name: str) -> Table:
    """Make the table of movements."""
    return make_table(words, title, moves, COLUMNS, file_name, {"distance_km": "km"})
