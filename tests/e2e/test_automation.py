"""Automation: a rule written as sentences acts and says why; a macro is found in the palette and taken back."""

import pytest
from playwright.sync_api import expect

from tests.e2e.agent import Agent, AgentPeople
from tests.e2e.axe import findings
from tests.e2e.conftest import NewShopper
from tests.e2e.window import Windows

pytestmark = pytest.mark.browser


def add(owner: Agent, name: str, key: str) -> None:
    """Choose something in one of the lists of a rule."""
    owner.see(f"add-{name}").click()
    owner.page.get_by_role("option", name=owner.says(key), exact=True).click()


def write_rule(owner: Agent) -> None:
    owner.see("new-rule").click()
    owner.see("rule-name").fill("환불 먼저")
    expect(owner.see("rule-save")).to_be_disabled()
    add(owner, "if-all", "rule.field.text")
    owner.see("condition-words").fill("환불")
    owner.page.keyboard.press("Enter")
    add(owner, "then", "rule.do.priority")
    owner.see("deed-priority").click()
    owner.page.get_by_role("option", name=owner.says("priority.3"), exact=True).click()
    add(owner, "then", "rule.do.note")
    owner.see("deed-text").fill("환불 규정을 확인해 주세요.")


def test_a_rule_acts_on_what_a_shopper_writes_and_its_log_says_why(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    before = new_shopper("ko")
    before.open()
    before.write_and_arrive("지난번 환불은 잘 받았어요")
    owner = agents.come("owner", windows, path="/settings/automation")
    write_rule(owner)
    owner.see("rehearse").click()
    expect(owner.see("rehearsal-done")).to_be_visible()
    expect(owner.see("rehearsal-hit").filter(has_text="지난번 환불은").first).to_contain_text(owner.says("priority.3"))
    assert findings(owner.page) == []
    owner.page.keyboard.press("Escape")
    expect(owner.see("rehearsal")).to_have_count(0)
    owner.see("rule-save").click()
    expect(owner.see("rule")).to_contain_text("환불")
    assert findings(owner.page) == []

    shopper = new_shopper("ko")
    shopper.open()
    shopper.write_and_arrive("주문한 잔을 환불하고 싶어요")
    owner.open("주문한 잔을 환불하고 싶어요")
    expect(owner.entries.filter(has_text="환불 규정을 확인해 주세요.")).to_have_count(1)
    owner.go("/settings/automation")
    owner.see("rule-acted").click()
    run = owner.see("rule-run").first
    expect(run).to_contain_text(owner.says("rule.outcome.done"))
    expect(run).to_contain_text("주문한 잔을")
    owner.page.keyboard.press("Escape")

    owner.see("tab-macros").click()
    owner.see("new-macro").click()
    owner.see("macro-name").fill("마무리")
    add(owner, "steps", "rule.do.resolve")
    owner.see("macro-save").click()
    expect(owner.see("macro")).to_contain_text("마무리")
    owner.open("주문한 잔을 환불하고 싶어요")
    owner.page.keyboard.press("Control+k")
    owner.see("palette-input").fill("마무리")
    owner.page.keyboard.press("Enter")
    expect(owner.see("undo")).to_be_visible()
    owner.see("undo").click()
    expect(owner.see("undo")).to_have_count(0)
