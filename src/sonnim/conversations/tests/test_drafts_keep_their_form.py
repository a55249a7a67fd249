"""A draft comes back as it was left: rich, and as the note that it was to be."""

from typing import Any

from tests.people import People

from sonnim.conversations import queries
from sonnim.conversations.tests.shop_day import say, shopper

RICH = [{"type": "bullets", "items": [[{"type": "text", "text": "하나"}], [{"type": "text", "text": "둘"}]]}]


def put(people: People, at: int, **body: Any) -> Any:
    return people.browser(people.agent).put(people.url(f"/conversations/{at}/draft"), body)


def mine(people: People) -> Any:
    return queries.drafts_of(shop_id=people.shop.pk, agent_id=people.agent.pk)


def test_a_rich_draft_is_kept_with_its_plain_form(people: People) -> None:
    at = say(shopper(people)).conversation
    assert put(people, at, data={"rich": RICH}).status_code == 200
    assert [(draft["text"], draft["data"]) for draft in mine(people)] == [("• 하나\n• 둘", {"rich": RICH})]


def test_a_note_in_the_making_does_not_come_back_as_an_answer(people: People) -> None:
    at = say(shopper(people)).conversation
    called = [{"type": "paragraph", "content": [{"type": "mention", "agent_id": people.lead.pk, "name": "Lead"}]}]
    assert put(people, at, data={"rich": called}, kind="note").status_code == 200
    assert [draft["data"] for draft in mine(people)] == [{"kind": "note", "rich": called}]
    assert put(people, at, text="답").status_code == 200
    assert [draft["data"] for draft in mine(people)] == [{}]


def test_an_emptied_one_is_forgotten_and_a_bad_one_refused(people: People) -> None:
    at = say(shopper(people)).conversation
    put(people, at, data={"rich": RICH})
    bad = [{"type": "paragraph", "content": [{"type": "text", "text": "x", "link": "javascript:x"}]}]
    assert put(people, at, data={"rich": bad}).status_code == 422
    assert put(people, at, data={"rich": [{"type": "paragraph", "content": []}]}).status_code == 200
    assert mine(people) == []
