"""How fast mail is read, how soon it is on the desk, and how a mailbox full of it comes in."""

import contextlib
import http.client
import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sonnim.bench import machine
from sonnim.bench.imap_server import ImapServer
from sonnim.bench.mail_texts import mails
from sonnim.bench.progress import tell
from sonnim.bench.server import BenchFailed, Site
from sonnim.letters.bounded import Reader
from sonnim.letters.limits import Unreadable

PARSED = 1_000
LOOK_S = 0.02
PATIENCE_S = 1_200
ADDRESS = "help@ongi.example"


def measure(
    *, database: str, database_url: str | None, backlog: int, arrivals: int, folder: str | None
) -> dict[str, Any]:
    """Read many mails, then let a server take a full mailbox over IMAP, and then single mails.

    Args:
        backlog: how many mails lie in the mailbox when it is connected.
        arrivals: how many come afterwards, one after another.
        folder: mails to read (files, at any depth) instead of made ones.
    """
    around = machine.described()
    samples = _samples(folder)
    tell(f"reading {len(samples):,} mails")
    reading = _read(samples)
    with ImapServer() as post, Site(database_url=database_url) as site:
        site.env["SONNIM_OUTGOING_TRUSTED"] = post.host_and_port
        tell(f"{database}: putting {backlog:,} mails into a mailbox, and starting a shop")
        for mail in mails(backlog):
            post.put(mail)
        seed = site.ask("seed", visitors=0)
        site.start()
        desk = Desk(site.port, seed)
        desk.connect(post)
        tell("the mailbox is connected; fetching, and reading the desk's list meanwhile")
        before = machine.cpu_seconds(site.pid)
        taken = desk.follow_backlog(backlog)
        taken["backlog_cpu_us"] = machine.cpu_each(site.pid, before, backlog)
        tell(f"{arrivals} mails, one after another")
        soon = [desk.see(post, mail) for mail in mails(backlog + arrivals)[backlog:]]
        memory = machine.resident_kb(site.pid) / 1024
    tell("done")
    return {
        **reading,
        "arrival_p50_ms": round(machine.percentile(soon, 0.5)),
        "arrival_p95_ms": round(machine.percentile(soon, 0.95)),
        "backlog": backlog,
        **taken,
        "server_mb": round(memory, 1),
        "noise": {"arrival_ms": [round(min(soon)), round(max(soon))]},
        "database": database,
        "machine": around,
    }


def _samples(folder: str | None) -> Sequence[bytes]:
    if folder is None:
        return mails(PARSED)
    found = [path.read_bytes() for path in sorted(Path(folder).rglob("*")) if path.is_file()]
    if not found:
        raise BenchFailed(f"there are no files in {folder}")
    return found


def _read(samples: Sequence[bytes]) -> dict[str, Any]:
    """One after another, as the server does: in a process that can be killed."""
    reader = Reader(at_once=1)
    with contextlib.suppress(Unreadable):
        reader.read(samples[0])  # the process is there
    waits, refused = [], 0
    began = time.perf_counter()
    for raw in samples:
        start = time.perf_counter()
        try:
            reader.read(raw)
        except Unreadable:
            refused += 1
        waits.append((time.perf_counter() - start) * 1000)
    seconds = time.perf_counter() - began
    reader.close()
    return {
        "parse_per_s": round(len(samples) / seconds),
        "parse_p99_ms": round(machine.percentile(waits, 0.99), 1),
        "parsed": len(samples),
        "refused": refused,
    }


class Desk:
    """The shop's API, as its owner uses it."""

    def __init__(self, port: int, seed: dict[str, Any]) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self._shop = f"/api/v1/shops/{seed['shop']}"
        self._headers = {"Authorization": f"Bearer {seed['agent_token']}", "Content-Type": "application/json"}

    def connect(self, post: ImapServer) -> None:
        """Set the mailbox up."""
        self._ask(
            "POST",
            "/mailboxes",
            {
                "address": ADDRESS,
                "way_in": "imap",
                "imap": post.settings(),
                "way_out": "house",
                "secrets": {"imap_password": post.password},
            },
        )

    def follow_backlog(self, count: int) -> dict[str, Any]:
        """Wait until all mails are on the desk, and see how quick its list is meanwhile."""
        began, waits, fetched_s = time.perf_counter(), list[float](), 0.0
        for _ in self._looks():
            start = time.perf_counter()
            self._ask("GET", "/conversations?queue=all&limit=50")
            waits.append((time.perf_counter() - start) * 1000)
            [mailbox] = self._ask("GET", "/mailboxes")["items"]
            if not fetched_s and mailbox["fetched"] >= count:
                fetched_s = time.perf_counter() - began
            if fetched_s and self._count() >= count:
                break
            time.sleep(0.2)
        seconds = time.perf_counter() - began
        return {
            "backlog_fetched_s": round(fetched_s, 1),
            "backlog_s": round(seconds, 1),
            "backlog_per_s": round(count / seconds),
            "list_p50_ms": round(machine.percentile(waits, 0.5), 1),
            "list_p99_ms": round(machine.percentile(waits, 0.99), 1),
        }

    def see(self, post: ImapServer, mail: bytes) -> float:
        """Let a mail arrive; answers the milliseconds until the desk counts it."""
        before = self._count()
        began = time.perf_counter()
        post.put(mail)
        for _ in self._looks():
            if self._count() > before:
                break
            time.sleep(LOOK_S)
        return (time.perf_counter() - began) * 1000

    def _count(self) -> int:
        return int(self._ask("GET", "/conversations/counts")["all"])

    def _looks(self) -> Iterator[None]:
        until = time.perf_counter() + PATIENCE_S
        while time.perf_counter() < until:
            yield
        raise BenchFailed("the mails never came to the desk")

    def _ask(self, method: str, path: str, body: object = None) -> Any:
        self._line.request(method, self._shop + path, json.dumps(body) if body is not None else None, self._headers)
        answer = self._line.getresponse()
        found = answer.read()
        if answer.status not in {200, 201}:
            raise BenchFailed(f"{method} {path} was answered {answer.status}: {found[:300].decode('utf-8', 'replace')}")
        return json.loads(found)
