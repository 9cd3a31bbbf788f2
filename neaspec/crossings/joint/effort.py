"""Effort of cameras: stations, cameras, camera-days and months of each side, beside which a count stands.

A side is a State. The country of a deployment is found as that of a record is. What leaves this module holds no
position: counts of States, and for capture histories the place at the public level.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from neaspec.crossings.geo.borders import Borders
from neaspec.crossings.geo.countries import assign_countries, neighbour_of
from neaspec.crossings.geo.local_time import offsets
from neaspec.crossings.model.parameters import Parameters
from neaspec.crossings.model.records import as_records
from neaspec.crossings.privacy.generalise import generalise_places
from neaspec.crossings.privacy.rules import Rules

DAY = pd.Timedelta("1D")
MOST_YEARS = 60  # a deployment open for longer has a date that is wrong
EFFORT = ("stations", "cameras", "camera_days", "months")
PLACED_DEPLOYMENT_COLUMNS = ("country_code", "station", "begin", "end")


def place_deployments(deployments: pd.DataFrame, borders: Borders, parameters: Parameters) -> pd.DataFrame:
    """Return deployments with their country, a number for their station, and times of the place.

    Args:
        deployments: DEPLOYMENT_COLUMNS.
        borders: the map.
        parameters: of the border zone.

    Returns:
        PLACED_DEPLOYMENT_COLUMNS and `row` (in `deployments`). Not a time where the dates are not stated, contradict
        each other or are wrong.
    """
    countries = assign_countries(_as_records(deployments, ""), borders, parameters)["country_code"]
    begin, end = (_of_the_place(deployments, countries, name) for name in ("begin", "end"))
    is_wrong = (end < begin) | (end - begin > MOST_YEARS * 366 * DAY) | begin.isna() | end.isna()
    spot = (
        deployments["data_set"]
        + "\n"
        + deployments["station"].where(deployments["station"] != "", deployments["deployment"])
    )
    return pd.DataFrame(
        {
            "country_code": countries.to_numpy(),
            "station": pd.factorize(spot, sort=True)[0],
            "begin": begin.where(~is_wrong),
            "end": end.where(~is_wrong),
            "row": np.arange(len(deployments)),
        }
    )


def _as_records(deployments: pd.DataFrame, taxon: str) -> pd.DataFrame:
    own = {name: deployments[name] for name in ("longitude", "latitude", "uncertainty_m", "declared_country", "site")}
    columns = {name: values.reset_index(drop=True) for name, values in own.items()}
    return as_records({**columns, "taxon": taxon, "evidence": "camera"}, len(deployments))


def _of_the_place(deployments: pd.DataFrame, countries: "pd.Series[str]", name: str) -> Any:
    times = deployments[name]
    known = times.fillna(pd.Timestamp("2000-01-01"))
    minutes = offsets(known, deployments["time_quality"], countries, deployments["longitude"].to_numpy(float))
    return times + pd.Series(pd.to_timedelta(minutes.astype("int64"), unit="min"), index=times.index)


def public_places(
    deployments: pd.DataFrame, taxon: str, rules: Rules, borders: Borders, parameters: Parameters
) -> "pd.Series[str]":
    """Return the place each deployment may be told by for a kind of animal; all of one position have one place."""
    records = _as_records(deployments, taxon).assign(individual_key="")
    countries = assign_countries(records, borders, parameters)
    placed = generalise_places(records, countries, rules, borders, parameters, neighbour_of)
    return placed["place_id"].reset_index(drop=True)


def spells(placed: pd.DataFrame, marks: pd.DatetimeIndex) -> pd.DataFrame:
    """Cut deployments at marks of time.

    Args:
        placed: of `place_deployments`; those without times are left out.
        marks: beginnings of periods that follow each other, in order; the last one ends the last period.

    Returns:
        The columns of `placed` with begin and end inside one period, and `period`: its place among the marks.
    """
    known = placed[placed["begin"].notna()]
    if known.empty or len(marks) < 2:
        return known.iloc[:0].assign(period=pd.Series(dtype="int64"))
    first = np.searchsorted(marks, known["begin"], side="right") - 1
    last = np.searchsorted(marks, known["end"], side="left") - 1
    count = np.maximum(last - first, 0) + 1
    rows = known.loc[known.index.repeat(count)].reset_index(drop=True)
    period = np.repeat(first, count) + _counted_up(count)
    is_in = (period >= 0) & (period < len(marks) - 1)
    rows, period = rows[is_in].reset_index(drop=True), period[is_in]
    begin = np.maximum(rows["begin"].to_numpy(), marks[period].to_numpy())
    end = np.minimum(rows["end"].to_numpy(), marks[period + 1].to_numpy())
    cut = rows.assign(begin=begin, end=end, period=period)
    return cut[cut["end"] >= cut["begin"]].reset_index(drop=True)


def _counted_up(counts: "npt.NDArray[np.int64]") -> "npt.NDArray[np.int64]":
    """Return 0 to n - 1 for each n, one after the other."""
    ends = np.cumsum(counts)
    return np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - counts, counts)


def effort_by(cut: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Return the effort of each group of spells.

    Args:
        cut: of `spells`.
        keys: columns of it.

    Returns:
        keys, stations, cameras, camera_days, months. cameras: of each station the greatest number that stood there at
        one time, summed, so that a camera that was exchanged counts once and a pair counts as two. months: calendar
        months in which a camera stood.
    """
    columns = [*keys, *EFFORT]
    if cut.empty:
        none = cut.reindex(columns=keys).astype({key: "int64" if key == "period" else object for key in keys})
        return none.assign(**{name: pd.Series(dtype="float64") for name in EFFORT})[columns]
    grouped = cut.assign(days=days_of(cut)).groupby(keys, as_index=False)
    table = grouped.agg(stations=("station", "nunique"), camera_days=("days", "sum"))
    table = table.merge(_cameras(cut, keys), on=keys).merge(_months(cut, keys), on=keys)
    return table.assign(camera_days=table["camera_days"].round(1))[columns].sort_values(keys, ignore_index=True)


def days_of(cut: pd.DataFrame) -> "pd.Series[float]":
    """Return how many days each spell has."""
    return (cut["end"] - cut["begin"]).dt.total_seconds() / 86_400


def _cameras(cut: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Sum over stations the greatest number of deployments open at one time."""
    by = [*keys, "station"]
    ends = pd.concat([cut[by].assign(time=cut["begin"], change=1), cut[by].assign(time=cut["end"], change=-1)])
    ends = ends.sort_values([*by, "time", "change"], ignore_index=True)  # one that is taken down makes room first
    ends["open"] = ends.groupby(by)["change"].cumsum()
    most: pd.DataFrame = ends.groupby(by, as_index=False).agg(open=("open", "max"))
    most["open"] = most["open"].clip(lower=1)  # of no length
    cameras: pd.DataFrame = most.groupby(keys, as_index=False).agg(cameras=("open", "sum"))
    return cameras


def _months(cut: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    first = cut["begin"].dt.year * 12 + cut["begin"].dt.month - 1
    last = cut["end"].dt.year * 12 + cut["end"].dt.month - 1
    # one that ends at the very beginning of a month does not reach into it
    last = last.where((cut["end"] != cut["end"].dt.to_period("M").dt.to_timestamp()) | (last == first), last - 1)
    count = (last - first + 1).to_numpy()
    rows = cut.loc[cut.index.repeat(count), keys].reset_index(drop=True)
    rows["month"] = np.repeat(first.to_numpy(), count) + _counted_up(count)
    months: pd.DataFrame = rows.groupby(keys, as_index=False).agg(months=("month", "nunique"))
    return months
