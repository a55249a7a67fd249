"""`sonnim up` as a process: it starts, stops, starts again, and says plainly why it cannot."""

import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.conftest import StartServer
from tests.providers.sonnim import LiveServer


def up(tmp_path: Path, *arguments: str, **env: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "sonnim.cli", "up", "--no-demo", *arguments]
    return subprocess.run(
        command, env={"SONNIM_DATA": str(tmp_path / "data"), **env}, capture_output=True, text=True, check=False
    )


def test_a_stop_is_clean_and_the_next_start_finds_the_same_data(start_server_from_nothing: StartServer) -> None:
    server = start_server_from_nothing()
    key = (server.data_dir / "secret.key").read_text()
    assert server.stop() == 0
    server.start()
    assert httpx.get(f"{server.url}/healthz", timeout=60).status_code == 200
    assert (server.data_dir / "secret.key").read_text() == key


def test_the_data_folder_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    up(tmp_path, "--host", "203.0.113.1")
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0


def test_a_server_that_was_killed_starts_again(start_server: StartServer) -> None:
    server = start_server()
    server.kill()
    server.start()
    assert httpx.get(f"{server.url}/healthz", timeout=60).status_code == 200


def test_the_addresses_are_told_once_it_listens(live_server: LiveServer) -> None:
    for door in ("/store/", "/console/", "/help/"):
        assert f"{live_server.url}{door}" in live_server.output


def test_a_port_in_use_is_named_with_a_free_one_beside_it(live_server: LiveServer, tmp_path: Path) -> None:
    done = up(tmp_path, "--port", str(live_server.port))
    assert done.returncode == 1
    assert done.stderr == (
        f"sonnim up: port {live_server.port} is in use by another program; "
        f"choose another one, for example --port {live_server.port + 1}.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "env", "sentence"),
    [
        (["--port", "70000"], {}, "sonnim up: 70000 is not a port; a port is a number from 1 to 65535."),
        (["--host", "203.0.113.1"], {}, "sonnim up: this machine cannot listen on 203.0.113.1."),
        ([], {"SONNIM_DATA": "/proc/sonnim"}, "sonnim up: the data folder /proc/sonnim cannot be made: "),
        ([], {"SONNIM_DATABASE_URL": "mysql://x/y"}, "sonnim up: SONNIM_DATABASE_URL must begin with "),
        (
            [],
            {"SONNIM_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"},
            "sonnim up: the database cannot be used: ",
        ),
    ],
)
def test_what_a_person_can_mend_is_one_sentence(
    arguments: list[str], env: dict[str, str], sentence: str, tmp_path: Path
) -> None:
    port = [] if "--port" in arguments else ["--port", "0"]
    done = up(tmp_path, *arguments, *port, **env)
    assert done.returncode == 1
    assert done.stderr.startswith(sentence)
    assert done.stderr.count("\n") == 1, done.stderr
