"""Drafts and conversations for the measurement of the coach, the same ones for the same numbers."""

import json
import random
from functools import cache
from pathlib import Path

from sonnim.coach.context import Turn

MAX_SENTENCES = 3


@cache
def _sentences() -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = json.loads(
        Path(__file__).with_name("coach_sentences.json").read_text(encoding="utf-8")
    )
    return found


def _said(chance: random.Random, lang: str, who: str) -> str:
    sentence = chance.choice(_sentences()[lang][who])
    return sentence.replace("#", str(chance.randint(1_000, 99_999)))


def draft(chance: random.Random, lang: str, length: int) -> str:
    """What an agent types, of exactly so many characters."""
    text = ""
    while len(text) < length:
        text += f"{_said(chance, lang, 'agent')} "
    return text[:length]


def turns(chance: random.Random, lang: str, count: int) -> list[Turn]:
    """A conversation; every turn has up to three sentences."""
    found = []
    for number in range(count):
        who = "agent" if number % 2 else "customer"
        text = " ".join(_said(chance, lang, who) for _ in range(chance.randint(1, MAX_SENTENCES)))
        found.append(Turn("agent" if number % 2 else "customer", text))
    return found
