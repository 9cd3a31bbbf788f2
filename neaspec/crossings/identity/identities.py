"""Which records are of one animal: only what a data set or a stated match says, never a likeness of names.

The key of a record is, in this order,

1. the key an identity table states for (data set, animal);
2. the key a match table states for the genetic sample;
3. the animal as the data set names it, inside that data set ("data set: animal"): names are unique only there. A
   ": " in the name of a data set gets a space that does not break, so that no other pair is written alike.

White space is evened out; case and spelling are never guessed. Animals nobody identified are left out. A stated
identity that joins animals of different species or sexes cannot be right: it is reported, its animals stay apart. So
are a sample of one name in two data sets (two laboratories number alike), and a name that one data set gives to animals
of two species (a tiger F1 and a leopard F1).
"""

from functools import cache

import numpy as np
import pandas as pd

from neaspec.crossings.identity.unidentified import are_classes, are_unidentified
from neaspec.crossings.input.values import coded
from neaspec.crossings.model.reading import Reading
from neaspec.crossings.model.records import RejectedRows, without
from neaspec.crossings.privacy.redact import redact
from neaspec.errors import InputError
from neaspec.paths import DATA_DIR

SEEN_COLUMNS = ("individual_key", "data_set", "individual", "taxon", "sex")
SAMPLE = "sample "  # before the name of a sample that stands for its animal
CONFLICT_COLUMNS = ("individual_key", "column", "found")
WHOLE_NUMBER = r"^((?:.*: )?\d+)\.0+$"  # after the name of the data set, if one stands before it
_SPECIES = DATA_DIR / "species.csv"


def even_spaces(texts: "pd.Series[str]") -> "pd.Series[str]":
    """Return texts without white space at their ends and with single spaces inside."""
    codes, different = pd.factorize(texts.astype("str"))
    return pd.Series([" ".join(text.split()) for text in different], dtype="str").take(codes).set_axis(texts.index)


def even_set_names(texts: "pd.Series[str]") -> "pd.Series[str]":
    """Return evened names of data sets in which no ": " is left: the first one in a key ends the data set."""
    return even_spaces(texts).str.replace(": ", ":\u00a0", regex=False)


def assign_keys(records: pd.DataFrame, reading: Reading) -> tuple[pd.DataFrame, RejectedRows]:
    """Give records the key of their animal; leave out those of animals nobody identified.

    Whether a key can be right is known only when all records are read: see `find_conflicts`, and what the engine does
    of it.

    Args:
        records: RECORD_COLUMNS, of all inputs or of a piece.
        reading: what states identities and samples.

    Returns:
        The records with `individual_key` (str; white space of `individual` evened, `data_set` as `even_set_names` gives
        it, a record known by its sample only is named "sample …"), and what was left out.

    Raises:
        InputError: if tables state two keys for one animal or one sample.
    """
    named, sampled = stated_keys(reading)
    rows, who = _distinct(records[["data_set", "individual", "sample_id"]])
    who["data_set"] = even_set_names(who["data_set"])
    named_as = zip(who["data_set"], who["individual"], strict=True)
    stated = pd.Series([named.get(pair, "") for pair in named_as], dtype="str")
    by_sample = pd.Series([sampled.get(sample, "") for sample in who["sample_id"]], dtype="str")
    own = who["data_set"] + ": " + who["individual"]
    key = stated.where(stated != "", by_sample).where(lambda keys: keys != "", own)
    is_stated = (stated != "") | (by_sample != "")
    # A table may also say of an animal that nobody knows it.
    nobody = are_unidentified(who["individual"].where(~is_stated, key))
    own_name = who["individual"]
    is_sample = (who["individual"] == "") & (by_sample != "")
    who["individual"] = who["individual"].where(~is_sample, SAMPLE + who["sample_id"])
    who["individual_key"] = key
    records = records.assign(**{str(name): who[name].take(rows).set_axis(records.index) for name in who})
    is_class = are_classes(own_name).to_numpy() & ~is_stated.to_numpy()
    is_left_out = nobody.to_numpy()[rows] | (is_class[rows] & (records["evidence"] != "gps").to_numpy())
    dropped = RejectedRows()
    those = records.loc[is_left_out, ["source", "row", "individual"]]
    for source, left_out in those.groupby("source", sort=True):
        dropped.add(str(source), "unidentified", left_out["row"], "individual", coded(left_out["individual"]))
    return without(records, is_left_out), dropped


def find_conflicts(statements: pd.DataFrame) -> pd.DataFrame:
    """Return identities that cannot be right: of different species or sexes, or by a sample that two data sets have.

    Only a difference between animals counts that each data set calls by one species or sex: a data set that
    contradicts itself proves nothing about a match (see `find_names_of_two_species`).

    Args:
        statements: SEEN_COLUMNS of all records.

    Returns:
        CONFLICT_COLUMNS, ordered: the key, `taxon`, `sex` or `sample_id`, and what each animal is said to be.
    """
    names = statements[["individual_key", "data_set", "individual"]].drop_duplicates()
    joined = statements["individual_key"].isin(names["individual_key"][names["individual_key"].duplicated()])
    statements = statements[joined]
    parts: list[tuple[str, str, str]] = []
    if statements.empty:  # nothing is joined: the usual case
        return _conflict_table(parts)
    for column in ("taxon", "sex"):
        values = statements[column].map(_species if column == "taxon" else str)
        known = statements.assign(value=values)[values != ""]
        animals = known.groupby(["individual_key", "data_set", "individual"], as_index=False).agg(
            value=("value", "first"), values=("value", "nunique"), said=(column, "min")
        )
        sure = animals[animals["values"] == 1]
        differ = sure[sure.groupby("individual_key")["value"].transform("nunique") > 1]
        for key, those in differ.groupby("individual_key", sort=True):
            statement = "; ".join(sorted(those["data_set"] + ": " + those["individual"] + " = " + those["said"]))
            parts.append((str(key), column, statement))
    samples = statements.loc[
        statements["individual"].str.startswith(SAMPLE), ["individual_key", "data_set", "individual"]
    ]
    for (joined_by, sample), sets in samples.drop_duplicates().groupby(["individual_key", "individual"], sort=True):
        if len(sets) > 1:
            statement = "; ".join(sorted(sets["data_set"] + ": " + str(sample)))
            parts.append((str(joined_by), "sample_id", statement))
    return _conflict_table(parts)


def find_names_of_two_species(statements: pd.DataFrame) -> pd.DataFrame:
    """Return names that one data set gives to animals of different species; no animal is of two.

    Args:
        statements: SEEN_COLUMNS of all records.

    Returns:
        CONFLICT_COLUMNS, ordered: the key, `taxon`, and what the animal of that name is said to be.
    """
    names = ["individual_key", "data_set", "individual"]
    known = statements[[*names, "taxon"]].drop_duplicates()
    known = known[known.duplicated(names, keep=False)]  # a name with one taxon is of one species
    known = known.assign(value=known["taxon"].map(_species))
    known = known[known["value"] != ""]
    twice = known[known.groupby(names)["value"].transform("nunique") > 1]
    parts = [
        (str(key), "taxon", "; ".join(sorted(those["data_set"] + ": " + those["individual"] + " = " + those["taxon"])))
        for key, those in twice.groupby("individual_key", sort=True)
    ]
    return _conflict_table(parts)


def without_decimals(texts: "pd.Series[str]") -> "pd.Series[str]":
    """Return texts of which a number with nothing behind its point (17001.0) is written as a whole number."""
    return texts.str.replace(WHOLE_NUMBER, r"\1", regex=True)


def find_joined_names(statements: pd.DataFrame) -> pd.DataFrame:
    """Return names that are one number written in two ways in one data set: 17001 and 17001.0.

    A table with an empty cell makes of a column of whole numbers one of decimals, so that a later file of a study
    writes all its animals so. Names of animals of two species are not joined.

    Args:
        statements: SEEN_COLUMNS of all records.

    Returns:
        individual_key (with the decimals), joined_key.
    """
    own = statements[statements["individual_key"] == statements["data_set"] + ": " + statements["individual"]]
    own = own[own["individual"].str.contains(r"^\d+(?:\.0+)?$", regex=True)]
    own = own[["individual_key", "taxon"]].drop_duplicates()
    own = own.assign(joined_key=without_decimals(own["individual_key"]), species=own["taxon"].map(_species))
    several = own.groupby("joined_key").agg(
        names=("individual_key", "nunique"),
        species=("species", lambda names_of_species: len(set(names_of_species) - {""})),
    )
    joined = own["joined_key"].isin(several.index[(several["names"] > 1) & (several["species"] < 2)])
    changed = own[joined & (own["individual_key"] != own["joined_key"])]
    return changed[["individual_key", "joined_key"]].drop_duplicates().sort_values("individual_key", ignore_index=True)


def final_keys(
    statements: pd.DataFrame, refused: pd.DataFrame, doubled: pd.DataFrame, joined: pd.DataFrame
) -> "pd.Series[str]":
    """Return the key each statement's animal has in the end.

    A stated identity that joins animals of different species or sexes, or rests on a sample that two data sets have,
    joins nothing: each of its animals keeps the name of its own data set. A name that one data set gives to animals of
    two species is the name of an animal of each. A whole number written with decimals is that number.

    Args:
        statements: SEEN_COLUMNS.
        refused: of find_conflicts.
        doubled: of find_names_of_two_species.
        joined: of find_joined_names.
    """
    key = statements["individual_key"].astype("str")
    own = statements["data_set"] + ": " + statements["individual"]
    final = key.where(~key.isin(refused["individual_key"]), own)
    final = final.where(
        ~(key.isin(doubled["individual_key"]) & (statements["taxon"] != "")), final + " (" + statements["taxon"] + ")"
    )
    other = dict(zip(joined["individual_key"], joined["joined_key"], strict=True))
    return final.map(lambda name: other.get(name, name)).astype("str")


def _conflict_table(parts: list[tuple[str, str, str]]) -> pd.DataFrame:
    table = pd.DataFrame(parts, columns=list(CONFLICT_COLUMNS), dtype="str")
    return table.sort_values(list(CONFLICT_COLUMNS), ignore_index=True)


def _distinct(frame: pd.DataFrame) -> tuple["np.ndarray[tuple[int], np.dtype[np.int64]]", pd.DataFrame]:
    """Even out white space; return for each row the number of its combination of values, and the combinations."""
    combined = np.zeros(len(frame), dtype=np.int64)
    columns = {}
    for name in frame:
        codes, different = pd.factorize(frame[name])
        evened_codes, columns[name] = pd.factorize(even_spaces(pd.Series(different, dtype="str")))
        codes = evened_codes[codes] if len(different) else codes
        numbers, firsts = pd.factorize(combined * max(len(columns[name]), 1) + codes)
        combined = numbers.astype(np.int64)
        columns = {
            other: values if other == name else values[firsts // max(len(columns[name]), 1)]
            for other, values in columns.items()
        }
        columns[name] = columns[name][firsts % max(len(columns[name]), 1)]
    return combined, pd.DataFrame({name: pd.Series(values, dtype="str") for name, values in columns.items()})


def stated_keys(reading: Reading) -> tuple[dict[tuple[str, str], str], dict[str, str]]:
    """Return (data set, animal) -> key and sample -> key.

    Raises:
        InputError: with every contradiction among the tables.
    """
    problems: list[str] = []
    named: dict[tuple[str, str], str] = {}
    sampled: dict[str, str] = {}
    identities, samples = reading.identities, reading.samples
    columns = (
        even_set_names(identities["data_set"]),
        even_spaces(identities["individual"]),
        even_spaces(identities["individual_key"]),
    )
    for data_set, individual, key in sorted(zip(*columns, strict=True)):
        other = named.setdefault((data_set, individual), key)
        if other != key:
            problems.append(
                f"Identities: animal {individual!r} of {data_set!r} is stated to be {other!r} and {key!r}: which one?"
            )
    for sample, key in sorted(
        zip(even_spaces(samples["sample_id"]), even_spaces(samples["individual_key"]), strict=True)
    ):
        other = sampled.setdefault(sample, key)
        if other != key:
            problems.append(f"Samples: sample {sample!r} is stated to be of {other!r} and of {key!r}; one is right.")
    if problems:
        raise InputError([redact(problem) for problem in problems])
    return named, sampled


@cache
def _english_names() -> dict[str, str]:
    """Return the English names of the dashboard's species -> scientific name."""
    species = pd.read_csv(_SPECIES, dtype="str", usecols=["name", "scientific_name"])
    return dict(zip(species["name"].str.casefold(), species["scientific_name"], strict=True))


@cache
def _species(taxon: str) -> str:
    """Return what tells species apart in a name: the stem of its second word; empty if it names no species.

    The genus is left aside because names move between genera (Grus vipio is Antigone vipio), the ending because it
    follows the genus, and a third word because a subspecies and its species are no contradiction.
    """
    words = _english_names().get(" ".join(taxon.split()).casefold(), taxon).split()
    if len(words) < 2 or not words[1].isalpha() or words[1] in ("sp", "spp", "cf", "aff") or not words[1].islower():
        return ""
    stem = words[1]
    return next((stem.removesuffix(end) for end in ("us", "um", "a") if stem.endswith(end) and len(stem) > 5), stem)
