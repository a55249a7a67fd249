"""What agents do together: hand over, follow, merge, split, link, check off, ask."""

from typing import Annotated

from django.http import HttpResponse
from pydantic import Field, StringConstraints
from typing_extensions import TypedDict

from sonnim.accounts.callers import Caller
from sonnim.accounts.http import Body, Moment, RowId, Text, encoded
from sonnim.accounts.permissions import Permission as P
from sonnim.contacts.queries import contact_objects
from sonnim.contacts.shapes import ContactObject
from sonnim.conversations import queries, together
from sonnim.conversations.actions import checklist, following, linking, mentions, merging, questions, splitting
from sonnim.conversations.actions.transferring import transfer_conversation
from sonnim.conversations.api.router import router
from sonnim.conversations.idlists import ids_of
from sonnim.conversations.schemas import RedactBody
from sonnim.conversations.shapes import ConversationObject, conversation_object
from sonnim.conversations.together import ChecklistObject, QuestionObject

HERE = "/conversations/{conversation_id}"
ShortText = Annotated[Text, StringConstraints(max_length=20_000)]


class TogetherAnswer(TypedDict):
    """What stands beside a timeline; `related` is what it is linked with, or was merged into or split from."""

    checklist: ChecklistObject
    questions: list[QuestionObject]
    related: list[ConversationObject]
    contacts: list[ContactObject]


class TransferBody(Body):
    """To whom, with which word."""

    agent_id: RowId | None = None
    team_id: RowId | None = None
    note: ShortText = ""


class MergeBody(Body):
    """Into which conversation."""

    into_id: RowId


class SplitBody(Body):
    """From which message on."""

    from_seq: Annotated[int, Field(ge=1, lt=2**31)]


class OtherBody(Body):
    """The other conversation."""

    conversation_id: RowId


class ItemBody(Body):
    """Something to be done."""

    text: ShortText


class ItemChangeBody(Body):
    """Checked off, or worded anew."""

    text: ShortText | None = None
    done: bool | None = None


class AskBody(Body):
    """Who shall decide what, by when."""

    text: ShortText
    to_agent_id: RowId | None = None
    to_role: Text = ""
    due_at: Moment | None = None


class AnswerBody(Body):
    """The decision."""

    text: ShortText


@router.get(HERE + "/together", needs=P.CONVERSATION_READ, response=TogetherAnswer)
def show_together(caller: Caller, conversation_id: int) -> HttpResponse:
    """Checklist, questions, and the conversations it hangs together with."""
    # Read before the list, whose version it is: what changes meanwhile then comes with a higher one.
    state = queries.conversation_state(shop_id=caller.shop_id, conversation_id=conversation_id)
    wanted = [*ids_of(state.linked_ids), *filter(None, (state.merged_into_id, state.split_from_id))]
    related = queries.conversations_among(shop_id=caller.shop_id, conversation_ids=wanted)
    return encoded(
        {
            "checklist": together.checklist_object(conversation_id, v=state.v),
            "questions": together.questions_in(conversation_id=conversation_id),
            "related": [conversation_object(each) for each in related],
            "contacts": contact_objects(caller.shop_id, sorted({each.contact_id for each in related})),
        }
    )


@router.post(HERE + "/transfer", needs=P.CONVERSATION_ASSIGN)
def transfer(caller: Caller, conversation_id: int, body: TransferBody) -> HttpResponse:
    """Assign it and leave a note, both or neither."""
    if body.note.strip():
        caller.require(P.CONVERSATION_NOTE)
    transfer_conversation(
        shop_id=caller.shop_id, conversation_id=conversation_id, by=caller.agent.pk,
        agent_id=body.agent_id, team_id=body.team_id, note=body.note,
    )  # fmt: skip
    return _now(caller, conversation_id)


@router.post(HERE + "/follow", needs=P.CONVERSATION_READ)
def follow(caller: Caller, conversation_id: int) -> HttpResponse:
    """Hear of what happens here."""
    following.follow_conversation(shop_id=caller.shop_id, conversation_id=conversation_id, agent_id=caller.agent.pk)
    return _now(caller, conversation_id)


@router.post(HERE + "/unfollow", needs=P.CONVERSATION_READ)
def unfollow(caller: Caller, conversation_id: int) -> HttpResponse:
    """Hear of it no more."""
    following.unfollow_conversation(shop_id=caller.shop_id, conversation_id=conversation_id, agent_id=caller.agent.pk)
    return _now(caller, conversation_id)


@router.post(HERE + "/mentions/seen", needs=P.CONVERSATION_READ)
def see_mentions(caller: Caller, conversation_id: int) -> HttpResponse:
    """I have looked at where I was named here."""
    mentions.mark_mentions_seen(shop_id=caller.shop_id, conversation_id=conversation_id, agent_id=caller.agent.pk)
    return encoded({})


@router.post(HERE + "/merge", needs=P.CONVERSATION_ASSIGN)
def merge_into(caller: Caller, conversation_id: int, body: MergeBody) -> HttpResponse:
    """Let it go on in another conversation of the same shopper."""
    merging.merge_conversations(
        shop_id=caller.shop_id, conversation_id=conversation_id, into_id=body.into_id, by=caller.agent.pk
    )
    return _now(caller, conversation_id)


@router.post(HERE + "/unmerge", needs=P.CONVERSATION_ASSIGN)
def unmerge(caller: Caller, conversation_id: int) -> HttpResponse:
    """Take it out again."""
    merging.unmerge_conversation(shop_id=caller.shop_id, conversation_id=conversation_id, by=caller.agent.pk)
    return _now(caller, conversation_id)


@router.post(HERE + "/split", needs=P.CONVERSATION_ASSIGN)
def split_off(caller: Caller, conversation_id: int, body: SplitBody) -> HttpResponse:
    """Begin a conversation about what was said from a message on; answers the new one."""
    begun = splitting.split_conversation(
        shop_id=caller.shop_id, conversation_id=conversation_id, from_seq=body.from_seq, by=caller.agent.pk
    )
    return _now(caller, begun)


@router.post(HERE + "/link", needs=P.CONVERSATION_NOTE)
def link(caller: Caller, conversation_id: int, body: OtherBody) -> HttpResponse:
    """Note that two conversations belong together."""
    linking.link_conversations(
        shop_id=caller.shop_id, conversation_id=conversation_id, other_id=body.conversation_id, by=caller.agent.pk
    )
    return _now(caller, conversation_id)


@router.post(HERE + "/unlink", needs=P.CONVERSATION_NOTE)
def unlink(caller: Caller, conversation_id: int, body: OtherBody) -> HttpResponse:
    """Take the link away."""
    linking.unlink_conversations(shop_id=caller.shop_id, conversation_id=conversation_id, other_id=body.conversation_id)
    return _now(caller, conversation_id)


@router.post(HERE + "/checklist", needs=P.CONVERSATION_NOTE, response=ChecklistObject)
def add_item(caller: Caller, conversation_id: int, body: ItemBody) -> HttpResponse:
    """Put something on the list; answers all of it."""
    return encoded(
        checklist.add_checklist_item(
            shop_id=caller.shop_id, conversation_id=conversation_id, by=caller.agent.pk, text=body.text
        )
    )


@router.patch(HERE + "/checklist/{item_id}", needs=P.CONVERSATION_NOTE, response=ChecklistObject)
def change_item(caller: Caller, conversation_id: int, item_id: int, body: ItemChangeBody) -> HttpResponse:
    """Check something off, or word it anew; answers the whole list."""
    return encoded(
        checklist.change_checklist_item(
            shop_id=caller.shop_id, conversation_id=conversation_id, item_id=item_id, by=caller.agent.pk,
            text=body.text, done=body.done,
        )
    )  # fmt: skip


@router.delete(HERE + "/checklist/{item_id}", needs=P.CONVERSATION_NOTE, response=ChecklistObject)
def remove_item(caller: Caller, conversation_id: int, item_id: int) -> HttpResponse:
    """Take something off the list; answers the rest."""
    return encoded(
        checklist.remove_checklist_item(shop_id=caller.shop_id, conversation_id=conversation_id, item_id=item_id)
    )


@router.post(HERE + "/checklist/{item_id}/redact", needs=P.CONVERSATION_REDACT, response=ChecklistObject)
def redact_item(caller: Caller, conversation_id: int, item_id: int, body: RedactBody) -> HttpResponse:
    """Take something off the list, and its words out of the log of events; answers the rest."""
    return encoded(
        checklist.erase_checklist_item(
            actor=caller.actor, conversation_id=conversation_id, item_id=item_id, reason=body.checked_reason()
        )
    )


@router.post(HERE + "/questions", needs=P.CONVERSATION_NOTE, response=QuestionObject)
def ask(caller: Caller, conversation_id: int, body: AskBody) -> HttpResponse:
    """Ask somebody who may decide."""
    return encoded(
        questions.ask_decider(
            shop_id=caller.shop_id, conversation_id=conversation_id, by=caller.agent.pk, text=body.text,
            to_agent_id=body.to_agent_id, to_role=body.to_role, due_at=body.due_at,
        )
    )  # fmt: skip


@router.post("/questions/{question_id}/answer", needs=P.CONVERSATION_NOTE, response=QuestionObject)
def answer(caller: Caller, question_id: int, body: AnswerBody) -> HttpResponse:
    """Decide."""
    return encoded(
        questions.answer_question(
            shop_id=caller.shop_id, question_id=question_id, by=caller.agent.pk, role=caller.agent.role, text=body.text
        )
    )


@router.post("/questions/{question_id}/withdraw", needs=P.CONVERSATION_NOTE, response=QuestionObject)
def withdraw(caller: Caller, question_id: int) -> HttpResponse:
    """Take a question back."""
    return encoded(
        questions.withdraw_question(
            shop_id=caller.shop_id, question_id=question_id, by=caller.agent.pk, role=caller.agent.role
        )
    )


def _now(caller: Caller, conversation_id: int) -> HttpResponse:
    state = queries.conversation_state(shop_id=caller.shop_id, conversation_id=conversation_id)
    return encoded({"conversation": conversation_object(state)})
