"""A file that was uploaded and never sent goes; one that still waits to be sent stays."""

from datetime import timedelta

from tests.people import People

from sonnim.contacts.actions import create_visitor
from sonnim.conversations.actions import ensure_conversation, save_draft
from sonnim.conversations.files import remove_orphans
from sonnim.conversations.models import Attachment, Scheduled
from sonnim.kernel import clock


def uploaded(people: People, name: str, *, by: str = "agent") -> int:
    row = Attachment.objects.create(
        shop=people.shop, owner_kind=by, owner_id=people.agent.pk, key=f"test/{name}", name=name,
        type="text/plain", size=1,
    )  # fmt: skip
    return row.pk


def test_a_file_is_removed_unless_a_draft_or_a_message_for_later_names_it(people: People) -> None:
    contact, _ = create_visitor(shop_id=people.shop.pk, locale="ko")
    conversation = ensure_conversation(shop_id=people.shop.pk, contact=contact, channel="chat")
    drafted, later, lost = (uploaded(people, name) for name in ("drafted", "later", "lost"))
    save_draft(
        shop_id=people.shop.pk, conversation_id=conversation, agent_id=people.agent.pk, text="", attachments=[drafted]
    )
    Scheduled.objects.create(
        shop=people.shop, conversation_id=conversation, agent=people.agent, client_id="later", attachments=[later],
        due_at=clock.now() + timedelta(days=9),
    )  # fmt: skip

    assert remove_orphans() == 0
    shoppers = uploaded(people, "a shopper's", by="contact")
    with clock.moved(timedelta(hours=49)):
        assert remove_orphans() == 1
    assert not Attachment.objects.filter(pk=shoppers).exists()
    with clock.moved(timedelta(days=29)):
        assert remove_orphans() == 0, "a new letter waits in its agent's browser"
    with clock.moved(timedelta(days=31)):
        assert remove_orphans() == 1

    assert set(Attachment.objects.values_list("pk", flat=True)) == {drafted, later}
    assert not Attachment.objects.filter(pk=lost).exists()
