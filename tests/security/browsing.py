"""A real browser that tells of everything that would be an injection's success or its attempt."""

from types import TracebackType
from typing import Any, Self

from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.protocol.desk import Desk
from tests.providers.chromium import FLAGS
from tests.security.owner import Owner

# In every frame: what a payload would set, and what the browser itself had to forbid.
WATCH = """
window.__forbidden = [];
document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) =>
  window.__forbidden.push(effectiveDirective + " " + blockedURI));
"""

# A page is slow where everything runs at once.
expect.set_options(timeout=15_000)


class Chromium:
    """One browser; entered once."""

    def __init__(self, path: str, *flags: str) -> None:
        self._path, self._flags = path, flags

    def __enter__(self) -> Self:
        self._driver = sync_playwright().start()
        self._browser: Browser = self._driver.chromium.launch(
            executable_path=self._path, args=[*FLAGS, *self._flags], headless=True
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._browser.close()
        self._driver.stop()

    def watched(self, **options: Any) -> "Watched":
        return Watched(self._browser.new_context(locale="en-US", **options))


class Watched:
    """A context of its own, with one page."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.dialogs: list[str] = []
        self.errors: list[str] = []
        self.console: list[str] = []
        context.add_init_script(WATCH)
        self.page: Page = context.new_page()
        self.page.set_default_timeout(15_000)
        self.page.on("dialog", self._dialog)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda said: self.console.append(said.text))

    def sign_in(self, desk: Desk) -> None:
        """The owner's session, as signing in by password makes it."""
        with Owner(desk) as owner:
            for name, value in owner.cookies.items():
                self.context.add_cookies([{"name": name, "value": value, "url": desk.server.url}])

    def harm(self) -> list[str]:
        """What has run, asked for, or been kept from running; empty when nothing was injected."""
        found = [f"dialog: {text}" for text in self.dialogs]
        for frame in self.page.frames:
            found += frame.evaluate("window.__xss === undefined ? [] : ['ran in ' + location.pathname]")
            found += frame.evaluate("(window.__forbidden || []).map((each) => 'forbidden: ' + each)")
            found += frame.evaluate(FOREIGN)
        return found + [f"error: {text}" for text in self.errors]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.context.close()

    def _dialog(self, dialog: Any) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()


# No element of ours has a handler in its markup, a script address, or comes from somewhere else.
FOREIGN = """
() => {
  const found = [];
  const origin = location.origin;
  for (const each of document.querySelectorAll("*")) {
    for (const { name, value } of each.attributes) {
      if (name.startsWith("on") || name === "srcdoc") found.push("handler " + each.tagName + " " + name);
      const plain = value.replace(/[\\u0000-\\u0020]/g, "").toLowerCase();
      if (["href", "src", "action", "formaction", "xlink:href", "data"].includes(name)
          && /^(javascript|vbscript|data:text)/.test(plain)) found.push("address " + each.tagName + " " + value);
    }
    if (["IFRAME", "OBJECT", "EMBED", "BASE", "FORM", "SCRIPT"].includes(each.tagName)) {
      const to = each.src || each.data || each.href || "";
      if (to && !to.startsWith(origin)) found.push("element " + each.tagName + " " + to);
    }
  }
  return found;
}
"""
