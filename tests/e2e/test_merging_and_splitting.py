"""The desk takes a talk apart and puts it together again; the shopper notices nothing and loses nothing."""

import pytest
from playwright.sync_api import expect

from tests.e2e.agent import AgentPeople
from tests.e2e.axe import findings
from tests.e2e.conftest import NewShopper
from tests.e2e.window import Windows

pytestmark = pytest.mark.browser


def test_two_matters_part_and_meet_again_while_the_shopper_sees_one_talk(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    shopper = new_shopper("en")
    shopper.open()
    shopper.write_and_arrive("My bowl arrived chipped.")
    shopper.write_and_arrive("And do you sell matching cups?")
    nora = agents.come("nora", windows)
    old = nora.open("And do you sell matching cups?")

    line = nora.entries.filter(has_text="matching cups")
    line.hover()
    line.get_by_test_id("entry-actions").click()
    nora.see("entry-split").click()
    expect(nora.see("split")).to_be_visible()
    nora.see("split-act").click()
    expect(nora.page).not_to_have_url(f"{nora.url}/console/inbox/waiting/{old}")
    new = int(nora.page.url.rsplit("/", 1)[1])
    assert new != old
    nora.timeline.get_by_test_id("card-toggle").click()
    expect(nora.see("card-talk")).to_contain_text("matching cups")
    expect(nora.see(f"linked-{old}")).to_be_visible()
    assert findings(nora.page) == []

    # Whatever part of the desk speaks, the shopper's answer comes to it.
    nora.answer("We do, in celadon and in white.")
    shopper.has_read("We do, in celadon and in white.")
    shopper.write_and_arrive("White, please.")
    expect(nora.entries.filter(has_text="White, please.")).to_be_visible()

    nora.page.keyboard.press("Escape")
    nora.page.locator("body").click(position={"x": 5, "y": 5})
    nora.see("more").click()
    nora.see("more-merge").click()
    nora.see(f"choice-{old}").click()
    assert findings(nora.page, menu=True) == []
    nora.see("merge-act").click()
    expect(nora.page).to_have_url(f"{nora.url}/console/inbox/all/{old}")
    card = nora.timeline.locator("[data-card=merged]")
    card.get_by_test_id("card-toggle").click()
    expect(card.get_by_test_id("card-talk")).to_contain_text("White, please.")

    said = [
        "My bowl arrived chipped.",
        "And do you sell matching cups?",
        "We do, in celadon and in white.",
        "White, please.",
        "Two of them.",
        "Two white cups, noted.",
    ]
    shopper.write_and_arrive("Two of them.")
    nora.answer("Two white cups, noted.")
    shopper.has_read("Two white cups, noted.")
    assert shopper.texts() == said
    shopper.reload()
    shopper.has_read("Two white cups, noted.")
    assert shopper.texts() == said

    nora.go(f"/inbox/all/{new}")
    expect(nora.see("merged")).to_contain_text(f"#{old}")
    expect(nora.see("composer")).to_have_count(0)
    nora.see("unmerge").click()
    expect(nora.see("merged")).to_have_count(0)
    expect(nora.see("composer")).to_be_visible()
    assert shopper.texts() == said
