"""Names of projects, their periods, States and species in words, shared by the parts of the page."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from neaspec.data.queries import Ask
from neaspec.palette import SIGNS
from neaspec.sections.common import rows_of
from neaspec.text import Words, is_empty


def project_period(words: Words, start: object, end: object) -> str:
    """Write when a project ran; say it where only the beginning or only the end is stated. Nothing if neither is."""
    if is_empty(start) == is_empty(end):
        return words.period(start, end)
    key, known = ("projects.to_only", end) if is_empty(start) else ("projects.from_only", start)
    return words(key, date=words.date(str(known)))


def row_name(row: pd.Series, words: Words) -> str:
    """Name a project, or a component of it."""
    if pd.isna(row["component_number"]):
        return str(row["short_title"])
    return words("projects.component", project=row["short_title"], number=int(row["component_number"]))


def part_name(row: pd.Series, words: Words) -> str:
    """Name a part of a project's money."""
    if row["part"] == "component":
        return words("projects.part_component", number=int(row["component_number"]))
    return words(f"projects.part_{row['part']}")


def species_signs(ask: Ask) -> dict[str, str]:
    """Return the sign of each species as a letter."""
    return {row.species_id: SIGNS[row.marker] for row in rows_of(ask("species_styles"))}


def signs_of(row: Any, signs: Mapping[str, str]) -> str:
    """Return the signs of the species of a project, in the order in which species are always listed."""
    own = set() if is_empty(row.species_ids) else set(str(row.species_ids).split())
    return "".join(sign for species_id, sign in signs.items() if species_id in own)
