"""Differences side by side: document A, document B, treated here as, why; printed coordinates never lead."""

import pandas as pd

from neaspec.data.contradictions import PRINTED, find_contradictions, side_by_side, weight_of
from neaspec.sections.sources.side_by_side import difference_table
from tests.support.mini import build_mini, mini_rows, without


def test_printed_coordinates_are_never_significant_and_stand_last(ask):
    found = find_contradictions(ask)
    printed = found["check_name"].isin(PRINTED)
    assert printed.any()
    assert not found.loc[printed, "is_significant"].any()
    assert set(found.tail(int(printed.sum()))["check_name"]) <= PRINTED
    assert found.iloc[0]["check_name"] in ("overlapping_counts", "movement_parts", "statuses_differ")


def test_the_rule_of_weight():
    assert weight_of("impossible_coordinates", "significant") == "small"
    assert weight_of("counts_differ", "small") == "small"
    assert weight_of("counts_differ", None) == "significant"
    assert weight_of("periods_differ", float("nan")) == "small"
    assert weight_of("periods_differ", "significant") == "significant"


def test_a_difference_that_nobody_weighed_is_marked_by_what_it_is_about(tmp_path):
    found = find_contradictions(build_mini(tmp_path, without(mini_rows(), "readings")))
    assert found["is_open"].all()
    dated = found["check_name"] == "periods_differ"
    assert dated.any()
    assert not found.loc[dated, "is_significant"].any()
    assert found["is_significant"].any()


def test_each_difference_has_two_documents_what_it_is_treated_as_and_why(ask, words):
    rows = side_by_side(ask)
    assert rows["is_significant"].tolist() == sorted(rows["is_significant"], reverse=True)
    assert rows["is_by_eye"].any()
    assert rows["treated_as"].notna().all()
    table = difference_table(ask, words)
    assert [column.label for column in table.columns][1:5] == ["Document A", "Document B", "Treated here as", "Why"]
    tiger = table.rows[table.rows["subject"].str.contains("Sexes of Amur tigers")].iloc[0]
    assert tiger["statement_a"].startswith("Concept note of 2016, Table 2")
    assert "workshop_2016_note" in tiger["document_ids"].split()
    kept = [difference_table(ask, words, is_significant=value).rows for value in (True, False)]
    assert len(pd.concat(kept)) == len(table.rows)


def test_a_difference_without_a_reading_says_so(tmp_path, words):
    table = difference_table(build_mini(tmp_path, without(mini_rows(), "readings")), words)
    assert set(table.rows["treated_as"]) == {"Not settled yet: all statements are shown."}
