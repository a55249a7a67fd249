"""The rules for a message, whichever way it comes."""

import re

from django.conf import settings

from sonnim.kernel.errors import AttachmentsInvalid, Invalid
from sonnim.kernel.text import checked_text

_CLIENT_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def check_message(client_id: str, text: str, attachments: tuple[int, ...]) -> None:
    """Check what does not need the database.

    Raises:
        Invalid: the client_id is no lower-case UUID.
        TextInvalid: see kernel.text.checked_text; a message of files alone may have no text.
        AttachmentsInvalid: too many, named twice, or impossible ids.
    """
    if not _CLIENT_ID.fullmatch(client_id):
        raise Invalid("client_id must be a lower-case UUID.", fields={"client_id": "not a UUID"})
    checked_text(text, may_be_empty=bool(attachments))
    if not attachments:
        return
    if len(attachments) > settings.ATTACHMENTS_PER_MESSAGE or len(set(attachments)) != len(attachments):
        raise AttachmentsInvalid(f"A message takes at most {settings.ATTACHMENTS_PER_MESSAGE} different files.")
    if any(not 0 < each < 2**53 for each in attachments):
        raise AttachmentsInvalid("There is no such file.")
