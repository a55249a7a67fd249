"""A shop in the middle of its day, for F08: everything that an action could change is there once."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from sonnim.accounts import actions as accounts
from sonnim.accounts.callers import Actor
from sonnim.accounts.models import Shop, Team
from sonnim.accounts.queries import identity_secret
from sonnim.contacts import actions as contacts
from sonnim.contacts.identity import sign_identity
from sonnim.contacts.models import Contact
from sonnim.conversations import actions
from sonnim.conversations.posting import Post, ensure_posted
from sonnim.kernel import clock
from tests.people import People


@dataclass
class Town:
    """`shopper` waits in `waiting`; `settled` and `asleep` are two other shoppers' conversations."""

    people: People
    shopper: Contact
    shopper_token: str
    waiting: int
    settled: int
    asleep: int
    team: Team

    @property
    def shop(self) -> int:
        return self.people.shop.pk

    @property
    def owner(self) -> Actor:
        return self.people.actor(self.people.owner)

    @property
    def agent(self) -> Actor:
        return self.people.actor(self.people.agent)

    def post(self, who: Contact | None, text: str, *, conversation: int | None = None, kind: str = "message") -> int:
        """A message of a shopper, or of the agent when `who` is None; answers its conversation."""
        sender = ("contact", who.pk) if who is not None else ("agent", self.people.agent.pk)
        post = Post(self.shop, *sender, str(uuid.uuid4()), text, kind, conversation, channel="webchat")
        return ensure_posted(post).conversation

    def shop_now(self) -> Shop:
        return Shop.objects.get(pk=self.shop)

    def signed(self, subject: str = "customer-1", name: str = "김손님") -> str:
        return sign_identity(secret=identity_secret(self.shop_now()), subject=subject, name=name)


def build(people: People) -> Town:
    shop = people.shop.pk
    accounts.rotate_identity_secret(actor=people.actor(people.owner))
    shopper, token = contacts.create_visitor(shop_id=shop, locale="ko")
    team = accounts.create_team(actor=people.actor(people.owner), name="Tea", agent_ids=[people.agent.pk])
    town = Town(people, shopper, token, 0, 0, 0, team)
    town.waiting = town.post(shopper, "안녕하세요")
    town.post(None, "손님의 이름을 확인함", conversation=town.waiting, kind="note")
    town.post(shopper, "계신가요?")
    for name in ("settled", "asleep"):
        other, _ = contacts.create_visitor(shop_id=shop, locale="zh")
        setattr(town, name, town.post(other, "你好"))
    actions.resolve_conversation(shop_id=shop, conversation_id=town.settled, by=people.agent.pk)
    until = clock.now() + timedelta(hours=1)
    actions.snooze_conversation(shop_id=shop, conversation_id=town.asleep, by=people.agent.pk, until=until)
    actions.save_draft(
        shop_id=shop, conversation_id=town.waiting, agent_id=people.agent.pk, text="곧 답을", attachments=[]
    )
    return town
