"""Bargaining: how far an agent may go, the gentle no, a word from the lead above it, and the ledger that remembers."""

import pytest
from playwright.sync_api import expect

from tests.e2e.agent import Agent, AgentPeople
from tests.e2e.axe import findings
from tests.e2e.conftest import NewShopper
from tests.e2e.window import Windows

pytestmark = pytest.mark.browser
WISH = "能再便宜一点吗？我是老顾客"
WHY = "老顾客，包裹又迟到了两次"


def say(agent: Agent) -> None:
    """The marked words of the ladder go into the answer, and the answer to the shopper."""
    expect(agent.composer).not_to_have_text("")
    agent.composer.press("Enter")


def give(agent: Agent) -> None:
    say(agent)
    agent.see("concession-note").click()
    expect(agent.see("concession-offer")).to_have_count(0)


def test_an_agent_climbs_the_ladder_asks_above_it_and_the_ledger_tells(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    shopper = new_shopper("zh")
    shopper.open()
    shopper.write_and_arrive(WISH)
    haoran, seoyeon = agents.come("haoran", windows), agents.come("seoyeon", windows, path="/decisions")
    haoran.open(WISH)

    # One begins with price and quality; the words are the shopper's, the button the agent's.
    haoran.composer.press("Alt+l")
    ladder = haoran.see("ladder")
    expect(haoran.see("step-stand")).to_have_attribute("data-next", "true")
    assert findings(haoran.page, menu=True) == []
    haoran.see("give-act").press("Enter")
    give(haoran)
    expect(haoran.timeline.get_by_text("坚持了价格与品质").first).to_be_visible()

    # A no has its reason and what is possible instead.
    haoran.composer.press("Alt+l")
    expect(haoran.see("step-stand")).to_have_attribute("data-behind", "true")
    haoran.see("refusal-more-discount").click()
    expect(ladder).to_contain_text("可以改为：")
    haoran.see("refusal-say").click()
    say(haoran)
    expect(haoran.see("concession-offer")).to_have_count(0)

    # The limit is the plan's; above it the lead is one key away.
    haoran.composer.press("Alt+l")
    haoran.see("ladder-order").fill("ORD-2026")
    haoran.see("ladder-more").click()
    coupon = haoran.see("step-coupon")
    expect(coupon.get_by_test_id("step-left")).to_contain_text("5,000")
    coupon.get_by_role("button").first.click()
    expect(coupon.get_by_test_id("give-value")).to_have_value("5,000 KRW")
    coupon.get_by_test_id("give-value").fill("9000")
    expect(coupon.get_by_test_id("give-act")).to_contain_text("主管")
    coupon.get_by_test_id("give-reason").fill(WHY)
    assert findings(haoran.page, menu=True) == []
    coupon.get_by_test_id("give-reason").press("Enter")
    expect(haoran.timeline.locator("[data-card=asked]")).to_contain_text(WHY)

    # The lead sees exactly what is wanted, and grants less.
    card = seoyeon.see("question").filter(has_text=WHY)
    expect(card.get_by_test_id("matter")).to_contain_text("ORD-2026")
    expect(card.get_by_test_id("decide-refuse")).to_be_disabled()
    assert findings(seoyeon.page) == []
    card.get_by_test_id("decide-less").click()
    card.get_by_test_id("decide-value").fill("7000")
    card.get_by_test_id("decide-text").fill("7천 원까지요. 죄송했다고 꼭 전해 주세요.")
    card.get_by_test_id("decide-grant-less").click()
    expect(card).to_be_hidden()

    # The answer stands in the conversation; what was granted is conceded once.
    expect(haoran.timeline.locator("[data-card=answered]")).to_contain_text("7천 원까지요.")
    haoran.composer.press("Alt+l")
    haoran.see("approval-give").click()
    give(haoran)
    expect(haoran.timeline.get_by_text("7,000").last).to_be_visible()
    haoran.composer.press("Alt+l")
    expect(haoran.see("conceded")).to_contain_text("7,000")
    expect(haoran.see("approval")).to_have_count(0)
    haoran.page.keyboard.press("Escape")
    expect(shopper.chat.get_by_text(WHY)).to_have_count(0)

    # The ledger remembers who, what, why, and by whose word.
    seoyeon.go("/settings/ledger")
    line = seoyeon.see("ledger-line").filter(has_text=WHY)
    expect(line).to_contain_text("7,000")
    expect(line).to_contain_text("윤서연")
    expect(line).to_contain_text("ORD-2026")
    expect(seoyeon.see("ledger-sums")).to_contain_text("7,000")
    assert findings(seoyeon.page) == []

    # On a phone the same.
    nora = agents.come("nora", windows, path="/inbox/all", phone=True)
    nora.row(WISH).or_(nora.rows.first).first.click()
    nora.see("ladder-open").click()
    expect(nora.see("ladder")).to_be_visible()
    assert nora.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert findings(nora.page, menu=True) == []
