"""A desk whose open lines a test decides, and shoppers who wait at it."""

from collections.abc import Iterator
from typing import Any

import pytest
from tests.people import People, people

from sonnim.accounts.models import Agent
from sonnim.conversations.models import Conversation
from sonnim.conversations.tests.shop_day import say, shopper
from sonnim.routing import actions, presence
from sonnim.routing.models import Offer, Rules

__all__ = ["people"]


class Floor:
    """The shop's lines and its rules; `agent` and `lead` sit there to begin with."""

    def __init__(self, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
        self.people, self.shop = people, people.shop.pk
        self.lines: dict[int, str] = {}
        monkeypatch.setattr(presence, "_source", lambda shop: self.lines if shop == self.shop else {})
        self.sits(people.agent, people.lead)

    def sits(self, *agents: Agent, as_: str = "online") -> None:
        self.lines |= {agent.pk: as_ for agent in agents}

    def leaves(self, agent: Agent) -> None:
        del self.lines[agent.pk]

    def rule(self, **changes: Any) -> Rules:
        return actions.change_rules(actor=self.people.actor(self.people.owner), changes={"mode": "direct", **changes})

    def arrives(self, text: str = "계신가요?", *, locale: str = "en", channel: str = "") -> int:
        """A shopper writes who has not been here before; answers the conversation."""
        waiting = say(shopper(self.people, locale), text, locale=locale).conversation
        if channel:
            Conversation.objects.filter(pk=waiting).update(channel=channel)
        return waiting

    def given(self) -> int:
        return actions.give_out(shop_id=self.shop)

    def holder(self, conversation: int) -> int | None:
        return Conversation.objects.values_list("assignee_id", flat=True).get(pk=conversation)

    def offer(self, conversation: int) -> Offer:
        """The one that stands."""
        return Offer.objects.get(conversation=conversation, outcome="")


@pytest.fixture
def floor(people: People, monkeypatch: pytest.MonkeyPatch) -> Iterator[Floor]:
    yield Floor(people, monkeypatch)
