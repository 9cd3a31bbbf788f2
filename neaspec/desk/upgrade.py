"""Open a store, made or brought to the newest shape first."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext, make_url
from sqlalchemy.exc import InterfaceError, OperationalError

from neaspec.desk.errors import DeskError
from neaspec.desk.sentences import sentence

LOG = logging.getLogger("neaspec")
MIGRATIONS = Path(__file__).parent / "migrations"
WAIT_SECONDS = 30  # for another writer of the same file
WRITES = "neaspec_writes"
PRAGMAS = (
    "pragma journal_mode = wal",
    "pragma synchronous = full",
    "pragma foreign_keys = on",
    "pragma recursive_triggers = on",  # else a row that is replaced would pass the trigger of a row that is removed
)
ONE_WRITER = "select pg_advisory_xact_lock(628311207)"  # any number that nobody else uses there


def open_store(address: str) -> Engine:
    """Return the engine of a store with all its tables; a store that is not there yet is made.

    What is submitted stands in no message of an error: parameters of statements are hidden.

    Raises:
        DeskError: if it cannot be reached or written.
    """
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
        wait = {"timeout": WAIT_SECONDS, "check_same_thread": False}
        engine = create_engine(url, connect_args=wait, hide_parameters=True)
        event.listen(engine, "connect", _durable)
        event.listen(engine, "begin", _begin_on_sqlite)
    else:
        engine = create_engine(url, pool_pre_ping=True, hide_parameters=True)
        event.listen(engine, "begin", _begin_on_postgresql)
    event.listen(engine, "handle_error", _told_as_sentence)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return engine


def _told_as_sentence(context: ExceptionContext) -> None:
    """Tell what a store cannot do at the moment in a sentence; the details go into the log.

    What the store refuses by its rules (a row that is only added to) stays what it is.
    """
    if context.is_pre_ping or not isinstance(context.sqlalchemy_exception, OperationalError | InterfaceError):
        return
    LOG.error("the store: %s", context.original_exception, extra={"event": "desk_store"})
    is_full = "full" in str(context.original_exception).casefold()
    raise DeskError(sentence("full" if is_full else "store")) from context.original_exception


def _durable(connection: Any, _record: Any) -> None:
    """A step that was acknowledged is on the disk; readers do not wait for a writer."""
    connection.isolation_level = None  # transactions begin where _begin_on_sqlite says, not where the driver guesses
    for pragma in PRAGMAS:
        connection.execute(pragma)


def _begin_on_sqlite(connection: Any) -> None:
    connection.exec_driver_sql("begin immediate" if connection.get_execution_options().get(WRITES) else "begin")


def _begin_on_postgresql(connection: Any) -> None:
    if connection.get_execution_options().get(WRITES):
        connection.exec_driver_sql(ONE_WRITER)


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a transaction of the one writer: nobody writes between what is read in it and what is written."""
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        yield connection
