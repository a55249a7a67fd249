"""Notes, assigning, resolving, writing again, snoozing: what the desk does, and what the shopper may see of it."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.agent import AgentPeople
from tests.e2e.conftest import NewShopper
from tests.e2e.window import Windows

pytestmark = pytest.mark.browser

PEOPLE = {"ko": "seoyeon", "zh": "haoran", "en": "nora"}


@pytest.mark.parametrize("locale", ["ko", "zh", "en"])
def test_a_settled_conversation_says_so_kindly_and_opens_again_with_the_next_word(
    locale: str, new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    shopper = new_shopper(locale)
    shopper.open()
    shopper.write_and_arrive(f"first words in {locale}")
    agent = agents.come(PEOPLE[locale], windows)
    agent.open(f"first words in {locale}")

    agent.see("assign").click()
    agent.page.get_by_role("menuitem", name=agent.says("assign.me")).click()
    expect(agent.entries.filter(has_text=re.compile("took this|맡았어요|接手了"))).to_be_visible()
    agent.see("queue-mine").click()
    expect(agent.row(f"first words in {locale}")).to_be_visible()

    agent.row(f"first words in {locale}").click()
    agent.answer("That is settled, then.")
    agent.see("resolve").click()
    expect(agent.see("reopen")).to_be_visible()
    expect(shopper.see("resolved")).to_contain_text(shopper.says("solved.ask"))
    expect(shopper.read("resolved.entry")).to_be_visible()
    expect(agent.row("That is settled, then.")).to_be_hidden()

    shopper.see("resolved").get_by_role("button", name=shopper.says("again")).click()
    expect(shopper.composer).to_be_focused()
    shopper.write_and_arrive("One thing more.")
    expect(shopper.see("resolved")).to_be_hidden()
    expect(shopper.read("reopened.entry")).to_be_visible()
    expect(agent.see("resolve")).to_be_visible()
    expect(agent.row("One thing more.").get_by_test_id("wait")).to_be_visible()


def test_a_note_never_leaves_the_desk(new_shopper: NewShopper, agents: AgentPeople, windows: Windows) -> None:
    shopper = new_shopper()
    heard: list[str] = []
    shopper.page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: heard.append(str(frame))))
    shopper.open()
    shopper.write_and_arrive("Is the lid chipped?")
    nora, seoyeon = agents.come("nora", windows), agents.come("seoyeon", windows)
    nora.open("Is the lid chipped?")
    nora.note("Third lid of this batch: tell the potter.")
    seoyeon.open("Is the lid chipped?")
    expect(seoyeon.entries.filter(has_text="tell the potter")).to_have_attribute("data-kind", "note")
    nora.answer("A new lid is on its way.")

    shopper.has_read("A new lid is on its way.")
    assert shopper.texts() == ["Is the lid chipped?", "A new lid is on its way."]
    shopper.reload()
    shopper.has_read("A new lid is on its way.")
    assert shopper.texts() == ["Is the lid chipped?", "A new lid is on its way."]
    assert any("A new lid" in frame for frame in heard)
    assert not any("tell the potter" in frame for frame in heard)


def test_what_is_given_to_a_colleague_appears_with_them_at_once(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    shopper = new_shopper("zh")
    shopper.open()
    shopper.write_and_arrive("请问有中文客服吗？")
    nora, haoran = agents.come("nora", windows), agents.come("haoran", windows, path="/inbox/mine")
    expect(haoran.see("queue-mine")).to_be_visible()
    nora.open("请问有中文客服吗？")
    nora.page.keyboard.press("a")
    nora.page.get_by_role("menuitem", name="林浩然").click()
    expect(haoran.row("请问有中文客服吗？")).to_be_visible()
    expect(nora.see("assign")).to_contain_text("林浩然")

    # A slip of the hand is taken back with one press.
    nora.see("undo").click()
    expect(haoran.row("请问有中文客服吗？")).to_be_hidden()
    expect(nora.see("assign")).to_contain_text(nora.says("assign.none"))


def test_a_snoozed_conversation_leaves_the_queue_and_comes_back_when_the_shopper_writes(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    shopper = new_shopper()
    shopper.open()
    shopper.write_and_arrive("I shall measure my shelf tomorrow.")
    nora = agents.come("nora", windows)
    nora.open("I shall measure my shelf tomorrow.")
    nora.see("snooze").click()
    nora.see("snooze-tomorrow").click()
    expect(nora.row("I shall measure")).to_be_hidden()
    nora.see("queue-snoozed").click()
    expect(nora.row("I shall measure")).to_be_visible()
    expect(shopper.see("resolved")).to_be_hidden()

    shopper.write_and_arrive("It is 31 cm wide.")
    expect(nora.row("It is 31 cm wide.")).to_be_hidden()
    nora.see("queue-waiting").click()
    nora.see("list-filter").fill("31 cm")
    expect(nora.row("It is 31 cm wide.").get_by_test_id("wait")).to_be_visible()


def test_what_is_over_with_one_key_is_over_for_every_colleague(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    shopper = new_shopper()
    shopper.open()
    shopper.write_and_arrive("Thank you, all is well.")
    nora, seoyeon = agents.come("nora", windows), agents.come("seoyeon", windows)
    seoyeon.see("list-filter").fill("all is well")
    expect(seoyeon.row("all is well")).to_be_visible()
    nora.open("Thank you, all is well.")
    nora.page.keyboard.press("e")
    expect(seoyeon.row("all is well")).to_be_hidden()
    expect(shopper.see("resolved")).to_be_visible()
