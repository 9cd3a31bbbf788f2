"""Differences found by review: their entries, or a sentence where there is none."""

from neaspec.blocks import Entry
from neaspec.sections.contradictions import by_eye_entries


def test_without_a_difference_found_by_review_a_sentence_says_so(mini, words):
    assert [block.text for block in by_eye_entries(mini, words)] == [words("contradictions.none_by_eye")]


def test_differences_found_by_review_are_told(ask, words):
    told = by_eye_entries(ask, words)
    assert told and all(isinstance(block, Entry) and block.title for block in told)
