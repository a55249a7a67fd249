"""`sonnim demo`: creates the demo store, removes it without a trace, or lets simulated shoppers write to it."""

import argparse
import asyncio
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from sonnim.commands import CommandError

if TYPE_CHECKING:
    from sonnim.demo.traffic import Tally

REPORT_EVERY = 10


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("demo", help="create or remove the demo store, or let shoppers write to it")
    steps = parser.add_subparsers(dest="step", metavar="step", required=True)
    steps.add_parser("create", help="make the demo store, its people and their conversations")
    steps.add_parser("remove", help="take all of it away again")
    traffic = steps.add_parser("traffic", help="simulated shoppers write to the running server; Ctrl-C ends it")
    traffic.add_argument("--url", help="the running server (default: SONNIM_URL or http://localhost:8000)")
    traffic.add_argument("--shoppers", type=_between(1, 100), default=6, help="how many are there at once (6)")
    traffic.add_argument("--rate", type=_between(0.1, 600), default=10, help="messages a minute, all together (10)")
    traffic.add_argument("--minutes", type=_between(0.05, 10_000), help="how long (until Ctrl-C)")


def run(args: argparse.Namespace) -> int:
    return {"create": _create, "remove": _remove, "traffic": _traffic}[args.step](args)


def _create(args: argparse.Namespace) -> int:
    import django

    django.setup()
    from sonnim.demo.actions import ensure_demo

    made = ensure_demo()
    print("The demo store is ready." if made.created else "The demo store is there already.")
    print(f"{made.agents} people at the desk, {made.contacts} shoppers, {made.conversations} conversations.\n")
    print(made.sign_in.read_text("utf-8"), end="")
    return 0


def _remove(args: argparse.Namespace) -> int:
    import django

    django.setup()
    from sonnim.demo.actions import remove_demo

    gone = remove_demo()
    if not gone.shops:
        print("There is no demo store.")
        return 0
    print(
        f"The demo store is gone: {gone.people} people, {gone.conversations} conversations, {gone.files} files removed."
    )
    return 0


def _traffic(args: argparse.Namespace) -> int:
    from sonnim.demo.traffic import run_traffic
    from sonnim.demo.visitor import Refused

    url = (args.url or os.environ.get("SONNIM_URL") or "http://localhost:8000").rstrip("/")
    progress = _Progress()
    print(f"{args.shoppers:g} shoppers are coming to {url}/store/. Answer them in the console; Ctrl-C sends them home.")
    work = run_traffic(
        url=url,
        shoppers=int(args.shoppers),
        per_minute=args.rate,
        seconds=args.minutes * 60 if args.minutes else None,
        report=progress.show,
    )
    try:
        asyncio.run(work)
    except KeyboardInterrupt:
        print(end="\r")
    except Refused as refused:
        raise CommandError(f"{refused}.") from None
    except OSError as error:
        raise CommandError(f"nobody answers at {url} ({error}); start it with `sonnim up`.") from None
    print(f"{progress.line}\nThe shoppers have gone home; what they wrote stays at the desk.")
    return 0


class _Progress:
    """One line that is rewritten on a terminal, and a line now and then in a log."""

    def __init__(self) -> None:
        self.line = ""
        self._calls = 0

    def show(self, tally: "Tally") -> None:
        self.line = tally.line()
        if sys.stdout.isatty():
            print(f"\r{self.line}", end="", flush=True)
        elif self._calls % REPORT_EVERY == 0:
            print(self.line, flush=True)
        self._calls += 1


def _between(least: float, most: float) -> Callable[[str], float]:
    def number(text: str) -> float:
        value = float(text)
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(f"must be from {least:g} to {most:g}")
        return value

    return number
