"""Starting a server on a free port, waiting until it answers, and ending it for certain."""

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

START_TIMEOUT_S = 120.0


class ServerFailed(Exception):
    """A server ended or stayed silent while it was being started; the text has the end of its output."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def accepts_connections(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


class ServerProcess:
    """One child process whose output goes to `log`."""

    def __init__(
        self,
        name: str,
        command: Sequence[str | Path],
        *,
        log: Path,
        ready: Callable[[], bool],
        env: Mapping[str, str] | None = None,
        user: int | None = None,
    ) -> None:
        self.name = name
        self.log = log
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                [str(part) for part in command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env=dict(env) if env is not None else None,
                user=user,
                group=user,
                extra_groups=[] if user is not None else None,
            )
        self._wait_until(ready)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def running(self) -> bool:
        return self._process.poll() is None

    def end(self, *, with_signal: signal.Signals, timeout_s: float) -> int:
        """Sends the signal and waits; a process that does not obey in time is killed. Returns its exit code."""
        if self.running:
            self._process.send_signal(with_signal)
        try:
            return self._process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()

    def output(self, *, lines: int = 30) -> str:
        return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])

    def _wait_until(self, ready: Callable[[], bool]) -> None:
        deadline = time.monotonic() + START_TIMEOUT_S
        while not ready():
            if not self.running:
                raise ServerFailed(f"{self.name} ended with {self._process.returncode}:\n{self.output()}")
            if time.monotonic() > deadline:
                self.end(with_signal=signal.SIGKILL, timeout_s=5)
                raise ServerFailed(f"{self.name} did not answer within {START_TIMEOUT_S:.0f} s:\n{self.output()}")
            time.sleep(0.02)


def running_as_root() -> bool:
    return os.geteuid() == 0
