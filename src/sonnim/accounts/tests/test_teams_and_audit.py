"""Teams hold people of their own shop; the audit log is read in pages."""

import pytest
from tests.people import People

from sonnim.accounts.models import ApiToken, AuditEntry, Team


def test_a_team_is_made_changed_and_dissolved(people: People) -> None:
    browser = people.browser(people.lead)
    made = browser.post(people.url("/teams"), {"name": "Day", "agent_ids": [people.agent.pk]})
    assert made.status_code == 201
    path = people.url(f"/teams/{made.json()['id']}")
    changed = browser.patch(path, {"name": "Night"}).json()
    assert (changed["name"], changed["agent_ids"]) == ("Night", [people.agent.pk])
    assert changed["v"] > made.json()["v"]
    assert browser.patch(path, {"agent_ids": []}).json()["agent_ids"] == []
    assert browser.delete(path).status_code == 204
    assert browser.get(people.url("/teams")).json() == {"items": [], "next": None}


def test_a_name_is_taken_once(people: People) -> None:
    browser = people.browser(people.lead)
    assert browser.post(people.url("/teams"), {"name": "Day"}).status_code == 201
    assert browser.post(people.url("/teams"), {"name": "Day"}).status_code == 409


def test_a_team_holds_nobody_of_another_shop_and_nobody_who_left(people: People) -> None:
    browser = people.browser(people.lead)
    for stranger in (people.outsider.pk, people.removed.pk, 999999):
        answer = browser.post(people.url("/teams"), {"name": "Day", "agent_ids": [stranger]})
        assert answer.status_code == 422
    assert Team.objects.count() == 0


@pytest.mark.parametrize("ids", [["1"], [1.5], [True], [-1], [10**18], "1", [None]])
def test_what_is_no_id_is_refused(people: People, ids: object) -> None:
    answer = people.browser(people.lead).post(people.url("/teams"), {"name": "Day", "agent_ids": ids})
    assert answer.status_code == 422


def test_a_tokens_secret_is_shown_once(people: People) -> None:
    browser = people.browser(people.admin)
    made = browser.post(people.url("/tokens"), {"name": "import"})
    secret = made.json()["secret"]
    assert made.status_code == 201
    assert secret.startswith("sk_")
    assert secret not in str(list(ApiToken.objects.values()) + list(AuditEntry.objects.values()))
    listed = browser.get(people.url("/tokens"))
    assert listed.json()["items"][0]["name"] == "import"
    assert secret not in listed.content.decode()
    assert browser.delete(people.url(f"/tokens/{made.json()['id']}")).status_code == 204
    assert browser.get(people.url("/tokens")).json()["items"] == []


def test_the_audit_log_is_read_page_by_page_without_gap_or_repeat(people: People) -> None:
    browser = people.browser(people.lead)
    for n in range(7):
        browser.post(people.url("/teams"), {"name": f"Team {n}"})
    seen: list[int] = []
    cursor = ""
    while True:
        page = browser.get(people.url(f"/audit?limit=3{cursor}")).json()
        seen += [entry["id"] for entry in page["items"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert seen == list(AuditEntry.objects.filter(shop=people.shop).order_by("-id").values_list("id", flat=True))


@pytest.mark.parametrize(
    "query", ["cursor=x", "cursor=-1", "cursor=%00", "limit=0", "limit=201", "limit=x", f"cursor={'9' * 16}"]
)
def test_a_malformed_cursor_is_refused(people: People, query: str) -> None:
    assert people.browser(people.lead).get(people.url(f"/audit?{query}")).status_code == 422


def test_an_audit_log_is_its_shops_alone(people: People) -> None:
    people.browser(people.lead).post(people.url("/teams"), {"name": "Day"})
    theirs = people.browser(people.outsider).get(f"/api/v1/shops/{people.other_shop.pk}/audit").json()["items"]
    assert {entry["action"] for entry in theirs} == {"shop.created"}


def test_the_audit_log_can_be_asked_for_a_kind_a_person_and_a_time(people: People) -> None:
    browser = people.browser(people.owner)
    browser.post(people.url("/teams"), {"name": "Day"})
    people.browser(people.admin).patch(people.url("/settings"), {"color": "#123456"})

    def found(query: str) -> list[str]:
        return [line["action"] for line in browser.get(people.url(f"/audit?{query}")).json()["items"]]

    assert found("about=team.") == ["team.created"]
    assert found(f"agent={people.admin.pk}") == ["shop.changed"]
    assert found(f"agent={people.admin.pk}&about=team.") == []
    assert found("until=2020-01-01T00:00:00Z") == []
    assert set(found("since=2020-01-01T00:00:00Z")) >= {"team.created", "shop.changed"}
    for wrong in ("about=%25", "agent=0", "since=yesterday", "since=2020-01-01T00:00:00"):
        assert browser.get(people.url(f"/audit?{wrong}")).status_code == 422
