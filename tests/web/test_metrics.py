"""/metrics is for the operator alone, is in Prometheus' format, and tells nothing about a person."""

import asyncio
import re
import threading
import time

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.requests import Request
from starlette.types import Message, Receive, Scope, Send

from neaspec.data.database import SERVING
from neaspec.desk import opened
from neaspec.web import keep_current, metrics_view, page_cache, routes
from neaspec.web.metrics import COMPOSE_SECONDS, Counted, kind_of, timed
from neaspec.web.work_queue import Party, WorkQueue
from tests.desk.conftest import desk, postgresql  # noqa: F401 - fixtures

TOKEN = "a-token-of-the-operator"


def asked(host: str = "127.0.0.1", **headers: str) -> int:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": "GET", "path": "/metrics", "headers": raw, "client": (host, 1)}
    return asyncio.run(routes.to_metrics(Request(scope))).status_code


def numbers() -> dict[tuple[str, ...], float]:
    """Return name and labels -> value."""
    families = text_string_to_metric_families(metrics_view.content().decode())
    return {(s.name, *s.labels.values()): s.value for family in families for s in family.samples}


def test_without_a_token_only_programs_of_this_machine_read_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEASPEC_METRICS_TOKEN", raising=False)
    assert asked() == asked("::1") == 200
    assert asked("192.0.2.1") == 404
    assert asked(x_forwarded_for="192.0.2.1") == asked(x_real_ip="192.0.2.1") == asked(via="1.1 proxy") == 404
    assert asked("192.0.2.1", authorization=f"Bearer {TOKEN}") == 404


def test_with_a_token_whoever_knows_it_reads_them_and_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEASPEC_METRICS_TOKEN", TOKEN)
    assert asked("192.0.2.1", authorization=f"Bearer {TOKEN}", x_forwarded_for="192.0.2.1") == 200
    assert asked() == asked(authorization=TOKEN) == asked(authorization=f"Basic {TOKEN}") == 401
    assert (
        asked(authorization="Bearer wrong") == asked(authorization="Bearer ä") == asked(authorization="Bearer") == 401
    )


def test_they_can_be_read_by_prometheus_and_hold_memory_sessions_data_and_queues() -> None:
    gate = threading.Event()
    queue = WorkQueue("counted", 1, 5)
    with (
        queue.joined(1, lambda _: gate.wait(5)),
        queue.joined(2, lambda _: gate.wait(5), Party("a session", "192.0.2.1")),
    ):
        end = time.monotonic() + 10
        while queue.waiting > 1 and time.monotonic() < end:
            time.sleep(0.01)
        found = numbers()
        gate.set()
    assert found["neaspec_queue_jobs", "counted", "waiting"] == 1
    assert found["process_resident_memory_bytes",] > 10_000_000
    assert {("neaspec_sessions", "connected"), ("neaspec_data_build_failures_total",)} <= found.keys()
    text = metrics_view.content().decode()
    assert "192.0.2.1" not in text and "a session" not in text


def test_pages_are_timed_when_they_are_composed() -> None:
    before = numbers().get(("neaspec_compose_seconds_count", "made_up"), 0)
    with timed(COMPOSE_SECONDS, "made_up"):
        pass
    assert numbers()["neaspec_compose_seconds_count", "made_up"] == before + 1


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "page"), ("/species", "page"), ("/take/species.pdf", "take"), ("/table/a/b.csv", "table"),
        ("/_stcore/stream", "stream"), ("/_stcore/upload_file/session/file", "upload"), ("/media/abc.csv", "download"),
        ("/static/js/a.js", "static"), ("/auth/login", "sign_in"), ("/oauth2callback", "sign_in"),
        ("/metrics", "metrics"),
        ("/somebody@example.org", "other"), ("/wp-login.php", "other"), ("/_stcore/health", "framework"),
    ],
)  # fmt: skip
def test_what_was_asked_for_is_one_of_a_few_words(path: str, kind: str) -> None:
    assert kind_of(path, frozenset({"", "species"})) == kind


@pytest.mark.parametrize(
    ("kind", "message", "answer"),
    [
        ("http", {"type": "http.response.start", "status": 404, "headers": []}, "4xx"),
        ("websocket", {"type": "websocket.accept"}, "opened"),
        ("websocket", {"type": "websocket.close"}, "refused"),
    ],
)
def test_requests_are_counted_by_kind_and_answer(kind: str, message: Message, answer: str) -> None:
    async def inner(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send(message)

    async def nothing(*_: object) -> Message:
        return {}

    key = ("neaspec_requests_total", answer, "other")
    before = numbers().get(key, 0)
    asyncio.run(Counted(inner, ("species",))({"type": kind, "path": "/nothing"}, nothing, nothing))
    assert numbers()[key] == before + 1


def test_the_desk_is_counted_without_a_state_or_a_person(desk, monkeypatch):  # noqa: F811
    desk.accepted()
    desk.count()
    monkeypatch.setattr(metrics_view, "DESK_PAGE", ("desk",))
    monkeypatch.setattr(opened, "desk", lambda: opened.Desk(desk.store, desk.settings))
    found = numbers()
    assert found["neaspec_desk_submissions", "accepted"] == found["neaspec_desk_submissions", "draft"] == 1
    assert found["neaspec_desk_up",] == 1 and found["neaspec_desk_newest_step",] == 4
    assert not re.search(r"MNG|mongolia|@", metrics_view.content().decode())

    def unreachable() -> None:
        raise OSError("no store")

    monkeypatch.setattr(opened, "desk", unreachable)
    assert numbers()["neaspec_desk_up",] == 0


def test_a_server_that_nobody_asks_looks_by_itself_and_goes_on_after_a_failure(monkeypatch) -> None:
    looks: list[int] = []

    def once() -> None:
        looks.append(1)
        if len(looks) in (1, 2):
            raise OSError("not now")

    async def a_while() -> None:
        task = asyncio.create_task(keep_current.keep_current(once, 0.01))
        while len(looks) < 4:
            await asyncio.sleep(0.01)
        task.cancel()

    events: list[str] = []
    for name in ("error", "info"):
        monkeypatch.setattr(keep_current.LOG, name, lambda *_, extra: events.append(extra["event"]))
    asyncio.run(asyncio.wait_for(a_while(), 20))
    assert events == ["look_failed", "look_works"]  # said once, whatever its length


def test_a_look_serves_the_newest_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SERVING, "path", None)
    keep_current.look()
    assert SERVING.path is not None and SERVING.path.is_file()


def test_tables_are_looked_for_where_the_store_of_the_desk_cannot_be_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable() -> None:
        raise OSError("no store")

    monkeypatch.setattr(SERVING, "path", None)
    monkeypatch.setattr(keep_current, "DESK_PAGE", ("desk",))
    monkeypatch.setattr(opened, "desk", unreachable)
    with pytest.raises(OSError, match="no store"):
        keep_current.look()
    assert SERVING.path is not None


def test_new_data_are_not_held_back_until_every_page_of_a_busy_server_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    monkeypatch.setattr(page_cache, "screen_nodes", lambda *_: time.sleep(0.05))
    monkeypatch.setattr(page_cache, "composed_page", lambda name, *_: made.append(name))
    page_cache.prepare(["species", "sites", "projects"], 0, most_seconds=0.01)
    assert made == ["species"]
