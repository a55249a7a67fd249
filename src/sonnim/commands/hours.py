"""`sonnim hours`: business time of calendars that are given along, for whoever wants to check ours against theirs."""

import argparse
import json
import sys
from collections.abc import Callable

from sonnim.plan.hours.cases import Case, instant_after, read_case, seconds_elapsed
from sonnim.plan.hours.notation import Unwritten

_FORM = '{"zone", "intervals": {"mon": [["09:00", "18:00"], …], …}, "holidays": ["2026-01-01"], "from", %s}'


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("hours", help="count business time")
    questions = parser.add_subparsers(dest="question", metavar="question", required=True)
    for name, asked, answer in (
        ("elapsed", '"to"', "business seconds between two instants"),
        ("after", '"seconds"', "the instant after so many business seconds"),
    ):
        about = f"{answer}; one case a line on the standard input: {_FORM % asked}"
        question = questions.add_parser(name, help=answer, description=about)
        question.add_argument("--json", action="store_true", help="one JSON object a line")


def run(args: argparse.Namespace) -> int:
    key, answer = _QUESTIONS[args.question]
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    for line in sys.stdin:
        if not line.strip():
            continue
        try:
            found: dict[str, object] = {key: answer(read_case(line))}
        except Unwritten as error:
            found = {"error": str(error)}
        said = json.dumps(found, ensure_ascii=False) if args.json else next(iter(found.values()))
        sys.stdout.write(f"{said}\n")
        sys.stdout.flush()
    return 0


_QUESTIONS: dict[str, tuple[str, Callable[[Case], object]]] = {
    "elapsed": ("seconds", seconds_elapsed),
    "after": ("instant", instant_after),
}
