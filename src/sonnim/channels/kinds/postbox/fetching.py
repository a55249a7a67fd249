"""One mailbox, read by one thread: connect, store what is above the mark, move the mark, wait for more; for ever.

What is stored is on the disk before the mark moves past it. A cut in between means that it comes again, under the same
key, and is known already.
"""

import hashlib
import logging
import random
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import timedelta

from django.conf import settings
from django.db import connection
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from sonnim.channels import inbound
from sonnim.channels.inbound import Brought
from sonnim.channels.kinds.postbox import CHANNEL, oauth
from sonnim.channels.kinds.postbox.actions.reading import begin_folder, move_mark, note_backlog, note_state
from sonnim.channels.kinds.postbox.imap import Line, Mail, SignInRefused, words_of
from sonnim.channels.kinds.postbox.keys import secrets_of
from sonnim.channels.kinds.postbox.models import Mailbox
from sonnim.kernel import clock
from sonnim.letters.limits import MAX_BYTES

logger = logging.getLogger(__name__)
FIRST_DAYS = 30
"""How old mails may be that are taken when a mailbox is connected for the first time."""
IDLE_S = 9 * 60  # servers hang up after half an hour of silence, routers between us after ten minutes
POLL_S = 20  # where the server cannot push
BATCH, BATCH_BYTES = 50, 8 * 1024 * 1024
LONGEST_WAIT_S = 300
REFUSED_S, LONGEST_REFUSED_S = 15 * 60, 6 * 3600
"""How long to stay away after a refused sign-in: providers lock an account on which the same one is tried on and on."""
TRIES = 3  # for a mail that the server does not give us
DROPS = 2  # how often a line may end over mails before each of them is asked for by itself


class Gone(Exception):
    """The mailbox is no more, or not to be read."""


class MailboxReader:
    """Reads a mailbox until it is stopped. Its own node holds the lease; see `service`."""

    def __init__(self, mailbox: Mailbox) -> None:
        self.mailbox_id, self.shop_id = mailbox.pk, mailbox.shop_id
        self._end = threading.Event()
        self._line: Line | None = None
        self._failures = self._refusals = 0
        self._not_given, self._dropped = Counter[int](), Counter[int]()
        self._uidvalidity, self._place = 0, ""  # of the folder that is open
        self._thread = threading.Thread(target=self._run, name=f"mailbox-{mailbox.pk}", daemon=True)

    @property
    def alive(self) -> bool:
        return self._thread.is_alive()

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, whatever it is waiting for. Does not wait for that; see `join`."""
        self._end.set()
        if (line := self._line) is not None:
            line.cut()

    def join(self, timeout_s: float) -> None:
        """Wait until it has ended."""
        self._thread.join(timeout_s)

    def _run(self) -> None:
        while not self._end.is_set():
            try:
                self._session()
            except Gone:
                return
            except Exception as error:
                if not self._end.is_set():
                    self._failed(error)
            finally:
                self._line = None
                connection.close()
            self._end.wait(self._pause_s())

    def _session(self) -> None:
        mailbox = self._mailbox()
        if (rest_s := self._rest_s(mailbox)) > 0:
            self._end.wait(rest_s)
            return
        if mailbox.state == "new":
            self._note("connecting")
        with closing(self._connected(mailbox)) as line:
            self._line, self._refusals = line, 0
            folder = line.select(mailbox.folder)
            self._uidvalidity, self._place = folder.uidvalidity, _place_of(mailbox)
            begin_folder(shop_id=self.shop_id, mailbox_id=self.mailbox_id, uidvalidity=folder.uidvalidity)
            self._note("ok")
            self._failures = 0
            mailbox = self._marked()
            if mailbox.backlog > mailbox.fetched or not mailbox.seen_uid:
                self._take_backlog(line, mailbox, folder.uidnext - 1)
            while not self._end.is_set():
                self._take_new(line)
                connection.close()
                if not self._end.is_set():
                    line.wait(idle_s=IDLE_S, poll_s=POLL_S)

    def _connected(self, mailbox: Mailbox) -> Line:
        by_token = mailbox.imap.get("auth") == "xoauth2"
        secrets = secrets_of(mailbox)
        password = oauth.token_of(mailbox) if by_token else secrets.get("imap_password", "")
        try:
            return Line(mailbox.imap, password=password, trusted=settings.OUTGOING_TRUSTED)
        except SignInRefused:
            if not by_token:
                raise
            oauth.forget(secrets)  # it may have been taken back before its time; the next one is asked for anew
        return Line(mailbox.imap, password=oauth.token_of(mailbox), trusted=settings.OUTGOING_TRUSTED)

    def _take_backlog(self, line: Line, mailbox: Mailbox, newest: int) -> None:
        """What was there when the mailbox was connected, as far back as is of use. A ticker reads it in its own time,
        so that nobody who writes now waits behind it."""
        since = (mailbox.created_at - timedelta(days=FIRST_DAYS)).date()
        uids = line.uids_above(mailbox.seen_uid, since=since)
        note_backlog(shop_id=self.shop_id, mailbox_id=self.mailbox_id, left=len(uids))
        for batch in _slices(uids, BATCH):
            self._store_all(line, batch, backlog=True)
            if self._end.is_set():
                return
            self._raise_mark(batch[-1], fetched=len(batch), tell=True)
        self._raise_mark(newest)

    def _take_new(self, line: Line) -> None:
        mailbox = self._marked()
        for batch in _slices(line.uids_above(mailbox.seen_uid), BATCH):
            new = self._store_all(line, batch, backlog=False)
            if self._end.is_set():
                return
            self._raise_mark(batch[-1])
            inbound.process_now(*new)
        self._note("ok")

    def _note(self, state: str, note: str = "") -> None:
        note_state(shop_id=self.shop_id, mailbox_id=self.mailbox_id, state=state, note=note)

    def _raise_mark(self, uid: int, *, fetched: int = 0, tell: bool = False) -> None:
        move_mark(
            shop_id=self.shop_id,
            mailbox_id=self.mailbox_id,
            uidvalidity=self._uidvalidity,
            uid=uid,
            fetched=fetched,
            tell=tell,
        )

    def _store_all(self, line: Line, uids: Sequence[int], *, backlog: bool) -> list[int]:
        """Store mails; answers the numbers of those that are new. What came before a line ended is stored too."""
        new, waiting = list[int](), list[Brought]()
        try:
            for mail, reason in self._mails(line, uids):
                if self._end.is_set():
                    break
                waiting.append(self._brought(mail, reason, backlog=backlog))
                if sum(len(each.raw) for each in waiting) > BATCH_BYTES:
                    full, waiting = waiting, []
                    new += self._stored(full)
        finally:
            new += self._stored(waiting)
        return new

    def _brought(self, mail: Mail, reason: str, *, backlog: bool) -> Brought:
        meta: dict[str, object] = {"backlog": True} if backlog else {}
        if mail.received_at is not None:
            meta["received_at"] = clock.to_ms(mail.received_at)
        if reason:
            meta["not_whole"] = reason
        return Brought(f"{self._place}:{self._uidvalidity}:{mail.uid}", mail.raw, meta)

    def _stored(self, brought: Sequence[Brought]) -> list[int]:
        if not brought:
            return []
        kept = inbound.store_all(shop_id=self.shop_id, kind=CHANNEL.kind, source_id=self.mailbox_id, brought=brought)
        return [inbound_id for inbound_id, is_new in kept if is_new]

    def _mails(self, line: Line, uids: Sequence[int]) -> Iterator[tuple[Mail, str]]:
        """The mails, and of each that is not whole why."""
        sizes = self._sizes(line, uids)
        small = [uid for uid in uids if 0 <= sizes.get(uid, -1) <= MAX_BYTES]
        alone = {uid for uid in small if self._dropped[uid] >= DROPS}
        for batch in _batches([uid for uid in small if uid not in alone], sizes):
            try:
                found = self._asked(line, batch)
            except IMAPClientAbortError:
                raise
            except IMAPClientError:
                found = []
            yield from ((mail, "") for mail in found)
            given = {mail.uid for mail in found}
            for uid in (uid for uid in batch if uid not in given):
                yield from self._one(line, uid)
        for uid in sorted(alone):
            yield from self._one(line, uid)
        for uid in (uid for uid in uids if sizes.get(uid, 0) > MAX_BYTES):
            yield from self._one(
                line, uid, whole=False, reason="It is larger than 30 MB; only its headers were fetched."
            )

    def _one(self, line: Line, uid: int, *, whole: bool = True, reason: str = "") -> Iterator[tuple[Mail, str]]:
        """A mail by itself, of which there is something special. One that the server does not give us, or over which
        it ends the line, is set aside after some tries, so that others come."""
        said = "it ends the line."
        if self._dropped[uid] < DROPS + TRIES:
            try:
                found = self._asked(line, [uid], whole=whole)
                if found or not line.sizes([uid]):  # it is gone meanwhile
                    yield from ((mail, reason) for mail in found)
                    return
                raise IMAPClientError("nothing came.")
            except IMAPClientAbortError:
                raise
            except IMAPClientError as error:
                self._not_given[uid] += 1
                if self._not_given[uid] < TRIES:
                    raise
                said = words_of(error)
        yield Mail(uid, b"", None, whole=False), f"The server did not give it to us: {said}"

    def _asked(self, line: Line, uids: Sequence[int], *, whole: bool = True) -> list[Mail]:
        try:
            return line.mails(uids, headers_only=not whole)
        except (IMAPClientAbortError, OSError):
            self._dropped.update(uids)
            raise

    def _sizes(self, line: Line, uids: Sequence[int]) -> dict[int, int]:
        try:
            return line.sizes(uids)
        except IMAPClientAbortError:
            raise
        except IMAPClientError:
            if len(uids) == 1:
                return {uids[0]: 0}  # what cannot be measured cannot be given either, and is set aside
        found = dict[int, int]()
        for uid in uids:
            found |= self._sizes(line, [uid])
        return found

    def _mailbox(self) -> Mailbox:
        found = Mailbox.objects.filter(pk=self.mailbox_id, active=True).first()
        if found is None:
            raise Gone
        return found

    def _marked(self) -> Mailbox:
        """The mailbox, as long as its mark is one of the folder that is open: its owner may just have named another."""
        found = self._mailbox()
        if found.uidvalidity != self._uidvalidity or _place_of(found) != self._place:
            raise Gone
        return found

    def _failed(self, error: Exception) -> None:
        """A connection that ends now and then is no news; one that cannot be had, or a refusal, is."""
        self._failures += 1
        logger.info("mailbox %s: %s: %s", self.mailbox_id, type(error).__name__, error)
        if isinstance(error, SignInRefused | oauth.NoToken):
            self._failures = max(self._failures, 2)
        refused = isinstance(error, SignInRefused) or (isinstance(error, oauth.NoToken) and error.permanent)
        self._refusals += refused
        if self._failures < 2 and self._mailbox_was_ok():
            return
        try:
            self._note("refused" if refused else "failing", words_of(error))
        except Exception:
            logger.exception("the state of mailbox %s could not be noted", self.mailbox_id)

    def _mailbox_was_ok(self) -> bool:
        try:
            return Mailbox.objects.filter(pk=self.mailbox_id, state="ok").exists()
        except Exception:
            logger.exception("the state of mailbox %s could not be read", self.mailbox_id)
            return True

    def _rest_s(self, mailbox: Mailbox) -> float:
        """How long a mailbox is still to be left alone that has refused us: a server that begins anew does not count
        as another try. Whoever saves its settings has it tried at once."""
        if mailbox.state != "refused" or mailbox.checked_at is None:
            return 0
        length = min(LONGEST_REFUSED_S, REFUSED_S << min(9, max(0, self._refusals - 1)))
        rested_s: float = (clock.now() - mailbox.checked_at).total_seconds()
        return length - rested_s

    def _pause_s(self) -> float:
        """How long to wait before the next connection: the double each time, and never at the same moment as others."""
        longest: float = min(LONGEST_WAIT_S, 2**self._failures)
        return random.uniform(longest / 2, longest)  # noqa: S311


def _place_of(mailbox: Mailbox) -> str:
    """A short name of a folder. Many servers number each of their folders alike: UIDs alone say nothing of which."""
    place = "\n".join(str(each) for each in (mailbox.imap.get("host"), mailbox.imap.get("user"), mailbox.folder))
    return hashlib.sha256(place.encode()).hexdigest()[:16]


def _slices(uids: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for start in range(0, len(uids), size):
        yield uids[start : start + size]


def _batches(uids: Sequence[int], sizes: dict[int, int]) -> Iterator[list[int]]:
    """As many mails at once as fit into memory without being noticed."""
    batch, total = list[int](), 0
    for uid in uids:
        if batch and total + sizes[uid] > BATCH_BYTES:
            yield batch
            batch, total = [], 0
        batch.append(uid)
        total += sizes[uid]
    if batch:
        yield batch
