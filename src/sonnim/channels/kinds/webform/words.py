"""What the pages and the mail of a form say by themselves, in three languages; and forms to begin from."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from sonnim.kernel.text import pick_locale


def of(locale: str) -> dict[str, Any]:
    """The texts of a language."""
    found: dict[str, Any] = _read("words.json")[pick_locale(locale)]
    return found


def templates() -> list[dict[str, Any]]:
    """Forms to begin from: kind, name in each language, texts and fields."""
    found: list[dict[str, Any]] = _read("templates.json")
    return found


@cache
def _read(name: str) -> Any:
    return json.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))
