"""Where a shopper has not answered, satisfaction is predicted; where they have, it never is."""

import msgspec
import pytest
from tests.people import People

from sonnim.coach.satisfaction.shipped import ON_REAL
from sonnim.contacts.models import Contact
from sonnim.conversations.actions.settled import record_solved
from sonnim.quality import actions
from sonnim.quality.feeding import talks
from sonnim.quality.measures import measure_of
from sonnim.quality.models import Predictor, Score, Scored
from sonnim.quality.scoring import score
from sonnim.quality.tests.settled import ANGRY, GOOD, deliver, resolve, say, settle, settle_angry, shopper, the

pytestmark = pytest.mark.django_db


def test_a_settled_conversation_without_an_answer_is_predicted(people: People) -> None:
    angry, fine = settle_angry(people), settle(people, GOOD)
    deliver()
    assert the(angry).satisfaction < the(fine).satisfaction  # type: ignore[operator]
    assert the(angry).unhappy > the(fine).unhappy  # type: ignore[operator]
    predictor = the(angry).predictor
    assert predictor is not None and predictor.source == "shipped"
    assert predictor.measured == list(msgspec.to_builtins(ON_REAL))


def test_a_prediction_is_gone_with_the_answer_that_the_shopper_gives(people: People) -> None:
    for solved in (True, False):
        who = shopper(people)
        about = settle_angry(people, who)
        deliver()
        assert the(about).unhappy is not None
        record_solved(shop_id=people.shop.pk, conversation_id=about, contact_id=who.pk, solved=solved)
        assert (the(about).satisfaction, the(about).unhappy, the(about).predictor) == (None, None, None), "at once"
        deliver()
        assert the(about).unhappy is None


def test_an_answer_that_comes_while_a_conversation_is_read_is_not_contradicted(people: People) -> None:
    who = shopper(people)
    about = settle_angry(people, who)
    measure = measure_of(people.shop.pk)
    results = [score(talk, measure) for talk in talks(people.shop.pk, [about])]
    assert results[0].foreseen is not None
    record_solved(shop_id=people.shop.pk, conversation_id=about, contact_id=who.pk, solved=True)
    actions.keep_results(shop_id=people.shop.pk, results=results)
    assert the(about).unhappy is None


def test_what_goes_on_is_predicted_anew_when_it_is_settled_again(people: People) -> None:
    who = shopper(people)
    about = settle_angry(people, who)
    deliver()
    before = the(about).satisfaction
    say(people, who, "아, 지금 왔어요. 정말 감사합니다! 친절하시네요 😊", about)
    say(people, people.agent, GOOD, about)
    say(people, who, "감사합니다! 덕분에 해결됐어요.", about)
    resolve(people, about)
    deliver()
    assert the(about).satisfaction > before  # type: ignore[operator]


def test_nothing_is_predicted_where_one_side_was_silent(people: People) -> None:
    about = say(people, shopper(people), ANGRY)
    resolve(people, about)
    deliver()
    assert Scored.objects.filter(conversation_id=about).exists()
    assert not Score.objects.exists() and not Predictor.objects.exists()


def test_a_deleted_contact_takes_predictions_along(people: People) -> None:
    about = settle_angry(people)
    deliver()
    Contact.objects.filter(pk=the(about).conversation.contact_id).delete()
    assert not Score.objects.exists()
