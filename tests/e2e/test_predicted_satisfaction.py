"""Where a shopper left no answer a model predicts one: with how far off it may be, and only until they answer."""

import pytest
from playwright.sync_api import expect

from tests.e2e import axe
from tests.e2e.agent import FACES, AgentPeople
from tests.e2e.conftest import NewShopper
from tests.e2e.window import Windows

pytestmark = pytest.mark.browser

ANGRY = "我已经说过三遍了，碗还是没有收到！你们的服务太差了，太失望了，我要投诉！"
AGAIN = "还是没有解决，真的太让人生气了，我要退款！"
ERRORS = {"error": "0.52–0.63", "rank": "0.58–0.63"}  # of the model that ships, on real conversations


def test_a_prediction_is_named_so_with_its_error_and_goes_when_the_shopper_answers(
    agents: AgentPeople, windows: Windows, new_shopper: NewShopper
) -> None:
    shopper = new_shopper("zh")
    shopper.open()
    shopper.write_and_arrive(ANGRY)
    haoran = agents.come("haoran", windows)
    number = haoran.open(ANGRY, queue="all")
    haoran.answer("不清楚。")
    shopper.write_and_arrive(AGAIN)
    expect(haoran.entries.filter(has_text=AGAIN)).to_be_visible()
    haoran.see("resolve").click()
    expect(shopper.see("solved-yes")).to_be_visible()

    # In one's own weeks: a figure that is called a prediction, and beside it how far off the model was.
    haoran.go("/quality")
    own = haoran.see("quality-mine").get_by_test_id("predicted-weeks")
    expect(own.get_by_role("heading")).to_have_text(haoran.says("predicted.title"))
    expect(own.get_by_test_id("believed")).to_have_text(haoran.says("believed.shipped", **ERRORS))
    assert axe.findings(haoran.page) == []

    # The lead finds the conversation among the likeliest unhappy ones, and its own prediction behind it.
    lead = agents.come("seoyeon", windows, path="/quality?tab=team")
    unhappy = lead.see("unhappy")
    expect(unhappy.get_by_test_id("believed")).to_have_text(lead.says("believed.shipped", **ERRORS))
    row = unhappy.get_by_test_id("quality-row").first
    expect(row).to_contain_text(FACES["haoran"])
    expect(row).to_contain_text(lead.says("predicted.title"))
    assert axe.findings(lead.page) == []
    row.click()
    score = lead.see("quality-score")
    expect(score.get_by_role("link", name=lead.says("coach.open"))).to_have_attribute(
        "href", f"/console/inbox/all/{number}"
    )
    expect(score.get_by_test_id("predicted-one").get_by_test_id("predicted-value")).to_contain_text("−")
    expect(score.get_by_test_id("predicted-one").get_by_test_id("believed")).to_have_text(
        lead.says("believed.shipped", **ERRORS)
    )
    assert axe.findings(lead.page, menu=True) == []

    # On a phone it stands there as well; nothing hangs on a pointer.
    lead.page.set_viewport_size({"width": 390, "height": 844})
    expect(score.get_by_test_id("predicted-one").get_by_test_id("believed")).to_be_visible()
    assert lead.page.evaluate("document.documentElement.scrollWidth") <= 390

    # The shopper speaks for themselves: what was predicted is gone from the open page, whose score is made anew.
    windows.forgive("404 (Not Found)")
    shopper.see("solved-yes").click()
    expect(score.get_by_test_id("score-points")).to_be_visible()
    expect(score.get_by_test_id("predicted-one")).to_have_count(0)
