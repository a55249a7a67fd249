"""A03: an agent who has been removed answers a mail that they were sent before: refused, and in the audit log."""

import uuid

import pytest

from sonnim.accounts import actions
from sonnim.accounts.models import AuditEntry, User
from sonnim.channels import inbound
from sonnim.channels.adapter import Quarantine
from sonnim.channels.kinds.postbox import tokens
from sonnim.channels.models import Inbound
from sonnim.contacts.actions import create_visitor
from sonnim.conversations.models import Entry
from sonnim.conversations.posting import Post, ensure_posted
from tests.people import People
from tests.postbag import ADDRESS, Postbag, written


@pytest.fixture
def postbag(people: People) -> Postbag:
    return Postbag(people)


@pytest.fixture
def chat(postbag: Postbag) -> int:
    visitor, _ = create_visitor(shop_id=postbag.shop, locale="ko")
    return ensure_posted(
        Post(postbag.shop, "contact", visitor.pk, str(uuid.uuid4()), "계세요?", channel="webchat")
    ).conversation


def answer(postbag: Postbag, chat: int, text: str = "네, 내일 보내 드려요.") -> bytes:
    agent = postbag.people.agent
    mark = tokens.mark("a", shop_id=postbag.shop, conversation_id=chat, person_id=agent.pk)
    return written(text, sender=f"Agent <{agent.user.email.upper()}>", to=tokens.reply_address(ADDRESS, mark))


def answers(chat: int) -> list[str]:
    return list(
        Entry.objects.filter(conversation=chat, author_kind="agent", kind="message").values_list("text", flat=True)
    )


def test_while_they_work_here_the_words_above_the_quotation_are_their_answer(postbag: Postbag, chat: int) -> None:
    raw = answer(postbag, chat, "네, 내일 보내 드려요.\n\nOn Sun, 22 Nov 2026, Ongi wrote:\n> 계세요?\n")
    entry = postbag.file(raw)
    assert (entry.conversation_id, entry.author_id, entry.public) == (chat, postbag.people.agent.pk, True)
    assert entry.text == "네, 내일 보내 드려요."
    postbag.file(raw)
    assert answers(chat) == ["네, 내일 보내 드려요."]


def test_a_removed_agent_is_refused_and_it_is_in_the_audit_log(postbag: Postbag, chat: int) -> None:
    raw = answer(postbag, chat)
    actions.remove_agent(actor=postbag.people.actor(postbag.people.owner), agent_id=postbag.people.agent.pk)
    with pytest.raises(Quarantine, match="does not work here any more"):
        postbag.bring(raw)
    assert answers(chat) == []
    noted = AuditEntry.objects.get(action="mail.refused")
    assert (noted.actor_agent_id, noted.target) == (postbag.people.agent.pk, f"conversation:{chat}")


def test_it_waits_in_the_quarantine_with_the_reason(postbag: Postbag, chat: int) -> None:
    raw = answer(postbag, chat)
    actions.remove_agent(actor=postbag.people.actor(postbag.people.owner), agent_id=postbag.people.agent.pk)
    inbound.store(shop_id=postbag.shop, kind="postbox", key="1", raw=raw, source_id=postbag.mailbox.pk)
    inbound.process_due()
    kept = Inbound.objects.get()
    assert kept.state == "quarantined"
    assert "does not work here any more" in kept.error
    assert answers(chat) == []


def test_one_whose_account_is_closed_or_who_may_not_answer_is_refused(postbag: Postbag, chat: int) -> None:
    User.objects.filter(pk=postbag.people.agent.user_id).update(is_active=False)
    with pytest.raises(Quarantine):
        postbag.bring(answer(postbag, chat))
    User.objects.filter(pk=postbag.people.agent.user_id).update(is_active=True)
    postbag.people.agent.role = "reader"
    postbag.people.agent.save(update_fields=["role"])
    with pytest.raises(Quarantine):
        postbag.bring(answer(postbag, chat))
    assert answers(chat) == []
    assert AuditEntry.objects.filter(action="mail.refused").count() == 2


def test_an_absence_notice_of_an_agent_is_no_answer(postbag: Postbag, chat: int) -> None:
    raw = answer(postbag, chat, "휴가 중입니다.").replace(
        b"MIME-Version", b"Auto-Submitted: auto-replied\r\nMIME-Version"
    )
    postbag.bring(raw)
    assert answers(chat) == []
