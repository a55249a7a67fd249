"""`sonnim coach review`: one review a line, in the form that was asked for."""

import io
import json
import sys
from typing import Any

import pytest

from sonnim import cli

GREETING = {"role": "customer", "text": "안녕하세요, 이 접시 재고 있나요?"}
NOTHING = {"page": None, "plan": None, "glossary": None}
LINE = {"lang": "ko", "channel": "chat", "context": [GREETING], "draft": "네", **NOTHING}


class Terminal(io.TextIOWrapper):
    """Standard input of given lines."""

    def __init__(self, *lines: object) -> None:
        text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
        super().__init__(io.BytesIO(text.encode()), encoding="utf-8")


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    def asked(*lines: object, options: tuple[str, ...] = ("--json",)) -> list[str]:
        monkeypatch.setattr(sys, "stdin", Terminal(*lines))
        assert cli.main(["coach", "review", *options]) == 0
        return capsys.readouterr().out.splitlines()

    return asked


def test_a_line_is_answered_by_marks_a_register_and_a_politeness(ask: Any) -> None:
    [found] = map(json.loads, ask(LINE))
    assert sorted(found) == ["marks", "politeness", "register"]
    assert {mark["rule"] for mark in found["marks"]} >= {"curt", "greet-back"}
    for mark in found["marks"]:
        assert sorted(mark) == ["end", "message", "rule", "severity", "start", "suggestion"]
        assert (mark["start"], mark["end"]) == (0, 1)
    assert 0 <= found["politeness"] <= 1


def test_what_a_line_leaves_out_is_as_if_it_were_null(ask: Any) -> None:
    draft = {"lang": "en", "draft": "Your parcel left us this morning."}
    [short, whole] = ask(draft, {**draft, "channel": "chat", "context": [], **NOTHING})
    assert short == whole


@pytest.mark.parametrize(
    "wrong", ["{", "[]", "null", "[" * 100_000, {"lang": "ko"}, {**LINE, "context": [{"role": "x"}]}]
)
def test_a_line_that_makes_no_sense_is_answered_in_its_place(ask: Any, wrong: object) -> None:
    found = [json.loads(line) for line in ask(LINE, wrong, LINE)]
    assert ["error" in each for each in found] == [False, True, False]


def test_several_processes_answer_in_the_order_of_the_lines(ask: Any) -> None:
    drafts = [{**LINE, "draft": "네" if number % 3 else "네, 두 개 남아 있어요."} for number in range(500)]
    assert ask(*drafts, options=("--json", "--jobs", "2")) == ask(*drafts)


def test_without_json_it_speaks_to_a_person(ask: Any) -> None:
    greeting = next(line for line in ask(LINE, options=()) if "greet-back" in line)
    assert greeting.startswith("1: warning greet-back: “네” 손님이")
    assert "→ 안녕하세요" in greeting
    assert ask("{", options=())[0].startswith("1: not understood:")
