"""A WebSocket client that costs next to nothing, since it shares two cores with the server that it measures.

It speaks as much of RFC 6455 as that takes: text frames without fragments, masked with zeros (so that a frame can be
made once and sent as it is), pings answered.
"""

import asyncio
import base64
import os
from collections.abc import Callable
from typing import cast

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
_MASK = b"\0\0\0\0"


def text_frame(payload: bytes) -> bytes:
    """A client's text frame."""
    size = len(payload)
    if size < 126:
        return bytes((0x81, 0x80 | size)) + _MASK + payload
    if size < 65536:
        return b"\x81\xfe" + size.to_bytes(2, "big") + _MASK + payload
    return b"\x81\xff" + size.to_bytes(8, "big") + _MASK + payload


class Line(asyncio.Protocol):
    """One socket; `on_text` gets each message's payload. `closed` says why the server ended it, if it did."""

    def __init__(self, on_text: Callable[["Line", bytes], None], *, name: int = 0) -> None:
        self.name = name
        self.on_text = on_text
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.closed: str | None = None
        self.transport: asyncio.Transport
        self._buffer = bytearray()
        self._upgraded = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's own is no subclass
        key = base64.b64encode(os.urandom(16)).decode()
        self.transport.write(
            b"GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self._upgraded:
            end = self._buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            if b" 101 " not in self._buffer[:20]:
                self._end(bytes(self._buffer[:100]).decode("latin-1"))
                return
            del self._buffer[: end + 4]
            self._upgraded = True
            self.opened.set_result(None)
        self._read_frames()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end(str(exc) if exc else "the connection was cut")

    def _read_frames(self) -> None:
        buffer, at = self._buffer, 0
        while len(buffer) - at >= 2:
            kind, size, start = buffer[at] & 15, buffer[at + 1], at + 2
            if size == 126:
                size, start = int.from_bytes(buffer[at + 2 : at + 4], "big"), at + 4
            elif size == 127:
                size, start = int.from_bytes(buffer[at + 2 : at + 10], "big"), at + 10
            if len(buffer) < start + size:
                break
            self._take(kind, bytes(buffer[start : start + size]))
            at = start + size
        del buffer[:at]

    def _take(self, kind: int, payload: bytes) -> None:
        if kind == TEXT:
            self.on_text(self, payload)
        elif kind == PING:
            self.transport.write(bytes((0x80 | PONG, 0x80 | len(payload))) + _MASK + payload)
        elif kind == CLOSE:
            self._end(f"closed with {int.from_bytes(payload[:2], 'big')}")

    def _end(self, why: str) -> None:
        self.closed = self.closed or why
        for waiting in (self.opened, self.ready):
            if not waiting.done():
                waiting.set_exception(ConnectionError(self.closed))
                waiting.exception()
        self.transport.close()


async def open_line(port: int, resume: bytes, on_text: Callable[[Line, bytes], None], *, name: int = 0) -> Line:
    """Connect, resume, and wait until the server has said `resumed`."""

    def first(line: Line, payload: bytes) -> None:
        if b'{"t":"resumed"' in payload:
            line.on_text = on_text
            line.ready.set_result(None)
        elif b'{"t":"error"' in payload or b'{"t":"reset"' in payload:
            line.transport.close()
            raise ConnectionError(payload.decode())

    loop = asyncio.get_running_loop()
    _, line = await loop.create_connection(lambda: Line(first, name=name), "127.0.0.1", port)
    await line.opened
    line.transport.write(text_frame(resume))
    await line.ready
    return line
