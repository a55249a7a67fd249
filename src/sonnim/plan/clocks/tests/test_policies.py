"""Policies over the years: what they name is gone, others were deleted, another shop's are broken."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db.backends.utils import CursorWrapper
from tests.people import People

from sonnim.accounts.actions import create_team, delete_team
from sonnim.contacts.models import Contact
from sonnim.conversations.models import Conversation
from sonnim.conversations.tests.shop_day import say, shopper
from sonnim.kernel import clock
from sonnim.kernel.errors import Invalid
from sonnim.plan.clocks import firing
from sonnim.plan.clocks.actions import delete_policy, save_policy
from sonnim.plan.clocks.queries import Force, in_force, policies_of
from sonnim.plan.hours.actions import delete_calendar, save_calendar

pytestmark = pytest.mark.django_db
BASE = clock.from_ms(1_795_000_000_000)
VALUES: dict[str, Any] = {
    "name": "Chat", "active": True, "fits": {}, "targets": {"first_reply": 10}, "calendar_id": 0, "warn_percent": 70,
    "pauses": True, "stages": [],
}  # fmt: skip


@pytest.fixture(autouse=True)
def still() -> Iterator[None]:
    with clock.standing_at(BASE):
        yield


def promise(people: People, **more: Any) -> int:
    return int(save_policy(actor=people.actor(people.owner), values=VALUES | more).pk)


def test_a_new_promise_comes_last_whatever_was_deleted_before(people: People) -> None:
    old = [promise(people, name=str(n)) for n in range(4)]
    for each in old[:3]:
        delete_policy(actor=people.actor(people.owner), policy_id=each)
    promise(people, name="new")
    assert [policy.name for policy in policies_of(people.shop.pk)] == ["3", "new"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"targets": {"update": 0}},
        {"targets": {"word": 5}},
        {"targets": {"update": 367 * 86_400}},
        {"fits": {"channels": ["chat\0"]}},
        {"fits": {"agents": [1]}},
        {"stages": [{"percent": 50, "notify": "boss"}]},
    ],
)
def test_a_policy_that_says_what_nobody_understands_is_refused(people: People, wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        promise(people, **wrong)


def test_what_would_go_to_a_team_that_is_gone_stays_where_somebody_sees_it(people: People) -> None:
    owner = people.actor(people.owner)
    team = create_team(actor=owner, name="Experts", agent_ids=[])
    promise(people, stages=[{"percent": 100, "team_id": team.pk, "priority": 2}])
    say(shopper(people))
    delete_team(actor=owner, team_id=team.pk)
    with clock.standing_at(BASE + timedelta(seconds=10)):
        firing.strike_due()
    row = Conversation.objects.get()
    assert (row.team_id, row.priority) == (None, 2)


def test_a_promise_can_be_changed_after_what_it_names_is_gone(people: People) -> None:
    owner = people.actor(people.owner)
    team = create_team(actor=owner, name="Experts", agent_ids=[])
    for name in ("Desk", "Night"):
        wanted: Any = {"name": name, "zone": "UTC", "week": {}, "countries": [], "days": [], "is_standard": False}
        calendar = save_calendar(actor=owner, wanted=wanted)
    stages = [{"percent": 100, "team_id": team.pk}]
    named = VALUES | {"fits": {"teams": [team.pk]}, "stages": stages, "calendar_id": calendar.pk}
    policy = promise(people, **named)
    delete_team(actor=owner, team_id=team.pk)
    delete_calendar(actor=owner, calendar_id=calendar.pk)
    with pytest.raises(Invalid):
        promise(people, **named)
    off = save_policy(actor=owner, policy_id=policy, values=named | {"active": False})
    assert (off.active, off.calendar_id, off.stages) == (False, None, stages)


def test_one_shops_trouble_holds_up_no_other_shops_clocks(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    promise(people)
    say(shopper(people))
    other = people.other_shop.pk
    save_policy(actor=people.actor(people.outsider), values=VALUES)
    say(Contact.objects.create(shop_id=other, locale="zh"))
    first = min(people.shop.pk, other)

    def troubled(cursor: CursorWrapper, shop_id: int) -> Force:
        if shop_id == first:
            raise ValueError("a zone that is no more")
        return in_force(cursor, shop_id)

    monkeypatch.setattr(firing, "in_force", troubled)
    with clock.standing_at(BASE + timedelta(seconds=10)), pytest.raises(ValueError, match="no more"):
        firing.strike_due()
    late = Conversation.objects.filter(clocks__contains='"late":true').values_list("shop_id", flat=True)
    assert list(late) == [max(people.shop.pk, other)]
