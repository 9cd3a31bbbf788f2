"""Capture histories: which animal was met at which trap on which occasion, with the effort of each trap.

Public ones hold what the rules allow: a trap is a place at the public level (for big cats a protected area or the land
near a border, never a cell or a camera), an occasion is a season, a session the year from March to February. They tell
who was where in which season; they are too coarse to estimate a density from. Exact ones, with the cameras themselves
and occasions of some days, are made on the command line alone, for the holder who asks for them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyproj

from neaspec.crossings.joint.effort import DAY, days_of, spells
from neaspec.crossings.joint.periods import season_marks, season_words
from neaspec.crossings.model.parameters import Parameters
from neaspec.crossings.privacy.generalise import kind_of_place
from neaspec.crossings.privacy.place_names import points
from neaspec.crossings.privacy.rules import Rules

KEYS = ["species_id", "taxon"]
CAPTURE_COLUMNS = ("session", "animal_id", "animal", "sex", "occasion", "trap")
TRAP_COLUMNS = ("trap", "place_id", "country_code", "x", "y")
USAGE_COLUMNS = ("session", "trap", "occasion", "camera_days")
SEASONS_OF_A_SESSION = 4
_COARSENESS = {"site": 0, "degree_0_1": 0, "landscape": 1, "degree_1": 1, "country": 2, "none": 3}


@dataclass(frozen=True)
class CaptureHistory:
    """The history of one kind of animal.

    Attributes:
        species_id, taxon: of the animals.
        captures: CAPTURE_COLUMNS, each once.
        traps: TRAP_COLUMNS; x and y in metres from `origin`, not a number where a point would mislead.
        usage: USAGE_COLUMNS; what is not there is zero.
        sessions: name -> number of occasions, in order.
        origin: latitude and longitude that x and y are counted from, whole degrees.
        is_exact: traps are cameras.
    """

    species_id: str
    taxon: str
    captures: pd.DataFrame
    traps: pd.DataFrame
    usage: pd.DataFrame
    sessions: Mapping[str, int]
    origin: tuple[float, float]
    is_exact: bool = False


def public_histories(
    seen: pd.DataFrame, placed: pd.DataFrame, places: Mapping[tuple[str, str], "pd.Series[str]"], rules: Rules
) -> list[CaptureHistory]:
    """Return the history of each kind of animal that cameras met.

    Args:
        seen: species_id, taxon, individual_key, country_code, place_id, told_place_id, month, sex; met by cameras.
        placed: deployments (joint/effort.py).
        places: (species_id, taxon) -> place of each deployment for this kind of animal.
        rules: for the points of places.
    """
    known = placed[placed["begin"].notna()]
    if known.empty or seen.empty:
        return []
    return [
        _public(str(species), str(taxon), rows, known, places[str(species), str(taxon)], rules)
        for (species, taxon), rows in seen.groupby(KEYS, sort=True)
    ]


def _public(
    species: str, taxon: str, seen: pd.DataFrame, placed: pd.DataFrame, places: "pd.Series[str]", rules: Rules
) -> CaptureHistory:
    public = _one_level(seen)
    here = placed.assign(
        place=[
            public.get((code, place), place)
            for code, place in zip(placed["country_code"], places.iloc[placed["row"]], strict=True)
        ]
    )
    first = min(placed["begin"].min(), seen["month"].min())
    last = max(placed["end"].max(), seen["month"].max())
    marks = season_marks(first, last)
    cut = spells(here[here["place"] != ""], marks)
    effort = cut.assign(days=days_of(cut))
    effort = effort.groupby(["place", "country_code", "period"], as_index=False).agg(camera_days=("days", "sum"))
    session, occasion = _session(pd.Series(marks[effort["period"]]))
    met = seen.assign(
        place=[public[code, place] for code, place in zip(seen["country_code"], seen["place_id"], strict=True)]
    )
    every = pd.concat([effort[["place", "country_code"]], met[["place", "country_code"]]]).drop_duplicates()
    traps, origin = _public_traps(every.sort_values(["country_code", "place"], ignore_index=True), rules)
    number = dict(zip(zip(traps["country_code"], traps["place_id"], strict=True), traps["trap"], strict=True))
    usage = pd.DataFrame(
        {
            "session": session,
            "occasion": occasion,
            "camera_days": effort["camera_days"].round(1),
            "trap": [number[key] for key in zip(effort["country_code"], effort["place"], strict=True)],
        }
    )
    met_session, met_occasion = _session(met["month"])
    captures = _captures(
        met.assign(
            session=met_session.to_numpy(),
            occasion=met_occasion.to_numpy(),
            trap=[number[key] for key in zip(met["country_code"], met["place"], strict=True)],
        )
    )
    names = sorted(set(usage["session"]) | set(captures["session"]))
    sessions = dict.fromkeys(names, SEASONS_OF_A_SESSION)
    return CaptureHistory(species, taxon, captures, traps, usage[list(USAGE_COLUMNS)], sessions, origin)


def _one_level(seen: pd.DataFrame) -> dict[tuple[str, str], str]:
    """Return the place each place of a State is told by in all seasons: the coarsest, so that traps are apart."""
    rows = seen[["country_code", "place_id", "told_place_id"]].drop_duplicates()
    rows = rows.assign(coarse=[_COARSENESS[kind_of_place(place)] for place in rows["told_place_id"]])
    rows = rows.sort_values(["coarse", "told_place_id"]).drop_duplicates(["country_code", "place_id"], keep="last")
    keys = zip(rows["country_code"], rows["place_id"], strict=True)
    return dict(zip(keys, rows["told_place_id"], strict=True))


def _session(moments: "pd.Series[Any]") -> tuple["pd.Series[str]", "pd.Series[int]"]:
    """Return session (the year that begins with March) and occasion (1 = spring to 4 = winter) of moments."""
    moved = moments.reset_index(drop=True) - pd.DateOffset(months=2) if len(moments) else moments
    if not len(moments):
        return pd.Series(dtype="str"), pd.Series(dtype="int64")
    return moved.dt.year.astype("str"), (moved.dt.month - 1) // 3 + 1


def _public_traps(every: pd.DataFrame, rules: Rules) -> tuple[pd.DataFrame, tuple[float, float]]:
    at = points(every["place"], rules)
    is_point = ~every["place"].map(kind_of_place).isin(["landscape", "country", "none"])
    east, north = at["longitude"].where(is_point), at["latitude"].where(is_point)
    x, y, origin = _metres(east, north, decimals=-3)  # of a place, not of a camera: whole kilometres
    traps = pd.DataFrame(
        {
            "trap": _numbered("T", len(every)),
            "place_id": every["place"],
            "country_code": every["country_code"],
            "x": x,
            "y": y,
        }
    )
    return traps, origin


def _metres(east: "pd.Series[float]", north: "pd.Series[float]", decimals: int) -> tuple[Any, Any, tuple[float, float]]:
    """Return metres east and north of a whole degree in the middle of all points, by an equidistant projection."""
    if not east.notna().any():
        return np.full(len(east), np.nan), np.full(len(east), np.nan), (0.0, 0.0)
    origin = (float(np.round(north.mean())), float(np.round(east.mean())))
    to = pyproj.Proj(proj="aeqd", lat_0=origin[0], lon_0=origin[1], ellps="WGS84", units="m")
    x, y = to(east.fillna(origin[1]).to_numpy(), north.fillna(origin[0]).to_numpy())
    is_known = (east.notna() & north.notna()).to_numpy()
    return np.where(is_known, np.round(x, decimals), np.nan), np.where(is_known, np.round(y, decimals), np.nan), origin


def _numbered(letter: str, count: int) -> list[str]:
    width = max(3, len(str(count)))
    return [f"{letter}{number:0{width}d}" for number in range(1, count + 1)]


def _captures(met: pd.DataFrame) -> pd.DataFrame:
    """Return each capture once, animals numbered in the order of their names."""
    animals = sorted(met["individual_key"].unique())
    number = dict(zip(animals, _numbered("A", len(animals)), strict=True))
    rows = met.assign(animal=met["individual_key"], animal_id=met["individual_key"].map(number))
    rows = rows[list(CAPTURE_COLUMNS)].drop_duplicates()
    return rows.sort_values(["session", "animal_id", "occasion", "trap"], ignore_index=True)


def exact_histories(
    met: pd.DataFrame, deployments: pd.DataFrame, placed: pd.DataFrame, parameters: Parameters
) -> list[CaptureHistory]:
    """Return histories with the cameras themselves, for their holder alone.

    Args:
        met: species_id, taxon, individual_key, sex, longitude, latitude, time (UTC): records of cameras.
        deployments: DEPLOYMENT_COLUMNS.
        placed: the same as placed (joint/effort.py).
        parameters: occasion_days.

    Sessions are seasons, occasions are occasion_days long, traps are stations (the first of several at one spot).
    """
    where = placed.assign(
        longitude=deployments["longitude"].to_numpy(),
        latitude=deployments["latitude"].to_numpy(),
        ahead=(placed["begin"] - deployments["begin"].to_numpy()).fillna(pd.Timedelta(0)),
    )
    where = where[where["begin"].notna() & where["longitude"].notna() & where["latitude"].notna()]
    if where.empty or met.empty:
        return []
    spots = where.drop_duplicates(["longitude", "latitude"]).sort_values(["country_code", "station"], ignore_index=True)
    x, y, origin = _metres(spots["longitude"], spots["latitude"], decimals=0)
    spots = spots.assign(trap=_numbered("T", len(spots)), x=x, y=y)
    at = ["longitude", "latitude"]
    marks = season_marks(where["begin"].min(), where["end"].max())
    names = [start.replace("-", "") for start in season_words(marks)["start"]]
    usage = _exact_usage(where.merge(spots[[*at, "trap"]], on=at), marks, names, parameters)
    lengths = [
        int(np.ceil((end - begin) / DAY / parameters.occasion_days))
        for begin, end in zip(marks, marks[1:], strict=False)
    ]
    sessions = {name: length for name, length in zip(names, lengths, strict=False) if name in set(usage["session"])}
    rows = met.merge(spots[[*at, "trap", "ahead"]], on=at)
    local = rows["time"] + rows["ahead"]
    season = np.searchsorted(marks, local, side="right") - 1
    is_in = (season >= 0) & (season < len(marks) - 1)
    rows, local, season = rows[is_in].reset_index(drop=True), local[is_in].reset_index(drop=True), season[is_in]
    occasion = (local - pd.Series(marks[season])) // (DAY * parameters.occasion_days) + 1
    rows = rows.assign(session=[names[number] for number in season], occasion=occasion.astype("int64"))
    traps = spots.assign(place_id="")[list(TRAP_COLUMNS)]
    return [
        CaptureHistory(str(species), str(taxon), _captures(own), traps, usage, sessions, origin, is_exact=True)
        for (species, taxon), own in rows.groupby(KEYS, sort=True)
    ]


def _exact_usage(
    where: pd.DataFrame, marks: pd.DatetimeIndex, names: list[str], parameters: Parameters
) -> pd.DataFrame:
    step = DAY * parameters.occasion_days
    cuts, named = [], []
    for number, (begin, end) in enumerate(zip(marks, marks[1:], strict=False)):
        days = pd.date_range(begin, end, freq=step, inclusive="left")
        cuts += days.tolist()
        named += [(names[number], occasion) for occasion in range(1, len(days) + 1)]
    cut = spells(where, pd.DatetimeIndex([*cuts, marks[-1]]))
    cut = cut.assign(days=days_of(cut))
    table = cut.groupby(["trap", "period"], as_index=False).agg(camera_days=("days", "sum"))
    table["session"] = [named[number][0] for number in table["period"]]
    table["occasion"] = [named[number][1] for number in table["period"]]
    table["camera_days"] = table["camera_days"].round(2)
    return table[table["camera_days"] > 0][list(USAGE_COLUMNS)].reset_index(drop=True)
