"""Frames as files and plain values: CSV for spreadsheets, rows for JSON."""

from typing import Any

import numpy as np
import pandas as pd

from neaspec.crossings.privacy.redact import redact_all
from neaspec.files import DANGEROUS


def as_csv(frame: pd.DataFrame) -> bytes:
    """Return rows as a CSV file for spreadsheets: with a byte order mark, nothing that would be run."""
    rows = zip(*(_cells(frame[name]) for name in frame.columns), strict=True)
    lines = [",".join(_quote(str(name)) for name in frame.columns), *map(",".join, rows), ""]
    return b"\xef\xbb\xbf" + "\r\n".join(lines).encode("utf-8", errors="replace")


def _cells(column: pd.Series) -> list[str]:
    """Write a column; each different value once, as most come again and again."""
    codes, asked = pd.factorize(column)
    written = np.array([*(_quote(_cell(value)) for value in asked.tolist()), ""], dtype=object)  # -1: nothing
    cells: list[str] = written[codes].tolist()
    return cells


def _cell(value: Any) -> str:
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    text = str(value)
    would_run = text.startswith(DANGEROUS) or text.lstrip().startswith(DANGEROUS)
    return f"'{text}" if isinstance(value, str) and would_run else text


def _quote(text: str) -> str:
    """Return a cell as RFC 4180 writes it."""
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in ',"\r\n') else text


def plain_records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return rows as plain values without positions; what is missing is null."""
    texts = frame.select_dtypes(include=["str", "object"]).columns
    return plain_values(frame.assign(**{name: redact_all(frame[name]) for name in texts}))


def plain_values(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return rows as plain values; what is missing is null."""
    columns = {
        str(name): [None if pd.isna(value) else value for value in frame[name].tolist()] for name in frame.columns
    }
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)] if columns else []
