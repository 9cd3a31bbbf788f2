"""Pages that are open in browsers: each is a web socket and a session, and the memory has room for so many."""

import logging
from collections import Counter

from starlette.types import ASGIApp, Receive, Scope, Send

from neaspec.web.asking import address_of
from neaspec.web.web_settings import open_pages

LOG = logging.getLogger("neaspec")


class OpenPages:
    """Refuse a page beyond those that may be open: of all readers, of one address."""

    def __init__(self, app: ASGIApp, of_all: int = 0, of_address: int = 0) -> None:
        """Stand before an app; without numbers those of the environment hold."""
        self.app = app
        stated = open_pages()
        self.of_all, self.of_address = of_all or stated[0], of_address or stated[1]
        self._open: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on a page that has room; close the socket of the next one before it is opened (403)."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        address = address_of(scope)
        if self._open.total() >= self.of_all or (address and self._open[address] >= self.of_address):
            LOG.warning("too many pages are open", extra={"event": "page_refused"})
            await send({"type": "websocket.close", "code": 1013, "reason": ""})
            return
        self._open[address] += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self._open[address] -= 1
            if not self._open[address]:
                del self._open[address]  # no list of who was here
