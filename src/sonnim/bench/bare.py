"""The bare app: one durable row a message, acknowledgement and fan-out, and nothing else.

`python -m sonnim.bench.bare PORT [gathers]` serves it as `sonnim up` serves the product: same server, same loop, same
switch interval, one writer thread with group commit at `synchronous=FULL`. "The same fan-out" is meant to the letter:
the event goes to the agent and, as in the product, to the writer's own socket (whose other tabs live by it), and its
frames are as long as the product's. Each frame is a WebSocket message, as a plain app sends it; with `gathers`, frames
that wait for the same socket leave as one message, which is the product's own way of going faster.
"""

import asyncio
import queue
import sys
import threading
import time
from collections import deque
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from typing import Any, Literal

import django
import msgspec

from sonnim.kernel import collecting

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
MAX_BATCH = 400
_SQLITE = "INSERT INTO bench_message (id, client_id, text) VALUES (?, ?, ?)"
_POSTGRESQL = (
    "INSERT INTO bench_message (id, client_id, text) SELECT * FROM unnest(%s::bigint[], %s::text[], %s::text[])"
)
_json = msgspec.json.Encoder()
# What the product's events carry besides the text, so that the bare app's frames are as long as the product's.
_ENTRY = {
    "conversation_id": 1, "kind": "message", "author": {"kind": "contact", "id": 1}, "attachments": [], "data": {},
}  # fmt: skip
_DESK = {
    "put": {
        "conversations": {
            "1": {
                "id": 1, "v": 1, "contact_id": 1, "channel": "bench", "status": "open", "assignee_id": None,
                "team_id": None, "subject": "", "locale": "ko", "last_seq": 1, "snoozed_until": None,
                "waiting_since": "2026-01-01T00:00:00Z", "last_at": "2026-01-01T00:00:00Z", "last_by": "contact",
                "last_text": "", "last_agent_id": None, "contact_seen_seq": 1, "desk_seen_seq": 0,
                "created_at": "2026-01-01T00:00:00Z", "rank": 1767225600000,
            }
        }
    }
}  # fmt: skip


class Said(msgspec.Struct, tag_field="t", tag="send"):
    """What a visitor sends."""

    client_id: str
    text: str


class Resume(msgspec.Struct, tag_field="t", tag="resume"):
    """Who is there."""

    who: Literal["agent", "visitor"] = msgspec.field(name="as")


_decoder = msgspec.json.Decoder(Said | Resume)


class Line:
    """One socket's outgoing texts, each a WebSocket message; with `gathers` those that wait together are one."""

    def __init__(self, send: Send, *, gathers: bool) -> None:
        self._send = send
        self._gathers = gathers
        self._out: deque[str] = deque()
        self._task: asyncio.Task[None] | None = None

    def send(self, text: str) -> None:
        self._out.append(text)
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._flush())

    async def _flush(self) -> None:
        while self._out:
            if self._gathers:
                text = "\n".join(self._out)
                self._out.clear()
            else:
                text = self._out.popleft()
            await self._send({"type": "websocket.send", "text": text})
        self._task = None


class Bare:
    """The application; its messages are in a table of their own."""

    def __init__(self, *, gathers: bool) -> None:
        self._gathers = gathers
        self._queue: queue.SimpleQueue[tuple[Line, Said] | None] = queue.SimpleQueue()
        self._agents: set[Line] = set()
        self._last = 0

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] == "websocket":
            await self._socket(receive, send)
        else:
            await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
            await send({"type": "http.response.body", "body": b"ok"})

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        await receive()
        self._loop = asyncio.get_running_loop()
        writer = threading.Thread(target=self._write)
        writer.start()
        collecting.settle()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self._queue.put(None)
        await self._loop.run_in_executor(None, writer.join)
        await send({"type": "lifespan.shutdown.complete"})

    async def _socket(self, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        line = Line(send, gathers=self._gathers)
        line.send('{"t":"hello","heartbeat":25,"version":1}')
        try:
            while (message := await receive())["type"] == "websocket.receive":
                frame = _decoder.decode(message["text"])
                if isinstance(frame, Said):
                    self._queue.put((line, frame))
                    continue
                if frame.who == "agent":
                    self._agents.add(line)
                line.send('{"t":"resumed","epoch":"bare","pos":0}')
        finally:
            self._agents.discard(line)

    def _write(self) -> None:
        store = _store()
        while (first := self._queue.get()) is not None:
            batch = [first]
            while len(batch) < MAX_BATCH and not self._queue.empty():
                item = self._queue.get()
                if item is None:
                    self._queue.put(None)
                    break
                batch.append(item)
            start = self._last + 1
            self._last += len(batch)
            store([(start + i, said.client_id, said.text) for i, (_, said) in enumerate(batch)])
            self._loop.call_soon_threadsafe(self._tell, start, batch, int(time.time() * 1000))

    def _tell(self, start: int, batch: list[tuple[Line, Said]], at: int) -> None:
        events: list[str] = []
        for number, (line, said) in enumerate(batch, start):
            entry = {**_ENTRY, "id": number, "seq": number, "client_id": said.client_id, "text": said.text, "at": at}
            event = {"t": "event", "pos": number, "prev": number - 1, "put": {"entries": {number: entry}}}
            line.send(_json.encode(event).decode())
            line.send(
                _json.encode({"t": "ack", "client_id": said.client_id, "id": number, "seq": number, "at": at}).decode()
            )
            events.append(_json.encode({**event, "desk": _DESK}).decode())
        for agent in self._agents:
            for text in events:
                agent.send(text)


def _store() -> Callable[[Sequence[tuple[int, str, str]]], None]:
    """A function that stores rows durably, on a connection with the product's own settings."""
    from django.db import connection

    connection.ensure_connection()
    raw = connection.connection
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_message")
        cursor.execute("CREATE TABLE bench_message (id bigint PRIMARY KEY, client_id text, text text)")

    def on_sqlite(rows: Sequence[tuple[int, str, str]]) -> None:
        raw.execute("BEGIN IMMEDIATE")
        raw.executemany(_SQLITE, rows)
        raw.execute("COMMIT")

    def on_postgresql(rows: Sequence[tuple[int, str, str]]) -> None:
        with raw.cursor() as cursor:
            cursor.execute(_POSTGRESQL, [list(column) for column in zip(*rows, strict=True)])

    return on_sqlite if connection.vendor == "sqlite" else on_postgresql


def main(port: int, *, gathers: bool) -> None:
    """Serve until told to stop; the options are those of `sonnim up`."""
    import uvicorn

    django.setup()
    sys.setswitchinterval(0.0005)
    uvicorn.run(
        Bare(gathers=gathers),
        host="127.0.0.1",
        port=port,
        loop="uvloop",
        http="httptools",
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        lifespan="on",
        timeout_keep_alive=75,
        timeout_graceful_shutdown=2,
        access_log=False,
        log_config=None,
        server_header=False,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), gathers="gathers" in sys.argv[2:])
