"""Each benchmark, small: its figures are there and nothing was lost. What they are is for a quiet machine to say."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

SIZES = {
    "chat": ["--visitors", "5", "--window", "2", "--seconds", "0.5", "--rate", "50"],
    "coach": ["--drafts", "60"],
    "connections": ["--connections", "60"],
    "hours": ["--questions", "2000"],
    "inbox": ["--conversations", "2000", "--pages", "10", "--seconds", "0.5"],
    "mail": ["--backlog", "60", "--arrivals", "3"],
    "search": ["--messages", "3000", "--queries", "100"],
    "rules": ["--rules", "100", "--events", "100"],
    "routing": ["--agents", "5", "--conversations", "40", "--arrivals", "8", "--rush", "100"],
    "boot": ["--starts", "1", "--idle", "0.1"],
}
FIGURES = {
    "chat": {"delivered_per_s", "bare_per_s", "ratio", "p50_ms_at_50", "p99_ms_at_50", "messages", "lost"},
    "coach": {"p50_ms", "p99_ms", "new_p99_ms", "new_work_p99_ms", "drafts_per_s", "round_trip_p99_ms", "rules"},
    "connections": {"connections", "kb_per_connection", "bare_kb_per_connection"},
    "hours": {"compile_ms", "elapsed_per_s", "after_per_s"},
    "inbox": {"first_page_p99_ms", "random_page_p99_ms", "requests_per_s"},
    "mail": {"parse_per_s", "parse_p99_ms", "arrival_p95_ms", "backlog_per_s", "list_p99_ms"},
    "search": {"p50_ms", "p99_ms", "index_per_s", "missed"},
    "rules": {"p99_ms", "p50_ms", "longest_ms", "a34_ms"},
    "routing": {"decision_p99_ms", "decision_p50_ms", "double", "forgotten", "spread"},
    "boot": {"start_s", "start_max_s", "idle_mb"},
}


def measured(kind: str, *options: str) -> dict[str, Any]:
    env = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(
        [sys.executable, "-m", "sonnim.cli", "bench", kind, "--json", *SIZES[kind], *options],
        capture_output=True,
        text=True,
        env=env,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("\n") >= 3  # a person can follow it
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("kind", sorted(SIZES))
def test_a_benchmark_prints_one_object_with_its_figures(kind: str) -> None:
    found = measured(kind)
    assert FIGURES[kind] <= set(found)
    assert set(found["machine"]) == {"cores", "python", "load"}
    may_be_none = {"lost", "missed", "double", "forgotten", "spread", "kb_per_connection", "bare_kb_per_connection"}
    assert all(found[name] > 0 for name in FIGURES[kind] - may_be_none)
    if kind == "chat":
        assert (found["lost"], found["repeated"]) == (0, 0)
    if kind == "routing":
        assert (found["double"], found["forgotten"]) == (0, 0)
        assert found["spread"] <= 1
    if kind == "search":
        assert found["missed"] == 0
    if kind == "inbox":
        assert found["rows"] == [50, 50]


def test_chat_is_measured_on_postgresql_too() -> None:
    found = measured("chat", "--database", "postgresql")
    assert (found["database"], found["lost"], found["repeated"]) == ("postgresql", 0, 0)
