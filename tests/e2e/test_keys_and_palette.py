"""The desk by hand: everything by typing, every key in one list, and a way to switch the single ones off."""

import pytest
from playwright.sync_api import expect

from tests.e2e.agent import AgentPeople
from tests.e2e.axe import findings
from tests.e2e.conftest import NewShopper
from tests.e2e.window import Windows

pytestmark = pytest.mark.browser


def test_the_palette_finds_actions_by_korean_consonants_and_runs_them(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    shopper = new_shopper("ko")
    shopper.open()
    shopper.write_and_arrive("포장을 부탁드려요")
    agent = agents.come("seoyeon", windows)
    agent.open("포장을 부탁드려요")
    agent.page.keyboard.press("Control+k")
    expect(agent.see("palette-input")).to_be_focused()
    agent.see("palette-input").fill("ㄷㄷㅈ ㅈㅎ")
    expect(agent.see("palette-option").first).to_contain_text(agent.says("keys.assign"))
    agent.page.keyboard.press("Enter")
    expect(agent.page.get_by_role("menuitem", name=agent.says("assign.me"))).to_be_visible()
    agent.page.keyboard.press("Escape")
    expect(agent.page.get_by_role("menu")).to_be_hidden()

    agent.page.keyboard.press("n")
    expect(agent.composer).to_be_focused()
    agent.composer.fill("")
    agent.page.keyboard.press("Control+k")
    expect(agent.see("palette-input")).to_be_focused()
    agent.page.keyboard.press("Escape")
    expect(agent.see("palette")).to_be_hidden()


def test_the_palette_goes_to_a_place_and_to_a_conversation(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    shopper = new_shopper("en")
    shopper.open()
    shopper.write_and_arrive("Do you ship persimmon vinegar?")
    agent = agents.come("nora", windows, path="/people")
    expect(agent.see("my-menu")).to_be_visible()
    agent.page.keyboard.press("Control+k")
    agent.see("palette-input").fill("persimmon vinegar")
    found = agent.see("palette-option").filter(has_text="Do you ship")
    expect(found).to_be_visible()
    assert findings(agent.page, menu=True) == []
    found.click()
    expect(agent.timeline.get_by_text("Do you ship persimmon vinegar?")).to_be_visible()
    agent.page.keyboard.press("Control+k")
    agent.see("palette-input").fill("settings")
    expect(agent.see("palette-option").first).to_contain_text(agent.says("keys.go.settings"))
    agent.page.keyboard.press("Enter")
    agent.page.wait_for_url("**/console/settings/*")


def test_keys_lead_to_places_and_the_help_shows_them_all(agents: AgentPeople, windows: Windows) -> None:
    agent = agents.come("haoran", windows, path="/people")
    expect(agent.see("my-menu")).to_be_visible()
    agent.page.keyboard.press("g")
    agent.page.keyboard.press("m")
    agent.page.wait_for_url("**/inbox/mine")
    agent.page.keyboard.press("?")
    help_ = agent.see("keys-help")
    for key in ("keys.next", "keys.resolve", "keys.palette", "keys.go.mine", "keys.sendResolve"):
        expect(help_.get_by_text(agent.says(key), exact=True)).to_be_visible()
    assert findings(agent.page, menu=True) == []


def test_single_keys_can_be_switched_off(agents: AgentPeople, windows: Windows) -> None:
    agent = agents.come("nora", windows, path="/people")
    expect(agent.see("my-menu")).to_be_visible()
    agent.page.keyboard.press("?")
    agent.see("letter-keys").uncheck()
    agent.page.keyboard.press("Escape")
    expect(agent.see("keys-help")).to_be_hidden()
    agent.page.keyboard.press("g")
    agent.page.keyboard.press("m")
    agent.page.keyboard.press("Control+k")
    expect(agent.see("palette-input")).to_be_focused()
    assert agent.page.url.endswith("/people")
