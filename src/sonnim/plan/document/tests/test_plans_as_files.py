"""A plan leaves a shop as a file and enters another one, where people have other numbers."""

import json
from typing import Any

import pytest
from tests.people import People

from sonnim.accounts.actions import create_team
from sonnim.kernel.errors import Invalid
from sonnim.plan.document import actions
from sonnim.plan.document.portable import exported, imported
from sonnim.plan.document.schema import PlanDocument

PLAN = PlanDocument.model_validate(
    {
        "topics": [
            {"id": "a", "answered_by": {"kind": "team", "id": 3}, "stand_in": {"kind": "agent", "id": 7}},
            {"id": "b", "answered_by": {"kind": "role", "role": "lead"}},
        ],
        "channels": [{"id": "c", "calendar_id": 5}],
    }
)
NAMES = {("team", 3): "Returns", ("agent", 7): "Minji", ("agent", 8): "Not meant"}


def test_people_go_by_name() -> None:
    file = json.loads(json.dumps(exported(PLAN, NAMES)))
    assert file["people"] == [
        {"kind": "agent", "id": 7, "name": "Minji"},
        {"kind": "team", "id": 3, "name": "Returns"},
    ]
    plan, missing = imported(file, {("team", "Returns"): 31, ("agent", "Minji"): 70})
    assert missing == []
    assert plan.topics[0].answered_by and plan.topics[0].answered_by.id == 31
    assert plan.topics[0].stand_in and plan.topics[0].stand_in.id == 70
    assert plan.topics[1] == PLAN.topics[1]
    assert plan.channels[0].calendar_id is None, "another shop's hours have another number"


def test_who_is_not_here_leaves_an_open_question_and_is_named() -> None:
    plan, missing = imported(exported(PLAN, {("team", 3): "Returns"}), {("agent", "Returns"): 3})
    assert (plan.topics[0].answered_by, plan.topics[0].stand_in) == (None, None)
    assert missing == ["?", "Returns"]


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"format": "sonnim-plan", "version": 2, "plan": {}},
        {"format": "other", "version": 1, "plan": {}},
        {"format": "sonnim-plan", "version": 1, "plan": []},
        {"format": "sonnim-plan", "version": 1, "plan": {"topics": [{"id": "A B"}]}},
        {"format": "sonnim-plan", "version": 1, "plan": {"languages": ["fr"]}},
        {"format": "sonnim-plan", "version": 1, "plan": {"topics": [{"id": "a", "answered_by": "me"}]}, "people": 3},
    ],
)
def test_a_file_that_is_no_plan_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        imported(data, {})


def test_a_plan_goes_from_one_shop_to_another(people: People) -> None:
    here, there = people.actor(people.owner), people.actor(people.outsider)
    team = create_team(actor=here, name="Returns")
    twin = create_team(actor=there, name="Returns")
    topic = {"id": "a", "answered_by": {"kind": "team", "id": team.pk}}
    actions.save_plan_draft(actor=here, v=0, document=PlanDocument.model_validate({"topics": [topic]}))
    actions.publish_plan(actor=here, v=1)
    answer = people.browser(people.lead).get(people.url("/plan/export"))
    assert answer["Content-Disposition"] == 'attachment; filename="service-plan.json"'
    other = f"/api/v1/shops/{people.other_shop.pk}/plan/draft/import"
    draft = people.browser(people.outsider).post(other, {"v": 0, "plan": answer.json()}).json()
    assert draft["document"]["topics"][0]["answered_by"]["id"] == twin.pk
    assert (draft["missing"], draft["faults"]) == ([], [])


@pytest.mark.parametrize("depth", [30, 600, 900])
def test_a_file_that_nests_without_end_is_refused(people: People, depth: int) -> None:
    nested: Any = "x"
    for _ in range(depth):
        nested = [nested]
    file = {"format": "sonnim-plan", "version": 1, "plan": {"topics": nested}}
    answer = people.browser(people.lead).post(people.url("/plan/draft/import"), {"v": 0, "plan": file})
    assert answer.status_code == 422
