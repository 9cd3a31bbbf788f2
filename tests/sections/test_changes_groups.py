"""Changes between two dates: which are chosen, how they are put together; and elements for a response, fact by fact."""

from types import SimpleNamespace

import pandas as pd
import pytest

from neaspec.blocks import Change, Details, Entry, Heading, Notice
from neaspec.sections import changes_ranked as ranked
from neaspec.sections import elements
from tests.support.mini import load_mini, mini_rows, more, with_cells


def change(name: str, *parts: Change, documents: tuple[str, ...] = ()) -> Change:
    return Change(what=name, after="a", parts=parts, document_ids=documents)


def test_the_first_of_each_group_is_taken_before_the_second_of_any():
    everything = {group: [change(f"{group}{place}") for place in range(3)] for group in ranked.GROUPS}
    everything["sites"] = []
    kept = ranked.chosen(everything, 6)
    assert {group: [one.what for one in changes] for group, changes in kept.items()} == {
        "species": ["species0", "species1"],
        "sites": [],
        "agreements": ["agreements0", "agreements1"],
        "issues": ["issues0"],
        "projects": ["projects0"],
    }


@pytest.mark.parametrize(("most", "count"), [(0, 0), (9, 9), (10, 10), (11, 10)])
def test_no_more_changes_are_taken_than_are_wanted(most, count):
    everything = {group: [change("c")] * 2 for group in ranked.GROUPS}
    assert sum(map(len, ranked.chosen(everything, most).values())) == count


def stated(**cells: object) -> dict[str, object]:
    return {
        "subject": "status",
        "about": "A",
        "what": "W",
        "old_said": "old",
        "new_said": "new",
        "is_ended": False,
        "document_id": "d2",
        "old_document_id": "d1",
        "caveat_ids": None,
    } | cells


@pytest.mark.parametrize(
    ("cells", "before", "kind"),
    [
        ({}, "old", "updated"),
        ({"old_said": None}, "", "new"),
        ({"is_ended": True}, "old", "ended"),
        ({"is_ended": True, "old_said": None}, "", "ended"),
    ],
)
def test_a_statement_is_new_changed_or_ended(words, cells, before, kind):
    made = ranked.stated_change(words, SimpleNamespace(**stated(**cells)), "W")
    assert (made.before, made.kind, made.document_ids) == (before, kind, ("d2", "d1"))


def test_one_row_is_a_change_of_its_own_and_several_are_parts_of_one(words):
    rows = pd.DataFrame([stated(), stated(about="B", what="X"), stated(about="B", what="Y", old_said=None)])
    one, several = ranked.together(words, rows, "about", lambda row: row.what)
    assert (one.what, one.parts) == (words("changes.of_thing", thing="A", what="W"), ())
    assert several.after == words("changes.statements_changed", count=2) and several.kind == "updated"
    assert [part.what for part in several.parts] == ["X", "Y"] and several.document_ids == ("d2", "d1")
    (new,) = ranked.together(words, rows.assign(about="B", old_said=None), "about", lambda row: row.what)
    assert new.kind == "new"
    (alone,) = ranked.together(words, rows.head(1), "about", lambda row: "")
    assert alone.what == "A"


def test_a_designation_of_several_sites_is_one_change_and_other_sites_are_one_each(words):
    rows = pd.DataFrame(
        [
            stated(subject="designation", about=site, what=what)
            for site, what in (("A", "List"), ("B", "List"), ("A", "Park"), ("C", "Park of C"), ("C", "Zone of C"))
        ]
    )
    shared, park, of_c = ranked.by_designation(words, rows)
    assert (shared.what, shared.after) == ("List", words("changes.sites_changed", count=2))
    assert [part.what for part in shared.parts] == ["A", "B"]
    assert park.what == words("changes.of_thing", thing="A", what="Park")
    assert (of_c.what, len(of_c.parts)) == ("C", 2)
    assert ranked.by_designation(words, rows.iloc[:0]) == []


def test_an_agreement_is_named_by_itself(words):
    assert ranked.statement_name(words, SimpleNamespace(subject="agreement", what="protocol")) == ""
    assert ranked.statement_name(words, SimpleNamespace(subject="status", what="W")) == words(
        "changes.statement_name", subject=words("changes.subject_status"), what="W"
    )


def test_documents_are_those_of_changes_and_of_their_parts():
    inner = change("p", change("q", documents=("d3",)), documents=("d2", "d1"))
    assert ranked.documents_of([change("c", inner, documents=("d1",))]) == ("d1", "d2", "d3")


@pytest.mark.parametrize(
    ("state", "key"), [("open", ""), (None, ""), ("done", "done"), ("partly", "partly"), ("superseded", "superseded")]
)
def test_silence_is_no_response_on_record(words, state, key):
    assert ranked.status(words, state) == (words.term("status", key) if key else words("changes.no_response"))


@pytest.fixture(scope="module")
def since_90(mini, words):
    return ranked.ranked_changes(mini, words, pd.Timestamp("2020-04-02").date(), most=50)


def test_changes_of_the_mini_data_stand_in_their_groups(since_90, words):
    named = {group: [one.what for one in changes] for group, changes in since_90.groups.items()}
    assert list(named) == [group for group in ranked.GROUPS if group in named]
    assert named["agreements"] == ["Protocol on the two banks"]
    assert "Ninety-first meeting" in named["issues"] and since_90.shown == since_90.total > ranked.MOST
    put = next(one for one in since_90.groups["issues"] if one.what == "Ninety-first meeting")
    assert put.after == words("changes.requests_put", count=3) and put.kind == "new"
    assert [part.what for part in put.parts] == ["Views on the joint study", "Host of a workshop", "Data on cranes"]


def test_a_request_that_was_answered_since_tells_both_states(since_90, words):
    answered = [one for one in since_90.groups["issues"] if one.what.startswith("Ninetieth meeting: ")]
    assert answered and {one.before for one in answered} == {words("changes.no_response")}
    told = {one.what.partition(": ")[2]: one.after for one in answered}
    assert told.get("Samples of cats", words.term("status", "done")) == words.term("status", "done")


def test_new_and_undated_records_are_counted_apart(mini, words):
    """The press note is of 1 July 2022: of what it says nothing is new after that day."""
    before, after = (
        ranked.ranked_changes(mini, words, pd.Timestamp(day).date()) for day in ("2022-06-30", "2022-07-01")
    )
    assert before.new_records - after.new_records == 4 and after.new_records > 20
    assert (before.undated_records, after.undated_records) == (0, 0)


def test_blocks_have_the_name_of_each_group(since_90, words):
    blocks = ranked.change_blocks(words, since_90)
    headings = [block.text for block in blocks if isinstance(block, Heading)]
    assert headings == [words(f"changes.group_{group}") for group in since_90.groups]


FACT = {
    "fact_kind": "species",
    "fact_key": "k",
    "subject_table": "species",
    "subject_id": "steppe_cat",
    "name": "Steppe cat",
    "detail": "Mongolia",
    "value": 60.0,
    "low": None,
    "high": None,
    "qualifier": "exact",
    "unit": "individuals",
    "count_kind": "estimate",
    "date_from": "2020",
    "date_to": "2020",
    "document_ids": "d",
    "caveat_ids": None,
}
NAMES = {"MNG": "Mongolia", "RUS": "Russian Federation"}


def fact(**cells: object):
    names = list(FACT | cells)
    (row,) = pd.DataFrame([FACT | cells], columns=names).itertuples(index=False)
    return row


@pytest.mark.parametrize(
    ("cells", "lines"),
    [
        ({}, [("Mongolia", "60 individuals (estimate), 2020")]),
        (
            {"fact_kind": "site_count", "detail": "Steppe cat"},
            [("Steppe cat, counted", "60 individuals (estimate), 2020")],
        ),
        ({"fact_kind": "site", "detail": "national", "value": 100.0}, [("Protection", "national"), ("Area", "100 ha")]),
        ({"fact_kind": "site", "detail": "national", "value": None}, [("Protection", "national")]),
        ({"fact_kind": "budget", "detail": "USD", "value": 1000.0}, [("Stated total", "USD 1,000")]),
        (
            {"fact_kind": "both_sides", "detail": "MNG RUS", "value": 5.0, "date_from": "2019"},
            [("Recorded in both States", "Mongolia; Russian Federation: 5, 2019–2020")],
        ),
    ],
)
def test_a_fact_is_a_line_of_its_kind(words, cells, lines):
    assert elements.fact_lines(words, fact(**cells), NAMES) == lines


def test_a_fact_of_one_state_and_of_a_period_are_told_in_their_words(words):
    ((_, line),) = elements.fact_lines(words, fact(fact_kind="both_sides", detail="RUS", value=5.0), NAMES)
    assert line == words("issues.elements_with_state", state="Russian Federation", figure="5", period="2020")
    ((label, _),) = elements.fact_lines(words, fact(fact_kind="period", detail="revised"), NAMES)
    assert label == words("issues.elements_period", kind=words.term("period_kind", "revised"))


def test_a_fact_has_a_line_an_area_and_one_link(words):
    rows = [fact(), fact(detail="Russian Federation", caveat_ids="press_only", document_ids="e d")]
    entry = elements.fact_entry(words, rows, NAMES)
    assert [label for label, _ in entry.facts] == ["Mongolia", "Russian Federation"]
    assert (entry.document_ids, entry.tags) == (("d", "e"), (words.term("chip", "press_only"),))
    assert (entry.links[0].page, dict(entry.links[0].choices)) == ("species", {"species": "steppe_cat"})


RECORD = {
    "record_kind": "agreement",
    "record_id": "r",
    "name": "Letter",
    "what": "Shared.",
    "state": "signed",
    "date_from": "2019",
    "date_to": None,
    "amount": None,
    "currency": None,
    "country_codes": "MNG RUS",
    "document_id": "d",
    "caveat_ids": None,
}


def records(*changes: dict) -> pd.DataFrame:
    return pd.DataFrame([RECORD | one for one in changes])


@pytest.mark.parametrize(
    ("changes", "count"),
    [
        (({}, {"document_id": "e"}), 1),
        (({}, {"what": "Other."}), 1),
        (({}, {"name": "Protocol"}), 2),
        (({"record_kind": "event"}, {"record_kind": "event", "what": "Other."}), 2),
        (({"name": None}, {"name": None, "record_id": "s"}), 2),
        (({"name": None}, {"name": None}), 1),
    ],
)
def test_one_thing_that_several_documents_state_is_told_once(words, changes, count):
    assert len(elements.record_entries(words, records(*changes), None)) == count


@pytest.mark.parametrize(
    ("cells", "title", "text", "tags"),
    [
        ({}, "Letter", "Shared.", ("agreement", "signed")),
        ({"name": None}, "Shared.", "", ("agreement", "signed")),
        ({"record_kind": "response", "state": "done"}, "Letter", "Shared.", ("on_record_response",)),
        ({"what": None}, "Letter", "", ("agreement", "signed")),
        ({"state": None}, "Letter", "Shared.", ("agreement",)),
    ],
)
def test_a_record_has_its_name_or_else_its_words_as_title(words, cells, title, text, tags):
    (entry,) = elements.record_entries(words, records(cells), None)
    shown = tuple(words(f"issues.{tag}") if tag.startswith("on_record") else tag for tag in tags)
    assert (entry.title, entry.text, entry.tags) == (title, text, shown)


def test_a_record_tells_its_date_money_and_states_where_there_are_any(words):
    (entry,) = elements.record_entries(words, records({"amount": 1000.0, "currency": "USD"}), NAMES)
    assert [value for _, value in entry.facts] == ["2019", "USD 1,000", "Mongolia; Russian Federation"]
    (bare,) = elements.record_entries(words, records({"date_from": None}), None)
    assert bare.facts == ()


@pytest.mark.parametrize(
    ("options", "due", "more_points"), [(0, None, 0), (1, None, 0), (2, None, 1), (2, "2021-05", 2)]
)
@pytest.mark.parametrize("kind", sorted(elements.POINTS))
def test_points_for_home_are_those_of_the_kind_then_options_and_date(words, kind, options, due, more_points):
    points = elements.home_points(words, pd.Series({"ask_kind": kind, "due_date": due}), options)
    assert points[:3] == [words(f"issues.home_{kind}_{point}") for point in elements.POINTS[kind]]
    assert len(points) == 3 + more_points and len(set(points)) == len(points)


def test_elements_of_an_unknown_request_are_a_notice(mini, words):
    (notice,) = elements.elements(mini, words, "no_such")
    assert isinstance(notice, Notice) and notice.kind == "empty"


def test_what_is_empty_among_the_elements_is_said_in_one_line(mini, words):
    blocks = elements.elements(mini, words, "data_on_cranes")
    assert blocks[-1].text == words(
        "issues.elements_missing",
        what=words.listed(
            [words(f"issues.elements_missing_{part}") for part in ("facts", "records", "options")], "semicolon"
        ),
    )
    whole = elements.elements(mini, words, "views_on_study")
    assert not [block for block in whole if isinstance(block, Notice) and block.kind == "empty"]
    assert whole[0].text == words("issues.elements_notice")


def test_elements_for_one_state_are_of_that_state_alone(mini, words):
    blocks = elements.elements(mini, words, "views_on_study", "RUS")
    entries = [block for block in blocks if isinstance(block, Entry)]
    assert [value for entry in entries for label, value in entry.facts if label == "Mongolia"] == []
    assert ("Russian Federation", "at least 110 individuals (minimum count), 2020") in entries[0].facts
    assert "Steppe Park" not in {entry.title for entry in entries}


def test_more_than_six_records_are_folded(words):
    events = [
        {
            "event_id": f"day_{number}",
            "date_from": f"2020-0{number}-01",
            "what": f"Day {number}.",
            "country_codes": "MNG",
            "project_id": "joint_study",
            "document_id": "paper_91",
            "locator": "p. 22",
        }
        for number in range(1, 3)
    ]
    ask = load_mini(more(mini_rows(), events=events))
    names = {"MNG": "Mongolia"}
    blocks = elements.record_blocks(ask, words, "views_on_study", "MNG", names)
    fold = blocks[-1]
    assert isinstance(fold, Details) and len(blocks) == 2 + elements.MOST_RECORDS
    assert fold.title == words("issues.elements_more_records", count=8) and len(fold.blocks) == 2


def test_a_count_that_changed_is_told_with_both_years(words):
    rows = with_cells(
        mini_rows(), "counts", "cats_mng_2020", document_id="late_report", year_from="2022", year_to="2022"
    )
    (made,) = ranked.count_changes(load_mini(rows), words, pd.Timestamp("2021-05-01").date())[:1]
    assert "40" in made.before and "60" in made.after and made.date == "2022"
    assert made.document_ids == ("late_report", "paper_90")
