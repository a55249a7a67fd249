"""Conceding within the plan: limits for each order, the ledger, the timeline, and taking it back."""

from datetime import timedelta
from typing import Any

import pytest
from tests.people import People

from sonnim.accounts.models import AuditEntry
from sonnim.conversations.actions import resolve_conversation
from sonnim.conversations.actions.merging import merge_conversations
from sonnim.conversations.tests.shop_day import conversation, say, shopper
from sonnim.kernel import clock
from sonnim.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from sonnim.plan.ladder.actions import take_back
from sonnim.plan.ladder.tests.bargaining import Bargain
from sonnim.plan.ladder.wanted import AboveLimit
from sonnim.plan.models import Concession

pytestmark = pytest.mark.django_db


def test_what_the_plan_allows_is_noted_in_the_ledger_the_timeline_and_the_audit_log(bargain: Bargain) -> None:
    given = bargain.concede(value="4000.5", order="ORD-77", reason="늦었어요", sentence="쿠폰을 드려요", step="coupon")
    assert (given["kind"], given["value"], given["currency"], given["version"]) == ("coupon", "4000.5", "KRW", 1)
    assert (given["order"], given["reason"], given["sentence"]) == ("ORD-77", "늦었어요", "쿠폰을 드려요")
    assert bargain.told("concession") == 1
    assert AuditEntry.objects.filter(action="concession.made").count() == 1


def test_the_same_concession_sent_twice_is_one(bargain: Bargain) -> None:
    first = bargain.concede(value="3000", client_id="6f1b8a90-0000")
    assert bargain.concede(value="3000", client_id="6f1b8a90-0000") == first
    assert Concession.objects.count() == 1


@pytest.mark.parametrize("other", [{"value": "2000"}, {"concession": "gift", "measure": "count"}, {"order": "A-2"}])
def test_the_same_name_for_something_else_is_no_repetition(bargain: Bargain, other: dict[str, Any]) -> None:
    bargain.concede(value="3000", client_id="6f1b8a90-0000")
    with pytest.raises(Conflict):
        bargain.concede(**{"value": "3000" if "measure" not in other else "1", **other}, client_id="6f1b8a90-0000")
    elsewhere = say(shopper(bargain.people), "저도 깎아 주세요").conversation
    with pytest.raises(Conflict):
        bargain.concede(value="3000", client_id="6f1b8a90-0000", where=elsewhere)
    assert Concession.objects.count() == 1


def test_the_limit_holds_for_all_that_is_conceded_of_it_by_whomever(bargain: Bargain) -> None:
    bargain.concede(value="3000")
    with pytest.raises(AboveLimit) as refused:
        bargain.concede(value="2000.0001")
    assert refused.value.fields == {"why": "over_limit", "measure": "amount", "limit": "5000", "currency": "KRW"}
    bargain.concede(bargain.people.lead, value="17000")
    with pytest.raises(AboveLimit):
        bargain.concede(bargain.people.lead, value="0.0001")
    bargain.concede(bargain.people.owner, value="99999")
    assert Concession.objects.count() == 3


def test_each_order_has_a_limit_of_its_own_however_its_number_is_written(bargain: Bargain) -> None:
    bargain.concede(value="5000", order="ORD-1")
    bargain.concede(value="5000", order="ORD-2")
    with pytest.raises(AboveLimit):
        bargain.concede(value="1", order="#ord 1")
    with pytest.raises(AboveLimit):
        bargain.concede(value="1")


def test_an_orders_number_in_full_width_letters_is_the_same_number(bargain: Bargain) -> None:
    bargain.concede(value="5000", order="ORD-12")
    for disguised in ("ＯＲＤ－１２", "o r d\u200b12", "ord‐１2", " Ｏrd　12 "):
        with pytest.raises(AboveLimit):
            bargain.concede(value="1", order=disguised)
    long = bargain.concede(bargain.people.owner, order="ß㎯" * 40)
    assert bargain.concede(bargain.people.owner, order="ß㎯" * 40, client_id="twice-000")["order"] == long["order"]
    assert max(len(each.order_key) for each in Concession.objects.all()) <= 80


def test_another_conversation_about_the_same_order_does_not_begin_anew(bargain: Bargain) -> None:
    bargain.concede(value="5000", order="ORD-1")
    other = say(shopper(bargain.people), "같은 주문이에요").conversation
    with pytest.raises(AboveLimit):
        bargain.concede(value="1", order="ORD-1", where=other)
    bargain.concede(value="5000", where=other)


def test_what_is_merged_counts_together(bargain: Bargain, people: People) -> None:
    here: dict[str, Any] = {"shop_id": people.shop.pk, "by": people.agent.pk}
    resolve_conversation(conversation_id=bargain.where, **here)
    with clock.moved(timedelta(days=9)):
        later = say(conversation(bargain.where).contact, "다른 이야기예요").conversation
        bargain.concede(value="5000", where=later)
        merge_conversations(conversation_id=later, into_id=bargain.where, **here)
        for where in (bargain.where, later):
            with pytest.raises(AboveLimit):
                bargain.concede(value="1", where=where)


def test_percent_and_money_are_compared_through_the_order(bargain: Bargain) -> None:
    with pytest.raises(AboveLimit) as refused:
        bargain.concede(concession="discount", measure="amount", value="1000", currency="KRW")
    assert refused.value.fields["why"] == "order_needed"
    order: dict[str, Any] = {"order": "A", "order_total": "30000", "order_currency": "KRW"}
    bargain.concede(concession="discount", measure="amount", value="1000", currency="KRW", **order)
    bargain.concede(concession="discount", measure="percent", value="6.6666", order="A")
    with pytest.raises(AboveLimit):
        bargain.concede(concession="discount", measure="percent", value="0.0001", order="A")


def test_gifts_are_counted_and_days_are_kept(bargain: Bargain) -> None:
    bargain.concede(concession="gift")
    with pytest.raises(AboveLimit):
        bargain.concede(concession="gift")
    with pytest.raises(AboveLimit) as refused:
        bargain.concede(concession="sale")
    assert refused.value.fields["why"] == "not_now"


def test_one_can_note_that_one_stood_by_the_price(bargain: Bargain) -> None:
    assert bargain.concede(concession="", step="stand")["kind"] == "stand"
    wrongs: list[dict[str, Any]] = [{"concession": "", "step": "coupon"}, {"step": "nowhere"}, {"concession": ""}]
    for wrong in wrongs:
        with pytest.raises(Invalid):
            bargain.concede(**wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": "0"},
        {"currency": ""},
        {"concession": "moon"},
        {"concession": "gift", "measure": "count", "value": "0.5"},
        {"concession": "discount", "measure": "percent", "value": "100.0001"},
        {"order_total": "5"},
    ],
)
def test_nothing_halves_and_unknown_things_are_refused(bargain: Bargain, wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        bargain.concede(**({"concession": "coupon", "measure": "amount", "currency": "KRW"} | wrong))


def test_what_is_taken_back_leaves_its_limit_and_only_its_agent_or_a_lead_may(bargain: Bargain, people: People) -> None:
    given = bargain.concede()
    lead = bargain.concede(people.lead, value="1")
    with pytest.raises(Forbidden):
        take_back(actor=people.actor(people.agent), concession_id=lead["id"])
    back = take_back(actor=people.actor(people.lead), concession_id=given["id"])
    assert back["taken_back_by_id"] == people.lead.pk
    with pytest.raises(Conflict):
        take_back(actor=people.actor(people.lead), concession_id=given["id"])
    with pytest.raises(NotFound):
        take_back(actor=people.actor(people.outsider), concession_id=given["id"])
    take_back(actor=people.actor(people.lead), concession_id=lead["id"])
    bargain.concede()
    assert bargain.told("concession_taken_back") == 2


def test_without_a_plan_nothing_is_conceded_and_nothing_asked(people: People) -> None:
    alone = Bargain(people, say(shopper(people)).conversation)
    with pytest.raises(AboveLimit) as refused:
        alone.concede(people.owner)
    assert refused.value.fields == {"why": "no_plan"}
    with pytest.raises(Conflict):
        alone.ask()
    shown = alone.ladder()
    assert (shown["version"], shown["next"], shown["steps"]) == (0, None, [])
