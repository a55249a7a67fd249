"""Who may change whom, and what the desk is told."""

import pytest
from tests.people import People, make_agent

from sonnim.accounts import actions
from sonnim.accounts.models import Agent, ApiToken, Invitation
from sonnim.eventlog import queries as eventlog
from sonnim.eventlog.log import LoggedEvent


def last_event(people: People) -> LoggedEvent:
    head = eventlog.head(people.shop.pk)
    assert head is not None
    return eventlog.events_after(people.shop.pk, head.pos - 1)[0]


def patch(people: People, by: Agent, whom: Agent, body: dict[str, object]) -> int:
    return int(people.browser(by).patch(people.url(f"/agents/{whom.pk}"), body).status_code)


def test_anybody_may_change_their_own_name_colour_and_languages(people: People) -> None:
    answer = people.browser(people.agent).patch(
        people.url(f"/agents/{people.agent.pk}"), {"name": "  Mina ", "color": "#abcdef", "languages": ["ko", "zh"]}
    )
    assert answer.status_code == 200
    assert (answer.json()["name"], answer.json()["color"], answer.json()["languages"]) == (
        "Mina",
        "#ABCDEF",
        ["ko", "zh"],
    )
    event = last_event(people)
    assert event.type == "agent.updated"
    assert event.contact_id is None
    assert answer.json()["v"] == event.pos


def test_an_agent_cannot_raise_their_own_role(people: People) -> None:
    for who, role in ((people.agent, "lead"), (people.lead, "admin"), (people.admin, "owner")):
        assert patch(people, who, who, {"role": role}) == 403
        assert Agent.objects.get(pk=who.pk).role == who.role


def test_an_admin_manages_those_below_and_nobody_else(people: People) -> None:
    peer = make_agent(people.shop, "peer", "admin")
    assert patch(people, people.admin, people.lead, {"role": "agent"}) == 200
    assert patch(people, people.admin, people.agent, {"role": "lead"}) == 200
    assert patch(people, people.admin, people.agent, {"role": "admin"}) == 403
    assert patch(people, people.admin, peer, {"name": "X"}) == 403
    assert patch(people, people.admin, people.owner, {"name": "X"}) == 403


def test_a_changed_role_is_told_as_such_so_that_the_gateway_reads_it_again(people: People) -> None:
    patch(people, people.owner, people.agent, {"role": "lead"})
    assert last_event(people).type == "agent.role_changed"
    patch(people, people.owner, people.agent, {"role": "lead", "name": "Mina"})
    assert last_event(people).type == "agent.updated"


def test_a_lead_does_not_manage_agents(people: People) -> None:
    assert patch(people, people.lead, people.agent, {"name": "X"}) == 403
    assert people.browser(people.lead).delete(people.url(f"/agents/{people.agent.pk}")).status_code == 403


def test_the_last_owner_stays(people: People) -> None:
    browser = people.browser(people.owner)
    assert browser.delete(people.url(f"/agents/{people.owner.pk}")).status_code == 409
    assert patch(people, people.owner, people.owner, {"role": "admin"}) == 409
    assert patch(people, people.owner, people.admin, {"role": "owner"}) == 200
    assert patch(people, people.owner, people.owner, {"role": "admin"}) == 200


@pytest.mark.parametrize(
    "body",
    [
        {"shop_id": 1},
        {"shop": 1},
        {"user_id": 1},
        {"role": "god"},
        {"role": ["owner"]},
        {"v": 9},
        {"name": ""},
        {"name": 7},
        {"name": "a\x00b"},
        {"name": "x" * 121},
        {"color": "red"},
        {"languages": []},
        {"languages": ["fr"]},
        {"removed_at": None},
        [],
        "text",
        None,
    ],
)
def test_a_body_with_foreign_fields_or_wrong_values_changes_nothing(people: People, body: object) -> None:
    before = Agent.objects.values().get(pk=people.agent.pk)
    answer = people.browser(people.owner).patch(people.url(f"/agents/{people.agent.pk}"), body)
    assert answer.status_code == 422
    assert answer.json()["code"] == "invalid"
    assert Agent.objects.values().get(pk=people.agent.pk) == before


def test_malformed_json_is_refused_in_words(people: People) -> None:
    browser = people.browser(people.owner)
    answer = browser.client.generic(
        "PATCH",
        people.url(f"/agents/{people.agent.pk}"),
        b"{not json",
        "application/json",
        HTTP_X_CSRFTOKEN=browser.csrf(),
    )
    assert (answer.status_code, answer.json()["detail"]) == (422, "The body is not JSON.")


def test_an_agent_of_another_shop_is_not_found(people: People) -> None:
    assert patch(people, people.owner, people.outsider, {"name": "X"}) == 404
    assert people.browser(people.owner).delete(people.url(f"/agents/{people.outsider.pk}")).status_code == 404


def test_removing_an_agent_ends_all_that_they_hold(people: People) -> None:
    actions.create_token(actor=people.actor(people.lead), name="lead's")
    actions.invite_agent(actor=people.actor(people.lead), email="new@people.test", role="agent", locale="ko")
    team = actions.create_team(
        actor=people.actor(people.admin), name="Day", agent_ids=[people.lead.pk, people.agent.pk]
    )
    assert people.browser(people.admin).delete(people.url(f"/agents/{people.lead.pk}")).status_code == 204
    assert ApiToken.objects.get().revoked_at is not None
    assert Invitation.objects.count() == 0
    assert list(team.agents.values_list("pk", flat=True)) == [people.agent.pk]
    event = last_event(people)
    assert event.type == "agent.removed"
    assert '"removed":true' in event.desk
    assert f'"agent_ids":[{people.agent.pk}]' in event.desk
    assert people.browser(people.lead).get(people.url("/agents")).status_code == 404


def test_a_removed_agent_keeps_their_name_and_may_come_back(people: People) -> None:
    listed = people.browser(people.owner).get(people.url("/agents")).json()["items"]
    assert next(agent for agent in listed if agent["id"] == people.removed.pk)["removed"] is True
    back = actions.add_agent(shop_id=people.shop.pk, user=people.removed.user, role="lead")
    assert (back.pk, back.role, back.removed_at) == (people.removed.pk, "lead", None)


def test_availability_is_told_to_the_desk(people: People) -> None:
    answer = people.browser(people.agent).put(people.url("/agents/me/availability"), {"availability": "away"})
    assert answer.json()["availability"] == "away"
    assert '"availability":"away"' in last_event(people).desk


def test_every_management_act_is_in_the_audit_log(people: People) -> None:
    browser = people.browser(people.owner)
    browser.patch(people.url(f"/agents/{people.agent.pk}"), {"role": "lead"})
    browser.delete(people.url(f"/agents/{people.agent.pk}"))
    first, second = browser.get(people.url("/audit")).json()["items"][:2]
    assert (first["action"], first["actor"]) == ("agent.removed", "owner@people.test")
    assert (second["action"], second["detail"]["role"], second["detail"]["from"]) == ("agent.changed", "lead", "agent")
