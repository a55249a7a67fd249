"""One Chromium and one demo store a module; people who come with a browser of their own and leave after each test."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.conftest import StartServer
from tests.e2e.agent import AgentPeople
from tests.e2e.shopper import Shopper
from tests.e2e.window import Windows
from tests.providers.chromium import FLAGS
from tests.providers.sonnim import LiveServer

# Everybody here comes from one address, and quicker than people do.
UNHURRIED = {"SONNIM_VISITOR_ARRIVALS": "1000/60", "SONNIM_VISITOR_MESSAGES": "100/100"}

# What a person sees after a moment on a machine of their own takes longer where everything runs at once.
PATIENCE_MS = 15_000
expect.set_options(timeout=PATIENCE_MS)

NewShopper = Callable[..., Shopper]


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    """For a module and no longer: while it runs, its event loop forbids Django's database in this thread."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium_path, args=[flag for flag in FLAGS if flag != "--headless"]
        )
        yield started
        started.close()


@pytest.fixture(scope="module")
def site(start_server: StartServer) -> LiveServer:
    """The demo store with its desk. It promises nothing: what calls after thirty seconds would call in every test."""
    started = start_server(demo=True, **UNHURRIED)
    started.python("-m", "tests.e2e.unpromised")
    return started


@pytest.fixture
def windows(browser: Browser) -> Iterator[Windows]:
    """Opens browser windows; afterwards nothing may have gone wrong in any of them."""
    opened = Windows(browser)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def agents(site: LiveServer, browser: Browser) -> AgentPeople:
    """The demo's agents, each of whom signs in once a module."""
    return AgentPeople(site)


@pytest.fixture
def new_shopper(site: LiveServer, windows: Windows) -> NewShopper:
    """A person on a page of the demo store, in a browser that has never been there."""

    def come(locale: str = "en", *, path: str = "/store/products/celadon-bowl/", **options: Any) -> Shopper:
        page = windows.open(locale=locale, **options)
        page.goto(f"{site.url}{path}?lang={locale}")
        return Shopper(page, locale=locale)

    return come
