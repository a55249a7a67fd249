"""Serves a WSGI application from the event loop: one thread hop there, one back.

a2wsgi sends status, each chunk and the end through the loop one by one, and the thread waits for each: four hops, which
cost as much as Django itself on a hot list (docs/decisions). Here a request's body is read before the hop and an answer
of one piece is handed back whole; only long answers (files) are streamed.
"""

import asyncio
import io
import sys
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sonnim.realtime.gateway import Receive, Scope, Send

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
THREADS = 8
IN_MEMORY = 256 * 1024
MAX_BODY = 21 * 1024 * 1024
MAX_HOOK_BODY = 45 * 1024 * 1024  # providers post mails with all that is attached to them
MAX_FORM_BODY = 44 * 1024 * 1024  # whoever adds too much to a form is told so on its page, which needs their words
MAX_DRAINED = 300 * 1024 * 1024
"""Up to where the rest of a form is listened to: a browser hears no answer before it has sent all of it."""
FORMS = "/forms/"
_SPECIAL = {b"content-type": "CONTENT_TYPE", b"content-length": "CONTENT_LENGTH"}


class ThreadedWSGI:
    """An ASGI application around a WSGI one."""

    def __init__(self, app: Wsgi, *, threads: int = THREADS) -> None:
        self._app = app
        self._pool = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="http")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await _read_body(receive, scope["path"])
        if body is None:
            await _too_large(send)
            return
        loop = asyncio.get_running_loop()
        with body:
            status, headers, first, rest = await loop.run_in_executor(self._pool, self._start, scope, body)
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": first, "more_body": rest is not None})
        if rest is not None:
            try:
                while chunk := await loop.run_in_executor(self._pool, next, rest.chunks, b""):
                    await send({"type": "http.response.body", "body": chunk, "more_body": True})
                await send({"type": "http.response.body", "body": b""})
            finally:
                await loop.run_in_executor(self._pool, rest.close)

    def _start(self, scope: Scope, body: Any) -> tuple[int, list[tuple[bytes, bytes]], bytes, "_Rest | None"]:
        started: list[Any] = []

        def start_response(status: str, headers: list[tuple[str, str]], error: Any = None) -> Callable[[bytes], None]:
            started[:] = [int(status[:3]), [(k.lower().encode("latin-1"), v.encode("latin-1")) for k, v in headers]]
            return lambda chunk: None

        answer = self._app(environ(scope, body), start_response)
        if isinstance(getattr(answer, "streaming", None), bool) and not answer.streaming:  # type: ignore[attr-defined]
            try:
                whole = b"".join(answer)
                return started[0], _with_length(started[0], started[1], len(whole)), whole, None
            finally:
                answer.close()  # type: ignore[attr-defined]
        chunks = iter(answer)
        return started[0], started[1], next(chunks, b""), _Rest(chunks, getattr(answer, "close", lambda: None))


def _with_length(status: int, headers: list[tuple[bytes, bytes]], length: int) -> list[tuple[bytes, bytes]]:
    """Without a length the server would send an answer of one piece in chunks."""
    if status in {204, 304} or any(name == b"content-length" for name, _ in headers):
        return headers
    return [*headers, (b"content-length", str(length).encode())]


class _Rest:
    """What of a streamed answer is still to come."""

    def __init__(self, chunks: Any, close: Callable[[], None]) -> None:
        self.chunks = chunks
        self.close = close


async def _read_body(receive: Receive, path: str) -> Any:
    """What was sent; of a form that is too large the beginning, and None of all else that is."""
    longest = MAX_HOOK_BODY if path.startswith("/hooks/") else MAX_FORM_BODY if path.startswith(FORMS) else MAX_BODY
    most = MAX_DRAINED if path.startswith(FORMS) else longest
    message = await receive()
    if not message.get("more_body"):
        return io.BytesIO(message.get("body", b""))
    body = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed by the caller
    size = 0
    while True:
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > most:
            body.close()
            return None
        if size <= longest:
            body.write(chunk)
        if not message.get("more_body"):
            break
        message = await receive()
    body.seek(0)
    return body


async def _too_large(send: Send) -> None:
    headers = [(b"content-type", b"application/problem+json"), (b"connection", b"close")]
    body = b'{"type":"about:blank","title":"This is too large","status":413,"code":"too_large","detail":"Too large."}'
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def environ(scope: Scope, body: Any) -> dict[str, Any]:
    """PEP 3333's environment of a request."""
    server = scope.get("server") or ("localhost", 80)
    client = scope.get("client") or ("", 0)
    found: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1] or 0),
        "REMOTE_ADDR": client[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in scope["headers"]:
        key = _SPECIAL.get(name) or "HTTP_" + name.decode("latin-1").upper().replace("-", "_")
        text = value.decode("latin-1")
        # Cookies split over several headers join with a semicolon (RFC 9113), everything else with a comma.
        found[key] = f"{found[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{text}" if key in found else text
    if "CONTENT_LENGTH" not in found or scope["path"].startswith(FORMS):  # of a form the end may have been left out
        body.seek(0, 2)
        found["CONTENT_LENGTH"] = str(body.tell())
        body.seek(0)
    return found
