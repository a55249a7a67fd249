"""The coach in the settings: what a lead decides about rules and words is what agents find beside their drafts."""

from typing import NamedTuple

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.agent import Agent, AgentPeople
from tests.e2e.axe import findings
from tests.e2e.conftest import NewShopper
from tests.e2e.window import Windows

pytestmark = pytest.mark.browser

RULES = 35


class Talk(NamedTuple):
    """A lead and an agent who speak the same language, and a draft of theirs."""

    lead: str
    agent: str
    asks: str
    opens: str
    """A beginning without a fault."""
    blames: str
    term: str
    plain: str
    more: str
    says: str


TALKS = {
    "ko": Talk(
        "seoyeon", "owner", "안녕하세요, 손잡이가 빠졌는데 왜 그런가요?",
        "안녕하세요! 죄송합니다. ", "설명서를 안 읽으셨잖아요.",
        "달물레", "손물레", "겹싸개 = 두 겹 포장\n무엇인지 모를 줄",
        "달물레로 빚은 그릇이라 조금씩 달라요.",
    ),
    "en": Talk(
        "owner", "nora", "Hello, the handle came off, why is that?",
        "Hello! I am sorry. ", "You should have read the page.",
        "snagging", "small repairs", "tote wrap = double wrapping\nno word at all",
        "The bowl is in snagging until Friday.",
    ),
}  # fmt: skip


def rule(lead: Agent, name: str) -> Locator:
    return lead.page.locator(f"[data-testid=coach-rule][data-rule={name}]")


def read_again(agent: Agent, text: str) -> None:
    """Write a draft anew, and wait until the coach has read it."""
    agent.composer.fill("")
    with agent.page.expect_response(lambda answer: answer.url.endswith("/coach") and answer.ok):
        agent.composer.press_sequentially(text)


@pytest.mark.parametrize("locale", TALKS)
def test_what_a_lead_decides_is_what_the_composer_marks(
    locale: str, new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    talk = TALKS[locale]
    shopper = new_shopper(locale)
    shopper.open()
    shopper.write_and_arrive(talk.asks)
    agent = agents.come(talk.agent, windows)
    agent.open(talk.asks)
    agent.composer.press_sequentially(talk.opens + talk.blames)
    marked = agent.composer.locator("[data-coach]")
    expect(marked.filter(has_text=talk.blames)).to_be_visible()

    # All rules with a name and a meaning; one is found, and switched off.
    lead = agents.come(talk.lead, windows, path="/settings/coach")
    expect(lead.see("coach-rule")).to_have_count(RULES)
    assert findings(lead.page) == []
    lead.see("coach-search").fill("blame")
    expect(lead.see("coach-rule")).to_have_count(1)
    with lead.page.expect_response(lambda answer: answer.request.method == "PUT" and answer.ok):
        rule(lead, "blame").get_by_test_id("coach-on").press("Space")
    read_again(agent, talk.opens + talk.blames)
    expect(marked.filter(has_text=talk.blames)).to_have_count(0)
    lead.see("coach-search").fill("")
    lead.see("coach-show").select_option("off")
    expect(lead.see("coach-rule")).to_have_count(1)

    # On again, and strict: the draft is held and asked about.
    rule(lead, "blame").get_by_test_id("coach-on").press("Space")
    expect(lead.see("coach-rule")).to_have_count(0)
    lead.see("coach-show").select_option("all")
    with lead.page.expect_response(lambda answer: answer.request.method == "PUT" and answer.ok):
        rule(lead, "blame").get_by_test_id("coach-strict").check()
    read_again(agent, talk.opens + talk.blames)
    expect(marked.filter(has_text=talk.blames)).to_be_visible()
    agent.page.keyboard.press("Enter")
    expect(agent.see("strict-look")).to_be_focused()
    agent.see("strict-look").click()

    # Waved away, the reason stands with the rule.
    agent.see("coach-card").get_by_test_id("remark-dismiss").click()
    agent.see("coach-card").get_by_test_id("reason-on_purpose").click()
    expect(marked.filter(has_text=talk.blames)).to_have_count(0)
    lead.page.reload()
    rule(lead, "blame").get_by_test_id("coach-reasons").click()
    said = lead.see("coach-dismissal").filter(has_text=talk.blames)
    expect(said).to_contain_text(lead.says("remark.reason.on_purpose"))
    assert findings(lead.page, menu=True) == []
    lead.page.keyboard.press("Escape")
    rule(lead, "blame").get_by_test_id("coach-strict").uncheck()

    # A word of the glossary is marked in the draft, and the plain one is offered.
    lead.see("coach-tab-glossary").click()
    lead.see("term-new").fill(talk.term)
    lead.see("plain-new").fill(talk.plain)
    lead.page.keyboard.press("Enter")
    expect(lead.see("term").filter(has_text=talk.term)).to_contain_text(talk.plain)
    expect(lead.see("term-new")).to_be_focused()
    read_again(agent, talk.opens + talk.says)
    expect(marked.filter(has_text=talk.term).first).to_be_visible()

    # Many at once, of which one line is none; one is taken out and put back.
    lead.see("terms-paste").click()
    lead.see("paste-lines").fill(talk.more)
    expect(lead.see("paste-odd")).to_contain_text("2")
    assert findings(lead.page, menu=True) == []
    lead.see("paste-save").click()
    pasted = lead.see("term").filter(has_text=talk.more.split(" = ")[0])
    expect(pasted).to_be_visible()
    pasted.get_by_test_id("term-remove").click()
    expect(pasted).to_have_count(0)
    lead.see("undo").click()
    expect(pasted).to_be_visible()
    assert findings(lead.page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_agent_on_a_phone_hears_again_what_fell_quiet(
    scheme: str, new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    asks = f"Hello, is the lid {scheme} or not?"
    shopper = new_shopper("en")
    shopper.open()
    shopper.write_and_arrive(asks)
    agent = agents.come("nora", windows)
    number = agent.open(asks)
    for piece in ("one", "two", "three"):
        assert agent.page.evaluate(DISMISS, [number, f"{piece} {scheme}"]) == 201

    phone = agents.come("nora", windows, path="/settings", phone=True, color_scheme=scheme)
    phone.see("settings-coach").tap()
    quiet = phone.see("coach-quiet")
    expect(quiet).to_have_count(1)
    expect(phone.see("coach-rule")).to_have_count(0)
    assert phone.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert findings(phone.page) == []
    quiet.get_by_test_id("hear-again").tap()
    expect(phone.page.get_by_text(phone.says("coach.mineNone"))).to_be_visible()
    phone.page.reload()
    expect(phone.page.get_by_text(phone.says("coach.mineNone"))).to_be_visible()


DISMISS = """async ([conversation, piece]) => {
  const shop = (await (await fetch('/api/v1/me')).json()).shops[0].id;
  const token = document.cookie.match(/csrftoken=([^;]+)/)[1];
  const answer = await fetch(`/api/v1/shops/${shop}/conversations/${conversation}/coach/dismissals`, {
    method: 'POST', headers: {'Content-Type': 'application/json', 'X-CSRFToken': token},
    body: JSON.stringify({rule: 'over-thanks', piece, reason: 'not_here'}),
  });
  return answer.status;
}"""
