"""Forms: an owner makes one, a shopper fills it in, an agent answers by mail, and the shopper's answer comes back."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import FilePayload, Frame, Page, expect

from sonnim.channels.kinds.webform import tokens
from tests.conftest import StartServer
from tests.e2e import axe
from tests.e2e.agent import AgentPeople
from tests.e2e.conftest import UNHURRIED
from tests.e2e.foreign import ForeignStore
from tests.e2e.letters import ADDRESS, PostOffice, mail
from tests.e2e.window import Windows
from tests.providers.smtp import Postman
from tests.providers.sonnim import LiveServer

pytestmark = pytest.mark.browser
SHOPPER = "jiwoo@mail.example"
WRITTEN = {"name": "林小雨", "email": "xiaoyu@mail.example", "order": "A-7", "message": "少了盖子"}
RENAME_ELSEWHERE = """async (name) => {
    const asked = async (path, more) => (await fetch(`/api/v1${path}`, more)).json();
    const forms = `/shops/${(await asked("/me")).shops[0].id}/forms`;
    const { id, v } = (await asked(forms)).items.at(-1);
    const token = document.cookie.match(/csrftoken=([^;]+)/)[1];
    const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
    await asked(`${forms}/${id}`, { method: "PATCH", headers, body: JSON.stringify({ v, name }) });
}"""
"""What somebody else at the desk does to the newest form meanwhile."""
PICTURE: FilePayload = {"name": "금간 항아리.txt", "mimeType": "text/plain", "buffer": b"a crack"}


@pytest.fixture(scope="module")
def postman() -> Iterator[Postman]:
    with Postman() as started:
        yield started


@pytest.fixture(scope="module")
def site(start_server: StartServer, postman: Postman) -> LiveServer:
    return start_server(demo=True, SONNIM_OUTGOING_TRUSTED=postman.address, **UNHURRIED)


@pytest.fixture(scope="module")
def post_office(site: LiveServer, postman: Postman) -> PostOffice:
    return PostOffice(site, postman)


@pytest.fixture(scope="module")
def address(site: LiveServer) -> str:
    """The page of a form for claims."""
    site.env["DJANGO_SETTINGS_MODULE"] = "sonnim.config.settings"
    made = site.python(
        "-c",
        "import django; django.setup()\n"
        "from sonnim.accounts.callers import Actor\n"
        "from sonnim.accounts.models import Agent\n"
        "from sonnim.channels.kinds.webform import words\n"
        "from sonnim.channels.kinds.webform.actions.forms import create_form\n"
        "owner = Agent.objects.select_related('shop', 'user').filter(role='owner').first()\n"
        "claim = words.templates()[1]\n"
        "print(create_form(actor=Actor(owner), wanted={**claim, 'name': 'Claims'}).key)",
    )
    return f"{site.url}/forms/{made.strip()}"


def fill_in(page: Page, *, text: str, email: str = SHOPPER) -> None:
    page.locator("[name=name]").fill("김지우")
    page.locator("[name=email]").fill(email)
    page.locator("[name=order]").fill("A-1001")
    page.locator("[name=problem]").select_option("broken")
    page.locator("[name=message]").fill(text)
    page.locator("[name=consent]").check()


def send(page: Page | Frame) -> None:
    """Press the button as late as a person does: who is quicker is asked to wait."""
    page.wait_for_timeout(tokens.SHORTEST_MS + 100)
    page.get_by_test_id("form-send").click()


def test_a_claim_is_answered_by_mail_and_the_answer_comes_back(
    agents: AgentPeople, windows: Windows, address: str, post_office: PostOffice, postman: Postman
) -> None:
    windows.forgive("422", "401 (Unauthorized)")
    page = windows.open(locale="ko", phone=True)
    page.goto(address)
    assert axe.findings(page) == []
    page.locator("[name=name]").fill("김지우")
    page.locator("input[type=file]").set_input_files(PICTURE)
    send(page)
    errors = page.get_by_test_id("form-errors")
    expect(errors).to_be_focused()
    expect(errors.get_by_role("link")).to_have_count(5)
    expect(page.locator("[name=name]")).to_have_value("김지우")
    assert axe.findings(page) == []
    errors.get_by_role("link").first.click()
    expect(page.locator("[name=email]")).to_be_focused()
    fill_in(page, text="항아리에 금이 갔어요.")
    send(page)
    expect(page.get_by_test_id("form-done")).to_be_focused()
    assert axe.findings(page) == []

    seoyeon = agents.come("seoyeon", windows)
    seoyeon.row("김지우").click()
    card = seoyeon.timeline.get_by_test_id("card")
    expect(card).to_contain_text("깨지거나 망가졌어요")
    expect(card).to_contain_text("항아리에 금이 갔어요.")
    expect(seoyeon.timeline.get_by_text("금간 항아리.txt")).to_be_visible()
    seoyeon.editor_is_there()
    assert axe.findings(seoyeon.page) == []
    seoyeon.answer("새 항아리를 보내 드릴게요.")
    [letter] = [each for each in postman.wait_for(1) if SHOPPER in each.recipients]
    plain = letter.message.get_body(("plain",))
    assert plain is not None
    assert "새 항아리를 보내 드릴게요." in plain.get_content()
    about = seoyeon.page.url

    back = mail(
        f"Re: {letter.message['Subject'].removeprefix('Re: ')}",
        "고맙습니다, 기다릴게요!",
        sender=f"김지우 <{SHOPPER}>",
        to=str(letter.message["Reply-To"] or ADDRESS),
        in_reply_to=str(letter.message["Message-ID"]),
    )
    post_office.bring(back)
    expect(seoyeon.entries.filter(has_text="고맙습니다, 기다릴게요!")).to_be_visible()
    assert seoyeon.page.url == about


def test_a_form_can_be_sent_without_scripts(agents: AgentPeople, windows: Windows, address: str) -> None:
    page = windows.open(locale="en", java_script_enabled=False)
    windows.forgive("422")
    page.goto(address)
    fill_in(page, text="", email="no-scripts@mail.example")
    send(page)
    expect(page.get_by_test_id("form-errors")).to_contain_text("What happened – Please fill this in.")
    page.locator("[name=message]").fill("It came without a lid.")
    send(page)
    expect(page.get_by_test_id("form-done")).to_be_visible()
    nora = agents.come("nora", windows)
    expect(nora.row("no-scripts@mail.example")).to_be_visible()


def test_a_form_stands_within_a_page_of_the_store(
    agents: AgentPeople, windows: Windows, address: str, site: LiveServer
) -> None:
    with ForeignStore(desk=site.url, loader=f"{address}.js", locale="zh") as store:
        page = windows.open(locale="zh", color_scheme="dark")
        page.goto(store.url)
        frame = page.frame_locator("iframe")
        expect(frame.get_by_role("heading", level=1)).to_have_text("商品有问题吗？")
        page.wait_for_function("document.querySelector('iframe').offsetHeight > 700")
        inner = next(each for each in page.frames if "/forms/" in each.url)
        inner.locator("[data-theme=light]").wait_for()  # as the store is, whatever the reader prefers elsewhere
        assert axe.findings(inner) == []
        for name, value in WRITTEN.items():
            inner.locator(f"[name={name}]").fill(value)
        inner.locator("[name=problem]").select_option("missing")
        inner.locator("[name=consent]").check()
        send(inner)
        expect(frame.get_by_test_id("form-done")).to_be_visible()
        haoran = agents.come("haoran", windows)
        haoran.row("林小雨").click()
        expect(haoran.timeline.get_by_test_id("card").get_by_role("link", name="Blue kettle")).to_have_attribute(
            "href", re.compile(re.escape(store.url))
        )


def test_an_owner_makes_a_form_words_it_and_changes_its_order(agents: AgentPeople, windows: Windows) -> None:
    owner = agents.come("owner", windows, path="/settings/forms")
    owner.see("new-form").click()
    owner.see("template-callback").click()
    owner.see("form-name").fill("전화 부탁")
    owner.see("add-field").click()
    owner.see("add-choice").click()
    owner.see("field-label").fill("어느 매장인가요?")
    owner.see("field-option").fill("성수점")
    owner.see("add-option").click()
    owner.see("field-option").last.fill("한남점")
    owner.see("field-required").check(force=True)
    last = owner.see("field-handle").last
    last.focus()
    for _ in range(7):
        owner.page.keyboard.press("ArrowUp")
    expect(owner.see("field").first).to_contain_text("어느 매장인가요?")
    preview = owner.page.frame_locator("[data-testid=form-preview]")
    expect(preview.locator(".field").first).to_contain_text("어느 매장인가요?")
    assert axe.findings(owner.page) == []
    owner.see("form-save").click()
    expect(owner.see("form-tag")).to_contain_text(".js")
    shown = owner.see("form-page").inner_text()
    owner.page.keyboard.press("Escape")
    assert axe.findings(owner.page) == []
    page = windows.open(locale="ko")
    page.goto(shown)
    expect(page.get_by_label("어느 매장인가요?")).to_be_visible()
    expect(page.locator("select").first.locator("option")).to_have_count(3)

    owner.see("form-edit").last.click()
    owner.see("form-name").fill("전화 부탁해요")
    windows.forgive("409")
    owner.page.evaluate(RENAME_ELSEWHERE, "누가 먼저 고친 이름")
    owner.see("form-save").click()
    expect(owner.see("form-overtaken")).to_be_visible()
    assert axe.findings(owner.page) == []
    owner.see("form-theirs").click()
    expect(owner.see("form-name")).to_have_value("누가 먼저 고친 이름")
    owner.see("form-name").fill("전화 부탁해요")
    owner.page.evaluate(RENAME_ELSEWHERE, "또 고친 이름")
    owner.see("form-save").click()
    owner.see("form-mine").click()
    expect(owner.see("form-line").last).to_contain_text("전화 부탁해요")
