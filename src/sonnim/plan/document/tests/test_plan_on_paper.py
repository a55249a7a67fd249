"""The plan as a page that prints: in three languages, for everybody at the desk, without anything from elsewhere."""

import base64
import hashlib
import re
from typing import Any

import pytest
from tests.people import People

from sonnim.plan.document import actions
from sonnim.plan.document.schema import PlanDocument
from sonnim.plan.models import HoursCalendar


def page(people: People, query: str = "") -> Any:
    answer = people.browser(people.agent).get(people.url(f"/plan/page{query}"))
    assert answer.status_code == 200, answer.content
    return answer


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_shop_without_a_plan_is_told_so(people: People) -> None:
    assert "No plan has been published yet." in text_of(page(people))


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("ko", ("응대 계획서", "누가 답하나", "배송 — 언제 오나요", "상담원: 불가", "아직 정하지 않은 것", "1판")),
        ("zh", ("服务方案", "谁来回答", "配送：什么时候到", "客服：不可以", "尚未确定的内容", "第 1 版")),
        ("en", ("Service plan", "Who answers what", "Delivery: when", "Agents: not at all", "Still open", "Version 1")),
    ],
)
def test_it_says_all_in_the_readers_language_and_sentences_in_every_one(
    people: People, locale: str, words: tuple[str, ...]
) -> None:
    actions.begin_with_template(actor=people.actor(people.lead), v=0)
    actions.publish_plan(actor=people.actor(people.lead), v=1)
    shown = text_of(page(people, f"?locale={locale}"))
    assert [word for word in words if word not in shown] == []
    for sentence in ("배송비는 저희가 부담할게요.", "运费由我们承担。", "Let us pay the postage."):
        assert sentence in shown
    assert "{" not in re.sub(r"<style>.*?</style>", "", shown, flags=re.S)


def test_it_needs_nothing_from_elsewhere_and_what_was_written_is_only_text(people: People) -> None:
    topic = {"id": "a", "title": {"en": "<script>alert(1)</script>"}, "note": {"en": "</style><img src=x>"}}
    actor = people.actor(people.lead)
    actions.save_plan_draft(actor=actor, v=0, document=PlanDocument.model_validate({"topics": [topic]}))
    actions.publish_plan(actor=actor, v=1)
    answer = page(people)
    shown = text_of(answer)
    assert "<script" not in shown and "<img" not in shown
    assert not re.search(r"https?://|@import|url\(", shown)
    [style] = re.findall(r"<style>(.*?)</style>", shown, flags=re.S)
    printed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{printed}'" in answer["Content-Security-Policy"]


def test_an_older_version_is_printed_as_it_was(people: People) -> None:
    actor = people.actor(people.lead)
    for v, name in enumerate(("Old", "New")):
        plan = PlanDocument.model_validate({"topics": [{"id": "a", "title": {"en": name}}]})
        actions.save_plan_draft(actor=actor, v=v, document=plan)
        actions.publish_plan(actor=actor, v=v + 1)
    assert "Old" in text_of(page(people, "?n=1"))
    assert "New" in text_of(page(people))
    assert people.browser(people.agent).get(people.url("/plan/page?n=9")).status_code == 404


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("ko", ("기본 영업시간", "주말 창구", "1일", "고객과 쓰는 언어: 한국어, 중국어")),
        ("zh", ("标准营业时间", "주말 창구", "1 天", "与顾客沟通的语言：韩语；中文")),
        ("en", ("The standard hours", "주말 창구", "<dd>1 day</dd>", "Languages with shoppers: Korean, Chinese")),
    ],
)
def test_it_names_the_hours_the_languages_and_a_single_day(people: People, locale: str, words: tuple[str, ...]) -> None:
    weekend = HoursCalendar.objects.create(shop=people.shop, name="주말 창구", zone="Asia/Seoul")
    plan: dict[str, Any] = {
        "languages": ["ko", "zh"],
        "channels": [{"id": "a"}, {"id": "b", "channel": "chat", "calendar_id": weekend.pk}],
        "returns": [{"id": "c", "accepted": "yes", "days": 1}],
    }
    actor = people.actor(people.lead)
    actions.save_plan_draft(actor=actor, v=0, document=PlanDocument.model_validate(plan))
    actions.publish_plan(actor=actor, v=1)
    shown = text_of(page(people, f"?locale={locale}"))
    assert [word for word in words if word not in shown] == []
