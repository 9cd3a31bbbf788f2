"""Made-up results of field data at the public level: rows of crossings, stays and places."""

from typing import Any

import pandas as pd

CROSSING: dict[str, Any] = {
    "individual_key": "T1",
    "individual": "T1",
    "species_id": "steppe_cat",
    "taxon": "Felis ficta",
    "from_country_code": "MNG",
    "to_country_code": "RUS",
    "grade": "confirmed",
    "reasons": "",
    "left_period": "spring 2020",
    "arrived_period": "summer 2020",
    "start": "2020-03",
    "end": "2020-08",
    "gap_days": pd.NA,
    "gap_months": 3,
    "time_level": "season",
    "from_place_kind": "site",
    "from_place_id": "site:steppe_park",
    "to_place_kind": "site",
    "to_place_id": "site:pine_reserve",
    "evidence": "camera",
    "sex": "male",
    "age": "adult",
    "from_source": "a.csv",
    "from_row": 5,
    "to_source": "b.csv",
    "to_row": 7,
}
STAY: dict[str, Any] = {
    "individual_key": "T1",
    "individual": "T1",
    "species_id": "steppe_cat",
    "taxon": "Felis ficta",
    "stay": 1,
    "country_code": "MNG",
    "arrived_period": "winter 2020",
    "left_period": "spring 2020",
    "start": "2020-01",
    "end": "2020-03",
    "records": 4,
    "is_solid": True,
    "first_place_id": "site:steppe_park",
    "last_place_id": "cell:1:49.5:114.5",
    "evidence": "camera genetic",
    "sex": "male",
    "age": "adult",
    "data_sets": "north",
}
CELL: dict[str, Any] = {
    "species_id": "steppe_cat",
    "taxon": "Felis ficta",
    "place_kind": "site",
    "place_id": "site:steppe_park",
    "animals": 2,
    "latitude": 49.5,
    "longitude": 114.5,
}


def rows(like: dict[str, Any], *changes: dict[str, Any]) -> pd.DataFrame:
    """Return one row for each change of a made-up row; without any, no row with all columns."""
    return pd.DataFrame([like | change for change in changes], columns=list(like))
