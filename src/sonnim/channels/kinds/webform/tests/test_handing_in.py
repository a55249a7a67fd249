"""A form that is handed in becomes a conversation with a card, once."""

import json

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django.fixtures import Settings
from tests.people import People

from sonnim.channels.kinds.webform import tokens
from sonnim.channels.kinds.webform.actions.forms import change_form
from sonnim.channels.kinds.webform.models import Form
from sonnim.channels.kinds.webform.tests.conftest import Filler, make_form
from sonnim.contacts.actions import block_contact
from sonnim.contacts.models import Contact, Identity, Tag
from sonnim.conversations.models import Attachment, Conversation, Entry
from sonnim.eventlog import log


def said() -> Entry:
    return Entry.objects.get(kind="message")


def test_a_form_becomes_a_conversation_with_its_fields_as_a_card(filler: Filler) -> None:
    given = {"order": "A-1001", "topic": "product", "page": "https://ongi.example/jar", "page_title": "Moon jar"}
    filler.written = given
    assert filler.hand_in().status_code == 200
    about, entry = Conversation.objects.get(), said()
    assert (about.channel, about.subject, about.status) == ("webform", "Contact us", "open")
    assert about.waiting_since is not None
    assert "Your message:\nIs it watertight?" in entry.text
    card = json.loads(entry.data)["card"] if isinstance(entry.data, str) else entry.data["card"]
    assert card["title"]["ko"] == "문의하기"
    assert card["page"] == {"url": "https://ongi.example/jar", "title": "Moon jar"}
    values = {row["type"]: row["value"] for row in card["rows"]}
    assert values["order"] == "A-1001"
    assert values["choice"] == {"ko": "제품", "zh": "商品", "en": "Products"}
    assert (about.contact.name, about.contact.email, about.contact.verified) == ("Kim Jiwoo", "jiwoo@shop.test", False)
    filler.form.refresh_from_db()
    assert filler.form.count == 1


def test_files_come_with_the_message(filler: Filler) -> None:
    files = [SimpleUploadedFile("a.txt", b"one"), SimpleUploadedFile("../b.txt", b"two")]
    assert filler.hand_in(files=files).status_code == 200
    entry = said()
    assert [file.name for file in Attachment.objects.filter(entry=entry).order_by("id")] == ["a.txt", "b.txt"]
    assert "Pictures or files: a.txt, b.txt" in entry.text


def test_the_same_page_handed_in_again_is_the_same_message(filler: Filler) -> None:
    mark = filler.open()
    assert [filler.hand_in(mark=mark).status_code for _ in range(3)] == [200] * 3
    assert Entry.objects.filter(kind="message").count() == 1


def test_the_same_page_with_another_text_is_told_that_it_was_sent(filler: Filler) -> None:
    mark = filler.open()
    filler.hand_in(mark=mark)
    again = filler.hand_in(mark=mark, message="Something else")
    assert (again.status_code, "We have the message of this page already" in again.content.decode()) == (409, True)
    assert "Something else" in again.content.decode()
    assert Entry.objects.filter(kind="message").count() == 1


def test_a_page_that_is_being_handed_in_is_not_said_to_have_arrived(filler: Filler) -> None:
    mark = filler.open()
    opened = tokens.opened(mark, form_id=filler.form.pk)
    assert opened is not None
    cache.set(f"form-page:{opened.nonce}", "busy")
    answer = filler.hand_in(mark=mark)
    assert answer.status_code == 409
    assert "press once more in a moment" in answer.content.decode()
    assert mark in answer.content.decode()
    cache.delete(f"form-page:{opened.nonce}")  # the other request has failed
    assert filler.hand_in(mark=mark).status_code == 200
    assert Entry.objects.filter(kind="message").count() == 1


def test_mistakes_stand_beside_their_fields_and_what_was_written_stays(filler: Filler) -> None:
    answer = filler.hand_in(email="jiwoo", message="")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="field-email-error"' in text
    assert 'href="#field-message"' in text
    assert 'value="Kim Jiwoo"' in text
    assert "<title>Please check:" in text
    assert Conversation.objects.count() == 0


@pytest.mark.parametrize(("locale", "title"), [("ko", "문의하기"), ("zh", "联系我们"), ("en", "Contact us")])
def test_a_form_speaks_the_shoppers_language(filler: Filler, locale: str, title: str) -> None:
    assert filler.hand_in(lang=locale).status_code == 200
    about = Conversation.objects.get()
    assert (about.subject, about.locale) == (title, locale)


def test_a_form_goes_to_its_team_and_carries_its_tags(people: People) -> None:
    from sonnim.accounts.actions import create_team

    team = create_team(actor=people.actor(people.owner), name="Returns", agent_ids=[])
    with log.unit(people.shop.pk):
        tag = Tag.objects.create(shop=people.shop, name="form")
    form = make_form(people, team_id=team.pk, tag_ids=[tag.pk])
    assert Filler(form).hand_in().status_code == 200
    about = Conversation.objects.get()
    assert (about.team_id, json.loads(about.tag_ids)) == (team.pk, [tag.pk])


def test_a_form_whose_team_is_gone_leaves_its_messages_to_all(people: People) -> None:
    from sonnim.accounts.actions import create_team, delete_team

    owner = people.actor(people.owner)
    team = create_team(actor=owner, name="Returns", agent_ids=[])
    form = make_form(people, team_id=team.pk)
    delete_team(actor=owner, team_id=team.pk)
    assert Filler(form).hand_in().status_code == 200
    assert Conversation.objects.get().team_id is None


def test_who_comes_again_with_the_same_address_is_the_same_stranger(filler: Filler) -> None:
    filler.hand_in()
    filler.hand_in(name="Somebody Else", email="JIWOO@shop.test")
    assert Conversation.objects.count() == 2
    assert Contact.objects.get().name == "Kim Jiwoo"


def test_a_typed_address_never_opens_the_history_of_a_proven_customer(filler: Filler, people: People) -> None:
    with log.unit(people.shop.pk):
        proven = Contact.objects.create(shop=people.shop, name="Jiwoo", email="jiwoo@shop.test", verified=True)
        for kind in ("email", "form"):
            Identity.objects.create(shop=people.shop, contact=proven, kind=kind, value="jiwoo@shop.test")
    assert filler.hand_in().status_code == 200
    assert Conversation.objects.get().contact_id != proven.pk


def test_whom_the_shop_does_not_want_to_hear_is_told_so(filler: Filler, people: People) -> None:
    filler.hand_in()
    contact = Contact.objects.get()
    block_contact(actor=people.actor(people.owner), contact_id=contact.pk)
    assert filler.hand_in().status_code == 403
    assert Conversation.objects.count() == 1


def test_who_leaves_a_number_alone_is_known_by_it(people: People) -> None:
    callback = Filler(make_form(people, "callback"), written={"email": "", "phone": "010-1234-5678", "time": "noon"})
    assert callback.hand_in().status_code == 200
    contact = Contact.objects.get()
    assert (contact.phone, contact.email) == ("010-1234-5678", "")


def test_a_form_that_rests_or_is_unknown_is_not_there(filler: Filler, people: People) -> None:
    from django.test import Client

    assert Client().get("/forms/nothing").status_code == 404
    form = Form.objects.get()
    change_form(actor=people.actor(people.owner), form_id=form.pk, v=0, wanted={"active": False})
    assert Client().get(f"/forms/{form.key}").status_code == 404
    assert Client().get(f"/forms/{form.key}.js").status_code == 404


@pytest.mark.parametrize(("locale", "said"), [("ko", "20MB를 넘어요"), ("zh", "20 MB"), ("en", "20 MB")])
def test_files_that_are_too_large_together_cost_nobody_their_words(
    filler: Filler, settings: Settings, locale: str, said: str
) -> None:
    settings.ATTACHMENT_MAX_BYTES = 10_000
    files = [SimpleUploadedFile(f"{n}.jpg", b"x" * 6_000, "image/jpeg") for n in range(2)]
    answer = filler.hand_in(lang=locale, files=files, message="It came in pieces.")
    text = answer.content.decode()
    assert (answer.status_code, answer["Content-Type"]) == (413, "text/html; charset=utf-8")
    assert said in text
    assert "It came in pieces." in text
    assert Conversation.objects.count() == 0


@pytest.mark.parametrize(("locale", "said"), [("ko", "10개까지"), ("zh", "最多 10 个"), ("en", "up to 10 files")])
def test_too_many_files_cost_nobody_their_words(filler: Filler, locale: str, said: str) -> None:
    files = [SimpleUploadedFile(f"{n}.jpg", b"x", "image/jpeg") for n in range(12)]
    answer = filler.hand_in(lang=locale, files=files, message="Twelve pictures.")
    text = answer.content.decode()
    assert answer.status_code == 413
    assert said in text
    assert "Twelve pictures." in text


def test_what_a_browser_sends_of_a_form_is_read_although_it_is_too_much(filler: Filler) -> None:
    """More than any other address takes: the form's own page answers."""
    file = SimpleUploadedFile("film.mov", b"x" * (22 * 1024 * 1024), "video/quicktime")
    answer = filler.hand_in(files=[file], message="A film of it.")
    assert answer.status_code == 413
    assert "A film of it." in answer.content.decode()
