"""A glance at a raw mail, for the quarantine: its sender and subject, whatever else is wrong with it."""

from sonnim.channels.adapter import Glance
from sonnim.channels.kinds.postbox.models import Mailbox
from sonnim.letters.addresses import first_address
from sonnim.letters.bounded import READER
from sonnim.letters.headers import split_head, words
from sonnim.letters.limits import Unreadable

_LONGEST = 200
_LONGEST_FIELD = 2_000  # a longer one is an attack on whoever decodes it, and no more of it is shown


def glance(head: bytes) -> Glance:
    """What the beginning of a mail says of itself."""
    try:
        fields, _ = split_head(head)
    except Unreadable:
        return Glance()
    sender = first_address((fields.raw("from") or b"")[:_LONGEST_FIELD])
    named = f"{sender.name} <{sender.address}>" if sender.name and sender.address else sender.name or sender.address
    return Glance(sender=named[:_LONGEST], about=words((fields.raw("subject") or b"")[:_LONGEST_FIELD])[:_LONGEST])


def text(head: bytes) -> str:
    """What the beginning of a mail says, read where it can do no harm; nothing, if that is refused."""
    try:
        letter = READER.read(head)
    except Unreadable:
        return ""
    return letter.text


def source_names(shop_id: int) -> dict[int, str]:
    """Mailbox → its address."""
    return dict(Mailbox.objects.filter(shop_id=shop_id).values_list("pk", "address"))
