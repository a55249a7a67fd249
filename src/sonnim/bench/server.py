"""The server under measurement: a child process with a data folder of its own that is gone afterwards."""

import contextlib
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec

START_WITHIN_S = 60.0
ASK_WITHIN_S = 180.0
# Everything comes from one address here, and much faster than people write.
UNLIMITED = {
    "SONNIM_VISITOR_MESSAGES": "100000/100000",
    "SONNIM_VISITOR_ARRIVALS": "1000000/60",
    "SONNIM_AGENT_MESSAGES": "100000/100000",
}


class BenchFailed(Exception):
    """A measurement cannot be made; the text says why."""


class Site:
    """A data folder and a database, and the processes that are run on them."""

    def __init__(self, *, database_url: str | None = None) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="sonnim-bench-"))
        self.port = free_port()
        self.env = {
            **os.environ,
            **UNLIMITED,
            "SONNIM_DATA": str(self.folder),
            "SONNIM_URL": f"http://localhost:{self.port}",
            "DJANGO_SETTINGS_MODULE": "sonnim.config.settings",
        }
        for name in ("SONNIM_DATABASE_URL", "SONNIM_REDIS_URL"):
            self.env.pop(name, None)
        if database_url is not None:
            self.env["SONNIM_DATABASE_URL"] = database_url
        self._server: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def pid(self) -> int:
        if self._server is None:
            raise BenchFailed("the server is not running")
        return self._server.pid

    def start(self, *, demo: bool = False) -> float:
        """Start the product; answers the seconds until it said that it is well."""
        options = [] if demo else ["--no-demo"]
        return self._start(["-m", "sonnim.cli", "up", "--port", str(self.port), *options])

    def start_bare(self, *, gathers: bool = False) -> float:
        """Start the bare app in the product's place; see bare.py for what `gathers` means."""
        return self._start(["-m", "sonnim.bench.bare", str(self.port), *(["gathers"] if gathers else [])])

    def stop(self) -> None:
        """End the server as an operator does."""
        if self._server is not None and self._server.poll() is None:
            self._server.send_signal(signal.SIGTERM)
            try:
                self._server.wait(15)
            except subprocess.TimeoutExpired:
                self._server.kill()
                self._server.wait()
        self._server = None

    def ask(self, module: str, **values: Any) -> Any:
        """Run a module of this package as a process on this site: keywords in, JSON out."""
        try:
            done = subprocess.run(
                [sys.executable, "-m", f"sonnim.bench.{module}"],
                input=msgspec.json.encode({"port": self.port, **values}),
                stdout=subprocess.PIPE,
                env=self.env,
                timeout=ASK_WITHIN_S,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise BenchFailed(f"{module} did not end; the server said: {self._last_words()}") from None
        if done.returncode != 0:
            raise BenchFailed(f"{module} ended with {done.returncode}; the server said: {self._last_words()}")
        return msgspec.json.decode(done.stdout)

    def _start(self, arguments: Sequence[str]) -> float:
        began = time.perf_counter()
        with self._log.open("ab") as output:
            self._server = subprocess.Popen(
                [sys.executable, *arguments], stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=self.env
            )
        while not self._is_well():
            if self._server.poll() is not None or time.perf_counter() - began > START_WITHIN_S:
                raise BenchFailed(f"the server did not start: {self._last_words()}")
            time.sleep(0.005)
        return time.perf_counter() - began

    def _is_well(self) -> bool:
        with contextlib.suppress(OSError, http.client.HTTPException):
            line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
            try:
                line.request("GET", "/healthz")
                return line.getresponse().status == 200
            finally:
                line.close()
        return False

    @property
    def _log(self) -> Path:
        return self.folder / "server.log"

    def _last_words(self) -> str:
        return "\n".join(self._log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:])


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
