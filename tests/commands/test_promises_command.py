"""`sonnim promises find`: an owner asks which promises a message makes, and why another makes none."""

import io
import json
from typing import Any

import pytest

from sonnim import cli


def ask(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], said: str, *options: str) -> list[Any]:
    monkeypatch.setattr("sys.stdin", io.StringIO(said))
    assert cli.main(["promises", "find", *options]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_each_line_is_answered_with_what_it_promises_and_why_not(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = "확인 후 오늘 중으로 연락드리겠습니다.\n\n필요하시면 전화드릴게요.\n"
    promised, other = ask(monkeypatch, capsys, said, "--at", "2026-11-24T10:30", "--hours", "09:00-18:00")
    [found] = promised["promises"]
    assert (found["act"], found["due"]) == ("answer", "2026-11-24T18:00:00+09:00")
    assert (found["how"], found["said"]) == ("today:close", "오늘")
    assert other["promises"] == []
    assert [each["because"] for each in other["passed_over"]] == ["waits for the shopper"]


def test_a_line_of_json_has_a_time_and_a_zone_of_its_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    line = {"text": "I'll call you by 3 pm.", "at": "2026-11-24T10:30", "zone": "Europe/London"}
    [answer] = ask(monkeypatch, capsys, json.dumps(line))
    assert answer["promises"][0]["due"] == "2026-11-24T15:00:00+00:00"
    [odd] = ask(monkeypatch, capsys, '{"no": "text"}')
    assert (odd["text"], odd["promises"]) == ('{"no": "text"}', [])


@pytest.mark.parametrize("options", [("--zone", "Mars/Olympus"), ("--at", "soon"), ("--hours", "nine to five")])
def test_what_is_no_time_is_said_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], options: tuple[str, str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("I'll call you.\n"))
    assert cli.main(["promises", "find", *options]) == 1
    assert "this is no time" in capsys.readouterr().err
