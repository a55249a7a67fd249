"""The bell: what concerns me, told once, gone when I have looked; and how I want to be told."""

import pytest
from playwright.sync_api import expect

from tests.e2e.agent import AgentPeople
from tests.e2e.axe import findings
from tests.e2e.conftest import NewShopper
from tests.e2e.window import Windows

pytestmark = pytest.mark.browser


def test_who_is_given_a_conversation_hears_of_it_and_finds_it_behind_the_bell(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    shopper = new_shopper("ko")
    shopper.open()
    shopper.write_and_arrive("찻잔 두 개를 더 주문할게요")
    haoran = agents.come("haoran", windows, path="/people")
    expect(haoran.see("bell")).to_be_visible()
    seoyeon = agents.come("seoyeon", windows)
    conversation = seoyeon.open("찻잔 두 개를 더 주문할게요")
    seoyeon.see("assign").click()
    seoyeon.page.get_by_role("menuitem", name="林浩然").click()

    expect(haoran.see("count-notices")).to_have_text("1")
    haoran.see("bell").click()
    notice = haoran.see("notice-list").get_by_test_id("notice")
    expect(notice).to_contain_text("已分配给您")
    expect(notice).to_have_attribute("data-unseen", "true")
    assert findings(haoran.page, menu=True) == []
    notice.click()
    expect(haoran.timeline.get_by_text("찻잔 두 개를 더 주문할게요")).to_be_visible()
    assert f"/inbox/all/{conversation}" in haoran.page.url
    expect(haoran.see("count-notices")).to_be_hidden()
    haoran.page.reload()
    expect(haoran.see("bell")).to_be_visible()
    expect(haoran.see("count-notices")).to_be_hidden()
    expect(seoyeon.see("count-notices")).to_be_hidden()


def test_a_conversation_that_is_looked_at_leaves_no_notice_behind(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    shopper = new_shopper("en")
    shopper.open()
    shopper.write_and_arrive("May I change the colour?")
    nora, seoyeon = agents.come("nora", windows), agents.come("seoyeon", windows)
    conversation = nora.open("May I change the colour?", queue="all")
    seoyeon.go(f"/inbox/all/{conversation}")
    seoyeon.see("assign").click()
    nora.page.bring_to_front()
    with nora.page.expect_response(lambda answer: answer.url.endswith("/notifications/seen")):
        seoyeon.page.get_by_role("menuitem", name="Nora Bennett").click()
        nora.page.bring_to_front()
    expect(nora.see("count-notices")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_quiet_hours_and_kinds_are_kept_and_the_page_is_accessible(
    scheme: str, agents: AgentPeople, windows: Windows
) -> None:
    agent = agents.come("seoyeon", windows, path="/settings/notifications", color_scheme=scheme)
    page = agent.page
    for switch in ("quiet-on", "kind-followed"):
        page.get_by_test_id(switch).check()
    sunday = page.get_by_text("일", exact=True)
    with page.expect_response(lambda answer: answer.request.method == "PATCH"):
        sunday.click()
    page.reload()
    for kept in ("quiet-on", "kind-followed", "off-day-6"):
        expect(page.get_by_test_id(kept)).to_be_checked()
    assert findings(page) == []
    with page.expect_response(lambda answer: answer.request.method == "PATCH"):
        sunday.click()
    page.get_by_test_id("quiet-on").uncheck()
    page.get_by_test_id("kind-followed").uncheck()
    expect(sunday).to_be_hidden()


def test_on_a_phone_the_notices_are_a_page_of_their_own(agents: AgentPeople, windows: Windows) -> None:
    agent = agents.come("haoran", windows, phone=True)
    agent.page.get_by_role("link", name=agent.says("notices.title")).click()
    expect(agent.page.get_by_role("heading", name=agent.says("notices.title"), level=1)).to_be_visible()
    expect(agent.see("notice-list").or_(agent.see("empty"))).to_be_visible()
    assert findings(agent.page) == []
