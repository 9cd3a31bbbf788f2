"""What a store cannot do at the moment is told in a sentence, without what was submitted."""

import logging

import pytest
from sqlalchemy import event
from sqlalchemy.exc import SQLAlchemyError

from neaspec.desk.errors import DeskError
from neaspec.desk.settings import DeskSettings
from neaspec.desk.store import Store
from neaspec.desk.upgrade import open_store
from tests.desk.conftest import COUNT, MONGOLIA


def test_a_full_disk_of_the_store_is_told_in_a_sentence_and_nothing_is_half(tmp_path, caplog):
    store = Store(open_store(f"sqlite:///{tmp_path / 'desk.sqlite'}"))
    kept = store.draft(MONGOLIA, "count", {"row": COUNT})
    store.engine.dispose()
    event.listen(store.engine, "connect", lambda connection, _: connection.execute("pragma max_page_count = 1"))
    with caplog.at_level(logging.ERROR), pytest.raises(DeskError, match="The disk of the store is full") as caught:
        store.draft(MONGOLIA, "count", {"row": COUNT | {"area_name": "Secret valley " * 2_000}})
    assert "Secret valley" not in str(caught.value) + caplog.text
    whole = Store(open_store(f"sqlite:///{tmp_path / 'desk.sqlite'}"))
    assert [submission.submission_id for submission in whole.submissions(MONGOLIA)] == [kept.submission_id]
    assert whole.faults() == []


def test_a_store_that_cannot_be_reached_is_told_in_a_sentence(tmp_path):
    address = f"postgresql+pg8000://desk@/postgres?unix_sock={tmp_path}/nothing"
    with pytest.raises(DeskError, match="The store cannot be reached") as caught:
        open_store(DeskSettings(address, tmp_path / "people.csv", tmp_path / "editions").store)
    assert str(tmp_path) not in str(caught.value)


def test_what_the_rules_of_the_store_refuse_stays_an_error_of_the_store(tmp_path):
    store = Store(open_store(f"sqlite:///{tmp_path / 'desk.sqlite'}"))
    store.draft(MONGOLIA, "count", {"row": COUNT})
    with pytest.raises(SQLAlchemyError, match="only added to"), store.engine.begin() as connection:
        connection.exec_driver_sql("delete from steps")
