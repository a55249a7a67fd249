"""What an agent promises in an answer is kept in mind with one key, is seen until it is done, calls when it is late."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from sonnim.kernel import clock
from tests.e2e import axe
from tests.e2e.agent import Agent, AgentPeople
from tests.e2e.conftest import NewShopper
from tests.e2e.window import Windows

pytestmark = pytest.mark.browser

# What a script of the console does itself: the session's cookie goes along, and the token that no other site knows.
MOVE = """async ([id, due]) => {
  const csrf = document.cookie.match(/csrftoken=([^;]+)/)[1];
  const shop = (await (await fetch('/api/v1/me')).json()).shops[0].id;
  const answer = await fetch(`/api/v1/shops/${shop}/promises/${id}`, {
    method: 'PATCH', headers: {'Content-Type': 'application/json', 'X-CSRFToken': csrf},
    body: JSON.stringify({due_at: due}),
  });
  return answer.status;
}"""


def _offered(agent: Agent, text: str) -> None:
    agent.answer(text)
    expect(agent.see("promise-offer")).to_be_visible()


def test_a_promise_is_kept_in_mind_with_one_key_and_calls_when_it_is_late(
    agents: AgentPeople, windows: Windows, new_shopper: NewShopper
) -> None:
    shopper = new_shopper("ko")
    shopper.open()
    shopper.write_and_arrive("달항아리가 아직 있을까요?")
    agent = agents.come("seoyeon", windows)
    agent.open("달항아리가 아직 있을까요?")

    # An offer that waits for a yes is none; a promise is, and one key keeps it.
    with agent.page.expect_response(lambda answer: answer.url.endswith("/promises") and "/entries/" in answer.url):
        agent.answer("내일 전화드릴까요?")
    expect(agent.see("promise-offer")).to_have_count(0)
    _offered(agent, "공방에 확인하고 두 시간 안에 연락드리겠습니다.")
    expect(agent.see("promise-offer")).to_contain_text(agent.says("promise.act.answer"))
    assert axe.findings(agent.page) == []
    agent.composer.press("Alt+p")
    expect(agent.see("promise-offer")).to_have_count(0)
    kept = agent.see("contact-panel").get_by_test_id("promise")
    expect(kept).to_have_count(1)
    expect(kept.get_by_test_id("promise-left")).to_have_attribute("data-tone", "calm")
    expect(agent.see("count-promises")).to_have_text("1")
    expect(agent.entries.filter(has_text=agent.says("promise.act.answer"))).to_have_count(1)

    # The next answer may be what was promised.
    agent.answer("아직 기다리고 있어요.")
    expect(agent.see("promise-done-offer")).to_be_visible()
    agent.see("promise-not-yet").click()
    expect(agent.see("promise-done-offer")).to_have_count(0)

    # Its time comes.
    due = (clock.now() + timedelta(seconds=2)).isoformat()
    assert agent.page.evaluate(MOVE, [kept.get_attribute("data-promise"), due]) == 200
    expect(kept).to_have_attribute("data-stage", "overdue")
    expect(kept.get_by_test_id("promise-left")).to_have_attribute("data-tone", "late")
    expect(agent.see("count-promises")).to_have_attribute("data-late", "1")
    late = agent.says("event.promise.overdue", act=agent.says("promise.act.answer"), time="").split(":")[0]
    expect(agent.entries.filter(has_text=late)).to_have_count(1)
    agent.see("queue-mine").click()
    expect(agent.row("아직 기다리고 있어요.").get_by_test_id("promise-left")).to_have_attribute("data-tone", "late")

    # In the queue of all that was promised it is done, was not done, and is done.
    agent.see("nav-promises").click()
    expect(agent.see("promises-late")).to_be_visible()
    listed = agent.see("promises-list").get_by_test_id("promise")
    expect(listed).to_have_count(1)
    assert axe.findings(agent.page) == []
    listed.get_by_role("checkbox").click()
    expect(listed).to_have_count(0)
    agent.see("undo").click()
    expect(listed).to_have_count(1)
    listed.get_by_test_id("promise-menu").click()
    agent.see("promise-drop").click()
    agent.see("promise-reason").fill("손님이 먼저 전화하셨어요")
    agent.see("promise-drop-dialog-act").click()
    expect(listed).to_have_count(0)
    expect(agent.see("count-promises")).to_have_count(0)


@pytest.mark.parametrize(
    ("key", "said"), [("haoran", "我核实后两个小时内给您回复。"), ("nora", "I'll call you back within two hours.")]
)
def test_it_is_offered_in_every_language_and_can_be_given_another_time(
    agents: AgentPeople, windows: Windows, new_shopper: NewShopper, key: str, said: str
) -> None:
    shopper = new_shopper("en")
    shopper.open()
    asked = f"Is the lamp back in stock, {key}?"
    shopper.write_and_arrive(asked)
    agent = agents.come(key, windows)
    agent.open(asked)
    _offered(agent, said)
    agent.see("promise-change").click()
    agent.see("promise-note").fill("The lamp")
    agent.see("promise-dialog-act").click()
    kept = agent.see("contact-panel").get_by_test_id("promise")
    expect(kept).to_contain_text("The lamp")
    agent.answer("OK.")
    agent.see("promise-is-done").click()
    expect(kept).to_have_count(0)
