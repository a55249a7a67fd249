"""What was built for the forms' pages: a style, a script, and what a store's page includes."""

import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings

INSERT = "insert.js"


def manifest() -> dict[str, str]:
    """Name → file of what was built; empty before that: the pages work without."""
    file = folder() / "manifest.json"
    if not file.is_file():
        return {}
    found: dict[str, str] = json.loads(read(file, file.stat().st_mtime_ns))
    return found


def folder() -> Path:
    """Where the build puts them."""
    return Path(settings.WEB_DIR) / "forms" / "dist"


@lru_cache(maxsize=8)
def read(file: Path, changed: int) -> str:
    """A built file as text; `changed` is when it was last written."""
    return file.read_text(encoding="utf-8")
