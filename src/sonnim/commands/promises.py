"""`sonnim promises find`: what a text promises by when, and why something else in it is no promise."""

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sonnim.commands import CommandError
from sonnim.kernel import clock
from sonnim.plan.hours.rules import ALWAYS, Calendar, Week
from sonnim.plan.promises.detection import look

HOURS_OF_A_DAY = 24


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("promises", help="find what is promised in messages")
    commands = parser.add_subparsers(dest="what", metavar="what", required=True)
    find = commands.add_parser(
        "find",
        help="read messages, one a line, and print what each promises, as JSON, one a line",
        description="Reads messages from standard input, one a line: as they are, or as JSON with `text` and, where "
        "they differ, `at` and `zone`. Prints for each a line of JSON: `promises` with act, due and the rule by which "
        "it is due, and `passed_over` with what looks like a promise and why it is none.",
    )
    find.add_argument("--at", help="when it is said, such as 2026-11-24T10:30 (default: now)")
    find.add_argument("--zone", default="Asia/Seoul", help="of the shop (default: Asia/Seoul)")
    find.add_argument("--hours", default="", help="business hours, Monday to Friday, such as 09:00-18:00")


def run(args: argparse.Namespace) -> int:
    for line in sys.stdin:
        if line.strip():
            print(json.dumps(_answer(_asked(line), args), ensure_ascii=False))
    return 0


def _asked(line: str) -> dict[str, Any]:
    if line.lstrip().startswith("{"):
        try:
            asked = json.loads(line)
        except ValueError:
            asked = None
        if isinstance(asked, dict) and isinstance(asked.get("text"), str):
            return asked
    return {"text": line.rstrip("\n")}


def _answer(asked: dict[str, Any], args: argparse.Namespace) -> dict[str, Any]:
    text = asked["text"]
    try:
        zone = ZoneInfo(asked.get("zone") or args.zone)
        at = _instant(asked.get("at") or args.at, zone)
        calendar = Calendar(zone=zone.key, week=_week(args.hours))
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise CommandError(f"this is no time: {error}") from error
    found, passed = look(text, at=at, zone=zone, calendar=calendar)
    promises = [
        {
            "act": each.act,
            "due": None if each.due is None else datetime.fromtimestamp(each.due / 1000, zone).isoformat(),
            "how": each.how,
            "said": each.said,
            "start": each.start,
            "end": each.end,
            "words": text[each.start : each.end],
        }
        for each in found
    ]
    others = [
        {"act": e.act, "because": e.because, "start": e.start, "end": e.end, "words": text[e.start : e.end]}
        for e in passed
    ]
    return {"text": text, "promises": promises, "passed_over": others}


def _instant(said: str | None, zone: ZoneInfo) -> int:
    if not said:
        return clock.now_ms()
    moment = datetime.fromisoformat(said)
    return clock.to_ms(moment if moment.tzinfo else moment.replace(tzinfo=zone))


def _week(hours: str) -> Week:
    if not hours:
        return ALWAYS
    times = list(_seconds(hours))
    if len(times) != 2:
        raise ValueError(hours)
    return [[(times[0], times[1])]] * 5 + [[], []]


def _seconds(hours: str) -> Iterator[int]:
    for each in hours.split("-"):
        hour, _, minute = each.strip().partition(":")
        yield int(hour) % HOURS_OF_A_DAY * 3600 + int(minute or 0) * 60
