"""`sonnim up`: prepares the data folder and the tables, then serves everything from this one process."""

import argparse
import contextlib
import errno
import os
import shutil
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from sonnim.commands import CommandError

NEEDED_FREE_MB = 200
DEMO_PENDING = "demo.pending"
DEMO_SIGN_IN = "demo-sign-in.txt"
DOORS = {"The demo store": "/store/", "The agents' console": "/console/", "Help": "/help/"}


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("up", help="start Sonnim")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--url", help="the address that people type, when it differs (also SONNIM_URL)")
    parser.add_argument("--no-demo", action="store_true", help="do not fill a fresh database with the demo store")


def run(args: argparse.Namespace) -> int:
    began = time.monotonic()
    url = (args.url or os.environ.get("SONNIM_URL") or f"http://localhost:{args.port}").rstrip("/")
    os.environ["SONNIM_URL"] = url
    folder = Path(os.environ.get("SONNIM_DATA") or "data").resolve()
    prepare_folder(folder)
    listener = bind(host=args.host, port=args.port)
    token = prepare_database(folder, with_demo=not args.no_demo)
    from sonnim.config.server import serve  # loads the whole product

    begin = f"{url}/console/start/{token}" if token else None
    return serve(
        listener,
        on_listening=lambda: welcome(url=url, folder=folder, begin=begin, seconds=time.monotonic() - began),
    )


def prepare_folder(folder: Path) -> None:
    """Makes the data folder, readable by its owner alone, and refuses a disk on which nothing could be kept."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(f"the data folder {folder} cannot be made: {error.strerror}.") from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise CommandError(f"the data folder {folder} cannot be written to.")
    free = shutil.disk_usage(folder).free // 2**20
    if free < NEEDED_FREE_MB:
        raise CommandError(f"the disk of {folder} is nearly full: {free} MB are free, {NEEDED_FREE_MB} MB are needed.")


def bind(*, host: str, port: int) -> socket.socket:
    """Takes the port before any work is done; connections are refused until the server listens."""
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except (OSError, OverflowError) as error:
        listener.close()
        raise CommandError(_why_not_bound(error, host=host, port=port)) from error
    return listener


def prepare_database(folder: Path, *, with_demo: bool) -> str | None:
    """Applies pending migrations, and fills a fresh database with the demo; answers the token of the set-up link."""
    import django

    django.setup()
    from django.db import connections

    from sonnim.commands.migrate import apply_pending, is_fresh

    # The mark outlives a start that was cut short between the tables and the demo.
    pending = folder / DEMO_PENDING
    if with_demo and is_fresh():
        pending.touch()
    with _told("Preparing the database"):
        apply_pending()
    if with_demo and pending.exists():
        from sonnim.demo.actions import ensure_demo

        with _told("Filling the demo store"):
            ensure_demo()
        pending.unlink()
    from sonnim.accounts.setup import offer_set_up

    token = offer_set_up()
    connections.close_all()
    return token


def welcome(*, url: str, folder: Path, begin: str | None, seconds: float) -> None:
    """Says where everything is, how to sign in, and by which link one's own shop begins."""
    lines = ["", f"Sonnim is ready after {seconds:.1f} s. Ctrl-C stops it.", ""]
    lines += [f"  {name + ':':<21} {url}{path}" for name, path in DOORS.items()]
    sign_in = folder / DEMO_SIGN_IN
    if sign_in.exists():
        lines += ["", *(f"  {line}".rstrip() for line in sign_in.read_text(encoding="utf-8").splitlines())]
    if begin is not None:
        lines += ["", "  Your own shop begins here (the link is good once, and until the next start):", f"  {begin}"]
    print("\n".join(lines), "\n", flush=True)


@contextlib.contextmanager
def _told(what: str) -> Iterator[None]:
    """Tells of work that takes long enough to be noticed; a start that has nothing to do stays quiet."""
    began = time.monotonic()
    if sys.stdout.isatty():
        print(f"· {what} …", end="\r", flush=True)
    yield
    seconds = time.monotonic() - began
    if seconds >= 1:
        print(f"· {what} … {seconds:.0f} s", flush=True)


def _why_not_bound(error: Exception, *, host: str, port: int) -> str:
    reason = error.errno if isinstance(error, OSError) else None
    if reason == errno.EADDRINUSE:
        return f"port {port} is in use by another program; choose another one, for example --port {port + 1}."
    if reason == errno.EACCES:
        return f"port {port} is reserved for the administrator; choose one above 1023."
    if isinstance(error, OverflowError):
        return f"{port} is not a port; a port is a number from 1 to 65535."
    return f"this machine cannot listen on {host}."
