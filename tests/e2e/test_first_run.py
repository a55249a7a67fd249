"""From an empty data folder to the first message of one's own shop, without reading anything."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import StartServer
from tests.e2e import axe
from tests.e2e.agent import Agent
from tests.e2e.conftest import UNHURRIED
from tests.e2e.shopper import Shopper
from tests.e2e.window import Windows
from tests.providers.sonnim import LiveServer

pytestmark = pytest.mark.browser

PASSWORD = "two bows of celadon"


@pytest.fixture
def empty(start_server: StartServer) -> LiveServer:
    """A machine on which Sonnim has just been started for the first time."""
    return start_server(demo=False, **UNHURRIED)


def link(server: LiveServer) -> str:
    """What stands in the terminal."""
    found = re.findall(r"http\S+/console/start/\S+", server.output)
    assert found, server.output
    return str(found[-1])


def set_up(owner: Agent, address: str, *, name: str = "주인") -> None:
    owner.page.goto(address)
    owner.see("setup-name").fill(name)
    owner.see("setup-email").fill("owner@example.test")
    owner.see("setup-password").fill(PASSWORD)
    owner.see("setup-go").click()
    expect(owner.see("welcome")).to_be_visible()


def practise(owner: Agent) -> Page:
    with owner.page.context.expect_page() as opened:
        owner.see("welcome-try").click()
    return opened.value


def test_a_shop_opens_and_its_first_message_arrives(empty: LiveServer, windows: Windows) -> None:
    windows.forgive("401 (Unauthorized)")
    owner = Agent(windows.open(locale="ko"), url=empty.url, locale="ko")
    owner.page.goto(link(empty))
    expect(owner.see("setup-go")).to_be_visible()
    found = axe.findings(owner.page)
    set_up(owner, link(empty))
    owner.see("welcome-shop-name").fill("온기 그릇")
    found += axe.findings(owner.page)
    owner.see("welcome-next").click()
    expect(owner.see("welcome-tag")).to_contain_text(f"{empty.url}/widget/")
    found += axe.findings(owner.page)
    owner.see("welcome-skip").click()
    shopper = Shopper(practise(owner), locale="ko")
    expect(shopper.page).to_have_title(re.compile("온기 그릇"))
    found += axe.findings(shopper.page)
    shopper.open()
    # The scripts that were offered with the shop's language: the chat greets with one of them.
    expect(shopper.see("greeting")).to_contain_text(
        re.compile("편하게 물어보세요|함께 찾아볼게요|정성껏 답해 드릴게요")
    )
    shopper.write_and_arrive("달항아리 있나요?")
    expect(owner.see("welcome-arrived")).to_contain_text("달항아리 있나요?")
    found += axe.findings(owner.page)
    owner.see("welcome-answer").click()
    owner.answer("네, 두 점 있습니다.")
    expect(shopper.theirs.filter(has_text="네, 두 점 있습니다.")).to_be_visible()
    assert found == []
    owner.go("/")
    expect(owner.page).to_have_url(re.compile("/inbox/waiting"))


def test_what_was_begun_goes_on_where_it_was_left_and_can_be_left_for_good(empty: LiveServer, windows: Windows) -> None:
    windows.forgive("401 (Unauthorized)")
    owner = Agent(windows.open(locale="zh"), url=empty.url, locale="zh")
    set_up(owner, link(empty), name="店主")
    owner.see("welcome-skip").click()
    expect(owner.see("welcome-tag")).to_be_visible()
    owner.page.wait_for_load_state("networkidle")  # how far one is was told to the server
    owner.go("/")
    expect(owner.see("welcome-tag")).to_be_visible()
    expect(owner.page.get_by_role("heading", name=owner.says("welcome.widget.title"))).to_be_visible()
    owner.see("welcome-leave").click()
    expect(owner.see("empty").first).to_be_visible()
    owner.go("/")
    expect(owner.page).to_have_url(re.compile("/inbox/waiting"))


def test_the_link_works_once(empty: LiveServer, windows: Windows) -> None:
    windows.forgive("401 (Unauthorized)", "404 (Not Found)", "WebSocket connection")
    address = link(empty)
    set_up(Agent(windows.open(locale="en"), url=empty.url, locale="en"), address, name="Owner")
    late = Agent(windows.open(locale="en", phone=True), url=empty.url, locale="en")
    late.page.goto(address)
    expect(late.page.get_by_role("heading", name=late.says("setup.overTitle"))).to_be_visible()
    assert axe.findings(late.page) == []
    empty.restart()
    assert "/console/start/" not in empty.output.rsplit("Sonnim is ready", 1)[1]
