"""What was written is never lost: not by a reload, a dead network, a closed tab or a killed server; and comes once."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.e2e.agent import AgentPeople
from tests.e2e.conftest import PATIENCE_MS, NewShopper
from tests.e2e.shopper import Shopper
from tests.e2e.window import Windows
from tests.providers.sonnim import LiveServer

pytestmark = pytest.mark.browser

# A server that is away and a network that is gone leave these lines in a browser's console.
AWAY = (
    "ERR_CONNECTION_REFUSED",
    "ERR_INTERNET_DISCONNECTED",
    "ERR_EMPTY_RESPONSE",
    "ERR_CONNECTION_RESET",
    "WebSocket",
)


@pytest.fixture(scope="module", autouse=True)
def patience() -> Iterator[None]:
    """Lines come back after a random while, of up to a minute."""
    expect.set_options(timeout=90_000)
    yield
    expect.set_options(timeout=PATIENCE_MS)


def test_unsent_words_are_there_again_after_a_reload(new_shopper: NewShopper) -> None:
    shopper = new_shopper()
    shopper.open()
    shopper.composer.fill("Half a sentence about")
    shopper.reload()
    expect(shopper.composer).to_have_value("Half a sentence about")


def test_messages_written_without_a_server_survive_the_page_and_arrive_once_and_in_order(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows, site: LiveServer
) -> None:
    windows.forgive(*AWAY)
    shopper = new_shopper()
    shopper.open()
    shopper.write_and_arrive("Lost one.")
    site.kill()
    for text in ("Lost two.", "Lost three."):
        shopper.write(text)
    expect(shopper.tick).to_have_attribute("data-tick", "sending")
    page = shopper.page.url
    shopper.page.goto("about:blank")
    site.start()
    shopper.page.goto(page)
    expect(shopper.mine).to_have_count(3)
    expect(shopper.tick).to_have_attribute("data-tick", "sent")
    assert shopper.texts() == ["Lost one.", "Lost two.", "Lost three."]
    nora = agents.come("nora", windows)
    nora.open("Lost three.")
    assert nora.texts() == ["Lost one.", "Lost two.", "Lost three."]


def test_both_sides_go_on_after_the_server_was_killed(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows, site: LiveServer
) -> None:
    windows.forgive(*AWAY)
    shopper = new_shopper()
    shopper.open()
    shopper.write_and_arrive("Before the storm.")
    nora = agents.come("nora", windows)
    nora.open("Before the storm.")
    site.kill()
    expect(shopper.see("connection")).to_be_visible()
    expect(nora.see("line-banner")).to_be_visible()
    shopper.write("In the storm, a shopper.")
    nora.composer.fill("In the storm, an agent.")
    nora.composer.press("Enter")
    expect(nora.see("pending")).to_have_count(1)
    expect(nora.see("line-banner")).to_contain_text(nora.says("line.queued.one"))

    site.start()
    shopper.has_read("In the storm, an agent.")
    expect(nora.entries.filter(has_text="In the storm, a shopper.")).to_be_visible()
    expect(nora.see("pending")).to_have_count(0)
    expect(shopper.see("connection")).to_be_hidden()
    expect(nora.see("line-banner")).to_be_hidden()
    assert sorted(shopper.texts()) == ["Before the storm.", "In the storm, a shopper.", "In the storm, an agent."]
    assert shopper.texts() == nora.texts()


def test_a_burst_across_a_killed_server_arrives_once_and_in_order(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows, site: LiveServer
) -> None:
    windows.forgive(*AWAY)
    lines = [f"Line {number} of the poem" for number in range(1, 13)]
    shopper = new_shopper()
    shopper.open()
    for number, line in enumerate(lines):
        if number == 6:
            site.kill()
        shopper.composer.fill(line)
        shopper.composer.press("Enter")
    site.start()
    expect(shopper.tick).to_have_attribute("data-tick", "sent")
    nora = agents.come("nora", windows)
    nora.open(lines[-1])
    expect(nora.entries.filter(has_text="of the poem")).to_have_count(len(lines))
    assert nora.texts() == lines
    assert shopper.texts() == lines
    shopper.reload()
    expect(shopper.mine).to_have_count(len(lines))
    assert shopper.texts() == lines


def test_two_tabs_of_one_shopper_show_the_same_conversation(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    first = new_shopper()
    second = Shopper(windows.another(first.page.context))
    second.page.goto(first.page.url)
    first.open()
    second.open()
    first.write_and_arrive("From the first tab.")
    expect(second.mine.filter(has_text="From the first tab.")).to_be_visible()
    second.write_and_arrive("From the second tab.")
    expect(first.mine.filter(has_text="From the second tab.")).to_be_visible()
    nora = agents.come("nora", windows)
    nora.open("From the second tab.")
    nora.answer("To both of them.")
    for tab in (first, second):
        tab.has_read("To both of them.")
        assert tab.texts() == ["From the first tab.", "From the second tab.", "To both of them."]


def test_two_tabs_opened_at_once_are_one_visitor(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    first = new_shopper()
    second = Shopper(windows.another(first.page.context))
    second.page.goto(first.page.url)
    first.launcher.click()
    second.launcher.click()
    first.write_and_arrive("One of a pair.")
    second.write_and_arrive("The other one of a pair.")
    expect(second.mine).to_have_count(2)
    expect(first.mine).to_have_count(2)
    nora = agents.come("nora", windows)
    nora.see("list-filter").fill("one of a pair")
    expect(nora.rows).to_have_count(1)


def test_a_draft_is_found_on_another_machine_and_goes_when_it_is_sent(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    shopper = new_shopper()
    shopper.open()
    shopper.write_and_arrive("Do you ship to Jeju?")
    office, home = agents.come("nora", windows), agents.come("nora", windows)
    office.open("Do you ship to Jeju?")
    office.composer.fill("We do, and it takes a day")
    expect(office.see("composer-hint")).to_contain_text(office.says("composer.draftSaved"))
    home.open("Do you ship to Jeju?")
    expect(home.composer).to_have_text("We do, and it takes a day")
    home.composer.fill("We do, and it takes a day longer.")
    expect(office.composer).to_have_text("We do, and it takes a day longer.")
    office.composer.press("Enter")
    shopper.has_read("We do, and it takes a day longer.")
    expect(home.composer).to_have_text("")
    expect(office.composer).to_have_text("")
    office.page.reload()
    expect(office.entries.filter(has_text="a day longer")).to_have_count(1)
    expect(office.composer).to_have_text("")


def test_without_a_network_both_sides_say_so_and_send_when_it_is_back(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    windows.forgive(*AWAY)
    shopper = new_shopper()
    shopper.open()
    shopper.write_and_arrive("I am on a train.")
    nora = agents.come("nora", windows)
    nora.open("I am on a train.")
    shopper.page.context.set_offline(True)
    expect(shopper.read("link.offline")).to_be_visible()
    shopper.write("In the tunnel.")
    expect(shopper.tick).to_have_attribute("data-tick", "sending")
    shopper.page.context.set_offline(False)
    expect(shopper.tick).to_have_attribute("data-tick", "seen")
    expect(shopper.see("connection")).to_be_hidden()
    expect(nora.entries.filter(has_text="In the tunnel.")).to_have_count(1)

    nora.page.context.set_offline(True)
    expect(nora.see("line-banner")).to_contain_text(nora.says("line.offline"))
    nora.composer.fill("Have a good journey.")
    nora.composer.press("Enter")
    expect(nora.see("pending")).to_have_count(1)
    nora.page.context.set_offline(False)
    shopper.has_read("Have a good journey.")
    expect(nora.see("line-banner")).to_be_hidden()
    expect(nora.see("pending")).to_have_count(0)
    assert nora.texts() == shopper.texts() == ["I am on a train.", "In the tunnel.", "Have a good journey."]


def test_an_answer_given_while_the_shopper_was_away_is_counted_on_the_launcher(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    shopper = new_shopper()
    shopper.open()
    shopper.write_and_arrive("I shall look again later.")
    shopper.page.keyboard.press("Escape")
    nora = agents.come("nora", windows)
    nora.open("I shall look again later.")
    nora.answer("We are here until nine.")
    nora.answer("And tomorrow from nine.")
    expect(shopper.page.locator("sonnim-chat button b")).to_have_text("2")
    expect(shopper.launcher).to_have_attribute("aria-label", "Chat with us (2 unread)")
    expect(nora.see("tick").last).to_have_attribute("data-tick", "sent")
    shopper.launcher.click()
    shopper.has_read("And tomorrow from nine.")
    expect(shopper.page.locator("sonnim-chat button b")).to_have_text("")
    expect(nora.see("tick").last).to_have_attribute("data-tick", "read")
