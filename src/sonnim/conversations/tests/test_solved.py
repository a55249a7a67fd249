"""The shopper's own word on a settled conversation."""

import pytest
from tests.people import People

from sonnim.contacts.models import Contact
from sonnim.conversations import actions
from sonnim.conversations.actions.settled import MAX_WORDS, record_solved
from sonnim.conversations.tests.shop_day import conversation, kept_counts, say, shopper, timeline, true_counts
from sonnim.kernel.errors import Blocked, Conflict, Invalid, NotFound


@pytest.fixture
def settled(people: People) -> tuple[Contact, int]:
    """A shopper and their conversation, which an agent has settled."""
    who = shopper(people)
    talk = say(who).conversation
    say(people.agent, conversation_id=talk)
    actions.resolve_conversation(shop_id=people.shop.pk, conversation_id=talk, by=people.agent.pk)
    return who, talk


def tell(who: Contact, talk: int, solved: bool, words: str = "") -> None:
    record_solved(shop_id=who.shop_id, conversation_id=talk, contact_id=who.pk, solved=solved, words=words)


def test_solved_is_kept_with_words_and_stays_settled(settled: tuple[Contact, int]) -> None:
    tell(*settled, True)
    tell(*settled, True, "  고맙습니다  ")
    found = conversation(settled[1])
    assert (found.status, found.solved) == ("resolved", True)
    said = [entry for entry in timeline(settled[1]) if '"solved"' in entry.data]
    assert [(entry.text, entry.author_kind, entry.public) for entry in said] == [
        ("", "contact", False),
        ("고맙습니다", "contact", False),
    ]


def test_the_same_word_again_changes_nothing(settled: tuple[Contact, int]) -> None:
    tell(*settled, True)
    before = conversation(settled[1]).v
    tell(*settled, True)
    assert conversation(settled[1]).v == before


def test_what_was_not_solved_comes_back_and_waits(people: People, settled: tuple[Contact, int]) -> None:
    tell(*settled, False)
    found = conversation(settled[1])
    assert (found.status, found.solved, found.assignee_id) == ("open", False, people.agent.pk)
    assert found.waiting_since is not None
    assert [entry.data for entry in timeline(settled[1]) if entry.public][-1] == '{"what":"reopened","by":"contact"}'
    assert kept_counts(people.shop.pk) == true_counts(people.shop.pk)


def test_a_conversation_that_is_settled_anew_is_asked_about_anew(people: People, settled: tuple[Contact, int]) -> None:
    tell(*settled, False)
    actions.resolve_conversation(shop_id=people.shop.pk, conversation_id=settled[1], by=people.agent.pk)
    assert conversation(settled[1]).solved is None


def test_only_the_shopper_of_a_settled_conversation_has_a_word(people: People, settled: tuple[Contact, int]) -> None:
    with pytest.raises(NotFound):
        tell(shopper(people), settled[1], True)
    with pytest.raises(Invalid):
        tell(*settled, True, "x" * (MAX_WORDS + 1))
    tell(*settled, False)
    with pytest.raises(Conflict):
        tell(*settled, True)


def test_a_blocked_shopper_has_none(people: People, settled: tuple[Contact, int]) -> None:
    Contact.objects.filter(pk=settled[0].pk).update(blocked=True)
    with pytest.raises(Blocked):
        tell(*settled, False)
