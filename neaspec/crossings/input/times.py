"""Cells as times in UTC with their quality. Which of day and month stands first is read off a column or asked."""

import re
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from neaspec.crossings.input.regional_dates import plain_dates
from neaspec.crossings.input.values import Floats, Mask, decode_words, trim_cells
from neaspec.crossings.model.records import TimeQuality

# none: no date is written with day and month both as small numbers. both: some dates can only be day first, others
# only month first. unknown: there are such dates, and none of them tells.
Order = Literal["none", "day_first", "month_first", "both", "unknown"]
OFFSET = r"([Zz]|UTC|GMT|:\S*\s*[+-]\d{2}(:?\d{2})?)$"
ISO = r"^\d{4}-\d{2}-\d{2}([T ]+\d{2}:\d{2}(:\d{2}([.,]\d{1,9})?)?(\s*([Zz]|UTC|GMT|[+-]\d{2}(:?\d{2})?))?)?$"
INTERVAL = r"^\d{4}-\d{2}-\d{2}[^/]*/"
PARTIAL = r"^\d{4}(-\d{2})?$"
NUMERIC = (
    r"^(?P<first>\d{1,4})(?P<mark>[-/.:])(?P<second>\d{1,2})[-/.:](?P<third>\d{1,4})"
    r"(?:[T ,]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second_of>\d{2})(?:[.,]\d{1,9})?)?"
    r"\s*(?P<half>[AaPp])?\.?[Mm]?\.?)?$"
)
LIKE_A_DATE = (
    r"^(\d{4}[-/.:]\d{1,2}[-/.:]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{1,2}[-/]\d{1,2}[-/]\d{2})([^\d.,].{0,20})?$"
)
YEAR_FIRST = r"^(\d{4}|$)"  # or empty
# Days as spreadsheets count them from 1900-01-01; of these years no table here is older.
SERIAL = r"^\d{5}(\.\d+)?$"
SERIAL_START, FIRST_SERIAL, LAST_SERIAL = np.datetime64("1899-12-30", "us"), 25_569.0, 73_050.0
FIRST_YEAR, LAST_YEAR = 1700, 2100
FAR = f"a year before {FIRST_YEAR} or after {LAST_YEAR}"
TWO_DIGITS_TURN = 69  # as POSIX: 69 to 99 are of the 20th century, 00 to 68 of the 21st
NOT_READ = "not a time that is read"
IMPOSSIBLE = "a date or time there is not"
PART_ONLY = "a month or a year without a day"
NOT_SETTLED = "day and month cannot be told apart"
FOUND = ("", NOT_READ, IMPOSSIBLE, PART_ONLY, NOT_SETTLED, FAR)
CLOCK = re.compile(r"(\d)[T ,]+\d{1,2}:\d.*$", re.DOTALL)
Moments = npt.NDArray[np.datetime64]
Places = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Times:
    """Times of a column.

    Attributes:
        values: UTC without zone (datetime64[us]); not a time where there is a reason.
        quality: a TimeQuality; empty where there is no time.
        reason: no_time, time_unreadable, or empty.
        found: what stood there.
    """

    values: "pd.Series[pd.Timestamp]"
    quality: "pd.Series[str]"
    reason: "pd.Series[str]"
    found: "pd.Series[str]"


@dataclass
class DateOrder:
    """What a column says about day and month; put together from its pieces in any order."""

    day_first: bool = False
    month_first: bool = False
    example: str = ""  # the smallest of the dates that do not tell
    is_open: bool = False

    def look(self, column: "pd.Series[str]") -> None:
        """Take in a piece of the column."""
        if pc.all(pc.match_substring_regex(_arrow(column), YEAR_FIRST)).as_py():
            return
        parts = _numeric(_arrow(plain_dates(trim_cells(column))))
        if parts is None:
            return
        first, second = parts["first"], parts["second"]
        small = parts["is_numeric"] & (parts["year_first"] == 0)
        self.day_first |= bool((small & (first > 12) & (first <= 31) & (second <= 12)).any())
        self.month_first |= bool((small & (second > 12) & (second <= 31) & (first <= 12)).any())
        open_here = small & (first <= 12) & (second <= 12) & (first != second)
        if open_here.any():
            self.is_open = True
            example = trim_cells(column)[open_here].min()
            self.example = min(self.example, example) if self.example else example

    def together(self, other: "DateOrder") -> "DateOrder":
        """Put together with another column or piece written in the same order."""
        examples = [example for example in (self.example, other.example) if example]
        return DateOrder(
            self.day_first or other.day_first,
            self.month_first or other.month_first,
            min(examples, default=""),
            self.is_open or other.is_open,
        )

    @property
    def order(self) -> Order:
        """What follows."""
        if self.day_first and self.month_first:
            return "both"
        if self.day_first or self.month_first:
            return "day_first" if self.day_first else "month_first"
        return "unknown" if self.is_open else "none"

    @property
    def must_be_asked(self) -> bool:
        """Whether there are dates that nothing in the column settles."""
        return self.is_open and self.order in ("both", "unknown")

    def is_day_first(self, answer: bool | None = None) -> bool | None:
        """How to read the column: as it settles itself, else as answered, else not known."""
        settled = {"day_first": True, "month_first": False}.get(self.order)
        return answer if settled is None else settled


def order_of_dates(column: "pd.Series[str]") -> DateOrder:
    """Look through a whole column for what stands first, day or month."""
    order = DateOrder()
    order.look(column)
    return order


def times(
    column: "pd.Series[str]", day_first: bool | None = None, without_offset: TimeQuality = "utc_assumed"
) -> Times:
    """Read times.

    Read are ISO 8601 with or without an offset, two ends with a slash between (the first is taken), dates alone (noon
    is taken), and numbers like 2018/1/1 0:00, 16-08-2010, 3/10/24 4:05 PM, dates in the words of the region
    (regional_dates.py), and days as a spreadsheet counts them from 1900. Fractions of seconds finer than a
    millionth are cut off.

    Args:
        column: texts.
        day_first: what stands first where both day and month stand before the year; None = only dates that tell
            themselves are read.
        without_offset: quality of a time that states no offset.
    """
    texts = trim_cells(column)
    written, interval = _first_ends(_arrow(texts))
    iso = _mask(pc.match_substring_regex(written, ISO))
    if not iso.all():
        in_words = plain_dates(texts[~iso])
        if (in_words != texts[~iso]).any():
            texts = texts.where(iso, in_words.reindex(texts.index))
            written, interval = _first_ends(_arrow(texts))
            iso = _mask(pc.match_substring_regex(written, ISO))
    values = np.full(len(column), np.datetime64("NaT", "us"), dtype="datetime64[us]")
    has_offset = iso & _mask(pc.match_substring_regex(written, OFFSET))
    values[iso] = _iso(written.filter(pa.array(iso)), bool(has_offset.any()))
    date_only = ~_mask(pc.match_substring(written, ":"))
    problem = np.where(iso, FOUND.index(IMPOSSIBLE), FOUND.index(NOT_READ))
    empty = _mask(pc.equal(written, ""))
    rest = ~iso & ~empty
    if rest.any():
        _read_numeric(written, rest, day_first, values, problem)
        problem[rest & _mask(pc.match_substring_regex(written, PARTIAL))] = FOUND.index(PART_ONLY)
        date_only &= ~_read_serials(written, rest, values)
    years = values.astype("datetime64[Y]").astype("int64") + 1970
    far = ~np.isnat(values) & ((years < FIRST_YEAR) | (years > LAST_YEAR))
    values[far], problem[far] = np.datetime64("NaT"), FOUND.index(FAR)
    values[date_only] += np.timedelta64(12, "h")
    quality = np.where(has_offset, 2, np.where(date_only, 3, 1))
    quality[interval] = np.where(_over_a_day(texts, interval), 5, 4)
    missing = np.isnat(values)
    quality[missing] = 0
    unread = missing & ~empty
    problem[~unread] = 0
    return Times(
        pd.Series(values),
        decode_words(quality, ("", without_offset, "offset_given", "day_only", "interval", "long_interval")),
        decode_words(np.where(empty, 1, np.where(missing, 2, 0)), ("", "no_time", "time_unreadable")),
        _describe_unread(texts, decode_words(problem, FOUND), unread),
    )


def _first_ends(written: pa.LargeStringArray) -> tuple[pa.LargeStringArray, Mask]:
    """Return texts with the first end in place of an interval, and where there was one."""
    if not pc.any(pc.match_substring(written, "/")).as_py():
        return written, np.zeros(len(written), dtype=bool)
    interval = _mask(pc.match_substring_regex(written, INTERVAL))
    first = pc.utf8_trim_whitespace(pc.replace_substring_regex(written, "/.*$", ""))
    return pc.if_else(pa.array(interval), first, written), interval


def _over_a_day(texts: "pd.Series[str]", interval: Mask) -> Mask:
    """Tell which intervals are more than a day long, or have no second end that can be read.

    The second end may leave out what it has in common with the first: 2021-10-04/05, 2021-10-04T10:00/11:30.
    """
    if not interval.any():
        return np.zeros(0, dtype=bool)
    ends = texts[interval].reset_index(drop=True).str.split("/", n=1)
    first, second = ends.str[0].str.strip(), ends.str[1].str.strip()
    is_day, is_hour = second.str.fullmatch(r"\d{2}(-\d{2})?"), second.str.match(r"\d{2}:\d{2}")
    day = [begun[: 10 - len(ended)] + ended for begun, ended in zip(first, second, strict=True)]
    second = second.where(~is_day, pd.Series(day, dtype="str")).where(~is_hour, first.str.slice(0, 11) + second)
    begins, finishes = (_iso(_arrow(end.where(end.str.match(ISO), "")), True) for end in (first, second))
    return np.asarray(~(finishes - begins <= np.timedelta64(1, "D")), dtype=bool)


def _describe_unread(texts: "pd.Series[str]", words: "pd.Series[str]", unread: Mask) -> "pd.Series[str]":
    """Put what stood there before the words, but only if it is written like a date.

    Any other cell could be a coordinate in the wrong column. The time of day is left out: with it a report would tell
    when exactly an animal was there.
    """
    if not unread.any():
        return words
    shown = unread & _mask(pc.match_substring_regex(_arrow(texts), LIKE_A_DATE))
    return words.where(~shown, texts.reset_index(drop=True).map(without_clock).str.slice(0, 30) + ": " + words)


def without_clock(text: str) -> str:
    """Return a date as written, with dots in place of its time of day."""
    return CLOCK.sub(r"\1 …", text)


def known_times(values: Moments, quality: TimeQuality) -> Times:
    """Judge times that are times already (datetime64[us], UTC); not a time = empty."""
    empty = np.isnat(values)
    year = values.astype("datetime64[Y]").astype("int64") + 1970
    far = ~empty & ((year < FIRST_YEAR) | (year > LAST_YEAR))
    index = range(len(values))
    if not (empty | far).any():
        blank = pd.Series("", index=index, dtype="str")
        return Times(pd.Series(values), pd.Series(quality, index=index, dtype="str"), blank, blank)
    kept = np.where(far, np.datetime64("NaT", "us"), values)
    return Times(
        pd.Series(pd.DatetimeIndex(kept)),
        decode_words(np.where(empty | far, 0, 1), ("", quality)),
        decode_words(np.where(empty, 1, np.where(far, 2, 0)), ("", "no_time", "time_unreadable")),
        decode_words(np.where(far, 1, 0), ("", FAR)),
    )


def _iso(texts: pa.LargeStringArray, has_offset: bool) -> Moments:
    """Read ISO 8601. Each way of writing it that pandas does not take is looked for before it is changed."""
    for sign, pattern, instead in (
        (",", ",", "."),
        ("  ", " +", " "),
        (" +", " [+]", "+"),
        (" -", " -", "-"),
        ("T ", "T ", "T"),
        (" UTC", " UTC", "Z"),
        (" GMT", " GMT", "Z"),
        ("UTC", "UTC", "Z"),
        ("GMT", "GMT", "Z"),
        (" Z", " Z", "Z"),
        ("z", " *z", "Z"),
        (".", r"(\.\d{6})\d+", r"\1"),
    ):
        if (has_offset or sign in ",.  ") and pc.any(pc.match_substring(texts, sign)).as_py():
            texts = pc.replace_substring_regex(texts, pattern, instead)
    read = pd.to_datetime(pd.Series(texts, dtype="str"), format="ISO8601", utc=True, errors="coerce")
    return read.dt.tz_localize(None).to_numpy().astype("datetime64[us]")


def _read_numeric(
    written: pa.LargeStringArray, rest: Mask, day_first: bool | None, values: Moments, problem: Places
) -> None:
    """Fill in the times that are written in numbers, and what is wrong with the others of them."""
    parts = _numeric(written)
    if parts is None:
        return
    rows = rest & parts["is_numeric"].astype(bool)
    first, second, third = parts["first"], parts["second"], parts["third"]
    year_first = parts["year_first"] == 1
    tells_day, tells_month = first > 12, second > 12
    day_leads = np.where(tells_day | tells_month, tells_day, first == second)
    settled = year_first | tells_day | tells_month | (first == second)
    if day_first is not None:
        against = ~year_first & ((tells_day & (not day_first)) | (tells_month & day_first))
        day_leads, settled = np.full(len(day_leads), day_first), ~against
    day = np.where(year_first, third, np.where(day_leads, first, second))
    month = np.where(year_first, second, np.where(day_leads, second, first))
    year = np.where(year_first, first, third)
    year = np.where(parts["short_year"] == 1, year + np.where(year >= TWO_DIGITS_TURN, 1900, 2000), year)
    hour = parts["hour"]
    half = parts["half"]
    bad_hour = (half > 0) & ((hour < 1) | (hour > 12))
    hour = np.where(half > 0, hour % 12 + np.where(half == 2, 12, 0), hour)
    possible = rows & settled & ~bad_hour & (hour < 24) & (parts["minute"] < 60) & (parts["second_of"] < 60)
    moments = pd.to_datetime(
        pd.DataFrame(
            {
                "year": year[possible],
                "month": month[possible],
                "day": day[possible],
                "hour": hour[possible],
                "minute": parts["minute"][possible],
                "second": parts["second_of"][possible],
            }
        ),
        errors="coerce",
    )
    values[possible] = moments.to_numpy().astype("datetime64[us]")
    problem[rows] = np.where(settled[rows], FOUND.index(IMPOSSIBLE), FOUND.index(NOT_SETTLED))


def _read_serials(written: pa.LargeStringArray, rest: Mask, values: Moments) -> Mask:
    """Fill in days counted by a spreadsheet; return which have a time of day."""
    rows = np.flatnonzero(rest & _mask(pc.match_substring_regex(written, SERIAL)))
    days = np.asarray(pc.cast(written.take(pa.array(rows)), pa.float64()), dtype="float64")
    possible = (days >= FIRST_SERIAL) & (days <= LAST_SERIAL)
    rows, days = rows[possible], days[possible]
    seconds = np.round(days * 86_400).astype("int64")  # a spreadsheet keeps about a hundred-thousandth of a day
    values[rows] = SERIAL_START + seconds.astype("timedelta64[s]").astype("timedelta64[us]")
    with_clock = np.zeros(len(rest), dtype=bool)
    with_clock[rows[days % 1 != 0]] = True
    return with_clock


def _numeric(written: pa.LargeStringArray) -> dict[str, Floats] | None:
    """Return the numbers of dates like 16/8/2010 4:05 PM, aligned with the column; None = there are none."""
    match = pc.match_substring_regex(written, NUMERIC)
    rows = _mask(match)
    if not rows.any():
        return None
    got = pc.extract_regex(written.filter(match), NUMERIC)
    names = ("first", "second", "third", "hour", "minute", "second_of")
    parts = {name: np.zeros(len(rows)) for name in (*names, "half", "year_first", "short_year")}
    length = {name: _lengths(got.field(name)) for name in ("first", "third")}
    for name in names:
        text = pc.if_else(pc.equal(got.field(name), ""), "0", got.field(name))
        parts[name][rows] = np.asarray(pc.cast(text, pa.int64()), dtype="float64")
    half = np.asarray(pc.utf8_lower(got.field("half")), dtype=object)
    parts["half"][rows] = np.where(half == "p", 2.0, np.where(half == "a", 1.0, 0.0))
    parts["year_first"][rows] = length["first"] == 4
    parts["short_year"][rows] = (length["first"] < 4) & (length["third"] <= 2)
    sound = ((length["first"] == 4) & (length["third"] <= 2)) | (
        (length["first"] <= 2) & ((length["third"] == 4) | (length["third"] == 2))
    )
    parts["is_numeric"] = np.zeros(len(rows))
    parts["is_numeric"][rows] = sound
    parts["is_numeric"] = parts["is_numeric"].astype(bool)
    return parts


def _lengths(texts: pa.Array) -> "np.ndarray":
    return np.asarray(pc.utf8_length(texts))


def _arrow(column: "pd.Series[str]") -> pa.LargeStringArray:
    texts = pa.array(column, pa.large_string(), from_pandas=True)
    return texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts


def _mask(values: pa.Array) -> Mask:
    return np.asarray(pc.fill_null(values, False), dtype=bool)
