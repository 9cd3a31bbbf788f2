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
# The rule of weight. Printed positions and spellings change no figure: such a difference is small, whatever a reading
# says. What nobody has weighed is significant where it is about animals, protection, States or money, and small where
# it is about dates and periods. Within a weight, what is about animals comes first and what is printed otherwise last.
PRINTED = frozenset({"impossible_coordinates", "extent_against_area", SPELLINGS})
DATED = frozenset(
    {
        "dates_missed",
        "designation_years",
        "due_dates_differ",
        "first_since",
        "periods_differ",
        "project_length",
        "years_claimed",
    }
)
ABOUT_ANIMALS = frozenset({"count_parts", "counts_differ", "movement_parts", "overlapping_counts", "statuses_differ"})


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
    is_significant: bool
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
        the reading), is_open (no reading yet), is_significant (the rule of weight above).
    """
    return findings_of(ask, tuple(name for name in check_names() if name != SPELLINGS))


@lru_cache(maxsize=8)
def find_spellings(ask: Ask) -> pd.DataFrame:
    """Give the things that documents spell in several ways, with the columns of find_contradictions."""
    return findings_of(ask, (SPELLINGS,))


def findings_of(ask: Ask, checks: tuple[str, ...]) -> pd.DataFrame:
    """Run some checks and set the readings beside what they find."""
    answers = []
    for name in checks:
        answer = ask(f"checks/{name}")
        if not answer.empty:
            answers.append(answer.assign(check_name=name))
    readings = ask("readings_taken")
    columns = ["check_name", "finding_key", "reading", "reason", "weight", "document_ids"]
    if not answers:
        return pd.DataFrame(columns=[*columns, "subject", "is_open", "is_significant"])
    rows = pd.concat(answers, ignore_index=True).merge(readings[columns], on=["check_name", "finding_key"], how="left")
    rows["is_open"] = rows["reading"].isna()
    rows["weight"] = [weight_of(*row) for row in zip(rows["check_name"], rows["weight"], strict=True)]
    rows["is_significant"] = rows["weight"] == WEIGHTS[0]
    order = ["is_significant", "is_open", "about", "check_name", "finding_key"]
    return (
        rows.assign(about=rows["check_name"].map(place_of))
        .sort_values(order, ascending=[False, False, True, True, True])
        .drop(columns="about")
        .reset_index(drop=True)
    )


def weight_of(check: str, weight: object) -> str:
    """Weigh a finding by the rule of weight; weight = of its reading, missing where there is none."""
    if check in PRINTED:
        return WEIGHTS[1]
    if isinstance(weight, str):
        return weight
    return WEIGHTS[1] if check in DATED else WEIGHTS[0]


def place_of(check: str) -> int:
    """Give the place of a check within a weight: about animals, about other facts, about dates, printed otherwise."""
    groups = (ABOUT_ANIMALS, frozenset[str](), DATED, PRINTED)
    return next((place for place, group in enumerate(groups) if check in group), 1)


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
        is_significant=any(row["is_significant"] for row in rows),
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


def side_by_side(ask: Ask) -> pd.DataFrame:
    """Give every difference as one document against another: found by checks, then seen by eye, significant first.

    Returns:
        subject_table, subject_id, subject, said_a, place_a, document_id_a, said_b, place_b, document_id_b, worked_out,
        treated_as (missing = not settled), why, is_significant, is_by_eye. What was seen by eye has no words of its two
        documents beside its subject, and may name further documents in `further_document_ids`.
    """
    by_rule = (
        find_contradictions(ask).rename(columns={"reading": "treated_as", "reason": "why"}).assign(is_by_eye=False)
    )
    eye = seen_by_eye(ask).rename(columns={"reading": "treated_as", "reason": "why"})
    eye = eye[eye["weight"].isin(WEIGHTS)]
    named = [["", ""] if pd.isna(keys) else [*str(keys).split(), "", ""] for keys in eye["document_ids"]]
    eye = eye.assign(
        is_by_eye=True,
        is_significant=eye["weight"] == WEIGHTS[0],
        document_id_a=[keys[0] for keys in named],
        document_id_b=[keys[1] for keys in named],
        further_document_ids=[" ".join(keys[2:]).strip() for keys in named],
    )
    rows = pd.concat([by_rule, eye], ignore_index=True)
    columns = [
        *["subject_table", "subject_id", "subject", "said_a", "place_a", "document_id_a", "said_b", "place_b"],
        *["document_id_b", "worked_out", "treated_as", "why", "is_significant", "is_by_eye", "further_document_ids"],
    ]
    return rows.reindex(columns=columns).sort_values(
        "is_significant", ascending=False, kind="stable", ignore_index=True
    )
