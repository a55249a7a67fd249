"""A contact that never said anything is not kept for ever."""

from datetime import timedelta

from tests.people import People

from sonnim.contacts.actions import create_visitor
from sonnim.contacts.models import Contact
from sonnim.conversations.actions import forget_strangers
from sonnim.conversations.posting import Post, ensure_posted
from sonnim.kernel import clock


def test_who_never_wrote_is_forgotten_after_a_week_and_who_wrote_is_kept(people: People) -> None:
    shop = people.shop.pk
    silent, _ = create_visitor(shop_id=shop, locale="ko")
    writer, _ = create_visitor(shop_id=shop, locale="ko")
    ensure_posted(
        Post(shop, "contact", writer.pk, "0d9f0c4e-6f0e-4f5e-9a53-5a9d2b8f1c11", "안녕하세요", channel="chat")
    )

    assert forget_strangers() == 0
    with clock.moved(timedelta(days=8)):
        assert forget_strangers() == 1

    assert not Contact.objects.filter(pk=silent.pk).exists()
    assert Contact.objects.filter(pk=writer.pk).exists()
