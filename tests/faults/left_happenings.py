"""What becomes of those who are not here, for F08."""

import uuid
from collections.abc import Callable

from sonnim.channels.kinds.postbox.actions.returned import tell_returned
from sonnim.channels.kinds.postbox.afar.actions import note_follow_up
from sonnim.channels.kinds.postbox.mailed_chats.actions import mail_chat, send_due_chats
from sonnim.channels.kinds.postbox.models import Letter, Mailbox
from sonnim.conversations.models import Entry
from tests.faults.town import Town


def _mailed(town: Town) -> None:
    Mailbox.objects.create(shop_id=town.shop, address="help@ongi.test", way_in="pipe", way_out="house")
    mail_chat(
        agent=town.agent.agent, conversation_id=town.waiting, client_id=str(uuid.uuid4()), address="kim@ongi.test",
        words="말씀하신 상담 기록입니다.", held=False,
    )  # fmt: skip
    send_due_chats()


def _followed(town: Town) -> None:
    note_follow_up(
        shop_id=town.shop, conversation_id=town.waiting, state="failed", address="kim@ongi.test", up_to=1, note="550 no"
    )


def _came_back(town: Town) -> None:
    newest = Entry.objects.filter(conversation=town.waiting).latest("seq")
    letter = Letter.objects.create(
        shop_id=town.shop, conversation_id=town.waiting, entry_id=newest.pk, message_id="<1@ongi.test>", out=True,
        recipient="kim@ongi.test",
    )  # fmt: skip
    tell_returned(letter=letter, note="550 no")


LEFT: dict[str, list[Callable[[Town], object]]] = {
    "channels.kinds.postbox.actions.returned:tell_returned": [_came_back],
    "channels.kinds.postbox.mailed_chats.actions:send_due_chats": [_mailed],
    "channels.kinds.postbox.afar.actions:note_follow_up": [_followed],
}
