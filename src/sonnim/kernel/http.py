"""The way out: requests to addresses that a person named, which must never reach a machine of ours.

Every name is resolved once, every answer is looked at, and the connection goes to the very address that was looked at,
so that a name which changes its mind between the two gains nothing. Redirects are followed by hand and checked anew.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import zlib
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urljoin, urlsplit

from sonnim.kernel import clock

MAX_URL = 2_000
MAX_REDIRECTS = 3
PORTS = {"http": 80, "https": 443}
USER_AGENT = "Sonnim"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
# Ranges that Python calls global, and that lead to private ones nevertheless.
_TUNNELS = tuple(ipaddress.ip_network(each) for each in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"))
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Refused(Exception):
    """We do not go there: not a public address of the web."""


class Unreachable(Exception):
    """There is no answer, or none that we take: too slow, too large, not HTTP."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; `url` is where it came from in the end."""

    url: str
    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


def is_public(address: Address) -> bool:
    """Whether an address belongs to the open internet, and not to a machine, a net or a cloud of ours."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address.is_site_local or any(address in net for net in _TUNNELS):
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


def checked_url(url: str, *, trusted: Collection[str] = ()) -> SplitResult:
    """Take an address apart.

    Raises:
        Refused: not http or https, no plain host, a name with a password, another port than the usual one.
    """
    if len(url) > MAX_URL or any(ord(each) <= 32 or ord(each) == 127 for each in url) or "\\" in url:
        raise Refused("not an address")
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS.get(parts.scheme, 0)
        host = (parts.hostname or "").rstrip(".").encode("idna" if not (parts.hostname or "").isascii() else "ascii")
    except (ValueError, UnicodeError):
        raise Refused("not an address") from None
    if parts.scheme not in PORTS or not host or "@" in parts.netloc or "%" in parts.netloc:
        raise Refused("not an address of the web")
    if port != PORTS[parts.scheme] and f"{host.decode()}:{port}" not in trusted:
        raise Refused("an unusual port")
    return parts


def fetch(
    url: str,
    *,
    method: str = "GET",
    content: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    timeout_s: float = 5.0,
    max_bytes: int = 512 * 1024,
    cut: bool = False,
    trusted: Collection[str] = (),
    redirects: int = MAX_REDIRECTS,
) -> Answer:
    """Ask a server of the open internet.

    Args:
        timeout_s: for all of it, redirects included.
        max_bytes: of the unpacked body; with `cut` a longer one ends there instead of being refused.
        trusted: `host:port` pairs of private machines that the operator has named, and nobody else.
        redirects: how many to follow; only for a request without content.

    Raises:
        Refused: the address, or one that it leads to, is none of the open internet.
        Unreachable: no answer in time, or too long a one.
    """
    deadline = clock.monotonic() + timeout_s
    for _ in range(redirects + 1):
        parts = checked_url(url, trusted=trusted)
        answer = _ask(url, parts, method, content, headers or {}, deadline, max_bytes, cut, trusted)
        onward = answer.headers.get("location", "")
        if answer.status not in _REDIRECTS or not onward or content is not None:
            return answer
        url = urljoin(url, onward)
    raise Unreachable("too many redirects")


def _ask(
    url: str,
    parts: SplitResult,
    method: str,
    content: bytes | None,
    headers: Mapping[str, str],
    deadline: float,
    max_bytes: int,
    cut: bool,
    trusted: Collection[str],
) -> Answer:
    host = (parts.hostname or "").rstrip(".")
    host = host if host.isascii() else host.encode("idna").decode()
    port = parts.port or PORTS[parts.scheme]
    line = _Line(host, port, addresses_at(host, port, trusted), secure=parts.scheme == "https", deadline=deadline)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    sent = {"User-Agent": USER_AGENT, "Accept-Encoding": "gzip", "Connection": "close", **headers}
    try:
        line.request(method, _quoted(path), body=content, headers=sent)
        answer = line.getresponse()
        body = _read(answer, deadline, max_bytes, cut)
    except (OSError, http.client.HTTPException, zlib.error, ValueError) as error:
        raise Unreachable(f"{type(error).__name__}: {error}") from error
    finally:
        line.hang_up()
    return Answer(url, answer.status, {name.lower(): value for name, value in answer.getheaders()}, body)


def _quoted(path: str) -> str:
    return "".join(each if each.isascii() else "".join(f"%{byte:02X}" for byte in each.encode()) for each in path)


def addresses_at(host: str, port: int, trusted: Collection[str]) -> list[str]:
    """The addresses of a name, every one of them looked at.

    Raises:
        Refused: one of them is none of the open internet, and `trusted` does not name `host:port`.
        Unreachable: there is no such name.
    """
    try:
        found = {str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError) as error:
        raise Unreachable(f"no such host: {error}") from error
    if f"{host}:{port}" not in trusted and not all(is_public(ipaddress.ip_address(each)) for each in found):
        raise Refused("not a machine of the open internet")
    return sorted(found, key=lambda each: ":" in each)  # IPv4 first: it is the one that works everywhere


class _Line(http.client.HTTPConnection):
    """A connection to one of the addresses that were looked at; the name is only for the certificate."""

    def __init__(self, host: str, port: int, addresses: list[str], *, secure: bool, deadline: float) -> None:
        super().__init__(host, port)
        self.default_port = PORTS["https" if secure else "http"]  # else the Host header would name the usual port
        self._addresses = addresses
        self._secure = secure
        self._deadline = deadline
        self._alarm: threading.Timer | None = None
        self._wire: socket.socket | None = None  # `sock` is given away with the answer

    def connect(self) -> None:
        """Try one address after the other."""
        failed: OSError = TimeoutError("no time left")
        for address in self._addresses:
            try:
                plain = socket.create_connection((address, self.port), timeout=left(self._deadline))
            except OSError as error:
                failed = error
                continue
            self._wire = self.sock = plain
            # A socket's timeout begins anew with each byte: a server that sends one a second would hold us for hours.
            self._alarm = threading.Timer(left(self._deadline), self._cut)
            self._alarm.start()
            if self._secure:
                self._wire = self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)
            return
        raise failed

    def hang_up(self) -> None:
        """End it, whatever it is doing."""
        if self._alarm is not None:
            self._alarm.cancel()
        self.close()

    def _cut(self) -> None:
        if self._wire is not None:
            with suppress(OSError):  # it has ended by itself
                self._wire.shutdown(socket.SHUT_RDWR)


def left(deadline: float) -> float:
    """The seconds until a deadline. Raises: TimeoutError, when it has passed."""
    seconds = deadline - clock.monotonic()
    if seconds <= 0:
        raise TimeoutError("too slow")
    return seconds


def _read(answer: http.client.HTTPResponse, deadline: float, max_bytes: int, cut: bool) -> bytes:
    packed = answer.headers.get("Content-Encoding", "").lower() == "gzip"
    unpack = zlib.decompressobj(wbits=31) if packed else None
    found = bytearray()
    while len(found) <= max_bytes:
        left(deadline)
        part = answer.read1(65_536)
        if not part:
            break
        found += unpack.decompress(part, max_bytes + 1 - len(found)) if unpack else part
    left(deadline)  # else an answer that we hung up on would count as whole
    if len(found) > max_bytes and not cut:
        raise Unreachable("too large an answer")
    return bytes(found[:max_bytes])
