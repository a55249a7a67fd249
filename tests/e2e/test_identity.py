"""A customer who is signed in to the store finds the conversation again in every browser; nobody else does."""

import pytest
from playwright.sync_api import expect

from tests.e2e.agent import AgentPeople
from tests.e2e.conftest import NewShopper
from tests.e2e.shopper import Shopper
from tests.e2e.window import Windows

pytestmark = pytest.mark.browser

JIWOO = "지우"


def sign_in(shopper: Shopper) -> None:
    shopper.page.get_by_test_id("store-sign-in").click()
    expect(shopper.page.get_by_test_id("store-sign-out")).to_be_visible()


def test_history_follows_the_customer_into_a_second_browser_and_not_a_stranger(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    phone, laptop, stranger = new_shopper("ko"), new_shopper("ko"), new_shopper("ko")
    sign_in(phone)
    phone.open()
    phone.write_and_arrive("어제 주문한 찻잔이 언제 올까요?")
    seoyeon = agents.come("seoyeon", windows)
    seoyeon.open("어제 주문한 찻잔이 언제 올까요?")
    expect(seoyeon.see("conversation-title")).to_contain_text(JIWOO)
    expect(seoyeon.see("verified")).to_be_visible()
    seoyeon.answer("내일 도착해요.")

    sign_in(laptop)
    laptop.open()
    laptop.has_read("내일 도착해요.")
    expect(laptop.mine.filter(has_text="어제 주문한 찻잔이 언제 올까요?")).to_be_visible()
    laptop.write_and_arrive("고맙습니다!")
    phone.chat.get_by_text("고맙습니다!").wait_for()

    stranger.open()
    expect(stranger.see("presence")).to_be_visible()
    stranger.write_and_arrive("저는 다른 사람이에요.")
    assert stranger.texts() == ["저는 다른 사람이에요."]


def test_what_was_written_before_signing_in_belongs_to_the_customer(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    shopper = new_shopper("ko")
    shopper.open()
    shopper.write_and_arrive("로그인하기 전에 쓴 글")
    sign_in(shopper)
    expect(shopper.mine.filter(has_text="로그인하기 전에 쓴 글")).to_be_visible()
    seoyeon = agents.come("seoyeon", windows)
    seoyeon.open("로그인하기 전에 쓴 글")
    expect(seoyeon.see("conversation-title")).to_contain_text(JIWOO)


def test_after_signing_out_the_browser_shows_nothing_of_the_customer(new_shopper: NewShopper, windows: Windows) -> None:
    shopper = new_shopper("ko")
    sign_in(shopper)
    shopper.open()
    shopper.write_and_arrive("나만 아는 이야기")
    shopper.page.get_by_test_id("store-sign-out").click()
    expect(shopper.page.get_by_test_id("store-sign-in")).to_be_visible()
    next_person = Shopper(shopper.page, locale="ko")
    if next_person.page.locator("sonnim-chat iframe").is_hidden():
        next_person.launcher.click()
    next_person.write_and_arrive("다음 사람입니다")
    assert next_person.texts() == ["다음 사람입니다"]
    next_person.see("close").click()

    later = Shopper(windows.another(shopper.page.context), locale="ko")
    later.page.goto(shopper.page.url)
    later.open()
    expect(later.mine).to_have_count(1)
    assert JIWOO not in later.see("greeting").inner_text()
    assert later.texts() == ["다음 사람입니다"]
