"""`./run` on machines that lack something: one clear sentence, and an exit code that is not 0."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = (
    "sh",
    "awk",
    "cat",
    "cksum",
    "date",
    "dirname",
    "df",
    "find",
    "grep",
    "mkdir",
    "rm",
    "sed",
    "sort",
    "tail",
    "xargs",
)


class Machine:
    """A checkout with only `run` in it, and a PATH that holds the usual tools and what a test puts there."""

    def __init__(self, folder: Path) -> None:
        self.programs = folder / "bin"
        self.checkout = folder / "checkout"
        self.programs.mkdir()
        self.checkout.mkdir()
        shutil.copy(ROOT / "run", self.checkout / "run")
        for tool in TOOLS:
            found = shutil.which(tool)
            assert found is not None, tool
            (self.programs / tool).symlink_to(found)

    def add(self, name: str, script: str) -> None:
        program = self.programs / name
        program.unlink(missing_ok=True)
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        command = [str(self.checkout / "run"), *arguments]
        return subprocess.run(command, env={"PATH": str(self.programs)}, capture_output=True, text=True, check=False)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def python(version: str, *, new_enough: bool, has_venv: bool) -> str:
    answers = {"*print*": f"echo {version}", "*version_info*": f"exit {int(not new_enough)}"}
    cases = "".join(f"{pattern}) {answer} ;;\n" for pattern, answer in answers.items())
    return f'case "$2" in\n{cases}*venv*) exit {int(not has_venv)} ;;\nesac'


def the_sentence(done: "subprocess.CompletedProcess[str]") -> str:
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr.strip()


def test_without_python_it_says_which_python_is_needed(machine: Machine) -> None:
    assert the_sentence(machine.run("up")) == ("./run: Sonnim needs Python 3.11 or newer, and found no Python at all.")


def test_an_old_python_is_named_with_its_version(machine: Machine) -> None:
    machine.add("python3", python("3.9", new_enough=False, has_venv=True))
    assert the_sentence(machine.run("up")) == (
        "./run: Sonnim needs Python 3.11 or newer, and found only older ones: python3 is 3.9."
    )


def test_a_python_without_venv_is_told_how_to_get_it(machine: Machine) -> None:
    machine.add("python3", python("3.11", new_enough=True, has_venv=False))
    assert "apt-get install python3.11-venv" in the_sentence(machine.run("up"))


def test_a_fitting_python_is_found_behind_an_old_python3(machine: Machine) -> None:
    machine.add("python3", python("3.9", new_enough=False, has_venv=True))
    machine.add("python3.12", python("3.12", new_enough=True, has_venv=True))
    machine.add("df", "printf 'h\\n/dev/x 9 9 1024 1%% /\\n'")
    assert "the disk is nearly full" in the_sentence(machine.run("up"))


def test_a_disk_that_fills_up_during_a_step_is_named_as_the_reason(machine: Machine) -> None:
    machine.add("python3", f'case "$1" in -m) echo "No space left on device"; exit 1 ;; esac\n{FITTING}')
    machine.add("df", "printf 'h\\n/dev/x 9 9 9999999 1%% /\\n'")
    machine.add("sleep", "exit 0")
    assert the_sentence(machine.run("setup")) == "./run: the disk is full; free some space and start again."


def test_an_unknown_command_is_not_taken_for_help(machine: Machine) -> None:
    assert "there is no command 'upp'" in the_sentence(machine.run("upp"))


def test_help_names_every_command_that_there_is(machine: Machine) -> None:
    source = (ROOT / "run").read_text(encoding="utf-8")
    offered = source.split("case $command in", 1)[1].split("help |", 1)[0]
    commands = re.findall(r"^    (\w+)\)", offered, flags=re.MULTILINE)
    helped = machine.run("help").stdout
    assert commands
    assert [name for name in commands if f"./run {name}" not in helped] == []


FITTING = python("3.12", new_enough=True, has_venv=True)
