"""To whom an agent sends a letter-like message, checked; whoever is named nowhere is for the channel to choose."""

from typing import Any

import msgspec

from sonnim.accounts.rules import checked_email
from sonnim.conversations.models import Envelope
from sonnim.kernel.errors import Invalid

MAX_SUBJECT = 200
MAX_RECIPIENTS = 50
_ADDRESS = 254
_json = msgspec.json.Encoder()


class Recipients(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """What an agent chose; `source_id` is which of the channel's own accounts it goes out from."""

    subject: str = ""
    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    bcc: tuple[str, ...] = ()
    source_id: int | None = None


def envelope_of(chosen: Recipients | None) -> str:
    """The choice as `Post.envelope` wants it; empty without one.

    Raises:
        Invalid: an impossible address, too many of them, or a subject of several lines or over 200 characters.
    """
    if chosen is None:
        return ""
    if len(chosen.to) + len(chosen.cc) + len(chosen.bcc) > MAX_RECIPIENTS:
        raise Invalid(f"A message goes to at most {MAX_RECIPIENTS} addresses.", fields={"to": "too many"})
    if len(chosen.subject) > MAX_SUBJECT or any(ord(letter) < 32 or ord(letter) == 127 for letter in chosen.subject):
        raise Invalid(fields={"subject": f"one line of at most {MAX_SUBJECT} characters"})
    kept: dict[str, Any] = {"subject": chosen.subject.strip(), "source_id": chosen.source_id}
    known: set[str] = set()
    for name in ("to", "cc", "bcc"):
        addresses = [checked_email(each) for each in getattr(chosen, name)]
        kept[name] = [{"name": "", "address": each} for each in dict.fromkeys(addresses) if each not in known]
        known.update(addresses)
    return _json.encode(kept).decode()


def unfinished(chosen: Recipients) -> dict[str, Any]:
    """A choice as a draft keeps it: perhaps half an address, but no more of them than a message takes.

    Raises:
        Invalid: more or longer than any message could have.
    """
    addresses = (*chosen.to, *chosen.cc, *chosen.bcc)
    if len(addresses) > MAX_RECIPIENTS or any(len(each) > _ADDRESS for each in addresses):
        raise Invalid(f"A message goes to at most {MAX_RECIPIENTS} addresses.", fields={"to": "too many"})
    if len(chosen.subject) > MAX_SUBJECT:
        raise Invalid(fields={"subject": f"at most {MAX_SUBJECT} characters"})
    kept: dict[str, Any] = msgspec.to_builtins(chosen)
    return kept


def envelopes_of(*, shop_id: int, conversation_id: int, from_seq: int, to_seq: int) -> list[dict[str, Any]]:
    """The envelopes of a stretch of a timeline, as EnvelopeObjects; the caller may see the conversation."""
    found = Envelope.objects.filter(
        shop_id=shop_id, conversation_id=conversation_id, entry__seq__gte=from_seq, entry__seq__lte=to_seq
    )
    return [{"entry_id": entry_id, **data} for entry_id, data in found.values_list("entry_id", "data")[:500]]
