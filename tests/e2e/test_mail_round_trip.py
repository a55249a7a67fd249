"""A shopper's mail reaches the desk, the answer their mailbox, and what they answer the same conversation."""

import json
import time
from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from playwright.sync_api import expect

from tests.conftest import StartServer
from tests.e2e.agent import AgentPeople
from tests.e2e.axe import findings
from tests.e2e.conftest import UNHURRIED
from tests.e2e.files import picture
from tests.e2e.window import Windows
from tests.providers.dovecot import PASSWORD, Dovecot, why_not
from tests.providers.smtp import Delivered, Postman
from tests.providers.sonnim import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.skipif(bool(why_not()), reason=why_not() or "it is there")]
ADDRESS, SHOPPER = "help@ongi.example", "haneul@mail.example"
LIVE_WITHIN_S = 2
_SET_UP = """
import json, os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "sonnim.config.settings"
import django
django.setup()
from sonnim.accounts.models import Shop
from sonnim.channels.kinds.postbox.keys import sealed
from sonnim.channels.kinds.postbox.models import Mailbox
imap, smtp, password, address = json.loads(sys.argv[1])
Mailbox.objects.all().delete()  # the demo's own one reaches nobody
Mailbox.objects.create(
    shop=Shop.objects.order_by("id").first(), address=address, name="온기", way_in="imap", imap=imap, smtp=smtp,
    secrets=sealed({"imap_password": password}), signatures={"ko": "온기 고객센터"}, is_default=True,
)
"""
_STATE = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "sonnim.config.settings"
import django
django.setup()
from sonnim.channels.kinds.postbox.models import Mailbox
print(Mailbox.objects.get().state)
"""


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    with Dovecot() as server:
        yield server


@pytest.fixture(scope="module")
def postman() -> Iterator[Postman]:
    with Postman() as server:
        yield server


@pytest.fixture(scope="module")
def site(start_server: StartServer, dovecot: Dovecot, postman: Postman) -> LiveServer:
    trusted = " ".join([*dovecot.hosts, postman.address])
    site = start_server(demo=True, SONNIM_OUTGOING_TRUSTED=trusted, **UNHURRIED)
    site.python("-c", _SET_UP, json.dumps([dovecot.settings("none"), postman.settings(), PASSWORD, ADDRESS]))
    deadline = time.monotonic() + 60
    while site.python("-c", _STATE).strip() != "ok":
        assert time.monotonic() < deadline, site.output
    return site


def first_mail() -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"김하늘 <{SHOPPER}>", ADDRESS, "달항아리 배송 문의"
    mail["Message-ID"] = "<first@mail.example>"
    mail.set_content("언제쯤 받을 수 있을까요?")
    mail.add_attachment(picture("crack.png").content, maintype="image", subtype="png", filename="금.png")
    return mail


def reply(to: Delivered, text: str) -> EmailMessage:
    """As a mail program answers: with the whole of it quoted beneath."""
    got, mail = to.message, EmailMessage()
    body = got.get_body(("plain",))
    assert body is not None
    quoted = "\n".join(f"> {line}" for line in str(body.get_content()).splitlines())
    mail["From"], mail["To"], mail["Subject"] = f"김하늘 <{SHOPPER}>", str(got["Reply-To"]), str(got["Subject"])
    mail["Message-ID"] = "<second@mail.example>"
    mail["In-Reply-To"] = str(got["Message-ID"])
    mail["References"] = f"{got['References']} {got['Message-ID']}"
    mail.set_content(f"{text}\n\n2026년 11월 22일 (일) 오후 7:30, {ADDRESS}님이 작성:\n\n{quoted}\n")
    return mail


def test_a_mail_is_answered_at_the_desk_and_goes_on_in_one_conversation_and_one_thread(
    dovecot: Dovecot, postman: Postman, agents: AgentPeople, windows: Windows
) -> None:
    seoyeon = agents.come("seoyeon", windows, path="/settings/signature")
    seoyeon.see("signature-ko").fill("상담원 {{agent}}")
    assert findings(seoyeon.page) == []
    seoyeon.see("signature-save").click()
    expect(seoyeon.page.get_by_text(seoyeon.says("common.saved"))).to_be_visible()
    seoyeon.go("/inbox/all")
    expect(seoyeon.rows.first).to_be_visible()
    dovecot.put(first_mail().as_bytes())
    arrived = time.monotonic()
    row = seoyeon.rows.filter(has_text="언제쯤 받을 수 있을까요?")
    expect(row).to_be_visible()
    assert time.monotonic() - arrived < LIVE_WITHIN_S * 3, "IDLE brings it at once; a poll would not"
    row.click()
    expect(seoyeon.entries.filter(has_text="언제쯤 받을 수 있을까요?")).to_be_visible()
    seoyeon.editor_is_there()
    seoyeon.composer.fill("내일 오후에 도착해요.")
    seoyeon.composer.press("Enter")
    seoyeon.see("held-now").click()
    [sent] = postman.wait_for(1)
    assert sent.recipients == [SHOPPER]
    assert sent.message["In-Reply-To"] == "<first@mail.example>"
    assert sent.message["Subject"] == "Re: 달항아리 배송 문의"
    text = sent.message.get_body(("plain",))
    assert text is not None
    assert str(text.get_content()).splitlines()[2:5] == ["-- ", "상담원 윤서연", "온기 고객센터"]
    assert "> 언제쯤 받을 수 있을까요?" in str(text.get_content())
    ours = seoyeon.entries.filter(has_text="내일 오후에 도착해요.")
    expect(ours.get_by_test_id("tick")).to_have_attribute("data-tick", "sent")

    dovecot.put(reply(sent, "네, 감사합니다!").as_bytes())
    theirs = seoyeon.entries.filter(has_text="네, 감사합니다!")
    expect(theirs).to_be_visible()
    expect(theirs).not_to_contain_text("내일 오후에 도착해요.")
    theirs.get_by_test_id("letter-quoted-toggle").click()
    expect(theirs).to_contain_text("내일 오후에 도착해요.")
    expect(seoyeon.rows.filter(has_text="달항아리 배송 문의")).to_have_count(1)
