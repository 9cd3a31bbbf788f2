"""Dates in the words of the region turned into numbers: 2021年3月1日, 2021. 3. 1. 오전 10:00, 1 марта 2021 г."""

import re
import unicodedata

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

# Only columns with such letters are looked at again.
LETTERS = r"[^\x00-\x7F]|[A-Za-z]{3}|\d\.\s+\d"
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january янв января январь",
            "feb february фев февраля февраль",
            "mar march мар марта март",
            "apr april апр апреля апрель",
            "may мая май",
            "jun june июн июня июнь",
            "jul july июл июля июль",
            "aug august авг августа август",
            "sep sept september сен сент сентября сентябрь",
            "oct october окт октября октябрь",
            "nov november ноя нояб ноября ноябрь",
            "dec december дек декабря декабрь",
        ),
        start=1,
    )
    for name in names.split()
}
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}  # the year before the first of each
_BEFORE_NOON = re.compile(r"(?:오전|上午|午前|凌晨|早上|үө)\s*(\d{1,2}):(\d{2})(?::(\d{2}))?")
_AFTER_NOON = re.compile(r"(?:오후|下午|午後|晚上|үх)\s*(\d{1,2}):(\d{2})(?::(\d{2}))?")
_ERA = re.compile(r"(令和|平成|昭和)\s*(元|\d{1,2})\s*年")
_SIGNS = re.compile(
    r"^(\d{4})\s*(?:年|년|оны|он)\s*(\d{1,2})\s*(?:月|월|-?р?\s?сарын|сар)\s*(\d{1,2})\s*(?:日|일|-?ны|-?ний|号|號)?[\s,]*(.*)$"
)
_HOURS = re.compile(r"(\d{1,2})\s*(?:时|時|点|點|시)\s*(?:(\d{1,2})\s*(?:分|분))?\s*(?:(\d{1,2})\s*(?:秒|초))?$")
_KOREAN = re.compile(r"^(\d{4})\.\s*(\d{1,2})\.\s*(\d{1,2})\.?[\s,]*(.*)$")
_DAY_MONTH = re.compile(r"^(\d{1,2})[\s.\-/]*([^\W\d_]{3,9})\.?[\s.,\-/]*(\d{4})\s*(?:года|г\.?)?[\s,]*(.*)$")
_MONTH_DAY = re.compile(r"^([^\W\d_]{3,9})\.?\s*(\d{1,2}),?\s+(\d{4})[\s,]*(.*)$")
_YEAR_MONTH = re.compile(r"^(\d{4})[\s.\-/]*([^\W\d_]{3,9})[\s.\-/]*(\d{1,2})[\s,]*(.*)$")
_JAVA = re.compile(r"^[^\W\d_]{3} ([^\W\d_]{3}) (\d{1,2}) (\d{2}:\d{2}:\d{2}) (?:UTC|GMT) (\d{4})$")


def plain_dates(column: "pd.Series[str]") -> "pd.Series[str]":
    """Return texts of which dates in words are written in numbers with the year first; all others stay as they are."""
    texts = pa.array(column, pa.large_string(), from_pandas=True)
    if not pc.any(pc.match_substring_regex(texts, LETTERS)).as_py():
        return column
    codes, different = pd.factorize(column)
    turned = pd.Series([plain_date(str(text)) for text in different], dtype=column.dtype)
    return pd.Series(turned.array.take(codes), index=column.index)


def plain_date(text: str) -> str:
    """Return one date in numbers, or the text itself where it is none in words.

    >>> plain_date("19-Mar-2021 11:00"), plain_date("2021年3月1日 下午3:05")
    ('2021-03-19 11:00', '2021-03-01 15:05')
    """
    if len(text) > 60:
        return text
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    plain = _ERA.sub(lambda matched: f"{_ERAS[matched[1]] + (1 if matched[2] == '元' else int(matched[2]))}年", plain)
    plain = _AFTER_NOON.sub(
        lambda matched: _clock(matched, 12), _BEFORE_NOON.sub(lambda matched: _clock(matched, 0), plain)
    )
    java = _JAVA.match(plain)
    if java and java[1].lower() in MONTHS:
        return f"{java[4]}-{MONTHS[java[1].lower()]:02d}-{int(java[2]):02d}T{java[3]}Z"
    for pattern, order in (
        (_SIGNS, "ymd"),
        (_KOREAN, "ymd"),
        (_DAY_MONTH, "dmy"),
        (_MONTH_DAY, "mdy"),
        (_YEAR_MONTH, "ymd"),
    ):
        match = pattern.match(plain)
        if match is None:
            continue
        parts = dict(zip(order, match.groups(), strict=False))
        month = MONTHS.get(parts["m"].lower()) if not parts["m"].isdigit() else int(parts["m"])
        if month is None:
            continue
        rest = _HOURS.sub(_hours, match[4]).strip()
        return f"{parts['y']}-{month:02d}-{int(parts['d']):02d} {rest}".strip()
    return plain if plain[:4].isdigit() and plain != text else text


def _clock(match: "re.Match[str]", more: int) -> str:
    hour = int(match[1])
    hour = hour % 12 + more if hour <= 12 else hour
    return f"{hour:02d}:{match[2]}" + (f":{match[3]}" if match[3] else "")


def _hours(match: "re.Match[str]") -> str:
    return f"{int(match[1]):02d}:{int(match[2] or 0):02d}" + (f":{int(match[3]):02d}" if match[3] else "")
