"""The promise to a shopper on a slow line: the greeting stands there within a second of the click."""

import json
import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.browser


def test_the_greeting_is_painted_within_a_second_on_a_slow_line(chromium_path: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sonnim.cli", "bench", "widget", "--json", "--runs", "3"],
        env={**os.environ, "SONNIM_CHROMIUM": chromium_path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["runs"] == 3
    # The middle of three: the tests' machine is busy with others; the command itself promises the 95th percentile.
    assert 100 < found["p50_ms"] < 1000, found
