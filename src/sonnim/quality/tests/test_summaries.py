"""Summaries: what they show however many scores there are, and what they cost."""

from collections.abc import Iterator
from typing import Any

import pytest
from tests.people import People, make_agent

from sonnim.quality import summaries
from sonnim.quality.models import Score
from sonnim.quality.tests.settled import CURT, GOOD, deliver, settle

pytestmark = pytest.mark.django_db


def test_the_best_sentence_is_found_behind_newer_scores_that_have_none(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(summaries, "_CANDIDATES", 2)
    settle(people, GOOD)
    for _ in range(3):
        settle(people, CURT)
    deliver()
    assert Score.objects.filter(best__isnull=True).count() == 3
    [best] = summaries.summary(shop_id=people.shop.pk, agent_id=people.agent.pk, weeks=1)["best"]
    assert best["piece"] in GOOD


class Counted(list[Any]):
    """A list that knows how often it was gone through."""

    times = 0

    def __iter__(self) -> Iterator[Any]:
        self.times += 1
        return super().__iter__()


def test_a_team_is_summed_up_without_going_through_all_marks_for_each_agent(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    agents = [people.agent, *(make_agent(people.shop, f"other{n}", "agent") for n in range(3))]
    for each in agents:
        settle(people, CURT, by=each)
    deliver()
    marks = Counted(summaries._marks(people.shop.pk, summaries._weeks(people.shop.pk, 1), None))
    monkeypatch.setattr(summaries, "_marks", lambda *_: marks)
    found = summaries.team_summary(shop_id=people.shop.pk, weeks=1)
    assert [each["rules"]["curt"] for each in found["agents"]] == [1] * len(agents)
    assert marks.times <= 2
