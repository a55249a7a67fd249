"""A shopper as the test sees one: a page of a store, and the chat in its corner."""

from typing import Any

from playwright.sync_api import FrameLocator, Locator, Page, expect

from tests.e2e.words import widget


class Shopper:
    """Somebody on a store's page. Everything goes through what a person can see and press."""

    def __init__(self, page: Page, *, locale: str = "en") -> None:
        self.page = page
        self.locale = locale

    @property
    def launcher(self) -> Locator:
        return self.page.locator("sonnim-chat button")

    @property
    def chat(self) -> FrameLocator:
        return self.page.frame_locator("sonnim-chat iframe")

    @property
    def composer(self) -> Locator:
        return self.see("composer")

    @property
    def messages(self) -> Locator:
        return self.see("message")

    @property
    def mine(self) -> Locator:
        return self.chat.locator("[data-testid=message][data-mine=true]")

    @property
    def theirs(self) -> Locator:
        return self.chat.locator("[data-testid=message][data-mine=false]")

    def see(self, test_id: str) -> Locator:
        return self.chat.get_by_test_id(test_id)

    def read(self, key: str, **values: str) -> Locator:
        """The place where a text of the widget's catalogue stands."""
        return self.chat.get_by_text(widget(self.locale, key, **values), exact=True)

    def open(self) -> None:
        self.launcher.click()
        expect(self.see("greeting")).to_be_visible()

    def write(self, text: str) -> None:
        self.composer.fill(text)
        self.composer.press("Enter")
        expect(self.mine.filter(has_text=text)).to_be_visible()

    def write_and_arrive(self, text: str) -> None:
        """Write, and wait until the desk has it."""
        self.write(text)
        expect(self.mine.filter(has_text=text)).not_to_have_class("going")
        expect(self.tick).not_to_have_attribute("data-tick", "sending")

    @property
    def tick(self) -> Locator:
        """How far the last message has come."""
        return self.see("tick").last

    def has_read(self, text: str) -> None:
        expect(self.theirs.filter(has_text=text)).to_be_visible()

    def texts(self) -> list[str]:
        """All messages in the order of the screen."""
        return [text.strip() for text in self.chat.locator("[data-testid=message] .text").all_inner_texts()]

    def reload(self) -> None:
        self.page.reload()

    def attach(self, *files: dict[str, Any]) -> None:
        self.see("file-input").set_input_files(list(files))  # type: ignore[arg-type]

    def says(self, key: str, **values: str) -> str:
        """A text of the widget in this shopper's language."""
        return widget(self.locale, key, **values)
