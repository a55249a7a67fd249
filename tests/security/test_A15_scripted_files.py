"""A15: a file with a script in it is handed out so that no browser runs it."""

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.protocol.desk import Desk
from tests.security.browsing import Chromium
from tests.security.test_A16_file_addresses import upload

RUN = "window.__xss=1;try{top.__xss=1;opener.__xss=1}catch(e){};document.title='ran'"
FILES = {
    "page.html": f'<!doctype html><title>page</title><script>{RUN}</script><img src=x onerror="{RUN}">',
    "page.png": f'<html><body onload="{RUN}"><script>{RUN}</script></body></html>',
    "drawing.svg": f'<svg xmlns="http://www.w3.org/2000/svg" onload="{RUN}"><script>{RUN}</script></svg>',
    "drawing.xml": f'<?xml version="1.0"?><x:script xmlns:x="http://www.w3.org/1999/xhtml">{RUN}</x:script>',
    "page.xhtml": f'<html xmlns="http://www.w3.org/1999/xhtml"><script>{RUN}</script></html>',
    "script.js": RUN,
    "letter.mht": f"MIME-Version: 1.0\nContent-Type: text/html\n\n<script>{RUN}</script>",
    "paper.pdf": f"%PDF-1.4\n1 0 obj<</OpenAction<</S/JavaScript/JS({RUN})>>>>endobj\ntrailer<</Root 1 0 R>>",
    "both.gif": f"GIF89a/*\x01\x00\x01\x00\x00\x00\x00*/=1;{RUN}//",
    "style.css": "*{background:url(javascript:1)}",
}


@pytest.fixture(scope="module")
def addresses(desk: Desk) -> Iterator[dict[str, str]]:
    """Where the owner opens each file."""
    base = f"{desk.server.url}/api/v1/shops/{desk.shop}/attachments"
    owner = desk.agent("owner")
    yield {name: f"{base}/{upload(desk, owner, name, text.encode())['id']}/content" for name, text in FILES.items()}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("download", ["", "?download=1"])
def test_it_is_served_to_be_saved_and_locked_up(
    desk: Desk, addresses: dict[str, str], name: str, download: str
) -> None:
    answer = desk.http.get(addresses[name] + download, headers=desk.agent("owner").headers)
    assert answer.text == FILES[name]
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert "public" not in answer.headers["cache-control"]


@pytest.mark.browser
def test_no_way_of_opening_it_runs_a_script(desk: Desk, addresses: dict[str, str], chromium: Chromium) -> None:
    with chromium.watched() as tab:
        tab.sign_in(desk)
        tab.page.goto(f"{desk.server.url}/help/")
        for name, address in addresses.items():
            with tab.page.expect_download() as saved:
                tab.page.evaluate("(address) => { location.href = address; }", address)
            assert Path(saved.value.path()).read_bytes() == FILES[name].encode()
            loaded = tab.page.evaluate(
                """async (address) => {
                  const load = (tag, set) => new Promise((end) => {
                    const made = Object.assign(document.createElement(tag), set);
                    made.onload = () => end(tag + " loaded");
                    made.onerror = () => end(tag + " failed");
                    document.head.append(made);
                  });
                  const style = { rel: "stylesheet", href: address };
                  return await Promise.all([load("script", { src: address }), load("link", style)]);
                }""",
                address,
            )
            assert loaded == ["script failed", "link failed"], name
            assert tab.page.evaluate("[window.__xss, document.title === 'ran']") == [None, False], name
        assert tab.dialogs == []


@pytest.mark.browser
def test_a_page_of_another_site_cannot_use_it(
    desk: Desk, addresses: dict[str, str], chromium: Chromium, tmp_path: Path
) -> None:
    tags = "".join(
        f'<script src="{address}"></script><iframe src="{address}"></iframe><object data="{address}"></object>'
        for address in addresses.values()
    )
    (tmp_path / "index.html").write_text(f"<!doctype html><title>evil</title>{tags}")
    with site(tmp_path) as evil, chromium.watched() as tab:
        tab.sign_in(desk)
        tab.page.goto(evil)
        assert tab.page.evaluate("[window.__xss, document.title]") == [None, "evil"]
        assert tab.dialogs == []


class site:
    """A folder as a web site on another origin of this machine."""

    def __init__(self, folder: Path) -> None:
        class Quiet(http.server.SimpleHTTPRequestHandler):
            def __init__(self, *args: object, **more: object) -> None:
                super().__init__(*args, directory=str(folder))  # type: ignore[arg-type]

            def log_message(self, format: str, *args: object) -> None:
                return

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
        self._serving = threading.Thread(target=self._server.serve_forever)

    def __enter__(self) -> str:
        self._serving.start()
        return f"http://127.0.0.1:{self._server.server_address[1]}/index.html"

    def __exit__(self, *args: object) -> None:
        self._server.shutdown()
        self._serving.join()
        self._server.server_close()
