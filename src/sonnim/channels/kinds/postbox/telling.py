"""How the desk learns of a mailbox."""

from sonnim.channels.kinds.postbox.models import Mailbox
from sonnim.channels.kinds.postbox.shapes import mailbox_object
from sonnim.eventlog.log import Unit


def tell_mailbox(work: Unit, mailbox: Mailbox) -> None:
    """Publish how a mailbox is now; the caller has set its fields, and saves them and its `v` afterwards."""
    mailbox.v = work.claim(mailbox.shop_id)
    put = {"mailboxes": [mailbox_object(mailbox)]}
    work.publish(mailbox.shop_id, mailbox.v, "mailbox.saved", desk_put=put)
