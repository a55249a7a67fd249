"""An address that has refused mail for good is written to once more: an agent wants it, or it is long ago."""

from datetime import timedelta

from sonnim.channels.kinds.postbox.models import BadAddress, Letter
from sonnim.conversations.models import Entry, Envelope
from sonnim.eventlog import log
from sonnim.kernel import clock
from sonnim.kernel.errors import NotFound

KEPT = timedelta(days=365)
_LETTERS = 50


def lift_addresses(*, shop_id: int, conversation_id: int, seq: int) -> None:
    """Let mail go again to whom a message goes; whoever refuses it again is noted again.

    Raises:
        NotFound: no such message.
    """
    with log.unit(shop_id):
        entry = (
            Entry.objects.filter(shop_id=shop_id, conversation_id=conversation_id, seq=seq)
            .select_related("conversation__contact")
            .first()
        )
        if entry is None:
            raise NotFound("There is no such message.")
        # One that was refused at once has no letter, and perhaps nobody was chosen for it: then our contact is meant.
        named = {entry.conversation.contact.email}
        chosen = Envelope.objects.filter(entry=entry).values_list("data", flat=True).first() or {}
        named |= {each["address"] for part in ("to", "cc", "bcc") for each in chosen.get(part, ())}
        letters = Letter.objects.filter(shop_id=shop_id, conversation_id=conversation_id).order_by("-id")[:_LETTERS]
        named |= {letter.recipient if letter.out else letter.sender for letter in letters}
        lifted = {address.lower() for address in named if address}
        BadAddress.objects.filter(shop_id=shop_id, address__in=lifted).delete()


def forget_old_refusals() -> None:
    """An address is not remembered for ever because it refused a mail: after KEPT it may say so again."""
    with log.unit():
        BadAddress.objects.filter(at__lte=clock.now() - KEPT).delete()
