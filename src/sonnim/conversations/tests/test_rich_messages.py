"""Agents say with more than characters; whoever knows only characters reads the same."""

import json
import uuid
from typing import Any

import pytest
from tests.people import People

from sonnim.conversations.models import Entry
from sonnim.conversations.tests.shop_day import conversation, say, shopper
from sonnim.eventlog.models import Event

BOLD = [
    {"type": "paragraph", "content": [{"type": "text", "text": "내일 "}, {"type": "text", "text": "꼭", "bold": True}]}
]


def opened(people: People) -> int:
    return say(shopper(people)).conversation


def post(people: People, at: int, *, expect: int = 200, client_id: str = "", **body: Any) -> dict[str, Any]:
    sent = {"client_id": client_id or str(uuid.uuid4()), **body}
    answer = people.browser(people.agent).post(people.url(f"/conversations/{at}/messages"), sent)
    assert answer.status_code == expect, answer.content
    return dict(answer.json())


def test_the_plain_form_is_derived_and_both_are_delivered(people: People) -> None:
    at = opened(people)
    ack = post(people, at, text="something else", data={"rich": BOLD})
    entry = Entry.objects.get(pk=ack["id"])
    assert (entry.text, json.loads(entry.data)) == ("내일 꼭", {"rich": BOLD})
    event = Event.objects.filter(shop_id=people.shop.pk, type="message.created").latest("pos")
    [told] = json.loads(event.public)["put"]["entries"].values()
    assert (told["text"], told["data"]) == ("내일 꼭", {"rich": BOLD})
    assert conversation(at).last_text == "내일 꼭"


def test_what_is_only_characters_is_kept_as_characters(people: People) -> None:
    at = opened(people)
    document = [{"type": "paragraph", "content": [{"type": "text", "text": text}]} for text in ("하나", "둘")]
    entry = Entry.objects.get(pk=post(people, at, data={"rich": document})["id"])
    assert (entry.text, entry.data) == ("하나\n둘", "{}")


def test_a_repeat_is_known_and_other_marks_are_another_message(people: People) -> None:
    at, sent = opened(people), str(uuid.uuid4())
    post(people, at, client_id=sent, data={"rich": BOLD})
    assert post(people, at, client_id=sent, data={"rich": BOLD})["repeat"]
    post(people, at, client_id=sent, text="내일 꼭", expect=409)


@pytest.mark.parametrize(
    "run",
    [
        {"type": "text", "text": "x", "link": "javascript:alert(1)"},
        {"type": "text", "text": "x", "onclick": "alert(1)"},
        {"type": "mention", "agent_id": 1, "name": "서연"},
        {"type": "text", "text": "a\nb"},
        {"type": "text", "text": "a\x00b", "bold": True},
        {"type": "text", "text": "\ud800", "bold": True},
    ],
)
def test_a_message_with_a_bad_part_is_refused_whole(people: People, run: dict[str, Any]) -> None:
    at = opened(people)
    before = Entry.objects.count()
    post(people, at, data={"rich": [{"type": "paragraph", "content": [run]}]}, expect=422)
    assert Entry.objects.count() == before


def test_a_message_with_nothing_but_marks_is_empty(people: People) -> None:
    empty = [{"type": "paragraph", "content": [{"type": "text", "text": "", "bold": True}]}]
    post(people, opened(people), data={"rich": empty}, expect=422)
