"""A small client of the delivery protocol: outbox, resume, and a list of acknowledged ids that outlives everything."""

import asyncio
import contextlib
import json
import os
import uuid
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from tests.protocol.desk import Desk, Who
from tests.protocol.view import View, read_snapshot

Frame = dict[str, Any]
PATIENCE_S = 30.0
ENDED = frozenset(
    ["invalid", "too_large", "forbidden", "not_found", "conflict", "text_invalid", "attachments_invalid", "blocked"]
)


class AckList:
    """Acknowledgements, each on the disk before the next line of the test runs."""

    def __init__(self, path: Path | None) -> None:
        self._file = path.open("a", encoding="utf-8") if path is not None else None
        self.acks: dict[str, Frame] = {}

    def add(self, ack: Frame) -> None:
        before = self.acks.setdefault(ack["client_id"], ack)
        assert (before["id"], before["seq"]) == (ack["id"], ack["seq"]), "two acknowledgements differ"
        if self._file is not None:
            self._file.write(json.dumps(ack) + "\n")
            self._file.flush()
            os.fsync(self._file.fileno())

    def close(self) -> None:
        if self._file is not None:
            self._file.close()


class Client:
    """One device of one person. It reconnects for as long as it is entered.

    Attributes:
        outbox: what was said and is not acknowledged, in order, by client_id.
        acked: every acknowledgement there ever was.
        refused: client_id → the error that ended a message for good.
        log: every frame that came, except events and acknowledgements.
        closes: the close codes of the connections so far.
        events, gaps: how many events were applied, and how many told that others had been missed.
    """

    def __init__(self, desk: Desk, who: Who, *, acks: Path | None = None, retry_s: float = 0.1) -> None:
        self.desk, self.who = desk, who
        self.view = View()
        self.epoch: str | None = None
        self.pos: int | None = None
        self.outbox: dict[str, Frame] = {}
        self.acked = AckList(acks)
        self.refused: dict[str, Frame] = {}
        self.log: list[Frame] = []
        self.closes: list[int] = []
        self.events = self.gaps = 0
        self.live = False
        self.wanted = True
        self.hold = False
        self._retry_s = retry_s
        self._resuming = False
        self._retries: set[asyncio.Task[None]] = set()
        self._line: ClientConnection | None = None
        self._news = asyncio.Event()
        self._work: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._work = asyncio.create_task(self._stay())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.wanted = False
        if self._line is not None:
            self._line.transport.abort()
        if self._work is not None:
            self._work.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._work
        self.acked.close()

    async def say(self, text: str, **more: Any) -> str:
        """Put a message into the outbox, and send it if there is a line; answers its client_id."""
        frame = {"t": "send", "client_id": str(uuid.uuid4()), "text": text, **more}
        self.outbox[frame["client_id"]] = frame
        if self.live:
            await self.transmit(frame)
        return str(frame["client_id"])

    async def transmit(self, frame: Frame | str | bytes) -> None:
        """Send a frame as it is; a line that is gone takes it along."""
        if self._line is not None:
            with contextlib.suppress(ConnectionClosed):
                await self._line.send(json.dumps(frame) if isinstance(frame, dict) else frame)

    def cut(self) -> None:
        """The line breaks, without a word; what was sent may or may not have arrived, and nothing more is heard."""
        self.live = False
        if self._line is not None:
            self._line.transport.abort()
            self._line = None

    async def until(self, reached: Callable[[], bool], what: str, *, patience_s: float = PATIENCE_S) -> None:
        """Wait for something that frames bring about."""
        try:
            async with asyncio.timeout(patience_s):
                while not reached():
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            raise AssertionError(f"{self.who.kind} {self.who.id} waited in vain for {what}; {self}") from None

    async def is_live(self) -> None:
        await self.until(lambda: self.live, "a line")

    async def is_settled(self, *, patience_s: float = PATIENCE_S) -> None:
        """Everything said is acknowledged or refused for good."""
        await self.until(lambda: not self.outbox, "acknowledgements", patience_s=patience_s)

    async def is_at(self, pos: int) -> None:
        """This client knows everything up to a position, also when nothing of it was for its eyes."""
        while self.pos is None or self.pos < pos:
            await self.is_live()
            seen = len(self.log)
            await self._resume()
            await self.until(lambda seen=seen: len(self.log) > seen or not self.live, "an answer to resume")  # type: ignore[misc]

    def errors(self) -> list[str]:
        return [frame["code"] for frame in self.log if frame["t"] == "error"]

    def __str__(self) -> str:
        return (
            f"live={self.live} pos={self.pos} outbox={len(self.outbox)} acked={len(self.acked.acks)} "
            f"closes={self.closes[-3:]} last={self.log[-3:]}"
        )

    async def _stay(self) -> None:
        while self.wanted:
            if not self.hold:
                with contextlib.suppress(OSError, InvalidHandshake, ConnectionClosed, TimeoutError):
                    await self._once()
            self.live = False
            self._news.set()
            await asyncio.sleep(self._retry_s)

    async def _once(self) -> None:
        address = self.desk.server.ws_url
        async with connect(address, ping_interval=None, max_size=None, compression=None, open_timeout=10) as line:
            self._line = line
            try:
                async for message in line:
                    for text in str(message).split("\n"):
                        if self._line is not line:  # it was cut: a client that forgot everything must not hear the rest
                            return
                        await self._take(json.loads(text))
                    self._news.set()
            finally:
                if self._line is line:
                    self._line = None
                if line.close_code is not None:
                    self.closes.append(line.close_code)

    async def _take(self, frame: Frame) -> None:
        match frame["t"]:
            case "event":
                await self._event(frame)
                return
            case "ack":
                self.outbox.pop(frame["client_id"], None)
                self.acked.add(frame)
                return
            case "hello":
                await self._resume()
            case "reset":
                await self._start_over()
            case "resumed":
                self.epoch, self.pos, self._resuming = frame["epoch"], frame["pos"], False
                if not self.live:
                    self.live = True
                    for waiting in list(self.outbox.values()):
                        await self.transmit(waiting)
            case "error":
                self._error(frame)
        self.log.append(frame)

    async def _event(self, frame: Frame) -> None:
        if self.pos is None or frame["pos"] <= self.pos:
            return
        if frame["prev"] == self.pos:
            self.events += 1
            self.view.apply(frame)
            self.pos = frame["pos"]
        elif not self._resuming:
            self.gaps += 1
            await self._resume()

    async def _start_over(self) -> None:
        line = self._line
        fresh = await asyncio.to_thread(read_snapshot, self.desk, self.who)
        if self._line is not line:
            return
        self.view, self.epoch, self.pos = fresh, fresh.epoch, fresh.pos
        await self._resume()

    async def _resume(self) -> None:
        self._resuming = True
        await self.transmit(self.who.resume(self.epoch, self.pos))

    def _error(self, frame: Frame) -> None:
        client_id = frame["client_id"]
        if client_id not in self.outbox:
            return
        if frame["code"] in ENDED:
            self.refused[client_id] = frame
            del self.outbox[client_id]
        else:
            asyncio.get_running_loop().call_later(frame["retry_after"] or 1, self._again, client_id)

    def _again(self, client_id: str) -> None:
        waiting = self.outbox.get(client_id)
        if waiting is not None and self.live:
            task = asyncio.get_running_loop().create_task(self.transmit(waiting))
            self._retries.add(task)
            task.add_done_callback(self._retries.discard)
