"""The least number of animals known alive in each season, on each side and on all sides together.

An animal counts where and when a record of it supports the State; it is known alive too in a season in which nobody saw
it, if it was seen before and after (enumeration: Krebs, Ecological Monographs 36, 1966). Nothing is estimated: it is a
least number, and it rests on the effort that stands beside it.

Zero, not surveyed and not reported are three things: zero is a season with cameras and no animal; a season without
cameras on a side that tells its effort is not surveyed; a side that tells no effort has not reported it.
"""

from typing import Any, Literal, get_args

import numpy as np
import pandas as pd

Status = Literal["surveyed", "not_surveyed", "not_reported"]
STATUSES: tuple[Status, ...] = get_args(Status)
KEYS = ["species_id", "taxon"]
ALL_SIDES = ""
COUNTS = ("seen", "new", "seen_again", "not_seen", "known_alive", "lost", "on_both_sides")
ALIVE_COLUMNS = (*KEYS, "country_code", "season", "status", *COUNTS)


def known_alive(seen: pd.DataFrame, surveyed: pd.DataFrame, seasons: int) -> pd.DataFrame:
    """Count the animals of each season.

    Args:
        seen: species_id, taxon, individual_key, country_code, season (number); rows may repeat.
        surveyed: country_code, season, with cameras; a side that is not in it has reported no effort.
        seasons: how many there are; numbers begin at 0.

    Returns:
        ALIVE_COLUMNS, every season of every side that a species has records of or that reports effort. seen: with a
        record in the season; new: for the first time on this side; seen_again: the others; not_seen: without a record,
        seen before and after; known_alive: seen and not_seen together; lost: seen in the season before and in none
        since; on_both_sides: of those seen, with a record on another side in the same season. Numbers are empty where a
        season was not surveyed and nothing was seen, and for the side "" (all sides) if no side was surveyed.
    """
    rows = seen[[*KEYS, "individual_key", "country_code", "season"]].drop_duplicates()
    sides = sorted(set(rows["country_code"]) | set(surveyed["country_code"]))
    parts = []
    for (species, taxon), of_species in rows.groupby(KEYS, sort=True):
        in_two = _in_two(of_species)
        for side in (*sides, ALL_SIDES):
            own = of_species if side == ALL_SIDES else of_species[of_species["country_code"] == side]
            counted = _counts(own, in_two, seasons)
            status = _status(surveyed, side, seasons)
            is_open = (status != "surveyed") & (counted["seen"] == 0)
            numbers = counted.astype("Int64").mask(pd.Series(is_open))
            parts.append(
                numbers.assign(
                    species_id=str(species),
                    taxon=str(taxon),
                    country_code=side,
                    season=np.arange(seasons),
                    status=status,
                )
            )
    if not parts:
        return pd.DataFrame(
            {name: pd.Series(dtype="str" if name in (*KEYS, "status") else "Int64") for name in ALIVE_COLUMNS}
        )
    return pd.concat(parts, ignore_index=True)[list(ALIVE_COLUMNS)]


def _in_two(rows: pd.DataFrame) -> pd.DataFrame:
    """Return animals and seasons with records on two sides or more."""
    sides: pd.DataFrame = rows.groupby(["individual_key", "season"], as_index=False).agg(
        sides=("country_code", "nunique")
    )
    return sides.loc[sides["sides"] > 1, ["individual_key", "season"]]


def _counts(rows: pd.DataFrame, in_two: pd.DataFrame, seasons: int) -> pd.DataFrame:
    once = rows[["individual_key", "season"]].drop_duplicates()
    animals, codes = once["individual_key"].unique(), pd.factorize(once["individual_key"])[0]
    grid = np.zeros((len(animals), seasons), dtype=bool)
    grid[codes, once["season"].to_numpy(dtype=np.int64)] = True
    before = np.cumsum(grid, axis=1) - grid > 0  # seen in an earlier season
    after = np.cumsum(grid[:, ::-1], axis=1)[:, ::-1] - grid > 0
    was_last = np.zeros_like(grid)
    was_last[:, 1:] = (grid & ~after)[:, :-1]
    both = once.merge(in_two, on=["individual_key", "season"])
    counts: dict[str, Any] = {
        "seen": grid.sum(axis=0),
        "new": (grid & ~before).sum(axis=0),
        "seen_again": (grid & before).sum(axis=0),
        "not_seen": (~grid & before & after).sum(axis=0),
        "lost": was_last.sum(axis=0),
        "on_both_sides": np.bincount(both["season"].to_numpy(dtype=np.int64), minlength=seasons),
    }
    counts["known_alive"] = counts["seen"] + counts["not_seen"]
    return pd.DataFrame(counts)[list(COUNTS)]


def _status(surveyed: pd.DataFrame, side: str, seasons: int) -> "np.ndarray[Any, Any]":
    own = surveyed if side == ALL_SIDES else surveyed[surveyed["country_code"] == side]
    if own.empty:
        return np.full(seasons, "not_reported", dtype=object)
    with_cameras = set(own["season"].tolist())
    return np.array(["surveyed" if number in with_cameras else "not_surveyed" for number in range(seasons)], object)
