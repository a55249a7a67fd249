"""A conversation changes hands with a word, a list of what is left, and somebody who goes on listening."""

import pytest
from playwright.sync_api import expect

from tests.e2e.agent import FACES, AgentPeople
from tests.e2e.axe import findings
from tests.e2e.conftest import NewShopper
from tests.e2e.window import Windows

pytestmark = pytest.mark.browser


def test_who_takes_over_finds_the_note_the_list_and_the_conversation_among_their_own(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    shopper = new_shopper("en")
    shopper.open()
    shopper.write_and_arrive("The crate came without the lid.")
    nora, seoyeon = agents.come("nora", windows), agents.come("seoyeon", windows)
    where = nora.open("The crate came without the lid.")

    nora.page.keyboard.press("c")
    for text in ("Ask for a picture", "Call the carrier"):
        nora.see("checklist-add").fill(text)
        nora.see("checklist-add").press("Enter")
        expect(nora.see("checklist-item").filter(has_text=text)).to_be_visible()
    nora.see("checklist-item").filter(has_text="picture").get_by_role("checkbox").check()
    nora.page.keyboard.press("Escape")
    expect(nora.see("checklist-chip")).to_contain_text("1/2")

    nora.page.keyboard.press("f")
    nora.see("more").click()
    expect(nora.see("more-follow")).to_contain_text(nora.says("together.unfollow"))
    nora.page.keyboard.press("Escape")

    nora.page.keyboard.press("Shift+A")
    nora.see("transfer-to").click()
    nora.page.get_by_role("option", name=FACES["seoyeon"]).click()
    nora.see("transfer-note").fill("The picture is there, the carrier is left to call.")
    assert findings(nora.page, menu=True) == []
    nora.see("transfer-act").click()
    expect(nora.entries.filter(has_text="the carrier is left to call")).to_have_attribute("data-kind", "note")

    seoyeon.see("queue-mine").click()
    seoyeon.row("The crate came without the lid.").click()
    expect(seoyeon.entries.filter(has_text="the carrier is left to call")).to_be_visible()
    expect(seoyeon.see("checklist-chip")).to_contain_text("1/2")
    seoyeon.see("checklist-chip").click()
    seoyeon.see("checklist-item").filter(has_text="carrier").get_by_role("checkbox").check()
    expect(nora.see("checklist-chip")).to_contain_text("2/2")
    assert f"/{where}" in seoyeon.page.url
