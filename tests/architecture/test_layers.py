"""A layer imports only what is below it, and nothing imports itself in a ring; import-linter is the judge."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT


def lint(project: Path) -> subprocess.CompletedProcess[str]:
    """What import-linter says of the package in `project`/src under the contracts of `project`/pyproject.toml."""
    program = Path(sys.executable).with_name("lint-imports")
    env = {**os.environ, "PYTHONPATH": str(project / "src"), "COLUMNS": "200"}
    return subprocess.run(
        [program, "--no-cache", "--config", str(project / "pyproject.toml")],
        cwd=project, env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The product's Python and its contracts, to plant offences in."""
    project = tmp_path_factory.mktemp("layers")
    shutil.copy(ROOT / "pyproject.toml", project)
    only_python = shutil.ignore_patterns("tests", "migrations", "__pycache__", "*.svg", "*.json", "*.jpg", "*.html")
    shutil.copytree(ROOT / "src" / "sonnim", project / "src" / "sonnim", ignore=only_python)
    return project


def test_every_contract_is_kept() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("file", "line"),
    [
        pytest.param("kernel/planted.py", "from sonnim.conversations import posting", id="a layer looks up"),
        pytest.param("demo/planted.py", "from sonnim.realtime import hub", id="siblings meet"),
        pytest.param("novelty/__init__.py", "", id="a package has no place"),
        pytest.param("conversations/rules.py", "import django.db", id="rules know the database"),
        pytest.param("contacts/models.py", "from sonnim.contacts import actions", id="a ring in a package"),
    ],
)
def test_an_import_out_of_place_fails(copy: Path, file: str, line: str) -> None:
    planted = copy / "src" / "sonnim" / file
    before = planted.read_text(encoding="utf-8") if planted.exists() else None
    planted.parent.mkdir(exist_ok=True)
    planted.write_text(f"{before or ''}\n{line}\n", encoding="utf-8")
    try:
        assert lint(copy).returncode != 0
    finally:
        planted.unlink()
        if before is not None:
            planted.write_text(before, encoding="utf-8")
        elif not any(planted.parent.iterdir()):
            planted.parent.rmdir()


def test_the_copy_itself_keeps_every_contract(copy: Path) -> None:
    """Without this, a copy that is broken for another reason would make every planted offence 'found'."""
    done = lint(copy)
    assert done.returncode == 0, done.stdout
