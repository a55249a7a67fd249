"""A server's first start, done once a test run and copied: making the tables takes longer than most tests."""

import fcntl
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.providers.postgres import copy_database, create_database
from tests.providers.redis import Redis
from tests.providers.sonnim import LiveServer

# What of a stopped server's folder belongs to that process and not to its data.
OF_THE_PROCESS = ("server.log", "migrate.lock", "*-shm")


class Template:
    """The data of a server that has started for the first time and was stopped again.

    Args:
        folder: where all workers of this run keep their templates.
        demo: whether it has the demo store.
        postgres: the address of a PostgreSQL server whose column this is, "" for SQLite.
    """

    def __init__(self, folder: Path, *, demo: bool, postgres: str = "") -> None:
        self._folder = folder / ("demo" if demo else "empty")
        self._demo, self._postgres = demo, postgres

    def copy_to(self, data_dir: Path) -> dict[str, str]:
        """Put a copy of the data there; answers the environment with which a server finds it."""
        address = self._folder.with_suffix(".address")
        with self._alone():
            if not address.exists():
                shutil.rmtree(self._folder, ignore_errors=True)
                address.write_text(self._make())
        shutil.copytree(self._folder, data_dir, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*OF_THE_PROCESS))
        return {"SONNIM_DATABASE_URL": copy_database(address.read_text())} if self._postgres else {}

    def _make(self) -> str:
        self._folder.mkdir(parents=True, mode=0o700)
        if not self._postgres:
            self._live_once({})
            return "sqlite"
        address = create_database(self._postgres)
        with Redis() as redis:
            self._live_once({"SONNIM_DATABASE_URL": address, "SONNIM_REDIS_URL": redis.url})
        return address

    def _live_once(self, env: Mapping[str, str]) -> None:
        server = LiveServer(data_dir=self._folder, env=env, demo=self._demo)
        server.start()
        code = server.stop()
        if code != 0:
            raise RuntimeError(f"the template's server ended with {code}:\n{server.output}")

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self._folder.parent.mkdir(parents=True, exist_ok=True)
        with self._folder.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def shared_folder(basetemp: Path) -> Path:
    """The folder that the workers of one test run share, from pytest's own folder of this worker."""
    return (basetemp.parent if "PYTEST_XDIST_WORKER" in os.environ else basetemp) / "templates"
