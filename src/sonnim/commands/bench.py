"""`sonnim bench`: measures the real server on this machine, in under a minute each, and prints what it found."""

import argparse
import json
from collections.abc import Callable
from typing import Any

from sonnim.commands import CommandError

Measure = Callable[..., dict[str, Any]]


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    what = "chat, clocks, coach, connections, hours, inbox, mail, routing, rules, search, start or widget"
    parser = subparsers.add_parser("bench", help=f"measure {what} on this machine")
    kinds = parser.add_subparsers(dest="bench", metavar="what", required=True)
    chat = _kind(kinds, "chat", "messages a second from shoppers to an agent, beside a bare app that only stores them")
    chat.add_argument("--visitors", type=_count, default=200, help="sockets that write (200)")
    chat.add_argument("--window", type=_count, default=8, help="unacknowledged messages of each of them (8)")
    chat.add_argument("--seconds", type=_seconds, default=6, help="how long each of the five loads lasts (6)")
    chat.add_argument("--rate", type=_count, default=1000, help="messages a second of the latency's load (1000)")
    chat.add_argument("--plan", action="store_true", help="instead, without and with promises, routing and 20 rules")
    clocks = _kind(kinds, "clocks", "how exactly promises strike among many that run, over a kill of the server")
    clocks.add_argument("--clocks", type=_count, default=100_000, help="how many run (100000)")
    clocks.add_argument("--strikes", type=_count, default=3_000, help="how many of them strike (3000)")
    clocks.add_argument("--seconds", type=_seconds, default=100, help="within how long they do (100)")
    coach = _kind(kinds, "coach", "how long the coach takes over a draft of 300 characters after 30 turns")
    coach.add_argument("--drafts", type=_count, default=3_000, help="how many are reviewed (3000)")
    connections = _kind(kinds, "connections", "memory that an idle visitor's socket takes")
    connections.add_argument("--connections", type=_count, default=5000, help="sockets (5000)")
    hours = _kind(kinds, "hours", "how often a second business time is counted")
    hours.add_argument("--questions", type=_count, default=200_000, help="how many of each kind (200000)")
    inbox = _kind(kinds, "inbox", "pages of a queue over HTTP in a large shop")
    inbox.add_argument("--conversations", type=_count, default=1_000_000, help="how many the shop has (1000000)")
    inbox.add_argument("--pages", type=_count, default=500, help="pages of each sort for the latency (500)")
    inbox.add_argument("--seconds", type=_seconds, default=6, help="how long the list is asked for at full speed (6)")
    mail = _kind(kinds, "mail", "how fast mail is read, and how soon it is on the desk")
    mail.add_argument("--backlog", type=_count, default=10_000, help="mails in a mailbox when it is connected (10000)")
    mail.add_argument("--arrivals", type=_count, default=30, help="mails that come afterwards (30)")
    mail.add_argument("--folder", help="mails to read, instead of made ones")
    routing = _kind(kinds, "routing", "how long it takes to decide who gets a chat, and how a rush is given out")
    routing.add_argument("--agents", type=_count, default=200, help="agents of the busy shop (200)")
    routing.add_argument("--conversations", type=_count, default=5_000, help="its open conversations (5000)")
    routing.add_argument("--arrivals", type=_count, default=400, help="single arrivals there (400)")
    routing.add_argument("--rush", type=_count, default=1_000, help="chats at once in another shop (1000)")
    rules = _kind(kinds, "rules", "how long it takes to ask all rules of a shop whether a message sets them off")
    rules.add_argument("--rules", type=_count, default=100, help="how many listen (100)")
    rules.add_argument("--events", type=_count, default=10_000, help="of how many messages they are asked (10000)")
    search = _kind(kinds, "search", "searches in a large shop's messages, in three languages")
    search.add_argument("--messages", type=_count, default=1_000_000, help="how many the shop has (1000000)")
    search.add_argument("--queries", type=_count, default=1_000, help="how many are asked (1000)")
    boot = _kind(kinds, "boot", "seconds of a start on an existing database, and memory at rest")
    boot.add_argument("--starts", type=_count, default=5, help="how often it is started (5)")
    boot.add_argument("--idle", type=_seconds, default=5, help="seconds of rest before the memory is read (5)")

    widget = _kind(kinds, "widget", "milliseconds from the click to the painted greeting, in Chromium on a slow line")
    widget.add_argument("--runs", type=_count, default=20, help="cold openings (20)")
    widget.add_argument("--round-trip", type=_count, default=150, help="milliseconds of a round trip (150)")
    widget.add_argument("--mbit", type=float, default=1.6, help="megabits a second (1.6)")


def run(args: argparse.Namespace) -> int:
    from sonnim.bench.postgres import database
    from sonnim.bench.server import BenchFailed

    options = {
        name: value
        for name, value in vars(args).items()
        if name not in {"command", "bench", "json", "database", "database_url"}
    }
    kind = "postgresql" if args.database_url else args.database
    try:
        with database(kind, args.database_url) as url:
            found = _measure_of(args.bench)(database=kind, database_url=url, **options)
    except BenchFailed as error:
        raise CommandError(str(error)) from error
    print(json.dumps(found) if args.json else _table(found))
    return 0


def _measure_of(kind: str) -> Measure:
    from sonnim.bench import boot, chat, clocks, coach, connections, hours, inbox, mail, routing, rules, search, widget

    kinds: dict[str, Measure] = {
        "chat": chat.measure,
        "clocks": clocks.measure,
        "coach": coach.measure,
        "connections": connections.measure,
        "hours": hours.measure,
        "inbox": inbox.measure,
        "mail": mail.measure,
        "routing": routing.measure,
        "rules": rules.measure,
        "search": search.measure,
        "boot": boot.measure,
        "widget": widget.measure,
    }
    return kinds[kind]


def _kind(
    kinds: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, about: str
) -> argparse.ArgumentParser:
    parser = kinds.add_parser(name, help=about, description=f"Measures {about}.")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--database-url", help="an empty PostgreSQL database, instead of a server made for this")
    return parser


def _table(found: dict[str, Any]) -> str:
    width = max(map(len, found))
    return "\n".join(f"{name:<{width}}  {json.dumps(value)}" for name, value in found.items())


def _count(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return value


def _seconds(text: str) -> float:
    value = float(text)
    if not 0.1 <= value <= 3600:
        raise argparse.ArgumentTypeError("must be from 0.1 to 3600")
    return value
