"""Business hours: written by an owner, kept by the desk, told to shoppers; opened and closed by hand."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.e2e.agent import Agent, AgentPeople
from tests.e2e.axe import findings
from tests.e2e.conftest import NewShopper
from tests.e2e.window import Windows
from tests.e2e.words import console

pytestmark = pytest.mark.browser
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def set_round_the_clock(owner: Agent, day: str) -> None:
    """Whatever the time is when the test runs, it is open then: 00:00–00:00 is a whole day."""
    row = owner.see(f"day-{day}")
    if not row.locator("input[type=time]").count():
        row.get_by_text(owner.says("hours.add"), exact=True).click()
    for field in row.locator("input[type=time]").all():
        field.fill("00:00")
    expect(row).to_contain_text(owner.says("hours.allDay"))


def test_a_shop_writes_its_hours_and_its_shoppers_know_them(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    owner = agents.come("owner", windows, path="/settings/hours")
    owner.see("new-calendar").click()
    expect(owner.see("calendar-name")).to_have_value(owner.says("hours.firstName"))
    monday = owner.see("day-mon").locator("input[type=time]")
    monday.nth(0).fill("10:00")
    owner.see("copy-monday").click()
    expect(owner.see("day-fri").locator("input[type=time]").nth(0)).to_have_value("10:00")
    expect(owner.see("day-sun")).to_contain_text(owner.says("hours.closed"))
    for day in DAYS:
        set_round_the_clock(owner, day)

    owner.see("countries").fill("대한민국")
    owner.page.get_by_role("option", name="대한민국", exact=True).click()
    owner.page.keyboard.press("Escape")
    chuseok = owner.see("holidays-KR").get_by_role("row").filter(has_text="추석").first
    expect(chuseok).to_be_visible()
    for switch in owner.see("holidays-KR").get_by_role("switch").all():
        switch.press("Space")  # they work on all of them, so that the test may run on any day
        expect(switch).to_be_checked()
    owner.see("add-day").click()
    inventory = owner.see("special-day")
    rest = (datetime.now(UTC) + timedelta(days=20)).date()
    inventory.locator("input[type=date]").fill(rest.isoformat())
    inventory.get_by_label(owner.says("hours.dayName")).fill("재고 조사")
    expect(owner.see("hours-preview")).to_contain_text(owner.says("hours.isOpen"))
    assert findings(owner.page) == []
    owner.see("calendar-save").click()
    expect(owner.see("hours-standing")).to_have_text(owner.says("hours.isOpen"))
    expect(owner.see("hours-next")).to_contain_text(f"{rest.month}월")

    shopper = new_shopper("zh")
    shopper.open()
    expect(shopper.see("opening")).to_be_visible()
    hours = shopper.see("hours")
    hours.locator("summary").click()
    expect(hours).to_contain_text("00:00–00:00")
    assert findings(shopper.page.frames[1]) == []

    owner.see("hours-switch").click()
    expect(owner.see("hours-standing")).to_have_text(owner.says("hours.isClosed"))
    closed = new_shopper("en")
    closed.open()
    expect(closed.see("presence")).to_have_text(closed.says("presence.closed"))
    owner.see("undo").click()
    expect(owner.see("hours-standing")).to_have_text(owner.says("hours.isOpen"))
    again = new_shopper("ko")
    again.open()
    expect(again.see("opening")).to_be_visible()
    expect(again.see("closed")).to_be_hidden()


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_the_hours_are_written_in_every_language_on_a_phone(agents: AgentPeople, windows: Windows, locale: str) -> None:
    owner = agents.come("owner", windows, path="/settings/hours", phone=True)
    expect(owner.see("week").or_(owner.see("empty"))).to_be_visible()
    speak = """async (locale) => {
        const token = document.cookie.match(/csrftoken=([^;]+)/)[1];
        const headers = {"Content-Type": "application/json", "X-CSRFToken": token};
        return (await fetch("/api/v1/me", {method: "PATCH", headers, body: JSON.stringify({locale})})).status;
    }"""
    assert owner.page.evaluate(speak, locale) == 200
    try:
        owner.page.reload()
        heading = owner.page.get_by_role("heading", level=1, name=console(locale, "settings.hours"))
        expect(heading).to_be_visible()
        expect(owner.see("week").or_(owner.see("empty"))).to_be_visible()
        assert findings(owner.page) == []
        assert owner.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    finally:
        owner.page.evaluate(speak, "ko")
