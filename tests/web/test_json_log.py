"""One line of JSON for each event, without anything that could tell a person, a position or a cell of a file."""

import asyncio
import io
import json
import logging
from collections.abc import Iterator

import pytest
from starlette.requests import Request

from neaspec.errors import DataError
from neaspec.web import json_log, routes

LOG = logging.getLogger("neaspec")


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What the log of the server writes."""
    out = io.StringIO()
    monkeypatch.setattr(json_log.sys, "stderr", out)
    handlers, level, does_pass = list(LOG.handlers), LOG.level, LOG.propagate
    LOG.handlers.clear()
    json_log.write_json_lines()
    json_log.write_json_lines()
    yield out
    LOG.handlers[:] = handlers
    LOG.setLevel(level)
    LOG.propagate = does_pass


def lines(out: io.StringIO) -> list[dict[str, str]]:
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_an_event_is_one_line_with_time_level_name_and_message(written: io.StringIO) -> None:
    LOG.info("two\nlines of %s", "text", extra={"event": "tried"})
    LOG.warning("without a name")
    first, second = lines(written)
    assert (first["level"], first["event"], first["message"]) == ("INFO", "tried", "two\nlines of text")
    assert first["time"].endswith("Z")
    assert len(first["time"]) == len("2026-01-31T09:00:00.123Z")
    assert second["event"] == "test_json_log.test_an_event_is_one_line_with_time_level_name_and_message"


def test_an_error_tells_its_type_and_where_and_never_its_values(written: io.StringIO) -> None:
    def reads(cell: str) -> float:
        return float(cell)

    try:
        reads("43.123456 a secret")
    except ValueError:
        LOG.exception("a file failed", extra={"event": "failed"})
    (line,) = lines(written)
    assert line["exception"] == "ValueError"
    assert line["trace"].startswith("test_json_log.py:")
    assert " in reads < test_json_log.py:" in line["trace"]
    assert "secret" not in written.getvalue()
    assert "43.1" not in written.getvalue()


def test_what_the_framework_says_is_json_too(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    theirs = logging.getLogger("streamlit.tried_by_a_test")
    handler = logging.StreamHandler(out)
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    theirs.addHandler(handler)
    monkeypatch.setattr(theirs, "propagate", False)
    kept = list(logging.root.handlers)
    json_log.frameworks_write_json_lines()
    try:
        float("43.123456 a secret")
    except ValueError:
        theirs.exception("Uncaught app exception")
    logging.root.handlers[:] = kept
    (line,) = lines(out)
    assert (line["level"], line["message"], line["exception"]) == ("ERROR", "Uncaught app exception", "ValueError")
    assert "secret" not in out.getvalue()


def test_a_trace_and_a_message_have_an_end(written: io.StringIO) -> None:
    def deeper(depth: int) -> None:
        if depth:
            deeper(depth - 1)
        raise KeyError(depth)

    try:
        deeper(50)
    except KeyError:
        LOG.exception("x" * 100_000)
    (line,) = lines(written)
    assert line["trace"].count(" < ") == json_log.MOST_STEPS - 1
    assert len(line["message"]) == json_log.MOST_LETTERS + 1


def test_a_position_in_a_message_is_taken_out(written: io.StringIO) -> None:
    LOG.error("a camera at 43.123456 N, 131.252525 E")
    assert "43.1" not in written.getvalue()
    assert "withheld" in written.getvalue()


@pytest.mark.parametrize("problem", [DataError(["counts.csv:2: wrong"]), ZeroDivisionError("of a person")])
def test_what_a_reader_typed_into_an_address_is_not_logged(
    written: io.StringIO, monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    def fails(*_: object) -> None:
        raise problem

    monkeypatch.setattr("neaspec.web.page_cache.table_file", fails)
    scope = {"type": "http", "method": "GET", "path": "/", "headers": [], "query_string": b"search=a+name"}
    request = Request(scope | {"path_params": {"page": "sources", "file": "a-typed-name.csv"}})
    answer = asyncio.run(routes.to_table(request))
    assert answer.status_code == 500
    (line,) = lines(written)
    assert line["event"] == "file_failed"
    assert "name" not in line["message"]
    assert "person" not in written.getvalue()
