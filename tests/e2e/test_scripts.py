"""Scripts: written once in several ways, offered at their moment, and no sentence twice to a shopper."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.agent import Agent, AgentPeople
from tests.e2e.axe import findings
from tests.e2e.conftest import NewShopper
from tests.e2e.window import Windows

pytestmark = pytest.mark.browser

ONE, TWO = "유약은 백 년이 가도 바래지 않아요.", "유약 걱정은 접어 두셔도 괜찮아요."


def written(agent: Agent, place: int, text: str) -> None:
    """Write a variant into its editor."""
    field = agent.see("variant").nth(place).locator("[contenteditable=true]")
    field.click()
    field.press_sequentially(text)


def row(agent: Agent, title: str) -> Locator:
    return agent.see("canned").filter(has_text=title)


def test_a_script_is_written_in_two_ways_and_each_shopper_reads_each_once(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    lead = agents.come("seoyeon", windows, path="/settings/scripts")
    expect(lead.see("stage-welcome")).to_contain_text(lead.says("stage.welcome"))
    lead.see("stage-advice").click()
    lead.see("new-canned").click()
    lead.see("canned-title").fill("유약 이야기")
    lead.see("canned-shortcut").fill("유약")
    written(lead, 0, ONE)
    lead.see("variant-add").click()
    written(lead, 1, TWO)
    assert findings(lead.page) == []
    lead.see("canned-save").click()
    expect(row(lead, "유약 이야기")).to_be_visible()
    assert findings(lead.page) == []

    shopper = new_shopper("ko")
    shopper.open()
    shopper.write_and_arrive("유약이 벗겨지지 않나요?")
    agent = agents.come("owner", windows)
    agent.open("유약이 벗겨지지 않나요?")
    field = agent.composer
    field.press_sequentially("/")
    expect(agent.see("suggestion-group").first).to_have_text(
        agent.says("script.fitsNow", stage=agent.says("stage.welcome"))
    )
    assert findings(agent.page) == []
    for said in (ONE, TWO):
        field.fill("")
        field.press_sequentially("/유약")
        offered = agent.see("suggestion").first
        expect(offered).to_contain_text(said)
        expect(agent.see("suggestion-read")).to_have_count(0)
        field.press("Enter")
        expect(field).to_have_text(said)
        field.press("Enter")
        shopper.has_read(said)
    field.press_sequentially("/유약")
    expect(agent.see("suggestion-read")).to_have_count(1)
    expect(agent.see("suggestion-variant")).to_have_text("1/2")
    field.press("ArrowRight")
    expect(agent.see("suggestion-variant")).to_have_text("2/2")
    expect(agent.see("suggestion").first).to_contain_text(TWO)
    field.press("Escape")
    field.fill("")

    shopper.write_and_arrive("네, 고맙습니다!")
    field.press_sequentially("/")
    expect(agent.see("suggestion-group").first).to_have_text(
        agent.says("script.fitsNow", stage=agent.says("stage.farewell"))
    )
    field.fill("")

    lead.page.reload()
    lead.see("canned-filter").fill("유약 이야기")
    expect(row(lead, "유약 이야기").get_by_test_id("script-used")).to_have_text("2")


def test_the_chat_greets_with_what_the_desk_writes_and_another_way_the_next_time(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    lead = agents.come("seoyeon", windows, path="/settings/scripts")
    lead.see("stage-welcome").click()
    greeting = lead.see("canned").filter(has=lead.see("script-automatic"))
    expect(greeting).to_have_count(1)
    greeting.get_by_test_id("canned-edit").click()
    lead.see("canned-zh").click()
    words = ["慢慢看，有问题就问。", "{{contact.name|您好}}，随时找我们。"]
    expect(lead.see("variant")).to_have_count(3)
    lead.see("variant-remove").last.click()
    for place, text in enumerate(words):
        lead.see("variant-text").nth(place).fill(text)
    expect(lead.see("variant-reads")).to_have_count(1)
    assert findings(lead.page) == []
    lead.see("canned-save").click()
    expect(lead.see("canned-save")).to_have_count(0)

    shopper = new_shopper("zh")
    shopper.open()
    first = shopper.see("greeting").inner_text()
    expect(shopper.read("greeting.automatic")).to_be_visible()
    shopper.page.reload()
    expect(shopper.see("greeting")).to_be_visible()
    second = shopper.see("greeting").inner_text()
    said = [text.replace("{{contact.name|您好}}", "您好") for text in words]
    found = [next(text for text in said if text in greeted) for greeted in (first, second)]
    assert sorted(found) == sorted(said)


def test_scripts_are_carried_to_another_shop_and_read_on_a_phone(agents: AgentPeople, windows: Windows) -> None:
    nora = agents.come("seoyeon", windows, path="/settings/scripts")
    count = int(re.findall(r"\d+", nora.see("stage-all").inner_text())[-1])
    nora.see("scripts-more").click()
    with nora.page.expect_download() as download:
        nora.see("scripts-export").click()
    file = download.value.path()
    nora.see("stage-farewell").click()
    nora.see("canned-delete").first.click()
    nora.page.get_by_role("button", name=nora.says("canned.deleteAction"), exact=True).click()
    expect(nora.see("stage-all")).to_contain_text(str(count - 1))
    nora.page.locator("input[type=file]").set_input_files(file)
    expect(nora.page.get_by_text(nora.says("scripts.importCount", count=str(count)))).to_be_visible()
    assert findings(nora.page) == []
    nora.see("import-save").click()
    expect(nora.see("stage-all")).to_contain_text(str(count))

    phone = agents.come("seoyeon", windows, path="/settings/scripts", phone=True)
    phone.see("canned-edit").first.click()
    expect(phone.see("variant").first).to_be_visible()
    assert findings(phone.page) == []
