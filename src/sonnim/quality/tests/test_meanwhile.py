"""A conversation changes while it is scored: what is shown of a score is never a piece of other words."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.people import People

from sonnim.contacts.models import Contact
from sonnim.conversations.actions.wording import edit_entry, redact_entry
from sonnim.conversations.check import Content
from sonnim.conversations.models import Conversation, Entry
from sonnim.kernel import clock
from sonnim.quality import actions, feeding
from sonnim.quality.details import details
from sonnim.quality.measures import measure_of
from sonnim.quality.models import Line, Score
from sonnim.quality.queries import current_scores
from sonnim.quality.scoring import Result, score
from sonnim.quality.tests.settled import CURT, GOOD, RUDE, deliver, say, settle

pytestmark = pytest.mark.django_db


def edit(people: People, about: int, text: str) -> None:
    seq = Entry.objects.filter(conversation_id=about, author_kind="agent", kind="message").latest("seq").seq
    said = Content(text=text)
    edit_entry(
        shop_id=people.shop.pk, conversation_id=about, seq=seq, agent_id=people.agent.pk, said=said
    )  # fmt: skip


def redact(people: People, about: int) -> None:
    seq = Entry.objects.filter(conversation_id=about, author_kind="agent", kind="message").latest("seq").seq
    redact_entry(actor=people.actor(people.lead), conversation_id=about, seq=seq, reason="x")


def reckoned(people: People, about: int) -> list[Result]:
    measure = measure_of(people.shop.pk)
    return [score(talk, measure) for talk in feeding.talks(people.shop.pk, [about])]


@pytest.mark.parametrize("change", [lambda p, a: edit(p, a, GOOD), redact], ids=["written otherwise", "redacted"])
def test_what_changes_while_it_is_reckoned_is_scored_as_it_is_then(
    people: People, change: Callable[[People, int], None]
) -> None:
    about = settle(people, GOOD, RUDE)
    results = reckoned(people, about)
    change(people, about)
    assert actions.keep_results(shop_id=people.shop.pk, results=results) == 0
    assert not Score.objects.exists()
    deliver()
    assert not Score.objects.get().critical
    assert not Line.objects.filter(severity="serious").exists()


def test_others_of_the_same_batch_are_kept(people: People) -> None:
    first, second = settle(people, RUDE), settle(people, CURT)
    results = [*reckoned(people, first), *reckoned(people, second)]
    edit(people, first, GOOD)
    assert actions.keep_results(shop_id=people.shop.pk, results=results) == 1
    assert list(Score.objects.values_list("conversation_id", flat=True)) == [second]


def test_a_conversation_that_is_gone_meanwhile_holds_up_no_other(people: People) -> None:
    gone, stays = settle(people, RUDE), settle(people, CURT)
    results = [*reckoned(people, gone), *reckoned(people, stays)]
    Conversation.objects.get(pk=gone).contact.delete()
    assert actions.keep_results(shop_id=people.shop.pk, results=results) == 1
    assert list(Score.objects.values_list("conversation_id", flat=True)) == [stays]


def test_what_is_edited_at_the_very_moment_of_scoring_is_not_shown_in_its_place(people: People) -> None:
    now = clock.now()
    with clock.standing_at(now):
        about = settle(people, RUDE)
        deliver()
        edit(people, about, "정말 죄송합니다. 제가 잘못 말씀드렸어요.")
    [shown] = details(people.shop.pk, current_scores(people.shop.pk, about))
    assert [reply["text"] for reply in shown["replies"]] == [None]
    assert shown["worst"] is None


def test_what_was_edited_before_it_was_scored_is_shown(people: People) -> None:
    about = settle(people, GOOD)
    with clock.moved(timedelta(seconds=1)):
        edit(people, about, CURT)
    with clock.moved(timedelta(seconds=2)):
        deliver()
    [shown] = details(people.shop.pk, current_scores(people.shop.pk, about))
    assert [reply["text"] for reply in shown["replies"]] == [CURT]


def test_of_an_endless_conversation_the_end_is_read(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeding, "MOST_LINES", 4)
    about = settle(people, *[RUDE] * 6, GOOD, GOOD)
    with CaptureQueriesContext(connection) as seen:
        [talk] = feeding.talks(people.shop.pk, [about])
    assert [reply.text for reply in talk.replies][-2:] == [GOOD, GOOD]
    assert len(talk.replies) < 5
    [statement] = [each["sql"] for each in seen if "conversations_entry" in each["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(statement)
        assert len(cursor.fetchall()) <= 4


def test_a_conversation_without_a_line_that_counts_is_looked_at_once(people: People) -> None:
    about = say(people, people.agent, "메모", say(people, Contact.objects.create(shop=people.shop), "…"), kind="note")
    Entry.objects.filter(conversation_id=about).update(hidden="redacted")
    Conversation.objects.filter(pk=about).update(status="resolved")
    version, predictor = measure_of(people.shop.pk).version, measure_of(people.shop.pk).predictor.version

    def waiting() -> list[int]:
        return feeding.pending(people.shop.pk, version=version, predictor=predictor, since_ms=0).ids

    actions.score_conversations(shop_id=people.shop.pk, ids=[about])
    assert about not in waiting()
    assert not Score.objects.exists()
