"""Promises over a plug that is pulled and a clock that jumps: each strikes once, none is lost, none is told again."""

import os
import signal
import time
import uuid
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.faults.conftest import OpenDesk, scaled
from tests.protocol.desk import Desk

CLOCK = Path(__file__).parent / "moving_clock"
PATIENCE_S = 30.0


def promise(desk: Desk, seconds: int) -> dict[str, Any]:
    body = {
        "name": "Chat", "targets": {"first_reply": seconds}, "calendar_id": 0, "warn_percent": 50,
        "stages": [{"percent": 100, "notify": "lead", "priority": 3}],
    }  # fmt: skip
    return dict(desk.call(desk.agent("lead"), "POST", "/policies", body, expect=201))


def asked(desk: Desk) -> int:
    body = {"client_id": str(uuid.uuid4()), "text": "안녕하세요"}
    return int(desk.call(desk.visitor(), "POST", "/messages", body)["conversation"])


def strikes(desk: Desk, conversation: int) -> Counter[str]:
    lines = desk.entries(desk.agent(), conversation)
    return Counter(each["data"]["strike"] for each in lines if each["data"].get("what") == "clock")


def until(so: Callable[[], bool], what: str) -> None:
    """Raises: AssertionError, when it is not so in time."""
    give_up = time.monotonic() + PATIENCE_S
    while not so():
        assert time.monotonic() < give_up, what
        time.sleep(0.05)


def test_a_plug_pulled_while_promises_strike_loses_none_and_repeats_none(open_desk: OpenDesk) -> None:
    desk = open_desk()
    promise(desk, 4)
    talks = [asked(desk) for _ in range(scaled(40))]
    until(lambda: strikes(desk, talks[0])["late"] > 0, "the first one is late")
    desk.server.kill()
    desk.server.start()
    until(lambda: all(strikes(desk, each)["escalate"] for each in talks), "all strike after the start")
    for each in talks:
        found = strikes(desk, each)
        assert (found["late"], found["escalate"]) == (1, 1)
        assert found["warn"] <= 1
    urgent = [each for each in desk.conversations(desk.agent())[0] if each["priority"] == 3]
    assert len(urgent) == len(talks)


def test_a_clock_that_jumps_lets_promises_strike_once_and_begin_rightly(open_desk: OpenDesk) -> None:
    desk = open_desk(PYTHONPATH=str(CLOCK))
    promise(desk, 3600)
    early = [asked(desk) for _ in range(3)]
    os.kill(desk.server.pid, signal.SIGUSR1)  # two hours later
    until(lambda: all(strikes(desk, each)["escalate"] for each in early), "what fell due in between strikes")
    once = Counter(late=1, escalate=1)
    assert [strikes(desk, each) for each in early] == [once] * 3, "a warning together with the breach is left out"

    os.kill(desk.server.pid, signal.SIGUSR2)  # an hour before the beginning
    later = asked(desk)
    page = desk.call(desk.agent(), "GET", f"/conversations/{later}")
    [clock] = page["conversation"]["clocks"]
    assert (clock["late"], clock["warned"]) == (False, False)
    os.kill(desk.server.pid, signal.SIGUSR1)
    until(lambda: strikes(desk, later)["escalate"] == 1, "what began in the earlier hour strikes two hours after it")
    assert strikes(desk, later) == once

    desk.server.kill()
    desk.server.start()  # its clock is right again
    last = asked(desk)
    until(lambda: desk.call(desk.agent(), "GET", f"/conversations/{last}")["conversation"]["due_at"], "it has a clock")
    assert [strikes(desk, each) for each in [*early, later]] == [once] * 4
