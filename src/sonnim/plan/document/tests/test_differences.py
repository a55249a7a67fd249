"""Two versions side by side, in words."""

from typing import Any

import pytest

from sonnim.plan.document import channels
from sonnim.plan.document.differences import differences
from sonnim.plan.document.schema import PlanDocument
from sonnim.plan.document.wording import Teller

NAMES = {("team", 3): "Returns", ("agent", 7): "Minji"}


def told(before: dict[str, Any], after: dict[str, Any], locale: str = "en") -> list[str]:
    was, now = PlanDocument.model_validate(before), PlanDocument.model_validate(after)
    teller = Teller(locale, NAMES, (now, was))
    return [teller.difference(each) for each in differences(was, now)]


def topics(*ids: str, **changed: Any) -> dict[str, Any]:
    return {"topics": [{"id": each, "title": {"en": each.title()}, **changed} for each in ids]}


def test_the_same_plan_has_no_differences() -> None:
    assert told(topics("delivery", "price"), topics("delivery", "price")) == []


def test_a_row_that_is_new_or_gone_is_named() -> None:
    assert told(topics("delivery", "price"), topics("price", "returns")) == [
        "“Delivery” was removed",
        "“Returns” was added",
    ]


def test_a_row_that_was_carried_elsewhere_is_the_only_one_that_moved() -> None:
    assert told(topics("a", "b", "c", "d"), topics("d", "a", "b", "c")) == ["“D” was moved"]


def test_who_answers_is_told_by_name_of_team_agent_or_role() -> None:
    before = topics("price", answered_by={"kind": "team", "id": 3}, stand_in={"kind": "agent", "id": 9})
    after = topics("price", answered_by={"kind": "agent", "id": 7}, stand_in={"kind": "role", "role": "lead"})
    assert told(before, after) == [
        "“Price” · Answered by: “Returns” → “Minji”",
        "“Price” · Stand-in: “somebody who is gone” → “Leads”",
    ]


@pytest.mark.parametrize(
    ("locale", "sentence"),
    [
        ("ko", "“작은 쿠폰” · 역할별 한도: “상담원: 5,000 KRW까지” → “상담원: 8,000.50 KRW까지, 팀장: 20%까지”"),
        ("zh", "“小优惠券” · 各角色的限额：“客服：最多 5,000 KRW” → “客服：最多 8,000.50 KRW；主管：最多 20%”"),
        (
            "en",
            "“A small coupon” · Limits by role: “Agents: up to 5,000 KRW” → "
            "“Agents: up to 8,000.50 KRW, Leads: up to 20%”",
        ),
    ],
)
def test_limits_are_told_in_three_languages(locale: str, sentence: str) -> None:
    def coupon(*limits: dict[str, str]) -> dict[str, Any]:
        title = {"ko": "작은 쿠폰", "zh": "小优惠券", "en": "A small coupon"}
        return {"concessions": [{"id": "coupon", "kind": "coupon", "title": title, "limits": list(limits)}]}

    before = coupon({"role": "agent", "measure": "amount", "value": "5000", "currency": "KRW"})
    after = coupon(
        {"role": "agent", "measure": "amount", "value": "8000.50", "currency": "KRW"},
        {"role": "lead", "measure": "percent", "value": "20"},
    )
    assert told(before, after, locale) == [sentence]


def test_a_text_is_compared_language_by_language() -> None:
    before = {
        "refusals": [{"id": "a", "title": {"en": "Worn"}, "reason": {"ko": "입으신 옷이라서요", "en": "It was worn"}}]
    }
    after = {"refusals": [{"id": "a", "title": {"en": "Worn"}, "reason": {"zh": "已经穿过", "en": "It has been worn"}}]}
    assert told(before, after) == [
        "“Worn” · Reason (Korean) was cleared (it was “입으신 옷이라서요”)",
        "“Worn” · Reason (Chinese) is now “已经穿过”",
        "“Worn” · Reason (English): “It was worn” → “It has been worn”",
    ]


def test_references_times_and_yes_and_no_are_words() -> None:
    title = {"title": {"en": "A gift"}}
    before = {
        "concessions": [{"id": "gift", "kind": "gift", **title}],
        "decisions": [{"id": "a", "title": {"en": "Gifts"}, "deadline_minutes": 90}],
        "information": [{"id": "b", "question": {"en": "Number?"}}],
        "languages": ["ko"],
    }
    after = {
        "concessions": before["concessions"],
        "decisions": [{"id": "a", "title": {"en": "Gifts"}, "deadline_minutes": 120, "concessions": ["gift", "lost"]}],
        "information": [{"id": "b", "question": {"en": "Number?"}, "ask": True}],
        "languages": ["ko", "en"],
    }
    assert told(before, after) == [
        "“The plan” · Languages with shoppers: “Korean” → “Korean, English”",
        "“Gifts” · About these offers is now “A gift, something that is gone”",
        "“Gifts” · Answer within: “90 min” → “2 h”",
        "“Number?” · The shopper must tell us: “No” → “Yes”",
    ]


def test_a_channel_has_its_name_where_it_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channels, "_names", {})
    channels.provide({"chat": {"ko": "채팅", "en": "Chat"}})
    before: dict[str, Any] = {"channels": []}
    after = {"channels": [{"id": "a", "channel": "chat"}, {"id": "b", "channel": "pigeon"}, {"id": "c"}]}
    assert told(before, after, "ko") == ["“채팅” 추가", "“pigeon” 추가", "“그 밖의 모든 채널” 추가"]


def test_a_long_text_is_quoted_in_short() -> None:
    [line] = told(topics("a"), topics("a", note={"en": "very " * 100}))
    assert len(line) < 130
    assert line.endswith("…”")
