"""How long a shopper waits between the click and the greeting: in Chromium, on a slow line, with an empty cache."""

import json
import os
import re
import shutil
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from sonnim.bench import machine
from sonnim.bench.progress import tell
from sonnim.bench.server import BenchFailed, Site

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FROM_NPM = Path(__file__).resolve().parents[3] / "web" / "chromium" / "unpacked" / "start"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
PATIENCE_MS = 20_000
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Blue kettle</title>
<script async src="{loader}" data-locale="en"></script><h1>Blue kettle</h1></html>"""
# The clock starts with the very first sign of the pointer, since the chat begins to load with it.
STARTS = """for (const type of ['pointerover', 'touchstart', 'click']) {
  addEventListener(type, (event) => {
    if (event.target.localName === 'sonnim-chat') window.began ??= performance.timeOrigin + event.timeStamp;
  }, true);
}"""
PAINTED = """new Promise((done) => {
  const look = () => {
    const [mark] = performance.getEntriesByName('sonnim:greeting');
    if (mark) done(performance.timeOrigin + mark.startTime);
    else requestAnimationFrame(look);
  };
  look();
})"""


def measure(*, database: str, database_url: str | None, runs: int, round_trip: int, mbit: float) -> dict[str, Any]:
    """Cold openings of the chat on a page of another site than the desk's."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise BenchFailed("this drives a browser with Playwright, which is not installed; run ./run setup.") from None
    browser_path = _find_browser()
    around = machine.described()
    line = {
        "offline": False,
        "latency": round_trip,
        "downloadThroughput": mbit * 1_000_000 / 8,
        "uploadThroughput": mbit * 1_000_000 / 8,
    }
    with Site(database_url=database_url) as site, sync_playwright() as playwright:
        tell(f"{database}: making the demo store")
        site.start(demo=True)
        browser = playwright.chromium.launch(executable_path=browser_path, args=ARGUMENTS)
        with _store(site.port) as address:
            taken = []
            for number in range(1, runs + 1):
                taken.append(_open_once(browser, address, line))
                tell(f"opening {number} of {runs}: {taken[-1]:.0f} ms")
        version = browser.version
        browser.close()
    tell("done")
    return {
        "p50_ms": round(machine.percentile(taken, 0.5)),
        "p95_ms": round(machine.percentile(taken, 0.95)),
        "runs": len(taken),
        "noise": {"ms": [round(min(taken)), round(max(taken))]},
        "round_trip_ms": round_trip,
        "mbit_per_s": mbit,
        "chromium": version,
        "database": database,
        "machine": around,
    }


def _open_once(browser: Any, address: str, line: dict[str, Any]) -> float:
    """Milliseconds from the pointer's arrival to the painted greeting, in a browser that has never been there."""
    context = browser.new_context(service_workers="block")
    context.set_default_timeout(PATIENCE_MS)
    try:
        page = context.new_page()
        page.add_init_script(STARTS)
        _slow_down(context.new_cdp_session(page), line)
        page.goto(address)
        page.locator("sonnim-chat button").click()
        frame = page.locator("sonnim-chat iframe").element_handle().content_frame()
        frame.locator("[data-testid=greeting]").wait_for()
        taken: float = frame.evaluate(PAINTED) - page.evaluate("window.began")
        return taken
    finally:
        context.close()


def _slow_down(session: Any, line: dict[str, Any]) -> None:
    """Put the page on the line, and every frame of another site before it asks for anything."""
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", line)
    session.on("Target.attachedToTarget", partial(_slow_down_frame, session, line))
    session.send("Target.setAutoAttach", {"autoAttach": True, "waitForDebuggerOnStart": True, "flatten": False})


def _slow_down_frame(session: Any, line: dict[str, Any], attached: dict[str, Any]) -> None:
    calls: list[tuple[str, dict[str, Any]]] = [
        ("Network.enable", {}),
        ("Network.emulateNetworkConditions", line),
        ("Runtime.runIfWaitingForDebugger", {}),
    ]
    for number, (method, params) in enumerate(calls, 1):
        message = json.dumps({"id": number, "method": method, "params": params})
        session.send("Target.sendMessageToTarget", {"sessionId": attached["sessionId"], "message": message})


@contextmanager
def _store(desk_port: int) -> Iterator[str]:
    """A page of somebody else's: under 127.0.0.1, while the desk is under localhost."""
    desk = f"http://localhost:{desk_port}"
    with urllib.request.urlopen(f"{desk}/store/") as answer:  # noqa: S310
        found = re.search(r'src="(/widget/\w+\.js)"', answer.read().decode())
    if found is None:
        raise BenchFailed("the demo store has no chat.")
    page = PAGE.format(loader=desk + found[1]).encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the standard library's name
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, format: str, *args: object) -> None:
            """Stdout and stderr are for the figures."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def _find_browser() -> str:
    found = os.environ.get("SONNIM_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None and FROM_NPM.exists():
        found = str(FROM_NPM)
    if found is None:
        raise BenchFailed("this needs Chromium, and there is none; run ./run setup.")
    return found
