"""Trying a mailbox's two servers before anything is saved: what each says, and what to do about it."""

import smtplib
import socket
import ssl
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout

from django.conf import settings
from imapclient.exceptions import IMAPClientError
from typing_extensions import TypedDict

from sonnim.channels.kinds.postbox import hints, imap, oauth
from sonnim.channels.kinds.postbox.shapes import ServerObject
from sonnim.kernel import clock
from sonnim.kernel.dialling import Refused, Unreachable, dial

PATIENCE_S = 25.0
_TIMEOUT_S = 12.0
_LONGEST = 300


class Outcome(TypedDict):
    """How one server answered.

    `step` is where it ended: connect, token, sign_in, folder; empty when all went well. `said` are the server's own
    words, `hint` a code for what to do.
    """

    ok: bool
    step: str
    said: str
    hint: str


FINE = Outcome(ok=True, step="", said="", hint="")


class Trial(TypedDict):
    """How both servers answered; null for one that was not asked."""

    imap: Outcome | None
    smtp: Outcome | None


def try_servers(
    incoming: ServerObject | None, outgoing: ServerObject | None, *, folder: str, secrets: Mapping[str, str]
) -> Trial:
    """Sign in at both at the same time; answers in PATIENCE_S. Nothing is read, sent or changed there."""
    pool = ThreadPoolExecutor(2, thread_name_prefix="mailbox-trial")
    first = pool.submit(_try_imap, incoming, folder, secrets) if incoming else None
    second = pool.submit(_try_smtp, outgoing, secrets) if outgoing else None
    pool.shutdown(wait=False)  # a server that hangs keeps its thread until the line's own time is over
    deadline = clock.monotonic() + PATIENCE_S
    return Trial(imap=_of(first, deadline), smtp=_of(second, deadline))


def _of(trial: Future[Outcome] | None, deadline: float) -> Outcome | None:
    if trial is None:
        return None
    try:
        return trial.result(timeout=max(0.0, deadline - clock.monotonic()))
    except FutureTimeout:
        return _failed("connect", "", "no_answer")


def _try_imap(server: ServerObject, folder: str, secrets: Mapping[str, str]) -> Outcome:
    password = _password(server, secrets, "imap_password")
    if not isinstance(password, str):
        return password
    line = None
    try:
        line = imap.Line(server, password=password, trusted=settings.OUTGOING_TRUSTED)
        line.select(folder)
    except imap.SignInRefused as error:
        return _failed("sign_in", str(error), hints.of_sign_in(str(error)))
    except (Refused, Unreachable, OSError) as error:
        return _failed("connect", _words(error), hints.of_connection(error, security=server["security"]))
    except IMAPClientError as error:
        if line is None:
            return _failed("connect", imap.words_of(error), "no_answer")
        said = imap.words_of(error)
        return _failed("folder", said, "switch_on" if hints.of_sign_in(said) == "switch_on" else "no_such_folder")
    finally:
        if line is not None:
            line.close()
    return FINE


def _try_smtp(server: ServerObject, secrets: Mapping[str, str]) -> Outcome:
    password = _password(server, secrets, "smtp_password")
    if not isinstance(password, str):
        return password
    line = _Smtp(server)
    try:
        line.connect(server["host"], server["port"])
        line.ehlo()
        if server["security"] == "starttls":
            line.starttls(context=ssl.create_default_context())
            line.ehlo()
    except smtplib.SMTPNotSupportedError as error:
        return _failed("connect", str(error), "no_starttls")
    except (Refused, Unreachable, OSError) as error:  # smtplib's own errors are OSErrors too
        return _failed("connect", _words(error), hints.of_connection(error, security=server["security"]))
    try:
        _sign_in(line, server, password)
    except smtplib.SMTPResponseException as error:
        said = _words(error)
        return _failed("sign_in", said, hints.of_sign_in(said))
    except (smtplib.SMTPException, OSError, ValueError) as error:
        return _failed("sign_in", _words(error), hints.of_sign_in(_words(error)))
    finally:
        line.close()
    return FINE


def _sign_in(line: "_Smtp", server: ServerObject, password: str) -> None:
    user = server["user"]
    if not user:
        line.noop()
    elif server["auth"] == "xoauth2":
        line.auth("XOAUTH2", lambda challenge=None: f"user={user}\1auth=Bearer {password}\1\1" if not challenge else "")
    else:
        line.login(user, password)


def _password(server: ServerObject, secrets: Mapping[str, str], name: str) -> str | Outcome:
    if server["auth"] != "xoauth2":
        return secrets.get(name, "")
    try:
        return oauth.grant(secrets).token
    except oauth.NoToken as error:
        return _failed("token", str(error), "token_refused" if error.permanent else "no_answer")


def _failed(step: str, said: str, hint: str) -> Outcome:
    return Outcome(ok=False, step=step, said=said[:_LONGEST], hint=hint)


def _words(error: BaseException) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        told = error.smtp_error
        text = told.decode("utf-8", "replace") if isinstance(told, bytes) else str(told)
        return f"{error.smtp_code} {' '.join(text.split())}"
    if isinstance(error, ssl.SSLError) and error.reason:
        return str(getattr(error, "verify_message", "") or error.reason)
    return " ".join(str(getattr(error, "strerror", "") or error).split()) or type(error).__name__


class _Smtp(smtplib.SMTP):
    """A connection that goes only where it may, TLS from the beginning or not."""

    def __init__(self, server: ServerObject) -> None:
        super().__init__(timeout=_TIMEOUT_S)
        self._secure = server["security"] == "tls"
        self._host = server["host"]  # what STARTTLS holds the certificate against

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        plain = dial(host, port, timeout_s=timeout, trusted=settings.OUTGOING_TRUSTED)
        if not self._secure:
            return plain
        try:
            return ssl.create_default_context().wrap_socket(plain, server_hostname=host)
        except BaseException:
            plain.close()
            raise
