"""What agents are writing, kept on the server."""

from typing import Any

from sonnim.conversations import rich
from sonnim.conversations.change import Change
from sonnim.conversations.envelopes import Recipients, unfinished
from sonnim.conversations.models import Attachment, Draft
from sonnim.conversations.shapes import draft_object
from sonnim.eventlog import log
from sonnim.kernel import clock
from sonnim.kernel.errors import AttachmentsInvalid
from sonnim.kernel.text import checked_text


def save_draft(
    *,
    shop_id: int,
    conversation_id: int,
    agent_id: int,
    text: str,
    attachments: list[int],
    document: rich.Document = (),
    as_note: bool = False,
    chosen: Recipients | None = None,
) -> dict[str, Any]:
    """Keep what an agent is writing; an empty one is forgotten. Answers the draft as its agent's devices get it.

    Args:
        document: the rich text, from which the text is derived.
        as_note: whether it is to become a note, which must not come back as an answer to the shopper.
        chosen: to whom it is to go, as far as that is chosen yet.

    Raises:
        AttachmentsInvalid: a file is not this agent's, or was sent already.
        Invalid: more recipients than a message takes.
    """
    data: dict[str, Any] = {"kind": "note"} if as_note else {}
    if document:
        text, document = rich.checked(document, may_mention=True, may_be_empty=True)
        data |= {"rich": rich.as_json(document)} if document else {}
    if chosen is not None:
        data["envelope"] = unfinished(chosen)
    checked_text(text, may_be_empty=True)
    with log.unit(shop_id) as work, Change(work) as change:
        change.load([conversation_id])
        about = change.get(shop_id, conversation_id)
        files = list(
            Attachment.objects.filter(
                pk__in=attachments, shop=shop_id, owner_kind="agent", owner_id=agent_id, entry=None
            )
        )
        if len(files) != len(set(attachments)):
            raise AttachmentsInvalid("A file is not yours, or was sent before; upload it again.")
        pos = work.claim(shop_id)
        if text or files:
            draft, _ = Draft.objects.update_or_create(
                agent_id=agent_id, conversation_id=about.id,
                defaults={
                    "shop_id": shop_id, "text": text, "data": data, "attachments": attachments, "v": pos,
                    "updated_at": clock.now(),
                },
            )  # fmt: skip
            files.sort(key=lambda file: attachments.index(file.pk))
            shown = draft_object(draft, files)
        else:
            Draft.objects.filter(agent_id=agent_id, conversation_id=about.id).delete()
            shown = draft_object(Draft(conversation_id=about.id, v=pos, updated_at=clock.now()))
        work.publish(
            shop_id, pos, "draft.saved", conversation_id=about.id, agent_id=agent_id, desk_put={"drafts": [shown]}
        )
    return dict(shown)
