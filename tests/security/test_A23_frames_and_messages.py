"""A23: the chat listens to the page that holds it alone; only the shop's sites hold it, and nobody the console."""

import http.server
import threading
from collections.abc import Iterator
from typing import ClassVar

import pytest

from tests.conftest import StartServer
from tests.protocol.desk import LIFTED, Desk
from tests.security.browsing import Chromium, Watched

pytestmark = pytest.mark.browser
# Names that lead to this machine, in the test's browser alone.
SHOP, EVIL, LOOKALIKE = "shop.test", "evil.test", "shop.test.evil.test"


class Pages(http.server.BaseHTTPRequestHandler):
    """Serves `pages` by path, to every host name."""

    pages: ClassVar[dict[str, str]] = {}

    def do_GET(self) -> None:
        page = self.pages.get(self.path.split("?")[0], "")
        self.send_response(200 if page else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.encode())

    def log_message(self, format: str, *args: object) -> None:
        return


class Web:
    """The sites, and the desk whose chat they hold."""

    def __init__(self, desk: Desk, port: int) -> None:
        self.desk, self.port = desk, port
        self.frame = f"{desk.server.url}/widget/{desk.key}/frame"

    def site(self, host: str, page: str, html: str) -> str:
        """Put a page there; answers its address."""
        Pages.pages[page] = f"<!doctype html><title>{host}</title><body>{html}"
        return f"http://{host}:{self.port}{page}"

    def origin(self, host: str) -> str:
        return f"http://{host}:{self.port}"


@pytest.fixture(scope="module")
def web(start_server: StartServer) -> Iterator[Web]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    desk = Desk.open(start_server(demo=False, **LIFTED))
    web = Web(desk, server.server_address[1])
    desk.call(desk.agent("owner"), "PATCH", "/settings", {"allowed_origins": [web.origin(SHOP)]})
    yield web
    desk.close()
    server.shutdown()
    serving.join()
    server.server_close()


@pytest.fixture(scope="module")
def chromium(chromium_path: str) -> Iterator[Chromium]:
    with Chromium(chromium_path, "--host-resolver-rules=MAP *.test 127.0.0.1") as chromium:
        yield chromium


@pytest.fixture
def tab(chromium: Chromium) -> Iterator[Watched]:
    with chromium.watched() as tab:
        yield tab


def holds(tab: Watched, address: str, framed: str) -> bool:
    """Whether a page gets to show a frame with our page in it; the browser says when it had to forbid that."""
    tab.console.clear()
    tab.page.goto(address)
    tab.page.wait_for_load_state("load")
    inside = next(frame for frame in tab.page.frames if frame != tab.page.main_frame)
    shown = inside.url.startswith(framed)
    forbidden = [text for text in tab.console if "frame-ancestors" in text]
    assert shown != bool(forbidden), (inside.url, tab.console)
    return shown


def iframe(address: str) -> str:
    return f'<iframe name="chat" src="{address}" width="400" height="600"></iframe>'


def test_a_site_of_the_shop_holds_the_chat(web: Web, tab: Watched) -> None:
    address = web.site(SHOP, "/holds.html", iframe(f"{web.frame}#en,{web.origin(SHOP)}"))
    assert holds(tab, address, web.frame)


@pytest.mark.parametrize("host", [EVIL, LOOKALIKE, f"notthe{SHOP}"])
def test_no_other_site_holds_the_chat(web: Web, tab: Watched, host: str) -> None:
    for claimed in (host, SHOP):
        address = web.site(host, "/holds.html", iframe(f"{web.frame}#en,{web.origin(claimed)}"))
        assert not holds(tab, address, web.frame)


def test_a_listed_site_inside_an_unlisted_one_does_not_hold_it_either(web: Web, tab: Watched) -> None:
    inner = web.site(SHOP, "/inner.html", iframe(f"{web.frame}#en,{web.origin(SHOP)}"))
    tab.page.goto(web.site(EVIL, "/outer.html", iframe(inner)))
    tab.page.wait_for_load_state("load")
    assert [frame.url for frame in tab.page.frames if frame.url.startswith(web.frame)] == []


@pytest.mark.parametrize("host", [SHOP, EVIL, "localhost"])
@pytest.mark.parametrize("path", ["/console/inbox/all", "/help/"])
def test_nobody_holds_the_console(web: Web, tab: Watched, host: str, path: str) -> None:
    tab.sign_in(web.desk)
    held = web.desk.server.url + path
    assert not holds(tab, web.site(host, "/clickjack.html", iframe(held)), held)


def test_not_even_the_desks_own_page_holds_the_console(web: Web, tab: Watched) -> None:
    tab.page.goto(f"{web.desk.server.url}/help/")
    with tab.page.expect_console_message(lambda said: "frame-ancestors" in said.text):
        tab.page.evaluate(
            "() => document.body.append(Object.assign(document.createElement('iframe'), {src: '/console/'}))"
        )


SPEAK = """
  const say = (to, type, more) => to.postMessage({ sonnim: 1, type, locale: "zh", modal: true, restored: false,
    identity: "forged", page: { url: "https://evil.test/", title: "evil page", named: true, referrer: "" },
    ...more }, "*");
"""


def test_the_chat_does_not_hear_a_foreign_frame(web: Web, tab: Watched) -> None:
    """A page of the shop with an advertisement in it, which talks to the chat beside it."""
    speaker = web.site(EVIL, "/speaker.html", f"<script>{SPEAK} addEventListener('message', () => {{"
        "for (const type of ['init', 'page', 'open', 'shut']) say(top.frames.chat, type);"
        "top.postMessage('spoke', '*'); });</script>")  # fmt: skip
    framed = iframe(f"{web.frame}#en,{web.origin(SHOP)}")
    script = (
        "addEventListener('message', (e) => { if (e.data === 'spoke') window.spoke = 1; });"
        "const own = (type) => frames.chat.postMessage({sonnim: 1, type, locale: 'en', identity: null, modal: false,"
        " restored: false, page: {url: location.href, title: 'own page', named: true, referrer: ''}}, '*');"
    )
    html = f"{framed}<iframe name='ad' src='{speaker}'></iframe><script>{script}</script>"
    with tab.page.expect_request("**/api/v1/widget/session") as begun:
        tab.page.goto(web.site(SHOP, "/shop.html", html))
        tab.page.wait_for_load_state("load")
        tab.page.evaluate("() => frames.ad.postMessage('go', '*')")
        tab.page.wait_for_function("() => window.spoke === 1")
        tab.page.evaluate("() => { own('init'); own('open'); }")
    body = begun.value.post_data_json
    assert body is not None
    assert (body["page"]["title"], body["identity"], body["locale"]) == ("own page", None, "en")
    chat = tab.page.frame_locator("[name=chat]")
    chat.get_by_test_id("greeting").wait_for()
    tab.page.evaluate("() => { window.spoke = 0; frames.ad.postMessage('again', '*'); }")
    tab.page.wait_for_function("() => window.spoke === 1")
    assert "evil page" not in (chat.locator("body").text_content() or "")
    assert chat.locator("[role=dialog][aria-modal=true]").count() == 0


def test_the_chat_does_not_hear_its_own_page_under_a_false_name(web: Web, tab: Watched) -> None:
    """The frame was told that another origin holds it: a message of the real holder is from somebody else."""
    asked: list[str] = []
    tab.page.on("request", lambda request: asked.append(request.url) if "/widget/session" in request.url else None)
    tab.page.goto(
        web.site(SHOP, "/false.html", iframe(f"{web.frame}#en,https://bank.test") + f"<script>{SPEAK}</script>")
    )
    tab.page.wait_for_load_state("load")
    chat = tab.page.frame(name="chat")
    assert chat is not None
    chat.evaluate("() => { window.heard = []; addEventListener('message', (e) => heard.push(e.data.type)); }")
    tab.page.evaluate("() => { for (const type of ['init', 'open', 'page']) say(frames.chat, type); }")
    chat.wait_for_function("() => heard.length === 3")
    chat.evaluate("() => fetch('/healthz').then(() => 0)")  # later than anything that it could have begun
    assert asked == []


def test_the_loader_does_not_hear_a_foreign_frame_or_window(web: Web, tab: Watched) -> None:
    """The script on the shop's page takes `close` and `unread` from the chat's frame alone."""
    speaker = web.site(EVIL, "/loud.html", f"<script>{SPEAK} addEventListener('message', () => {{"
        "say(parent, 'unread', {count: 77}); say(parent, 'close'); say(parent, 'ready');"
        "parent.postMessage('spoke', '*'); });</script>")  # fmt: skip
    loader = f'<script src="{web.desk.server.url}/widget/{web.desk.key}.js"></script>'
    script = "addEventListener('message', (e) => { if (e.data === 'spoke') window.spoke = 1; });"
    html = f"{loader}<iframe name='ad' src='{speaker}'></iframe><script>{script}</script>"
    tab.page.goto(web.site(SHOP, "/loader.html", html))
    launcher = tab.page.locator("sonnim-chat button")
    launcher.click()
    tab.page.frame_locator("sonnim-chat iframe").get_by_test_id("greeting").wait_for()
    tab.page.evaluate(
        """() => {
          frames.ad.postMessage("go", "*");
          for (const type of ["close", "unread"]) window.postMessage({ sonnim: 1, type, count: 77 }, "*");
        }"""
    )
    tab.page.wait_for_function("() => window.spoke === 1")
    assert launcher.get_attribute("aria-expanded") == "true"
    assert "77" not in (launcher.get_attribute("aria-label") or "")
    assert launcher.text_content() == ""


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.test; script-src *",
        "*",
        "https://*",
        "'self'",
        "https:",
        "data:",
        "null",
        "https://a.test https://evil.test",
    ],
)
def test_an_allowed_site_cannot_rewrite_the_policy(web: Web, origin: str) -> None:
    owner = web.desk.agent("owner")
    web.desk.call(owner, "PATCH", "/settings", {"allowed_origins": [web.origin(SHOP), origin]}, expect=422)
    policy = web.desk.http.get(f"/widget/{web.desk.key}/frame").headers["content-security-policy"]
    assert policy.split("frame-ancestors ")[1] == f"'self' http://localhost:* http://127.0.0.1:* {web.origin(SHOP)}"
