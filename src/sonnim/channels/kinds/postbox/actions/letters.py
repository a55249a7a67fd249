"""What is kept of a mail of ours before it goes out, so that an answer that comes at once finds its conversation."""

from email.headerregistry import Address
from typing import Any

from sonnim.channels.kinds.postbox.mail import Mail
from sonnim.channels.kinds.postbox.models import BadAddress, Letter, Mailbox
from sonnim.conversations.actions.delivering import Outgoing, note_envelope
from sonnim.eventlog import log
from sonnim.kernel import clock

_REASON = 300


def keep_outgoing(*, outgoing: Outgoing, source: Mailbox, mail: Mail, flags: list[str]) -> int:
    """Keep a mail of ours and its envelope, once for each entry however often it is sent; answers the letter's id.

    Args:
        flags: what is to be remembered of the envelope; see shapes.EnvelopeObject.
    """
    with log.unit(outgoing.shop_id):
        letter, _ = Letter.objects.update_or_create(
            shop_id=outgoing.shop_id, entry_id=outgoing.entry_id, out=True,
            defaults={
                "mailbox": source, "conversation_id": outgoing.conversation_id, "message_id": mail.message_id,
                "references": " ".join(mail.references), "subject": mail.subject[:300],
                "sender": mail.sender.addr_spec.lower(), "recipient": next(iter(mail.recipients), "").lower()[:254],
                "automatic": mail.automatic, "at": clock.now(),
            },
        )  # fmt: skip
        note_envelope(
            shop_id=outgoing.shop_id,
            conversation_id=outgoing.conversation_id,
            entry_id=outgoing.entry_id,
            envelope=_envelope(mail, source.pk, flags),
        )
    return letter.pk


def note_provider_id(*, shop_id: int, letter_id: int, provider_id: str) -> None:
    """Keep the name that the provider gave a mail, by which its reports speak of it."""
    with log.unit(shop_id):
        Letter.objects.filter(pk=letter_id).update(provider_id=provider_id[:255])


def note_refusal(*, shop_id: int, address: str, status: str, reason: str) -> None:
    """Keep that an address takes no mail and never will, in its server's own words; nothing more is sent there."""
    with log.unit(shop_id):
        BadAddress.objects.update_or_create(
            shop_id=shop_id,
            address=address.lower()[:254],
            defaults={"status": status[:12], "reason": " ".join(reason.split())[:_REASON], "at": clock.now()},
        )


def _envelope(mail: Mail, source_id: int, flags: list[str]) -> dict[str, Any]:
    return {
        "subject": mail.subject,
        "sender": _shown(mail.sender),
        "to": [_shown(each) for each in mail.to],
        "cc": [_shown(each) for each in mail.cc],
        "bcc": [_shown(each) for each in mail.bcc],
        "source_id": source_id,
        "flags": flags,
    }


def _shown(address: Address) -> dict[str, str]:
    return {"name": address.display_name, "address": address.addr_spec}
