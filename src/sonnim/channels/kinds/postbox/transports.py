"""The ways out of a mailbox: its own SMTP server, a provider's interface, or the installation's server."""

import logging
import re
from collections.abc import Callable
from email.errors import MessageError
from typing import Any

from django.conf import settings

from sonnim.channels.adapter import NotSent
from sonnim.channels.kinds.postbox import carriers, oauth, resting, smtp, wire
from sonnim.channels.kinds.postbox.house import may_send_as
from sonnim.channels.kinds.postbox.keys import secrets_of
from sonnim.channels.kinds.postbox.mail import Mail
from sonnim.channels.kinds.postbox.models import NOWHERE, Mailbox
from sonnim.channels.kinds.postbox.words import words
from sonnim.eventlog import outbox
from sonnim.kernel.errors import NotFound
from sonnim.kernel.http import Refused

logger = logging.getLogger(__name__)
Way = Callable[[], str]
"""Hands a mail over; answers the name that it has there."""
_SHORT_S = 60.0  # what a lease has to spare
_AMAZON = re.compile(r"\bOk ([0-9a-f-]{20,120})", re.IGNORECASE)
"""Amazon gives a mail another Message-ID than ours; its answer names it."""


def send(source: Mailbox, mail: Mail, *, locale: str) -> str:
    """Hand a mail over to what carries it for this mailbox; answers the name that it has there, if it has one.

    Args:
        locale: of the agent who is told when it cannot be done.

    Raises:
        NotSent: see adapter.
        Unsure: see adapter.
    """
    resting.require_awake(source)
    needed = smtp.time_for(mail.weight)
    if needed > _SHORT_S:
        outbox.extend_lease(by_s=needed)
    try:
        return _prepared(source, mail, locale)()
    except (smtp.Unavailable, carriers.Unavailable) as error:
        resting.rest(source, note=error.note)
        raise
    except Refused as error:
        host = str(source.smtp.get("host", "")) if source.way_out == "smtp" else settings.EMAIL_HOST
        raise NotSent(words("not_dialled", locale=locale, host=host), permanent=True) from error
    except (ValueError, MessageError) as error:
        raise NotSent(words("bad_mail", locale=locale, reason=error), permanent=True) from error
    except NotFound as error:  # the secrets were sealed by another installation
        raise NotSent(error.detail, permanent=True) from error


def _prepared(source: Mailbox, mail: Mail, locale: str) -> Way:
    """All that can be done before anybody is called: what goes wrong here has certainly not sent the mail."""
    try:
        return _WAYS[source.way_out](source, mail, locale)
    except (NotSent, Refused, ValueError, MessageError, NotFound):
        raise
    except Exception as error:
        logger.exception("a mail of mailbox %s could not be made ready", source.pk)
        reason = f"{type(error).__name__}: {error}"
        raise NotSent(words("bad_mail", locale=locale, reason=reason), permanent=False) from error


def _by_smtp(source: Mailbox, mail: Mail, locale: str) -> Way:
    return _handing_over(_server(source), source, mail)


def _by_house(source: Mailbox, mail: Mail, locale: str) -> Way:
    if not settings.EMAIL_HOST:
        raise NotSent(words("no_server", locale=locale), permanent=True)
    if not may_send_as(source.address):
        raise NotSent(words("not_ours", locale=locale, address=source.address), permanent=True)
    host, port = settings.EMAIL_HOST, settings.EMAIL_PORT
    security: Any = "tls" if port == 465 else "starttls" if settings.EMAIL_USE_TLS else "none"
    # The operator named this machine themselves, so it may be a private one.
    server = smtp.Server(
        host, port, security, settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD, trusted={f"{host}:{port}"}
    )
    return _handing_over(server, source, mail)


def _by_provider(source: Mailbox, mail: Mail, locale: str) -> Way:
    secrets = secrets_of(source)
    return lambda: carriers.hand_over(source.provider, secrets, mail, locale=locale)


def _nowhere(source: Mailbox, mail: Mail, locale: str) -> Way:
    raise NotSent(words("sample", locale=locale), permanent=True)


_WAYS: dict[str, Callable[[Mailbox, Mail, str], Way]] = {
    "smtp": _by_smtp,
    "house": _by_house,
    "provider": _by_provider,
    NOWHERE: _nowhere,
}


def _server(source: Mailbox) -> smtp.Server:
    named, secrets = source.smtp, secrets_of(source)
    auth: Any = named.get("auth", "password")
    return smtp.Server(
        host=str(named.get("host", "")),
        port=int(named.get("port") or 0),
        security=named.get("security", "starttls"),
        user=str(named.get("user", "")),
        secret=_token(source) if auth == "xoauth2" else secrets.get("smtp_password", ""),
        auth=auth,
        trusted=settings.OUTGOING_TRUSTED,
    )


def _token(source: Mailbox) -> str:
    try:
        return oauth.token_of(source)
    except oauth.NoToken as error:
        # An owner can sign in anew; until then the mail waits as it would for a server that is away.
        raise smtp.Unavailable(str(error)) from error


def _handing_over(server: smtp.Server, source: Mailbox, mail: Mail) -> Way:
    content = wire.as_bytes(mail)
    return lambda: _hand_over(server, source, mail, content)


def _hand_over(server: smtp.Server, source: Mailbox, mail: Mail, content: bytes) -> str:
    try:
        said = smtp.hand_over(
            server, sender=mail.sender.addr_spec, recipients=mail.recipients, content=content,
            utf8=wire.needs_utf8(mail),
        )  # fmt: skip
    except smtp.Refusal as error:
        if server.auth == "xoauth2" and error.code == 535:
            oauth.forget(secrets_of(source))  # the next attempt asks for a new token
        raise
    named = _AMAZON.search(said) if server.host.endswith(".amazonaws.com") else None
    return named[1] if named else ""
