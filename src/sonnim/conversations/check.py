"""The rules for a message, whichever way it comes."""

import re

from django.conf import settings

from sonnim.kernel.errors import AttachmentsInvalid, Invalid, NotFound
from sonnim.kernel.text import checked_text

MAX_ID = 2**53
_CLIENT_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


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
