"""The words that people read, taken from the catalogues, so that a test looks for what is really written there."""

import json
from functools import cache
from pathlib import Path
from typing import Any

WEB = Path(__file__).resolve().parents[2] / "web"
FOLDERS = {"console": WEB / "console" / "locales", "widget": WEB / "widget" / "app" / "locales"}


@cache
def _catalogue(part: str, locale: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((FOLDERS[part] / f"{locale}.json").read_text("utf-8"))
    return read


def console(locale: str, key: str, **values: str) -> str:
    """A text of the console."""
    return _fill(_catalogue("console", locale)[key], values)


def widget(locale: str, key: str, **values: str) -> str:
    """A text of the widget."""
    return _fill(_catalogue("widget", locale)[key], values)


def _fill(text: str, values: dict[str, str]) -> str:
    # Korean particles are chosen by the word before them: a test looks for the rest of the sentence.
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text
