"""The demo's desk keeps hours, and has promises and lists to come back to, in the language of each conversation."""

from datetime import UTC, datetime, timedelta

import pytest

from sonnim.conversations.models import ChecklistItem, Conversation, Entry
from sonnim.demo.actions import ensure_demo
from sonnim.demo.hours import hours_of
from sonnim.demo.people import talks
from sonnim.demo.remembering import to_do
from sonnim.kernel import clock
from sonnim.kernel.text import LOCALES
from sonnim.plan.hours.queries import calendar_of
from sonnim.plan.models import Policy, Promise
from sonnim.plan.promises.actions import strike_due_promises

pytestmark = pytest.mark.django_db


def ms(day: int, hour: int) -> int:
    """An hour in Seoul, in December 2026: the 21st is a Monday."""
    return clock.to_ms(datetime(2026, 12, day, hour, tzinfo=UTC) - timedelta(hours=9))


def test_the_chat_is_always_open_the_mail_by_day_and_parcels_leave_on_working_days() -> None:
    shop = ensure_demo().shop_id
    hours = hours_of(shop)
    assert calendar_of(shop).is_round_the_clock
    mail, parcels = (calendar_of(shop, hours[key]) for key in ("letters", "parcels"))
    assert [mail.is_open(ms(20, hour)) for hour in (8, 9, 20, 21)] == [False, True, True, False]
    assert [parcels.is_open(ms(day, 10)) for day in (20, 21, 25)] == [False, True, False]  # Sunday, Monday, Christmas
    assert [policy.calendar_id for policy in Policy.objects.order_by("position")] == [None, hours["letters"]]


def test_promises_hang_on_what_was_said_and_lists_are_begun_and_not_done() -> None:
    shop = ensure_demo().shop_id
    assert Promise.objects.filter(shop_id=shop, due_at__gt=clock.now()).count() == len(to_do().promises) >= 9
    assert Promise.objects.filter(kept_at__isnull=False).count() == 1
    for promise in Promise.objects.exclude(said_seq=None):
        assert promise.said_in_id and promise.said_seq
        words = Entry.objects.get(conversation_id=promise.said_in_id, seq=promise.said_seq)
        assert (words.author_kind, words.author_id) == ("agent", promise.agent_id)
    spoken = {talk.key: talk.locale for talk in talks()}
    for pledged in (to_do().promises, to_do().lists):
        assert {spoken[each.talk] for each in pledged} == set(LOCALES)
    where = Conversation.objects.filter(pk__in=Promise.objects.values("conversation_id"))
    assert set(where.values_list("status", flat=True)) == {"open", "snoozed"}
    done = {item.done_at is not None for item in ChecklistItem.objects.all()}
    assert done == {True, False}


def test_the_demo_begins_without_a_reminder() -> None:
    begin = clock.now()
    with clock.standing_at(begin):
        ensure_demo()
    before = Entry.objects.count()
    with clock.standing_at(begin + timedelta(seconds=30)):
        strike_due_promises()
    assert Entry.objects.count() == before
