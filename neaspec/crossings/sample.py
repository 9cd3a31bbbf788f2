"""What the made-up sample gives, kept beside it at the public level: a page shows it without working it out."""

from functools import lru_cache

import pandas as pd

from neaspec.paths import SAMPLE_DIR

PICTURE = SAMPLE_DIR / "picture" / "stays.csv"
# The columns of PublicResults.stays that the picture needs.
STAY_COLUMNS = (
    "individual_key",
    "individual",
    "species_id",
    "taxon",
    "stay",
    "country_code",
    "arrived_period",
    "left_period",
    "start",
    "end",
    "records",
    "is_solid",
    "first_place_id",
    "last_place_id",
    "evidence",
    "sex",
    "age",
    "data_sets",
)
_NUMBERS = ("stay", "records", "is_solid")


@lru_cache(maxsize=1)
def sample_stays() -> pd.DataFrame:
    """Return the stays of the animals of the sample that crossed."""
    rows = pd.read_csv(
        PICTURE,
        encoding="utf-8",
        dtype={name: str for name in STAY_COLUMNS if name not in _NUMBERS},
        keep_default_na=False,
    )
    return rows[list(STAY_COLUMNS)]
