"""A shopper's wish to have a conversation sent to them."""

from sonnim.accounts.mail import can_send
from sonnim.contacts.models import Contact
from sonnim.conversations.state import State
from sonnim.eventlog import log
from sonnim.kernel.errors import Conflict, Invalid

OUTBOX_KIND = "transcript"


def request_transcript(*, contact: Contact, state: State, locale: str, timezone: str = "") -> None:
    """Have a conversation mailed to its shopper's own address, through the outbox.

    Only one that the desk has answered: else a stranger could have the shop send their words to anybody.

    Raises:
        Invalid: the shopper has left no address.
        Conflict: no mail server is set up, or nobody has answered yet.
    """
    if not contact.email:
        raise Invalid(fields={"email": "leave an address first"})
    if not can_send() or state.last_agent_id is None:
        raise Conflict("This conversation cannot be mailed; save it instead.")
    payload = {"shop_id": contact.shop_id, "contact_id": contact.pk, "locale": locale, "timezone": timezone}
    with log.unit(contact.shop_id) as work:
        work.enqueue(OUTBOX_KIND, payload, shop_id=contact.shop_id)
