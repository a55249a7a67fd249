"""A line to an IMAP server: sign in, see what is new, fetch it, wait for more. Nothing is ever marked or deleted."""

import imaplib
import os
import re
import select
import socket
import ssl
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any, cast

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError, LoginError

from sonnim.kernel.dialling import dial
from sonnim.letters.limits import MAX_BYTES

CONNECT_S, ANSWER_S = 20, 60
_LONGEST_LINE = 20 * 1024 * 1024  # a million UIDs stand in one line
# What is no word about the password: RFC 5530, and what servers say instead.
_BUSY = re.compile(r"\[(?:UNAVAILABLE|INUSE|LIMIT|SERVERBUG)\]|too many (?:simultaneous )?(?:connections|logins)", re.I)
_LONGEST_LITERAL = MAX_BYTES + 64 * 1024


class SignInRefused(Exception):
    """The server does not let us in; the message has its own words."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder as the server describes it when it is opened."""

    uidvalidity: int
    uidnext: int


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as it lies in a folder; of one that is too large only the headers."""

    uid: int
    raw: bytes
    received_at: datetime | None
    whole: bool = True


class Line:
    """One connection. `cut` may be called from any thread, everything else from one.

    Args:
        server: host, port, security (tls, starttls, none), user, auth (password, xoauth2).
        password: or, for xoauth2, the access token.
        trusted: `host:port` pairs of private machines that the operator has named.

    Raises:
        SignInRefused.
        Refused, Unreachable: see kernel.dialling.
        IMAPClientError, OSError: what else goes wrong with a server; so do all methods.
    """

    def __init__(self, server: Mapping[str, Any], *, password: str, trusted: Iterable[str] = ()) -> None:
        self._client = _Client(server, frozenset(trusted))
        try:
            if server["security"] == "starttls":
                self._client.starttls(ssl.create_default_context())
                self._client.socket().settimeout(ANSWER_S)
            self._sign_in(server, password)
            if self._client.has_capability("ID"):
                self._client.id_({"name": "Sonnim"})  # NetEase opens no folder to a program without a name
            self._idles = self._client.has_capability("IDLE")
        except BaseException:
            self.close()
            raise

    def select(self, name: str) -> Folder:
        """Open a folder, to read only."""
        found = self._client.select_folder(name, readonly=True)
        uidnext = found.get(b"UIDNEXT") or max(self._client.search(["UID", "*"]), default=0) + 1
        return Folder(int(found[b"UIDVALIDITY"]), int(uidnext))

    def uids_above(self, mark: int, *, since: date | None = None) -> list[int]:
        """The UIDs above a mark, in order; with `since` only of mails that came on that day or later."""
        criteria: list[Any] = ["UID", f"{mark + 1}:*"]
        self._client.announced()
        found = self._client.search([*criteria, "SINCE", since] if since else criteria)
        return sorted(uid for uid in found if uid > mark)  # `n:*` has the last one always

    def sizes(self, uids: Sequence[int]) -> dict[int, int]:
        """How many bytes each mail has; one that is gone is left out."""
        return {uid: int(found[b"RFC822.SIZE"]) for uid, found in self._fetched(uids, ["RFC822.SIZE"]).items()}

    def mails(self, uids: Sequence[int], *, headers_only: bool = False) -> list[Mail]:
        """The mails themselves, in order; what is gone is left out."""
        part, key = ("BODY.PEEK[HEADER]", b"BODY[HEADER]") if headers_only else ("BODY.PEEK[]", b"BODY[]")
        found = self._fetched(uids, ["INTERNALDATE", part])
        return [
            Mail(uid, fields[key], fields.get(b"INTERNALDATE"), whole=not headers_only)
            for uid, fields in sorted(found.items())
            if isinstance(fields.get(key), bytes)
        ]

    def wait(self, *, idle_s: float, poll_s: float) -> None:
        """Return when the server has something to tell, at the latest after `idle_s`.

        A server that cannot push is left alone for `poll_s`, and asked then. What it has told since `uids_above` was
        asked, beside another answer, it does not tell again.
        """
        if self._client.announced():
            return
        if not self._idles:
            self._readable(poll_s)
            self._client.noop()
            return
        self._client.idle()
        self._readable(idle_s)
        self._client.idle_done()

    def cut(self) -> None:
        """End the connection, whatever it is waiting for."""
        with suppress(OSError), socket.socket(fileno=os.dup(self._client.socket().fileno())) as same:
            same.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Say good-bye, if there is still somebody to say it to."""
        with suppress(IMAPClientError, OSError, ValueError):
            self._client.socket().settimeout(2)
            self._client.logout()
        with suppress(IMAPClientError, OSError, ValueError):
            self._client.shutdown()

    def _sign_in(self, server: Mapping[str, Any], password: str) -> None:
        user = str(server["user"])
        if not (user + password).isprintable():
            raise SignInRefused("The name or the password has a control character.")
        try:
            if server.get("auth") == "xoauth2":
                self._client.oauth2_login(user, password)
            elif self._client.has_capability("AUTH=PLAIN"):
                self._client.plain_login(user, password)  # the only way that takes letters beyond ASCII
            else:
                self._client.login(user, password)
        except LoginError as error:
            if _BUSY.search(str(error)):
                raise IMAPClientError(words_of(error)) from error
            raise SignInRefused(words_of(error)) from error
        except UnicodeEncodeError as error:
            raise SignInRefused("This server takes no password with letters beyond ASCII.") from error

    def _fetched(self, uids: Sequence[int], what: list[str]) -> dict[int, dict[bytes, Any]]:
        return {uid: dict(found) for uid, found in self._client.fetch(uids, what).items() if uid in set(uids)}

    def _readable(self, seconds: float) -> None:
        """Wait until there is something to read. What was read ahead with the last answer counts: a socket that has
        been emptied into a buffer stays silent."""
        wire = self._client.socket()
        wire.setblocking(False)
        try:
            if self._client.read_ahead():
                return
            poller = select.poll()
            poller.register(wire.fileno(), select.POLLIN)
            poller.poll(seconds * 1000)
        finally:
            wire.settimeout(ANSWER_S)


def words_of(error: BaseException) -> str:
    """What a server said, for the person who set the mailbox up."""
    found = error.args[-1] if error.args else ""
    text = found.decode("utf-8", "replace") if isinstance(found, bytes) else str(found)
    if text.startswith("b'") and text.endswith("'"):
        text = text[2:-1]
    return " ".join(text.split())[:300] or type(error).__name__


class _Client(IMAPClient):  # type: ignore[misc]
    """IMAPClient over a connection that goes only where it may."""

    def __init__(self, server: Mapping[str, Any], trusted: frozenset[str]) -> None:
        self._trusted = trusted
        super().__init__(server["host"], int(server["port"]), ssl=server["security"] == "tls", timeout=ANSWER_S)
        self._imap.debug = 0  # it would write out every line, passwords too, for nobody

    def read_ahead(self) -> bool:
        """Whether something of what the server said lies in our buffer, or can be had at once."""
        try:
            return bool(self._imap.file.peek(1))
        except (ssl.SSLWantReadError, BlockingIOError):
            return False

    def announced(self) -> bool:
        """Whether the server has told of mails since this was asked last."""
        return bool(self._imap.untagged_responses.pop("EXISTS", None))

    def _create_IMAP4(self) -> imaplib.IMAP4:
        return _Wire(self.host, self.port, secure=self.ssl, trusted=self._trusted)


class _Wire(imaplib.IMAP4):
    def __init__(self, host: str, port: int, *, secure: bool, trusted: frozenset[str]) -> None:
        self._secure, self._trusted = secure, trusted
        super().__init__(host, port)

    def _create_socket(self, timeout: float | None = None) -> socket.socket:
        plain = dial(self.host, self.port, timeout_s=timeout or CONNECT_S, trusted=self._trusted)
        if not self._secure:
            return plain
        try:
            return ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise

    def read(self, size: int) -> bytes:
        if size > _LONGEST_LITERAL:
            raise self.abort(f"the server sends {size} bytes at once")
        return super().read(size)

    def readline(self) -> bytes:
        line = cast("IO[bytes]", self.file).readline(_LONGEST_LINE + 1)
        if len(line) > _LONGEST_LINE:
            raise self.abort("the server sends a line without an end")
        return line
