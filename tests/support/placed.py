"""Placed records for tests: what places.py would have made, written down by hand."""

from collections.abc import Iterable

import pandas as pd

from neaspec.crossings.model.records import PLACED_COLUMNS

USUAL = {
    "data_set": "study",
    "source": "fixes.csv",
    "species_id": "white_naped_crane",
    "taxon": "Antigone vipio",
    "time_quality": "utc_by_standard",
    "evidence": "gps",
    "basis": "position",
    "zone": "inside",
    "is_contradicted": False,
    "place_kind": "degree_1",
    "place_id": "cell:1:47.5:117.5",
    "sex": "",
    "age": "",
    "count": 1.0,
    "doubts": "",
    "offset_minutes": 0,
}


def placed(rows: Iterable[tuple[str, str, str, dict]]) -> pd.DataFrame:
    """Make placed records of (animal, time, country, what differs from the usual); lines are counted from 2."""
    made = [
        USUAL
        | {
            "individual_key": f"study: {animal}",
            "individual": animal,
            "time": pd.Timestamp(time),
            "country_code": country,
            "row": line,
        }
        | other
        for line, (animal, time, country, other) in enumerate(rows, start=2)
    ]
    return pd.DataFrame(made, columns=list(PLACED_COLUMNS)).astype(PLACED_COLUMNS)


EDGE = {"zone": "border_zone"}
SEA = {"zone": "sea", "basis": "none"}
COAST = {"zone": "sea", "basis": "coast"}
BEYOND = {"zone": "outside", "basis": "none"}
CAMERA = {"evidence": "camera", "basis": "declared", "time_quality": "offset_given"}
