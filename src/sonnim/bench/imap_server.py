"""A small IMAP server on a real socket: enough of IMAP4rev1, IDLE and XOAUTH2 for a reader, and all its mishaps.

Measurements and tests use it.
"""

import base64
import re
import socket
import socketserver
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

_FETCH = re.compile(rb"UID FETCH (\S+) \((.*)\)")
_SEARCH = re.compile(rb"UID SEARCH (.*)")
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@dataclass(frozen=True)
class Stored:
    """A mail in the folder."""

    uid: int
    raw: bytes
    at: datetime


class ImapServer:
    """A server with one folder, INBOX; use it as a context.

    Attributes:
        mails: what is in the folder.
        commands: what clients have said, without tags and passwords.
        before_fetch: called with the UIDs before their bodies are sent; may raise ConnectionError to cut the line.
        refuses: UIDs whose bodies the server does not give.
        withholds: UIDs in place of whose bodies it says NIL.
        sizes: UIDs that are told to be larger than they are.
        silent: answers nothing at all, while it is set.
        tokens: access tokens that let in.
    """

    def __init__(
        self,
        *,
        user: str = "shop",
        password: str = "open sesame",  # noqa: S107 - it lets in here alone
        idle: bool = True,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.user, self.password, self.tokens = user, password, set[str]()
        self.capabilities = "IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=XOAUTH2 UIDPLUS ID" + (" IDLE" if idle else "")
        if tls is not None:
            self.capabilities += " STARTTLS"
        self.tls = tls
        self.uidvalidity, self.uidnext = 1000, 1
        self.mails: list[Stored] = []
        self.commands: list[str] = []
        self.before_fetch: Callable[[list[int]], None] = lambda uids: None
        self.refuses, self.withholds, self.sizes = set[int](), set[int](), dict[int, int]()
        self.silent = threading.Event()
        self.changed = threading.Condition()
        self.lines: set[socket.socket] = set()
        self._server = _Listener(("127.0.0.1", 0), _Session)
        self._server.imap = self
        self.port: int = self._server.server_address[1]
        self.host_and_port = f"127.0.0.1:{self.port}"

    def __enter__(self) -> "ImapServer":
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.silent.clear()
        self._server.shutdown()
        self.cut()
        self._server.server_close()

    def settings(self, *, auth: str = "password", security: str = "none") -> dict[str, Any]:
        """What a mailbox on this server has as its settings."""
        return {"host": "127.0.0.1", "port": self.port, "security": security, "user": self.user, "auth": auth}

    def put(self, raw: bytes, *, at: datetime | None = None) -> int:
        """Let a mail arrive; answers its UID."""
        with self.changed:
            uid, self.uidnext = self.uidnext, self.uidnext + 1
            self.mails.append(Stored(uid, raw, at or datetime.now(UTC)))
            self.changed.notify_all()
        return uid

    def begin_anew(self) -> None:
        """The server loses its numbering: the same mails have other UIDs, under another UIDVALIDITY."""
        with self.changed:
            self.uidvalidity += 1
            self.mails = [Stored(n, mail.raw, mail.at) for n, mail in enumerate(self.mails, 1)]
            self.uidnext = len(self.mails) + 1
        self.cut()

    def cut(self) -> None:
        """Cut all lines."""
        for line in list(self.lines):
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        with self.changed:
            self.changed.notify_all()

    def said(self, word: str) -> int:
        """How often a command came."""
        return sum(command.startswith(word) for command in self.commands)


class _Listener(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    imap: ImapServer


class _Session(socketserver.StreamRequestHandler):
    server: _Listener

    def handle(self) -> None:
        self.imap = self.server.imap
        self.selected, self.known = False, 0  # how many mails this client has been told of
        self.imap.lines.add(self.connection)
        try:
            self._say(b"* OK ready")
            while self._step():
                pass
        except (OSError, ValueError):
            pass  # the client has gone, or was cut off
        finally:
            self.imap.lines.discard(self.connection)

    def _step(self) -> bool:
        line = self.rfile.readline()
        if not line:
            return False
        while self.imap.silent.is_set():
            time.sleep(0.05)
        tag, _, command = line.rstrip(b"\r\n").partition(b" ")
        name = command.split(b" ")[0].upper()
        hidden = name in (b"LOGIN", b"AUTHENTICATE")
        self.imap.commands.append((name if hidden else command).decode())
        method = getattr(self, f"_{name.decode().lower()}", None)
        if method is None:
            self._say(tag + b" BAD what?")
            return True
        return bool(method(tag, command))

    def _say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")
        self.wfile.flush()

    def _ok(self, tag: bytes, text: bytes = b"done") -> bool:
        if self.selected and self.known != len(self.imap.mails):
            self._exists()
        self._say(tag + b" OK " + text)
        return True

    def _capability(self, tag: bytes, command: bytes) -> bool:
        self._say(b"* CAPABILITY " + self.imap.capabilities.encode())
        return self._ok(tag)

    def _noop(self, tag: bytes, command: bytes) -> bool:
        return self._ok(tag)

    def _id(self, tag: bytes, command: bytes) -> bool:
        self._say(b"* ID NIL")
        return self._ok(tag)

    def _logout(self, tag: bytes, command: bytes) -> bool:
        self._say(b"* BYE")
        self._ok(tag)
        return False

    def _starttls(self, tag: bytes, command: bytes) -> bool:
        assert self.imap.tls is not None
        self._ok(tag)
        self.imap.lines.discard(self.connection)
        self.connection = self.request = self.imap.tls.wrap_socket(self.connection, server_side=True)
        self.imap.lines.add(self.connection)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb")
        return True

    def _login(self, tag: bytes, command: bytes) -> bool:
        user, _, password = command.decode().removeprefix("LOGIN ").partition(" ")
        return self._signed_in(tag, (user.strip('"'), password.strip('"')) == (self.imap.user, self.imap.password))

    def _authenticate(self, tag: bytes, command: bytes) -> bool:
        _, mechanism, *first = command.decode().split(" ")
        if not first:
            self._say(b"+ ")
            first = [self.rfile.readline().decode().strip()]
        given = base64.b64decode(first[0]).decode()
        if mechanism.upper() == "PLAIN":
            return self._signed_in(tag, given.split("\0")[1:] == [self.imap.user, self.imap.password])
        user, _, rest = given.removeprefix("user=").partition("\1")
        token = rest.removeprefix("auth=Bearer ").strip("\1")
        if user == self.imap.user and token in self.imap.tokens:
            return self._signed_in(tag, True)
        self._say(b"+ " + base64.b64encode(b'{"status":"400"}'))
        self.rfile.readline()
        return self._signed_in(tag, False)

    def _signed_in(self, tag: bytes, known: bool) -> bool:
        if known:
            return self._ok(tag, b"welcome")
        self._say(tag + b" NO [AUTHENTICATIONFAILED] Application-specific password required")
        return True

    def _select(self, tag: bytes, command: bytes) -> bool:
        if b'"INBOX"' not in command and not command.endswith(b"INBOX"):
            self._say(tag + b" NO [NONEXISTENT] Mailbox doesn't exist: " + command.split(b" ")[1])
            return True
        for line in (
            b"* FLAGS (\\Seen)",
            b"* OK [UIDVALIDITY %d] valid" % self.imap.uidvalidity,
            b"* OK [UIDNEXT %d] next" % self.imap.uidnext,
        ):
            self._say(line)
        self._exists()
        self.selected = True
        return self._ok(tag, b"[READ-ONLY] open")

    def _exists(self) -> None:
        self.known = len(self.imap.mails)
        self._say(b"* %d EXISTS" % self.known)

    _examine = _select

    def _uid(self, tag: bytes, command: bytes) -> bool:
        if (search := _SEARCH.fullmatch(command)) is not None:
            found = " ".join(str(mail.uid) for mail in self._searched(search[1].decode()))
            self._say(f"* SEARCH {found}".rstrip().encode())
            return self._ok(tag)
        fetch = _FETCH.fullmatch(command)
        if fetch is None:
            self._say(tag + b" BAD not known here")
            return True
        return self._fetch(tag, self._among(fetch[1].decode()), fetch[2])

    def _fetch(self, tag: bytes, mails: list[Stored], what: bytes) -> bool:
        body = b"BODY.PEEK[]" in what
        if body:
            self.imap.before_fetch([mail.uid for mail in mails])
            if self.imap.refuses & {mail.uid for mail in mails}:
                self._say(tag + b" NO [SERVERBUG] cannot read this one")
                return True
        for n, mail in enumerate(mails, 1):
            self._say(self._described(n, mail, what, body))
        return self._ok(tag)

    def _described(self, n: int, mail: Stored, what: bytes, body: bool) -> bytes:
        parts = [b"UID %d" % mail.uid]
        if b"RFC822.SIZE" in what:
            parts.append(b"RFC822.SIZE %d" % self.imap.sizes.get(mail.uid, len(mail.raw)))
        if b"INTERNALDATE" in what:
            parts.append(
                f'INTERNALDATE "{mail.at.day:2d}-{_MONTHS[mail.at.month - 1]}-{mail.at:%Y %H:%M:%S} +0000"'.encode()
            )
        if body and mail.uid in self.imap.withholds:
            parts.append(b"BODY[] NIL")
        elif body:
            parts.append(b"BODY[] {%d}\r\n%b" % (len(mail.raw), mail.raw))
        elif b"BODY.PEEK[HEADER]" in what:
            head = mail.raw.split(b"\r\n\r\n", 1)[0] + b"\r\n\r\n"
            parts.append(b"BODY[HEADER] {%d}\r\n%b" % (len(head), head))
        return b"* %d FETCH (%b)" % (n, b" ".join(parts))

    def _idle(self, tag: bytes, command: bytes) -> bool:
        self._say(b"+ idling")
        done = threading.Event()
        told = threading.Thread(target=self._tell_news, args=(done,), daemon=True)
        told.start()
        line = self.rfile.readline()
        done.set()
        with self.imap.changed:
            self.imap.changed.notify_all()
        told.join(5)
        return bool(line) and self._ok(tag, b"idle ends")

    def _tell_news(self, done: threading.Event) -> None:
        with suppress(OSError, ValueError):
            while not done.is_set():
                with self.imap.changed:
                    if len(self.imap.mails) == self.known:
                        self.imap.changed.wait(1)
                if len(self.imap.mails) != self.known and not done.is_set():
                    self._exists()

    def _among(self, uids: str) -> list[Stored]:
        wanted = set[int]()
        for piece in uids.split(","):
            first, _, last = piece.partition(":")
            newest = max((mail.uid for mail in self.imap.mails), default=0)
            low, high = (newest if each == "*" else int(each) for each in (first, last or first))
            wanted |= set(range(min(low, high), max(low, high) + 1))
        return [mail for mail in self.imap.mails if mail.uid in wanted]

    def _searched(self, criteria: str) -> list[Stored]:
        words = criteria.split(" ")
        found = self._among(words[words.index("UID") + 1]) if "UID" in words else list(self.imap.mails)
        if "SINCE" in words:
            day, month, year = words[words.index("SINCE") + 1].strip('"').split("-")
            since = datetime(int(year), _MONTHS.index(month) + 1, int(day), tzinfo=UTC)
            found = [mail for mail in found if mail.at >= since]
        return found
