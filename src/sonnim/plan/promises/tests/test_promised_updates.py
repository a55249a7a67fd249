"""A shop's policy on what agents promise in words: by when where no time was said, and what happens when it is late."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest
from tests.people import People

from sonnim.accounts.actions import create_team
from sonnim.contacts.models import Contact
from sonnim.conversations.tests.shop_day import conversation, say, shopper, timeline
from sonnim.kernel import clock
from sonnim.plan.clocks.actions import delete_policy, save_policy
from sonnim.plan.models import KeptPromise, Policy
from sonnim.plan.promises import actions, queries

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
VALUES: dict[str, Any] = {
    "name": "Word", "active": True, "fits": {}, "targets": {"update": 2 * 3600}, "calendar_id": 0, "warn_percent": 50,
    "pauses": True, "stages": [],
}  # fmt: skip


@pytest.fixture
def where(people: People) -> int:
    return say(shopper(people), "교환이 될까요?").conversation


def promise(people: People, **more: Any) -> int:
    return int(save_policy(actor=people.actor(people.owner), values=VALUES | more).pk)


def made(people: People, where: int, ahead: timedelta = HOUR) -> int:
    due_at = clock.now() + ahead
    shop, by = people.shop.pk, people.agent.pk
    return actions.make_promise(shop_id=shop, conversation_id=where, by=by, act="call", due_at=due_at)["id"]


def happened(where: int, minutes: float) -> list[tuple[str, str]]:
    """What the timeline tells of promises so many minutes later, and who is told of each."""
    with clock.moved(timedelta(minutes=minutes)):
        actions.strike_due_promises()
        assert actions.strike_due_promises() == 0
    lines = [line.data for line in timeline(where) if '"notify":' in line.data]
    return [(_of(line, "done"), _of(line, "notify")) for line in lines]


def _of(line: str, name: str) -> str:
    return line.split(f'"{name}":"')[1].split('"')[0]


def test_what_is_promised_for_no_time_is_due_within_what_the_shop_promises(people: People, where: int) -> None:
    promise(people, fits={"channels": ["letters"]}, targets={"update": 600})
    promise(people)
    said = say(people.agent, "메일로 보내드릴게요.", conversation_id=where).seq
    [found] = queries.found_in(shop_id=people.shop.pk, conversation_id=where, seq=said)["found"]
    at = timeline(where)[said - 1].at
    assert (found["due_at"], found["proposed_at"] - at) == (None, 2 * HOUR)


def test_a_late_promise_does_what_the_policy_says_each_step_once(people: People, where: int) -> None:
    team = create_team(actor=people.actor(people.owner), name="Rescue", agent_ids=[])
    late = [
        {"percent": 100, "notify": "lead", "priority": 3},
        {"percent": 150, "notify": "team", "team_id": team.pk, "release": True},
    ]
    promise(people, stages=late)
    made(people, where)
    assert happened(where, 29) == []
    assert happened(where, 31) == [("warned", "agent")]
    assert happened(where, 61)[1:] == [("overdue", "agent"), ("escalated", "lead")]
    assert conversation(where).priority == 3
    assert happened(where, 80)[3:] == [], "the usual word to the leads is not said beside the policy's"
    assert happened(where, 91)[3:] == [("stepped", "team")]
    row = conversation(where)
    assert (row.team_id, row.assignee_id) == (team.pk, None)
    assert happened(where, 900)[4:] == []


def test_a_policy_that_comes_or_goes_under_way_counts_from_the_next_step_on(people: People, where: int) -> None:
    made(people, where)
    policy = promise(people, stages=[{"percent": 100, "notify": "team"}])
    assert happened(where, 61) == [("overdue", "agent"), ("stepped", "team")]
    delete_policy(actor=people.actor(people.owner), policy_id=policy)
    assert happened(where, 90)[2:] == []


def test_how_promises_are_kept_is_noted_where_a_policy_speaks_of_them(people: People, where: int) -> None:
    shop, by = people.shop.pk, people.agent.pk
    actions.keep_promise(shop_id=shop, promise_id=made(people, where), by=by)
    assert not KeptPromise.objects.exists(), "nobody promised that"
    policy = promise(people)
    for minutes, late in ((30, False), (90, True)):
        one = made(people, where)
        with clock.moved(timedelta(minutes=minutes)):
            actions.keep_promise(shop_id=shop, promise_id=one, by=by)
        kept = KeptPromise.objects.latest("pk")
        assert (kept.policy_id, kept.kind, kept.agent_id, kept.late) == (policy, "update", by, late)
        assert kept.took_ms // 60_000 == minutes
        assert kept.target_ms // 60_000 in (59, 60)


def test_one_shops_trouble_holds_up_no_other_shops_promises(people: People, where: int) -> None:
    made(people, where)
    visitor = Contact.objects.create(shop=people.other_shop, locale="ko")
    there = say(visitor).conversation
    actions.make_promise(
        shop_id=people.other_shop.pk, conversation_id=there, by=people.outsider.pk, act="call",
        due_at=clock.now() + HOUR,
    )  # fmt: skip
    first, second = sorted([(people.shop, where), (people.other_shop, there)], key=lambda each: each[0].pk)
    # A policy that no version of ours has written.
    Policy.objects.create(shop=first[0], name="Broken", targets={"update": 60}, stages=[{"percent": "soon"}])
    with clock.moved(timedelta(minutes=61)), pytest.raises(msgspec.ValidationError):
        actions.strike_due_promises()
    assert any('"done":"overdue"' in line.data for line in timeline(second[1]))
