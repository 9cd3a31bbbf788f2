"""All that a browser receives from the server and sends, and how a position could hide in it."""

import struct
from collections.abc import Iterable, Iterator

from playwright.sync_api import Error, Page, Response, WebSocket


class Listener:
    """What reached one window: frames of its web sockets and bodies of answers; and which addresses it asked for."""

    def __init__(self, page: Page) -> None:
        """Listen to a window from now on."""
        self.asked: list[str] = []
        self._frames: list[bytes] = []
        self._answers: list[Response] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("websocket", self._connected)
        page.on("response", lambda answer: None if "/static/" in answer.url else self._answers.append(answer))

    def _connected(self, socket: WebSocket) -> None:
        self.asked.append(socket.url)
        socket.on("framereceived", lambda frame: self._frames.append(_bytes(frame)))

    def received(self) -> bytes:
        """Return everything received so far, one after the other."""
        bodies = []
        for answer in self._answers:
            try:
                bodies.append(answer.body())
            except Error:  # a redirect or an interrupted answer has none
                continue
        self._answers.clear()
        self._frames += bodies
        return b"\n".join(self._frames)

    def foreign(self, server: str) -> list[str]:
        """Return the addresses asked for that are not the server's."""
        ours = (server, server.replace("http", "ws"), "data:", "blob:")
        return [address for address in self.asked if not address.startswith(ours)]


def _bytes(frame: object) -> bytes:
    return frame if isinstance(frame, bytes) else str(frame).encode()


def traces(positions: Iterable[float]) -> Iterator[bytes]:
    """Give each form in which exact numbers could stand in what was received: as text and as binary numbers.

    Args:
        positions: degrees with at least five decimals, so that chance does not find them.
    """
    for value in positions:
        text = f"{value:.6f}".rstrip("0")
        assert len(text.partition(".")[2]) >= 5, value
        for digits in (5, 4):  # cut or rounded to about 1 m and 10 m: both would tell the place
            yield f"{value:.{digits}f}".encode()
            yield text[: text.index(".") + 1 + digits].encode()
        yield struct.pack("<d", value)
        yield struct.pack("<f", value)


def found_in(data: bytes, positions: Iterable[float]) -> list[bytes]:
    """Return the forms of exact positions that stand in data."""
    return sorted({trace for trace in traces(positions) if trace in data})
