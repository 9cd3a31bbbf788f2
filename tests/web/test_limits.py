"""One session and one address have no more than a share of what is costly; the numbers are the operator's."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from neaspec.errors import DashboardError, OwnShareError, QueueFullError
from neaspec.web import routes, uploads, web_settings
from neaspec.web.asking import address_of
from neaspec.web.open_pages import OpenPages
from neaspec.web.work_queue import Job, Party, WorkQueue


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    event = threading.Event()
    yield event
    event.set()


def waiting(gate: threading.Event) -> Any:
    def make(job: Job[Any]) -> None:
        while not gate.wait(0.01):
            job.tell("waits")

    return make


def test_one_session_has_its_share_of_a_queue_and_others_still_come_in(gate: threading.Event) -> None:
    queue, make = WorkQueue("test", 1, 10, of_session=2), waiting(gate)
    one, other = Party("one"), Party("other")
    with queue.joined(1, make, one), queue.joined(2, make, one):
        with pytest.raises(OwnShareError, match="no more prepared at once"), queue.joined(3, make, one):
            pass
        with queue.joined(2, make, one), queue.joined(3, make, other) as job:  # what is begun is shared
            assert queue.place(job) > 0
        assert queue.refused == 1
    with queue.joined(4, make, one):
        pass


def test_one_address_has_its_share_whatever_its_sessions(gate: threading.Event) -> None:
    queue, make = WorkQueue("test", 1, 10, of_session=5, of_address=2), waiting(gate)
    with queue.joined(1, make, Party("a", "192.0.2.1")), queue.joined(2, make, Party("b", "192.0.2.1")):
        with pytest.raises(OwnShareError), queue.joined(3, make, Party("c", "192.0.2.1")):
            pass
        with queue.joined(3, make, Party("c", "192.0.2.2")):
            pass


def test_programs_of_this_machine_share_no_limit_of_an_address(gate: threading.Event) -> None:
    queue, make = WorkQueue("test", 1, 3, of_session=1, of_address=1), waiting(gate)
    with ExitStack() as stack:
        for key in range(4):
            stack.enter_context(queue.joined(key, make))
        with pytest.raises(QueueFullError) as full:
            stack.enter_context(queue.joined(5, make))
    assert not isinstance(full.value, OwnShareError)


@pytest.mark.parametrize(
    ("client", "address"),
    [(("192.0.2.1", 5), "192.0.2.1"), (("127.0.0.1", 5), ""), (("::1", 5), ""), (None, "")],
)
def test_an_address_is_that_of_the_network(client: object, address: str) -> None:
    assert address_of({"type": "http", "client": client}) == address


def test_who_has_too_much_is_told_so_and_when_to_come_again() -> None:
    answer = routes._failed(OwnShareError("Your share."), "order")
    assert (answer.status_code, answer.body, answer.headers["Retry-After"]) == (429, b"Your share.", "60")


def opened(app: OpenPages, host: str) -> list[Message]:
    sent: list[Message] = []

    async def run() -> None:
        async def receive() -> Message:
            return {"type": "websocket.connect"}

        async def send(message: Message) -> None:
            sent.append(message)

        await app({"type": "websocket", "path": "/_stcore/stream", "client": (host, 1)}, receive, send)

    asyncio.run(run())
    return sent


def test_pages_beyond_those_that_may_be_open_are_refused_and_room_that_is_free_is_given_again() -> None:
    answers: dict[str, list[Message]] = {}

    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "websocket.accept"})
        if scope["client"][0] == "192.0.2.1" and not answers:
            answers["same address"] = await asyncio.to_thread(opened, app, "192.0.2.1")
            answers["other address"] = await asyncio.to_thread(opened, app, "192.0.2.2")

    app = OpenPages(inner, of_all=2, of_address=1)
    assert opened(app, "192.0.2.1")[0]["type"] == "websocket.accept"
    assert [answers[name][0]["type"] for name in answers] == ["websocket.close", "websocket.accept"]
    assert opened(app, "192.0.2.1")[0]["type"] == "websocket.accept"
    assert not app._open


def test_sessions_of_one_address_hold_no_more_than_its_share_of_uploads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_OF_ADDRESS", 3 * uploads.MEGABYTE)
    kept = uploads.Counter({"one": 2 * uploads.MEGABYTE, "elsewhere": 9 * uploads.MEGABYTE})
    monkeypatch.setattr(uploads, "uploaded_bytes", lambda: kept)

    async def take(scope: Scope, receive: Receive, send: Send) -> None:
        await uploads.PlainTextResponse("taken")(scope, receive, send)

    limits = uploads.UploadLimits(take)

    def put(session: str, host: str) -> int:
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": b""}

        async def send(message: Message) -> None:
            sent.append(message)

        headers = [(b"content-length", str(uploads.MEGABYTE + 1).encode())]
        scope = {"type": "http", "method": "PUT", "path": f"/_stcore/upload_file/{session}/f", "headers": headers}
        asyncio.run(limits(scope | {"client": (host, 1), "query_string": b""}, receive, send))
        return int(sent[0]["status"])

    limits._addresses["one"] = "192.0.2.1"
    assert put("two", "192.0.2.2") == 200
    assert put("two", "192.0.2.1") == 429
    assert put("two", "127.0.0.1") == 200


def test_the_environment_states_the_numbers() -> None:
    numbers = web_settings.queue_numbers("files", {"NEASPEC_QUEUE_FILES": " 4 10  2 3 "})
    assert (numbers.at_once, numbers.waiting, numbers.of_session, numbers.of_address) == (4, 10, 2, 3)
    assert web_settings.queue_numbers("packs", {}).of_session == 1
    assert web_settings.open_pages({"NEASPEC_OPEN_PAGES": "20 5"}) == (20, 5)


@pytest.mark.parametrize(
    "stated", ["4", "1 2 3", "1 2 3 4 5", "1 2 3 x", "1 2 3 0", "1 2 3 -4", "1 2 3 1.5", "1 2 3 ٣"]
)
def test_numbers_that_cannot_be_used_are_told_all_at_once(stated: str) -> None:
    environment = {"NEASPEC_QUEUE_FILES": stated, "NEASPEC_LOOK_SECONDS": "soon", "NEASPEC_METRICS_TOKEN": "short"}
    with pytest.raises(DashboardError) as told:
        web_settings.check(environment)
    lines = str(told.value).splitlines()
    assert [line.split()[0] for line in lines] == [*environment]
    assert lines[0].endswith("expected 4 whole number(s) from 1 to 1,000,000, for example '2 30 8 24'")
