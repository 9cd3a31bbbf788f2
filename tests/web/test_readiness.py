"""The app says that it is ready once its first page is made, and tries again without being busy with trying."""

import asyncio
import json
from collections.abc import Callable

import pytest
from starlette.requests import Request

from neaspec.errors import DataError
from neaspec.web import page_cache, routes
from neaspec.web.readiness import SECONDS_BETWEEN, Readiness


class Making:
    """A first page that fails a number of times."""

    def __init__(self, failures: list[Exception]) -> None:
        self.failures, self.calls = failures, 0

    def __call__(self) -> str:
        self.calls += 1
        if self.failures:
            raise self.failures.pop(0)
        return "version"


def answered(path: Callable) -> tuple[int, dict[str, str]]:
    answer = asyncio.run(path(Request({"type": "http", "method": "GET", "path": "/", "headers": []})))
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.status_code, json.loads(answer.body)


def test_a_first_page_that_is_made_is_not_made_again() -> None:
    making = Making([])
    readiness = Readiness(making)
    assert not readiness.is_made
    readiness.try_once()
    readiness.try_once()
    assert (readiness.is_made, making.calls) == (True, 1)


@pytest.mark.parametrize("problem", [DataError(["counts.csv:2: wrong"]), ZeroDivisionError()])
def test_after_a_failure_there_is_a_pause_and_then_another_try(problem: Exception) -> None:
    now, making = [0.0], Making([problem])
    readiness = Readiness(making, now=lambda: now[0])
    readiness.try_once()
    now[0] = SECONDS_BETWEEN - 1
    readiness.try_once()
    assert (readiness.is_made, making.calls) == (False, 1)
    now[0] = SECONDS_BETWEEN
    readiness.try_once()
    assert (readiness.is_made, making.calls) == (True, 2)


def test_only_one_thread_makes_the_first_page() -> None:
    calls = []

    def make() -> str:
        calls.append(1)
        readiness.try_once()  # as another thread would
        return "version"

    readiness = Readiness(make)
    readiness.try_once()
    assert (readiness.is_made, len(calls)) == (True, 1)


def test_readiness_is_told_with_the_version_of_the_data_or_why_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_cache, "READINESS", Readiness(Making([DataError(["counts.csv:2: wrong"])])))
    status, told = answered(routes.to_readiness)
    assert status == 503
    assert told == {"status": "The database is not open yet, or its first page could not be made; the log says why."}
    monkeypatch.setattr(page_cache, "READINESS", Readiness(page_cache._first_page))
    assert answered(routes.to_readiness) == (200, {"status": "ready", "data_version": page_cache.newest_ask().version})
    assert answered(routes.to_health) == (200, {"status": "lives"})
