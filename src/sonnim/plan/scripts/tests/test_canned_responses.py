"""Canned responses: written by those who may, read by everybody at the desk, told live."""

from typing import Any

import msgspec
import pytest
from tests.people import People

from sonnim.accounts.actions import create_team
from sonnim.accounts.models import AuditEntry
from sonnim.contacts.models import Contact
from sonnim.conversations.rich import MAX_BLOCKS
from sonnim.eventlog.models import Event
from sonnim.kernel.errors import Conflict, Invalid, NotFound
from sonnim.plan.models import ScriptVariant
from sonnim.plan.scripts import actions, queries
from sonnim.plan.scripts.actions import writing
from sonnim.plan.scripts.wanted import Wanted

RICH = [
    {"type": "paragraph", "content": [{"type": "text", "text": "Dear {{contact.name|friend}},", "bold": True}]},
    {"type": "numbers", "items": [[{"type": "text", "text": "Take a picture"}]]},
]


def one_line(run: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"type": "paragraph", "content": [run]}]


def body(**changed: Any) -> dict[str, Any]:
    return {"shortcut": "hello", "title": "Hello", "texts": {"en": [{"text": "Hello {{contact.name|you}}"}]}, **changed}


def wanted(**changed: Any) -> Wanted:
    return msgspec.convert(body(**changed), Wanted)


def made(people: People, **changed: Any) -> int:
    answer = people.browser(people.lead).post(people.url("/canned-responses"), body(**changed))
    assert answer.status_code == 201, answer.content
    return int(answer.json()["id"])


def test_a_lead_writes_one_and_every_agent_reads_it(people: People) -> None:
    identity = made(people, texts={"ko": [{"text": "안녕하세요"}], "en": [{"rich": RICH}]})
    [read] = people.browser(people.agent).get(people.url("/canned-responses")).json()["items"]
    assert (read["id"], read["shortcut"], read["team_id"], read["used"]) == (identity, "hello", None, 0)
    assert {locale: [(each["text"], each.get("rich")) for each in said] for locale, said in read["texts"].items()} == {
        "ko": [("안녕하세요", None)],
        "en": [("Dear {{contact.name|friend}},\n1. Take a picture", RICH)],
    }
    assert Event.objects.filter(shop_id=people.shop.pk, type="canned_response.saved").count() == 1
    assert AuditEntry.objects.filter(action="canned_response.created").count() == 1


def test_an_agent_may_use_them_and_not_write_them(people: People) -> None:
    identity = made(people)
    agent = people.browser(people.agent)
    assert agent.post(people.url("/canned-responses"), body(shortcut="other")).status_code == 403
    assert agent.put(people.url(f"/canned-responses/{identity}"), body()).status_code == 403
    assert agent.delete(people.url(f"/canned-responses/{identity}")).status_code == 403
    assert agent.post(people.url("/canned-responses/starter")).status_code == 403
    assert agent.post(people.url("/canned-responses/import"), {"scripts": []}).status_code == 403
    [read] = agent.get(people.url("/canned-responses")).json()["items"]
    reader = Contact.objects.create(shop=people.shop).pk
    use = {"variant_id": read["texts"]["en"][0]["id"], "contact_id": reader}
    assert agent.post(people.url(f"/canned-responses/{identity}/used"), use).status_code == 204
    [said] = agent.get(people.url(f"/contacts/{reader}/said")).json()["items"]
    assert (said["variant_id"], said["conversation_id"]) == (use["variant_id"], None)


def test_the_most_used_come_first(people: People) -> None:
    first, second = made(people, shortcut="a"), made(people, shortcut="b")
    variant = ScriptVariant.objects.get(canned_id=second).pk
    reader = Contact.objects.create(shop=people.shop).pk
    use: dict[str, Any] = {"canned_id": second, "variant_id": variant, "contact_id": reader}
    actions.count_use(shop_id=people.shop.pk, **use)
    for shop, wrong in (
        (people.other_shop, {}),
        (people.shop, {"canned_id": first}),
        (people.shop, {"contact_id": None}),
        (people.shop, {"contact_id": Contact.objects.create(shop=people.other_shop).pk}),
        (people.shop, {"conversation_id": 10**9}),
    ):
        with pytest.raises(NotFound):
            actions.count_use(shop_id=shop.pk, **{**use, **wrong})
    assert [(each.pk, each.used) for each in queries.canned_responses_of(people.shop.pk)] == [(second, 1), (first, 0)]


def test_a_shortcut_belongs_to_one_of_them(people: People) -> None:
    made(people, shortcut="Hello")
    again = people.browser(people.lead).post(people.url("/canned-responses"), body(shortcut="hello"))
    assert again.status_code == 409
    second = made(people, shortcut="bye")
    with pytest.raises(Conflict):
        actions.change_canned_response(actor=people.actor(people.lead), canned_id=second, wanted=wanted())
    actions.change_canned_response(
        actor=people.actor(people.lead), canned_id=second, wanted=wanted(shortcut="BYE", title="Bye")
    )


def test_another_shops_are_nobodys(people: People) -> None:
    identity = made(people)
    stranger = people.actor(people.outsider)
    for attempt in (
        lambda: actions.change_canned_response(actor=stranger, canned_id=identity, wanted=wanted()),
        lambda: actions.delete_canned_response(actor=stranger, canned_id=identity),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_a_deleted_one_is_dropped_from_every_screen(people: People) -> None:
    identity = made(people)
    assert people.browser(people.lead).delete(people.url(f"/canned-responses/{identity}")).status_code == 204
    told = Event.objects.get(shop_id=people.shop.pk, type="canned_response.deleted")
    assert f'"canned_responses":[{identity}]' in told.desk
    assert queries.canned_responses_of(people.shop.pk) == []


@pytest.mark.parametrize(
    "changed",
    [
        {"texts": {}},
        {"texts": {"en": {"text": "no list"}}},
        {"texts": {"en": [{"text": str(n)} for n in range(9)]}},
        {"stage": "bargaining"},
        {"active_from": "2026-12-24", "active_until": "2026-12-23"},
        {"active_from": "Christmas"},
        {"active_from": 1_795_000_000},
        {"automatic": True},
        {"automatic": True, "stage": "farewell"},
        {"automatic": True, "stage": "welcome", "texts": {"en": [{"text": "I am {{agent.name}}"}]}},
        {"automatic": True, "stage": "welcome", "texts": {"en": [{"text": "Hello {{contact.name}}"}]}},
        {"automatic": True, "stage": "welcome", "texts": {"en": [{"text": "x" * 301}]}},
        {"automatic": True, "stage": "welcome", "texts": {"en": [{"rich": RICH}]}},
        {"texts": {"en": [{"text": "   "}]}},
        {"texts": {"fr": [{"text": "Bonjour"}]}},
        {"texts": {"en": [{"text": "{{contact.password}}"}]}},
        {"texts": {"en": [{"text": "a\x00b"}]}},
        {"texts": {"en": [{"text": "x", "html": "<b>"}]}},
        {"texts": {"en": [{"rich": [{"type": "html"}]}]}},
        {"texts": {"en": [{"rich": [{"type": "paragraph", "content": []}] * (MAX_BLOCKS + 1)}]}},
        {"texts": {"en": [{"rich": one_line({"type": "mention", "agent_id": 1, "name": "x"})}]}},
        {"texts": {"en": [{"rich": one_line({"type": "text", "text": "{{x}}", "bold": True})}]}},
        {"shortcut": "two words"},
        {"title": ""},
        {"team_id": 999},
    ],
)  # fmt: skip
def test_what_cannot_be_sent_later_is_not_kept(people: People, changed: dict[str, Any]) -> None:
    answer = people.browser(people.lead).post(people.url("/canned-responses"), body(**changed))
    assert answer.status_code == 422, answer.content
    assert queries.canned_responses_of(people.shop.pk) == []


def test_a_shop_keeps_a_list_that_one_can_still_read(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "MAX_CANNED", 1)
    made(people)
    with pytest.raises(Conflict):
        actions.create_canned_response(actor=people.actor(people.lead), wanted=wanted(shortcut="more"))


def test_it_can_be_meant_for_one_team(people: People) -> None:
    team = create_team(actor=people.actor(people.lead), name="Claims")
    made(people, team_id=team.pk)
    [read] = queries.canned_responses_of(people.shop.pk)
    assert read.team_id == team.pk
    with pytest.raises(Invalid):
        actions.create_canned_response(actor=people.actor(people.outsider), wanted=wanted(team_id=team.pk))
