"""Requests to addresses that people name: they reach the open internet, or nothing."""

import gzip
import ipaddress
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from sonnim.kernel import http
from sonnim.kernel.http import Refused, Unreachable, fetch

PRIVATE = [
    "127.0.0.1", "127.8.9.10", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",  # noqa: S104
    "192.0.2.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "fec0::1",
    "ff02::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:1:2::3",
]  # fmt: skip
NO_ADDRESS = [
    "file:///etc/passwd", "gopher://example.com/", "ftp://example.com/", "//example.com", "example.com", "",
    "http://", "http:///x", "http://user:pw@example.com/", "http://example.com@127.0.0.1/", "http://[::1%25eth0]/",
    "http://example.com:22/", "https://example.com:6379/", "http://exa mple.com/", "http://example.com\r\nX: y/",
    "http://example.com\\@127.0.0.1/", "http://example.com:99999/", "http://" + "a" * 2_100,
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_no_address_of_a_machine_of_ours_is_public(address: str) -> None:
    assert not http.is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_addresses_of_the_open_internet_are_public(address: str) -> None:
    assert http.is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("url", NO_ADDRESS)
def test_only_plain_addresses_of_the_web_are_asked(url: str) -> None:
    with pytest.raises(Refused):
        fetch(url)


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/", "http://2130706433/", "http://0x7f.1/", "http://[::ffff:127.0.0.1]/", "http://localhost/"],
)
def test_no_spelling_of_loopback_gets_through(url: str) -> None:
    with pytest.raises(Refused):
        fetch(url)


def test_a_name_with_one_private_address_among_public_ones_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, 80)) for each in ("1.1.1.1", "10.0.0.7")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_options: found)
    with pytest.raises(Refused):
        fetch("http://two-faced.example/")


class Server:
    """A server on loopback that answers as it is told; its `host:port` counts as trusted."""

    def __init__(self, answer: Callable[[BaseHTTPRequestHandler], None]) -> None:
        self.asked: list[tuple[str, str]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:  # the standard library's name
                outer.asked.append((self.path, self.headers["Host"]))
                answer(self)

            do_POST = do_GET

            def log_message(self, format: str, *args: object) -> None:
                """The test's own output stays clean."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.place = f"127.0.0.1:{self._server.server_port}"
        self.url = f"http://{self.place}/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


Serve = Callable[[Callable[[BaseHTTPRequestHandler], None]], Server]


@pytest.fixture
def serve() -> Iterator[Serve]:
    started: list[Server] = []

    def start(answer: Callable[[BaseHTTPRequestHandler], None]) -> Server:
        started.append(Server(answer))
        return started[-1]

    yield start
    for each in started:
        each.stop()


def say(body: bytes = b"", status: int = 200, **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(line: BaseHTTPRequestHandler) -> None:
        line.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            line.send_header(name.replace("_", "-"), value)
        line.end_headers()
        line.wfile.write(body)

    return answer


def test_a_machine_that_the_operator_trusts_is_asked_and_no_other_port_of_it(serve: Serve) -> None:
    server = serve(say(b"celadon"))
    answer = fetch(server.url + "그릇?q=1", trusted={server.place})
    assert (answer.status, answer.body) == (200, b"celadon")
    assert server.asked == [("/%EA%B7%B8%EB%A6%87?q=1", server.place)]
    with pytest.raises(Refused):
        fetch(server.url, trusted={"127.0.0.1:1"})


def test_a_redirect_to_a_machine_of_ours_is_not_followed(serve: Serve) -> None:
    inner = serve(say(b"secret"))
    outer = serve(say(status=302, Location=inner.url))
    with pytest.raises(Refused):
        fetch(outer.url, trusted={outer.place})
    assert inner.asked == []


def test_redirects_are_followed_only_so_far(serve: Serve) -> None:
    server = serve(say(status=301, Location="/again"))
    with pytest.raises(Unreachable):
        fetch(server.url, trusted={server.place})
    assert len(server.asked) == 1 + http.MAX_REDIRECTS


def test_a_body_that_is_too_large_is_refused_or_cut_packed_or_not(serve: Serve) -> None:
    bomb = gzip.compress(b"x" * 5_000_000)
    for server in (serve(say(b"x" * 5_000_000)), serve(say(bomb, Content_Encoding="gzip"))):
        with pytest.raises(Unreachable):
            fetch(server.url, max_bytes=1000, trusted={server.place})
        assert fetch(server.url, max_bytes=1000, cut=True, trusted={server.place}).body == b"x" * 1000


def test_a_server_that_drips_holds_nobody_beyond_the_deadline(serve: Serve) -> None:
    def drip(line: BaseHTTPRequestHandler) -> None:
        line.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for _ in range(100):
            line.wfile.write(b"X: y\r\n")
            time.sleep(0.05)

    server = serve(drip)
    began = time.monotonic()
    with pytest.raises(Unreachable):
        fetch(server.url, timeout_s=0.3, trusted={server.place})
    assert time.monotonic() - began < 2


def test_a_post_carries_its_content_and_is_not_sent_on(serve: Serve) -> None:
    server = serve(say(status=307, Location="/elsewhere"))
    answer = fetch(server.url, method="POST", content=b"push", headers={"TTL": "60"}, trusted={server.place})
    assert answer.status == 307
    assert len(server.asked) == 1
