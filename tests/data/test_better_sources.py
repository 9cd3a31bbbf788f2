"""What became of each proposal to rest a statement on a better source.

better_sources.csv has one line for each row of the lists of proposals (replacements, new_facts, drop): done, or
refused with the reason. A reason that begins with "Gone" says that the rows named are no longer in their table.
"""

from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from neaspec.paths import ROOT

COLUMNS = ["source_file", "table", "row_ids", "outcome", "why"]
LISTS = ("replacements", "new_facts", "drop")
PROPOSED = ROOT.parent / "shared" / "research" / "better_sources"
TOLD = pd.read_csv(Path(__file__).parent / "better_sources.csv", keep_default_na=False)
GONE = TOLD[TOLD["why"].str.startswith("Gone")]


def test_every_line_says_what_became_of_the_proposal_and_why():
    assert list(TOLD.columns) == COLUMNS
    assert set(TOLD["source_file"]) <= set(LISTS)
    assert set(TOLD["outcome"]) <= {"done", "refused"}
    assert TOLD[TOLD["why"].str.strip() == ""].empty
    assert TOLD[(TOLD["outcome"] == "refused") & TOLD["why"].str.startswith("Gone")].empty


def test_the_lines_are_in_order():
    lines = list(TOLD[COLUMNS].itertuples(index=False, name=None))
    assert lines == sorted(lines)


def test_rows_told_to_be_gone_are_gone():
    still_there = set()
    for name, told in GONE.groupby("table"):
        table = pd.read_csv(ROOT / "data" / f"{name}.csv", keep_default_na=False, dtype=str)
        still_there |= {key for keys in told["row_ids"] for key in keys.split()} & set(table.iloc[:, 0])
    assert len(GONE) and still_there == set()


@pytest.mark.skipif(not PROPOSED.is_dir(), reason="the lists of proposals are not here")
def test_every_proposal_has_one_line():
    wanted: Counter[tuple[str, str, str]] = Counter()
    for name in LISTS:
        proposed = pd.read_csv(PROPOSED / f"{name}.csv", keep_default_na=False, dtype=str)
        keys = proposed["row_ids" if "row_ids" in proposed.columns else "proposed_row_id"]
        wanted.update((name, table, key) for table, key in zip(proposed["table"], keys, strict=True))
    told = Counter(TOLD[COLUMNS[:3]].itertuples(index=False, name=None))
    assert told == wanted
