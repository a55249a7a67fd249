"""Connections that are not HTTP go to no machine of ours, and to the address that was looked at."""

import socket
from collections.abc import Iterator

import pytest

from sonnim.kernel.dialling import Refused, Unreachable, checked_address, dial


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A server that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as made:
        yield made


def port_of(listener: socket.socket) -> int:
    """Where it listens."""
    port: int = listener.getsockname()[1]
    return port


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "10.0.0.1", "169.254.169.254", "0.0.0.0"])  # noqa: S104
def test_a_private_machine_is_refused(host: str) -> None:
    with pytest.raises(Refused):
        checked_address(host, 993)


@pytest.mark.parametrize(
    ("host", "port"), [("", 993), ("a b", 993), ("mail\r\n", 993), ("8.8.8.8", 0), ("8.8.8.8", 70000)]
)
def test_what_is_no_host_and_port_is_refused(host: str, port: int) -> None:
    with pytest.raises(Refused):
        dial(host, port, timeout_s=1)


def test_a_public_address_is_taken_as_it_is() -> None:
    assert checked_address("8.8.8.8", 993) == "8.8.8.8"


def test_a_private_machine_that_the_operator_named_is_reached(listener: socket.socket) -> None:
    port = port_of(listener)
    with dial("127.0.0.1", port, timeout_s=2, trusted={f"127.0.0.1:{port}"}) as line:
        assert line.getpeername() == ("127.0.0.1", port)
        assert line.gettimeout() == 2


def test_trust_is_for_one_port_only(listener: socket.socket) -> None:
    port = port_of(listener)
    with pytest.raises(Refused):
        dial("127.0.0.1", port, timeout_s=2, trusted={f"127.0.0.1:{port + 1}"})


def test_the_connection_goes_to_the_address_that_was_looked_at(
    listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = port_of(listener)
    asked = []
    real = socket.getaddrinfo

    def once(host: str, *args: object, **kwargs: object) -> object:
        asked.append(host)
        return real("127.0.0.1" if host == "mail.example" else host, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", once)
    with dial("mail.example", port, timeout_s=2, trusted={f"mail.example:{port}"}):
        assert asked.count("mail.example") == 1


def test_nobody_there_is_said_so(listener: socket.socket) -> None:
    port = port_of(listener)
    listener.close()
    with pytest.raises(Unreachable, match="refused"):
        dial("127.0.0.1", port, timeout_s=2, trusted={f"127.0.0.1:{port}"})
