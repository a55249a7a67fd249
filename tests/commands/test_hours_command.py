"""`sonnim hours`: one answer a line, also to what makes no sense."""

import io
import json
import sys
from typing import Any

import pytest

from sonnim import cli

WEEK = {day: [["09:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
CASE = {"zone": "Asia/Seoul", "intervals": WEEK, "holidays": ["2026-01-01"], "from": "2025-12-31T17:00:00+09:00"}


class Terminal(io.TextIOWrapper):
    """Standard input of given lines."""

    def __init__(self, *lines: object) -> None:
        text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
        super().__init__(io.BytesIO(text.encode()), encoding="utf-8")


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    def asked(question: str, *lines: object) -> list[dict[str, Any]]:
        monkeypatch.setattr(sys, "stdin", Terminal(*lines))
        assert cli.main(["hours", question, "--json"]) == 0
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return asked


def test_it_says_the_seconds_between_two_instants(ask: Any) -> None:
    found = ask("elapsed", {**CASE, "to": "2026-01-02T01:30:00Z"}, {**CASE, "to": CASE["from"]})
    assert found == [{"seconds": 3600 + 5400}, {"seconds": 0}]


def test_times_without_an_offset_are_those_of_the_zone(ask: Any) -> None:
    assert ask("elapsed", {**CASE, "from": "2025-12-31T17:00", "to": "2026-01-02T10:30"}) == [{"seconds": 9000}]


def test_it_says_the_instant_after_so_many_seconds(ask: Any) -> None:
    found = ask("after", {**CASE, "seconds": 3601}, {**CASE, "from": "2025-12-31T08:00:00Z", "seconds": 3600.5})
    assert found == [{"instant": "2026-01-02T09:00:01+09:00"}, {"instant": "2026-01-02T00:00:00.500Z"}]


@pytest.mark.parametrize(
    "wrong",
    [
        "{", "[]", "null", "[" * 100_000,
        {**CASE, "zone": "Asia"}, {**CASE, "zone": "../etc/passwd"}, {**CASE, "zone": None},
        {**CASE, "intervals": {"monday": []}}, {**CASE, "intervals": {"mon": [["9", "18"]]}},
        {**CASE, "intervals": {"mon": [["24:00", "18:00"]]}}, {**CASE, "intervals": None},
        {**CASE, "holidays": ["2026-02-30"]}, {**CASE, "holidays": "2026-01-01"}, {**CASE, "special": []},
        {**CASE, "from": "yesterday"}, {**CASE, "from": 0}, {**CASE, "from": "0001-01-01T00:00+23:00"},
        {**CASE, "seconds": -1}, {**CASE, "seconds": "1"}, {**CASE, "seconds": True}, {**CASE, "seconds": 1e999},
        {**CASE, "seconds": 10**400}, {**CASE, "intervals": {}, "seconds": 1},
    ],
)  # fmt: skip
def test_a_line_that_makes_no_sense_is_told_and_the_next_one_is_answered(ask: Any, wrong: object) -> None:
    right = {**CASE, "seconds": 0}
    refused, answered = ask("after", wrong, right)
    assert set(refused) == {"error"}
    assert answered == {"instant": CASE["from"]}
