"""Handing a mail to an SMTP server, step by step, so that it is known whether the server may have taken it."""

import re
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

from django.conf import settings

from sonnim.channels.adapter import NotSent, Unsure
from sonnim.kernel import clock, dialling
from sonnim.kernel.http import Refused, left

STEP_S = 20.0
WHOLE_S = 50.0
FLOOR_BYTES_S = 32 * 1024
"""The slowest line that is waited for: 256 kbit/s, less than a phone has whose month's data is used up. The largest
mail, with 20 MB of files that are 28 on the wire, has a quarter of an hour."""
_PIECE = 64 * 1024  # Python gives the whole of what is sent at once a single timeout
_OF_THE_ACCOUNT = frozenset({530, 534, 535, 538})
"""What is wrong is how we sign in: the mail itself goes out once that is mended."""
_DOT = re.compile(rb"^\.", re.MULTILINE)


class Refusal(NotSent):
    """A server said no.

    Args:
        code: its three digits.
        words: what it said.
        address: the recipient whom it does not take, if that was it.
    """

    def __init__(self, code: int, words: str, *, address: str = "") -> None:
        said = f"{code} {words}".strip()
        permanent = 500 <= code < 600 and code not in _OF_THE_ACCOUNT
        super().__init__(f"{address}: {said}" if address else said, permanent=permanent)
        self.code, self.words, self.address = code, words, address


class Unavailable(NotSent):
    """The server is not there or takes nothing now, whatever the mail is."""

    def __init__(self, note: str) -> None:
        super().__init__(note, permanent=False)


@dataclass(frozen=True, slots=True)
class Server:
    """Where to, and how we sign in there.

    Attributes:
        secret: a password, or the token of XOAUTH2.
        trusted: `host:port` pairs of private machines that the operator has named.
    """

    host: str
    port: int
    security: Literal["tls", "starttls", "none"] = "starttls"
    user: str = ""
    secret: str = ""
    auth: Literal["password", "xoauth2"] = "password"
    trusted: Collection[str] = ()


def hand_over(server: Server, *, sender: str, recipients: Sequence[str], content: bytes, utf8: bool = False) -> str:
    """Give a mail to a server, within WHOLE_S and what a mail of its size needs; answers what the server said to it.

    Nobody gets the mail unless everybody is accepted: a mail that has gone to some could not be sent again.

    Args:
        content: with CR LF at the ends of its lines, and at its end.
        utf8: whether the server has to speak SMTPUTF8.

    Raises:
        NotSent: the server has not taken it: Refusal, or Unavailable.
        Unsure: the whole of it was sent, and no answer came.
        kernel.http.Refused: we do not connect to this machine.
    """
    wire = _DOT.sub(b"..", content)
    needed = time_for(len(wire))
    with _Line(server, whole_s=WHOLE_S + needed) as line:
        _greet(line, server)
        _step(lambda: _envelope(line, sender, recipients, len(content), utf8))
        code, words = _step(lambda: line.docmd("DATA"))
        if code != 354:
            raise _refusal(code, words)
        _step(lambda: _pour(line, wire))
        # Without the final dot a server must not deliver what it has; from here on it may have taken the mail.
        try:
            line.be_patient(STEP_S + needed)  # much of the mail may still be on its way to the server
            line.send(b".\r\n")
            code, words = line.getreply()
        except (OSError, smtplib.SMTPException) as error:
            raise Unsure(str(error)) from error
        if not 200 <= code < 300:
            raise _refusal(code, words)
        return words.decode(errors="replace")


def time_for(size: int) -> float:
    """How many seconds so many bytes may be under way."""
    return size / FLOOR_BYTES_S


def _pour(line: "_Line", wire: bytes) -> None:
    for at in range(0, len(wire), _PIECE):
        line.send(wire[at : at + _PIECE])


def _greet(line: "_Line", server: Server) -> None:
    _step(line.open)
    _step(line.ehlo_or_helo_if_needed)
    if server.security == "starttls":
        _step(lambda: line.starttls(context=ssl.create_default_context()))
        _step(line.ehlo_or_helo_if_needed)
    if server.user:
        _step(lambda: _sign_in(line, server))


def _sign_in(line: "_Line", server: Server) -> None:
    if server.auth == "password":
        line.login(server.user, server.secret)
        return

    def answer(challenge: bytes | None = None) -> str:
        # A second challenge holds the reason of a refusal; an empty answer brings the refusal itself.
        return f"user={server.user}\1auth=Bearer {server.secret}\1\1" if challenge is None else ""

    line.user, line.password = server.user, server.secret
    line.auth("XOAUTH2", answer)


def _envelope(line: "_Line", sender: str, recipients: Sequence[str], size: int, utf8: bool) -> None:
    options = ["SMTPUTF8"] if utf8 else []
    if line.has_extn("size"):
        options.append(f"size={size}")
    code, words = line.mail(sender, options)
    if code != 250:
        raise _refusal(code, words)
    for address in recipients:
        code, words = line.rcpt(address)
        if code not in (250, 251, 252):
            raise _refusal(code, words, address)


def _refusal(code: int, words: bytes, address: str = "") -> NotSent:
    said = " ".join(words.decode(errors="replace").split())
    return Unavailable(f"{code} {said}") if code == 421 else Refusal(code, said, address=address)


def _step(do: Callable[[], Any]) -> Any:
    """Do what comes before the mail's end; if it fails, the mail has certainly not been taken."""
    try:
        return do()
    except smtplib.SMTPResponseException as error:
        words = error.smtp_error if isinstance(error.smtp_error, bytes) else str(error.smtp_error).encode()
        raise _refusal(error.smtp_code, words) from error
    except smtplib.SMTPNotSupportedError as error:
        raise NotSent(str(error), permanent=True) from error
    except (OSError, smtplib.SMTPException, dialling.Unreachable) as error:
        raise Unavailable(str(error) or type(error).__name__) from error
    except (ValueError, NotSent, Refused):
        raise
    except Exception as error:  # whatever it is, the server has not got the mail's end
        raise NotSent(f"{type(error).__name__}: {error}", permanent=False) from error


class _Line(smtplib.SMTP):
    """A connection to the machine that was looked at; cut when all the time is used up."""

    def __init__(self, server: Server, *, whole_s: float) -> None:
        super().__init__(local_hostname=_own_name(), timeout=STEP_S)
        self._server = server
        self._host = server.host  # the name in the certificate, for STARTTLS
        self._deadline = clock.monotonic() + whole_s
        # A socket's timeout begins anew with each byte: a server that sends one a second would hold us for hours.
        self._alarm = threading.Timer(whole_s, self._cut)
        self._alarm.daemon = True

    def __enter__(self) -> "_Line":
        self._alarm.start()
        return self

    def __exit__(self, *args: object) -> None:
        self._alarm.cancel()
        with suppress(OSError, smtplib.SMTPException):  # the mail's fate is known already
            if self.sock is not None and args[0] is None:
                self.docmd("QUIT")
        self.close()

    def open(self) -> None:
        """Connect, and hear the server's greeting."""
        code, words = self.connect(self._server.host, self._server.port)
        if code != 220:
            raise smtplib.SMTPConnectError(code, words)

    def be_patient(self, seconds: float) -> None:
        """Wait so long for what the server says next."""
        if self.sock is not None:
            self.sock.settimeout(seconds)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        line = dialling.dial(host, port, timeout_s=min(STEP_S, left(self._deadline)), trusted=self._server.trusted)
        line.settimeout(STEP_S)
        if self._server.security != "tls":
            return line
        return ssl.create_default_context().wrap_socket(line, server_hostname=host)

    def _cut(self) -> None:
        if self.sock is not None:
            with suppress(OSError):  # it has ended by itself
                self.sock.shutdown(socket.SHUT_RDWR)


def _own_name() -> str:
    return urlsplit(settings.PUBLIC_URL).hostname or "localhost"
