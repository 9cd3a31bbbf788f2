"""Places with few animals are told one level wider, so that no single animal can be found.

A cell is one species in one place of one country in one season. With fewer animals than the set number it is merged
into the next wider place; what came together there is counted again. The country is the widest place and is kept
however few animals it has. The same answer holds for every table and map, so that nothing can be taken from the
difference of two of them.
"""

from collections.abc import Mapping

import pandas as pd

from neaspec.crossings.privacy.generalise import kind_of_place, wider_place

CELL = ["kind_of_animal", "country_code", "start", "place_id"]
# Finest first: what is merged out of the first is counted in the second.
STEPS = (("site", "degree_0_1"), ("landscape", "degree_1"))


def merge_small_cells(seen: pd.DataFrame, smallest: int, of_sites: Mapping[tuple[str, str], str]) -> pd.DataFrame:
    """Return the place each cell is told by.

    Args:
        seen: CELL and individual_key; rows may repeat.
        smallest: number of animals from which a cell is told by itself.
        of_sites: (site, country) -> landscape, see generalise.landscapes_of_sites.

    Returns:
        CELL and told_place_id, one row for each cell.
    """
    rows = seen[[*CELL, "individual_key"]].drop_duplicates(ignore_index=True)
    rows["told_place_id"] = rows["place_id"]
    now = ["kind_of_animal", "country_code", "start", "told_place_id"]
    for kinds in STEPS:
        once = rows[[*now, "individual_key"]].drop_duplicates()
        counted = once.groupby(now, as_index=False, sort=False).size()
        names = {place: kind_of_place(place) for place in counted["told_place_id"].unique()}
        is_small = (counted["size"] < smallest) & counted["told_place_id"].map(names).isin(kinds)
        small = counted[is_small].drop(columns="size")
        if small.empty:
            continue
        pairs = small[["told_place_id", "country_code"]].drop_duplicates()
        wider = [wider_place(place, code, of_sites) for place, code in pairs.itertuples(index=False)]
        small = small.merge(pairs.assign(wider=wider), on=["told_place_id", "country_code"])
        rows = rows.merge(small, on=now, how="left")
        rows["told_place_id"] = rows["wider"].fillna(rows["told_place_id"])
        rows = rows.drop(columns="wider")
    return rows[[*CELL, "told_place_id"]].drop_duplicates(ignore_index=True)


def look_up_places(asked: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
    """Return the place and kind of place of rows, and whether it is wider than their rule asks.

    Args:
        asked: CELL. A place that no cell knows is told by its country.
        cells: of `merge_small_cells`.

    Returns:
        place_kind, place_id, is_merged, aligned with `asked`.
    """
    kept = asked[CELL].reset_index(drop=True).merge(cells, on=CELL, how="left")["told_place_id"].set_axis(asked.index)
    country = ("country:" + asked["country_code"]).where(asked["country_code"] != "", "")
    place = kept.fillna(country).astype("str").where(asked["place_id"] != "", "")
    names = {name: kind_of_place(name) for name in place.unique()}
    return pd.DataFrame(
        {"place_kind": place.map(names).astype("str"), "place_id": place, "is_merged": place != asked["place_id"]}
    )
