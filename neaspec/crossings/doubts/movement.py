"""What no animal and no clock can do: two records of one animal too far apart for the time between them.

Records of an animal are looked at in the order of time. Two that follow each other are a jump if the animal would have
had to be faster than its kind can be, errors of both positions and times taken off, or if the time between them is one
that only a clock makes. A few records between two jumps are doubtful if the track goes on without them, and then these
explain both jumps; of any other jump both ends are. No crossing over a jump that is not explained is confirmed.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from neaspec.crossings.doubts.tracks import Tracks
from neaspec.crossings.geo.earth import distance_m
from neaspec.crossings.model.parameters import Parameters
from neaspec.crossings.model.records import DoubtfulRows

Mask = npt.NDArray[np.bool_]
LEAST_KM = 1.0  # nearer than this nothing is said: positions have errors that they do not state
AT_ONCE_H = 0.5  # jumps within this time of a fixed camera, sample or ring are two places at once
# The week of satellite navigation is counted in 10 bits: a receiver that forgets it is off by so many days, or twice.
ROLLOVER_DAYS, ROLLOVER_NEAR_DAYS = 7_168.0, 2.0
ABOUT_H, OTHER_CLOCK_H = 1.0, 12.0  # clocks of two files that do not say their offset may differ by so much
SKETCH = 64  # fixes of an animal by which others with the same fixes are found
SAME_FIXES = 3  # so many of them alike are no chance


@dataclass(frozen=True)
class Movement:
    """What was found.

    Attributes:
        jumps: individual_key, time (UTC, of the record after it), code; without those that a few wrong records explain.
        doubtful: individual_key, time of records that support no confirmed crossing.
        sketches: individual_key (categories in their order), fix: a few fixes of each animal as numbers (same_fixes).
        doubts: for the report.
    """

    jumps: pd.DataFrame
    doubtful: pd.DataFrame
    sketches: pd.DataFrame
    doubts: DoubtfulRows


def nothing() -> Movement:
    """Return what is found where there are no positions."""
    return _put_together([], [], _of_names(pd.DataFrame({"animal": [], "fix": []}), []), DoubtfulRows())


def find(tracks: Tracks, animals: Mapping[int, str], parameters: Parameters) -> Movement:
    """Look at all tracks.

    Args:
        tracks: positions.
        animals: number of a statement (tracks.statement_hashes) -> key of its animal.
        parameters: silence_days.
    """
    jumps, doubtful, sketches, doubts = [], [], [], DoubtfulRows()
    names = sorted(set(animals.values()))
    number_of = {name: number for number, name in enumerate(names)}
    numbers = pd.Series(
        [number_of[name] for name in animals.values()], index=pd.Index(list(animals), dtype="uint64"), dtype="int64"
    )
    for part in map(
        _in_order, (part.assign(animal=numbers.reindex(part["who"]).to_numpy()) for part in tracks.parts())
    ):
        codes = _jump_codes(part, parameters)
        at = np.flatnonzero(codes != "")
        is_doubtful, explained = _doubtful(part, at)
        time = part["time"].to_numpy()
        rest = at[~explained & (time[at] != time[at - 1])]  # of two records of one moment the rules take care
        jumps.append(_named(part.iloc[rest], names).assign(code=codes[rest]))
        doubtful.append(_named(part[is_doubtful], names))
        _tell(part, codes, at, is_doubtful, doubts)
        sketches.append(_sketches(part))
    every = pd.concat(sketches, ignore_index=True) if sketches else pd.DataFrame({"animal": [], "fix": []})
    return _put_together(jumps, doubtful, _of_names(every, names), doubts)


def _in_order(part: pd.DataFrame) -> pd.DataFrame:
    """Return positions in the order of animals and time, with the number of their file."""
    file, _ = pd.factorize(part["source"], sort=True)
    order = np.lexsort((part["row"].to_numpy(), file, part["time"].to_numpy(), part["animal"].to_numpy()))
    return part.assign(file=file).iloc[order].reset_index(drop=True)


def _jump_codes(part: pd.DataFrame, parameters: Parameters) -> npt.NDArray[np.object_]:
    """Return for each record what is wrong between it and the one before; empty where nothing is."""
    codes = np.full(len(part), "", dtype=object)
    if len(part) < 2:
        return codes
    animal = part["animal"].to_numpy()
    same = animal[1:] == animal[:-1]
    hours = np.diff(part["time"].to_numpy(dtype="datetime64[us]")).astype("int64") / 3_600_000_000
    too_far = same & ~_can_be(part, np.arange(len(part) - 1), np.arange(1, len(part)), hours)
    is_gps = part["is_gps"].to_numpy()
    both_gps = same & is_gps[1:] & is_gps[:-1]
    days = hours / 24
    turned = (
        both_gps
        & (np.abs(days / ROLLOVER_DAYS - np.round(days / ROLLOVER_DAYS)) * ROLLOVER_DAYS <= ROLLOVER_NEAR_DAYS)
        & (days > ROLLOVER_DAYS / 2)
    )
    codes[1:][both_gps & (days > parameters.silence_days)] = "long_silence"
    codes[1:][turned] = "clock_rollover"
    codes[1:][too_far] = "too_fast"
    codes[1:][too_far & (hours <= AT_ONCE_H) & ~(is_gps[1:] & is_gps[:-1])] = "two_places_at_once"
    return codes


def _can_be(
    part: pd.DataFrame, before: npt.NDArray[np.int64], after: npt.NDArray[np.int64], hours: npt.NDArray[np.float64]
) -> Mask:
    """Tell whether an animal can be in both places, errors taken off."""
    east, north = part["longitude"].to_numpy(), part["latitude"].to_numpy()
    error, slack, kmh = (part[name].to_numpy(dtype="float64") for name in ("error_km", "slack_h", "kmh"))
    between = hours + slack[before] + slack[after] + OTHER_CLOCK_H * _are_of_other_clocks(part, slack, before, after)
    is_one_moment = (hours == 0) & (slack[before] < ABOUT_H) & (slack[after] < ABOUT_H)  # no animal moves in none
    reach = np.maximum(kmh[before], kmh[after]) * np.where(is_one_moment, 0.0, between)
    reach = reach + error[before] + error[after] + LEAST_KM
    # A degree is at most this long: most pairs need no exact distance.
    rough = 112.0 * (np.abs(north[before] - north[after]) + _turn(np.abs(east[before] - east[after])))
    can_be: Mask = rough <= reach
    rows = np.flatnonzero(~can_be)
    if len(rows):
        one, other = before[rows], after[rows]
        can_be[rows] = distance_m(east[one], north[one], east[other], north[other]) / 1000 <= reach[rows]
    return can_be


def _are_of_other_clocks(
    part: pd.DataFrame, slack: npt.NDArray[np.float64], before: npt.NDArray[np.int64], after: npt.NDArray[np.int64]
) -> Mask:
    """Tell which two records are of different files of which one does not say its offset from UTC."""
    files = part["file"].to_numpy()
    is_about: Mask = (slack[before] >= ABOUT_H) | (slack[after] >= ABOUT_H)
    are_of_two_files: Mask = files[before] != files[after]
    return is_about & are_of_two_files


def _turn(degrees: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.minimum(degrees, 360 - degrees)


def _doubtful(part: pd.DataFrame, at: npt.NDArray[np.int64]) -> tuple[Mask, Mask]:
    """Tell which records are doubtful, and which jumps are explained by that: the track goes on without the records.

    Args:
        part: in the order of animals and time.
        at: records with a jump before them.
    """
    is_doubtful, explained = np.zeros(len(part), dtype=bool), np.zeros(len(at), dtype=bool)
    if not len(at):
        return is_doubtful, explained
    animal, time = part["animal"].to_numpy(), part["time"].to_numpy(dtype="datetime64[us]")
    pairs = np.flatnonzero(animal[at[1:]] == animal[at[:-1]])
    if len(pairs):
        before, after = at[pairs] - 1, at[pairs + 1]
        hours = (time[after] - time[before]).astype("timedelta64[us]").astype("int64") / 3_600_000_000
        goes_on = _can_be(part, before, after, hours)
        for place in np.flatnonzero(goes_on).tolist():
            first, last = at[pairs[place]], at[pairs[place] + 1]
            is_doubtful[first:last] = True
            explained[[pairs[place], pairs[place] + 1]] = True
    rest = at[~explained]
    is_doubtful[rest] = is_doubtful[rest - 1] = True
    return is_doubtful, explained


def _named(rows: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    keys = pd.Series([names[number] for number in rows["animal"]], dtype="str")
    return pd.DataFrame({"individual_key": keys, "time": rows["time"].to_numpy(dtype="datetime64[us]")})


def _tell(
    part: pd.DataFrame,
    codes: npt.NDArray[np.object_],
    at: npt.NDArray[np.int64],
    is_doubtful: Mask,
    doubts: DoubtfulRows,
) -> None:
    """Count, for each kind, the records at both ends of jumps and those between them; the line of the other is told."""
    if not len(at):
        return
    code = pd.Series(codes[at], dtype="str")
    ends = pd.concat(
        [
            pd.DataFrame({"place": at, "code": code, "other": at - 1}),
            pd.DataFrame({"place": at - 1, "code": code, "other": at}),
        ]
    )
    inside = np.setdiff1d(np.flatnonzero(is_doubtful), ends["place"])
    jump_before = np.searchsorted(at, inside, side="right") - 1
    more = pd.DataFrame({"place": inside, "code": code.to_numpy()[jump_before], "other": at[jump_before] - 1})
    first_rows = pd.concat([ends, more]).drop_duplicates(["place", "code"])
    rows = (
        part.loc[first_rows["place"], ["source", "row"]]
        .reset_index(drop=True)
        .assign(code=first_rows["code"].to_numpy())
    )
    other = part.loc[first_rows["other"], "row"].to_numpy()
    for (source, kind), group in rows.groupby(["source", "code"], sort=True, observed=True):
        lines = pd.Series([f"with line {line}" for line in other[group.index]], index=group.index, dtype="str")
        doubts.add(str(source), str(kind), group["row"], "", lines)  # type: ignore[arg-type]


def _sketches(part: pd.DataFrame) -> pd.DataFrame:
    """Return for each animal a few of its fixes as numbers, the same few for the same fixes: animal, fix."""
    fix = part["time"].to_numpy(dtype="datetime64[us]").astype("datetime64[m]").astype("uint64")
    for side in ("latitude", "longitude"):
        thousandths = np.round(part[side].to_numpy() * 1000).astype("int64").astype("uint64")
        fix = _mixed(fix * np.uint64(1_000_003) + thousandths)
    sketch = pd.DataFrame({"animal": part["animal"], "fix": fix})
    # Of many fixes the smallest are far below this, so that few have to be put in order.
    share = np.minimum(1.0, 4 * SKETCH / np.bincount(part["animal"])[part["animal"]])
    sketch = sketch[sketch["fix"].to_numpy(dtype="float64") <= share * 2.0**64]
    sketch = sketch.sort_values(["animal", "fix"], ignore_index=True)
    return sketch[sketch.groupby("animal").cumcount() < SKETCH].drop_duplicates()


def _mixed(numbers: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Return numbers that look drawn by chance, the same for the same (the finisher of SplitMix64)."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: npt.NDArray[np.uint64] = numbers ^ (numbers >> np.uint64(31))
    return mixed


def _of_names(sketches: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """Return sketches with the keys of their animals, which stand in order once."""
    keys = pd.Categorical.from_codes(sketches["animal"].astype("int64"), pd.Index(names, dtype="str"))
    return pd.DataFrame({"individual_key": keys, "fix": sketches["fix"].astype("uint64").to_numpy()})


def same_fixes(sketches: pd.DataFrame) -> pd.DataFrame:
    """Return the animals that share fixes.

    Args:
        sketches: of Movement, of all animals.

    Returns:
        individual_key, other_key, ordered.
    """
    every = sketches[sketches["fix"].duplicated(keep=False)]
    names = every["individual_key"].cat.categories
    every = every.assign(animal=every["individual_key"].cat.codes.astype("int64"))[["animal", "fix"]]
    pairs = every.merge(every, on="fix", suffixes=("", "_other"))
    shared = pairs[pairs["animal"] < pairs["animal_other"]].groupby(["animal", "animal_other"]).size()
    alike = shared[shared >= SAME_FIXES].reset_index()
    columns = {"individual_key": "animal", "other_key": "animal_other"}
    return pd.DataFrame({name: names.take(alike[number].to_numpy()).astype("str") for name, number in columns.items()})


def _put_together(
    jumps: list[pd.DataFrame], doubtful: list[pd.DataFrame], sketches: pd.DataFrame, doubts: DoubtfulRows
) -> Movement:
    kinds = {"individual_key": "str", "time": "datetime64[us]", "code": "str"}
    empty = pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in kinds.items()})
    return Movement(
        jumps=pd.concat([empty, *jumps], ignore_index=True).drop_duplicates(),
        doubtful=pd.concat([empty.drop(columns="code"), *doubtful], ignore_index=True).drop_duplicates(),
        sketches=sketches,
        doubts=doubts,
    )
