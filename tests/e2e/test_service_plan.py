"""The service plan: begun from the template, written by two, published with its reasons, read by everybody at once."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e import axe
from tests.e2e.agent import Agent, AgentPeople
from tests.e2e.window import Windows
from tests.providers.sonnim import LiveServer

pytestmark = pytest.mark.browser
WITHOUT_PLAN = """
import os, django
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sonnim.config.settings")
django.setup()
from sonnim.plan.models import PlanDraft, PlanVersion
PlanDraft.objects.all().delete()
PlanVersion.objects.all().delete()
"""


def fold(agent: Agent, section: str, row: str) -> None:
    agent.see(f"plan-go-{section}").click()
    agent.see(f"plan-fold-{row}").click()
    expect(agent.see(f"plan-row-{row}").get_by_role("textbox").first).to_be_visible()


def is_kept(agent: Agent) -> None:
    expect(agent.see("plan-saving")).to_have_attribute("data-state", "saved")


def publish(agent: Agent, note: str) -> None:
    agent.see("plan-review").click()
    agent.see("plan-note").fill(note)
    agent.see("plan-publish-save").click()
    expect(agent.see("plan-publish-save")).to_have_count(0)


def percent(agent: Agent) -> int:
    return int(agent.see("plan-percent").inner_text().rstrip("%"))


def test_a_plan_is_begun_written_published_read_and_restored(
    agents: AgentPeople, windows: Windows, site: LiveServer
) -> None:
    site.python("-c", WITHOUT_PLAN)
    reader = agents.come("haoran", windows, path="/plan", color_scheme="dark")
    expect(reader.page.get_by_text(reader.says("plan.notYet"))).to_be_visible()
    owner = agents.come("owner", windows, path="/plan")
    owner.see("plan-template").click()
    expect(owner.see("plan-question").first).to_be_visible()
    found = axe.findings(owner.page)

    # The first open question leads to its field; what is written there counts.
    before = percent(owner)
    owner.see("plan-question").first.click()
    answer = owner.page.get_by_label(owner.says("plan.field.answer"), exact=True)
    expect(answer).to_be_focused()
    answer.fill("오후 2시까지 주문하시면 그날 보내 드려요.")
    found += axe.findings(owner.page)
    is_kept(owner)
    owner.see("plan-go-overview").click()
    expect(owner.see("plan-percent")).not_to_have_text(f"{before}%")
    assert percent(owner) > before

    # A lead who may less than an agent is a contradiction, and keeps the plan from being published.
    fold(owner, "concessions", "coupon")
    coupon = owner.see("plan-row-coupon")
    coupon.get_by_test_id("limit-value").first.fill("5000")
    coupon.get_by_test_id("limit-value").last.fill("1000")
    expect(coupon.get_by_role("alert")).to_contain_text(owner.says("plan.fault.less_than_below"))
    owner.see("plan-review").click()
    expect(owner.see("plan-faults")).to_be_visible()
    expect(owner.see("plan-publish-save")).to_be_disabled()
    found += axe.findings(owner.page)
    owner.see("plan-faults").get_by_role("link").click()
    coupon.get_by_test_id("limit-value").last.fill("20000")
    expect(coupon.get_by_role("alert")).to_have_count(0)
    publish(owner, "첫 계획서예요")

    # Everybody at the desk reads it at once, in their own language.
    expect(reader.see("plan-in-force")).to_have_text(reader.says("plan.inForce", n="1"))
    reader.see("plan-go-concessions").click()
    expect(reader.see("plan-row-coupon")).to_contain_text("最多 5,000 KRW")
    expect(reader.see("plan-review")).to_have_count(0)
    found += axe.findings(reader.page)

    # What was removed comes back with one step, and a row goes where it belongs.
    owner.see("plan-go-refusals").click()
    owner.see("plan-menu-worn").click()
    owner.page.get_by_role("menuitem", name=owner.says("plan.remove")).click()
    expect(owner.see("plan-row-worn")).to_have_count(0)
    owner.see("plan-undo").click()
    expect(owner.see("plan-row-worn")).to_be_visible()
    owner.see("plan-menu-worn").click()
    owner.page.get_by_role("menuitem", name=owner.says("plan.moveUp")).click()
    rows = owner.page.locator("[data-testid^=plan-row-]")
    expect(rows.nth(1)).to_have_attribute("data-testid", "plan-row-worn")
    is_kept(owner)
    publish(owner, "순서를 바꿨어요")
    expect(reader.see("plan-in-force")).to_have_text(reader.says("plan.inForce", n="2"))

    # The versions tell what changed, and an old one comes back by way of the draft.
    owner.see("plan-go-history").click()
    second = owner.see("plan-version-2")
    expect(second).to_contain_text("순서를 바꿨어요")
    expect(second.get_by_test_id("plan-differences").get_by_role("listitem")).to_have_count(1)
    found += axe.findings(owner.page)
    first = owner.see("plan-version-1")
    first.get_by_role("button").first.click()
    first.get_by_test_id("plan-restore").click()
    owner.see("confirm").click()
    expect(owner.see("plan-review")).to_be_enabled()
    publish(owner, "처음 순서로")
    expect(owner.see("plan-version-3")).to_contain_text(owner.says("plan.restoredFrom", n="1"))

    # On paper, in three languages; on a phone, one thing after the other.
    for locale, title in (("ko", "응대 계획서"), ("zh", "服务方案"), ("en", "Service plan")):
        owner.page.goto(f"{site.url}/api/v1/shops/1/plan/page?locale={locale}")
        expect(owner.page.get_by_role("heading", level=1)).to_have_text(title)
        found += axe.findings(owner.page)
    nora = agents.come("nora", windows, path="/plan", phone=True)
    nora.see("plan-go-ladder").click()
    expect(nora.page.get_by_role("heading", level=2)).to_have_text(nora.says("plan.section.ladder"))
    expect(nora.page.get_by_text("Stand by price and quality")).to_be_visible()
    found += axe.findings(nora.page)
    assert nora.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    nora.see("back").click()
    found += axe.findings(nora.page)
    assert found == []


def test_two_who_write_at_once_are_told_of_each_other(agents: AgentPeople, windows: Windows) -> None:
    windows.forgive("409 (Conflict)")
    owner = agents.come("owner", windows, path="/plan/claims")
    begin = owner.page.get_by_role("button", name=owner.says("plan.template"))
    expect(begin.or_(owner.see("plan-add"))).to_be_visible()
    if begin.is_visible():
        begin.click()
    lead = agents.come("seoyeon", windows, path="/plan/claims")
    for writer in (lead, owner):
        writer.see("plan-fold-listen").click()
    what = "[id='listen.what']"
    lead.page.locator(what).fill("끝까지 듣고 먼저 사과드려요.")
    is_kept(lead)
    owner.page.locator(what).fill("천천히 들어요.")
    conflict = owner.see("plan-conflict")
    expect(conflict).to_contain_text(re.compile("윤서연"))
    assert axe.findings(owner.page) == []
    owner.see("plan-theirs").click()
    expect(conflict).to_have_count(0)
    expect(owner.page.locator(what)).to_have_value("끝까지 듣고 먼저 사과드려요.")
    owner.page.locator(what).fill("끝까지 듣고, 먼저 사과드려요.")
    is_kept(owner)
