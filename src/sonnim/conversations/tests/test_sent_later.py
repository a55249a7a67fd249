"""Messages that wait are sent once, when they are due, unless their agent changes their mind."""

import uuid
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import OperationalError
from tests.people import People

from sonnim.accounts.actions import remove_agent
from sonnim.accounts.models import Shop
from sonnim.conversations import actions
from sonnim.conversations.check import Content
from sonnim.conversations.later import actions as later
from sonnim.conversations.later.queries import scheduled_of
from sonnim.conversations.models import Attachment, Entry, Scheduled
from sonnim.conversations.tests.shop_day import conversation, say, shopper, texts, timeline
from sonnim.eventlog.models import Event
from sonnim.kernel import clock
from sonnim.kernel.errors import AttachmentsInvalid, Conflict, Invalid, NotFound

HOUR = timedelta(hours=1)


@pytest.fixture
def running(people: People) -> int:
    return say(shopper(people), "언제 오나요?").conversation


def wait(people: People, at: int, text: str = "내일 도착해요", **more: Any) -> int:
    given = {
        "shop_id": people.shop.pk, "conversation_id": at, "agent_id": people.agent.pk, "client_id": str(uuid.uuid4()),
        "kind": "message", "said": Content(text), "due_at": clock.now() + HOUR, **more,
    }  # fmt: skip
    return later.schedule_message(**given)["id"]


def mine(people: People, scheduled_id: int) -> dict[str, int]:
    return {"shop_id": people.shop.pk, "agent_id": people.agent.pk, "scheduled_id": scheduled_id}


def send_due_in(after: timedelta) -> None:
    with clock.moved(after):
        later.send_due()


def test_it_is_sent_when_it_is_due_and_not_before(people: People, running: int) -> None:
    wait(people, running)
    send_due_in(HOUR - timedelta(seconds=1))
    assert texts(running) == ["언제 오나요?"]
    send_due_in(HOUR)
    send_due_in(HOUR * 2)
    assert texts(running) == ["언제 오나요?", "내일 도착해요"]
    assert not Scheduled.objects.exists()
    assert conversation(running).waiting_since is None


def test_one_without_a_time_is_held_for_ten_seconds(people: People, running: int) -> None:
    wait(people, running, due_at=None)
    [waiting] = scheduled_of(shop_id=people.shop.pk, agent_id=people.agent.pk)
    assert waiting["held"]
    send_due_in(timedelta(seconds=9))
    assert len(texts(running)) == 1
    send_due_in(timedelta(seconds=11))
    assert len(texts(running)) == 2


def test_what_is_withdrawn_is_never_sent_and_comes_back_whole(people: People, running: int) -> None:
    identity = wait(people, running, "아직", said=Content("아직", '{"rich":[]}'))
    assert later.cancel_scheduled(**mine(people, identity))["text"] == "아직"
    send_due_in(HOUR * 2)
    assert len(texts(running)) == 1
    with pytest.raises(NotFound):
        later.cancel_scheduled(**mine(people, identity))


def test_it_can_be_sent_now_or_at_another_time(people: People, running: int) -> None:
    first, second = wait(people, running, "하나"), wait(people, running, "둘")
    later.send_scheduled_now(**mine(people, first))
    later.reschedule_message(**mine(people, second), due_at=clock.now() + HOUR * 3)
    send_due_in(HOUR * 2)
    assert texts(running)[1:] == ["하나"]
    send_due_in(HOUR * 3)
    assert texts(running)[1:] == ["하나", "둘"]


def test_a_crash_in_the_middle_sends_it_neither_twice_nor_never(
    people: People, running: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait(people, running, then={"what": "resolve"})

    def pulled(**_: Any) -> None:
        raise OperationalError("the plug was pulled")

    with monkeypatch.context() as broken:
        broken.setattr(later, "resolve_conversation", pulled)
        send_due_in(HOUR)
    assert len(texts(running)) == 1
    send_due_in(HOUR)
    assert (len(texts(running)), conversation(running).status) == (2, "resolved")


def test_a_message_that_cannot_be_stored_does_not_keep_the_others(
    people: People, running: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait(people, running, "나쁜 것")
    wait(people, running, "좋은 것")
    original = later._send

    def picky(waiting: Scheduled) -> Any:
        if waiting.text == "나쁜 것":
            raise OperationalError("not this one")
        return original(waiting)

    monkeypatch.setattr(later, "_send", picky)
    send_due_in(HOUR)
    assert texts(running)[1:] == ["좋은 것"]


@pytest.mark.parametrize("then", ["resolve", "snooze"])
def test_what_shall_follow_follows(people: People, running: int, then: str) -> None:
    until = (clock.now() + HOUR * 5).isoformat()
    wait(people, running, then={"what": then, "until": until})
    send_due_in(HOUR)
    now = conversation(running)
    assert now.status == {"resolve": "resolved", "snooze": "snoozed"}[then]
    assert then == "resolve" or now.snoozed_until == datetime.fromisoformat(until)


def test_nothing_follows_that_the_role_does_not_allow_any_more(people: People, running: int) -> None:
    wait(people, running, then={"what": "resolve"})
    Shop.objects.update(role_permissions={"agent": {"conversation.resolve": False}})
    send_due_in(HOUR)
    assert texts(running)[-1] == "내일 도착해요"
    assert conversation(running).status == "open"


def test_a_moment_in_another_zone_is_kept_as_what_it_is(people: People, running: int) -> None:
    until = (clock.now() + HOUR * 9).astimezone(ZoneInfo("Asia/Seoul")).replace(microsecond=0)
    body = {"client_id": str(uuid.uuid4()), "text": "내일요", "then": "snooze", "snooze_until": until.isoformat()}
    answer = people.browser(people.agent).post(people.url(f"/conversations/{running}/scheduled"), body)
    assert answer.status_code == 200, answer.content
    assert datetime.fromisoformat(Scheduled.objects.get().then["until"]) == until


def test_what_cannot_follow_any_more_does_not_hold_the_message_back(people: People, running: int) -> None:
    wait(people, running, then={"what": "snooze", "until": clock.now().isoformat()})
    send_due_in(HOUR)
    assert (len(texts(running)), conversation(running).status) == (2, "open")


def test_what_is_refused_is_kept_for_its_agent_to_see(people: People, running: int) -> None:
    identity = wait(people, running)
    people.shop.role_permissions = {"agent": {"conversation.reply": False}}
    people.shop.save()
    send_due_in(HOUR)
    [waiting] = scheduled_of(shop_id=people.shop.pk, agent_id=people.agent.pk)
    assert (waiting["id"], waiting["state"], waiting["error"]) == (identity, "failed", "forbidden")
    people.shop.role_permissions = {}
    people.shop.save()
    send_due_in(HOUR)
    assert len(texts(running)) == 1, "a failed one waits for its agent"
    later.reschedule_message(**mine(people, identity), due_at=clock.now() + HOUR)
    send_due_in(HOUR)
    assert len(texts(running)) == 2


def test_nothing_is_sent_in_the_name_of_somebody_who_has_left(people: People, running: int) -> None:
    wait(people, running)
    remove_agent(actor=people.actor(people.owner), agent_id=people.agent.pk)
    send_due_in(HOUR)
    assert texts(running) == ["언제 오나요?"]


def test_a_repeat_answers_what_waits_and_after_it_was_sent_is_refused(people: People, running: int) -> None:
    sent = str(uuid.uuid4())
    first = wait(people, running, client_id=sent)
    assert wait(people, running, client_id=sent) == first
    send_due_in(HOUR)
    with pytest.raises(Conflict):
        wait(people, running, client_id=sent)


@pytest.mark.parametrize("ahead", [timedelta(0), timedelta(seconds=-1), timedelta(days=366)])
def test_the_moment_lies_within_the_next_year(people: People, running: int, ahead: timedelta) -> None:
    with pytest.raises(Invalid):
        wait(people, running, due_at=clock.now() + ahead)


def test_nobody_else_sees_or_touches_what_waits(people: People, running: int) -> None:
    identity = wait(people, running)
    assert scheduled_of(shop_id=people.shop.pk, agent_id=people.lead.pk) == []
    for other in (people.lead, people.outsider):
        for attempt in (later.cancel_scheduled, later.send_scheduled_now):
            with pytest.raises(NotFound):
                attempt(shop_id=other.shop_id, agent_id=other.pk, scheduled_id=identity)
    told = Event.objects.filter(shop_id=people.shop.pk, type__startswith="scheduled.")
    assert {event.agent_id for event in told} == {people.agent.pk}
    assert [event.contact_id for event in told] == [None]


def test_its_files_are_its_agents_and_go_with_it(people: People, running: int) -> None:
    def file_of(owner: Any) -> int:
        return Attachment.objects.create(
            shop=people.shop, owner_kind="agent", owner_id=owner.pk, key=str(uuid.uuid4()), name="a.txt",
            type="text/plain", size=1,
        ).pk  # fmt: skip

    with pytest.raises(AttachmentsInvalid):
        wait(people, running, attachments=[file_of(people.lead)])
    own = file_of(people.agent)
    wait(people, running, attachments=[own])
    [waiting] = scheduled_of(shop_id=people.shop.pk, agent_id=people.agent.pk)
    assert [file["name"] for file in waiting["attachments"]] == ["a.txt"]
    send_due_in(HOUR)
    assert Attachment.objects.get(pk=own).entry_id == timeline(running)[-1].pk


def test_a_settled_conversation_is_answered_all_the_same(people: People, running: int) -> None:
    wait(people, running)
    actions.resolve_conversation(shop_id=people.shop.pk, conversation_id=running, by=people.lead.pk)
    send_due_in(HOUR)
    assert conversation(running).status == "open"


def test_a_rich_one_is_written_over_http_and_arrives_rich(people: People, running: int) -> None:
    browser = people.browser(people.agent)
    rich = [{"type": "paragraph", "content": [{"type": "text", "text": "꼭", "bold": True}]}]
    body = {"client_id": str(uuid.uuid4()), "data": {"rich": rich}, "then": "resolve", "due_at": "2100-01-01T00:00:00Z"}
    path = people.url(f"/conversations/{running}/scheduled")
    assert browser.post(path, body).status_code == 422, "too far ahead"
    body["due_at"] = (clock.now() + HOUR).isoformat()
    answer = browser.post(path, body)
    assert (answer.status_code, answer.json()["text"]) == (200, "꼭")
    assert browser.post(people.url(f"/scheduled/{answer.json()['id']}/send")).status_code == 204
    sent = Entry.objects.get(conversation_id=running, text="꼭")
    assert '"bold":true' in sent.data
    assert conversation(running).status == "resolved"


def test_what_nobody_foresaw_fails_alone_and_its_agent_sees_it(
    people: People, running: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, _ = wait(people, running, "나쁜 것"), wait(people, running, "좋은 것")
    original = later._send

    def send(waiting: Scheduled) -> Any:
        if waiting.pk == bad:
            raise ValueError("poison")
        return original(waiting)

    monkeypatch.setattr(later, "_send", send)
    send_due_in(HOUR)
    assert texts(running)[1:] == ["좋은 것"]
    [left] = scheduled_of(shop_id=people.shop.pk, agent_id=people.agent.pk)
    assert (left["id"], left["state"], left["error"]) == (bad, "failed", "error")


@pytest.mark.parametrize(
    "following", [{"then": "snooze"}, {"then": "resolve", "snooze_until": ""}, {"snooze_until": ""}]
)
def test_snoozing_and_a_moment_to_wake_up_come_together(
    people: People, running: int, following: dict[str, str]
) -> None:
    moment = {"snooze_until": (clock.now() + HOUR).isoformat()} if "snooze_until" in following else {}
    body = {"client_id": str(uuid.uuid4()), "text": "네", **following, **moment}
    answer = people.browser(people.agent).post(people.url(f"/conversations/{running}/scheduled"), body)
    assert (answer.status_code, list(answer.json()["fields"])) == (422, ["snooze_until"])
    assert not Scheduled.objects.exists()
