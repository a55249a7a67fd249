"""A21: only a token of ours is a visitor; guessing is answered 401 and then made to wait, on every path."""

import json
import os
import re
import socket
import threading
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.conftest import StartServer
from tests.protocol.desk import Desk
from tests.security.line import Line

NO_TOKENS: list[Any] = [0, 1, True, False, {}, {"$ne": None}, [], ["v_"], 1.5, -1]
NO_TEXTS = [
    "",
    "v_",
    "0",
    "true",
    "null",
    "undefined",
    "v_" + "a" * 43,
    "v_%",
    "v_' OR '1'='1",
    "sk_x",
    "v_" + "x" * 500,
]
GUESSES = int(os.environ.get("SONNIM_GUESSES", "2000"))


@pytest.fixture(scope="module")
def strict(start_server: StartServer) -> Iterator[Desk]:
    """A shop whose limits are as they come."""
    strict = Desk.open(start_server())
    yield strict
    strict.close()


def from_address(desk: Desk, address: str) -> httpx.Client:
    """A client on another of this machine's loopback addresses, whose count is its own."""
    transport = httpx.HTTPTransport(local_address=address)
    return httpx.Client(base_url=f"http://127.0.0.1:{desk.server.port}", transport=transport, timeout=30)


def guess(desk: Desk, address: str, first: int, count: int) -> list[int]:
    """The answers to so many wrong tokens, asked in one go over one connection."""
    asked = "".join(
        f"GET /api/v1/widget/entries?before=9 HTTP/1.1\r\nHost: localhost\r\n"
        f"Authorization: Visitor v_{number:043}\r\n\r\n"
        for number in range(first, first + count)
    )
    with socket.create_connection(("127.0.0.1", desk.server.port), 30, source_address=(address, 0)) as line:
        asking = threading.Thread(target=line.sendall, args=[asked.encode()])
        asking.start()
        got = b""
        while got.count(b"HTTP/1.1 ") < count or not got.endswith(b"}"):
            got += line.recv(2**20)
        asking.join()
    return [int(status) for status in re.findall(rb"HTTP/1.1 (\d+)", got)]


def test_what_is_no_string_is_no_token_over_http(strict: Desk) -> None:
    with from_address(strict, "127.0.0.11") as http:
        for token in NO_TOKENS:
            answer = http.post("/api/v1/widget/session", json={"key": strict.key, "token": token, "locale": "en"})
            assert answer.status_code == 401, token
            assert answer.json()["code"] == "unauthenticated"


def test_an_unknown_string_opens_nobodys_history(strict: Desk) -> None:
    known = strict.visitor()
    with from_address(strict, "127.0.0.12") as http:
        for token in [*NO_TEXTS, known.token[:-1], known.token + "x", known.token.upper(), known.token.swapcase()]:
            answer = http.post("/api/v1/widget/session", json={"key": strict.key, "token": token, "locale": "en"})
            assert answer.status_code == 200, token
            assert answer.json()["token"] != token
            assert answer.json()["contact"]["id"] != known.id


def test_a_wrong_token_opens_no_shoppers_route(strict: Desk) -> None:
    with from_address(strict, "127.0.0.13") as http:
        for token in [*filter(None, NO_TEXTS), "NaN", "[]"]:
            for path in ("/api/v1/widget/entries?before=9", "/api/v1/widget/attachments/1/content"):
                answer = http.get(path, headers={"Authorization": f"Visitor {token}"})
                assert answer.status_code == 401, token


@pytest.mark.parametrize("token", [*NO_TOKENS, None, *NO_TEXTS])
def test_no_such_token_opens_a_line(desk: Desk, token: Any) -> None:
    """On the server whose counts the other tests share, so with few tries from this address."""
    body = {"as": "visitor", "token": token, "epoch": None, "pos": None, "wait": 0}
    with from_address(desk, f"127.0.1.{1 + (hash(json.dumps(token)) % 200)}") as http:
        [error] = http.post("/realtime/poll", json=body).json()["frames"]
    assert (error["t"], error["code"]) in {("error", "unauthenticated"), ("error", "invalid")}


def test_a_token_of_another_shop_does_not_open_this_one(desk: Desk, other: Desk) -> None:
    foreign = other.visitor()
    assert desk.begin(foreign.token)["contact"]["id"] != foreign.id


def test_thousands_of_guesses_are_refused_and_made_to_wait(strict: Desk) -> None:
    """The one that guesses waits; somebody else is served, and who has a token is served even from that address."""
    visitor = strict.visitor()

    statuses = [status for each in range(0, GUESSES, 500) for status in guess(strict, "127.0.0.14", each, 500)]
    assert set(statuses) == {401, 429}
    assert statuses.count(401) <= 30 * 3  # thirty a minute; the test may cross the edge of one
    with from_address(strict, "127.0.0.14") as http:
        wrong = http.get("/api/v1/widget/entries?before=9", headers={"Authorization": "Visitor v_wrong"})
        assert wrong.status_code == 429
        assert int(wrong.headers["Retry-After"]) >= 1
        own = http.get("/api/v1/widget/entries?before=9", headers={"Authorization": f"Visitor {visitor.token}"})
        assert own.status_code == 200
    strict.call(strict.visitor(), "GET", "/entries?before=9")


def test_guessing_over_sockets_is_counted_with_the_rest(strict: Desk) -> None:
    codes = []
    for number in range(40):
        line = Line(strict)
        line.say({"t": "resume", "as": "visitor", "token": f"v_guess-{number}", "epoch": None, "pos": None})
        codes.append(line.until("error")["code"])
        assert line.until_closed() == 4001
        line.cut()
    assert set(codes) == {"unauthenticated", "throttled"}
    assert codes[-1] == "throttled"
    api = strict.http.get("/api/v1/widget/entries?before=9", headers={"Authorization": "Visitor v_wrong"})
    assert api.status_code == 429


def test_a_guessed_api_token_is_refused(desk: Desk) -> None:
    for token in ("sk_", "sk_" + "a" * 43, "0", "true", "sk_%", desk.agent().token[:-1]):
        answer = desk.http.get(f"/api/v1/shops/{desk.shop}/snapshot", headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 401
