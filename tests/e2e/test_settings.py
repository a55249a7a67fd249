"""Settings: a list and a section beside it; what an owner changes there holds at once, for everybody."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e import axe
from tests.e2e.agent import AgentPeople
from tests.e2e.window import Windows

pytestmark = pytest.mark.browser

SECTIONS = (
    "shop",
    "business",
    "shops",
    "hours",
    "mailboxes",
    "quarantine",
    "agents",
    "roles",
    "teams",
    "coach",
    "scripts",
    "tokens",
    "audit",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_section_can_be_reached_by_a_phone_and_read_by_everybody(
    agents: AgentPeople, windows: Windows, scheme: str
) -> None:
    owner = agents.come("owner", windows, path="/settings", phone=True, color_scheme=scheme)
    found = []
    for section in SECTIONS:
        owner.see(f"settings-{section}").click()
        expect(owner.page.get_by_role("heading", level=1, name=owner.says(f"settings.{section}"))).to_be_visible()
        owner.page.wait_for_load_state("networkidle")
        found += [f"{section}: {each}" for each in axe.findings(owner.page)]
        owner.see("back").click()
    found += axe.findings(owner.page)
    assert found == []


def test_a_permission_that_an_owner_takes_is_gone_from_open_screens(agents: AgentPeople, windows: Windows) -> None:
    windows.forgive("401 (Unauthorized)", "403 (Forbidden)")
    nora = agents.come("nora", windows, path="/contacts")
    nora.see("contact-row").first.click()
    expect(nora.see("contact-more")).to_be_visible()
    owner = agents.come("owner", windows, path="/settings/roles")
    for permission in ("contact.merge", "contact.block"):
        for role in ("lead", "agent"):
            box = owner.see(f"may-{role}-{permission}")
            if box.is_checked():
                box.click()
    owner.see("may-admin-contact.block").click()
    owner.see("may-admin-contact.merge").click()
    owner.see("roles-save").click()
    expect(owner.see("roles-save")).to_be_disabled()
    expect(nora.see("contact-panel")).to_be_visible()
    expect(nora.see("contact-more")).to_have_count(0)
    owner.see("roles-usual").click()
    owner.see("roles-save").click()
    expect(nora.see("contact-more")).to_be_visible()
    owner.go("/settings/audit")
    owner.see("audit-about").click()
    owner.page.get_by_role("option", name=owner.says("auditKind.roles")).click()
    expect(owner.see("audit").locator("tbody tr")).to_have_count(2)


def test_the_business_is_named_and_stays_named(agents: AgentPeople, windows: Windows) -> None:
    owner = agents.come("owner", windows, path="/settings/business")
    owner.see("business-name").fill("온기 주식회사")
    owner.see("business-registration").fill("120-81-47521")
    owner.see("business-save").click()
    expect(owner.page.get_by_text(owner.says("common.saved"))).to_be_visible()
    owner.page.reload()
    expect(owner.see("business-name")).to_have_value("온기 주식회사")


def test_another_shop_begins_with_its_first_steps(agents: AgentPeople, windows: Windows) -> None:
    owner = agents.come("owner", windows, path="/settings/shops")
    owner.see("new-shop").click()
    owner.see("new-shop-name").fill("온기 서점")
    owner.see("new-shop-make").click()
    expect(owner.see("welcome-shop-name")).to_have_value("온기 서점")
    owner.see("welcome-leave").click()
    expect(owner.page).to_have_url(re.compile("/inbox/waiting"))
    owner.go("/settings/shops")
    expect(owner.see("shop")).to_have_count(2)
    nora = agents.come("nora", windows, path="/settings")
    expect(nora.see("settings-shops")).to_have_count(0)
