"""Writing at the desk: with more than characters, with ready answers, and with time to change one's mind."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.e2e.agent import FACES, Agent, AgentPeople
from tests.e2e.axe import findings
from tests.e2e.conftest import NewShopper
from tests.e2e.shopper import Shopper
from tests.e2e.window import Windows

pytestmark = pytest.mark.browser

AWAY = ("ERR_INTERNET_DISCONNECTED", "WebSocket connection", "Failed to fetch", "Service Worker")


def asked(new_shopper: NewShopper, text: str, locale: str = "en") -> Shopper:
    shopper = new_shopper(locale)
    shopper.open()
    shopper.write_and_arrive(text)
    return shopper


def with_formats(agent: Agent) -> Locator:
    """The field, once its editor has arrived."""
    field = agent.composer.and_(agent.page.locator("[contenteditable=true]"))
    expect(field).to_be_visible()
    return field


def test_what_is_written_with_form_arrives_and_can_be_taken_back(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    shopper = asked(new_shopper, "깨진 채로 왔어요", "ko")
    seoyeon = agents.come("seoyeon", windows)
    seoyeon.open("깨진 채로 왔어요")
    field = with_formats(seoyeon)
    field.press_sequentially("**죄송합니다.** 사진을")
    field.press("Shift+Enter")
    field.press_sequentially("1. 앞에서")
    field.press("Shift+Enter")
    field.press_sequentially("뒤에서")
    expect(field.locator("strong")).to_have_text("죄송합니다.")
    expect(field.locator("ol li")).to_have_text(["앞에서", "뒤에서"])
    field.press("Enter")
    sent = seoyeon.entries.filter(has_text="뒤에서")
    expect(sent.locator("strong")).to_have_text("죄송합니다.")
    expect(sent.locator("ol li")).to_have_count(2)
    shopper.has_read("죄송합니다.")
    expect(field).to_have_text("")

    seoyeon.page.keyboard.press("Alt+z")
    expect(shopper.theirs.filter(has_text="죄송합니다.")).to_have_count(0)
    expect(field.locator("ol li")).to_have_text(["앞에서", "뒤에서"])
    expect(seoyeon.entries.filter(has_text="뒤에서")).to_have_count(0)
    seoyeon.see("queue-waiting").click()
    expect(seoyeon.row("깨진 채로 왔어요")).to_be_visible()
    shopper.page.reload()
    expect(shopper.mine.filter(has_text="깨진 채로 왔어요")).to_be_visible()
    expect(shopper.theirs.filter(has_text="죄송합니다.")).to_have_count(0)


def test_a_ready_answer_comes_by_a_slash_in_the_shoppers_language_with_their_name(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    shopper = asked(new_shopper, "收到的时候已经碎了", "zh")
    haoran = agents.come("haoran", windows)
    haoran.open("收到的时候已经碎了")
    field = with_formats(haoran)
    field.press_sequentially("/hel")
    expect(haoran.see("suggestion")).to_have_count(1)
    field.press("Enter")
    expect(field).to_contain_text(f"您好！我是温器的{FACES['haoran']}")
    field.press("Enter")
    shopper.has_read("您好！我是温器的")
    field.press_sequentially("/破损")
    field.press("Tab")
    expect(field.locator("ol li")).to_have_count(2)
    field.press("Control+a")
    field.press("Delete")
    field.press_sequentially("您好 {{contact.email}}")
    expect(haoran.see("send")).to_be_disabled()
    expect(haoran.see("composer-hint")).to_contain_text("{{contact.email}}")
    field.press("Control+a")
    field.press_sequentially("A/B 都可以，10/20 也行")
    expect(haoran.see("suggestions")).to_have_count(0)


def test_a_note_calls_a_colleague_and_never_becomes_an_answer(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    shopper = asked(new_shopper, "Is the kiln-side set still there?")
    nora = agents.come("nora", windows)
    nora.open("Is the kiln-side set still there?")
    field = with_formats(nora)
    nora.see("composer-kind").get_by_text(nora.says("composer.note"), exact=True).click()
    field.press_sequentially("@서연")
    nora.see("suggestion").filter(has_text=FACES["seoyeon"]).click()
    field.press_sequentially("can you look?")
    expect(nora.see("composer-hint")).to_contain_text(nora.says("composer.draftSaved"))
    nora.page.reload()
    expect(nora.composer).to_contain_text(f"@{FACES['seoyeon']}")
    expect(nora.see("send")).to_have_text(nora.says("composer.saveNote"))
    with_formats(nora).press("Enter")
    note = nora.entries.filter(has_text="can you look?")
    expect(note).to_have_attribute("data-kind", "note")
    expect(note).to_contain_text(f"@{FACES['seoyeon']}")
    expect(shopper.theirs).to_have_count(0)


def test_who_wants_to_can_have_every_message_held_and_undo_it(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    shopper = asked(new_shopper, "Can I have it by Friday?")
    nora = agents.come("nora", windows)
    nora.open("Can I have it by Friday?")
    field = with_formats(nora)
    nora.see("send-more").click()
    nora.see("menu-hold").click()
    nora.page.keyboard.press("Escape")
    expect(nora.see("menu-hold")).to_be_hidden()  # a menu gives the focus back as it goes
    field.click()
    field.press_sequentially("No.")
    field.press("Enter")
    expect(nora.see("held")).to_contain_text("No.")
    expect(shopper.theirs).to_have_count(0)
    nora.see("held-undo").click()
    expect(nora.see("held")).to_have_count(0)
    expect(field).to_have_text("No.")
    field.press("Control+a")
    field.press_sequentially("Yes, it leaves today.")
    field.press("Enter")
    nora.see("held-now").click()
    shopper.has_read("Yes, it leaves today.")
    expect(shopper.theirs).to_have_count(1)


def test_a_message_is_sent_later_moved_withdrawn_and_written_anew(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    windows.forgive("422")  # the moment that is too far away
    shopper = asked(new_shopper, "내일 알려 주세요", "ko")
    seoyeon = agents.come("seoyeon", windows)
    seoyeon.open("내일 알려 주세요")
    field = with_formats(seoyeon)
    field.press_sequentially("오늘 도착해요!")
    field.press("Alt+Enter")
    seoyeon.see("later-tomorrow").click()
    waiting = seoyeon.see("scheduled")
    expect(waiting).to_contain_text("오늘 도착해요!")
    expect(field).to_have_text("")
    seoyeon.page.reload()
    expect(waiting).to_contain_text("오늘 도착해요!")
    before = waiting.inner_text()
    seoyeon.see("scheduled-menu").click()
    seoyeon.see("scheduled-move").click()
    seoyeon.see("snooze-time").fill("2099-01-01T10:00")
    seoyeon.see("snooze-confirm").click()
    expect(seoyeon.page.get_by_role("alert")).to_be_visible()
    assert waiting.inner_text() == before
    seoyeon.see("scheduled-menu").click()
    seoyeon.see("scheduled-edit").click()
    expect(waiting).to_have_count(0)
    expect(seoyeon.composer).to_have_text("오늘 도착해요!")
    with_formats(seoyeon).press("Alt+Enter")
    seoyeon.see("later-hour").click()
    seoyeon.see("scheduled-menu").click()
    seoyeon.see("scheduled-now").click()
    shopper.has_read("오늘 도착해요!")
    expect(waiting).to_have_count(0)


def test_sending_and_snoozing_are_one_step(new_shopper: NewShopper, agents: AgentPeople, windows: Windows) -> None:
    shopper = asked(new_shopper, "Let us speak tomorrow.")
    nora = agents.come("nora", windows)
    nora.open("Let us speak tomorrow.")
    field = with_formats(nora)
    field.press_sequentially("Until tomorrow, then.")
    field.press("Control+Shift+Enter")
    nora.see("snooze-tomorrow").click()
    shopper.has_read("Until tomorrow, then.")
    nora.see("queue-snoozed").click()
    expect(nora.row("Until tomorrow, then.")).to_be_visible()


def test_not_a_letter_is_lost_when_the_editor_arrives_late(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    asked(new_shopper, "Hello from a slow line")
    held: list[Route] = []
    nora = agents.come("nora", windows)
    nora.page.route("**/RichEditor-*.js", lambda route: held.append(route))
    nora.page.reload()
    nora.open("Hello from a slow line", to_write=False)
    expect(nora.page.locator("textarea[data-testid=composer-input]")).to_be_visible()
    nora.composer.click()
    nora.page.keyboard.type("Hello\nback".replace("\n", " "))
    nora.page.keyboard.press("ArrowLeft")
    nora.page.keyboard.press("ArrowLeft")
    for route in held:
        route.continue_()
    with_formats(nora)
    nora.page.keyboard.type("!!")
    expect(nora.composer).to_have_text("Hello ba!!ck")


def test_what_was_written_without_a_network_is_there_after_the_tab_was_closed(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    windows.forgive(*AWAY)
    asked(new_shopper, "Written on a train")
    nora = agents.come("nora", windows)
    nora.open("Written on a train")
    address = nora.page.url
    field = with_formats(nora)
    context = nora.page.context
    context.set_offline(True)
    field.press_sequentially("Kept in the tunnel")
    nora.page.wait_for_timeout(1000)
    nora.page.close()
    context.set_offline(False)
    page = windows.another(context)
    page.goto(address)
    again = Agent(page, url=nora.url, locale=nora.locale)
    expect(again.composer).to_contain_text("Kept in the tunnel")
    expect(again.see("composer-hint")).to_contain_text(again.says("composer.draftSaved"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_nobody_is_kept_out_of_the_composer(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows, scheme: str, phone: bool
) -> None:
    question = f"Who can read this, {scheme} {phone}?"
    asked(new_shopper, question)
    options: dict[str, Any] = {"color_scheme": scheme, "phone": phone}
    nora = agents.come("nora", windows, **options)
    if phone:
        nora.go("/inbox/waiting")
        nora.see("list-filter").fill(question)
        nora.row(question).click()
    else:
        nora.open(question)
    field = with_formats(nora)
    if not phone:
        nora.see("format").click()
        expect(nora.see("toolbar")).to_be_visible()
    field.press_sequentially("Please see **this** and `that` ")
    assert findings(nora.page) == []
    field.press_sequentially("/")
    expect(nora.see("suggestion").first).to_be_visible()
    assert findings(nora.page) == []
    field.press("Escape")
    field.press("Backspace")
    nora.see("send-more").click()
    expect(nora.see("menu-later")).to_be_visible()
    assert findings(nora.page, menu=True) == []
