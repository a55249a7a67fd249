"""The chat's look: tried on beside the form, saved, and seen on the store's pages."""

import pytest
from playwright.sync_api import FrameLocator, expect

from tests.e2e.agent import Agent, AgentPeople
from tests.e2e.axe import findings
from tests.e2e.conftest import NewShopper
from tests.e2e.window import Windows

pytestmark = pytest.mark.browser


def preview(agent: Agent) -> FrameLocator:
    return agent.page.frame_locator("[data-testid=widget-preview]")


def pick(agent: Agent, test_id: str, label: str) -> None:
    agent.see(test_id).get_by_text(agent.says(label), exact=True).click()


def test_a_look_is_tried_on_saved_and_seen_by_shoppers(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    owner = agents.come("owner", windows, path="/settings/widget")
    launcher = preview(owner).locator("sonnim-chat button")
    expect(launcher).to_have_class("round", timeout=15_000)
    pick(owner, "widget.launcher", "widget.launcher.pill")
    pick(owner, "widget.side", "widget.side.left")
    pick(owner, "widget.theme", "widget.theme.dark")
    owner.see("widget-labels").fill("물어보기")
    owner.see("widget-titles").fill("온기 상담실")
    owner.see("widget-color").fill("#6D28D9")
    owner.see("widget-hide").fill("/store/shipping/*")
    owner.see("widget-hide").press("Enter")
    expect(launcher).to_have_class("pill")
    expect(launcher).to_have_text("물어보기")
    owner.see("preview-open").check(force=True)
    chat = preview(owner).frame_locator("sonnim-chat iframe")
    expect(chat.get_by_role("heading", name="온기 상담실")).to_be_visible()
    expect(chat.locator("html")).to_have_attribute("data-theme", "dark")
    expect(owner.see("widget-titles")).to_have_value("온기 상담실")

    # Nothing of it is seen outside before it is saved.
    before = new_shopper("ko")
    expect(before.launcher).to_have_class("round")
    owner.see("widget-save").click()
    expect(owner.see("widget-save")).to_be_disabled()
    shopper = new_shopper("ko", color_scheme="light")
    expect(shopper.launcher).to_have_text("물어보기")
    box = shopper.launcher.bounding_box()
    assert box is not None
    assert box["x"] == 20
    shopper.open()
    expect(shopper.chat.get_by_role("heading", name="온기 상담실")).to_be_visible()
    assert findings(shopper.page.frames[1]) == []
    hidden = new_shopper("ko", path="/store/shipping/")
    expect(hidden.page.locator("sonnim-chat")).to_be_attached()
    expect(hidden.launcher).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_editor_is_for_everybody_and_on_a_phone_too(agents: AgentPeople, windows: Windows, scheme: str) -> None:
    owner = agents.come("owner", windows, path="/settings/widget", phone=True, color_scheme=scheme)
    expect(owner.see("widget-save")).to_be_attached()
    expect(preview(owner).locator("sonnim-chat button")).to_be_visible(timeout=15_000)
    box = owner.see("widget-preview").bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 390
    assert findings(owner.page) == []
    assert owner.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
