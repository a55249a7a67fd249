"""A chat whose shopper goes away, and time that goes by."""

from datetime import timedelta
from typing import Any

import msgspec
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.people import People

from sonnim.channels.kinds.postbox.afar import actions
from sonnim.channels.kinds.postbox.afar.follower import Follower
from sonnim.contacts.models import Contact
from sonnim.conversations.files import store_attachment
from sonnim.conversations.models import Entry
from sonnim.conversations.tests.shop_day import say
from sonnim.eventlog import outbox
from sonnim.kernel import clock


class Desk:
    """A chat, and time that goes by."""

    def __init__(self, people: People, guest: Contact) -> None:
        self.people, self.guest = people, guest
        self.follower = Follower()
        self.follower.look()
        self.conversation = say(guest, "아직 계세요?", locale="ko").conversation
        self.away = timedelta()

    def answer(self, text: str, *files: tuple[str, bytes]) -> int:
        agent = self.people.agent
        kept = [
            store_attachment(
                shop_id=agent.shop_id, owner=("agent", agent.pk), upload=SimpleUploadedFile(name, content)
            ).pk
            for name, content in files
        ]
        with clock.moved(self.away):
            return say(agent, text, conversation_id=self.conversation, attachments=tuple(kept)).seq

    def pass_by(self, **time: float) -> None:
        """Let the follower look, time go by, and what is due go out."""
        with clock.moved(self.away):
            self.follower.look()
        self.away += timedelta(**time)
        with clock.moved(self.away):
            actions.follow_due()
            outbox.deliver_due()

    def told(self) -> list[dict[str, Any]]:
        """What the timeline says of mails."""
        rows = Entry.objects.filter(conversation_id=self.conversation, kind="event").order_by("seq")

        found = [msgspec.json.decode(row.data) for row in rows]
        return [each for each in found if each.get("what") == "mailed"]
