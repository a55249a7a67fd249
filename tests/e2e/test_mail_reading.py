"""Mail at the desk: its words first, the rest folded, its layout in a frame from which nothing goes out by itself."""

import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.conftest import StartServer
from tests.e2e.agent import Agent, AgentPeople
from tests.e2e.axe import findings
from tests.e2e.conftest import UNHURRIED
from tests.e2e.files import picture
from tests.e2e.letters import ADDRESS, PostOffice, mail
from tests.e2e.window import Windows
from tests.providers.smtp import Postman
from tests.providers.sonnim import LiveServer

pytestmark = pytest.mark.browser
CORPUS = Path(__file__).parents[1] / "security" / "xss.txt"
LAYOUT = """<html><head><style>h1 {{ color: #0F766E }}</style></head><body>
<h1>가을 그릇이 나왔어요</h1><img src="http://{place}/bowl.png" width="200" height="120" alt="그릇">
<img src="cid:crack" width="80" height="60" alt="금"><a href="http://{place}/shop">보기</a></body></html>"""


class Elsewhere:
    """A server that mails take their pictures from; it writes down what is asked of it."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        asked, content = self.asked, picture().content

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                self.send_response(200)
                self.send_header("Content-Type", "image/png")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: Any) -> None:
                """Nothing on the test's own output."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.place = f"127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Elsewhere]:
    server = Elsewhere()
    yield server
    server.close()


@pytest.fixture(scope="module")
def postman() -> Iterator[Postman]:
    with Postman() as server:
        yield server


@pytest.fixture(scope="module")
def site(start_server: StartServer, postman: Postman, elsewhere: Elsewhere) -> LiveServer:
    trusted = {"SONNIM_OUTGOING_TRUSTED": postman.address, "SONNIM_PICTURES_TRUSTED": elsewhere.place}
    return start_server(demo=True, **trusted, **UNHURRIED)


@pytest.fixture(scope="module")
def office(site: LiveServer, postman: Postman) -> PostOffice:
    return PostOffice(site, postman)


def begins(start: str) -> re.Pattern[str]:
    return re.compile(f"^{re.escape(start)}")


def opened(agent: Agent, subject: str) -> None:
    """Open the mail with this subject from the list of all."""
    agent.see("queue-all").click()
    agent.see("list-filter").fill(subject)
    row = agent.rows.filter(has_text=subject)
    expect(row.get_by_test_id("row-subject")).to_have_text(subject)
    row.click()
    expect(agent.see("conversation-subject")).to_have_text(subject)


def test_a_mail_shows_its_words_then_its_head_then_its_layout_and_pictures_only_when_asked(
    office: PostOffice, elsewhere: Elsewhere, agents: AgentPeople, windows: Windows
) -> None:
    sent = mail(
        "가을 그릇 교환", "달항아리에 금이 갔어요.", html=LAYOUT.format(place=elsewhere.place),
        to=f"Ongi <{ADDRESS}>, bada@mail.example", cc="depot@store.example",
    )  # fmt: skip
    sent.get_payload()[1].add_related(picture("crack.png").content, "image", "png", cid="<crack>")  # type: ignore[index,union-attr]
    office.bring(sent)
    seoyeon = agents.come("seoyeon", windows)
    opened(seoyeon, "가을 그릇 교환")
    entry = seoyeon.entries.filter(has_text="달항아리에 금이 갔어요.")
    expect(entry).to_have_count(1)
    head = seoyeon.see("letter-head-toggle")
    expect(head).to_contain_text("haneul@mail.example")
    head.press("Enter")
    expect(seoyeon.see("letter-head-whole")).to_contain_text("depot@store.example")

    seoyeon.see("letter-as-sent").click()
    frame = seoyeon.see("letter-frame")
    expect(frame).to_have_attribute("sandbox", "allow-popups allow-popups-to-escape-sandbox")
    shown = frame.content_frame
    expect(shown.get_by_role("heading")).to_have_text("가을 그릇이 나왔어요")
    expect(shown.get_by_role("heading")).to_have_css("color", "rgb(15, 118, 110)")
    expect(shown.get_by_alt_text("금")).to_have_attribute("src", begins("data:image/png"))
    expect(shown.get_by_alt_text("그릇")).to_have_attribute("src", begins("data:image/gif"))
    expect(shown.get_by_role("link")).to_have_attribute("rel", begins("noopener noreferrer"))
    assert elsewhere.asked == []
    assert findings(seoyeon.page) == []

    seoyeon.see("letter-pictures").click()
    expect(shown.get_by_alt_text("그릇")).to_have_attribute("src", begins("data:image/png"))
    expect(seoyeon.see("letter-pictures")).to_have_count(0)
    assert elsewhere.asked == ["/bowl.png"]


def test_hostile_mail_runs_nothing_and_asks_nobody(
    office: PostOffice, elsewhere: Elsewhere, agents: AgentPeople, windows: Windows
) -> None:
    before = len(elsewhere.asked)
    hostile = "\n".join(f"<p>{line}</p>" for line in CORPUS.read_text("utf-8").splitlines())
    traps = (
        f'<style>@import "http://{elsewhere.place}/a.css"; p {{ background: url(http://{elsewhere.place}/b) }}</style>'
        f'<img srcset="http://{elsewhere.place}/c 2x"><video poster="http://{elsewhere.place}/d" autoplay></video>'
        f'<link rel="prefetch" href="http://{elsewhere.place}/e"><meta http-equiv="refresh" content="0;url=/console/">'
    )
    office.bring(
        mail("请看优惠", "优惠在正文里。", sender="卖家 <seller@spam.example>", html=f"{traps}{hostile}<b>结尾</b>")
    )
    # A subject and a name are texts like any other.
    office.bring(
        mail("<img src=x onerror=window.__xss=1>", "在吗？", sender='"<script>window.__xss=1</script>" <x@y.example>')
    )
    haoran = agents.come("haoran", windows, color_scheme="dark")
    opened(haoran, "<img src=x onerror=window.__xss=1>")
    opened(haoran, "请看优惠")
    haoran.see("letter-as-sent").click()
    shown = haoran.see("letter-frame").content_frame
    expect(shown.locator("b", has_text="结尾")).to_be_attached()
    haoran.see("letter-enlarge").click()
    expect(haoran.page.get_by_role("dialog").get_by_test_id("letter-frame")).to_be_visible()
    assert haoran.page.evaluate("window.__xss") is None
    assert "/console/inbox/" in haoran.page.url
    assert len(elsewhere.asked) == before


def test_an_automatic_mail_says_so_and_nobody_seems_to_wait(
    office: PostOffice, agents: AgentPeople, windows: Windows
) -> None:
    office.bring(mail("This week", "Twelve new glazes.", sender="Glaze News <news@glaze.example>", precedence="bulk"))
    office.bring(mail("Where is it?", "Hello, where is my bowl?", sender="Noah <noah@mail.example>"))
    nora = agents.come("nora", windows, phone=True, path="/inbox/all")
    nora.see("list-filter").fill("This week")
    nora.row("Twelve new glazes.").click()
    expect(nora.see("letter-automatic")).to_be_visible()
    nora.see("back").click()
    nora.see("list-filter").fill("Where is it")
    nora.row("where is my bowl").click()
    expect(nora.see("conversation-subject")).to_have_text("Where is it?")
    expect(nora.see("letter-head")).to_be_visible()
    expect(nora.see("letter-automatic")).to_have_count(0)
    assert findings(nora.page) == []
