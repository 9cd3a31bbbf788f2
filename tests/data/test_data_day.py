"""The same data give the same page and file on any day: nothing that is made asks the clock."""

import datetime
import re
import sys
import time

import pytest

from neaspec.briefs.documents import make_document
from neaspec.briefs.formats import FORMATS, format_of
from neaspec.data import queries
from neaspec.data.queries import Ask
from neaspec.paths import ROOT
from neaspec.sections.cooperation import page as cooperation
from neaspec.sections.cooperation.page import CooperationChoices
from neaspec.sections.issues import page as issues
from neaspec.sections.issues.page import IssuesChoices
from neaspec.sections.projects import page as projects
from neaspec.urls import choices_from
from tests.support.as_known import texts_of

SQL_CLOCK = re.compile(r"\b(current_date|current_timestamp|localtime(stamp)?)\b|\b(now|today|get_current_\w+)\(", re.I)
CODE_CLOCK = re.compile(r"\b(date\.today|datetime\.(now|today|utcnow)|time\.(time|localtime|gmtime|strftime))\(")
LATER = datetime.timedelta(days=1000)


def comments_left_out(sql: str) -> str:
    return "\n".join(line.partition("--")[0] for line in sql.splitlines())


def test_no_question_and_no_rule_asks_the_clock():
    asking = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "queries").rglob("*.sql")
        if SQL_CLOCK.search(comments_left_out(path.read_text(encoding="utf-8")))
    ]
    assert asking == []
    assert SQL_CLOCK.search("coalesce(as_known_on, current_date)")
    assert SQL_CLOCK.search("date_diff('day', d, today())")


def test_no_code_of_pages_and_files_asks_the_clock():
    asking = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "neaspec").rglob("*.py")
        if CODE_CLOCK.search(path.read_text(encoding="utf-8"))
    }
    # Records after the day of a run are left out, and steps of the desk have their time: no page of the record changes.
    assert asking == {"neaspec/crossings/pipeline.py", "neaspec/desk/clock.py"}


class _Moved(type):
    """Makes a class stand for its base: what was made before the clock moved is still of its kind."""

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, cls.__base__)


class LaterDatetime(datetime.datetime, metaclass=_Moved):
    """A clock that is LATER ahead."""

    @classmethod
    def now(cls, tz=None):
        return datetime.datetime.now(tz) + LATER

    @classmethod
    def utcnow(cls):
        return datetime.datetime.now(datetime.UTC).replace(tzinfo=None) + LATER


class LaterDate(datetime.date, metaclass=_Moved):
    """A calendar that is LATER ahead."""

    @classmethod
    def today(cls):
        return datetime.date.today() + LATER


@pytest.fixture
def later_clock():
    """A function that moves the clock of this process for every module that is loaded; it is set back at the end."""
    moved = pytest.MonkeyPatch()

    def move() -> None:
        real = time.time
        moved.setattr(time, "time", lambda: real() + LATER.total_seconds())
        classes = {datetime.datetime: LaterDatetime, datetime.date: LaterDate}
        for name, module in list(sys.modules.items()):
            if module is None or name == __name__ or name.partition(".")[0] in ("datetime", "_pydatetime", "pandas"):
                continue
            for attribute, value in list(vars(module).items()):
                if isinstance(value, type) and value in classes:
                    moved.setattr(module, attribute, classes[value])

    yield move
    moved.undo()


def test_pages_and_files_are_the_same_on_a_later_day(real_connection, words, later_clock):
    choices = choices_from("projects", {"project_id": "young_leaders_2015"})

    def made() -> tuple[dict[str, bytes], list[str]]:
        of = Ask(real_connection, None, "")  # without a version no answer is kept
        document = make_document(of, words, "projects", choices, projects.page(of, words, choices), "")
        files = {name: format_of(name).make(document) for name in FORMATS}
        return files, [
            *texts_of(issues.page(of, words, IssuesChoices())),
            *texts_of(cooperation.page(of, words, CooperationChoices())),
        ]

    files, said = made()
    later_clock()
    assert queries.date.today() > datetime.date.today()  # the clock of the modules has moved
    files_later, said_later = made()
    assert said_later == said
    assert [name for name in FORMATS if files[name] != files_later[name]] == []
