"""What rules look for is found by indexes, however many conversations the shop has and however much rules have done."""

import re

import pytest
from django.db import connection
from tests.people import People

from sonnim.automation import queries
from sonnim.automation.actions.forgetting import forget_words
from sonnim.automation.lasting import SINCE, lasting_sql
from sonnim.automation.models import Lasted, Rule, Run
from sonnim.automation.rules import Lasting, Open, Silent, Waiting
from sonnim.conversations.models import Conversation
from sonnim.conversations.rules import NEWEST_FIRST
from sonnim.conversations.tests.shop_day import shopper
from sonnim.conversations.tests.test_plans import explained, faults
from sonnim.kernel import clock

AT = 1_795_000_000_000
BIG = 3_000


@pytest.fixture
def large(people: People) -> Rule:
    """Three thousand conversations of which most are settled, and a rule that has acted on each twice."""
    who, moment = shopper(people), clock.from_ms(AT)
    conversations = Conversation.objects.bulk_create(
        Conversation(
            shop=people.shop, contact=who, channel="chat", status="resolved" if n % 10 else "open",
            rank=AT + n if n % 3 else NEWEST_FIRST - AT - n, waiting_since=moment if n % 3 else None,
        )
        for n in range(BIG)
    )  # fmt: skip
    rule = Rule.objects.create(shop=people.shop, name="a rule")
    Lasted.objects.bulk_create(
        Lasted(rule=rule, conversation=each, event="waiting", since=moment) for each in conversations
    )
    Run.objects.bulk_create(
        Run(shop=people.shop, rule=rule, conversation=each, key=f"e{n}", event="waiting", outcome="done", at=moment)
        for each in conversations
        for n in range(2)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return rule


@pytest.mark.parametrize("event", [Waiting(for_s=60), Silent(for_s=60), Open(for_s=60)])
@pytest.mark.parametrize("later", [False, True])
def test_what_lasts_is_read_along_the_index_in_order(large: Rule, event: Lasting, later: bool) -> None:
    condition, parameters, first = lasting_sql(event, AT + 10**6)

    def read() -> None:
        with connection.cursor() as cursor:
            queries.lasting_page(
                cursor, shop_id=large.shop_id, condition=condition, parameters=parameters,
                after=(AT + 500, 5) if later else first, limit=50, since=SINCE[type(event)],
            )  # fmt: skip

    plans = list(explained(read))
    assert plans
    assert not [plan for _, plan in plans if faults(plan)]


def test_what_a_rule_has_done_is_found_by_its_conversations(people: People, large: Rule) -> None:
    ids = list(Conversation.objects.values_list("pk", flat=True)[:50])

    def read() -> None:
        with connection.cursor() as cursor:
            queries.acted_since(cursor, large.pk, "waiting", ids)
        queries.already_ran([large.pk], ids[0], "e1")
        queries.runs_since(large.pk, ids[0], AT - 1)
        queries.runs_of(shop_id=people.shop.pk, rule_id=large.pk, before=10**9)

    plans = [plan for _, plan in explained(read, of="automation_(run|lasted)")]
    assert len(plans) == 4
    for plan in plans:
        assert not _reads_all(plan), plan


def _reads_all(plan: list[str]) -> bool:
    return any(re.search(r"^SCAN automation_(?!.* USING )|Seq Scan on automation_", line.strip()) for line in plan)


def test_redacted_words_are_looked_for_among_the_contacts_own_runs(people: People, large: Rule) -> None:
    other = shopper(people)

    def forget() -> None:
        forget_words(shop_id=people.shop.pk, contact_id=other.pk, words={"x"})

    plans = [plan for _, plan in explained(forget, of="automation_run")]
    assert plans
    for plan in plans:
        assert not _reads_all(plan), plan
