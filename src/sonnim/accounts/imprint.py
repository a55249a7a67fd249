"""Who answers for a shop, in a line: what trade law wants to stand at the foot of what a shop shows and sends."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from sonnim.accounts.rules import BUSINESS


def imprint(business: Mapping[str, str], locale: str) -> str:
    """What a shop has told of itself, in the order of the law; empty when it has told nothing.

    Args:
        business: as `rules.checked_business` keeps it.
        locale: ko, zh or en.
    """
    words = _words()[locale]
    told = [(name, " ".join(business.get(name, "").split())) for name in BUSINESS]
    return " · ".join(words[name].format(said=said) for name, said in told if said)


@cache
def _words() -> dict[str, dict[str, str]]:
    loaded: dict[str, dict[str, str]] = json.loads(Path(__file__).with_name("imprint.json").read_text(encoding="utf-8"))
    return loaded
