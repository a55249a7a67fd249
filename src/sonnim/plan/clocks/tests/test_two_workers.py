"""Two workers look at the same instant: each clock strikes once, and none is left out."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from tests.people import People

from sonnim.conversations.models import Entry
from sonnim.conversations.tests.shop_day import post_of, say_all, shopper
from sonnim.kernel import clock
from sonnim.plan.clocks.actions import save_policy
from sonnim.plan.clocks.firing import strike_due

CHATS, WORKERS = 60, 3
VALUES = {
    "name": "Chat", "active": True, "fits": {}, "targets": {"first_reply": 10}, "calendar_id": 0, "warn_percent": 0,
    "pauses": True, "stages": [{"percent": 100, "notify": "lead", "priority": 3}],
}  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_clocks_strike_once_though_several_workers_look_at_once(people: People) -> None:
    save_policy(actor=people.actor(people.owner), values=VALUES)
    begin = clock.now()
    with clock.standing_at(begin):
        say_all(*(post_of(shopper(people)) for _ in range(CHATS)))
    gate, errors = threading.Barrier(WORKERS), list[BaseException]()

    def work() -> None:
        try:
            gate.wait(10)
            while strike_due(limit=20):
                pass
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    with clock.standing_at(begin + timedelta(seconds=10)):
        threads = [threading.Thread(target=work) for _ in range(WORKERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    assert errors == []
    told = Entry.objects.filter(kind="event")
    for strike in ("late", "escalate"):
        found = told.filter(data__contains=f'"strike":"{strike}"').values_list("conversation_id", flat=True)
        assert len(found) == len(set(found)) == CHATS, strike
    assert told.filter(data__contains='"what":"priority"').count() == CHATS
