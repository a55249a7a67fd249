"""What a decision reads is found by indexes, however many conversations the shop has."""

from typing import Any

import pytest
from django.db import connection
from tests.people import People

from sonnim.conversations.models import Conversation
from sonnim.conversations.tests.shop_day import shopper
from sonnim.conversations.tests.test_plans import explained, faults
from sonnim.kernel import clock
from sonnim.routing import queries
from sonnim.routing.actions.releasing import _waiting_for
from sonnim.routing.models import Rules

AT = 1_795_000_000_000


@pytest.fixture
def large(people: People) -> int:
    """Three thousand conversations, most of them settled, and of the others most somebody's."""
    who = shopper(people)
    Conversation.objects.bulk_create(
        Conversation(
            shop=people.shop, contact=who, channel="chat", status="resolved" if n % 10 else "open", rank=AT + n,
            waiting_since=clock.from_ms(AT + n), assignee=people.agent if n % 3 else None,
            last_agent_id=people.agent.pk,
        )
        for n in range(3000)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return people.shop.pk


def test_the_waiting_are_read_along_the_index_in_order(people: People, large: int) -> None:
    plans = list(explained(lambda: queries.waiting_rows(large, (AT + 500, 1), 50)))
    assert plans
    for _, plan in plans:
        assert not faults(plan), plan
        assert any("conversation_un" in line for line in plan), plan


def test_the_urgent_are_found_along_an_index(people: People, large: int) -> None:
    plans = list(explained(lambda: queries.waiting_rows(large, limit=50, least=2)))
    assert plans
    assert not [plan for _, plan in plans if faults(plan, may_sort=True)], "few are urgent, and may be sorted"


def test_who_answered_last_is_found_by_the_contact(people: People, large: int) -> None:
    rows = [row._replace(last_agent_id=None) for row in queries.waiting_rows(large, limit=5)]
    plans = list(explained(lambda: queries._last_agents(rows)))
    assert plans
    assert not [plan for _, plan in plans if faults(plan, may_sort=True)]


@pytest.mark.parametrize("rules", [{"mode": "direct"}, {"mode": "manual", "teams": {"5": {"mode": "direct"}}}])
def test_what_the_vanished_hold_is_found_by_its_agents(people: People, large: int, rules: dict[str, Any]) -> None:
    decided = Rules(shop_id=large, **rules)
    plans = list(explained(lambda: _waiting_for(decided, {people.agent.pk, people.lead.pk}, AT + 10**8)))
    assert plans
    for _, plan in plans:
        assert not faults(plan, may_sort=True), plan
        assert any("conversation_mine" in line for line in plan), plan
