"""The raw ASGI side: WebSocket handshakes and the long-poll fallback."""

import asyncio
import random
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import urlsplit

import msgspec
from django.conf import settings

from sonnim.kernel.errors import Forbidden, Invalid, SonnimError, TooLarge
from sonnim.realtime import frames
from sonnim.realtime.acks import Acks
from sonnim.realtime.connection import UNAUTHENTICATED, Connection
from sonnim.realtime.hub import Hub
from sonnim.realtime.session import Session

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
RESUME_WITHIN_S = 10
POLL_WAIT_S = 25
MAX_POLL_BODY = 16 * 1024


class Gateway:
    """Made at start-up, on the loop that serves."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._acks = Acks(hub.loop)
        self._origins = own_origins(settings.PUBLIC_URL)

    async def websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one socket until it closes."""
        await receive()
        origin = _header(scope, b"origin")
        if origin is not None and origin not in self._origins:
            await send({"type": "websocket.close", "code": 403})
            return
        await send({"type": "websocket.accept"})
        line = Connection(send)
        line.slot = random.randrange(frames.HEARTBEAT_S)  # noqa: S311
        key = _session_key(scope) if origin is not None else None
        session = Session(self._hub, self._acks, line, key, _address(scope))
        line.send(frames.HELLO)
        deadline = self._hub.loop.call_later(RESUME_WITHIN_S, _too_late, line, session)
        try:
            while True:
                message = await receive()
                if message["type"] != "websocket.receive":
                    break
                await session.take(message.get("text") or message.get("bytes") or "")
        finally:
            deadline.cancel()
            line.close_code = line.close_code or 1006
            session.leave()

    async def poll(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one long poll: at once with what was missed, else with the next thing that happens."""
        try:
            frames_text = await self._poll(scope, receive)
        except SonnimError as problem:
            await _json(send, problem.status, msgspec.json.encode(problem.as_problem()), b"application/problem+json")
            return
        await _json(send, 200, b'{"frames":[' + ",".join(frames_text).encode() + b"]}", b"application/json")

    async def _poll(self, scope: Scope, receive: Receive) -> list[str]:
        origin = _header(scope, b"origin")
        if scope["method"] != "POST":
            raise Invalid("Polls are POSTed.")
        if origin is not None and origin not in self._origins:
            raise Forbidden("This origin is not ours.")
        wanted = await _body(receive)
        wait = wanted.pop("wait", POLL_WAIT_S)
        seconds = wait if isinstance(wait, int | float) and 0 <= wait <= POLL_WAIT_S else POLL_WAIT_S
        resume = _encoded({**wanted, "t": "resume"})
        got: list[str] = []
        news = asyncio.Event()

        async def keep(message: dict[str, Any]) -> None:
            got.extend(message.get("text", "").split("\n") if message["type"] == "websocket.send" else [])
            if any(not text.startswith(('{"t":"resumed"', '{"t":"presence"')) for text in got):
                news.set()

        line = Connection(keep)
        key = _session_key(scope) if origin is not None else None
        session = Session(self._hub, self._acks, line, key, _address(scope))
        try:
            await session.take(resume)
            await asyncio.wait_for(news.wait(), seconds)
        except TimeoutError:
            await asyncio.sleep(0)
        finally:
            line.close_code = line.close_code or 1000
            session.leave()
        return got


def own_origins(public_url: str) -> frozenset[str]:
    """The origins from which our own pages come; on a loopback address under all its names."""
    parts = urlsplit(public_url)
    if parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
        return frozenset({f"{parts.scheme}://{parts.netloc}"})
    port = f":{parts.port}" if parts.port else ""
    return frozenset(f"{parts.scheme}://{host}{port}" for host in ("localhost", "127.0.0.1", "[::1]"))


def _too_late(line: Connection, session: Session) -> None:
    # Whoever has asked and waits for a slow database is not to blame, and must not be told to sign in again.
    if not line.shop_id and not session.asking:
        line.close(UNAUTHENTICATED)


def _header(scope: Scope, name: bytes) -> str | None:
    found = [value for key, value in scope["headers"] if key == name]
    return found[0].decode("latin-1") if found else None


def _address(scope: Scope) -> str:
    """The peer's address; what a proxy says of it counts only behind a declared one."""
    named = [value.decode("latin-1") for key, value in scope["headers"] if key == b"x-forwarded-for"]
    reported = ",".join(named) if settings.BEHIND_PROXY else ""
    if reported:
        return reported.rsplit(",", 1)[-1].strip()[:45]
    client = scope.get("client")
    return str(client[0]) if client else ""


def _session_key(scope: Scope) -> str | None:
    try:
        jar = SimpleCookie(_header(scope, b"cookie") or "")
    except CookieError:
        return None
    morsel = jar.get(settings.SESSION_COOKIE_NAME)
    return morsel.value if morsel else None


async def _body(receive: Receive) -> dict[str, Any]:
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > MAX_POLL_BODY:
            raise TooLarge("A poll is a few hundred bytes.")
        if not message.get("more_body"):
            break
    try:
        found = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise Invalid("A poll is a JSON object.")
    return found


def _encoded(frame: dict[str, Any]) -> bytes:
    try:
        return msgspec.json.encode(frame)
    except OverflowError:
        raise Invalid("A number is too large.") from None


async def _json(send: Send, status: int, body: bytes, kind: bytes) -> None:
    headers = [(b"content-type", kind), (b"cache-control", b"no-store"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
