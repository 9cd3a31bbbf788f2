"""Uploads are worked out one or two at a time, each in a process of its own with limits of memory and time.

The process is ended when its time is over, when its session ends or its files are taken out of the box, and when the
server ends. One is started ahead, so that a visitor does not wait for its start.
"""

import logging
import os
import pickle
import select
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from neaspec.crossings.privacy.rules import Rules
from neaspec.errors import DashboardError, InputError, StoppedError
from neaspec.paths import ROOT
from neaspec.web.frames import HEAD, framed
from neaspec.web.upload_process import ENVIRONMENT, MOST_ANSWER
from neaspec.web.work_queue import Job, WorkQueue

if TYPE_CHECKING:
    from neaspec.crossings.pipeline import PipelineResult

LOG = logging.getLogger("neaspec")
MOST_SECONDS = 120  # of one upload, its time in the queue not counted
SECONDS_BETWEEN = 0.1  # two looks at whether somebody still waits
PIECE = 1 << 20
MODULE = "neaspec.web.upload_process"
UPLOAD_QUEUE = WorkQueue.named("uploads")
Work = tuple["PipelineResult", list[str]]


class UploadEndedError(DashboardError):
    """An upload was not worked out to its end; the text is the key of the sentence that says why."""


class _Process:
    """One process, and the two pipes to it."""

    def __init__(self) -> None:
        """Start it."""
        environment = os.environ | ENVIRONMENT | {"PYTHONPATH": str(ROOT)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", MODULE],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            start_new_session=True,
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self._in, self._out = self.process.stdin.fileno(), self.process.stdout.fileno()
        os.set_blocking(self._in, False)
        self._read = bytearray()

    def send(self, data: bytes, watch: "_Watch") -> None:
        """Send bytes without copying them.

        Raises:
            BrokenPipeError: if the process has ended.
        """
        left = memoryview(data)
        while left:
            watch.look()
            if select.select([], [self._in], [], SECONDS_BETWEEN)[1]:
                left = left[os.write(self._in, left[:PIECE]) :]

    def receive(self, watch: "_Watch") -> tuple[Any, ...]:
        """Return the next frame.

        Raises:
            EOFError: if the process has ended without one.
        """
        (size,) = HEAD.unpack(self._bytes(HEAD.size, watch))
        if size > MOST_ANSWER + PIECE:
            raise EOFError
        frame: tuple[Any, ...] = pickle.loads(self._bytes(size, watch))  # noqa: S301  # of our own process
        return frame

    def _bytes(self, count: int, watch: "_Watch") -> bytes:
        while len(self._read) < count:
            watch.look()
            if select.select([self._out], [], [], SECONDS_BETWEEN)[0]:
                piece = os.read(self._out, PIECE)
                if not piece:
                    raise EOFError
                self._read += piece
        data = bytes(self._read[:count])
        del self._read[:count]
        return data

    def end(self) -> None:
        """End it now."""
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()
        self.process.wait()

    def code(self) -> int:
        """Return how it ended by itself, soon after it closed its pipes (negative: by that signal)."""
        try:
            return self.process.wait(5)
        except subprocess.TimeoutExpired:
            return 0


class _Watch:
    """Ends the wait for a process when nobody wants its result or its time is over."""

    def __init__(self, job: Job[Any]) -> None:
        self._job, self._end = job, time.monotonic() + MOST_SECONDS

    def look(self) -> None:
        """Raise what ends the wait, if there is something."""
        if self._job.is_stopped:
            raise StoppedError("stopped")
        if time.monotonic() > self._end:
            raise UploadEndedError("too_long")


class Spare:
    """A process that was started ahead. None is, until the server asks for it."""

    def __init__(self) -> None:
        """Keep none."""
        self._process: _Process | None = None
        self._lock = threading.Lock()
        self._is_wanted = False

    def keep(self) -> None:
        """Start a process ahead, now and after each one that is used."""
        with self._lock:
            self._is_wanted = True
            if self._process is None:
                self._process = _Process()

    def take(self) -> _Process:
        """Return the process that was started ahead, if it lives, or a new one."""
        with self._lock:
            process, self._process = self._process, None
        if process is not None and process.process.poll() is None:
            return process
        if process is not None:
            process.end()
        return _Process()

    def renew(self) -> None:
        """Start the next one, if one is wanted."""
        if self._is_wanted:
            self.keep()

    def drop(self) -> None:
        """End the one that was started ahead, and start none any more."""
        with self._lock:
            process, self._process, self._is_wanted = self._process, None, False
        if process is not None:
            process.end()


SPARE = Spare()


class Upload:
    """What one visitor gave, to be worked out as a job of the queue; its files are let go when they are handed over."""

    def __init__(self, files: Sequence[tuple[str, bytes]], answers: Mapping[str, Mapping[str, Any]], rules: Rules):
        """Take what is to be worked out.

        Args:
            files: (name, content); names may come twice.
            answers: the fields of Answers.
            rules: of sensitivity.
        """
        self._files, self._answers, self._rules = list(files), answers, rules

    def __call__(self, job: "Job[Work]") -> "Work":
        """Work it out in a process of its own.

        Returns:
            What upload_pipeline.run_uploaded does.

        Raises:
            InputError: if files cannot be read.
            UploadEndedError: if it takes too much memory or time, or fails.
            StoppedError: if nobody waits for it any more.
        """
        watch, process = _Watch(job), SPARE.take()
        try:
            return self._worked(process, watch, job)
        except (EOFError, BrokenPipeError):
            code = process.code()
            LOG.error("the process of an upload ended with %s", code)
            raise UploadEndedError("too_many_records" if code < 0 else "cannot_now") from None
        finally:
            self._files.clear()
            process.end()
            SPARE.renew()

    def _worked(self, process: _Process, watch: _Watch, job: "Job[Work]") -> "Work":
        process.receive(watch)  # ready
        process.send(framed(([(name, len(data)) for name, data in self._files], self._answers, self._rules)), watch)
        while self._files:
            process.send(self._files[0][1], watch)
            del self._files[0]
        while True:
            kind, *values = process.receive(watch)
            if kind == "stage":
                job.tell(*values)
            elif kind == "result":
                work: Work = values[0]
                return work
            elif kind == "input_error":
                raise InputError(values[0])
            elif kind == "too_many":
                raise UploadEndedError("too_many_records")
            else:
                LOG.error("field data could not be worked out: %s at %s", *values)
                raise UploadEndedError("cannot_now")
