"""Who has read which variant, and what became of the conversation after it."""

from datetime import timedelta

from tests.people import People

from sonnim.contacts.actions import create_visitor
from sonnim.contacts.models import Contact
from sonnim.conversations.actions import reopen_conversation, resolve_conversation
from sonnim.conversations.actions.contact_merging import merge_contacts
from sonnim.conversations.actions.settled import record_solved
from sonnim.conversations.posting import Post, ensure_posted
from sonnim.kernel import clock
from sonnim.plan.models import CannedResponse, ScriptUse, ScriptVariant
from sonnim.plan.scripts import queries
from sonnim.plan.scripts.actions import count_use, forget_old_uses, note_outcomes
from sonnim.plan.scripts.tests.writing import kept, variants_of

Counts = tuple[int, int, int, int, int]


def shopper(people: People) -> Contact:
    return create_visitor(shop_id=people.shop.pk, locale="en")[0]


def says(people: People, who: Contact, words: str) -> int:
    post = Post(people.shop.pk, "contact", who.pk, f"{who.pk}-{words}", words, channel="chat")
    return ensure_posted(post).conversation


def counts(variant: ScriptVariant) -> Counts:
    variant.refresh_from_db()
    return (variant.used, variant.answered, variant.resolved, variant.solved, variant.unsolved)


def said(people: People, variant: ScriptVariant, conversation: int) -> None:
    count_use(shop_id=people.shop.pk, canned_id=variant.canned_id, variant_id=variant.pk, conversation_id=conversation)


def heard(people: People, who: Contact) -> list[int]:
    return [use.variant_id for use in queries.said_to(shop_id=people.shop.pk, contact_id=who.pk)]


def test_a_variant_is_counted_once_in_a_conversation_and_again_in_another(people: People) -> None:
    who = shopper(people)
    one, two = variants_of(kept(people, {"en": ["One", "Two"]}))
    here = says(people, who, "Hello?")
    said(people, one, here)
    said(people, one, here)
    said(people, two, here)
    there = says(people, shopper(people), "Hello!")
    said(people, one, there)
    assert (counts(one)[0], counts(two)[0]) == (2, 1)
    assert CannedResponse.objects.get().used == 3
    assert heard(people, who) == [two.pk, one.pk]


def test_what_was_said_before_two_contacts_became_one_was_said_to_that_one(people: People) -> None:
    now, before = shopper(people), shopper(people)
    [only] = variants_of(kept(people, {"en": ["One"]}))
    count_use(shop_id=people.shop.pk, canned_id=only.canned_id, variant_id=only.pk, contact_id=before.pk)
    merge_contacts(actor=people.actor(people.lead), kept_id=now.pk, gone_id=before.pk)
    assert heard(people, now) == [only.pk]


def test_an_answer_a_settlement_and_the_shoppers_own_word_are_counted_once_each(people: People) -> None:
    who = shopper(people)
    [variant] = variants_of(kept(people, {"en": ["One"]}))
    here = says(people, who, "Hello?")
    said(people, variant, here)
    assert note_outcomes() == 0
    assert counts(variant) == (1, 0, 0, 0, 0)
    says(people, who, "Thank you!")
    assert note_outcomes() == 1
    assert counts(variant) == (1, 1, 0, 0, 0)
    resolve_conversation(shop_id=people.shop.pk, conversation_id=here, by=people.agent.pk)
    record_solved(shop_id=people.shop.pk, conversation_id=here, contact_id=who.pk, solved=True)
    assert note_outcomes() == 1
    assert note_outcomes() == 0
    assert counts(variant) == (1, 1, 1, 1, 0)


def test_a_shopper_who_changes_their_mind_is_counted_where_they_are_now(people: People) -> None:
    who = shopper(people)
    [variant] = variants_of(kept(people, {"en": ["One"]}))
    here = says(people, who, "Hello?")
    said(people, variant, here)
    resolve_conversation(shop_id=people.shop.pk, conversation_id=here, by=people.agent.pk)
    record_solved(shop_id=people.shop.pk, conversation_id=here, contact_id=who.pk, solved=True)
    note_outcomes()
    record_solved(shop_id=people.shop.pk, conversation_id=here, contact_id=who.pk, solved=False)
    note_outcomes()
    assert counts(variant) == (1, 0, 1, 0, 1)


def test_a_shoppers_words_before_the_sentence_are_no_answer_to_it(people: People) -> None:
    who = shopper(people)
    [variant] = variants_of(kept(people, {"en": ["One"]}))
    here = says(people, who, "Hello?")
    says(people, who, "Anybody?")
    said(people, variant, here)
    note_outcomes()
    assert counts(variant) == (1, 0, 0, 0, 0)


def test_after_a_fortnight_a_conversation_tells_nothing_of_it_any_more(people: People) -> None:
    who = shopper(people)
    [variant] = variants_of(kept(people, {"en": ["One"]}))
    here = says(people, who, "Hello?")
    said(people, variant, here)
    with clock.moved(timedelta(days=15)):
        note_outcomes()
        resolve_conversation(shop_id=people.shop.pk, conversation_id=here, by=people.agent.pk)
        reopen_conversation(shop_id=people.shop.pk, conversation_id=here, by=people.agent.pk)
        says(people, who, "Late thanks")
        note_outcomes()
    assert counts(variant) == (1, 0, 0, 0, 0)
    assert heard(people, who) == [variant.pk]


def test_after_a_year_it_is_forgotten_who_has_read_it_and_the_counts_stay(people: People) -> None:
    who = shopper(people)
    [variant] = variants_of(kept(people, {"en": ["One"]}))
    said(people, variant, says(people, who, "Hello?"))
    assert forget_old_uses() == 0
    with clock.moved(timedelta(days=366)):
        assert forget_old_uses() == 1
    assert (counts(variant)[0], ScriptUse.objects.count()) == (1, 0)


def test_said_again_in_another_conversation_it_is_watched_anew(people: People) -> None:
    who = shopper(people)
    [variant] = variants_of(kept(people, {"en": ["One"]}))
    here = says(people, who, "Hello?")
    said(people, variant, here)
    says(people, who, "Thanks")
    note_outcomes()
    count_use(shop_id=people.shop.pk, canned_id=variant.canned_id, variant_id=variant.pk, contact_id=who.pk)
    said(people, variant, here)
    says(people, who, "Thanks again")
    note_outcomes()
    assert counts(variant) == (3, 2, 0, 0, 0)
    assert ScriptUse.objects.count() == 1
