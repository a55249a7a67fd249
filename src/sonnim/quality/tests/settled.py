"""Conversations that agents have settled, for the tests of their scores."""

import threading
import uuid
from collections.abc import Callable

from django.db import connection
from tests.people import People

from sonnim.accounts.models import Agent
from sonnim.contacts.actions import create_visitor
from sonnim.contacts.models import Contact
from sonnim.conversations.actions import resolve_conversation
from sonnim.conversations.posting import Post, ensure_posted
from sonnim.eventlog.outbox import HANDLERS, deliver_due
from sonnim.quality import duties
from sonnim.quality.models import Score

GOOD = "안녕하세요, 손님. 네, 흰색 머그컵은 재고가 있어서 오늘 주문하시면 바로 보내드릴게요. 감사합니다."
RUDE = "그건 손님이 잘못 보신 거잖아요. 바보예요?"
CURT = "네"
ANGRY = "세 번이나 말했는데 아직도 안 왔어요. 정말 최악이네요. 환불해 주세요!"
PATIENCE_S = 30


def shopper(people: People) -> Contact:
    """A new shopper of the shop."""
    return create_visitor(shop_id=people.shop.pk, locale="ko")[0]


def say(people: People, who: Contact | Agent, text: str, conversation: int | None = None, kind: str = "message") -> int:
    """A message; answers its conversation."""
    sender = ("contact", who.pk) if isinstance(who, Contact) else ("agent", who.pk)
    post = Post(people.shop.pk, *sender, str(uuid.uuid4()), text, kind, conversation, channel="webchat")
    return ensure_posted(post).conversation


def settle(people: People, *replies: str, by: Agent | None = None, who: Contact | None = None) -> int:
    """A conversation with these replies, settled; answers its id."""
    agent = by or people.agent
    contact = who or shopper(people)
    about = say(people, contact, "안녕하세요, 흰색 머그컵 재고 있나요?")
    for reply in replies:
        say(people, agent, reply, about)
    resolve(people, about)
    return about


def settle_angry(people: People, who: Contact | None = None) -> int:
    """A conversation whose shopper is furious to the end; answers its id."""
    contact = who or shopper(people)
    about = say(people, contact, ANGRY)
    say(people, people.agent, "확인해 보겠습니다.", about)
    say(people, contact, ANGRY, about)
    resolve(people, about)
    return about


def resolve(people: People, about: int) -> None:
    resolve_conversation(shop_id=people.shop.pk, conversation_id=about, by=people.agent.pk)


def the(about: int) -> Score:
    """The score of a conversation in which one agent wrote."""
    return Score.objects.select_related("predictor").get(conversation_id=about, current=True)


def deliver() -> None:
    """Do what waits in the outbox for the quality score."""
    HANDLERS.update(duties.OUTBOX)
    while deliver_due():
        pass


def at_once(*deeds: Callable[[], object]) -> list[Exception | None]:
    """Do all of it in threads that begin together; answers what each has raised."""
    gate = threading.Barrier(len(deeds), timeout=PATIENCE_S)
    told: list[Exception | None] = []

    def run(deed: Callable[[], object]) -> None:
        try:
            gate.wait()
            deed()
        except Exception as error:
            told.append(error)
        else:
            told.append(None)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(deed,), daemon=True) for deed in deeds]
    for each in threads:
        each.start()
    for each in threads:
        each.join(timeout=PATIENCE_S)
    assert not any(each.is_alive() for each in threads)
    return told
