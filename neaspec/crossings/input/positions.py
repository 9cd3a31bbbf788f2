"""Cells as positions in WGS84 degrees. What is wrong is described; a coordinate is never repeated in words."""

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyproj

from neaspec.crossings.input.values import Floats, Mask, numbers, trim_cells
from neaspec.crossings.model.reading import UTM_ZONE
from neaspec.crossings.model.records import Reason

SIGNS = {"N": 1, "E": 1, "S": -1, "W": -1, "С": 1, "В": 1, "Ю": -1, "З": -1}
AXIS = {"N": "latitude", "S": "latitude", "С": "latitude", "Ю": "latitude"}  # the other letters are of longitude
DEGREES = re.compile(
    r"""^\s*(?P<before>[NSEWСЮВЗ])?\s*(?P<minus>[-\u2212])?
    (?P<degrees>\d{1,3}(?:[.,]\d+)?)\s*[°º˚d:\s]?\s*
    (?:(?P<minutes>\d{1,2}(?:[.,]\d+)?)\s*['′’`´m:\s]?\s*
    (?:(?P<seconds>\d{1,2}(?:[.,]\d+)?)\s*(?:["″”“s]|''|′′|’’)?)?)?\s*(?P<after>[NSEWСЮВЗ])?\s*$""",
    re.VERBOSE | re.IGNORECASE,
)
# 42.51.36, 42,51,36.5: marks of decimals between degrees, minutes and seconds; one alone would be a decimal.
DOTTED = re.compile(
    r"^\s*(?P<before>[NSEWСЮВЗ])?\s*(?P<minus>[-\u2212])?(?P<degrees>\d{1,3})(?P<mark>[.,])(?P<minutes>\d{1,2})(?P=mark)"
    r"(?P<seconds>\d{1,2}(?:[.,]\d+)?)\s*(?P<after>[NSEWСЮВЗ])?\s*$",
    re.IGNORECASE,
)
BAND_S = (3_540_000.0, 4_430_000.0)  # northings of 32 to 40 degrees north
BEYOND = 1_000.0  # no degrees are this large, metres nearly always are


@dataclass(frozen=True)
class Positions:
    """Positions of a column pair.

    Attributes:
        longitude, latitude: degrees; not a number where there is a reason.
        reason: why there is none, empty = there is one; "no_coordinates" where both cells are empty.
        found: what was found, in words that hold no coordinate.
    """

    longitude: Floats
    latitude: Floats
    reason: "pd.Series[str]"
    found: "pd.Series[str]"

    def where(self, reason: Reason) -> Mask:
        """Rows that have this reason."""
        return (self.reason == reason).to_numpy()


def positions(latitude: "pd.Series[str]", longitude: "pd.Series[str]") -> Positions:
    """Read degrees written with a point, a comma, or as degrees, minutes and seconds with or without N, S, E, W.

    Axes are never exchanged and metres never taken for degrees: the words say what it looks like.
    """
    north, north_bad = _degrees(latitude, "latitude")
    east, east_bad = _degrees(longitude, "longitude")
    return check_degrees(north, east, north_bad, east_bad)


def check_degrees(
    latitude: Floats,
    longitude: Floats,
    latitude_bad: "pd.Series[str] | None" = None,
    longitude_bad: "pd.Series[str] | None" = None,
) -> Positions:
    """Judge numbers as degrees of WGS84.

    Args:
        latitude, longitude: degrees, not a number = empty.
        latitude_bad, longitude_bad: what was found where a cell cannot be read, else empty.
    """
    if latitude_bad is None and longitude_bad is None and _all_sound(latitude, longitude):
        blank = pd.Series("", index=range(len(latitude)), dtype="str")
        return Positions(longitude, latitude, blank, blank)
    length = len(latitude)
    reason, found = np.full(length, "", dtype=object), np.full(length, "", dtype=object)

    def say(rows: Mask, why: Reason, words: object) -> None:
        rows = rows & (reason == "")
        reason[rows] = why
        found[rows] = words[rows] if isinstance(words, np.ndarray) else words

    for bad_cells in (latitude_bad, longitude_bad):
        if bad_cells is not None:
            words = bad_cells.to_numpy(dtype=object)
            say(words != "", "coordinates_unreadable", words)
    no_north, no_east = np.isnan(latitude), np.isnan(longitude)
    say(no_north & no_east, "no_coordinates", "both cells are empty")
    say(no_north, "no_coordinates", "no latitude")
    say(no_east, "no_coordinates", "no longitude")
    say((latitude == 0) & (longitude == 0), "coordinates_zero", "latitude and longitude are 0")
    say(
        (latitude == 0) | (longitude == 0),
        "coordinates_zero",
        "latitude or longitude is 0: the filling of an empty cell",
    )
    tall, wide = np.abs(latitude), np.abs(longitude)
    say(
        (tall == 90) | ((wide == 180) & (latitude % 1 == 0)),
        "coordinates_impossible",
        "a pole or the end of the grid: the filling of an empty cell",
    )
    say(
        (tall == wide) & (tall <= 90) & (latitude % 1 == 0),
        "coordinates_impossible",
        "one whole number for both: the filling of an empty cell",
    )
    say(
        (tall >= BEYOND) | (wide >= BEYOND),
        "coordinates_impossible",
        "numbers beyond 1,000: looks like UTM or other metres, not degrees",
    )
    exchanged = (tall > 90) & (tall <= 180) & (wide <= 90)
    say(exchanged, "coordinates_impossible", "a latitude beyond 90: latitude and longitude look exchanged")
    say(tall > 90, "coordinates_impossible", "a latitude beyond 90")
    say(
        (longitude > 180) & (longitude <= 360),
        "coordinates_impossible",
        "a longitude beyond 180: looks like degrees counted from 0 to 360",
    )
    say(wide > 180, "coordinates_impossible", "a longitude beyond 180")
    bad = reason != ""
    return Positions(
        np.where(bad, np.nan, longitude),
        np.where(bad, np.nan, latitude),
        pd.Series(reason, dtype="str"),
        pd.Series(found, dtype="str"),
    )


def _all_sound(latitude: Floats, longitude: Floats) -> bool:
    with np.errstate(invalid="ignore"):
        sound = (np.abs(latitude) < 90) & (np.abs(longitude) < 180) & (latitude != 0) & (longitude != 0)
        sound &= np.abs(latitude) != np.abs(longitude)
    return bool(sound.all())


def from_utm(easting: "pd.Series[str]", northing: "pd.Series[str]", zone: str) -> Positions:
    """Turn UTM metres (WGS84) into degrees.

    Args:
        easting, northing: metres as written.
        zone: number and band letter, for example 52N; letters up to M are of the southern half, and N is north in both
            readings. S is the band from 32 to 40 degrees north where the northing lies in it, as receivers in Korea
            and Japan write it (its other reading would be the Southern Ocean), and else south.

    Raises:
        ValueError: the zone is none.
    """
    number, is_north = utm_zone(zone)
    east, north = numbers(easting), numbers(northing)
    e, n = east.values, north.values
    is_band = zone.strip().upper().endswith("S") & (n >= BAND_S[0]) & (n <= BAND_S[1])
    if is_band.any() and not is_band.all():  # stations of both kinds: each in its own half
        return _both_halves(easting, northing, zone, is_band)
    is_north = is_north or bool(is_band.any())
    impossible = (e < 100_000) | (e > 1_000_000) | (n < 0) | (n > 10_000_000)
    swapped = impossible & (n >= 100_000) & (n <= 1_000_000) & (e > 1_000_000) & (e <= 10_000_000)
    degrees = (np.abs(e) <= 180) & (np.abs(n) <= 180) & impossible
    unread = np.where(east.unreadable | north.unreadable, "not a number", "")
    to_degrees = pyproj.Transformer.from_crs((32600 if is_north else 32700) + number, 4326, always_xy=True)
    safe = ~(impossible | np.isnan(e) | np.isnan(n))
    longitude, latitude = np.full(len(e), np.nan), np.full(len(e), np.nan)
    longitude[safe], latitude[safe] = to_degrees.transform(e[safe], n[safe])
    finite = np.isfinite(longitude) & np.isfinite(latitude)
    longitude[~finite], latitude[~finite] = np.nan, np.nan
    texts = pd.Series(unread, dtype="str")
    checked = check_degrees(latitude, longitude, texts, texts)
    reason, found = checked.reason.copy(), checked.found.copy()
    is_beyond = (impossible | (safe & ~finite)) & (unread == "")
    reason[is_beyond] = "coordinates_impossible"
    found[is_beyond] = "a number no UTM zone has"
    found[swapped & is_beyond] = "a number no UTM zone has: easting and northing look exchanged"
    found[degrees & is_beyond] = "a number no UTM zone has: looks like degrees"
    return Positions(checked.longitude, checked.latitude, reason, found)


def _both_halves(easting: "pd.Series[str]", northing: "pd.Series[str]", zone: str, is_band: Mask) -> Positions:
    parts = {
        True: from_utm(easting[is_band], northing[is_band], zone),
        False: from_utm(easting[~is_band], northing[~is_band], zone),
    }
    order = np.argsort(np.concatenate([np.flatnonzero(is_band), np.flatnonzero(~is_band)]))
    of_both = (parts[True], parts[False])
    reason = pd.concat([part.reason for part in of_both], ignore_index=True)
    found = pd.concat([part.found for part in of_both], ignore_index=True)
    return Positions(
        np.concatenate([part.longitude for part in of_both])[order],
        np.concatenate([part.latitude for part in of_both])[order],
        reason.iloc[order].reset_index(drop=True),
        found.iloc[order].reset_index(drop=True),
    )


def utm_zone(zone: str) -> tuple[int, bool]:
    """Return number and whether it is north of the equator.

    Raises:
        ValueError: it is none.
    """
    match = UTM_ZONE.match(zone)
    if match is None:
        raise ValueError("a UTM zone is a number from 1 to 60 and a letter, for example 52N")
    letter = match[2].upper()
    return int(match[1]), letter >= "N" and letter != "S"


def _degrees(column: "pd.Series[str]", axis: str) -> tuple[Floats, "pd.Series[str] | None"]:
    read = numbers(column)
    if not read.unreadable.any():
        return read.values, None
    bad = np.full(len(column), "", dtype=object)
    for place in np.flatnonzero(read.unreadable).tolist():
        value, bad[place] = _sexagesimal(trim_cells(column.iloc[[place]]).iloc[0], axis)
        read.values[place] = value
    return read.values, pd.Series(bad, dtype="str")


def _sexagesimal(text: str, axis: str) -> tuple[float, str]:
    match = (DOTTED.match(text) or DEGREES.match(text)) if len(text) <= 60 else None
    if match is None:
        return float("nan"), f"not a {axis}"
    finer = {"degrees": match["minutes"], "minutes": match["seconds"]}
    if any(after and re.search(r"[.,]", match[name] or "") for name, after in finer.items()):
        return float("nan"), f"not a {axis}: decimals before minutes or seconds can be read in two ways"
    part = {name: float((match[name] or "0").replace(",", ".")) for name in ("degrees", "minutes", "seconds")}
    letters = [letter.upper() for letter in (match["before"], match["after"]) if letter]
    if len(letters) > 1 or part["minutes"] >= 60 or part["seconds"] >= 60 or (letters and match["minus"]):
        return float("nan"), f"not a {axis}: minutes or seconds beyond 60, or two signs"
    if letters and AXIS.get(letters[0], "longitude") != axis:
        return float("nan"), f"the letter of the other axis in a {axis}: latitude and longitude look exchanged"
    sign = SIGNS[letters[0]] if letters else (-1 if match["minus"] else 1)
    return sign * (part["degrees"] + part["minutes"] / 60 + part["seconds"] / 3600), ""
