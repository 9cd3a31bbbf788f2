"""Names of a list matched with the working list: by accepted name and by names that documents print, never merged.

What is sure and what is doubtful are kept apart. Sure is an accepted name, or a name that a document prints for one
species of the list. All else that may be one of its species is doubtful and is shown with the reason.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

import pandas as pd

from neaspec.checklist.own_list import ListedName
from neaspec.checklist.presence import UNCLEAR
from neaspec.crossings.privacy.taxa import plain, scientific

SURE = ("accepted", "synonym", "spelling")
DOUBTFUL = (
    *("hybrid", "status", "own_synonym", "subspecies", "uncertain", "ending"),
    *("epithet", "similar", "vernacular", "ambiguous", "genus"),
)
NONE = "none"
LEAST_ALIKE = 0.88  # of two names of species: one or two letters differ
HYBRID = re.compile(r"×|\sx\s", re.IGNORECASE)
MARKS_OF_DOUBT = (" cf", " cf.", " aff", " aff.", "?")
ENDINGS = ("us", "um", "is", "a", "e", "i")  # of an epithet that follows the gender of its genus
SCIENTIFIC = "la"


@dataclass(frozen=True)
class Match:
    """What a row of a list is taken for.

    kind: of SURE, of DOUBTFUL, or none. taxon_ids: rows of the working list it may be. document_id: of the document
    that prints the name as a synonym.
    """

    listed: ListedName
    kind: str
    taxon_ids: tuple[str, ...] = ()
    document_id: str = ""

    @property
    def is_sure(self) -> bool:
        """Whether the row means one species of the working list, beyond doubt."""
        return self.kind in SURE and len(self.taxon_ids) == 1


class KnownNames:
    """The names of a working list, ready to be looked up."""

    def __init__(self, species: pd.DataFrame, names: pd.DataFrame) -> None:
        """Take the answers of queries/checklist_species.sql and queries/checklist_names.sql."""
        self.accepted = {plain(str(row.scientific_name)): str(row.taxon_id) for row in species.itertuples()}
        self.printed: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)  # name -> taxon -> kind, document
        self.vernacular: dict[str, set[str]] = defaultdict(set)
        for row in species.itertuples():
            self.vernacular[plain(str(row.english_name))].add(str(row.taxon_id))
        for row in names.itertuples():
            taxon_id = str(row.taxon_id)
            if row.language == SCIENTIFIC and row.name_kind in SURE:
                for name in {plain(str(row.name)), " ".join(scientific(str(row.name)))}:
                    self.printed[name].setdefault(taxon_id, (str(row.name_kind), str(row.document_id)))
            elif row.language != SCIENTIFIC:
                self.vernacular[plain(str(row.name))].add(taxon_id)
        self.epithets: dict[str, set[str]] = defaultdict(set)
        self.genera: dict[str, set[str]] = defaultdict(set)
        for name, taxon_id in self.accepted.items():
            genus, _, epithet = name.partition(" ")
            if epithet and not epithet.startswith("sp."):
                self.epithets[stem(epithet)].add(taxon_id)
            self.genera[genus].add(taxon_id)

    def look_up(self, name: str) -> tuple[str, tuple[str, ...], str]:
        """Return kind, rows of the working list and document of a scientific name in plain letters."""
        if name in self.accepted:
            return "accepted", (self.accepted[name],), ""
        printed = self.printed.get(name, {})
        if len(printed) == 1:
            ((taxon_id, (kind, document_id)),) = printed.items()
            return kind, (taxon_id,), document_id
        return ("ambiguous", tuple(sorted(printed)), "") if printed else (NONE, (), "")


def stem(epithet: str) -> str:
    """Return an epithet without the ending that follows the gender of the genus.

    >>> stem("cinereus"), stem("cinerea"), stem("vipio")
    ('cinere', 'cinere', 'vipio')
    """
    ending = next((end for end in ENDINGS if epithet.endswith(end) and len(epithet) > len(end) + 3), "")
    return epithet.removesuffix(ending)


def match_list(listed: Sequence[ListedName], known: KnownNames) -> tuple[Match, ...]:
    """Match every row of a list, in its order."""
    return tuple(match_row(row, known) for row in listed)


def match_row(row: ListedName, known: KnownNames) -> Match:
    """Match one row: its name, then the synonyms its list gives; what the list does not say clearly is doubtful."""
    match = match_name(row, known)
    if match.kind == NONE:
        for name in row.synonyms:
            by_synonym = match_name(replace(row, name=name), known)
            if by_synonym.is_sure:
                return Match(row, "own_synonym", by_synonym.taxon_ids, by_synonym.document_id)
    return replace(match, kind="status") if match.is_sure and row.presence == UNCLEAR else match


def match_name(row: ListedName, known: KnownNames) -> Match:
    """Match the name of one row."""
    if HYBRID.search(row.name):
        # No species of the list, though the name of one stands in it.
        _, taxon_ids, document_id = known.look_up(" ".join(plain(HYBRID.split(row.name)[0]).split()[:2]))
        return Match(row, "hybrid" if taxon_ids else NONE, taxon_ids, document_id)
    words = scientific(row.name)
    whole = plain(row.name)
    has_doubt = any(mark in f" {whole}" for mark in MARKS_OF_DOUBT)
    if has_doubt:
        return of_doubt(row, whole, known)
    # An epithet with a capital letter is one, too.
    as_written = " ".join(whole.split()[:2]) if len(words) < 2 else whole
    for name in dict.fromkeys((" ".join(words), whole, as_written)):
        kind, taxon_ids, document_id = known.look_up(name)
        if kind != NONE:
            return Match(row, kind, taxon_ids, document_id)
    if len(words) == 3:
        kind, taxon_ids, document_id = known.look_up(" ".join(words[:2]))
        if kind != NONE:
            return Match(row, "subspecies", taxon_ids, document_id)
    return not_found(row, words, whole, known)


def of_doubt(row: ListedName, whole: str, known: KnownNames) -> Match:
    """Match a name that its list marks as not certain."""
    bare = whole
    for mark in MARKS_OF_DOUBT:
        bare = bare.replace(f"{mark} ", " ").replace("?", " ")
    _, taxon_ids, document_id = known.look_up(" ".join(scientific(bare)))
    return Match(row, "uncertain" if taxon_ids else NONE, taxon_ids, document_id)


def not_found(row: ListedName, words: tuple[str, ...], whole: str, known: KnownNames) -> Match:
    """Find what a name may mean that no document prints: another genus, a slip, a name of a living language."""
    by_name = known.vernacular.get(whole) or known.vernacular.get(plain(row.vernacular)) if whole else None
    if by_name:
        return Match(row, "vernacular", tuple(sorted(by_name)))
    if len(words) == 1 and words[0] in known.genera:
        return Match(row, "genus", tuple(sorted(known.genera[words[0]])))
    if len(words) < 2:
        return Match(row, NONE)
    same = known.epithets.get(stem(words[1]), set())
    in_genus = same & known.genera.get(words[0], set())
    if in_genus:
        return Match(row, "ending", tuple(sorted(in_genus)))
    if same:
        return Match(row, "epithet", tuple(sorted(same)))
    name = " ".join(words[:2])
    close = {taxon_id for other, taxon_id in known.accepted.items() if alike(name, other)}
    return Match(row, "similar", tuple(sorted(close))) if close else Match(row, NONE)


def alike(one: str, other: str) -> bool:
    """Whether two names differ so little that one may be a slip of the other."""
    compared = SequenceMatcher(None, one, other, autojunk=False)
    return compared.real_quick_ratio() >= LEAST_ALIKE and compared.ratio() >= LEAST_ALIKE
