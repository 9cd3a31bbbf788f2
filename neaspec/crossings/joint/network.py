"""Sections of the border that animals crossed, and the network of places they link; all at the public level."""

import pandas as pd

KEYS = ["species_id", "taxon"]
SECTION_COLUMNS = (
    *KEYS,
    "country_a",
    "place_a",
    "country_b",
    "place_b",
    "animals",
    "crossings",
    "a_to_b",
    "b_to_a",
    "first",
    "last",
)
LINK_COLUMNS = (*KEYS, "country_a", "place_a", "country_b", "place_b", "animals")
GRADED = ("confirmed", "probable")


def sections(crossings: pd.DataFrame) -> pd.DataFrame:
    """Return the sections of the border: pairs of places between which animals crossed.

    Args:
        crossings: PublicResults.crossings.

    Returns:
        SECTION_COLUMNS. Countries are in the order of the alphabet; animals, crossings and both ways count those that
        are confirmed or probable; first and last are the ends of the periods told.
    """
    rows = crossings[crossings["grade"].isin(GRADED)]
    is_ahead = rows["from_country_code"] < rows["to_country_code"]
    ends = {
        "country_a": rows["from_country_code"].where(is_ahead, rows["to_country_code"]),
        "place_a": rows["from_place_id"].where(is_ahead, rows["to_place_id"]),
        "country_b": rows["to_country_code"].where(is_ahead, rows["from_country_code"]),
        "place_b": rows["to_place_id"].where(is_ahead, rows["from_place_id"]),
    }
    keys = [*KEYS, *ends]
    counted = rows.assign(**ends, is_ahead=is_ahead.astype("int64"), is_back=(~is_ahead).astype("int64"))
    table: pd.DataFrame = counted.groupby(keys, as_index=False).agg(
        animals=("individual_key", "nunique"),
        crossings=("individual_key", "size"),
        a_to_b=("is_ahead", "sum"),
        b_to_a=("is_back", "sum"),
        first=("start", "min"),
        last=("end", "max"),
    )
    return table[list(SECTION_COLUMNS)].sort_values(keys, ignore_index=True)


def links(seen: pd.DataFrame) -> pd.DataFrame:
    """Return the network of places: how many animals have records in both places of a pair.

    Args:
        seen: species_id, taxon, individual_key, country_code, told_place_id (as the public level tells it).

    Returns:
        LINK_COLUMNS; place_a comes before place_b. A place that is told as a whole State is no place of a network.
    """
    rows = seen[~seen["told_place_id"].str.startswith("country:") & (seen["told_place_id"] != "")]
    rows = rows[[*KEYS, "individual_key", "country_code", "told_place_id"]].drop_duplicates()
    pairs = rows.merge(rows, on=[*KEYS, "individual_key"], suffixes=("_a", "_b"))
    pairs = pairs[pairs["told_place_id_a"] < pairs["told_place_id_b"]].rename(
        columns={
            "country_code_a": "country_a",
            "country_code_b": "country_b",
            "told_place_id_a": "place_a",
            "told_place_id_b": "place_b",
        }
    )
    keys = [name for name in LINK_COLUMNS if name != "animals"]
    table: pd.DataFrame = pairs.groupby(keys, as_index=False).agg(animals=("individual_key", "nunique"))
    return table[list(LINK_COLUMNS)].sort_values(keys, ignore_index=True)
