"""What agents and the clock do to conversations: once, told once, and never to another shop's."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from tests.people import People

from sonnim.conversations import actions, queries
from sonnim.conversations.models import Attachment, Draft
from sonnim.conversations.tests.shop_day import conversation, say, shopper, timeline
from sonnim.eventlog.models import Event
from sonnim.kernel import clock
from sonnim.kernel.errors import AttachmentsInvalid, Conflict, Invalid, NotFound, TextInvalid


@pytest.fixture
def running(people: People) -> int:
    return say(shopper(people)).conversation


def told(people: People) -> list[str]:
    return list(Event.objects.filter(shop_id=people.shop.pk).order_by("pos").values_list("type", flat=True))


def of(people: People, conversation_id: int) -> dict[str, int]:
    return {"shop_id": people.shop.pk, "conversation_id": conversation_id, "by": people.agent.pk}


def test_doing_the_same_again_is_told_once(people: People, running: int) -> None:
    for _ in range(2):
        actions.assign_conversation(**of(people, running), agent_id=people.lead.pk)
        actions.resolve_conversation(**of(people, running))
    for _ in range(2):
        actions.reopen_conversation(**of(people, running))
    conversations = [kind for kind in told(people) if kind.startswith("conversation.")]
    assert conversations[:2] == ["conversation.assigned", "conversation.resolved"]
    assert conversations.count("conversation.reopened") == 1


def test_nobody_is_given_to_a_removed_agent_or_to_another_shops(people: People, running: int) -> None:
    for stranger in (people.removed, people.outsider):
        with pytest.raises(NotFound):
            actions.assign_conversation(**of(people, running), agent_id=stranger.pk)
    with pytest.raises(NotFound):
        actions.assign_conversation(**of(people, running), agent_id=None, team_id=99)
    assert conversation(running).assignee_id is None


Action = Callable[[int, int, int], object]


@pytest.mark.parametrize(
    "action",
    [
        lambda shop, about, by: actions.assign_conversation(shop_id=shop, conversation_id=about, by=by, agent_id=None),
        lambda shop, about, by: actions.resolve_conversation(shop_id=shop, conversation_id=about, by=by),
        lambda shop, about, by: actions.reopen_conversation(shop_id=shop, conversation_id=about, by=by),
        lambda shop, about, by: actions.snooze_conversation(
            shop_id=shop, conversation_id=about, by=by, until=clock.now() + timedelta(hours=1)
        ),
        lambda shop, about, by: actions.mark_seen(shop_id=shop, conversation_id=about, seq=1),
        lambda shop, about, by: actions.save_draft(
            shop_id=shop, conversation_id=about, agent_id=by, text="x", attachments=[]
        ),
    ],
    ids=["assign", "resolve", "reopen", "snooze", "seen", "draft"],
)
def test_another_shops_conversation_is_not_there(people: People, running: int, action: Action) -> None:
    before = len(timeline(running))
    for about in (running, 999_999):
        with pytest.raises(NotFound):
            action(people.other_shop.pk, about, people.outsider.pk)
    assert len(timeline(running)) == before


def test_a_snoozed_conversation_wakes_when_its_time_has_come_and_once(people: People, running: int) -> None:
    actions.snooze_conversation(**of(people, running), until=clock.now() + timedelta(hours=2))
    assert actions.wake_snoozed() == 0
    with clock.moved(timedelta(hours=2, seconds=1)):
        assert actions.wake_snoozed() == 1
        assert actions.wake_snoozed() == 0
    assert conversation(running).status == "open"
    last = timeline(running)[-1]
    assert (last.author_kind, '"why":"due"' in last.data) == ("system", True)


def test_a_snooze_that_was_changed_wakes_at_its_new_time(people: People, running: int) -> None:
    for hours in (1, 5):
        actions.snooze_conversation(**of(people, running), until=clock.now() + timedelta(hours=hours))
    with clock.moved(timedelta(hours=2)):
        assert actions.wake_snoozed() == 0
    with clock.moved(timedelta(hours=6)):
        assert actions.wake_snoozed() == 1


@pytest.mark.parametrize(
    "until",
    [
        lambda: clock.now() - timedelta(seconds=1),
        lambda: clock.now(),
        lambda: clock.now() + timedelta(days=366),
        lambda: datetime(2030, 1, 1),  # noqa: DTZ001 - that it has no zone is the point
    ],
    ids=["past", "now", "too far", "no zone"],
)
def test_an_impossible_moment_is_refused(people: People, running: int, until: Callable[[], datetime]) -> None:
    with pytest.raises(Invalid):
        actions.snooze_conversation(**of(people, running), until=until())
    assert conversation(running).status == "open"


def test_what_is_settled_cannot_be_snoozed(people: People, running: int) -> None:
    actions.resolve_conversation(**of(people, running))
    with pytest.raises(Conflict):
        actions.snooze_conversation(**of(people, running), until=clock.now() + timedelta(hours=1))


def test_what_has_been_read_never_goes_back(people: People, running: int) -> None:
    who = conversation(running).contact
    say(people.agent, conversation_id=running)
    for seq in (2, 1, 2, 0):
        actions.mark_seen(shop_id=people.shop.pk, conversation_id=running, seq=seq, contact_id=who.pk)
    assert conversation(running).contact_seen_seq == 2
    assert told(people).count("conversation.seen") == 1


def test_nobody_reads_beyond_the_end_or_for_somebody_else(people: People, running: int) -> None:
    with pytest.raises(Invalid):
        actions.mark_seen(shop_id=people.shop.pk, conversation_id=running, seq=2)
    with pytest.raises(NotFound):
        actions.mark_seen(shop_id=people.shop.pk, conversation_id=running, seq=1, contact_id=shopper(people).pk)


def draft(people: People, conversation_id: int, text: str, files: list[int] | None = None) -> None:
    actions.save_draft(
        shop_id=people.shop.pk, conversation_id=conversation_id, agent_id=people.agent.pk,
        text=text, attachments=files or [],
    )  # fmt: skip


def test_a_draft_is_kept_for_its_agent_alone_and_told_to_no_other(people: People, running: int) -> None:
    draft(people, running, "곧 답을")
    draft(people, running, "곧 답을 드릴게요")
    [mine] = queries.drafts_of(shop_id=people.shop.pk, agent_id=people.agent.pk)
    assert mine["text"] == "곧 답을 드릴게요"
    assert queries.drafts_of(shop_id=people.shop.pk, agent_id=people.lead.pk) == []
    events = Event.objects.filter(shop_id=people.shop.pk, type="draft.saved")
    assert {(event.agent_id, event.contact_id) for event in events} == {(people.agent.pk, None)}


def test_an_emptied_draft_is_forgotten(people: People, running: int) -> None:
    draft(people, running, "곧 답을")
    draft(people, running, "")
    assert not Draft.objects.exists()


def test_a_draft_takes_only_files_of_its_agent_that_were_not_sent(people: People, running: int) -> None:
    mine, theirs = (
        Attachment.objects.create(
            shop=people.shop, owner_kind="agent", owner_id=owner.pk, key=str(owner.pk), name="a", type="b", size=1
        )
        for owner in (people.agent, people.lead)
    )
    draft(people, running, "", [mine.pk])
    with pytest.raises(AttachmentsInvalid):
        draft(people, running, "", [theirs.pk])
    say(people.agent, conversation_id=running, attachments=(mine.pk,))
    with pytest.raises(AttachmentsInvalid):
        draft(people, running, "", [mine.pk])


def test_a_draft_may_not_hold_what_could_not_be_sent(people: People, running: int) -> None:
    with pytest.raises(TextInvalid):
        draft(people, running, "a\x00b")


def test_a_message_that_is_refused_leaves_no_empty_conversation(people: People) -> None:
    contact = shopper(people)
    body = {"contact_id": contact.pk, "client_id": "no uuid", "text": "Hello"}
    answer = people.browser(people.agent).post(people.url("/conversations"), body)
    assert answer.status_code == 422
    assert queries.conversations_of(shop_id=people.shop.pk, contact_id=contact.pk) == []
