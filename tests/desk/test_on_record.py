"""What a State reports is read where it belongs: a response under its issue with its date, a report by its name."""

from pathlib import Path

import pytest

from neaspec.blocks import Linked, Panel
from neaspec.data.database import database_path, open_database
from neaspec.data.queries import Ask
from neaspec.desk.editions import publish
from neaspec.desk.settings import DeskSettings
from neaspec.desk.store import Store
from neaspec.desk.upgrade import open_store
from neaspec.render.source_control import screen_citations, source_control
from neaspec.reports import report_key, reporting_state
from neaspec.sections.issues.page import IssuesChoices, page
from tests.desk.conftest import EDITOR, MONGOLIA, PUBLISHER, report_of
from tests.support.mini import mini_package
from tests.support.on_page import blocks_of, said


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """A response of Mongolia and an objection to a paper, accepted and published."""
    folder: Path = tmp_path_factory.mktemp("on_record")
    address = f"sqlite:///{folder / 'desk.sqlite'}"
    settings = DeskSettings(address, folder / "people.csv", folder / "editions", mini_package(folder / "data"))
    store = Store(open_store(address))
    row = {"issue_id": "host_workshop", "date": "2026-04-30", "status": "partly", "country_codes": "MNG"}
    contents = {
        "response": {"row": row | {"what": "Mongolia offers to host it."}},
        "objection": {"table": "documents", "key": "paper_91", "reason": "Its map is not ours."},
    }
    for kind, content in contents.items():
        key = store.draft(MONGOLIA, kind, content).submission_id
        store.lead(MONGOLIA, "submit", key, 1)
        store.lead(EDITOR, "accept", key, 1)
    publish(store, PUBLISHER, settings, "for SOM-92", report_of)
    return Ask(open_database(database_path(settings.data_dir, folder / "built")))


def test_a_published_response_stands_under_its_issue_with_its_date(published, words):
    shown = page(published, words, IssuesChoices("som_91"))
    (item,) = [item for linked in blocks_of(shown, Linked) for item in linked.items if item.id == "host_workshop"]
    panel = next(block for block in item.blocks if isinstance(block, Panel))
    assert ("On record, 30 April 2026", "Mongolia offers to host it.") in panel.facts
    assert any(reporting_state(key) == "MNG" for key in panel.document_ids)
    assert "1 partly completed" in said(shown)[0]


def test_an_objection_to_a_source_is_read_in_the_list_that_every_figure_of_it_opens(published, words):
    shown = page(published, words, IssuesChoices("som_91"))
    control = source_control(screen_citations(shown, words, {}), ["paper_91"])
    assert "Made-up report: Its map is not ours." in control


def test_the_source_control_says_who_reported_a_figure_and_when(published, words):
    shown = page(published, words, IssuesChoices("som_91"))
    (key,) = [key for key in shown.marks if reporting_state(key)]
    control = source_control(screen_citations(shown, words, {}), [key])
    assert "Source: reported by Mongolia, 1 May 2026" in control
    assert "Reported by Mongolia, 1 May 2026" in control


def test_a_document_that_is_no_report_of_a_desk_is_named_as_before(published, words):
    marks = screen_citations(page(published, words, IssuesChoices("som_91")), words, {})
    assert "reported by" not in source_control(marks, ["paper_91"])
    assert marks.records["paper_91"].line.startswith("Made-up Secretariat, ")


@pytest.mark.parametrize(
    ("key", "code"),
    [
        (report_key("MNG", "0123456789ab"), "MNG"),
        ("mng_report_2019", ""),
        ("mng_report_0123456789abc", ""),
        ("som_24_paper", ""),
    ],
)
def test_only_keys_that_the_desk_gives_are_reports_of_a_state(key, code):
    assert reporting_state(key) == code
