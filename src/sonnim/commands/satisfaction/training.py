"""`sonnim coach train`: a model of satisfaction from a file, or from what a shop's own customers said."""

import argparse
import sys
from pathlib import Path

from sonnim.coach.satisfaction.dialogues import Dialogue, Said, Unreadable, read_dialogue
from sonnim.coach.satisfaction.files import write_model
from sonnim.commands import CommandError
from sonnim.commands.satisfaction.predicting import told

LEAST_SURVEYS = 50
_FORM = '{"id": …, "turns": [{"sender": "customer" or "agent", "text": "…"}, …], "S_mean": -2 to 2}'
_TOLD_BAD_LINES = 5


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        f"Trains a model of satisfaction. A file has dialogues, one a line: {_FORM}. What is learnt from a shop's own "
        "surveys goes, without --out, to the place in the data folder where the server looks for it, and is used there "
        "from then on."
    )
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--data", type=Path, help="a file of dialogues whose satisfaction is known")
    source.add_argument(
        "--from-surveys",
        action="store_true",
        help="the conversations here of which shoppers said whether they were solved: yes counts as 1, no as -1",
    )
    source.add_argument("--synthetic", action="store_true", help="invented dialogues: makes the model that ships anew")
    parser.add_argument("--shop", type=int, help="with --from-surveys: of one shop only, by its number")
    parser.add_argument("--out", type=Path, help="the file that is written; may be left out with --from-surveys")


def run(args: argparse.Namespace) -> int:
    from sonnim.coach.satisfaction.synthetic.making import make
    from sonnim.coach.satisfaction.training import TooFew, train

    out = args.out or _place(args)
    if not out.parent.is_dir():
        raise CommandError(f"{out.parent} is no folder.")
    try:
        if args.synthetic:
            model = make(tell=_say)
        elif args.from_surveys:
            model = train(_of_surveys(args.shop), source="surveys", tell=_say)
        else:
            model = train(_of_file(args.data), source="data", tell=_say)
    except TooFew as error:
        raise CommandError(str(error)) from error
    try:
        write_model(model, out)
    except OSError as error:
        raise CommandError(f"{out}: {error.strerror}") from error
    sys.stdout.write(f"{told(model.about)}\nwritten to {out}\n")
    if args.out is None:
        sys.stdout.write("the server asks it from now on; `sonnim coach score --since …` has it read the past too\n")
    return 0


def _place(args: argparse.Namespace) -> Path:
    """Where the server looks for the model of this shop, or of the only one that there is."""
    if not args.from_surveys:
        raise CommandError("say with --out which file is to be written.")
    import django

    django.setup()
    from sonnim.accounts.models import Shop
    from sonnim.quality.predictors import place_of

    shops = Shop.objects.values_list("pk", flat=True).order_by("pk")
    found = list(shops if args.shop is None else shops.filter(pk=args.shop))
    if not found:
        raise CommandError("there is no shop yet." if args.shop is None else f"there is no shop {args.shop}.")
    if len(found) > 1:
        raise CommandError("there are several shops; say with --shop whose model it is to be, or with --out where.")
    place = place_of(found[0])
    place.parent.mkdir(parents=True, exist_ok=True)
    return place


def _of_file(path: Path) -> list[Dialogue]:
    found: list[Dialogue] = []
    wrong: list[str] = []
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    _take(line, number, found, wrong)
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error
    for said in wrong[:_TOLD_BAD_LINES]:
        _say(said)
    if wrong:
        _say(f"left out {len(wrong)} lines that make no sense")
    return found


def _take(line: str, number: int, found: list[Dialogue], wrong: list[str]) -> None:
    try:
        dialogue = read_dialogue(line)
    except Unreadable as error:
        wrong.append(f"line {number}: {error}")
        return
    if dialogue.mean is None:
        wrong.append(f"line {number}: S_mean is missing")
    else:
        found.append(dialogue)


def _of_surveys(shop_id: int | None) -> list[Dialogue]:
    import django

    django.setup()
    from sonnim.conversations.surveys import answered

    found = list(answered(shop_id=shop_id))
    if len(found) < LEAST_SURVEYS:
        raise CommandError(
            f"shoppers have answered “was this solved?” for {len(found)} conversations here; a model needs "
            f"{LEAST_SURVEYS}. The widget asks when a conversation is resolved. Until then, `sonnim coach predict` "
            "uses the model that comes with it, and --data trains one from a file."
        )
    return [_dialogue(each.conversation_id, each.turns, each.solved) for each in found]


def _dialogue(number: int, turns: list[tuple[str, str]], solved: bool) -> Dialogue:
    said = [Said(sender, text) for sender, text in turns]
    return Dialogue(id=number, turns=said, mean=1.0 if solved else -1.0)


def _say(said: str) -> None:
    sys.stderr.write(f"{said}\n")
    sys.stderr.flush()
