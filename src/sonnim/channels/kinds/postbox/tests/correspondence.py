"""A shop that corresponds with one customer: for tests of what goes out."""

import json
import uuid
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from tests.people import People

from sonnim.channels.kinds.postbox.models import Letter, Mailbox
from sonnim.contacts.actions.writers import ensure_writer
from sonnim.contacts.models import Contact
from sonnim.conversations.actions.delivering import Outgoing, begin_carrying
from sonnim.conversations.envelopes import Recipients, envelope_of
from sonnim.conversations.files import store_attachment
from sonnim.conversations.models import Entry
from sonnim.conversations.posting import Ack, Post, ensure_posted
from sonnim.eventlog.outbox import OutboxError

CHANNEL = "postbox"
ADDRESS = "kim@x.example"


@dataclass
class Correspondence:
    """One conversation by mail; it begins with whoever writes first."""

    people: People
    source: Mailbox
    contact: Contact
    conversation: int | None = None
    failure: OutboxError | None = None

    @classmethod
    def begin(cls, people: People, *, name: str = "김민지", **mailbox: Any) -> "Correspondence":
        source = Mailbox.objects.create(
            shop=people.shop, **{"address": "help@ongi.example", "name": "온기", "is_default": True, **mailbox}
        )
        contact = ensure_writer(shop_id=people.shop.pk, address=ADDRESS, name=name, locale="ko")
        return cls(people, source, contact)

    def they_write(
        self, text: str, *, message_id: str, subject: str = "배송 문의", references: str = "", **letter: Any
    ) -> Ack:
        """A mail of the contact, filed."""
        post = Post(
            self.people.shop.pk, "contact", self.contact.pk, str(uuid.uuid4()), text, channel=CHANNEL,
            conversation_id=self.conversation, locale="ko", subject=subject,
        )  # fmt: skip
        ack = ensure_posted(post)
        self.conversation = ack.conversation
        Letter.objects.create(
            shop=self.people.shop, conversation_id=ack.conversation, entry_id=ack.id,
            **{"mailbox": self.source, "message_id": message_id, "references": references, "subject": subject,
               "sender": ADDRESS, **letter},
        )  # fmt: skip
        return ack

    def somebody_else_writes(self, text: str, *, address: str) -> None:
        """A mail of a stranger who knows a mark of this conversation."""
        other = ensure_writer(shop_id=self.people.shop.pk, address=address)
        post = Post(
            self.people.shop.pk, "contact", other.pk, str(uuid.uuid4()), text, channel=CHANNEL,
            conversation_id=self.conversation, by_proxy=True,
        )  # fmt: skip
        ack = ensure_posted(post)
        Letter.objects.create(shop=self.people.shop, conversation_id=ack.conversation, entry_id=ack.id, sender=address)

    def we_write(self, text: str, *, rich: Any = None, files: tuple[int, ...] = (), **chosen: Any) -> int:
        """An answer of an agent; answers its entry."""
        post = Post(
            self.people.shop.pk, "agent", self.people.agent.pk, str(uuid.uuid4()), text, channel=CHANNEL,
            conversation_id=self.conversation, contact_id=None if self.conversation else self.contact.pk,
            locale="ko", attachments=files, data=json.dumps({"rich": rich}) if rich else "{}",
            envelope=envelope_of(Recipients(**chosen)) if chosen else "",
        )  # fmt: skip
        ack = ensure_posted(post)
        self.conversation = ack.conversation
        return ack.id

    def outgoing(self, text: str = "네, 곧 보내 드릴게요.", **more: Any) -> Outgoing:
        """An answer that is taken up for its way out."""
        found = begin_carrying(shop_id=self.people.shop.pk, entry_id=self.we_write(text, **more))
        assert found is not None
        return found

    def file(self, name: str, content: bytes) -> int:
        upload: UploadedFile[Any] = ContentFile(content, name=name)  # type: ignore[assignment]
        owner = ("agent", self.people.agent.pk)
        return store_attachment(shop_id=self.people.shop.pk, owner=owner, upload=upload).pk

    def state_of(self, entry_id: int) -> dict[str, Any]:
        """How far an answer has come."""
        return dict(json.loads(Entry.objects.get(pk=entry_id).delivery))
