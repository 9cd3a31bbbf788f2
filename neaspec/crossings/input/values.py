"""Cells as numbers, counts and words. Every function is for whole columns of text ("" = empty)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

Mask = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
NUMBER = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$"
DECIMAL_COMMA = r"^[+-]?\d*,\d+$"
EMPTY_WORDS = ("NA", "N/A", "NaN", "nan", "null", "NULL", "None", "\\N", "-", "#N/A")
SEXES = {
    "female": "female",
    "f": "female",
    "♀": "female",
    "1 female": "female",
    "adult female": "female",
    "male": "male",
    "m": "male",
    "♂": "male",
    "1 male": "male",
    "adult male": "male",
}
AGES = {
    "adult": "adult",
    "ad": "adult",
    "a": "adult",
    "after hatch year": "adult",
    "subadult": "subadult",
    "sub-adult": "subadult",
    "sub adult": "subadult",
    "immature": "subadult",
    "imm": "subadult",
    "sa": "subadult",
    "juvenile": "juvenile",
    "juv": "juvenile",
    "j": "juvenile",
    "cub": "juvenile",
    "chick": "juvenile",
    "nestling": "juvenile",
    "hatch year": "juvenile",
    "young": "juvenile",
    "pullus": "juvenile",
    "kitten": "juvenile",
}
# Words of the standards that say why a row is left out.
CODES = frozenset(
    (
        "true",
        "false",
        "t",
        "f",
        "yes",
        "no",
        "y",
        "n",
        "animal",
        "human",
        "vehicle",
        "blank",
        "unknown",
        "unclassified",
        "event",
        "media",
        "setup",
        "calibration",
        "absent",
        "present",
        "none",
        "not detected",
        "doubtful",
        "excluded",
        "captive",
        "livingspecimen",
        "fossilspecimen",
        "preservedspecimen",
        "cultivated",
        "z",
        "no fix",
        "nofix",
    )
)


@dataclass(frozen=True)
class Numbers:
    """Numbers of a column: values (not a number where empty or unreadable) and which cells hold something else."""

    values: Floats
    unreadable: Mask


def trim_cells(column: "pd.Series[str]", empty_words: bool = True) -> "pd.Series[str]":
    """Return texts without white space at their ends (also the kinds spreadsheets leave); words for empty are empty."""
    values = pc.utf8_trim_whitespace(_arrow(column))
    if empty_words:
        is_empty = pc.is_in(values, value_set=pa.array(EMPTY_WORDS, pa.large_string()))
        values = pc.if_else(is_empty, "", values)
    return pd.Series(pc.fill_null(values, ""), index=column.index, dtype=column.dtype)


def numbers(column: "pd.Series[str]") -> Numbers:
    """Read numbers with a decimal point or comma; units and signs for thousands are not read.

    A single comma is taken as decimal: 127,123 is 127.123.
    """
    values = _arrow(trim_cells(column))
    is_empty = np.asarray(pc.equal(values, ""), dtype=bool)
    plain = _plain_numbers(values, is_empty)
    if plain is not None:
        return Numbers(plain, np.zeros(len(plain), dtype=bool))
    values = pc.replace_substring(values, "\u2212", "-")
    comma = pc.match_substring_regex(values, DECIMAL_COMMA)
    if pc.any(comma).as_py():
        values = pc.if_else(comma, pc.replace_substring(values, ",", "."), values)
    is_number = pc.match_substring_regex(values, NUMBER)
    texts = pc.if_else(is_number, values, pa.scalar(None, pa.large_string()))
    read = np.array(pc.cast(texts, pa.float64()).fill_null(np.nan), dtype="float64")
    unreadable = ~np.asarray(is_number) & ~is_empty
    infinite = np.isinf(read)
    return Numbers(np.where(infinite, np.nan, read), unreadable | infinite)


def _plain_numbers(values: pa.LargeStringArray, is_empty: Mask) -> Floats | None:
    """Read a column that holds nothing but plain finite numbers; None if it holds anything else."""
    try:
        read = pc.cast(pc.if_else(pa.array(is_empty), pa.scalar(None, pa.large_string()), values), pa.float64())
    except pa.ArrowInvalid:
        return None
    floats = np.array(read.fill_null(np.nan), dtype="float64")
    return floats if (np.isfinite(floats) | is_empty).all() else None


def by_kind(column: "pd.Series[str]", turn: Callable[["pd.Series[str]"], "pd.Series[str]"]) -> "pd.Series[str]":
    """Turn texts into others where few different ones stand many times: each is turned once."""
    codes, kinds = pd.factorize(column)
    turned = turn(pd.Series(kinds, dtype=column.dtype))
    return pd.Series(turned.array.take(codes), index=column.index)


def words(column: "pd.Series[str]", meanings: Mapping[str, str]) -> "pd.Series[str]":
    """Turn words into ours, whatever their case; words that are not known are empty."""

    def turn(kinds: "pd.Series[str]") -> "pd.Series[str]":
        return trim_cells(kinds).str.lower().map(dict(meanings)).fillna("").astype(column.dtype)

    return by_kind(column, turn)


def decode_words(codes: npt.NDArray[np.int64], words_of: Sequence[str]) -> "pd.Series[str]":
    """Return words by their places."""
    texts = pa.array(words_of, pa.large_string()).take(pa.array(codes))
    return pd.Series(texts, dtype=pd.StringDtype("pyarrow", na_value=np.nan))


def sexes(column: "pd.Series[str]") -> "pd.Series[str]":
    """Return female, male or empty."""
    return words(column, SEXES)


def ages(column: "pd.Series[str]") -> "pd.Series[str]":
    """Return adult, subadult, juvenile or empty."""
    return words(column, AGES)


def coded(column: "pd.Series[str]") -> "pd.Series[str]":
    """Return cells that a report may repeat: a small number, or a word of CODES; others are empty.

    Whatever a person wrote in a row that is left out can tell a place or a person.
    """
    whole = column.astype("str")
    keep = whole.str.fullmatch(r"[+-]?\d{1,2}(?::?\d{2})?") | whole.str.lower().isin(CODES)
    return whole.where(keep, "")


def truths(column: "pd.Series[str]", default: bool) -> Mask:
    """Read true and false (also t, f, 1, 0, yes, no); anything else is the default."""
    meant = words(
        column,
        dict.fromkeys(("true", "t", "1", "yes", "y"), "1") | dict.fromkeys(("false", "f", "0", "no", "n"), "0"),
    )
    return np.where((meant == "").to_numpy(), default, (meant == "1").to_numpy())


def _arrow(column: "pd.Series[str]") -> pa.LargeStringArray:
    texts = pa.array(column, pa.large_string(), from_pandas=True)
    return texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
