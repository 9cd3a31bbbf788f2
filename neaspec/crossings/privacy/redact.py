"""Texts without positions: what could tell a position is taken out of names before they leave.

Names of animals, data sets and files are the only texts of field data that go out. Some hold a position: a camera named
by its coordinates, a file named by a grid square. Such a piece is replaced by words. Known are decimal degrees,
degrees with minutes and seconds, metres of map projections, squares of the military grid and open location codes. It
cannot know names of places, nor codes that look like any other name (geohashes without the word before them).
"""

import hashlib
import re
import unicodedata

import pandas as pd

WITHHELD = "[position withheld]"

_BETWEEN = r"(?:[\s,;/|_&:()=-]{1,4}(?:[a-zA-Zа-яА-Я]{1,10}[\s,;/|_&:()=.-]{0,3})?)"
_SIDE = r"[NSEWnsewСЮВЗсювз]"
_DEGREE = r"(?:°|º|˚|∘|\bdeg(?:rees?)?\b|град\w*|度|도)"
_SECOND = r"(?:''|[\"”″“]|s\b|sec\b|秒|초)"
_MINUTE = r"(?:['’′‘`´m]|min\b|分|분)"
_NUMBER = r"[-+−]?\d{1,3}[.,]\d+"
_WORDS_IN_LATIN = r"lat(?:itude)?|lon(?:g(?:itude)?)?|lng|northing|easting|utm|mgrs|geohash"
_COORDINATE_WORD = (
    f"(?:{_WORDS_IN_LATIN}|широта|долгота|уртраг|өргөрөг|纬度|经度|위도|경도|緯度|経度|[北南]纬|[东西]经|[北南]緯|[東西]経|[東西]經"
    r"|북위|남위|동경|서경|с\.?\s?ш\.?|ю\.?\s?ш\.?|в\.?\s?д\.?|з\.?\s?д\.?)"
)

# A text without any of these holds no position the patterns below know.
_MAY_HOLD = re.compile(r"\d.*\d.*\d|geohash", re.DOTALL | re.IGNORECASE)
# Names that are no position although they look like one: a digital object identifier.
_KEPT = re.compile(r"\b10\.\d{4,5}/(?![^\s]*\d[.,]\d{4})[^\s,;]+")

_PATTERNS = tuple(
    re.compile(pattern, flags)
    for pattern, flags in (
        # 43°07'24.4"N, 43 deg 7.4, 43度07分
        (
            rf"[-+−]?\d{{1,3}}(?:[.,]\d+)?\s*{_DEGREE}\s*\d{{1,2}}(?:[.,]\d+)?(?:\s*{_MINUTE})?"
            rf"(?:\s*\d{{1,2}}(?:[.,]\d+)?(?:\s*{_SECOND})?)?(?:\s*{_SIDE}\b)?",
            re.IGNORECASE,
        ),
        (rf"[-+−]?\d{{1,3}}[.,]\d+\s*{_DEGREE}(?:\s*{_SIDE}\b)?", re.IGNORECASE),
        # 43d07m24s, 43-07-24N, 43 07.407 N, N43 07.407, N 43 07 24
        (r"\b\d{1,3}d\d{1,2}m(?:\d{1,2}(?:[.,]\d+)?s?)?[NSEW]?\b", re.IGNORECASE),
        (r"\b\d{1,3}[\s:_'’′-]+\d{1,2}(?:[.,]\d+|[\s:_'’′-]+\d{1,2}(?:[.,]\d+)?)[\s\"”″_']*[NSEW]\b", re.IGNORECASE),
        (r"\b[NSEW]\s?\d{1,3}[\s:_'’′-]+\d{1,2}(?:[.,]\d+|[\s:_'’′-]+\d{1,2}(?:[.,]\d+)?)\b", re.IGNORECASE),
        # 430724N1312530E, N430724E1312530, 4307N 13125E
        (r"\d{4,7}(?:[.,]\d+)?\s?[NS][\s,_/-]*\d{4,8}(?:[.,]\d+)?\s?[EW]", re.IGNORECASE),
        (r"[NS]\s?\d{4,7}(?:[.,]\d+)?[\s,_/-]*[EW]\s?\d{4,8}(?:[.,]\d+)?", re.IGNORECASE),
        # lat43_1234 lon131_4567, 43_1234-131_4567: underscores in place of the point
        (rf"(?<![A-Za-z]){_COORDINATE_WORD}[\s_:=-]{{0,3}}[-+−]?\d{{1,3}}[_-]\d{{2,}}", re.IGNORECASE),
        (r"(?<!\d)[-+−]?\d{1,2}_\d{3,}[\s,;_&-]{1,3}[-+−]?1?\d{2}_\d{3,}(?!\d)", 0),
        # 43-07-24 131-27-24, 43_07_24-131_27_24: degrees, minutes and seconds of both axes
        (
            r"(?<!\d)[0-8]?\d([-_:. ])[0-5]?\d\1[0-5]?\d(?:[.,]\d+)?[\s,;_&/-]{1,3}(?:[01]?\d{1,2})\1[0-5]?\d\1[0-5]?\d"
            r"(?:[.,]\d+)?(?!\d)",
            0,
        ),
        # 北纬43.12, с.ш. 43,12, 43,12 с.ш.
        (rf"{_COORDINATE_WORD}[\s_:=.]{{0,3}}{_NUMBER}", re.IGNORECASE),
        (r"\d{1,3}[.,]\d+\s?(?:с\.?\s?ш|ю\.?\s?ш|в\.?\s?д|з\.?\s?д)\.?", re.IGNORECASE),
        # E523000N4604000, N4604000E523000, 523000E 4604000N: metres beside letters of the compass
        (r"(?<![A-Za-z])[EX]\s?\d{6}(?:[.,]\d+)?[\s,_/-]*[NY]\s?\d{6,7}(?:[.,]\d+)?", re.IGNORECASE),
        (r"(?<![A-Za-z])[NY]\s?\d{6,7}(?:[.,]\d+)?[\s,_/-]*[EX]\s?\d{6}(?:[.,]\d+)?", re.IGNORECASE),
        (r"(?<!\d)\d{6}(?:[.,]\d+)?\s?E[\s,_/-]*\d{6,7}(?:[.,]\d+)?\s?N(?![A-Za-z])", re.IGNORECASE),
        # Pine ridge (4312 13055): degrees and minutes without signs; years and times of day are kept
        (r"(?<!\d)(?!20)[2-7]\d[0-5]\d[\s,/_-](?:0[7-9]\d|1[0-8]\d)[0-5]\d(?!\d)", 0),
        # N43.12E131.45, 43.12N131.45E and single ones: decimals beside a letter of the compass
        (rf"{_NUMBER}\s?[NSEW](?![A-Za-z])", re.IGNORECASE),
        (r"(?<![A-Za-z])[NSEW]\s?\d{1,3}[.,]\d+", re.IGNORECASE),
        # lat=43.1, Northing 4774000
        (rf"(?<![A-Za-z]){_COORDINATE_WORD}[\s_:=.\"'()\[\]-]{{0,4}}(?:[-+−]?\d+[.,]\d+|\d{{5,}})", re.IGNORECASE),
        (r"geohash\W{0,3}\w+", re.IGNORECASE),
        # 43,1234; 43.123: three decimals of a degree are about 100 m (a comma before three digits parts thousands)
        (r"(?<![\d.,])[-+−]?\d{1,3}\.\d{3,}(?![\d]*\.\d)", 0),
        (r"(?<![\d.,])[-+−]?\d{1,3}[,·٫]\d{4,}", 0),
        (r"(?<![\d.,])[-+−]?\d(?:[.,]\d{3,})[eE][+]?0?[12]\b", 0),
        # squares of the military grid: 52TGP1234567890
        (r"(?<![A-Za-z\d])\d{1,2}[C-HJ-NP-X]\s?[A-HJ-NP-Z]{2}\s?(?:\d{2}){2,5}(?!\d)", re.IGNORECASE),
        (r"(?<![A-Za-z\d])\d{1,2}[C-HJ-NP-X]\s?[A-HJ-NP-Z]{2}[\s_-]\d{2,5}[\s_-]\d{2,5}(?!\d)", re.IGNORECASE),
        # open location codes: 8Q9V4C2R+XM
        (r"\b[23456789CFGHJMPQRVWX]{8}\+[23456789CFGHJMPQRVWX]{2,7}\b", re.IGNORECASE),
    )
)
_DECIMAL_PAIR = re.compile(rf"(?<![\d.,])({_NUMBER}){_BETWEEN}({_NUMBER})(?![\d.,]*\d)")
_METRE_PAIR = re.compile(
    r"(?<!\d)(\d{6,9})(?:[.,]\d+)?\s?(?:[mMEN]\b)?[\s,;/|_:&-]{1,3}[a-zA-Z]{0,10}[\s=:_.]{0,2}"
    r"(\d{6,9})(?:[.,]\d+)?(?:\s?[mMEN]\b)?(?!\d)"
)
_DATE_OR_TIME = re.compile(
    r"(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])?$|(?:[01]\d|2[0-3])[0-5]\d[0-5]\d$"
)


def redact(text: str) -> str:
    """Return a text without pieces that could tell a position; a text that holds none comes back unchanged.

    Each piece is replaced by WITHHELD, so that a reader knows that something was there.
    """
    if not _MAY_HOLD.search(text):
        return text
    kept: list[str] = []

    def keep(piece: re.Match[str]) -> str:
        kept.append(piece[0])
        return f"\x00{chr(0xE000 + len(kept) - 1)}\x00"

    plain = _KEPT.sub(keep, unicodedata.normalize("NFKC", text)) if len(text) < 4000 else text[:4000]
    text_left = _DECIMAL_PAIR.sub(_withhold_degrees, plain)
    text_left = _METRE_PAIR.sub(_withhold_metres, text_left)
    for pattern in _PATTERNS:
        text_left = pattern.sub(WITHHELD, text_left)
    if text_left == plain:
        return text if len(text) < 4000 else text_left
    for number, name in enumerate(kept):
        text_left = text_left.replace(f"\x00{chr(0xE000 + number)}\x00", name)
    return text_left


def redact_all(texts: pd.Series) -> pd.Series:
    """Return texts without positions; each different text is looked at once."""
    codes, different = pd.factorize(texts.fillna("").astype("str"))
    plain = pd.array([redact(str(text)) for text in different], dtype="str")
    return pd.Series(plain.take(codes), index=texts.index, dtype="str")


def redact_distinctly(texts: pd.Series) -> pd.Series:
    """Return texts without positions that differ where the texts differ: keys and names that records are joined by.

    A text that held a position ends with # and a digest of it, which is taken off before anything is shown.
    """
    codes, different = pd.factorize(texts.fillna("").astype("str"))
    names = []
    for text in different:
        plain = redact(str(text))
        digest = hashlib.blake2b(str(text).encode(), digest_size=8).hexdigest()
        names.append(plain if plain == text else f"{plain} #{digest}")
    return pd.Series(pd.array(names, dtype="str").take(codes), index=texts.index, dtype="str")


def _number(text: str) -> float:
    return abs(float(text.replace(",", ".").replace("−", "-")))


def _withhold_degrees(pair: re.Match[str]) -> str:
    """Withhold two numbers with decimals that can be latitude and longitude; versions (1.0, 2.3) are kept."""
    smaller, greater = sorted((_number(pair[1]), _number(pair[2])))
    can_be = smaller <= 90 and greater <= 180 and greater >= 20
    return WITHHELD if can_be else pair[0]


def _withhold_metres(pair: re.Match[str]) -> str:
    """Withhold two long numbers that can be metres of a projection or degrees without their point; dates are kept."""
    first, second = pair[1], pair[2]
    if _DATE_OR_TIME.match(first) and _DATE_OR_TIME.match(second):
        return pair[0]
    return WITHHELD if max(len(first), len(second)) >= 7 else pair[0]
