"""The demo store has a service plan, with limits for whoever bargains."""

import pytest

from sonnim.accounts.models import Agent, Shop
from sonnim.demo.actions import ensure_demo
from sonnim.demo.furnishing import KINDS
from sonnim.plan.document import queries
from sonnim.plan.document.completeness import open_questions, whole
from sonnim.plan.document.contradictions import contradictions
from sonnim.plan.document.rules import Asked

pytestmark = pytest.mark.django_db


def test_the_demos_agents_may_concede_a_little_and_its_lead_more() -> None:
    shop = Shop.objects.get(pk=ensure_demo().shop_id)
    agent, lead = (Agent.objects.filter(shop=shop, role=role).first() for role in ("agent", "lead"))
    assert agent is not None
    assert lead is not None
    for amount, who, allowed in (("5000", agent, True), ("5001", agent, False), ("20000", lead, True)):
        asked = Asked("amount", amount, "KRW")
        assert queries.may(agent=who, concession="coupon", amount=asked).allowed is allowed
    assert [rung.id for rung in queries.ladder(shop.pk)] == ["stand", "promotion", "shipping", "gift"]
    assert all(
        limit.value or limit.measure in {"none", "any"}
        for entry in queries.document_of(shop.pk).concessions
        for limit in entry.limits
    )


def test_the_demos_plan_knows_the_store_and_leaves_a_little_open() -> None:
    shop = ensure_demo().shop_id
    document = queries.document_of(shop)
    assert contradictions(document, here=queries.everybody(shop)) == []
    assert 90 <= whole(document).percent < 100
    assert {each.section for each in open_questions(document)} >= {"information"}
    for row in document.information:
        said = [row.answer.ko, row.answer.zh, row.answer.en]
        assert all(said) or not any(said), row.id
    chat, mail = (queries.hours(shop, KINDS[via]) for via in ("chat", "letter"))
    assert chat is not None and chat.calendar_id is None
    assert mail is not None and mail.calendar_id is not None
    assert all((mail.promise.ko, mail.promise.zh, mail.promise.en))
