"""Words of a text as the search knows them: one form for case, accents, stems, hyphens, numbers, scripts.

A term is a stem of a word ("crane" for cranes), a number without its separators ("337081"), two neighbouring letters
of a script that writes without spaces, or the joined form of a hyphenated word ("intertid" for inter-tidal). Terms hold
neither spaces nor the signs that neaspec/data/search/query.py puts between them.

Stems: the Snowball stemmers for English and Russian (https://snowballstem.org).
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

# Scripts written without spaces, or with endings that no stemmer here takes off: Chinese, Japanese, Korean.
UNSPACED = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
NUMBER = r"\d{1,3}(?:[,'\u2019\u202f\u00a0]\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
LETTERS = rf"[^\W\d_{UNSPACED}]+(?:['\u2019][^\W\d_{UNSPACED}]+)*"
TOKEN = re.compile(
    rf"(?P<number>{NUMBER})(?:st|nd|rd|th)?(?![^\W_{UNSPACED}])|(?P<unspaced>[{UNSPACED}]+)|(?P<word>(?:\d*{LETTERS}\d*)+)|\d+"
)
HYPHENS = "-\u2010\u2011\u2012\u2013\u2014"
COMBINING_MARKS = re.compile("[\u0300-\u036f]")
BRITISH = re.compile(r"is(?=(?:e|ed|es|er|ers|ing|ation|ations)$)")
POSSESSIVE = re.compile(r"['\u2019]s?$")
CYRILLIC = re.compile("[\u0400-\u04ff]")
SHORTEST_STEMMED = 4

ENGLISH = snowballstemmer.stemmer("english")
RUSSIAN = snowballstemmer.stemmer("russian")


@dataclass(frozen=True)
class Token:
    """One word or number of a text: its terms, all of which it must share with another to be the same.

    is_joined: a hyphen stands between it and the token before.
    """

    terms: tuple[str, ...]
    is_number: bool = False
    is_joined: bool = False


def tokens_of(text: str) -> list[Token]:
    """Cut a text into tokens, in their order."""
    plain = without_marks(text)
    tokens: list[Token] = []
    end = 0
    for match in TOKEN.finditer(plain):
        between = plain[end : match.start()]
        is_joined = bool(tokens) and len(between) == 1 and between in HYPHENS
        end = match.end()
        if match["number"] or match[0].isdigit():
            tokens.append(Token((plain_number(match["number"] or match[0]),), is_number=True, is_joined=is_joined))
        elif match["unspaced"]:
            tokens.append(Token(tuple(pairs_of_letters(match[0])), is_joined=is_joined))
        else:
            tokens.append(Token((stem(match[0]),), is_joined=is_joined))
    return tokens


def terms_of(text: str) -> set[str]:
    """Return all terms of a text, with the joined forms of its hyphenated words."""
    tokens = tokens_of(text)
    terms = {term for token in tokens for term in token.terms}
    terms |= {letter for token in tokens for term in token.terms if is_unspaced(term) for letter in term}
    return terms | set(joined_forms(text))


def joined_forms(text: str) -> list[str]:
    """Return the hyphenated words of a text as one term each: intertid for inter-tidal, som24 for SOM-24."""
    plain = without_marks(text)
    parts = re.findall(rf"[^\W_{UNSPACED}]+(?:[{HYPHENS}][^\W_{UNSPACED}]+)+", plain)
    split = [re.split(f"[{HYPHENS}]", part) for part in parts]
    return [stem("".join(words)) for words in split if not all(word.isdigit() for word in words)]


def without_marks(text: str) -> str:
    """Return a text in small letters and without accents; full-width forms become plain ones."""
    with_commas = re.sub("(?<=\\d)[\u202f\u00a0](?=\\d{3})", ",", text)  # thin spaces would become plain ones
    decomposed = unicodedata.normalize("NFKD", with_commas.casefold())
    return unicodedata.normalize("NFC", COMBINING_MARKS.sub("", decomposed))


def plain_number(number: str) -> str:
    """Return a number without separators and without zeros that say nothing: 8000 for 8,000.00."""
    digits = re.sub(r"[,'\u2019\u202f\u00a0]", "", number)
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def pairs_of_letters(word: str) -> list[str]:
    """Return the pairs of neighbouring letters of a word; a single letter stays alone."""
    return [word[at : at + 2] for at in range(len(word) - 1)] or [word]


def is_unspaced(term: str) -> bool:
    """Tell whether a term is of a script written without spaces."""
    return re.fullmatch(f"[{UNSPACED}]+", term) is not None


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return the stem of one word; British endings become American ones first."""
    bare = POSSESSIVE.sub("", word).replace("'", "").replace("\u2019", "")
    if len(bare) < SHORTEST_STEMMED:
        return bare
    if CYRILLIC.search(bare):
        return str(RUSSIAN.stemWord(bare))
    return str(ENGLISH.stemWord(BRITISH.sub("iz", bare)))
