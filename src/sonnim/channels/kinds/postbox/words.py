"""What our mails say by themselves, and what agents are told when one cannot go out."""

import json
from functools import cache
from pathlib import Path

from sonnim.kernel.text import pick_locale


def words(key: str, *, locale: str, **values: object) -> str:
    """A text in one of the three languages; line ends in the values become blanks."""
    plain = {name: " ".join(str(value).split()) for name, value in values.items()}
    return _texts()[pick_locale(locale)][key].format(**plain)


@cache
def _texts() -> dict[str, dict[str, str]]:
    loaded: dict[str, dict[str, str]] = json.loads(Path(__file__).with_name("answers.json").read_text(encoding="utf-8"))
    return loaded
