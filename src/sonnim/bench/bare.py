"""The bare app: one durable row a message, acknowledgement and fan-out, and nothing else. The machine's best.

`python -m sonnim.bench.bare PORT` serves it as `sonnim up` serves the product: same server, same loop, same switch
interval, one writer thread with group commit at `synchronous=FULL`, the frames of a batch sent to the agent as one.
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

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
MAX_BATCH = 400
_SQLITE = "INSERT INTO bench_message (id, client_id, text) VALUES (?, ?, ?)"
_POSTGRESQL = (
    "INSERT INTO bench_message (id, client_id, text) SELECT * FROM unnest(%s::bigint[], %s::text[], %s::text[])"
)
_json = msgspec.json.Encoder()


class Said(msgspec.Struct, tag_field="t", tag="send"):
    """What a visitor sends."""

    client_id: str
    text: str


class Resume(msgspec.Struct, tag_field="t", tag="resume"):
    """Who is there."""

    who: Literal["agent", "visitor"] = msgspec.field(name="as")


_decoder = msgspec.json.Decoder(Said | Resume)


class Line:
    """One socket's outgoing texts; those that wait together leave together."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._out: deque[str] = deque()
        self._task: asyncio.Task[None] | None = None

    def send(self, text: str) -> None:
        self._out.append(text)
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._flush())

    async def _flush(self) -> None:
        while self._out:
            text = "\n".join(self._out)
            self._out.clear()
            await self._send({"type": "websocket.send", "text": text})
        self._task = None


class Bare:
    """The application; its messages are in a table of their own."""

    def __init__(self) -> None:
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
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self._queue.put(None)
        await self._loop.run_in_executor(None, writer.join)
        await send({"type": "lifespan.shutdown.complete"})

    async def _socket(self, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        line = Line(send)
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
        events = []
        for number, (line, said) in enumerate(batch, start):
            line.send(
                _json.encode({"t": "ack", "client_id": said.client_id, "id": number, "seq": number, "at": at}).decode()
            )
            entry = {"id": number, "seq": number, "client_id": said.client_id, "text": said.text, "at": at}
            events.append(_json.encode({"t": "event", "pos": number, "prev": number - 1, "entry": entry}).decode())
        text = "\n".join(events)
        for agent in self._agents:
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


def main(port: int) -> None:
    """Serve until told to stop; the options are those of `sonnim up`."""
    import uvicorn

    django.setup()
    sys.setswitchinterval(0.0005)
    uvicorn.run(
        Bare(),
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
    main(int(sys.argv[1]))
