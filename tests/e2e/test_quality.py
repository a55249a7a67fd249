"""A conversation that went badly gets few points; whoever wrote it sees why, and says what they hold of that."""

import pytest
from playwright.sync_api import expect

from tests.e2e import axe
from tests.e2e.agent import FACES, AgentPeople
from tests.e2e.conftest import NewShopper
from tests.e2e.window import Windows

pytestmark = pytest.mark.browser

BLAMES = "You should have read the page."
DISAGREES = "The shopper had asked me to be short."


def test_an_agent_sees_what_a_bad_answer_cost_and_disputes_it(
    agents: AgentPeople, windows: Windows, new_shopper: NewShopper
) -> None:
    shopper = new_shopper("en")
    shopper.open()
    shopper.write_and_arrive("Why does the bowl have a crack?")
    nora = agents.come("nora", windows, path="/quality")
    expect(nora.page.get_by_role("heading", level=1)).to_have_text(nora.says("nav.quality"))
    watching = windows.another(nora.page.context)
    watching.goto(f"{nora.url}/console/quality")

    number = nora.open("Why does the bowl have a crack?", queue="all")
    nora.answer(BLAMES)
    nora.see("resolve").click()

    # The page that was open all the while shows it, without being asked again.
    mine = watching.get_by_test_id("quality-mine")
    expect(mine.get_by_test_id("quality-worst")).to_contain_text(BLAMES)
    row = mine.get_by_test_id("quality-row").first
    expect(row).to_contain_text(nora.says("quality.marks.other", n="2"))
    expect(mine.get_by_test_id("quality-weeks").get_by_role("img")).to_be_visible()
    assert axe.findings(watching) == []

    # Behind the number stand the reply and the piece of it that is meant.
    row.click()
    score = watching.get_by_test_id("quality-score")
    expect(score.get_by_test_id("score-points")).not_to_have_text("100")
    expect(score.get_by_test_id("quality-reply").locator("mark").first).to_have_text(BLAMES)
    expect(score.get_by_role("link", name=nora.says("coach.open"))).to_have_attribute(
        "href", f"/console/inbox/all/{number}"
    )
    assert axe.findings(watching, menu=True) == []

    # Once, with words; then it waits for an answer.
    score.get_by_test_id("dispute-words").fill(DISAGREES)
    score.get_by_test_id("dispute-send").click()
    expect(score.get_by_test_id("quality-dispute")).to_contain_text(DISAGREES)
    expect(score.get_by_test_id("dispute-words")).to_have_count(0)
    watching.keyboard.press("Escape")
    expect(row).to_contain_text(nora.says("quality.dispute.open"))

    # From the worst sentence to its place in the conversation.
    mine.get_by_test_id("quality-worst").get_by_test_id("sentence-place").filter(visible=True).first.click()
    expect(watching.get_by_test_id("timeline")).to_be_visible()

    # A lead reads it, looks at what stands behind the number, and changes it with a reason.
    lead = agents.come("seoyeon", windows, path="/quality")
    lead.see("quality-tab-team").click()
    expect(lead.see("quality-team")).to_be_visible()
    assert axe.findings(lead.page) == []
    lead.see("quality-team").get_by_role("row").filter(has_text=FACES["nora"]).get_by_role("button").first.click()
    expect(lead.see("quality-scores").get_by_test_id("quality-row").nth(1)).to_be_visible()

    # Another of them the lead judges by the same criteria, one of which does not apply.
    lead.see("quality-scores").get_by_test_id("quality-row").nth(1).click()
    lead.see("judge-courtesy").fill("50")
    lead.see("judge-clarity").fill("")
    lead.see("review-words").fill("인사가 조금 짧아요.")
    assert axe.findings(lead.page, menu=True) == []
    lead.see("review-save").click()
    expect(lead.see("quality-review")).to_contain_text("인사가 조금 짧아요.")
    expect(lead.see("quality-score")).to_contain_text(lead.says("quality.by.review"))
    lead.page.keyboard.press("Escape")
    expect(lead.see("quality-score")).to_have_count(0)
    lead.page.keyboard.press("Escape")
    lead.see("quality-tab-disputes").click()
    lead.see("quality-disputed").filter(has_text=DISAGREES).click()
    expect(lead.see("quality-answer-form")).to_be_visible()
    lead.see("answer-decision").get_by_text(lead.says("quality.change"), exact=True).click()
    lead.see("judge-respect").fill("100")
    lead.see("answer-reason").fill("고객님이 짧게 써 달라고 하셨어요.")
    assert axe.findings(lead.page, menu=True) == []
    lead.see("answer-send").click()
    expect(lead.see("quality-dispute")).to_have_attribute("data-outcome", "changed")
    lead.page.keyboard.press("Escape")
    expect(lead.see("quality-disputed")).to_have_count(0)


@pytest.mark.parametrize("who", ["seoyeon", "haoran"])
def test_the_page_speaks_every_language_and_fits_a_phone(agents: AgentPeople, windows: Windows, who: str) -> None:
    agent = agents.come(who, windows, path="/quality")
    expect(agent.page.get_by_text(agent.says("quality.hint"))).to_be_visible()
    agent.page.set_viewport_size({"width": 390, "height": 844})
    expect(agent.see("my-menu")).to_be_visible()
    expect(agent.see("quality-mine")).to_be_visible()
    assert agent.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert axe.findings(agent.page) == []


def test_two_leads_change_the_scorecard_at_once_and_nothing_is_lost(agents: AgentPeople, windows: Windows) -> None:
    lead, owner = (agents.come(each, windows, path="/quality?tab=scorecard") for each in ("seoyeon", "owner"))
    expect(lead.see("scorecard-version")).to_have_text(lead.says("scorecard.shipped"))
    expect(lead.see("scorecard-sum")).to_have_attribute("data-sum", "100")
    assert axe.findings(lead.page) == []

    # The weights have to be 100, and it says by how much they are not; so does the attempt to save it all the same.
    weights = lead.see("criterion-weight")
    weights.nth(1).fill("30")
    expect(lead.see("scorecard-sum")).to_contain_text(lead.says("scorecard.sumOver", by="10"))
    lead.see("scorecard-save").click()
    expect(lead.see("scorecard-wrong")).to_have_text(lead.says("scorecard.wrongSum"))
    weights.nth(0).fill("10")
    expect(lead.see("scorecard-sum")).to_contain_text(lead.says("scorecard.sumFull"))
    expect(lead.see("scorecard-wrong")).to_have_count(0)

    # A criterion by keyboard alone, with rules fetched from another one.
    lead.see("criterion-add").press("Enter")
    lead.page.keyboard.type("첫인상")
    rules = lead.see("criterion").last.get_by_role("combobox", name=lead.says("scorecard.rules"))
    rules.press("ArrowDown")
    rules.press("Enter")
    assert axe.findings(lead.page, menu=True) == []
    rules.press("Escape")
    expect(lead.see("criterion").nth(1)).to_contain_text(lead.says("scorecard.ruleCount.other", n="6"))

    # Somebody else is faster. What was typed stays, what they did is told, and both go together.
    owner.see("scorecard-per-week").fill("4")
    owner.see("scorecard-save").click()
    expect(owner.see("scorecard-saved")).to_be_visible()
    told = lead.see("scorecard-meanwhile")
    expect(told).to_contain_text(lead.says("scorecard.diff.perWeek", **{"from": "2", "to": "4"}))
    expect(lead.see("scorecard-save")).to_be_disabled()
    assert axe.findings(lead.page) == []
    lead.see("nav-board").click()
    lead.see("nav-quality").click()
    lead.see("quality-tab-scorecard").click()
    lead.see("scorecard-look").click()
    expect(told).to_be_focused()
    lead.see("scorecard-take-in").click()
    expect(told).to_have_count(0)
    expect(lead.see("scorecard-per-week")).to_have_value("4")
    expect(weights.nth(1)).to_have_value("30")
    lead.see("scorecard-save").click()

    # Then the past, as one wishes.
    expect(lead.see("scorecard-saved")).to_have_text(lead.says("scorecard.pastSaved"))
    expect(lead.see("scorecard-version")).to_contain_text(FACES["seoyeon"])
    expect(owner.see("criterion").last).to_contain_text("첫인상")
    lead.see("scorecard-rescore").click()
    expect(lead.see("scorecard-rescored")).to_be_visible(timeout=90_000)
    assert axe.findings(lead.page) == []

    lead.page.set_viewport_size({"width": 390, "height": 844})
    lead.see("scorecard-shipped").click()
    expect(lead.see("criterion")).to_have_count(9)
    assert lead.page.evaluate("document.documentElement.scrollWidth") <= 390
    lead.see("scorecard-save").click()
    expect(lead.see("scorecard-saved")).to_be_visible()


def test_a_lead_puts_criteria_in_order_by_keys_and_by_mouse(agents: AgentPeople, windows: Windows) -> None:
    lead, owner = (agents.come(each, windows, path="/quality?tab=scorecard") for each in ("seoyeon", "owner"))
    rows, handles = lead.see("criterion"), lead.see("criterion-handle")
    expect(rows).to_have_count(9)

    def order() -> list[str]:
        found: list[str] = rows.evaluate_all("all => all.map(each => each.dataset.criterion)")
        return found

    first, second, third, fourth, fifth, *others = order()
    handles.first.focus()
    lead.page.keyboard.press("ArrowDown")
    lead.page.keyboard.press("ArrowDown")
    expect(rows.nth(2)).to_have_attribute("data-criterion", first)
    expect(handles.nth(2)).to_be_focused()
    name = rows.nth(2).get_by_test_id("criterion-open").locator("p").first.inner_text()
    expect(lead.page.get_by_text(lead.says("scorecard.movedTo", name=name, n="3", total="9"))).to_be_attached()
    lead.page.keyboard.press("ArrowUp")
    expect(handles.nth(1)).to_be_focused()
    assert axe.findings(lead.page) == []

    handles.nth(4).drag_to(rows.first)
    expect(rows.first).to_have_attribute("data-criterion", fifth)
    assert order() == [fifth, second, first, third, fourth, *others]
    lead.see("scorecard-save").click()
    expect(lead.see("scorecard-saved")).to_be_visible()
    expect(owner.see("criterion").first).to_have_attribute("data-criterion", fifth)
    lead.page.reload()
    expect(rows.nth(2)).to_have_attribute("data-criterion", first)

    lead.page.set_viewport_size({"width": 390, "height": 844})
    expect(handles.first).to_be_visible()
    assert lead.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_lead_puts_a_conversation_on_the_reviewers_list_and_takes_it_back(
    agents: AgentPeople, windows: Windows, new_shopper: NewShopper
) -> None:
    shopper = new_shopper("ko")
    shopper.open()
    shopper.write_and_arrive("접시 선물 포장도 되나요?")
    lead = agents.come("seoyeon", windows)
    lead.open("접시 선물 포장도 되나요?", queue="all")
    lead.answer("네, 무료로 포장해 드려요. 리본 색은 초록과 흰색이 있어요.")
    lead.see("more").click()
    expect(lead.see("more-link")).to_be_visible()
    expect(lead.see("more-spotCheck")).to_have_count(0)
    lead.page.keyboard.press("Escape")
    lead.see("resolve").click()

    def ask() -> None:
        lead.see("more").click()
        lead.see("more-spotCheck").click()

    expect(lead.see("reopen")).to_be_visible()
    ask()
    lead.see("spot-note").fill("포장 안내를 함께 볼까요?")
    assert axe.findings(lead.page, menu=True) == []
    lead.see("spot-act").click()
    lead.page.get_by_text(lead.says("spot.done")).locator("..").get_by_test_id("undo").click()
    expect(lead.page.get_by_text(lead.says("spot.undone"))).to_be_visible()
    ask()
    lead.see("spot-note").fill("포장 안내를 함께 볼까요?")
    lead.see("spot-act").click()
    expect(lead.see("spot-act")).to_have_count(0)

    # Once is enough, and the way there is shown.
    ask()
    why = lead.says("quality.why.spot")
    expect(lead.see("spot-there")).to_have_text(lead.says("spot.there", name=FACES["seoyeon"], why=why))
    lead.page.get_by_role("link", name=lead.says("spot.see")).click()
    listed = lead.see("quality-queue").get_by_test_id("quality-row").filter(has_text="포장 안내를 함께 볼까요?")
    expect(listed).to_be_visible()

    # From a list of scores too; what is there already says so and cannot be put there twice.
    lead.see("quality-tab-mine").click()
    scores = lead.see("quality-scores")
    expect(scores.get_by_test_id("quality-row").first).to_contain_text(lead.says("quality.onList"))
    free = scores.get_by_test_id("score-spot")
    before = free.count()
    free.first.click()
    lead.see("spot-act").click()
    expect(free).to_have_count(before - 1)
    assert axe.findings(lead.page) == []
