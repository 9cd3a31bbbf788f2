"""Cells of the list: what is on record of a species in one State, in few words."""

import pandas as pd

from neaspec.blocks import Column
from neaspec.sections.common import joined_keys
from neaspec.sections.figures import Row
from neaspec.text import Words

FOUND = {"three": 3, "two": 2, "one": 1, "none": 0}  # choice -> in how many States a species is on record


def order_of_states(words: Words, cells: pd.DataFrame) -> dict[str, str]:
    """Return the States of a list in the order of their short names: code -> short name."""
    shorts = {str(code): words.term("state_short", code) for code in cells["country_code"].unique()}
    return dict(sorted(shorts.items(), key=lambda item: item[1]))


def state_column(code: str, short: str) -> Column:
    """Return the column of a State."""
    return Column(name=f"state_{code}", label=short)


def sources_column(words: Words, code: str, short: str) -> Column:
    """Return the column of what the cells of a State rest on."""
    return Column(name=f"documents_{code}", label=words("checklist.sources_of", state=short), kind="documents")


def cell_words(words: Words, row: Row) -> str:
    """Say what is on record: on passage; more than 100 individuals (2021)."""
    presence = words.term("presence", row["presence"])
    if pd.isna(row["value"]):
        return presence
    number = words.number(row["value"])
    if row["qualifier"] != "exact":
        number = words("sites.qualified", qualifier=words.term("qualifier", row["qualifier"]), number=number)
    unit = "" if row["unit"] == "individuals" else words.term("unit", row["unit"])
    dated = row.get("value_as_of", row.get("as_of"))
    count = words.bracketed(words.listed([number, unit], "space"), "" if pd.isna(dated) else str(dated)[:4])
    return words.listed([presence, count], "semicolon")


def state_columns(words: Words, cells: pd.DataFrame) -> pd.DataFrame:
    """Return one row a species: columns of words and of documents for each State, and the caveats of all."""
    worded = cells.assign(told=[cell_words(words, row) for _, row in cells.iterrows()])
    worded["document_ids"] = worded["document_ids"].fillna("")
    told = worded.pivot_table("told", "taxon_id", "country_code", aggfunc="first").add_prefix("state_")
    documents = worded.pivot_table("document_ids", "taxon_id", "country_code", aggfunc="first")
    caveats = worded.groupby("taxon_id")["caveat_ids"].agg(joined_keys)
    return told.join(documents.add_prefix("documents_")).join(caveats).reset_index()
