"""Who writes from an address is one contact, however often they write; who only names it is another."""

import pytest
from tests.people import People

from sonnim.contacts import actions
from sonnim.contacts.identity import ProvenIdentity
from sonnim.contacts.known import addresses_of, writer_by_address
from sonnim.contacts.models import Contact


def test_whoever_writes_from_an_address_is_the_same_each_time(people: People) -> None:
    shop = people.shop.pk
    first = actions.ensure_writer(shop_id=shop, address="Kim@Mail.example", name="", locale="ko")
    again = actions.ensure_writer(shop_id=shop, address="kim@mail.example", name="김하늘", locale="en")
    assert (first.pk, again.name, again.locale) == (again.pk, "김하늘", "ko")
    assert addresses_of(first.pk) == ["kim@mail.example"]


def test_a_name_that_is_known_stays(people: People) -> None:
    shop = people.shop.pk
    actions.ensure_writer(shop_id=shop, address="kim@mail.example", name="김하늘", locale="ko")
    assert actions.ensure_writer(shop_id=shop, address="kim@mail.example", name="Boss").name == "김하늘"


@pytest.mark.parametrize("typed", ["victim@mail.example", "VICTIM@mail.example"])
def test_a_visitor_who_typed_an_address_is_not_the_one_who_writes_from_it(people: People, typed: str) -> None:
    visitor, _ = actions.create_visitor(shop_id=people.shop.pk, locale="en")
    actions.update_contact(shop_id=people.shop.pk, contact_id=visitor.pk, changes={"email": typed})
    assert actions.ensure_writer(shop_id=people.shop.pk, address="victim@mail.example").pk != visitor.pk


def test_a_customer_for_whom_the_store_vouches_is_known_by_the_address_that_it_names(people: People) -> None:
    shop = people.shop.pk
    customer = actions.ensure_customer(shop_id=shop, proven=ProvenIdentity("7", "Kim@mail.example", "김"), locale="ko")
    assert actions.ensure_writer(shop_id=shop, address="kim@mail.example").pk == customer.pk


def test_an_address_that_the_store_has_replaced_is_the_customers_no_more(people: People) -> None:
    shop = people.shop.pk
    for address in ("old@mail.example", "new@mail.example"):
        customer = actions.ensure_customer(shop_id=shop, proven=ProvenIdentity("7", address, "김"), locale="ko")
    assert addresses_of(customer.pk) == ["new@mail.example"]
    assert writer_by_address(shop_id=shop, address="old@mail.example") is None


def test_who_was_merged_is_found_as_whom_they_go_on(people: People) -> None:
    shop = people.shop.pk
    one = actions.ensure_writer(shop_id=shop, address="one@mail.example")
    two = actions.ensure_writer(shop_id=shop, address="two@mail.example")
    actions.join_contacts(actor=people.actor(people.owner), kept_id=one.pk, gone_id=two.pk, conversations=[])
    actions.retire_contact(contact=Contact.objects.get(pk=two.pk), into=one)
    assert actions.ensure_writer(shop_id=shop, address="two@mail.example").pk == one.pk


def test_an_address_is_another_contacts_in_another_shop(people: People) -> None:
    here = actions.ensure_writer(shop_id=people.shop.pk, address="kim@mail.example")
    there = actions.ensure_writer(shop_id=people.other_shop.pk, address="kim@mail.example")
    assert here.pk != there.pk
