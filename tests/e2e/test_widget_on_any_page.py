"""The widget on pages that are not ours: strict policies, another site, a slow desk, a keyboard, a phone."""

import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.agent import AgentPeople
from tests.e2e.conftest import NewShopper
from tests.e2e.foreign import ForeignStore
from tests.e2e.shopper import Shopper
from tests.e2e.window import Windows
from tests.providers.sonnim import LiveServer

pytestmark = pytest.mark.browser

WATCH = """
window.seen = {shift: 0, refused: []};
new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.seen.shift += entry.value; }))
  .observe({type: 'layout-shift', buffered: true});
addEventListener('securitypolicyviolation', (event) => window.seen.refused.push(event.violatedDirective));
"""
# The browser asks for it by itself, and the page's policy has no place for pictures.
FAVICON = "favicon"


@pytest.fixture(scope="module")
def foreign(site: LiveServer) -> Iterator[ForeignStore]:
    store = httpx.get(f"{site.url}/store/", timeout=60).text
    loader = re.findall(r'src="(/widget/[^"]+\.js)"', store)[0]
    with ForeignStore(desk=site.url, loader=f"{site.url}{loader}") as foreign:
        yield foreign


@pytest.fixture
def visitor(foreign: ForeignStore, windows: Windows) -> Shopper:
    windows.forgive(FAVICON)
    page = windows.open()
    page.add_init_script(WATCH)
    page.goto(foreign.url)
    return Shopper(page)


def shift(page: Page) -> float:
    return float(page.evaluate("window.seen.shift"))


def test_a_strict_page_of_another_site_can_chat(visitor: Shopper, agents: AgentPeople, windows: Windows) -> None:
    visitor.open()
    expect(visitor.see("greeting")).to_contain_text("Blue kettle")
    visitor.write_and_arrive("Does it come in green?")
    nora = agents.come("nora", windows)
    nora.open("Does it come in green?")
    expect(nora.see("looks-at")).to_contain_text("Blue kettle")
    nora.answer("Only in blue.")
    visitor.has_read("Only in blue.")
    assert visitor.page.evaluate("window.seen.refused.filter((each) => !each.startsWith('img'))") == []
    visitor.reload()
    visitor.has_read("Only in blue.")


def test_nothing_on_the_page_moves_when_the_chat_comes_opens_and_closes(visitor: Shopper) -> None:
    expect(visitor.launcher).to_be_visible()
    before = visitor.page.locator("h1").bounding_box()
    width = visitor.page.evaluate("document.documentElement.scrollWidth")
    visitor.open()
    visitor.write_and_arrive("Hello.")
    visitor.see("close").click()
    expect(visitor.page.locator("sonnim-chat iframe")).to_be_hidden()
    assert shift(visitor.page) == 0
    assert visitor.page.locator("h1").bounding_box() == before
    assert visitor.page.evaluate("document.documentElement.scrollWidth") == width


def test_the_store_pays_for_one_small_script_until_somebody_is_interested(
    foreign: ForeignStore, site: LiveServer, windows: Windows
) -> None:
    windows.forgive(FAVICON)
    page = windows.open()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.url.startswith(site.url) else None)
    page.goto(foreign.url, wait_until="networkidle")
    expect(Shopper(page).launcher).to_be_visible()
    assert len(asked) == 1
    Shopper(page).launcher.hover()
    expect(page.locator("sonnim-chat iframe")).to_be_attached()


def test_a_desk_that_does_not_answer_holds_nothing_up(foreign: ForeignStore, windows: Windows) -> None:
    windows.forgive(FAVICON)
    page = windows.open()
    held: list[Route] = []
    page.route("**/widget/*.js", lambda route: held.append(route))
    page.goto(foreign.url, wait_until="domcontentloaded")
    page.get_by_text("More of it").click()
    assert page.url.endswith("#more")
    assert len(held) == 1
    held[0].continue_()
    expect(Shopper(page).launcher).to_be_visible()


def test_a_desk_that_is_down_leaves_the_page_as_it_was(foreign: ForeignStore, windows: Windows) -> None:
    windows.forgive(FAVICON, "net::ERR_")
    page = windows.open()
    page.route("**/widget/*.js", lambda route: route.abort())
    page.goto(foreign.url)
    expect(page.get_by_role("heading", name="Blue kettle")).to_be_visible()
    expect(page.locator("sonnim-chat")).to_have_count(0)


def keys_arrive(visitor: Shopper) -> None:
    """Press a key that changes nothing until the chat hears it.

    A browser tells its processes of a new focus one after the other: for some milliseconds the chat says that it has
    the focus, while what is typed still goes to the page. Nobody types as soon as that but a test.
    """
    frame = visitor.page.frames[1]
    frame.evaluate("addEventListener('keyup', () => (window.hears = true), {once: true, capture: true})")
    for _ in range(100):
        visitor.page.keyboard.press("End")
        if frame.evaluate("window.hears === true"):
            frame.evaluate("delete window.hears")
            return
        visitor.page.wait_for_timeout(50)
    raise AssertionError("the chat has the focus and hears no key")


def test_everything_is_reached_with_the_keyboard_alone(visitor: Shopper) -> None:
    page = visitor.page
    expect(visitor.launcher).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(visitor.launcher).to_be_focused()
    page.keyboard.press("Enter")
    expect(visitor.composer).to_be_focused()
    keys_arrive(visitor)
    page.keyboard.type("Written without a mouse")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("in two lines")
    expect(visitor.composer).to_have_value("Written without a mouse\nin two lines")
    page.keyboard.press("Enter")
    expect(visitor.mine).to_contain_text("in two lines")
    expect(visitor.composer).to_have_value("")
    page.keyboard.press("Tab")
    expect(visitor.see("attach")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("sonnim-chat iframe")).to_be_hidden()
    expect(visitor.launcher).to_be_focused()
    page.keyboard.press("Enter")
    expect(visitor.composer).to_be_focused()
    keys_arrive(visitor)
    for _ in range(10):  # past what the chat asks when nobody is there
        page.keyboard.press("Shift+Tab")
        if visitor.see("close").evaluate("button => button === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(visitor.launcher).to_be_focused()


def test_text_being_composed_is_not_sent_by_the_enter_that_ends_the_composition(visitor: Shopper) -> None:
    visitor.open()
    line = visitor.page.context.new_cdp_session(visitor.page.frames[1])
    visitor.composer.focus()
    line.send("Input.imeSetComposition", {"text": "안녕", "selectionStart": 2, "selectionEnd": 2})
    visitor.composer.dispatch_event("keydown", {"key": "Enter", "keyCode": 229, "isComposing": True, "bubbles": True})
    expect(visitor.messages).to_have_count(0)
    line.send("Input.insertText", {"text": "안녕하세요"})
    visitor.page.keyboard.press("Enter")
    expect(visitor.mine).to_have_text(re.compile("안녕하세요"))


def test_on_a_phone_the_chat_takes_the_screen_and_gives_it_back(new_shopper: NewShopper) -> None:
    shopper = new_shopper("ko", phone=True)
    shopper.launcher.tap()
    expect(shopper.see("greeting")).to_be_in_viewport()
    frame = shopper.page.locator("sonnim-chat iframe")
    assert frame.bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
    expect(shopper.composer).to_be_in_viewport()
    expect(shopper.see("send")).to_be_in_viewport(ratio=1)
    shopper.composer.fill("휴대폰으로 여쭤봅니다.")
    shopper.see("send").tap()
    expect(shopper.tick).to_have_attribute("data-tick", "sent")
    assert shopper.page.evaluate("getComputedStyle(document.documentElement).overflowY") == "hidden"
    assert shopper.chat.locator("html").evaluate("html => html.scrollWidth <= innerWidth")
    shopper.see("close").tap()
    expect(shopper.page.locator("sonnim-chat iframe")).to_be_hidden()
    assert shopper.page.evaluate("getComputedStyle(document.documentElement).overflowY") != "hidden"
