"""From the taxon a data set writes to the species of these data and the group whose sensitivity rules hold.

Names and what they mean are rows of data/taxon_names.csv; here is only how a written name is read: authors, years,
subgenera and marks of rank are passed over, a name that is not certain (cf., aff., sp.) counts for its genus only.
"""

import re
import unicodedata
from dataclasses import dataclass

import pandas as pd

from neaspec.crossings.privacy.redact import redact
from neaspec.crossings.privacy.rules import OTHER

_RANKS = {"subsp", "ssp", "subspecies", "var", "morph", "f", "ad", "subadult", "juv"}
_DOUBTS = {"cf", "aff", "sp", "spp", "nr", "indet", "gr", "agg", "complex"}
_PARTICLES = {"von", "van", "de", "da", "du", "des", "del", "der", "den", "ex", "et", "in", "and", "auct", "nec", "not"}
_TAG = re.compile(r"<[^<>]{0,40}>")
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
MOST_SHOWN = 60


@dataclass(frozen=True)
class Meaning:
    """What a written taxon is taken for."""

    species_id: str  # empty = none of the flagship species
    taxon_group: str
    taxon: str  # the name to show


def plain(name: str) -> str:
    """Return a name for comparison: one spelling of letters, no tags, no double spaces, no capitals."""
    text = _TAG.sub(" ", unicodedata.normalize("NFKC", name)).replace("_", " ")
    return " ".join(text.split()).casefold()


def scientific(name: str) -> tuple[str, ...]:
    """Return genus and epithets of a written scientific name, in small letters; one word = genus only, none = no name.

    >>> scientific("Panthera (Uncia) uncia (Schreber, 1775)")
    ('panthera', 'uncia')
    """
    text = _IN_BRACKETS.sub(" ", _TAG.sub(" ", unicodedata.normalize("NFKC", name)).replace("_", " "))
    if text.isupper():
        text = text.lower()
    words: list[str] = []
    for token in text.split():
        bare = token.strip(".,;:'\"×")
        if not words:
            if not _WORD.fullmatch(bare):
                return ()
            words.append(bare.casefold())
        elif bare.casefold() in _DOUBTS or "?" in token:
            return (words[0],)
        elif bare.casefold() in _RANKS and token.islower():
            continue
        elif not _WORD.fullmatch(bare) or not bare.islower() or bare in _PARTICLES or len(bare) < 3:
            break
        else:
            words.append(bare)
            if len(words) == 3 or token.endswith((",", ";", ":")):
                break
    return tuple(words)


def meaning(name: str, known: dict[str, Meaning]) -> Meaning:
    """Return what one written taxon is taken for; see `meanings`."""
    species_or_group = known.get(plain(name))
    if species_or_group is not None:
        return species_or_group
    words = scientific(name)
    if not words:
        return Meaning("", OTHER, redact(" ".join(name.split()))[:MOST_SHOWN])
    species_or_group = known.get(" ".join(words))
    if species_or_group is None and len(words) == 3 and words[1] == words[2]:  # the nominate form of a species
        species = known.get(" ".join(words[:2]))
        species_or_group = species if species is not None and species.taxon.casefold() == " ".join(words[:2]) else None
    if species_or_group is not None:
        return species_or_group
    shown = redact(" ".join([words[0].capitalize(), *words[1:]]))[:MOST_SHOWN]
    genus = known.get(words[0])
    if genus is not None and not genus.species_id:
        return Meaning("", genus.taxon_group, shown)
    return Meaning("", OTHER, shown)


def meanings(taxa: pd.Series, names: pd.DataFrame) -> pd.DataFrame:
    """Return what each written taxon is taken for; each different one is read once.

    Args:
        taxa: scientific (or common) names as data sets write them.
        names: answer of queries/taxon_names.sql.

    Returns:
        species_id, taxon_group, taxon (accepted scientific name of a species of these data, else the name as read,
        without author), aligned with `taxa`.
    """
    known = known_names(names)
    codes, different = pd.factorize(taxa.fillna("").astype("str"))
    read = [meaning(str(name), known) for name in different]
    columns = {
        column: pd.array([getattr(meant, column) for meant in read], dtype="str").take(codes)
        for column in ("species_id", "taxon_group", "taxon")
    }
    return pd.DataFrame(columns, index=taxa.index)


def known_names(names: pd.DataFrame) -> dict[str, Meaning]:
    """Return name for comparison -> meaning."""
    species = names["species_id"].fillna("")
    is_accepted = names["relation"] == "accepted"
    accepted = dict(zip(species[is_accepted], names["name"][is_accepted], strict=True))
    return {
        plain(name): Meaning(key, group, accepted.get(key, name) if key else name)
        for name, key, group in zip(names["name"], species, names["taxon_group"], strict=True)
    }
