"""Which values of an animal's name say that nobody knows which animal it was. The one list, with its reasons.

A record of an animal nobody knows can never be half of a crossing. Only what is written decides: case is not looked at
here (UNKNOWN says the same as unknown), but it is never changed in a name that stands.
"""

import re
import unicodedata

import pandas as pd

# Anything with a question mark: sheets of real projects hold "Superman Cub #2 or #3?" and "F8?" for guesses.
_QUESTION = re.compile(r"[?？؟¿]")
# Either of two animals is neither of them.
_EITHER = re.compile(r"\b(?:or|или)\b")
# Words that say so wherever they stand in the value: "unknown male 2", "leopard, unidentified".
_WORDS = re.compile(
    r"\b(?:"
    r"unknown|unidentif\w*|unrecogni\w*|undetermin\w*|unnamed|indet|indeterminate"
    r"|not (?:identified|known|recogni[sz]ed|determined)|no ?id|not enough \w+"  # "Not enough cat" on the picture
    r"|неизвест\w*|неопозн\w*|не опозн\w*|неопредел\w*|не определ\w*|неустановл\w*|не установл\w*"
    r"|неидентиф\w*|не идентиф\w*|неясн\w*|нет данных"
    r"|тодорхойгүй|тодорхойлоогүй|тодорхойлогдоогүй|мэдэгдэхгүй|үл мэдэгдэх|танигдаагүй|таниагүй"
    r")\b"
)
# Chinese, Japanese and Korean set no spaces between words.
_SYLLABLES = re.compile(
    "未知|不明|不详|不詳|未识别|未識別|未辨识|未辨識|未鉴定|未鑑定|未确认|未確認|无法识别|無法識別|无法辨认|無法辨認"
    "|未同定|識別不能|判別不能|わからない"
    "|미상|불명|미확인|미식별|식별 ?불가|알 ?수 ?없음|모름"
)
# Abbreviations and fillings of empty cells: only as the whole value, since they may begin a real name.
_WHOLE = re.compile(
    r"(?:unk|unid|uid|unident|nid|ni|n/i|na|n/a|n\.a|nan|nil|null|none|nobody|missing|tbd|nec"  # NEC: not enough cat
    r"|н/д|н/о|нд|无|無|なし|없음)"
    r"(?P<number>[ _.#-]*\d+)?"
)
# With a number behind it only these stay what they are; "NA-03" or "NI7" may be an animal's name.
_NUMBERED = ("unk", "unid", "uid", "unident", "nec")


def says_unidentified(name: str) -> bool:
    """Tell whether a value says that the animal is not identified; an empty value says so too."""
    text = unicodedata.normalize("NFKC", name).casefold().replace("ё", "е").replace("_", " ")
    bare = text.strip(" \t.,;:()[]{}<>\"'*-–—/\\|#")
    if not bare or _QUESTION.search(name) or _EITHER.search(text) or _WORDS.search(text) or _SYLLABLES.search(text):
        return True
    whole = _WHOLE.fullmatch(bare)
    return bool(whole and (not whole["number"] or bare.startswith(_NUMBERED)))


def are_unidentified(names: "pd.Series[str]") -> "pd.Series[bool]":
    """Tell it for many values, each different one looked at once."""
    codes, different = pd.factorize(names)
    return pd.Series([says_unidentified(str(name)) for name in different], dtype=bool).take(codes).set_axis(names.index)
