"""A module is called by what it does; words that mean anything are refused, since anything would go in there."""

import re
from pathlib import PurePosixPath

import pytest

from tests.architecture.tree import project_files

_EMPTY_WORDS = {"util", "helper", "manager", "common", "misc"}


def empty_words(paths: list[str]) -> list[str]:
    """Paths with a folder or a file whose name says nothing."""
    return [path for path in paths if any(_says_nothing(part) for part in PurePosixPath(path).parts)]


def _says_nothing(part: str) -> bool:
    stem = part.lstrip(".").split(".")[0]
    words = re.findall(r"[A-Z]?[a-z]+", stem)
    return any(word.lower().removesuffix("s") in _EMPTY_WORDS for word in words)


def test_no_file_or_folder_has_an_empty_name() -> None:
    assert empty_words([path for path in project_files() if not path.startswith("docs/")]) == []


@pytest.mark.parametrize(
    "path",
    [
        "src/sonnim/accounts/utils.py",
        "src/sonnim/common/__init__.py",
        "web/console/ui/dateHelpers.ts",
        "src/sonnim/conversations/conversation_manager.py",
        "tests/e2e/helpers/page.py",
    ],
)
def test_an_empty_name_is_found(path: str) -> None:
    assert empty_words([path, "src/sonnim/kernel/clock.py"]) == [path]
