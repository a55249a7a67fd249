"""Anybody tries the coach in the help: marks follow what is written, and without scripts the button does the same."""

import pytest
from playwright.sync_api import expect

from tests.e2e.window import Windows
from tests.providers.sonnim import LiveServer

pytestmark = pytest.mark.browser


def test_a_reader_finds_the_coach_in_the_help_and_its_marks_follow_what_they_write(
    site: LiveServer, windows: Windows
) -> None:
    page = windows.open(locale="ko", phone=True)
    page.goto(f"{site.url}/help/?lang=ko")
    page.get_by_role("link", name="코치에게 물어보기").click()
    said = page.locator("#said")
    expect(said.locator("mark")).to_have_text("네")
    page.get_by_label("보내려는 답").fill(
        "안녕하세요, 고객님! 네, 달항아리는 재고가 있고 부산까지 배송비는 4,000원이에요. 지금 주문하시겠어요?"
    )
    expect(said).to_contain_text("짚을 것이 없어요")
    page.get_by_label("보내려는 답").fill("그건 상세 설명을 안 읽으셔서 그래요.")
    expect(said.locator(".marks li").first).to_be_visible()
    expect(said.locator("mark").first).to_be_visible()


def test_without_scripts_the_button_has_the_draft_read(site: LiveServer, windows: Windows) -> None:
    page = windows.open(locale="zh", java_script_enabled=False)
    page.goto(f"{site.url}/help/coach/?lang=zh")
    page.get_by_label("顾客的最后一句话").fill("您好，杯子还有货吗？")
    page.get_by_label("您准备发送的回复").fill("您好！杯子有货，您今天下单，明天就能发出。需要我帮您留一个吗？")
    page.get_by_role("button", name="请读一读").click()
    expect(page.locator("#said")).to_contain_text("没有需要提示的地方")
    expect(page.get_by_label("您准备发送的回复")).to_have_value(
        "您好！杯子有货，您今天下单，明天就能发出。需要我帮您留一个吗？"
    )
