"""Mail as mail programs write it, and a shop's mailbox that it comes to."""

import hashlib
import uuid
from dataclasses import dataclass, field
from typing import Any

from sonnim.channels.adapter import Arrived, Filed, Ignored
from sonnim.channels.kinds.postbox import adapter, tokens
from sonnim.channels.kinds.postbox.models import Letter, Mailbox
from sonnim.conversations.models import Conversation, Entry, Envelope
from sonnim.conversations.posting import Post, ensure_posted
from tests.people import People

ADDRESS = "help@ongi.example"
SHOPPER = "haneul@mail.example"


def written(
    text: str = "안녕하세요, 주문한 달항아리는 언제 오나요?",
    *,
    sender: str = f"김하늘 <{SHOPPER}>",
    to: str = ADDRESS,
    subject: str = "달항아리 배송 문의",
    message_id: str = "",
    refers_to: str = "",
    head: str = "",
) -> bytes:
    """A mail; `head` are further lines of its header."""
    lines = [
        f"From: {sender}",
        f"To: {to}",
        f"Subject: {subject}",
        "Date: Sun, 22 Nov 2026 10:00:00 +0900",
        f"Message-ID: {message_id or f'<{uuid.uuid4().hex}@mail.example>'}",
        "MIME-Version: 1.0",
    ]
    if refers_to:
        lines += [f"In-Reply-To: {refers_to}", f"References: {refers_to}"]
    lines += [each for each in head.splitlines() if each]
    if "content-type" not in head.lower():
        lines.append("Content-Type: text/plain; charset=utf-8")
    return ("\r\n".join([*lines, "", text]) + "\r\n").encode()


@dataclass
class Postbag:
    """A shop's mailbox, and everything that comes to it."""

    people: People
    mailbox: Mailbox = field(init=False)
    _count: int = 0

    def __post_init__(self) -> None:
        self.mailbox = Mailbox.objects.create(shop=self.people.shop, address=ADDRESS, name="Ongi")

    @property
    def shop(self) -> int:
        return self.people.shop.pk

    def arrived(self, raw: bytes, **meta: Any) -> Arrived:
        """The mail as the desk hands it to its channel, each time as if it came anew."""
        self._count += 1
        key = f"{self._count}:{hashlib.sha256(raw).hexdigest()}"
        return Arrived(self._count, self.shop, "postbox", self.mailbox.pk, key, raw, attempt=1, meta=meta)

    def bring(self, raw: bytes, **meta: Any) -> Filed | Ignored:
        return adapter.receive(self.arrived(raw, **meta))

    def file(self, raw: bytes, **meta: Any) -> Entry:
        """Bring a mail that has a place; answers its line."""
        filed = self.bring(raw, **meta)
        assert isinstance(filed, Filed), filed
        return Entry.objects.get(pk=filed.entry_id or 0)

    def first(self, **how: Any) -> Entry:
        """The shopper's first mail."""
        return self.file(written(**how))

    def answer(
        self,
        conversation_id: int,
        *,
        to: str = SHOPPER,
        cc: tuple[str, ...] = (),
        subject: str = "Re: 달항아리 배송 문의",
    ) -> str:
        """An agent's answer that has gone out; answers its Message-ID."""
        agent = self.people.agent.pk
        ack = ensure_posted(
            Post(self.shop, "agent", agent, str(uuid.uuid4()), "내일 도착해요.", "message", conversation_id)
        )
        message_id = tokens.message_id(ADDRESS, shop_id=self.shop, conversation_id=ack.conversation, entry_id=ack.id)
        Letter.objects.create(
            shop_id=self.shop, mailbox=self.mailbox, conversation_id=ack.conversation, entry_id=ack.id,
            message_id=message_id, subject=subject, sender=ADDRESS, recipient=to, out=True,
        )  # fmt: skip
        shown = {"to": [{"name": "", "address": to}], "cc": [{"name": "", "address": each} for each in cc]}
        Envelope.objects.create(entry_id=ack.id, shop_id=self.shop, conversation_id=ack.conversation, data=shown)
        return message_id

    def reply_address(self, conversation_id: int, contact_id: int) -> str:
        """Where the shopper's answers go to."""
        mark = tokens.mark("c", shop_id=self.shop, conversation_id=conversation_id, person_id=contact_id)
        return tokens.reply_address(ADDRESS, mark)

    def conversations(self) -> list[Conversation]:
        return list(Conversation.objects.filter(shop=self.shop).order_by("id"))


def flags_of(entry: Entry) -> list[str]:
    """What the envelope says of a mail beside who and to whom."""
    found: list[str] = Envelope.objects.get(entry=entry).data["flags"]
    return found
