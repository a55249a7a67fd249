"""What of a mail goes into a timeline: its words, its envelope, and the name by which it is known again."""

import hashlib
import re

import msgspec

from sonnim.channels.kinds.postbox import CHANNEL
from sonnim.kernel.text import storable
from sonnim.letters.addresses import Address
from sonnim.letters.letter import Letter

_SHOWN, _NAME, _SUBJECT = 50, 200, 300
_SOUND_ID = re.compile(r"<[^<>\s@]{3,200}@[^<>\s@]{1,200}>")
_json = msgspec.json.Encoder()


def key_of(letter: Letter, raw: bytes) -> str:
    """The Message-ID of a mail; where it has none that could be its own, a name made of its bytes."""
    if _SOUND_ID.fullmatch(letter.message_id) is not None:
        return letter.message_id[:255]
    return f"sha256:{hashlib.sha256(raw).hexdigest()}"


def digest_of(letter: Letter) -> str:
    """A fingerprint of what a mail says and brings, however it is wrapped: some programs repeat their Message-IDs, and
    a copy that came by another mailbox was perhaps wrapped anew on its way."""
    found = hashlib.blake2b(digest_size=16)
    for part in (letter.subject, letter.text or letter.html, *(file.filename for file in letter.files)):
        found.update(" ".join(part.split()).encode("utf-8", "replace") + b"\0")
    for file in letter.files:
        found.update(hashlib.blake2b(file.content, digest_size=16).digest())
    return found.hexdigest()


def shown_text(letter: Letter, *, threaded: bool) -> str:
    """What is shown: of an answer its new words; a mail of a subject alone says that."""
    text = letter.reply if threaded and letter.reply.strip() else letter.text
    return storable(text.strip() or ("" if letter.files else letter.subject))[: CHANNEL.max_text]


def envelope_json(
    letter: Letter, *, source_id: int | None, threaded: bool, stranger: bool, spoofed: bool, incomplete: bool
) -> str:
    """The mail's envelope, as `Post.envelope` wants it.

    Args:
        threaded: it is shown as an answer, what it quotes folded away.
        stranger: nobody knows whether its sender takes part.
        spoofed: its server says that it is not from where it claims to be.
        incomplete: not all of its files were kept.
    """
    flags = {
        "unverified": stranger,
        "spoofed": spoofed,
        "automatic": letter.automatic,
        "html": bool(letter.html.strip()),
        "quoted": threaded and bool(letter.quoted.strip()) and bool(letter.reply.strip()),
        "files_left_out": incomplete,
    }
    own = letter.sender.address.lower()
    shown = {
        "subject": subject_of(letter),
        "sender": _address(letter.sender),
        "to": [_address(each) for each in letter.to[:_SHOWN]],
        "cc": [_address(each) for each in letter.cc[:_SHOWN]],
        "reply_to": [_address(each) for each in letter.reply_to[:_SHOWN] if each.address.lower() != own],
        "source_id": source_id,
        "flags": [flag for flag, applies in flags.items() if applies],
    }
    return _json.encode(shown).decode()


def _address(found: Address) -> dict[str, str]:
    return {"name": name_of(found), "address": storable(found.address)}


def name_of(found: Address) -> str:
    """The name of an address, as it is kept."""
    return storable(found.name)[:_NAME]


def subject_of(letter: Letter) -> str:
    """A mail's subject, as it is kept."""
    return storable(letter.subject)[:_SUBJECT]
