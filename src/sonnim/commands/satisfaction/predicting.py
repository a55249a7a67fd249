"""`sonnim coach predict`: what customers would say of dialogues in a file, and how far that can be believed."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from sonnim.coach.satisfaction.about import About, Measured
from sonnim.coach.satisfaction.dialogues import Unreadable, read_dialogue
from sonnim.coach.satisfaction.files import NoModel, read_model
from sonnim.coach.satisfaction.model import Model
from sonnim.coach.satisfaction.shipped import ON_REAL, shipped_model
from sonnim.commands import CommandError

_FORM = '{"id": …, "turns": [{"sender": "customer" or "agent", "text": "…"}, …]}'
_SOURCES = {
    "data": "a file of dialogues",
    "surveys": "what shoppers said of their own conversations",
    "synthetic": "dialogues that nobody had, written for this; train one on your own for more",
}


class Predicted(msgspec.Struct, frozen=True):
    id: str | int | None
    satisfaction: float
    unhappy: float


class Unpredicted(msgspec.Struct, frozen=True):
    """What is answered to a line that is no dialogue."""

    error: str


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        f"Reads dialogues, one a line on the standard input: {_FORM}, and answers each by its satisfaction, "
        "from -2 to 2, and by how probable it is, from 0 to 1, that the customer is unhappy."
    )
    parser.add_argument("--model", type=Path, help="a file that `sonnim coach train` made (the one that comes with it)")
    parser.add_argument("--about", action="store_true", help="instead, where the model is from and how well it does")
    parser.add_argument("--json", action="store_true", help="with --about: one JSON object")


def run(args: argparse.Namespace) -> int:
    try:
        model = read_model(args.model) if args.model else shipped_model()
    except NoModel as error:
        raise CommandError(str(error)) from error
    if args.about:
        plain = told(model.about) + ("" if args.model else f"\non real conversations:\n{_rows(ON_REAL)}")
        sys.stdout.write(f"{msgspec.json.encode(model.about).decode() if args.json else plain}\n")
        return 0
    sys.stderr.write(f"{_error(model.about, args.model)}\n")
    sys.stderr.flush()
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    for line in sys.stdin:
        if line.strip():
            sys.stdout.write(f"{msgspec.json.encode(_answer(model, line)).decode()}\n")
            sys.stdout.flush()
    return 0


def told(about: About) -> str:
    """Where a model is from and how well it does, for people."""
    lines = [
        f"trained on {about.dialogues} dialogues: {_SOURCES.get(about.source, about.source)}",
        f"measured on what it had not seen: {about.folds} parts, each predicted from the others, {about.repeats} times",
        f"unhappy means below {about.unhappy_below:g} on the scale of -2 to 2",
        f"{'language':<10}{'dialogues':>10}{'Spearman':>10}{'AUC':>8}{'error':>8}",
        _rows(about.measured),
    ]
    return "\n".join(lines)


def _rows(measured: Sequence[Measured]) -> str:
    lines = []
    for each in measured:
        rank, area = (("-" if value is None else f"{value:.3f}") for value in (each.spearman, each.auc))
        lines.append(f"{each.language:<10}{each.dialogues:>10}{rank:>10}{area:>8}{each.error:>8.3f}")
    return "\n".join(lines)


def _error(about: About, file: Path | None) -> str:
    """How far what follows can be believed, in one line."""
    name = "the model that comes with Sonnim" if file is None else str(file)
    measured = ON_REAL if file is None else [each for each in about.measured if each.language == "all"]
    what = "real conversations" if file is None else "dialogues"
    figures = "; ".join(f"{each.dialogues:,} {what} ({each.language}): {_figures(each)}" for each in measured)
    return f"predicted by {name}, from -2 to 2; measured on what it had not seen, {figures}"


def _figures(measured: Measured) -> str:
    rank = "unknown" if measured.spearman is None else f"{measured.spearman:.2f}"
    return f"off by {measured.error:.2f} on the average, rank correlation {rank}"


def _answer(model: Model, line: str) -> Predicted | Unpredicted:
    try:
        dialogue = read_dialogue(line)
    except Unreadable as error:
        return Unpredicted(str(error))
    found = model.predict(dialogue)
    return Predicted(dialogue.id, found.satisfaction, found.unhappy)
