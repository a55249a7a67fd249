"""Where an answer stands among the mails of its conversation, so that every mail program keeps one thread."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from sonnim.channels.kinds.postbox.mail import known_ids, one_line
from sonnim.channels.kinds.postbox.models import Letter
from sonnim.conversations.models import Conversation

MAX_REFERENCES = 20
MAX_SUBJECT = 200
_READ = 200
_ANSWERED = re.compile(
    r"^\s*(?:re|aw|antw|sv|vs|odp|回复|回覆|答复|答覆|返信|답장|회신)\s*(?:\[\d+\]|\(\d+\))?\s*[:：]", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Thread:
    """What an answer refers to.

    Attributes:
        mailbox_id: the mailbox of the newest mail.
        theirs: whether they have written, so that this is an answer.
    """

    subject: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    mailbox_id: int | None = None
    theirs: bool = False


def conversations_of(conversation_id: int) -> list[int]:
    """A conversation, and those that were merged into it."""
    merged = Conversation.objects.filter(merged_into_id=conversation_id).values_list("pk", flat=True)[:100]
    return [conversation_id, *merged]


def thread_of(conversation_id: int, *, before_entry: int) -> Thread:
    """The thread that a new mail in this conversation goes on with.

    Args:
        before_entry: the entry that the new mail is made of; a former attempt to send it is none of the thread.
    """
    letters = list(
        Letter.objects.filter(conversation_id__in=conversations_of(conversation_id))
        .exclude(Q(message_id="") | Q(out=True, entry_id=before_entry))
        .order_by("-id")[:_READ]
    )
    if not letters:
        return Thread()
    letters.reverse()
    theirs = [letter for letter in letters if not letter.out]
    parent = next((each for each in reversed(theirs) if not each.automatic), letters[-1])
    named = next((each.subject for each in reversed(letters) if each.subject), "")
    before = known_ids(parent.references) + known_ids(" ".join(each.message_id for each in letters))
    chain = [each for each in dict.fromkeys(before) if each != parent.message_id]
    return Thread(
        subject=named,
        in_reply_to=next(iter(known_ids(parent.message_id)), ""),
        references=_shortened([*chain, *known_ids(parent.message_id)]),
        mailbox_id=next((each.mailbox_id for each in reversed(letters) if each.mailbox_id), None),
        theirs=bool(theirs),
    )


def _shortened(ids: Sequence[str]) -> tuple[str, ...]:
    """The first one names the thread for Outlook and Gmail, the last ones the mails that are answered."""
    return tuple(ids) if len(ids) <= MAX_REFERENCES else (ids[0], *ids[1 - MAX_REFERENCES :])


def subject_of(thread: Thread, *, chosen: str, conversation: str, otherwise: str) -> str:
    """The subject of a mail: what an agent chose, else the same as before, marked as an answer when it is one."""
    if one_line(chosen, limit=MAX_SUBJECT):
        return one_line(chosen, limit=MAX_SUBJECT)
    known = one_line(thread.subject, limit=MAX_SUBJECT) or one_line(conversation, limit=MAX_SUBJECT)
    if not known:
        return one_line(otherwise, limit=MAX_SUBJECT)
    return f"Re: {known}" if thread.theirs and not _ANSWERED.match(known) else known
