"""Submissions: every step by every role, nothing overwritten, nothing seen that is not one's own."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from neaspec.desk.errors import ConflictError, DeskError, NotAllowedError
from neaspec.desk.rights import MOVES, RIGHTS
from tests.desk.conftest import (
    ADMINISTRATOR,
    COUNT,
    EDITOR,
    EVERYBODY,
    JAPAN,
    MONGOLIA,
    OTHER_MONGOLIA,
    PUBLISHER,
    READER,
)

NOT_THERE = "no such submission, or it is not yours"


def test_a_count_goes_from_draft_over_a_question_to_accepted(desk):
    drafted = desk.count()
    key = drafted.submission_id
    desk.store.lead(MONGOLIA, "submit", key, 1)
    desk.store.lead(EDITOR, "ask", key, 1, "Are cubs in it?")
    changed = desk.store.change(MONGOLIA, key, 1, {"row": COUNT | {"value": "8"}})
    assert (changed.version, changed.state) == (2, "questions")
    desk.store.lead(MONGOLIA, "answer", key, 2, "No; the figure is mended.")
    accepted = desk.store.lead(EDITOR, "accept", key, 2)
    assert accepted.state == "accepted"
    assert accepted.content["row"]["value"] == "8"
    assert [(step.action, step.version, step.by) for step in desk.store.trail(EDITOR, key)] == [
        ("draft", 1, MONGOLIA.address),
        ("submit", 1, MONGOLIA.address),
        ("ask", 1, EDITOR.address),
        ("change", 2, MONGOLIA.address),
        ("answer", 2, MONGOLIA.address),
        ("accept", 2, EDITOR.address),
    ]
    assert desk.store.texts(MONGOLIA, key)[1]["row"]["value"] == "9"  # the first text is still there
    assert desk.store.faults() == []


def states(desk):
    """Give a submission in each state that has not been published."""
    steps = {
        "draft": [],
        "submitted": [(MONGOLIA, "submit")],
        "questions": [(MONGOLIA, "submit"), (EDITOR, "ask")],
        "accepted": [(MONGOLIA, "submit"), (EDITOR, "accept")],
        "declined": [(MONGOLIA, "submit"), (EDITOR, "decline")],
        "discarded": [(MONGOLIA, "discard")],
    }
    for state, moves in steps.items():
        drafted = desk.count()
        for person, action in moves:
            desk.store.lead(person, action, drafted.submission_id, 1, "Because.")
        yield state, drafted.submission_id


ALLOWED = {
    MONGOLIA: {"submit", "discard", "take_back", "answer"},
    EDITOR: {"ask", "accept", "decline", "reopen"},
    PUBLISHER: {"ask", "accept", "decline", "reopen"},
}
LED = ("submit", "discard", "take_back", "answer", "ask", "accept", "decline", "reopen")


@pytest.mark.parametrize(
    "person", EVERYBODY, ids=lambda person: f"{person.role} {person.country_code} {person.address}"
)
@pytest.mark.parametrize("action", LED)
def test_each_action_is_for_its_role_in_its_state_alone(desk, person, action):
    for state, key in list(states(desk)):
        before = desk.store.trail(MONGOLIA, key)
        if action in ALLOWED.get(person, set()) and action in MOVES[state]:
            led = desk.store.lead(person, action, key, 1, "Because.")
            assert led.state == MOVES[state][action]
            assert len(desk.store.trail(MONGOLIA, key)) == len(before) + 1
        else:
            with pytest.raises(NotAllowedError):
                desk.store.lead(person, action, key, 1, "Because.")
            assert desk.store.trail(MONGOLIA, key) == before
    assert desk.store.faults() == []


def test_every_action_has_a_right():
    assert {action for moves in MOVES.values() for action in moves} <= set(RIGHTS)


def test_drafts_are_seen_by_their_author_alone_and_submitted_ones_by_the_secretariat(desk):
    key = desk.count().submission_id
    for person in EVERYBODY:
        if person == MONGOLIA:
            assert [one.submission_id for one in desk.store.submissions(person)] == [key]
            continue
        assert desk.store.submissions(person) == []
        for read in (desk.store.submission, desk.store.trail, desk.store.texts):
            with pytest.raises(NotAllowedError, match=NOT_THERE):
                read(person, key)
    desk.store.lead(MONGOLIA, "submit", key, 1)
    assert {person for person in EVERYBODY if desk.store.submissions(person)} == {MONGOLIA, EDITOR, PUBLISHER}


def test_one_who_may_not_see_a_submission_hears_the_same_as_of_one_that_is_not_there(desk):
    key = desk.count().submission_id
    heard = []
    for asked in (key, "00000000-0000-0000-0000-000000000000"):
        with pytest.raises(NotAllowedError) as caught:
            desk.store.lead(JAPAN, "submit", asked, 1)
        heard.append(str(caught.value))
    assert heard[0] == heard[1]


def test_whoever_stands_for_no_state_drafts_nothing(desk):
    for person in (EDITOR, PUBLISHER, ADMINISTRATOR, READER):
        with pytest.raises(NotAllowedError, match="focal_point"):
            desk.count(person)
    assert desk.store.submissions(EDITOR) == []


def test_a_focal_point_who_stands_for_another_state_by_now_no_longer_sees_what_they_wrote(desk):
    key = desk.count().submission_id
    moved = type(MONGOLIA)(MONGOLIA.address, "focal_point", "JPN")
    with pytest.raises(NotAllowedError, match=NOT_THERE):
        desk.store.submission(moved, key)
    with pytest.raises(NotAllowedError, match=NOT_THERE):
        desk.store.submission(OTHER_MONGOLIA, key)


def test_two_who_change_one_text_at_once_lose_nothing(desk):
    key = desk.count().submission_id
    desk.store.change(MONGOLIA, key, 1, {"row": COUNT | {"value": "8"}})
    with pytest.raises(ConflictError) as caught:
        desk.store.change(MONGOLIA, key, 1, {"row": COUNT | {"value": "7"}})
    assert (caught.value.theirs, caught.value.kept_as) == (2, 3)
    texts = desk.store.texts(MONGOLIA, key)
    assert [texts[number]["row"]["value"] for number in (1, 2, 3)] == ["9", "8", "7"]
    assert desk.store.submission(MONGOLIA, key).version == 2
    merged = desk.store.change(MONGOLIA, key, 2, texts[3])
    assert (merged.version, merged.content["row"]["value"]) == (4, "7")


def test_nobody_accepts_a_text_they_have_not_seen(desk):
    key = desk.count().submission_id
    desk.store.lead(MONGOLIA, "submit", key, 1)
    desk.store.lead(MONGOLIA, "take_back", key, 1)
    desk.store.change(MONGOLIA, key, 1, {"row": COUNT | {"value": "900"}})
    desk.store.lead(MONGOLIA, "submit", key, 2)
    with pytest.raises(ConflictError, match="Version 2 holds by now"):
        desk.store.lead(EDITOR, "accept", key, 1)
    assert desk.store.submission(EDITOR, key).state == "submitted"


@pytest.mark.parametrize("action", ["ask", "decline"])
def test_a_question_and_a_refusal_have_a_sentence(desk, action):
    key = desk.count().submission_id
    desk.store.lead(MONGOLIA, "submit", key, 1)
    with pytest.raises(DeskError, match="needs a sentence"):
        desk.store.lead(EDITOR, action, key, 1, "  ")


@pytest.mark.parametrize("action", ["publish", "change"])
def test_what_has_a_way_of_its_own_is_not_a_step(desk, action):
    key = desk.count().submission_id
    with pytest.raises(DeskError, match="not done here"):
        desk.store.lead(PUBLISHER, action, key, 1)


@pytest.mark.parametrize("table", ["steps", "versions"])
@pytest.mark.parametrize("change", ["update {} set at = 'x'", "delete from {}"])
def test_the_trail_cannot_be_changed_by_the_application(desk, table, change):
    desk.count()
    with pytest.raises(DatabaseError, match="only added to"), desk.store.engine.begin() as connection:
        connection.execute(text(change.format(table)))
    assert desk.store.faults() == []


def test_a_changed_trail_is_found(desk):
    desk.count()
    desk.count()
    forced = {
        "sqlite": ["drop trigger steps_update", "drop trigger steps_delete"],
        "postgresql": ["drop trigger steps_kept on steps"],
    }[desk.store.engine.dialect.name]
    with desk.store.engine.begin() as connection:
        for statement in [*forced, "update steps set by = 'somebody else' where number = 1"]:
            connection.execute(text(statement))
    assert desk.store.faults() == ["step 1 was changed after it was written"]
    with desk.store.engine.begin() as connection:
        connection.execute(text("delete from steps where number = 1"))
    assert desk.store.faults()[0] == "step 1 is missing; step 2 follows step 0"


def test_a_changed_text_is_found(desk):
    key = desk.count().submission_id
    forced = {
        "sqlite": ["drop trigger versions_update"],
        "postgresql": ["drop trigger versions_kept on versions"],
    }[desk.store.engine.dialect.name]
    with desk.store.engine.begin() as connection:
        for statement in [*forced, "update versions set content = replace(content, '9', '8')"]:
            connection.execute(text(statement))
    assert desk.store.faults() == [f"version 1 of {key} is not the text of step 1"]


def test_what_is_submitted_stands_in_no_message_of_an_error(desk):
    key = desk.count(note="secret den").submission_id
    with pytest.raises(DatabaseError) as caught, desk.store.engine.begin() as connection:
        connection.execute(
            text("update versions set content = :content where submission_id = :key"),
            {"content": "secret den", "key": key},
        )
    assert "secret den" not in str(caught.value)


def test_steps_keep_their_order_when_the_clock_goes_back(desk):
    key = desk.count().submission_id
    desk.clock.now = desk.clock.now.replace(year=2020)
    desk.store.lead(MONGOLIA, "submit", key, 1)
    times = [step.at for step in desk.store.trail(MONGOLIA, key)]
    assert times == sorted(times)
    assert times[0].startswith("2026-05-01T12:00")


def test_positions_are_coarse_before_they_are_stored(desk):
    row = {"name": "Den", "latitude": "45.12345", "longitude": "104.98765", "is_sensitive": "true"}
    key = desk.store.draft(MONGOLIA, "site", {"row": row}).submission_id
    kept = desk.store.submission(MONGOLIA, key).content["row"]
    assert (kept["latitude"], kept["longitude"], kept["coordinate_precision_deg"]) == ("45.1", "105.0", "0.1")
    with desk.store.engine.connect() as connection:
        everything = str(connection.execute(text("select * from versions")).fetchall())
    assert "45.12" not in everything
    assert "104.98" not in everything


def test_a_position_that_is_no_number_is_not_kept(desk):
    key = desk.store.draft(MONGOLIA, "site", {"row": {"latitude": "45°07'24\"N", "longitude": "104.9"}}).submission_id
    assert desk.store.submission(MONGOLIA, key).content["row"]["latitude"] == ""


@pytest.mark.parametrize("number", ["inf", "1e400", "nan"])
def test_a_position_beyond_numbers_is_no_fault(desk, number):
    desk.store.draft(MONGOLIA, "site", {"row": {"latitude": number}})


def test_a_correction_of_a_harmless_site_keeps_its_position(desk):
    content = {"table": "sites", "key": "x", "is_sensitive": "false", "row": {"latitude": "45.12345"}}
    key = desk.store.draft(MONGOLIA, "correction", content).submission_id
    assert desk.store.submission(MONGOLIA, key).content["row"]["latitude"] == "45.12345"


def test_a_site_said_to_be_harmless_keeps_its_position(desk):
    row = {"latitude": "45.12345", "longitude": "104.98765", "is_sensitive": "false"}
    key = desk.store.draft(MONGOLIA, "site", {"row": row}).submission_id
    assert desk.store.submission(MONGOLIA, key).content["row"]["latitude"] == "45.12345"


def test_a_kind_that_there_is_not_is_refused(desk):
    with pytest.raises(DeskError, match="no kind of submission 'secrets'"):
        desk.store.draft(MONGOLIA, "secrets", {"row": COUNT})
    assert desk.store.submissions(MONGOLIA) == []


def test_a_submission_beyond_all_bounds_is_refused_whole(desk):
    with pytest.raises(DeskError, match="at most 100,000"):
        desk.count(note="x" * 100_001)
    assert desk.store.submissions(MONGOLIA) == []
