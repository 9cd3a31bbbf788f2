"""What the server does with uploaded files: in memory only, up to a limit, and gone at the end of their session.

Three things the framework leaves open are closed here. Its parser of forms would write every part above 1 MB into a
temporary file. Nothing limits what the files of one session, or of all together, take of the memory. And what a closed
session held stays until somebody else's session closes, because expired sessions are only removed when another comes.
"""

import asyncio
import gc
import logging
from collections import Counter

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from neaspec.files import MEGABYTE, MOST_MEGABYTES
from neaspec.web.asking import address_of
from neaspec.web.memory import give_back
from neaspec.web.streamlit_internals import UPLOAD_PATH, end_expired_sessions, uploaded_bytes
from neaspec.web.web_settings import uploaded_megabytes

LOG = logging.getLogger("neaspec")
# Of all sessions together, and of those of one address; the files on their way included.
MOST_HELD, MOST_OF_ADDRESS = (megabytes * MEGABYTE for megabytes in uploaded_megabytes())
FRAME = MEGABYTE  # what a form adds to its file, at most
MOST_ELSEWHERE = MEGABYTE  # no other address of ours takes more
SECONDS_BETWEEN = 5.0
TOO_LARGE = "This is too large: all files of a session together may have {most} MB. Nothing was kept."
TOO_BUSY = "Too many files are being worked on just now; please try again in a few minutes. Nothing was kept."


class _TooLargeError(Exception):
    """A body went on beyond what it may have."""


class UploadLimits:
    """Refuse bodies that are too large before they fill the memory: by what they declare, and while they arrive."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before an app."""
        self.app = app
        self._coming: Counter[str] = Counter()
        self._addresses: dict[str, str] = {}  # session -> where its files came from

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is small enough; answer 413 (too large) or 503 (too much at once) to the rest."""
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS", "DELETE"):
            await self.app(scope, receive, send)
            return
        session = _session_of(scope)
        declared = Request(scope).headers.get("content-length", "")
        kept = uploaded_bytes()
        most = MOST_MEGABYTES * MEGABYTE - kept[session] - self._coming[session] + FRAME if session else MOST_ELSEWHERE
        wanted = int(declared) if declared.isdecimal() else max(most, 0)
        if wanted > most or most <= FRAME * bool(session):
            await _refuse(413, TOO_LARGE, scope, receive, send)
        elif session and kept.total() + self._coming.total() + wanted > MOST_HELD:
            await _refuse(503, TOO_BUSY, scope, receive, send)
        elif session and self._of_address(session, scope, kept) + wanted > MOST_OF_ADDRESS:
            await _refuse(429, TOO_BUSY, scope, receive, send)
        else:
            await self._passed(session, wanted, scope, receive, send)

    def _of_address(self, session: str, scope: Scope, kept: Counter[str]) -> int:
        """Return the bytes that sessions of the same address hold and send; 0 for this machine itself."""
        held = kept + self._coming
        self._addresses = {known: address for known, address in self._addresses.items() if known in held}
        address = self._addresses[session] = address_of(scope)
        return sum(held[known] for known, other in self._addresses.items() if other == address) if address else 0

    async def _passed(self, session: str, most: int, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, counting what arrives."""
        arrived, is_answered = 0, False

        async def counted() -> Message:
            nonlocal arrived
            message = await receive()
            arrived += len(message.get("body", b""))
            if arrived > most:
                raise _TooLargeError
            return message

        async def noted(message: Message) -> None:
            nonlocal is_answered
            is_answered = True
            await send(message)

        self._coming[session] += most
        try:
            await self.app(scope, counted, noted)
        except _TooLargeError:
            if not is_answered:
                await _refuse(413, TOO_LARGE, scope, receive, send)
        finally:
            self._coming[session] -= most
            if self._coming[session] <= 0:
                del self._coming[session]


def _session_of(scope: Scope) -> str:
    """Return the session a file is for, empty for other addresses."""
    _, marker, rest = scope.get("path", "").partition(UPLOAD_PATH)
    return rest.split("/")[0] if marker else ""


async def _refuse(status: int, sentence: str, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer at once; closing the line ends a body that is still being sent."""
    LOG.warning("an upload was refused with %s", status)
    said = sentence.format(most=MOST_MEGABYTES)
    await PlainTextResponse(said, status_code=status, headers={"Connection": "close"})(scope, receive, send)


async def keep_forgetting() -> None:
    """Forget ended sessions again and again, as long as the server runs.

    A session whose browser is gone keeps its state for server.disconnectedSessionTTL seconds, in case the line was only
    interrupted; then its files, results and downloads leave the memory here.
    """
    while True:
        await asyncio.sleep(SECONDS_BETWEEN)
        try:
            if end_expired_sessions():
                await asyncio.to_thread(_collect)
        except Exception:
            LOG.exception("ended sessions could not be forgotten")


def _collect() -> None:
    gc.collect()
    give_back()
