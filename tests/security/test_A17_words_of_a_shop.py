"""A17, at the chat's edges: a shop's own words on launcher and chat, a shopper's last and unsent ones, a copy."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.conftest import StartServer
from tests.protocol.desk import LIFTED, Desk, Who
from tests.security.browsing import Chromium, Watched
from tests.security.line import Line
from tests.security.test_A17_xss import PAYLOADS

pytestmark = pytest.mark.browser
LABEL, TITLE, CLOSED = 40, 60, 300
PREVIEWED = 90
PUT_UP = """(key) => {
  document.querySelectorAll('sonnim-chat').forEach((each) => each.remove());
  const script = document.createElement('script');
  script.dataset.locale = 'en';
  script.src = `/widget/${key}.js?${Math.random()}`;
  document.head.append(script);
}"""


def plain(text: str, limit: int) -> str:
    """As the server keeps it, cut to what it takes."""
    return " ".join(text.split())[:limit].strip()


@pytest.fixture(scope="module")
def desk(start_server: StartServer) -> Iterator[Desk]:
    desk = Desk.open(start_server(demo=False, **LIFTED), "words")
    yield desk
    desk.close()


def do(desk: Desk, method: str, path: str, body: Any = None) -> Any:
    return desk.call(desk.agent("owner"), method, path, body)


def look(desk: Desk, label: str, title: str, closed: str) -> None:
    words = {"labels": {"en": label}, "titles": {"en": title}, "closed": {"en": closed}}
    do(desk, "PATCH", "/widget", {"appearance": {**words, "launcher": "pill"}})
    do(desk, "POST", "/hours/now", {"is_open": False, "lasting": True})


def test_a_shops_own_words_do_not_run_on_its_pages(desk: Desk, chromium: Chromium) -> None:
    store, chat = chromium.watched(), chromium.watched()
    store.page.goto(f"{desk.server.url}/widget/{desk.key}/preview")
    for number in range(0, len(PAYLOADS), 3):
        some = (PAYLOADS[number:] + PAYLOADS)[:3]
        label, title, closed = (plain(text, most) for text, most in zip(some, (LABEL, TITLE, CLOSED), strict=True))
        look(desk, label, title, closed)
        store.page.evaluate(PUT_UP, desk.key)
        expect(store.page.locator("sonnim-chat button span")).to_have_text(label, use_inner_text=False)
        with chat.page.expect_response("**/widget/session"):
            chat.page.goto(f"{desk.server.url}/widget/{desk.key}/frame?locale=en")
        expect(chat.page.locator("h1")).to_have_text(title)
        expect(chat.page.get_by_test_id("closed")).to_have_text(closed)
    assert store.harm() + chat.harm() == []


def test_a_shoppers_last_and_unsent_words_do_not_run_at_the_desk(desk: Desk, chromium: Chromium) -> None:
    do(desk, "PATCH", "/widget", {"appearance": {"typing_preview": True}})
    shopper: Who = desk.visitor()
    line = Line.live(desk, shopper)
    conversation = line.send("Hello")["conversation"]
    here = f"/conversations/{conversation}"
    console = chromium.watched(viewport={"width": 1600, "height": 9000})
    console.sign_in(desk)
    console.page.goto(f"{desk.server.url}/console/inbox/all/{conversation}")
    timeline = console.page.get_by_test_id("timeline")
    timeline.wait_for()
    for number, payload in enumerate(PAYLOADS):
        do(desk, "POST", f"{here}/resolve")
        said = {"conversation": conversation, "solved": False, "words": payload}
        desk.call(shopper, "POST", "/solved", said, expect=204)
        line.event("conversation.solved")  # a line that is never read is a dead one
        expect(timeline).to_contain_text(payload)
        if number % 5 == 0:
            types(line, console, payload)
    assert console.harm() == []


def types(line: Line, console: Watched, text: str) -> None:
    """Have the desk see it, however busy the machine is: what is typed is told once and forgotten in seconds."""
    shown = " ".join(text.split())[-PREVIEWED:]
    for last in (False, False, False, False, True):
        line.say({"t": "typing", "on": True, "text": text})
        try:
            expect(console.page.get_by_test_id("typing-preview")).to_contain_text(shown, timeout=3_000)
        except AssertionError:
            if last:
                raise
        else:
            return


def test_a_copy_of_the_conversation_runs_nothing(desk: Desk, chromium: Chromium) -> None:
    shopper = desk.visitor()
    line = Line.live(desk, shopper)
    for payload in PAYLOADS:
        line.send(payload)
    copy = desk.http.get("/api/v1/widget/transcript?format=html", headers=shopper.headers)
    reader = chromium.watched()
    # Without the policy that the server sends with it: as a file on the shopper's own disk.
    reader.page.set_content(copy.text)
    body = reader.page.locator("body")
    for payload in PAYLOADS:
        expect(body).to_contain_text(payload)
    assert reader.harm() == []
