"""Run the questions in queries/*.sql. One file answers one question and says so in its header."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

import duckdb
import pandas as pd

from neaspec.data.cache import SharedCache
from neaspec.data.kept_today import USE_KEPT
from neaspec.errors import AddressError, QueryError
from neaspec.paths import QUERIES_DIR

MOST_ANSWERS_KEPT = 2000


@dataclass(frozen=True)
class Query:
    """One SQL file with the contract its header states."""

    name: str
    question: str
    params: dict[str, str]  # name -> a value to try it with, as SQL
    returns: dict[str, tuple[str, str]]  # column -> (DuckDB type, unit or meaning)
    sql: str

    def is_about_today(self, params: Mapping[str, object]) -> bool:
        """Tell whether all that it asks is known today: no day is given, and it has no second one."""
        other_days = (name for name, tried in self.params.items() if "date" in tried and name != "as_known_on")
        return "as_known_on" in self.params and params["as_known_on"] is None and not any(other_days)


def query_names(queries_dir: Path = QUERIES_DIR) -> list[str]:
    """Return the names of all questions, checks as `checks/<name>`; rules in views/ and crossings/ are not."""
    names = [path.relative_to(queries_dir).with_suffix("").as_posix() for path in queries_dir.rglob("*.sql")]
    return sorted(name for name in names if not name.startswith(("views/", "crossings/")))


@lru_cache(maxsize=256)
def load_query(name: str, queries_dir: Path = QUERIES_DIR) -> Query:
    """Read queries/<name>.sql and its header.

    Raises:
        QueryError: if there is no such file; the message lists the files there are.
    """
    path = queries_dir / f"{name}.sql"
    if not path.is_file():
        raise QueryError(f"no query {name!r}; queries/ has {query_names(queries_dir)}")
    sql = path.read_text(encoding="utf-8")
    question, section = "", ""
    params: dict[str, str] = {}
    returns: dict[str, tuple[str, str]] = {}
    for line in sql.splitlines():
        if not line.startswith("--"):
            break
        body = line.removeprefix("--").strip()
        if body.startswith("question:"):
            question = body.removeprefix("question:").strip()
        elif body in ("params:", "returns:"):
            section = body
        elif section == "params:" and body.startswith("$"):
            param, value = body.split(maxsplit=1)
            params[param.removeprefix("$")] = value
        elif section == "returns:" and line.startswith("--   "):
            column, sql_type, unit = body.split(maxsplit=2)
            returns[column] = (sql_type, unit)
    return Query(name, question, params, returns, sql)


def run_query(connection: duckdb.DuckDBPyConnection, name: str, **params: object) -> pd.DataFrame:
    """Answer queries/<name>.sql with the given parameters.

    Raises:
        QueryError: if the query is unknown, the parameters are not exactly the ones it takes, or DuckDB refuses it.
    """
    query = load_query(name)
    if set(params) != set(query.params):
        raise QueryError(f"queries/{name}.sql takes {sorted(query.params)}, got {sorted(params)}")
    try:
        with connection.cursor() as cursor:
            if query.is_about_today(params):
                cursor.execute(USE_KEPT)
            answer: pd.DataFrame = cursor.execute(query.sql, params).df()
            return answer
    except duckdb.Error as problem:
        raise QueryError(f"queries/{name}.sql: {problem}") from problem


ANSWERS: SharedCache[pd.DataFrame] = SharedCache(MOST_ANSWERS_KEPT)


@dataclass(frozen=True)
class Ask:
    """Ask questions of one database as it was known on one day.

    as_known_on: rows of documents published later do not exist; None = everything known today.
    version: which build the connection reads; answers of other builds are never given.
    """

    connection: duckdb.DuckDBPyConnection
    as_known_on: date | None = None
    version: str = ""

    def __call__(self, name: str, **params: object) -> pd.DataFrame:
        """Answer queries/<name>.sql; the answer is shared, so copy it before changing it.

        Raises:
            QueryError: see run_query.
        """
        given = {"as_known_on": self.as_known_on} | params
        key = (self.version, name, *((param, _hashable(given[param])) for param in sorted(given)))
        answer = ANSWERS.get(key) if self.version else None
        if answer is None:
            answer = run_query(self.connection, name, **given)
            if self.version:
                ANSWERS.put(key, answer)
        return answer

    def on(self, day: date | None) -> "Ask":
        """Return the same database as it was known on a day."""
        return replace(self, as_known_on=day)

    def today(self) -> "Ask":
        """Return the same database with everything known today."""
        return self.on(None)

    def soms(self) -> dict[str, date]:
        """Return meeting_id -> last day of the SOMs one can go back to, the newest first."""
        rows = self.today()("soms")
        return {key: day.date() for key, day in zip(rows["meeting_id"].tolist(), rows["held_on"].tolist(), strict=True)}

    def at(self, meeting_id: str) -> "Ask":
        """Return the same database as it was known at a SOM; an empty key is today.

        Raises:
            AddressError: if one cannot go back to it.
        """
        days = self.soms()
        if meeting_id and meeting_id not in days:
            raise AddressError(f"no page can be seen as known at {meeting_id!r}; it can be at {list(days)}")
        return self.on(days.get(meeting_id))


def _hashable(value: object) -> object:
    """Turn a list of keys into something that can be part of a cache key."""
    return tuple(value) if isinstance(value, list) else value
