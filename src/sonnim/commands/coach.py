"""`sonnim coach`: what the coach says of drafts and dialogues in a file, without a network."""

import argparse
import itertools
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor

import msgspec

from sonnim.coach.lines import Unread, answer, answers
from sonnim.coach.marks import Review
from sonnim.commands.processes import ahead, jobs
from sonnim.commands.satisfaction import predicting, training
from sonnim.commands.scores import scoring
from sonnim.kernel import collecting

_FORM = (
    '{"lang": "ko", "channel": "chat", "page": null, "context": [{"role": "customer" or "agent", "text": "…"}, …], '
    '"draft": "…", "plan": null or {"max_discount_percent", "max_gift", "refund_days"}, '
    '"glossary": null or {"term": "plain word"}}'
)
_PIECE, _AHEAD = 50, 4


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("coach", help="have drafts reviewed, conversations scored, satisfaction predicted")
    deeds = parser.add_subparsers(dest="deed", metavar="what", required=True)
    about = f"Marks drafts; one a line on the standard input: {_FORM}"
    review = deeds.add_parser("review", help="mark the drafts on the standard input", description=about)
    review.add_argument("--json", action="store_true", help="one JSON object a line, with the marks")
    review.add_argument("--jobs", type=jobs, default=1, help="processes that work on it (1)")
    training.add_options(deeds.add_parser("train", help="train a model of satisfaction"))
    predicting.add_options(deeds.add_parser("predict", help="predict the satisfaction of dialogues"))
    scoring.add_options(deeds.add_parser("score", help="score the conversations that agents have settled"))


def run(args: argparse.Namespace) -> int:
    return {"review": _review, "train": training.run, "predict": predicting.run, "score": scoring.run}[args.deed](args)


def _review(args: argparse.Namespace) -> int:
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    lines = (line for line in sys.stdin if line.strip())
    if not args.json:
        return _tell(lines)
    for found in _in_processes(lines, args.jobs) if args.jobs > 1 else map(answers, ([line] for line in lines)):
        sys.stdout.write(b"".join(line + b"\n" for line in found).decode())
        sys.stdout.flush()
    return 0


def _in_processes(lines: Iterator[str], n: int) -> Iterator[list[bytes]]:
    pieces = iter(lambda: list(itertools.islice(lines, _PIECE)), [])
    with ProcessPoolExecutor(n, initializer=collecting.settle) as pool:
        for found in ahead((pool.submit(answers, piece) for piece in pieces), n * _AHEAD):
            yield found.result()


def _tell(lines: Iterable[str]) -> int:
    for number, line in enumerate(lines, 1):
        found = answer(line)
        sys.stdout.write("".join(f"{number}: {said}\n" for said in _said(found, line)))
        sys.stdout.flush()
    return 0


def _said(found: Review | Unread, line: str) -> Iterator[str]:
    if isinstance(found, Unread):
        yield f"not understood: {found.error}"
        return
    draft = msgspec.json.decode(line)["draft"]
    for mark in found.marks:
        piece = " ".join(draft[mark.start : mark.end].split())
        better = f" → {' '.join(mark.suggestion.split())}" if mark.suggestion else ""
        yield f"{mark.severity} {mark.rule}: “{piece}” {mark.message}{better}"
