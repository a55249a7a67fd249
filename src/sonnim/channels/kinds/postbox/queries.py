"""Reads of mailboxes, and of the letters among which each new one is looked for: in SQL, for thousands come at once."""

from typing import NamedTuple

from django.db import connection

from sonnim.channels.kinds.postbox.models import Mailbox
from sonnim.kernel.errors import NotFound

MAX_MAILBOXES = 100


class Source(NamedTuple):
    """A mailbox that a mail came by."""

    pk: int
    address: str
    team_id: int | None


class Alike(NamedTuple):
    """A mail that is kept under a name; see Letter."""

    conversation_id: int
    entry_id: int | None
    digest: str
    subject: str


def sources_of(shop_id: int) -> dict[int, Source]:
    """All mailboxes of a shop, by their ids."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, address, team_id FROM postbox_mailbox WHERE shop_id = %s", [shop_id])
        return {row[0]: Source(*row) for row in cursor.fetchall()}


def letters_alike(*, shop_id: int, message_id: str, sender: str, digest: str) -> list[Alike]:
    """Mails of theirs under this name that may be the same: of this sender, saying this, or not known to say else."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conversation_id, entry_id, digest, subject FROM postbox_letter WHERE shop_id = %s "
            "AND message_id = %s AND NOT \"out\" AND sender IN ('', %s) AND digest IN ('', %s) ORDER BY id",
            [shop_id, message_id, sender, digest],
        )
        return [Alike(*row) for row in cursor.fetchall()]


def mailboxes_of(shop_id: int) -> list[Mailbox]:
    """All mailboxes of a shop, the default one first; there are at most MAX_MAILBOXES."""
    return list(Mailbox.objects.filter(shop_id=shop_id).order_by("-is_default", "address", "id")[:MAX_MAILBOXES])


def mailbox_by_id(shop_id: int, mailbox_id: int) -> Mailbox:
    """Raises: NotFound."""
    mailbox = Mailbox.objects.filter(pk=mailbox_id, shop_id=shop_id).first()
    if mailbox is None:
        raise NotFound("There is no such mailbox.")
    return mailbox
