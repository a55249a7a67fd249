"""Messages that wait to be sent, as their own agent sees them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Literal

from typing_extensions import TypedDict

from sonnim.conversations.models import Attachment, Scheduled
from sonnim.conversations.shapes import AttachmentObject, attachment_object


class ScheduledObject(TypedDict):
    """A message that waits; `held` when it only waits for its agent to change their mind."""

    id: int
    v: int
    conversation_id: int
    agent_id: int
    client_id: str
    kind: Literal["message", "note"]
    text: str
    data: dict[str, Any]
    attachments: list[AttachmentObject]
    then: dict[str, Any]
    held: bool
    due_at: datetime
    state: Literal["due", "failed"]
    error: str


def scheduled_object(scheduled: Scheduled, files: Mapping[int, Attachment]) -> ScheduledObject:
    """A waiting message; `files` has at least its own."""
    return ScheduledObject(
        id=scheduled.pk,
        v=scheduled.v,
        conversation_id=scheduled.conversation_id,
        agent_id=scheduled.agent_id,
        client_id=scheduled.client_id,
        kind="note" if scheduled.kind == "note" else "message",
        text=scheduled.text,
        data=scheduled.data,
        attachments=[attachment_object(files[each]) for each in scheduled.attachments if each in files],
        then=scheduled.then,
        held=scheduled.held,
        due_at=scheduled.due_at,
        state="failed" if scheduled.state == "failed" else "due",
        error=scheduled.error,
    )


def with_files(found: Iterable[Scheduled]) -> list[ScheduledObject]:
    """These messages with their files, in two queries."""
    rows = list(found)
    wanted = {identity for each in rows for identity in each.attachments}
    files = Attachment.objects.in_bulk(wanted) if wanted else {}
    return [scheduled_object(each, files) for each in rows]
