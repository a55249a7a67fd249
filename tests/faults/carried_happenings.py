"""What becomes of answers that a channel carries, for F08."""

import uuid
from collections.abc import Callable

from sonnim.channels.kinds.postbox.actions.mailboxes import (
    change_mailbox,
    create_mailbox,
    remove_mailbox,
    renew_hook,
)
from sonnim.channels.kinds.postbox.actions.reading import begin_folder, move_mark, note_backlog, note_state
from sonnim.channels.kinds.postbox.choices import Choices
from sonnim.contacts.actions import ensure_writer
from sonnim.conversations.actions.arriving import place_arrival
from sonnim.conversations.actions.delivering import begin_carrying, mark_delivery, send_again
from sonnim.conversations.models import Entry
from sonnim.conversations.posting import Post, ensure_posted
from tests.faults.town import Town

CHANNEL = "postbox"
MAILBOXES = "channels.kinds.postbox.actions.mailboxes"
READING = "channels.kinds.postbox.actions.reading"
BY_PIPE: Choices = {"way_in": "pipe", "way_out": "house"}


def _mailbox(town: Town) -> int:
    """A mailbox of the shop; answers its number."""
    return create_mailbox(actor=town.owner, address="help@ongi.example", choices=BY_PIPE).pk


def _fetched(town: Town) -> None:
    where = {"shop_id": town.shop, "mailbox_id": _mailbox(town)}
    begin_folder(**where, uidvalidity=7)
    note_backlog(**where, left=3)
    move_mark(**where, uidvalidity=7, uid=2, fetched=2, tell=True)


def _answered(town: Town) -> int:
    """A letter to the shopper; answers its entry's id."""
    letter = Post(
        town.shop, "agent", town.people.agent.pk, str(uuid.uuid4()), "곧 보내 드릴게요", channel=CHANNEL,
        contact_id=town.shopper.pk, subject="달항아리",
    )  # fmt: skip
    return ensure_posted(letter).id


def _taken_up(town: Town) -> int:
    entry = _answered(town)
    begin_carrying(shop_id=town.shop, entry_id=entry)
    return entry


def _failed(town: Town) -> Entry:
    entry = _taken_up(town)
    mark_delivery(shop_id=town.shop, entry_id=entry, state="failed", note="550 no such user")
    return Entry.objects.get(pk=entry)


def _again(town: Town) -> None:
    failed = _failed(town)
    send_again(shop_id=town.shop, conversation_id=failed.conversation_id, seq=failed.seq)


def _written(town: Town) -> None:
    ensure_writer(shop_id=town.shop, address="kim@example.test", locale="ko")
    ensure_writer(shop_id=town.shop, address="Kim@example.test", name="김손님")


def _placed(town: Town) -> None:
    place_arrival(
        shop_id=town.shop, conversation_id=town.waiting, team_id=town.team.pk, linked_to=town.asleep, spam="its server"
    )


CARRIED: dict[str, list[Callable[[Town], object]]] = {
    "contacts.actions.writers:ensure_writer": [_written],
    "conversations.actions.arriving:place_arrival": [_placed],
    f"{MAILBOXES}:create_mailbox": [
        _mailbox,
        lambda town: (_mailbox(town), create_mailbox(actor=town.owner, address="b@b.example", choices=BY_PIPE)),
    ],
    f"{MAILBOXES}:change_mailbox": [
        lambda town: change_mailbox(actor=town.owner, mailbox_id=_mailbox(town), choices={"name": "Ongi"})
    ],
    f"{READING}:note_state": [
        lambda town: note_state(shop_id=town.shop, mailbox_id=_mailbox(town), state="failing", note="NO such user")
    ],
    f"{READING}:note_backlog": [lambda town: note_backlog(shop_id=town.shop, mailbox_id=_mailbox(town), left=3)],
    f"{READING}:move_mark": [_fetched],
    f"{MAILBOXES}:renew_hook": [lambda town: renew_hook(actor=town.owner, mailbox_id=_mailbox(town))],
    f"{MAILBOXES}:remove_mailbox": [lambda town: remove_mailbox(actor=town.owner, mailbox_id=_mailbox(town))],
    "conversations.actions.delivering:begin_carrying": [
        _taken_up,
        lambda town: begin_carrying(shop_id=town.shop, entry_id=_taken_up(town)),
    ],
    "conversations.actions.delivering:mark_delivery": [
        _failed,
        lambda town: mark_delivery(shop_id=town.shop, entry_id=_taken_up(town), state="sent"),
    ],
    "conversations.actions.delivering:send_again": [_again],
}
