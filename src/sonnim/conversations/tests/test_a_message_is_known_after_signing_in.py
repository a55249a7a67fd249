"""A shopper writes, loses the line, signs in to the store, and the browser sends again under its new name."""

from tests.people import People

from sonnim.contacts.actions import create_visitor, ensure_customer
from sonnim.contacts.identity import ProvenIdentity
from sonnim.conversations.actions import move_conversations
from sonnim.conversations.models import Entry
from sonnim.conversations.posting import Post, ensure_posted

CLIENT_ID = "7c1d7f0e-2f3a-4a53-8c39-0f6f2f1f9a01"


def test_what_was_sent_before_signing_in_is_not_stored_again_afterwards(people: People) -> None:
    shop = people.shop.pk
    stranger, _ = create_visitor(shop_id=shop, locale="ko")
    first = ensure_posted(Post(shop, "contact", stranger.pk, CLIENT_ID, "배송 언제 되나요?", channel="chat"))
    customer = ensure_customer(shop_id=shop, proven=ProvenIdentity("1042", "jiwoo@example.com", "Jiwoo"), locale="ko")
    move_conversations(shop_id=shop, from_contact=stranger.pk, to_contact=customer)

    again = ensure_posted(Post(shop, "contact", customer.pk, CLIENT_ID, "배송 언제 되나요?", channel="chat"))

    assert (again.id, again.seq, again.repeat) == (first.id, first.seq, True)
    assert Entry.objects.filter(client_id=CLIENT_ID).count() == 1


def test_a_tab_that_sends_again_under_the_old_name_does_not_keep_the_customer_out(people: People) -> None:
    shop = people.shop.pk
    stranger, _ = create_visitor(shop_id=shop, locale="ko")
    ensure_posted(Post(shop, "contact", stranger.pk, CLIENT_ID, "배송 언제 되나요?", channel="chat"))
    customer = ensure_customer(shop_id=shop, proven=ProvenIdentity("1042", "jiwoo@example.com", "Jiwoo"), locale="ko")
    move_conversations(shop_id=shop, from_contact=stranger.pk, to_contact=customer)
    late = ensure_posted(Post(shop, "contact", stranger.pk, CLIENT_ID, "배송 언제 되나요?", channel="chat"))

    moved = move_conversations(shop_id=shop, from_contact=stranger.pk, to_contact=customer)

    assert moved == 1
    assert Entry.objects.get(pk=late.id).author_id == customer.pk
    assert not Entry.objects.filter(author_kind="contact", author_id=stranger.pk).exists()
