"""Make data/energy_plants.csv: the plants near the sites on record, from two public tables.

    python -m tools.energy_plants power_plants.csv hydropower.csv

power_plants.csv: rows of the Global Power Plant Database; hydropower.csv: rows of the Global Hydropower Tracker; both
with the columns plant_id or row_id, name, country_code, area_name, fuel, capacity_mw, status, commissioning_year,
latitude, longitude, place_check. Kept are plants of member States within 100 km of a site that has a point, as far as
the check of their place found no fault. Hydropower from 75 MW on is taken from the tracker alone, which is newer.
Places are rounded to a hundredth of a degree: they are often wrong by more.
"""

import sys
from pathlib import Path

import pandas as pd
import pyproj

from neaspec.files import atomic_write
from neaspec.paths import DATA_DIR
from neaspec.region import MEMBERS
from neaspec.shapes.listed_ground import LISTED_KM

TRACKED_MW = 75  # hydropower from here on is in the tracker
PLACES_KEPT = ("inside", "within 5 km of the land")
COLUMNS = [
    "plant_id",
    "name",
    "country_code",
    "area_name",
    "fuel",
    "capacity_mw",
    "status",
    "commissioning_year",
    "latitude",
    "longitude",
    "coordinate_precision_deg",
    "document_id",
    "locator",
    "as_of",
    "caveat_ids",
    "note",
]
# Faults that were found by holding both tables, other public sources and the land against each other.
NOTES = {
    "Rajin": "Stands near Chongjin; the city of that name is about 65 km farther north-east.",
    "Shinan": "The place is in the north-east of the country, the county of that name in its south-west.",
    "Iwaya Ecopower": "Other public sources have another place.",
    "Salkhit": "Other public sources have a place 75 km away.",
    "Yeongheung": "Listed twice.",
    "Sungsan": "Listed twice.",
    "Unbong": "Two sources are 322 km apart.",
}


def near_sites(plants: pd.DataFrame, sites: pd.DataFrame) -> pd.Series:
    """Tell which plants lie within the distance of a site."""
    earth = pyproj.Geod(ellps="WGS84")
    near = pd.Series(False, index=plants.index)
    for site in sites.itertuples(index=False):
        count = len(plants)
        _, _, metres = earth.inv(
            [site.longitude] * count, [site.latitude] * count, plants["longitude"].tolist(), plants["latitude"].tolist()
        )
        near |= pd.Series(metres, index=plants.index) <= LISTED_KM * 1000
    return near


def rows_of(plants: pd.DataFrame, key: str, document_id: str, as_of: str) -> pd.DataFrame:
    """Return plants of one table as rows of ours."""
    sites = pd.read_csv(DATA_DIR / "sites.csv").dropna(subset=["latitude", "longitude"])
    kept = plants[plants["country_code"].isin(MEMBERS) & plants["place_check"].isin(PLACES_KEPT)]
    kept = kept[near_sites(kept, sites)]
    out = kept.assign(
        plant_id=kept[key].str.lower().str.replace("-", "_"),
        status=kept.get("status", ""),
        commissioning_year=kept["commissioning_year"].astype("Int64"),
        latitude=kept["latitude"].round(2),
        longitude=kept["longitude"].round(2),
        coordinate_precision_deg=0.01,
        document_id=document_id,
        locator="row " + kept[key],
        as_of=as_of,
        caveat_ids="plant_place_uneven",
        note=kept["name"].map(NOTES),
    )
    out["status"] = out["status"].astype("str").str.replace("-", "_")
    return out[COLUMNS]


def main(power_plants: Path, hydropower: Path) -> None:
    """Write the table."""
    all_kinds = pd.read_csv(power_plants)
    tracked = (all_kinds["fuel"] == "hydro") & (all_kinds["capacity_mw"] >= TRACKED_MW)
    made = [
        rows_of(all_kinds[~tracked], "plant_id", "wri_global_power_plant_database_2021", ""),
        rows_of(pd.read_csv(hydropower), "row_id", "gem_global_hydropower_tracker_2025", "2025-04"),
    ]
    table = pd.concat(made).sort_values("plant_id")
    text = table.to_csv(index=False, lineterminator="\n", float_format="%g")
    atomic_write(DATA_DIR / "energy_plants.csv", text.encode())
    print(f"{len(table)} plants, {len(text) / 1000:.0f} kB")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
