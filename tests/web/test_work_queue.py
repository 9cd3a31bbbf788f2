"""Costly files are made one after the other, once for all who wait, no further than somebody waits, in own threads."""

import asyncio
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import Message

from neaspec.briefs import pack
from neaspec.data.queries import Ask
from neaspec.errors import OutputError, QueueFullError, StoppedError
from neaspec.sections.briefs.choices import BriefsChoices
from neaspec.web import downloads, routes, work_queue
from neaspec.web.work_queue import Job, WorkQueue


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """What jobs of a test wait for; open at its end."""
    event = threading.Event()
    yield event
    event.set()


def until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so, at most ten seconds."""
    end = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.01)


def waiting_for(gate: threading.Event, result: object = None) -> Callable[[Job[Any]], Any]:
    def make(job: Job[Any]) -> object:
        while not gate.wait(0.01):
            job.tell("waits")
        return result

    return make


def test_two_who_ask_for_the_same_share_one_job_and_it_ends_when_both_have_left(gate: threading.Event) -> None:
    queue = WorkQueue("test", at_once=1, most_waiting=0)
    with queue.joined("same", waiting_for(gate)) as first:
        with queue.joined("same", waiting_for(gate)) as second:
            assert first is second
            assert len(queue) == 1
        until(lambda: first.step == ("waits",))
        assert not first.is_stopped
    until(lambda: len(queue) == 0)
    assert first.is_stopped


def test_beyond_those_who_may_wait_the_next_is_refused_and_each_is_told_its_place(gate: threading.Event) -> None:
    queue = WorkQueue("test", at_once=1, most_waiting=2)
    with queue.joined(1, waiting_for(gate, "one")) as first:
        until(lambda: first.step == ("waits",))
        with queue.joined(2, waiting_for(gate)) as second, queue.joined(3, waiting_for(gate, "three")) as third:
            assert [queue.place(job) for job in (first, second, third)] == [0, 1, 2]
            with pytest.raises(QueueFullError), queue.joined(4, waiting_for(gate)):
                pass
            gate.set()
            assert third.wait(10)
            assert (first.result(), third.result()) == ("one", "three")


def test_one_who_leaves_before_its_turn_is_never_begun(gate: threading.Event) -> None:
    queue, begun = WorkQueue("test", at_once=1, most_waiting=5), []
    with queue.joined(1, waiting_for(gate)) as first:
        with queue.joined(2, begun.append):
            pass
        gate.set()
        assert first.wait(10)
    until(lambda: len(queue) == 0)
    assert begun == []


def test_an_error_reaches_all_who_wait_and_the_queue_goes_on() -> None:
    def fails(job: Job[Any]) -> None:
        raise OutputError("PDF: no")

    queue = WorkQueue("test", at_once=1, most_waiting=1)
    with queue.joined("x", fails) as job:
        assert job.wait(10)
        with pytest.raises(OutputError, match="PDF: no"):
            job.result()
    with queue.joined("y", lambda job: "made") as job:
        assert job.wait(10)
        assert job.result() == "made"


def test_stopping_ends_who_waits_at_once_and_the_work_at_its_next_step(gate: threading.Event) -> None:
    queue = WorkQueue("test", at_once=1, most_waiting=1)
    with queue.joined(1, waiting_for(gate)) as first, queue.joined(2, waiting_for(gate)) as second:
        queue.stop()
        for job in (first, second):
            with pytest.raises(StoppedError):
                job.result()
        until(lambda: len(queue) == 0)
        with pytest.raises(QueueFullError), queue.joined(3, waiting_for(gate)):
            pass


@pytest.fixture
def packs(monkeypatch: pytest.MonkeyPatch, ask: Ask) -> Iterator[list[str]]:
    """Let a pack be a hundred files that take a while; return the paths of the files that were made."""
    made: list[str] = []

    def slowly(of: Ask, words: object, orders: list[pack.Order]) -> Iterator[pack.Made]:
        for number in range(100):
            time.sleep(0.05)
            made.append(f"{of.as_known_on} {number}")
            yield pack.Made(f"{number}.pdf", b"x")

    monkeypatch.setattr(pack, "fill", slowly)
    monkeypatch.setattr(pack, "all_choices", lambda of, kinds=(): [BriefsChoices()] * 25)
    monkeypatch.setattr(work_queue, "_QUEUES", weakref.WeakSet())
    monkeypatch.setattr(downloads, "PACK_QUEUE", WorkQueue("packs", at_once=1, most_waiting=3))
    monkeypatch.setattr(downloads, "PACKS", downloads.SharedCache(10_000_000, len))
    yield made
    downloads.PACK_QUEUE.stop()


async def asked(query: str, seconds: float, path: str = "/take/pack.zip") -> tuple[int, dict[str, str]]:
    """Ask our addresses as a client that leaves after some seconds; return status and headers."""

    async def cheap(request: Request) -> PlainTextResponse:
        return PlainTextResponse("here")

    app = Starlette(routes=[*routes.routes("overview"), Route("/cheap", cheap)])
    sent: list[Message] = []
    begun = False

    async def receive() -> Message:
        nonlocal begun
        if not begun:
            begun = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await asyncio.sleep(seconds)
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "headers": [], "query_string": query.encode()}
    await app(scope, receive, send)
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers


def test_packs_whose_clients_have_left_are_not_made_and_who_comes_beyond_the_queue_is_told_when_to_come_again(
    packs: list[str], ask: Ask
) -> None:
    meetings = [*ask.soms(), ""][:8]
    assert len(meetings) > 4

    async def crowd() -> list[tuple[int, dict[str, str]]]:
        asking = [asyncio.create_task(asked(f"as_known={meetings[n % len(meetings)]}", 1.0)) for n in range(45)]
        await asyncio.sleep(0.3)
        assert (await asyncio.wait_for(asked("", 5, "/cheap"), 2))[0] == 200
        return await asyncio.gather(*asking)

    answers = asyncio.run(crowd())
    statuses = [status for status, _ in answers]
    assert set(statuses) == {routes.CLIENT_LEFT, 503}
    assert statuses.count(routes.CLIENT_LEFT) <= 45 * 4 / len(meetings) + 4  # four meetings have a place
    assert all(headers["retry-after"].isdecimal() for status, headers in answers if status == 503)
    until(lambda: len(downloads.PACK_QUEUE) == 0)
    count = len(packs)
    assert count < 50
    time.sleep(0.3)
    assert len(packs) == count
    assert len({path.partition(" ")[0] for path in packs}) <= 2


def test_a_pack_that_is_made_is_given_again_and_so_is_the_one_before(packs: list[str]) -> None:
    for meeting in ("som_27", "som_26", "som_27", "som_26"):
        assert asyncio.run(asked(f"as_known={meeting}", 60))[0] == 200
    assert len(packs) == 200


def test_the_end_of_the_server_ends_a_pack_between_two_files_and_answers_who_waits(packs: list[str]) -> None:
    async def ended() -> int:
        asking = asyncio.create_task(asked("as_known=som_27", 60))
        while len(packs) < 3:
            await asyncio.sleep(0.01)
        work_queue.stop_all()
        return (await asyncio.wait_for(asking, 5))[0]

    assert asyncio.run(ended()) == 503
    until(lambda: len(downloads.PACK_QUEUE) == 0)
    assert len(packs) < 20


def test_a_page_as_a_file_is_made_in_its_queue_and_an_unknown_choice_is_refused_with_what_is_allowed() -> None:
    status, headers = asyncio.run(asked("country_code=MNG", 120, "/take/country.xlsx"))
    assert (status, headers["content-disposition"]) == (200, 'attachment; filename="neaspec-country-MNG.xlsx"')
    assert asyncio.run(asked("country_code=XXX", 60, "/take/country.xlsx"))[0] == 404
    assert asyncio.run(asked("as_known=som_3", 60))[0] == 404
