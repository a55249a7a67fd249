"""What is committed names no machine and no package registry: both belong to whoever installs it."""

import re

import pytest

from tests.architecture.tree import Tree, texts

# Written in pieces, so that this file is clean itself.
_REGISTRIES = [
    "files.python" + "hosted.org",
    r"py" + r"pi\.org/simple",
    "registry.npm" + "js.org",
    "registry.yarn" + "pkg",
]
_OPTIONS = [
    "--index" + "-url",
    "--extra-index" + "-url",
    "--find" + "-links",
    r"_authTo" + "ken",
    r"^registry\s*" + "=",
]
_FOLDERS = [
    r"(?<![\w.])/(?:home|Users)/" + r"\w+",
    r"(?<![\w.])/ro" + r"ot/",
    r"(?<![\w./])/wo" + r"rk/",
    r"[A-Z]:\\" + "Users",
]
_OFFENCE = re.compile("|".join([*_REGISTRIES, *_OPTIONS, *_FOLDERS]))


def leaks(tree: Tree) -> list[str]:
    """`path:line` of each registry address, index option and machine path."""
    return [
        f"{path}:{number} {line.strip()[:100]}"
        for path, text in tree.items()
        for number, line in enumerate(text.splitlines(), 1)
        if _OFFENCE.search(line) and "no-emit" not in line
    ]


def test_no_committed_file_names_a_registry_or_a_machine() -> None:
    assert leaks(texts(lambda path: True)) == []


@pytest.mark.parametrize(
    "line",
    [
        "--index" + "-url https://mirror.example/simple",
        '"resolved": "https://registry.npm' + 'js.org/react/-/react-19.3.0.tgz",',
        "registry" + "=https://mirror.example",
        'DATA = "/ho' + 'me/somebody/sonnim"',
        "see /wo" + "rk/somewhere/notes.md",
        "cd /ro" + "ot/sonnim",
    ],
)
def test_a_planted_address_is_found(line: str) -> None:
    assert len(leaks({"a.txt": f"first\n{line}\n"})) == 1


def test_ordinary_paths_and_addresses_are_no_offence() -> None:
    fine = 'a = "/api/v1/work/5"\nb = "https://example.com/home/page"\nc = "../root/x"\nd = "src/work/x"\n'
    assert leaks({"a.py": fine}) == []
