"""Contacts: made for strangers and customers, found by their browser's key, changed field by field."""

import pytest
from tests.people import People

from sonnim.contacts import actions, queries
from sonnim.contacts.identity import ProvenIdentity
from sonnim.contacts.models import Contact, Identity
from sonnim.eventlog.models import Event
from sonnim.kernel.errors import Invalid, NotFound

CUSTOMER = ProvenIdentity("customer-7", "kim@example.test", "김손님")


def test_a_stranger_is_known_by_the_key_of_its_browser_alone(people: People) -> None:
    contact, token = actions.create_visitor(shop_id=people.shop.pk, locale="ko-KR")
    assert queries.visitor_by_token(token) == contact
    assert queries.visitor_by_token(token, shop_id=people.other_shop.pk) is None
    assert contact.locale == "ko"
    assert token not in Identity.objects.get(contact=contact).value


@pytest.mark.parametrize("token", [None, 0, True, {}, [], "", "v_", "v_guess", "sk_x", "v_" + "x" * 200, "v_\ud800"])
def test_what_is_not_a_key_of_ours_finds_nobody(people: People, token: object) -> None:
    actions.create_visitor(shop_id=people.shop.pk, locale="en")
    assert queries.visitor_by_token(token) is None


def test_a_customer_is_one_contact_however_often_the_store_vouches(people: People) -> None:
    first = actions.ensure_customer(shop_id=people.shop.pk, proven=CUSTOMER, locale="ko")
    again = actions.ensure_customer(shop_id=people.shop.pk, proven=CUSTOMER, locale="ko")
    elsewhere = actions.ensure_customer(shop_id=people.other_shop.pk, proven=CUSTOMER, locale="ko")
    assert first == again != elsewhere
    assert first.verified


def test_a_customers_name_is_kept_in_step_and_never_emptied(people: People) -> None:
    actions.ensure_customer(shop_id=people.shop.pk, proven=CUSTOMER, locale="ko")
    nameless = ProvenIdentity(CUSTOMER.subject, "new@example.test", "")
    contact = actions.ensure_customer(shop_id=people.shop.pk, proven=nameless, locale="ko")
    assert (contact.name, contact.email) == ("김손님", "new@example.test")
    event = Event.objects.get(shop_id=people.shop.pk, type="contact.updated")
    assert (event.contact_id, "new@example.test" in event.desk, "new@example.test" in event.public) == (
        None,
        True,
        False,
    )


def test_a_change_is_told_and_has_the_position_of_its_event(people: People) -> None:
    contact, _ = actions.create_visitor(shop_id=people.shop.pk, locale="ko")
    shown = actions.update_contact(
        shop_id=people.shop.pk, contact_id=contact.pk, changes={"name": " 김손님 ", "attributes": {"tier": "gold"}}
    )
    assert (shown["name"], shown["attributes"]) == ("김손님", {"tier": "gold"})
    assert shown["v"] == Event.objects.get(shop_id=people.shop.pk, type="contact.updated").pos


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "x" * 121},
        {"notes": "a\x00b"},
        {"email": 7},
        {"email": "mina@example.test, eve@example.test"},
        {"email": "mina"},
        {"locale": "fr"},
        {"attributes": []},
        {"attributes": {str(n): n for n in range(51)}},
        {"blocked": "yes"},
        {"verified": True},
        {"shop_id": 2},
    ],
    ids=str,
)
def test_what_cannot_be_saved_changes_nothing(people: People, changes: dict[str, object]) -> None:
    contact, _ = actions.create_visitor(shop_id=people.shop.pk, locale="ko")
    with pytest.raises(Invalid):
        actions.update_contact(shop_id=people.shop.pk, contact_id=contact.pk, changes={"phone": "1", **changes})
    assert Contact.objects.get(pk=contact.pk).phone == ""


def test_another_shops_contact_is_not_there(people: People) -> None:
    contact, _ = actions.create_visitor(shop_id=people.other_shop.pk, locale="ko")
    with pytest.raises(NotFound):
        actions.update_contact(shop_id=people.shop.pk, contact_id=contact.pk, changes={"name": "x"})
    with pytest.raises(NotFound):
        queries.contact_of_shop(people.shop.pk, contact.pk)


def test_a_browsers_key_is_named_and_never_shown(people: People) -> None:
    contact, _ = actions.create_visitor(shop_id=people.shop.pk, locale="ko")
    assert queries.identities_of(contact) == [{"kind": "visitor", "value": "", "verified": False}]


@pytest.mark.parametrize("value", [float("nan"), float("-inf"), "a\x00b", ["a\x00b"]])
def test_attributes_that_one_database_would_refuse_are_refused_on_all(people: People, value: object) -> None:
    contact, _ = actions.create_visitor(shop_id=people.shop.pk, locale="ko")
    with pytest.raises(Invalid):
        actions.update_contact(shop_id=people.shop.pk, contact_id=contact.pk, changes={"attributes": {"a": value}})
