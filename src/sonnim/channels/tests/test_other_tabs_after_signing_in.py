"""A shopper has two tabs open and signs in to the store in one of them."""

import pytest
from tests.people import People

from sonnim.accounts.actions import rotate_identity_secret
from sonnim.accounts.models import Shop
from sonnim.channels.kinds.webchat.actions import begin_visit
from sonnim.contacts.identity import sign_identity
from sonnim.contacts.queries import visitor_by_token
from sonnim.conversations.models import Conversation
from sonnim.conversations.posting import Post, ensure_posted
from sonnim.kernel.errors import Unauthenticated

FIRST, SECOND = (f"5b1f0d52-6c1e-4f7e-9b53-0d8c3c1f0a0{n}" for n in (1, 2))


def test_the_other_tab_comes_back_as_the_customer_and_writes_into_the_same_conversation(people: People) -> None:
    secret = rotate_identity_secret(actor=people.actor(people.owner))
    shop = Shop.objects.get(pk=people.shop.pk)
    stranger = begin_visit(shop=shop, token=None, identity=None, locale="ko")
    begun = ensure_posted(Post(shop.pk, "contact", stranger.contact.pk, FIRST, "안녕하세요", channel="chat"))

    signed = sign_identity(secret=secret, subject="1042", name="Jiwoo")
    customer = begin_visit(shop=shop, token=stranger.token, identity=signed, locale="ko").contact

    # What the other tab still sends under the old name is told to say who it is, not lost in a chat of its own.
    for conversation in (None, begun.conversation):
        late = Post(
            shop.pk, "contact", stranger.contact.pk, SECOND, "계세요?", channel="chat", conversation_id=conversation
        )
        with pytest.raises(Unauthenticated):
            ensure_posted(late)

    known = visitor_by_token(stranger.token)
    assert known == customer
    again = ensure_posted(Post(shop.pk, "contact", customer.pk, SECOND, "계세요?", channel="chat"))
    assert again.conversation == begun.conversation
    assert Conversation.objects.filter(shop=shop).count() == 1
