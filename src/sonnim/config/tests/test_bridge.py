"""What a WSGI application sees of a request, and what the client gets of its answer."""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from django.http import HttpResponse

from sonnim.config import bridge
from sonnim.config.bridge import ThreadedWSGI, environ

StartResponse = Callable[..., Any]
SCOPE: dict[str, Any] = {
    "type": "http", "method": "POST", "path": "/가게/a b", "query_string": b"q=%ED%95%9C&x=1", "http_version": "1.1",
    "scheme": "http", "server": ("localhost", 8000), "client": ("192.0.2.7", 5000),
    "headers": [
        (b"host", b"localhost"), (b"cookie", b"a=1"), (b"cookie", b"b=2"), (b"accept", b"x"), (b"accept", b"y"),
        (b"content-type", b"text/plain"),
    ],
}  # fmt: skip


class Answer(HttpResponse):
    """An answer of one piece that knows whether it was closed."""

    was_closed = False

    def close(self) -> None:
        self.was_closed = True


def call(app: Any, *pieces: bytes, path: str = SCOPE["path"]) -> list[dict[str, Any]]:
    """The messages that the server is sent for a request whose body comes in these pieces."""
    incoming = iter(pieces or (b"",))
    left = len(pieces or (b"",))
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        nonlocal left
        left -= 1
        return {"type": "http.request", "body": next(incoming), "more_body": left > 0}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(ThreadedWSGI(app, threads=1)({**SCOPE, "path": path}, receive, send))
    return sent


def body_of(sent: list[dict[str, Any]]) -> bytes:
    return b"".join(message.get("body", b"") for message in sent[1:])


def echo(request: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    start_response("201 Created", [("X-Length", request["CONTENT_LENGTH"])])
    return [request["wsgi.input"].read()]


def test_a_body_in_pieces_arrives_whole_with_its_length() -> None:
    sent = call(echo, b"one ", b"two ", b"three")
    assert (sent[0]["status"], sent[0]["headers"]) == (201, [(b"x-length", b"13")])
    assert body_of(sent) == b"one two three"


def test_a_body_over_the_limit_never_reaches_the_application() -> None:
    reached: list[bool] = []

    def app(request: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        reached.append(True)
        return echo(request, start_response)

    half = b"x" * (bridge.MAX_BODY // 2 + 1)
    sent = call(app, half, half)
    assert (sent[0]["status"], reached) == (413, [])


def test_the_beginning_of_a_form_that_is_too_large_reaches_its_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """No browser without scripts shows anything else than what answers the form; and it needs the words in it."""
    monkeypatch.setattr(bridge, "MAX_FORM_BODY", 1_000)
    monkeypatch.setattr(bridge, "MAX_DRAINED", 3_000)
    read: list[tuple[bytes, str]] = []

    def app(request: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        body = request["wsgi.input"].read()
        read.append((body[:5], f"{len(body)} {request['CONTENT_LENGTH']}"))
        return echo(request, start_response)

    half = b"words" + b"x" * (bridge.MAX_FORM_BODY // 2)
    call(app, half, half, path="/forms/abc")
    assert read == [(b"words", f"{len(half)} {len(half)}")]
    most = b"x" * 1_001
    assert call(app, most, most, most, path="/forms/abc")[0]["status"] == 413
    assert len(read) == 1


def test_an_answer_of_one_piece_is_sent_at_once_and_closed() -> None:
    answer = Answer(b"hello")

    def app(request: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        start_response("200 OK", [])
        return answer

    sent = call(app)
    assert [message.get("body") for message in sent[1:]] == [b"hello"]
    assert answer.was_closed


def test_a_streamed_answer_comes_piece_by_piece_and_is_closed() -> None:
    closed: list[bool] = []

    class Stream:
        def __iter__(self) -> Iterator[bytes]:
            yield b"first "
            yield b"second"

        def close(self) -> None:
            closed.append(True)

    def app(request: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        start_response("200 OK", [])
        return Stream()

    sent = call(app)
    assert [message["body"] for message in sent[1:]] == [b"first ", b"second", b""]
    assert [message.get("more_body", False) for message in sent[1:]] == [True, True, False]
    assert closed == [True]


def test_the_environment_is_what_pep_3333_says() -> None:
    seen: dict[str, Any] = {}

    def app(request: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        seen.update(request)
        return echo(request, start_response)

    call(app, b"body")
    assert seen["PATH_INFO"].encode("latin-1").decode() == "/가게/a b"
    assert seen["QUERY_STRING"] == "q=%ED%95%9C&x=1"
    assert (seen["HTTP_COOKIE"], seen["HTTP_ACCEPT"]) == ("a=1; b=2", "x,y")
    assert (seen["CONTENT_TYPE"], seen["CONTENT_LENGTH"], seen["REMOTE_ADDR"]) == ("text/plain", "4", "192.0.2.7")


def test_a_unix_socket_without_a_peer_is_served() -> None:
    import io

    found = environ({**SCOPE, "client": None, "server": ("unix", None)}, io.BytesIO(b""))
    assert (found["REMOTE_ADDR"], found["SERVER_PORT"]) == ("", "0")
