"""Costly work in threads of its own: a few pieces at once, a few waiting, each made once for all who ask for it.

Pages and static files never wait for what is made here. Work that nobody waits for any more is stopped at its next
step, and so is everything when the server ends.
"""

import asyncio
import contextlib
import signal
import threading
import weakref
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from starlette.types import Receive

from neaspec.errors import OwnShareError, QueueFullError, StoppedError
from neaspec.web.web_settings import queue_numbers

Result = TypeVar("Result")
FULL = "Too much is being prepared just now; please try again in a minute."
ENDING = "The server is being restarted; please try again in a minute."
OWN_SHARE = "One reader may have no more prepared at once; please try again when what you asked for is ready."
RETRY_SECONDS = 60  # what FULL says


@dataclass(frozen=True)
class Party:
    """Who asks for work. address: of the network, empty for this machine itself; session: empty outside a page."""

    session: str = ""
    address: str = ""


NOBODY = Party()


class Job(Generic[Result]):
    """One piece of work, for everybody who asked for the same."""

    def __init__(self, key: Hashable, make: "Callable[[Job[Result]], Result]") -> None:
        """Describe work; it is begun by the queue."""
        self.key = key
        self.party = NOBODY  # who asked first
        self.step: tuple[Any, ...] = ()  # what the work told last of how far it is
        self.readers = 0
        self._make: Callable[[Job[Result]], Result] | None = make
        self._future: Future[Result] = Future()
        self._is_stopped = threading.Event()

    @property
    def is_stopped(self) -> bool:
        """Whether nobody wants the result any more."""
        return self._is_stopped.is_set()

    def tell(self, *step: Any) -> None:
        """Say how far the work is; the work calls this between its steps.

        Raises:
            StoppedError: if nobody wants the result any more.
        """
        if self.is_stopped:
            raise StoppedError(ENDING)
        self.step = step

    def wait(self, seconds: float) -> bool:
        """Wait for the end of the work; return whether it has come."""
        with contextlib.suppress(TimeoutError):
            self._future.exception(seconds)
        return self._future.done()

    def result(self) -> Result:
        """Return what was made, or raise what made it fail."""
        return self._future.result()

    async def ended(self) -> None:
        """Wait for the end of the work without holding a thread."""
        loop, event = asyncio.get_running_loop(), asyncio.Event()

        def tell_loop(_: object) -> None:
            with contextlib.suppress(RuntimeError):  # the loop may have ended
                loop.call_soon_threadsafe(event.set)

        self._future.add_done_callback(tell_loop)
        await event.wait()

    def stop(self) -> None:
        """Let the work stop at its next step; who waits for it is told at once."""
        self._is_stopped.set()
        self._end(problem=StoppedError(ENDING))

    def run(self) -> None:
        """Do the work; what it was given is let go with it."""
        make, self._make = self._make, None
        try:
            if make is not None and not self.is_stopped:
                self._end(make(self))
        except BaseException as problem:
            self._end(problem=problem)

    def _end(self, result: Any = None, problem: BaseException | None = None) -> None:
        with contextlib.suppress(Exception):  # it has ended already: it was stopped
            if problem is None:
                self._future.set_result(result)
            else:
                self._future.set_exception(problem)


class WorkQueue:
    """Jobs, a few at once, in the order in which they were asked for."""

    def __init__(self, name: str, at_once: int, most_waiting: int, of_session: int = 0, of_address: int = 0) -> None:
        """Do so many jobs at once; let so many wait, and refuse the next.

        Args:
            name: of the queue.
            at_once: jobs done at once.
            most_waiting: jobs that wait.
            of_session: jobs that one session may have in the queue; 0 for any number.
            of_address: jobs that one address may have in it; 0 for any number.
        """
        self.name, self.at_once, self.most_waiting = name, at_once, most_waiting
        self.of_session, self.of_address = of_session, of_address
        self.refused = self.done = 0  # since the server started
        self._lock = threading.Lock()
        self._waiting: list[Job[Any]] = []
        self._running: list[Job[Any]] = []
        self._threads = 0
        self._is_closed = False
        _QUEUES.add(self)

    @classmethod
    def named(cls, name: str) -> "WorkQueue":
        """Return a queue with the numbers that the environment states for it."""
        numbers = queue_numbers(name)
        return cls(name, numbers.at_once, numbers.waiting, numbers.of_session, numbers.of_address)

    @contextmanager
    def joined(
        self, key: Hashable, make: Callable[[Job[Result]], Result], party: Party = NOBODY
    ) -> Iterator[Job[Result]]:
        """Take part in a job as long as its result is wanted; the last one to leave stops it.

        Args:
            key: equal ones share one job.
            make: does the work; it tells the job how far it is, and is stopped there.
            party: who asks; what others have begun is shared whoever asks.

        Raises:
            OwnShareError: if the party has as much in the queue as one may have.
            QueueFullError: if too many wait already.
        """
        job = self._join(key, make, party)
        try:
            yield job
        finally:
            self._leave(job)

    def place(self, job: Job[Any]) -> int:
        """Return how many jobs are done before a job begins; 0 for one that has begun."""
        with self._lock:
            return self._waiting.index(job) + 1 if job in self._waiting else 0

    def __len__(self) -> int:
        """Return how many jobs there are, running ones included."""
        return len(self._waiting) + len(self._running)

    @property
    def waiting(self) -> int:
        """Return how many jobs wait."""
        return len(self._waiting)

    def stop(self) -> None:
        """Stop all jobs and take no more."""
        with self._lock:
            self._is_closed = True
            jobs = [*self._waiting, *self._running]
            self._waiting.clear()
        for job in jobs:
            job.stop()

    def _join(self, key: Hashable, make: Callable[[Job[Any]], Any], party: Party) -> Job[Any]:
        with self._lock:
            if self._is_closed:
                raise QueueFullError(ENDING)
            same = [job for job in (*self._running, *self._waiting) if job.key == key and not job.is_stopped]
            job = same[0] if same else Job(key, make)
            if not same:
                self._require_place(party)
                job.party = party
                self._waiting.append(job)
                if self._threads < self.at_once:
                    self._threads += 1
                    # The end of the process does not wait for it.
                    threading.Thread(target=self._work, name=self.name, daemon=True).start()
            job.readers += 1
            return job

    def _require_place(self, party: Party) -> None:
        jobs = [job for job in (*self._running, *self._waiting) if not job.is_stopped]
        of_session = sum(job.party.session == party.session != "" for job in jobs)
        of_address = sum(job.party.address == party.address != "" for job in jobs)
        if 0 < self.of_session <= of_session or 0 < self.of_address <= of_address:
            self.refused += 1
            raise OwnShareError(OWN_SHARE)
        if len(self) >= self.at_once + self.most_waiting:
            self.refused += 1
            raise QueueFullError(FULL)

    def _leave(self, job: Job[Any]) -> None:
        with self._lock:
            job.readers -= 1
            if job.readers:
                return
            if job in self._waiting:
                self._waiting.remove(job)
            job.stop()  # under the lock: nobody may join it meanwhile

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._waiting:
                    self._threads -= 1
                    return
                job = self._waiting.pop(0)
                self._running.append(job)
            job.run()
            with self._lock:
                self._running.remove(job)
                self.done += 1


_QUEUES: "weakref.WeakSet[WorkQueue]" = weakref.WeakSet()


def all_queues() -> list[WorkQueue]:
    """Return the queues of this server, by name."""
    return sorted(_QUEUES, key=lambda queue: queue.name)


def stop_all() -> None:
    """Stop the work of all queues, because the server ends."""
    for queue in list(_QUEUES):
        queue.stop()


def stop_on_signals() -> None:
    """Stop all work as soon as the process is asked to end.

    The server first waits for answers on their way, and only then tells its app that it ends: by then it is too late.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        before = signal.getsignal(number)

        def handle(number: int, frame: Any, before: Any = before) -> None:
            loop.call_soon_threadsafe(stop_all)
            if callable(before):
                before(number, frame)

        if callable(before):
            signal.signal(number, handle)


async def result_for_client(
    queue: WorkQueue, key: Hashable, make: Callable[[Job[Result]], Result], receive: Receive, party: Party = NOBODY
) -> Result | None:
    """Return what a job makes for a client, or None if the client has left before.

    Args:
        queue: in which it is made.
        key: see WorkQueue.joined.
        make: see WorkQueue.joined.
        receive: of the client's request; it says when the client leaves.
        party: see WorkQueue.joined.

    Raises:
        QueueFullError: if too many wait already.
        StoppedError: if the server ends.
    """
    with queue.joined(key, make, party) as job:
        ended, left = asyncio.create_task(job.ended()), asyncio.create_task(_client_left(receive))
        try:
            await asyncio.wait({ended, left}, return_when=asyncio.FIRST_COMPLETED)
            return job.result() if ended.done() else None
        finally:
            ended.cancel()
            left.cancel()


async def _client_left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
