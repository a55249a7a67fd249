"""An agent's words are edited with a trace; a redacted wording is nowhere any more."""

import json
import uuid
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from tests.people import People

from sonnim.accounts.models import AuditEntry
from sonnim.contacts.models import Contact
from sonnim.conversations import queries
from sonnim.conversations.actions import merging, resolve_conversation, splitting
from sonnim.conversations.actions.wording import edit_entry, redact_entry
from sonnim.conversations.check import Content
from sonnim.conversations.files import store_attachment
from sonnim.conversations.models import Attachment, Conversation, Entry, Revision
from sonnim.conversations.posting import Ack, Post, ensure_posted
from sonnim.eventlog.models import Event
from sonnim.kernel.errors import Conflict, Forbidden, NotFound

pytestmark = pytest.mark.django_db
SECRET = "Vermilion 4929 1234 5678 9010"
WORD = "vermilion"  # as the search index would know it


@pytest.fixture
def shopper(people: People) -> Contact:
    return Contact.objects.create(shop=people.shop, locale="ko", name="손님")


def say(people: People, text: str, *, by: Contact | None = None, kind: str = "message", to: int | None = None) -> Ack:
    sender = ("contact", by.pk) if by is not None else ("agent", people.agent.pk)
    post = Post(people.shop.pk, *sender, str(uuid.uuid4()), text, kind, to, channel="webchat")
    return ensure_posted(post)


def edit(people: People, ack: Ack, text: str, *, agent: int | None = None, data: str = "{}") -> dict[str, Any]:
    return edit_entry(
        shop_id=people.shop.pk, conversation_id=ack.conversation, seq=ack.seq,
        agent_id=agent or people.agent.pk, said=Content(text, data),
    )  # fmt: skip


def redact(people: People, ack: Ack) -> dict[str, Any]:
    actor = people.actor(people.lead)
    return redact_entry(actor=actor, conversation_id=ack.conversation, seq=ack.seq, reason="a card's number")


def everything_in_the_database() -> str:
    """Every row of every table, as text in small letters."""
    found = []
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        index = {"search_entry", "search_contact"} if connection.vendor == "sqlite" else set()  # kept in other tables
        for table in sorted(set(tables) - index):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            found.append(f"{table}: {cursor.fetchall()!r}")
    return "\n".join(found).lower()


def test_an_edit_shows_the_new_wording_and_keeps_the_former_one(people: People, shopper: Contact) -> None:
    there = say(people, "안녕하세요", by=shopper).conversation
    ack = say(people, "It is 5 pounds.", to=there)
    edited = edit(people, ack, "It is 6 pounds.")
    assert (edited["text"], edited["seq"], edited["hidden"]) == ("It is 6 pounds.", ack.seq, None)
    assert edited["edited_at"] is not None
    former = queries.revisions(shop_id=people.shop.pk, conversation_id=there, seq=ack.seq)
    assert [(each["n"], each["text"], each["by_id"]) for each in former] == [(1, "It is 5 pounds.", people.agent.pk)]
    assert Conversation.objects.get(pk=there).last_text == "It is 6 pounds."


def test_an_edit_of_an_older_message_leaves_the_list_as_it_is(people: People, shopper: Contact) -> None:
    there = say(people, "안녕하세요", by=shopper).conversation
    ack = say(people, "first", to=there)
    say(people, "second", to=there)
    edit(people, ack, "first, but better")
    assert Conversation.objects.get(pk=there).last_text == "second"


def test_the_event_of_an_edit_carries_a_version_that_wins_over_the_former_one(people: People, shopper: Contact) -> None:
    there = say(people, "안녕하세요", by=shopper).conversation
    ack = say(people, "first", to=there)
    edited = edit(people, ack, "better")
    event = Event.objects.order_by("-pos")[0]
    assert event.type == "entry.edited"
    assert event.contact_id == shopper.pk
    told = json.loads(event.public)["put"]["entries"][str(ack.id)]
    assert (told["text"], told["v"]) == ("better", event.pos)
    assert edited["v"] == event.pos


def test_an_edited_note_is_not_told_to_the_shopper(people: People, shopper: Contact) -> None:
    there = say(people, "안녕하세요", by=shopper).conversation
    edit(people, say(people, "seen on Tuesday", kind="note", to=there), "seen on Monday")
    event = Event.objects.order_by("-pos")[0]
    assert event.contact_id is None
    assert "Monday" not in event.public


def test_rich_text_is_replaced_and_removed_with_the_wording(people: People, shopper: Contact) -> None:
    there = say(people, "안녕하세요", by=shopper).conversation
    ack = say(people, "plain", to=there)
    document = [{"type": "paragraph", "content": [{"type": "text", "text": "bold", "bold": True}]}]
    assert "rich" in Entry.objects.get(pk=edit(people, ack, "bold", data=json.dumps({"rich": document}))["id"]).data
    edit(people, ack, "plain again")
    assert Entry.objects.get(pk=ack.id).data == "{}"
    assert Revision.objects.filter(entry_id=ack.id).count() == 2


def test_the_same_wording_again_is_no_edit(people: People, shopper: Contact) -> None:
    there = say(people, "안녕하세요", by=shopper).conversation
    ack = say(people, "It is.", to=there)
    before = Event.objects.count()
    assert edit(people, ack, "It is.")["edited_at"] is None
    assert Event.objects.count() == before


def test_nobody_edits_what_somebody_else_wrote(people: People, shopper: Contact) -> None:
    asked = say(people, "안녕하세요", by=shopper)
    answered = say(people, "It is.", to=asked.conversation)
    with pytest.raises(Forbidden):
        edit(people, asked, "something else")
    with pytest.raises(Forbidden):
        edit(people, answered, "something else", agent=people.owner.pk)


def test_events_and_entries_of_other_shops_cannot_be_edited(people: People, shopper: Contact) -> None:
    ack = say(people, "안녕하세요", by=shopper)
    say(people, "It is.", to=ack.conversation)
    taken = Entry.objects.get(conversation_id=ack.conversation, kind="event")
    for shop, seq in ((people.shop.pk, taken.seq), (people.shop.pk, 99), (people.other_shop.pk, ack.seq)):
        with pytest.raises(NotFound):
            edit_entry(
                shop_id=shop, conversation_id=ack.conversation, seq=seq, agent_id=people.agent.pk, said=Content("x")
            )


def test_a_message_sent_again_after_its_edit_is_the_same_message(people: People, shopper: Contact) -> None:
    there = say(people, "안녕하세요", by=shopper).conversation
    post = Post(people.shop.pk, "agent", people.agent.pk, str(uuid.uuid4()), "as first written", "message", there)
    ack = ensure_posted(post)
    edit(people, ack, "edited")
    assert ensure_posted(post).repeat
    redact(people, ack)
    assert ensure_posted(post).id == ack.id


@pytest.mark.parametrize("kind", ["shopper", "message", "note"])
def test_a_redacted_wording_is_nowhere_in_the_database(people: People, shopper: Contact, kind: str) -> None:
    there = say(people, "안녕하세요", by=shopper).conversation
    ack = (
        say(people, f"My card is {SECRET}.", by=shopper)
        if kind == "shopper"
        else say(people, f"The card is {SECRET}.", kind=kind, to=there)
    )
    if kind != "shopper":
        edit(people, ack, f"The card is not {SECRET}, sorry")
    say(people, "thank you", kind="note", to=there)
    assert WORD in everything_in_the_database()
    redacted = redact(people, ack)
    assert WORD not in everything_in_the_database()
    assert (redacted["text"], redacted["hidden"]) == ("", "redacted")
    assert redacted["author"]["id"] == (shopper.pk if kind == "shopper" else people.agent.pk)
    assert Conversation.objects.get(pk=there).last_text != f"My card is {SECRET}."


def test_a_redaction_leaves_a_line_in_the_audit_log(people: People, shopper: Contact) -> None:
    ack = say(people, SECRET, by=shopper)
    redact(people, ack)
    line = AuditEntry.objects.get(action="conversation.redacted")
    assert (line.actor_agent_id, line.detail) == (people.lead.pk, {"reason": "a card's number"})
    assert line.target == f"conversation {ack.conversation}, line {ack.seq}"


def test_the_lists_last_words_are_the_redacted_ones_no_more(people: People, shopper: Contact) -> None:
    there = say(people, "안녕하세요", by=shopper).conversation
    redact(people, say(people, SECRET, by=shopper))
    assert Conversation.objects.get(pk=there).last_text == ""


def test_other_messages_keep_their_words_in_the_log(people: People, shopper: Contact) -> None:
    """A short message whose letters also stand in the redacted one is told in full to whoever resumes."""
    before = say(people, "card", by=shopper)
    redact(people, say(people, f"my card is {SECRET}", by=shopper))
    told = [json.loads(event.public).get("put", {}).get("entries", {}) for event in Event.objects.all()]
    assert [each[str(before.id)]["text"] for each in told if str(before.id) in each] == ["card"]


def test_files_of_a_redacted_message_are_gone(
    people: People, shopper: Contact, django_capture_on_commit_callbacks: Any
) -> None:
    there = say(people, "안녕하세요", by=shopper).conversation
    upload = SimpleUploadedFile("passport.txt", b"P1234567")
    file = store_attachment(shop_id=people.shop.pk, owner=("agent", people.agent.pk), upload=upload)
    post = Post(
        people.shop.pk, "agent", people.agent.pk, str(uuid.uuid4()), "", "message", there, attachments=(file.pk,)
    )
    ack = ensure_posted(post)
    with django_capture_on_commit_callbacks(execute=True):
        assert redact(people, ack)["attachments"] != ["passport.txt"]
    assert not Attachment.objects.filter(pk=file.pk).exists()
    assert not default_storage.exists(file.key)
    assert "passport" not in everything_in_the_database()


def test_what_is_redacted_can_be_neither_edited_nor_redacted_again(people: People, shopper: Contact) -> None:
    there = say(people, "안녕하세요", by=shopper).conversation
    ack = say(people, "It is.", to=there)
    redact(people, ack)
    events = Event.objects.count()
    redact(people, ack)
    assert Event.objects.count() == events
    with pytest.raises(Conflict):
        edit(people, ack, "It is, again")


def test_a_redacted_wording_is_in_no_event_of_what_it_was_merged_into_or_split_off(
    people: People, shopper: Contact
) -> None:
    ack = say(people, SECRET, by=shopper)
    place = {"shop_id": people.shop.pk, "by": people.agent.pk}
    resolve_conversation(conversation_id=ack.conversation, **place)
    Conversation.objects.filter(pk=ack.conversation).update(last_at=0)  # long ago: the next words begin anew
    other = say(people, "about something else", by=shopper)
    assert other.conversation != ack.conversation
    merging.merge_conversations(conversation_id=ack.conversation, into_id=other.conversation, **place)
    merging.unmerge_conversation(conversation_id=ack.conversation, **place)
    begun = say(people, f"and {SECRET}", by=shopper)
    splitting.split_conversation(conversation_id=begun.conversation, from_seq=begun.seq, **place)
    assert WORD in json.dumps(list(Event.objects.values_list("public", "desk"))).lower()
    redact(people, ack)
    redact(people, begun)
    assert WORD not in everything_in_the_database()


def test_the_subject_goes_with_the_letter_that_brought_it(people: People, shopper: Contact) -> None:
    def letter(text: str, by: Contact | None, subject: str, to: int | None = None) -> Ack:
        sender = ("contact", by.pk) if by is not None else ("agent", people.agent.pk)
        envelope = json.dumps({"subject": subject, "to": [], "cc": [], "bcc": [], "flags": []})
        return ensure_posted(
            Post(people.shop.pk, *sender, str(uuid.uuid4()), text, "message", to, channel="postbox", subject=subject,
                 envelope=envelope)
        )  # fmt: skip

    first = letter("please look", shopper, SECRET)
    letter("we do", None, f"Re: {SECRET}", to=first.conversation)
    second = letter("thank you", shopper, f"Re: {SECRET}", to=first.conversation)
    redact(people, second)
    assert Conversation.objects.get(pk=first.conversation).subject == SECRET
    redact(people, first)
    assert Conversation.objects.get(pk=first.conversation).subject == ""
    assert WORD not in everything_in_the_database()
