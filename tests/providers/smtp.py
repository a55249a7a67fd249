"""Real SMTP servers on loopback, which take mail, refuse it, or fall silent at the moment that a test chooses."""

import asyncio
import base64
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType
from typing import Any, Self, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.providers.processes import free_port


@dataclass(frozen=True)
class Delivered:
    """A mail as the server took it."""

    sender: str
    recipients: list[str]
    content: bytes

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.content, policy=policy.default)


@dataclass
class Postman:
    """A server that takes mail.

    Attributes:
        refused: recipient → what it is refused with, such as "550 5.1.1 no such user".
        verdicts: what is answered to the next mails instead of "250"; a mail that is refused is not kept.
        silent: keeps a mail, and never says so.
        password: the only one with which a client may sign in; without one nobody needs to.
    """

    refused: dict[str, str] = field(default_factory=dict)
    verdicts: list[str] = field(default_factory=list)
    silent: bool = False
    password: str = ""
    token: str = ""
    taken: list[Delivered] = field(default_factory=list)
    port: int = field(default_factory=free_port)
    _news: threading.Condition = field(default_factory=threading.Condition)

    def __enter__(self) -> Self:
        self._controller = _Server(self)
        self._controller.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._controller.let_go(), self._controller.loop).result(10)
        self._controller.stop()

    @property
    def address(self) -> str:
        """As SONNIM_OUTGOING_TRUSTED names it."""
        return f"127.0.0.1:{self.port}"

    def settings(self, **changes: Any) -> dict[str, Any]:
        """As a mailbox keeps its server."""
        return {"host": "127.0.0.1", "port": self.port, "security": "none", "user": "", "auth": "password", **changes}

    def wait_for(self, n: int, *, timeout_s: float = 20) -> list[Delivered]:
        """The mails, once there are `n` of them."""
        with self._news:
            came = self._news.wait_for(lambda: len(self.taken) >= n, timeout_s)
        assert came, f"{len(self.taken)} mails of {n} came"
        return list(self.taken)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if (self.password or self.token) and not session.authenticated:
            return "530 5.7.0 Authentication required"
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.verdicts:
            return self.verdicts.pop(0)
        content = envelope.content
        assert isinstance(content, bytes)
        with self._news:
            self.taken.append(Delivered(envelope.mail_from or "", list(envelope.rcpt_tos), content))
            self._news.notify_all()
        if self.silent:
            await self._controller.closing.wait()
        return "250 2.0.0 Ok: queued"

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:
        given = base64.b64decode(args[1]) if len(args) > 1 else b""
        if self.token and given.endswith(b"\1auth=Bearer " + self.token.encode() + b"\1\1"):
            return AuthResult(success=True)
        await server.challenge_auth(b'{"status":"400"}')
        return AuthResult(success=False, handled=False)

    def signs_in(self, login: LoginPassword) -> bool:
        return bool(self.password) and login.password.decode() == self.password


class _Server(Controller):
    def __init__(self, postman: Postman) -> None:
        self._postman = postman
        self._clients: list[SMTP] = []
        self.closing = asyncio.Event()
        super().__init__(postman, hostname="127.0.0.1", port=postman.port, ready_timeout=10)

    def factory(self) -> SMTP:
        postman = self._postman

        def check(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
            return AuthResult(success=postman.signs_in(data), handled=False)

        client = SMTP(
            self.handler,
            hostname="postman",
            enable_SMTPUTF8=True,
            authenticator=check,
            auth_require_tls=False,
            data_size_limit=40 * 2**20,
        )
        self._clients.append(client)
        return client

    async def let_go(self) -> None:
        """End every connection: a loop that is closed around one complains about it much later."""
        self.closing.set()
        for client in self._clients:
            if client.transport is not None:
                cast(asyncio.Transport, client.transport).abort()
        tasks = [client._handler_coroutine for client in self._clients if client._handler_coroutine is not None]
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.sleep(0.01)  # the transports' own last words, in the loop's next rounds


Talk = Callable[[socket.socket], None]


@contextmanager
def listening(talk: Talk) -> Iterator[int]:
    """A server that does with each connection what it is told, such as nothing; answers its port."""
    door = socket.create_server(("127.0.0.1", 0))
    lines: list[socket.socket] = []

    def serve() -> None:
        with suppress(OSError):  # the door was closed
            while True:
                line, _ = door.accept()
                lines.append(line)
                threading.Thread(target=_quietly, args=(talk, line), daemon=True).start()

    serving = threading.Thread(target=serve, daemon=True)
    serving.start()
    try:
        yield door.getsockname()[1]
    finally:
        door.shutdown(socket.SHUT_RDWR)  # a door on which somebody waits is not closed by closing it
        serving.join()
        door.close()
        for line in lines:
            line.close()


def _quietly(talk: Talk, line: socket.socket) -> None:
    with suppress(OSError):  # the client has gone
        talk(line)


def mute(line: socket.socket) -> None:
    """Take the call, and say nothing."""
    line.recv(1)


def hangs_up(*, after: bytes) -> Talk:
    """A server that agrees to everything until `after` has come, and hangs up then."""

    def talk(line: socket.socket) -> None:
        line.sendall(b"220 here\r\n")
        seen, data = b"", False
        while part := line.recv(65_536):
            seen += part.upper()
            if after.upper() in seen:
                break
            if data or not seen.endswith(b"\r\n"):
                continue
            said = seen.splitlines()[-1]
            data = said.startswith(b"DATA")
            line.sendall(b"354 go on\r\n" if data else b"250 fine\r\n")
        line.close()

    return talk
