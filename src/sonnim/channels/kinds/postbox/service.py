"""Who reads which mailbox: each is read by one node, which holds a lease on it and gives it back when it stops."""

import logging
import secrets
import threading
from typing import TYPE_CHECKING

from django.db import connection

from sonnim.channels.kinds.postbox.actions.reading import LEASE_S, give_lease_back, take_lease
from sonnim.channels.kinds.postbox.models import Mailbox
from sonnim.kernel import clock, sql

if TYPE_CHECKING:
    from sonnim.channels.kinds.postbox.fetching import MailboxReader

logger = logging.getLogger(__name__)
LOOK_S = 1.0
RENEW_S = LEASE_S / 3
STOP_S = 5.0
Settings = tuple[object, ...]


class Supervisor:
    """Keeps a reader for each mailbox that is to be read here. What it holds belongs to its own thread.

    Args:
        node: under which name it holds its leases; by default one that nobody else has.
    """

    def __init__(self, node: str = "") -> None:
        self.node = node or secrets.token_hex(8)
        self._readers: dict[int, tuple[Settings, MailboxReader]] = {}
        self._renew_at: dict[int, float] = {}
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name="mailboxes", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End all readers, and let other nodes have the mailboxes at once."""
        self._end.set()
        self._thread.join(STOP_S)

    def look(self) -> None:
        """Start, stop and renew what is due."""
        wanted = {
            mailbox.pk: mailbox
            for mailbox in Mailbox.objects.filter(active=True, way_in="imap").order_by("id")
            if mailbox.imap.get("host")
        }
        for mailbox_id, (settings, reader) in list(self._readers.items()):
            mailbox = wanted.get(mailbox_id)
            if mailbox is None or _settings(mailbox) != settings or not reader.alive:
                self._let_go(mailbox_id)
            elif clock.monotonic() >= self._renew_at[mailbox_id] and not self._take(mailbox):
                self._let_go(mailbox_id)  # this node was away for so long that another one reads it
        for mailbox_id, mailbox in wanted.items():
            if mailbox_id not in self._readers and self._take(mailbox):
                self._begin(mailbox)

    def _begin(self, mailbox: Mailbox) -> None:
        from sonnim.channels.kinds.postbox.fetching import MailboxReader  # a shop without mailboxes needs none of it

        reader = MailboxReader(mailbox)
        self._readers[mailbox.pk] = (_settings(mailbox), reader)
        reader.start()

    def _take(self, mailbox: Mailbox) -> bool:
        self._renew_at[mailbox.pk] = clock.monotonic() + RENEW_S
        return take_lease(shop_id=mailbox.shop_id, mailbox_id=mailbox.pk, node=self.node)

    def _let_go(self, mailbox_id: int, *, within_s: float = STOP_S) -> None:
        _, reader = self._readers.pop(mailbox_id)
        reader.stop()
        reader.join(within_s)
        give_lease_back(shop_id=reader.shop_id, mailbox_id=mailbox_id, node=self.node)

    def _run(self) -> None:
        while not self._end.wait(LOOK_S):
            try:
                self.look()
            except Exception:  # the database is away: the next look begins again
                logger.exception("the mailboxes could not be looked at")
                connection.close()
        deadline = clock.monotonic() + STOP_S / 2  # for all together: some may just be dialling
        for _, reader in self._readers.values():
            reader.stop()
        for mailbox_id in list(self._readers):
            try:
                self._let_go(mailbox_id, within_s=max(0.0, deadline - clock.monotonic()))
            except Exception:  # its lease ends by itself
                logger.exception("mailbox %s could not be given back", mailbox_id)
        connection.close()


def _settings(mailbox: Mailbox) -> Settings:
    """What makes a reader begin anew when it changes."""
    return mailbox.imap, mailbox.folder, mailbox.secrets


_running: list[Supervisor] = []


def start() -> None:
    """Read the mailboxes of the installation, together with all other nodes."""
    # On SQLite there is no other node: after a crash, this one waits for nobody's lease.
    _running.append(Supervisor("alone" if sql.is_sqlite() else ""))
    _running[-1].start()


def stop() -> None:
    """End it."""
    while _running:
        _running.pop().stop()
