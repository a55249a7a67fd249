"""A plan is drafted, published, compared and restored; two who write at once are told of each other."""

from typing import Any

from tests.people import People

from sonnim.accounts.models import AuditEntry
from sonnim.eventlog.models import Event
from sonnim.plan.models import PlanVersion

DELIVERY = {"id": "delivery", "title": {"en": "Delivery"}, "answered_by": {"kind": "role", "role": "agent"}}


def document(*topics: dict[str, Any], **sections: Any) -> dict[str, Any]:
    return {"topics": list(topics), **sections}


def saved(people: People, v: int, plan: dict[str, Any], *, expect: int = 200) -> Any:
    answer = people.browser(people.lead).put(people.url("/plan/draft"), {"v": v, "document": plan})
    assert answer.status_code == expect, answer.content
    return answer.json()


def published(people: People, v: int, note: str = "", *, expect: int = 200) -> Any:
    answer = people.browser(people.lead).post(people.url("/plan/publish"), {"v": v, "note": note})
    assert answer.status_code == expect, answer.content
    return answer.json()


def read(people: People, path: str = "/plan") -> Any:
    return people.browser(people.agent).get(people.url(path)).json()


def test_before_anything_is_published_the_plan_is_empty(people: People) -> None:
    plan = read(people)
    assert (plan["version"], plan["mark"]["n"], plan["meter"]["percent"]) == (None, 0, 0)
    draft = people.browser(people.lead).get(people.url("/plan/draft")).json()
    assert (draft["v"], draft["base"], draft["changed"], draft["updated_at"]) == (0, 0, False, None)


def test_what_is_written_is_in_force_when_it_is_published_and_not_before(people: People) -> None:
    state = saved(people, 0, document(DELIVERY))
    assert (state["v"], state["changed"], state["author_id"]) == (1, True, people.lead.pk)
    assert read(people)["version"] is None
    version = published(people, 1, "  Our first plan  ")
    assert (version["n"], version["note"], version["author_id"]) == (1, "Our first plan", people.lead.pk)
    plan = read(people)
    assert plan["version"] == version
    assert plan["document"]["topics"][0]["title"]["en"] == "Delivery"
    assert Event.objects.filter(shop_id=people.shop.pk, type="plan.published").count() == 1
    assert AuditEntry.objects.filter(action="plan.published", target="plan:1").count() == 1


def test_whoever_saves_second_is_told_who_was_first_and_changes_nothing(people: People) -> None:
    saved(people, 0, document(DELIVERY))
    late = people.browser(people.owner).put(people.url("/plan/draft"), {"v": 0, "document": document()})
    assert late.status_code == 409
    assert late.json()["fields"] == {"v": "1", "author_id": str(people.lead.pk)}
    assert len(people.browser(people.owner).get(people.url("/plan/draft")).json()["document"]["topics"]) == 1
    published(people, 0, expect=409)


def test_the_same_plan_is_not_published_twice(people: People) -> None:
    saved(people, 0, document(DELIVERY))
    published(people, 1)
    assert people.browser(people.lead).get(people.url("/plan/draft")).json()["changed"] is False
    published(people, 1, expect=409)
    assert PlanVersion.objects.count() == 1


def test_a_plan_that_contradicts_itself_stays_a_draft(people: People) -> None:
    gone = {**DELIVERY, "answered_by": {"kind": "team", "id": 9_999}}
    state = saved(people, 0, document(gone))
    assert state["faults"] == [{"section": "topics", "row": "delivery", "field": "answered_by", "what": "gone"}]
    assert published(people, 1, expect=422)["fields"] == {"topics.delivery.answered_by": "gone"}
    assert PlanVersion.objects.count() == 0


def test_a_version_is_compared_with_the_one_before_it_or_with_any_other(people: People) -> None:
    price = {"id": "price", "title": {"ko": "가격", "en": "Prices"}}
    for v, topics in enumerate(([DELIVERY], [DELIVERY, price], [price])):
        saved(people, v, document(*topics))
        published(people, v + 1)

    def told(path: str) -> list[str]:
        return [each["text"] for each in read(people, path)["items"]]

    assert told("/plan/versions/3/differences") == ["“Delivery” was removed"]
    assert told("/plan/versions/3/differences?before=1&locale=ko") == ["“Delivery” 삭제", "“가격” 추가"]
    assert told("/plan/versions/1/differences") == ["“Delivery” was added"]
    assert [each["n"] for each in read(people, "/plan/versions")["items"]] == [3, 2, 1]
    assert [each["n"] for each in read(people, "/plan/versions?before=2")["items"]] == [1]
    assert read(people, "/plan/versions/2")["document"]["topics"][1]["id"] == "price"
    assert people.browser(people.agent).get(people.url("/plan/versions/4")).status_code == 404


def test_an_old_version_comes_back_as_a_draft_and_says_so_when_it_is_published(people: People) -> None:
    saved(people, 0, document(DELIVERY))
    published(people, 1)
    saved(people, 1, document())
    published(people, 2)
    lead = people.browser(people.lead)
    draft = lead.post(people.url("/plan/versions/1/restore"), {"v": 2}).json()
    assert (draft["v"], draft["document"]["topics"][0]["id"]) == (3, "delivery")
    [change] = lead.get(people.url("/plan/draft/differences")).json()["items"]
    assert change["text"] == "“Delivery” was added"
    version = published(people, 3, "Back to how it was")
    assert (version["n"], version["restored_from"]) == (3, 1)


def test_a_draft_can_be_thrown_away(people: People) -> None:
    saved(people, 0, document(DELIVERY))
    published(people, 1)
    saved(people, 1, document())
    draft = people.browser(people.lead).post(people.url("/plan/draft/discard"), {"v": 2}).json()
    assert (draft["changed"], draft["document"]["topics"][0]["id"]) == (False, "delivery")


def test_the_template_makes_a_plan_that_can_be_published_at_once(people: People) -> None:
    draft = people.browser(people.lead).post(people.url("/plan/draft/template"), {"v": 0}).json()
    assert draft["faults"] == []
    assert 50 < draft["meter"]["percent"] < 100
    published(people, 1)
    assert read(people)["meter"]["percent"] == draft["meter"]["percent"]


def test_a_plan_that_is_too_long_or_malformed_is_refused(people: People) -> None:
    said = dict.fromkeys(("ko", "zh", "en"), "a" * 1000)
    long = [{"id": f"r{n}", "note": said, "title": {"en": "a" * 500}} for n in range(60)]
    assert saved(people, 0, document(*long), expect=422)["fields"] == {"document": "more than 200,000 bytes"}
    for wrong in (
        document({"id": "a"}, {"id": "a"}),
        document({"id": "A b"}),
        document({"id": "a", "title": {"fr": "Livraison"}}),
        document({"id": "a", "title": {"en": "a\x00b"}}),
        document(concessions=[{"id": "a", "kind": "gift", "limits": [{"role": "owner"}]}]),
        document(concessions=[{"id": "a", "kind": "gift", "limits": [{"role": "agent", "value": "1e5"}]}]),
        document(languages=[]),
        document(languages=["ko", "ko"]),
    ):
        saved(people, 0, wrong, expect=422)
    assert people.browser(people.lead).get(people.url("/plan/draft")).json()["v"] == 0


def test_agents_read_the_plan_and_neither_draft_nor_publish(people: People) -> None:
    agent = people.browser(people.agent)
    assert agent.get(people.url("/plan/draft")).status_code == 403
    assert agent.put(people.url("/plan/draft"), {"v": 0, "document": {}}).status_code == 403
    assert agent.post(people.url("/plan/publish"), {"v": 0}).status_code == 403
