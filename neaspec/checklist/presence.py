"""What a list says of a species in its State: present, absent, or something that only its holder can decide.

The words are those of the GBIF vocabulary of occurrence status and of sheets in the languages of the States. A word
that stands in neither table is never taken for a yes.
"""

from collections.abc import Collection

PRESENT, ABSENT, UNCLEAR, ELSEWHERE = "present", "absent", "unclear", "elsewhere"
PRESENT_WORDS = frozenset(
    {
        *("present", "common", "abundant", "rare", "irregular", "occasional", "vagrant", "confirmed", "recorded"),
        *("resident", "breeding", "breeder", "migrant", "wintering", "native", "yes", "y", "true", "1", "x", "+"),
        *("да", "есть", "отмечен", "有", "是", "分布", "있음", "예", "출현", "はい", "あり"),
    }
)
ABSENT_WORDS = frozenset(
    {
        *("absent", "excluded", "0", "no", "n", "false", "not present", "not recorded", "not found"),
        *("extinct", "extirpated", "locally extinct", "нет", "отсутствует", "无", "無", "否", "없음", "아니오", "なし"),
    }
)


def presence_of(status: str) -> str:
    """Return what a cell of status says; an empty one says nothing against the row it stands in.

    >>> presence_of(""), presence_of("Not present"), presence_of("doubtful")
    ('present', 'absent', 'unclear')
    """
    said = " ".join(status.casefold().replace("_", " ").split()).rstrip(".")
    if not said or said in PRESENT_WORDS:
        return PRESENT
    return ABSENT if said in ABSENT_WORDS else UNCLEAR


def of_all(said: Collection[str]) -> str:
    """Return what several rows about one species say together: one that is sure of it outweighs the others."""
    return next((kind for kind in (PRESENT, UNCLEAR, ABSENT) if kind in said), ELSEWHERE)
