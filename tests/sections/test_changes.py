"""The page of changes, on the mini data set: which two meetings are compared, what changed, ended and became known."""

from datetime import date

import pytest

from neaspec.blocks import Change, Tabs, walk
from neaspec.sections.changes import ChangesChoices, dated, known_words, page, span_of
from tests.support.on_page import column, said, table


@pytest.fixture(scope="module")
def since_som_90(mini, words):
    return page(mini, words, ChangesChoices("som_90"))


@pytest.mark.parametrize(
    ("looked_back_to", "choices", "start", "end"),
    [
        ("", ChangesChoices(), "SOM-92", "today"),
        ("som_91", ChangesChoices(), "SOM-90", "SOM-91"),
        ("som_92", ChangesChoices(), "SOM-91", "SOM-92"),
        ("", ChangesChoices("som_90", "som_91"), "SOM-90", "SOM-91"),
        ("som_92", ChangesChoices("som_90", "som_91"), "SOM-90", "SOM-91"),
        ("", ChangesChoices(None, "som_91"), "SOM-90", "SOM-91"),
        ("som_92", ChangesChoices("som_90"), "SOM-90", "SOM-92"),
    ],
)
def test_both_ends_are_called_by_the_meeting_that_was_then(mini, words, looked_back_to, choices, start, end):
    shown = page(mini.at(looked_back_to), words, choices)
    assert shown.lead.startswith((f"From {start} to {end}: ", f"Since {start}: "))


def test_a_day_that_is_no_meeting_is_named_as_a_day(mini, words):
    span = span_of(mini.on(date(2021, 7, 1)), words, ChangesChoices())
    assert (span.from_name, span.to_name) == ("SOM-91", "1 July 2021")
    assert (span.known_from, span.ask.as_known_on) == (date(2021, 4, 2), date(2021, 7, 1))


@pytest.mark.parametrize(
    ("looked_back_to", "choices", "why"),
    [
        ("som_90", ChangesChoices(), "The comparison begins with the 24th Senior Officials Meeting"),
        ("", ChangesChoices("som_92", "som_91"), "The meeting compared with must be the earlier one."),
        ("", ChangesChoices("som_91", "som_91"), "The meeting compared with must be the earlier one."),
        ("som_91", ChangesChoices("som_91"), "The meeting compared with must be the earlier one."),
    ],
)
def test_what_cannot_be_compared_gives_a_sentence(mini, words, looked_back_to, choices, why):
    shown = page(mini.at(looked_back_to), words, choices)
    assert shown.lead == "No two meetings are compared with these choices."
    assert [text for text in said(shown) if text.startswith(why)]


def test_figures_that_changed_stand_before_and_after_with_the_large_jumps_marked(since_som_90):
    rows = table(since_som_90, "changed_counts").rows
    said_of = rows[["old_words", "new_words", "change_percent", "jump_words"]].values.tolist()
    assert said_of == [
        ["40, 2019", "60, 2020", 50.0, "a quarter or more"],
        ["at least 100, 2019", "at least 110, 2020", 10.0, ""],
        ["about 7,000–7,500, 2018", "about 8,000, 2021", 14.0, ""],
    ]
    assert rows["area_counted"][0] == "Mongolia (adults; estimate; camera traps)"
    assert [text for text in said(since_som_90) if text.startswith("1 of these 3 figures changed by a quarter")]


def test_one_figure_alone_is_not_counted_among_others(mini, words):
    shown = page(mini, words, ChangesChoices("som_90", "som_91"))
    assert column(shown, "changed_counts", "new_words") == ["60, 2020", "at least 110, 2020"]
    later = page(mini, words, ChangesChoices("som_91", "som_92"))
    assert "Between these dates no latest figure of animals changed among figures that can be compared." in said(later)


def test_the_answer_counts_facts_and_documents_newly_found_are_tabs(since_som_90):
    changes = [block for block in since_som_90.blocks if isinstance(block, Change)]
    assert 1 <= len(changes) <= 10
    assert since_som_90.lead == ("Since SOM-90: 12 facts changed that matter for the SOM. The 10 weightiest are shown.")
    assert "records" not in since_som_90.lead
    (tabs,) = [block for block in since_som_90.blocks if isinstance(block, Tabs)]
    assert [tab.key for tab in tabs.tabs] == ["new", "every"]  # nothing is undated
    added = table(since_som_90, "added").rows
    assert tabs.tabs[0].title == f"New records ({len(added)})"


def test_every_change_names_its_documents(ask, words):
    shown = page(ask, words, ChangesChoices("som_27"))
    assert shown.lead == "Since SOM-27: 6 facts changed that matter for the SOM."
    changes = [block for block in walk(shown.blocks) if isinstance(block, Change)]
    assert all(change.document_ids and change.after for change in changes)
    whole = next(block for block in shown.blocks if isinstance(block, Change))
    assert whole.what.startswith("Black-faced spoonbill: World") and (whole.before, whole.after) == (
        "6,988, 2024",
        "7,081, 2025",
    )
    assert len(whole.parts) == 12  # areas stand folded under the whole range


def test_statuses_protection_periods_amounts_and_products_tell_before_and_after(since_som_90):
    rows = table(since_som_90, "stated").rows
    told = {tuple(row) for row in rows[["subject_words", "about", "old_said", "new_said"]].values.tolist()}
    assert told == {
        ("agreement", "Protocol on the two banks", "nothing on record", "signed, 1 October 2022"),
        ("protection", "Pine Reserve", "nothing on record", "in force, 2021"),
        ("status", "Steppe cat", "VU 2018", "EN 2021"),
        ("amount", "Joint study", "nothing on record", "100,000 USD"),
        ("product", "Joint study", "nothing on record", "delivered, 1 September 2021"),
        ("period", "Joint study", "January 2019 to December 2020", "March 2019 to December 2021"),
        ("period", "Training", "nothing on record", "from 2021"),
    }


def test_what_ended_stands_apart_from_what_changed(since_som_90):
    assert table(since_som_90, "withdrawn").rows[["about", "what", "new_said"]].values.tolist() == [
        ["Pine Reserve", "Hunting ban", "former, 2010, 500 ha"]
    ]
    assert "Hunting ban" not in column(since_som_90, "stated", "what")


def test_what_was_so_before_became_known_and_did_not_change(mini, words):
    shown = page(mini, words, ChangesChoices("som_92"))
    assert column(shown, "became_known", "new_said") == ["delivered, 1 September 2021"]
    assert "delivered, 1 September 2021" not in column(shown, "stated", "new_said")


def test_documents_of_the_span_are_listed_with_the_day_from_which_they_are_known(since_som_90):
    added = table(since_som_90, "added").rows
    known = dict(zip(added["document_id"], added["known_words"], strict=True))
    assert (known["study_2020"], known["press_note"]) == ("November 2020", "1 July 2022")


def test_nothing_of_either_kind_is_said_in_words(mini, words):
    shown = page(mini, words, ChangesChoices("som_91", "som_92"))
    assert "Nothing else of this kind became known between these dates." in said(shown)
    (tabs,) = [block for block in shown.blocks if isinstance(block, Tabs)]
    assert [tab.key for tab in tabs.tabs] == ["every"]


@pytest.mark.parametrize(
    ("published", "known_on", "written"),
    [
        (None, "2026-01-01", "1 January 2026"),
        ("2020-11", "2020-11-30", "November 2020"),
        ("2020-03-05", "2020-03-05", "5 March 2020"),
        ("2020-04-01", "2020-04-02", "2 April 2020"),
        ("2020", "2020-12-31", "by end of 2020"),
        ("2021", "2020-10-13", "13 October 2020"),
        ("2020", "2020-10-13", "by end of 2020"),
    ],
)
def test_from_when_something_is_known_is_written_as_exactly_as_it_is(words, published, known_on, written):
    assert known_words(words, published, known_on) == written


def test_dates_inside_a_sentence_are_words_and_other_numbers_stay(words):
    assert dated(words, "2021-09 to 2022-12-31") == "September 2021 to 31 December 2022"
    assert dated(words, "No. 2021-19, 1850-03, 120-05") == "No. 2021-19, 1850-03, 120-05"
