"""Seasons and years of a joint study: all of them from the first to the last, also those nobody worked in."""

import pandas as pd

from neaspec.crossings.privacy.periods import periods


def year_marks(first: pd.Timestamp, last: pd.Timestamp) -> pd.DatetimeIndex:
    """Return the beginnings of the years from the first to the last moment, and of the year after."""
    return pd.date_range(f"{first.year}-01-01", f"{last.year + 1}-01-01", freq="YS")


def season_marks(first: pd.Timestamp, last: pd.Timestamp) -> pd.DatetimeIndex:
    """Return the beginnings of the seasons from the first to the last moment, and of the season after."""
    return pd.date_range(_season_of(first), _season_of(last) + pd.DateOffset(months=3), freq=pd.DateOffset(months=3))


def _season_of(moment: pd.Timestamp) -> pd.Timestamp:
    """Return the first day of the season of a moment: of December, March, June or September."""
    months = moment.year * 12 + moment.month - 1
    first = (months + 1) // 3 * 3 - 1
    return pd.Timestamp(year=first // 12, month=first % 12 + 1, day=1)


def season_words(marks: pd.DatetimeIndex) -> pd.DataFrame:
    """Return period (words) and start (month) of the season that begins at each mark."""
    moments = pd.Series(marks)
    named = periods(moments, pd.Series("season", index=moments.index))
    return named[["period", "start"]].reset_index(drop=True)
