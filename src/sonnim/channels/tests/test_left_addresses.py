"""Where a shopper may be written to is what they said themselves, or what the store vouches for."""

import pytest
from django.test import Client
from tests.people import People

from sonnim.accounts.actions import rotate_identity_secret
from sonnim.accounts.models import Shop
from sonnim.channels.kinds.webchat.actions import begin_visit
from sonnim.channels.models import LeftAddress
from sonnim.contacts.actions import create_visitor, update_contact
from sonnim.contacts.identity import sign_identity
from sonnim.contacts.models import Contact

PAGE = "https://ongi.test/bowl"


def tell(token: str, **said: object) -> int:
    client = Client(headers={"Authorization": f"Visitor {token}"})
    answer = client.patch("/api/v1/widget/contact", said, content_type="application/json")
    return answer.status_code


def test_an_address_that_a_shopper_gives_is_kept_with_the_page(people: People) -> None:
    contact, token = create_visitor(shop_id=people.shop.pk, locale="ko")
    assert tell(token, email="Jiwoo@People.test", page={"url": PAGE}) == 200
    kept = LeftAddress.objects.get(contact=contact)
    assert (kept.address, kept.page) == ("jiwoo@people.test", PAGE)
    assert Contact.objects.get(pk=contact.pk).email == "jiwoo@people.test"


def test_an_address_that_is_taken_back_is_forgotten(people: People) -> None:
    _, token = create_visitor(shop_id=people.shop.pk, locale="ko")
    tell(token, email="jiwoo@people.test")
    assert tell(token, email="") == 200
    assert not LeftAddress.objects.exists()


@pytest.mark.parametrize("email", ["jiwoo", "a b@people.test", "a@b", "x@people.test\r\nBcc: y@people.test"])
def test_what_is_no_address_is_refused(people: People, email: str) -> None:
    _, token = create_visitor(shop_id=people.shop.pk, locale="ko")
    assert tell(token, email=email) == 422
    assert not LeftAddress.objects.exists()


def test_what_the_desk_notes_is_no_word_of_the_shopper(people: People) -> None:
    contact, _ = create_visitor(shop_id=people.shop.pk, locale="ko")
    update_contact(shop_id=people.shop.pk, contact_id=contact.pk, changes={"email": "guessed@people.test"})
    assert not LeftAddress.objects.exists()


def test_the_store_vouches_for_the_address_of_a_proven_customer(people: People) -> None:
    secret = rotate_identity_secret(actor=people.actor(people.owner))
    shop = Shop.objects.get(pk=people.shop.pk)
    identity = sign_identity(secret=secret, subject="c-1", name="Jiwoo", email="Jiwoo@people.test")
    visit = begin_visit(shop=shop, token=None, identity=identity, locale="ko", page=PAGE)
    kept = LeftAddress.objects.get(contact=visit.contact)
    assert (kept.address, kept.page) == ("jiwoo@people.test", PAGE)
    begin_visit(shop=shop, token=visit.token, identity=identity, locale="ko", page=f"{PAGE}/2")
    assert LeftAddress.objects.get(contact=visit.contact).page == f"{PAGE}/2"


def test_an_address_given_before_signing_in_to_the_store_goes_along(people: People) -> None:
    secret = rotate_identity_secret(actor=people.actor(people.owner))
    shop = Shop.objects.get(pk=people.shop.pk)
    stranger = begin_visit(shop=shop, token=None, identity=None, locale="ko")
    tell(stranger.token, email="jiwoo@people.test")
    identity = sign_identity(secret=secret, subject="c-1", name="Jiwoo")
    customer = begin_visit(shop=shop, token=stranger.token, identity=identity, locale="ko").contact
    assert LeftAddress.objects.get(contact=customer).address == "jiwoo@people.test"
