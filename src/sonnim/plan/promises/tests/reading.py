"""Reads the sentences, and a shop in which they are said."""

from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sonnim.plan.hours.rules import Calendar
from sonnim.plan.promises.detection import Found, find

ZONES = {"ko": "Asia/Seoul", "zh": "Asia/Shanghai", "en": "Europe/London"}
SAID = datetime(2026, 11, 24, 10, 30)  # noqa: DTZ001 - on each shop's wall
WEEK = [[(9 * 3600, 18 * 3600)]] * 5 + [[], []]


class Sentence(NamedTuple):
    """What somebody says, and what it promises by when; empty is nothing."""

    act: str
    due: str
    text: str


class Score(NamedTuple):
    """How well the sentences of a file are understood."""

    precision: float
    recall: float
    act: float
    due: float


def sentences(name: str) -> list[Sentence]:
    """The sentences of a file."""
    lines = (Path(__file__).parent / "sentences" / f"{name}.txt").read_text().splitlines()
    return [
        Sentence(*(part.strip() for part in line.split("|", 2))) for line in lines if line and not line.startswith("#")
    ]


def found_in(text: str, *, locale: str, said: datetime = SAID) -> list[Found]:
    """What is promised in a text that is said in a shop of this language."""
    zone = ZoneInfo(ZONES[locale])
    calendar = Calendar(zone=ZONES[locale], week=WEEK)
    return find(text, at=round(said.replace(tzinfo=zone).timestamp() * 1000), zone=zone, calendar=calendar)


def wall(due: int | None, *, locale: str) -> str:
    """An instant on the shop's wall, as the files write it."""
    return "-" if due is None else datetime.fromtimestamp(due / 1000, ZoneInfo(ZONES[locale])).strftime("%m-%d %H:%M")


def score(name: str) -> Score:
    """Precision and recall over a file; of what was found rightly, how often act and time are right."""
    locale = name[:2]
    right = wrong = missed = acts = dues = 0
    for sentence in sentences(name):
        found = found_in(sentence.text, locale=locale)
        if sentence.act == "-":
            wrong += bool(found)
        elif not found:
            missed += 1
        else:
            right += 1
            acts += sentence.act in {each.act for each in found}
            dues += sentence.due in {wall(each.due, locale=locale) for each in found}
    return Score(right / (right + wrong), right / (right + missed), acts / right, dues / right)
