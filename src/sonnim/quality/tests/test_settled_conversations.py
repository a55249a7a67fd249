"""A conversation that is settled is scored in the background, once for each line and scorecard."""

import pytest
from tests.people import People

from sonnim.conversations.actions.merging import merge_conversations
from sonnim.conversations.actions.settled import record_solved
from sonnim.conversations.models import Conversation, Entry
from sonnim.kernel import clock
from sonnim.quality import actions
from sonnim.quality.models import Line, Score, Scored
from sonnim.quality.tests.settled import CURT, GOOD, RUDE, at_once, deliver, resolve, say, settle, shopper

pytestmark = pytest.mark.django_db


def test_settling_a_conversation_scores_it(people: People) -> None:
    about = settle(people, GOOD)
    deliver()
    score = Score.objects.get(conversation_id=about)
    assert (score.agent_id, score.points, score.replies, score.current) == (people.agent.pk, 1000, 1, True)
    assert Entry.objects.get(conversation_id=about, seq=score.best["seq"]).text == GOOD  # type: ignore[index]


def test_a_mark_is_kept_with_its_place_and_without_its_words(people: People) -> None:
    about = settle(people, CURT)
    deliver()
    line = Line.objects.get(rule="curt")
    entry = Entry.objects.get(pk=line.entry_id)
    assert (entry.conversation_id, entry.text[line.start : line.end], line.severity) == (about, CURT, "warning")
    assert Score.objects.get(conversation_id=about).points < 1000  # type: ignore[operator]


def test_a_serious_word_to_a_shopper_undoes_the_whole(people: People) -> None:
    about = settle(people, GOOD, RUDE)
    deliver()
    score = Score.objects.get(conversation_id=about)
    assert (score.points, score.critical) == (0, True)


def test_everybody_who_wrote_gets_a_score_of_their_own(people: People) -> None:
    about = say(people, shopper(people), "안녕하세요, 흰색 머그컵 재고 있나요?")
    say(people, people.agent, GOOD, about)
    say(people, people.lead, RUDE, about)
    resolve(people, about)
    deliver()
    found = dict(Score.objects.filter(conversation_id=about).values_list("agent_id", "points"))
    assert found == {people.agent.pk: 1000, people.lead.pk: 0}


def test_notes_and_events_are_not_scored(people: People) -> None:
    about = say(people, shopper(people), "안녕하세요")
    say(people, people.agent, RUDE, about, kind="note")
    resolve(people, about)
    deliver()
    assert not Score.objects.exists()
    assert Scored.objects.get(conversation_id=about).version == 0


def test_scoring_again_changes_nothing(people: People) -> None:
    about = settle(people, CURT)
    deliver()
    before = list(Score.objects.values())
    assert actions.score_conversations(shop_id=people.shop.pk, ids=[about]) == 0
    assert list(Score.objects.values()) == before


def test_a_note_after_the_end_is_no_reason_to_score_again(people: People) -> None:
    about = settle(people, CURT)
    deliver()
    [before] = Score.objects.values_list("pk", flat=True)
    say(people, people.agent, "손님이 만족하심", about, kind="note")
    assert actions.score_conversations(shop_id=people.shop.pk, ids=[about]) == 0
    assert [before] == list(Score.objects.values_list("pk", flat=True))


def test_what_goes_on_is_scored_when_it_is_settled_again(people: People) -> None:
    who = shopper(people)
    about = settle(people, GOOD, who=who)
    deliver()
    first = Score.objects.get(conversation_id=about)
    say(people, who, "그런데 검은색은요?", about)
    say(people, people.agent, CURT, about)
    assert actions.score_conversations(shop_id=people.shop.pk, ids=[about]) == 0, "it is open"
    resolve(people, about)
    deliver()
    second = Score.objects.get(conversation_id=about)
    assert second.seq > first.seq
    assert (second.replies, second.criteria["outcome"]) == (2, 300)


def test_the_shoppers_own_word_counts(people: People) -> None:
    who = shopper(people)
    about = settle(people, GOOD, who=who)
    deliver()
    assert Score.objects.get(conversation_id=about).criteria["outcome"] is None
    record_solved(shop_id=people.shop.pk, conversation_id=about, contact_id=who.pk, solved=True)
    deliver()
    assert Score.objects.get(conversation_id=about).criteria["outcome"] == 1000


def test_a_thank_you_that_reopens_is_no_fault(people: People) -> None:
    who = shopper(people)
    about = settle(people, GOOD, who=who)
    say(people, who, "감사합니다!", about)
    resolve(people, about)
    deliver()
    assert Score.objects.get(conversation_id=about).criteria["outcome"] is None


def test_a_conversation_that_was_merged_is_left_alone(people: People) -> None:
    who = shopper(people)
    first = settle(people, GOOD, who=who)
    Conversation.objects.filter(pk=first).update(last_at=clock.from_ms(0))  # so long ago that a new one begins
    second = settle(people, GOOD, who=who)
    merge_conversations(shop_id=people.shop.pk, conversation_id=first, into_id=second, by=people.agent.pk)
    deliver()
    assert list(Score.objects.values_list("conversation_id", flat=True)) == [second]


def test_a_week_begins_on_monday_in_the_shops_zone(people: People) -> None:
    type(people.shop).objects.filter(pk=people.shop.pk).update(timezone="Asia/Seoul")
    with clock.standing_at(clock.from_ms(1_795_359_600_000)):  # Sunday, 22 November 2026, 15:00 in UTC
        about = settle(people, GOOD)
        deliver()
    assert Score.objects.get(conversation_id=about).week == "2026-11-23"


@pytest.mark.django_db(transaction=True)
def test_two_who_score_at_once_keep_it_once(people: People) -> None:
    about = settle(people, CURT)
    assert at_once(*[lambda: actions.score_conversations(shop_id=people.shop.pk, ids=[about])] * 3) == [None] * 3
    assert Score.objects.filter(conversation_id=about).count() == 1
    assert Line.objects.filter(score__conversation_id=about, rule="curt").count() == 1


@pytest.mark.parametrize("answered", [True, False])
def test_a_shopper_who_says_no_costs_points_whether_or_not_somebody_answers(people: People, answered: bool) -> None:
    who = shopper(people)
    about = settle(people, GOOD, who=who)
    deliver()
    before = Score.objects.get(conversation_id=about, current=True).criteria["outcome"]
    record_solved(shop_id=people.shop.pk, conversation_id=about, contact_id=who.pk, solved=False)
    if answered:
        say(people, people.agent, GOOD, about)
    resolve(people, about)
    deliver()
    after = Score.objects.get(conversation_id=about, current=True).criteria["outcome"]
    assert after is not None
    assert before is None or after < before
