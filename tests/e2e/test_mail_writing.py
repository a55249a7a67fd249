"""Writing mail at the desk: to whom, what became of it, what came back; new ones, and passing one on."""

from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from playwright.sync_api import expect

from tests.conftest import StartServer
from tests.e2e.agent import Agent, AgentPeople
from tests.e2e.axe import findings
from tests.e2e.conftest import UNHURRIED
from tests.e2e.letters import ADDRESS, SECOND, PostOffice, mail
from tests.e2e.window import Windows
from tests.providers.smtp import Postman
from tests.providers.sonnim import LiveServer

pytestmark = pytest.mark.browser
REFUSED = "550 5.1.1 no such user here"


@pytest.fixture(scope="module")
def postman() -> Iterator[Postman]:
    with Postman() as server:
        yield server


@pytest.fixture(scope="module")
def site(start_server: StartServer, postman: Postman) -> LiveServer:
    return start_server(demo=True, SONNIM_OUTGOING_TRUSTED=postman.address, **UNHURRIED)


@pytest.fixture(scope="module")
def office(site: LiveServer, postman: Postman) -> PostOffice:
    return PostOffice(site, postman)


def sent_now(agent: Agent, text: str) -> None:
    """Write an answer and do not wait for the moment in which it can be undone."""
    agent.composer.fill(text)
    agent.see("send").click()
    agent.see("held-now").click()
    expect(agent.entries.filter(has_text=text)).to_be_visible()


def test_an_answer_to_all_goes_out_and_what_comes_back_is_folded_and_a_stranger_is_named(
    office: PostOffice, postman: Postman, agents: AgentPeople, windows: Windows
) -> None:
    office.bring(
        mail("그릇 교환", "교환하고 싶어요.", to=f"Ongi <{ADDRESS}>, bada@mail.example", cc="depot@store.example")
    )
    seoyeon = agents.come("seoyeon", windows)
    at = seoyeon.open("교환하고 싶어요.", queue="all")
    expect(seoyeon.see("recipients-toggle")).to_contain_text("김하늘")
    seoyeon.see("reply-all").click()
    seoyeon.see("recipients-toggle").click()
    everybody = ["haneul@mail.example", "bada@mail.example", "depot@store.example"]
    expect(seoyeon.see("address-pill")).to_have_text(everybody)
    seoyeon.page.get_by_label(seoyeon.says("recipients.remove", address="depot@store.example")).click()
    seoyeon.composer.fill("내일 다시 보내 드릴게요.")
    # Chosen recipients wait with the draft, on this machine and on the next one.
    expect(seoyeon.see("composer-hint")).to_have_text(seoyeon.says("composer.draftSaved"))
    seoyeon.page.reload()
    seoyeon.editor_is_there()
    seoyeon.see("recipients-toggle").click()
    expect(seoyeon.see("address-pill")).to_have_text(everybody[:2])
    assert findings(seoyeon.page) == []
    before = len(postman.taken)
    sent_now(seoyeon, "내일 다시 보내 드릴게요.")
    went = postman.wait_for(before + 1)[before]
    assert sorted(went.recipients) == ["bada@mail.example", "haneul@mail.example"]
    answer = seoyeon.entries.filter(has_text="내일 다시 보내 드릴게요.")
    expect(answer.get_by_test_id("tick")).to_have_attribute("data-tick", "sent")
    expect(answer.get_by_test_id("letter-head")).to_contain_text("haneul@mail.example")

    office.bring(reply(went.message, "고맙습니다!", sender="김하늘 <haneul@mail.example>"))
    office.bring(reply(went.message, "저도 궁금해요.", sender="Somebody <else@mail.example>"))
    back = seoyeon.entries.filter(has_text="고맙습니다!")
    expect(back).to_be_visible()
    expect(back).not_to_contain_text("내일 다시 보내 드릴게요.")
    back.get_by_test_id("letter-quoted-toggle").click()
    expect(back.get_by_test_id("letter-quoted")).to_contain_text("내일 다시 보내 드릴게요.")
    expect(back.get_by_test_id("letter-unverified")).to_have_count(0)
    stranger = seoyeon.entries.filter(has_text="저도 궁금해요.")
    expect(stranger.get_by_test_id("letter-unverified")).to_be_visible()
    assert f"/{at}" in seoyeon.page.url


def reply(to: EmailMessage, text: str, *, sender: str) -> EmailMessage:
    """An answer as a mail program writes it: below it, what it answers."""
    body = to.get_body(("plain",))
    quoted = "\n".join(f"> {line}" for line in (body.get_content() if body else "").splitlines())
    made = mail(
        f"Re: {to['Subject']}", f"{text}\n\n2026년 11월 22일 (일) 오후 2:03, Ongi님이 작성:\n\n{quoted}", sender=sender
    )
    made["In-Reply-To"] = made["References"] = to["Message-ID"]
    return made


def test_a_refused_mail_says_why_in_the_servers_words_and_can_be_sent_again(
    office: PostOffice, postman: Postman, agents: AgentPeople, windows: Windows
) -> None:
    office.bring(mail("我的碗呢", "碗还没到。", sender="林 <lin@mail.example>"))
    haoran = agents.come("haoran", windows, color_scheme="dark")
    haoran.open("碗还没到。", queue="all")
    postman.refused["lin@mail.example"] = REFUSED
    sent_now(haoran, "马上为您查询。")
    answer = haoran.entries.filter(has_text="马上为您查询。")
    expect(answer.get_by_test_id("tick")).to_have_attribute("data-tick", "failed")
    expect(answer.get_by_test_id("delivery-note")).to_contain_text("no such user here")
    assert findings(haoran.page) == []
    # The address counts as bad now: only an agent's own wish sends there again.
    postman.refused.clear()
    before = len(postman.taken)
    answer.get_by_test_id("send-again").click()
    expect(answer.get_by_test_id("tick")).to_have_attribute("data-tick", "sent")
    expect(answer.get_by_test_id("delivery-note")).to_have_count(0)
    assert postman.wait_for(before + 1)[before].recipients == ["lin@mail.example"]


def test_a_new_mail_goes_to_any_address_and_one_is_passed_on_with_its_files(
    office: PostOffice, postman: Postman, agents: AgentPeople, windows: Windows
) -> None:
    nora = agents.come("nora", windows)
    expect(nora.rows.first).to_be_visible()
    nora.page.keyboard.press("w")
    letter = nora.see("new-letter")
    to = letter.get_by_label(nora.says("letter.fieldTo"), exact=True)
    to.fill("not-an-address")
    to.press("Enter")
    expect(letter.get_by_text(nora.says("recipients.wrong")).first).to_be_visible()
    to.press("Backspace")
    to.fill("Mill <mill@supplier.example>, second@supplier.example")
    to.press("Enter")
    expect(nora.see("address-pill")).to_have_text(["mill@supplier.example", "second@supplier.example"])
    nora.see("letter-subject").fill("Forty bowls for March")
    nora.see("letter-sender").click()
    nora.page.get_by_role("option", name=SECOND).click()
    nora.see("composer-input").last.fill("Could you make forty?")
    assert findings(nora.page) == []
    before = len(postman.taken)
    nora.page.keyboard.press("Control+Enter")
    expect(nora.see("conversation-subject")).to_have_text("Forty bowls for March")
    nora.see("undo").click()
    expect(nora.see("letter-subject")).to_have_value("Forty bowls for March")
    nora.see("composer-input").last.press("End")
    nora.page.keyboard.type(" Or fifty?")
    nora.page.keyboard.press("Control+Enter")
    expect(nora.see("new-letter")).to_have_count(0)
    went = postman.wait_for(before + 1)[before]
    assert went.recipients == ["mill@supplier.example", "second@supplier.example"]
    assert went.message["Subject"] == "Forty bowls for March"
    assert SECOND in went.message["From"]
    words = went.message.get_body(("plain",))
    assert words is not None and "Or fifty?" in words.get_content(), "what was taken back has left all the same"

    cracked = mail("Cracked", "See the picture.", sender="Noah <noah@mail.example>")
    cracked.add_attachment(b"a crack", maintype="text", subtype="plain", filename="crack.txt")
    office.bring(cracked)
    nora.open("See the picture.", queue="all")
    entry = nora.entries.filter(has_text="See the picture.")
    entry.hover()
    entry.get_by_test_id("entry-actions").click()
    nora.see("entry-forward").click()
    expect(nora.see("letter-subject")).to_have_value("Fwd: Cracked")
    passed_on = nora.see("new-letter")
    expect(passed_on.get_by_test_id("composer-attachment")).to_contain_text("crack.txt")
    passed_on.get_by_label(nora.says("letter.fieldTo"), exact=True).fill("mill@supplier.example")
    nora.see("letter-subject").click()
    nora.see("letter-send").click()
    mailed = postman.wait_for(before + 2)[before + 1].message
    assert mailed["Subject"] == "Fwd: Cracked"
    [file] = mailed.iter_attachments()
    assert file.get_filename() == "crack.txt"
    body = mailed.get_body(("plain",))
    assert body is not None
    assert "noah@mail.example" in body.get_content()
    assert "See the picture." in body.get_content()
