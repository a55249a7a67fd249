"""One client's line: what it has been sent, what waits to be sent, and when to give it up."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

DROP_EPHEMERAL_AT = 128
CLOSE_AT = 256
CLOSE_AT_CHARS = 8_000_000
CHUNK = 200_000

UNAUTHENTICATED, REVOKED, TOO_SLOW, ABUSE, RESTART = 4001, 4003, 4008, 4009, 1012
Transmit = Callable[[dict[str, Any]], Awaitable[None]]


class Connection:
    """A subscriber. All methods run on the event loop's thread.

    `last` is the position of the last event that this subscriber has been sent: the next one's `prev`.
    """

    __slots__ = (
        "_chars",
        "_flushing",
        "_out",
        "_task",
        "_transmit",
        "abuse",
        "active",
        "agent_id",
        "close_code",
        "contact_id",
        "conversation",
        "held",
        "last",
        "locale",
        "looked_at",
        "page",
        "session",
        "shop_id",
        "slot",
        "watching",
    )

    def __init__(self, transmit: Transmit) -> None:
        self._transmit = transmit
        self._out: deque[str] = deque()
        self._chars = 0
        self._flushing = False
        self._task: asyncio.Task[None] | None = None  # the loop itself would let go of it
        self.close_code: int | None = None
        self.shop_id = 0
        self.agent_id: int | None = None
        self.contact_id: int | None = None
        self.session = ""
        self.locale = "en"
        self.conversation: int | None = None
        self.last = -1
        self.held: list[Any] | None = None  # live events that wait for a replay to end; None when live
        self.watching: tuple[int, ...] = ()
        self.page: dict[str, str] | None = None
        self.looked_at = 0.0
        self.active = True
        self.abuse = 0
        self.slot = 0

    @property
    def open(self) -> bool:
        """Whether anything can still be sent."""
        return self.close_code is None

    def send(self, text: str, *, ephemeral: bool = False) -> None:
        """Queue a frame (or several, one a line). A reader that does not keep up is closed, and may resume."""
        if self.close_code is not None:
            return
        waiting = len(self._out)
        if ephemeral and waiting >= DROP_EPHEMERAL_AT:
            return
        if waiting >= CLOSE_AT or self._chars > CLOSE_AT_CHARS:
            self.close(TOO_SLOW)
            return
        self._out.append(text)
        self._chars += len(text)
        self._soon()

    def close(self, code: int, *, last_words: str | None = None) -> None:
        """End the line; what waits is dropped unless the reader is merely told to go away politely."""
        if self.close_code is not None:
            return
        self.close_code = code
        if code in {TOO_SLOW, ABUSE}:
            self._out.clear()
            self._chars = 0
        elif last_words is not None:
            self._out.append(last_words)
        self._soon()

    def _soon(self) -> None:
        """Begin to transmit one turn of the loop later, so that a message's event and acknowledgement leave as one."""
        if not self._flushing:
            self._flushing = True
            asyncio.get_running_loop().call_soon(self._begin)

    def _begin(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._flush())

    async def _flush(self) -> None:
        try:
            while self._out:
                await self._transmit({"type": "websocket.send", "text": self._take()})
            if self.close_code is not None:
                await self._transmit({"type": "websocket.close", "code": self.close_code})
        except (RuntimeError, OSError):
            # The peer is gone; the receiving side of the gateway is about to learn it too.
            self.close_code = self.close_code or 1006
            self._out.clear()
        finally:
            self._flushing = False

    def _take(self) -> str:
        first = self._out.popleft()
        size = len(first)
        if not self._out:
            self._chars = 0
            return first
        parts = [first]
        while self._out and size < CHUNK:
            part = self._out.popleft()
            parts.append(part)
            size += len(part)
        self._chars -= size
        return "\n".join(parts)
