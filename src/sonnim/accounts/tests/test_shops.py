"""A shop is opened whole, and removed without a trace."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from tests.people import PASSWORD, People, make_agent, make_shop

from sonnim.accounts import actions
from sonnim.accounts.models import Agent, Shop, User
from sonnim.accounts.tests.signing_in import signed_in
from sonnim.eventlog import queries as eventlog
from sonnim.kernel.errors import Invalid

NEW: dict[str, Any] = {
    "locale": "ko",
    "owner_email": "New@people.test",
    "owner_name": "New",
    "owner_password": PASSWORD,
}


def counts() -> dict[str, int]:
    """Rows of every table."""
    return {model._meta.label: model._default_manager.count() for model in apps.get_models(include_auto_created=True)}


def test_a_shop_has_an_owner_a_key_and_a_log(db: None) -> None:
    made = actions.create_shop(name="Ongi", **NEW)
    assert (made.owner.role, made.owner.user.email) == ("owner", "new@people.test")
    assert len(made.shop.public_key) == 24
    head = eventlog.head(made.shop.pk)
    assert head is not None
    assert head.pos == 1
    assert made.owner.user.check_password(PASSWORD)


def test_an_existing_person_opens_a_second_shop_with_the_password_they_have(people: People) -> None:
    made = actions.create_shop(name="Second", **{**NEW, "owner_email": "agent@people.test", "owner_password": "x"})
    assert made.owner.user_id == people.agent.user_id
    assert User.objects.get(pk=people.agent.user_id).check_password(PASSWORD)


@pytest.mark.parametrize(
    "wrong", [{"owner_password": "short"}, {"timezone": "Nowhere"}, {"name": " "}, {"color": "red"}]
)
def test_a_shop_that_cannot_be_opened_leaves_nothing(db: None, wrong: dict[str, Any]) -> None:
    before = counts()
    with pytest.raises(Invalid):
        actions.create_shop(**{"name": "Ongi", **NEW, **wrong})
    assert counts() == before


def test_a_removed_shop_leaves_nothing_and_takes_nobody_elses_account(people: People) -> None:
    before = counts()
    shop, _ = make_shop("Gone", owner="gone")
    staff = make_agent(shop, "gone-agent", "admin")
    actions.add_agent(shop_id=shop.pk, user=people.agent.user, role="lead")
    signed_in("gone-agent@people.test")
    actor = people.actor(staff)
    actions.create_token(actor=actor, name="x")
    actions.create_team(actor=actor, name="x", agent_ids=[staff.pk])
    actions.invite_agent(actor=actor, email="i@people.test", role="agent", locale="en")
    actions.remove_shop(shop=shop)
    assert counts() == before
    assert Session.objects.count() == 0
    assert Agent.objects.filter(user=people.agent.user).count() == 1
    assert not Shop.objects.filter(pk=shop.pk).exists()
