"""The coach beside the draft: a fault is marked, mended or waved away with a key, and held once where it is strict."""

from typing import NamedTuple

import pytest
from playwright.sync_api import expect

from tests.e2e.agent import Agent, AgentPeople
from tests.e2e.axe import findings
from tests.e2e.conftest import NewShopper
from tests.e2e.window import Windows

pytestmark = pytest.mark.browser

TUNE = """async ([rule, strict]) => {
  const shop = (await (await fetch('/api/v1/me')).json()).shops[0].id;
  const token = document.cookie.match(/csrftoken=([^;]+)/)[1];
  const answer = await fetch(`/api/v1/shops/${shop}/coach/rules/${rule}`, {
    method: 'PUT', headers: {'Content-Type': 'application/json', 'X-CSRFToken': token},
    body: JSON.stringify({severity: null, on: true, strict}),
  });
  return answer.status;
}"""
CARET = """() => {
  const {anchorNode, anchorOffset, isCollapsed} = getSelection();
  const before = document.createRange();
  before.setStart(document.querySelector('[data-testid=composer-input]'), 0);
  before.setEnd(anchorNode, anchorOffset);
  return isCollapsed ? before.toString() : null;
}"""


class Talk(NamedTuple):
    """What is said in one language, and by whom."""

    agent: str
    asks: str
    greets: str
    """The beginning of the answer, without a fault."""
    blames: str


TALKS = {
    "ko": Talk("owner", "안녕하세요, 그릇에 금이 갔는데 왜 그런가요?", "안녕하세요 😊! ", "설명서를 안 읽으셨잖아요."),
    "zh": Talk("haoran", "您好，碗裂了一道缝，是怎么回事？", "您好！谢谢您😊。", "您自己没看说明吧？"),
    "en": Talk("nora", "Hello, the bowl has a crack, why is that?", "Hello 😊! ", "You should have read the page."),
}


def tune(lead: Agent, rule: str, *, strict: bool) -> None:
    """The lead decides whether a rule asks before sending."""
    assert lead.page.evaluate(TUNE, [rule, strict]) == 200


@pytest.mark.parametrize("locale", TALKS)
def test_a_fault_is_marked_while_one_writes_and_one_key_mends_it(
    locale: str, new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    talk = TALKS[locale]
    shopper = new_shopper(locale)
    shopper.open()
    shopper.write_and_arrive(talk.asks)
    lead = agents.come("seoyeon", windows)
    tune(lead, "blame", strict=True)
    agent = agents.come(talk.agent, windows)
    agent.open(talk.asks)
    keyboard = agent.page.keyboard
    blamed = agent.composer.locator("[data-coach]").filter(has_text=talk.blames)

    # A line under the words and a number by the button; the words stay, and so does the cursor within them.
    agent.composer.press_sequentially(talk.greets + talk.blames)
    keyboard.press("ArrowLeft")
    keyboard.press("ArrowLeft")
    where = agent.page.evaluate(CARET)
    expect(blamed).to_be_visible()
    expect(agent.see("coach-count")).to_be_visible()
    assert agent.page.evaluate(CARET) == where == (talk.greets + talk.blames)[:-2]
    assert agent.composer.inner_text().strip() == talk.greets + talk.blames
    assert findings(agent.page) == []

    # The hand that rests there reads why; Escape closes the card and leaves one in the field.
    blamed.hover()
    expect(agent.see("coach-card").get_by_test_id("remark-piece")).to_contain_text(talk.blames)
    better = agent.see("coach-card").get_by_test_id("remark-suggestion").inner_text()
    assert findings(agent.page, menu=True) == []
    keyboard.press("Escape")
    expect(agent.see("coach-card")).to_have_count(0)
    expect(agent.composer).to_be_focused()

    # One key takes the better wording, and the line goes with the fault; another takes that back.
    keyboard.press("Alt+.")
    expect(agent.composer).to_have_text(talk.greets + better)
    expect(blamed).to_have_count(0)
    keyboard.press("Control+z")
    expect(agent.composer).to_have_text(talk.greets + talk.blames)
    expect(blamed).to_be_visible()

    # The shop is strict here: it asks once, and then it leaves as it is.
    keyboard.press("Enter")
    expect(agent.see("strict-look")).to_be_focused()
    assert findings(agent.page, menu=True) == []
    agent.see("strict-look").click()
    expect(agent.see("coach-card")).to_contain_text(talk.blames)
    expect(agent.composer).to_be_focused()
    expect(agent.entries.filter(has_text=talk.blames)).to_have_count(0)
    keyboard.press("Enter")
    expect(agent.entries.filter(has_text=talk.blames)).to_be_visible()
    expect(agent.composer).to_have_text("")
    expect(agent.see("coach-count")).to_have_count(0)

    # Taken back, it is the same draft: what was asked once is not asked again. Waved away it is gone.
    agent.see("take-back").click()
    expect(blamed).to_be_visible()
    keyboard.press("Alt+,")
    keyboard.press("Alt+/")
    expect(agent.see("reason-wrong")).to_be_focused()
    assert findings(agent.page, menu=True) == []
    agent.see("reason-on_purpose").click()
    expect(blamed).to_have_count(0)
    expect(agent.composer).to_be_focused()
    keyboard.press("End")
    with agent.page.expect_response(lambda answer: answer.url.endswith("/coach") and answer.ok):
        keyboard.type(" …")
    expect(blamed).to_have_count(0)
    keyboard.press("Enter")
    expect(agent.entries.filter(has_text=talk.blames + " …")).to_be_visible()
    tune(lead, "blame", strict=False)


def test_the_list_behind_the_number_and_a_note_that_nobody_reads(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    asks = "您好，盘子掉色了怎么办？"
    shopper = new_shopper("zh")
    shopper.open()
    shopper.write_and_arrive(asks)
    agent = agents.come("haoran", windows, phone=True)
    agent.see("list-filter").fill(asks)
    agent.row(asks).click()
    agent.editor_is_there()
    agent.composer.press_sequentially(TALKS["zh"].blames)

    # On a phone: nothing is pushed aside, and the list says all there is.
    agent.see("coach-count").tap()
    remarks = agent.see("coach-list").get_by_test_id("remark")
    expect(remarks.first).to_be_visible()
    assert agent.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert findings(agent.page, menu=True) == []
    blame = agent.see("coach-list").locator("[data-rule=blame]")
    blame.get_by_test_id("remark-dismiss").tap()
    blame.get_by_test_id("reason-other").tap()
    blame.get_by_test_id("reason-words").fill("顾客自己先说的")
    blame.get_by_test_id("reason-done").tap()
    expect(blame).to_have_count(0)

    # A note is for colleagues alone.
    agent.page.keyboard.press("Escape")
    agent.see("composer-kind").get_by_text(agent.says("composer.note"), exact=True).tap()
    expect(agent.see("coach-count")).to_have_count(0)
    expect(agent.composer.locator("[data-coach]")).to_have_count(0)
