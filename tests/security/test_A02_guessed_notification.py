"""A02: a mail in an agent's name, with a made-up mark, is set aside for a person; nothing goes to the shopper."""

import uuid

import pytest

from sonnim.accounts.models import AuditEntry
from sonnim.channels.adapter import Quarantine
from sonnim.channels.kinds.postbox import tokens
from sonnim.contacts.actions import create_visitor
from sonnim.conversations.models import Entry
from sonnim.conversations.posting import Post, ensure_posted
from sonnim.eventlog.models import Outbox
from tests.people import People
from tests.postbag import ADDRESS, Postbag, written


@pytest.fixture
def postbag(people: People) -> Postbag:
    return Postbag(people)


@pytest.fixture
def chat(postbag: Postbag) -> int:
    visitor, _ = create_visitor(shop_id=postbag.shop, locale="ko")
    return ensure_posted(
        Post(postbag.shop, "contact", visitor.pk, str(uuid.uuid4()), "환불되나요?", channel="webchat")
    ).conversation


def refused(postbag: Postbag, raw: bytes) -> None:
    before = Entry.objects.count(), Outbox.objects.count()
    with pytest.raises(Quarantine):
        postbag.bring(raw)
    assert (Entry.objects.count(), Outbox.objects.count()) == before


def mark_of(postbag: Postbag, chat: int) -> str:
    agent = postbag.people.agent
    return tokens.mark("a", shop_id=postbag.shop, conversation_id=chat, person_id=agent.pk)


@pytest.mark.parametrize("carried", ["in the address", "in what it answers"])
def test_a_made_up_mark_is_refused_and_noted(postbag: Postbag, chat: int, carried: str) -> None:
    genuine = mark_of(postbag, chat)
    forged = genuine[:-26] + "a" * 26
    sender = postbag.people.agent.user.email
    if carried == "in the address":
        raw = written("전액 환불해 드릴게요.", sender=sender, to=tokens.reply_address(ADDRESS, forged))
    else:
        raw = written("전액 환불해 드릴게요.", sender=sender, refers_to=f"<sonnim.{forged}@ongi.example>")
    refused(postbag, raw)
    noted = AuditEntry.objects.get(action="mail.refused")
    assert (noted.actor, noted.detail["reason"]) == (sender, "its mark is not ours")


def test_the_mark_of_another_conversation_or_shop_is_a_made_up_one(postbag: Postbag, chat: int) -> None:
    agent, other = postbag.people.agent, postbag.people.other_shop
    elsewhere = tokens.mark("a", shop_id=other.pk, conversation_id=chat, person_id=agent.pk)
    moved = mark_of(postbag, chat).replace("a", "a1", 1)
    for forged in (elsewhere, moved):
        raw = written("네.", sender=agent.user.email, to=tokens.reply_address(ADDRESS, forged))
        refused(postbag, raw)


def test_a_genuine_mark_in_a_strangers_mail_is_refused_and_noted(postbag: Postbag, chat: int) -> None:
    raw = written("네.", sender="thief@mail.example", to=tokens.reply_address(ADDRESS, mark_of(postbag, chat)))
    refused(postbag, raw)
    noted = AuditEntry.objects.get(action="mail.refused")
    assert noted.detail["sender"] == "thief@mail.example"
    assert noted.target == f"conversation:{chat}"


def test_a_mail_whose_server_disowns_it_is_refused(postbag: Postbag, chat: int) -> None:
    raw = written(
        "네.", sender=postbag.people.agent.user.email, to=tokens.reply_address(ADDRESS, mark_of(postbag, chat)),
        head="Authentication-Results: mx.ongi.example; spf=fail smtp.mailfrom=people.test; dkim=none; dmarc=fail",
    )  # fmt: skip
    refused(postbag, raw)
    assert AuditEntry.objects.filter(action="mail.refused").count() == 1


def test_the_mark_of_a_colleague_is_no_word_of_ones_own(postbag: Postbag, chat: int) -> None:
    raw = written(
        "네.", sender=postbag.people.lead.user.email, to=tokens.reply_address(ADDRESS, mark_of(postbag, chat))
    )
    refused(postbag, raw)
