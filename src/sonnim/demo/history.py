"""Plays the demo's conversations back into the shop, in the order in which they happened, through the same actions."""

import heapq
import uuid
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any, NamedTuple

from sonnim.accounts.models import Agent, Shop
from sonnim.channels.registry import sample, sample_letters
from sonnim.channels.samples import Arrival
from sonnim.contacts.actions import create_visitor, ensure_customer, update_contact
from sonnim.contacts.identity import ProvenIdentity
from sonnim.contacts.models import Contact
from sonnim.conversations.actions import mark_seen, resolve_conversation, snooze_conversation
from sonnim.conversations.actions.tagging import tag_conversation
from sonnim.conversations.models import Conversation
from sonnim.conversations.posting import Post, ensure_posted
from sonnim.demo.furnishing import KINDS
from sonnim.demo.people import Shopper, Talk, Turn, shoppers
from sonnim.demo.pictures import attach_picture, read_picture
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

    def __init__(self, *, work: Unit, shop: Shop, agents: dict[str, Agent], tags: dict[str, int]) -> None:
        self._work = work
        self._shop_id = shop.pk
        self._agents = agents
        self._tags = tags
        self._contacts: dict[str, Contact] = {}
        self._conversations: dict[str, int] = {}
        self._tagged: set[str] = set()

    @property
    def conversations(self) -> dict[str, int]:
        """What was played, by the keys of the talks."""
        return self._conversations

    def play(self, talks: Iterable[Talk]) -> None:
        """Let it all happen again, each thing at its own time."""
        present = clock.now()  # minutes count back from here, however long the playing takes
        for moment in in_order(talks):
            with clock.standing_at(present - timedelta(minutes=moment.minutes_ago)):
                self._work.at = clock.now_ms()
                if moment.turn is None:
                    self._end(moment)
                else:
                    self._say(moment.talk, moment.turn)
        self._work.at = clock.now_ms()

    def _say(self, talk: Talk, turn: Turn) -> None:
        if talk.via != "chat" and turn.by == "shopper":
            self._arrive(talk, turn)
            return
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
                channel=KINDS[talk.via],
                locale=talk.locale,
            )
        )
        self._conversations[talk.key] = ack.conversation
        if talk.via != "chat" and not kind:
            sample_letters().go_out(shop_id=self._shop_id, entry_id=ack.id, refused=turn.refused)
        if sender[0] == "agent" and talk.tags and talk.key not in self._tagged:
            self._tag(talk, by=sender[1])
        if sender[0] == "contact":
            Contact.objects.filter(pk=sender[1]).update(last_seen_at=clock.now())

    def _arrive(self, talk: Talk, turn: Turn) -> None:
        """What comes by mail or form. Whoever has written through a form goes on by mail."""
        shopper, known = shoppers()[talk.shopper], self._conversations.get(talk.key)
        via = "letter" if known is not None else talk.via
        begun = Conversation.objects.filter(pk=known).values_list("subject", flat=True).first() if known else None
        content = {"subject": begun or talk.subject, "html": turn.html}
        conversation_id = sample(KINDS[via]).arrive(
            arrival=Arrival(
                self._shop_id,
                shopper.name,
                shopper.email,
                talk.locale,
                turn.text,
                conversation_id=known,
                content=content if via == "letter" else {"form": talk.form, "answers": talk.answers},
                files=((turn.picture, read_picture(turn.picture)),) if turn.picture else (),
            )
        )
        if known is None:
            self._conversations[talk.key] = conversation_id
            self._learn(talk, conversation_id)

    def _learn(self, talk: Talk, conversation_id: int) -> None:
        contact_id = Conversation.objects.values_list("contact_id", flat=True).get(pk=conversation_id)
        update_contact(shop_id=self._shop_id, contact_id=contact_id, changes=known_of(shoppers()[talk.shopper]))
        self._contacts[talk.shopper] = Contact.objects.get(pk=contact_id)

    def _tag(self, talk: Talk, *, by: int) -> None:
        self._tagged.add(talk.key)
        tags, where = [self._tags[key] for key in talk.tags], self._conversations[talk.key]
        tag_conversation(shop_id=self._shop_id, conversation_id=where, by=by, add=tags, remove=[])

    def _end(self, moment: Moment) -> None:
        talk, conversation_id = moment.talk, self._conversations[moment.talk.key]
        by = self._agents[talk.assignee or ""].pk
        if talk.status == "resolved":
            resolve_conversation(shop_id=self._shop_id, conversation_id=conversation_id, by=by)
            if talk.via == "chat":
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
    update_contact(shop_id=shop_id, contact_id=contact.pk, changes=known_of(shopper))
    return contact


def known_of(shopper: Shopper) -> dict[str, Any]:
    """What the desk knows of a shopper, as it saves it."""
    known = {"name": shopper.name, "email": shopper.email, "phone": shopper.phone, "notes": shopper.notes}
    changes: dict[str, Any] = {field: value for field, value in known.items() if value}
    return changes | {"timezone": shopper.timezone, "attributes": shopper.attributes}
