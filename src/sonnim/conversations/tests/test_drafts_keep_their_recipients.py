"""To whom a letter goes is kept with its draft, finished or not."""

from typing import Any

import pytest
from tests.people import People

from sonnim.contacts.actions import create_visitor
from sonnim.conversations.actions import ensure_conversation

CHOSEN = {"subject": "주문", "to": ["kim@mail.example"], "cc": ["half-an-addr"], "bcc": [], "source_id": 3}


@pytest.fixture
def here(people: People) -> str:
    contact, _ = create_visitor(shop_id=people.shop.pk, locale="en")
    opened = ensure_conversation(shop_id=people.shop.pk, contact=contact, channel="webchat")
    return people.url(f"/conversations/{opened}/draft")


def test_a_draft_answers_the_recipients_as_they_were_typed(people: People, here: str) -> None:
    nora = people.browser(people.agent)
    saved = nora.put(here, {"text": "Hello", "attachments": [], "data": {"envelope": CHOSEN}}).json()["draft"]
    assert saved["data"]["envelope"] == CHOSEN
    page = nora.get(here.removesuffix("/draft")).json()
    assert page["draft"]["data"]["envelope"] == CHOSEN
    again = nora.put(here, {"text": "Hello", "attachments": []}).json()["draft"]
    assert "envelope" not in again["data"]


@pytest.mark.parametrize(
    "more",
    [
        {"to": ["a@mail.example"] * 51},
        {"cc": ["a" * 255]},
        {"subject": "x" * 201},
        {"bcc": ["a\x00@mail.example"]},
    ],
)
def test_a_draft_with_more_than_any_letter_could_have_is_refused(
    more: dict[str, Any], people: People, here: str
) -> None:
    body = {"text": "Hello", "attachments": [], "data": {"envelope": {**CHOSEN, **more}}}
    assert people.browser(people.agent).put(here, body).status_code == 422
