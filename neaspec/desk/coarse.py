"""Exact places of sensitive animals are made coarse before a submission is stored, not when it is shown."""

from collections.abc import Mapping
from typing import Any

COARSE_DEGREES = 0.1  # about 10 km; what is not said to be harmless is told no finer
POSITIONS = ("latitude", "longitude")


def coarse(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return a submission whose positions are told to COARSE_DEGREES, unless its row is said not to be sensitive.

    The precision that the row states is set with them. A text that is no number is left out: it may hold any place.
    """
    row = dict(content.get("row", {}))
    said = row.get("is_sensitive") or content.get("is_sensitive", "")  # of a correction: what stands on record
    if str(said).strip().casefold() == "false" or not any(row.get(name) for name in POSITIONS):
        return dict(content)
    for name in POSITIONS:
        if row.get(name) not in (None, ""):
            row[name] = _rounded(str(row[name]))
    row["coordinate_precision_deg"] = str(COARSE_DEGREES)
    return {**content, "row": row}


def _rounded(text: str) -> str:
    try:
        return f"{round(float(text) / COARSE_DEGREES) * COARSE_DEGREES:.1f}"
    except (ValueError, OverflowError):
        return ""
