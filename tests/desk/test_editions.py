"""Publication: in one step or not at all, opened again, withdrawn, and never half after a kill."""

import csv
import json
import subprocess
from collections.abc import Iterator
from datetime import date
from threading import Thread

import pytest

from neaspec.data import database
from neaspec.data.database import BEING_REPLACED, database_path, open_database
from neaspec.data.queries import Ask
from neaspec.data.validate import check_tables
from neaspec.desk import archive, editions
from neaspec.desk.changes import changes_of, jumps, problems_of, read_tables
from neaspec.desk.editions import before_of, checksum_of, folder_of, preview, publish, put_back, recover, withdraw
from neaspec.desk.errors import DeskError, NotAllowedError, SubmissionError
from neaspec.desk.store import Store
from tests.desk.conftest import COUNT, EDITOR, EVERYBODY, MONGOLIA, PUBLISHER, report_of


class Killed(BaseException):
    """Stands for the end of the process."""


@pytest.fixture
def quick_trial() -> Iterator[None]:
    """Leave out the trial build, most of the time of a publication, in tests of what comes before or after."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(editions, "build_database", lambda package, target, report: target.touch())
        yield


def kill_at(monkeypatch: pytest.MonkeyPatch, step: str, is_after: bool) -> None:
    """End the process before or after a step of editions.py."""
    whole = getattr(editions, step)

    def killed(*arguments):
        if is_after:
            whole(*arguments)
        raise Killed

    monkeypatch.setattr(editions, step, killed)


def counts(folder) -> dict[str, dict[str, str]]:
    with (folder / "counts.csv").open(encoding="utf-8", newline="") as handle:
        return {row["count_id"]: row for row in csv.DictReader(handle)}


def test_an_accepted_count_is_published_with_the_report_of_its_state(desk, tmp_path):
    key = desk.accepted().submission_id
    before = counts(desk.settings.data_dir)
    number = publish(desk.store, PUBLISHER, desk.settings, "for SOM-29", report_of)
    after = counts(desk.settings.data_dir)
    (new,) = [row for name, row in after.items() if name not in before]
    assert (new["value"], new["is_derived"], new["locator"]) == ("9", "false", "report")
    with (desk.settings.data_dir / "documents.csv").open(encoding="utf-8", newline="") as handle:
        document = {row["document_id"]: row for row in csv.DictReader(handle)}[new["document_id"]]
    assert (document["publisher"], document["published_date"], document["grade"]) == ("MNG", "2026-05-01", "official")
    published = desk.store.submission(MONGOLIA, key)
    assert (published.state, published.edition) == ("published", number)
    assert [row["state"] for row in desk.store.editions()] == ["published"]
    check_tables(desk.settings.data_dir)
    path = database_path(desk.settings.data_dir, tmp_path / "built")
    with open_database(path) as connection:
        assert connection.execute("select count(*) from counts").fetchone() == (len(after),)
    assert desk.store.faults() == []


@pytest.mark.usefixtures("quick_trial")
def test_an_edition_is_a_data_package_with_its_checksum(desk):
    desk.accepted()
    number = publish(desk.store, PUBLISHER, desk.settings, "for SOM-29", report_of)
    package = folder_of(desk.settings, number)
    about = json.loads((package / "edition.json").read_text(encoding="utf-8"))
    assert about == {"number": 1, "name": "for SOM-29", "checksum": checksum_of(package)}
    assert checksum_of(package) == checksum_of(desk.settings.data_dir) == desk.store.editions()[0]["checksum"]
    assert len(counts(before_of(desk.settings, 1))) + 1 == len(counts(package))


def test_what_would_break_the_tables_is_not_published_and_changes_nothing(desk):
    key = desk.accepted(species_id="unicorn", value="-1").submission_id
    before = checksum_of(desk.settings.data_dir)
    with pytest.raises(SubmissionError) as caught:
        publish(desk.store, PUBLISHER, desk.settings, "for SOM-29", report_of)
    assert len(caught.value.problems) >= 2
    assert checksum_of(desk.settings.data_dir) == before
    assert desk.store.editions() == []
    assert desk.store.submission(EDITOR, key).state == "accepted"
    assert not list(desk.settings.editions.glob("edition-*"))


@pytest.mark.usefixtures("quick_trial")
@pytest.mark.parametrize("person", EVERYBODY, ids=lambda person: person.address)
def test_publishing_is_for_publishers(desk, person):
    desk.accepted()
    if person == PUBLISHER:
        assert publish(desk.store, person, desk.settings, "one", report_of) == 1
        return
    before = checksum_of(desk.settings.data_dir)
    for call in (
        lambda: preview(desk.store, person, desk.settings, report_of),
        lambda: publish(desk.store, person, desk.settings, "one", report_of),
    ):
        with pytest.raises(NotAllowedError):
            call()
    assert checksum_of(desk.settings.data_dir) == before


def test_an_edition_has_a_name_and_something_in_it(desk):
    with pytest.raises(DeskError, match="Nothing that was accepted"):
        publish(desk.store, PUBLISHER, desk.settings, "empty", report_of)
    desk.accepted()
    with pytest.raises(DeskError, match="needs a name"):
        publish(desk.store, PUBLISHER, desk.settings, " ", report_of)


@pytest.mark.usefixtures("quick_trial")
def test_a_withdrawn_edition_leaves_the_tables_as_they_were_and_can_be_published_anew(desk):
    first = checksum_of(desk.settings.data_dir)
    key = desk.accepted().submission_id
    publish(desk.store, PUBLISHER, desk.settings, "one", report_of)
    second = checksum_of(desk.settings.data_dir)
    desk.accepted(year_from="2025", year_to="2025")
    publish(desk.store, PUBLISHER, desk.settings, "two", report_of)
    with pytest.raises(DeskError, match="not the newest"):
        withdraw(desk.store, PUBLISHER, desk.settings, 1, "Wrong year.")
    withdraw(desk.store, PUBLISHER, desk.settings, 2, "Wrong year.")
    assert checksum_of(desk.settings.data_dir) == second
    withdraw(desk.store, PUBLISHER, desk.settings, 1, "Wrong area.")
    assert checksum_of(desk.settings.data_dir) == first
    assert desk.store.submission(MONGOLIA, key).state == "accepted"
    assert publish(desk.store, PUBLISHER, desk.settings, "three", report_of) == 3
    assert len(counts(desk.settings.data_dir)) == len(counts(before_of(desk.settings, 1))) + 2
    assert desk.store.faults() == []


@pytest.mark.usefixtures("quick_trial")
@pytest.mark.parametrize("step", ["_begin", "_put_in_place", "_commit"])
@pytest.mark.parametrize("is_after", [False, True], ids=["before", "after"])
def test_a_kill_while_withdrawing_leaves_store_and_tables_of_one_mind(desk, monkeypatch, step, is_after):
    key = desk.accepted().submission_id
    first = checksum_of(desk.settings.data_dir)
    publish(desk.store, PUBLISHER, desk.settings, "one", report_of)
    kill_at(monkeypatch, step, is_after)
    with pytest.raises(Killed):
        withdraw(desk.store, PUBLISHER, desk.settings, 1, "Wrong.")
    monkeypatch.undo()
    recover(desk.store, desk.settings)
    is_withdrawn = desk.store.submission(EDITOR, key).state == "accepted"
    assert (desk.store.editions()[0]["state"] == "withdrawn") == is_withdrawn
    assert (checksum_of(desk.settings.data_dir) == first) == is_withdrawn
    assert desk.store.faults() == []


@pytest.mark.usefixtures("quick_trial")
def test_withdrawing_undoes_nothing_that_came_by_other_means(desk):
    desk.accepted()
    publish(desk.store, PUBLISHER, desk.settings, "one", report_of)
    path = desk.settings.data_dir / "counts.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Made-up park", "Made-up reserve"), encoding="utf-8")
    with pytest.raises(DeskError, match="by other means"):
        withdraw(desk.store, PUBLISHER, desk.settings, 1, "Wrong.")
    assert "Made-up reserve" in path.read_text(encoding="utf-8")
    with pytest.raises(DeskError, match="There is no edition 7 that holds"):
        withdraw(desk.store, PUBLISHER, desk.settings, 7, "Wrong.")


STEPS = ("_try_build", "_keep", "_begin", "_put_in_place", "_commit", "_sync_folder", "_write")


@pytest.mark.usefixtures("quick_trial")
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("is_after", [False, True], ids=["before", "after"])
def test_a_kill_at_any_step_leaves_the_whole_edition_or_nothing_of_it(desk, monkeypatch, step, is_after):
    key = desk.accepted().submission_id
    before = checksum_of(desk.settings.data_dir)
    kill_at(monkeypatch, step, is_after)
    with pytest.raises(Killed):
        publish(desk.store, PUBLISHER, desk.settings, "one", report_of)
    monkeypatch.undo()
    recover(desk.store, desk.settings)
    state = desk.store.submission(EDITOR, key).state
    number = {"published": 1, "accepted": 0}[state]
    now = checksum_of(desk.settings.data_dir)
    assert (now == before) == (number == 0)
    if number:
        assert now == desk.store.editions()[0]["checksum"]
    else:
        assert publish(desk.store, PUBLISHER, desk.settings, "again", report_of) >= 1
    assert desk.store.faults() == []
    assert not list(desk.settings.editions.glob("journal.json"))
    assert not list(desk.settings.editions.glob(".staged-*"))
    assert not (desk.settings.data_dir / BEING_REPLACED).exists()


@pytest.mark.usefixtures("quick_trial")
def test_a_kill_between_two_files_is_made_good(desk, monkeypatch):
    """The document is in place, the count that rests on it is not yet."""
    desk.accepted()
    replaced = []
    real = type(desk.settings.data_dir).replace

    def replace(path, target):
        if target.parent == desk.settings.data_dir:
            replaced.append(target.name)
            if len(replaced) == 2:
                raise Killed
        return real(path, target)

    monkeypatch.setattr(type(desk.settings.data_dir), "replace", replace)
    with pytest.raises(Killed):
        publish(desk.store, PUBLISHER, desk.settings, "one", report_of)
    monkeypatch.undo()
    assert len(replaced) == 2
    recover(desk.store, desk.settings)
    assert checksum_of(desk.settings.data_dir) == desk.store.editions()[0]["checksum"]
    check_tables(desk.settings.data_dir)


@pytest.mark.usefixtures("quick_trial")
def test_a_package_that_is_not_whole_is_not_put_in_place(desk, monkeypatch):
    desk.accepted()
    before = checksum_of(desk.settings.data_dir)

    def killed(*_):
        raise Killed

    monkeypatch.setattr(editions, "_put_in_place", killed)
    with pytest.raises(Killed):
        publish(desk.store, PUBLISHER, desk.settings, "one", report_of)
    monkeypatch.undo()
    (folder_of(desk.settings, 1) / "counts.csv").write_text("", encoding="utf-8")
    with pytest.raises(DeskError, match="edition-0001 is not whole"):
        recover(desk.store, desk.settings)
    assert checksum_of(desk.settings.data_dir) == before


@pytest.mark.usefixtures("quick_trial")
def test_another_process_that_opens_the_desk_meanwhile_waits_and_drops_nothing(desk, monkeypatch):
    """It sees an edition that is prepared and has no journal yet."""
    key = desk.accepted().submission_id
    real, threads = editions._begin, []

    def begin(settings, begun):
        thread = Thread(target=recover, args=(Store(desk.store.engine), settings))
        thread.start()
        thread.join(timeout=1)
        assert thread.is_alive()  # it waits for the lock
        threads.append(thread)
        real(settings, begun)

    monkeypatch.setattr(editions, "_begin", begin)
    publish(desk.store, PUBLISHER, desk.settings, "one", report_of)
    threads[0].join(timeout=30)
    assert desk.store.submission(EDITOR, key).state == "published"
    assert [edition["state"] for edition in desk.store.editions()] == ["published"]


@pytest.mark.usefixtures("quick_trial")
def test_nothing_is_published_that_its_publisher_has_not_seen(desk):
    desk.accepted()
    shown = preview(desk.store, PUBLISHER, desk.settings, report_of).shown
    desk.accepted(year_from="2025", year_to="2025")
    with pytest.raises(DeskError, match="than you saw"):
        publish(desk.store, PUBLISHER, desk.settings, "one", report_of, shown)
    shown = preview(desk.store, PUBLISHER, desk.settings, report_of).shown
    assert publish(desk.store, PUBLISHER, desk.settings, "one", report_of, shown) == 1


@pytest.mark.usefixtures("quick_trial")
def test_rows_that_were_lost_are_told_and_can_be_put_back(desk):
    desk.accepted()
    first = desk.settings.data_dir / "counts.csv"
    before = first.read_bytes()
    publish(desk.store, PUBLISHER, desk.settings, "one", report_of)
    first.write_bytes(before)  # as after the tables of another server
    desk.accepted(year_from="2025", year_to="2025")
    with pytest.raises(SubmissionError, match="was published in edition 1 and is not in the tables"):
        publish(desk.store, PUBLISHER, desk.settings, "two", report_of)
    assert put_back(desk.store, desk.settings) == 1
    assert publish(desk.store, PUBLISHER, desk.settings, "two", report_of) == 2


def test_tables_that_cannot_be_written_leave_what_was_accepted_as_it_was(desk, monkeypatch):
    key = desk.accepted().submission_id
    monkeypatch.setattr(editions.os, "access", lambda *_: False)
    with pytest.raises(DeskError, match="cannot be written"):
        publish(desk.store, PUBLISHER, desk.settings, "one", report_of)
    assert desk.store.submission(EDITOR, key).state == "accepted"


@pytest.mark.usefixtures("quick_trial")
def test_a_full_disk_is_told_and_the_next_look_brings_it_to_its_end(desk, monkeypatch):
    key = desk.accepted().submission_id

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(editions, "_put_in_place", full)
    with pytest.raises(DeskError, match="No space left on device"):
        publish(desk.store, PUBLISHER, desk.settings, "one", report_of)
    monkeypatch.undo()
    recover(desk.store, desk.settings)
    assert desk.store.submission(EDITOR, key).state == "published"


def test_a_server_serves_the_build_of_before_while_tables_are_put_in_place(desk, tmp_path, monkeypatch):
    monkeypatch.setenv("NEASPEC_DATABASE_DIR", str(tmp_path / "built"))
    monkeypatch.setattr(database, "SERVING", database.Serving())
    folder = desk.settings.data_dir
    served = database.serving_path(folder)
    (folder / BEING_REPLACED).touch()
    (folder / "counts.csv").write_text("half\n", encoding="utf-8")
    assert database.serving_path(folder) == served


@pytest.mark.usefixtures("quick_trial")
def test_what_is_being_published_cannot_be_reopened_meanwhile(desk, monkeypatch):
    key = desk.accepted().submission_id
    refused = []

    def reopened(*_):
        with pytest.raises(NotAllowedError) as caught:
            desk.store.lead(EDITOR, "reopen", key, 1, "Wait.")
        refused.append(str(caught.value))
        raise Killed

    monkeypatch.setattr(editions, "_begin", reopened)
    with pytest.raises(Killed):
        publish(desk.store, PUBLISHER, desk.settings, "one", report_of)
    assert "publishing" in refused[0]


@pytest.mark.usefixtures("quick_trial")
def test_in_a_git_checkout_each_edition_is_a_commit(desk):
    folder = desk.settings.data_dir

    def git(*arguments: str) -> str:
        who = ["-c", "user.name=Made up", "-c", "user.email=made@up.example"]
        done = subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True, text=True)
        return done.stdout

    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "Before")
    desk.accepted()
    publish(desk.store, PUBLISHER, desk.settings, "for SOM-29", report_of)
    assert git("log", "--format=%s").splitlines() == ["Edition 1 (for SOM-29): publish", "Before"]
    assert sorted(git("show", "--name-only", "--format=").split()) == ["counts.csv", "documents.csv"]
    assert git("status", "--porcelain") == ""


def corrected(desk, **content):
    drafted = desk.store.draft(MONGOLIA, "correction", {"table": "counts", "key": "cats_2018", **content})
    return changes_of(drafted, read_tables(desk.settings.data_dir), *report_of(drafted))


def test_a_correction_changes_the_cells_it_names_and_no_other(desk):
    *_, change = corrected(desk, row={"value": "8"}, reason="A misprint.")
    assert change.before is not None
    assert {name: text for name, text in change.after.items() if text != change.before[name]} == {"value": "8"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"row": {"value": "8"}}, "reason is empty"),
        ({"row": {"value": "8"}, "reason": "x", "key": "gone"}, "key is 'gone'"),
        ({"row": {"value": "8"}, "reason": "x", "table": "secrets"}, "a row on record in secrets"),
        ({"row": {"values": "8"}, "reason": "x"}, "counts has no column 'values'"),
        ({"row": {"count_id": "cats_2021"}, "reason": "x"}, "counts has no column 'count_id'"),
    ],
)
def test_a_correction_that_fits_no_row_is_refused(desk, content, said):
    with pytest.raises(SubmissionError, match=said):
        corrected(desk, **content)


def test_problems_are_told_before_anything_is_submitted_and_name_the_column(desk):
    drafted = desk.count(value="-7", method="guess")
    changes = changes_of(drafted, read_tables(desk.settings.data_dir), *report_of(drafted))
    told = problems_of(desk.settings.data_dir, changes)
    assert any(text.startswith("counts (new row): value is '-7'") for text in told), told
    assert any(text.startswith("counts (new row): method is 'guess'") for text in told), told


@pytest.mark.parametrize("cells", [{"country_code": "JPN"}, {"country_code": "", "country_codes": "JPN"}])
def test_a_state_reports_for_itself(desk, cells):
    drafted = desk.count(**cells)
    with pytest.raises(SubmissionError, match="a State reports for itself"):
        changes_of(drafted, read_tables(desk.settings.data_dir), *report_of(drafted))


@pytest.mark.parametrize(("codes", "is_taken"), [("MNG", True), ("JPN", False), ("JPN MNG", False), ("", False)])
def test_a_response_is_that_of_the_state_alone(desk, codes, is_taken):
    row = {"issue_id": "ask_1", "date": "2026", "status": "context", "what": "Made up.", "country_codes": codes}
    drafted = desk.store.draft(MONGOLIA, "response", {"row": row})
    tables = read_tables(desk.settings.data_dir)
    if is_taken:
        assert changes_of(drafted, tables, *report_of(drafted))[-1].after["country_codes"] == "MNG"
    else:
        with pytest.raises(SubmissionError, match="country_codes"):
            changes_of(drafted, tables, *report_of(drafted))


def test_a_correction_of_a_cell_that_was_changed_meanwhile_is_refused(desk):
    with pytest.raises(SubmissionError, match="value was changed meanwhile, from '6' to '7'"):
        corrected(desk, row={"value": "8"}, before={"value": "6"}, reason="A misprint.")


def test_a_correction_can_empty_a_cell(desk):
    *_, change = corrected(desk, row={"locator": ""}, reason="Not there.")
    assert change.after["locator"] == ""


def test_a_correction_far_from_what_stands_is_told(desk):
    changes = corrected(desk, row={"value": "700"}, reason="A misprint.")
    assert [row["value"] for _, row in jumps(read_tables(desk.settings.data_dir), changes)] == ["7"]


def test_a_problem_of_a_correction_names_its_row(desk):
    changes = corrected(desk, row={"method": "guess"}, reason="A misprint.")
    assert any(
        text.startswith("counts (cats_2018): method is 'guess'")
        for text in problems_of(desk.settings.data_dir, changes)
    )


def test_a_sound_count_has_no_problems(desk):
    drafted = desk.count()
    changes = changes_of(drafted, read_tables(desk.settings.data_dir), *report_of(drafted))
    assert problems_of(desk.settings.data_dir, changes) == []


@pytest.mark.parametrize(("value", "is_far"), [("7", False), ("14", False), ("15", True), ("3", True), ("4", False)])
def test_a_figure_far_from_the_one_before_it_is_told(desk, value, is_far):
    drafted = desk.count(value=value)
    tables = read_tables(desk.settings.data_dir)
    area = tables["counts"].rows["cats_2018"]["area_id"]
    drafted = desk.count(value=value, area_id=area)
    found = jumps(tables, changes_of(drafted, tables, *report_of(drafted)))
    assert [earlier["count_id"] for _, earlier in found] == (["cats_2018"] if is_far else [])


def test_a_remark_on_wording_changes_no_table(desk):
    key = desk.store.draft(
        MONGOLIA, "wording", {"table": "counts", "key": "cats_2018", "reason": "Not accepted."}
    ).submission_id
    desk.store.lead(MONGOLIA, "submit", key, 1)
    assert desk.store.lead(EDITOR, "accept", key, 1).state == "noted"  # and it ends there
    assert preview(desk.store, PUBLISHER, desk.settings, report_of).changes == {}


def published_words(desk, tmp_path, kind: str, **content) -> Ask:
    """Publish what a State says of a row or a source, and ask the database of it."""
    key = desk.store.draft(MONGOLIA, kind, content).submission_id
    desk.store.lead(MONGOLIA, "submit", key, 1)
    assert desk.store.lead(EDITOR, "accept", key, 1).state == "accepted"
    publish(desk.store, PUBLISHER, desk.settings, "one", report_of)
    return Ask(open_database(database_path(desk.settings.data_dir, tmp_path / "built")))


def test_an_objection_to_a_row_stands_beside_it_once_it_is_published(desk, tmp_path):
    ask = published_words(desk, tmp_path, "objection", table="sites", key="made_up_park", reason="Not in force.")
    with ask.connection.cursor() as cursor:
        notes = cursor.execute("select note from all_statements(null) where table_name = 'sites'").fetchall()
    assert any("Made-up report: Not in force." in str(note) for (note,) in notes)


def test_an_objection_to_a_source_stands_with_the_source(desk, tmp_path):
    ask = published_words(desk, tmp_path, "objection", table="documents", key="old_paper", reason="Not ours.")
    cited = ask("sources_cited", document_ids=["old_paper", "new_paper"]).set_index("document_id")["said_of_it"]
    assert cited["old_paper"] == "Made-up report: Not ours."
    assert cited.isna()["new_paper"]
    assert ask.on(date(2026, 4, 1))("sources_cited", document_ids=["old_paper"])["said_of_it"].isna().all()


def test_a_correction_is_said_beside_the_row_with_the_report_it_rests_on(desk):
    report, note, _ = corrected(desk, row={"value": "8"}, reason="A misprint.")
    assert (note.table, note.after["subject_table"], note.after["subject_id"]) == ("later_notes", "counts", "cats_2018")
    assert note.after["what"] == "Made-up report: A misprint."
    assert note.after["document_id"] == report.key


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"table": "species", "key": "made_up_cat", "reason": "x"}, "table is 'species', expected one of"),
        ({"table": "counts", "key": "gone", "reason": "x"}, "key is 'gone'"),
        ({"table": "counts", "key": "cats_2018", "reason": " "}, "reason is empty"),
    ],
)
def test_an_objection_to_nothing_is_refused(desk, content, said):
    drafted = desk.store.draft(MONGOLIA, "objection", content)
    with pytest.raises(SubmissionError, match=said):
        changes_of(drafted, read_tables(desk.settings.data_dir), *report_of(drafted))


def test_two_submissions_about_one_row_are_told(desk):
    for value in ("8", "9"):
        content = {"table": "counts", "key": "cats_2018", "row": {"value": value}, "reason": "A misprint."}
        key = desk.store.draft(MONGOLIA, "correction", content).submission_id
        desk.store.lead(MONGOLIA, "submit", key, 1)
        desk.store.lead(EDITOR, "accept", key, 1)
    with pytest.raises(SubmissionError, match="two submissions change the row cats_2018"):
        publish(desk.store, PUBLISHER, desk.settings, "one", report_of)


def test_the_row_a_state_reports_has_the_columns_of_the_description(desk):
    drafted = desk.count()
    changes = changes_of(drafted, read_tables(desk.settings.data_dir), *report_of(drafted))
    assert [change.table for change in changes] == ["documents", "counts"]
    assert {name for name, text in changes[1].after.items() if text} >= set(COUNT)


def test_a_published_edition_and_the_tables_before_it_are_built_as_databases(desk, tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "database_dir", lambda: tmp_path / "databases")
    desk.accepted()
    publish(desk.store, PUBLISHER, desk.settings, "for SOM-29", report_of)
    before, first = archive.editions_kept(desk.store, desk.settings)
    counted = [Ask(open_database(archive.edition_database(edition))) for edition in (before, first)]
    sizes = [len(counts(edition.package)) for edition in (before, first)]
    for ask, size in zip(counted, sizes, strict=True):
        with ask.connection.cursor() as cursor:
            assert cursor.execute("select count(*) from counts").fetchone() == (size,)
    assert sizes[1] == sizes[0] + 1
