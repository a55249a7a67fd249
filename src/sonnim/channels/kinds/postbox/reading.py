"""Reads of a mail beside its entry: as it was sent, what it quoted, and the pictures that it has elsewhere."""

import threading
from datetime import datetime

from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from typing_extensions import TypedDict

from sonnim.accounts.http import rfc3339
from sonnim.channels.kinds.postbox.models import Letter
from sonnim.channels.kinds.postbox.queries import mailboxes_of
from sonnim.channels.kinds.postbox.rendering import Rendered, render
from sonnim.conversations.files import SHOWN_INLINE, sniff
from sonnim.conversations.models import Entry
from sonnim.kernel import http
from sonnim.kernel.errors import Invalid, NotFound, Throttled

PICTURE_MAX = 5 * 1024 * 1024
PICTURE_TIMEOUT_S = 8.0
_fetching = threading.BoundedSemaphore(3)  # of the eight threads that answer everybody
KEEP_S = 3600


class LetterObject(TypedDict):
    """A mail as it was sent.

    `html` may be shown in a frame that forbids every request: in place of addresses its pictures have names,
    `picture:<n>` for one of the `remote` that are elsewhere, `attachment:<id>` for a file of the desk. It is empty
    where there is none. `colored`: it brings colours of its own, and belongs on white paper.
    """

    html: str
    text: str
    quoted: str
    remote: int
    colored: bool
    subject: str
    message_id: str
    at: datetime


class SenderObject(TypedDict):
    """An address that the desk can write from."""

    id: int
    address: str
    name: str
    is_default: bool


def letter_object(*, shop_id: int, conversation_id: int, seq: int) -> LetterObject:
    """A mail for agents. Raises: NotFound, where no mail stands, or one whose wording is gone."""
    letter, entry = _letter(shop_id, conversation_id, seq)
    shown = _rendered(letter)
    return LetterObject(
        html=shown.html,
        text=entry.text,
        quoted=letter.quoted,
        remote=len(shown.remote),
        colored=shown.colored,
        subject=letter.subject,
        message_id=letter.message_id,
        at=rfc3339(letter.at),  # type: ignore[typeddict-item]
    )


def picture(*, shop_id: int, conversation_id: int, seq: int, number: int) -> tuple[str, bytes]:
    """Fetch one of the pictures that a mail has elsewhere: its type by its bytes, and these.

    Only what stands in that very mail can be fetched, and only from machines of the open internet.

    Raises:
        NotFound: no such picture.
        Throttled: enough pictures are on their way already; slow ones must not hold up the desk.
        Invalid: none that we take: elsewhere it is gone, too slow, too large, or no picture at all.
    """
    letter, _ = _letter(shop_id, conversation_id, seq)
    addresses = _addresses(letter)
    if not 0 <= number < len(addresses):
        raise NotFound("There is no such picture.")
    if not _fetching.acquire(timeout=1):
        raise Throttled("Other pictures are on their way.", retry_after=2)
    try:
        answer = http.fetch(
            addresses[number], timeout_s=PICTURE_TIMEOUT_S, max_bytes=PICTURE_MAX, headers={"Accept": "image/*"},
            trusted=settings.PICTURES_TRUSTED,
        )  # fmt: skip
    except (http.Refused, http.Unreachable):
        raise Invalid("This picture cannot be fetched.") from None
    finally:
        _fetching.release()
    kind, width, _ = sniff(SimpleUploadedFile("picture", answer.body)) if answer.body else ("", None, None)
    if answer.status != 200 or kind not in SHOWN_INLINE or width is None:
        raise Invalid("This picture cannot be fetched.")
    return kind, answer.body


def senders(*, shop_id: int) -> list[SenderObject]:
    """The addresses that a shop writes from, the usual one first."""
    return [
        SenderObject(id=box.pk, address=box.address, name=box.name, is_default=box.is_default)
        for box in mailboxes_of(shop_id)
        if box.active
    ]


def _letter(shop_id: int, conversation_id: int, seq: int) -> tuple[Letter, Entry]:
    entry = Entry.objects.filter(shop_id=shop_id, conversation_id=conversation_id, seq=seq, hidden="").first()
    letter = Letter.objects.filter(entry_id=entry.pk, shop_id=shop_id).order_by("id").first() if entry else None
    if entry is None or letter is None:
        raise NotFound("There is no such mail.")
    return letter, entry


def _rendered(letter: Letter) -> Rendered:
    return render(letter.html, letter.parts) if letter.html else Rendered("")


def _addresses(letter: Letter) -> list[str]:
    """Kept for a while, for a mail's pictures are asked for one by one."""
    key = f"letter-pictures:{letter.pk}"
    kept: list[str] | None = cache.get(key)
    if kept is None:
        kept = _rendered(letter).remote
        cache.set(key, kept, timeout=KEEP_S)
    return kept
