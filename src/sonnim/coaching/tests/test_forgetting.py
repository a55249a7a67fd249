"""What is redacted in a conversation does not stay in the dismissals, and after a year nothing does."""

from datetime import timedelta

import pytest

from sonnim.coaching.actions.forgetting import forget_old
from sonnim.coaching.models import Count, Dismissal
from sonnim.coaching.rules import piece_key
from sonnim.coaching.tests.desk import Coached
from sonnim.conversations.actions.wording import redact_entry
from sonnim.conversations.tests.shop_day import say
from sonnim.conversations.tests.test_wording import everything_in_the_database
from sonnim.kernel import clock

pytestmark = pytest.mark.django_db
SECRET = "Dear Vermilion, your account 110-4929-1234 gets the money back."


def test_the_piece_and_the_reason_of_a_redacted_answer_are_gone_and_the_counts_stay(coached: Coached) -> None:
    coached.dismiss("sensitive", SECRET)
    coached.dismiss("curt", "Yes.", words=SECRET)
    said = say(coached.people.agent, f"Hello!\n{SECRET} Thank you.", conversation_id=coached.where)
    lead = coached.people.actor(coached.people.lead)
    redact_entry(actor=lead, conversation_id=coached.where, seq=said.seq, reason="an account's number")
    kept = Dismissal.objects.order_by("id").values_list("rule", "piece", "words", "reason")
    assert list(kept) == [("sensitive", "", "", "on_purpose"), ("curt", "Yes.", "", "on_purpose")]
    assert not Dismissal.objects.filter(key=piece_key(SECRET)).exists()
    assert "vermilion" not in everything_in_the_database()
    assert coached.rule("sensitive")["dismissed"] == 1


def test_a_long_piece_is_kept_in_its_beginning_alone(coached: Coached) -> None:
    coached.dismiss("wall-of-text", "a" * 5_000)
    assert Dismissal.objects.get().piece == "a" * 300


def test_after_a_year_dismissals_and_counts_are_forgotten(coached: Coached) -> None:
    coached.dismiss("curt", "Yes.")
    assert forget_old() == 0
    with clock.moved(timedelta(days=366)):
        assert forget_old() == 2
    assert not Dismissal.objects.exists()
    assert not Count.objects.exists()
