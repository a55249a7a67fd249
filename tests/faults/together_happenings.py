"""What agents do together, as happenings of F08."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sonnim.conversations import actions
from sonnim.conversations.actions import mentions
from sonnim.conversations.actions.checklist import (
    add_checklist_item,
    change_checklist_item,
    erase_checklist_item,
    remove_checklist_item,
)
from sonnim.conversations.actions.following import follow_conversation, unfollow_conversation
from sonnim.conversations.actions.linking import link_conversations, unlink_conversations
from sonnim.conversations.actions.merging import merge_conversations, unmerge_conversation
from sonnim.conversations.actions.questions import (
    answer_question,
    ask_decider,
    note_overdue_questions,
    withdraw_question,
)
from sonnim.conversations.actions.splitting import split_conversation
from sonnim.conversations.actions.transferring import transfer_conversation
from sonnim.conversations.change import Change
from sonnim.conversations.posting import Post, ensure_posted
from sonnim.conversations.together import QuestionObject
from sonnim.eventlog import log
from sonnim.kernel import clock
from tests.faults.town import Town

Here = dict[str, Any]


def _here(town: Town) -> Here:
    return {"shop_id": town.shop, "conversation_id": town.waiting}


def _by(town: Town) -> Here:
    return {**_here(town), "by": town.people.agent.pk}


def _followed(town: Town) -> Here:
    who = {**_here(town), "agent_id": town.people.lead.pk}
    follow_conversation(**who)
    return who


def _linked(town: Town) -> None:
    link_conversations(**_by(town), other_id=town.asleep)


def _unlinked(town: Town) -> None:
    _linked(town)
    unlink_conversations(**_here(town), other_id=town.asleep)


def _item(town: Town) -> int:
    return int(add_checklist_item(**_by(town), text="사진 받기")["items"][0]["id"])


def _asked(town: Town) -> QuestionObject:
    return ask_decider(**_by(town), to_role="lead", text="얼마까지 될까요?", due_at=clock.now() + timedelta(minutes=5))


def _overdue(town: Town) -> None:
    _asked(town)
    with clock.moved(timedelta(minutes=6)):
        note_overdue_questions()


def _named(town: Town) -> None:
    with log.unit(town.shop) as work, Change(work) as change:
        change.load([town.waiting])
        about = change.get(town.shop, town.waiting)
        note = change.entry(about, "note", author=("agent", town.people.lead.pk), text="@Agent 봐 주세요")
        change.record(about, "note.created", entries=[note])
        mentions.record(shop_id=town.shop, note=note, by=town.people.lead.pk, agent_ids=[town.people.agent.pk])


def _looked(town: Town) -> None:
    _named(town)
    mentions.mark_mentions_seen(**_here(town), agent_id=town.people.agent.pk)


def _later(town: Town) -> int:
    """Another conversation of the shopper who waits, a week and more after the one before was settled."""
    actions.resolve_conversation(shop_id=town.shop, conversation_id=town.waiting, by=town.people.agent.pk)
    with clock.moved(timedelta(days=9)):
        return town.post(town.shopper, "다른 이야기인데요")


def _merged(town: Town) -> int:
    later = _later(town)
    merge_conversations(shop_id=town.shop, conversation_id=later, into_id=town.waiting, by=town.people.agent.pk)
    return later


def _merged_into_the_newer(town: Town) -> None:
    later = _later(town)
    merge_conversations(shop_id=town.shop, conversation_id=town.waiting, into_id=later, by=town.people.agent.pk)


def _merged_and_written_to(town: Town) -> None:
    """The shopper and an agent who have not heard of it yet write to what was merged."""
    later = _merged(town)
    agent = Post(town.shop, "agent", town.people.agent.pk, str(uuid.uuid4()), "곧요", conversation_id=later)
    with clock.moved(timedelta(days=9, minutes=1)):
        ensure_posted(agent)
        town.post(town.shopper, "네", conversation=later)
        town.post(town.shopper, "기다릴게요")


def _unmerged(town: Town) -> None:
    unmerge_conversation(shop_id=town.shop, conversation_id=_merged(town), by=town.people.agent.pk)


def _unmerged_after_an_answer(town: Town) -> None:
    later = _merged(town)
    with clock.moved(timedelta(days=9, minutes=1)):
        town.post(None, "답입니다", conversation=town.waiting)
        unmerge_conversation(shop_id=town.shop, conversation_id=later, by=town.people.agent.pk)
        town.post(town.shopper, "고마워요")


def _split(town: Town) -> int:
    return split_conversation(**_by(town), from_seq=3)


def _split_and_answered(town: Town) -> None:
    begun = _split(town)
    town.post(None, "새 대화에서 답해요", conversation=begun)
    town.post(town.shopper, "네, 여기서요")


def _handed_over(town: Town) -> None:
    transfer_conversation(
        shop_id=town.shop, conversation_id=town.waiting, by=town.people.lead.pk,
        agent_id=town.people.agent.pk, team_id=town.team.pk, note="도자기에 밝으시니까요",
    )  # fmt: skip


TOGETHER: dict[str, list[Callable[[Town], object]]] = {
    "conversations.actions.checklist:add_checklist_item": [_item],
    "conversations.actions.checklist:change_checklist_item": [
        lambda town: change_checklist_item(**_by(town), item_id=_item(town), done=True)
    ],
    "conversations.actions.checklist:erase_checklist_item": [
        lambda town: erase_checklist_item(
            actor=town.owner, conversation_id=town.waiting, item_id=_item(town), reason="주소"
        )
    ],
    "conversations.actions.checklist:remove_checklist_item": [
        lambda town: remove_checklist_item(**_here(town), item_id=_item(town))
    ],
    "conversations.actions.following:follow_conversation": [_followed],
    "conversations.actions.following:unfollow_conversation": [lambda town: unfollow_conversation(**_followed(town))],
    "conversations.actions.linking:link_conversations": [_linked],
    "conversations.actions.linking:unlink_conversations": [_unlinked],
    "conversations.actions.mentions:record": [_named],
    "conversations.actions.mentions:mark_mentions_seen": [_looked],
    "conversations.actions.merging:merge_conversations": [_merged, _merged_into_the_newer, _merged_and_written_to],
    "conversations.actions.merging:unmerge_conversation": [_unmerged, _unmerged_after_an_answer],
    "conversations.actions.questions:ask_decider": [_asked],
    "conversations.actions.questions:answer_question": [
        lambda town: answer_question(
            shop_id=town.shop, question_id=_asked(town)["id"], by=town.people.lead.pk, role="lead", text="5천 원"
        )
    ],
    "conversations.actions.questions:withdraw_question": [
        lambda town: withdraw_question(
            shop_id=town.shop, question_id=_asked(town)["id"], by=town.people.agent.pk, role="agent"
        )
    ],
    "conversations.actions.questions:note_overdue_questions": [_overdue],
    "conversations.actions.splitting:split_conversation": [_split, _split_and_answered],
    "conversations.actions.transferring:transfer_conversation": [_handed_over],
}
