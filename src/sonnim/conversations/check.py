"""The rules for a message, whichever way it comes."""

import re
from typing import NamedTuple

import msgspec
from django.conf import settings

from sonnim.conversations import rich
from sonnim.conversations.envelopes import Recipients, envelope_of
from sonnim.kernel.errors import AttachmentsInvalid, Invalid, NotFound
from sonnim.kernel.text import checked_text

MAX_ID = 2**53
_CLIENT_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_json = msgspec.json.Encoder()


class Content(NamedTuple):
    """What a message says, as it is stored: its plain form, `data` as JSON, and the agents whom a note calls."""

    text: str
    data: str = "{}"
    mentions: tuple[int, ...] = ()
    envelope: str = ""


def check_message(client_id: str, text: str, attachments: tuple[int, ...], conversation: int | None = None) -> None:
    """Check what does not need the database.

    Raises:
        Invalid: the client_id is no lower-case UUID.
        TextInvalid: see kernel.text.checked_text; a message of files alone may have no text.
        AttachmentsInvalid: too many, named twice, or impossible ids.
        NotFound: an impossible conversation.
    """
    if not _CLIENT_ID.fullmatch(client_id):
        raise Invalid("client_id must be a lower-case UUID.", fields={"client_id": "not a UUID"})
    if conversation is not None and not 0 < conversation < MAX_ID:
        raise NotFound("There is no such conversation.")
    checked_text(text, may_be_empty=bool(attachments))
    if not attachments:
        return
    if len(attachments) > settings.ATTACHMENTS_PER_MESSAGE or len(set(attachments)) != len(attachments):
        raise AttachmentsInvalid(f"A message takes at most {settings.ATTACHMENTS_PER_MESSAGE} different files.")
    if any(not 0 < each < MAX_ID for each in attachments):
        raise AttachmentsInvalid("There is no such file.")


def content(
    kind: str, text: str, document: rich.Document, *, may_be_empty: bool = False, to: Recipients | None = None
) -> Content:
    """What is stored of a text, or of the rich text that stands in its place, and of its recipients.

    Raises:
        Invalid, TextInvalid: see conversations.rich.checked and envelopes.envelope_of; a note has no recipients.
    """
    if to is not None and kind == "note":
        raise Invalid("A note stays with the desk.", fields={"envelope": "not for notes"})
    envelope = envelope_of(to)
    if not document:
        return Content(text, envelope=envelope)
    plain, tidy = rich.checked(document, may_mention=kind == "note", may_be_empty=may_be_empty)
    return Content(plain, encoded(tidy), rich.mentioned(tidy), envelope)


def encoded(document: rich.Document) -> str:
    """An entry's `data` with a document, if there is one."""
    return _json.encode({"rich": document}).decode() if document else "{}"
