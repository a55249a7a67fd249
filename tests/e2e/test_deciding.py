"""Somebody who may not decide alone asks; whoever may finds it among what is theirs, and answers into the timeline."""

import pytest
from playwright.sync_api import expect

from tests.e2e.agent import AgentPeople
from tests.e2e.axe import findings
from tests.e2e.conftest import NewShopper
from tests.e2e.window import Windows

pytestmark = pytest.mark.browser

QUESTION = "5천 원까지 깎아 드려도 될까요?"


def test_a_question_waits_for_its_decider_and_is_answered_into_the_timeline(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    shopper = new_shopper("ko")
    shopper.open()
    shopper.write_and_arrive("조금만 깎아 주세요")
    owner, seoyeon = agents.come("owner", windows), agents.come("seoyeon", windows)
    before = int(owner.see("count-decisions").inner_text()) if owner.see("count-decisions").count() else 0
    where = seoyeon.open("조금만 깎아 주세요")

    seoyeon.page.keyboard.press("q")
    asking = seoyeon.see("ask")
    asking.get_by_test_id("ask-text").fill(QUESTION)
    seoyeon.see("ask-to").click()
    seoyeon.page.get_by_role("option", name=seoyeon.says("ask.role.owner")).click()
    assert findings(seoyeon.page, menu=True) == []
    seoyeon.see("ask-act").click()
    expect(seoyeon.see("question")).to_contain_text(QUESTION)
    expect(seoyeon.timeline.locator("[data-card=asked]")).to_contain_text(QUESTION)

    # It is before the decider's eyes wherever they are, with what they need to answer.
    expect(owner.see("count-decisions")).to_have_text(str(before + 1))
    owner.see("nav-decisions").click()
    waiting = owner.see("question").filter(has_text=QUESTION)
    expect(waiting).to_be_visible()
    expect(owner.see(f"decision-open-{where}")).to_be_visible()
    assert findings(owner.page) == []
    waiting.get_by_role("textbox").fill("3천 원까지만요.")
    waiting.get_by_test_id("answer-send").click()
    expect(waiting).to_be_hidden()

    expect(seoyeon.timeline.locator("[data-card=answered]")).to_contain_text("3천 원까지만요.")
    expect(seoyeon.see("question")).to_have_count(0)
    expect(shopper.chat.get_by_text("3천 원까지만요.")).to_have_count(0)


def test_a_question_can_be_taken_back_before_anybody_answers(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    shopper = new_shopper("zh")
    shopper.open()
    shopper.write_and_arrive("能便宜一点吗")
    haoran = agents.come("haoran", windows)
    haoran.open("能便宜一点吗")
    haoran.see("more").click()
    haoran.see("more-ask").click()
    haoran.see("ask-text").fill("可以打九折吗？")
    haoran.see("ask-act").click()
    haoran.see("withdraw").click()
    expect(haoran.see("question")).to_have_count(0)
    expect(haoran.timeline.get_by_text(haoran.says("event.questionWithdrawn", who="林浩然"))).to_be_visible()
