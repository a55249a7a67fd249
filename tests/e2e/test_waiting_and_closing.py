"""While a shopper waits, when the shop is closed, and when a conversation ends."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.agent import AgentPeople
from tests.e2e.axe import findings
from tests.e2e.conftest import NewShopper
from tests.e2e.shopper import Shopper
from tests.e2e.window import Windows

pytestmark = pytest.mark.browser


def test_a_closed_shop_says_so_and_takes_the_question_with_an_address(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    owner = agents.come("owner", windows, path="/settings/widget")
    owner.see("open-mode").get_by_text(owner.says("widget.open.closed"), exact=True).click()
    expect(owner.page.get_by_text(owner.says("common.saved"))).to_be_visible()
    try:
        shopper = new_shopper("zh")
        shopper.open()
        expect(shopper.see("presence")).to_have_text(shopper.says("presence.closed"))
        expect(shopper.see("closed")).to_have_text(shopper.says("closed"))
        shopper.write_and_arrive("请问明天可以发货吗？")
        prompt = shopper.see("contact-prompt")
        expect(prompt).to_contain_text(shopper.says("contact.title"))
        prompt.get_by_label(shopper.says("contact.email")).fill("mei@example.test")
        prompt.get_by_role("button", name=shopper.says("contact.save")).click()
        expect(shopper.read("contact.thanks")).to_be_visible()
        assert findings(shopper.page.frames[1]) == []
    finally:
        owner.see("open-mode").get_by_text(owner.says("widget.open.auto"), exact=True).click()
        expect(owner.page.get_by_text(owner.says("common.saved")).last).to_be_visible()
    owner.go("/inbox/waiting")
    owner.open("请问明天可以发货吗？")
    expect(owner.page.get_by_text("mei@example.test").first).to_be_visible()


def test_a_shopper_who_waits_sees_how_many_come_first(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    haoran = agents.come("haoran", windows)
    first, second = new_shopper("en"), new_shopper("ko")
    first.open()
    first.write_and_arrive("I was here first.")
    second.open()
    second.write_and_arrive("저는 그다음이에요.")
    expect(second.see("place")).to_contain_text("명")
    haoran.open("저는 그다음이에요.")
    haoran.answer("제가 도와드릴게요.")
    second.has_read("제가 도와드릴게요.")
    expect(second.see("place")).to_be_hidden()


def settled(shopper: Shopper, agents: AgentPeople, windows: Windows, words: str) -> None:
    shopper.open()
    shopper.write_and_arrive(words)
    nora = agents.come("nora", windows)
    nora.open(words)
    nora.answer("Here you are.")
    nora.see("resolve").click()
    expect(shopper.see("solved-yes")).to_be_visible()


def test_solved_is_one_tap_and_words_reach_the_desk(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    shopper = new_shopper("ko")
    settled(shopper, agents, windows, "배송이 언제인가요? 해결 시험")
    assert findings(shopper.page.frames[1]) == []
    shopper.see("solved-yes").click()
    shopper.see("solved-words").fill("친절하게 알려 주셔서 고맙습니다.")
    shopper.read("solved.send").click()
    expect(shopper.read("solved.thanks")).to_be_visible()
    assert findings(shopper.page.frames[1]) == []
    nora = agents.come("nora", windows)
    nora.open("Here you are.", queue="resolved")
    expect(nora.entries.filter(has_text=nora.says("event.solvedYes")).last).to_contain_text("친절하게")


def test_not_yet_brings_the_conversation_back_to_the_desk(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    shopper = new_shopper("zh")
    settled(shopper, agents, windows, "还没有解决的问题")
    shopper.see("solved-no").click()
    expect(shopper.see("resolved")).to_be_hidden()
    expect(shopper.composer).to_be_focused()
    haoran = agents.come("haoran", windows, path="/inbox/all")
    haoran.open("Here you are.", queue="all")
    expect(haoran.entries.filter(has_text=haoran.says("event.solvedNo"))).to_be_visible()


def test_a_shopper_takes_the_conversation_home(new_shopper: NewShopper, agents: AgentPeople, windows: Windows) -> None:
    shopper = new_shopper("en")
    settled(shopper, agents, windows, "Please keep this for me.")
    shopper.see("copy").click()
    with shopper.page.expect_download() as waiting:
        shopper.see("copy-save").click()
    page = Path(waiting.value.path()).read_text("utf-8")
    assert "Please keep this for me." in page
    assert "Here you are." in page
    expect(shopper.read("copy.saved")).to_be_visible()


def test_a_shopper_who_comes_back_finds_the_conversation_and_the_unsent_text(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    shopper = new_shopper("ko")
    shopper.open()
    shopper.write_and_arrive("나중에 다시 올게요.")
    shopper.composer.fill("아직 쓰고 있던 글")
    nora = agents.come("nora", windows)
    nora.open("나중에 다시 올게요.")
    shopper.page.goto("about:blank")
    expect(nora.see("left")).to_be_visible(timeout=15_000)
    nora.answer("기다리고 있을게요.")
    back = windows.another(shopper.page.context)
    back.goto(f"{agents.site.url}/store/?lang=ko")
    again = Shopper(back, locale="ko")
    again.open()
    again.has_read("기다리고 있을게요.")
    expect(again.composer).to_have_value("아직 쓰고 있던 글")
    expect(nora.see("left")).to_be_hidden()


def test_agents_see_what_is_being_written_only_where_the_shop_says_so_to_the_shopper(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    shopper = new_shopper("en")
    shopper.open()
    shopper.write_and_arrive("I have a question about typing.")
    nora = agents.come("nora", windows)
    nora.open("I have a question about typing.")
    shopper.composer.press_sequentially("secret thought")
    expect(nora.see("typing")).to_be_visible()
    expect(nora.see("typing-preview")).to_be_hidden()
    expect(shopper.see("preview-notice")).to_be_hidden()

    owner = agents.come("owner", windows, path="/settings/widget")
    owner.see("typing-preview").check(force=True)
    owner.see("widget-save").click()
    expect(owner.see("widget-save")).to_be_disabled()
    shopper.reload()
    expect(shopper.composer).to_have_value("secret thought")
    expect(shopper.see("preview-notice")).to_be_visible()
    for word in ("shown", "now", "as", "it", "stands", "here"):
        shopper.composer.press_sequentially(f" {word}", delay=150)
    expect(nora.see("typing-preview")).to_contain_text("shown now", timeout=15_000)
