"""The screens, each by name: how to get there, and the picture."""

import re

from playwright.sync_api import expect

from tests.screenshots.stage import Scene, Stage

QUEUES = ("waiting", "waiting_all", "unassigned", "mine", "team", "mentioned", "all", "snoozed", "resolved", "spam")
SECTIONS = (
    "shop", "business", "shops", "widget", "hours", "agents", "roles", "teams", "tags", "scripts",
    "notifications", "tokens", "audit",
)  # fmt: skip
WORDS = {
    "asked": {
        "ko": "안녕하세요, 이 그릇 지금 주문하면 언제 오나요?",
        "zh": "您好，这个碗今天下单什么时候能到？",
        "en": "Hello, when would this bowl arrive if I order now?",
    },
    "answer": {
        "ko": "안녕하세요, 온기의 소연입니다. 오늘 세 시 전에 주문하시면 내일 받아 보실 수 있어요.",
        "zh": "您好，我是温器的浩然。今天三点前下单，明天就能送到您手中。",
        "en": "Hello, Nora here. Order before three today and it will be with you tomorrow.",
    },
    "query": {"ko": "그릇", "zh": "碗", "en": "bowl"},
    "question": {
        "ko": "배송비를 빼 드려도 될까요?",
        "zh": "可以给这位顾客免运费吗？",
        "en": "May I waive the shipping fee here?",
    },
}
ANSWERS = {"ko": "seoyeon", "zh": "haoran", "en": "nora"}


def sign_in(stage: Stage) -> None:
    page = stage.page()
    page.goto(f"{stage.site.url}/console/")
    expect(page.get_by_test_id("sign-in")).to_be_visible()
    stage.shoot(page, "sign-in")
    page.goto(f"{stage.site.url}/console/reset")
    expect(page.get_by_test_id("reset-email")).to_be_visible()
    stage.shoot(page, "sign-in-reset")


def pages(stage: Stage) -> None:
    page = stage.page()
    for name, path in (("welcome", "/"), ("help", "/help/"), ("store", "/store/")):
        page.goto(f"{stage.site.url}{path}?lang={stage.look.locale}")
        stage.shoot(page, f"page-{name}")


def queues(stage: Stage) -> None:
    agent = stage.agent()
    for queue in QUEUES:
        agent.go(f"/inbox/{queue}")
        expect(agent.rows.or_(agent.see("empty")).first).to_be_visible()
        stage.shoot(agent.page, f"inbox-{queue}")


def list_tools(stage: Stage) -> None:
    agent = stage.agent(path="/inbox/all")
    expect(agent.rows.first).to_be_visible()
    agent.see("list-menu").click()
    stage.shoot(agent.page, "inbox-menu")
    agent.see("list-select").click()
    agent.see("row-tick").nth(0).click()
    agent.see("row-tick").nth(2).click(modifiers=["Shift"])
    stage.shoot(agent.page, "inbox-many-chosen")
    if not stage.look.phone:
        agent.go("/inbox/all")
        expect(agent.rows.first).to_be_visible()
        agent.page.keyboard.press("v")
        expect(agent.see("view-name")).to_be_visible()
        stage.shoot(agent.page, "inbox-view-builder")


def conversation(stage: Stage) -> None:
    agent = stage.agent(path="/inbox/all")
    agent.rows.first.click()
    expect(agent.entries.first).to_be_visible()
    stage.shoot(agent.page, "conversation")
    for name in ("snooze", "assign", "more"):
        agent.see(name).first.click()
        stage.shoot(agent.page, f"conversation-{name}")
        agent.page.keyboard.press("Escape")
    agent.see("send-more").click()
    stage.shoot(agent.page, "conversation-send-menu")
    agent.page.keyboard.press("Escape")
    expect(agent.page.get_by_role("menu")).to_have_count(0)
    agent.composer.focus()
    agent.composer.press_sequentially("/")
    expect(agent.see("suggestions")).to_be_visible()
    stage.shoot(agent.page, "composer-canned")
    agent.composer.press("Escape")
    agent.composer.press("Backspace")


def note(stage: Stage) -> None:
    agent = stage.agent(path="/inbox/all")
    agent.rows.nth(1).click()
    expect(agent.entries.first).to_be_visible()
    agent.see("composer-kind").get_by_text(agent.says("composer.note"), exact=True).click()
    agent.composer.focus()
    agent.composer.press_sequentially("@")
    expect(agent.see("suggestions")).to_be_visible()
    stage.shoot(agent.page, "composer-mention")


def asking(stage: Stage) -> None:
    agent = stage.agent(ANSWERS[stage.look.locale], path="/inbox/all")
    agent.rows.first.click()
    expect(agent.entries.first).to_be_visible()
    agent.see("more").first.click()
    agent.see("more-ask").click()
    agent.see("ask-text").fill(WORDS["question"][stage.look.locale])
    stage.shoot(agent.page, "ask")
    agent.see("ask-act").click()
    expect(agent.see("question").first).to_be_visible()
    stage.shoot(agent.page, "asked")
    owner = stage.agent(path="/decisions")
    stage.shoot(owner.page, "decisions")


def finding(stage: Stage) -> None:
    agent = stage.agent(path="/search")
    stage.shoot(agent.page, "search-empty")
    agent.see("search-input").fill(WORDS["query"][stage.look.locale])
    expect(agent.see("search-results").get_by_role("link").first).to_be_visible()
    stage.shoot(agent.page, "search")
    agent.see("search-input").fill("qqqq zzzz")
    stage.shoot(agent.page, "search-nothing")


def palette(stage: Stage) -> None:
    if stage.look.phone:
        return
    agent = stage.agent()
    expect(agent.rows.first).to_be_visible()
    agent.page.keyboard.press("Control+k")
    expect(agent.see("palette-input")).to_be_focused()
    stage.shoot(agent.page, "palette")
    agent.page.keyboard.press("Escape")
    agent.page.keyboard.press("?")
    stage.shoot(agent.page, "keys")


def contacts(stage: Stage) -> None:
    agent = stage.agent(path="/contacts")
    expect(agent.see("contact-row").first).to_be_visible()
    stage.shoot(agent.page, "contacts")
    agent.see("contact-row").first.click()
    expect(agent.see("contact-panel")).to_be_visible()
    stage.shoot(agent.page, "contact")
    agent.see("contact-more").click()
    agent.see("contact-merge").click()
    expect(agent.see("merge-search")).to_be_visible()
    stage.shoot(agent.page, "contact-merge")


def notices(stage: Stage) -> None:
    agent = stage.agent(path="/notifications")
    stage.shoot(agent.page, "notices")


def settings(stage: Stage) -> None:
    agent = stage.agent(path="/settings")
    stage.shoot(agent.page, "settings")
    for section in SECTIONS:
        agent.go(f"/settings/{section}")
        expect(agent.page.get_by_role("heading").first).to_be_visible()
        stage.shoot(agent.page, f"settings-{section}")


def people_and_account(stage: Stage) -> None:
    agent = stage.agent(path="/people")
    expect(agent.see("person").first).to_be_visible()
    stage.shoot(agent.page, "people")
    agent.go("/account")
    expect(agent.see("session").first).to_be_visible()
    stage.shoot(agent.page, "account")


def first_steps(stage: Stage) -> None:
    agent = stage.agent(path="/welcome")
    stage.shoot(agent.page, "first-steps")


def chat(stage: Stage) -> None:
    said = WORDS["asked"][stage.look.locale]
    shopper = stage.shopper()
    expect(shopper.launcher).to_be_visible()
    stage.shoot(shopper.page, "widget-closed")
    shopper.open()
    stage.shoot(shopper.page, "widget-greeting")
    shopper.composer.fill(said)
    shopper.see("send").click()  # on a phone, Enter is a new line
    expect(shopper.mine.first).to_be_visible()
    stage.shoot(shopper.page, "widget-asked")
    agent = stage.agent(ANSWERS[stage.look.locale])
    agent.rows.filter(has_text=said).first.click()
    expect(agent.timeline.get_by_text(said)).to_be_visible()
    agent.composer.fill(WORDS["answer"][stage.look.locale])
    agent.see("send").click()
    expect(shopper.theirs.first).to_be_visible()
    stage.shoot(shopper.page, "widget-answered")
    stage.shoot(agent.page, "desk-answered")
    expect(shopper.page).to_have_title(re.compile(".+"))
    agent.see("resolve").click()
    expect(shopper.see("solved-yes")).to_be_visible()
    stage.shoot(shopper.page, "widget-solved")


SCENES: dict[str, Scene] = {
    "sign-in": sign_in,
    "pages": pages,
    "queues": queues,
    "list": list_tools,
    "conversation": conversation,
    "note": note,
    "ask": asking,
    "search": finding,
    "palette": palette,
    "contacts": contacts,
    "notices": notices,
    "settings": settings,
    "people": people_and_account,
    "first-steps": first_steps,
    "chat": chat,
}
