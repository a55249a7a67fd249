"""The meter counts open questions by weight, and names them."""

from typing import Any

from sonnim.plan.document.completeness import EMPTY_SECTION, Share, open_questions, shares, whole
from sonnim.plan.document.schema import SECTIONS, PlanDocument

LEAD = {"kind": "role", "role": "lead"}


def document(**sections: Any) -> PlanDocument:
    return PlanDocument.model_validate(sections)


def open_in(plan: PlanDocument, section: str) -> list[str]:
    return [each.field for each in open_questions(plan) if each.section == section and each.row]


def test_of_an_empty_plan_nothing_is_written_and_each_section_is_a_question() -> None:
    plan = document()
    assert [each.section for each in open_questions(plan)] == list(SECTIONS)
    assert whole(plan) == Share(0, EMPTY_SECTION * len(SECTIONS))
    assert whole(plan).percent == 0


def test_the_weightiest_question_comes_first() -> None:
    plan = document(topics=[{"id": "delivery", "title": {"en": "Delivery"}}])
    assert open_in(plan, "topics") == ["answered_by", "stand_in"]
    assert shares(plan)["topics"] == Share(1, 6)


def test_a_text_for_the_desk_needs_one_language_and_a_text_for_shoppers_all_of_the_shops() -> None:
    rung = {
        "id": "a",
        "title": {"zh": "坚持"},
        "reason": {"en": "Honest price"},
        "sentence": {"ko": "정성껏 만들었어요"},
    }
    assert open_in(document(ladder=[rung]), "ladder") == ["sentence.zh", "sentence.en"]
    assert open_in(document(ladder=[rung], languages=["ko"]), "ladder") == []


def test_blanks_are_no_answer() -> None:
    asked = {"id": "a", "question": {"en": "Warranty?"}, "answer": {"en": "  "}}
    assert open_in(document(information=[asked]), "information") == ["answer"]


def test_what_the_shopper_must_tell_and_what_is_not_needed_is_not_open() -> None:
    rows = [
        {"id": "a", "question": {"en": "Order number?"}, "ask": True},
        {"id": "b", "question": {"en": "Colour names?"}, "needed": False},
    ]
    assert open_in(document(information=rows), "information") == []


def test_of_what_is_not_taken_back_nobody_asks_by_when() -> None:
    rows = [{"id": "a", "title": {"en": "Worn"}, "accepted": "no"}, {"id": "b", "title": {"en": "Faulty"}}]
    assert open_in(document(returns=rows), "returns") == ["accepted", "days", "paid_by"]


def test_a_limit_without_a_value_is_open() -> None:
    def concession(measure: str, value: str = "", role: str = "agent") -> PlanDocument:
        limits = [{"role": role, "measure": measure, "value": value}]
        return document(concessions=[{"id": "a", "kind": "gift", "limits": limits}])

    assert "limits" in open_in(concession("count"), "concessions")
    assert "limits" not in open_in(concession("count", "1"), "concessions")
    assert "limits" not in open_in(concession("none"), "concessions")
    assert "limits" in open_in(concession("any", role="lead"), "concessions")  # what an agent may is not said


def test_a_hundred_percent_means_that_nothing_is_open() -> None:
    said = {"ko": "가", "zh": "甲", "en": "A"}
    plan = document(
        topics=[{"id": "a", "title": said, "answered_by": LEAD, "stand_in": LEAD}],
        decisions=[{"id": "a", "title": said, "decided_by": LEAD, "stand_in": LEAD, "deadline_minutes": 30}],
        information=[{"id": "a", "question": said, "answer": said}],
        channels=[{"id": "a", "promise": said}],
        returns=[{"id": "a", "title": said, "accepted": "yes", "days": 7, "paid_by": "shop"}],
        claims=[{"id": "a", "title": said, "what": said, "done_by": LEAD}],
        concessions=[
            {
                "id": "a",
                "kind": "gift",
                "title": said,
                "limits": [{"role": "agent", "measure": "any"}],
                "sentence": said,
            }
        ],
        ladder=[{"id": "a", "title": said, "reason": said, "sentence": said}],
        refusals=[{"id": "a", "title": said, "reason": said, "nearest": said, "sentence": said}],
    )
    assert (open_questions(plan), whole(plan).percent) == ([], 100)
    short = plan.model_copy(update={"channels": []})
    assert 0 < whole(short).percent < 100
