"""Mail that a mail server hands over on a pipe."""

import hashlib

from sonnim.channels import inbound
from sonnim.channels.kinds.postbox import CHANNEL
from sonnim.channels.kinds.postbox.models import Mailbox
from sonnim.kernel.errors import NotFound
from sonnim.letters.limits import MAX_BYTES, MAX_HEADERS_BYTES

TOO_LARGE = "It is larger than 30 MB; only its headers were kept."


def take(raw: bytes, *, address: str = "") -> None:
    """Keep a mail; on return it is on the disk. The same bytes again change nothing.

    Args:
        address: of the mailbox that it is for, as the mail server was given it; where there is only one, it may be
            left out.

    Raises:
        NotFound: no such mailbox, or several and no address.
    """
    mailbox = _mailbox(address.strip().lower())
    whole = len(raw) <= MAX_BYTES
    inbound.store(
        shop_id=mailbox.shop_id,
        kind=CHANNEL.kind,
        source_id=mailbox.pk,
        key=f"sha256:{hashlib.sha256(raw).hexdigest()}",
        raw=raw if whole else headers_of(raw),
        meta={} if whole else {"not_whole": TOO_LARGE},
    )


def headers_of(raw: bytes) -> bytes:
    """The headers of a mail that is too large to be kept."""
    head = raw[:MAX_HEADERS_BYTES].replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    return head.replace(b"\n", b"\r\n") + b"\r\n\r\n"


def _mailbox(address: str) -> Mailbox:
    known = Mailbox.objects.filter(active=True).order_by("id")
    if address:
        local, _, domain = address.rpartition("@")
        known = known.filter(address__in=[address, f"{local.partition('+')[0]}@{domain}"])
    found = list(known[:2])
    if len(found) != 1:
        raise NotFound(
            "There are several mailboxes: say which with --mailbox."
            if found
            else f"There is no mailbox {address}, or it is switched off."
            if address
            else "There is no mailbox yet."
        )
    return found[0]
