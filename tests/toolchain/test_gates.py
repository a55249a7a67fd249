"""The gates of `./run check` can close: each is shown an offence in a copy of the source."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "tests", "static"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def contracts(copy: Path) -> str:
    done = subprocess.run(
        [BIN / "lint-imports", "--no-logo", "--no-cache"],
        cwd=copy,
        env={"PYTHONPATH": str(copy / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout if done.returncode else "kept"


def test_the_source_keeps_every_contract(copy: Path) -> None:
    assert contracts(copy) == "kept"


@pytest.mark.parametrize(
    ("file", "line", "complaint"),
    [
        (
            "kernel/offence.py",
            "import sonnim.accounts.models",
            "sonnim.kernel is not allowed to import sonnim.accounts",
        ),
        ("demo/offence.py", "import sonnim.realtime.hub", "sonnim.demo is not allowed to import sonnim.realtime"),
        ("lonely/__init__.py", "", "sonnim.lonely"),
        ("conversations/rules.py", "import django.db", "sonnim.conversations.rules is not allowed to import django"),
    ],
)
def test_an_offence_against_the_layers_is_found(copy: Path, file: str, line: str, complaint: str) -> None:
    target = copy / "src" / "sonnim" / file
    target.parent.mkdir(exist_ok=True)
    with target.open("a") as source:
        source.write(f"\n{line}\n")
    assert complaint in contracts(copy)


def test_a_ring_inside_a_package_is_found(copy: Path) -> None:
    package = copy / "src" / "sonnim" / "kernel"
    (package / "one.py").write_text("import sonnim.kernel.two\n")
    (package / "two.py").write_text("import sonnim.kernel.one\n")
    assert "Inside a package there are no rings BROKEN" in contracts(copy)


@pytest.mark.parametrize("name", ["actions.py", "actions/assign.py", "rules.py"])
def test_an_action_that_knows_http_is_found(copy: Path, name: str) -> None:
    file = copy / "src" / "sonnim" / "accounts" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("from django.http import HttpResponse\n")
    command = [str(BIN / "ruff"), "check", "--no-cache", "--select", "TID251", str(file)]
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    assert "raise a SonnimError" in done.stdout
