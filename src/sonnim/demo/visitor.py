"""A shopper's side of the delivery protocol: session by HTTP, then one socket; what is unacknowledged is sent again."""

import asyncio
import contextlib
import json
import uuid
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

HTTP_TIMEOUT_S = 15
BUSY = frozenset({429, 502, 503, 507})
RECONNECT_S = (1, 2, 4, 8, 15)
FINAL_CODES = frozenset(
    {"invalid", "too_large", "forbidden", "not_found", "conflict", "text_invalid", "attachments_invalid", "blocked"}
)
Frame = dict[str, Any]


class Refused(Exception):
    """The server refused a message or a session for good; the text says why."""


class Visitor:
    """One browser with the widget open. Call `run` as a task; `say` returns once the server has acknowledged."""

    def __init__(
        self, *, url: str, key: str, locale: str, page: str, title: str, on_answer: Callable[[], None]
    ) -> None:
        self._url, self._key, self._locale = url, key, locale
        self._page = {"url": f"{url}{page}", "title": title}
        self._on_answer = on_answer
        self._token: str | None = None
        self._epoch: str | None = None
        self._pos: int | None = None
        self._socket: ClientConnection | None = None
        self._live = asyncio.Event()
        self._unsent: dict[str, tuple[Frame, asyncio.Future[None]]] = {}

    async def begin(self) -> None:
        """Get a session, or renew the one there is. Raises: OSError, Refused."""
        who = {"key": self._key, "token": self._token, "locale": self._locale, "identity": None}
        body = {**who, "page": {**self._page, "referrer": ""}}
        answer = await asyncio.to_thread(post_json, f"{self._url}/api/v1/widget/session", body)
        self._token, self._epoch, self._pos = answer["token"], answer["epoch"], answer["pos"]

    async def run(self) -> None:
        """Stay connected until cancelled. Raises: Refused."""
        failures = 0
        while True:
            try:
                async with connect(socket_address(self._url), compression=None, max_size=2**22) as self._socket:
                    await self._listen(self._socket)
                failures = 0
            except (OSError, WebSocketException):
                failures += 1
            self._live.clear()
            await asyncio.sleep(RECONNECT_S[min(failures, len(RECONNECT_S) - 1)])

    async def say(self, text: str) -> None:
        """Send a message and wait until it is on the server's disk. Raises: Refused."""
        client_id = str(uuid.uuid4())
        frame = {"t": "send", "client_id": client_id, "conversation": None, "kind": "message", "text": text}
        done = asyncio.get_running_loop().create_future()
        self._unsent[client_id] = ({**frame, "attachments": [], "page": self._page}, done)
        try:
            await self._live.wait()
            await self._send(self._unsent[client_id][0])
            await done
        finally:
            self._unsent.pop(client_id, None)

    async def show_typing(self, on: bool) -> None:
        """Let the agent see that something is being written; lost without harm."""
        if self._live.is_set():
            await self._send({"t": "typing", "conversation": None, "on": on})

    async def _listen(self, socket: ClientConnection) -> None:
        async for message in socket:
            for line in str(message).split("\n"):
                await self._take(json.loads(line))

    async def _take(self, frame: Frame) -> None:
        kind = frame["t"]
        if kind in {"hello", "reset"}:
            if kind == "reset":
                await self.begin()
            await self._send(
                {"t": "resume", "as": "visitor", "token": self._token, "epoch": self._epoch, "pos": self._pos}
            )
        elif kind == "resumed":
            self._epoch, self._pos = frame["epoch"], frame["pos"]
            await self._send({"t": "page", **self._page})
            self._live.set()
            for waiting, _ in list(self._unsent.values()):
                await self._send(waiting)
        elif kind == "event":
            self._apply(frame)
        elif kind == "ack":
            self._settle(frame["client_id"], None)
        elif kind == "error" and frame.get("client_id"):
            await self._fail(frame)

    def _apply(self, event: Frame) -> None:
        if self._pos is not None and event["pos"] <= self._pos:
            return
        self._pos = event["pos"]
        entries = event.get("put", {}).get("entries", {}).values()
        if any(entry["kind"] == "message" and entry["author"]["kind"] == "agent" for entry in entries):
            self._on_answer()

    async def _fail(self, error: Frame) -> None:
        client_id = error["client_id"]
        if error["code"] in FINAL_CODES:
            self._settle(client_id, Refused(error["message"]))
        elif client_id in self._unsent:
            await asyncio.sleep(error.get("retry_after") or 1)
            await self._send(self._unsent[client_id][0])

    def _settle(self, client_id: str, refused: Refused | None) -> None:
        _, done = self._unsent.get(client_id, ({}, None))
        if done is None or done.done():
            return
        if refused is None:
            done.set_result(None)
        else:
            done.set_exception(refused)

    async def _send(self, frame: Frame) -> None:
        # A socket that has just broken: `run` opens the next one, which sends what is unacknowledged.
        with contextlib.suppress(WebSocketException):
            if self._socket is not None:
                await self._socket.send(json.dumps(frame, ensure_ascii=False))


def socket_address(url: str) -> str:
    """The gateway's address of an installation."""
    parts = urlsplit(url)
    return urlunsplit(("wss" if parts.scheme == "https" else "ws", parts.netloc, f"{parts.path}/ws", "", ""))


def get_text(url: str) -> str:
    """A page's text. Raises: OSError, Refused."""
    return _request("GET", url).decode()


def post_json(url: str, body: Frame) -> Frame:
    """The answer to a JSON request. Raises: OSError, Refused."""
    answer: Frame = json.loads(_request("POST", url, json.dumps(body)))
    return answer


def _request(method: str, url: str, body: str | None = None) -> bytes:
    parts = urlsplit(url)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.netloc, timeout=HTTP_TIMEOUT_S)
    try:
        connection.request(method, f"{parts.path}?{parts.query}", body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        content = answer.read()
    except HTTPException as error:
        raise ConnectionError(f"the answer broke off: {error!r}") from error
    finally:
        connection.close()
    if answer.status in BUSY:
        raise ConnectionError(f"the server answered {answer.status} {answer.reason}")
    if answer.status != 200:
        raise Refused(f"the server answered {answer.status} {answer.reason} to {parts.path}")
    return content
