"""Which values of an animal's name say that nobody knows which animal it was. The one list, with its reasons.

A record of an animal nobody knows can never be half of a crossing. Only what is written decides: case is not looked at
here (UNKNOWN says the same as unknown), but it is never changed in a name that stands.
"""

import re
import unicodedata
from collections.abc import Callable

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
# With a number behind it only these stay what they are; "NA-03", "NI7" or "NEC-01" (north-east China) may be a name.
_NUMBERED = ("unk", "unid", "uid", "unident")


# Words of doubt: "probably T3", "T3 maybe", "cf. T3", "not sure T3".
_DOUBT = re.compile(
    r"\b(?:probabl[ye]|prob|possibl[ye]|poss|perhaps|maybe|likely|presumabl[ye]|presumed|suspected|not sure|unsure"
    r"|uncertain|unconfirmed|not confirmed|unclear|doubtful|cf|aff|similar to|resembles"
    r"|вероятно|возможно|наверное|может быть|предположительно|похоже?|сомнительн\w*|не уверен\w*"
    r"|магадгүй|магад|эргэлзээтэй|байж болох)\b"
    "|可能|疑似|大概|也许|或许|不确定|待定|多分|たぶん|おそらく|かもしれない|不確か|疑い|아마|추정|불확실|의심"
)
# Words for sex, age, kind, number: each says what the animal was, none of them which. A value of nothing but such words
# and numbers names no animal; "Young Chief" has another word in it and may be a name.
_CLASSES = re.compile(
    r"(?:(?:an?|the|one|two|three|four|five|several|some|many|few|single|group|pair|family|with|and|of|no"
    r"|females?|males?|m|f|adults?|ad|sub-?adults?|sub|immatures?|juveniles?|juv|young|old|cubs?|kittens?|chicks?|calf"
    r"|mothers?|fathers?|tigers?|leopards?|snow|amur|siberian|far|eastern|cats?|big|cranes?|white|naped|hooded"
    r"|spoonbills?|black|faced|birds?|animals?|individuals?|ind|other|sex|age|both|large|small|tigress(?:es)?|lions?"
    r"|самки|самка|самец|самцы|взросл\w*|молод\w*|тигр\w*|леопард\w*|барс\w*|тигрята|котята|котенок|детеныш\w*"
    r"|журавл\w*|птиц\w*|особ\w*|самка с|и|с|амурск\w*|снежн\w*|дальневосточн\w*|подрост\w*"
    r"|эм|эр|эрэгчин|эмэгчин|бамбарууш|ирвэс|цоохор|бар|тогоруу|шувуу|амьтан|цен|бод\w*|том|жижиг"
    r"|雌|雄|雌性|雄性|公|母|成年|成体|幼体|幼崽|幼虎|幼豹|亚成体|亚成年|虎|豹|东北虎|东北豹|雪豹|只|头|个体|鹤|鸟|母虎|公虎|带崽"
    r"|メス|オス|成獣|幼獣|亜成獣|トラ|ヒョウ|ツル|頭|羽|個体"
    r"|암컷|수컷|성체|새끼|아성체|호랑이|표범|두루미|저어새|마리|개체)"
    r"|\d{1,2}|[\s+&,/;:()x×-])+"
)
# One of these must be among them: an animal may be called Amur, Snow or Young.
_CORE = re.compile(
    r"\b(?:females?|males?|m|f|adults?|sub-?adults?|immatures?|juveniles?|juv|cubs?|kittens?|chicks?|calf|mothers?|fathers?"
    r"|tigers?|leopards?|cats?|cranes?|spoonbills?|birds?|animals?|individuals?|tigress(?:es)?|lions?)\b|[^\W\da-z_]"
)
_SHORT = re.compile(r"[a-z]\s*-?\s*\d+|\d+\s*-?\s*[a-z]")  # 2F may be a name


def says_unidentified(name: str) -> bool:
    """Tell whether a value says that the animal is not identified; an empty value says so too."""
    text = unicodedata.normalize("NFKC", name).casefold().replace("ё", "е").replace("_", " ")
    bare = text.strip(" \t.,;:()[]{}<>\"'*-–—/\\|#")
    if not bare or _QUESTION.search(name) or _EITHER.search(text) or _WORDS.search(text) or _SYLLABLES.search(text):
        return True
    if _DOUBT.search(text):
        return True
    whole = _WHOLE.fullmatch(bare)
    return bool(whole and (not whole["number"] or bare.startswith(_NUMBERED)))


def names_a_class(name: str) -> bool:
    """Tell whether a value is made of words for sex, age, kind and counts alone ("male", "2 cubs", "tiger").

    Beside a picture that is what was seen. An animal that carries a tag may be called so: there is one of it.
    """
    bare = unicodedata.normalize("NFKC", name).casefold().replace("ё", "е").replace("_", " ").strip()
    if not _CLASSES.fullmatch(bare) or not _CORE.search(bare):
        return False
    return not bare[-1].isdigit() and not _SHORT.fullmatch(bare)


def are_unidentified(names: "pd.Series[str]") -> "pd.Series[bool]":
    """Tell it for many values, each different one looked at once."""
    return _of_each(names, says_unidentified)


def are_classes(names: "pd.Series[str]") -> "pd.Series[bool]":
    """Tell of many values which name a class."""
    return _of_each(names, names_a_class)


def _of_each(names: "pd.Series[str]", tell: Callable[[str], bool]) -> "pd.Series[bool]":
    codes, different = pd.factorize(names)
    return pd.Series([tell(str(name)) for name in different], dtype=bool).take(codes).set_axis(names.index)
