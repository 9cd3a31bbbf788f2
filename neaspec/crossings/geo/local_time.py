"""The time of day of a place: how far it is from UTC, so that days and seasons are those of the place.

The legal time of the State, with its changes over the years (zoneinfo); in the Russian Federation and Mongolia by
longitude, since their zones follow it roughly (a border of two zones may be an hour off); elsewhere an hour for each
15 degrees. What states a day only, or a time without an offset, is told as it was written.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
AS_WRITTEN = ("day_only", "utc_assumed")
INTERVALS, NOON = ("interval", "long_interval"), 12  # days alone are kept as their noon
# alpha-3 -> (degrees east up to which, zone), from west to east.
ZONES: dict[str, tuple[tuple[float, str], ...]] = {
    "CHN": ((360.0, "Asia/Shanghai"),),
    "JPN": ((360.0, "Asia/Tokyo"),),
    "KOR": ((360.0, "Asia/Seoul"),),
    "PRK": ((360.0, "Asia/Pyongyang"),),
    "MNG": ((97.0, "Asia/Hovd"), (360.0, "Asia/Ulaanbaatar")),
    "RUS": (
        (48.0, "Europe/Moscow"),
        (54.0, "Europe/Samara"),
        (71.0, "Asia/Yekaterinburg"),
        (76.0, "Asia/Omsk"),
        (98.0, "Asia/Krasnoyarsk"),
        (110.0, "Asia/Irkutsk"),
        (130.4, "Asia/Yakutsk"),
        (141.5, "Asia/Vladivostok"),
        (155.0, "Asia/Sakhalin"),
        (360.0, "Asia/Kamchatka"),
    ),
}
NO_POSITION = {"RUS": 135.0, "MNG": 105.0}  # where only a country is declared: where most of its animals here live


def offsets(
    time: "pd.Series[pd.Timestamp]", quality: "pd.Series[str]", country: "pd.Series[str]", longitude: Floats
) -> npt.NDArray[np.int16]:
    """Return minutes from UTC to the time of the place.

    Args:
        time: UTC.
        quality: TimeQuality of each.
        country: alpha-3, empty = none.
        longitude: degrees; not a number = not known.
    """
    zone_numbers = np.full(len(time), -1, dtype=np.int64)
    zones: list[str] = []
    east = np.where(longitude < -169, longitude + 360, longitude)
    codes, countries = pd.factorize(country)
    number_of = {str(code): number for number, code in enumerate(countries)}
    for code, parts in ZONES.items():
        rows = np.flatnonzero(codes == number_of.get(code, len(countries)))
        where = np.where(np.isnan(east[rows]), NO_POSITION.get(code, 0.0), east[rows])
        zone_numbers[rows] = len(zones) + np.searchsorted([limit for limit, _ in parts], where)
        zones += [zone for _, zone in parts]
    by_sun = np.round(np.nan_to_num(east) / 15) * 60
    minutes: npt.NDArray[np.int16] = np.where(zone_numbers < 0, by_sun, 0).astype(np.int16)
    stamps = pd.DatetimeIndex(time)
    for number in np.unique(zone_numbers[zone_numbers >= 0]):
        rows = np.flatnonzero(zone_numbers == number)
        hours, different = pd.factorize(stamps[rows].floor("h"))
        asked = pd.DatetimeIndex(different)
        local = asked.tz_localize("UTC").tz_convert(zones[number]).tz_localize(None)
        minutes[rows] = ((local - asked) // pd.Timedelta(minutes=1)).to_numpy().astype(np.int16)[hours]
    kinds, qualities = pd.factorize(quality)
    minutes[np.asarray(qualities.isin(AS_WRITTEN))[kinds]] = 0
    is_interval = np.asarray(qualities.isin(INTERVALS))[kinds]
    minutes[is_interval] = np.where(stamps[is_interval].hour == NOON, 0, minutes[is_interval])
    return minutes
