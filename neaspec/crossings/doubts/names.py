"""Names that may mean one animal: told, never joined, except one number written in two ways inside one data set."""

import re
import unicodedata
from typing import Any

import pandas as pd

from neaspec.crossings.identity.identities import SAMPLE
from neaspec.crossings.model.records import MOST_EXAMPLES, DoubtCode, DoubtfulRows, Example
from neaspec.crossings.privacy.redact import redact

# Letters of Cyrillic and Greek that look like Latin ones.
ALIKE = str.maketrans("авекмнорстухіјԛѕԝαβεικνορτυχ", "abekmhopctyxijqswabeiknoptux")
_MARKS = re.compile(r"[\s._\-–—/#№]+")
_DECIMALS = re.compile(r"^(\d+)\.0+$")
_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
LEAST_LETTERS = 4  # names of two data sets that are shorter are alike too often
MOST_ALIKE = 50  # names of one form that are set side by side
MOST_NAMES = 200_000  # of more animals no list is made that anybody reads


def skeleton(name: str) -> str:
    """Return what is left of a name when the ways of writing it are taken off.

    >>> skeleton("Т-007") == skeleton("T 7")
    True
    """
    text = _DECIMALS.sub(r"\1", unicodedata.normalize("NFKC", name).strip()).casefold().translate(ALIKE)
    return _ZEROS.sub("", _MARKS.sub("", text))


def tell_names(statements: pd.DataFrame, joined: pd.DataFrame, same_fixes: pd.DataFrame) -> DoubtfulRows:
    """Return doubts about names.

    Args:
        statements: SEEN_COLUMNS and final_key.
        joined: individual_key, joined_key of names that were taken as one.
        same_fixes: individual_key, other_key of animals that have the same fixes.
    """
    doubts = DoubtfulRows()
    _add(doubts, "names_joined", [(str(one), str(other)) for one, other in joined.itertuples(index=False)])
    _add(doubts, "same_fixes", [(str(one), str(other)) for one, other in same_fixes.itertuples(index=False)])
    _add(doubts, "names_alike", _alike(statements))
    return doubts


def _alike(statements: pd.DataFrame) -> list[tuple[str, str]]:
    """Return pairs of animals whose names differ in their writing only."""
    names = statements[["final_key", "data_set", "individual"]].drop_duplicates(["final_key", "individual"])
    names = names[~names["individual"].str.startswith(SAMPLE)]
    if len(names) > MOST_NAMES:
        return []
    different = names["individual"].unique()
    names = names.assign(form=names["individual"].map({name: skeleton(str(name)) for name in different}))
    names = names[(names["form"] != "") & names["form"].duplicated(keep=False)]
    pairs = []
    for form, group in names.groupby("form", sort=True):
        rows: list[Any] = list(group.sort_values(["final_key", "individual"]).head(MOST_ALIKE).itertuples(index=False))
        for place, one in enumerate(rows):
            for other in rows[place + 1 :]:
                is_long = len(str(form)) >= LEAST_LETTERS or one.data_set == other.data_set
                differs = one.individual != other.individual or one.data_set != other.data_set
                if one.final_key != other.final_key and is_long and differs:
                    pairs.append((str(one.final_key), str(other.final_key)))
    return sorted(set(pairs))


def _add(doubts: DoubtfulRows, code: DoubtCode, pairs: list[tuple[str, str]]) -> None:
    if pairs:
        doubts.counts["", code] = len(pairs)
        named = [Example(0, "", redact(f"{one} | {other}")) for one, other in pairs[:MOST_EXAMPLES]]
        doubts.examples["", code] = named
