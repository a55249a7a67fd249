"""Writes of whoever reads mailboxes: who reads which one, how far, and how it goes."""

from datetime import timedelta

from django.db.models import F, Q

from sonnim.channels.kinds.postbox.keys import sealed, secrets_of
from sonnim.channels.kinds.postbox.models import Mailbox
from sonnim.channels.kinds.postbox.telling import tell_mailbox
from sonnim.eventlog import log
from sonnim.kernel import clock

LEASE_S = 60
_NOTE = 500


def take_lease(*, shop_id: int, mailbox_id: int, node: str) -> bool:
    """Be the one that reads a mailbox, for LEASE_S from now; answers whether it is so. Renewing is the same."""
    free = Q(lease_by__in=("", node)) | Q(lease_until__isnull=True) | Q(lease_until__lt=clock.now())
    with log.unit(shop_id):
        return bool(
            Mailbox.objects.filter(free, pk=mailbox_id).update(
                lease_by=node, lease_until=clock.now() + timedelta(seconds=LEASE_S)
            )
        )


def give_lease_back(*, shop_id: int, mailbox_id: int, node: str) -> None:
    """Let another node read it at once."""
    with log.unit(shop_id):
        Mailbox.objects.filter(pk=mailbox_id, lease_by=node).update(lease_by="", lease_until=None)


def note_state(*, shop_id: int, mailbox_id: int, state: str, note: str = "") -> None:
    """Note how reading goes; the desk is told when that is news.

    Args:
        state: connecting, ok, failing, or refused: the sign-in, which is not tried again for long.
        note: the server's own words.
    """
    with log.unit(shop_id) as work:
        mailbox = Mailbox.objects.filter(pk=mailbox_id, active=True).first()
        if mailbox is None:
            return
        news = (mailbox.state, mailbox.note) != (state, note[:_NOTE])
        mailbox.state, mailbox.note, mailbox.checked_at = state, note[:_NOTE], clock.now()
        if news:
            tell_mailbox(work, mailbox)
        mailbox.save(update_fields=["state", "note", "checked_at", "v"])


def begin_folder(*, shop_id: int, mailbox_id: int, uidvalidity: int) -> None:
    """A folder's UIDs mean what they meant, or, with another `uidvalidity`, nothing any more: reading starts over."""
    with log.unit(shop_id):
        Mailbox.objects.filter(pk=mailbox_id).filter(Q(uidvalidity__isnull=True) | ~Q(uidvalidity=uidvalidity)).update(
            uidvalidity=uidvalidity, seen_uid=0, backlog=0, fetched=0
        )


def note_backlog(*, shop_id: int, mailbox_id: int, left: int) -> None:
    """Note how many mails are still to be fetched of those that were there at the first connection."""
    with log.unit(shop_id) as work:
        mailbox = Mailbox.objects.filter(pk=mailbox_id).first()
        if mailbox is None or mailbox.backlog == mailbox.fetched + left:
            return
        mailbox.backlog = mailbox.fetched + left
        tell_mailbox(work, mailbox)
        mailbox.save(update_fields=["backlog", "v"])


def move_mark(
    *, shop_id: int, mailbox_id: int, uidvalidity: int, uid: int, fetched: int = 0, tell: bool = False
) -> None:
    """Everything up to `uid` is stored. The mark only rises, and only while the UIDs mean the same.

    Args:
        fetched: how many of the backlog that was.
        tell: let the desk see the progress.
    """
    with log.unit(shop_id) as work:
        above = Mailbox.objects.filter(pk=mailbox_id, uidvalidity=uidvalidity, seen_uid__lt=uid)
        if not above.update(seen_uid=uid, fetched=F("fetched") + fetched) or not tell:
            return
        mailbox = Mailbox.objects.get(pk=mailbox_id)
        tell_mailbox(work, mailbox)
        mailbox.save(update_fields=["v"])


def keep_refresh_token(*, shop_id: int, mailbox_id: int, was: str, now: str) -> None:
    """A server has replaced the refresh token of a mailbox."""
    with log.unit(shop_id):
        mailbox = Mailbox.objects.filter(pk=mailbox_id).first()
        if mailbox is None:
            return
        secrets = secrets_of(mailbox)
        if secrets.get("oauth_refresh") != was:  # somebody has signed in anew meanwhile
            return
        mailbox.secrets = sealed({**secrets, "oauth_refresh": now})
        mailbox.save(update_fields=["secrets"])
