"""A shopper who asks, and an agent who is about to answer: what the tests of the coach in a shop do again and again."""

from dataclasses import dataclass
from typing import Any

import pytest
from tests.people import People

from sonnim.accounts.models import Agent
from sonnim.conversations.tests.shop_day import say, shopper


@dataclass
class Coached:
    """`where` is the conversation that waits for an answer."""

    people: People
    where: int

    @property
    def here(self) -> str:
        return f"/conversations/{self.where}/coach"

    def call(self, method: str, path: str, body: object = None, *, by: Agent | None = None, expect: int = 200) -> Any:
        """A request of the agent, or of somebody else."""
        answer = self.people.browser(by or self.people.agent).call(method, self.people.url(path), body)
        assert answer.status_code == expect, answer.content
        return answer.json() if answer.content else None

    def review(self, draft: str, *, by: Agent | None = None, **more: Any) -> list[dict[str, Any]]:
        """The marks of a draft."""
        found = self.call("POST", self.here, {"draft": draft, **more}, by=by)
        return list(found["marks"])

    def rules(self, draft: str, *, by: Agent | None = None, **more: Any) -> list[str]:
        """Their rules alone."""
        return [mark["rule"] for mark in self.review(draft, by=by, **more)]

    def dismiss(
        self, rule: str, piece: str, *, by: Agent | None = None, expect: int = 201, **more: Any
    ) -> dict[str, Any]:
        """Wave a mark away."""
        body = {"rule": rule, "piece": piece, "reason": "on_purpose", **more}
        return dict(self.call("POST", f"{self.here}/dismissals", body, by=by, expect=expect) or {})

    def rule(self, name: str, *, by: Agent | None = None) -> dict[str, Any]:
        """A rule as the tuning page has it."""
        found = self.call("GET", "/coach/rules", by=by or self.people.lead)["rules"]
        return dict(next(each for each in found if each["rule"] == name))


@pytest.fixture
def coached(people: People) -> Coached:
    said = say(shopper(people), "Hello! Is the moon jar still there? And how much is the delivery to Busan?")
    return Coached(people, said.conversation)
