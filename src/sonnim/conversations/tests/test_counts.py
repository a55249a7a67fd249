"""The kept counts of the queues are what counting would say, after anything that can happen."""

import contextlib
from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.people import People

from sonnim.contacts.actions import ensure_customer
from sonnim.contacts.identity import ProvenIdentity
from sonnim.conversations import actions, queues
from sonnim.conversations.models import Conversation
from sonnim.conversations.tests.shop_day import kept_counts, post_of, say_all, shopper, true_counts
from sonnim.kernel import clock
from sonnim.kernel.errors import SonnimError

Step = tuple[str, int, int]
steps = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "write",
                "write",
                "answer",
                "note",
                "assign",
                "release",
                "resolve",
                "reopen",
                "snooze",
                "wake",
                "batch",
                "move",
            ]
        ),
        st.integers(0, 3),
        st.integers(0, 2),
    ),
    min_size=1,
    max_size=25,
)


class Day:
    """Four shoppers and three agents, to whom steps happen."""

    def __init__(self, people: People) -> None:
        self.people, self.shop = people, people.shop.pk
        self.shoppers = [shopper(people) for _ in range(4)]
        self.agents = [people.agent, people.lead, people.owner]
        self.hours = 0

    def do(self, step: Step) -> None:
        what, who, agent = step
        self.hours += 30
        with clock.moved(timedelta(hours=self.hours)), contextlib.suppress(SonnimError):
            self._acts()[what](who, agent)

    def _of(self, who: int) -> int:
        found = (
            Conversation.objects.filter(contact=self.shoppers[who]).order_by("-id").values_list("id", flat=True).first()
        )
        return found or 0

    def _change(self, who: int, agent: int) -> dict[str, int]:
        return {"shop_id": self.shop, "conversation_id": self._of(who), "by": self.agents[agent].pk}

    def _acts(self) -> dict[str, Callable[[int, int], object]]:
        return {
            "write": lambda who, agent: say_all(post_of(self.shoppers[who])),
            "answer": lambda who, agent: say_all(post_of(self.agents[agent], conversation_id=self._of(who))),
            "note": lambda who, agent: say_all(post_of(self.agents[agent], kind="note", conversation_id=self._of(who))),
            "assign": lambda who, agent: actions.assign_conversation(
                **self._change(who, agent), agent_id=self.agents[agent].pk
            ),
            "release": lambda who, agent: actions.assign_conversation(**self._change(who, agent), agent_id=None),
            "resolve": lambda who, agent: actions.resolve_conversation(**self._change(who, agent)),
            "reopen": lambda who, agent: actions.reopen_conversation(**self._change(who, agent)),
            "snooze": lambda who, agent: actions.snooze_conversation(
                **self._change(who, agent), until=clock.now() + timedelta(hours=20 * (agent + 1))
            ),
            "wake": lambda who, agent: actions.wake_snoozed(),
            "batch": self._batch,
            "move": self._move,
        }

    def _batch(self, who: int, agent: int) -> None:
        say_all(
            *(post_of(each) for each in self.shoppers),
            post_of(self.agents[agent], conversation_id=self._of(who)),
            post_of(self.shoppers[who], conversation_id=self._of((who + 1) % 4)),
            post_of(self.shoppers[who]),
        )

    def _move(self, who: int, agent: int) -> None:
        customer = ensure_customer(shop_id=self.shop, proven=ProvenIdentity(f"c{agent}", "", "김손님"), locale="ko")
        actions.move_conversations(shop_id=self.shop, from_contact=self.shoppers[who].pk, to_contact=customer)


@pytest.mark.django_db
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(happened=steps)
def test_kept_counts_are_the_true_ones_after_any_day(people: People, happened: list[Step]) -> None:
    day = Day(people)
    for step in happened:
        day.do(step)
    assert kept_counts(day.shop) == true_counts(day.shop)
    assert not kept_counts(people.other_shop.pk)
    shown = queues.counts(shop_id=day.shop, agent_id=people.agent.pk)
    assert shown["mine"] == true_counts(day.shop).get(f"mine:{people.agent.pk}", 0)
    for queue in queues.QUEUES:
        page = queues.queue_page(shop_id=day.shop, agent_id=people.agent.pk, queue=queue, limit=100)
        if page.next is None:
            assert len(page.states) == shown[queue]
