"""Rows ready for data/movements.csv: what confirmed crossings say of each species and pair of countries.

A row counts animals with a confirmed crossing. If all of them went one way it is a journey, else the animals are known
on both sides. The table keeps statements of documents, so `document_id` and `locator` stay empty until somebody names
the document that states it; everything else keeps the description of the table.
"""

from typing import Any

import pandas as pd

from neaspec.crossings.publish import PublicResults
from neaspec.data.description import read_description, tables_of
from neaspec.paths import DATA_DIR
from neaspec.text import Words

METHODS = {
    "camera": "camera_trap",
    "genetic": "genetic",
    "gps": "telemetry",
    "ring": "ring",
    "sighting": "observation",
    "tracks": "tracks",
}
GENERALISED = "place_generalised"  # a key of data/caveats.csv


def movement_columns() -> list[str]:
    """Return the columns of data/movements.csv in their order."""
    (table,) = (described for described in tables_of(read_description(DATA_DIR)) if described["name"] == "movements")
    return [str(field["name"]) for field in table["schema"]["fields"]]


def statement_rows(results: PublicResults, words: Words) -> pd.DataFrame:
    """Return one row for each species of these data and pair of countries, as text.

    Args:
        results: the public results.
        words: of the note.
    """
    known = results.crossings[(results.crossings["grade"] == "confirmed") & (results.crossings["species_id"] != "")]
    start, end = known["from_country_code"], known["to_country_code"]
    known = known.assign(country_a=start.where(start < end, end), country_b=end.where(start < end, start))
    rows = [
        _row(rows, str(species), str(one), str(other), results, words)
        for (species, one, other), rows in known.groupby(["species_id", "country_a", "country_b"], sort=True)
    ]
    return pd.DataFrame(rows, columns=movement_columns(), dtype="str").fillna("")


def _row(
    crossings: pd.DataFrame, species: str, country: str, other: str, results: PublicResults, words: Words
) -> dict[str, str]:
    ways = set(crossings["from_country_code"])
    if len(ways) == 1 and country not in ways:
        country, other = other, country
    animals = crossings.drop_duplicates("individual_key")
    size = min(crossings["start"].str.len().min(), crossings["end"].str.len().min())
    first, last = crossings["start"].str[:size].min(), crossings["end"].str[:size].max()
    method, *more = _methods(crossings)
    said = [words("crossings.statement_note", sets=_data_sets(crossings, results))]
    if more:
        said.append(
            words("crossings.statement_note_methods", methods=", ".join(words.term("method", one) for one in more))
        )
    return {
        "movement_id": f"{species}_{country}_{other}_{first}_{last}".lower().replace("-", "_"),
        "species_id": species,
        "from_country_code": country,
        "to_country_code": other,
        "from_site_id": _site(crossings, country),
        "to_site_id": _site(crossings, other),
        "movement_kind": "journey" if len(ways) == 1 else "both_sides",
        "method": method,
        "animal_name": str(animals["individual"].iloc[0]) if len(animals) == 1 else "",
        "individuals": str(len(animals)),
        "females": str((animals["sex"] == "female").sum()),
        "males": str((animals["sex"] == "male").sum()),
        "unknown_sex": str((~animals["sex"].isin(["female", "male"])).sum()),
        "qualifier": "exact",
        "date_from": str(first),
        "date_to": str(last),
        "as_of": str(last),
        "caveat_ids": GENERALISED,
        "note": " ".join([*said, words("crossings.statement_open")]),
    }


def _methods(crossings: pd.DataFrame) -> list[str]:
    """Return the methods behind crossings, the one most animals rest on first."""
    kinds: Any = crossings.assign(kind=crossings["evidence"].str.split()).explode("kind")
    kinds = kinds[kinds["kind"].isin(list(METHODS))]
    counted = kinds.groupby("kind")["individual_key"].nunique()
    by_frequency = sorted(counted.index, key=lambda kind: (-counted[kind], kind))
    return [METHODS[kind] for kind in by_frequency] or ["not_stated"]


def _site(crossings: pd.DataFrame, country: str) -> str:
    """Return the one site all crossings begin or end at in a country; empty if there is none or more than one."""
    left = crossings.loc[crossings["from_country_code"] == country, "from_place_id"]
    reached = crossings.loc[crossings["to_country_code"] == country, "to_place_id"]
    places = set(left) | set(reached)
    (place,) = places if len(places) == 1 else ("",)
    return place.removeprefix("site:") if place.startswith("site:") else ""


def _data_sets(crossings: pd.DataFrame, results: PublicResults) -> str:
    of_them = results.stays[results.stays["individual_key"].isin(crossings["individual_key"])]
    return "; ".join(sorted({name for text in of_them["data_sets"] for name in str(text).split(" | ") if name}))
