"""A shop with rules, and the outbox that lets them act."""

from collections.abc import Iterator
from typing import Any

import pytest
from tests.people import People, people

from sonnim.automation import actions
from sonnim.automation.duties import OUTBOX
from sonnim.automation.models import Rule, Run
from sonnim.contacts.actions.tags import create_tag
from sonnim.contacts.models import Tag
from sonnim.conversations.models import Conversation
from sonnim.eventlog import outbox
from sonnim.eventlog.models import Outbox

__all__ = ["people"]


class Machine:
    """The shop's rules, written in a word."""

    def __init__(self, people: People) -> None:
        self.people, self.shop = people, people.shop.pk
        self.lead = people.actor(people.lead)

    def rule(self, when: Any, then: Any, *, name: str = "", **more: Any) -> Rule:
        """A rule in force; `all` and `any` are its conditions."""
        wording = {
            "when": when if isinstance(when, list) else [when],
            "if": {"all": more.pop("all", []), "any": more.pop("any", [])},
            "then": then if isinstance(then, list) else [then],
            "stop": more.pop("stop", False),
        }
        return actions.save_rule(actor=self.lead, name=name or "a rule", active=True, wording=wording, **more)

    def tag(self, name: str) -> Tag:
        return Tag.objects.get(pk=create_tag(actor=self.lead, name=name)["id"])

    def works(self) -> int:
        """Let everything happen that was set off, and what that sets off; answers how many steps it took."""
        steps = 0
        while (row := Outbox.objects.filter(kind__startswith="automation", state="due").order_by("pk").first()) and (
            steps < 50
        ):
            outbox.HANDLERS[row.kind](row.payload)
            row.delete()
            steps += 1
        return steps

    def state(self, conversation: int) -> Conversation:
        return Conversation.objects.get(pk=conversation)

    def runs(self, rule: Rule) -> list[Run]:
        return list(Run.objects.filter(rule=rule).order_by("pk"))


@pytest.fixture
def machine(people: People, monkeypatch: pytest.MonkeyPatch) -> Iterator[Machine]:
    for kind, handler in OUTBOX.items():
        monkeypatch.setitem(outbox.HANDLERS, kind, handler)
    yield Machine(people)
