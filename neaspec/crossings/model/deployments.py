"""Where cameras stood and for how long: what effort and capture histories are made of.

Like records, frames of deployments hold exact positions and never leave memory; joint/effort.py turns them into counts
of States, and into places at the public level.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd

DEPLOYMENT_COLUMNS: dict[str, str] = {
    "data_set": "str",  # name space, as in records
    "source": "str",
    "deployment": "str",  # deploymentID, or the station where there is none
    "station": "str",  # locationID or name; cameras of one station stand at one spot
    "longitude": "float64",  # WGS84 degrees; not a number where only a country is declared
    "latitude": "float64",
    "uncertainty_m": "float64",
    "declared_country": "str",  # ISO 3166 alpha-3; empty = not declared
    "site": "str",
    "begin": "datetime64[us]",  # UTC without zone, or as the camera wrote it; not a time = not stated
    "end": "datetime64[us]",
    "time_quality": "str",  # of both: see model/records.py
}


def as_deployments(columns: Mapping[str, Any], length: int) -> pd.DataFrame:
    """Make a frame of deployments from the columns a reader knows; the others are empty."""
    blank: dict[str, Any] = {"str": "", "float64": float("nan"), "datetime64[us]": pd.NaT}
    cells = {}
    for name, kind in DEPLOYMENT_COLUMNS.items():
        values = columns.get(name, blank[kind])
        values = values.array if isinstance(values, pd.Series) else values
        series = pd.Series(values, index=range(length))
        cells[name] = (series.fillna("") if kind == "str" else series).astype(kind)  # type: ignore[call-overload]
    return pd.DataFrame(cells)


def no_deployments() -> pd.DataFrame:
    """Return a frame of no deployments."""
    return as_deployments({}, 0)
