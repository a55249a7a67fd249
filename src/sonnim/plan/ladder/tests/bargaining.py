"""A shopper who asks for more, and a shop with a plan: what the tests of the ladder do again and again."""

import uuid
from dataclasses import dataclass
from typing import Any

import pytest
from tests.people import People

from sonnim.accounts.models import Agent
from sonnim.conversations.tests.shop_day import say, shopper, timeline
from sonnim.conversations.together import QuestionObject
from sonnim.plan.document import actions as plans
from sonnim.plan.document.queries import draft_of
from sonnim.plan.document.schema import PlanDocument
from sonnim.plan.ladder import actions
from sonnim.plan.ladder.shapes import ConcessionObject, LadderObject
from sonnim.plan.ladder.showing import ladder_of
from sonnim.plan.ladder.wanted import Wanted

PLAN: dict[str, Any] = {
    "decisions": [
        {
            "id": "above",
            "concessions": ["coupon", "discount", "gift"],
            "decided_by": {"kind": "role", "role": "lead"},
            "stand_in": {"kind": "role", "role": "owner"},
            "deadline_minutes": 15,
        }
    ],
    "concessions": [
        {"id": "sale", "kind": "promotion", "limits": [{"role": "agent", "measure": "any"}], "ends": "2020-01-31"},
        {
            "id": "coupon",
            "kind": "coupon",
            "title": {"ko": "쿠폰", "zh": "优惠券", "en": "A coupon"},
            "limits": [
                {"role": "agent", "measure": "amount", "value": "5000", "currency": "KRW"},
                {"role": "lead", "measure": "amount", "value": "20000", "currency": "KRW"},
            ],
            "sentence": {"ko": "{{contact.name|고객}}님, 쿠폰을 넣어 드릴게요.", "en": "A coupon for you."},
        },
        {"id": "discount", "kind": "discount", "limits": [{"role": "agent", "measure": "percent", "value": "10"}]},
        {"id": "gift", "kind": "gift", "limits": [{"role": "agent", "measure": "count", "value": "1"}]},
    ],
    "ladder": [
        {"id": "stand", "title": {"en": "Stand"}, "sentence": {"ko": "정성껏 만들었어요.", "en": "It is worth it."}},
        {"id": "sale", "concession": "sale"},
        {"id": "coupon", "concession": "coupon"},
        {"id": "gift", "concession": "gift", "sentence": {"en": "And a small gift."}},
    ],
    "refusals": [
        {
            "id": "lower",
            "title": {"en": "A lower price"},
            "reason": {"en": "Everybody pays the same."},
            "nearest": {"en": "A gift"},
            "concession": "gift",
            "sentence": {"ko": "모든 분께 같은 가격이에요. 대신 선물을 넣어 드릴까요?"},
        }
    ],
}


@dataclass
class Bargain:
    """One shopper's conversation in a shop with a plan."""

    people: People
    where: int

    def concede(self, who: Agent | None = None, **more: Any) -> ConcessionObject:
        """A coupon of 5,000 won, or what is said."""
        approval, where = more.pop("approval_id", None), more.pop("where", self.where)
        key = more.pop("client_id", None) or str(uuid.uuid4())
        actor = self.people.actor(who or self.people.agent)
        wanted = wanted_of(**more)
        return actions.concede(actor=actor, conversation_id=where, client_id=key, wanted=wanted, approval_id=approval)

    def ask(self, who: Agent | None = None, **more: Any) -> QuestionObject:
        """For a coupon of 9,000 won, or what is said."""
        more = {"value": "9000", "reason": "두 번이나 늦었어요", **more}
        actor = self.people.actor(who or self.people.agent)
        return actions.ask_approval(actor=actor, conversation_id=self.where, wanted=wanted_of(**more))

    def answer(self, asked: QuestionObject, who: Agent | None = None, **more: Any) -> QuestionObject:
        """Granted, or what is said."""
        more = {"decision": "grant", **more}
        return actions.answer_approval(
            actor=self.people.actor(who or self.people.lead), approval_id=asked["id"], **more
        )  # fmt: skip

    def ladder(self, who: Agent | None = None, **more: Any) -> LadderObject:
        """As the agent sees it."""
        return ladder_of(agent=who or self.people.agent, conversation_id=self.where, **more)

    def told(self, what: str) -> int:
        """How often the timeline says it."""
        return sum(f'"what":"{what}"' in each.data for each in timeline(self.where))


def wanted_of(**more: Any) -> Wanted:
    """A coupon of 5,000 won, or what is said."""
    coupon = {"concession": "coupon", "measure": "amount", "value": "5000", "currency": "KRW"}
    return Wanted(**({} if "concession" in more else coupon) | more)


def put_in_force(people: People, plan: dict[str, Any]) -> int:
    """Publish a plan; answers its number."""
    draft = draft_of(people.shop.pk)
    v = draft.v if draft else 0
    actor = people.actor(people.lead)
    plans.save_plan_draft(actor=actor, v=v, document=PlanDocument.model_validate(plan))
    return plans.publish_plan(actor=actor, v=v + 1).n


@pytest.fixture
def bargain(people: People) -> Bargain:
    put_in_force(people, PLAN)
    return Bargain(people, say(shopper(people), "조금만 더 깎아 주세요").conversation)
