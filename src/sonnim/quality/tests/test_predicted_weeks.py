"""Predictions over weeks stand apart from answers, and the likeliest unhappy ones are found."""

import pytest
from tests.people import People

from sonnim.conversations.actions.settled import record_solved
from sonnim.kernel import clock
from sonnim.quality.models import Score
from sonnim.quality.predictions import unhappy_page
from sonnim.quality.summaries import summary, team_summary
from sonnim.quality.tests.settled import ANGRY, GOOD, deliver, resolve, say, settle, settle_angry, shopper, the

pytestmark = pytest.mark.django_db


def test_weeks_tell_of_predictions_apart_from_answers(people: People) -> None:
    answered = shopper(people)
    settle_angry(people)
    said = settle_angry(people, answered)
    settle(people, GOOD)
    deliver()
    record_solved(shop_id=people.shop.pk, conversation_id=said, contact_id=answered.pk, solved=True)
    deliver()
    own = summary(shop_id=people.shop.pk, agent_id=people.agent.pk, weeks=2)
    predicted = own["predicted"]
    rows = [(row.satisfaction, row.unhappy) for row in Score.objects.filter(current=True, unhappy__isnull=False)]
    assert (own["count"], predicted["count"], len(rows)) == (3, 2, 2)
    assert predicted["mean"] == round(sum(row[0] or 0 for row in rows) / 200, 2)
    assert predicted["unhappy"] == sum((row[1] or 0) >= 500 for row in rows) / 2
    assert [each["count"] for each in predicted["weeks"]] == [0, 2]
    assert [each["source"] for each in predicted["by"]] == ["shipped"]


def test_a_conversation_of_two_agents_counts_for_both_and_once_for_the_team(people: People) -> None:
    who = shopper(people)
    about = say(people, who, ANGRY)
    say(people, people.agent, GOOD, about)
    say(people, people.lead, GOOD, about)
    resolve(people, about)
    deliver()
    team = team_summary(shop_id=people.shop.pk, weeks=1)
    assert {each["agent_id"]: each["predicted"]["count"] for each in team["agents"]} == {
        people.agent.pk: 1, people.lead.pk: 1
    }  # fmt: skip
    assert team["predicted"]["count"] == 1
    assert list(Score.objects.filter(had_last_word=True).values_list("agent_id", flat=True)) == [people.lead.pk]


def test_without_a_prediction_nothing_is_claimed(people: People) -> None:
    predicted = summary(shop_id=people.shop.pk, agent_id=people.agent.pk, weeks=1)["predicted"]
    assert dict(predicted) == {
        "mean": None, "unhappy": None, "count": 0, "by": [], "weeks": [{"mean": None, "unhappy": None, "count": 0}]
    }  # fmt: skip


def test_the_unhappy_list_has_the_likeliest_first_page_by_page(people: People) -> None:
    with clock.standing_at(clock.from_ms(1_795_359_600_000)):
        numbers = [settle(people, GOOD) for _ in range(6)]
        deliver()
    for about, unhappy in zip(numbers, (700, 900, 900, 499, None, 500), strict=True):
        Score.objects.filter(conversation_id=about).update(unhappy=unhappy)
    week = the(numbers[0]).week
    found: list[int] = []
    before = None
    for _ in range(3):
        got = unhappy_page(shop_id=people.shop.pk, week=week, before=before, limit=2)
        found += [each["conversation_id"] for each in got["items"]]
        before = got["next"]
        if before is None:
            break
    assert found == [numbers[each] for each in (2, 1, 0, 5)]
    assert unhappy_page(shop_id=people.shop.pk, week="2020-01-06", before=None, limit=2)["items"] == []
