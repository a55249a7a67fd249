"""What is redacted in a conversation does not stay in the ledger."""

import pytest
from tests.people import People

from sonnim.conversations.actions.wording import redact_entry
from sonnim.conversations.models import Entry
from sonnim.conversations.tests.shop_day import say
from sonnim.conversations.tests.test_wording import everything_in_the_database
from sonnim.plan.ladder.tests.bargaining import Bargain
from sonnim.plan.models import Concession

pytestmark = pytest.mark.django_db
SECRET = "Vermilion님, 계좌 110-4929-1234로 쿠폰 값을 돌려드릴게요."


def redact(people: People, where: int, seq: int) -> None:
    actor = people.actor(people.lead)
    redact_entry(actor=actor, conversation_id=where, seq=seq, reason="an account's number")


def test_the_sentence_of_a_redacted_answer_leaves_the_ledger_and_the_sums_stay(
    bargain: Bargain, people: People
) -> None:
    other = bargain.concede(value="1000", sentence="다른 말이에요. 작은 쿠폰을 넣어 드려요.", reason="늦었어요")
    bargain.concede(value="2000", sentence=SECRET, reason="늦었어요")
    said = say(people.agent, f"안녕하세요.\n{SECRET} 고맙습니다.", conversation_id=bargain.where)
    redact(people, bargain.where, said.seq)
    lines = Concession.objects.order_by("id").values_list("sentence", "reason", "units")
    assert list(lines) == [(other["sentence"], "늦었어요", 10_000_000), ("", "늦었어요", 20_000_000)]
    assert "vermilion" not in everything_in_the_database()


def test_the_reason_of_a_redacted_request_leaves_what_was_conceded_by_it(bargain: Bargain, people: People) -> None:
    asked = bargain.ask(reason=SECRET)
    bargain.answer(asked)
    bargain.concede(value="9000", approval_id=asked["id"], reason=SECRET)
    entry = Entry.objects.get(conversation_id=bargain.where, kind="event", text=SECRET)
    redact(people, bargain.where, entry.seq)
    assert Concession.objects.get().reason == ""
    assert "vermilion" not in everything_in_the_database()
