"""A store of somebody else, on an origin and a site of its own, which allows the desk the least that it needs."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

PAGE = """<!doctype html>
<html lang="{locale}"><head><meta charset="utf-8"><title>Blue kettle | Ongi</title>
<script async src="{loader}" data-locale="{locale}"></script></head>
<body><h1>Blue kettle</h1><p>A kettle, and it is blue.</p><a href="#more">More of it</a>
{space}<p id="more">More.</p></body></html>"""


class ForeignStore:
    """Serves one page under 127.0.0.1 while the desk is under localhost: two sites to every browser."""

    def __init__(self, *, desk: str, loader: str, locale: str = "en") -> None:
        page = PAGE.format(loader=loader, locale=locale, space="<br>" * 80).encode()
        # Only what the README asks of a store: no style, no connection, no picture of the desk.
        policy = f"default-src 'none'; script-src {desk}; frame-src {desk}"

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:  # the standard library's name
                self.send_response(200 if self.path == "/" else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Security-Policy", policy)
                self.end_headers()
                self.wfile.write(page if self.path == "/" else b"")

            def log_message(self, format: str, *args: object) -> None:
                """The test's own output stays clean."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
