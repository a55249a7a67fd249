"""The live board shows who waits and who is there while it happens, on a desk, on a phone and on a wall."""

import pytest
from playwright.sync_api import expect

from tests.e2e import axe
from tests.e2e.agent import AgentPeople
from tests.e2e.conftest import NewShopper
from tests.e2e.window import Windows

pytestmark = pytest.mark.browser


def test_a_shopper_who_writes_is_on_the_board_and_leaves_it_with_the_answer(
    agents: AgentPeople, windows: Windows, new_shopper: NewShopper
) -> None:
    lead = agents.come("haoran", windows)
    lead.see("nav-board").click()
    expect(lead.page.get_by_role("heading", level=1)).to_have_text(lead.says("board.title"))
    expect(lead.see("board-person").first).to_be_visible()
    rows = lead.see("board-row").filter(has_text="배송은 언제 되나요?")
    expect(rows).to_have_count(0)

    shopper = new_shopper("ko")
    shopper.open()
    shopper.write_and_arrive("배송은 언제 되나요?")
    expect(rows).to_have_count(1)
    expect(rows.get_by_role("timer")).to_be_visible()
    assert axe.findings(lead.page) == []

    # On a wall it fills the screen, and the same key or Escape leaves it.
    lead.see("board-wall").click()
    expect(lead.see("board")).to_have_attribute("data-wall", "true")
    box, size = lead.see("board").bounding_box(), lead.page.viewport_size
    assert box is not None and size is not None
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, size["width"], size["height"])
    assert axe.findings(lead.page) == []
    lead.see("board-wall").click()
    expect(lead.see("board")).to_have_attribute("data-wall", "false")

    # From the row to the conversation; with the answer nobody waits there any more.
    rows.click()
    lead.editor_is_there()
    lead.answer("您好，明天就能发货。")
    lead.see("nav-board").click()
    expect(lead.see("board-who")).to_be_visible()
    expect(rows).to_have_count(0)


@pytest.mark.parametrize("who", ["seoyeon", "haoran", "nora"])
def test_it_speaks_every_language_and_fits_a_phone(agents: AgentPeople, windows: Windows, who: str) -> None:
    agent = agents.come(who, windows)
    agent.go("/board")
    expect(agent.see("board-today")).to_contain_text(agent.says("board.today"))
    agent.page.set_viewport_size({"width": 390, "height": 844})
    expect(agent.see("board-waiting")).to_be_visible()
    width = agent.page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390, "nothing is wider than the phone"
