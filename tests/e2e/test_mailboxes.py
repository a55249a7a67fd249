"""An owner connects a mailbox from its address, reads what its servers say, and looks at a mail nobody could read."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.conftest import StartServer
from tests.e2e import axe
from tests.e2e.agent import Agent, AgentPeople
from tests.e2e.conftest import UNHURRIED
from tests.e2e.window import Windows
from tests.providers.imap import ImapServer
from tests.providers.smtp import Postman
from tests.providers.sonnim import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore:Requiring AUTH:UserWarning")]

ADDRESS = "ongi@naver.com"  # one of the table: no name server is asked
SHARDS = b"From: Kim <kim@example.com>\r\nSubject: =?utf-8?b?67aA7ISc7KeEIOuLrO2VreyVhOumrA==?=\r\n"
# Fields beyond any mail's; the reader refuses it, and keeps it.
UNREADABLE = SHARDS + b"".join(b"X-Shard-%d: %s\r\n" % (n, b"x" * 80) for n in range(5_000)) + b"\r\nTwo pieces.\r\n"


@dataclass(frozen=True)
class Post:
    """The servers of a mailbox."""

    imap: ImapServer
    smtp: Postman


@pytest.fixture(scope="module")
def post() -> Iterator[Post]:
    with ExitStack() as stack:
        yield Post(stack.enter_context(ImapServer()), stack.enter_context(Postman(password="open sesame")))


@pytest.fixture(scope="module")
def site(start_server: StartServer, post: Post) -> LiveServer:
    """The demo store, whose operator lets it reach these two servers."""
    trusted = f"{post.imap.host_and_port},{post.smtp.address}"
    return start_server(demo=True, SONNIM_OUTGOING_TRUSTED=trusted, **UNHURRIED)


def fill_in(owner: Agent, way: str, port: int) -> None:
    """Set a server by hand: this machine, without encryption."""
    owner.see(f"{way}-host").fill("127.0.0.1")
    owner.see(f"{way}-port").fill(str(port))
    owner.see(f"{way}-user").fill("shop")
    owner.see(f"{way}-security").click()
    owner.page.get_by_role("option", name=owner.says("mailboxes.security.none")).click()


def test_a_mailbox_is_connected_and_mail_that_cannot_be_read_is_not_lost(
    agents: AgentPeople, windows: Windows, post: Post, tmp_path: Path
) -> None:
    owner = agents.come("owner", windows, path="/settings/mailboxes")
    expect(owner.see("new-mailbox")).to_be_visible()
    found = axe.findings(owner.page)
    owner.see("new-mailbox").click()
    owner.see("mailbox-address").fill(ADDRESS)
    owner.see("mailbox-address").press("Enter")
    expect(owner.see("mailbox-notes")).to_contain_text(owner.says("mailboxes.note.switch_on", name="네이버 메일"))
    expect(owner.page.get_by_text("imap.naver.com")).to_be_visible()
    found += axe.findings(owner.page)

    owner.see("mailbox-by-hand").click()
    fill_in(owner, "imap", post.imap.port)
    fill_in(owner, "smtp", post.smtp.port)
    owner.see("mailbox-password").fill("open barley")
    owner.see("mailbox-save").click()
    expect(owner.see("trial-imap")).to_contain_text("Application-specific password required")
    expect(owner.see("trial-imap")).to_contain_text(owner.says("mailboxes.hint.app_password"))
    expect(owner.see("trial-smtp")).to_contain_text("535 5.7.8")
    found += axe.findings(owner.page)

    owner.see("mailbox-password").fill("open sesame")
    owner.see("mailbox-save").click()
    expect(owner.see("domain-spf")).to_have_attribute("data-state", "fine")
    found += axe.findings(owner.page)
    owner.page.keyboard.press("Escape")
    box = owner.see("mailbox").filter(has_text=ADDRESS)
    expect(box.get_by_test_id("mailbox-state")).to_have_attribute("data-state", "ok")
    expect(box).to_contain_text(owner.says("mailboxes.default"))  # the demo's own one reaches nobody

    post.imap.put(UNREADABLE)
    owner.see("settings-quarantine").click()
    held = owner.see("held").filter(has_text="부서진 달항아리")
    while_it_comes(owner)
    expect(held).to_contain_text("kim@example.com")
    expect(held).to_contain_text(ADDRESS)
    expect(owner.see("count-held")).to_have_text(["1", "1"])  # beside the settings, and beside this place in them
    with owner.page.expect_download() as download:
        held.get_by_test_id("held-download").click()
    download.value.save_as(tmp_path / "held.eml")
    assert (tmp_path / "held.eml").read_bytes() == UNREADABLE
    held.get_by_test_id("held-show").click()
    expect(owner.see("held-beginning")).to_contain_text("X-Shard-1")
    found += axe.findings(owner.page)
    owner.page.get_by_role("dialog").get_by_test_id("held-retry").click()
    expect(owner.page.get_by_role("dialog")).to_have_count(0)
    expect(held).to_be_visible()
    held.get_by_test_id("held-discard").click()
    expect(held).to_have_count(0)
    expect(owner.see("count-held")).to_have_count(0)
    owner.see("undo").click()
    expect(held).to_be_visible()
    found += axe.findings(owner.page)
    assert found == []


def while_it_comes(owner: Agent) -> None:
    """The list is no live one: look again until the mail has been fetched and read."""
    for _ in range(40):
        owner.page.reload()
        expect(owner.see("held").or_(owner.see("empty")).first).to_be_visible()
        if owner.see("held").count():
            return
        owner.page.wait_for_timeout(250)
    raise AssertionError("the mail has not come")


def test_a_phone_has_room_for_it(agents: AgentPeople, windows: Windows) -> None:
    owner = agents.come("owner", windows, path="/settings/mailboxes", phone=True, color_scheme="dark")
    expect(owner.see("mailbox").or_(owner.see("empty")).first).to_be_visible()
    found = axe.findings(owner.page)
    owner.see("new-mailbox").click()
    owner.see("mailbox-address").fill(ADDRESS)
    owner.see("mailbox-find").click()
    owner.see("mailbox-by-hand").click()
    expect(owner.see("smtp-host")).to_be_visible()
    assert owner.page.evaluate("document.documentElement.scrollWidth") <= 390
    found += axe.findings(owner.page)
    assert found == []
