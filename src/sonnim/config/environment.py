"""Reads the environment, and refuses a malformed value with a sentence that says what to do."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    """The variable `name`, or the content of the file that `name_FILE` points to."""
    file = os.environ.get(f"{name}_FILE")
    if file:
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error}") from error
    return os.environ.get(name, default)


def flag(name: str, *, default: bool = False) -> bool:
    """A yes/no variable."""
    value = text(name, "yes" if default else "no").lower()
    if value not in {"yes", "no", "true", "false", "1", "0"}:
        raise ImproperlyConfigured(f"{name} must be yes or no, not {value!r}.")
    return value in {"yes", "true", "1"}


def pair(name: str, default: tuple[float, float]) -> tuple[float, float]:
    """Two numbers with a slash between them, such as `4/20`."""
    value = text(name)
    if not value:
        return default
    try:
        first, second = (float(part) for part in value.split("/"))
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be two numbers such as 4/20, not {value!r}.") from None
    if first <= 0 or second < 1:
        raise ImproperlyConfigured(f"{name}: both numbers must be above zero.")
    return first, second


def counts(name: str, default: tuple[int, int]) -> tuple[int, int]:
    """Two whole numbers with a slash between them, such as `60/60`."""
    first, second = pair(name, default)
    return int(first), int(second)


def data_dir() -> Path:
    """The folder that holds the database, the files and the secret key."""
    return Path(text("SONNIM_DATA", "data")).resolve()


def secret_key(folder: Path) -> str:
    """SONNIM_SECRET_KEY, or a key made once and kept in the data folder, readable by its owner alone."""
    given = text("SONNIM_SECRET_KEY")
    if given:
        if len(given) < 32:
            raise ImproperlyConfigured("SONNIM_SECRET_KEY must have at least 32 characters.")
        return given
    file = folder / "secret.key"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:
            return file.read_text(encoding="ascii").strip()
        with os.fdopen(descriptor, "w") as handle:
            handle.write(secrets.token_urlsafe(48))
    return file.read_text(encoding="ascii").strip()


def database(folder: Path) -> dict[str, Any]:
    """Django's DATABASES entry for SONNIM_DATABASE_URL (default: SQLite in the data folder)."""
    url = text("SONNIM_DATABASE_URL", f"sqlite://{folder / 'sonnim.sqlite3'}")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(f"SONNIM_DATABASE_URL is not an address: {error}.") from None
    if parts.scheme == "sqlite":
        if parts.netloc or not parts.path:
            raise ImproperlyConfigured(
                "SONNIM_DATABASE_URL needs three slashes and a whole path: sqlite:///srv/data.db."
            )
        return sqlite(unquote(parts.path))
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured("SONNIM_DATABASE_URL must begin with sqlite:/// or postgresql://.")
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "sonnim",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5, **options},
    }


def sqlite(path: str) -> dict[str, Any]:
    """SQLite as the product needs it: WAL, a disk sync at every commit, write locks taken at BEGIN."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": 10,
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                "PRAGMA cache_size=-16000; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY; "
                "PRAGMA wal_autocheckpoint=4000;"
            ),
        },
    }
