"""A draft is read with all that the shop knows of its conversation."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.people import People

from sonnim.accounts.models import Shop, User
from sonnim.coaching import pages
from sonnim.coaching.surroundings import turns_of
from sonnim.coaching.tests.desk import Coached
from sonnim.contacts.models import Contact
from sonnim.conversations.actions.wording import redact_entry
from sonnim.conversations.models import Conversation, Entry
from sonnim.conversations.tests.shop_day import say, shopper
from sonnim.plan.document import actions as plans
from sonnim.plan.document.schema import PlanDocument

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_pages() -> Iterator[None]:
    yield
    pages.provide(lambda shop, contact: None)


def test_a_curt_answer_is_marked_where_it_stands_with_why_and_how_much_it_matters(coached: Coached) -> None:
    mark = next(each for each in coached.review("Yes.") if each["rule"] == "curt")
    assert (mark["start"], mark["end"], mark["strict"]) == (0, 4, False)
    assert mark["severity"] in {"note", "warning", "serious"}
    assert mark["message"]


def test_a_good_answer_has_no_marks_and_says_how_polite_it_is(coached: Coached) -> None:
    draft = "Hello! Yes, the moon jar is still here, and the delivery to Busan is 4,000 won. Shall I keep it for you?"
    found = coached.call("POST", coached.here, {"draft": draft})
    assert found["marks"] == []
    assert 0 <= found["politeness"] <= 1


def test_what_is_said_of_it_is_in_the_agents_language(coached: Coached) -> None:
    User.objects.filter(pk=coached.people.agent.user_id).update(locale="ko")
    assert any("가" <= letter <= "힣" for mark in coached.review("네") for letter in mark["message"])


def test_the_conversation_is_known_to_it_and_a_later_answer_needs_no_greeting(coached: Coached) -> None:
    answer = "The moon jar is still here, and the delivery to Busan is 4,000 won."
    assert "greet-back" in coached.rules(answer)
    say(coached.people.agent, "Hello and welcome! One moment, please.", conversation_id=coached.where)
    assert "greet-back" not in coached.rules(answer)


def test_what_a_machine_says_is_no_word_of_an_agent(coached: Coached) -> None:
    answer = "The moon jar is still here, and the delivery to Busan is 4,000 won."
    said = say(coached.people.agent, "Hello and welcome! One moment, please.", conversation_id=coached.where)
    assert [each.role for each in turns_of(coached.where)] == ["customer", "agent"]
    Entry.objects.filter(pk=said.id).update(author_kind="system", author_id=None)
    assert [each.role for each in turns_of(coached.where)] == ["customer"]
    assert "greet-back" in coached.rules(answer)


@pytest.mark.parametrize(
    ("window", "marked"), [("ko", {"English"}), ("zh", {"English", "Korean"}), ("en", {"English", "Korean"})]
)
def test_a_window_speaks_what_its_shopper_reads_unless_it_is_the_fallback(
    people: People, window: str, marked: set[str]
) -> None:
    who = shopper(people, window)
    coached = Coached(people, say(who, "Bonjour, où est ma commande ? Je n'ai rien reçu.").conversation)
    answers = {
        "English": "Your parcel left this morning and should be with you on Thursday.",
        "Korean": "오늘 아침에 보내 드렸고 목요일에 받으실 수 있어요.",
    }
    assert {each for each, draft in answers.items() if "wrong-language" in coached.rules(draft)} == marked


def test_notes_events_and_redacted_words_are_no_part_of_what_was_said(coached: Coached) -> None:
    say(coached.people.agent, "A note about them.", conversation_id=coached.where, kind="note")
    said = say(coached.people.agent, "My card is 4111.", conversation_id=coached.where)
    redact_entry(
        actor=coached.people.actor(coached.people.lead), conversation_id=coached.where, seq=said.seq, reason="x"
    )
    assert [turn.role for turn in turns_of(coached.where)] == ["customer"]


def test_of_a_long_conversation_the_last_thirty_messages_are_read_in_their_order(coached: Coached) -> None:
    who = Contact.objects.get(pk=Conversation.objects.get(pk=coached.where).contact_id)
    for n in range(33):
        say(who, f"line {n}")
    assert [turn.text for turn in turns_of(coached.where)] == [f"line {n}" for n in range(3, 33)]


def test_it_asks_the_database_as_often_for_a_long_conversation_as_for_a_short_one(coached: Coached) -> None:
    browser, url = coached.people.browser(coached.people.agent), coached.people.url(coached.here)
    headers = {"HTTP_X_CSRFTOKEN": browser.csrf()}
    browser.call("POST", url, {"draft": "Yes."}, **headers)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.call("POST", url, {"draft": "Yes."}, **headers).status_code == 200
        assert not [each for each in queries if each["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
        return len(queries)

    before = asked()
    for n in range(20):
        say(coached.people.agent, f"answer {n}", conversation_id=coached.where)
    assert asked() == before <= 12


def test_a_link_to_the_page_that_the_shopper_looks_at_is_marked(coached: Coached) -> None:
    draft = "Hello! You find all about it here: https://ongi.example/moon-jar"
    assert "same-page-link" not in coached.rules(draft)
    pages.provide(lambda shop, contact: "https://ongi.example/moon-jar")
    assert "same-page-link" in coached.rules(draft)


def test_the_closing_words_are_missed_only_where_the_conversation_is_being_resolved(coached: Coached) -> None:
    say(coached.people.agent, "Hello! It is still here, and delivery is 4,000 won.", conversation_id=coached.where)
    draft = "It left the house this morning with tracking number 4412-9981-2231."
    assert "missing-closing" not in coached.rules(draft)
    assert "missing-closing" in coached.rules(draft, resolving=True)


def test_another_name_than_the_shoppers_is_marked(coached: Coached) -> None:
    contact = Conversation.objects.get(pk=coached.where).contact_id
    Contact.objects.filter(pk=contact).update(name="Maria Keller")
    assert "wrong-name" in coached.rules("Dear Peter, yes, it is still here. Delivery is 4,000 won.")
    assert "wrong-name" not in coached.rules("Dear Maria, yes, it is still here. Delivery is 4,000 won.")


def test_small_talk_is_marked_while_two_others_wait(coached: Coached) -> None:
    draft = "Hello! What lovely weather today, isn't it? Yes, it is here, and delivery to Busan is 4,000 won."
    say(shopper(coached.people), "Anybody?")
    assert "chit-chat" not in coached.rules(draft)
    say(shopper(coached.people), "Hello?")
    assert "chit-chat" in coached.rules(draft)


def publish(people: People, document: dict[str, object]) -> None:
    plans.save_plan_draft(actor=people.actor(people.owner), v=0, document=PlanDocument.model_validate(document))
    plans.publish_plan(actor=people.actor(people.owner), v=1)


def test_more_than_the_plan_lets_this_agent_give_is_marked_for_them_and_not_for_whoever_may(coached: Coached) -> None:
    percent = [{"role": role, "measure": "percent", "value": value} for role, value in (("agent", "5"), ("lead", "20"))]
    publish(coached.people, {"concessions": [{"id": "discount", "kind": "discount", "limits": percent}]})
    draft = "Hello! Yes, it is still here, delivery is 4,000 won, and I can give you a 15% discount."
    assert "beyond-plan" in coached.rules(draft)
    assert "beyond-plan" not in coached.rules(draft, by=coached.people.lead)
    assert "beyond-plan" not in coached.rules(draft, by=coached.people.owner)


def test_the_shops_own_words_are_marked_with_the_plain_one(coached: Coached) -> None:
    draft = "Hello! Please fill in the ZRT and the delivery to Busan is 4,000 won. Yes, it is still here."
    assert "abbreviation" not in coached.rules(draft)
    terms = [{"term": "ZRT", "plain": "return slip"}]
    coached.call("PUT", "/coach/glossary", {"v": 0, "terms": terms}, by=coached.people.lead)
    mark = next(each for each in coached.review(draft) if each["rule"] == "abbreviation")
    assert "return slip" in mark["suggestion"]


def test_another_shops_conversation_is_not_found(coached: Coached) -> None:
    others = Shop.objects.get(pk=coached.people.other_shop.pk)
    url = f"/api/v1/shops/{others.pk}{coached.here}"
    assert coached.people.browser(coached.people.outsider).post(url, {"draft": "Yes."}).status_code == 404


def test_so_many_drafts_a_minute_and_the_agent_is_asked_to_wait(
    coached: Coached, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sonnim.coaching.api.READINGS", (2, 3600))
    for _ in range(2):
        coached.review("Yes.")
    coached.call("POST", coached.here, {"draft": "Yes."}, expect=429)
    coached.review("Yes.", by=coached.people.lead)
