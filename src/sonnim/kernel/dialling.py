"""Connections that are not HTTP, to servers that a person named: mail servers above all; the same rule as kernel.http.

A name is resolved once and the connection goes to the very address that was looked at. The name itself is for the
certificate only.
"""

import socket
from collections.abc import Collection

from sonnim.kernel import clock
from sonnim.kernel.http import Refused, Unreachable, addresses_at, left

__all__ = ["Refused", "Unreachable", "checked_address", "dial"]
_LONGEST_HOST = 253


def checked_address(host: str, port: int, *, trusted: Collection[str] = ()) -> str:
    """The first address of a host, looked at.

    Raises:
        Refused: not a host and port of the open internet, nor one that `trusted` names as `host:port`.
        Unreachable: there is no such name.
    """
    return _checked(host, port, trusted)[0]


def dial(host: str, port: int, *, timeout_s: float, trusted: Collection[str] = ()) -> socket.socket:
    """A plain connection to a host, in at most `timeout_s`, which stays the socket's timeout.

    Raises:
        Refused: as `checked_address`.
        Unreachable: there is no such name, or nobody answers there.
    """
    deadline = clock.monotonic() + timeout_s
    failed: OSError = TimeoutError("timed out")
    for address in _checked(host, port, trusted):
        try:
            line = socket.create_connection((address, port), timeout=left(deadline))
        except OSError as error:
            failed = error
            continue
        line.settimeout(timeout_s)
        return line
    raise Unreachable(str(failed.strerror or failed)) from failed


def _checked(host: str, port: int, trusted: Collection[str]) -> list[str]:
    if not 0 < port < 65_536 or not host or len(host) > _LONGEST_HOST or any(ord(each) <= 32 for each in host):
        raise Refused("not a host and a port")
    found = addresses_at(host, port, trusted)
    if not found:
        raise Unreachable("no such host")
    return found
