"""Fit to growth on record: the survival of the young with which the middle of all inputs grows as counts did."""

import re
from dataclasses import dataclass, replace

import pandas as pd
from scipy.optimize import brentq

from neaspec.scenarios.model import Population
from neaspec.scenarios.tornado import implied_growth

_YEAR = re.compile(r"(\d{4})(?:/(\d{2})(?!\d))?")
CENTURY = 100


@dataclass(frozen=True)
class Growth:
    """Growth on record: the key of its row, its factor a year, and over which years it was measured."""

    row: str
    factor: float
    period: str


def growths(rows: pd.DataFrame) -> list[Growth]:
    """Return growth on record from rows (row_id, value, measured); rows without a figure are left out."""
    listed = rows[rows["value"].notna()]
    periods = listed["measured"].fillna("").astype(str)
    return [
        Growth(str(row), float(factor), period)
        for row, factor, period in zip(listed["row_id"], listed["value"], periods, strict=True)
    ]


def newest_growth(rows: pd.DataFrame) -> Growth | None:
    """Return the growth that was measured up to the latest year; None where none is on record."""
    return max(growths(rows), key=lambda growth: (last_year(growth.period), growth.row), default=None)


def last_year(period: str) -> int:
    """Return the last year of a period: 2014 of 1997-2014, 2004 of 1991/92-2003/04; 0 where it names none."""
    years = [0]
    for year, winter in _YEAR.findall(period):
        ends = int(year) - int(year) % CENTURY + int(winter) if winter else int(year)
        years.append(ends if ends >= int(year) else ends + CENTURY)
    return max(years)


def fitted(population: Population, growth: Growth) -> Population | None:
    """Return the population with the survival of the young fitted, marked, and resting on the row of the growth.

    None if no survival gives that growth.
    """

    def with_survival(value: float) -> Population:
        young = population.young_survival
        return replace(population, young_survival=replace(young, mean=value, low=value, high=value, sd=0.0))

    def missing(value: float) -> float:
        return implied_growth(with_survival(value)) - growth.factor

    if missing(0.0) > 0 or missing(1.0) < 0:
        return None
    survival = float(brentq(missing, 0.0, 1.0, xtol=1e-10))
    sd = min(population.young_survival.sd, 0.99 * (survival * (1 - survival)) ** 0.5)
    young = replace(
        population.young_survival,
        mean=survival,
        low=survival,
        high=survival,
        sd=sd,
        mark="fitted",
        rows=(growth.row,),
        note="",
    )
    return replace(population, young_survival=young)


def rows_behind(population: Population, inputs: pd.DataFrame, growth: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that the inputs of a population rest on: those of documents, and a growth they are fitted to."""
    keys = {key for quantity in population.inputs().values() for key in quantity.rows}
    own, fitted_to = (rows[rows["row_id"].isin(keys)] for rows in (inputs, growth))
    return own if fitted_to.empty else pd.concat([own, fitted_to], ignore_index=True)
