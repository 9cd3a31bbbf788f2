"""Exact times become the day, month, season or year a rule allows.

A winter is December to February and is named after both years: winter 2014/15. What is told of a gap is worked out from
the two periods that are told, so that it says nothing more than they do.
"""

from typing import Any

import numpy as np
import pandas as pd

from neaspec.crossings.model.records import distinct_rows
from neaspec.crossings.privacy.rules import RECORD_KINDS, TIME_LEVELS, Rules
from neaspec.crossings.privacy.taxa import meanings

SEASONS = ("winter", "spring", "summer", "autumn")
MONTHS_OF = {"day": 0, "month": 1, "season": 3, "year": 12}


def applied_rules(taxa: pd.Series, evidence: pd.Series, has_nest: pd.Series, rules: Rules) -> pd.DataFrame:
    """Return which rules a result rests on, and the coarsest time they allow.

    Args:
        taxa: accepted names.
        evidence: kinds of evidence, separated by a space.
        has_nest: whether a place of the result is that of a nest or roost.
        rules: the tables of sensitivity.

    Returns:
        rule_ids (separated by a space), time_level, reason, review_date (the first), aligned with `taxa`.
    """
    groups = meanings(taxa, rules.names)["taxon_group"]
    keys = groups + "|" + evidence.fillna("") + "|" + has_nest.astype(int).astype(str)
    codes, asked = pd.factorize(keys)
    rows = [_rules_of(str(key), rules) for key in asked]
    applied = pd.DataFrame(rows, columns=["rule_ids", "time_level", "reason", "review_date"], dtype="str")
    return applied.take(codes).set_axis(taxa.index)


def _rules_of(key: str, rules: Rules) -> dict[str, str]:
    group, evidence, has_nest = key.split("|")
    kinds = set(evidence.split())
    wanted = {
        "nest_or_roost": has_nest == "1",
        "tagged": "gps" in kinds,
        "seen": bool(kinds - {"gps"}) or not kinds,
    }
    applied = [rules.of(group, kind) for kind in RECORD_KINDS if wanted[kind]]
    return {
        "rule_ids": " ".join(str(rule["rule_id"]) for rule in applied),
        "time_level": max((str(rule["time_level"]) for rule in applied), key=TIME_LEVELS.index),
        "reason": " ".join(dict.fromkeys(str(rule["reason"]) for rule in applied)),
        "review_date": min(str(rule["review_date"]) for rule in applied),
    }


def periods(times: pd.Series, levels: pd.Series) -> pd.DataFrame:
    """Return the period of each time at its level.

    Args:
        times: datetimes, of the place.
        levels: day, month, season or year.

    Returns:
        period (words), start, end (ISO 8601 days, months or years; both ends belong to it), number (periods of the same
        length in order, months counted from year 0 for all but days), aligned with `times`; empty where there is no
        time.
    """
    days = times.dt.floor("D")
    is_day = levels == "day"
    asked = days.where(is_day, days.dt.to_period("M").dt.to_timestamp())
    codes, asked_once = distinct_rows(pd.DataFrame({"time": asked, "level": levels}))
    rows = [_period(time, str(level)) for time, level in zip(asked_once["time"], asked_once["level"], strict=True)]
    different_periods = pd.DataFrame(rows, columns=["period", "start", "end", "number"])
    different_periods = different_periods.astype({"period": "str", "start": "str", "end": "str", "number": "Int64"})
    return different_periods.take(codes).set_axis(times.index)


def _period(time: Any, level: str) -> tuple[str, str, str, Any]:
    if pd.isna(time):
        return "", "", "", pd.NA
    months = time.year * 12 + time.month - 1
    if level == "day":
        day = f"{time:%Y-%m-%d}"
        return day, day, day, (time - pd.Timestamp("1970-01-01")).days
    if level == "month":
        return f"{time:%Y-%m}", f"{time:%Y-%m}", f"{time:%Y-%m}", months
    if level == "year":
        return f"{time.year:04d}", f"{time.year:04d}", f"{time.year:04d}", time.year * 12
    first = (months + 1) // 3 * 3 - 1  # December, March, June or September
    name, year = SEASONS[(first + 1) % 12 // 3], first // 12
    words = f"{name} {year:04d}/{(year + 1) % 100:02d}" if name == "winter" else f"{name} {year:04d}"
    last = first + 2
    return words, f"{year:04d}-{first % 12 + 1:02d}", f"{last // 12:04d}-{last % 12 + 1:02d}", first


def gaps(left: pd.DataFrame, arrived: pd.DataFrame, levels: pd.Series) -> pd.DataFrame:
    """Return the gap between two periods as told: whole days between days, else months in steps of the period.

    Args:
        left: of `periods`.
        arrived: of `periods`.
        levels: level of both.

    Returns:
        gap_days, gap_months (Int64; one of the two is empty).
    """
    between = arrived["number"] - left["number"]
    is_day = levels == "day"
    return pd.DataFrame({"gap_days": between.where(is_day), "gap_months": between.where(~is_day)})


def lengths(days: pd.Series, levels: pd.Series) -> pd.DataFrame:
    """Return a length of time as coarse as its level: whole days, or months rounded to whole periods.

    Args:
        days: length in days.
        levels: day, month, season or year.

    Returns:
        days, months (Int64; one of the two is empty).
    """
    step = levels.map(MONTHS_OF).astype("float64")
    is_day = levels == "day"
    months = (days.astype("float64") / 30.4375 / step.where(~is_day, 1)).round() * step
    whole = pd.Series(np.ceil(days.astype("float64")), index=days.index)
    return pd.DataFrame({"days": whole.where(is_day).astype("Int64"), "months": months.where(~is_day).astype("Int64")})
