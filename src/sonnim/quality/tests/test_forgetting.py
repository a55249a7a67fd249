"""What is erased in a conversation is gone from its scores, and from what people said about them."""

import pytest
from tests.people import People

from sonnim.contacts.models import Contact
from sonnim.conversations.actions.wording import redact_entry
from sonnim.conversations.models import Entry
from sonnim.quality import actions
from sonnim.quality.details import details
from sonnim.quality.models import Dispute, Line, Listed, Review, Score, Scored
from sonnim.quality.queries import current_scores
from sonnim.quality.tests.settled import GOOD, deliver, settle

pytestmark = pytest.mark.django_db
SECRET = "카드번호 4111 1111 1111 1111을 불러 주세요."


def _redact(people: People, about: int, text: str) -> None:
    seq = Entry.objects.get(conversation_id=about, text=text).seq
    redact_entry(actor=people.actor(people.owner), conversation_id=about, seq=seq, reason="a card's number")


def _scored(people: People) -> Score:
    about = settle(people, GOOD, SECRET)
    deliver()
    return Score.objects.get(conversation_id=about)


def test_a_redacted_reply_shows_no_piece_any_more(people: People) -> None:
    score = _scored(people)
    assert Line.objects.filter(score=score, rule="sensitive").exists()
    _redact(people, score.conversation_id, SECRET)
    _redact(people, score.conversation_id, GOOD)
    [shown] = details(people.shop.pk, current_scores(people.shop.pk, score.conversation_id))
    assert "4111" not in str(shown)
    assert (shown["best"], shown["worst"]) == (None, None)
    assert {reply["text"] for reply in shown["replies"]} == {None}


def test_an_edited_reply_shows_no_piece_of_its_new_wording(people: People) -> None:
    score = _scored(people)
    Entry.objects.filter(conversation_id=score.conversation_id, text=SECRET).update(
        text="다른 말씀입니다.", edited_at=score.scored_at.replace(year=score.scored_at.year + 1)
    )
    [shown] = details(people.shop.pk, current_scores(people.shop.pk, score.conversation_id))
    [reply] = shown["replies"]
    assert (reply["text"], {line["piece"] for line in reply["lines"]}) == (None, {None})


def test_what_people_wrote_forgets_a_redacted_wording(people: People) -> None:
    score = _scored(people)
    lead, agent = people.actor(people.lead), people.actor(people.agent)
    actions.spot_check(actor=lead, conversation_id=score.conversation_id, note="4111 1111 1111 1111?")
    notes = {"privacy": f"여기서 “{SECRET}”라고 했습니다.", "courtesy": "따뜻합니다."}
    actions.put_review(
        actor=lead, score_id=score.pk, criteria={"privacy": 0}, notes=notes, words="4111 1111 1111 1111을 물었음", v=0
    )
    dispute = actions.dispute_score(actor=agent, score_id=score.pk, words=f"저는 {SECRET} 라고만 했어요")
    actions.answer_dispute(actor=lead, dispute_id=dispute.pk, decision="uphold", reason="그래도 안 됩니다", criteria={})
    _redact(people, score.conversation_id, SECRET)
    review, dispute = Review.objects.get(), Dispute.objects.get()
    assert (review.notes, review.words) == ({"courtesy": "따뜻합니다."}, "")
    assert (dispute.words, dispute.reason) == ("", "그래도 안 됩니다")
    assert Listed.objects.get().note == ""


def test_a_deleted_contact_takes_all_scores_along(people: People) -> None:
    score = _scored(people)
    actions.dispute_score(actor=people.actor(people.agent), score_id=score.pk, words="아닙니다")
    Contact.objects.filter(pk=score.conversation.contact_id).delete()
    assert not any(table.objects.exists() for table in (Score, Line, Scored, Dispute))
