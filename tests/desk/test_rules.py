"""The desk's rules by themselves: the trail of steps, rights, coarse places, forms, and what a submission changes."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from neaspec.desk.chain import FIRST, content_hash, faults, step_hash
from neaspec.desk.changes import Change, Table, changes_of, jumps, missing_cells, with_changes
from neaspec.desk.coarse import coarse
from neaspec.desk.errors import NotAllowedError, SubmissionError
from neaspec.desk.kinds import fields_of
from neaspec.desk.people import Person
from neaspec.desk.rights import MOVES, RIGHTS, Owner, is_own, may_see, next_state, require
from neaspec.desk.settings import EDITIONS, PEOPLE, STORE, TRUSTS, desk_settings
from neaspec.desk.store import Submission


def trail(length: int) -> list[dict[str, Any]]:
    """Make a sound trail of so many steps."""
    steps: list[dict[str, Any]] = []
    for number in range(1, length + 1):
        step: dict[str, Any] = {
            "number": number,
            "submission_id": "s1",
            "edition": None,
            "action": "change",
            "version": number,
            "content_hash": content_hash(str(number)),
            "note": "",
            "by": "a@x.example",
            "at": "2026-01-01T00:00:00",
            "hash_before": steps[-1]["hash"] if steps else FIRST,
        }
        steps.append(step | {"hash": step_hash(step)})
    return steps


def test_a_trail_that_was_only_added_to_has_no_fault() -> None:
    assert faults([]) == [] and faults(trail(1)) == [] and faults(trail(3)) == []


@pytest.mark.parametrize(
    "column", ["number", "submission_id", "edition", "action", "version", "content_hash", "note", "by", "at"]
)
def test_a_changed_cell_of_any_column_is_found(column: str) -> None:
    steps = trail(3)
    steps[1][column] = 7
    assert "step 7 was changed after it was written" in faults(
        steps
    ) or "step 2 was changed after it was written" in faults(steps)


def test_a_step_that_is_missing_is_named_once() -> None:
    steps = trail(4)
    assert faults([steps[0], *steps[2:]]) == [
        "step 2 is missing; step 3 follows step 1",
        "step 3 does not follow the step before it",
    ]
    assert faults(steps[1:]) == [
        "step 1 is missing; step 2 follows step 0",
        "step 2 does not follow the step before it",
    ]
    assert faults(steps[:3]) == []  # that the end is cut off is told by the texts, not by the trail


def test_a_text_has_its_own_hash() -> None:
    assert content_hash("a") == content_hash("a") != content_hash("b") and len(content_hash("")) == 64


@pytest.mark.parametrize(
    ("latitude", "longitude", "told"),
    [
        ("43.12345", "131.98765", ("43.1", "132.0")),
        ("43.16", "131.94", ("43.2", "131.9")),
        ("-0.04", "0.06", ("0.0", "0.1")),
        ("near the bridge", "131.5", ("", "131.5")),
        ("inf", "131.5", ("", "131.5")),
        ("", "131.55", ("", "131.6")),
    ],
)
def test_a_sensitive_place_is_told_to_a_tenth_of_a_degree(latitude: str, longitude: str, told: tuple[str, str]) -> None:
    row = coarse({"row": {"latitude": latitude, "longitude": longitude, "name": "x"}, "kind": "site"})["row"]
    assert (row["latitude"], row["longitude"]) == told
    assert (row["coordinate_precision_deg"], row["name"]) == ("0.1", "x")


@pytest.mark.parametrize(
    ("content", "is_kept"),
    [
        ({"row": {"latitude": "43.12345", "is_sensitive": "false"}}, True),
        ({"row": {"latitude": "43.12345", "is_sensitive": " False "}}, True),
        ({"row": {"latitude": "43.12345", "is_sensitive": "true"}}, False),
        ({"row": {"latitude": "43.12345"}, "is_sensitive": "false"}, True),
        ({"row": {"latitude": "43.12345", "is_sensitive": "true"}, "is_sensitive": "false"}, False),
        ({"row": {"latitude": "43.12345"}}, False),
    ],
)
def test_only_what_is_said_to_be_harmless_keeps_its_place(content: dict[str, Any], is_kept: bool) -> None:
    assert coarse(content)["row"]["latitude"] == ("43.12345" if is_kept else "43.1")


def test_what_has_no_place_is_not_touched() -> None:
    for content in ({"row": {"name": "x"}}, {"row": {"latitude": ""}}, {}, {"key": "k"}):
        assert coarse(content) == content


FOCAL = Person("focal@x.example", "focal_point", "MNG")
OWN = Owner("MNG", "Focal@X.example", "draft")


@pytest.mark.parametrize(
    ("owner", "own"),
    [(OWN, True), (Owner("JPN", "focal@x.example", "draft"), False), (Owner("MNG", "other@x.example", "draft"), False)],
)
def test_own_is_what_one_wrote_for_the_state_one_stands_for(owner: Owner, own: bool) -> None:
    assert is_own(FOCAL, owner) is own
    assert may_see(FOCAL, owner) is own


@pytest.mark.parametrize(
    ("state", "is_seen"),
    [
        ("draft", False),
        ("discarded", False),
        ("submitted", True),
        ("questions", True),
        ("accepted", True),
        ("noted", True),
        ("declined", True),
        ("publishing", True),
        ("published", True),
    ],
)
def test_the_secretariat_sees_what_was_submitted(state: str, is_seen: bool) -> None:
    owner = Owner("MNG", "focal@x.example", state)
    for role in ("editor", "publisher"):
        assert may_see(Person("e@x.example", role), owner) is is_seen
    for role in ("reader", "administrator"):
        assert not may_see(Person("r@x.example", role), owner)


@pytest.mark.parametrize(
    ("action", "roles"),
    [
        ("draft", {"focal_point"}),
        ("change", {"focal_point"}),
        ("submit", {"focal_point"}),
        ("discard", {"focal_point"}),
        ("take_back", {"focal_point"}),
        ("answer", {"focal_point"}),
        ("ask", {"editor", "publisher"}),
        ("accept", {"editor", "publisher"}),
        ("decline", {"editor", "publisher"}),
        ("reopen", {"editor", "publisher"}),
        ("publish", {"publisher"}),
        ("withdraw_edition", {"publisher"}),
        ("export", {"administrator"}),
    ],
)
def test_each_action_is_for_its_roles(action: str, roles: set[str]) -> None:
    assert set(RIGHTS[action].roles) == roles
    for role in ("reader", "focal_point", "editor", "publisher", "administrator"):
        person = Person("p@x.example", role, "MNG" if role == "focal_point" else "")
        if role in roles:
            require(person, action)
        else:
            with pytest.raises(NotAllowedError) as refused:
                require(person, action)
            assert str(refused.value) == f"{action!r} needs the role {' or '.join(sorted(roles))}; you are {role}."


def test_what_may_not_be_seen_is_as_if_it_were_not_there() -> None:
    with pytest.raises(NotAllowedError, match="There is no such submission, or it is not yours to see."):
        require(FOCAL, "change", Owner("JPN", "focal@x.example", "draft"))
    require(FOCAL, "change", OWN)
    require(Person("e@x.example", "editor"), "ask", Owner("MNG", "focal@x.example", "submitted"))


@pytest.mark.parametrize(
    ("state", "action", "leads_to"),
    [
        ("draft", "submit", "submitted"),
        ("draft", "change", "draft"),
        ("draft", "discard", "discarded"),
        ("submitted", "ask", "questions"),
        ("submitted", "accept", "accepted"),
        ("submitted", "decline", "declined"),
        ("submitted", "take_back", "draft"),
        ("questions", "answer", "submitted"),
        ("questions", "change", "questions"),
        ("questions", "take_back", "draft"),
        ("accepted", "publish", "publishing"),
        ("accepted", "reopen", "submitted"),
        ("noted", "reopen", "submitted"),
    ],
)
def test_an_action_leads_on(state: str, action: str, leads_to: str) -> None:
    assert next_state(state, action) == leads_to


def test_an_action_that_does_not_fit_names_those_that_do() -> None:
    with pytest.raises(NotAllowedError) as refused:
        next_state("accepted", "accept")
    assert str(refused.value) == "A submission that is accepted cannot be led on by 'accept'; allowed: publish, reopen."
    for state in ("publishing", "declined", "discarded", "published"):
        assert not MOVES[state]
        with pytest.raises(NotAllowedError, match="allowed: nothing more"):
            next_state(state, "reopen")


@pytest.mark.parametrize(("said", "trusts"), [("yes", True), ("no", False), ("", False)])
def test_addresses_are_trusted_only_where_the_operator_says_so(said: str, trusts: bool) -> None:
    settings = desk_settings(
        {STORE: "sqlite:////srv/desk/desk.sqlite", TRUSTS: said, PEOPLE: "/x/p.csv", EDITIONS: "/x/e"}
    )
    assert settings is not None and settings.trusts_addresses is trusts
    assert (settings.people, settings.editions) == (Path("/x/p.csv"), Path("/x/e"))


DESCRIPTION = {
    "resources": [
        {
            "name": "counts",
            "format": "csv",
            "schema": {
                "primaryKey": ["count_id"],
                "fields": [
                    {"name": "count_id", "type": "string"},
                    {
                        "name": "value",
                        "type": "number",
                        "title": "Value",
                        "description": "How many.",
                        "unit": "birds",
                        "example": 3,
                        "constraints": {"required": True, "minimum": 0, "maximum": 9},
                    },
                    {"name": "species_id", "type": "string", "constraints": {"enum": ["a", "b"], "pattern": "[ab]"}},
                    {"name": "area_id", "type": "string"},
                    {"name": "codes", "type": "string", "list_of": "countries"},
                    {"name": "document_id", "type": "string", "constraints": {"required": True}},
                ],
                "foreignKeys": [
                    {"fields": ["area_id"], "reference": {"resource": "areas"}},
                    {"fields": ["species_id"], "reference": {"resource": ""}},
                ],
            },
        },
    ]
}


def test_the_form_of_a_table_has_a_cell_for_each_column_but_its_key() -> None:
    value, species, area, codes, document = fields_of(DESCRIPTION, "counts")
    assert (value.title, value.meaning, value.unit, value.example) == ("Value", "How many.", "birds", "3")
    assert (value.is_required, value.minimum, value.maximum, value.allowed) == (True, 0, 9, ())
    assert (species.title, species.allowed, species.pattern, species.refers_to) == (
        "species_id",
        ("a", "b"),
        "[ab]",
        "counts",
    )
    assert (area.refers_to, area.is_required, area.example) == ("areas", False, "")
    assert (codes.refers_to, document.name, document.is_required) == ("countries", "document_id", True)
    with pytest.raises(KeyError):
        fields_of(DESCRIPTION, "nothing")


def submission(kind: str, **content: Any) -> Submission:
    return Submission("abcd-ef01-2345-6789", kind, "MNG", "focal@x.example", "accepted", 1, None, content)


def test_cells_that_must_be_filled_in_and_are_not_are_named() -> None:
    assert missing_cells(DESCRIPTION, submission("count", row={})) == ["value"]  # the document is that of the report
    assert missing_cells(DESCRIPTION, submission("count", row={"value": " "})) == ["value"]
    assert missing_cells(DESCRIPTION, submission("count", row={"value": "0"})) == []
    assert missing_cells(DESCRIPTION, submission("correction", row={})) == []


COUNT = (
    "count_id",
    "species_id",
    "area_id",
    "count_kind",
    "unit",
    "population_part",
    "value",
    "year_from",
    "year_to",
    "country_code",
    "document_id",
    "locator",
    "is_derived",
)


NOTE = ("subject_table", "subject_id", "what", "document_id", "locator", "as_of")


def table(name: str, key: str, columns: tuple[str, ...], *rows: dict[str, str]) -> Table:
    filled = [dict.fromkeys(columns, "") | row for row in rows]
    return Table(f"{name}.csv", key, columns, {row[key]: row for row in filled})


def tables(*counts: dict[str, str]) -> dict[str, Table]:
    return {
        "counts": table("counts", "count_id", COUNT, *counts),
        "documents": table(
            "documents",
            "document_id",
            ("document_id", "title", "publisher", "published_date", "seen_date", "kind", "grade"),
        ),
        "follow_ups": table("follow_ups", "follow_up_id", ("follow_up_id", "country_codes", "document_id")),
        "later_notes": replace(
            table("later_notes", "later_note_id", ("later_note_id", *NOTE)),
            allowed={"subject_table": ("counts", "documents")},
        ),
    }


REPORT = {"title": "Report of Mongolia", "publisher": "Ministry"}


def test_a_count_becomes_a_row_and_its_report_a_document() -> None:
    given = submission("count", row={"value": " 12 ", "area_id": None})
    document, count = changes_of(given, tables(), REPORT, "2026-02-03")
    assert (document.table, document.key, document.before) == ("documents", "mng_report_abcdef012345", None)
    assert document.after == {
        "document_id": "mng_report_abcdef012345",
        "title": "Report of Mongolia",
        "publisher": "Ministry",
        "published_date": "2026-02-03",
        "seen_date": "2026-02-03",
        "kind": "report",
        "grade": "official",
    }
    assert (count.table, count.key, count.before) == ("counts", "mng_count_abcdef012345", None)
    assert (count.after["value"], count.after["area_id"], count.after["document_id"]) == ("12", "", document.key)
    assert (count.after["locator"], count.after["is_derived"], count.after["count_id"]) == (
        "report",
        "false",
        count.key,
    )


def test_an_objection_is_a_note_beside_its_row_and_changes_nothing_else() -> None:
    given = submission("objection", table="counts", key="c1", reason="not surveyed by us")
    document, note = changes_of(given, tables(OLD), REPORT, "2026-02-03")
    assert (document.table, document.before, note.table, note.before) == ("documents", None, "later_notes", None)
    assert {column: note.after[column] for column in NOTE} == {
        "subject_table": "counts",
        "subject_id": "c1",
        "what": "Report of Mongolia: not surveyed by us",
        "document_id": document.key,
        "locator": "report",
        "as_of": "2026-02-03",
    }


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ({"table": "sites", "key": "c1", "reason": "r"}, "table is 'sites'"),
        ({"table": "counts", "key": "c2", "reason": "r"}, "key is 'c2', expected one of a row on record in counts"),
        ({"table": "counts", "key": "c1", "reason": " "}, "reason is empty, expected a sentence that says why"),
    ],
)
def test_an_objection_to_nothing_or_without_a_reason_is_refused(content: dict[str, Any], problem: str) -> None:
    with pytest.raises(SubmissionError) as refused:
        changes_of(submission("objection", **content), tables(OLD), REPORT, "2026-02-03")
    assert refused.value.problems[0].startswith(problem)


def test_a_count_that_names_its_document_needs_no_report() -> None:
    (count,) = changes_of(
        submission("count", row={"document_id": "d1", "locator": "p. 3"}), tables(), REPORT, "2026-02-03"
    )
    assert (count.after["document_id"], count.after["locator"]) == ("d1", "p. 3")


@pytest.mark.parametrize(
    ("kind", "row", "problem"),
    [
        ("count", {"country_code": "JPN"}, "country_code is 'JPN', expected 'MNG': a State reports for itself"),
        ("response", {"country_codes": "JPN"}, "country_codes is 'JPN', expected 'MNG': a State reports for itself"),
        (
            "response",
            {"country_codes": "MNG JPN"},
            "country_codes is 'MNG JPN', expected 'MNG': a State reports for itself",
        ),
        ("response", {}, "country_codes is empty, expected 'MNG': a response is that of a State"),
        ("count", {"count_id": "x"}, "counts has no column 'count_id' to fill in; it has "),
    ],
)
def test_a_row_that_speaks_for_another_state_or_names_no_column_is_refused(
    kind: str, row: dict[str, str], problem: str
) -> None:
    with pytest.raises(SubmissionError) as refused:
        changes_of(submission(kind, row=row), tables(), REPORT, "2026-02-03")
    (told,) = refused.value.problems
    assert told.startswith(problem)


def test_a_row_of_ones_own_state_is_taken() -> None:
    assert changes_of(submission("count", row={"country_code": "MNG"}), tables(), REPORT, "2026-02-03")
    assert changes_of(submission("response", row={"country_codes": "MNG"}), tables(), REPORT, "2026-02-03")


OLD = {"count_id": "c1", "value": "10", "year_from": "2020"}


def test_a_correction_changes_the_cells_it_names() -> None:
    given = submission(
        "correction", table="counts", key="c1", reason="a slip", before={"value": "10"}, row={"value": "11"}
    )
    changes = changes_of(given, tables(OLD), REPORT, "2026-02-03")
    assert [change.table for change in changes] == ["documents", "later_notes", "counts"]  # why stands beside the row
    change = changes[-1]
    assert change.before is not None and (change.before["value"], change.after["value"]) == ("10", "11")
    assert (change.table, change.key, change.after["year_from"]) == ("counts", "c1", "2020")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ({"table": "counts", "key": "c2", "reason": "r"}, "key is 'c2', expected one of a row on record in counts"),
        ({"table": "", "key": "c1", "reason": "r"}, "key is 'c1', expected one of a row on record in a table"),
        (
            {"table": "counts", "key": "c1", "reason": " "},
            "reason is empty, expected a sentence that says why",
        ),
        (
            {"table": "counts", "key": "c1", "reason": "r", "before": {"value": "9"}},
            "counts (c1): value was changed meanwhile, from '9' to '10'",
        ),
        (
            {"table": "counts", "key": "c1", "reason": "r", "row": {"wings": "2"}},
            "counts has no column 'wings' to fill in",
        ),
    ],
)
def test_a_correction_that_cannot_be_made_says_why(content: dict[str, Any], problem: str) -> None:
    with pytest.raises(SubmissionError) as refused:
        changes_of(submission("correction", **content), tables(OLD), REPORT, "2026-02-03")
    (told,) = refused.value.problems
    assert told.startswith(problem)


def test_changed_tables_keep_their_order_and_new_rows_stand_last() -> None:
    held = tables(OLD, {"count_id": "c0", "value": "5"})
    rows = held["counts"].rows
    changes = [
        Change("counts", "c1", rows["c1"], rows["c1"] | {"value": "11"}),
        Change("counts", "c9", None, rows["c0"] | {"count_id": "c9"}),
    ]
    texts = with_changes(held, changes)
    assert list(texts) == ["counts.csv"]
    lines = texts["counts.csv"].splitlines()
    assert lines[0].startswith("count_id,species_id") and [line.split(",")[0] for line in lines[1:]] == [
        "c1",
        "c0",
        "c9",
    ]
    assert ",11,2020," in lines[1] and held["counts"].rows["c1"]["value"] == "10"
    with pytest.raises(SubmissionError, match="two submissions change the row c1"):
        with_changes(held, [changes[0], changes[0]])


def far(value: str, *earlier: dict[str, str], **more: str) -> list[str]:
    """Return the keys of the earlier counts that a new one is far from."""
    after = dict.fromkeys(COUNT, "") | {"count_id": "new", "value": value} | more
    return [newest["count_id"] for _, newest in jumps(tables(*earlier), [Change("counts", "new", None, after)])]


@pytest.mark.parametrize(
    ("value", "is_far"),
    [
        ("20", False),
        ("20.1", True),
        ("5", False),
        ("4.9", True),
        ("10", False),
        ("", False),
        ("many", False),
        ("0", True),
    ],
)
def test_a_count_is_far_if_it_is_more_than_twice_or_less_than_half_of_the_one_before(value: str, is_far: bool) -> None:
    assert far(value, OLD) == (["c1"] if is_far else [])


def test_a_count_is_compared_with_the_newest_of_its_kind() -> None:
    newer = {"count_id": "c2", "value": "100", "year_from": "2019", "year_to": "2021"}
    other = {"count_id": "c3", "value": "100", "year_from": "2025", "area_id": "elsewhere"}
    none = {"count_id": "c4", "value": "", "year_from": "2026"}
    zero = {"count_id": "c5", "value": "0", "year_from": "2026"}
    assert far("10", OLD, newer, other, none, zero) == ["c2"]
    assert far("100", OLD, newer, other) == []
    assert far("10", other) == [] and far("10", zero) == []


def test_a_correction_is_compared_with_what_it_corrects_and_other_tables_with_nothing() -> None:
    held = tables(OLD, {"count_id": "c2", "value": "100", "year_from": "2024"})
    before = held["counts"].rows["c1"]
    assert jumps(held, [Change("counts", "c1", before, before | {"value": "15"})]) == []
    assert [
        newest["value"] for _, newest in jumps(held, [Change("counts", "c1", before, before | {"value": "30"})])
    ] == ["10"]
    assert jumps(held, [Change("documents", "d", None, {"value": "1000"})]) == []
