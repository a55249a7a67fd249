"""A shopper on the store's page and an agent at the console, each in a browser of their own, talk to each other."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.agent import FACES, AgentPeople
from tests.e2e.conftest import NewShopper
from tests.e2e.window import Windows

pytestmark = pytest.mark.browser

TALKS = {
    "ko": ("seoyeon", "청자 그릇은 전자레인지에 넣어도 되나요?", "네, 괜찮아요. 금테가 있는 것만 피해 주세요."),
    "zh": ("haoran", "这只青瓷碗可以放进微波炉吗？", "可以的，只有描金的款式不行。"),
    "en": ("nora", "May the celadon bowl go into a microwave?", "It may. Only the gilded ones must stay out."),
}
LANGUAGES = pytest.mark.parametrize("locale", ["ko", "zh", "en"])


@LANGUAGES
def test_a_question_reaches_the_desk_and_the_answer_comes_back(
    locale: str, new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    who, question, answer = TALKS[locale]
    agent = agents.come(who, windows)
    expect(agent.rows.first).to_be_visible()
    shopper = new_shopper(locale)

    shopper.open()
    expect(shopper.see("greeting")).to_be_in_viewport()
    expect(shopper.read("greeting.automatic")).to_be_visible()
    shopper.write(question)
    expect(shopper.tick).to_have_attribute("data-tick", "sent")

    # Whoever waits is in the queue at once, with a clock that runs and a sign that nobody has read it yet.
    row = agent.row(question)
    expect(row).to_have_attribute("data-unread", "true")
    waiting = row.get_by_test_id("wait")
    expect(waiting).to_have_text(re.compile(r"^0:\d\d$"))
    before = waiting.inner_text()
    expect(waiting).not_to_have_text(before)

    agent.open(question)
    expect(agent.entries.filter(has_text=question)).to_be_visible()
    expect(shopper.tick).to_have_attribute("data-tick", "seen")
    expect(agent.page.get_by_text(agent.says("contact.online"), exact=True).first).to_be_visible()
    expect(agent.see("looks-at")).to_contain_text({"ko": "청자", "zh": "青瓷", "en": "eladon"}[locale])

    shopper.composer.press_sequentially("…")
    expect(agent.see("typing")).to_be_visible()
    shopper.composer.fill("")
    expect(agent.see("typing")).to_be_hidden()

    agent.composer.press_sequentially(answer[:4])
    expect(shopper.see("typing")).to_be_visible()
    expect(shopper.read("typing", name=FACES[who])).to_be_attached()
    agent.answer(answer)
    shopper.has_read(answer)
    expect(shopper.see("typing")).to_be_hidden()
    expect(shopper.chat.get_by_role("heading", name=FACES[who])).to_be_visible()
    face = shopper.theirs.last.locator("img.face")
    expect(face).to_be_visible()
    assert face.evaluate("image => image.complete && image.naturalWidth > 0")
    expect(agent.see("tick").last).to_have_attribute("data-tick", "read")
    expect(agent.row(answer).get_by_test_id("wait")).to_have_count(0)


@LANGUAGES
def test_the_whole_desk_speaks_the_language_of_its_agent(locale: str, agents: AgentPeople, windows: Windows) -> None:
    agent = agents.come(TALKS[locale][0], windows)
    expect(agent.page.get_by_role("heading", name=agent.says("queue.waiting"))).to_be_visible()
    expect(agent.page.locator("html")).to_have_attribute("lang", re.compile(f"^{locale}"))


@LANGUAGES
def test_each_language_gets_the_greeting_the_page_and_the_shop_call_for(locale: str, new_shopper: NewShopper) -> None:
    shopper = new_shopper(locale)
    product = shopper.page.locator("h1").inner_text().strip()
    shopper.open()
    expect(shopper.see("greeting")).to_contain_text(product)
    expect(shopper.see("greeting")).to_contain_text("Ongi")
    expect(shopper.see("agent-face").locator("img, span").first).to_be_visible()
