"""Three windows of an agent wave marks of one rule away in the same moment: it falls quiet once, and is told once."""

from threading import Barrier, Thread

import pytest
from django.db import connection
from tests.people import People

from sonnim.coaching.actions import dismiss_mark, save_glossary
from sonnim.coaching.actions.dismissing import Waved
from sonnim.coaching.models import Count, Dismissal, Quiet
from sonnim.coaching.queries import settings_of
from sonnim.coaching.shapes import TermObject
from sonnim.conversations.tests.shop_day import say, shopper
from sonnim.eventlog.models import Event
from sonnim.kernel.errors import Conflict
from sonnim.notifications import queries as notices
from sonnim.notifications.follower import Follower

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds: object) -> None:
    """Do all of it in threads that begin together."""
    gate = Barrier(len(deeds))

    def run(deed: object) -> None:
        try:
            gate.wait(timeout=10)
            deed()  # type: ignore[operator]
        finally:
            connection.close()

    threads = [Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert not any(thread.is_alive() for thread in threads)


def test_of_six_dismissals_at_once_one_is_the_third(people: People) -> None:
    where = say(shopper(people), "Hello! Is it still there?").conversation
    follower = Follower()
    follower.look()
    answers: list[bool] = []

    def wave(piece: str) -> None:
        waved = Waved("curt", piece, "on_purpose")
        answers.append(dismiss_mark(agent=people.agent, conversation_id=where, waved=waved))

    at_once(*(lambda piece=piece: wave(piece) for piece in ("a", "b", "c", "c", "d", "d")))
    assert Dismissal.objects.count() == 4
    assert answers.count(True) >= 2, "the third, and all after it"
    assert Quiet.objects.filter(lifted_at=None).count() == 1
    assert Event.objects.filter(type="coach.quieted").count() == 1
    follower.look()
    assert [told["kind"] for told in notices.unseen(agent_id=people.lead.pk)] == ["quieted"]


def test_the_same_mark_from_two_windows_is_one_dismissal(people: People) -> None:
    where = say(shopper(people), "Hello! Is it still there?").conversation

    def wave() -> None:
        dismiss_mark(agent=people.agent, conversation_id=where, waved=Waved("curt", "Yes.", "wrong"))

    at_once(wave, wave, wave)
    assert Dismissal.objects.count() == 1
    assert Count.objects.get(rule="curt").dismissed == 1


def test_of_two_who_save_the_glossary_at_once_one_is_refused(people: People) -> None:
    refused: list[Conflict] = []

    def save(plain: str) -> None:
        try:
            save_glossary(actor=people.actor(people.lead), v=0, terms=[TermObject(term="CS", plain=plain)])
        except Conflict as error:
            refused.append(error)

    at_once(lambda: save("one"), lambda: save("other"))
    assert len(refused) == 1
    assert settings_of(people.shop.pk).terms_v == 1
