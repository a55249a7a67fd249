"""Mailboxes as clients see them: what the whole desk sees, and what those see who set them up. Neither has a secret."""

from datetime import datetime
from typing import Any

from typing_extensions import TypedDict

from sonnim.accounts.http import rfc3339
from sonnim.channels.kinds.postbox.keys import secrets_of
from sonnim.channels.kinds.postbox.models import Mailbox
from sonnim.kernel.errors import NotFound


class MailboxObject(TypedDict):
    """A mailbox as every agent sees it; `note` has the server's own words when `state` is failing or refused."""

    id: int
    v: int
    address: str
    name: str
    team_id: int | None
    is_default: bool
    active: bool
    state: str
    note: str
    backlog: int
    fetched: int
    checked_at: str | None


class ServerObject(TypedDict):
    """How a mail server is reached."""

    host: str
    port: int
    security: str
    user: str
    auth: str


class MailboxSettings(MailboxObject):
    """A mailbox with its settings; of what signs us in only which of it is there."""

    way_in: str
    imap: ServerObject | None
    folder: str
    way_out: str
    smtp: ServerObject | None
    provider: str
    signatures: dict[str, str]
    secrets: list[str]
    hooked: bool


def mailbox_object(mailbox: Mailbox) -> MailboxObject:
    """A mailbox for the desk."""
    return MailboxObject(
        id=mailbox.pk,
        v=mailbox.v,
        address=mailbox.address,
        name=mailbox.name,
        team_id=mailbox.team_id,
        is_default=mailbox.is_default,
        active=mailbox.active,
        state=mailbox.state,
        note=mailbox.note,
        backlog=mailbox.backlog,
        fetched=mailbox.fetched,
        checked_at=_moment(mailbox.checked_at),
    )


def mailbox_settings(mailbox: Mailbox) -> MailboxSettings:
    """A mailbox for those who set it up."""
    return MailboxSettings(
        **mailbox_object(mailbox),
        way_in=mailbox.way_in,
        imap=_server(mailbox.imap),
        folder=mailbox.folder,
        way_out=mailbox.way_out,
        smtp=_server(mailbox.smtp),
        provider=mailbox.provider,
        signatures=mailbox.signatures,
        secrets=_names_of_secrets(mailbox),
        hooked=bool(mailbox.hook),
    )


def _names_of_secrets(mailbox: Mailbox) -> list[str]:
    try:
        return sorted(secrets_of(mailbox))
    except NotFound:  # sealed by another installation: they have to be set again
        return []


def _server(settings: dict[str, Any]) -> ServerObject | None:
    if not settings:
        return None
    return ServerObject(
        host=settings.get("host", ""),
        port=settings.get("port", 0),
        security=settings.get("security", "tls"),
        user=settings.get("user", ""),
        auth=settings.get("auth", "password"),
    )


def _moment(at: datetime | None) -> str | None:
    return rfc3339(at) if at else None
