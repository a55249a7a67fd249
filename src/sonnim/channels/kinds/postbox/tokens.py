"""What our own mails carry so that an answer finds its conversation: keyed marks that nobody else can make.

A mark stands in the Message-ID and behind a plus in the address that answers go to. It names who it was made for; 128
bits of a keyed hash over that and the shop say that we made it. It proves which mail is answered, never who answers.
"""

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass
from typing import Literal

from django.conf import settings

Kind = Literal["c", "a", "e"]
_MARK = re.compile(r"([cae])([0-9a-z]{1,13})\.([0-9a-z]{1,13})\.([a-z2-7]{26})")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_LOCAL_PART = 64
OURS = "sonnim"


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark that is ours.

    Attributes:
        kind: "c": a contact answers; "a": an agent answers from their own mail client; "e": a Message-ID.
        conversation_id: where the answer belongs.
        person_id: the contact or the agent it was made for; of a Message-ID the entry's id.
    """

    kind: Kind
    conversation_id: int
    person_id: int


def mark(kind: Kind, *, shop_id: int, conversation_id: int, person_id: int) -> str:
    """The mark as text: lower-case letters, digits and dots, at most 55 of them."""
    body = f"{kind}{_base36(conversation_id)}.{_base36(person_id)}"
    return f"{body}.{_seal(body, shop_id)}"


def read(text: str, *, shop_id: int) -> Mark | None:
    """The mark in a text, if there is one that we made for this shop."""
    for found in _MARK.finditer(text.lower()):
        kind, conversation, person, seal = found.groups()
        body = f"{kind}{conversation}.{person}"
        if hmac.compare_digest(seal, _seal(body, shop_id)):
            return Mark(kind, int(conversation, 36), int(person, 36))  # type: ignore[arg-type]
    return None


def message_id(address: str, *, shop_id: int, conversation_id: int, entry_id: int) -> str:
    """The Message-ID of a mail of ours, with its angle brackets; the same for the same entry, however often sent."""
    text = mark("e", shop_id=shop_id, conversation_id=conversation_id, person_id=entry_id)
    return f"<{OURS}.{text}@{address.rpartition('@')[2]}>"


def reply_address(address: str, text: str) -> str:
    """A mailbox's address with a mark behind a plus; the bare address where the mark has no room."""
    local, _, domain = address.rpartition("@")
    marked = f"{local.partition('+')[0]}+{text}"
    return f"{marked}@{domain}" if len(marked) <= _LOCAL_PART else address


def _seal(body: str, shop_id: int) -> str:
    key = hashlib.blake2b(settings.SECRET_KEY.encode(), person=b"sonnim-mail-mark", digest_size=32).digest()
    digest = hmac.new(key, f"{shop_id}:{body}".encode(), hashlib.sha256).digest()[:16]
    return base64.b32encode(digest).decode().rstrip("=").lower()


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
    return digits or "0"
