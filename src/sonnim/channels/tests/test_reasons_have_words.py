"""Whatever keeps something out of the inbox is said to the owner in their own language."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import sonnim

SRC = Path(sonnim.__file__).parent
WORDS = SRC.parents[1] / "web" / "console" / "locales" / "ko.json"
RAISED = {"Quarantine", "Unreadable", "Ignored"}


def reasons() -> Iterator[str]:
    """Every reason that is written out in the source; of one with values in it the part before the first."""
    for file in [*SRC.glob("letters/*.py"), *SRC.glob("channels/**/*.py")]:
        if "tests" in file.parts:
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in RAISED and node.args:
                yield from _texts(node.args[0])


def _texts(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr():
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "0" for part in node.values)
        case ast.IfExp():
            yield from _texts(node.body)
            yield from _texts(node.orelse)


def known_by(reason: str) -> str:
    """As the console looks its words up."""
    return "_".join(re.findall(r"[a-z]+", reason.lower())[:5])


def test_every_reason_has_words_in_other_languages() -> None:
    words = json.loads(WORDS.read_text("utf-8"))
    found = {known_by(each) for each in reasons()}
    assert "its_header_is_larger_than" in found
    assert sorted(each for each in found if f"quarantine.because.{each}" not in words) == []
