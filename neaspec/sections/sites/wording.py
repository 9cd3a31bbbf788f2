"""How levels of protection and figures of sites are written, for all parts of the page of sites."""

from collections import Counter
from collections.abc import Mapping
from typing import cast

import pandas as pd

from neaspec.blocks import ColumnKind, Columns
from neaspec.text import Words, is_empty

TOTALS = ["international", "national", "partial", "other"]
LEVELS = ["international", "national", "subnational", "none", "not_known"]


def level_words(words: Words, level: str, standing: object = None) -> str:
    """Write a level of protection, with what it alone does not tell; no protection and not known are two things."""
    named = words("sites.no_protection" if level == "none" else f"sites.{level}")
    return named if is_empty(standing) else words(f"sites.standing_{standing}", level=named)


def level_totals(words: Words, totals: pd.DataFrame) -> str:
    """Write how many sites have international, national, partial and any other protection; no count of what lacks."""
    kinds = totals["level"].mask((totals["standing"] == "one_side") & (totals["level"] != "none"), "partial")
    kinds = kinds.replace({"subnational": "partial", "none": "other", "not_known": "other"})
    counted = Counter(kinds)
    return words.listed(words(f"sites.total_{kind}", count=counted[kind]) for kind in TOTALS if counted[kind])


def capital(text: str) -> str:
    """Write the first letter large, as a word that stands alone."""
    return text[:1].upper() + text[1:]


def filled(rows: pd.DataFrame, columns: Mapping[str, str]) -> Columns:
    """Leave out columns without any value: on a phone every column counts."""
    return {name: cast(ColumnKind, kind) for name, kind in columns.items() if rows[name].notna().any()}
