"""A17: whatever is written into any field, both sides show it as it was written, and nothing of it runs.

SONNIM_XSS_CORPUS names another file of payloads, one a line. Every payload goes through every kind of text;
through each place of what is known of people only with SONNIM_XSS_FULL=1, else through one of them.
"""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import TimeoutError

from sonnim.contacts.identity import sign_identity
from tests.conftest import StartServer
from tests.protocol.desk import LIFTED, Desk, Who
from tests.security.browsing import Chromium, Watched
from tests.security.line import Line
from tests.security.owner import Owner

pytestmark = pytest.mark.browser
CORPUS = Path(os.environ.get("SONNIM_XSS_CORPUS") or Path(__file__).with_name("xss.txt"))
PAYLOADS = list(dict.fromkeys(line.strip() for line in CORPUS.read_text(encoding="utf-8").splitlines() if line.strip()))
PLACES = 6
SHIFTS = PLACES if os.environ.get("SONNIM_XSS_FULL") else 1
# Text as a person gets it: what stands in elements, and what stands in fields.
SHOWN = """(root) => {
  const fields = [...root.querySelectorAll("input, textarea")].map((field) => field.value);
  return [root.textContent, ...fields].join("\\n");
}"""
# Which of [place, text, times] a page does not show.
LACKS = f"""(wanted) => wanted.filter(([place, text, times]) => {{
  const root = document.querySelector(`[data-testid='${{place}}']`);
  return !root || ({SHOWN})(root).split(text).length <= times;
}})"""
Wanted = tuple[str, str, int]


class Stage:
    """A shop, its owner's console and a shopper's chat, each in a browser tab."""

    def __init__(self, desk: Desk, chromium: Chromium) -> None:
        self.desk, self.owner = desk, desk.agent("owner")
        # High enough for all lines of a round: what is out of sight is not drawn.
        self.console, self.widget = chromium.watched(viewport={"width": 1600, "height": 16000}), chromium.watched()
        with self.widget.page.expect_response("**/widget/session") as begun:
            self.widget.page.goto(f"{desk.server.url}/widget/{desk.key}/frame")
        answer = begun.value.json()
        self.shopper = Who("visitor", answer["contact"]["id"], answer["token"], desk.shop)
        self.line = Line.live(desk, self.shopper)
        self.conversation = self.line.send("안녕하세요")["conversation"]
        self.here = f"/conversations/{self.conversation}"
        self.team = self.do("POST", "/teams", {"name": "Team"}, expect=201)["id"]
        self.do("POST", f"{self.here}/assign", {"agent_id": self.owner.id, "team_id": self.team})
        self.console.sign_in(desk)
        self.console.page.goto(f"{desk.server.url}/console/inbox/all/{self.conversation}")
        self.console.page.get_by_test_id("timeline").wait_for()
        self.widget.page.get_by_test_id("message").first.wait_for()

    def begin_afresh(self) -> None:
        """Load both pages again: what came live before comes with the page now, and the timelines are short again."""
        for tab, part in ((self.console, "timeline"), (self.widget, "log")):
            tab.page.reload()
            tab.page.get_by_test_id(part).wait_for()

    def close(self) -> None:
        self.console.context.close()
        self.widget.context.close()

    def do(self, method: str, path: str, body: Any = None, *, expect: int = 200) -> Any:
        return self.desk.call(self.owner, method, path, body, expect=expect)

    def say_everywhere(self, text: str) -> str:
        """A payload as what a shopper writes, a note, a question and its decision, rich text, an answer, a file's name.

        The answer said something else before it was edited. Answers the file's name.
        """
        self.line.send(text, page={"url": text, "title": text})
        self._say(text, kind="note")
        asked = self.do("POST", f"{self.here}/questions", {"text": text[:2000], "to_role": "owner"})
        self.do("POST", f"/questions/{asked['id']}/answer", {"text": text[:2000]})
        file = self._upload(text.replace("/", "|")[:150])  # what follows a slash is all that would be left
        run = {"type": "text", "text": text, "bold": True}
        blocks = [{"type": "paragraph", "content": [run]}, {"type": "quote", "content": [run]}]
        self._say("", data={"rich": [*blocks, {"type": "bullets", "items": [[run]]}, {"type": "code", "text": text}]})
        answer = self._say("As it was first.", attachments=[file["id"]])
        self.do("PATCH", f"{self.here}/entries/{answer['seq']}", {"text": text})
        return str(file["name"])

    def describe(self, name: str, notes: str, phone: str, email: str, agent: str, page: str) -> None:
        """Payloads as what is known of people, and what happens right now."""
        self.line.say({"t": "page", "url": page, "title": page})
        contact = {"name": name[:120], "phone": phone[:40], "notes": notes}
        # What is no address cannot be a contact's own; a store may still hand it over as something it knows.
        known = {name[:120]: page[:2000], "address": email[:254]}
        self.do("PATCH", f"/contacts/{self.shopper.id}", {**contact, "attributes": known})
        self.do("PATCH", f"/agents/{self.owner.id}", {"name": agent[:120]})
        self.do("PATCH", f"/teams/{self.team}", {"name": name[:80]})
        self.do("PUT", f"{self.here}/draft", {"text": notes, "attachments": []})
        self.line.say({"t": "typing", "on": True})

    def _say(self, text: str, **more: Any) -> Any:
        return self.do("POST", f"{self.here}/messages", {"client_id": str(uuid.uuid4()), "text": text, **more})

    def _upload(self, name: str) -> Any:
        path = f"/api/v1/shops/{self.desk.shop}/attachments"
        answer = self.desk.http.post(path, files={"file": (name, b"x")}, headers=self.owner.headers)
        assert answer.status_code == 201, answer.text
        return answer.json()


@pytest.fixture(scope="module")
def stage(start_server: StartServer, chromium: Chromium) -> Iterator[Stage]:
    desk = Desk.open(start_server(demo=False, **LIFTED), "stage")
    stage = Stage(desk, chromium)
    yield stage
    stage.close()
    desk.close()


def shows(tab: Watched, *wanted: Wanted) -> None:
    """Wait until each part of the page shows its text, letter by letter, so many times."""
    try:
        shown = f"(wanted) => ({LACKS})(wanted).length === 0"
        tab.page.wait_for_function(shown, arg=wanted, timeout=120_000, polling=200)
    except TimeoutError as error:
        raise AssertionError(f"not shown: {tab.page.evaluate(LACKS, wanted)}") from error


@pytest.mark.parametrize("shift", range(SHIFTS))
def test_what_is_written_into_any_field_is_shown_and_does_not_run(stage: Stage, shift: int) -> None:
    console, widget = stage.console, stage.widget
    for number, some in enumerate(batches(PAYLOADS)):
        if number % 3 == 2:
            stage.begin_afresh()
        files = [stage.say_everywhere(payload) for payload in some] if shift == 0 else []
        name, notes, phone, email, agent, page = some[shift:] + some[:shift]
        stage.describe(name, notes, phone, email, agent, page)
        shows(widget, *(("log", text, 6) for text in some), *(("log", file, 1) for file in files))
        shows(
            console,
            *(("timeline", text, 9) for text in some),
            *(("timeline", file, 1) for file in files),
            *(("contact-panel", known.strip(), 1) for known in (name[:120], notes, phone[:40], email[:254])),
            ("conversation-title", name[:120].strip(), 1),
            ("looks-at", page[:200], 1),
            ("composer", notes, 1),
        )
        assert console.harm() + widget.harm() == [], some


def batches(payloads: list[str]) -> list[list[str]]:
    """As many at a time as there are places; the last ones are filled up with the first."""
    return [(payloads[first:] + payloads)[:PLACES] for first in range(0, len(payloads), PLACES)]


def test_what_stands_in_lists_settings_and_the_audit_log_does_not_run(stage: Stage) -> None:
    console = stage.console
    for payload in PAYLOADS[::8]:
        stage.do("PATCH", "/settings", {"name": payload[:120]})
        with Owner(stage.desk) as owner:
            assert owner.post(f"/api/v1/shops/{stage.desk.shop}/tokens", {"name": payload[:80]}).status_code == 201
    for page in ("inbox/waiting", "people", "settings/shop", "settings/widget", "settings/agents", "settings/teams",
                 "settings/tokens", "settings/scripts", "settings/audit", "account",
                 f"contacts/{stage.shopper.id}"):  # fmt: skip
        console.page.goto(f"{stage.desk.server.url}/console/{page}")
        console.page.wait_for_load_state("networkidle")
        assert console.harm() == [], page


def test_the_chats_own_page_carries_names_as_text(stage: Stage) -> None:
    """Shop, greeting and faces are written into the page by the server."""
    with Owner(stage.desk) as owner:
        secret = owner.identity_secret()
    widget = stage.widget
    for at, payload in enumerate(PAYLOADS[::5]):
        stage.do("PATCH", "/settings", {"name": payload[:120]})
        greeting = {"shortcut": f"hello{at}", "title": payload[:120], "stage": "welcome", "automatic": True}
        stage.do("POST", "/canned-responses", {**greeting, "texts": {"en": [{"text": payload}]}}, expect=201)
        stage.do("PATCH", f"/agents/{stage.owner.id}", {"name": payload[:120]})
        identity = sign_identity(secret=secret, subject=payload[:200], name=payload[:120], email=payload[:200])
        begun = stage.desk.http.post(
            "/api/v1/widget/session", json={"key": stage.desk.key, "token": None, "locale": "en", "identity": identity}
        )
        assert begun.json()["contact"]["name"] == payload[:120]
        page = stage.desk.http.get(f"/widget/{stage.desk.key}/frame?locale={payload}").text
        assert "<" not in page.split('type="application/json">', 1)[1].split("</script>", 1)[0]
        widget.page.goto(f"{stage.desk.server.url}/widget/{stage.desk.key}/frame")
        widget.page.locator("h1").filter(has_text=payload[:20].strip()).wait_for()
        assert widget.page.title() == " ".join(payload.split())
        assert widget.harm() == [], payload


def test_a_script_in_the_pages_address_does_not_run(stage: Stage) -> None:
    base = stage.desk.server.url
    paths = ("/console/inbox/all/{}", "/console/{}", "/console/invitation/{}", "/console/reset/{}", "/help/?lang={}")
    pages = ("/{}", "/store/{}", "/widget/{}/frame", "/widget/{}.js", "/console/inbox?x={}#{}")
    for path in (*paths, *pages):
        for payload in PAYLOADS[::20]:
            url = base + path.replace("{}", payload.replace("%", "%25").replace("#", "%23").replace("/", "%2F"))
            stage.widget.page.goto(url, wait_until="domcontentloaded")
            assert stage.widget.harm() == [], url
