"""One way of looking at the product: a language, light or dark, desktop or phone; and the people on its screens."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, StorageState
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.e2e.agent import Agent
from tests.e2e.shopper import Shopper
from tests.e2e.window import DESKTOP, PHONE, TAGS
from tests.providers.sonnim import LiveServer

SIGNED_IN = "[data-testid=my-menu], [data-testid=queue-waiting]"


@dataclass(frozen=True, slots=True)
class Look:
    """How the pictures of one round are taken."""

    locale: str
    scheme: str
    shape: str

    @property
    def name(self) -> str:
        return f"{self.locale}-{self.scheme}-{self.shape}"

    @property
    def phone(self) -> bool:
        return self.shape == "phone"


class Stage:
    """A round of pictures: opens pages in its look and names the files."""

    def __init__(self, browser: Browser, site: LiveServer, look: Look, folder: Path) -> None:
        self._browser = browser
        self.site = site
        self.look = look
        self._folder = folder / look.name
        self._folder.mkdir(parents=True, exist_ok=True)
        self._signed_in: dict[str, StorageState] = {}
        self.taken: list[Path] = []

    def page(self, **options: Any) -> Page:
        """A fresh browser with nothing remembered."""
        shape: dict[str, Any] = {"viewport": {**DESKTOP, "width": 1440}}
        if self.look.phone:
            shape = {"viewport": PHONE, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}
        context = self._browser.new_context(
            **{
                "locale": TAGS[self.look.locale],
                "timezone_id": "Asia/Seoul",
                "reduced_motion": "reduce",
                "color_scheme": self.look.scheme,
                **shape,
                **options,
            }
        )
        context.set_default_timeout(8_000)
        return context.new_page()

    def agent(self, key: str = "owner", path: str = "/inbox/waiting") -> Agent:
        """A demo agent at the desk, in this look's language whatever their own is."""
        kept = self._signed_in.get(key)
        page = self.page(**({"storage_state": kept} if kept else {}))
        agent = Agent(page, url=self.site.url, locale=self.look.locale)
        if kept is None:
            agent.go("/")
            password = (self.site.data_dir / "demo-sign-in.txt").read_text("utf-8").split("\n")[2].strip()
            agent.sign_in(f"{key}@ongi.example", password)
            page.wait_for_selector(SIGNED_IN)
            page.evaluate(SPEAK, {"locale": self.look.locale, "theme": "auto"})
            self._signed_in[key] = page.context.storage_state()
        agent.go(path)
        page.wait_for_selector(SIGNED_IN)
        return agent

    def shopper(self, path: str = "/store/products/celadon-bowl/") -> Shopper:
        """Somebody new on a page of the demo store."""
        page = self.page()
        page.goto(f"{self.site.url}{path}?lang={self.look.locale}")
        return Shopper(page, locale=self.look.locale)

    def shoot(self, page: Page, name: str) -> None:
        """Take the picture once everything that moves has come to rest."""
        with contextlib.suppress(PlaywrightTimeout):  # a chat that is open is never idle for long
            page.wait_for_load_state("networkidle", timeout=2_000)
        page.evaluate("() => document.fonts.ready")
        page.wait_for_timeout(250)  # toasts and menus slide in, reduced motion or not
        target = self._folder / f"{name}.png"
        page.screenshot(path=target)
        self.taken.append(target)


SPEAK = """async (wanted) => {
  const csrf = document.cookie.match(/csrftoken=([^;]+)/)?.[1] ?? "";
  const headers = {"Content-Type": "application/json", "X-CSRFToken": csrf};
  const answer = await fetch("/api/v1/me", {method: "PATCH", headers, body: JSON.stringify(wanted)});
  if (!answer.ok) throw new Error(`PATCH /me: ${answer.status}`);
}"""

Scene = Callable[[Stage], None]
