"""An agent's words are put right with a trace; what must not stand there is erased on both sides, for good."""

import pytest
from playwright.sync_api import expect

from tests.e2e.agent import Agent, AgentPeople
from tests.e2e.axe import findings
from tests.e2e.conftest import NewShopper
from tests.e2e.window import Windows

pytestmark = pytest.mark.browser
CARD = "4929 1234 5678 9010"


def menu_of(agent: Agent, text: str) -> None:
    line = agent.entries.filter(has_text=text)
    line.hover()
    line.get_by_test_id("entry-actions").click()
    expect(agent.see("entry-menu")).to_be_visible()


def test_an_answer_is_put_right_on_both_sides_and_its_former_wording_is_kept(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    shopper = new_shopper("ko")
    shopper.open()
    shopper.write_and_arrive("얼마예요?")
    seoyeon = agents.come("seoyeon", windows)
    seoyeon.open("얼마예요?")
    seoyeon.answer("오만 원이에요.")
    shopper.has_read("오만 원이에요.")

    menu_of(seoyeon, "오만 원이에요.")
    assert findings(seoyeon.page, menu=True) == []
    seoyeon.see("entry-edit").click()
    expect(seoyeon.see("edit-text")).to_be_focused()
    seoyeon.see("edit-text").fill("사만 원이에요.")
    seoyeon.see("edit-text").press("Enter")
    expect(seoyeon.entries.filter(has_text="사만 원이에요.")).to_be_visible()
    expect(seoyeon.see("edited")).to_have_text(seoyeon.says("entry.edited"))
    seoyeon.see("queue-all").click()
    seoyeon.row("사만 원이에요.").click()
    shopper.has_read("사만 원이에요.")
    expect(shopper.theirs.filter(has_text="오만 원")).to_have_count(0)
    expect(shopper.see("edited")).to_have_text(shopper.says("edited"))

    # What the shopper wrote is not the desk's to word.
    menu_of(seoyeon, "얼마예요?")
    expect(seoyeon.see("entry-edit")).to_have_count(0)
    seoyeon.page.keyboard.press("Escape")

    owner = agents.come("owner", windows)
    owner.open("사만 원이에요.", queue="all")
    owner.see("edited").click()
    expect(owner.see("wording")).to_have_text(["사만 원이에요.", "오만 원이에요."])
    assert findings(owner.page) == []


def test_what_must_not_stand_there_is_erased_on_both_sides(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    shopper = new_shopper()
    shopper.open()
    shopper.write_and_arrive(f"My card is {CARD}.")
    nora, owner = agents.come("nora", windows), agents.come("owner", windows)
    nora.open(f"My card is {CARD}.")
    menu_of(nora, CARD)
    expect(nora.see("entry-redact")).to_have_count(0)
    nora.page.keyboard.press("Escape")

    owner.open(f"My card is {CARD}.", queue="all")
    menu_of(owner, CARD)
    owner.see("entry-redact").click()
    owner.see("redact-reason").fill("card number")
    assert findings(owner.page) == []
    owner.see("redact-confirm").click()
    for agent in (owner, nora):
        expect(agent.see("gone")).to_be_visible()
        expect(agent.timeline.get_by_text(CARD)).to_have_count(0)
        expect(agent.row(CARD)).to_have_count(0)
    expect(shopper.read("gone")).to_be_visible()
    expect(shopper.mine.filter(has_text=CARD)).to_have_count(0)

    # Nor does it come back with the next visit of either side.
    shopper.reload()
    expect(shopper.read("gone")).to_be_visible()
    nora.page.reload()
    expect(nora.see("gone")).to_be_visible()
    expect(nora.timeline.get_by_text(CARD)).to_have_count(0)
