"""Nothing that axe knows of stands in anybody's way: every screen, light and dark, desktop and phone."""

from typing import Literal

import pytest
from playwright.sync_api import Frame, Page, expect

from tests.e2e.agent import Agent, AgentPeople
from tests.e2e.axe import findings
from tests.e2e.conftest import NewShopper
from tests.e2e.files import give, picture
from tests.e2e.shopper import Shopper
from tests.e2e.window import Windows
from tests.providers.sonnim import LiveServer

pytestmark = pytest.mark.browser

Scheme = Literal["light", "dark"]
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])
SHAPES = pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
SECTIONS = ("shop", "widget", "agents", "teams", "tokens", "audit")


def clean(name: str, place: Page | Frame, *, menu: bool = False) -> list[str]:
    return [f"{name}: {each}" for each in findings(place, menu=menu)]


@SCHEMES
def test_pages_that_everybody_sees(scheme: Scheme, site: LiveServer, windows: Windows) -> None:
    windows.forgive("401 (Unauthorized)", "404 (Not Found)")
    page = windows.open(locale="ko", color_scheme=scheme)
    found: list[str] = []
    for path in (
        "/",
        "/help/",
        "/help/coach/",
        "/store/",
        "/store/products/moon-jar/",
        "/store/shipping/",
        "/store/nothing/",
    ):
        page.goto(f"{site.url}{path}")
        found += clean(path, page)
    page.goto(f"{site.url}/console/")
    expect(page.get_by_test_id("sign-in")).to_be_visible()
    found += clean("sign-in", page)
    page.goto(f"{site.url}/console/reset")
    expect(page.get_by_test_id("reset-email")).to_be_visible()
    found += clean("reset", page)
    assert not found, "\n".join(found)


def frame_of(shopper: Shopper) -> Frame:
    return next(frame for frame in shopper.page.frames if "/frame" in frame.url)


@SCHEMES
@SHAPES
def test_the_widget(
    phone: bool, scheme: Scheme, new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    shopper = new_shopper("en", phone=phone, color_scheme=scheme)
    expect(shopper.launcher).to_be_visible()
    found = clean("closed", shopper.page)
    shopper.open()
    found += clean("greeting", frame_of(shopper)) + clean("page with chat", shopper.page)
    give(shopper.composer, "paste", picture())
    expect(shopper.see("upload")).to_have_attribute("data-state", "done")
    found += clean("upload", frame_of(shopper))
    shopper.composer.fill(f"A picture, {scheme} {phone}.")
    shopper.see("send").click()
    expect(shopper.tick).to_have_attribute("data-tick", "sent")
    nora = agents.come("nora", windows)
    nora.open(f"A picture, {scheme} {phone}.")
    nora.answer("A fine picture.")
    nora.composer.press_sequentially("And")
    expect(shopper.see("typing")).to_be_visible()
    found += clean("talk", frame_of(shopper))
    nora.see("resolve").click()
    expect(shopper.see("resolved")).to_be_visible()
    found += clean("settled", frame_of(shopper))
    assert not found, "\n".join(found)


def inbox_findings(agent: Agent) -> list[str]:
    expect(agent.rows.first).to_be_visible()
    found = clean("inbox", agent.page)
    agent.rows.first.click()
    expect(agent.entries.first).to_be_visible()
    expect(agent.composer).to_be_visible()
    found += clean("conversation", agent.page)
    agent.see("assign").click()
    expect(agent.page.get_by_role("menuitem").first).to_be_visible()
    found += clean("assign", agent.page, menu=True)
    agent.page.keyboard.press("Escape")
    agent.see("snooze").click()
    agent.see("snooze-pick").click()
    expect(agent.see("snooze-time")).to_be_visible()
    found += clean("snooze", agent.page)
    agent.page.keyboard.press("Escape")
    return found


@SCHEMES
@SHAPES
def test_the_console(phone: bool, scheme: Scheme, agents: AgentPeople, windows: Windows) -> None:
    owner = agents.come("owner", windows, phone=phone, color_scheme=scheme)
    found = inbox_findings(owner)
    for queue in ("mine", "snoozed"):
        owner.go(f"/inbox/{queue}")
        expect(owner.rows.or_(owner.see("empty")).first).to_be_visible()
        found += clean(queue, owner.page)
    owner.go("/people")
    expect(owner.see("person").first).to_be_visible()
    found += clean("people", owner.page)
    owner.go("/decisions")
    expect(owner.page.get_by_role("heading", name=owner.says("decisions.title"))).to_be_visible()
    found += clean("decisions", owner.page)
    for section in SECTIONS:
        owner.go(f"/settings/{section}")
        expect(owner.page.get_by_role("heading").first).to_be_visible()
        owner.page.wait_for_load_state("networkidle")
        found += clean(section, owner.page)
    owner.go("/account")
    expect(owner.see("session").first).to_be_visible()
    found += clean("account", owner.page)
    assert not found, "\n".join(found)
