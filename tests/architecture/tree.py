"""The repository as the architecture tests read it: paths relative to its root, and their text."""

import subprocess
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = "src/sonnim/"
_SKIPPED = {"node_modules", "dist", "unpacked", "data", "__pycache__"}
_BINARY = {".model", ".png", ".jpg", ".jpeg", ".webp", ".gif", ".ico", ".woff2", ".gz", ".zip"}
Tree = dict[str, str]


@cache
def project_files() -> tuple[str, ...]:
    """Every file that is committed or about to be; where git is absent, every file that no tool has made."""
    if (ROOT / ".git").exists():
        git = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(git, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
        return tuple(sorted(path for path in set(listed) if (ROOT / path).is_file()))
    return tuple(sorted(_walk(ROOT)))


def _walk(folder: Path) -> Iterator[str]:
    for each in folder.iterdir():
        if each.is_dir():
            hidden = each.name.startswith(".") and each.name != ".ci"
            if not hidden and each.name not in _SKIPPED and not each.name.endswith(".egg-info"):
                yield from _walk(each)
        elif each.suffix != ".pyc":
            yield each.relative_to(ROOT).as_posix()


def texts(wanted: Callable[[str], bool]) -> Tree:
    """Path → text of the files whose path is wanted; binary ones are left out."""
    paths = [path for path in project_files() if wanted(path) and Path(path).suffix not in _BINARY]
    return {path: (ROOT / path).read_text(encoding="utf-8") for path in paths}


def is_test(path: str) -> bool:
    """Whether a file is a test or serves tests alone."""
    name = path.rsplit("/", 1)[-1]
    return path.startswith("tests/") or "/tests/" in path or ".test." in name


def sources() -> Tree:
    """The product's Python, without tests."""
    return texts(lambda path: path.startswith(SOURCE) and path.endswith(".py") and not is_test(path))


def layers() -> list[set[str]]:
    """The layers, highest first, as import-linter is told them."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = config["tool"]["importlinter"]["contracts"]
    [rows] = [contract["layers"] for contract in contracts if contract["type"] == "layers"]
    return [{name.strip(" ()") for name in row.replace(":", "|").split("|")} for row in rows]
