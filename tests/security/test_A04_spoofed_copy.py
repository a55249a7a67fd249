"""A04: a mail that adds a copy to somebody gives that somebody nothing to read, whoever it seems to be from."""

import uuid

import pytest

from sonnim.channels.kinds.postbox.recipients import addressed
from sonnim.conversations.actions.delivering import begin_carrying
from sonnim.conversations.models import Entry
from sonnim.conversations.posting import Post, ensure_posted
from tests.people import People
from tests.postbag import SHOPPER, Postbag, written

EVE = "eve@evil.example"
SUBJECT = "Re: 달항아리 배송 문의"


@pytest.fixture
def postbag(people: People) -> Postbag:
    return Postbag(people)


def recipients_of_the_next_answer(postbag: Postbag, conversation_id: int) -> set[str]:
    agent = postbag.people.agent.pk
    ack = ensure_posted(Post(postbag.shop, "agent", agent, str(uuid.uuid4()), "네", "message", conversation_id))
    outgoing = begin_carrying(shop_id=postbag.shop, entry_id=ack.id)
    assert outgoing is not None
    return {each.addr_spec for group in addressed(outgoing, locale="en").values() for each in group}


@pytest.mark.parametrize(
    "head", [f"Cc: {EVE}", f"Bcc: {EVE}", f"Reply-To: {EVE}", f"Resent-To: {EVE}", f"Sender: {EVE}"]
)
def test_the_next_answer_goes_to_the_shopper_alone(postbag: Postbag, head: str) -> None:
    first = postbag.first()
    ours = postbag.answer(first.conversation_id)
    postbag.file(written("참조를 추가했어요", refers_to=ours, subject=SUBJECT, head=head))
    assert recipients_of_the_next_answer(postbag, first.conversation_id) == {SHOPPER}


def test_who_was_copied_by_a_mail_does_not_take_part(postbag: Postbag) -> None:
    first = postbag.first(message_id="<one@mail.example>", head=f"Cc: {EVE}")
    entry = postbag.file(written("저도요", sender=EVE, refers_to="<one@mail.example>", subject=SUBJECT))
    assert entry.conversation_id != first.conversation_id


def test_a_stranger_with_the_real_mark_is_not_answered_in_the_shoppers_place(postbag: Postbag) -> None:
    first = postbag.first()
    ours = postbag.answer(first.conversation_id)
    stranger = postbag.file(written("주소가 뭐죠?", sender=EVE, refers_to=ours, subject=SUBJECT))
    assert stranger.conversation_id == first.conversation_id
    assert recipients_of_the_next_answer(postbag, first.conversation_id) == {SHOPPER}


def test_a_mail_never_makes_its_sender_the_contact_of_a_conversation(postbag: Postbag) -> None:
    first = postbag.first()
    ours = postbag.answer(first.conversation_id)
    postbag.file(written("x", sender=EVE, refers_to=ours, subject=SUBJECT))
    assert set(
        Entry.objects.filter(conversation=first.conversation_id, public=True, author_kind="contact").values_list(
            "author_id", flat=True
        )
    ) == {first.author_id}
