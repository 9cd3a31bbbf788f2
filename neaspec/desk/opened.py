"""The desk of this server: its store, opened once, and what it knows of people and tables."""

import logging
from dataclasses import dataclass
from functools import cache
from threading import Lock

from sqlalchemy.exc import SQLAlchemyError

from neaspec.data.description import read_description
from neaspec.data.editions import Edition
from neaspec.desk.archive import editions_kept
from neaspec.desk.changes import Change, Table, changes_of, read_tables
from neaspec.desk.clock import now
from neaspec.desk.editions import recover
from neaspec.desk.errors import DeskError
from neaspec.desk.people import Person, person_of, read_people
from neaspec.desk.settings import DeskSettings, desk_settings
from neaspec.desk.store import Store, Submission
from neaspec.desk.upgrade import open_store
from neaspec.text import Words

LOG = logging.getLogger("neaspec")


@dataclass(frozen=True)
class Desk:
    """A store with where it publishes to."""

    store: Store
    settings: DeskSettings

    def person(self, address: str) -> Person:
        """Return who signed in with an address; the people are read anew, so that a right taken ends at once."""
        countries = self.tables()["countries"].rows
        members = frozenset(code for code, row in countries.items() if row["is_member"] == "true")
        return person_of(address, read_people(self.settings.people, members))

    def tables(self) -> dict[str, Table]:
        """Return what is published."""
        return read_tables(self.settings.data_dir)

    def description(self) -> dict[str, object]:
        """Return the description of what is published."""
        return read_description(self.settings.data_dir)

    def report(self, words: Words, submission: Submission) -> tuple[dict[str, str], str]:
        """Return title and publisher of the document that stands for what a State reported, and its day."""
        day = self.store.submitted_on(submission.submission_id) or now().date().isoformat()
        state = self.tables()["countries"].rows.get(submission.country_code, {}).get("name", submission.country_code)
        about = submission.kind if submission.kind in ("correction", "objection") else "report"
        title = words(f"desk.{about}_title", state=state, date=words.date(day))
        return {"title": title, "publisher": state, "language": "en"}, day

    def changes(self, words: Words, submission: Submission) -> list[Change]:
        """Return the rows that a submission adds or changes."""
        return changes_of(submission, self.tables(), *self.report(words, submission))


OPENING = Lock()


def opened(settings: DeskSettings) -> Desk:
    """Return the desk of some settings, its store opened once; what a kill left half done is brought to its end."""
    with OPENING:
        desk = _opened(settings)
    recover(desk.store, settings)
    return desk


def editions_to_read() -> tuple[Edition, ...]:
    """Return the editions that readers can open; a reader waits for no publication and ends none."""
    settings = desk_settings()
    if settings is None:
        return ()
    try:
        with OPENING:
            desk = _opened(settings)
        return editions_kept(desk.store, settings)
    except (SQLAlchemyError, DeskError):
        LOG.exception("the store cannot be asked for editions", extra={"event": "desk_store"})
        return ()  # whoever reads the newest tables needs no store


@cache
def _opened(settings: DeskSettings) -> Desk:
    return Desk(Store(open_store(settings.store)), settings)


def desk() -> Desk | None:
    """Return the desk of this server; None where it is off."""
    settings = desk_settings()
    return opened(settings) if settings else None
