"""Stated matches against the records: which join animals, which no record has, which contradict each other in a row."""

import numpy as np
import pandas as pd

from neaspec.crossings.identity.identities import (
    CONFLICT_COLUMNS,
    SAMPLE,
    even_set_names,
    even_spaces,
    find_conflicts,
    stated_keys,
)
from neaspec.crossings.input.values import Mask, numbers
from neaspec.crossings.model.parameters import Parameters
from neaspec.crossings.model.reading import IDENTITY_COLUMNS, SAMPLED_COLUMNS, Reading
from neaspec.crossings.privacy.redact import redact_all, redact_distinctly

MATCH_COLUMNS = (
    "individual_key",
    "data_set",
    "individual",
    "sample_id",
    "method",
    "loci_compared",
    "loci_matched",
    "laboratory",
)
UNUSED_COLUMNS = (*IDENTITY_COLUMNS[:2], "sample_id", *IDENTITY_COLUMNS[2:])


def add_samples_of(records: pd.DataFrame, reading: Reading) -> pd.DataFrame:
    """Return `reading.sampled` and the stated samples that more records name.

    Args:
        records: RECORD_COLUMNS, a piece of them.
        reading: what states samples, and what was found so far.
    """
    if reading.samples.empty:
        return reading.sampled
    named = records.loc[records["sample_id"] != "", list(SAMPLED_COLUMNS)].drop_duplicates()
    new = named.assign(
        data_set=even_set_names(named["data_set"]),
        individual=even_spaces(named["individual"]),
        sample_id=even_spaces(named["sample_id"]),
    )
    new = new[new["sample_id"].isin(even_spaces(reading.samples["sample_id"]))]
    return pd.concat([reading.sampled, new]).drop_duplicates(ignore_index=True).astype("str")


def are_matched_weakly(records: pd.DataFrame, reading: Reading, parameters: Parameters) -> Mask:
    """Tell which records are of their animal only by a match that its own numbers do not support.

    Args:
        records: RECORD_COLUMNS and individual_key, of identities.assign_keys.
        reading: what states matches.
        parameters: loci_least, loci_mismatches.
    """
    is_weak = np.zeros(len(records), dtype=bool)
    animals = reading.identities[_are_weak(reading.identities, parameters)]
    samples = reading.samples[_are_weak(reading.samples, parameters)]
    if len(animals):
        named = pd.MultiIndex.from_arrays([even_set_names(animals["data_set"]), even_spaces(animals["individual"])])
        is_weak |= pd.MultiIndex.from_frame(records[["data_set", "individual"]]).isin(named)
    if len(samples):
        keys = dict(zip(even_spaces(samples["sample_id"]), even_spaces(samples["individual_key"]), strict=True))
        by_sample = even_spaces(records["sample_id"]).map(keys)
        is_weak |= (by_sample == records["individual_key"]).to_numpy(dtype=bool)
    return is_weak


def _are_weak(stated: pd.DataFrame, parameters: Parameters) -> Mask:
    """Tell which matches compare too few loci, or match in too few of them; one that gives no numbers is not judged."""
    compared, matched = (numbers(stated[name].astype("str")).values for name in ("loci_compared", "loci_matched"))
    with np.errstate(invalid="ignore"):
        too_few = compared < parameters.loci_least
        weak: Mask = too_few | (compared - matched > parameters.loci_mismatches)
    return weak


def find_unused(statements: pd.DataFrame, reading: Reading) -> pd.DataFrame:
    """Return the stated identities and samples that no record has: often another spelling.

    Args:
        statements: SEEN_COLUMNS of all records.
        reading: what states them, and the samples that records name.

    Returns:
        UNUSED_COLUMNS, ordered: identities without sample_id, samples without data_set and individual.
    """
    identities, samples = reading.identities, reading.samples
    of_animals = identities[~_are_seen(identities, statements)]
    of_samples = samples[~even_spaces(samples["sample_id"]).isin(reading.sampled["sample_id"]).to_numpy(dtype=bool)]
    table = pd.concat([of_animals, of_samples]).reindex(columns=list(UNUSED_COLUMNS)).fillna("").astype("str")
    return table.drop_duplicates().sort_values(list(UNUSED_COLUMNS), ignore_index=True)


def find_joining_matches(statements: pd.DataFrame, reading: Reading) -> pd.DataFrame:
    """Return the stated matches that join animals in the records: of other names or data sets, by one key.

    Args:
        statements: SEEN_COLUMNS of all records.
        reading: what states them, and the samples that records name.

    Returns:
        MATCH_COLUMNS, ordered, for each data set; individual or sample_id is empty. Keys that cannot be right join
        nothing and are not there (identities.find_conflicts).
    """
    names = statements[["individual_key", "data_set", "individual"]].drop_duplicates()
    joined = names["individual_key"].value_counts()
    joining = set(joined.index[joined > 1]) - set(find_conflicts(statements)["individual_key"])
    of_animals = reading.identities[_are_seen(reading.identities, statements)]
    named, _ = stated_keys(reading)
    known = reading.sampled
    own = [named.get(pair, "") for pair in zip(known["data_set"], known["individual"], strict=True)]
    by_sample = known[pd.Series(own, index=known.index, dtype="str") == ""]  # else the name said which animal it is
    told_as = by_sample["individual"].where(by_sample["individual"] != "", SAMPLE + by_sample["sample_id"])
    by_sample = by_sample.assign(individual=told_as).rename(columns={"sample_id": "sample"})
    of_samples = reading.samples.assign(sample=even_spaces(reading.samples["sample_id"])).merge(by_sample, on="sample")
    of_samples = of_samples[_are_seen(of_samples, statements)].assign(individual="")
    table = pd.concat([of_animals, of_samples]).reindex(columns=list(MATCH_COLUMNS)).fillna("").astype("str")
    table = table[redact_distinctly(even_spaces(table["individual_key"])).isin(joining)]
    return table.drop_duplicates().sort_values(list(MATCH_COLUMNS), ignore_index=True)


def find_contradicted(reading: Reading) -> pd.DataFrame:
    """Return rows that name an animal and a sample that are stated to be different animals; the name is followed.

    Returns:
        CONFLICT_COLUMNS, ordered: the key of the name, `sample_id`, and what each is stated to be.
    """
    named, by_sample = stated_keys(reading)
    parts = []
    for data_set, individual, sample in reading.sampled[list(SAMPLED_COLUMNS)].itertuples(index=False):
        key, other = named.get((data_set, individual), ""), by_sample.get(sample, "")
        if key and other and key != other:
            parts.append((key, "sample_id", f"{data_set}: {individual} = {key}; {SAMPLE}{sample} = {other}"))
    table = pd.DataFrame(parts, columns=list(CONFLICT_COLUMNS), dtype="str").drop_duplicates()
    return table.sort_values(list(CONFLICT_COLUMNS), ignore_index=True)


def _are_seen(identities: pd.DataFrame, statements: pd.DataFrame) -> "pd.Series[bool]":
    """Tell which identities are of animals in the records, whose names are redacted."""
    names = {"data_set": redact_distinctly(even_set_names(identities["data_set"]))}
    names["individual"] = redact_all(even_spaces(identities["individual"]))
    stated = pd.MultiIndex.from_frame(pd.DataFrame(names))
    is_seen = stated.isin(pd.MultiIndex.from_frame(statements[["data_set", "individual"]]))
    return pd.Series(is_seen, index=identities.index, dtype="bool")
