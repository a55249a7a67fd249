"""An agent finds what was said, in Korean and Chinese, and is led to the very line."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.agent import AgentPeople
from tests.e2e.axe import findings
from tests.e2e.conftest import NewShopper
from tests.e2e.window import Windows

pytestmark = pytest.mark.browser


def test_korean_is_found_from_one_character_on_and_opened_at_its_line(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    shopper = new_shopper("ko")
    shopper.open()
    shopper.write_and_arrive("안녕하세요, 쑥색 다관 뚜껑이 없어요. 주문번호 77421")
    shopper.write_and_arrive("빠른 답변 부탁드려요")
    agent = agents.come("seoyeon", windows)
    expect(agent.rows.first).to_be_visible()
    agent.page.keyboard.press("g")
    agent.page.keyboard.press("s")
    field = agent.see("search-input")
    expect(field).to_be_focused()
    field.press_sequentially("쑥", delay=20)
    hit = agent.see("search-hit").filter(has_text="다관 뚜껑이")
    expect(hit.locator("mark").first).to_have_text("쑥")
    field.fill("다관뚜껑 774")
    expect(hit.locator("mark")).to_have_text(["다관 뚜껑", "774"])
    assert not findings(agent.page)
    field.press("ArrowDown")
    expect(hit).to_be_focused()
    hit.press("Enter")
    expect(agent.page).to_have_url(re.compile(r"/inbox/all/\d+\?at=\d+$"))
    expect(agent.timeline.get_by_text("쑥색 다관")).to_be_in_viewport()
    agent.page.go_back()
    expect(field).to_have_value("다관뚜껑 774")
    expect(hit).to_be_visible()


def test_chinese_is_found_in_both_scripts_and_narrowed(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    shopper = new_shopper("zh")
    shopper.open()
    shopper.write_and_arrive("您好,我的青瓷订单碎了一只杯子")
    agent = agents.come("haoran", windows, path="/search", color_scheme="dark")
    field = agent.see("search-input")
    field.fill("青瓷訂單")
    hit = agent.see("search-hit").filter(has_text="碎了一只杯子")
    expect(hit.locator("mark")).to_have_text("青瓷订单")
    assert not findings(agent.page)
    agent.see("search-in").get_by_text(agent.says("search.in.conversations")).click()
    expect(agent.see("search-hit")).to_have_count(1)
    agent.see("search-in").get_by_text(agent.says("search.in.contacts")).click()
    field.fill("没有人叫这个名字")
    expect(agent.page.get_by_text(agent.says("search.none", q="没有人叫这个名字"))).to_be_visible()
    assert not findings(agent.page)


def test_a_phone_searches_too(new_shopper: NewShopper, agents: AgentPeople, windows: Windows) -> None:
    shopper = new_shopper("en")
    shopper.open()
    shopper.write_and_arrive("The persimmon saucer arrived chipped")
    agent = agents.come("nora", windows, phone=True)
    agent.page.get_by_role("link", name=agent.says("nav.search")).click()
    agent.see("search-input").fill("saucer persim")
    hit = agent.see("search-hit")
    expect(hit.locator("mark")).to_have_text(["persim", "saucer"])
    hit.click()
    expect(agent.timeline.get_by_text("The persimmon saucer")).to_be_in_viewport()
