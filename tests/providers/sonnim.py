"""Sonnim itself as a process of its own, the way `sonnim up` starts it."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.providers.processes import ServerProcess, accepts_connections, free_port

DRAIN_TIMEOUT_S = 15.0


class LiveServer:
    """One `sonnim up`. It keeps its port and its data over `kill` and `restart`."""

    def __init__(self, *, data_dir: Path, env: Mapping[str, str], demo: bool = False) -> None:
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.ws_url = f"ws://localhost:{self.port}/ws"
        self.data_dir = data_dir
        self.env = {**os.environ, **env, "SONNIM_DATA": str(data_dir), "SONNIM_URL": self.url}
        self.env.pop("DJANGO_SETTINGS_MODULE", None)  # the server's settings are the product's, not the tests'
        self._demo = demo
        self._process: ServerProcess | None = None

    @property
    def pid(self) -> int:
        if self._process is None:
            raise RuntimeError("the server is not running")
        return self._process.pid

    @property
    def output(self) -> str:
        log = self.data_dir / "server.log"
        return log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""

    def start(self) -> None:
        options = [] if self._demo else ["--no-demo"]
        self._process = ServerProcess(
            "sonnim up",
            [sys.executable, "-m", "sonnim.cli", "up", "--port", str(self.port), *options],
            log=self.data_dir / "server.log",
            ready=lambda: accepts_connections(self.port),
            env=self.env,
        )

    def stop(self) -> int:
        """Asks for a drain, as an operator does, and returns the exit code."""
        return self._end(signal.SIGTERM)

    def kill(self) -> int:
        """The plug is pulled."""
        return self._end(signal.SIGKILL)

    def restart(self) -> None:
        self.stop()
        self.start()

    def sonnim(self, *arguments: str) -> str:
        """Runs another `sonnim` command on the same data and returns what it printed."""
        return self.python("-m", "sonnim.cli", *arguments)

    def python(self, *arguments: str) -> str:
        """Runs Python with the server's environment, to prepare or to look at its data from outside."""
        done = subprocess.run([sys.executable, *arguments], env=self.env, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(arguments)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done.stdout

    def _end(self, with_signal: signal.Signals) -> int:
        if self._process is None:
            return 0
        code = self._process.end(with_signal=with_signal, timeout_s=DRAIN_TIMEOUT_S)
        self._process = None
        return code
