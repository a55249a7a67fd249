"""Reads of scores find their rows by an index, on both databases."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from tests.people import People

from sonnim.contacts.models import Contact
from sonnim.conversations.models import Conversation
from sonnim.conversations.queues import cursor_after
from sonnim.conversations.tests.test_plans import explained
from sonnim.kernel import clock
from sonnim.quality import actions, details, feeding, predictions, queries, summaries
from sonnim.quality.models import Dispute, Line, Listed, Predictor, Review, Score, Scored
from sonnim.quality.tests.settled import shopper
from sonnim.quality.weeks import monday

ROWS = 1500
BIG = r"quality_\w+|conversations_conversation|conversations_entry|plan_keptpromise"
AT = clock.from_ms(1_795_000_000_000)


@pytest.fixture
def filled(people: People) -> int:
    """A shop with scores of 30 agents, in statistics the planner knows; answers a scored conversation."""
    who = shopper(people)
    Contact.objects.bulk_create(Contact(shop=people.shop, name=f"Shopper {n}") for n in range(ROWS))
    week = _week()
    Predictor.objects.bulk_create(
        Predictor(shop=people.shop, version=str(n), source="shipped", dialogues=9, measured=[]) for n in range(ROWS)
    )
    asked = Predictor.objects.order_by("pk").first()
    Conversation.objects.bulk_create(
        Conversation(shop=people.shop, contact=who, channel="chat", status="resolved", rank=n, last_seq=3)
        for n in range(ROWS)
    )
    ids = list(Conversation.objects.values_list("pk", flat=True))
    Score.objects.bulk_create(
        Score(
            shop=people.shop, conversation_id=each, agent_id=people.agent.pk + n % 30, seq=3, version=0, points=900,
            rule_points=900, replies=1, marks=1, resolved_at=clock.from_ms(clock.to_ms(AT) + n), week=week,
            had_last_word=True, **({"satisfaction": 10, "unhappy": n % 1000, "predictor": asked} if n % 9 else {}),
        )
        for n, each in enumerate(ids)
    )  # fmt: skip
    scores = list(Score.objects.order_by("pk"))
    Line.objects.bulk_create(
        Line(
            score=each, shop=people.shop, agent_id=each.agent_id, entry_id=1, seq=1, rule=f"rule-{n % 9}",
            severity="note", start=0, end=1, week=week, resolved_at=each.resolved_at,
        )
        for n, each in enumerate(scores)
    )  # fmt: skip
    Scored.objects.bulk_create(
        Scored(conversation_id=each, shop=people.shop, seq=3, version=0, last_seq=3) for each in ids
    )
    Listed.objects.bulk_create(
        Listed(
            score=each,
            shop=people.shop,
            agent_id=each.agent_id,
            why="sample",
            week=week,
            reviewed_at=AT if n % 20 else None,
        )
        for n, each in enumerate(scores)
    )
    Review.objects.bulk_create(Review(score=each, shop=people.shop, reviewer_id=1, points=900) for each in scores)
    Dispute.objects.bulk_create(
        Dispute(score=each, shop=people.shop, agent_id=each.agent_id, answered_at=AT if n % 20 else None)
        for n, each in enumerate(scores)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return ids[-1]


def page(**wanted: object) -> Callable[[People, int], object]:
    before = cursor_after(clock.to_ms(AT) + 700, 700)
    return lambda people, about: [
        queries.page(
            shop_id=people.shop.pk,
            wanted={name: each(people) if callable(each) else each for name, each in wanted.items()},
            before=place,
            limit=20,
        )
        for place in (None, before)
    ]


def _week() -> str:
    return monday(clock.now(), ZoneInfo("UTC"))


def mine(people: People) -> int:
    return people.agent.pk


READS: dict[str, Callable[[People, int], object]] = {
    "everybody's scores": page(),
    "an agent's scores": page(agent_id=mine),
    "an agent's scores since": page(agent_id=mine, since=AT),
    "the scores behind a rule": page(rule="rule-3"),
    "a conversation's scores": lambda people, about: details.details(
        people.shop.pk, queries.current_scores(people.shop.pk, about)
    ),
    "the likeliest unhappy": lambda people, about: [
        predictions.unhappy_page(shop_id=people.shop.pk, week=_week(), before=before, limit=20)
        for before in (None, cursor_after(900, 700))
    ],
    "what waits for reviewers": lambda people, about: queries.review_list(
        shop_id=people.shop.pk, is_open=True, before=cursor_after(40), limit=20
    ),
    "disputes": lambda people, about: queries.disputes(
        shop_id=people.shop.pk, agent_id=None, is_open=True, before=cursor_after(900), limit=20
    ),
    "an agent's disputes": lambda people, about: queries.disputes(
        shop_id=people.shop.pk, agent_id=people.agent.pk, is_open=False, before=None, limit=20
    ),
    "what is still to be scored": lambda people, about: feeding.pending(
        people.shop.pk, version=1, predictor="", since_ms=0, after=feeding.Place(700, 700)
    ),
    "how far scoring the past is": lambda people, about: feeding.settled_since(
        people.shop.pk, since_ms=0, after=feeding.Place(700, 700)
    ),
    "a summary": lambda people, about: summaries.summary(shop_id=people.shop.pk, agent_id=people.agent.pk, weeks=8),
    "a team's summary": lambda people, about: summaries.team_summary(shop_id=people.shop.pk, weeks=8),
    "conversations that are scored": lambda people, about: actions.score_conversations(
        shop_id=people.shop.pk, ids=[about]
    ),
    "drawing samples": lambda people, about: actions.draw_samples(),
}
SUMS = {"a summary", "a team's summary", "drawing samples", "a conversation's scores", "conversations that are scored"}
"""These sort and sum what a week, a conversation or an agent has; pages must not."""


@pytest.mark.parametrize("name", READS)
def test_a_read_of_scores_uses_its_index(people: People, filled: int, name: str) -> None:
    plans = list(explained(lambda: READS[name](people, filled), of=BIG))
    assert plans, "nothing was read"
    wrong = {statement: plan for statement, plan in plans if any(_is_wrong(line, sorts=name in SUMS) for line in plan)}
    assert not wrong, "\n".join(f"{statement}\n  {chr(10).join(plan)}" for statement, plan in wrong.items())


def _is_wrong(line: str, *, sorts: bool) -> bool:
    reads_all = line.startswith("SCAN ") and "USING" not in line and "json_each" not in line
    reads_all |= "Seq Scan on " in line and any(
        f"Seq Scan on {each}" in line for each in ("quality_", "conversations_")
    )
    sorts_all = ("TEMP B-TREE" in line or line.lstrip(" ->").startswith("Sort ")) and not sorts
    return reads_all or sorts_all
