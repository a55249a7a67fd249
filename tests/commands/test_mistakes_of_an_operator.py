"""A mistake that a person can mend is told in a sentence, by whichever command meets it first."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sonnim import cli
from sonnim.accounts.models import Shop
from tests.people import People

OWNER = ["owner", "create", "--shop", "Ongi", "--email", "a@people.test", "--name", "A"]


def sonnim(folder: Path, *arguments: str, database: str = "") -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    env |= {"SONNIM_DATA": str(folder), **({"SONNIM_DATABASE_URL": database} if database else {})}
    command = [sys.executable, "-m", "sonnim.cli", *arguments]
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("arguments", [OWNER, ["demo", "create"]], ids=["owner", "demo"])
def test_a_command_before_the_tables_are_made_says_how_to_make_them(tmp_path: Path, arguments: list[str]) -> None:
    done = sonnim(tmp_path, *arguments)
    assert (done.returncode, "sonnim migrate" in done.stderr, "Traceback" in done.stderr) == (1, True, False)


@pytest.mark.parametrize(
    "database",
    [
        "postgresql://u:p@host:notaport/db",
        "postgresql://[::1/db",
        "mysql://host/db",
        "sqlite://data.db",
        "postgresql://u@127.0.0.1:9/db",
        "postgresql://u@127.0.0.1:9/db?no_such_option=1",
    ],
)
def test_a_malformed_database_address_is_told_in_one_line(tmp_path: Path, database: str) -> None:
    done = sonnim(tmp_path, "migrate", database=database)
    assert done.returncode == 1
    assert done.stderr.startswith("sonnim migrate: ")
    assert done.stderr.count("\n") == 1


def test_an_owner_who_has_an_account_is_shown_no_password_that_is_not_theirs(
    people: People, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    assert cli.main(["owner", "create", "--shop", "Second", "--email", " Owner@people.test", "--name", "O"]) == 0
    assert "Password" not in capsys.readouterr().out
    assert Shop.objects.filter(name="Second").exists()
