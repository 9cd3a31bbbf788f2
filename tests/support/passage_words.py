"""What of a statement must stand in the passage it cites: numbers, dates, States, things with a name, proper names.

A word to look for ("token") is a kind and a value: `number:49`, `month:7`, `State:MNG`, `thing:rason`, `name:Harbin`.
All functions are pure. What words of a passage say is worked out once (`said_in`), then tokens are held against it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
UNITS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "eleventh": 11,
    "twelfth": 12,
}
CARDINALS = {word: number for number, word in enumerate(UNITS + TEENS, 1)}
WORDS = CARDINALS | TENS | ORDINALS | {"both": 2, "single": 1, "hundred": 100, "thousand": 1000}
TOLD_BY_WORD = {word for word in CARDINALS if word != "one"}  # "one" and "first" are rarely figures in our own words
DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|\d+")
DEGREES = re.compile(r"(\d+)\s*°\s*(\d+)\s*[′'](?:\s*(\d+)\s*[″\"])?")
A_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")

STATES = {
    "CHN": r"china|chinese|sino",
    "JPN": r"japan(?:ese)?",
    "KOR": r"(?<!people's )republic of korea|rok",
    "MNG": r"mongolian?",
    "PRK": r"democratic people's republic of korea|dprk",
    "RUS": r"russian?",
}
MEMBERS = r"(?:all )?member (?:states|governments|countries)"
ALL_MEMBERS = r"all member states"  # in our words "five member States" are not all
# Words in capitals that name nothing.
SMALL_WORDS = "the and of for in on at to"
NO_NAMES = frozenset(
    [
        *SMALL_WORDS.split(),
        "state",
        "states",
        "government",
        "senior",
        "officials",
        "meeting",
        "table",
        "figure",
        "annex",
        "section",
        "paragraph",
        "component",
        "i",
        "ii",
        "iii",
        "english",
        "federation",
        "republic",
        "democratic",
        "people's",
        "korea",
    ]
)
# Words that only say what kind of thing a name is of.
KINDS_OF_THINGS = frozenset(
    [
        *SMALL_WORDS.split(),
        "a",
        "administration",
        "agency",
        "area",
        "areas",
        "association",
        "bay",
        "bird",
        "center",
        "centre",
        "commission",
        "committee",
        "conservation",
        "convention",
        "department",
        "estuary",
        "foundation",
        "fund",
        "government",
        "group",
        "institute",
        "international",
        "lake",
        "migratory",
        "ministry",
        "mountain",
        "mountains",
        "national",
        "natural",
        "nature",
        "network",
        "office",
        "organisation",
        "organization",
        "park",
        "parks",
        "programme",
        "protected",
        "reserve",
        "reserves",
        "ridge",
        "river",
        "secretariat",
        "site",
        "sites",
        "society",
        "state",
        "university",
        "valley",
        "valleys",
        "wetland",
        "wetlands",
        "wide",
        "working",
        "world",
        "zone",
    ]
)
LEAST_STEM = 4  # characters


@dataclass(frozen=True)
class Said:
    """What a passage says, ready to be held against tokens."""

    text: str
    words: frozenset[str]
    numbers: frozenset[float]
    months: frozenset[int]
    states: frozenset[str]


@dataclass(frozen=True)
class Names:
    """Names by which documents know the things of the tables.

    things: key of a thing ("sites rason") -> its names. states: key of a thing -> codes of the States it lies in.
    short: a short form in small letters ("dmz") -> the long forms.
    """

    things: Mapping[str, tuple[str, ...]]
    states: Mapping[str, frozenset[str]]
    short: Mapping[str, tuple[str, ...]]


def even(text: str) -> str:
    """Write a text in small letters on one line, with one kind of quotation mark, hyphen and apostrophe."""
    text = text.lower().replace("\u2019", "'").replace("\u201c", '"').replace("\u201d", '"').replace("\u2013", "-")
    return re.sub(r"\s+", " ", re.sub(r"-\s*\n\s*", "-", text)).strip()


def numbers_in(text: str) -> set[float]:
    """Give all numbers of a text: digits with any separators, number words, ordinals, degrees as decimals.

    A mark of a footnote that is glued to a year ("2007.1") does not hide the year.
    """
    text = even(text)
    found: set[float] = set()
    for digits in DIGITS.findall(text):
        value = float(digits.replace(",", ""))
        found |= {value} | ({float(int(value))} if len(digits.split(".")[0]) == 4 else set())
    for degrees, minutes, seconds in DEGREES.findall(text):
        found.add(round(int(degrees) + int(minutes) / 60 + int(seconds or 0) / 3600, 4))
    words = re.findall(r"[a-z]+", text)
    found |= {float(WORDS[word]) for word in words if word in WORDS}
    pairs = zip(words, words[1:], strict=False)
    found |= {float(TENS[ten] + WORDS[unit]) for ten, unit in pairs if ten in TENS and 0 < WORDS.get(unit, 0) < 10}
    return found | ({0.0} if re.search(r"\bno\b|\bnot?\b(?= (?:been|any))", text) else set())


def words_in(text: str) -> set[str]:
    """Give the words of a text in small letters; hyphens part them, apostrophes do not."""
    return set(re.findall(r"[^\W_]+(?:'[a-z]+)?", even(text)))


def months_in(text: str) -> set[int]:
    """Give the months a text names, in full or by three letters."""
    words = words_in(text)
    return {number for number, month in enumerate(MONTHS, 1) if month in words or month[:3] in words}


def states_in(text: str, members: str = MEMBERS) -> set[str]:
    """Give the codes of the member States a text names; "member States" are all of them."""
    text = even(text)
    if re.search(rf"\b{members}\b", text):
        return set(STATES)
    return {code for code, pattern in STATES.items() if re.search(rf"\b(?:{pattern})\b", text)}


def said_in(passage: str) -> Said:
    """Work out once what a passage says."""
    return Said(
        text=even(passage),
        words=frozenset(words_in(passage)),
        numbers=frozenset(numbers_in(passage)),
        months=frozenset(months_in(passage)),
        states=frozenset(states_in(passage)),
    )


def date_tokens(date: str) -> list[str]:
    """Give the parts of an ISO date as tokens."""
    year, month, day = A_DATE.fullmatch(date).groups()  # type: ignore[union-attr]
    return (
        [f"number:{int(year)}"] + ([f"month:{int(month)}"] if month else []) + ([f"number:{int(day)}"] if day else [])
    )


def text_tokens(text: str, proper: Iterable[str]) -> list[str]:
    """Give the tokens of a text of ours: numbers, months, States, proper names.

    A word in capitals that opens a sentence is a name only if it is among `proper` (in small letters).
    """
    meetings = re.findall(r"\bSOM-(\d+)", text)
    text = re.sub(r"\bSOM-\d+", " ", text)
    numbers = {value for digits in DIGITS.findall(text) for value in [float(digits.replace(",", ""))]}
    numbers |= {float(WORDS[word]) for word in words_in(text) if word in TOLD_BY_WORD}
    tokens = [f"number:{value:g}" if value < 1e5 else f"number:{value:.10g}" for value in sorted(numbers)]
    tokens += [f"meeting:{number}" for number in meetings]
    tokens += [f"State:{code}" for code in sorted(states_in(text, ALL_MEMBERS))]
    plain = re.sub("|".join(pattern for pattern in STATES.values()), " ", text.replace("\u2019", "'"), flags=re.I)
    for found in re.finditer(r"[^\W\d_][^\W_]*(?:'[a-z]+)?", plain):
        word = found[0].removesuffix("'s")
        before = plain[: found.start()].rstrip(" (\"'")
        opens = not before or before[-1] in ".:;?!"
        if word.lower() in NO_NAMES or not word[0].isupper():
            continue
        if word.lower() in MONTHS:
            if not opens or word.lower() != "may":
                tokens.append(f"month:{MONTHS.index(word.lower()) + 1}")
        elif not opens or word.lower() in proper or (len(word) > 1 and word[1:].upper() == word[1:]):
            tokens.append(f"name:{word}")
    return list(dict.fromkeys(tokens))


def is_said(token: str, said: Said, names: Names) -> bool:
    """Say whether a passage says what a token asks for."""
    kind, value = token.split(":", 1)
    if kind == "number":
        return any(abs(float(value) - number) < 1e-4 for number in said.numbers)
    if kind == "meeting":  # SOM-27, COP14: the number and a word for the meeting
        return float(value) in said.numbers and bool(re.search(r"\bsom\b|senior officials", said.text))
    if kind == "month":
        return int(value) in said.months
    if kind == "State":
        return value in said.states or is_implied(value, said, names)
    if kind == "thing":
        return any(is_named(name, said, names) for name in names.things.get(value, ()))
    if kind == "whole":
        return squeezed(value) in squeezed(said.text)
    return is_word(value, said, names)


def squeezed(text: str) -> str:
    """Leave only letters and digits of a text, so that hyphens and breaks of lines do not part it."""
    return re.sub(r"\W", "", even(text))


def is_implied(code: str, said: Said, names: Names) -> bool:
    """Say whether a passage names a thing that lies in this State and in no other."""
    return any(
        states == {code} and any(is_named(name, said, names) for name in names.things[key])
        for key, states in names.states.items()
    )


def is_named(name: str, said: Said, names: Names) -> bool:
    """Say whether all words of a name that are not mere kinds of things are in a passage, its States included."""
    states = states_in(name)
    own = [word for word in words_in(name) if word not in NO_NAMES | KINDS_OF_THINGS and not states_in(word)]
    if not own and not states:
        return squeezed(name) in squeezed(said.text)
    return states <= said.states and all(is_word(word, said, names) for word in own)


def is_word(word: str, said: Said, names: Names) -> bool:
    """Say whether a passage has a word in any of its endings, its long form, or a short form of what it belongs to."""
    small = even(word)
    if any(squeezed(long) in squeezed(said.text) for long in names.short.get(small, ())):
        return True
    if any(small in words_in(long) for short in said.words for long in names.short.get(short, ())):
        return True
    if any(letter.isdigit() for letter in small):  # COP14, printed COP-14 or COP 14
        return squeezed(small) in squeezed(said.text)
    stem = small if word.isupper() else re.sub(r"(?:s|y|e|an)$", "", small)
    stem = stem if len(stem) >= LEAST_STEM else small
    return any(each == small or (len(stem) >= LEAST_STEM and each.startswith(stem)) for each in said.words)


def row_tokens(row: Mapping[str, Any], columns: Mapping[str, str], proper: Iterable[str]) -> list[str]:
    """Give the tokens of a row. `columns` tells how each column is read.

    number, date, text, whole (a name that must stand there letter by letter), states (codes), component (a key that
    ends with its number), meeting (a key with the number of a meeting of senior officials), or `thing <table>` (keys).
    """
    tokens: list[str] = []
    for column, how in columns.items():
        cell = str(row.get(column) or "")
        if not cell:
            continue
        if how == "number":
            tokens.append(f"number:{cell}")
        elif how == "date":
            tokens += date_tokens(cell)
        elif how == "text":
            tokens += text_tokens(cell, proper)
        elif how == "whole":
            tokens.append(f"whole:{cell}")
        elif how == "states":
            tokens += [f"State:{code}" for code in cell.split()]
        elif how == "component":
            tokens.append(f"number:{cell.rsplit('_c', 1)[1]}")
        elif how == "meeting":
            tokens += [f"meeting:{found[1]}" for found in [re.fullmatch(r"som_(\d+)", cell)] if found]
        else:
            tokens += [f"thing:{how.removeprefix('thing ')} {key}" for key in cell.split()]
    return list(dict.fromkeys(tokens))
