"""`sonnim coach score`: the whole history, once, however often it is begun and however it ends."""

import contextlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from sonnim import cli
from sonnim.accounts.actions import remove_shop
from sonnim.quality import feeding
from sonnim.quality.actions import save_scorecard
from sonnim.quality.models import Score, Scored
from sonnim.quality.scorecards import shipped
from tests.commands.history import fill
from tests.commands.standing_still import HERE
from tests.people import People

ROWS = "SELECT conversation_id, agent_id, seq, version, points, marks, best FROM quality_score ORDER BY 1, 2, 3, 4"
PATIENCE_S = 120


def score(capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, Any]:
    assert cli.main(["coach", "score", "--since", "2020-01-01", "--json", *more]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_the_whole_history_is_scored_once(people: People, capsys: pytest.CaptureFixture[str]) -> None:
    ids = fill(people.shop.pk, [people.agent.pk, people.lead.pk], 120)
    assert score(capsys, "--shop", str(people.shop.pk))["scored"] == 120
    assert sorted(Score.objects.values_list("conversation_id", flat=True)) == sorted(ids)
    before = list(Score.objects.values())
    assert score(capsys)["scored"] == 0
    assert list(Score.objects.values()) == before


def test_several_processes_come_to_the_same_as_one(people: People, capsys: pytest.CaptureFixture[str]) -> None:
    fill(people.shop.pk, [people.agent.pk], 120)
    values = ("conversation_id", "agent_id", "seq", "points", "marks", "best")
    score(capsys)
    alone = list(Score.objects.order_by("conversation_id").values_list(*values))
    Scored.objects.all().delete()
    Score.objects.all().delete()
    assert score(capsys, "--jobs", "2")["scored"] == 120
    assert list(Score.objects.order_by("conversation_id").values_list(*values)) == alone


def test_a_shop_that_is_removed_meanwhile_is_left_out_and_the_others_are_scored(
    people: People, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(people.shop.pk, [people.agent.pk], 3)
    gone = people.other_shop
    fill(gone.pk, [people.outsider.pk], 3)
    feed = feeding.feed

    def before_the_removal(shop_id: int, *more: Any, **named: Any) -> Any:
        found = feed(shop_id, *more, **named)
        if shop_id == gone.pk:
            remove_shop(shop=gone)
        return found

    monkeypatch.setattr(feeding, "feed", before_the_removal)
    assert cli.main(["coach", "score", "--since", "2020-01-01"]) == 0
    told = capsys.readouterr()
    assert f"shop {people.shop.pk}: 3 of 3" in told.out
    assert f"shop {gone.pk} was removed meanwhile" in told.err
    assert f"shop {gone.pk}:" not in told.out


def test_only_what_was_settled_since_then_is_scored(people: People, capsys: pytest.CaptureFixture[str]) -> None:
    fill(people.shop.pk, [people.agent.pk], 3)
    assert cli.main(["coach", "score", "--since", "2100-01-01", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["scored"] == 0


def test_a_new_scorecard_scores_the_past_only_when_asked(people: People, capsys: pytest.CaptureFixture[str]) -> None:
    fill(people.shop.pk, [people.agent.pk], 3)
    score(capsys)
    criteria = [each for each in shipped().criteria if each.id != "outcome"]
    criteria[0] = type(criteria[0])(id="answers", names={"en": "Answers"}, weight=25, rules=criteria[0].rules)
    save_scorecard(actor=people.actor(people.owner), version=0, criteria=criteria, per_week=2)
    assert set(Score.objects.values_list("version", flat=True)) == {0}
    assert score(capsys)["scored"] == 3
    assert set(Score.objects.values_list("version", "current")) == {(1, True)}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [(["--since", "yesterday"], "is no day"), (["--since", "2026-01-01", "--shop", "999999"], "there is no shop")],
)
def test_a_mistake_is_said_in_a_sentence(
    people: People, capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
) -> None:
    assert cli.main(["coach", "score", *arguments]) == 1
    assert sentence in capsys.readouterr().err


def test_killed_in_the_middle_it_goes_on_where_it_was(tmp_path: Path) -> None:
    cut, whole = tmp_path / "cut", tmp_path / "whole"
    cut.mkdir()
    _sonnim(cut, "-m", "sonnim.cli", "migrate")
    _sonnim(cut, "-m", "tests.commands.history", "1", "300")
    shutil.copytree(cut, whole)
    command = ["coach", "score", "--since", "2020-01-01"]
    _kill_in_the_middle(cut, [*command, "--jobs", "2"])
    some = _rows(cut)
    assert len(some) == 100
    told = json.loads(_sonnim(cut, "-m", "sonnim.cli", *command, "--jobs", "2", "--json"))
    assert told["scored"] == 200
    _sonnim(whole, "-m", "sonnim.cli", *command)
    assert _rows(cut) == _rows(whole)
    assert set(some) <= set(_rows(cut))


def _kill_in_the_middle(data: Path, arguments: list[str]) -> None:
    """Begin it, and kill it within its third transaction; whoever reckons for it leaves by themselves."""
    command = [sys.executable, "-m", "tests.commands.standing_still", *arguments]
    running = subprocess.Popen(
        command, env=_env(data), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True, text=True
    )  # fmt: skip
    assert running.stdout is not None
    too_late = threading.Timer(PATIENCE_S, running.kill)
    too_late.start()
    try:
        said = []
        for line in running.stdout:
            said.append(line)
            if line == HERE:
                break
        assert said[-1:] == [HERE], "".join(said)
        running.kill()
        # The others hold its output too, which ends when the last of them has left.
        running.communicate(timeout=PATIENCE_S)
    finally:
        too_late.cancel()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        running.stdout.close()


def _env(data: Path) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"SONNIM_DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    }
    return {**kept, "SONNIM_DATA": str(data), "DJANGO_SETTINGS_MODULE": "sonnim.config.settings"}


def _sonnim(data: Path, *arguments: str) -> str:
    done = subprocess.run([sys.executable, *arguments], env=_env(data), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _rows(data: Path) -> list[tuple[Any, ...]]:
    [file] = data.glob("*.sqlite3")
    with contextlib.closing(sqlite3.connect(file, timeout=30)) as database:
        return database.execute(ROWS).fetchall()
