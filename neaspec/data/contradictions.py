"""Differences between documents: found by queries/checks/*.sql, with what data/readings.csv says of them."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pandas as pd

from neaspec.data.queries import Ask
from neaspec.paths import QUERIES_DIR

WEIGHTS = ["significant", "small"]
# A thing spelt in several ways is no difference in what is said: a list of its own.
SPELLINGS = "names_differ"


@dataclass(frozen=True)
class Statement:
    """What one document says, and where in it."""

    document_id: str
    place: str
    said: str


@dataclass(frozen=True)
class Difference:
    """Statements that differ, told once: how they are treated and why; reading None = not settled yet."""

    subject: str
    subjects: frozenset[tuple[str, str]]  # (table, key) of the things concerned
    weight: str
    statements: tuple[Statement, ...]
    worked_out: tuple[str, ...]
    reading: str | None
    reason: str | None
    weighed: tuple[str, ...]  # further documents that the reading rests on


@lru_cache(maxsize=4)
def check_names(queries_dir: Path = QUERIES_DIR) -> tuple[str, ...]:
    """Give the names of all checks, in order."""
    return tuple(sorted(path.stem for path in (queries_dir / "checks").glob("*.sql")))


@lru_cache(maxsize=8)
def find_contradictions(ask: Ask) -> pd.DataFrame:
    """Run all checks but that of spellings and set the readings beside; the answer is shared, so copy before changing.

    Returns:
        One row per finding, the weightiest first: check_name, finding_key, subject_table, subject_id, subject, said_a,
        place_a, document_id_a, said_b, place_b, document_id_b, worked_out, reading, reason, weight, document_ids (of
        the reading), is_open (no reading yet).
    """
    return findings_of(ask, tuple(name for name in check_names() if name != SPELLINGS))


@lru_cache(maxsize=8)
def find_spellings(ask: Ask) -> pd.DataFrame:
    """Give the things that documents spell in several ways, with the columns of find_contradictions."""
    return findings_of(ask, (SPELLINGS,))


def findings_of(ask: Ask, checks: tuple[str, ...]) -> pd.DataFrame:
    """Run some checks and set the readings beside what they find."""
    found = []
    for name in checks:
        answer = ask(f"checks/{name}")
        if not answer.empty:
            found.append(answer.assign(check_name=name))
    readings = ask("readings_taken")
    columns = ["check_name", "finding_key", "reading", "reason", "weight", "document_ids"]
    if not found:
        return pd.DataFrame(columns=[*columns, "subject", "is_open"])
    rows = pd.concat(found, ignore_index=True).merge(readings[columns], on=["check_name", "finding_key"], how="left")
    rows["is_open"] = rows["reading"].isna()
    rows["weight"] = rows["weight"].fillna(WEIGHTS[0])  # what nobody has judged yet is not made small
    order = rows["weight"].map(WEIGHTS.index)
    return (
        rows.assign(order=order)
        .sort_values(["order", "is_open", "check_name", "finding_key"], ascending=[True, False, True, True])
        .drop(columns="order")
        .reset_index(drop=True)
    )


def differences_of(findings: pd.DataFrame) -> list[Difference]:
    """Tell each difference once: findings with one reading and reason are one, in the order of the first of them.

    findings: rows of find_contradictions.
    """
    groups: dict[tuple[object, ...], list[pd.Series]] = {}
    for _, row in findings.iterrows():
        key = (row["check_name"], row["finding_key"]) if row["is_open"] else (row["reading"], row["reason"])
        groups.setdefault(key, []).append(row)
    return [difference_of(rows) for rows in groups.values()]


def difference_of(rows: list[pd.Series]) -> Difference:
    """Make one difference of findings that are read alike."""
    statements = [
        Statement(row[f"document_id_{side}"], row[f"place_{side}"], row[f"said_{side}"])
        for row in rows
        for side in ("a", "b")
        if not pd.isna(row[f"said_{side}"])
    ]
    is_open = bool(rows[0]["is_open"])
    return Difference(
        subject="; ".join(dict.fromkeys(row["subject"] for row in rows)),
        subjects=frozenset((row["subject_table"], row["subject_id"]) for row in rows),
        weight=min((row["weight"] for row in rows), key=WEIGHTS.index),
        statements=tuple(dict.fromkeys(statements)),
        worked_out=tuple(dict.fromkeys(row["worked_out"] for row in rows if not pd.isna(row["worked_out"]))),
        reading=None if is_open else rows[0]["reading"],
        reason=None if is_open else rows[0]["reason"],
        weighed=() if is_open or pd.isna(rows[0]["document_ids"]) else tuple(rows[0]["document_ids"].split()),
    )


def seen_by_eye(ask: Ask) -> pd.DataFrame:
    """Give the readings of differences that no check can find, editorial ones too (queries/readings_taken.sql)."""
    readings = ask("readings_taken")
    return readings[readings["check_name"] == "by_eye"].reset_index(drop=True)
