"""Forms as a shop's owner sets them up."""

from typing import Any

import pytest
from tests.people import People

from sonnim.accounts.actions import create_team, delete_team
from sonnim.accounts.models import AuditEntry
from sonnim.channels.kinds.webform import words
from sonnim.channels.kinds.webform.models import Form
from sonnim.channels.kinds.webform.tests.conftest import make_form
from sonnim.contacts.actions.tags import remove_tag
from sonnim.contacts.models import Tag

TEMPLATE = words.templates()[0]
BODY: dict[str, Any] = {"name": "Contact", "fields": TEMPLATE["fields"], "texts": TEMPLATE["texts"]}


def test_a_form_is_made_changed_and_taken_away(people: People) -> None:
    owner = people.browser(people.owner)
    made = owner.post(people.url("/forms"), {**BODY, "kind": "contact"})
    assert made.status_code == 201
    form = made.json()
    assert (form["v"], form["active"], form["count"], len(form["fields"])) == (0, True, 0, 7)
    path = people.url(f"/forms/{form['id']}")
    changed = owner.patch(path, {"v": 0, "name": "Ask us", "active": False, "origins": ["https://ongi.example/"]})
    assert changed.json()["name"] == "Ask us"
    assert changed.json()["origins"] == ["https://ongi.example"]
    assert changed.json()["fields"] == form["fields"]
    assert owner.patch(path, {"v": 0, "name": "Late"}).status_code == 409
    assert [each["name"] for each in owner.get(people.url("/forms")).json()["items"]] == ["Ask us"]
    assert owner.delete(path).status_code == 204
    assert owner.delete(path).status_code == 404
    actions = list(AuditEntry.objects.filter(action__startswith="form.").values_list("action", flat=True))
    assert sorted(actions) == ["form.changed", "form.created", "form.removed"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"fields": []},
        {"texts": {"title": {}}},
        {"team_id": 10**9},
        {"tag_ids": [10**9]},
        {"origins": ["https://a.example/path"]},
        {"kind": "survey"},
        {"key": "mine"},
        {"count": 5},
    ],
)
def test_what_no_form_has_is_refused(people: People, wrong: dict[str, Any]) -> None:
    assert people.browser(people.owner).post(people.url("/forms"), {**BODY, **wrong}).status_code == 422
    assert Form.objects.count() == 0


def test_a_form_that_nobody_has_saved_can_be_looked_at(people: People) -> None:
    body = {"locale": "ko", "fields": TEMPLATE["fields"], "texts": TEMPLATE["texts"]}
    html = people.browser(people.owner).post(people.url("/forms/preview"), body).json()["html"]
    assert "문의하기" in html
    assert "<script" not in html
    assert Form.objects.count() == 0


def test_templates_are_offered(people: People) -> None:
    items = people.browser(people.owner).get(people.url("/forms/templates")).json()["items"]
    assert [each["kind"] for each in items] == ["contact", "claim", "product", "callback", "order"]


def test_a_form_whose_team_and_tag_were_removed_can_still_be_saved(people: People) -> None:
    owner = people.actor(people.owner)
    team = create_team(actor=owner, name="Returns", agent_ids=[])
    tag = Tag.objects.create(shop=people.shop, name="form")
    form = make_form(people, team_id=team.pk, tag_ids=[tag.pk])
    delete_team(actor=owner, team_id=team.pk)
    remove_tag(actor=owner, tag_id=tag.pk)
    body = {"v": 0, "name": "Ask us", "team_id": team.pk, "tag_ids": [tag.pk]}
    saved = people.browser(people.owner).patch(people.url(f"/forms/{form.pk}"), body)
    assert (saved.status_code, saved.json()["team_id"], saved.json()["tag_ids"]) == (200, None, [])
