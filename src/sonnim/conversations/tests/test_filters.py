"""Views find exactly what their filter says, in bounded steps, and refuse what they do not understand."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from tests.people import People

from sonnim.accounts.models import Team
from sonnim.contacts.actions.tags import create_tag
from sonnim.contacts.models import Contact
from sonnim.conversations import actions, filters, finding, queues
from sonnim.conversations.models import Conversation
from sonnim.conversations.tests.shop_day import say, shopper
from sonnim.kernel import clock
from sonnim.kernel.errors import Invalid

EVERY = ["open", "snoozed", "resolved", "spam"]


def seer(people: People) -> filters.Seer:
    return finding.seer_of(shop_id=people.shop.pk, agent_id=people.agent.pk)


def found(people: People, limit: int = 3, **wanted: Any) -> list[int]:
    """All pages of a filter, put together."""
    ids: list[int] = []
    cursor = None
    while True:
        page = finding.filtered_page(wanted=filters.as_filter(wanted), seer=seer(people), limit=limit, cursor=cursor)
        ids += [state.id for state in page.states]
        assert len(page.contacts) == len(page.states)
        cursor = page.next
        if cursor is None:
            return ids


@pytest.fixture
def day(people: People) -> dict[str, int]:
    """Conversations in every state, by what is special about them."""
    made: dict[str, int] = {}
    for minutes, name in enumerate(("waiting", "mine", "team", "snoozed", "settled", "spam", "chinese")):
        who = shopper(people, "zh" if name == "chinese" else "ko")
        with clock.moved(timedelta(minutes=minutes - 60)):
            made[name] = say(who, f"{name} 100%_sure", locale=who.locale).conversation
    team = Team.objects.create(shop=people.shop, name="Tea")
    team.agents.add(people.agent)
    here = {"shop_id": people.shop.pk, "by": people.agent.pk}
    actions.assign_conversation(**here, conversation_id=made["mine"], agent_id=people.agent.pk)
    actions.assign_conversation(**here, conversation_id=made["team"], agent_id=None, team_id=team.pk)
    actions.snooze_conversation(**here, conversation_id=made["snoozed"], until=clock.now() + timedelta(hours=3))
    actions.resolve_conversation(**here, conversation_id=made["settled"])
    actions.mark_spam(**here, conversation_id=made["spam"])
    Contact.objects.filter(pk=Conversation.objects.get(pk=made["waiting"]).contact_id).update(
        name="Kim Jiwoo", email="jiwoo@example.test"
    )
    made["tag"] = create_tag(actor=people.actor(people.owner), name="refund")["id"]
    actions.tag_conversation(**here, conversation_id=made["mine"], add=[made["tag"]], remove=[])
    return made


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ({}, ["waiting", "mine", "team", "chinese"]),
        ({"status": ["resolved", "snoozed"]}, ["snoozed", "settled"]),
        ({"status": ["spam"]}, ["spam"]),
        ({"assignee": ["me"]}, ["mine"]),
        ({"assignee": ["me", None]}, ["waiting", "mine", "team", "chinese"]),
        ({"assignee": [None], "team": [None]}, ["waiting", "chinese"]),
        ({"team": ["mine"]}, ["team"]),
        ({"locale": ["zh"]}, ["chinese"]),
        ({"channel": ["chat"], "status": ["resolved"]}, ["settled"]),
        ({"channel": ["carrier pigeon"]}, []),
        ({"waiting_over": 59 * 60 - 30}, ["waiting", "mine"]),
        ({"waiting_over": 3600 * 24}, []),
        ({"text": "100%_sure", "status": EVERY}, ["waiting", "mine", "team", "chinese", "snoozed", "settled", "spam"]),
        ({"text": "100%Xsure"}, []),
        ({"text": "JIWOO"}, ["waiting"]),
        ({"text": "jiwoo@example"}, ["waiting"]),
    ],
)
def test_a_filter_finds_what_it_says(
    people: People, day: dict[str, int], wanted: dict[str, Any], names: list[str]
) -> None:
    for limit in (1, 3, 100):
        assert found(people, limit, **wanted) == [day[name] for name in names]
    count = finding.filtered_count(wanted=filters.as_filter(wanted), seer=seer(people))
    assert count == (len(names), False)


def test_tags_contacts_and_days_are_found_too(people: People, day: dict[str, int]) -> None:
    mine = Conversation.objects.get(pk=day["mine"])
    assert found(people, tag=[day["tag"]]) == [day["mine"]]
    assert found(people, contact=mine.contact_id) == [day["mine"]]
    at = mine.created_at
    later = (at + timedelta(seconds=1)).isoformat()
    assert found(people, created_from=at.isoformat(), created_to=later, status=EVERY) == [day["mine"]]


def test_another_shop_finds_nothing(people: People, day: dict[str, int]) -> None:
    stranger = finding.seer_of(shop_id=people.other_shop.pk, agent_id=people.outsider.pk)
    for wanted in ({}, {"tag": [day["tag"]]}, {"status": EVERY}, {"assignee": [people.agent.pk]}):
        page = finding.filtered_page(wanted=filters.as_filter(wanted), seer=stranger)
        assert (page.states, page.next) == ([], None)


@pytest.fixture
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "WINDOW", 4)
    monkeypatch.setattr(finding, "WINDOWS", 2)


@pytest.mark.usefixtures("small_steps")
def test_what_matches_nothing_costs_a_bounded_share_and_goes_on_where_it_was(people: People) -> None:
    who = shopper(people)
    Conversation.objects.bulk_create(
        Conversation(shop=people.shop, contact=who, channel="chat", rank=n, locale="zh" if n == 37 else "ko")
        for n in range(40)
    )
    wanted, cursor, pages = filters.as_filter({"locale": ["zh"]}), None, 0
    ids: list[int] = []
    while pages == 0 or cursor:
        statements: list[str] = []

        def note(
            execute: Any, sql: str, parameters: Any, many: bool, context: Any, seen: list[str] = statements
        ) -> Any:
            seen.append(sql)
            return execute(sql, parameters, many, context)

        with connection.execute_wrapper(note):
            page = finding.filtered_page(wanted=wanted, seer=seer(people), cursor=cursor)
        assert len(statements) <= 6
        pages, cursor, ids = pages + 1, page.next, ids + [state.rank for state in page.states]
        assert (page.upto is None) == (cursor is None)
    assert ids == [37]
    assert pages >= 4
    assert finding.filtered_count(wanted=wanted, seer=seer(people)) == (0, True)


def test_counting_ends_at_a_cap(people: People) -> None:
    who = shopper(people)
    Conversation.objects.bulk_create(
        Conversation(shop=people.shop, contact=who, channel="chat", rank=n) for n in range(150)
    )
    assert finding.filtered_count(wanted=filters.as_filter({}), seer=seer(people)) == (99, True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"status__gt": "open"},
        {"shop_id": 2},
        {"contact__email": "x"},
        {"status": ["open' OR 1=1--"]},
        {"status": "open"},
        {"assignee": ["you"]},
        {"assignee": [True]},
        {"tag": [0]},
        {"tag": [10**20]},
        {"tag": [1] * 51},
        {"contact": "1 OR 1=1"},
        {"waiting_over": -1},
        {"created_from": "yesterday"},
        {"created_from": "2026-11-22T00:00:00"},
        {"text": ["x"]},
        {"text": "x" * 101},
        {"text": "\x00"},
        [],
        None,
    ],
    ids=str,
)
def test_what_is_no_filter_is_refused(wrong: Any) -> None:
    with pytest.raises(Invalid):
        filters.as_filter(wrong)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"status__in":["open"]}', "x" * 5000, '{"text":"\ud800"}'])
def test_text_that_is_no_filter_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        filters.read_filter(text)


@pytest.mark.parametrize("cursor", [queues.cursor_after(1, 2), queues.cursor_after(1, 2, 3, 4), "x"])
def test_a_queues_cursor_is_none_of_a_views(people: People, cursor: str) -> None:
    with pytest.raises(Invalid):
        finding.filtered_page(wanted=filters.Filter(), seer=seer(people), cursor=cursor)


@pytest.mark.parametrize("position", [-1, 100_001, 2**40])
def test_a_views_position_is_a_place_in_a_list(people: People, position: int) -> None:
    browser = people.browser(people.agent)
    refused = browser.post(people.url("/views"), {"name": "Mine", "filter": {}, "position": position})
    assert (refused.status_code, list(refused.json()["fields"])) == (422, ["position"])
    made = browser.post(people.url("/views"), {"name": "Mine", "filter": {}, "position": 100_000}).json()["id"]
    assert browser.patch(people.url(f"/views/{made}"), {"position": position}).status_code == 422
