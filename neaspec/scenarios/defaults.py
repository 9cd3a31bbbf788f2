"""The population of a species "as documents say": inputs from rows of the data, each with its mark and its rows."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, cast

import pandas as pd

from neaspec.scenarios.model import Mark, Population, Quantity

# How the sd of an input follows from its low and high: half of what lies between mean less and mean plus an sd; a
# quarter of a range; a tenth of a figure without a spread, which is then an assumption of ours.
Spread = Literal["sd", "range", "cv", "none"]
ASSUMED_VARIATION = 0.1
ENDS_OF_CV = 2  # standard deviations
FIRST_YEAR, TO_ADULT = "first_year_survival", "to_adult_survival"
NEEDED = ("birds", "age", "adult_survival", "young_per_pair", "breeding_share")


def population_from(rows: pd.DataFrame, species_id: str) -> Population | None:
    """Return the population of a species from the answer of scenario_inputs; None if a needed input has no row."""
    by_input: dict[str, list[dict[Any, Any]]] = {}
    for row in rows.sort_values("place", kind="stable").to_dict("records"):
        by_input.setdefault(str(row["input"]), []).append(row)
    quantities = {name: quantity_of(own) for name, own in by_input.items()}
    young = quantities.get(TO_ADULT) or quantities.get(FIRST_YEAR)
    if young is None or any(name not in quantities for name in NEEDED):
        return None
    return Population(
        species_id,
        **{name: quantities[name] for name in NEEDED},
        young_survival=young,
        is_to_adult=TO_ADULT in quantities,
    )


def quantity_of(own: Sequence[Mapping[Any, Any]]) -> Quantity:
    """Return an input from its rows, the leading one first.

    Its middle is the figure of the leading row, or the middle of that row's range; where all rows are single figures,
    the middle between the lowest and the highest.
    """
    figures = [value for row in own for value in (row["value"], row["low"], row["high"]) if not pd.isna(value)]
    low, high = min(figures), max(figures)
    middle = _middle(own, low, high)
    spread = cast(Spread, own[0]["spread"])
    sd = 0.0
    if spread == "sd":
        sd = (high - low) / 2
    elif spread == "range":
        sd = (high - low) / 4
    elif spread == "cv":
        sd = ASSUMED_VARIATION * middle
        low, high = (middle - ENDS_OF_CV * sd, middle + ENDS_OF_CV * sd) if low == high else (low, high)
    keys = tuple(str(row["row_id"]) for row in own if not pd.isna(row["row_id"]))
    note = "" if pd.isna(own[0]["input_note"]) else str(own[0]["input_note"])
    return Quantity(round(middle, 10), round(sd, 10), low, high, cast(Mark, own[0]["mark"]), keys, note)


def _middle(own: Sequence[Mapping[Any, Any]], low: float, high: float) -> float:
    first = own[0]
    if pd.isna(first["value"]):
        return float((first["low"] + first["high"]) / 2)
    are_single = all(pd.isna(row["low"]) and pd.isna(row["high"]) for row in own)
    return (low + high) / 2 if are_single and len(own) > 1 else float(first["value"])
