"""What happens between two looks at a score: it is replaced, or gone, while somebody says what they hold of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType, SimpleNamespace

import pytest
from tests.people import People

from sonnim.eventlog import log
from sonnim.kernel.errors import Conflict, NotFound
from sonnim.quality import actions
from sonnim.quality.actions import disputing, reviewing
from sonnim.quality.models import Dispute, Listed, Score
from sonnim.quality.scorecards import shipped
from sonnim.quality.tests.settled import CURT, GOOD, at_once, deliver, settle


def scored(people: People, *replies: str) -> Score:
    about = settle(people, *replies)
    deliver()
    return Score.objects.get(conversation_id=about)


@pytest.fixture
def just_before(monkeypatch: pytest.MonkeyPatch) -> Callable[[ModuleType, Callable[[], object]], None]:
    """Have something happen at the last moment before a module's next transaction."""

    def have(module: ModuleType, deed: Callable[[], object]) -> None:
        deeds = [deed]

        @contextmanager
        def unit(*shops: int) -> Iterator[log.Unit]:
            if deeds:
                deeds.pop()()
            with log.unit(*shops) as work:
                yield work

        monkeypatch.setattr(module, "log", SimpleNamespace(unit=unit))

    return have


Having = Callable[[ModuleType, Callable[[], object]], None]


@pytest.mark.django_db
def test_a_spot_check_takes_the_score_that_has_just_come_in_the_place_of_another(
    people: People, just_before: Having
) -> None:
    score = scored(people, GOOD)

    def replaced() -> None:
        card = shipped()
        actions.save_scorecard(actor=people.actor(people.owner), version=0, criteria=card.criteria, per_week=1)
        actions.score_conversations(shop_id=people.shop.pk, ids=[score.conversation_id])

    just_before(reviewing, replaced)
    [listed] = actions.spot_check(actor=people.actor(people.lead), conversation_id=score.conversation_id)
    assert listed.score_id == Score.objects.get(conversation_id=score.conversation_id).pk != score.pk


@pytest.mark.django_db
def test_a_spot_check_of_what_is_gone_meanwhile_is_refused(people: People, just_before: Having) -> None:
    score = scored(people, GOOD)
    just_before(reviewing, Score.objects.filter(pk=score.pk).delete)
    with pytest.raises(Conflict):
        actions.spot_check(actor=people.actor(people.lead), conversation_id=score.conversation_id)


@pytest.mark.django_db
def test_an_answer_to_a_dispute_that_is_gone_meanwhile_finds_none(people: People, just_before: Having) -> None:
    score = scored(people, CURT)
    made = actions.dispute_score(actor=people.actor(people.agent), score_id=score.pk, words="아닙니다")
    just_before(disputing, Score.objects.filter(pk=score.pk).delete)
    with pytest.raises(NotFound):
        actions.answer_dispute(
            actor=people.actor(people.lead), dispute_id=made.pk, decision="uphold", reason="네", criteria={}
        )


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_is_first_and_nobody_sees_an_error(people: People) -> None:
    score = scored(people, CURT)
    for _ in range(3):
        assert at_once(
            lambda: actions.spot_check(actor=people.actor(people.lead), conversation_id=score.conversation_id),
            lambda: actions.spot_check(actor=people.actor(people.owner), conversation_id=score.conversation_id),
        ) == [None, None]
    assert Listed.objects.count() == 1
    told = at_once(
        *[lambda: actions.dispute_score(actor=people.actor(people.agent), score_id=score.pk, words="아닙니다")] * 2
    )
    assert sorted(map(repr, told)) == sorted(["None", repr(Conflict("You have disputed this score before."))])
    made = Dispute.objects.get()
    told = at_once(
        *[
            lambda: actions.answer_dispute(
                actor=people.actor(people.lead), dispute_id=made.pk, decision="uphold", reason="네", criteria={}
            )
        ]
        * 2
    )
    assert [type(each) for each in told].count(Conflict) == 1
    assert None in told
