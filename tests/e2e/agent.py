"""An agent as the test sees one: the console in a browser."""

import re
from typing import Any

from playwright.sync_api import Locator, Page, StorageState, expect

from tests.e2e.window import Windows
from tests.e2e.words import console
from tests.providers.sonnim import LiveServer

LOCALES = {"owner": "ko", "seoyeon": "ko", "haoran": "zh", "nora": "en"}
FACES = {"seoyeon": "윤서연", "haoran": "林浩然", "nora": "Nora Bennett"}


class Agent:
    """Somebody at the desk."""

    def __init__(self, page: Page, *, url: str, locale: str) -> None:
        self.page = page
        self.url = url
        self.locale = locale

    def see(self, test_id: str) -> Locator:
        return self.page.get_by_test_id(test_id)

    def go(self, path: str) -> None:
        self.page.goto(f"{self.url}/console{path}")

    def sign_in(self, email: str, password: str) -> None:
        self.see("sign-in-email").fill(email)
        self.see("sign-in-password").fill(password)
        self.see("sign-in").click()

    def says(self, key: str, **values: str) -> str:
        """A text of the console in this agent's language."""
        return console(self.locale, key, **values)

    @property
    def rows(self) -> Locator:
        return self.see("conversation-row")

    def row(self, text: str) -> Locator:
        """The conversation in the list whose last words are these."""
        return self.rows.filter(has_text=text)

    def open(self, text: str, *, queue: str = "waiting", to_write: bool = True) -> int:
        """Find the conversation with these last words and open it, ready `to_write`; answers its number."""
        if f"/inbox/{queue}" not in self.page.url:
            self.see(f"queue-{queue}").click()
        self.see("list-filter").fill(text)
        self.row(text).click()
        expect(self.timeline.get_by_text(text)).to_be_visible()
        if to_write:
            self.editor_is_there()
        self.see("list-filter").press("Escape")
        return int(re.findall(r"/inbox/\w+/(\d+)", self.page.url)[0])

    def editor_is_there(self) -> None:
        """The editor comes after the page; what a test does to the plain field in that instant no hand could."""
        expect(self.page.locator("[data-testid=composer-input][contenteditable]")).to_be_visible()

    @property
    def timeline(self) -> Locator:
        return self.see("timeline")

    @property
    def entries(self) -> Locator:
        return self.timeline.get_by_test_id("entry")

    @property
    def composer(self) -> Locator:
        return self.see("composer-input")

    def answer(self, text: str) -> None:
        self.composer.fill(text)
        self.composer.press("Enter")
        expect(self.entries.filter(has_text=text)).to_be_visible()

    def note(self, text: str) -> None:
        self.see("composer-kind").get_by_text(self.says("composer.note"), exact=True).click()
        self.composer.fill(text)
        self.see("send").click()
        expect(self.entries.filter(has_text=text)).to_have_attribute("data-kind", "note")

    def texts(self) -> list[str]:
        """All messages in the order of the screen, without notes and events."""
        found = self.timeline.locator("[data-testid=entry][data-kind=message] [dir=auto]")
        return [text.strip() for text in found.all_inner_texts()]


class AgentPeople:
    """The demo's agents by their keys."""

    def __init__(self, site: LiveServer) -> None:
        self.site = site
        self.password = (site.data_dir / "demo-sign-in.txt").read_text("utf-8").split("\n")[2].strip()
        self._kept: dict[str, StorageState] = {}

    def email(self, key: str) -> str:
        return f"{key}@ongi.example"

    def come(self, key: str, windows: Windows, *, path: str = "/inbox/waiting", **options: Any) -> Agent:
        """An agent who is signed in, in a browser of their own."""
        locale = LOCALES[key]
        kept = self._kept.get(key)
        page = windows.open(locale=locale, storage_state=kept, **options)
        agent = Agent(page, url=self.site.url, locale=locale)
        agent.go(path if kept else "/")
        if kept is None:
            windows.forgive("401 (Unauthorized)")
            agent.sign_in(self.email(key), self.password)
            expect(agent.see("my-menu").or_(agent.see("queue-waiting")).first).to_be_visible()
            self._kept[key] = page.context.storage_state()
            agent.go(path)
        return agent
