"""How often rules are seen, applied and dismissed is counted by day, cheaply, for whoever tunes them."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import OperationalError

from sonnim.coaching.actions import count_seen
from sonnim.coaching.models import Count
from sonnim.coaching.tally import Tally
from sonnim.coaching.tests.desk import Coached
from sonnim.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def tally(monkeypatch: pytest.MonkeyPatch) -> Iterator[Tally]:
    made = Tally()
    monkeypatch.setattr("sonnim.coaching.api.TALLY", made)
    yield made


def test_however_often_a_draft_is_read_its_mark_was_seen_once(coached: Coached, tally: Tally) -> None:
    for draft in ("Yes.", "Yes", "Yes."):
        coached.review(draft)
    assert coached.rule("curt")["seen"] == 0, "nothing is written while somebody types"
    tally.keep()
    assert coached.rule("curt")["seen"] == 1
    coached.review("Yes.", by=coached.people.lead)
    assert tally.keep() >= 1
    assert coached.rule("curt")["seen"] == 2


def test_the_next_day_it_is_seen_again(coached: Coached, tally: Tally) -> None:
    coached.review("Yes.")
    with clock.moved(timedelta(days=1)):
        coached.review("Yes.")
    tally.keep()
    assert sorted(Count.objects.filter(rule="curt").values_list("seen", flat=True)) == [1, 1]


def test_what_could_not_be_kept_is_kept_the_next_time(
    coached: Coached, tally: Tally, monkeypatch: pytest.MonkeyPatch
) -> None:
    coached.review("Yes.")

    def full(**_: object) -> int:
        raise OperationalError("database or disk is full")

    with monkeypatch.context() as patched:
        patched.setattr("sonnim.coaching.tally.actions.count_seen", full)
        with pytest.raises(OperationalError):
            tally.keep()
    tally.keep()
    assert coached.rule("curt")["seen"] == 1


def test_a_shop_that_is_gone_keeps_no_other_one_from_being_counted_once(coached: Coached, tally: Tally) -> None:
    for shop_id in (0, coached.people.shop.pk, 10**9):
        tally.note(shop_id=shop_id, agent_id=1, conversation_id=1, rules=["curt"] if shop_id else ["cold"])
    tally.note(shop_id=10**9, agent_id=2, conversation_id=2, rules=["curt"])
    for _ in range(3):
        tally.keep()
    assert coached.rule("curt")["seen"] == 1


def test_a_suggestion_that_was_taken_is_counted(coached: Coached) -> None:
    for _ in range(2):
        coached.call("POST", f"{coached.here}/applied", {"rule": "curt"}, expect=204)
    assert coached.rule("curt")["applied"] == 2
    coached.call("POST", f"{coached.here}/applied", {"rule": "rude"}, expect=404)


def test_figures_are_of_the_last_thirty_days_and_of_one_shop(coached: Coached) -> None:
    shop, other = coached.people.shop.pk, coached.people.other_shop.pk
    today = clock.now().date()
    days = {0: 1, 29: 2, 31: 4}
    counts = {("curt", (today - timedelta(days=ago)).isoformat()): n for ago, n in days.items()}
    assert count_seen(shop_id=shop, counts=counts) == 7
    assert count_seen(shop_id=other, counts={("curt", today.isoformat()): 8}) == 8
    assert coached.rule("curt")["seen"] == 3
