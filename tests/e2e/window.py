"""Browser windows that notice what a person would not forgive: script errors, broken policies, failed requests."""

from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

TAGS = {"ko": "ko-KR", "zh": "zh-CN", "en": "en-GB"}
DESKTOP = {"width": 1360, "height": 900}
PHONE = {"width": 390, "height": 844}
# The worker that keeps the console's files would hide requests from the test; who is about it allows it.
MANNERS = {"timezone_id": "Asia/Seoul", "reduced_motion": "reduce", "service_workers": "block"}


class Windows:
    """The contexts of one test. `forgive` names what it expects to read in a browser's console."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        self._faults: list[str] = []
        self.forgiven: list[str] = []

    def open(self, *, locale: str = "en", phone: bool = False, **options: Any) -> Page:
        """A page in a fresh context: nothing is remembered there."""
        shape: dict[str, Any] = {"viewport": DESKTOP}
        if phone:
            shape = {"viewport": PHONE, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}
        context = self._browser.new_context(**{**MANNERS, "locale": TAGS[locale], **shape, **options})
        context.set_default_timeout(20_000)
        self._contexts.append(context)
        return self.another(context)

    def another(self, context: BrowserContext) -> Page:
        """One more tab of the same browser."""
        page = context.new_page()
        page.on("pageerror", lambda error: self._faults.append(f"{page.url}: {error}"))
        page.on("console", lambda message: self._hear(page, message))
        return page

    def forgive(self, *parts: str) -> None:
        """Text of a browser's console that belongs to what the test does."""
        self.forgiven.extend(parts)

    def close(self) -> None:
        """Ends the test's browsers and tells of what went wrong in them."""
        for context in self._contexts:
            context.close()
        faults = [fault for fault in self._faults if not any(part in fault for part in self.forgiven)]
        assert not faults, "\n".join(faults)

    def _hear(self, page: Page, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._faults.append(f"{page.url}: {message.text} ({message.location.get('url', '')})")
