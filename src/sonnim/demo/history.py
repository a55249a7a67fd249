"""Plays the demo's conversations back into the shop, in the order in which they happened, through the same actions."""

import heapq
import uuid
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any, NamedTuple

from sonnim.accounts.models import Agent
from sonnim.channels.registry import LIVE
from sonnim.contacts.actions import create_visitor, ensure_customer, update_contact
from sonnim.contacts.identity import ProvenIdentity
from sonnim.contacts.models import Contact
from sonnim.conversations.actions import mark_seen, resolve_conversation, snooze_conversation
from sonnim.conversations.models import Conversation
from sonnim.conversations.posting import Post, ensure_posted
from sonnim.demo.people import Shopper, Talk, Turn, shoppers
from sonnim.demo.pictures import attach_picture
from sonnim.eventlog.log import Unit
from sonnim.kernel import clock

RESOLVED_AFTER_MIN = 2.0
SNOOZED_AFTER_MIN = 0.5


class Moment(NamedTuple):
    """Something that happened to a conversation; without a turn, it is its end."""

    minutes_ago: float
    talk: Talk
    turn: Turn | None


class Playback:
    """One playing of conversations into one shop; use inside the shop's unit."""

    def __init__(self, *, work: Unit, shop_id: int, agents: dict[str, Agent]) -> None:
        self._work = work
        self._shop_id = shop_id
        self._agents = agents
        self._contacts: dict[str, Contact] = {}
        self._conversations: dict[str, int] = {}

    def play(self, talks: Iterable[Talk]) -> None:
        """Let it all happen again, each thing at its own time."""
        started = clock.now_ms()
        for moment in in_order(talks):
            # Minutes count back from the start, however long the playing takes.
            late = timedelta(milliseconds=clock.now_ms() - started)
            with clock.moved(-timedelta(minutes=moment.minutes_ago) - late):
                self._work.at = clock.now_ms()
                if moment.turn is None:
                    self._end(moment)
                else:
                    self._say(moment.talk, moment.turn)
        self._work.at = clock.now_ms()

    def _say(self, talk: Talk, turn: Turn) -> None:
        kind, _, key = turn.by.rpartition(":")
        sender = ("contact", self._contact(talk.shopper).pk) if key == "shopper" else ("agent", self._agents[key].pk)
        files: tuple[int, ...] = ()
        if turn.picture:
            files = (attach_picture(shop_id=self._shop_id, owner=sender, name=turn.picture).pk,)
        ack = ensure_posted(
            Post(
                shop_id=self._shop_id,
                author_kind=sender[0],
                author_id=sender[1],
                client_id=str(uuid.uuid4()),
                text=turn.text,
                kind=kind or "message",
                conversation_id=self._conversations.get(talk.key),
                attachments=files,
                channel=LIVE.kind,
                locale=talk.locale,
            )
        )
        self._conversations[talk.key] = ack.conversation
        if sender[0] == "contact":
            Contact.objects.filter(pk=sender[1]).update(last_seen_at=clock.now())

    def _end(self, moment: Moment) -> None:
        talk, conversation_id = moment.talk, self._conversations[moment.talk.key]
        by = self._agents[talk.assignee or ""].pk
        if talk.status == "resolved":
            resolve_conversation(shop_id=self._shop_id, conversation_id=conversation_id, by=by)
            self._read_by_shopper(conversation_id, self._contact(talk.shopper))
        elif talk.status == "snoozed":
            until = clock.now() + timedelta(minutes=moment.minutes_ago + talk.snooze_minutes)
            snooze_conversation(shop_id=self._shop_id, conversation_id=conversation_id, by=by, until=until)

    def _read_by_shopper(self, conversation_id: int, contact: Contact) -> None:
        last_seq = Conversation.objects.values_list("last_seq", flat=True).get(pk=conversation_id)
        mark_seen(shop_id=self._shop_id, conversation_id=conversation_id, seq=last_seq, contact_id=contact.pk)

    def _contact(self, key: str) -> Contact:
        if key not in self._contacts:
            self._contacts[key] = meet(shop_id=self._shop_id, shopper=shoppers()[key])
        return self._contacts[key]


def in_order(talks: Iterable[Talk]) -> Iterator[Moment]:
    """Everything that happened in all conversations, oldest first."""
    return heapq.merge(*map(_moments, talks), key=lambda moment: -moment.minutes_ago)


def _moments(talk: Talk) -> Iterator[Moment]:
    for turn in talk.turns:
        yield Moment(turn.minutes_ago, talk, turn)
    if talk.status != "open":
        after = RESOLVED_AFTER_MIN if talk.status == "resolved" else SNOOZED_AFTER_MIN
        yield Moment(max(talk.turns[-1].minutes_ago - after, 0), talk, None)


def meet(*, shop_id: int, shopper: Shopper) -> Contact:
    """A shopper's first visit, and what the desk came to know of them."""
    if shopper.subject:
        proven = ProvenIdentity(shopper.subject, shopper.email, shopper.name)
        contact = ensure_customer(shop_id=shop_id, proven=proven, locale=shopper.locale)
    else:
        contact, _ = create_visitor(shop_id=shop_id, locale=shopper.locale)
    known = {"name": shopper.name, "email": shopper.email, "phone": shopper.phone, "notes": shopper.notes}
    changes: dict[str, Any] = {field: value for field, value in known.items() if value}
    changes |= {"timezone": shopper.timezone, "attributes": shopper.attributes}
    update_contact(shop_id=shop_id, contact_id=contact.pk, changes=changes)
    return contact
