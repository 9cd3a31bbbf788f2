"""Contradictions between documents: found by queries/checks/*.sql, explained by the readings in data/readings.csv."""

from functools import lru_cache
from pathlib import Path

import pandas as pd

from neaspec.queries import QUERIES_DIR, Ask

SEVERITIES = ["high", "medium", "low"]


@lru_cache(maxsize=4)
def check_names(queries_dir: Path = QUERIES_DIR) -> tuple[str, ...]:
    """Give the names of all checks, in order."""
    return tuple(sorted(path.stem for path in (queries_dir / "checks").glob("*.sql")))


@lru_cache(maxsize=8)
def find_contradictions(ask: Ask) -> pd.DataFrame:
    """Run all checks and set the readings beside what they find; the answer is shared, so copy it before changing it.

    Returns:
        One row per finding, the weightiest first: check_name, finding_key, subject_table, subject_id, subject, said_a,
        place_a, document_id_a, said_b, place_b, document_id_b, reading, reason, severity, is_open (no reading yet).
    """
    found = []
    for name in check_names():
        answer = ask(f"checks/{name}")
        if not answer.empty:
            found.append(answer.assign(check_name=name))
    readings = ask("readings_taken")
    columns = ["check_name", "finding_key", "reading", "reason", "severity"]
    if not found:
        return pd.DataFrame(columns=[*columns, "subject", "is_open"])
    rows = pd.concat(found, ignore_index=True).merge(readings[columns], on=["check_name", "finding_key"], how="left")
    rows["is_open"] = rows["reading"].isna()
    rows["severity"] = rows["severity"].fillna("medium")
    order = rows["severity"].map(SEVERITIES.index)
    return (
        rows.assign(order=order)
        .sort_values(["order", "is_open", "check_name", "finding_key"], ascending=[True, False, True, True])
        .drop(columns="order")
        .reset_index(drop=True)
    )


def seen_by_eye(ask: Ask) -> pd.DataFrame:
    """Give the readings of contradictions that no check can find, with the columns of queries/readings_taken.sql."""
    readings = ask("readings_taken")
    return readings[readings["check_name"] == "by_eye"].reset_index(drop=True)
