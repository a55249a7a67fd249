"""A conversation is held out to one, who lets it go, and to the next, who takes it. Who misses too much is set away."""

import pytest
from playwright.sync_api import expect

from tests.e2e.agent import Agent, AgentPeople
from tests.e2e.axe import findings
from tests.e2e.conftest import NewShopper
from tests.e2e.window import Windows

pytestmark = pytest.mark.browser

SETTLE_ALL = """async (base) => {
  const headers = {'X-CSRFToken': /csrftoken=([^;]+)/.exec(document.cookie)[1], 'Content-Type': 'application/json'};
  const {items} = await (await fetch(`${base}/conversations?queue=all&limit=100`)).json();
  const body = JSON.stringify({what: 'resolve', ids: items.map((each) => each.id)});
  return (await fetch(`${base}/conversations/bulk`, {method: 'POST', headers, body})).status;
}"""


def ask_first(owner: Agent, **numbers: str) -> None:
    """Set the shop's rules, as its owner does."""
    owner.go("/settings/routing")
    owner.see("mode-offer").check()
    for name, value in {"widen_s": "0", **numbers}.items():
        owner.see(f"number-{name}").fill(value)
    owner.see("routing-save").click()
    expect(owner.page.get_by_text(owner.says("common.saved"))).to_be_visible()


def step_away(agent: Agent, reason: str) -> None:
    agent.see("my-menu").click()
    agent.see("away-reasons").hover()
    agent.see(f"away-{reason}").click()


def test_what_one_lets_go_the_next_one_takes_and_who_misses_it_is_set_away(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    owner, seoyeon = agents.come("owner", windows), agents.come("seoyeon", windows)
    base = "/api/v1/shops/1"
    assert owner.page.evaluate(SETTLE_ALL, base) in {200, 202}
    ask_first(owner, offer_s="60")
    expect(owner.see("seat").first).to_be_visible()
    assert findings(owner.page) == []
    step_away(owner, "lunch")

    # Whoever speaks the shopper's language is asked first, with a preview, and lets it go with a key.
    shopper = new_shopper("ko")
    shopper.open()
    shopper.write_and_arrive("백자 달항아리 아직 있나요?")
    offer = seoyeon.see("offer")
    expect(offer).to_contain_text("백자 달항아리 아직 있나요?")
    assert findings(seoyeon.page) == []
    haoran = agents.come("haoran", windows, path="/people")
    expect(haoran.see("why-away")).to_contain_text(haoran.says("away.lunch"))
    expect(haoran.see("offer")).to_have_count(0)
    seoyeon.page.keyboard.press("Escape")
    expect(offer).to_have_count(0)

    # The next one takes it with a key, and is where they can answer.
    expect(haoran.see("offer")).to_be_visible()
    haoran.page.keyboard.press("Enter")
    expect(haoran.see("offer")).to_have_count(0)
    haoran.editor_is_there()
    haoran.answer("还有一件。")
    expect(shopper.theirs.filter(has_text="还有一件。")).to_be_visible()

    # What nobody answers goes on by itself; who lets it pass is away from then on, and reads why.
    haoran.see("my-menu").click()
    haoran.see("go-offline").click()
    ask_first(owner, offer_s="5", missed_limit="1")
    other = new_shopper("ko")
    other.open()
    other.write_and_arrive("다완은 언제 들어와요?")
    expect(seoyeon.see("offer")).to_be_visible()
    expect(seoyeon.see("set-away")).to_be_visible()
    expect(seoyeon.see("offer")).to_have_count(0)
    assert findings(seoyeon.page) == []
    seoyeon.see("set-away-back").click()
    expect(seoyeon.see("set-away")).to_have_count(0)
