"""What is kept of a mail that came in, beside its entry."""

import json
from collections.abc import Sequence

from django.db import connection

from sonnim.channels.kinds.postbox.models import BadAddress, Letter
from sonnim.eventlog import log
from sonnim.kernel import clock, sql
from sonnim.kernel.text import storable
from sonnim.letters import letter as letters

MAX_HTML = 2_000_000
_SUBJECT, _ID, _ADDRESS = 300, 255, 254
_COLUMNS = {
    "shop_id": "bigint", "mailbox_id": "bigint", "conversation_id": "bigint", "entry_id": "bigint",
    "message_id": "text", "digest": "text", '"references"': "text", "subject": "text", "sender": "text",
    "automatic": "boolean", "html": "text", "quoted": "text", "parts": "jsonb", "at": "bigint", "recipient": "text",
    "provider_id": "text", '"out"': "boolean",
}  # fmt: skip


def keep_incoming(
    *,
    shop_id: int,
    mailbox_id: int | None,
    conversation_id: int,
    entry_id: int,
    message_id: str,
    digest: str,
    sender: str,
    letter: letters.Letter,
    quoted: str,
    parts: dict[str, int],
) -> None:
    """Keep a mail that was filed. Who writes from an address is there again: what barred it from mail is over.

    Args:
        sender: who takes part by it, in lower case; empty for one whose word is not believed, so that neither answers
            nor later mails take it for a part of the conversation.
        quoted: what its mail program quoted, where that is folded away.
        parts: content-id → attachment, of what its HTML shows.
    """
    references = [*letter.references, *(each for each in letter.in_reply_to if each not in letter.references)]
    with log.unit(shop_id):
        if sender and not letter.automatic:
            BadAddress.objects.filter(shop_id=shop_id, address=sender).delete()
        html = storable(letter.html) if len(letter.html) <= MAX_HTML else ""
        row = (
            shop_id, mailbox_id, conversation_id, entry_id, message_id[:_ID], digest, storable(" ".join(references)),
            storable(letter.subject)[:_SUBJECT], sender[:_ADDRESS], letter.automatic, html, storable(quoted),
            json.dumps(parts), clock.now_ms(), "", "", False,
        )  # fmt: skip
        with connection.cursor() as cursor:
            sql.insert_rows(cursor, "postbox_letter", _COLUMNS, [row])


def forget_words(*, entry_ids: Sequence[int]) -> None:
    """Erase what people wrote from the letters of these entries; that there was a mail, and its name, stays.

    The subject of a conversation's first letter is erased from those that repeat it, too.
    """
    with log.unit():
        for letter in Letter.objects.filter(entry_id__in=list(entry_ids)).exclude(subject=""):
            thread = Letter.objects.filter(conversation_id=letter.conversation_id)
            if not thread.filter(pk__lt=letter.pk).exists():
                thread.filter(subject__endswith=letter.subject).update(subject="")
        Letter.objects.filter(entry_id__in=list(entry_ids)).update(
            html="", quoted="", subject="", digest="", references="", parts={}
        )
