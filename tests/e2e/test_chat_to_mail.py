"""A shopper who leaves the chat has the answer in their mailbox; what they answer there is in the same conversation."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.conftest import StartServer
from tests.e2e.agent import AgentPeople
from tests.e2e.axe import findings
from tests.e2e.conftest import UNHURRIED, NewShopper
from tests.e2e.letters import PostOffice, mail
from tests.e2e.shopper import Shopper
from tests.e2e.window import Windows
from tests.providers.smtp import Postman
from tests.providers.sonnim import LiveServer

pytestmark = pytest.mark.browser
SHOPPER = "mei@mail.example"
# Two minutes go by: what waits is due now.
_TWO_MINUTES = """
import time, django
django.setup()
from sonnim.channels.kinds.postbox.models import FollowUp
from sonnim.kernel import clock
until = time.monotonic() + 20
while not FollowUp.objects.filter(due_at__isnull=False).update(due_at=clock.now()):
    assert time.monotonic() < until, "nothing waits"
    time.sleep(0.2)
"""


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


def test_the_answer_follows_by_mail_and_the_answer_to_it_comes_back_into_the_chat(
    office: PostOffice, postman: Postman, new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    owner = agents.come("owner", windows, path="/settings/widget")
    owner.see("open-mode").get_by_text(owner.says("widget.open.closed"), exact=True).click()
    expect(owner.page.get_by_text(owner.says("common.saved"))).to_be_visible()
    shopper = new_shopper("zh")
    shopper.open()
    shopper.write_and_arrive("请问这只碗可以用洗碗机吗？")
    prompt = shopper.see("contact-prompt")
    prompt.get_by_label(shopper.says("contact.email")).fill(SHOPPER)
    prompt.get_by_role("button", name=shopper.says("contact.save")).click()
    expect(shopper.read("contact.follows")).to_be_visible()
    shopper.page.goto("about:blank")

    nora = agents.come("nora", windows)
    nora.open("请问这只碗可以用洗碗机吗？")
    nora.answer("可以，请您放心使用。")
    office.site.python("-c", _TWO_MINUTES)
    [delivered] = postman.wait_for(1)
    letter = delivered.message
    assert delivered.recipients == [SHOPPER]
    assert letter["Auto-Submitted"] == "auto-generated"
    body = letter.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    assert "可以，请您放心使用。" in text
    assert f"{office.site.url}/store/" in text
    expect(nora.entries.filter(has_text=nora.says("event.mailed.sent", address=SHOPPER))).to_be_visible()

    office.bring(
        mail(
            f"Re: {letter['Subject']}", "太好了，谢谢！", sender=f"Mei <{SHOPPER}>", to=str(letter["Reply-To"]),
            in_reply_to=str(letter["Message-ID"]), references=str(letter["Message-ID"]),
        )
    )  # fmt: skip
    expect(nora.entries.filter(has_text="太好了，谢谢！")).to_be_visible()
    back = windows.another(shopper.page.context)
    back.goto(f"{office.site.url}/store/?lang=zh")
    again = Shopper(back, locale="zh")
    again.open()
    again.has_read("可以，请您放心使用。")
    expect(again.mine.filter(has_text="太好了，谢谢！")).to_be_visible()

    link = str(letter["List-Unsubscribe"]).strip("<>")
    page = windows.open(locale="zh")
    page.goto(link)
    assert findings(page) == []
    page.get_by_role("button", name="停止接收").click()
    expect(page.get_by_role("heading", name="已停止发送")).to_be_visible()


def test_please_mail_me_that_is_one_key_and_can_be_undone(
    office: PostOffice, postman: Postman, new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    shopper = new_shopper("ko")
    shopper.open()
    shopper.write_and_arrive("상담 내용을 메일로 받고 싶어요.")
    seoyeon = agents.come("seoyeon", windows)
    seoyeon.open("상담 내용을 메일로 받고 싶어요.")
    seoyeon.answer("네, 보내 드릴게요.")
    came = len(postman.taken)

    def mail_to(address: str) -> None:
        seoyeon.see("mail-chat-address").fill(address)
        assert findings(seoyeon.page) == []
        seoyeon.see("mail-chat-act").click()
        expect(seoyeon.see("mail-chat")).to_be_hidden()

    seoyeon.see("more").click()
    seoyeon.see("more-mailChat").click()
    mail_to("wrong@mail.example")
    seoyeon.see("undo").click()
    expect(seoyeon.page.get_by_text(seoyeon.says("mailChat.undone"))).to_be_visible()
    seoyeon.page.locator("body").press("Shift+W")
    mail_to("jiwoo@mail.example")
    delivered = postman.wait_for(came + 1)[-1]
    assert delivered.recipients == ["jiwoo@mail.example"]
    names = [part.get_filename() or "" for part in delivered.message.iter_attachments()]
    assert len(names) == 1
    assert names[0].endswith(".html")
    expect(seoyeon.entries.filter(has_text="jiwoo@mail.example")).to_be_visible()
